"""A section of the news: its newest days, its months.

A section keeps to one language, the site's where it has articles in it; those in others stand apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from msgspec import Struct

from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.archive.rows import base_language
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import Address, Addresses, href
from newsdigest.base.errors import _
from newsdigest.base.records import Card, Count, Site
from newsdigest.site.cards import said, which
from newsdigest.site.edition import Ranked, by_rank
from newsdigest.site.head import (
    About,
    capital,
    feed_links,
    navigation,
    page_head,
    period_url,
)
from newsdigest.site.json_ld import collection
from newsdigest.site.kind import Context, Html, Mapped, Reason, in_pages
from newsdigest.site.lists import dated, teaser
from newsdigest.site.shapes import FeedLink, Group, Head, Image, NavItem, PeriodLink, Shape
from newsdigest.site.touched import Touched
from newsdigest.site.words import language_heading, number, section_title, words
from newsdigest.text import dates

# Articles in each other language that the page of the newest days names.
FOREIGN = 10
ALL = -1


class Section(Struct, frozen=True):
    """What a section's page is made of: cards newest first, its months oldest first.

    `lang` is the language of its list, `others` are cards in others by their language. `month` is ""
    on the page of the newest days, `picked` are those that editors put first on the newest, by id; `image` is its
    social card.
    """

    slug: str
    folder: str
    lang: str
    cards: Sequence[Card]
    months: Sequence[Count]
    others: Sequence[tuple[str, Sequence[Card]]] = ()
    month: str = ""
    feeds: Sequence[str] = ()
    picked: Sequence[str] = ()
    image: Image | None = None


class MonthsOfYear(Shape, frozen=True):
    """The months of a section in one year, newest first; `open` for the newest year."""

    year: str
    months: tuple[PeriodLink, ...]
    open: bool


class SectionView(Shape, frozen=True):
    """A section. `edition` is its newest day by rank, `days` those before it; on the page of a month
    all of it are `days`, and `newest_url` leads to the newest. `language` says in which the list is
    where it is not the site's; `others` are in others."""

    head: Head
    nav: tuple[NavItem, ...]
    title: str
    all_url: str
    month: str
    newest_url: str
    language: str
    count: int
    articles: str
    day: PeriodLink | None
    edition: Ranked
    days: tuple[Group, ...]
    others: tuple[Group, ...]
    years: tuple[MonthsOfYear, ...]
    previous: PeriodLink | None
    next: PeriodLink | None
    feeds: tuple[FeedLink, ...]


# -- a section -----------------------------------------------------------------------------------


def section_view(context: Context, slug: str) -> SectionView:
    """The newest days of a section."""
    found = _found(context, slug, "")
    return section_page(context.site, context.addresses, found)


def month_view(context: Context, name: str) -> SectionView:
    """A month of a section."""
    slug, _slash, month = name.partition("/")
    return section_page(context.site, context.addresses, _found(context, slug, month))


def _found(context: Context, slug: str, month: str) -> Section:
    sections, site = context.archive.sections, context.site
    spoken = sections.languages(slug)
    lang = _language(spoken, site)
    most = context.limits.section_articles
    cards = sections.cards(slug, lang, ALL if month else most + 1, month)
    if not month:
        cards = _whole_days(cards, most)
    others = (
        (other, sections.cards(slug, other, ALL if month else FOREIGN, month))
        for other in sorted(spoken)
        if other != lang
    )
    return Section(
        slug,
        sections.folder(slug, site.sections),
        lang,
        cards,
        sections.months(slug),
        [(other, told) for other, told in others if told],
        month,
        _feed_urls(context, slug),
        context.archive.periods.picked(_day(cards[0])) if cards and not month else (),
        None if month else _image(context, slug),
    )


def _image(context: Context, slug: str) -> Image | None:
    archive, site = context.archive, context.site
    words_ = said.of_section(archive.sections.folder(slug, site.sections), site)
    return which.image(archive, site, which.SECTION, slug, words_)


