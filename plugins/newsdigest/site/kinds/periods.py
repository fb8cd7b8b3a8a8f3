"""The archive by time: a day, a month's calendar, a year's months, all the years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from newsdigest.archive.facts import Fact
from newsdigest.archive.places import Place
from newsdigest.archive.readers import Archive
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import Addresses, href
from newsdigest.base.errors import _
from newsdigest.base.records import Card, Count, EntityCard, Site, StoryCard
from newsdigest.site.cards import which
from newsdigest.site.cards.days import day_said
from newsdigest.site.edition import Ranked, by_rank, leading
from newsdigest.site.head import (
    About,
    capital,
    navigation,
    page_head,
    period_link,
    period_url,
)
from newsdigest.site.json_ld import collection
from newsdigest.site.kind import Context, Html, Mapped, Reason, always, in_pages, one
from newsdigest.site.lists import chips, story_links, teaser, typeset_cards
from newsdigest.site.places_map import MOST as PLACES
from newsdigest.site.places_map import PlacesMap, places_map
from newsdigest.site.shapes import Chip, Head, Image, Link, NavItem, PeriodLink, Shape, Teaser
from newsdigest.site.touched import Touched
from newsdigest.site.words import number, words
from newsdigest.text import dates

# A month's page names each day by at least so many headlines, and by as many as keep it light.
FEWEST_A_DAY, MONTH_HEADLINES = 3, 180
# So few headlines are not folded.
UNFOLDED = 30
# What a year's page says of a month.
MONTH_STORIES = 5


class DayView(Shape, frozen=True):
    """One edition by rank, with every article of the day."""

    head: Head
    nav: tuple[NavItem, ...]
    day: PeriodLink
    month: PeriodLink
    edition: Ranked
    cited: tuple[Chip, ...]
    previous: PeriodLink | None
    next: PeriodLink | None
    map: PlacesMap | None = None


class Cell(Shape, frozen=True):
    """A day of a calendar, or a month of a year: `url` is "" when it has no article.

    `level` runs from 0 (none) to 4 (as many as the fullest); `name` is the full date.
    """

    label: str
    name: str
    period: str
    url: str
    count: int
    articles: str
    level: int


class DayBlock(Shape, frozen=True):
    """A day of a month by its headlines; `more` leads to those that are not listed. `open`: it is
    the newest, or the month has few."""

    day: PeriodLink
    teasers: tuple[Teaser, ...]
    more: Link | None
    open: bool


class MonthView(Shape, frozen=True):
    """A month's calendar: weeks of seven cells, Monday first, None outside the month."""

    head: Head
    nav: tuple[NavItem, ...]
    month: PeriodLink
    year: PeriodLink
    weekdays: tuple[tuple[str, str], ...]
    weeks: tuple[tuple[Cell | None, ...], ...]
    days: tuple[DayBlock, ...]
    undated: tuple[Teaser, ...]
    previous: PeriodLink | None
    next: PeriodLink | None


class YearView(Shape, frozen=True):
    """A year's months, how wide (0-100) the bar of each is, and what it was about: the stories
    that had most articles in it."""

    head: Head
    nav: tuple[NavItem, ...]
    year: PeriodLink
    archives_url: str
    months: tuple[tuple[Cell, int, tuple[Link, ...]], ...]
    previous: PeriodLink | None
    next: PeriodLink | None


class YearBlock(Shape, frozen=True):
    """A year on the archives page; `open` for the newest."""

    year: PeriodLink
    months: tuple[Cell, ...]
    open: bool


class ArchivesView(Shape, frozen=True):
    """All the years, newest first; `total` counts the archive."""

    head: Head
    nav: tuple[NavItem, ...]
    years: tuple[YearBlock, ...]
    total: int
    articles: str
    sections_url: str


class Day(Struct, frozen=True):
    """What a day's page is made of: `cards` in archive order; the neighbours are days with articles; `image` is its social card;
    `told` are the stories with a page by the ids of the day's members, `picked` those that editors
    put first, `places` those that are known to be somewhere, most articles first."""

    day: str
    cards: Sequence[Card]
    previous: str | None = None
    next: str | None = None
    cited: Sequence[EntityCard] = ()
    told: Mapping[str, StoryCard] = field(default_factory=dict)
    picked: Sequence[str] = ()
    image: Image | None = None
    places: Sequence[Place] = ()


