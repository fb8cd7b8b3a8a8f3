"""A story: its page, dispatch by dispatch with what each says that is new, and its feeds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from newsdigest.archive.facts import Fact
from newsdigest.archive.places import Place
from newsdigest.archive.readers import Archive
from newsdigest.archive.stories import STORY_WINDOW, Member
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import Address, Addresses, href
from newsdigest.base.errors import _
from newsdigest.base.records import (
    Article,
    Block,
    Card,
    Count,
    EntityCard,
    Membership,
    Site,
    StoryCard,
)
from newsdigest.entities.tagger import UNTAGGED_BLOCKS
from newsdigest.relate.stories import threads
from newsdigest.relate.stories.essentials import Told, essentials
from newsdigest.relate.stories.sentences import (
    Published,
    Sentence,
    digest,
    new_sentences,
    sentences,
)
from newsdigest.relate.stories.timeline import Dated, KeyDate, key_dates
from newsdigest.relate.stories.window import WINDOW_DAYS
from newsdigest.site.cards import which
from newsdigest.site.cards.said import of_story
from newsdigest.site.chart import column_chart
from newsdigest.site.feed_parts import in_parts
from newsdigest.site.head import About, feed_links, lang_attrs, navigation, page_head, site_title
from newsdigest.site.json_ld import JsonObject, collection, thing
from newsdigest.site.kind import (
    MAP_OF_STORIES,
    MOST_ROWS,
    Context,
    Feed,
    FeedLine,
    FeedSource,
    Html,
    Mapped,
    Reason,
)
from newsdigest.site.lists import (
    card_link,
    chips_by_type,
    dated,
    story_entry,
    teaser,
    typeset_cards,
    why,
)
from newsdigest.site.places_map import MOST_OF_STORY, PlacesMap, places_map, scene
from newsdigest.site.shapes import (
    NO_ATTRS,
    Chart,
    ChipGroup,
    FeedLink,
    Head,
    Image,
    Link,
    NavItem,
    Shape,
    StoryEntry,
    Teaser,
)
from newsdigest.site.touched import Touched
from newsdigest.site.words import number, words
from newsdigest.text import dates, typography

# The newest dispatches of a story are told whole; what so many before them said counts as said, and
# their days as dates.
TOLD = 20
REMEMBERED = 30
# So many characters of its newest dispatches stand in its page: two or three thousand packed bytes.
# Of the others it tells where they are read.
INLINE = 6000
# A map weighs as much as so many of them.
MAP = 1500
# So many key dates stand open; the earlier ones fold.
DATES = 4
# The names its page asks for, and those it shows of each type.
STORY_NAMES = 24
NAMED = 12
ABOUT = 3
# A story has a rhythm to show once a day had so many dispatches.
BUSY_DAY = 3
# What stands for the sentences already published between two new ones.
CUT = " […] "


class Passage(Struct, frozen=True):
    """A paragraph of a dispatch, as it stands in the copy: `new` is what its story had not said
    yet ("" for nothing), `old` the sentences it had, each with the day (`YYYY-MM-DD`) it first did."""

    new: str
    old: tuple[tuple[str, str], ...] = ()


class StoryDispatch(Struct, frozen=True):
    """An article of a story, why it is in it, and what it says."""

    card: Card
    membership: Membership
    passages: tuple[Passage, ...] = ()


def passages(
    texts: Iterable[Sequence[Sentence]], lists: Collection[int] = ()
) -> tuple[Passage, ...]:
    """What `stories.sentences.new_sentences` found in a dispatch, by paragraph; empty ones left out.

    New sentences that old ones part are joined by `CUT`; those of the texts in `lists`, by number,
    stand a line each.
    """
    found = []
    for at, said in enumerate(texts):
        is_list = at in lists
        new, after_old = "", False
        apart = "\n" if is_list else " "
        for sentence in said:
            if not sentence.published:
                cut = CUT if after_old and not is_list else apart
                new += cut + sentence.text if new else sentence.text
            after_old = bool(sentence.published)
        old = tuple((one.published, one.text) for one in said if one.published)
        if new or old:
            found.append(Passage(new, old))
    return tuple(found)


class Thread(Struct, frozen=True):
    """What a story's page is made of: its newest `dispatches` and the articles before them, both
    newest first.

    `days` are its `threads.rhythm`; `key_dates` stand oldest first, those of articles not shown
    here without a link; `named` count the story's articles that name them, most first; `waiting`
    are (headline, day it was cited); `quiet` where nothing followed for a week; `feeds` are its
    feeds' site-relative addresses; `image` is its social card; `hidden` articles stand before all these;
    `places` are known to be somewhere.
    """

    story: StoryCard
    dispatches: Sequence[StoryDispatch]
    older: Sequence[Card] = ()
    days: Sequence[Count] = ()
    key_dates: Sequence[KeyDate] = ()
    named: Sequence[EntityCard] = ()
    waiting: Sequence[tuple[str, str]] = ()
    quiet: bool = False
    feeds: Sequence[str] = ()
    hidden: int = 0
    image: Image | None = None
    places: Sequence[Place] = ()


class Old(Shape, frozen=True):
    """Sentences of a dispatch that its story had already said on one day, by paragraph."""

    iso: str
    day: str
    paragraphs: tuple[str, ...]


class DispatchView(Shape, frozen=True):
    """An article in its story: why it is there, what it says that is new, what was said before.

    A list among `paragraphs` has an item a line; `new` counts their sentences. `said` is the label
    over `old`; `gap` tells of the days without an article before it, or "". Past `INLINE` there are
    neither texts nor `why`: its own page has them.
    """

    teaser: Teaser
    why: str
    paragraphs: tuple[str, ...]
    new: int
    said: str
    old: tuple[Old, ...]
    gap: str


class KeyDay(Shape, frozen=True):
    """A day of a story. `announced` where the article at `url` spoke of a day still to come."""

    iso: str
    day: str
    text: str
    url: str
    attrs: Markup
    announced: bool


class Point(Shape, frozen=True):
    """One of the sentences that a story comes to, as the dispatch at `url` has it."""

    text: str
    url: str
    iso: str
    day: str
    attrs: Markup


class Awaited(Shape, frozen=True):
    """A headline that an article cites and no article here answers, and when it was cited."""

    headline: str
    iso: str
    day: str


class StoryView(Shape, frozen=True):
    """A story: its newest dispatches, then the headlines before them (`older`), newest first.

    `quiet` where nothing followed its last article for a week; `hidden` counts the articles too old to
    be told here, "" for none. `begins` leads to its first dispatch, unless it is hidden. The key dates stand oldest
    first, `earlier_dates` before `dates`; `coming` are those still to come.
    """

    head: Head
    nav: tuple[NavItem, ...]
    attrs: Markup
    story: StoryEntry
    quiet: bool
    begins: Link | None
    essentials: tuple[Point, ...]
    coming: tuple[KeyDay, ...]
    chart: Chart | None
    dispatches: tuple[DispatchView, ...]
    older: tuple[Teaser, ...]
    earlier_dates: tuple[KeyDay, ...]
    dates: tuple[KeyDay, ...]
    named: tuple[ChipGroup, ...]
    awaited: tuple[Awaited, ...]
    feeds: tuple[FeedLink, ...]
    hidden: str = ""
    map: PlacesMap | None = None


def story_view(context: Context, slug: str) -> StoryView:
    """The story's page."""
    archive, stories, site = context.archive, context.archive.stories, context.site
    story, card = _known(archive, slug)
    members = stories.members(story, STORY_WINDOW)
    told = tell_story(archive, members)
    named = archive.entities.counted(stories.named_in(story), STORY_NAMES)
    thread = Thread(
        card,
        told.dispatches,
        [member.card for member in reversed(members[: -len(told.dispatches)])],
        threads.rhythm(stories.days(story)),
        told.key_dates,
        typeset_cards(named, site.lang),
        stories.waiting_in(story),
        bool(threads.quiet_since(dates.iso_day(card.last), archive.periods.newest_day())),
        STORY_FEED.every_url(context, slug),
        card.articles - len(members),
        which.image(archive, site, which.STORY, slug, of_story(card, site)),
        archive.places.of_story(story, MOST_OF_STORY) if site.maps else (),
    )
    return story_page(site, context.addresses, thread)


