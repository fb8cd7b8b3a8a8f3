"""The feed of everything, and the page that tells what feeds are and which there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.archive.retractions import Tombstone
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import Address, Addresses, href
from newsdigest.base.errors import _
from newsdigest.base.records import Site
from newsdigest.site.feed_parts import list_parts, part_label
from newsdigest.site.head import About, navigation, page_head
from newsdigest.site.json_ld import collection
from newsdigest.site.kind import (
    Context,
    Feed,
    FeedLine,
    FeedSource,
    History,
    Html,
    Mapped,
    Reason,
    always,
    in_pages,
    one,
)
from newsdigest.site.shapes import Head, Link, NavItem, Shape
from newsdigest.site.touched import Touched
from newsdigest.site.words import words
from newsdigest.text import dates


class FeedRow(Shape, frozen=True):
    """A feed with the absolute addresses a reader copies; `page` tells of it."""

    title: str
    about: str
    page: str
    atom: str
    rss: str
    json: str = ""


class FeedGroup(Shape, frozen=True):
    """Feeds of one sort, under what they have in common; `more` leads to the others of its sort, or ""."""

    label: str
    rows: tuple[FeedRow, ...]
    more: str = ""


class FeedsView(Shape, frozen=True):
    """The feeds page: `rows` are those of the site as a whole, the others stand in `groups`; `opml` is
    the address of the list for feed readers, `parts` lead to its further lists, if there are any."""

    head: Head
    nav: tuple[NavItem, ...]
    rows: tuple[FeedRow, ...]
    groups: tuple[FeedGroup, ...]
    opml: str
    parts: tuple[Link, ...] = ()


# -- everything ----------------------------------------------------------------------------------


def all_source(context: Context, _name: str) -> FeedSource:
    """The newest articles of all."""
    stream = context.archive.stream
    names, since = stream.documents(), stream.since()
    before = href(ALL_ARCHIVE.files(context.archive, names[-1])[0]) if names else ""
    cancelled = [one for one in _cancelled(context) if one.entry.published[:10] >= since]
    return FeedSource(
        context.site.name,
        all_page(context),
        stream.live(),
        context.site.tagline,
        history=History(before, cancelled=cancelled),
    )


def all_page(context: Context) -> str:
    """The page that tells of the feed of everything."""
    return href(standing.feed_page(context.addresses, "all"))


def archive_source(context: Context, name: str) -> FeedSource:
    """What an archive document holds; what was cancelled in its month stands in the month's first."""
    archive, stream = context.archive, context.archive.stream
    names, since, month = stream.documents(), stream.since(), name[:7]
    at = names.index(name)
    before = href(ALL_ARCHIVE.files(archive, names[at - 1])[0]) if at else ""
    cancelled = [
        one
        for one in _cancelled(context)
        if one.entry.published[:7] == name and one.entry.published[:10] < since
    ]
    label = dates.month_label(month, context.site.lang)
    return FeedSource(
        f"{context.site.name} – {label}",
        href(standing.period(archive.addresses, month)),
        stream.archived(name),
        context.site.tagline,
        history=History(before, ALL_FEED.urls(context, "")[0], cancelled),
    )


def _cancelled(context: Context) -> list[Tombstone]:
    return context.archive.retractions.in_feeds_of((ALL_FEED.name, ALL_ARCHIVE.name))


def all_lines(context: Context) -> Iterable[FeedLine]:
    """The site's own feed."""
    name = context.site.name
    atom, rss, json = ALL_FEED.every_url(context, "")
    yield FeedLine(
        name, name, all_page(context), atom, rss, words(context.site.lang).feed_of_all, json
    )


def _stale_all(touched: Touched) -> Iterable[Reason]:
    archive = touched.archive
    if touched.changes:
        yield "", _("the archive changed")
    elif (
        touched.told_otherwise
        and archive.reach.ids_of(archive.stream.live()) & touched.told_otherwise
    ):
        yield "", _("an article it holds changed")


ALL_FEED = Feed(
    name="all_feed",
    addresses=(standing.ALL_ATOM, standing.ALL_RSS, Address("FEED_ALL_JSON", "feeds/all.json")),
    reads=frozenset({Fact.ORDER, Fact.ENTRIES, Fact.LEDGER}),
    names=one,
    has=always,
    stale=_stale_all,
    source=all_source,
    lines=all_lines,
    chosen=all_lines,
)


