"""A news agency: the articles it signs, by day, and its feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import Address, Addresses, href
from newsdigest.base.agencies import full_name
from newsdigest.base.errors import _
from newsdigest.base.records import Card, Count, Site
from newsdigest.site.chart import column_chart
from newsdigest.site.head import About, capital, feed_links, navigation, page_head, period_url
from newsdigest.site.json_ld import collection
from newsdigest.site.kind import Context, Feed, FeedLine, FeedSource, Html, Mapped, Reason, in_pages
from newsdigest.site.lists import by_language, dated, teaser
from newsdigest.site.shapes import Chart, FeedLink, Group, Head, NavItem, PeriodLink, Shape
from newsdigest.site.touched import Touched
from newsdigest.site.words import language_heading, number, words
from newsdigest.text import dates, typography

LABEL = "agency"


class Agency(Struct, frozen=True):
    """What an agency's page is made of: its newest articles, newest first, its months, oldest first.

    `name` is what it signs with; `url` the page's address, `feeds` those of its feeds; `first` and
    `last` are the days of its oldest and newest article.
    """

    name: str
    url: str
    cards: Sequence[Card]
    months: Sequence[Count]
    first: str
    last: str
    feeds: Sequence[str] = ()


class AgencyView(Shape, frozen=True):
    """The articles an agency signs, by day. `full_name` is "" where it signs with it.

    `hidden` counts the articles too old to be listed here, "" for none.
    """

    head: Head
    nav: tuple[NavItem, ...]
    name: str
    full_name: str
    articles: str
    first: PeriodLink
    last: PeriodLink
    chart: Chart | None
    groups: tuple[Group, ...]
    hidden: str
    feeds: tuple[FeedLink, ...]


def agency_view(context: Context, slug: str) -> AgencyView:
    """The page of the agency."""
    archive = context.archive
    name = _known(archive, slug)
    cards = archive.labels.cards(LABEL, name, context.limits.agency_articles)
    months = archive.labels.months(LABEL, name)
    feeds = AGENCY_FEED.urls(context, slug) if _has_feed(archive, slug) else ()
    first, last = archive.labels.first_and_last(LABEL, name)
    url = href(AGENCY.address(archive, slug))
    found = Agency(name, url, cards, months, first, last, feeds)
    return agency_page(context.site, context.addresses, found)


def agency_page(site: Site, addresses: Addresses, found: Agency) -> AgencyView:
    """An agency as its page shows it."""
    known = words(site.lang)
    total = sum(month.articles for month in found.months)
    hidden = total - len(found.cards)
    feeds = feed_links(site, found.name, found.feeds)
    full = typography.typeset(full_name(found.name), site.lang)
    data = collection(site, found.url, found.name, [card.url for card in found.cards])
    data["about"] = {"@type": "Organization", "name": full}
    description = known.agency_description.format(name=found.name)
    about = About(found.url, found.name, description, data, feeds=feeds, crumbs=())
    chart = known.agency_chart.format(name=found.name)
    return AgencyView(
        head=page_head(site, addresses, about),
        nav=navigation(site, addresses, href(addresses.of(standing.FEEDS)), "true"),
        name=found.name,
        full_name=full if full != found.name else "",
        articles=number(total, site.lang),
        first=_period(found.first, site, addresses),
        last=_period(found.last, site, addresses),
        chart=column_chart(site, chart, found.months) if len(found.months) > 1 else None,
        groups=tuple(_groups(found.cards, site, addresses)),
        hidden=number(hidden, site.lang) if hidden else "",
        feeds=feeds,
    )


def _groups(cards: Sequence[Card], site: Site, addresses: Addresses) -> Iterator[Group]:
    """By day; those in another language than the site's under the name of theirs, where an agency does
    not sign in others alone."""
    foreign = by_language(cards, site)
    apart = {card.id for told in foreign.values() for card in told}
    own = [card for card in cards if card.id not in apart]
    if not own:
        own, foreign = list(cards), {}
    for day, told in groupby(own, key=lambda card: card.iso_date[:10]):
        link = _period(day, site, addresses)
        teasers = tuple(teaser(card, site) for card in told)
        yield Group(f"jour-{day}", link.label, teasers, url=link.url)
    for lang, others in foreign.items():
        yield Group(f"langue-{lang}", language_heading(lang, site.lang), dated(others, site))


def _period(day: str, site: Site, addresses: Addresses) -> PeriodLink:
    """A day, or a month where no day is written, as its articles' date."""
    return PeriodLink(day, period_url(addresses, day), capital(dates.label(day, site.lang)))


# -- which there are, and when they are stale ----------------------------------------------------