def story_page(site: Site, addresses: Addresses, thread: Thread) -> StoryView:
    """A story as its page shows it."""
    cards = [*(dispatch.card for dispatch in thread.dispatches), *thread.older]
    entry = story_entry(thread.story, site)
    # A title in the words of its articles is in their language.
    langs = {card.lang for card in cards}
    by_id = {card.id: card for card in cards}
    timeline = [_key_day(found, by_id, site) for found in thread.key_dates]
    past = [day for day in timeline if not _comes_after(day.iso, thread.story.last)]
    feeds = feed_links(site, entry.title, thread.feeds)
    places = places_map(scene(thread.places), site)
    return StoryView(
        head=page_head(site, addresses, _about(site, addresses, thread, entry, feeds)),
        nav=navigation(site, addresses, href(addresses.of(standing.STORIES)), "true"),
        attrs=lang_attrs(langs.pop(), site.lang) if len(langs) == 1 else NO_ATTRS,
        story=entry,
        quiet=thread.quiet,
        hidden=number(thread.hidden, site.lang) if thread.hidden else "",
        begins=None if thread.hidden else card_link(cards[-1], site),
        essentials=_essentials(thread, cards, site),
        coming=tuple(day for day in timeline if _comes_after(day.iso, thread.story.last)),
        chart=_chart(site, entry.title, thread.days),
        dispatches=_dispatches(thread, cards, INLINE - MAP if places else INLINE, site),
        older=dated(thread.older, site),
        earlier_dates=tuple(past[:-DATES]),
        dates=tuple(past[-DATES:]),
        named=chips_by_type(thread.named, site, NAMED),
        awaited=tuple(
            Awaited(typography.typeset(headline, site.lang), day, dates.label(day, site.lang))
            for headline, day in thread.waiting
        ),
        feeds=feeds,
        map=places,
    )


