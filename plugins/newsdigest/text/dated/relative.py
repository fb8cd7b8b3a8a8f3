"""Words that date by the day of their text alone: "hier", "last week", "tháng trước"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from newsdigest.text.dated.copy import Copy, DatedWords, iso_month
from newsdigest.text.dated.tenses import any_of, sentence_at, words
from newsdigest.text.dates import day_names

_LETTER = re.compile(r"[^\W\d_]")
_HOUR = re.compile(r",? (?:à|at|lúc|around|vers) \d")


def relative(copy: Copy) -> Iterator[DatedWords]:
    lang = copy.lang
    values = words("relative", lang)
    if not any(said in copy.low for said in values):
        return
    for match in _words(lang).finditer(copy.text):
        start, end = match.span()
        said = match[0].lower().replace("’", "'")
        value = values.get(said, "")  # "ſoir" is "soir" to a pattern that knows no case
        if not value or copy.is_quoted(start) or copy.tells_of_another_year(start):
            continue
        if _before(lang, value).search(copy.before(start)) or _after(lang, value).match(
            copy.text, end
        ):
            continue
        if value[0] in "dw" and not copy.written.to_day:
            continue
        if value[0] == "d" and _is_another_weekday(copy, end, int(value[1:])):
            continue
        if said in words("needs", lang) and not _is_beside_its_verb(copy, start, end, value):
            continue
        yield DatedWords(start, end, _iso(copy, value))


@cache
def signs(lang: str) -> tuple[str, ...]:
    """What is in each of the words: of each its longest, but for those that have another in them."""
    longest = {max(said.split(" "), key=len) for said in words("relative", lang)}
    return tuple(sorted(sign for sign in longest if not any(it in sign for it in longest - {sign})))


def _is_another_weekday(copy: Copy, end: int, shift: int) -> bool:
    """« hier mardi », and it was no Tuesday."""
    named = _weekday(copy.lang).match(copy.text, end)
    day = copy.shifted(shift)
    return bool(named and day and _weekdays(copy.lang).get(named[1].casefold()) != day.weekday())


def _is_beside_its_verb(copy: Copy, start: int, end: int, value: str) -> bool:
    if _HOUR.match(copy.text, end):
        return True
    if not _LETTER.search(copy.own, sentence_at(copy.own, start)[0], start):
        return False
    if value == "d+0" and copy.lang == "fr":
        return bool(_said().search(copy.own[:start]))
    wanted = {"+": ("future",), "0": ("past", "future")}["0" if value == "d+0" else value[1]]
    return copy.tense(start, end) in wanted


def _iso(copy: Copy, value: str) -> str:
    unit, shift = value[0], int(value[1:])
    if unit == "y":
        return f"{copy.day.year + shift:04}" if 1 <= copy.day.year + shift <= 9999 else ""
    if unit == "m":
        months = copy.day.year * 12 + copy.day.month - 1 + shift
        return iso_month(months // 12, months % 12 + 1)
    day = copy.shifted(shift * (7 if unit == "w" else 1))
    if day is None:
        return ""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}" if unit == "w" else day.isoformat()


@cache
def _words(lang: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’-])(?:{any_of('relative', lang)})(?![\w-])", re.I)


@cache
def _before(lang: str, value: str) -> re.Pattern[str]:
    # "de la semaine dernière" is that week; "d'hier" is any time gone by.
    listed = r"(?!)" if lang == "fr" and value[0] != "d" else any_of("before", lang)
    return re.compile(rf"(?<![^\W_])(?:{listed})\s?$", re.I)


@cache
def _after(lang: str, value: str) -> re.Pattern[str]:
    kind = "after"
    if lang == "fr" and value[0] != "d":
        kind = "after_this" if value.endswith("0") else "after_unit"
    return re.compile(rf"\s?(?:{any_of(kind, lang)})(?:(?<=['’])|(?![^\W_]))", re.I)


@cache
def _weekdays(lang: str) -> dict[str, int]:
    return {name.casefold(): at for at, name in enumerate(day_names(lang))}


@cache
def _weekday(lang: str) -> re.Pattern[str]:
    return re.compile(rf",? (?:le |on )?({'|'.join(_weekdays(lang))})(?!\w)", re.I)


@cache
def _said() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:a|ont|a été|ont été) (?:{any_of('said', 'fr')})e?s? $")
