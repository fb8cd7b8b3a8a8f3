"""A moment as wires write it: « vendredi 23 janvier 2026 à 6 h 30 (heure de Paris) » -> that instant.

Every word must be understood, in French, English or Vietnamese: what is not, is no moment. In doubt
the later of two readings counts: it is asked until when something must not be known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple
from zoneinfo import ZoneInfo

from newsdigest.text.dates import nearest
from newsdigest.text.folding import fold_whole

# Signs that are written in several ways, and the plain one.
_SIGNS = {"’": "'", "‘": "'", "–": "-", "—": "-", "−": "-", "\xa0": " ", "\u202f": " "}
_WHOLE_DAY = timedelta(days=1)
_TOKEN = re.compile(
    r"""(?P<gap>[\s,;.:()\[\]*\#!=_|"«»'/-]+)
    |(?P<iso>\d{4}([-/.])\d{1,2}\3\d{1,2})(?:t(?=\d)|(?!\d))
    |(?P<numbers>\d{1,2}([-/.])\d{1,2}(?:\5(?:\d{4}|\d{2}))|\d{1,2}/\d{1,2})(?![\d/])
    |(?P<hour>\d{1,2})\s?(?:h|heures?|gio|g)(?![^\W\d_])(?:\s?(?P<minute>[0-5]\d)(?!\d))?(?:\s?(?:mn|min|minutes|phut)\b)?
    |(?P<clock>\d{1,2}:\d\d)(?::(?P<second>\d\d))?(?!\d)
    |(?P<dotted>\d{1,2}\.\d\d)(?=\s?(?:[ap]\.?m\b|gmt|utc|h\b|hrs?\b))
    |(?P<digits>0\d[0-5]\d|[01]\d[0-5]\d(?=\s?(?:h|hrs?|hours?|gmt|utc|z)\b)|2[0-3][0-5]\d(?=\s?(?:h|hrs?|hours?|gmt|utc|z)\b))(?!\d)
    |(?P<bare_hour>\d{1,2})\s?(?=[ap]\.?m\b|noon|midnight|midday)
    |thang\s(?P<month_number>\d{1,2})(?!\d)
    |(?P<year>(?:19|20)\d\d)(?!\d)
    |(?P<day>\d{1,2})(?:er|st|nd|rd|th|e)?(?![^\W_])""",
    re.VERBOSE,
)
_OFFSET = re.compile(r"\s?\(?(?:(?:gmt|utc)\s?)?([+-])\s?(\d{1,2})(?::?(\d\d))?(?![\d/:h])")


class Label(NamedTuple):
    """How an embargo is announced: the words, folded; the language they are in, "" where any."""

    words: str
    lang: str
    bare: bool


@cache
def words_of(kind: str) -> Mapping[str, str]:
    """The folded words of one kind in `data/moments.tsv`, with their values."""
    text = (resources.files("newsdigest") / "data" / "moments.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.split("\n") if line and line[0] != "#")
    return {
        folded(word): value for of, value, words in rows if of == kind for word in words.split("|")
    }


def folded(text: str) -> str:
    """As the words of the lists are compared: lower case, no accents, plain signs."""
    if not text.isascii():
        for sign, plain in _SIGNS.items():  # nine times as fast as `translate`
            text = text.replace(sign, plain)
    return fold_whole(text)


@dataclass(slots=True)
class _Found:
    """What was read so far."""

    dates: list[tuple[str, str]] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    months: list[int] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    clocks: list[tuple[int, int]] = field(default_factory=list)
    zones: list[tzinfo] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)
    shifts: list[int] = field(default_factory=list)
    half: str = ""
    whole: bool = False
    american: bool = False


def read_moment(text: str, zone: str, day: date | None = None, lang: str = "") -> datetime | None:
    """The instant that `text` names, aware; None where a word of it is not understood.

    Without a zone of its own the clock is that of `zone`. What leaves out the year or the day means
    those nearest to `day`. A day without an hour is the moment it begins. `lang` is that of the words
    around: English writers put the month first, or do not.
    """
    versions = [part for part in re.split(r" / | \| |;", text) if part.strip()]
    found = {_read_one(part, zone, day, lang) for part in versions} if len(versions) > 1 else set()
    if len(found) == 1 and None not in found:
        return found.pop()
    return _read_one(text, zone, day, lang)


def _read_one(text: str, zone: str, day: date | None, lang: str) -> datetime | None:
    found = _tokens(folded(text).strip())
    if found is None or len(found.clocks) > 1 or len(set(found.zones)) > 1:
        return None
    found.american |= lang == "en"
    try:
        on = _date(found, day)
        return _instant(found, on, zone) if on else None
    except (ValueError, OverflowError):
        return None


def _tokens(text: str) -> _Found | None:
    """Everything the text says, None where it says something else too."""
    found, at = _Found(), 0
    while at < len(text):
        offset = _OFFSET.match(text, at) if found.clocks and not found.zones else None
        match = offset or _word(text, at, found) or _TOKEN.match(text, at)
        if match is None:
            return None
        if isinstance(match, int):
            at = match
            continue
        if match is offset:
            found.zones.append(_offset(*match.groups()))
        else:
            _note(match, found)
        at = match.end()
    return found


@cache
def _every_word() -> re.Pattern[str]:
    kinds = ("month", "weekday", "shift", "clock", "half", "whole", "zone", "skip")
    words = {word for kind in kinds for word in words_of(kind)}
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?![^\W\d_])\.?")


def _word(text: str, at: int, found: _Found) -> int | None:
    """Where the known word at this place ends."""
    match = _every_word().match(text, at)
    if match is None or (at and text[at - 1].isalpha()):
        return None
    word = match.group()
    for spelt in (word, word.rstrip(".")):
        if _take_word(spelt, found):
            return match.end()
    return None


def _take_word(word: str, found: _Found) -> bool:
    for kind, take in (
        ("month", found.months),
        ("weekday", found.weekdays),
        ("shift", found.shifts),
    ):
        if word in words_of(kind):
            take.append(int(words_of(kind)[word]))
            return True
    found.american |= word in words_of("american")
    if word in words_of("clock"):
        hour, minute = words_of("clock")[word].split(":")
        if found.clocks and found.clocks.pop() != (12, 0):
            return False
        found.clocks.append((int(hour), int(minute)))
    elif word in words_of("half"):
        if not found.clocks or found.half:
            return False
        found.half = words_of("half")[word]
    elif word in words_of("zone"):
        found.zones.append(_zone(words_of("zone")[word]))
    elif word in words_of("whole"):
        found.whole = True
    return word in words_of("skip") or any(
        word in words_of(kind) for kind in ("clock", "half", "zone", "whole")
    )


def _note(match: re.Match[str], found: _Found) -> None:
    if match["gap"]:
        return
    if match["iso"] or match["numbers"]:
        found.dates.append(("iso" if match["iso"] else "numbers", match["iso"] or match["numbers"]))
    elif match["hour"] or match["bare_hour"]:
        found.clocks.append((int(match["hour"] or match["bare_hour"]), int(match["minute"] or 0)))
    elif match["clock"] or match["dotted"]:
        hour, minute = re.split("[:.]", match["clock"] or match["dotted"])
        found.clocks.append((int(hour), int(minute) + bool(int(match["second"] or 0))))
    elif match["digits"]:
        found.clocks.append((int(match["digits"][:2]), int(match["digits"][2:])))
    elif match["month_number"]:
        found.months.append(int(match["month_number"]))
    elif match["year"]:
        found.years.append(int(match["year"]))
    else:
        found.days.append(int(match["day"]))


# -- a weekday beside its date ---------------------------------------------------------------------


class WrongWeekday(NamedTuple):
    """A date beside a weekday that is not its own, as written."""

    written: str
    day: date


def wrong_weekday(text: str, near: date | None) -> WrongWeekday | None:
    """The first date of the text whose weekday is not its own: « jeudi 23 janvier 2026 ».

    Those without a year are of the one `near`, and left alone without it.
    """
    plain = folded(text)
    for at in _places_of_weekdays(plain):
        match = _dated_weekday().match(plain, at)
        if match is None:
            continue
        day = _named_date_of(match["date"], near)
        if day is not None and day.weekday() != int(words_of("weekday")[match["weekday"]]):
            written = text[slice(*match.span())] if len(plain) == len(text) else match.group()
            return WrongWeekday(written, day)
    return None


def _places_of_weekdays(plain: str) -> list[int]:
    """Where the words stand that name one, in order. (The pattern alone takes ten times as long.)"""
    found = []
    for word in _weekdays():
        at = plain.find(word)
        while at >= 0:
            found.append(at)
            at = plain.find(word, at + 1)
    return sorted(set(found))


# An article says its own day several times, and so do its neighbours.
@lru_cache(maxsize=1024)
def _named_date_of(written: str, near: date | None) -> date | None:
    moment = read_moment(written, "UTC", near)
    return moment.date() if moment else None


@cache
def _weekdays() -> tuple[str, ...]:
    # Abbreviations are too many things: a sea, a sun, a Spanish year.
    return tuple(sorted((word for word in words_of("weekday") if len(word) > 4), key=len)[::-1])


@cache
def _dated_weekday() -> re.Pattern[str]:
    weekdays = "|".join(map(re.escape, _weekdays()))
    months = "|".join(
        sorted((re.escape(m) for m in words_of("month") if len(m) > 2), key=len)[::-1]
    )
    day = r"\d{1,2}(?:er|st|nd|rd|th)?"
    dates = (
        rf"{day} (?:{months})(?![^\W\d_])(?:,? (?:19|20)\d\d)?",
        rf"(?:{months}) {day}(?!\d)(?:,? (?:19|20)\d\d)?",
        r"\d{1,2}/\d{1,2}/(?:19|20)\d\d",
        r"\d{1,2} thang \d{1,2}(?: nam (?:19|20)\d\d)?",
    )
    return re.compile(
        rf"(?<![^\W_])(?P<weekday>{weekdays}),? ?\(?(?:le |the |ngay )?(?P<date>{'|'.join(dates)})(?!\d)"
    )


# -- the day ---------------------------------------------------------------------------------------


def _date(found: _Found, near: date | None) -> date | None:
    """The day that is meant, None where it is not said, or in two ways that do not agree."""
    on = _named_date(found, near)
    if on is None or (found.weekdays and {on.weekday()} != set(found.weekdays)):
        return None
    return on


def _named_date(found: _Found, near: date | None) -> date | None:
    named = (len(found.dates), len(found.days), len(found.months), len(found.years))
    if named == (1, 0, 0, 0) and not found.shifts:
        return _from_numbers(*found.dates[0], found.american, near)
    if named[:3] == (0, 1, 1) and named[3] <= 1 and not found.shifts:
        return _in_year(found.days[0], found.months[0], found.years, near)
    if named != (0, 0, 0, 0) or near is None:
        return None
    if len(found.shifts) == 1:
        return near + timedelta(found.shifts[0])
    if len(found.weekdays) == 1:
        return near + timedelta((found.weekdays[0] - near.weekday()) % 7)
    return near if found.clocks else None


def _from_numbers(kind: str, written: str, american: bool, near: date | None) -> date | None:
    parts = [int(part) for part in re.split("[-/.]", written)]
    if kind == "iso":
        return date(*parts)
    day, month, *years = parts
    if american and day != month:
        if day <= 12 and month <= 12:
            return None  # 2 January or 1 February
        if month > 12:
            day, month = month, day
    return _in_year(day, month, [year + 2000 if year < 100 else year for year in years], near)


def _in_year(day: int, month: int, years: list[int], near: date | None) -> date | None:
    if years:
        return date(years[0], month, day)
    return nearest(day, month, near) if near else None


# -- the hour --------------------------------------------------------------------------------------


def _instant(found: _Found, on: date, zone: str) -> datetime | None:
    hour, minute = found.clocks[0] if found.clocks else (0, 0)
    if minute == 60:
        hour, minute = hour + 1, 0
    if found.half:
        if hour > 12 and found.half == "am":
            return None
        if hour <= 12:
            hour = hour % 12 + (12 if found.half == "pm" else 0)
    if (hour, minute) == (24, 0) or (found.whole and not found.clocks):
        on, hour = on + _WHOLE_DAY, 0
    where = found.zones[0] if found.zones else ZoneInfo(zone)
    wall = datetime.combine(on, time(hour, minute), where)
    # What clocks show twice, or leap over, is the later of its two readings.
    later = max((wall.replace(fold=fold) for fold in (0, 1)), key=lambda one: one.astimezone(UTC))
    return _with_fixed_offset(later)


def _with_fixed_offset(moment: datetime) -> datetime:
    offset = moment.utcoffset() or timedelta()
    return moment.replace(tzinfo=timezone(offset), fold=0)


def _zone(name: str) -> tzinfo:
    if name[0] in "+-":
        return _offset(name[0], name[1:3], name[4:])
    return UTC if name == "UTC" else ZoneInfo(name)


def _offset(sign: str, hours: str, minutes: str | None) -> tzinfo:
    shift = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-shift if sign == "-" else shift)


@cache
def labels() -> tuple[Label, ...]:
    """Every way to announce an embargo, the longest first."""
    spelt = [Label(words, lang, False) for words, lang in words_of("label").items()]
    spelt += [Label(words, "", True) for words in words_of("bare")]
    return tuple(sorted(spelt, key=lambda label: (-len(label.words), label.words)))