def _about(
    site: Site,
    addresses: Addresses,
    thread: Thread,
    entry: StoryEntry,
    feeds: Sequence[FeedLink],
) -> About:
    known = words(site.lang)
    description = known.story_description.format(
        name=entry.title, count=entry.articles, span=entry.span
    )
    return About(
        thread.story.url,
        entry.title,
        description,
        _data(site, thread, entry.title),
        title=site_title(site, known.story_title.format(name=entry.title)),
        feeds=feeds,
        crumbs=((known.stories, href(addresses.of(standing.STORIES))),),
        image=thread.image,
    )


def _data(site: Site, thread: Thread, title: str) -> JsonObject:
    story = thread.story
    urls = [dispatch.card.url for dispatch in thread.dispatches]
    data = collection(site, story.url, title, urls)
    data["datePublished"] = story.first
    data["dateModified"] = story.last
    about = [thing(entity, site.url) for entity in thread.named[:ABOUT]]
    if about:
        data["about"] = about
    return data


def _chart(site: Site, title: str, days: Sequence[Count]) -> Chart | None:
    """The rhythm; none for a story of a single day or month, nor where no day stands out."""
    counted = [count for count in days if count.articles]
    if len(counted) < 2 or max(count.articles for count in counted) < BUSY_DAY:
        return None
    return column_chart(site, words(site.lang).story_chart.format(name=title), counted)


def _essentials(thread: Thread, cards: Sequence[Card], site: Site) -> tuple[Point, ...]:
    told = [
        Told(
            dispatch.card.id,
            dispatch.card.lang,
            tuple(part for passage in dispatch.passages for part in passage.new.split(CUT)),
        )
        for dispatch in reversed(thread.dispatches)
    ]
    if thread.older:
        opening = thread.older[-1]
        told.insert(0, Told(opening.id, opening.lang, (opening.dek,)))
    by_id = {card.id: card for card in cards}
    return tuple(
        Point(
            typography.typeset(point.text, card.lang),
            card.url,
            card.iso_date,
            dates.label(card.iso_date[:10], site.lang),
            lang_attrs(card.lang, site.lang),
        )
        for point in essentials(told)
        if (card := by_id[point.id])
    )


def _key_day(found: KeyDate, cards: Mapping[str, Card], site: Site) -> KeyDay:
    card = cards.get(found.id)
    iso, text = found.day, found.text
    if card is not None:
        text = typography.typeset(text, card.lang)
    return KeyDay(
        iso=iso,
        day=dates.label(iso, site.lang),
        text=text,
        url=card.url if card else "",
        attrs=lang_attrs(card.lang, site.lang) if card else NO_ATTRS,
        announced=card is not None and _comes_after(found.day, card.iso_date),
    )


def _comes_after(day: str, iso_date: str) -> bool:
    """Whether a day certainly comes after a date of any precision."""
    return day[: len(iso_date)] > iso_date[:10]


# -- a dispatch ----------------------------------------------------------------------------------


def _dispatches(
    thread: Thread, cards: Sequence[Card], most: int, site: Site
) -> tuple[DispatchView, ...]:
    """The newest with their texts, as long as these are within `most` characters; the first always."""
    found: list[DispatchView] = []
    length = 0
    for dispatch, before in zip(thread.dispatches, [*cards[1:], None], strict=False):
        shown = _headed(dispatch, before, site)
        if length <= most:
            told = _told(shown, dispatch, site)
            length += sum(map(len, told.paragraphs))
            length += sum(len(text) for old in told.old for text in old.paragraphs)
            shown = told if length <= most or not found else shown
        found.append(shown)
    return tuple(found)


