"""Dates in words, in the reader's language, from the ISO dates the records carry.

The names of months and days are CLDR's (Babel): the process's locale and clock are never asked,
so every machine prints the same. Languages without a form of their own here follow the English
order with their own names; an unknown language reads English. Labels hold plain spaces:
`typography.typeset` makes « 23 janvier » unbreakable where a template wants it.
"""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import timezone as fixed_zone
from functools import lru_cache
from zoneinfo import ZoneInfo


def label(iso_date: str, lang: str) -> str:
    """A date at the precision it is written in: year, month, week (`2026-W04`), day or minute.

    `2025-08` gives « août 2025 », `2026-01-23` « 23 janvier 2026 », `2026-01-23T14:30+01:00`
    « 23 janvier 2026 à 14 h 30 » (the wall clock as written, seconds left out).
    """
    if len(iso_date) == 4:
        return iso_date
    if len(iso_date) == 7:
        return month_label(iso_date, lang)
    if len(iso_date) == 8:
        return week_label(iso_date, lang)
    if len(iso_date) == 10:
        return day_label(iso_date, lang)
    return minute_label(iso_date, lang)


@lru_cache(maxsize=65536)
def long_day(iso_day: str, lang: str) -> str:
    """« vendredi 23 janvier 2026 », `Friday 23 January 2026`, `Thứ Sáu, 23/01/2026`."""
    names = _names(lang)
    weekday = names.days[date.fromisoformat(iso_day[:10]).weekday()]
    comma = "," if names.numeric else ""
    return f"{weekday}{comma} {day_label(iso_day, lang)}"


def edition_label(period: str, lang: str) -> str:
    """What an edition is called: the long day, or the month where only months are known."""
    return long_day(period, lang) if len(period) == 10 else month_label(period, lang)


@lru_cache(maxsize=65536)
def day_label(iso_day: str, lang: str) -> str:
    """« 23 janvier 2026 », « 1er janvier 2026 », `23 January 2026`, `23/01/2026`."""
    separator = "/" if _names(lang).numeric else " "
    return f"{short_day(iso_day, lang)}{separator}{iso_day[:4]}"


@lru_cache(maxsize=4096)
def short_day(iso_day: str, lang: str) -> str:
    """A day without its year: « 23 janvier », `23 January`, `23/01`."""
    names = _names(lang)
    if names.numeric:
        return f"{iso_day[8:10]}/{iso_day[5:7]}"
    day = int(iso_day[8:10])
    number = "1er" if day == 1 and names.lang == "fr" else str(day)
    return f"{number} {names.months[int(iso_day[5:7]) - 1]}"


@lru_cache(maxsize=8192)
def month_label(iso_month: str, lang: str, *, heading: bool = False) -> str:
    """« janvier 2026 », `January 2026`, `tháng 1 năm 2026`; `heading` gives it a capital.

    A longer ISO date is read as its month.
    """
    names = _names(lang)
    year = f" năm {iso_month[:4]}" if names.lang == "vi" else f" {iso_month[:4]}"
    text = names.months[int(iso_month[5:7]) - 1] + year
    return text[0].upper() + text[1:] if heading else text


@lru_cache(maxsize=1024)
def week_label(iso_week: str, lang: str) -> str:
    """« semaine du 19 janvier 2026 », `week of 19 January 2026`, `tuần từ 19/01/2026`."""
    monday = date.fromisocalendar(int(iso_week[:4]), int(iso_week[6:]), 1).isoformat()
    week = {"fr": "semaine du", "vi": "tuần từ"}.get(_names(lang).lang, "week of")
    return f"{week} {day_label(monday, lang)}"


@lru_cache(maxsize=8192)
def minute_label(iso_minute: str, lang: str) -> str:
    """« 23 janvier 2026 à 14 h 30 », `23 January 2026, 14:30`, `14:30, 23/01/2026`."""
    names, day = _names(lang), day_label(iso_minute, lang)
    hour, minute = iso_minute[11:13], iso_minute[14:16]
    if names.lang == "fr":
        return f"{day} à {int(hour)} h" + ("" if minute == "00" else f" {minute}")
    if names.lang == "vi":
        return f"{hour}:{minute}, {day}"
    return f"{day}, {hour}:{minute}"


def at(iso_date: str, lang: str, day: str = "") -> str:
    """« à 14 h 30 », « le 23 janvier 2026 à 14 h 30 », « le 23 janvier 2026 » with the preposition; the
    hour alone on `day` (`YYYY-MM-DD`), if there is one."""
    if "T" not in iso_date:
        return on(iso_date, lang)
    names, hour, minute = _names(lang).lang, iso_date[11:13], iso_date[14:16]
    if names == "fr":
        clock = f"à {int(hour)} h" + ("" if minute == "00" else f" {minute}")
    else:
        clock = f"{'lúc' if names == 'vi' else 'at'} {hour}:{minute}"
    if iso_date[:10] == day:
        return clock
    if names == "vi":
        return f"{clock}, {day_label(iso_date, lang)}"
    return (
        f"{on(iso_date[:10], lang)} {clock}"
        if names == "fr"
        else f"{clock}, {day_label(iso_date, lang)}"
    )


def since(iso_date: str, lang: str) -> str:
    """« du 3 mai 2026 », « de mai 2026 », « d’avril 2026 »; `from 3 May 2026`; `từ 03/05/2026`."""
    if _names(lang).lang != "fr":
        return f"{'từ' if _names(lang).lang == 'vi' else 'from'} {label(iso_date, lang)}"
    text = label(iso_date, lang)
    if len(iso_date) >= 10:
        return f"du {text}"
    return f"d’{text}" if text[0] in "ao" else f"de {text}"


