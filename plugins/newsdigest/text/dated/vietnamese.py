"""Vietnamese words that date: `ngày 22/1`, `sáng 5 tháng 2`, `thứ Ba` beside `đã` or `sẽ`, `tuần trước`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from newsdigest.text.dated.copy import Copy, DatedWords, existing_in
from newsdigest.text.dated.relative import relative
from newsdigest.text.dated.tenses import any_of, words
from newsdigest.text.dates import day_names


def candidates(copy: Copy) -> Iterator[DatedWords]:
    yield from _dates(copy)
    yield from relative(copy)
    if copy.written.to_day:
        yield from _weekdays(copy)


def _dates(copy: Copy) -> Iterator[DatedWords]:
    for match in _WRITTEN.finditer(copy.text):
        day = _day_of(copy, match)
        if day:
            yield DatedWords(match.start("day"), match.end(), day.isoformat(), bool(match["year"]))


def _day_of(copy: Copy, match: re.Match[str]) -> date | None:
    number, month = int(match["day"]), int(match["month"])
    if match["year"]:
        return existing_in(int(match["year"]), month, number)
    start = match.start()
    if copy.is_quoted(start) or copy.tells_of_another_year(start):
        return None
    if f"{number}/{month}" in words("feast", "vi") or _named().search(copy.before(start)):
        return None
    return copy.in_year(number, month, copy.tense(start, match.end()), start)


def _weekdays(copy: Copy) -> Iterator[DatedWords]:
    for match in _weekday_words().finditer(copy.own):
        start, end = match.span()
        tense = copy.tense(start, end)
        if tense in ("past", "future") and not _USUAL.search(copy.own):
            day = copy.beside(_WEEKDAYS[match["weekday"].casefold()], tense)
            if day:
                yield DatedWords(match.start("weekday"), end, day.isoformat())


_WEEKDAYS = {name.casefold(): at for at, name in enumerate(day_names("vi"))}
_WRITTEN = re.compile(
    r"(?<!\w)(?:[Nn]gày|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Đđ]êm|[Hh]ôm)(?: ngày)? (?P<day>[0-3]?\d)"
    r"(?:/| tháng )(?P<month>[01]?\d)(?:(?:/| năm )(?P<year>(?:1[5-9]|20)\d\d))?(?![\w/-])"
)
_USUAL = re.compile(r"(?<!\w)(?:hằng|hàng|mỗi|mọi|các|những)(?!\w)")


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{any_of('named', 'vi')}) $", re.I)


@cache
def _weekday_words() -> re.Pattern[str]:
    """Written with a capital: "lần thứ ba" is the third time."""
    names = "|".join(f"{name[0]}{name[1:]}" for name in day_names("vi"))
    lower = "|".join(name[0].lower() + name[1:] for name in day_names("vi"))
    return re.compile(rf"(?<!\w)(?:vào|hôm|ngày) (?P<weekday>{names}|{lower})(?!\w)")
