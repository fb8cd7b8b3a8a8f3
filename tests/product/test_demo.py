"""The archives that `invoke demo` writes: what they hold, and that they never fall onto other files."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import dense


def _days(folder: Path) -> Counter[str]:
    heads = [file.read_text("utf-8").split("\n", 1)[0] for file in folder.rglob("*.txt")]
    return Counter(day for head in heads for day in re.findall(r"\d{4}-\d{2}-\d{2}", head)[:1])


def test_without_the_articles_of_wikinews_forty_a_day_are_made_up(tmp_path):
    dense.write_dense(tmp_path / "archive", tmp_path / "nothing")
    days = _days(tmp_path / "archive")
    assert len(days) >= 20
    assert sorted(days.values())[-20] >= 40


def test_the_articles_of_wikinews_are_pressed_into_twenty_days(tmp_path):
    if not dense.DATA.is_dir():
        pytest.skip("../shared/data is not there")
    dense.write_dense(tmp_path / "archive")
    days = _days(tmp_path / "archive")
    assert len(days) == dense.DAYS
    assert min(days.values()) >= 40
    sections = {file.parent.name for file in (tmp_path / "archive").rglob("*.txt")}
    assert {"monde", "sport", "societe", "economie", "sciences", "culture"} <= sections


@pytest.fixture
def three_articles(tmp_path):
    """Two dispatches of one storm, and one of a match between them."""
    texts = [
        (
            "2016_01_01-001",
            "Tempête Orlane : le port d’Ardevec fermé\n\n1er janvier 2016, 14h30 . –\n"
            "La tempête Orlane a fermé le port d’Ardevec , a dit le préfet Yves Calmard .",
        ),
        (
            "2016_01_02-001",
            "Le club de Saint-Arvel en finale\n\n2 janvier 2016 . –\nLe match a été gagné en finale.",
        ),
        (
            "2016_01_03-001",
            "Tempête Orlane : le port d’Ardevec rouvre\n\n3 janvier 2016 . –\n"
            "Yves Calmard a rouvert le port d’Ardevec après la tempête Orlane .",
        ),
    ]
    data = tmp_path / "data"
    data.mkdir()
    lines = [
        json.dumps({"id": id_, "text": text, "url": "https://x.example"}) for id_, text in texts
    ]
    (data / "train.jsonl").write_text("\n".join(lines), "utf-8")
    (data / "dev.jsonl").write_text("", "utf-8")
    dense.write_dense(tmp_path / "archive", data)
    return {
        file.stem.rpartition("-")[2]: file for file in (tmp_path / "archive").glob("*/2026*.txt")
    }


def test_an_hour_the_text_gives_is_kept_and_its_date_line_is_not(three_articles):
    text = three_articles["0000"].read_text("utf-8")
    assert text.startswith("Date: 2026-01-05 14:30 Tempête Orlane : le port d’Ardevec fermé\n")
    assert "La tempête Orlane a fermé le port d’Ardevec, a dit le préfet Yves Calmard." in text
    assert "2016" not in text


def test_a_later_dispatch_of_the_same_thing_cites_the_earlier_one(three_articles):
    assert ">> Tempête Orlane : le port d’Ardevec fermé\n" in three_articles["0002"].read_text(
        "utf-8"
    )
    assert ">>" not in three_articles["0001"].read_text("utf-8")


def test_the_section_is_that_of_its_words(three_articles):
    assert three_articles["0001"].parent.name == "sport"


def test_an_archive_never_falls_onto_other_files(tmp_path, capsys):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "article.txt").write_text("à moi", "utf-8")
    assert dense.write_dense(mine) == 1
    assert dense.copy_demonstration(mine) == 1
    assert [file.name for file in mine.iterdir()] == ["article.txt"]
    assert "donnez un dossier neuf" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for write in (dense.write_dense, dense.copy_demonstration):
        assert write(tmp_path / "file" / "essai") == 1
        told = capsys.readouterr().err
        assert (len(told.splitlines()), "ne se laisse pas écrire" in told) == (1, True)


def test_an_option_is_no_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert dense.write_dense(Path("--help")) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_settings_beside_the_demonstration_keep_its_site_apart(tmp_path):
    assert dense.copy_demonstration(tmp_path / "archive") == 0
    settings: dict[str, object] = {}
    exec((tmp_path / "archive.conf.py").read_text("utf-8"), settings)
    assert settings["PATH"] == str(tmp_path / "archive")
    assert settings["OUTPUT_PATH"] == str(tmp_path / "archive.site")
    assert settings["SITENAME"] == "Le Fil"
    assert len(list((tmp_path / "archive").rglob("*.txt"))) > 50
