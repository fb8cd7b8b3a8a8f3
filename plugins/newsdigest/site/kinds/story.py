"""A story: its page, dispatch by dispatch with what each says that is new; the index of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from newsdigest.base.addresses import href
from newsdigest.base.records import Card, Count, EntityCard, EntityType, Membership, Site, StoryCard
from newsdigest.base.settings import Addresses
from newsdigest.relate.stories import threads, window
from newsdigest.relate.stories.sentences import Sentence
from newsdigest.relate.stories.timeline import KeyDate
from newsdigest.site.chart import column_chart
from newsdigest.site.head import (
    ATOM,
    DEFAULT_ADDRESSES,
    RSS,
    JsonObject,
    capital,
    collection,
    lang_attrs,
    navigation,
    page_head,
    site_title,
    teaser,
)
from newsdigest.site.kinds.article import why
from newsdigest.site.kinds.front import chips
from newsdigest.site.shapes import (
    NO_ATTRS,
    Awaited,
    Chart,
    ChipGroup,
    Dispatch,
    FeedEntry,
    FeedLink,
    KeyDay,
    Old,
    StoryEntry,
    StoryGroup,
    StoryIndexView,
    StoryView,
)
from newsdigest.site.words import number, words
from newsdigest.text import dates, typography

# So many key dates stand open; the earlier ones fold.
DATES = 10
NAMED = 12
ABOUT = 3
# The index files the stories of the last months by month, the others by year.
RECENT_MONTHS = 12
# What stands for the sentences already published between two new ones.
CUT = " […] "

_TYPES: Mapping[EntityType, str] = {
    "person": "Person",
    "place": "Place",
    "organisation": "Organization",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a dispatch, as it stands in the copy: `new` is what its story had not said
    yet ("" for nothing), `old` the sentences it had, each with the day (`YYYY-MM-DD`) it first did."""

    new: str
    old: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StoryDispatch:
    """An article of a story, why it is in it, and what it says."""

    card: Card
    membership: Membership
    passages: tuple[Passage, ...] = ()


def passages(texts: Iterable[Sequence[Sentence]]) -> tuple[Passage, ...]:
    """What `stories.sentences.new_sentences` found in a dispatch, by paragraph; empty ones left out.

    New sentences that old ones part are joined by `CUT`.
    """
    found = []
    for sentences in texts:
        new, after_old = "", False
        for sentence in sentences:
            if not sentence.published:
                new += (CUT if after_old else " ") + sentence.text if new else sentence.text
            after_old = bool(sentence.published)
        old = tuple((one.published, one.text) for one in sentences if one.published)
        if new or old:
            found.append(Passage(new, old))
    return tuple(found)


def story_page(
    site: Site,
    story: StoryCard,
    dispatches: Sequence[StoryDispatch],
    older: Sequence[Card] = (),
    days: Sequence[Count] = (),
    key_dates: Sequence[KeyDate] = (),
    named: Sequence[EntityCard] = (),
    waiting: Sequence[tuple[str, str]] = (),
    quiet_since: str | None = None,
    feed_urls: Sequence[str] = (),
    hidden: int = 0,
    *,
    addresses: Addresses = DEFAULT_ADDRESSES,
) -> StoryView:
    """The story's newest `dispatches` and the articles before them, both newest first.

    `days` are its `threads.rhythm`; `key_dates` stand oldest first, those of articles not shown
    here without a link; `named` count the story's articles that name them, most first; `waiting`
    are (headline, day it was cited); `quiet_since` is what `threads.quiet_since` says; `feed_urls` are its
    feeds' site-relative addresses, `.atom` or `.rss`; `hidden` articles stand before all these.
    """
    known = words(site.lang)
    cards = [*(dispatch.card for dispatch in dispatches), *older]
    entry = _entry(story, site)
    # A title in the words of its articles is in their language.
    langs = {card.lang for card in cards}
    by_id = {card.id: card for card in cards}
    timeline = [_key_day(found, by_id, site) for found in key_dates]
    feeds = _feeds(site, entry.title, feed_urls)
    return StoryView(
        head=page_head(
            site,
            addresses,
            story.url,
            entry.title,
            known.story_description.format(
                name=entry.title, count=entry.articles, first=entry.first, last=entry.last
            ),
            _data(site, story, entry.title, dispatches, named),
            title=site_title(site, known.story_title.format(name=entry.title)),
            feeds=feeds,
        ),
        nav=navigation(site.lang, addresses, href(addresses.stories), "true"),
        attrs=lang_attrs(langs.pop(), site.lang) if len(langs) == 1 else NO_ATTRS,
        story=entry,
        quiet=quiet_since is not None,
        hidden=number(hidden, site.lang) if hidden else "",
        chart=_chart(site, entry.title, days),
        dispatches=tuple(
            _dispatch(dispatch, before, site)
            for dispatch, before in zip(dispatches, [*cards[1:], None], strict=False)
        ),
        older=tuple(teaser(card, site, dates.label(card.iso_date, site.lang)) for card in older),
        earlier_dates=tuple(timeline[:-DATES]),
        dates=tuple(timeline[-DATES:]),
        named=_named(named, site),
        awaited=tuple(
            Awaited(typography.typeset(headline, site.lang), day, dates.day_label(day, site.lang))
            for headline, day in waiting
        ),
        feeds=feeds,
    )


