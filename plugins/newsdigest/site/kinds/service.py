"""What no reader opens on purpose: the page of a wrong address, robots.txt."""

from __future__ import annotations

from collections.abc import Iterable

from newsdigest.archive.facts import Fact
from newsdigest.base.addresses import SITEMAPS as SITEMAPS_ADDRESS
from newsdigest.base.addresses import Address, href
from newsdigest.base.errors import _
from newsdigest.site.head import About, navigation, page_head, period_url
from newsdigest.site.kind import Context, Data, Html, Reason, always, one, only
from newsdigest.site.shapes import Head, NavItem, PeriodLink, Shape
from newsdigest.site.touched import Touched
from newsdigest.site.words import words
from newsdigest.text import dates


class NotFoundView(Shape, frozen=True):
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
