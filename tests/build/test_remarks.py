"""What is odd in a file is told by the build that reads it, and by no other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from newsdigest.base.i18n import translations
from newsdigest.base.records import Remark
from newsdigest.base.settings import ParseRules
from newsdigest.report_screen import remark_lines
from newsroom import Newsroom, article, strange_text


def test_it_is_told_once_of_files_that_are_new_or_differ(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    odd = article("Le port de Belrive ferme", "2026-01-05", "Il ferme mardi 5 janvier 2026.")
    newsroom.write("port.txt", odd)
    newsroom.write("pont.txt", article("Le pont de Belrive rouvre", "2026-01-06"))
    first = newsroom.build().report
    assert [(one.path, one.code) for one in first.remarks] == [
        ("pont.txt", "W_TINY"),
        ("port.txt", "W_TINY"),
        ("port.txt", "W_WEEKDAY"),
    ]
    (newsroom.content / "pont.txt").touch()
    assert newsroom.build().report.remarks == []
    newsroom.write("port.txt", odd.replace("Il ferme", "Il ferme donc"))
    again = newsroom.build().report
    assert [one.path for one in again.remarks] == ["port.txt", "port.txt"]
    assert again.as_json(translations("fr").gettext)["remarks"][1] == {
        "path": "port.txt",
        "code": "W_WEEKDAY",
        "message": "« mardi 5 janvier 2026 » n’existe pas : c’est le lundi 5 janvier 2026.",
    }


# -- what only the archive can tell --------------------------------------------------------------


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """One that published twenty articles in January."""
    newsroom = Newsroom(tmp_path, publishes=True)
    for number in range(20):
        day = f"2026-01-{number + 1:02}"
        newsroom.write(f"{number:02}.txt", article(f"La nouvelle {number}", day))
    newsroom.build()
    return newsroom


def told(newsroom: Newsroom, **changes: object) -> list[tuple[str, str]]:
    """What a build tells apart from its files being short, with its facts: (path, code and facts)."""
    report = newsroom.build(**changes).report
    return [
        (one.path, " ".join(map(str, (one.code, *one.facts.values()))))
        for one in report.remarks
        if one.code != "W_TINY"
    ]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2025-01-18", "W_DATE_FAR 2025-01-18 2026-01-16 2026-01-18"),
        ("2025-12-19", ""),  # a dispatch that comes late
        ("2025-11-10", "W_DATE_FAR 2025-11-10 2026-01-16"),
        ("2024-02-29", "W_DATE_FAR 2024-02-29 2026-01-16"),
        ("2026-01-31", ""),
    ],
)
def test_a_date_far_from_the_archives_end(newsroom: Newsroom, day: str, said: str) -> None:
    newsroom.write("tard.txt", article("Le pont de Belrive", day))
    found = told(newsroom)
    assert found == ([("tard.txt", said)] if said else [])
    # Edited, it is as far as it was.
    newsroom.write("tard.txt", article("Le pont de Belrive", day, text="Il est fermé."))
    assert told(newsroom) == []


def test_a_date_far_ahead_is_told_unless_the_archive_goes_there(newsroom: Newsroom) -> None:
    now = ParseRules(now=datetime(2026, 12, 1, tzinfo=UTC))
    newsroom.write("loin.txt", article("Le pont de Belrive", "2026-10-20"))
    assert told(newsroom, rules=now) == [("loin.txt", "W_DATE_FAR 2026-10-20 2026-01-17")]
    for number in range(6):
        newsroom.write(f"{number}.txt", article(f"Après l’été, {number}", "2026-10-21"))
    assert told(newsroom, rules=now) == []


def test_a_date_made_wrong_by_an_edit_is_told(newsroom: Newsroom) -> None:
    newsroom.write("10.txt", article("La nouvelle 10", "2025-01-11"))
    assert told(newsroom) == [("10.txt", "W_DATE_FAR 2025-01-11 2026-01-16 2026-01-11")]


def test_an_old_archive_is_read_for_the_first_time_without_such_a_word(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    for year in range(1990, 2026):
        newsroom.write(f"{year}.txt", article(f"L’année {year}", f"{year}-05-01"))
    assert told(newsroom) == []


def test_a_headline_that_another_article_has(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", article("LA NOUVELLE 5", "2026-01-20"))
    assert told(newsroom) == [("b.txt", "W_HEADLINE_TWICE 05 2026-01-06")]
    newsroom.write("c.txt", article("La nouvelle 5", "2026-01-21", "Une autre affaire."))
    assert told(newsroom) == []  # thrice is a rubric
    newsroom.write("d.txt", article("La nouvelle 6", "2025-12-01", "Une autre."))
    newsroom.write("e.txt", article("La nouvelle 7", "2025-11-20", "Une autre."))
    newsroom.write("f.txt", article("La nouvelle 8", "2026-01-09", "Une autre."))
    # Further off nobody confuses them, and of one day the address is told.
    assert told(newsroom) == [("d.txt", "W_HEADLINE_TWICE 06 2026-01-07")]


def test_a_headline_edited_after_it_was_published(newsroom: Newsroom) -> None:
    newsroom.write("05.txt", article("La nouvelle numéro 5", "2026-01-06"))
    assert told(newsroom) == [("05.txt", "W_HEADLINE_EDITED La nouvelle 5 05")]
    assert told(newsroom) == []
    newsroom.write("05.txt", article("La nouvelle numéro 5", "2026-01-06", text="Autre chose."))
    assert told(newsroom) == []


def test_a_draft_s_headline_may_be_edited(newsroom: Newsroom) -> None:
    newsroom.write("draft.txt", article("Demain", "2026-03-01"))
    newsroom.build()
    newsroom.write("draft.txt", article("Après-demain", "2026-03-01"))
    assert told(newsroom) == []


SENTENCES = [
    f"Selon {strange_text(str(n))[3:-1]}, la commune de Belrive prévoit {n + 3} chantiers."
    for n in range(8)
]
DISPATCH = "\n\n".join(SENTENCES)


def test_a_near_copy_of_a_published_dispatch(newsroom: Newsroom) -> None:
    newsroom.write("leader.txt", article("Belrive ouvre ses chantiers", "2026-01-19", DISPATCH))
    assert told(newsroom) == []
    copy = "\n\n".join([*SENTENCES[:-1], "La mairie a refusé de commenter."])
    newsroom.write("late.txt", article("Les chantiers de Belrive", "2026-01-20", copy))
    assert told(newsroom) == [("late.txt", "W_NEAR_COPY leader")]
    newsroom.write("early.txt", article("Chantiers à Belrive", "2026-01-18", DISPATCH))
    # Dated before what was published, which goes on leading.
    assert told(newsroom) == [("early.txt", "W_NEAR_COPY leader")]
    newsroom.write("early.txt", article("Chantiers à Belrive", "2026-01-18", DISPATCH + "\n\nFin."))
    assert told(newsroom) == []


def test_the_same_text_sent_again_weeks_later(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("Belrive ouvre ses chantiers", "2026-01-02", DISPATCH))
    assert told(newsroom) == []
    newsroom.write("b.txt", article("Belrive ouvre ses chantiers", "2026-01-19", DISPATCH))
    assert told(newsroom) == [("b.txt", "W_NEAR_COPY a 2026-01-02")]


def test_a_published_file_that_is_gone(newsroom: Newsroom) -> None:
    (newsroom.content / "05.txt").unlink()
    (newsroom.content / "06.txt").rename(newsroom.content / "six.txt")
    assert told(newsroom) == [("05.txt", "W_GONE 05")]
    assert told(newsroom) == []


def test_a_file_that_was_never_published_may_go(newsroom: Newsroom) -> None:
    newsroom.write("draft.txt", article("Demain", "2026-03-01"))
    newsroom.build()
    (newsroom.content / "draft.txt").unlink()
    assert told(newsroom) == []


# -- on the screen -------------------------------------------------------------------------------


def test_of_a_frequent_kind_three_are_shown_and_the_others_counted() -> None:
    french = translations("fr").gettext
    many = [Remark(f"{number:02}.txt", "W_PHOTO_CREDIT") for number in range(40)]
    lines = remark_lines([*many, Remark("x.txt", "W_NO_CREDIT")], "content", french)
    assert lines == [
        "content/x.txt: W_NO_CREDIT: ni agence ni auteur n'est nommé.",
        "content/00.txt: W_PHOTO_CREDIT: une photo que personne ne signe.",
        "content/01.txt: W_PHOTO_CREDIT: une photo que personne ne signe.",
        "content/02.txt: W_PHOTO_CREDIT: une photo que personne ne signe.",
        "W_PHOTO_CREDIT: et 37 autres",
    ]
    assert len(remark_lines(many[:5], "content", french)) == 5


def test_a_few_old_dates_among_many_lines_are_seen(newsroom: Newsroom) -> None:
    for number in range(30):
        newsroom.write(f"n{number}.txt", article(f"Neuf {number}", "2026-01-21"))
    newsroom.write("faux.txt", article("Faux", "2025-01-21"))
    report = newsroom.build().report
    lines = remark_lines(report.remarks, "content", str)
    assert len(report.remarks) == 32
    assert lines[0].startswith("content/faux.txt: W_DATE_FAR: dated 2025-01-21")
    assert len(lines) == 5


def test_months_that_come_at_once_are_not_far(newsroom: Newsroom) -> None:
    now = ParseRules(now=datetime(2026, 12, 1, tzinfo=UTC))
    for month in range(2, 11):
        for day in (3, 10, 17, 24):
            text = article(f"Le {day} du mois {month}", f"2026-{month:02}-{day:02}")
            newsroom.write(f"{month}-{day}.txt", text)
    assert told(newsroom, rules=now) == []
