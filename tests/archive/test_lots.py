"""Rows that join tables in lots: all of them, the first of two of one key, in the order of the key."""

from __future__ import annotations

import sqlite3

import pytest
from newsdigest.archive.update import lots
from newsdigest.archive.update.lots import Lots

INSERT = "INSERT OR IGNORE INTO roles VALUES (?, ?, ?, ?)"


@pytest.fixture
def store() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE TABLE roles (entity, sort, key, role, PRIMARY KEY (entity, sort, key)) WITHOUT ROWID"
    )
    return connection


@pytest.mark.parametrize("most", [1, 2, 3, 100])
def test_rows_are_the_same_however_many_are_held(
    store: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(lots, "_MOST", most)
    held = Lots(store)
    held.add(INSERT, [(2, "b", "k", "maire"), (1, "b", "k", "juge")])
    held.add(INSERT, [(1, "b", "k", "avocat"), (1, "a", "k", "maire")])
    held.add(INSERT, [])
    held.write()
    held.write()
    assert store.execute("SELECT * FROM roles").fetchall() == [
        (1, "a", "k", "maire"),
        (1, "b", "k", "juge"),
        (2, "b", "k", "maire"),
    ]


def test_rows_are_written_in_the_order_of_their_key(store: sqlite3.Connection) -> None:
    store.execute("CREATE TABLE log (n INTEGER PRIMARY KEY, entity, sort)")
    store.execute(
        "CREATE TRIGGER noted AFTER INSERT ON roles BEGIN"
        " INSERT INTO log (entity, sort) VALUES (new.entity, new.sort); END"
    )
    held = Lots(store)
    for sort in "cab":
        held.add(INSERT, [(entity, sort, "k", "maire") for entity in (3, 1, 2)])
    assert store.execute("SELECT count(*) FROM log").fetchone() == (0,)
    held.write()
    noted = store.execute("SELECT entity, sort FROM log ORDER BY n").fetchall()
    assert noted == sorted(noted)
    assert len(noted) == 9
