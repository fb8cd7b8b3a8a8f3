"""Articles over time as a column chart: of a name by month or year, of a story by day or month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from newsdigest.base.records import Count, Site
from newsdigest.site.shapes import Bar, Chart
from newsdigest.site.words import number, words
from newsdigest.text import dates

# Beyond this many months a column is thinner than its gap: years take over.
CHART_MONTHS = 60
# Fewer columns would be slabs: the days or months before the first article stand empty before them.
FEWEST_COLUMNS = 12
CHART_WIDTH = 640
CHART_HEIGHT = 110


def column_chart(site: Site, title: str, counts: Sequence[Count]) -> Chart:
    """Articles by day or month as columns, empty ones included; by year past `CHART_MONTHS`.

    `counts` are in order, their periods all days or all months, the first and last not empty.
    The table behind the chart leaves out the days without an article.
    """
    known = words(site.lang)
    columns = _filled(counts)
    by_day = len(columns[0].period) == 10
    by_year = not by_day and len(columns) > CHART_MONTHS
    if by_year:
        columns = _by_year(columns)
    labels = [_label(count.period, site) for count in columns]
    fullest = max(range(len(columns)), key=lambda at: (columns[at].articles, at))
    span = known.chart_days_span if by_day else known.chart_span
    before = [] if by_year else _before(columns[0].period, FEWEST_COLUMNS - len(columns))
    ticks = [
        dates.short_day(period, site.lang) if by_day else _label(period, site)
        for period in (*before, *(count.period for count in columns))
    ]
    return Chart(
        width=CHART_WIDTH,
        height=CHART_HEIGHT,
        title=title,
        description=span.format(
            count=number(columns[fullest].articles, site.lang),
            period=labels[fullest],
            first=labels[0],
            last=labels[-1],
        ),
        bars=_bars([*(0 for _ in before), *(count.articles for count in columns)]),
        axis=tuple(dict.fromkeys((ticks[0], ticks[len(ticks) // 2], ticks[-1]))),
        rows=tuple(
            (label, number(count.articles, site.lang))
            for label, count in zip(reversed(labels), reversed(columns), strict=True)
            if count.articles or not by_day
        ),
        by_year=by_year,
    )


def _filled(counts: Sequence[Count]) -> list[Count]:
    """The same periods with the empty ones between them."""
    known = {count.period: count.articles for count in counts}
    first, last = _ordinal(min(known)), _ordinal(max(known))
    by_day = len(counts[0].period) == 10
    periods = (_period(at, by_day) for at in range(first, last + 1))
    return [Count(period, known.get(period, 0)) for period in periods]


def _before(period: str, wanted: int) -> list[str]:
    """The `wanted` periods before this one, as far as the calendar goes."""
    at = _ordinal(period)
    return [_period(at - back, len(period) == 10) for back in range(min(wanted, at - 12), 0, -1)]


def _ordinal(period: str) -> int:
    if len(period) == 10:
        return date.fromisoformat(period).toordinal()
    return int(period[:4]) * 12 + int(period[5:7]) - 1


def _period(ordinal: int, by_day: bool) -> str:
    if by_day:
        return date.fromordinal(ordinal).isoformat()
    return f"{ordinal // 12:04}-{ordinal % 12 + 1:02}"


def _by_year(months: Sequence[Count]) -> list[Count]:
    years: dict[str, int] = {}
    for count in months:
        years[count.period[:4]] = years.get(count.period[:4], 0) + count.articles
    return [Count(year, articles) for year, articles in years.items()]


def _bars(counts: Sequence[int]) -> tuple[Bar, ...]:
    """Columns over the whole width, a quarter of each step left blank; empty periods have none."""
    step = CHART_WIDTH / len(counts)
    highest = max(counts)
    bars = []
    for at, count in enumerate(counts):
        height = max(2.0, (CHART_HEIGHT - 5) * count / highest)
        if count:
            bars.append(
                Bar(
                    x=f"{at * step + step / 8:.1f}",
                    y=f"{CHART_HEIGHT - 1 - height:.1f}",
                    width=f"{step * 3 / 4:.1f}",
                    height=f"{height:.1f}",
                    newest=at == len(counts) - 1,
                )
            )
    return tuple(bars)


def _label(period: str, site: Site) -> str:
    return dates.label(period, site.lang)
