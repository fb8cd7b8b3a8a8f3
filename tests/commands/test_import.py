"""`invoke import`: files of any format become text an editor can change, and nothing is lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsdigest.base.errors import BuildError
from newsdigest.base.records import Article
from newsdigest.commands.importing import as_text, import_folder
from newsdigest.read.formats import parse_raw
from newsroom import Newsroom
from publication import ROOT
from wire import LEDE, MORE, RULES, copy

WIRE = ROOT / "tests" / "data" / "newsroom"
PAGE = (
    "<!doctype html><html lang=fr><head><title>La halle rouvre ses portes lundi</title>"
    '<meta name="date" content="2026-01-23"></head><body><article><h1>La halle rouvre ses portes lundi</h1>'
    f"<p>{LEDE}</p><h2>Une charpente</h2><p>{MORE}</p></article></body></html>"
)


@pytest.mark.parametrize("name", ["ninjs-1.json", "nitf.xml", "dpa.iptc", "ap.anpa", "g2.xml"])
def test_an_item_s_words_read_back_as_they_were(name: str) -> None:
    article = parse_raw((WIRE / name).read_bytes(), name, RULES)
    assert isinstance(article, Article)
    text, lost = as_text(article, "x.txt", RULES)
    assert not {"wording", "headline", "date", "authors"}.intersection(lost)
    assert text.startswith(f"date {article.iso_date} ")


def test_a_text_is_itself_and_loses_nothing() -> None:
    article = parse_raw(
        copy(f"CORVANNE (AFP) - {LEDE}", ">> Un titre", MORE, "AFP/VNA").encode(), "a.txt", RULES
    )
    assert isinstance(article, Article)
    assert as_text(article, "a.txt", RULES)[1] == []


def test_a_folder_is_written_once_and_what_is_lost_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newsroom = Newsroom(tmp_path / "site")
    folder, to = tmp_path / "recu", tmp_path / "textes"
    (folder / "ville").mkdir(parents=True)
    (folder / "ville" / "halle.html").write_text(PAGE, encoding="utf-8")
    (folder / "feed.rss").write_bytes((WIRE / "feed.rss").read_bytes())
    (folder / "data.json").write_text('{"a": 1}', encoding="utf-8")
    assert import_folder(newsroom.settings, str(folder), str(to)) == 0
    assert sorted(path.relative_to(to).as_posix() for path in to.rglob("*.txt")) == [
        *("feed-1.txt", "feed-2.txt", "ville/halle.txt"),
    ]
    assert f"Une charpente\n\n{MORE}" in (to / "ville/halle.txt").read_text(encoding="utf-8")
    assert "perdu" in capsys.readouterr().out
    # A second time nothing is written; what an editor changed meanwhile stays.
    (to / "feed-1.txt").write_text("date 2026-01-01 À moi\n\nTexte.\n", encoding="utf-8")
    assert import_folder(newsroom.settings, str(folder), str(to)) == 1
    assert (to / "feed-1.txt").read_text(encoding="utf-8").endswith("Texte.\n")


def test_a_folder_is_never_written_into_itself(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.write("a.txt", copy(LEDE))
    with pytest.raises(BuildError):
        import_folder(newsroom.settings, str(newsroom.content), "")
    with pytest.raises(BuildError):
        import_folder(newsroom.settings, str(tmp_path / "nulle-part"), str(tmp_path / "x"))


def test_what_its_agency_holds_back_is_never_written_as_free_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newsroom = Newsroom(tmp_path / "site")
    item = (WIRE / "ninjs-1.json").read_text(encoding="utf-8").replace('"usable"', '"canceled"')
    assert '"canceled"' in item
    (tmp_path / "a.json").write_text(item, encoding="utf-8")
    assert import_folder(newsroom.settings, str(tmp_path / "a.json"), str(tmp_path / "to")) == 1
    assert not (tmp_path / "to").exists()
    assert "a.json" in capsys.readouterr().out
