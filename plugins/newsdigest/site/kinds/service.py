"""The feeds page and the page of a wrong address."""

from __future__ import annotations

from collections.abc import Sequence

from newsdigest.base.addresses import href
from newsdigest.base.records import Site
from newsdigest.base.settings import Addresses
from newsdigest.site.head import DEFAULT_ADDRESSES, collection, navigation, page_head, period_url
from newsdigest.site.shapes import FeedEntry, FeedRow, FeedsView, NotFoundView, PeriodLink
from newsdigest.site.words import Words, words
from newsdigest.text import dates


def feeds_page(
    site: Site,
    feeds: Sequence[FeedEntry],
    opml: bool = True,
    *,
    addresses: Addresses = DEFAULT_ADDRESSES,
) -> FeedsView:
    """The feeds in the order given, each with a word on what it carries.

    Without `opml` no list for feed readers is announced.
    """
    known = words(site.lang)
    return FeedsView(
        head=page_head(
            site,
            addresses,
            href(addresses.feeds),
            known.feeds,
            known.feeds_description,
            collection(site, href(addresses.feeds), known.feeds),
        ),
        nav=navigation(site.lang, addresses, href(addresses.feeds)),
        rows=tuple(
            FeedRow(
                title=feed.title,
                about=feed.about or _about(feed, known),
                page=feed.page,
                atom=site.url + feed.atom,
                rss=site.url + feed.rss if feed.rss else "",
            )
            for feed in feeds
        ),
        opml=href(addresses.opml) if opml else "",
    )


def not_found_page(
    site: Site,
    latest_day: str | None,
    *,
    addresses: Addresses = DEFAULT_ADDRESSES,
) -> NotFoundView:
    """What a reader of a wrong address is told; `latest_day` is the newest edition's."""
    known = words(site.lang)
    return NotFoundView(
        head=page_head(
            site,
            addresses,
            "/404.html",
            known.not_found,
            known.not_found_description,
            {"@type": "WebPage", "name": known.not_found},
            noindex=True,
        ),
        nav=navigation(site.lang, addresses),
        latest=PeriodLink(
            latest_day,
            period_url(addresses, latest_day),
            dates.edition_label(latest_day, site.lang),
        )
        if latest_day
        else None,
    )


def _about(feed: FeedEntry, known: Words) -> str:
    return known.feed_of_all if feed.page == "/" else known.feed_of_entity.format(name=feed.title)
