"""A person, place or organisation: its page, its full older pages, its feeds.

An older page, once full, never changes: it shows neither totals nor charts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from newsdigest.archive.changes import EntityChange
from newsdigest.archive.entities import has_feed, older_pages
from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import Address, Addresses, href
from newsdigest.base.errors import _
from newsdigest.base.records import Count, EntityCard, EntityMention, Role, Site, StoryCard
from newsdigest.entities.coordinates import Spot
from newsdigest.site.cards import said, which
from newsdigest.site.chart import column_chart
from newsdigest.site.feed_parts import in_parts
from newsdigest.site.head import (
    About,
    capital,
    feed_links,
    lang_attrs,
    navigation,
    page_head,
    period_url,
    site_title,
)
from newsdigest.site.json_ld import JsonObject, collection, located, thing
from newsdigest.site.kind import (
    MAP_OF_NAMES,
    MOST_ROWS,
    Context,
    Feed,
    FeedLine,
    FeedSource,
    Html,
    Mapped,
    Reason,
)
from newsdigest.site.lists import chips, story_links, teaser, typeset_cards
from newsdigest.site.shapes import (
    NO_ATTRS,
    Chart,
    Chip,
    FeedLink,
    Head,
    Image,
    Link,
    NavItem,
    PeriodLink,
    Shape,
    Teaser,
)
from newsdigest.site.touched import Touched
from newsdigest.site.words import number, words
from newsdigest.text import dates, typography

# The roles of a long career: the page names those told most often.
ROLES = 8
JOB_TITLES = 3
STORIES_LISTED = 6
# The feeds page names those of the most cited of each type, looked for among so many.
CHOSEN_FROM = 500


class Portrait(Struct, frozen=True):
    """What page `page` of `pages` is made of (1 is the oldest; the last stands at the entity's own
    address, and is alone to have what follows `pages`).

    `mentions` are that page's, newest first; `forms` the names met; `months` its articles by month
    (gaps allowed), oldest first; `roles` what it was said to be; `stories` those its articles belong
    to; `first` and `last` the days of its mentions, or months; `link` an address the editors give, http or https; `feeds` its feeds' addresses; `image` its social card; `spot` is where a place is. Search
    engines are told of it from `index_from` articles on.
    """

    entity: EntityCard
    mentions: Sequence[EntityMention]
    index_from: int
    page: int = 1
    pages: int = 1
    forms: Sequence[str] = ()
    months: Sequence[Count] = ()
    together: Sequence[EntityCard] = ()
    roles: Sequence[Role] = ()
    link: str = ""
    stories: Sequence[StoryCard] = ()
    feeds: Sequence[str] = ()
    first: str = ""
    last: str = ""
    image: Image | None = None
    spot: Spot | None = None

    @property
    def newest(self) -> bool:
        return self.page >= self.pages


class Quote(Shape, frozen=True):
    """An article's sentence around the entity's name."""

    teaser: Teaser
    before: str
    mention: str
    after: str


class QuoteGroup(Shape, frozen=True):
    """The mentions of one month."""

    id: str
    label: str
    quotes: tuple[Quote, ...]


class RoleLine(Shape, frozen=True):
    """What the copy says a person is, and when it did: « du 3 mai 2026 au 5 juin 2026 »."""

    name: str
    when: str
    attrs: Markup = NO_ATTRS


class EntityView(Shape, frozen=True):
    """A person, place or organisation: the newest page (`newest`), or an older one, full for good.

    Older pages have no facts, chart or chips: those would change with every new article.
    """

    head: Head
    nav: tuple[NavItem, ...]
    type_label: str
    name: str
    forms: tuple[str, ...]
    newest: bool
    page: int
    count: int
    articles: str
    first: PeriodLink | None
    last: PeriodLink | None
    chart: Chart | None
    groups: tuple[QuoteGroup, ...]
    together: tuple[Chip, ...]
    feeds: tuple[FeedLink, ...]
    entity: Link
    older: Link | None
    newer: Link | None
    roles: tuple[RoleLine, ...] = ()
    link: str = ""
    stories: tuple[Link, ...] = ()


def entity_view(context: Context, slug: str) -> EntityView:
    """The entity's own page, with its newest mentions."""
    archive, limits, lang = context.archive, context.limits, context.site.lang
    entities = archive.entities
    number_, card = _known(archive, slug)
    pages = older_pages(limits, card.articles) + 1
    portrait = Portrait(
        typeset_cards((card,), lang)[0],
        entities.mentions_newest(number_, limits.mentions_per_page),
        limits.entity_index_from,
        pages,
        pages,
        [typography.typeset(form, lang) for form in entities.forms(number_)],
        entities.months(number_),
        typeset_cards(entities.together(number_), lang),
        entities.roles(number_, ROLES),
        entities.link(number_),
        archive.stories.naming(number_, STORIES_LISTED),
        ENTITY_FEED.urls(context, slug) if has_feed(limits, card) else (),
        *entities.first_and_last(number_),
        _image(context, card),
        archive.places.spot(number_),
    )
    return entity_page(context.site, context.addresses, portrait)