def _stale_archives(touched: Touched) -> Iterable[Reason]:
    archive, changes = touched.archive, touched.changes
    cancelled = changes.retracted_months
    if not (changes or touched.told_otherwise or cancelled):
        return
    names = archive.stream.documents()
    known = sorted(archive.manifest.names(ALL_ARCHIVE.name), key=_in_order)
    there = set(names)
    for name in known:
        if name not in there:
            yield name, _("its articles are in another document")
    # Where articles came or went, a document differs from its month's first changed day on; and the
    # last ones do, whose days may have left the live document, or gone back there.
    told = archive.stream.holding(touched.told_otherwise)
    first: dict[str, int] = {}
    for day in changes.days:
        part = archive.stream.part_from(day)
        first[day[:7]] = min(part, first.get(day[:7], part))
    ends = [_in_order(name) for name in (*names[-1:], *known[-1:])]
    led_to = dict(zip(known, ["", *known], strict=False))
    for name, before in zip(names, ["", *names], strict=False):
        month, part = _in_order(name)
        shifted = part >= first.get(month, part + 1) or name in cancelled
        if shifted or (month, part) in told or (changes.days and (month, part) >= min(ends)):
            yield name, _("an article it holds changed")
        elif led_to.get(name) != before:
            yield name, _("another document stands before it")


def _in_order(name: str) -> tuple[str, int]:
    return name[:7], int(name[8:] or 1)


ALL_ARCHIVE = Feed(
    name="all_archive",
    addresses=(Address("FEED_ARCHIVE_ATOM", "feeds/archives/{slug}.atom"),),
    reads=frozenset({Fact.ORDER, Fact.ENTRIES, Fact.LEDGER}),
    names=lambda archive: archive.stream.documents(),
    has=lambda archive, name: name in archive.stream.documents(),
    stale=_stale_archives,
    source=archive_source,
)


# -- the page of feeds -----------------------------------------------------


def feeds_view(context: Context, _name: str) -> FeedsView:
    """The feeds a reader may want to choose from."""
    lines = [
        line
        for kind in reversed(context.kinds)
        if isinstance(kind, Feed)
        for line in kind.chosen(context)
    ]
    parts = [
        Link(
            href(context.addresses.of(standing.OPML_PART, map=part)), part_label(part, context.site)
        )
        for part in list_parts(context.archive)
    ]
    return feeds_page(context.site, context.addresses, lines, parts)


def feeds_page(
    site: Site, addresses: Addresses, lines: Sequence[FeedLine], parts: Sequence[Link] = ()
) -> FeedsView:
    """The feeds in the order given, each with a word on what it carries."""
    known = words(site.lang)
    path = href(addresses.of(standing.FEEDS))
    data = collection(site, path, known.feeds)
    more = {
        known.all_sections: standing.SECTIONS,
        known.stories: standing.STORIES,
        **dict.fromkeys(known.types_plural.values(), standing.ENTITIES),
    }
    return FeedsView(
        head=page_head(
            site, addresses, About(path, known.feeds, known.feeds_description, data, crumbs=())
        ),
        nav=navigation(site, addresses, path),
        rows=_rows(site, lines, site.name),
        groups=tuple(
            FeedGroup(
                folder,
                _rows(site, lines, folder),
                href(addresses.of(more[folder])) if folder in more else "",
            )
            for folder in dict.fromkeys(line.folder for line in lines)
            if folder != site.name
        ),
        opml=href(addresses.of(standing.OPML)),
        parts=tuple(parts),
    )


def _rows(site: Site, lines: Sequence[FeedLine], folder: str) -> tuple[FeedRow, ...]:
    return tuple(
        FeedRow(
            line.title,
            line.about,
            line.page,
            site.url + line.atom,
            site.url + line.rss,
            site.url + line.json if line.json else "",
        )
        for line in lines
        if line.folder == folder
    )


def _stale_page(touched: Touched) -> Iterable[Reason]:
    if touched.story_list:
        yield "", _("the list of stories changed")
    if touched.index:
        # It names the feeds of the most cited: a count may change which.
        yield "", _("the list of entities changed")
    if touched.feeds:
        yield "", _("the list of feeds changed")


def _mapped(archive: Archive) -> Iterable[Mapped]:
    yield href(FEEDS_PAGE.address(archive, "")), ""


FEEDS_PAGE = Html(
    name="feeds",
    addresses=(standing.FEEDS,),
    reads=frozenset({Fact.NAMES, Fact.STORIES, Fact.LABELS, Fact.LEDGER}),
    names=one,
    has=always,
    stale=_stale_page,
    mapped=in_pages(_mapped),
    template="feeds",
    view=feeds_view,
)
