"""A moment as wires write it, in three languages; what is not understood is no moment."""

from __future__ import annotations

from datetime import date

import pytest
from newsdigest.text.moments import read_moment

# A Thursday.
DAY = date(2026, 1, 22)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("23 janvier 2026 à 6h00", "2026-01-23T06:00+01:00"),
        ("vendredi 23 janvier 2026 à 6 heures (heure de Paris)", "2026-01-23T06:00+01:00"),
        ("VENDREDI 23 JANVIER 2026, 06H00 GMT", "2026-01-23T06:00+00:00"),
        ("1er février 2026, 05h00 TU", "2026-02-01T05:00+00:00"),
        ("23/01/2026 06:00", "2026-01-23T06:00+01:00"),
        ("23.01.26, 18.00 GMT", "2026-01-23T18:00+00:00"),
        ("2026-01-23 06:00 +07:00", "2026-01-23T06:00+07:00"),
        ("2026-01-23T06:00Z", "2026-01-23T06:00+00:00"),
        ("le 23 janvier", "2026-01-23T00:00+01:00"),
        ("2 janvier à 18 h 30", "2026-01-02T18:30+01:00"),
        ("demain 6h", "2026-01-23T06:00+01:00"),
        ("samedi midi", "2026-01-24T12:00+01:00"),
        ("06h00", "2026-01-22T06:00+01:00"),
        ("15 juillet 2026 à 8h", "2026-07-15T08:00+02:00"),
        ("6:00 a.m. ET on January 23, 2026", "2026-01-23T06:00-05:00"),
        ("00:01 GMT FRIDAY 23 JANUARY 2026", "2026-01-23T00:01+00:00"),
        ("0001 GMT, Jan. 23", "2026-01-23T00:01+00:00"),
        ("Friday, January 23rd, 2026 at 10:30pm GMT+7", "2026-01-23T22:30+07:00"),
        ("5 p.m. Eastern Time, Thursday, Jan. 22, 2026", "2026-01-22T17:00-05:00"),
        ("12 noon on 23 Jan 2026", "2026-01-23T12:00+01:00"),
        ("23 January 2026 00:01 GMT / 22 January 2026 19:01 EST", "2026-01-23T00:01+00:00"),
        ("6 giờ ngày 23/1/2026", "2026-01-23T06:00+01:00"),
        ("06:00 ngày 23 tháng 1 năm 2026", "2026-01-23T06:00+01:00"),
        ("Thứ Sáu, 23/01/2026, 6h sáng", "2026-01-23T06:00+01:00"),
        ("0h00 ngày 24-1-2026 (giờ Hà Nội)", "2026-01-24T00:00+07:00"),
    ],
)
def test_what_wires_write_is_that_instant(written: str, moment: str) -> None:
    found = read_moment(written, "Europe/Paris", DAY)
    assert found is not None
    assert found.isoformat(timespec="minutes") == moment


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("le 23 janvier 2026 à minuit", "2026-01-24T00:00+01:00"),
        ("jusqu'au 23 janvier inclus", "2026-01-24T00:00+01:00"),
        ("23 janvier 2026, 24h00", "2026-01-24T00:00+01:00"),
        ("25 octobre 2026, 2h30", "2026-10-25T02:30+01:00"),  # the second of the two
        ("06:00:30 le 23 janvier 2026", "2026-01-23T06:01+01:00"),
    ],
)
def test_in_doubt_the_later_reading_counts(written: str, moment: str) -> None:
    found = read_moment(written, "Europe/Paris", DAY)
    assert found is not None
    assert found.isoformat(timespec="minutes") == moment


@pytest.mark.parametrize(
    "written",
    [
        "",
        "nouvel ordre",
        "jeudi 23 janvier 2026",  # a Friday
        "23 janvier 6h heure locale",
        "janvier 2026",
        "30 février 2026",
        "23 janvier 2026 à 25h",
        "23 janvier 6h ou 7h",
        "23 janvier, dès la fin du match",
        "2026-99-01",
    ],
)
def test_what_is_not_understood_to_the_last_word_is_no_moment(written: str) -> None:
    assert read_moment(written, "Europe/Paris", DAY) is None


def test_an_english_writer_may_put_the_month_first() -> None:
    assert read_moment("01/02/2026 6 am", "Europe/Paris", DAY, "en") is None
    found = read_moment("01/23/2026 6 am", "Europe/Paris", DAY, "en")
    assert found is not None
    assert found.isoformat() == "2026-01-23T06:00:00+01:00"


def test_without_a_day_at_hand_the_year_must_be_written() -> None:
    assert read_moment("23 janvier à 6h", "Europe/Paris") is None
    assert read_moment("demain à 6h", "Europe/Paris") is None