def _headed(dispatch: StoryDispatch, before: Card | None, site: Site) -> DispatchView:
    """Without its texts."""
    card = dispatch.card
    return DispatchView(
        teaser=teaser(card, site, dates.label(card.iso_date[:10], site.lang)),
        why="",
        paragraphs=(),
        new=sum(_sentences_in(passage.new) for passage in dispatch.passages),
        said="",
        old=(),
        gap=_gap(card, before, site),
    )


def _told(view: DispatchView, dispatch: StoryDispatch, site: Site) -> DispatchView:
    """The same with them, and why it is in the story."""
    known, membership = words(site.lang), dispatch.membership
    old = _old(dispatch, site)
    said = ""
    if len(old) == 1:
        said = known.said_on.format(day=dates.on(old[0].iso, site.lang))
    elif old:
        said = known.said_between.format(span=dates.span(old[0].iso, old[-1].iso, site.lang))
    return replace(
        view,
        why=why(membership, site) if membership.kind else known.story_opens,
        paragraphs=tuple(
            typography.typeset(passage.new, dispatch.card.lang)
            for passage in dispatch.passages
            if passage.new
        ),
        said=said,
        old=old,
    )


def _sentences_in(text: str) -> int:
    return sum(1 for part in text.split(CUT) for _ in sentences(part))


def _old(dispatch: StoryDispatch, site: Site) -> tuple[Old, ...]:
    """What was published before: by day, oldest first, and by paragraph in the order of the copy."""
    by_day: dict[str, list[str]] = {}
    for passage in dispatch.passages:
        said: dict[str, list[str]] = {}
        for day, sentence in passage.old:
            said.setdefault(day, []).append(sentence)
        for day, told in said.items():
            text = typography.typeset(" ".join(told), dispatch.card.lang)
            by_day.setdefault(day, []).append(text)
    return tuple(
        Old(day, dates.label(day, site.lang), tuple(by_day[day])) for day in sorted(by_day)
    )


def _gap(card: Card, before: Card | None, site: Site) -> str:
    """The days without an article between two, told from a week on; "" where days are not known."""
    if before is None or len(card.iso_date) < 10 or len(before.iso_date) < 10:
        return ""
    days = (date.fromisoformat(card.day) - date.fromisoformat(before.day)).days - 1
    if days < WINDOW_DAYS:
        return ""
    return words(site.lang).gap.format(days=number(days, site.lang))


# -- a story told dispatch by dispatch -----------------------------------------------------------


class Dispatches(Struct, frozen=True):
    """`dispatches` newest first; `key_dates` oldest first."""

    dispatches: tuple[StoryDispatch, ...]
    key_dates: tuple[KeyDate, ...]


def tell_story(archive: Archive, members: Sequence[Member]) -> Dispatches:
    """The newest of a story's members, `members` oldest first."""
    published = Published()
    dispatches: list[StoryDispatch] = []
    days: list[Dated] = []
    read = members[-(TOLD + REMEMBERED) :]
    for at, member in enumerate(read):
        article = archive.articles.told(member.card)
        texts = _texts(article)
        if at >= len(read) - TOLD:
            said = passages(new_sentences(texts, published), _lists(article))
            dispatches.append(StoryDispatch(member.card, member.membership, said))
        published.add(member.card.iso_date[:10], _digest(texts))
        # "Lundi dernier" is no day where only the month is known.
        told = texts if at >= len(read) - TOLD and article.date_precision != "month" else ()
        days.append(Dated(article.id, member.card.day, article.lang, article.headline, told))
    return Dispatches(tuple(reversed(dispatches)), key_dates(days))


def _texts(article: Article) -> tuple[str, ...]:
    """The paragraphs; a list says as much, a table is figures."""
    return tuple(block.tagged_text for block in article.blocks if _is_text(block))


def _lists(article: Article) -> frozenset[int]:
    """Which of those texts are lists."""
    shown = (block for block in article.blocks if _is_text(block))
    return frozenset(at for at, block in enumerate(shown) if block.type == "list")


def _is_text(block: Block) -> bool:
    return block.type not in UNTAGGED_BLOCKS and block.type != "table"


# A story is told anew with each of its dispatches.
_digest = lru_cache(maxsize=512)(digest)


# -- which there are, and when they are stale ----------------------------------------------------


def _known(archive: Archive, slug: str) -> tuple[str, StoryCard]:
    """The story of a page that is there."""
    found = archive.stories.known(slug)
    if found is None:
        raise LookupError(slug)
    return found