def _image(context: Context, card: EntityCard) -> Image | None:
    archive, site = context.archive, context.site
    if not which.is_main(archive, card):
        return None
    return which.image(archive, site, which.ENTITY, card.slug, said.of_entity(card, site))


def older_view(context: Context, name: str) -> EntityView:
    """A full page of the entity's older mentions; `name` is `slug/page`."""
    archive, limits = context.archive, context.limits
    slug, page = _slug_and_page(name)
    number_, card = _known(archive, slug)
    portrait = Portrait(
        typeset_cards((card,), context.site.lang)[0],
        archive.entities.mentions_page(number_, page),
        limits.entity_index_from,
        page,
        older_pages(limits, card.articles) + 1,
    )
    return entity_page(context.site, context.addresses, portrait)


def entity_page(site: Site, addresses: Addresses, portrait: Portrait) -> EntityView:
    """One page of an entity."""
    known = words(site.lang)
    entity, page, pages, newest = portrait.entity, portrait.page, portrait.pages, portrait.newest
    feeds = feed_links(site, entity.name, portrait.feeds)
    counted = [count for count in portrait.months if count.articles]
    return EntityView(
        head=page_head(site, addresses, _about(site, addresses, portrait, feeds)),
        nav=navigation(site, addresses, href(addresses.of(standing.ENTITIES)), "true"),
        type_label=known.types[entity.type],
        name=entity.name,
        forms=tuple(form for form in dict.fromkeys(portrait.forms) if form != entity.name),
        newest=newest,
        page=page,
        count=entity.articles if newest else 0,
        articles=number(entity.articles, site.lang) if newest else "",
        first=_period(portrait.first, site, addresses) if portrait.first else None,
        last=_period(portrait.last, site, addresses) if portrait.last else None,
        chart=column_chart(site, known.chart.format(name=entity.name), counted)
        if len(counted) > 1
        else None,
        groups=_by_month(portrait.mentions, site),
        together=chips(portrait.together, site),
        feeds=feeds,
        entity=Link(entity.url, entity.name),
        older=Link(_page_url(entity, page - 1, addresses), "") if page > 1 else None,
        roles=tuple(_role(role, site) for role in portrait.roles),
        link=portrait.link,
        stories=story_links(portrait.stories, site),
        # Beside the newest page, its steady address: it never moves when that page fills.
        newer=None
        if newest
        else Link(entity.url if page + 1 >= pages else _page_url(entity, page + 1, addresses), ""),
    )


