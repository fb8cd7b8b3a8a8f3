"""What a build asks of the store: a day's news costs that day, not the archive."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from newsdigest.archive import opening
from newsdigest.archive.connections import connect
from newsdigest.archive.schema import SCHEMA
from newsdigest.site import renderer
from newsroom import Newsroom, article

BODY = "Le ministre Jean Martin a reçu Marie Durand à Paris.\n\nL'ONU salue cette décision."


def test_no_question_of_a_daily_build_reads_every_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom = Newsroom(tmp_path)
    for day in range(1, 21):
        newsroom.write(f"{day}.txt", article(f"Sommet, jour {day}", f"2026-01-{day:02}", BODY))
    newsroom.build()
    asked: set[str] = set()
    for module, opens in ((opening, "connect"), (renderer, "read_store")):
        really = getattr(module, opens)

        def watched(path: Path, really=really) -> sqlite3.Connection:  # type: ignore[no-untyped-def]
            connection: sqlite3.Connection = really(path)
            connection.set_trace_callback(asked.add)
            return connection

        monkeypatch.setattr(module, opens, watched)
    newsroom.write("a.txt", article("Une rencontre", "2026-01-21", f"{BODY}\n\n>> Sommet, jour 3"))
    newsroom.write("7.txt", article("Sommet, dernier jour", "2026-01-07", BODY))
    newsroom.build()
    queries = sorted(query for query in asked if query.lstrip().startswith("SELECT"))
    assert len(queries) > 100
    with closing(sqlite3.connect(tmp_path / "cache" / "archive.sqlite")) as db:
        scans = [
            (query, step)
            for query in queries
            for *_, step in db.execute(f"EXPLAIN QUERY PLAN {query}")
            # However a query calls the table of articles.
            if re.fullmatch("SCAN (articles|[alt])", step)
        ]
    assert scans == []


@pytest.mark.parametrize("view", ["live", "folded", "standing", "apart"])
def test_a_view_of_articles_costs_no_more_than_its_condition(tmp_path: Path, view: str) -> None:
    with closing(connect(tmp_path / "store.sqlite")) as db:
        db.executescript(SCHEMA)
        (declared,) = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (view,)).fetchone()
        condition = declared.partition("WHERE")[2]
        for query in ("SELECT id FROM {} WHERE {} n = 3", "SELECT id FROM {} WHERE {} id = 'a'"):
            through, plain = (
                db.execute(f"EXPLAIN QUERY PLAN {query.format(*named)}").fetchall()
                for named in ((view, ""), ("articles", f"{condition} AND"))
            )
            assert through == plain
