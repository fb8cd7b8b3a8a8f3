"""Dates as the reader reads them, whatever the machine's language and clock."""

import locale
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from newsdigest.text import dates


@pytest.mark.parametrize(
    ("lang", "printed"),
    [
        ("fr", "vendredi 23 janvier 2026"),
        ("en", "Friday 23 January 2026"),
        ("vi", "Thứ Sáu, 23/01/2026"),
        ("fr-CA", "vendredi 23 janvier 2026"),
        ("de", "Freitag 23 Januar 2026"),
        ("klingon", "Friday 23 January 2026"),
    ],
)
def test_the_full_date_of_a_day(lang: str, printed: str) -> None:
    assert dates.long_day("2026-01-23", lang) == printed


@pytest.mark.parametrize(
    ("iso_date", "lang", "printed"),
    [
        ("2026", "fr", "2026"),
        ("2025-08", "fr", "août 2025"),
        ("2026-W05", "fr", "semaine du 26 janvier 2026"),
        ("2026-W01", "en", "week of 29 December 2025"),
        ("2026-W05", "vi", "tuần từ 26/01/2026"),
        ("2026-01-23", "fr", "23 janvier 2026"),
        ("2026-01-01", "fr", "1er janvier 2026"),
        ("2026-01-23T14:30+01:00", "fr", "23 janvier 2026 à 14 h 30"),
        ("2026-01-23T09:00+01:00", "fr", "23 janvier 2026 à 9 h"),
        ("2025-08", "en", "August 2025"),
        ("2026-01-01", "en", "1 January 2026"),
        ("2026-01-23T14:30+07:00", "en", "23 January 2026, 14:30"),
        ("2025-08", "vi", "tháng 8 năm 2025"),
        ("2026-01-02", "vi", "02/01/2026"),
        ("2026-01-23T14:30+07:00", "vi", "14:30, 23/01/2026"),
    ],
)
def test_a_date_is_shown_as_precisely_as_it_is_written(
    iso_date: str, lang: str, printed: str
) -> None:
    assert dates.label(iso_date, lang) == printed


def test_a_day_may_leave_out_its_year() -> None:
    assert [dates.short_day("2026-05-01", lang) for lang in ("fr", "en", "vi")] == [
        "1er mai",
        "1 May",
        "01/05",
    ]


def test_a_month_as_a_heading_has_a_capital() -> None:
    assert dates.month_label("2026-04", "fr", heading=True) == "Avril 2026"
    assert dates.month_label("2026-04", "fr") == "avril 2026"


def test_a_calendar_begins_on_monday() -> None:
    assert [name for _, name in dates.weekday_headers("fr")] == [
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
    ]
    weeks = dates.month_grid("2026-02")
    assert weeks[0] == ("", "", "", "", "", "", "2026-02-01")
    assert weeks[-1] == (*(f"2026-02-{day}" for day in range(23, 29)), "")


def test_every_date_has_a_day() -> None:
    assert [dates.iso_day(d) for d in ("2026", "2025-08", "2026-01-23T14:30+01:00")] == [
        "2026-01-01",
        "2025-08-01",
        "2026-01-23",
    ]


@pytest.mark.parametrize(
    ("clock", "iso"),
    [
        ("2026-01-23T00:00", "2026-01-23T00:00:00+01:00"),
        ("2026-07-14T00:00", "2026-07-14T00:00:00+02:00"),
        # The night of 29 March 2026: 2:00 becomes 3:00.
        ("2026-03-29T01:59", "2026-03-29T01:59:00+01:00"),
        ("2026-03-29T02:30", "2026-03-29T03:30:00+02:00"),
        ("2026-03-29T03:00", "2026-03-29T03:00:00+02:00"),
        # The night of 25 October 2026: 2:00 to 3:00 happens twice.
        ("2026-10-25T02:30", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T03:00", "2026-10-25T03:00:00+01:00"),
        # Paris kept its own mean time, 9 minutes and 21 seconds ahead.
        ("1905-06-01T00:00", "1905-06-01T00:00:39+00:10"),
    ],
)
def test_paris_time_in_every_season(clock: str, iso: str) -> None:
    assert dates.aware(datetime.fromisoformat(clock), "Europe/Paris").isoformat() == iso


def test_a_foreign_clock_is_the_same_instant_in_paris() -> None:
    hanoi = datetime(2026, 10, 25, 8, 30, tzinfo=timezone(timedelta(hours=7)))
    assert dates.aware(hanoi, "Europe/Paris").isoformat() == "2026-10-25T02:30:00+01:00"


def test_a_skipped_hour_already_in_paris_time_is_moved_too() -> None:
    skipped = datetime(2026, 3, 29, 2, 30, tzinfo=ZoneInfo("Europe/Paris"))
    assert dates.aware(skipped, "Europe/Paris").isoformat() == "2026-03-29T03:30:00+02:00"


def test_the_machine_s_language_changes_nothing() -> None:
    before = locale.setlocale(locale.LC_ALL)
    for name in ("fr_FR.UTF-8", "C.UTF-8", "C"):
        try:
            locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            continue
        dates.long_day.cache_clear()
        dates.day_label.cache_clear()
        assert dates.long_day("2026-01-23", "en") == "Friday 23 January 2026"
    locale.setlocale(locale.LC_ALL, before)


def test_a_day_is_counted_from_another_and_stays_in_the_calendar() -> None:
    assert dates.shifted("2026-02-27", 3) == "2026-03-02"
    assert dates.shifted("2026-01-01", -1) == "2025-12-31"
    assert dates.shifted("9999-12-31", 1) == "9999-12-31"


def test_a_month_is_never_said_as_a_day() -> None:
    assert dates.span("2025-12", "2026-02-01", "fr") == "de décembre 2025 au 1er février 2026"
    assert dates.span("2026-05-03", "2026-05-05", "fr") == "du 3 au 5 mai 2026"
    assert dates.span("2026-05-31", "2026-06-01", "fr") == "du 31 mai au 1er juin 2026"
    assert dates.span("2025-12-31", "2026-01-01", "fr") == (
        "du 31 décembre 2025 au 1er janvier 2026"
    )
    assert dates.span("2025-08", "2025-09", "fr") == "d’août 2025 à septembre 2025"
    assert [dates.on(iso, "fr") for iso in ("2025-12", "2025-12-01")] == [
        "en décembre 2025",
        "le 1er décembre 2025",
    ]
    assert dates.span("2025-12", "2026-02-01", "en") == "from December 2025 to 1 February 2026"
    assert dates.on("2025-12", "en") == "in December 2025"
    assert dates.span("2026-05-03", "2026-05-05", "en") == "from 3 to 5 May 2026"
    assert dates.span("2026-05-03", "2026-05-05", "vi") == "từ 03/05/2026 đến 05/05/2026"
    assert dates.span("2025-12", "2026-02-01", "vi") == "từ tháng 12 năm 2025 đến 01/02/2026"
    assert dates.on("2025-12-01", "vi") == "ngày 01/12/2025"
