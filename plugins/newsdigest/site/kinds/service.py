"""What no reader opens on purpose: the page of a wrong address, the site maps, robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base.addresses import SITEMAPS as SITEMAPS_ADDRESS
from newsdigest.base.addresses import Address, href
from newsdigest.base.errors import _
from newsdigest.site.head import About, navigation, page_head, period_url
from newsdigest.site.kind import Context, Data, Html, Reason, always, one, only
from newsdigest.site.shapes import Head, NavItem, PeriodLink
from newsdigest.site.touched import Touched
from newsdigest.site.words import words
from newsdigest.text import dates


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """What a reader of a wrong address is shown; `latest` is the newest edition, if there is one."""

    head: Head
    nav: tuple[NavItem, ...]
    latest: PeriodLink | None


def not_found_view(context: Context, _name: str) -> NotFoundView:
    """What a reader of a wrong address is told."""
    site, addresses = context.site, context.addresses
    known = words(site.lang)
    latest = context.archive.periods.newest_edition()
    about = About(
        "/404.html",
        known.not_found,
        known.not_found_description,
        {"@type": "WebPage", "name": known.not_found},
        noindex=True,
    )
    return NotFoundView(
        head=page_head(site, addresses, about),
        nav=navigation(site, addresses),
        latest=PeriodLink(
            latest, period_url(addresses, latest), dates.edition_label(latest, site.lang)
        )
        if latest
        else None,
    )


def _when_anything_changed(touched: Touched) -> Iterable[Reason]:
    if touched.changes:
        yield "", _("the archive changed")


NOT_FOUND = Html(
    name="not_found",
    addresses=(Address("", "404.html"),),
    reads=frozenset({Fact.PERIODS}),
    names=one,
    has=always,
    stale=_when_anything_changed,
    template="404",
    view=not_found_view,
)


def sitemap_data(context: Context, month: str) -> bytes:
    """The addresses of a month: its own, its days', its articles'."""
    archive = context.archive
    urls = [url for kind in reversed(context.kinds) for url in kind.mapped(archive, month)]
    return _xml("urlset", "url", context, urls)


def _stale_maps(touched: Touched) -> Iterable[Reason]:
    for month in sorted({day[:7] for day in touched.changes.days}):
        yield month, _("its days changed")
    if touched.corrections:
        # The page of corrections stands with the newest month that has one.
        newest = [count.period for count in touched.archive.corrections.months()[:2]]
        for month in sorted({*touched.corrections, *newest}):
            yield month, _("its corrections changed")


def _months(archive: Archive) -> list[str]:
    return [count.period for count in archive.periods.month_counts()]


def _of_month(month: str) -> dict[str, Any]:
    return {"month": month}


SITEMAP = Data(
    name="sitemap",
    addresses=(Address("SITEMAP_MONTH_URL", "sitemaps/{month}.xml"),),
    fields=_of_month,
    reads=frozenset({Fact.PERIODS, Fact.ADDRESSES, Fact.LABELS, Fact.LEDGER}),
    names=_months,
    has=lambda archive, month: archive.periods.holds(month),
    stale=_stale_maps,
    data=sitemap_data,
)


def sitemaps_data(context: Context, _name: str) -> bytes:
    """The list of the months' site maps."""
    files = [href(SITEMAP.address(context.archive, month)) for month in _months(context.archive)]
    return _xml("sitemapindex", "sitemap", context, files)


SITEMAPS = Data(
    name="sitemaps",
    addresses=(SITEMAPS_ADDRESS,),
    reads=frozenset({Fact.PERIODS}),
    names=one,
    has=always,
    stale=_when_anything_changed,
    data=sitemaps_data,
)


def robots_data(context: Context, _name: str) -> bytes:
    """What search engines may read: all of it."""
    sitemap = context.site.url + href(context.addresses.of(SITEMAPS_ADDRESS))
    return f"User-agent: *\nAllow: /\nSitemap: {sitemap}\n".encode()


ROBOTS = Data(
    name="robots",
    addresses=(Address("", "robots.txt"),),
    reads=frozenset(),
    names=one,
    has=always,
    stale=only,
    data=robots_data,
)


def _xml(root: str, item: str, context: Context, urls: Sequence[str]) -> bytes:
    absolute = (escape(context.site.url + url) for url in urls)
    lines = [f"<{item}><loc>{url}</loc></{item}>" for url in absolute]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(lines)
        + f"\n</{root}>\n"
    ).encode()
