"""The corrections: the newest ones, those of each month, and their feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from msgspec import Struct

from newsdigest.archive.corrections import Corrected
from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import Address, Addresses, href
from newsdigest.base.errors import _
from newsdigest.base.records import Count, Site
from newsdigest.site import notes
from newsdigest.site.feed_bytes import FeedEntry, told_apart
from newsdigest.site.head import About, capital, feed_links, navigation, page_head
from newsdigest.site.json_ld import collection
from newsdigest.site.kind import Context, Feed, FeedLine, FeedSource, Html, Mapped, Reason
from newsdigest.site.lists import teaser
from newsdigest.site.notes import Note
from newsdigest.site.shapes import FeedLink, Head, NavItem, PeriodLink, Shape, Teaser
from newsdigest.site.touched import Touched
from newsdigest.site.words import number, words
from newsdigest.text import dates

# On the page of all; those before are on the pages of their months.
NEWEST = 50


class Correction(Shape, frozen=True):
    """A correction in a list: the article, the note, and where its page tells of it."""

    teaser: Teaser
    url: str
    note: Note


class CorrectionGroup(Shape, frozen=True):
    """The corrections of one month; `url` is "" on its own page."""

    id: str
    title: str
    url: str
    corrections: tuple[Correction, ...]


class CorrectionsView(Shape, frozen=True):
    """The newest corrections, or all of a `month`; `months` are all that have some."""

    head: Head
    nav: tuple[NavItem, ...]
    month: str
    all_url: str
    groups: tuple[CorrectionGroup, ...]
    months: tuple[PeriodLink, ...]
    feeds: tuple[FeedLink, ...]


class Told(Struct, frozen=True):
    """What a page of corrections is made of, newest first; `month` is "" on the page of all."""

    found: Sequence[Corrected]
    months: Sequence[Count]
    month: str = ""
    feeds: Sequence[str] = ()


def corrections_view(context: Context, month: str) -> CorrectionsView:
    """The newest corrections of all, or those of a month."""
    archive = context.archive.corrections
    found = archive.of_month(month) if month else archive.newest(NEWEST)
    feeds = CORRECTIONS_FEED.urls(context, "")
    told = Told(found, archive.months(), month, feeds)
    return corrections_page(context.site, context.addresses, told)


def corrections_page(site: Site, addresses: Addresses, told: Told) -> CorrectionsView:
    """Corrections as a page shows them, by month."""
    known = words(site.lang)
    month = capital(dates.month_label(told.month, site.lang)) if told.month else ""
    name = f"{known.corrections}, {month.lower()}" if month else known.corrections
    all_url = href(addresses.of(standing.CORRECTIONS))
    path = _month_url(addresses, told.month) if month else all_url
    feeds = feed_links(site, known.corrections, told.feeds)
    data = collection(site, path, name, list(dict.fromkeys(one.card.url for one in told.found)))
    crumbs = ((known.corrections, all_url),) if month else ()
    about = About(path, name, known.corrections_description, data, feeds=feeds, crumbs=crumbs)
    return CorrectionsView(
        head=page_head(site, addresses, about),
        nav=navigation(site, addresses),
        month=month,
        all_url=all_url if month else "",
        groups=tuple(
            CorrectionGroup(
                f"mois-{period}",
                capital(dates.month_label(period, site.lang)),
                "" if month else _month_url(addresses, period),
                tuple(_correction(one, site) for one in found),
            )
            for period, found in groupby(told.found, key=lambda one: one.day[:7])
        ),
        months=tuple(_month(count, site, addresses) for count in told.months),
        feeds=feeds,
    )


def _correction(one: Corrected, site: Site) -> Correction:
    card = one.card
    note = notes.note(one.line, one.number, one.edit, site, card.lang)
    listed = teaser(card, site, dates.label(card.iso_date, site.lang))
    return Correction(listed, f"{card.url}#{notes.anchor(one.number)}", note)


def _month(count: Count, site: Site, addresses: Addresses) -> PeriodLink:
    label = capital(dates.month_label(count.period, site.lang))
    articles = number(count.articles, site.lang)
    url = _month_url(addresses, count.period)
    return PeriodLink(count.period, url, label, count.articles, articles)


def _month_url(addresses: Addresses, month: str) -> str:
    return href(addresses.of(MONTH_ADDRESS, month=month))


# -- which there are, and when they are stale ----------------------------------------------------


def _is_one(archive: Archive, name: str) -> bool:
    return not name and archive.corrections.there_are()


def _one(archive: Archive) -> Iterable[str]:
    return ("",) if archive.corrections.there_are() else ()


def _months(archive: Archive) -> list[str]:
    return [count.period for count in archive.corrections.months()]


def _stale(touched: Touched) -> Iterable[Reason]:
    if touched.corrections:
        yield "", _("a correction, or an article corrected, changed")


def _stale_months(touched: Touched) -> Iterable[Reason]:
    if touched.corrections:
        # Each lists all the months there are.
        kept = touched.archive.manifest.names(CORRECTIONS_OF_MONTH.name)
        for month in sorted({*kept, *_months(touched.archive)}):
            yield month, _("a correction, or an article corrected, changed")


def _mapped(archive: Archive, month: str) -> Iterable[Mapped]:
    """The page of all is listed with the month of the newest correction."""
    months = _months(archive)
    if month in months:
        newest = archive.corrections.of_month(month)[0].edit.at
        if month == months[0]:
            yield href(CORRECTIONS.address(archive, "")), newest
        yield href(CORRECTIONS_OF_MONTH.address(archive, month)), newest


def _of_month(month: str) -> dict[str, Any]:
    return {"month": month}


_READS = frozenset({Fact.LEDGER, Fact.CARDS})
MONTH_ADDRESS = Address("CORRECTIONS_MONTH_URL", "corrections/{month}/")

CORRECTIONS = Html(
    name="corrections",
    addresses=(standing.CORRECTIONS,),
    reads=_READS,
    names=_one,
    has=_is_one,
    stale=_stale,
    mapped=_mapped,
    template="corrections",
    view=corrections_view,
)
CORRECTIONS_OF_MONTH = Html(
    name="corrections_of_month",
    addresses=(MONTH_ADDRESS,),
    fields=_of_month,
    reads=_READS,
    names=_months,
    has=lambda archive, month: month in _months(archive),
    stale=_stale_months,
    template="corrections",
    view=corrections_view,
)


# -- their feed ----------------------------------------------------------------------------------


def feed_source(context: Context, _name: str) -> FeedSource:
    """Each of the newest corrections, as an entry of its own."""
    known = words(context.site.lang)
    found = context.archive.corrections.newest(context.limits.feed_entries)
    return FeedSource(
        f"{known.corrections} – {context.site.name}",
        href(CORRECTIONS.address(context.archive, "")),
        (),
        known.feed_of_corrections,
        tuple(_entry(one, context.site) for one in found),
    )


def _entry(one: Corrected, site: Site) -> FeedEntry:
    card, line = one.card, one.line
    note = notes.note(line, one.number, one.edit, site, card.lang)
    name = f"{line.id}:correction:{one.number}"
    at = told_apart(datetime.fromisoformat(one.edit.at), name)
    return FeedEntry(
        id=name,
        feed_id=f"{line.feed}:correction:{one.number}",
        url=f"{site.url}{card.url}#{note.id}",
        title=words(site.lang).correction_title.format(headline=card.headline),
        summary=note.text,
        html=notes.note_html(note, site),
        published=at,
        updated=at,
        related=(site.url + card.url,),
        lang=site.lang,
    )


def feed_lines(context: Context) -> Iterable[FeedLine]:
    """The feed of corrections, where there is one."""
    if context.archive.corrections.there_are():
        known = words(context.site.lang)
        page = href(CORRECTIONS.address(context.archive, ""))
        urls = CORRECTIONS_FEED.urls(context, "")
        name = context.site.name
        yield FeedLine(name, known.corrections, page, *urls, known.feed_of_corrections)


def _relisted(touched: Touched) -> bool:
    archive = touched.archive
    return bool(touched.corrections) and (
        archive.corrections.there_are() != bool(archive.manifest.names(CORRECTIONS_FEED.name))
    )


CORRECTIONS_FEED = Feed(
    name="corrections_feed",
    addresses=(
        Address("CORRECTIONS_FEED_ATOM", "feeds/corrections.atom"),
        Address("CORRECTIONS_FEED_RSS", "feeds/corrections.rss"),
    ),
    reads=_READS,
    names=_one,
    has=_is_one,
    stale=_stale,
    source=feed_source,
    lines=feed_lines,
    chosen=feed_lines,
    relisted=_relisted,
)
