"""The feed of everything, the page that tells of all feeds, and the list for feed readers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsdigest.archive.facts import Fact
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import Addresses, href
from newsdigest.base.errors import _
from newsdigest.base.records import Site
from newsdigest.site.feed_bytes import Subscription, opml
from newsdigest.site.head import About, navigation, page_head
from newsdigest.site.json_ld import collection
from newsdigest.site.kind import (
    Context,
    Data,
    Feed,
    FeedLine,
    FeedSource,
    Html,
    Reason,
    always,
    one,
)
from newsdigest.site.shapes import Head, NavItem
from newsdigest.site.touched import Touched
from newsdigest.site.words import words


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed with the absolute addresses a reader copies."""

    title: str
    about: str
    page: str
    atom: str
    rss: str


@dataclass(frozen=True, slots=True)
class FeedsView:
    """The feeds page; `opml` is the address of the list for feed readers, or ""."""

    head: Head
    nav: tuple[NavItem, ...]
    rows: tuple[FeedRow, ...]
    opml: str


# -- everything ----------------------------------------------------------------------------------


def all_source(context: Context, _name: str) -> FeedSource:
    """The newest articles of all."""
    most = context.limits.feed_entries
    newest = context.archive.articles.newest(most)
    return FeedSource(context.site.name, "/", newest, context.site.tagline, most=most)


def all_lines(context: Context) -> Iterable[FeedLine]:
    """The site's own feed."""
    name = context.site.name
    urls = ALL_FEED.urls(context, "")
    yield FeedLine(name, name, "/", *urls, words(context.site.lang).feed_of_all)


def _stale_all(touched: Touched) -> Iterable[Reason]:
    archive = touched.archive
    if touched.changes:
        yield "", _("the archive changed")
    elif touched.reworded:
        newest = archive.reach.ids_of(archive.articles.newest(archive.limits.feed_entries))
        if newest & touched.reworded:
            yield "", _("an article it holds changed")


ALL_FEED = Feed(
    name="all_feed",
    addresses=(standing.ALL_ATOM, standing.ALL_RSS),
    reads=frozenset({Fact.ORDER, Fact.ENTRIES, Fact.LEDGER}),
    names=one,
    has=always,
    stale=_stale_all,
    source=all_source,
    lines=all_lines,
    chosen=all_lines,
)


# -- the page of feeds, the list for readers -----------------------------------------------------


def feeds_view(context: Context, _name: str) -> FeedsView:
    """The feeds a reader may want to choose from."""
    lines = [
        line
        for kind in reversed(context.kinds)
        if isinstance(kind, Feed)
        for line in kind.chosen(context)
    ]
    return feeds_page(context.site, context.addresses, lines)


def feeds_page(site: Site, addresses: Addresses, lines: Sequence[FeedLine]) -> FeedsView:
    """The feeds in the order given, each with a word on what it carries."""
    known = words(site.lang)
    path = href(addresses.of(standing.FEEDS))
    data = collection(site, path, known.feeds)
    return FeedsView(
        head=page_head(site, addresses, About(path, known.feeds, known.feeds_description, data)),
        nav=navigation(site.lang, addresses, path),
        rows=tuple(
            FeedRow(line.title, line.about, line.page, site.url + line.atom, site.url + line.rss)
            for line in lines
        ),
        opml=href(addresses.of(standing.OPML)),
    )


def _stale_page(touched: Touched) -> Iterable[Reason]:
    if touched.story_list:
        yield "", _("the list of stories changed")
    if touched.index:
        # It names the feeds of the most cited: a count may change which.
        yield "", _("the list of entities changed")
    if touched.feeds:
        yield "", _("the list of feeds changed")


FEEDS_PAGE = Html(
    name="feeds",
    addresses=(standing.FEEDS,),
    reads=frozenset({Fact.NAMES, Fact.STORIES, Fact.LABELS, Fact.LEDGER}),
    names=one,
    has=always,
    stale=_stale_page,
    template="feeds",
    view=feeds_view,
)


def opml_data(context: Context, _name: str) -> bytes:
    """All the feeds there are, in folders."""
    url = context.site.url
    folders: dict[str, list[Subscription]] = {}
    for kind in (ALL_FEED, *(k for k in context.kinds if k.name != ALL_FEED.name)):
        for line in kind.lines(context) if isinstance(kind, Feed) else ():
            subscription = Subscription(line.title, url + line.atom, url + line.page)
            folders.setdefault(line.folder, []).append(subscription)
    return opml(context.site.name, folders.items())


def _stale_opml(touched: Touched) -> Iterable[Reason]:
    if touched.feeds:
        yield "", _("the list of feeds changed")


OPML = Data(
    name="opml",
    addresses=(standing.OPML,),
    reads=frozenset({Fact.NAMES, Fact.STORIES, Fact.LABELS, Fact.LEDGER}),
    names=one,
    has=always,
    stale=_stale_opml,
    data=opml_data,
)