def _known(archive: Archive, slug: str) -> str:
    """The agency of a page that is there."""
    return archive.labels.slugs(LABEL)[slug]


def _names(archive: Archive) -> Iterable[str]:
    return archive.labels.slugs(LABEL, archive.limits.agency_page_from)


def _feed_names(archive: Archive) -> Iterable[str]:
    limits = archive.limits
    return archive.labels.slugs(LABEL, max(limits.agency_page_from, limits.entity_feed_from))


def _has(archive: Archive, slug: str) -> bool:
    return slug in _names(archive)


def _has_feed(archive: Archive, slug: str) -> bool:
    return slug in _feed_names(archive)


def _changed(touched: Touched, labels: Iterable[tuple[str, str]]) -> Iterable[str]:
    """The slugs of these agencies, and of those whose slugs may be others for that."""
    named = [label for kind, label in labels if kind == LABEL]
    alike = set(touched.archive.labels.alike(LABEL, named)) if named else ()
    if alike:
        slugs = touched.archive.labels.slugs(LABEL)
        yield from (slug for slug, label in slugs.items() if label in alike)


def _stale_of(touched: Touched, kind: str) -> Iterable[Reason]:
    if any(sort == LABEL for sort, _label in touched.changes.labels):
        there = set(touched.archive.labels.slugs(LABEL))
        for slug in touched.archive.manifest.names(kind):
            if slug not in there:
                yield slug, _("no article is signed by it any more")
    for slug in _changed(touched, touched.changes.labels):
        yield slug, _("its articles changed")


def _stale(touched: Touched) -> Iterable[Reason]:
    return _stale_of(touched, AGENCY.name)


def _mapped(archive: Archive) -> Iterable[Mapped]:
    for slug in _names(archive):
        (newest,) = archive.labels.cards(LABEL, _known(archive, slug), 1)
        yield href(AGENCY.address(archive, slug)), newest.iso_date[:10]


AGENCY = Html(
    name="agency",
    addresses=(Address("AGENCY_URL", "agences/{slug}/"),),
    reads=frozenset({Fact.LABELS, Fact.CARDS}),
    names=_names,
    has=_has,
    stale=_stale,
    mapped=in_pages(_mapped),
    template="agency",
    view=agency_view,
)


# -- its feeds -----------------------------------------------------------------------------------


def _stale_feeds(touched: Touched) -> Iterable[Reason]:
    yield from _stale_of(touched, AGENCY_FEED.name)
    reach = touched.archive.reach
    for slug in _changed(touched, reach.labels_of(touched.told_otherwise)):
        if reach.ids_of(_newest(touched.archive, slug)) & touched.told_otherwise:
            yield slug, _("an article it holds changed")


def _newest(archive: Archive, slug: str) -> Sequence[int]:
    """The articles its feeds hold: the newest in one language."""
    most = archive.limits.entity_feed_entries
    return archive.languages.labelled(LABEL, _known(archive, slug), most)


def feed_source(context: Context, slug: str) -> FeedSource:
    """The newest articles that an agency signs."""
    archive, name = context.archive, _known(context.archive, slug)
    page = href(AGENCY.address(archive, slug))
    return FeedSource(
        f"{name} – {context.site.name}",
        page,
        _newest(archive, slug),
        most=archive.limits.entity_feed_entries,
    )


def feed_lines(context: Context) -> Iterable[FeedLine]:
    """The feeds of agencies, by name."""
    known, archive = words(context.site.lang), context.archive
    for slug in _feed_names(archive):
        name, page = _known(archive, slug), href(AGENCY.address(archive, slug))
        about = known.feed_of_agency.format(name=name)
        yield FeedLine(known.agencies, name, page, *AGENCY_FEED.urls(context, slug), about)


def _relisted(touched: Touched) -> bool:
    archive = touched.archive
    changed = {label for kind, label in touched.changes.labels if kind == LABEL}
    # Where two have one slug but for a number, it may have become the other's.
    return bool(changed) and (
        set(_feed_names(archive)) != set(archive.manifest.names(AGENCY_FEED.name))
        or archive.labels.has_namesakes(LABEL, changed)
    )


AGENCY_FEED = Feed(
    name="agency_feed",
    addresses=(
        Address("AGENCY_FEED_ATOM", "feeds/agences/{slug}.atom"),
        Address("AGENCY_FEED_RSS", "feeds/agences/{slug}.rss"),
    ),
    reads=frozenset({Fact.LABELS, Fact.ENTRIES, Fact.LEDGER}),
    names=_feed_names,
    has=_has_feed,
    stale=_stale_feeds,
    source=feed_source,
    lines=feed_lines,
    chosen=feed_lines,
    relisted=_relisted,
)
