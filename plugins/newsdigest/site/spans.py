"""The spans of time whose articles are searched as one: as large as the limit lets them be.

    2010-2019  2026  2026-s1  2026-t2  2026-11      a decade, a year, a half, a quarter, a month
    2026-11-22                                      the newest days of a month that has many

A decade is one where all its articles are no more than the limit; else its years are looked at, and so on
to the months. The newest month stands alone, and once it is large its newest days do (from the 1st, 8th, 15th
or 22nd on): a day's build makes no other again. No other month is cut. Each span depends on what it holds alone, so an article more here leaves the others as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsdigest.base.records import Count

# In months, the larger ones first.
_SIZES = (120, 12, 6, 3, 1)
# The newest month is cut from this share of the limit on, where one of these days begins.
_SHARE = 5
_DAYS = (22, 15, 8)


class Span(NamedTuple):
    """A span by its name, its first and last month (`YYYY-MM`) or day, and how many articles it holds."""

    name: str
    first: str
    last: str
    articles: int


def spans(months: Sequence[Count], days: Sequence[Count], most: int) -> list[Span]:
    """The spans of these months (by `YYYY-MM`, in order), oldest first; `days` are the newest month's."""
    held = {_number(count.period): count.articles for count in months}
    newest = max(held, default=0)
    found: list[Span] = []
    decades = sorted({number // _SIZES[0] for number in held})
    for decade in decades:
        found += _spans(held, decade * _SIZES[0], 0, newest, most)
    return [*found[:-1], *_newest(found[-1], days, most)] if found else []


def _newest(month: Span, days: Sequence[Count], most: int) -> Iterator[Span]:
    """The newest month, in one or two."""
    last = max((day.period for day in days), default="")
    first = next(
        (f"{month.name}-{day:02}" for day in _DAYS if last >= f"{month.name}-{day:02}"), ""
    )
    inside = sum(day.articles for day in days if day.period >= first)
    if not first or month.articles * _SHARE <= most or inside == month.articles:
        yield month
        return
    before = f"{month.name}-{int(first[-2:]) - 1:02}"
    yield Span(month.name, month.first, before, month.articles - inside)
    yield Span(first, first, month.last, inside)


def _spans(held: dict[int, int], start: int, level: int, newest: int, most: int) -> Iterator[Span]:
    size = _SIZES[level]
    inside = [number for number in range(start, start + size) if number in held]
    if not inside:
        return
    total = sum(held[number] for number in inside)
    if size == 1 or (total <= most and newest not in inside):
        yield Span(_name(start, size), _month(start), _month(start + size - 1), total)
        return
    for part in range(start, start + size, _SIZES[level + 1]):
        yield from _spans(held, part, level + 1, newest, most)


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _name(start: int, size: int) -> str:
    year, month = divmod(start, 12)
    if size == 120:
        return f"{year:04}-{year + 9:04}"
    if size == 12:
        return f"{year:04}"
    if size == 1:
        return _month(start)
    return f"{year:04}-{'s' if size == 6 else 't'}{month // size + 1}"
