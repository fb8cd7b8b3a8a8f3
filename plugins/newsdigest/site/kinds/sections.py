"""All the sections of the news: the list of them, and the feeds of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.archive.rows import base_language
from newsdigest.archive.sections import KIND, slug_of
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import Addresses, href
from newsdigest.base.errors import _
from newsdigest.base.records import Card, Count, Site
from newsdigest.site.head import About, navigation, page_head, shown_sections
from newsdigest.site.json_ld import collection
from newsdigest.site.kind import (
    MOST_ROWS,
    Context,
    Feed,
    FeedLine,
    FeedSource,
    Html,
    Mapped,
    Reason,
    always,
    in_pages,
    one,
)
from newsdigest.site.lists import card_link
from newsdigest.site.shapes import Head, Link, NavItem, Shape
from newsdigest.site.touched import Touched
from newsdigest.site.words import number, section_title, words
from newsdigest.text import dates


class Listed(Struct, frozen=True):
    """A section among all: how it is written, its newest article, its months."""

    slug: str
    folder: str
    newest: Card
    months: Sequence[Count]


class SectionEntry(Shape, frozen=True):
    """A section among all: its page, how many articles it has, its newest one."""

    title: str
    url: str
    count: int
    articles: str
    date: str
    iso_date: str
    newest: Link


class SectionsView(Shape, frozen=True):
    """All the sections, in the order of the settings, then by name."""

    head: Head
    nav: tuple[NavItem, ...]
    sections: tuple[SectionEntry, ...]


# -- the list ------------------------------------------------------------------------------------


def sections_view(context: Context, _name: str) -> SectionsView:
    """All the sections, each with its newest article."""
    sections, site = context.archive.sections, context.site
    found = []
    for slug in sections.in_order(site.sections):
        spoken = sections.languages(slug)
        own = base_language(site.lang)
        (newest,) = sections.cards(slug, own if own in spoken else spoken[0], 1)
        folder = sections.folder(slug, site.sections)
        found.append(Listed(slug, folder, newest, sections.months(slug)))
    return sections_page(site, context.addresses, found)


def sections_page(site: Site, addresses: Addresses, found: Sequence[Listed]) -> SectionsView:
    """The list of sections, in the order given."""
    known = words(site.lang)
    path = href(addresses.of(standing.SECTIONS))
    entries = tuple(_entry(section, site, addresses) for section in found)
    data = collection(site, path, known.all_sections, [entry.url for entry in entries])
    about = About(path, known.all_sections, known.sections_description, data, crumbs=())
    return SectionsView(
        page_head(site, addresses, about), navigation(site, addresses, path), entries
    )


def _entry(section: Listed, site: Site, addresses: Addresses) -> SectionEntry:
    newest, total = section.newest, sum(count.articles for count in section.months)
    return SectionEntry(
        title=section_title(section.folder, site.lang),
        url=href(standing.section(addresses, section.slug)),
        count=total,
        articles=number(total, site.lang),
        date=dates.label(newest.iso_date, site.lang),
        iso_date=newest.iso_date,
        newest=card_link(newest, site),
    )


def _stale_list(touched: Touched) -> Iterable[Reason]:
    if touched.sections:
        yield "", _("the list of sections changed")


def _mapped(archive: Archive) -> Iterable[Mapped]:
    yield href(SECTIONS.address(archive, "")), archive.periods.newest_edition()


SECTIONS = Html(
    name="sections",
    addresses=(standing.SECTIONS,),
    reads=frozenset({Fact.LABELS, Fact.CARDS}),
    names=one,
    has=always,
    stale=_stale_list,
    mapped=in_pages(_mapped),
    template="sections",
    view=sections_view,
)


# -- its feeds -----------------------------------------------------------------------------------


def feed_source(context: Context, slug: str) -> FeedSource:
    """The newest articles of a section, in the language of its list."""
    sections, site = context.archive.sections, context.site
    title = section_title(sections.folder(slug, site.sections), site.lang)
    return FeedSource(
        f"{title} – {site.name}",
        href(standing.section(context.addresses, slug)),
        _newest(context.archive, slug),
        most=context.limits.entity_feed_entries,
    )


def _newest(archive: Archive, slug: str) -> Sequence[int]:
    """The articles its feeds hold."""
    spoken, own = archive.sections.languages(slug), archive.languages.own
    if not spoken:
        return ()
    label = f"{slug}/{own if own in spoken else spoken[0]}"
    return archive.labels.newest(KIND, label, archive.limits.entity_feed_entries)


def feed_lines(context: Context) -> Iterable[FeedLine]:
    """The feeds of all the sections."""
    yield from _lines(context, context.archive.sections.in_order(context.site.sections))


def chosen_lines(context: Context) -> Iterable[FeedLine]:
    """The feeds of those that the navigation names; of all where it names none."""
    shown = [slug for slug, _title in shown_sections(context.site)]
    return _lines(context, shown or context.archive.sections.in_order(())[:MOST_ROWS])


def _lines(context: Context, slugs: Iterable[str]) -> Iterator[FeedLine]:
    known, archive, site = words(context.site.lang), context.archive, context.site
    for slug in slugs:
        title = section_title(archive.sections.folder(slug, site.sections), site.lang)
        page = href(standing.section(context.addresses, slug))
        about = known.feed_of_section.format(name=title)
        yield FeedLine(known.all_sections, title, page, *SECTION_FEED.urls(context, slug), about)


def _stale_feeds(touched: Touched) -> Iterable[Reason]:
    yield from ((slug, _("its articles changed")) for slug in touched.sections)
    archive, reach = touched.archive, touched.archive.reach
    told = touched.told_otherwise
    slugs = {slug_of(label) for kind, label in reach.labels_of(told) if kind == KIND} - {""}
    for slug in sorted(slugs):
        if reach.ids_of(_newest(archive, slug)) & told:
            yield slug, _("an article it holds changed")


def _relisted(touched: Touched) -> bool:
    archive = touched.archive
    return bool(touched.sections) and bool(
        touched.respelled_sections
        or set(archive.sections.slugs()) != set(archive.manifest.names(SECTION_FEED.name))
    )


SECTION_FEED = Feed(
    name="section_feed",
    addresses=(standing.SECTION_ATOM, standing.SECTION_RSS, standing.SECTION_JSON),
    reads=frozenset({Fact.LABELS, Fact.ENTRIES, Fact.LEDGER}),
    names=lambda archive: archive.sections.slugs(),
    has=lambda archive, slug: archive.sections.holds(slug),
    stale=_stale_feeds,
    source=feed_source,
    lines=feed_lines,
    chosen=chosen_lines,
    relisted=_relisted,
)