def story_index(
    site: Site,
    stories: Sequence[StoryCard],
    newest_day: str,
    *,
    addresses: Addresses = DEFAULT_ADDRESSES,
) -> StoryIndexView:
    """The stories that have a page, given in the order of their last article, newest first.

    `newest_day` (`YYYY-MM-DD`, "" in an empty archive) is the archive's: it says which stories run.
    """
    known = words(site.lang)
    listed = [story for story in stories if story.url]
    quiet = [story for story in listed if threads.quiet_since(story.last, newest_day)]
    running = [story for story in listed if not threads.quiet_since(story.last, newest_day)]
    recent = [story for story in quiet if _months(story.last, newest_day) < RECENT_MONTHS]
    path = href(addresses.stories)
    return StoryIndexView(
        head=page_head(
            site,
            addresses,
            path,
            known.stories,
            known.stories_description,
            collection(site, path, known.stories, [story.url for story in running]),
        ),
        nav=navigation(site.lang, addresses, path),
        running=tuple(_entry(story, site) for story in running),
        months=_groups(recent, 7, site),
        years=_groups(quiet[len(recent) :], 4, site),
        total=len(listed),
        stories=number(len(listed), site.lang),
    )


def story_feed(
    site: Site, story: StoryCard, *, addresses: Addresses = DEFAULT_ADDRESSES
) -> FeedEntry:
    """The story's row on the feeds page."""
    title = typography.typeset(story.title, site.lang)
    return FeedEntry(
        title,
        words(site.lang).feed_of_story.format(name=title),
        href(addresses.story_atom.format(slug=story.slug)),
        href(addresses.story_rss.format(slug=story.slug)),
        story.url,
    )


# -- a dispatch ----------------------------------------------------------------------------------


def _dispatch(dispatch: StoryDispatch, before: Card | None, site: Site) -> Dispatch:
    known = words(site.lang)
    card, membership = dispatch.card, dispatch.membership
    old = _old(dispatch, site)
    said = ""
    if len(old) == 1:
        said = known.said_on.format(day=old[0].day)
    elif old:
        said = known.said_between.format(first=old[0].day, last=old[-1].day)
    return Dispatch(
        teaser=teaser(card, site, dates.edition_label(card.iso_date[:10], site.lang)),
        why=why(membership, site) if membership.kind else known.story_opens,
        paragraphs=tuple(
            typography.typeset(passage.new, card.lang)
            for passage in dispatch.passages
            if passage.new
        ),
        said=said,
        old=old,
        gap=_gap(card, before, site),
    )


def _old(dispatch: StoryDispatch, site: Site) -> tuple[Old, ...]:
    """What was published before: by day, oldest first, and by paragraph in the order of the copy."""
    by_day: dict[str, list[str]] = {}
    for passage in dispatch.passages:
        said: dict[str, list[str]] = {}
        for day, sentence in passage.old:
            said.setdefault(day, []).append(sentence)
        for day, sentences in said.items():
            text = typography.typeset(" ".join(sentences), dispatch.card.lang)
            by_day.setdefault(day, []).append(text)
    return tuple(
        Old(day, dates.label(day, site.lang), tuple(by_day[day])) for day in sorted(by_day)
    )


