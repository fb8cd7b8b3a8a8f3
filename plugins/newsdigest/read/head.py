"""The head line: `date 2026-01-23 Headline`, and the date it gives."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from newsdigest.base.records import DatePrecision, Rejection
from newsdigest.base.settings import ParseRules
from newsdigest.read.normalise import Line

_HEAD = re.compile(
    r"date ?:? (?P<year>[0-9]{4})[-/.](?P<month>[0-9]{2})(?:[-/.](?P<day>[0-9]{2}))?"
    r"(?:[T ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"(?P<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?(?= |$))?"
    r"(?: (?P<rest>.*))?$",
    re.IGNORECASE,
)
# Between date and headline; "– 12 degrés" is a temperature.
_DASH = re.compile(r"^[-–—:|•·]+ (?!\d)")
_DATE_WORD = re.compile(r"date(?![^\W\d_])", re.IGNORECASE)
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})(?![0-9])")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]?([0-9]{1,2})[-/. ]?([0-9]{1,2})(?![0-9])")

_FIRST_YEAR = 1900
_REFUSED_AFTER = timedelta(days=366)


class Head(NamedTuple):
    """`rest` is what stands on the date's line after it; `published` has a fixed offset.

    What is dated ahead of the clock, if only by a minute, is a draft.
    """

    published: datetime
    precision: DatePrecision
    status: Literal["published", "draft"]
    rest: str
    warnings: tuple[str, ...]


def read_head(lines: list[Line], path: str, rules: ParseRules) -> Head | Rejection:
    """Read the first line as a date; any later full date line means two articles in one file."""
    first = lines[0]
    match = _HEAD.match(first.text)
    if match is None:
        return _no_date(lines, path, rules)
    written = first.text[match.start("year") : _end_of_date(match)]
    published = _published(match, ZoneInfo(rules.timezone))
    if published is None or published.year < _FIRST_YEAR:
        facts: dict[str, str | int] = {"date": written}
        if published is not None:
            facts["early"] = 1
        return Rejection(path, "E_DATE_IMPOSSIBLE", first.number, facts)
    if _is_far_ahead(published, rules.now):
        return Rejection(path, "E_DATE_FUTURE", first.number, {"date": written})
    second = _second_date(lines)
    if second is not None:
        return Rejection(path, "E_TWO_ARTICLES", second, {"second": second})

    warnings = []
    precision: DatePrecision = "minute" if match["hour"] else "day"
    if match["day"] is None:
        precision = "month"
        warnings.append("W_DATE_MONTH")
    status: Literal["published", "draft"] = "published"
    if published > rules.now:
        status = "draft"
        warnings.append("W_DATE_FUTURE")
    rest = _DASH.sub("", match["rest"] or "")
    return Head(published, precision, status, rest, tuple(warnings))


def dated_day(lines: list[Line]) -> date | None:
    """The day that a head line among the first gives, None if none does."""
    for line in lines[:4]:
        match = _HEAD.match(line.text)
        if match:
            with suppress(ValueError):
                return date(int(match["year"]), int(match["month"]), int(match["day"] or 1))
    return None


def rest_of_head(text: str) -> tuple[str, str]:
    """A head line up to its date, and what stands after it; ("", the line) for any other."""
    match = _HEAD.match(text)
    if match is None:
        return "", text
    end = _end_of_date(match)
    return text[:end], text[end:].strip()


def begins_with_date(text: str) -> bool:
    return _DATE_WORD.match(text) is not None


def _end_of_date(match: re.Match[str]) -> int:
    return max(match.end(part) for part in ("month", "day", "minute", "second", "zone"))


def _published(match: re.Match[str], site: tzinfo) -> datetime | None:
    """The moment as written, None when the calendar or the clock has no such one.

    A day without a time, or a month, is the moment it begins.
    """
    month_only = match["day"] is None
    try:
        moment = datetime(
            int(match["year"]),
            int(match["month"]),
            1 if month_only else int(match["day"]),
            int(match["hour"] or 0),
            int(match["minute"] or 0),
            int(match["second"] or 0),
            tzinfo=UTC,  # until its own is known, below
        )
        if month_only:
            moment = moment.replace(hour=0, minute=0, second=0)
        zone = None if month_only else match["zone"]
        return moment.replace(tzinfo=_zone(zone) if zone else _fixed(site, moment))
    except ValueError:
        return None


def _zone(written: str) -> tzinfo:
    """`Z`, `+07`, `+0700` or `+07:00`; ValueError for an offset no clock shows."""
    if written in "Zz":
        return UTC
    hours, minutes = int(written[1:3]), int(written[3:].lstrip(":") or 0)
    if minutes > 59:
        raise ValueError(written)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if written[0] == "-" else offset)


def _fixed(site: tzinfo, moment: datetime) -> tzinfo:
    """The site's offset at that moment; whole minutes, as dates are written (1911 had seconds).

    A time that the clocks show twice is the first of the two, one they leap over is reckoned as
    if they had not yet leapt.
    """
    offset = moment.replace(tzinfo=site).utcoffset() or timedelta()
    return timezone(timedelta(minutes=offset // timedelta(minutes=1)))


def _is_far_ahead(published: datetime, now: datetime) -> bool:
    # The year alone settles what is too far ahead to be reckoned with.
    return published.year > now.year + 2 or published - now > _REFUSED_AFTER


def _second_date(lines: list[Line]) -> int | None:
    for line in lines[1:]:
        if line.text[:4].lower() == "date":
            match = _HEAD.match(line.text)
            if match and match["day"] and match["rest"]:
                return line.number
    return None


def _no_date(lines: list[Line], path: str, rules: ParseRules) -> Rejection:
    first = lines[0]
    if begins_with_date(first.text):
        written = first.text[4:].lstrip(" :")
        facts: dict[str, str | int] = {"suggestion": _suggestion(written, rules.now)}
        if written:
            facts["found"] = _found(written)
        return Rejection(path, "E_DATE_FORMAT", first.number, facts)
    facts = {"found": shorten(first.text)}
    for line in lines[1:]:
        if line.text[:4].lower() == "date" and _HEAD.match(line.text):
            facts["later"] = line.number
            break
    return Rejection(path, "E_DATE_MISSING", first.number, facts)


def _found(written: str) -> str:
    """The date as the editor wrote it: one word if it has a digit, else a few."""
    word = written.partition(" ")[0]
    return shorten(word if any(char.isdigit() for char in word) else written, 30)


def _suggestion(written: str, now: datetime) -> str:
    """The date probably meant; failing that, today's, as an example of the form."""
    day_first = _DAY_FIRST.match(written)
    year_first = _YEAR_FIRST.match(written)
    parts = year_first.groups() if year_first else None
    if day_first:
        parts = day_first.groups()[::-1]
    if parts:
        year, month, day = map(int, parts)
        if 1 <= month <= 12 and 1 <= day <= 31:
            return f"{year:04d}-{month:02d}-{day:02d}"
    return f"{now:%Y-%m-%d}"


def shorten(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