def _language(spoken: Sequence[str], site: Site) -> str:
    """Which of a section's languages its list is in."""
    own = base_language(site.lang)
    return own if own in spoken else spoken[0]


def _feed_urls(context: Context, slug: str) -> tuple[str, ...]:
    """Where the section's feeds stand, for pages to lead to."""
    found = (standing.SECTION_ATOM, standing.SECTION_RSS, standing.SECTION_JSON)
    return tuple(href(context.addresses.of(address, slug=slug)) for address in found)


def _whole_days(cards: Sequence[Card], most: int) -> list[Card]:
    """At most so many cards, the last day whole where it is not the first."""
    if len(cards) <= most:
        return list(cards)
    last = _day(cards[most])
    whole = [card for card in cards[:most] if _day(card) != last]
    return whole or list(cards[:most])


def _day(card: Card) -> str:
    """The day, or the month alone, that a card is dated by."""
    return card.iso_date[:10]


def section_page(site: Site, addresses: Addresses, found: Section) -> SectionView:
    """A section as its page shows it."""
    known = words(site.lang)
    title = section_title(found.folder, site.lang)
    newest_url = href(standing.section(addresses, found.slug))
    path = href(_month_address(addresses, found.slug, found.month)) if found.month else newest_url
    month = capital(dates.month_label(found.month, site.lang)) if found.month else ""
    name = known.section_month.format(name=title, month=month.lower()) if month else title
    total = sum(count.articles for count in found.months if found.month in ("", count.period))
    feeds = feed_links(site, title, found.feeds)
    first = _day(found.cards[0]) if found.cards and not month else ""
    # Under the section's own name nobody needs to be told it.
    newest = [replace(card, section="") for card in found.cards if _day(card) == first]
    here = {card.id for card in newest}
    picked = [id_ for id_ in found.picked if id_ in here]
    older = found.cards[len(newest) :]
    others = [card for _lang, cards in found.others for card in cards]
    data = collection(site, path, name, [card.url for card in (*found.cards, *others)])
    crumbs = [(known.all_sections, href(addresses.of(standing.SECTIONS)))]
    crumbs += [(title, newest_url)] if month else []
    description = known.section_description.format(name=title)
    about = About(path, name, description, data, feeds=feeds, crumbs=crumbs, image=found.image)
    before, after = _neighbours(found)
    return SectionView(
        head=page_head(site, addresses, about),
        nav=navigation(site, addresses, newest_url, "true" if month else "page"),
        title=title,
        all_url=href(addresses.of(standing.SECTIONS)),
        month=month,
        newest_url=newest_url,
        language=""
        if found.lang == base_language(site.lang)
        else language_heading(found.lang, site.lang),
        count=total,
        articles=number(total, site.lang),
        day=_day_link(first, site, addresses) if first else None,
        edition=by_rank(
            newest,
            site,
            {},
            addresses,
            most=len(newest),
            fold=False,
            whole_day="",
            picked=picked,
        ),
        days=tuple(_days(older, site, addresses)),
        others=tuple(
            Group(f"langue-{lang}", language_heading(lang, site.lang), dated(cards, site))
            for lang, cards in found.others
        ),
        years=tuple(_years(found, site, addresses)) if not month else (),
        previous=_month_link(found.slug, before, site, addresses) if before else None,
        next=_month_link(found.slug, after, site, addresses) if after else None,
        feeds=feeds,
    )


def _days(cards: Sequence[Card], site: Site, addresses: Addresses) -> Iterator[Group]:
    for day, told in groupby(cards, key=_day):
        link = _day_link(day, site, addresses)
        yield Group(
            f"jour-{day}", link.label, tuple(teaser(card, site) for card in told), url=link.url
        )


def _day_link(day: str, site: Site, addresses: Addresses) -> PeriodLink:
    label = capital(dates.edition_label(day, site.lang))
    return PeriodLink(day, period_url(addresses, day), label)


