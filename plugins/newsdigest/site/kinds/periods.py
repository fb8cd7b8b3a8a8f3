"""The archive by time: a month's calendar, a year's months, all the years."""

from __future__ import annotations

from collections.abc import Sequence

from newsdigest.base.addresses import href
from newsdigest.base.records import Card, Count, Site
from newsdigest.base.settings import Addresses
from newsdigest.site.head import (
    DEFAULT_ADDRESSES,
    capital,
    collection,
    navigation,
    page_head,
    period_link,
    period_url,
    teaser,
)
from newsdigest.site.shapes import (
    ArchivesView,
    Cell,
    MonthView,
    PeriodLink,
    YearBlock,
    YearView,
)
from newsdigest.site.words import number, words
from newsdigest.text import dates


def month_page(
    site: Site,
    month: str,
    day_counts: Sequence[Count],
    cards_without_day: Sequence[Card] = (),
    previous: Count | str | None = None,
    next: Count | str | None = None,
    *,
    addresses: Addresses = DEFAULT_ADDRESSES,
) -> MonthView:
    """The calendar of `month` (`YYYY-MM`) and the articles that only name the month."""
    known = words(site.lang)
    path = period_url(addresses, month)
    label = dates.month_label(month, site.lang)
    counts = {count.period: count.articles for count in day_counts}
    fullest = max(counts.values(), default=0)
    total = sum(counts.values()) + len(cards_without_day)
    # The data names the days that have a page, then the articles without one.
    urls = [period_url(addresses, period) for period in sorted(counts) if counts[period]]
    urls += [card.url for card in cards_without_day]
    return MonthView(
        head=page_head(
            site,
            addresses,
            path,
            capital(label),
            known.month_description.format(month=label),
            collection(site, path, capital(label), urls),
        ),
        nav=navigation(site.lang, addresses, href(addresses.archives), "true"),
        month=period_link(addresses, Count(month, total), capital(label), site.lang),
        year=PeriodLink(month[:4], period_url(addresses, month[:4]), month[:4]),
        weekdays=dates.weekday_headers(site.lang),
        weeks=tuple(
            tuple(_day_cell(day, counts, fullest, site, addresses) if day else None for day in week)
            for week in dates.month_grid(month)
        ),
        undated=tuple(teaser(card, site) for card in cards_without_day),
        previous=_month_neighbour(previous, site, addresses),
        next=_month_neighbour(next, site, addresses),
    )


def year_page(
    site: Site,
    year: str,
    month_counts: Sequence[Count],
    previous: Count | str | None = None,
    next: Count | str | None = None,
    *,
    addresses: Addresses = DEFAULT_ADDRESSES,
) -> YearView:
    """The twelve months of `year` (`YYYY`), oldest first."""
    path = period_url(addresses, year)
    counts = {count.period: count.articles for count in month_counts}
    fullest = max(counts.values(), default=0)
    cells = _month_cells(year, counts, fullest, site, addresses)
    return YearView(
        head=page_head(
            site,
            addresses,
            path,
            year,
            words(site.lang).year_description.format(year=year),
            collection(site, path, year, [cell.url for cell in cells if cell.url]),
        ),
        nav=navigation(site.lang, addresses, href(addresses.archives), "true"),
        year=period_link(addresses, Count(year, sum(counts.values())), year, site.lang),
        archives_url=href(addresses.archives),
        months=tuple((cell, _share(cell.count, fullest, 100)) for cell in cells),
        previous=_year_neighbour(previous, addresses),
        next=_year_neighbour(next, addresses),
    )


def archives_page(
    site: Site,
    year_counts: Sequence[Count],
    month_counts: Sequence[Count],
    *,
    addresses: Addresses = DEFAULT_ADDRESSES,
) -> ArchivesView:
    """All the years, newest first, each with its months."""
    known = words(site.lang)
    years = sorted(year_counts, key=lambda count: count.period, reverse=True)
    counts = {count.period: count.articles for count in month_counts}
    fullest = max(counts.values(), default=0)
    total = sum(count.articles for count in years)
    description = (
        known.archives_description.format(
            first=dates.month_label(min(counts), site.lang),
            last=dates.month_label(max(counts), site.lang),
        )
        if counts
        else known.empty
    )
    return ArchivesView(
        head=page_head(
            site,
            addresses,
            href(addresses.archives),
            known.archives,
            description,
            collection(
                site,
                href(addresses.archives),
                known.archives,
                [period_url(addresses, year.period) for year in years],
            ),
        ),
        nav=navigation(site.lang, addresses, href(addresses.archives)),
        years=tuple(
            YearBlock(
                year=period_link(addresses, year, year.period, site.lang),
                months=_month_cells(year.period, counts, fullest, site, addresses),
                open=at == 0,
            )
            for at, year in enumerate(years)
        ),
        total=total,
        articles=number(total, site.lang),
    )


def _day_cell(
    day: str, counts: dict[str, int], fullest: int, site: Site, addresses: Addresses
) -> Cell:
    count = counts.get(day, 0)
    return Cell(
        label=str(int(day[8:])),
        name=dates.long_day(day, site.lang),
        period=day,
        url=period_url(addresses, day) if count else "",
        count=count,
        articles=number(count, site.lang),
        level=_share(count, fullest, 4),
    )


def _month_cells(
    year: str, counts: dict[str, int], fullest: int, site: Site, addresses: Addresses
) -> tuple[Cell, ...]:
    cells = []
    for at in range(1, 13):
        month = f"{year}-{at:02}"
        count = counts.get(month, 0)
        name = dates.month_label(month, site.lang)
        cells.append(
            Cell(
                label=capital(name.removesuffix(words(site.lang).before_year + year)),
                name=name,
                period=month,
                url=period_url(addresses, month) if count else "",
                count=count,
                articles=number(count, site.lang),
                level=_share(count, fullest, 4),
            )
        )
    return tuple(cells)


def _share(count: int, fullest: int, steps: int) -> int:
    """`count` as 0 to `steps` parts of the fullest, rounded up: one article is seen."""
    return -(-count * steps // fullest) if fullest else 0


def _month_neighbour(
    month: Count | str | None, site: Site, addresses: Addresses
) -> PeriodLink | None:
    period = month.period if isinstance(month, Count) else month
    if not period:
        return None
    return PeriodLink(
        period, period_url(addresses, period), capital(dates.month_label(period, site.lang))
    )


def _year_neighbour(year: Count | str | None, addresses: Addresses) -> PeriodLink | None:
    period = year.period if isinstance(year, Count) else year
    return PeriodLink(period, period_url(addresses, period), period) if period else None
