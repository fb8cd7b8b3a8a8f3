"""French words that date: « jeudi 22 janvier », « mardi soir », « du 12 au 15 février », « en mars dernier », « le 20 »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from newsdigest.text.dated.copy import Copy, DatedWords, existing_in, iso_month
from newsdigest.text.dated.french_calendar import (
    DAY,
    WEEKDAYS,
    YEAR,
    day_names,
    month_names,
    month_of,
    month_spellings,
    number_of,
)
from newsdigest.text.dated.french_days import numbers, weekdays
from newsdigest.text.dated.relative import relative, signs
from newsdigest.text.dated.tenses import any_of, follows_participle, words


def candidates(copy: Copy) -> Iterator[DatedWords]:
    # What a text has none of needs no pattern: all are looked for in one walk.
    found = {_signs()[sign] for sign in _any_sign().findall(copy.low)}
    if "month" in found:
        yield from _dates(copy)
        yield from _months(copy)
    if "/" in copy.text:
        yield from _numeric(copy)
    if "relative" in found:
        yield from relative(copy)
    if copy.written.to_day:
        if "weekday" in found:
            yield from weekdays(copy)
        if "number" in found:
            yield from numbers(copy)


@cache
def _signs() -> dict[str, str]:
    """What words that date have in them, in lower case, and of which sort they are. Each pattern below asks for
    whole words: that one sign stands in another ("demain") hides none."""
    sorts = {
        "month": month_spellings(),
        "weekday": tuple(WEEKDAYS),
        "number": tuple(f"le {digit}" for digit in range(1, 10)),
        "relative": signs("fr"),
    }
    return {sign: sort for sort, listed in sorts.items() for sign in listed}


@cache
def _any_sign() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_signs(), key=lambda sign: (-len(sign), sign))))


# -- a day and its month ---------------------------------------------------------------------------


def _dates(copy: Copy) -> Iterator[DatedWords]:
    for match in _written().finditer(copy.text):
        start, end = match.span()
        day = _day_of(copy, match)
        if day is None:
            continue
        yield DatedWords(start, end, day.isoformat(), whole=bool(match["year"]))
        yield from _partners(copy, start, day)


def _day_of(copy: Copy, match: re.Match[str]) -> date | None:
    number, month = number_of(match["day"]), month_of(match["month"])
    start, end = match.span()
    before = copy.before(start)
    if _streets().search(before):
        return None
    if match["year"]:
        day = existing_in(int(match["year"]), month, number)
    elif _OF_A_YEAR.match(copy.text, end):
        return None
    elif match["which"]:
        step = 1 if match["which"][0] == "p" else -1
        day = copy.last_or_next(number, month, step)
    else:
        day = _without_year(copy, match, number, month)
    return day if day and _is_its_weekday(day, match["weekday"]) else None


def _without_year(copy: Copy, match: re.Match[str], number: int, month: int) -> date | None:
    start, end = match.span()
    if match["weekday"]:
        day = copy.in_year(number, month, "", start)
        return None if copy.tells_of_another_year(start) else day
    before = copy.before(start)
    feast = f"{number}/{month}" in words("feast", "fr")
    if feast or copy.is_quoted(start) or _named().search(before) or _yearly().search(before):
        return None
    if copy.is_years_off(start):
        return None
    tense = copy.tense(start, end)
    if tense == "past" and before.endswith("au "):  # « a été prolongé jusqu'au »
        tense = ""
    tense = tense or ("past" if follows_participle(copy.own, start) else "")
    day = copy.in_year(number, month, tense, start)
    if day and copy.tells_of_another_year(start):
        return None
    return day


def _partners(copy: Copy, start: int, last: date) -> Iterator[DatedWords]:
    """The days that share the month of the one at `start`: « du 12 au », « dimanche 3 et », « les 2, 3 et »."""
    while match := _partner().search(copy.before(start)):
        at = start - len(match[0])
        named = match["weekday"] or _opens_list().search(copy.before(at))
        comma = _PARTNER_COMMA.search(copy.before(at))
        if not (named or comma):
            return
        number = number_of(match["day"])
        day = existing_in(last.year, last.month, number) if number < last.day else None
        if day is None and number > last.day and match["till"]:
            ends = last.replace(day=1) - timedelta(1)
            day = existing_in(ends.year, ends.month, number)
        if day is None or not _is_its_weekday(day, match["weekday"]):
            return
        yield DatedWords(at, at + len(match["words"]), day.isoformat())
        start, last = at, day


def _is_its_weekday(day: date, weekday: str | None) -> bool:
    return weekday is None or day.weekday() == WEEKDAYS[weekday.lower()]


def _numeric(copy: Copy) -> Iterator[DatedWords]:
    for match in _NUMERIC.finditer(copy.text):
        day = existing_in(int(match["year"]), int(match["month"]), int(match["day"]))
        if day:
            yield DatedWords(*match.span(), day.isoformat(), whole=True)


# -- months ----------------------------------------------------------------------------------------


def _months(copy: Copy) -> Iterator[DatedWords]:
    for match in _month_words().finditer(copy.text):
        start, end = match.span()
        month, before = month_of(match["month"]), match["before"]
        if match["year"]:
            if not _CRAFT.search(copy.before(start)):
                yield DatedWords(start, end, iso_month(int(match["year"]), month), whole=True)
        elif copy.is_quoted(start) or copy.tells_of_another_year(start):
            continue
        elif match["which"]:
            step = 1 if match["which"][0] == "p" else -1
            yield DatedWords(start, end, copy.month(month, step))
        elif before and not _more_months().match(copy.text, end):
            tense = copy.tense(start, end)
            ends = before.startswith("fin") and tense == "future" and month == copy.day.month
            iso = iso_month(copy.day.year, month) if ends else copy.month_beside(month, tense)
            first = start if match["part"] else match.start("month")
            yield DatedWords(first, end, iso)


# -- patterns ------------------------------------------------------------------------------------


@cache
def _written() -> re.Pattern[str]:
    part = any_of("part", "fr")
    return re.compile(
        rf"(?<![\w/.,'’-])(?<!\d[ .,])(?:(?P<weekday>{day_names()})(?: (?:{part}))?,? (?:le )?)?"
        rf"(?P<day>{DAY}) (?P<month>{month_names()})(?![\w-])"
        rf"(?: (?P<year>{YEAR})(?![\w-])| (?P<which>dernier|prochain|passé)s?(?!\w))?"
    )


_OF_A_YEAR = re.compile(r" (?:de (?:l['’]an|cette|la même|chaque)|suivant|précédent|\d)")
_NUMERIC = re.compile(
    rf"(?<![\w/.-])(?P<day>[0-3]?\d)/(?P<month>[01]?\d)/(?P<year>{YEAR})(?![\w/-])"
)


@cache
def _partner() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w/.,-])(?P<words>(?:(?P<weekday>{day_names()}) )?(?P<day>{DAY}))"
        r"(?: et (?:le )?| ou (?:le )?|, (?:le )?|(?P<till> au | à ))$"
    )


@cache
def _opens_list() -> re.Pattern[str]:
    return re.compile(r"(?<![^\W_])(?:[DdLl]u|[Ll]es?|[Dd]es|aux?|nuit de|entre le|et|du) $")


_PARTNER_COMMA = re.compile(r"(?<!\d)[0-3]?\d, $")


@cache
def _streets() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{any_of('street', 'fr')})(?: d[ue])? $", re.I)


@cache
def _named() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?:{any_of('named', 'fr')})(?: terroristes| nationale)? (?:du|des?) $", re.I
    )


@cache
def _yearly() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{any_of('yearly', 'fr')}) $", re.I)


@cache
def _month_words() -> re.Pattern[str]:
    parts = r"(?P<part>fin |début |mi-|courant )"
    before = rf"(?P<before>(?:{parts}|(?:en|d['’]ici(?: à)?|depuis|dès|avant) (?:fin |début |la mi-|mi-)?))"
    names = month_names(capitals=False)
    return re.compile(
        rf"(?<![\w'’-])(?<!\d )(?<!er )(?:{before})?(?P<month>{names})(?![\w-])"
        rf"(?: (?P<year>{YEAR})(?![\w-])| (?P<which>dernier|prochain|passé)(?!\w))?",
    )


_CRAFT = re.compile(r"(?:mission|rover|sonde|robot|planète) $")


@cache
def _more_months() -> re.Pattern[str]:
    """After a month: others beside it, or what makes it another year's."""
    return re.compile(rf"(?: et| ou| à|,) {month_names()}(?!\w)|-| \d| (?:suivant|précédent)")
