"""The spans of time whose articles are searched as one: as large as the limit lets them be.

    2010-2019  2026  2026-s1  2026-t2  2026-11      a decade, a year, a half, a quarter, a month
    2026-11-01-14  2026-11-15                       of a large month these days; from this one on

A decade is one where all its articles are no more than the limit; else its years are looked at, and so on
to the months, and of these to their days: from the 1st, 8th, 15th or 22nd to the day before another of them. The newest
month stands alone, and once it is large its newest days do: a day's build makes no other again. Each span depends on
what its month holds, or it alone, so an article more here leaves the others as they are; its name says what it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from newsdigest.base.records import Count

# In months, the larger ones first.
_SIZES = (120, 12, 6, 3, 1)
# The newest month is cut from this share of the limit on, where one of these days begins.
_SHARE = 2
_DAYS = (1, 8, 15, 22)


class Span(NamedTuple):
    """A span by its name, its first and last month (`YYYY-MM`) or day, and how many articles it holds."""

    name: str
    first: str
    last: str
    articles: int


# The days of a month (`YYYY-MM`) that have articles, in order.
DaysOf = Callable[[str], Sequence[Count]]


def spans(months: Sequence[Count], days_of: DaysOf, most: int) -> list[Span]:
    """The spans of these months (by `YYYY-MM`, in order), oldest first."""
    held = {_number(count.period): count.articles for count in months}
    newest = max(held, default=0)
    found: list[Span] = []
    for decade in sorted({number // _SIZES[0] for number in held}):
        for span in _spans(held, decade * _SIZES[0], 0, newest, most):
            last = _number(span.last) == newest
            large = span.articles * _SHARE > most if last else span.articles > most
            found += _of_days(span, days_of(span.first), most, last) if large else [span]
    return found


def _of_days(month: Span, days: Sequence[Count], most: int, newest: bool) -> Iterator[Span]:
    """A large month, in as few parts as the limit lets it be; of the newest the newest days by themselves."""
    held = dict.fromkeys(_DAYS, 0)
    for day in days:
        held[max(first for first in _DAYS if int(day.period[8:]) >= first)] += day.articles
    # What is dated by the month alone stands with its first days.
    held[1] += month.articles - sum(held.values())
    firsts = [first for first in _DAYS if held[first]]
    begins = [1]
    for first in firsts[1:]:
        together = sum(held[other] for other in _DAYS if begins[-1] <= other <= first)
        if together > most or (newest and first == firsts[-1]):
            begins.append(first)
    if len(begins) == 1:
        yield month
        return
    for begin, after in zip(begins, [*begins[1:], 32], strict=True):
        name = f"{month.name}-{begin:02}"
        inside = sum(held[other] for other in _DAYS if begin <= other < after)
        start = name if begin > 1 else month.first
        if after > 31:
            yield Span(name, start, month.last, inside)
        else:
            last = f"{after - 1:02}"
            yield Span(f"{name}-{last}", start, f"{month.name}-{last}", inside)


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
