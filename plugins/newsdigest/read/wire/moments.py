"""Dates as the wire writes them: ISO 8601 long and short, RFC 2822, `01-23-26 1412GMT`, `231412 JAN 26`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from newsdigest.base.records import DatePrecision

_ISO = re.compile(
    r"(?P<year>[12]\d{3})(?P<dash>[-/.]?)(?P<month>\d{2})(?P=dash)(?P<day>\d{2})"
    r"(?:[T ]?\s?(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s?(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?(?![\d])",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *(
                "jan jän janv janvier jänner january januar enero gennaio",
                "feb fev fév févr février february",
            ),
            *("mar mars march mär märz maart", "apr avr avril april", "may mai mayo maggio mei"),
            *("jun juin june juni junio", "jul juil juillet july juli julio"),
            *("aug aoû août aout august ago agosto", "sep sept septembre september"),
            *("oct octobre october okt oktober", "nov novembre november"),
            "dec déc décembre december dez dezember dic",
        ),
        1,
    )
    for name in names.split()
}
_ZONES = {
    **{
        "GMT": 0,
        "UTC": 0,
        "Z": 0,
        "EST": -5,
        "EDT": -4,
        "CST": -6,
        "CDT": -5,
        "MST": -7,
        "MDT": -6,
    },
    **{"PST": -8, "PDT": -7, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "AEST": 10},
    **{"AEDT": 11},
}
_ZONE = r"(?P<zone>GMT|UTC|Z|[ECMP][SD]T|BST|CES?T|MES?Z|AE[SD]T)?(?![A-Za-z])"
_AMERICAN = re.compile(
    r"(?P<month>\d{1,2})[-/](?P<day>\d{1,2})[-/](?P<year>\d{4}|\d{2})"
    rf"[ ,]{{1,3}}(?P<hour>\d{{2}}):?(?P<minute>\d{{2}}) ?{_ZONE}"
)
_DAY_TIME_MONTH = re.compile(
    r"(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2}) ?"
    rf"{_ZONE} ?(?P<name>[^\W\d_]{{3,9}})\.? ?(?:(?P<year>\d{{4}}|\d{{2}})(?!\d))"
)
_TIME_DAY_MONTH = re.compile(
    r"(?P<hour>\d{2})[:.h]?(?P<minute>\d{2}) ?"
    rf"{_ZONE}[ ,]{{0,2}}(?P<day>\d{{1,2}})[ .]{{0,2}}(?P<name>[^\W\d_]{{3,9}})\.? ?'?(?P<year>\d{{4}}|\d{{2}})(?!\d)"
)
_DAY_MONTH = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:er|st|nd|rd|th|\.)?[ -]?(?P<name>[^\W\d_]{3,9})\.?,?[ -]?(?P<year>20\d{2}|19\d{2})(?!\d)"
    r"(?:,? (?:at |à )?(?P<hour>\d{2})[:.h](?P<minute>\d{2}))?"
)
_MONTH_DAY = re.compile(
    r"(?P<name>[^\W\d_]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>20\d{2}|19\d{2})(?!\d)"
)
_DOTTED = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>20\d{2})(?!\d)"
    r"(?:,? (?P<hour>\d{2})[:.](?P<minute>\d{2}))?"
)
_IN_PATH = re.compile(
    r"(?<!\d)(20\d{2})([-_/.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d{1,3}(?!\d))"
)


class When(NamedTuple):
    """A moment, aware, as written; `day` precision: the beginning of that day at the site's."""

    at: datetime
    precision: DatePrecision


def read_when(text: str | None, site: str) -> When | None:
    """A date that is all there is in its field, None for what is none."""
    text = (text or "").strip()
    if not text:
        return None
    iso = _ISO.match(text)
    if iso:
        return _when(iso, site)
    try:
        return _whole(parsedate_to_datetime(text), site)
    except (ValueError, TypeError, IndexError, OverflowError):
        return find_when(text, site)


def find_when(text: str, site: str) -> When | None:
    """The first full date in a line of wire text, None where none has a year."""
    for pattern in (
        _AMERICAN,
        _DAY_TIME_MONTH,
        _TIME_DAY_MONTH,
        _ISO,
        _DAY_MONTH,
        _MONTH_DAY,
        _DOTTED,
    ):
        for match in pattern.finditer(text):
            when = _when(match, site)
            if when is not None:
                return when
    return None


def on_day(day: datetime, site: str) -> When:
    """That day, as it begins at the site's."""
    return When(day.replace(tzinfo=_fixed(site, day)), "day")


def when_in_path(path: str, site: str) -> When | None:
    """The day that a file's name or its folders tell: `2026/01/23/x`, `x-20260123`."""
    match = _IN_PATH.search(path)
    if match is None:
        return None
    try:
        day = datetime(int(match[1]), int(match[3]), int(match[4]), tzinfo=UTC)
    except ValueError:
        return None
    return on_day(day, site)


def _when(match: re.Match[str], site: str) -> When | None:
    found = match.groupdict()
    month = _MONTHS.get(found["name"].lower()) if found.get("name") else int(found["month"])
    year = int(found["year"])
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    try:
        moment = datetime(
            year,
            month or 0,
            int(found["day"]),
            int(found.get("hour") or 0),
            int(found.get("minute") or 0),
            int(found.get("second") or 0),
            tzinfo=UTC,
        )
        zone = (found.get("zone") or "").upper()
        moment = moment.replace(tzinfo=_zone(zone) if zone else _fixed(site, moment))
    except (ValueError, OverflowError):
        return None
    if moment.year < 1900:
        return None
    if not found.get("hour") or (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        day = moment.replace(hour=0, minute=0, second=0, tzinfo=UTC)
        return When(day.replace(tzinfo=_fixed(site, day)), "day")
    return When(moment, "minute")


def _whole(moment: datetime, site: str) -> When:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_fixed(site, moment.replace(tzinfo=UTC)))
    return When(moment, "minute")


def _zone(name: str) -> tzinfo:
    """ValueError for an offset no clock shows."""
    if name in _ZONES:
        hours = _ZONES[name]
        return timezone(timedelta(hours=hours)) if hours else UTC
    offset = timedelta(hours=int(name[1:3]), minutes=int(name[3:].lstrip(":") or 0))
    if not offset:
        return UTC
    return timezone(-offset if name[0] == "-" else offset)


def _fixed(site: str, moment: datetime) -> tzinfo:
    """The site's offset at that moment, in whole minutes."""
    offset = moment.replace(tzinfo=ZoneInfo(site)).utcoffset() or timedelta()
    return timezone(timedelta(minutes=offset // timedelta(minutes=1)))