class Month(Struct, frozen=True):
    """What a month's page is made of; `undated` are the articles that only name the month, `cards`
    those of each day, `told` the stories with a page by the ids of their members, `picked` the ids
    of those that editors put first, by day."""

    month: str
    days: Sequence[Count]
    undated: Sequence[Card] = ()
    cards: Mapping[str, Sequence[Card]] = field(default_factory=dict)
    told: Mapping[str, StoryCard] = field(default_factory=dict)
    previous: str | None = None
    next: str | None = None
    picked: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Year(Struct, frozen=True):
    """What a year's page is made of: its months, oldest first, and the stories of each."""

    year: str
    months: Sequence[Count]
    stories: Mapping[str, Sequence[StoryCard]] = field(default_factory=dict)
    previous: str | None = None
    next: str | None = None


# -- a day ---------------------------------------------------------------------------------------


def day_view(context: Context, day: str) -> DayView:
    """One day of the archive."""
    periods = context.archive.periods
    previous, next_ = periods.neighbours(day)
    cited = typeset_cards(periods.cited_on(day, context.limits.cited), context.site.lang)
    told = context.archive.stories.on_day(day)
    picked = periods.picked(day)
    image = _image(context, day) if which.is_recent(context.archive, day) else None
    places = context.archive.places.on_day(day, PLACES) if context.site.maps else ()
    found = Day(day, periods.cards_of(day), previous, next_, cited, told, picked, image, places)
    return day_page(context.site, context.addresses, found)


def _image(context: Context, day: str) -> Image | None:
    archive, site = context.archive, context.site
    return which.image(archive, site, which.DAY, day, day_said(archive, day, site))


def day_page(site: Site, addresses: Addresses, found: Day) -> DayView:
    """Every article of a day (`YYYY-MM-DD`), by rank and by section."""
    known = words(site.lang)
    day, cards = found.day, found.cards
    path = period_url(addresses, day)
    label = dates.edition_label(day, site.lang)
    month = dates.month_label(day[:7], site.lang)
    newest_first = list(reversed(cards))
    data = collection(site, path, known.news_of.format(day=label), [c.url for c in newest_first])
    description = known.news_description.format(day=label)
    crumbs = _above(day, site, addresses)
    about = About(path, capital(label), description, data, crumbs=crumbs, image=found.image)
    return DayView(
        head=page_head(site, addresses, about),
        nav=_nav(site, addresses),
        day=period_link(addresses, Count(day, len(cards)), capital(label), site.lang),
        month=PeriodLink(day[:7], period_url(addresses, day[:7]), capital(month)),
        edition=by_rank(
            newest_first,
            site,
            found.told,
            addresses,
            most=len(cards),
            fold=False,
            whole_day=path,
            picked=found.picked,
        ),
        cited=chips(found.cited, site),
        previous=_neighbour(found.previous, site, addresses),
        next=_neighbour(found.next, site, addresses),
        map=places_map(found.places, site),
    )


def _stale_days(touched: Touched) -> Iterable[Reason]:
    for day in sorted(touched.changes.days):
        yield day, _("its articles changed")
    for day in touched.citing_days:
        yield day, _("an entity cited changed")
    for day in touched.restoried_days:
        yield day, _("its stories changed")
    for day in touched.picked_days:
        yield day, _("editors put others first")
    for day in sorted(touched.changes.days):
        for near in touched.archive.periods.neighbours(day):
            if near:
                yield near, _("the day before or after changed")
    for day in touched.recent_of(which.DAY):
        yield day, _("other days are recent")


def _days(archive: Archive) -> Iterable[str]:
    for month in archive.periods.month_counts():
        yield from (day.period for day in archive.periods.day_counts(month.period))


def _holds(archive: Archive, period: str) -> bool:
    return archive.periods.holds(period)


def _mapped_days(archive: Archive, month: str) -> Iterable[Mapped]:
    changed = {found.period: "" for found in archive.periods.modified(month)}
    for found in archive.periods.modified(month):
        changed[found.period] = max(changed[found.period], found.at)
    for day in archive.periods.day_counts(month) if changed else ():
        yield period_url(archive.addresses, day.period), changed[day.period]


DAY = Html(
    name="day",
    addresses=(standing.DAY,),
    fields=standing.of_period,
    reads=frozenset(
        {
            Fact.PERIODS,
            Fact.CARDS,
            Fact.MENTIONS,
            Fact.NAMES,
            Fact.STORIES,
            Fact.MEMBERS,
            Fact.PICKS,
        }
    ),
    names=_days,
    has=_holds,
    stale=_stale_days,
    mapped=_mapped_days,
    template="day",
    view=day_view,
)


# -- a month, a year -----------------------------------------------------------------------------


def month_view(context: Context, month: str) -> MonthView:
    """One month of the archive."""
    periods = context.archive.periods
    before, after = periods.neighbours(month)
    cards = periods.cards_by_day(month)
    told = {
        id_: story for day in cards for id_, story in context.archive.stories.on_day(day).items()
    }
    found = Month(
        month,
        periods.day_counts(month),
        periods.cards_of(month),
        cards,
        told,
        before,
        after,
        {day: picked for day in cards if (picked := periods.picked(day))},
    )
    return month_page(context.site, context.addresses, found)