def _gap(card: Card, before: Card | None, site: Site) -> str:
    """The days without an article between two, told from a week on; "" where days are not known."""
    if before is None or len(card.iso_date) < 10 or len(before.iso_date) < 10:
        return ""
    days = (date.fromisoformat(card.day) - date.fromisoformat(before.day)).days - 1
    if days < window.WINDOW_DAYS:
        return ""
    return words(site.lang).gap.format(days=number(days, site.lang))


# -- what stands around them ---------------------------------------------------------------------


def _entry(story: StoryCard, site: Site) -> StoryEntry:
    return StoryEntry(
        title=typography.typeset(story.title, site.lang),
        url=story.url,
        count=story.articles,
        articles=number(story.articles, site.lang),
        first_iso=story.first,
        first=dates.day_label(story.first, site.lang),
        last_iso=story.last,
        last=dates.day_label(story.last, site.lang),
    )


def _chart(site: Site, title: str, days: Sequence[Count]) -> Chart | None:
    """The rhythm; none for a story of a single day or month."""
    counted = [count for count in days if count.articles]
    if len(counted) < 2:
        return None
    return column_chart(site, words(site.lang).story_chart.format(name=title), counted)


def _key_day(found: KeyDate, cards: Mapping[str, Card], site: Site) -> KeyDay:
    card = cards.get(found.id)
    iso, text = found.day, found.text
    if card is not None:
        text = typography.typeset(text, card.lang)
        if found.kind == "dispatch":
            iso, text = card.iso_date[:10], card.headline
    return KeyDay(
        iso=iso,
        day=dates.label(iso, site.lang),
        text=text,
        url=card.url if card else "",
        attrs=lang_attrs(card.lang, site.lang) if card else NO_ATTRS,
        announced=card is not None and found.kind == "named" and found.day > card.day,
    )


def _named(entities: Sequence[EntityCard], site: Site) -> tuple[ChipGroup, ...]:
    labels = words(site.lang).types_plural
    groups = (
        (labels[kind], [entity for entity in entities if entity.type == kind][:NAMED])
        for kind in _TYPES
    )
    return tuple(ChipGroup(label, chips(found, site)) for label, found in groups if found)


def _feeds(site: Site, title: str, urls: Sequence[str]) -> tuple[FeedLink, ...]:
    links = []
    for url in urls:
        format_, type_ = ("RSS", RSS) if url.endswith(".rss") else ("Atom", ATOM)
        links.append(FeedLink(f"{site_title(site, title)} ({format_})", format_, url, type_))
    return tuple(links)


def _data(
    site: Site,
    story: StoryCard,
    title: str,
    dispatches: Sequence[StoryDispatch],
    named: Sequence[EntityCard],
) -> JsonObject:
    data = collection(site, story.url, title, [dispatch.card.url for dispatch in dispatches])
    data["datePublished"] = story.first
    data["dateModified"] = story.last
    about: list[JsonObject] = []
    for entity in named[:ABOUT]:
        thing: JsonObject = {"@type": _TYPES[entity.type], "name": entity.name}
        if entity.url:
            thing["url"] = site.url + entity.url
        about.append(thing)
    if about:
        data["about"] = about
    return data


# -- the index -----------------------------------------------------------------------------------


def _months(first: str, last: str) -> int:
    return int(last[:4]) * 12 + int(last[5:7]) - int(first[:4]) * 12 - int(first[5:7])


def _groups(stories: Sequence[StoryCard], length: int, site: Site) -> tuple[StoryGroup, ...]:
    """The stories by the month (`length` 7) or year (4) of their last article, in their order."""
    return tuple(
        StoryGroup(
            f"en-{period}",
            capital(dates.label(period, site.lang)),
            tuple(_entry(story, site) for story in found),
        )
        for period, found in groupby(stories, key=lambda story: story.last[:length])
    )
