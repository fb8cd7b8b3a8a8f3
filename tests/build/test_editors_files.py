"""decisions.toml and entities.tsv that cannot be read: what they last said stands, and is said so."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from newsdigest.base.errors import EditorsFileError
from newsdigest.base.i18n import translations
from newsdigest.build import Outcome
from newsdigest.commands.links_review import review_links
from newsdigest.report_screen import show
from newsroom import Newsroom, article
from rich.console import Console

DECIDED = """
[[link]]
article = "suite"
headline = "Le début"
target = "autre"
"""
SPOILT: dict[str, Callable[[Path], object]] = {
    "syntax": lambda file: file.write_text("[[link]\n"),
    "cut while it was saved": lambda file: file.write_text(DECIDED[:-8]),
    "another list": lambda file: file.write_text(DECIDED + "[[lien]]\narticle = 'suite'\n"),
    "wrong types": lambda file: file.write_text("link = 3\n"),
    "not UTF-8": lambda file: file.write_bytes(DECIDED.encode("latin-1")),
    "NUL": lambda file: file.write_bytes(b"\0" * 512),
    "brackets": lambda file: file.write_text("x = " + "[" * 5000),
    "a number": lambda file: file.write_text("x = " + "9" * 5000),
    "huge": lambda file: file.write_text("#" * 3_000_000),
    "a folder": lambda file: (file.unlink(), file.mkdir()),
    "a pipe": lambda file: (file.unlink(), os.mkfifo(file)),
    "a link in a circle": lambda file: (file.unlink(), file.symlink_to(file.name)),
}


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom(tmp_path)
    newsroom.write("suite.txt", article("La suite", "2026-01-20", related=("Le début",)))
    newsroom.write("debut.txt", article("Le début", "2026-01-10"))
    newsroom.write("autre.txt", article("Tout autre chose", "2026-01-11"))
    newsroom.write("gone.txt", article("À retirer", "2026-01-12"))
    newsroom.write("decisions.toml", DECIDED)
    return newsroom


def screen(outcome: Outcome) -> str:
    text = io.StringIO()
    show(outcome.report, Console(file=text, width=200), translations("en").gettext, "content")
    return text.getvalue()


def target(newsroom: Newsroom) -> str:
    with closing(sqlite3.connect(newsroom.folder / "cache" / "archive.sqlite")) as store:
        return store.execute("SELECT target FROM refs").fetchone()[0]


@pytest.mark.parametrize("how", SPOILT)
def test_decisions_that_cannot_be_read_leave_the_last_good_ones_in_force(
    newsroom: Newsroom, how: str
) -> None:
    newsroom.build()
    SPOILT[how](newsroom.content / "decisions.toml")
    (newsroom.content / "gone.txt").unlink()
    newsroom.write("neuf.txt", article("Du nouveau", "2026-01-21"))
    outcome = newsroom.build()
    first, *_rest = screen(outcome).splitlines()
    assert first.startswith("content/decisions.toml")
    assert first.endswith("Until then what it said when it was last read stands.")
    (told,) = outcome.report.as_json(str)["editors_files"]
    assert told["file"] == "decisions.toml"
    assert told["message"]
    assert told["hint"]
    assert target(newsroom) == "autre"
    assert outcome.report.removed == 1
    assert "2026/01/12/a-retirer.html" not in newsroom.site
    assert "2026/01/21/du-nouveau.html" in newsroom.site
    # Said again as long as it is so, and no more when it is mended.
    assert screen(newsroom.build()).startswith("content/decisions.toml")
    file = newsroom.content / "decisions.toml"
    shutil.rmtree(file) if file.is_dir() else file.unlink()
    assert newsroom.build().report.unreadable == []
    assert target(newsroom) == "debut"
    assert newsroom.site == newsroom.clean_build()


@pytest.mark.parametrize("how", SPOILT)
def test_without_a_last_good_version_the_build_refuses(newsroom: Newsroom, how: str) -> None:
    SPOILT[how](newsroom.content / "decisions.toml")
    with pytest.raises(EditorsFileError) as found:
        newsroom.build()
    assert found.value.exitcode == 1
    assert found.value.text(str).startswith("decisions.toml")
    assert newsroom.site == {}


def test_the_last_good_version_outlives_a_store_of_another_version(newsroom: Newsroom) -> None:
    newsroom.build()
    newsroom.write("decisions.toml", "[[link]\n")
    for _ in range(2):
        with closing(sqlite3.connect(newsroom.folder / "cache" / "archive.sqlite")) as store:
            store.execute("UPDATE meta SET value = 'other' WHERE name = 'version'")
            store.commit()
        outcome = newsroom.build()
        assert outcome.report.made_anew == "version"
        assert target(newsroom) == "autre"


def test_names_that_cannot_be_read_leave_the_last_good_ones_in_force(newsroom: Newsroom) -> None:
    text = "Anna Korvat est arrivée à Genève lundi."
    for day in "12":
        newsroom.write(f"{day}.txt", article(f"Arrivée {day}", f"2026-01-0{day}", text))
    newsroom.write("entities.tsv", "place\tGenève\t\tlabel=Genève-Ville\n")
    newsroom.build()
    assert "entites/geneve-ville/index.html" in newsroom.site
    (newsroom.content / "entities.tsv").write_bytes("place\tGenève\n\xff".encode("latin-1"))
    newsroom.write("3.txt", article("Arrivée 3", "2026-01-03", text))
    outcome = newsroom.build()
    assert screen(outcome).startswith("content/entities.tsv, line 1: this is not UTF-8.")
    assert "entites/geneve-ville/index.html" in newsroom.site
    assert b"2026/01/03" in newsroom.site["entites/geneve-ville/index.html"]


def test_a_decision_that_names_an_unknown_article_says_so(newsroom: Newsroom) -> None:
    newsroom.write("caf\u00e9.txt", article("Le café"))
    newsroom.write(
        "decisions.toml",
        f'{DECIDED}\n[[apart]]\narticle = "suite"\nother = "monde/debut"\n'
        '\n[[split]]\narticle = "cafe\u0301"\n\n[[split]]\narticle = "monde/\u001b"\n'.replace(
            "\u001b", "\\u001b"
        ),
    )
    outcome = newsroom.build()
    told = screen(outcome)
    assert 'content/decisions.toml:7: [[apart]]: no article "monde/debut" in the archive.' in told
    assert 'content/decisions.toml:14: [[split]]: no article "monde/\\x1b" in the archive.' in told
    assert 'no article "caf' not in told
    assert outcome.report.as_json(str)["decisions"]["unknown"] == [
        {"kind": "apart", "id": "monde/debut", "line": 7},
        {"kind": "split", "id": "monde/\x1b", "line": 14},
    ]


def test_an_article_is_decided_on_in_either_form_of_its_accents(newsroom: Newsroom) -> None:
    newsroom.write("cafe\u0301.txt", article("Le café", "2026-01-21", related=("Le début",)))
    newsroom.write("decisions.toml", DECIDED.replace("suite", "caf\u00e9"))
    newsroom.build()
    before = newsroom.site
    newsroom.write("decisions.toml", DECIDED.replace("suite", "cafe\u0301"))
    assert newsroom.build().report.pages_written == 0
    assert newsroom.site == before
    assert b"tout-autre-chose" in newsroom.site["2026/01/21/le-cafe.html"]


def test_the_review_of_links_reads_the_decisions_in_force(newsroom: Newsroom, capsys) -> None:
    newsroom.build()
    newsroom.write("decisions.toml", "[[link]\n")
    newsroom.build()
    assert review_links(newsroom.settings, waiting=True, ambiguous=True, why="") == 0
    assert capsys.readouterr().err == ""