def _neighbours(found: Section) -> tuple[Count | None, Count | None]:
    """The months before and after that have articles of the section; none on the newest days'."""
    at = next((at for at, count in enumerate(found.months) if count.period == found.month), None)
    if at is None:
        return None, None
    return (
        found.months[at - 1] if at else None,
        found.months[at + 1] if at + 1 < len(found.months) else None,
    )


def _years(found: Section, site: Site, addresses: Addresses) -> Iterator[MonthsOfYear]:
    newest_first = reversed(found.months)
    for at, (year, months) in enumerate(groupby(newest_first, key=lambda count: count.period[:4])):
        yield MonthsOfYear(
            year,
            tuple(_month_link(found.slug, month, site, addresses) for month in months),
            open=at == 0,
        )


def _month_link(slug: str, count: Count, site: Site, addresses: Addresses) -> PeriodLink:
    return PeriodLink(
        count.period,
        href(_month_address(addresses, slug, count.period)),
        capital(dates.month_label(count.period, site.lang)),
        count.articles,
        number(count.articles, site.lang),
    )


def _month_address(addresses: Addresses, slug: str, month: str) -> str:
    return addresses.of(MONTH_ADDRESS, slug=slug, month=month)


# -- which there are, and when they are stale ----------------------------------------------------


def _names(archive: Archive) -> Iterable[str]:
    return archive.sections.slugs()


def _months(archive: Archive) -> Iterable[str]:
    for slug in archive.sections.slugs():
        yield from (f"{slug}/{count.period}" for count in archive.sections.months(slug))


def _has_month(archive: Archive, name: str) -> bool:
    slug, _slash, month = name.partition("/")
    return bool(month) and archive.sections.holds(slug, month)


def _stale(touched: Touched) -> Iterable[Reason]:
    for slug in touched.sections:
        yield slug, _("its articles changed")
    if not touched.changes.picked:
        return
    sections = touched.archive.sections
    for slug in sections.slugs():
        newest = (sections.cards(slug, lang, 1)[0] for lang in sections.languages(slug))
        if any(_day(card) in touched.changes.picked for card in newest):
            yield slug, _("editors put others first")


def _stale_months(touched: Touched) -> Iterable[Reason]:
    archive = touched.archive
    months = {day[:7] for day in touched.changes.days}
    respelled = touched.respelled_sections
    for slug in touched.sections:
        there = [count.period for count in archive.sections.months(slug)]
        near = set(months)
        for month in months:
            near.update(
                [*(m for m in there if m < month)][-1:], [m for m in there if m > month][:1]
            )
        for month in sorted(near.union(there) if slug in respelled else near):
            yield f"{slug}/{month}", _("its articles changed")


def _of_month(name: str) -> dict[str, str]:
    slug, _slash, month = name.partition("/")
    return {"slug": slug, "month": month}


def _mapped_months(archive: Archive, month: str) -> Iterable[Mapped]:
    for slug in archive.sections.slugs():
        if archive.sections.holds(slug, month):
            url = href(_month_address(archive.addresses, slug, month))
            yield url, archive.sections.newest_day(slug, month)


def _mapped(archive: Archive) -> Iterable[Mapped]:
    for slug in archive.sections.slugs():
        yield href(SECTION.address(archive, slug)), archive.sections.newest_day(slug)


MONTH_ADDRESS = Address("SECTION_MONTH_URL", "rubriques/{slug}/{month}/")
_READS = frozenset({Fact.LABELS, Fact.CARDS})

SECTION = Html(
    name="section",
    addresses=(standing.SECTION,),
    reads=_READS | {Fact.PICKS},
    names=_names,
    has=lambda archive, slug: archive.sections.holds(slug),
    stale=_stale,
    mapped=in_pages(_mapped),
    template="section",
    view=section_view,
)
SECTION_MONTH = Html(
    name="section_month",
    addresses=(MONTH_ADDRESS,),
    fields=_of_month,
    reads=_READS,
    names=_months,
    has=_has_month,
    stale=_stale_months,
    mapped=_mapped_months,
    template="section",
    view=month_view,
)
