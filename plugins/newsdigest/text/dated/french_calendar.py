"""The French names of days and months, as patterns: CLDR's, with a capital too, months without accents too."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from newsdigest.text import dates
from newsdigest.text.folding import fold

WEEKDAYS = {name: at for at, name in enumerate(dates.day_names("fr"))}
MONTHS = {fold(name): at for at, name in enumerate(dates.month_names("fr"), 1)}
YEAR = r"(?:1[5-9]|20)\d\d"
DAY = r"(?:1 ?er|[0-3]?\d)"


def number_of(day: str) -> int:
    return int(day.removesuffix("er").strip())


def month_of(name: str) -> int:
    return MONTHS[fold(name)]


@cache
def month_spellings() -> tuple[str, ...]:
    return tuple(dict.fromkeys((*dates.month_names("fr"), *MONTHS)))


@cache
def month_names(*, capitals: bool = True) -> str:
    names = month_spellings()
    return f"(?:{_spelt(names) if capitals else '|'.join(names)})"


@cache
def day_names() -> str:
    return f"(?:{_spelt(WEEKDAYS)})"


def _spelt(names: Iterable[str]) -> str:
    return "|".join(f"[{name[0]}{name[0].upper()}]{name[1:]}" for name in names)