def _slugs(archive: Archive) -> Iterable[str]:
    return (story.slug for story in archive.stories.cards())


def _has(archive: Archive, slug: str) -> bool:
    return archive.stories.has_page(slug)


def _stale(touched: Touched) -> Iterable[Reason]:
    for slug in sorted(touched.changes.gone_stories):
        yield slug, _("the story is gone")
    for slug in touched.stories:
        yield slug, _("its articles changed")


def _mapped(archive: Archive, name: str) -> Iterable[Mapped]:
    if name.startswith(MAP_OF_STORIES):
        for card in archive.stories.beginning(name.removeprefix(MAP_OF_STORIES)):
            yield card.url, card.last


STORY = Html(
    name="story",
    addresses=(standing.STORY,),
    reads=frozenset(
        {
            Fact.MEMBERS,
            Fact.STORIES,
            Fact.CARDS,
            Fact.TEXTS,
            Fact.COPIES,
            Fact.MENTIONS,
            Fact.NAMES,
            Fact.REFERENCES,
            Fact.PERIODS,
        }
    ),
    names=_slugs,
    has=_has,
    stale=_stale,
    mapped=_mapped,
    template="story",
    view=story_view,
)


def feed_source(context: Context, slug: str) -> FeedSource:
    """The newest articles of a story, in one language; at the address of one taken into another, of that one: who
    reads its feed goes on being told."""
    story, card = context.archive.moves.story(slug) or _known(context.archive, slug)
    most = context.limits.entity_feed_entries
    newest = context.archive.languages.in_story(story, most)
    title = f"{typography.typeset(card.title, context.site.lang)} – {context.site.name}"
    return FeedSource(title, card.url, newest, most=most)


def feed_lines(context: Context) -> Iterable[FeedLine]:
    """The feeds of stories, by address: one that goes on does not move. Of the stories with the newest
    articles, where they are too many for one list."""
    most = context.limits.entities_most_cited if in_parts(context.archive) else -1
    found = context.archive.stories.cards(most)
    yield from _lines(context, sorted(found, key=lambda story: story.slug))


def parted_lines(context: Context, part: str) -> Iterable[FeedLine]:
    """Those of the stories that began in a month."""
    if part.startswith(MAP_OF_STORIES):
        month = part.removeprefix(MAP_OF_STORIES)
        yield from _lines(context, context.archive.stories.begun_in(month))


def _lines(context: Context, stories: Iterable[StoryCard]) -> Iterable[FeedLine]:
    folder = words(context.site.lang).stories
    for story in stories:
        yield FeedLine(folder, story.title, story.url, *STORY_FEED.urls(context, story.slug))


def chosen_lines(context: Context) -> Iterable[FeedLine]:
    """The feeds of the stories with the newest articles."""
    known, lang = words(context.site.lang), context.site.lang
    for story in context.archive.stories.cards(MOST_ROWS):
        title = typography.typeset(story.title, lang)
        urls = STORY_FEED.urls(context, story.slug)
        about = known.feed_of_story.format(name=title)
        yield FeedLine(known.stories, title, story.url, *urls, about)


def _fed(archive: Archive) -> Iterable[str]:
    return (*_slugs(archive), *archive.moves.former_stories())


def _is_fed(archive: Archive, slug: str) -> bool:
    return _has(archive, slug) or archive.moves.story(slug) is not None


def _stale_feeds(touched: Touched) -> Iterable[Reason]:
    yield from _stale(touched)
    for slug in touched.noted_stories:
        yield slug, _("the story that it is part of changed")
    for slug in touched.retold_stories:
        yield slug, _("an article it holds changed")


STORY_FEED = Feed(
    name="story_feed",
    addresses=(
        Address("STORY_FEED_ATOM", "feeds/dossiers/{slug}.atom"),
        Address("STORY_FEED_RSS", "feeds/dossiers/{slug}.rss"),
        Address("STORY_FEED_JSON", "feeds/dossiers/{slug}.json"),
    ),
    reads=frozenset({Fact.MEMBERS, Fact.STORIES, Fact.LABELS, Fact.ENTRIES, Fact.LEDGER}),
    names=_fed,
    has=_is_fed,
    stale=_stale_feeds,
    moved=lambda archive: archive.moves.merged(),
    source=feed_source,
    lines=feed_lines,
    chosen=chosen_lines,
    parted=parted_lines,
    relisted=lambda touched: bool(touched.changes.story_months),
    reparted=lambda touched: (MAP_OF_STORIES + month for month in touched.changes.story_months),
)