def month_page(site: Site, addresses: Addresses, found: Month) -> MonthView:
    """The calendar of a month (`YYYY-MM`) and the articles that only name it."""
    month = found.month
    path = period_url(addresses, month)
    label = dates.month_label(month, site.lang)
    counts = {count.period: count.articles for count in found.days}
    fullest = max(counts.values(), default=0)
    total = sum(counts.values()) + len(found.undated)
    # The data names the days that have a page, then the articles without one.
    urls = [period_url(addresses, period) for period in sorted(counts) if counts[period]]
    urls += [card.url for card in found.undated]
    about = About(
        path,
        capital(label),
        words(site.lang).month_description.format(month=label),
        collection(site, path, capital(label), urls),
        crumbs=_above(month, site, addresses),
    )
    return MonthView(
        head=page_head(site, addresses, about),
        nav=_nav(site, addresses),
        month=period_link(addresses, Count(month, total), capital(label), site.lang),
        year=PeriodLink(month[:4], period_url(addresses, month[:4]), month[:4]),
        weekdays=dates.weekday_headers(site.lang),
        weeks=tuple(
            tuple(_day_cell(day, counts, fullest, site, addresses) if day else None for day in week)
            for week in dates.month_grid(month)
        ),
        days=_day_blocks(found, site, addresses),
        undated=tuple(teaser(card, site) for card in found.undated),
        previous=_neighbour(found.previous, site, addresses),
        next=_neighbour(found.next, site, addresses),
    )


