"""What a build asks of the store: a day's news costs that day, not the archive."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from newsdigest.archive import opening
from newsdigest.archive.connections import connect, read_store
from newsdigest.archive.readers import Archive
from newsdigest.archive.schema import SCHEMA
from newsdigest.site import renderer
from newsroom import Newsroom, article

BODY = "Le ministre Jean Martin a reçu Marie Durand à Paris.\n\nL'ONU salue cette décision."


# What a build may read from end to end: rows of a few words that it counts or compares each time, and what
# editors hold. All else is asked by an index, or for its last so many.
COUNTED = {"files", "refs", "stories", "entities"}
HELD = {"pending", "embargoed", "picks", "picture_files", "ledger_months", "corrections"}
_VALUE = re.compile(r"'(?:[^']|'')*'|\b\d+\b")


def whole_tables(db: sqlite3.Connection, query: str) -> list[str]:
    """The tables of what is published that a query reads from end to end, but for its last so many."""
    named = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'"))
    called = {
        alias or table: table
        for table, alias in re.findall(r"(?:FROM|JOIN) (\w+)(?: (?:AS )?([a-z]{1,2})\b)?", query)
    }
    found = []
    for *_, step in db.execute(f"EXPLAIN QUERY PLAN {query}"):
        seen = re.fullmatch(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", step)
        # An index with a condition holds few.
        if seen and seen[1] in called and " WHERE " not in (named.get(seen[2]) or ""):
            found.append(called[seen[1]])
    return [] if "LIMIT" in query else found


def test_no_question_of_a_daily_build_reads_a_whole_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom = Newsroom(tmp_path)
    for day in range(1, 21):
        newsroom.write(f"{day}.txt", article(f"Sommet, jour {day}", f"2026-01-{day:02}", BODY))
    newsroom.build()
    asked: list[str] = []
    for module, opens in ((opening, "connect"), (renderer, "read_store")):
        really = getattr(module, opens)

        def watched(path: Path, really=really) -> sqlite3.Connection:  # type: ignore[no-untyped-def]
            connection: sqlite3.Connection = really(path)
            connection.set_trace_callback(asked.append)
            return connection

        monkeypatch.setattr(module, opens, watched)
    newsroom.write("a.txt", article("Une rencontre", "2026-01-21", f"{BODY}\n\n>> Sommet, jour 3"))
    newsroom.write("7.txt", article("Sommet, dernier jour", "2026-01-07", BODY))
    for number in range(10):
        newsroom.write(f"bad{number}.txt", "sans date")
    newsroom.build()
    queries = sorted({query for query in asked if query.lstrip().startswith("SELECT")})
    assert len(queries) > 100
    with closing(sqlite3.connect(tmp_path / "cache" / "archive.sqlite")) as db:
        whole = [(table, query) for query in queries for table in whole_tables(db, query)]
    assert {table for table, _query in whole} >= {"files"}
    assert [told for told in whole if told[0] not in COUNTED | HELD] == []
    times = Counter(_VALUE.sub("?", query) for query in asked)
    often = {_VALUE.sub("?", query) for table, query in whole if table in COUNTED}
    # Once a build, never once a file.
    assert {query: times[query] for query in often if times[query] >= 10} == {}


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


def test_what_is_filed_of_an_article_is_asked_once_for_all_that_shows_it(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.write("quai.txt", article("Un quai neuf", "2026-01-03", BODY))
    newsroom.build()
    settings = newsroom.settings
    with closing(read_store(Path(settings.cache) / "archive.sqlite")) as db:
        articles = Archive(db, settings.addresses, settings.limits).articles
        (number,) = articles.newest(1)
        asked: list[str] = []
        db.set_trace_callback(asked.append)

        def shown() -> int:
            """How often whom the article names is asked, for its page, its formats and its entry."""
            asked.clear()
            found = articles.filed("quai"), articles.filed_in_formats("quai")
            assert found[0]
            assert found[1]
            assert found[0].entity_cards == found[1].entity_cards
            articles.filed_for_feed(number)
            return sum("FROM mentions" in query for query in asked)

        with articles.held():
            assert shown() == 1
        assert shown() == 3
