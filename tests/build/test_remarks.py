"""What is odd in a file is told by the build that reads it, and by no other."""

from __future__ import annotations

from pathlib import Path

from newsdigest.base.i18n import translations
from newsroom import Newsroom, article


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
