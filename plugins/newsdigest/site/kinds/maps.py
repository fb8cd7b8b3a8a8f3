"""The site maps: every page that a search engine may list, and when it last changed; the news map.

    YYYY-MM              a month, its days and articles, what was corrected then
    entites-<initials>   the names of a part of the A-Z index, their older pages
    dossiers-<letter>    the stories whose slugs begin with it
    pages                what is one of its sort, and sections, agencies, years

So a day's build makes anew the few maps in which something changed. What each lists is its kinds'
to say (`PageKind.mapped`). Shapes: sitemaps.org/protocol.html, and Google's news extension.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from lxml import etree

from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base.addresses import SITEMAPS as SITEMAPS_ADDRESS
from newsdigest.base.addresses import Address, href
from newsdigest.base.errors import _
from newsdigest.site.feed_bytes import clean
from newsdigest.site.kind import (
    MAP_OF_NAMES,
    MAP_OF_PAGES,
    MAP_OF_STORIES,
    Context,
    Data,
    Mapped,
    Reason,
    one,
)
from newsdigest.site.touched import Touched
from newsdigest.text.dates import shifted

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS_NAMESPACE = "http://www.google.com/schemas/sitemap-news/0.9"
DAY_LENGTH = len("2026-01-23")
_TO_THE_MINUTE = re.compile(r"T\d\d:\d\d(?=[Z+-])")
_SPACES: Any = {None: NAMESPACE}
# What a news map may hold: so many days, and so many articles.
NEWS_DAYS = 2
MOST_NEWS = 1000
# What a map may list (sitemaps.org); at a few hundred bytes an address that is far below the 50 MB it may have.
MOST_URLS = 50_000


def sitemap_data(context: Context, name: str) -> bytes:
    """One map: what the kinds say it lists, lists before what they hold."""
    pages = (
        page for kind in reversed(context.kinds) for page in kind.mapped(context.archive, name)
    )
    return _xml("urlset", "url", context, islice(pages, MOST_URLS))


def _parts(archive: Archive) -> Iterator[str]:
    """The names of the maps there are."""
    months = _months(archive)
    yield from months
    if months:
        yield MAP_OF_PAGES
    yield from (MAP_OF_NAMES + initials for initials in archive.index.listed_initials())
    yield from (MAP_OF_STORIES + letter for letter in archive.stories.first_letters())


def _months(archive: Archive) -> list[str]:
    return [count.period for count in archive.periods.month_counts()]


def _is_there(archive: Archive, name: str) -> bool:
    if name == MAP_OF_PAGES:
        return bool(archive.periods.newest_day())
    if name.startswith(MAP_OF_NAMES):
        return archive.index.lists(name.removeprefix(MAP_OF_NAMES))
    if name.startswith(MAP_OF_STORIES):
        return bool(archive.stories.beginning(name.removeprefix(MAP_OF_STORIES)))
    return archive.periods.holds(name)


def _stale(touched: Touched) -> Iterable[Reason]:
    archive, changes = touched.archive, touched.changes
    # What is told of an edit may change where no day does: a line of the ledger.
    days = changes.days | archive.reach.days_of(changes.edited)
    for month in sorted({day[:7] for day in days}):
        yield month, _("its days changed")
    if touched.corrections:
        # The page of corrections stands with the newest month that has one.
        newest = [count.period for count in archive.corrections.months()[:2]]
        for month in sorted({*touched.corrections, *newest}):
            yield month, _("its corrections changed")
    for initials in sorted(changes.initials | archive.index.initials_of(changes.entities)):
        yield MAP_OF_NAMES + initials, _("the articles of a name it lists changed")
    stories = (*touched.stories, *changes.gone_stories)
    if changes or changes.initials or changes.labels or stories:
        yield MAP_OF_PAGES, _("the archive changed")
    for letter in sorted({slug[:1] for slug in stories}):
        yield MAP_OF_STORIES + letter, _("a story it lists changed")


def _fields(name: str) -> dict[str, Any]:
    return {"map": name}


SITEMAP = Data(
    name="sitemap",
    addresses=(Address("SITEMAP_URL", "sitemaps/{map}.xml"),),
    fields=_fields,
    reads=frozenset(
        {
            Fact.PERIODS,
            Fact.ADDRESSES,
            Fact.LABELS,
            Fact.CARDS,
            Fact.LEDGER,
            Fact.NAMES,
            Fact.MENTIONS,
            Fact.STORIES,
        }
    ),
    names=_parts,
    has=_is_there,
    stale=_stale,
    data=sitemap_data,
)


def news_data(context: Context, _name: str) -> bytes:
    """The articles of the newest two days, counted from the newest article: a build knows no clock."""
    archive, site = context.archive, context.site
    since = shifted(archive.periods.newest_day(), 1 - NEWS_DAYS)
    root = etree.Element(f"{{{NAMESPACE}}}urlset", nsmap=_SPACES | {"news": NEWS_NAMESPACE})
    for card in archive.periods.cards_since(since, MOST_NEWS):
        published = xml_date(card.iso_date)
        if not published:
            continue
        url = _child(root, NAMESPACE, "url")
        _child(url, NAMESPACE, "loc", site.url + card.url)
        news = _child(url, NEWS_NAMESPACE, "news")
        publication = _child(news, NEWS_NAMESPACE, "publication")
        _child(publication, NEWS_NAMESPACE, "name", site.name)
        _child(publication, NEWS_NAMESPACE, "language", card.lang.partition("-")[0])
        _child(news, NEWS_NAMESPACE, "publication_date", published)
        _child(news, NEWS_NAMESPACE, "title", card.headline)
    return _bytes(root)


def _has_news(archive: Archive, name: str) -> bool:
    return not name and bool(archive.periods.newest_day())


def _stale_news(touched: Touched) -> Iterable[Reason]:
    if touched.changes:
        yield "", _("the archive changed")


SITEMAP_OF_NEWS = Data(
    name="sitemap_of_news",
    addresses=(Address("SITEMAP_NEWS_URL", "sitemaps/news.xml"),),
    reads=frozenset({Fact.PERIODS, Fact.CARDS}),
    names=lambda archive: [""] if _has_news(archive, "") else [],
    has=_has_news,
    stale=_stale_news,
    data=news_data,
)


def sitemaps_data(context: Context, _name: str) -> bytes:
    """The list of the maps."""
    archive = context.archive
    maps = (*_parts(archive), *SITEMAP_OF_NEWS.names(archive))
    kinds = (SITEMAP if name else SITEMAP_OF_NEWS for name in maps)
    files = (
        (href(kind.address(archive, name)), "") for kind, name in zip(kinds, maps, strict=True)
    )
    return _xml("sitemapindex", "sitemap", context, files)


def _always(archive: Archive, _name: str) -> bool:
    del archive
    return True


def _stale_list(touched: Touched) -> Iterable[Reason]:
    archive, changes = touched.archive, touched.changes
    # Names and stories may come and go where no article does.
    others = changes.initials or changes.entities or changes.stories or changes.gone_stories
    if changes or (others and set(archive.manifest.names(SITEMAP.name)) != set(_parts(archive))):
        yield "", _("the archive changed")


SITEMAPS = Data(
    name="sitemaps",
    addresses=(SITEMAPS_ADDRESS,),
    reads=frozenset({Fact.PERIODS, Fact.NAMES, Fact.STORIES}),
    names=one,
    has=_always,
    stale=_stale_list,
    data=sitemaps_data,
)


def _xml(root: str, item: str, context: Context, pages: Iterable[Mapped]) -> bytes:
    """As lxml writes it: line by line, since a day's maps list thousands of pages."""
    lines = [f"<?xml version='1.0' encoding='UTF-8'?>\n<{root} xmlns=\"{NAMESPACE}\">"]
    for url, changed in pages:
        date = xml_date(changed)
        lastmod = f"<lastmod>{_text(date)}</lastmod>\n" if date else ""
        lines.append(f"<{item}>\n<loc>{_text(context.site.url + url)}</loc>\n{lastmod}</{item}>")
    if len(lines) == 1:
        return f"{lines[0][:-1]}/>\n".encode()
    return "\n".join((*lines, f"</{root}>\n")).encode()


def _text(text: str) -> str:
    if text.isascii() and text.isprintable() and not ("&" in text or "<" in text or ">" in text):
        return text  # as nearly all addresses are
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def xml_date(at: str) -> str:
    """A day, or a moment to the second, as the schemas of maps ask for; "" where no day is told: they know
    no months."""
    if len(at) <= DAY_LENGTH:
        return at if len(at) == DAY_LENGTH else ""
    return _TO_THE_MINUTE.sub(r"\g<0>:00", at)


def _child(parent: etree._Element, namespace: str, name: str, text: str = "") -> etree._Element:
    child = etree.SubElement(parent, f"{{{namespace}}}{name}")
    child.text = clean(text) or None
    return child


def _bytes(root: etree._Element) -> bytes:
    etree.indent(root, space="")
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made + b"\n"
