"""A page that tells of a feed: what it carries, its addresses, what is new in it.

For the feeds that follow no page of the site: of everything, of editions, of other languages. The page of
a name, a story, a section, an agency or of corrections tells of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from newsdigest.archive.articles import FiledArticle
from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import Addresses, href
from newsdigest.base.errors import _
from newsdigest.base.records import Card, Site
from newsdigest.site.entries import place
from newsdigest.site.head import About, feed_links, lang_attrs, navigation, page_head
from newsdigest.site.json_ld import collection
from newsdigest.site.kind import Context, Feed, FeedLine, FeedSource, Html, Mapped, Reason, in_pages
from newsdigest.site.shapes import FeedLink, Head, Link, NavItem, Shape
from newsdigest.site.touched import Touched
from newsdigest.site.words import words
from newsdigest.text import dates

# So many of its newest entries are named.
NEWEST = 10
_KINDS = {"all": "all_feed", "editions": "editions_feed"}


class FeedPageView(Shape, frozen=True):
    """A feed as its page tells of it. The `note` of what is new is its day; `opml` and `all_url` lead to
    the list for feed readers and to the page of feeds."""

    head: Head
    nav: tuple[NavItem, ...]
    title: str
    about: str
    feeds: tuple[FeedLink, ...]
    newest: tuple[Link, ...]
    opml: str
    all_url: str


def feed_page_view(context: Context, slug: str) -> FeedPageView:
    """The page of the feed of that slug."""
    kind, name = _feed(context, slug)
    page = href(standing.feed_page(context.addresses, slug))
    line = next(line for line in kind.lines(context) if line.page == page)
    newest = tuple(_newest(context, kind.source(context, name)))
    return feed_page(context.site, context.addresses, line, newest)


def _feed(context: Context, slug: str) -> tuple[Feed, str]:
    kind = context.kinds[_KINDS.get(slug, "language_feed")]
    assert isinstance(kind, Feed)
    return kind, "" if slug in _KINDS else standing.language_of_page(slug)


def _newest(context: Context, source: FeedSource) -> Iterator[Link]:
    lang = context.site.lang
    for card in _cards(context, source.articles):
        day = dates.label(card.iso_date, lang)
        yield Link(card.url, card.headline, day, lang_attrs(card.lang, lang))
    for entry in islice(source.others, NEWEST):
        yield Link(entry.url.removeprefix(context.site.url), entry.title)


def _cards(context: Context, numbers: Sequence[int]) -> list[Card]:
    """Those of the newest, in the order of the feed: among those of one day it has its own."""
    articles, timezone = context.archive.articles, context.site.timezone
    found: list[FiledArticle] = []
    for n in numbers:
        filed = articles.filed_for_feed(n)
        if len(found) >= NEWEST and filed.card.iso_date[:10] != found[-1].card.iso_date[:10]:
            break
        found.append(filed)
    found.sort(key=lambda one: place(one, timezone), reverse=True)
    return [filed.card for filed in found[:NEWEST]]


def feed_page(
    site: Site, addresses: Addresses, line: FeedLine, newest: tuple[Link, ...]
) -> FeedPageView:
    """A feed and what is new in it."""
    feeds_url = href(addresses.of(standing.FEEDS))
    urls = filter(None, (line.atom, line.rss, line.json))
    # The site's feeds stand in every page's head, after those of the page.
    feeds = feed_links(site, line.title, tuple(urls))
    own = () if line.atom == href(addresses.of(standing.ALL_ATOM)) else feeds
    data = collection(site, line.page, line.title, [link.url for link in newest])
    crumbs = ((words(site.lang).feeds, feeds_url),)
    about = About(line.page, line.title, line.about, data, feeds=own, crumbs=crumbs)
    return FeedPageView(
        head=page_head(site, addresses, about),
        nav=navigation(site, addresses, feeds_url, "true"),
        title=line.title,
        about=line.about,
        feeds=feeds,
        newest=newest,
        opml=href(addresses.of(standing.OPML)),
        all_url=feeds_url,
    )


def _names(archive: Archive) -> Iterable[str]:
    return (*_KINDS, *map(standing.of_language, archive.languages.others()))


def _stale(touched: Touched) -> Iterable[Reason]:
    if touched.changes:
        for slug in sorted(
            {*_names(touched.archive), *touched.archive.manifest.names("feed_page")}
        ):
            yield slug, _("the archive changed")


def _mapped(archive: Archive) -> Iterable[Mapped]:
    for slug in _names(archive):
        yield href(FEED_PAGE.address(archive, slug)), archive.periods.newest_edition()


FEED_PAGE = Html(
    name="feed_page",
    addresses=(standing.FEED_PAGE,),
    reads=frozenset(
        {
            Fact.ORDER,
            Fact.LEDGER,
            Fact.LABELS,
            Fact.CARDS,
            Fact.ENTRIES,
            Fact.PERIODS,
            Fact.PICKS,
            Fact.MEMBERS,
            Fact.STORIES,
        }
    ),
    names=_names,
    has=lambda archive, slug: slug in _names(archive),
    stale=_stale,
    mapped=in_pages(_mapped),
    template="feed",
    view=feed_page_view,
)
