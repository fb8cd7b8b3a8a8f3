"""A text in which dates are looked for: where others speak, which tense a word stands in, what days it can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import NamedTuple

from newsdigest.text.dated.tenses import Tense, any_of, sentence_at, tense_beside
from newsdigest.text.dates import existing, month_names, nearest

# A day and a month without a year are those nearest to the text, so many days from it at most, more where
# its verb agrees; fewer where another year is named before, and none after a date of one in the same sentence.
NEAR, PAST, TO_COME, BESIDE_A_YEAR = 60, 100, 182, 45
# What names neither month nor year is so many days off at most.
BARE = 20
# A month without a year is so many from the text's at most.
MONTHS = 6


class DatedWords(NamedTuple):
    """`text[start:end]` means `iso` (`2026-01-22`, `2026-01`, `2026-W04`, `2026`); `whole`: says all of it."""

    start: int
    end: int
    iso: str
    whole: bool = False


def dated(start: int, end: int, day: date | None) -> DatedWords:
    """Words that mean a day; of none, they date nothing (`iso` is "")."""
    return DatedWords(start, end, day.isoformat() if day else "")


@dataclass(frozen=True, slots=True)
class Written:
    """When and how a text was written: `spoken`, it is somebody's own words; `to_day`: its day is known."""

    day: date
    lang: str
    to_day: bool = True
    spoken: bool = False


@dataclass(frozen=True)
class Copy:
    """One paragraph, `lang` without its region."""

    text: str
    written: Written
    lang: str

    @property
    def day(self) -> date:
        return self.written.day

    @cached_property
    def low(self) -> str:
        """In lower case with plain apostrophes: a word that is not in it needs no pattern."""
        return self.text.lower().replace("’", "'")

    @cached_property
    def own(self) -> str:
        """The text with what is quoted blanked, at the same places."""
        if self.written.spoken or self.text.startswith(_DIALOGUE):
            return " " * len(self.text)
        plain = self.text
        for start, end in _quotations(plain):
            plain = plain[:start] + "_" * (end - start) + plain[end:]
        return plain

    def is_quoted(self, at: int) -> bool:
        return self.own[at] != self.text[at]

    def tense(self, start: int, end: int) -> Tense:
        return tense_beside(self.own, start, end, self.lang)

    def before(self, at: int, most: int = 60) -> str:
        return self.text[max(0, at - most) : at]

    def tells_of_another_year(self, at: int) -> bool:
        """Whether a sentence up to there opens with a year that is not the text's: « En 2003, … »."""
        opened = [found for found in self._opening_years if found[0] < at]
        return bool(opened) and opened[-1][1] != self.day.year

    def is_years_off(self, at: int) -> bool:
        """Whether the sentence counts in years: « Un an après le séisme du 6 février »."""
        return bool(_years(self.lang).search(self.low, *sentence_at(self.text, at)))

    @cached_property
    def _opening_years(self) -> list[tuple[int, int]]:
        return [(m.start(), int(m["year"])) for m in _OPENING_YEAR.finditer(self.text)]

    def in_year(self, day: int, month: int, tense: Tense, at: int) -> date | None:
        """The day that a date without its year, which stands `at`, means; None in doubt."""
        found = nearest(day, month, self.day)
        if found is None:
            return None
        away = (found - self.day).days
        agrees = away == 0 or tense == ("past" if away < 0 else "future")
        contradicted = tense in ("past", "future") and not agrees
        most = NEAR if not agrees else PAST if away < 0 else TO_COME
        if self._tells_of_others(_YEAR, 0, at):
            most = min(most, BESIDE_A_YEAR)
            if self._tells_of_others(_dated_year(self.lang), sentence_at(self.text, at)[0], at):
                return None
        far = abs(away) > most
        return None if contradicted or far else found

    def _tells_of_others(self, pattern: re.Pattern[str], first: int, at: int) -> bool:
        years = pattern.finditer(self.text, first, at)
        return any(int(year["year"]) != self.day.year for year in years)

    def beside(self, weekday: int, tense: Tense) -> date | None:
        """The day of that name that is past or to come; today's own name is today."""
        away = (weekday - self.day.weekday()) % 7
        if away == 0 and tense != "unsure":
            return self.day
        if tense == "future":
            return self.shifted(away)
        return self.shifted(away - 7) if tense == "past" else None

    def shifted(self, days: int) -> date | None:
        try:
            return self.day + timedelta(days)
        except OverflowError:
            return None

    def last_or_next(self, day: int, month: int, step: int) -> date | None:
        """« le 9 décembre dernier » (-1), « le 4 février prochain » (1)."""
        years = (self.day.year, self.day.year + step)
        found = [one for year in years if (one := existing_in(year, month, day))]
        return next((one for one in found if (one - self.day).days * step > 0), None)

    def month(self, month: int, step: int) -> str:
        """The last (-1) or next (1) of that name, as `2026-03`; "" for the text's own."""
        if month == self.day.month:
            return ""
        passed = (month < self.day.month) == (step < 0)
        return iso_month(self.day.year if passed else self.day.year + step, month)

    def month_beside(self, month: int, tense: Tense) -> str:
        """The month that one without its year means, "" in doubt."""
        step = {"past": -1, "future": 1}.get(tense, 0)
        away = (month - self.day.month) * step % 12
        return self.month(month, step) if step and 0 < away <= MONTHS else ""


def existing_in(year: int, month: int, day: int) -> date | None:
    return existing(year, month, day) if 1 <= year <= 9999 else None


def iso_month(year: int, month: int) -> str:
    return f"{year:04}-{month:02}" if 1 <= year <= 9999 else ""


@cache
def _years(lang: str) -> re.Pattern[str]:
    ago = r"|il y a [^,.;]{1,20} ans?" if lang == "fr" else ""
    return re.compile(rf"(?<![^\W_])(?:{any_of('years', lang)}{ago})(?![^\W_])")


@cache
def _dated_year(lang: str) -> re.Pattern[str]:
    """A year in which something was: « en 2003 », « le 5 novembre 2024 », not « la viole de 1697 »."""
    months = "|".join(map(re.escape, month_names(lang)))
    return re.compile(rf"(?<![^\W_])(?:en|in|năm|{months}),? {_YEAR.pattern}", re.I)


# Beginning with its digit, so that the search can jump.
_YEAR = re.compile(r"(?P<year>[12](?<![\w-].)(?:(?<=1)[5-9]|(?<=2)0)\d\d)(?![\w-])")
_DIALOGUE = ("– ", "— ", "- ", "—", "–")
_OPENING_YEAR = re.compile(
    r"(?:^|[.!?…;]\s)(?:[^\W\d_]+ )?[^.!?…;,\n]{0,24}?(?<![\w-])(?P<year>1[5-9]\d\d|20\d\d)(?=,| ?:)"
)
_QUOTES = re.compile('[«»“”"]')


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """What stands in quotation marks; one that nothing closes goes to the end."""
    opened, deep, straight = 0, 0, False
    for mark in _QUOTES.finditer(text):
        sign, outside = mark.group(), deep == 0 and not straight
        if sign == '"':
            straight = not straight
        elif sign in "«“":
            deep += 1
        else:
            deep = max(0, deep - 1)
        if outside:
            opened = mark.start()
        if deep == 0 and not straight:
            # A closing mark that nothing opened ends what the paragraph before began.
            yield (0 if outside and sign in "»”" else opened), mark.end()
    if deep or straight:
        yield opened, len(text)