def _about(
    site: Site, addresses: Addresses, portrait: Portrait, feeds: Sequence[FeedLink]
) -> About:
    known = words(site.lang)
    entity, newest = portrait.entity, portrait.newest
    path = entity.url if newest else _page_url(entity, portrait.page, addresses)
    name = entity.name
    if not newest:
        name = known.entity_page.format(name=entity.name, page=portrait.page)
    crumbs = [(known.entities, href(addresses.of(standing.ENTITIES)))]
    crumbs += [] if newest else [(entity.name, entity.url)]
    data = collection(site, path, name)
    data["mainEntity"] = _thing(site, portrait)
    data["hasPart"] = [
        {"@type": "WebPage", "url": site.url + mention.card.url} for mention in portrait.mentions
    ]
    told_apart = entity.slug.endswith(standing.TYPE_SLUGS[entity.type])
    return About(
        path,
        name,
        known.entity_description.format(name=name),
        data,
        title=site_title(site, f"{name} ({known.types[entity.type].lower()})")
        if told_apart
        else "",
        og_type="profile" if entity.type == "person" else "website",
        feeds=feeds,
        image=portrait.image,
        noindex=entity.articles < portrait.index_from,
        crumbs=crumbs,
    )


def _role(role: Role, site: Site) -> RoleLine:
    lang = role.lang or site.lang
    once = role.first == role.last
    return RoleLine(
        typography.typeset(role.name, lang),
        dates.label(role.first, site.lang)
        if once
        else dates.span(role.first, role.last, site.lang),
        lang_attrs(lang, site.lang),
    )


def _by_month(mentions: Sequence[EntityMention], site: Site) -> tuple[QuoteGroup, ...]:
    by_month: dict[str, list[Quote]] = {}
    for found in mentions:
        card = found.card
        by_month.setdefault(card.day[:7], []).append(
            Quote(
                teaser(card, site, dates.label(card.iso_date[:10], site.lang)),
                found.before,
                found.mention,
                found.after,
            )
        )
    return tuple(
        QuoteGroup(f"mois-{month}", capital(dates.month_label(month, site.lang)), tuple(quotes))
        for month, quotes in by_month.items()
    )


def _period(period: str, site: Site, addresses: Addresses) -> PeriodLink:
    label = capital(dates.label(period, site.lang))
    return PeriodLink(period, period_url(addresses, period), label)


def _page_url(entity: EntityCard, page: int, addresses: Addresses) -> str:
    return href(standing.entity(addresses, entity.slug, page))


def _thing(site: Site, portrait: Portrait) -> JsonObject:
    """Whom or what the page is about. `sameAs` is the address that the editors give, where it is one of
    today's web."""
    entity = portrait.entity
    data = thing(entity, site.url)
    others = [form for form in dict.fromkeys(portrait.forms) if form != entity.name]
    if others:
        data["alternateName"] = others
    if portrait.roles and entity.type == "person":
        told = (typography.typeset(role.name, role.lang or site.lang) for role in portrait.roles)
        data["jobTitle"] = list(dict.fromkeys(told))[:JOB_TITLES]
    if portrait.link.startswith("https://"):
        data["sameAs"] = portrait.link
    if portrait.spot and not portrait.spot.is_area:
        data["geo"] = located(portrait.spot)
    return data


# -- which there are, and when they are stale ----------------------------------------------------


def _known(archive: Archive, slug: str) -> tuple[int, EntityCard]:
    """The entity of a page that is there."""
    found = archive.entities.known(slug)
    if found is None:
        raise LookupError(slug)
    return found


def _card(archive: Archive, slug: str) -> EntityCard | None:
    """The entity of that slug, None where it has no page."""
    found = archive.entities.known(slug)
    return found[1] if found and found[1].url else None


def _slug_and_page(name: str) -> tuple[str, int]:
    slug, _, page = name.rpartition("/")
    return slug, int(page)


def _stale(touched: Touched) -> Iterable[Reason]:
    for slug in sorted(touched.changes.gone_entities):
        yield slug, _("no article names it any more")
    for _number, card, _change in touched.entities:
        yield card.slug, _("its articles changed")
    reach, entities = touched.archive.reach, touched.archive.entities
    beside = reach.named_together(touched.relisted) | reach.named_by(touched.changes.listed)
    for number_ in sorted(beside):
        card_ = entities.card(number_)
        if card_ is not None:
            yield card_.slug, _("an entity it names changed its name or page")


