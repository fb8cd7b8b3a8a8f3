"""The search: its page, and the indexes that its script reads, one for each span of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.archive.rows import base_language
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import SEARCH as SEARCH_ADDRESS
from newsdigest.base.addresses import Address, Addresses, href
from newsdigest.base.errors import _
from newsdigest.base.records import Site
from newsdigest.site.head import About, navigation, page_head
from newsdigest.site.kind import Bundle, Context, Html, Reason, always, one
from newsdigest.site.pagefind import Indexer, of_index, of_program
from newsdigest.site.search import NOTHING, agency_slug, document
from newsdigest.site.shapes import Head, Link, NavItem, Shape
from newsdigest.site.spans import Span, spans
from newsdigest.site.touched import Touched
from newsdigest.site.words import section_title, words
from newsdigest.text import dates

# What reads the indexes stands once, beside them.
PROGRAM = "programme"
# So many agencies can be chosen from, those of most articles.
MOST_AGENCIES = 40


class Choice(Shape, frozen=True):
    """What a reader may narrow the search to."""

    value: str
    label: str


class SearchView(Shape, frozen=True):
    """The page of the search. `indexes` are, as JSON, (name, first month as told, number of articles) of
    each, newest first, `folder` where they stand below the root of the site. `links` lead to what can be
    read without a search."""

    head: Head
    nav: tuple[NavItem, ...]
    title: str
    folder: str
    indexes: str
    sections: tuple[Choice, ...]
    agencies: tuple[Choice, ...]
    years: tuple[Choice, ...]
    links: tuple[Link, ...]


def search_view(context: Context, _name: str) -> SearchView:
    """The page of the search."""
    archive, site = context.archive, context.site
    slugs = archive.sections.in_order(site.sections)
    found = [
        Choice(slug, section_title(archive.sections.folder(slug, site.sections), site.lang))
        for slug in slugs
    ]
    years = [Choice(year.period, year.period) for year in archive.periods.year_counts()[::-1]]
    return search_page(
        site, context.addresses, _spans_of(archive), found, _agencies(context), years
    )


def _agencies(context: Context) -> list[Choice]:
    labels, least = context.archive.labels, context.limits.agency_page_from
    counts = {name: labels.count("agency", name) for name in labels.names("agency")}
    most = sorted(counts, key=lambda name: (-counts[name], name))[:MOST_AGENCIES]
    named = sorted(name for name in most if counts[name] >= least)
    return list({agency_slug(name): Choice(agency_slug(name), name) for name in named}.values())


def search_page(
    site: Site,
    addresses: Addresses,
    held: Sequence[Span],
    sections: Sequence[Choice] = (),
    agencies: Sequence[Choice] = (),
    years: Sequence[Choice] = (),
) -> SearchView:
    """The page of the search, of an archive of these spans."""
    known = words(site.lang)
    path = href(addresses.of(SEARCH_ADDRESS))
    told = [
        (span.name, dates.label(span.first, site.lang), span.articles) for span in reversed(held)
    ]
    places = (
        (known.entities, standing.ENTITIES),
        (known.stories, standing.STORIES),
        (known.all_sections, standing.SECTIONS),
        (known.archives, standing.ARCHIVES),
    )
    about = About(
        path,
        known.search,
        known.search_description,
        {"@type": "WebPage", "name": known.search},
        noindex=True,
    )
    return SearchView(
        head=page_head(site, addresses, about),
        nav=navigation(site, addresses, path),
        title=known.search,
        folder=addresses.of(SEARCH_INDEX_ADDRESS, span="*"),
        indexes=msgspec.json.encode(told).decode(),
        sections=tuple(sections),
        agencies=tuple(agencies) if len(agencies) > 1 else (),
        years=tuple(years) if len(years) > 1 else (),
        links=tuple(Link(href(addresses.of(place)), label) for label, place in places),
    )


def _when_anything_changed(touched: Touched) -> Iterable[Reason]:
    if touched.changes or touched.changes.labels:
        yield "", _("the archive changed")


SEARCH = Html(
    name="search",
    addresses=(SEARCH_ADDRESS,),
    reads=frozenset({Fact.PERIODS, Fact.LABELS}),
    names=one,
    has=always,
    stale=_when_anything_changed,
    template="search",
    view=search_view,
)


# -- the indexes ---------------------------------------------------------------------------------


def index_files(context: Context, name: str, index: Indexer) -> Mapping[str, bytes]:
    """The files of an index, or those of the program."""
    lang = base_language(context.site.lang)
    if name == PROGRAM:
        return of_program(index((NOTHING,), lang), lang)
    span = _named(context.archive, name)
    assert span
    told = context.archive.articles.in_months(span.first, span.last)
    documents = (document(card, it, at, context.site) for at, (card, it) in enumerate(told))
    return of_index(index(documents, lang))


def _spans_of(archive: Archive) -> list[Span]:
    periods = archive.periods
    return spans(periods.month_counts(), periods.day_counts, archive.limits.search_articles)


def _named(archive: Archive, name: str) -> Span | None:
    return next((span for span in _spans_of(archive) if span.name == name), None)


def _names(archive: Archive) -> Iterator[str]:
    yield from (span.name for span in _spans_of(archive))
    yield PROGRAM


def _has(archive: Archive, name: str) -> bool:
    return name == PROGRAM or _named(archive, name) is not None


def _stale(touched: Touched) -> Iterable[Reason]:
    archive, changes, reach = touched.archive, touched.changes, touched.archive.reach
    told = changes.edited | changes.moved | changes.retagged
    days = changes.days | reach.days_of(told | reach.leaders(told))
    if not days and not changes:
        return
    before, now = set(archive.manifest.names(SEARCH_INDEX.name)) - {PROGRAM}, _spans_of(archive)
    for span in now:
        if span.name not in before:
            yield span.name, _("a span of time is searched by itself")
        elif any(span.first <= day < f"{span.last}~" for day in days):
            yield span.name, _("its articles changed")
    for name in sorted(before - {span.name for span in now}):
        yield name, _("its articles are searched with others")


SEARCH_INDEX_ADDRESS = Address("SEARCH_INDEX_URL", "recherche/index/{span}/")

SEARCH_INDEX = Bundle(
    name="search_index",
    addresses=(SEARCH_INDEX_ADDRESS,),
    fields=lambda name: {"span": name},
    reads=frozenset({Fact.PERIODS, Fact.TEXTS, Fact.CARDS, Fact.COPIES}),
    names=_names,
    has=_has,
    stale=_stale,
    bundle=index_files,
)