def until(iso_date: str, lang: str) -> str:
    """« au 3 mai 2026 », « à mai 2026 »; `to 3 May 2026`; `đến 03/05/2026`."""
    if _names(lang).lang == "fr":
        return f"{'au' if len(iso_date) >= 10 else 'à'} {label(iso_date, lang)}"
    return f"{'đến' if _names(lang).lang == 'vi' else 'to'} {label(iso_date, lang)}"


def span(first: str, last: str, lang: str) -> str:
    """« du 3 au 5 mai 2026 », « du 3 mai au 5 juin 2026 », « de mai 2026 à juin 2026 »: dates of any
    precision; what two days share is said once, but where dates are figures alone."""
    names = _names(lang)
    if names.numeric or first[:4] != last[:4] or min(len(first), len(last)) < 10:
        return f"{since(first, lang)} {until(last, lang)}"
    begins = short_day(first, lang)
    if first[:7] == last[:7]:
        begins = begins.partition(" ")[0]
    return f"{'du' if names.lang == 'fr' else 'from'} {begins} {until(last, lang)}"


def on(iso_date: str, lang: str) -> str:
    """« le 3 mai 2026 », « en mai 2026 »; `on 3 May 2026`, `in May 2026`; `ngày 03/05/2026`."""
    whole = len(iso_date) >= 10
    if _names(lang).lang == "fr":
        return f"{'le' if whole else 'en'} {label(iso_date, lang)}"
    if _names(lang).lang == "vi":
        return f"ngày {label(iso_date, lang)}" if whole else label(iso_date, lang)
    return f"{'on' if whole else 'in'} {label(iso_date, lang)}"


def weekday_headers(lang: str) -> tuple[tuple[str, str], ...]:
    """(short, full) names of the days for the head of a calendar, Monday first as in `month_grid`.

    In French (« lun. », « lundi »), in Vietnamese (`T2`, `Thứ Hai`).
    """
    names = _names(lang)
    return tuple(zip(names.short_days, names.days, strict=True))


def month_names(lang: str) -> tuple[str, ...]:
    """January first, as they stand in a date: « janvier », `January`, `tháng 1`."""
    return _names(lang).months


def day_names(lang: str) -> tuple[str, ...]:
    """Monday first: « lundi », `Monday`, `Thứ Hai`."""
    return _names(lang).days


def nearest(day: int, month: int, near: date) -> date | None:
    """That day of the year which brings it nearest to `near`, the earlier of two; None where there is none."""
    found = [one for year in (-1, 0, 1) if (one := existing(near.year + year, month, day))]
    return min(found, key=lambda one: (abs(one - near), one), default=None)


def existing(year: int, month: int, day: int) -> date | None:
    """The date, None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=2048)
def month_grid(iso_month: str) -> tuple[tuple[str, ...], ...]:
    """The weeks of a month, Monday first: seven ISO days each, "" outside the month."""
    year, month = int(iso_month[:4]), int(iso_month[5:7])
    return tuple(
        tuple(day.isoformat() if day.month == month else "" for day in week)
        for week in Calendar(firstweekday=0).monthdatescalendar(year, month)
    )


def iso_day(iso_date: str) -> str:
    """The day of a date of any precision; a month or a year gives its first day."""
    return (iso_date + "-01-01")[:10]


def aware(moment: datetime, timezone: str) -> datetime:
    """The same instant with the offset `timezone` has then; a naive moment is that zone's clock.

    In the hour that a clock change repeats, a naive moment means the first (`fold=0`); one that
    the change skips is moved past it. The offset is in whole minutes, as RFC 3339 wants it.
    """
    zone = _zone(timezone)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    # By way of UTC: astimezone() to the zone it already has would keep a skipped hour.
    local = moment.astimezone(UTC).astimezone(zone)
    offset = local.utcoffset() or timedelta()
    if offset % timedelta(minutes=1):
        # Local mean time: Paris was 9 min 21 s ahead until 1911. Rounded up, midnight stays on
        # its day.
        minutes = -(-int(offset.total_seconds()) // 60)
        local = local.astimezone(fixed_zone(timedelta(minutes=minutes)))
    return local


@dataclass(frozen=True, slots=True)
class _Names:
    lang: str
    numeric: bool
    months: tuple[str, ...]
    days: tuple[str, ...]
    short_days: tuple[str, ...]


@lru_cache(maxsize=64)
def _names(lang: str) -> _Names:
    # Imported at the first date only: a worker that renders none does not pay for it.
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en")
    months = locale.months["format"]["wide"]
    days = locale.days["format"]
    return _Names(
        lang=locale.language,
        numeric=locale.language == "vi",
        months=tuple(months[month] for month in range(1, 13)),
        days=tuple(days["wide"][day] for day in range(7)),
        short_days=tuple(days["abbreviated"][day] for day in range(7)),
    )


@lru_cache(maxsize=16)
def _zone(timezone: str) -> ZoneInfo:
    return ZoneInfo(timezone)


def shifted(day: str, days: int) -> str:
    """The day (`YYYY-MM-DD`) so many days later, earlier for a negative number.

    Where the calendar ends, the day itself.
    """
    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()
    except OverflowError:
        return day