def _stale_older(touched: Touched) -> Iterable[Reason]:
    archive = touched.archive
    slugs = set(touched.changes.gone_entities)
    for number_, card, change in touched.entities:
        slugs.add(card.slug)
        for page in _changed_pages(number_, card, change, archive):
            yield f"{card.slug}/{page}", _("its articles changed")
    for slug in sorted(slugs):
        for name in archive.manifest.names("entity_page", f"{slug}/"):
            if not _has_older(archive, name):
                yield name, _("its articles changed")


def _changed_pages(
    number_: int, card: EntityCard, change: EntityChange, archive: Archive
) -> list[int]:
    """The older pages on which something stands otherwise."""
    limits, rank = archive.limits, archive.entities.rank
    size = limits.mentions_per_page
    last, last_before = (older_pages(limits, count) for count in (card.articles, change.before))
    found: set[int] = set()
    if change.renamed or change.paged or change.retyped:
        found.update(range(1, last + 1))
    if change.shift is not None:
        found.update(range(rank(number_, change.shift) // size + 1, last + 1))
    found.update(rank(number_, sort) // size + 1 for sort in change.touched)
    if last != last_before:
        # The page beside the newest one links to it: that place is another page's now.
        found.update(range(min(last, last_before), max(last, last_before) + 1))
    return sorted(page for page in found if 1 <= page <= last)


def _older_names(archive: Archive) -> Iterable[str]:
    for card in archive.index.cards():
        for page in range(1, older_pages(archive.limits, card.articles) + 1):
            yield f"{card.slug}/{page}"


def _has_older(archive: Archive, name: str) -> bool:
    slug, page = _slug_and_page(name)
    card = _card(archive, slug)
    return card is not None and page <= older_pages(archive.limits, card.articles)


def _older_fields(name: str) -> dict[str, Any]:
    slug, page = _slug_and_page(name)
    return {"slug": slug, "page": page}


def _mapped(archive: Archive, name: str) -> Iterable[Mapped]:
    if name.startswith(MAP_OF_NAMES):
        initials = name.removeprefix(MAP_OF_NAMES)
        for card, newest in archive.index.listed(initials):
            yield card.url, newest


def _mapped_older(archive: Archive, name: str) -> Iterable[Mapped]:
    if name.startswith(MAP_OF_NAMES):
        initials = name.removeprefix(MAP_OF_NAMES)
        for card in archive.index.cited_often(initials, archive.limits.mentions_per_page):
            # A full page stays as it is: when it last changed would cost a walk through its mentions.
            for page in range(1, older_pages(archive.limits, card.articles) + 1):
                yield _page_url(card, page, archive.addresses), ""


ENTITY_PAGE = Html(
    name="entity_page",
    addresses=(standing.ENTITY_PAGE,),
    fields=_older_fields,
    reads=frozenset({Fact.MENTIONS, Fact.NAMES, Fact.CARDS}),
    names=_older_names,
    has=_has_older,
    stale=_stale_older,
    mapped=_mapped_older,
    template="entity",
    view=older_view,
)

ENTITY = Html(
    name="entity",
    addresses=(standing.ENTITY,),
    reads=frozenset({Fact.MENTIONS, Fact.NAMES, Fact.CARDS, Fact.MEMBERS, Fact.STORIES}),
    names=lambda archive: (card.slug for card in archive.index.cards()),
    has=lambda archive, slug: _card(archive, slug) is not None,
    stale=_stale,
    mapped=_mapped,
    template="entity",
    view=entity_view,
)


# -- its feeds -----------------------------------------------------------------------------------


def _feed_names(archive: Archive) -> Iterable[str]:
    return (slug for _, _, slug in archive.index.with_feed())


def _has_feed(archive: Archive, slug: str) -> bool:
    card = _card(archive, slug)
    return card is not None and has_feed(archive.limits, card)


def _stale_feeds(touched: Touched) -> Iterable[Reason]:
    for slug in sorted(touched.changes.gone_entities):
        yield slug, _("no article names it any more")
    for _number, card, _change in touched.entities:
        yield card.slug, _("its articles changed")
    entities = touched.archive.entities
    for number_ in sorted(touched.archive.reach.named_by(touched.told_otherwise)):
        card_ = entities.card(number_)
        if card_ is not None and has_feed(touched.archive.limits, card_):
            yield card_.slug, _("an article it holds changed")


def _relisted(touched: Touched) -> bool:
    return bool(touched.changes.gone_entities) or any(True for _number in _fed_otherwise(touched))


def _fed_otherwise(touched: Touched) -> Iterator[int]:
    """The entities whose feeds came or went, or are called otherwise."""
    least = touched.archive.limits.entity_feed_from
    for number_, card, change in touched.entities:
        listed = has_feed(touched.archive.limits, card)
        called = change.renamed or change.paged or change.retyped
        if listed != (change.before >= least) or (listed and called):
            yield number_


def _reparted(touched: Touched) -> Iterable[str]:
    # Under which initials one stood that is gone, or had another name, `initials` tells.
    changes = touched.changes
    found = touched.archive.index.initials_of(_fed_otherwise(touched)) | changes.initials
    return [MAP_OF_NAMES + part for initials in found for part in (initials, initials[:1])]


def feed_source(context: Context, slug: str) -> FeedSource:
    """The newest articles that name an entity, in one language."""
    number_, card = _known(context.archive, slug)
    (shown,) = typeset_cards((card,), context.site.lang)
    limits = context.limits
    most = limits.entity_feed_entries
    return FeedSource(
        f"{shown.name} – {context.site.name}",
        card.url,
        context.archive.languages.naming(number_, most),
        most=most,
        days=limits.entity_feed_days,
        least=limits.entity_feed_least,
        texts=limits.entity_feed_texts,
    )


def feed_lines(context: Context) -> Iterable[FeedLine]:
    """The feeds of entities, by slug; of the most cited, where they are too many for one list."""
    if in_parts(context.archive):
        return _most_cited(context, context.limits.entities_most_cited)
    return _lines(context, "")


def parted_lines(context: Context, part: str) -> Iterable[FeedLine]:
    """Those of a letter, or of initials."""
    if part.startswith(MAP_OF_NAMES):
        yield from _lines(context, part.removeprefix(MAP_OF_NAMES))


def _lines(context: Context, part: str) -> Iterable[FeedLine]:
    known, archive = words(context.site.lang), context.archive
    for name, type_, slug in archive.index.with_feed(part):
        page = href(standing.entity(archive.addresses, slug))
        folder = known.types_plural[type_]
        yield FeedLine(folder, name, page, *ENTITY_FEED.urls(context, slug))


def chosen_lines(context: Context) -> Iterable[FeedLine]:
    """The feeds of the most cited of each type, most first."""
    shown: Counter[str] = Counter()
    for line in _most_cited(context, CHOSEN_FROM):
        shown[line.folder] += 1
        if shown[line.folder] <= MOST_ROWS:
            yield line


def _most_cited(context: Context, most: int) -> Iterable[FeedLine]:
    known, archive, site = words(context.site.lang), context.archive, context.site
    cited = archive.index.most_cited(most)
    for card in typeset_cards([c for c in cited if has_feed(archive.limits, c)], site.lang):
        about = known.feed_of_entity.format(name=card.name)
        folder = known.types_plural[card.type]
        yield FeedLine(folder, card.name, card.url, *ENTITY_FEED.urls(context, card.slug), about)


ENTITY_FEED = Feed(
    name="entity_feed",
    addresses=(
        Address("TAG_FEED_ATOM", "feeds/entites/{slug}.atom"),
        Address("TAG_FEED_RSS", "feeds/entites/{slug}.rss"),
    ),
    reads=frozenset({Fact.MENTIONS, Fact.NAMES, Fact.LABELS, Fact.ENTRIES, Fact.LEDGER}),
    names=_feed_names,
    has=_has_feed,
    stale=_stale_feeds,
    source=feed_source,
    lines=feed_lines,
    chosen=chosen_lines,
    parted=parted_lines,
    relisted=_relisted,
    reparted=_reparted,
)
