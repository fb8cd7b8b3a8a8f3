"""The date on the first line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from newsdigest.base.records import Rejection
from wire import LEDE, MORE, NOW, RULES, TITLE, copy, read, refuse


@pytest.mark.parametrize(
    "head",
    [
        "date 2026-01-05",
        " DATE 2026-01-05",
        "Date: 2026-01-05",
        "date : 2026-01-05",
        "date 2026/01/05",
        "date 2026.01.05",
        "\ufeffdate\u00a02026-01-05",
    ],
)
def test_the_head_line_may_be_written_in_these_ways(head):
    article = read(f"{head} {TITLE}\n\n{LEDE}")
    assert (article.headline, article.iso_date, article.date_precision) == (
        TITLE,
        "2026-01-05",
        "day",
    )


@pytest.mark.parametrize(
    ("time", "iso"),
    [
        ("T14:30", "2026-01-05T14:30+01:00"),
        (" 14:30", "2026-01-05T14:30+01:00"),
        (" 14:30:59", "2026-01-05T14:30+01:00"),
        ("T14:30Z", "2026-01-05T14:30+00:00"),
        ("t23:30+07:00", "2026-01-05T23:30+07:00"),
        ("T23:30+0700", "2026-01-05T23:30+07:00"),
        ("T23:30-03:30", "2026-01-05T23:30-03:30"),
        ("T23:30+07", "2026-01-05T23:30+07:00"),
    ],
)
def test_a_time_keeps_its_zone_and_its_day(time, iso):
    article = read(f"date 2026-01-05{time} {TITLE}\n\n{LEDE}")
    assert (article.headline, article.iso_date, article.date_precision) == (TITLE, iso, "minute")


def test_a_dash_between_date_and_headline_is_no_part_of_it():
    for between in ("– ", "- ", "— ", "| ", ": "):
        assert read(f"date 2026-01-05 {between}{TITLE}\n\n{LEDE}").headline == TITLE
    for headline in ("-5 degrés à Montrevert", "– 5 degrés à Montrevert", "« Non », dit le maire"):
        assert read(f"date 2026-01-05 {headline}\n\n{LEDE}").headline == headline


def test_a_time_without_a_zone_is_the_sites():
    article = read(copy(LEDE, date="2026-07-05 09:00"), rules=replace(RULES, timezone="Asia/Tokyo"))
    assert article.published.utcoffset() == timedelta(hours=9)
    summer = read(copy(LEDE, date="2025-07-05"))
    assert summer.published == datetime(2025, 7, 5, tzinfo=timezone(timedelta(hours=2)))


def test_hours_of_another_form_belong_to_the_headline():
    assert read(
        copy(LEDE, title="14h30, place de la halle : le marché a rouvert ses portes")
    ).headline == ("14h30, place de la halle : le marché a rouvert ses portes")
    assert (
        read(f"date 2026-01-05 9:30 au marché de Montrevert, ce lundi\n\n{LEDE}").date_precision
        == "day"
    )


def test_a_month_is_its_first_day():
    article = read(copy(LEDE, date="2025-08"))
    assert (article.iso_date, article.date_precision) == ("2025-08", "month")
    assert article.published.day == 1
    assert "W_DATE_MONTH" in article.warnings
    assert read(copy(LEDE, date="2025/08")).iso_date == "2025-08"


@pytest.mark.parametrize(
    ("line", "found", "suggestion"),
    [
        ("date 23/01/2026 Titre", "23/01/2026", "2026-01-23"),
        ("date 2026 Titre", "2026", "2026-02-01"),
        ("date 2026-1-5 Titre", "2026-1-5", "2026-01-05"),
        ("date 20260105 Titre", "20260105", "2026-01-05"),
        ("date 2026-01-05Titre", "2026-01-05Titre", "2026-01-05"),
        ("date:2026-01-05 Titre", "2026-01-05", "2026-01-05"),
        ("date 2026-01-05T14h30 Titre", "2026-01-05T14h30", "2026-01-05"),
        ("date demain Titre", "demain Titre", "2026-02-01"),
        ("date 2026-01-5 Titre", "2026-01-5", "2026-01-05"),
        ("date 99/99/2026 Titre", "99/99/2026", "2026-02-01"),
    ],
)
def test_an_unreadable_date_is_quoted_and_the_right_form_shown(line, found, suggestion):
    rejection = refuse(f"{line}\n\n{LEDE}")
    assert rejection == Rejection(
        "essai.txt", "E_DATE_FORMAT", 1, {"found": found, "suggestion": suggestion}
    )


def test_a_bare_date_word_is_unreadable():
    assert refuse("date\n\n" + LEDE).facts == {"suggestion": "2026-02-01"}


def test_a_first_line_without_date_is_quoted_with_the_line_that_has_it():
    rejection = refuse(f"International / Politique\n\ndate 2026-01-05 {TITLE}\n\n{LEDE}")
    assert rejection == Rejection(
        "essai.txt", "E_DATE_MISSING", 1, {"found": "International / Politique", "later": 3}
    )
    assert refuse(f"\n\n{TITLE}\n\n{LEDE}").facts == {"found": TITLE[:58] + "…"}
    assert refuse(f"\n\n{TITLE}\n\n{LEDE}").line == 3
    assert refuse("Dates à retenir\n\n" + LEDE).code == "E_DATE_MISSING"


@pytest.mark.parametrize(
    "date",
    [
        "2026-02-30",
        "2026-13-01",
        "2026-00",
        "1899-12-31",
        "0000-01-01",
        "2026-01-05 25:00",
        "2026-01-05 10:61",
        "2026-01-05T10:00+99:00",
        "2026-01-05T10:00+07:75",
    ],
)
def test_a_date_no_calendar_has_is_impossible(date):
    rejection = refuse(f"date {date} {TITLE}\n\n{LEDE}")
    assert (rejection.code, rejection.facts["date"]) == ("E_DATE_IMPOSSIBLE", date)


def test_dates_to_come_are_drafts_and_far_ones_are_refused():
    assert read(copy(LEDE, date="2026-02-01")).status == "published"
    draft = read(copy(LEDE, date="2026-02-02"))
    assert (draft.status, draft.warnings[0]) == ("draft", "W_DATE_FUTURE")
    assert read(copy(LEDE, date="2027-02-02")).status == "draft"
    assert refuse(copy(LEDE, date="2027-02-03")).code == "E_DATE_FUTURE"
    assert refuse(copy(LEDE, date="9999-12-31T23:59-12:00")).facts == {
        "date": "9999-12-31T23:59-12:00"
    }
    assert read(copy(LEDE, date="2026-03")).warnings[:2] == ("W_DATE_MONTH", "W_DATE_FUTURE")


@pytest.mark.parametrize(
    ("zone", "date", "due"),
    [
        # A time is an embargo to the minute, in the site's zone or the one it names.
        ("Europe/Paris", "2026-01-15 18:00", "2026-01-15T17:00:00Z"),
        ("America/New_York", "2026-01-15 18:00", "2026-01-15T23:00:00Z"),
        ("Europe/Paris", "2026-01-15T18:00-05:00", "2026-01-15T23:00:00Z"),
        ("America/New_York", "2026-01-15T18:00+07:00", "2026-01-15T11:00:00Z"),
        # A day begins at the site's midnight, whatever the day elsewhere; so does a month.
        ("Europe/Paris", "2026-01-15", "2026-01-14T23:00:00Z"),
        ("America/New_York", "2026-01-15", "2026-01-15T05:00:00Z"),
        ("Pacific/Kiritimati", "2026-01-15", "2026-01-14T10:00:00Z"),
        ("America/New_York", "2026-01", "2026-01-01T05:00:00Z"),
        ("Europe/Paris", "2026-01-01", "2025-12-31T23:00:00Z"),
        ("America/New_York", "2025-12-31 23:59", "2026-01-01T04:59:00Z"),
        # The clocks leap over 02:30 in March and show it twice in November: the first counts.
        ("America/New_York", "2025-03-09 02:30", "2025-03-09T07:30:00Z"),
        ("America/New_York", "2025-11-02 01:30", "2025-11-02T05:30:00Z"),
        ("America/New_York", "2025-11-02T01:30-05:00", "2025-11-02T06:30:00Z"),
        ("Europe/Paris", "2025-03-30 03:00", "2025-03-30T01:00:00Z"),
        # A day may begin at one o'clock.
        ("America/Havana", "2025-03-09", "2025-03-09T05:00:00Z"),
        ("America/Havana", "2025-03-09 01:00", "2025-03-09T05:00:00Z"),
    ],
)
def test_an_article_is_a_draft_until_the_moment_it_is_dated(zone, date, due):
    moment = datetime.fromisoformat(due)
    for now, status in ((moment - timedelta(seconds=1), "draft"), (moment, "published")):
        rules = replace(RULES, now=now.astimezone(ZoneInfo(zone)), timezone=zone)
        assert read(copy(LEDE, date=date), rules=rules).status == status


def test_the_oldest_day_and_its_odd_offset_are_read():
    assert read(copy(LEDE, date="1900-01-01")).iso_date == "1900-01-01"


def test_a_second_date_line_means_two_articles():
    rejection = refuse(copy(LEDE, MORE, f"date 2026-01-06 {TITLE}", LEDE))
    assert rejection == Rejection("essai.txt", "E_TWO_ARTICLES", 7, {"second": 7})
    assert refuse(copy("Voir plus", f"Date: 2026/02/30 {TITLE}")).code == "E_TWO_ARTICLES"


@pytest.mark.parametrize("line", ["date 2026-01-06", "date 2026-01 Autre titre", "date de fin : 3"])
def test_a_date_without_day_or_headline_is_no_second_article(line):
    assert line in str(read(copy(LEDE, line, MORE)).blocks)


def test_now_must_say_its_zone():
    with pytest.raises(ValueError, match="aware"):
        replace(RULES, now=NOW.replace(tzinfo=None))
    assert NOW.tzinfo is UTC
