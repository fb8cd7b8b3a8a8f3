"""English words that date: `January 12, 2026`, `Saturday, 31 January`, `on Tuesday`, `last week`, `May 2026`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from newsdigest.text.dated.copy import Copy, DatedWords, existing_in, iso_month
from newsdigest.text.dated.relative import relative
from newsdigest.text.dated.tenses import any_of, words
from newsdigest.text.dates import day_names, month_names


def candidates(copy: Copy) -> Iterator[DatedWords]:
    if any(month in copy.text for month in _MONTHS):
        yield from _dates(copy)
        yield from _months(copy)
    yield from relative(copy)
    if copy.written.to_day and "day" in copy.text:
        yield from _weekdays(copy)


def _dates(copy: Copy) -> Iterator[DatedWords]:
    for pattern in _written():
        for match in pattern.finditer(copy.text):
            day = _day_of(copy, match)
            if day:
                yield DatedWords(*match.span(), day.isoformat(), whole=bool(match["year"]))


def _day_of(copy: Copy, match: re.Match[str]) -> date | None:
    start, end = match.span()
    month, number = _MONTHS[match["month"]], int(match["day"])
    weekday = match["weekday"]
    if match["year"]:
        day = existing_in(int(match["year"]), month, number)
    elif copy.tells_of_another_year(start):
        return None
    elif weekday:
        day = copy.in_year(number, month, "", start)
    elif (
        f"{number}/{month}" in words("feast", "en")
        or copy.is_quoted(start)
        or copy.is_years_off(start)
        or _yearly().search(copy.before(start))
    ):
        return None
    else:
        day = copy.in_year(number, month, copy.tense(start, end), start)
    return day if day and (not weekday or day.weekday() == _WEEKDAYS[weekday]) else None


def _months(copy: Copy) -> Iterator[DatedWords]:
    for match in _month_words().finditer(copy.text):
        yield DatedWords(
            *match.span(), iso_month(int(match["year"]), _MONTHS[match["month"]]), True
        )


def _weekdays(copy: Copy) -> Iterator[DatedWords]:
    for match in _weekday_words().finditer(copy.text):
        start, end = match.span()
        if copy.is_quoted(start) or copy.tells_of_another_year(start):
            continue
        if _other_after().match(copy.text, end):
            continue
        weekday = _WEEKDAYS[match["weekday"]]
        day = (
            _of_another_week(copy, weekday, match["which"])
            if match["which"]
            else copy.beside(weekday, copy.tense(start, end))
        )
        if day:
            yield DatedWords(match.start("words"), end, day.isoformat())


def _of_another_week(copy: Copy, weekday: int, which: str) -> date | None:
    """`last Friday`: on a Monday it is the last there was and that of last week; where these are two, none."""
    step = 1 if which.lower() == "next" else -1
    away = (weekday - copy.day.weekday()) * step % 7 or 7
    day = copy.shifted(away * step)
    return day if day and day.isocalendar()[:2] != copy.day.isocalendar()[:2] else None


# -- patterns --------------------------------------------------------------------------------------

_WEEKDAYS = {name: at for at, name in enumerate(day_names("en"))}
_MONTHS = {name: at for at, name in enumerate(month_names("en"), 1)}
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?![\w-])"
_NAMES, _DAYS = "|".join(_MONTHS), "|".join(_WEEKDAYS)


@cache
def _written() -> tuple[re.Pattern[str], ...]:
    weekday = rf"(?<![\w'’-])(?<!\d )(?:(?P<weekday>{_DAYS}),? (?:the )?)?"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
    return (
        re.compile(
            rf"{weekday}(?P<month>{_NAMES}) {day}(?![\w/:%-]|[.,]\d|[–]\d| and \d| to \d)(?:,? {_YEAR})?"
        ),
        re.compile(rf"{weekday}{day} (?:of )?(?P<month>{_NAMES})(?![\w-])(?:,? {_YEAR})?"),
    )


@cache
def _month_words() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?<!\d )(?<!th )(?P<month>{_NAMES}),? {_YEAR}")


@cache
def _yearly() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{any_of('yearly', 'en')}) $", re.I)


@cache
def _weekday_words() -> re.Pattern[str]:
    said = any_of("said", "en")
    return re.compile(
        rf"(?<![\w'’-])(?:(?:[Oo]n|{said}) |(?=(?:last|next|Last|Next) ))"
        rf"(?P<words>(?:(?P<which>[Ll]ast|[Nn]ext) )?(?P<weekday>{_DAYS})(?: (?:{any_of('part', 'en')}))?)"
        r"(?![\w'’-])(?! \d)"
    )


@cache
def _other_after() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:{any_of('other', 'en')})(?![^\W_])", re.I)
