"""What pages show is kept from build to build: a theme that changed shows it again, never what is no
longer true."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from newsdigest.archive.store_files import seal
from newsroom import Newsroom, article

PORT = "Le port de Varenne rouvre"
WORDS = "les grutiers avaient cessé le travail"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom(tmp_path)
    newsroom.write("port.txt", article(PORT, "2026-01-10", f"À Varenne, {WORDS}."))
    newsroom.write("suite.txt", article("Varenne, un mois après", "2026-01-12", "", (PORT,)))
    newsroom.build()
    return newsroom


def store(newsroom: Newsroom) -> Path:
    return Path(newsroom.settings.cache) / "archive.sqlite"


def change(newsroom: Newsroom, statement: str, *values: object) -> None:
    """As if a build had left the store so."""
    with closing(sqlite3.connect(store(newsroom))) as db:
        assert db.execute(statement, values).rowcount
        db.commit()
    seal(store(newsroom))


def told(view: bytes) -> str:
    """A view as JSON; two lines before it say whose it is."""
    return msgspec.json.encode(msgspec.msgpack.decode(view.split(b"\n", 2)[2])).decode()


def kept(newsroom: Newsroom) -> dict[tuple[str, str], str]:
    """What is kept of each page, as JSON."""
    with closing(sqlite3.connect(store(newsroom))) as db:
        rows = db.execute("SELECT kind, name, view FROM views").fetchall()
    return {(kind, name): told(zlib.decompress(view)) for kind, name, view in rows}


def test_a_theme_that_changed_shows_what_is_kept_and_makes_no_feed_again(
    newsroom: Newsroom,
) -> None:
    page = newsroom.site["2026/01/10/le-port-de-varenne-rouvre.html"]
    view = zlib.decompress(
        sqlite3.connect(store(newsroom))
        .execute("SELECT view FROM views WHERE kind = 'article' AND name = 'port'")
        .fetchone()[0]
    )
    marked = view.replace(WORDS.encode(), WORDS.upper().encode())
    assert len(marked) == len(view)
    change(newsroom, "UPDATE views SET view = ? WHERE name = 'port'", zlib.compress(marked))
    newsroom.restyle("main{order:1}")
    report = newsroom.build().report
    shown = newsroom.site["2026/01/10/le-port-de-varenne-rouvre.html"]
    assert WORDS in page.decode()
    assert WORDS not in shown.decode()
    assert WORDS.upper() in shown.decode()
    assert (report.feeds_written, report.feeds_kept) == (0, 0)


def test_a_theme_that_changed_gives_the_bytes_of_a_clean_build(newsroom: Newsroom) -> None:
    newsroom.restyle("main{order:1}")
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM views",
        "UPDATE views SET view = x''",
        "UPDATE views SET view = substr(view, 1, length(view) - 3)",
        "UPDATE views SET view = (SELECT view FROM views WHERE kind = 'front')",
        "UPDATE views SET view = (SELECT view FROM views WHERE kind = 'day')",
        "UPDATE meta SET value = 'of another version' WHERE name = 'views'",
    ],
)
def test_what_is_lost_damaged_or_of_another_version_is_worked_out_again(
    newsroom: Newsroom, damage: str
) -> None:
    change(newsroom, damage)
    newsroom.restyle("main{order:1}")
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()


def test_what_changes_with_the_theme_is_not_shown_as_it_was(newsroom: Newsroom) -> None:
    """The article, its day, who cites it; another is new, one is gone."""
    newsroom.write("port.txt", article(PORT, "2026-01-10", "Les grues ont repris."))
    newsroom.write("neuf.txt", article("Varenne a un maire", "2026-01-12", "", (PORT,)))
    (newsroom.content / "suite.txt").unlink()
    newsroom.restyle("main{order:1}")
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()
    assert not [page for page, view in kept(newsroom).items() if WORDS in view]
    assert ("article", "suite") not in kept(newsroom)


def test_another_name_of_the_site_is_shown_everywhere(newsroom: Newsroom) -> None:
    settings = newsroom.settings
    newsroom.settings = replace(settings, site=replace(settings.site, name="La Digue"))
    newsroom.restyle("main{order:1}")
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()
    assert "La Digue" in kept(newsroom)["article", "port"]
    assert "Le Fil" not in kept(newsroom)["article", "port"]