def _day_blocks(found: Month, site: Site, addresses: Addresses) -> tuple[DayBlock, ...]:
    """The month's days, newest first, each by so many headlines that the page stays light."""
    if not found.cards:
        return ()
    total = sum(map(len, found.cards.values()))
    most = max(FEWEST_A_DAY, MONTH_HEADLINES // len(found.cards))
    blocks: list[DayBlock] = []
    for day in sorted(found.cards, reverse=True):
        cards = found.cards[day]
        shown = leading(cards[::-1], site, found.told, most, found.picked.get(day, ()))
        link = period_link(
            addresses, Count(day, len(cards)), capital(dates.long_day(day, site.lang)), site.lang
        )
        left = len(cards) - len(shown)
        more = Link(link.url, words(site.lang).more_that_day.format(count=left)) if left else None
        teasers = tuple(teaser(card, site) for card in shown)
        blocks.append(DayBlock(link, teasers, more, not blocks or total <= UNFOLDED))
    return tuple(blocks)


def year_view(context: Context, year: str) -> YearView:
    """One year of the archive."""
    periods = context.archive.periods
    stories = context.archive.stories.by_month(year, MONTH_STORIES)
    found = Year(year, periods.month_counts(year), stories, *periods.neighbours(year))
    return year_page(context.site, context.addresses, found)


def year_page(site: Site, addresses: Addresses, found: Year) -> YearView:
    """The months of a year (`YYYY`): twelve, of the newest those until its last article."""
    year = found.year
    path = period_url(addresses, year)
    counts = {count.period: count.articles for count in found.months}
    fullest = max(counts.values(), default=0)
    cells = _month_cells(year, counts, fullest, site, addresses)
    if not found.next and counts:
        # What comes after the newest month is no gap in the archive.
        cells = tuple(cell for cell in cells if cell.period <= max(counts))
    about = About(
        path,
        year,
        words(site.lang).year_description.format(year=year),
        collection(site, path, year, [cell.url for cell in cells if cell.url]),
        crumbs=_above(year, site, addresses),
    )
    return YearView(
        head=page_head(site, addresses, about),
        nav=_nav(site, addresses),
        year=period_link(addresses, Count(year, sum(counts.values())), year, site.lang),
        archives_url=href(addresses.of(standing.ARCHIVES)),
        months=tuple(
            (
                cell,
                _share(cell.count, fullest, 100),
                story_links(found.stories.get(cell.period, ()), site),
            )
            for cell in cells
        ),
        previous=_neighbour(found.previous, site, addresses),
        next=_neighbour(found.next, site, addresses),
    )


def _stale_periods(touched: Touched, length: int) -> Iterable[Reason]:
    for period, changed in touched.periods.items():
        if len(period) == length:
            near = _("the period before or after changed")
            yield period, _("its days changed") if changed else near
    for period in sorted({day[:length] for day in touched.restoried_days}):
        yield period, _("its stories changed")
    for month in sorted({day[:length] for day in touched.picked_days if length == 7}):
        yield month, _("editors put others first")


def _mapped_month(archive: Archive, month: str) -> Iterable[Mapped]:
    changed = [found.at for found in archive.periods.modified(month)]
    if changed:
        yield period_url(archive.addresses, month), max(changed)


MONTH = Html(
    name="month",
    addresses=(standing.MONTH,),
    fields=standing.of_period,
    reads=frozenset({Fact.PERIODS, Fact.PICKS, Fact.CARDS, Fact.STORIES, Fact.MEMBERS}),
    names=lambda archive: (count.period for count in archive.periods.month_counts()),
    has=_holds,
    stale=lambda touched: _stale_periods(touched, 7),
    mapped=_mapped_month,
    template="month",
    view=month_view,
)


def _mapped_years(archive: Archive) -> Iterable[Mapped]:
    """A year last changed on its newest day, in its newest month where no day is written."""
    for month in archive.periods.month_counts():
        _before, after = archive.periods.neighbours(month.period)
        if not after or after[:4] != month.period[:4]:
            days = archive.periods.day_counts(month.period)
            newest = days[-1].period if days else month.period
            yield period_url(archive.addresses, month.period[:4]), newest


YEAR = Html(
    name="year",
    addresses=(standing.YEAR,),
    fields=standing.of_period,
    reads=frozenset({Fact.PERIODS, Fact.STORIES, Fact.MEMBERS}),
    names=lambda archive: (count.period for count in archive.periods.year_counts()),
    has=_holds,
    stale=lambda touched: _stale_periods(touched, 4),
    mapped=in_pages(_mapped_years),
    template="year",
    view=year_view,
)


# -- all the years -------------------------------------------------------------------------------


def archives_view(context: Context, _name: str) -> ArchivesView:
    """All the years of the archive."""
    periods = context.archive.periods
    years, months = periods.year_counts(), periods.month_counts()
    return archives_page(context.site, context.addresses, years, months)


def archives_page(
    site: Site, addresses: Addresses, years: Sequence[Count], months: Sequence[Count]
) -> ArchivesView:
    """All the years, newest first, each with its months."""
    known = words(site.lang)
    newest_first = sorted(years, key=lambda count: count.period, reverse=True)
    counts = {count.period: count.articles for count in months}
    fullest = max(counts.values(), default=0)
    total = sum(count.articles for count in years)
    description = known.empty
    if counts:
        description = known.archives_description.format(
            span=dates.span(min(counts), max(counts), site.lang)
        )
    path = href(addresses.of(standing.ARCHIVES))
    urls = [period_url(addresses, year.period) for year in newest_first]
    data = collection(site, path, known.archives, urls)
    return ArchivesView(
        head=page_head(site, addresses, About(path, known.archives, description, data, crumbs=())),
        nav=navigation(site, addresses, path),
        years=tuple(
            YearBlock(
                year=period_link(addresses, year, year.period, site.lang),
                months=_month_cells(year.period, counts, fullest, site, addresses),
                open=at == 0,
            )
            for at, year in enumerate(newest_first)
        ),
        total=total,
        articles=number(total, site.lang),
        sections_url=href(addresses.of(standing.SECTIONS)),
    )


def _stale_archives(touched: Touched) -> Iterable[Reason]:
    if touched.changes:
        yield "", _("the archive changed")


def _mapped_archives(archive: Archive) -> Iterable[Mapped]:
    yield href(ARCHIVES.address(archive, "")), archive.periods.newest_edition()


ARCHIVES = Html(
    name="archives",
    addresses=(standing.ARCHIVES,),
    reads=frozenset({Fact.PERIODS}),
    names=one,
    has=always,
    stale=_stale_archives,
    mapped=in_pages(_mapped_archives),
    template="archives",
    view=archives_view,
)


# -- what they share -----------------------------------------------------------------------------


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


def _above(period: str, site: Site, addresses: Addresses) -> tuple[tuple[str, str], ...]:
    """The pages that a day, a month or a year stands below."""
    archives = (words(site.lang).archives, href(addresses.of(standing.ARCHIVES)))
    year, month = period[:4], period[:7]
    above = [(year, year)] if period != year else []
    if period not in (year, month):
        above.append((month, capital(dates.month_label(month, site.lang))))
    return (archives, *((label, period_url(addresses, part)) for part, label in above))


def _nav(site: Site, addresses: Addresses) -> tuple[NavItem, ...]:
    return navigation(site, addresses, href(addresses.of(standing.ARCHIVES)), "true")


def _neighbour(period: str | None, site: Site, addresses: Addresses) -> PeriodLink | None:
    if not period:
        return None
    label = period if len(period) == 4 else capital(dates.edition_label(period, site.lang))
    return PeriodLink(period, period_url(addresses, period), label)
