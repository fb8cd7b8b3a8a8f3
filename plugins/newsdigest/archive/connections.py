"""Connections to the store: the writer's, a reader's, and a copy for readers elsewhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# How the copies for a cluster's workers are called.
SNAPSHOT = "snapshot-"


def connect(path: Path) -> sqlite3.Connection:
    """The one writer's connection."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    # A power cut may take the last commits, never more: an older store is a sound one.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -32768")
    # What is deleted is overwritten: a retracted text is not to be read from the file.
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def read_store(path: Path) -> sqlite3.Connection:
    """A read-only connection for a worker: it sees the last commit and can hold nobody up."""
    frozen = "&immutable=1" if path.name.startswith(SNAPSHOT) else ""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro{frozen}",
        uri=True,
        check_same_thread=False,
        cached_statements=512,  # a page asks some sixty, several of them with as many marks as it has links
    )
    # A page asks all over the store: more than this, in KB, is found again no more often.
    connection.execute("PRAGMA cache_size = -4096")
    return connection


def forget_pages(connection: sqlite3.Connection) -> None:
    """Free the pages of the store that are kept in memory: they are read again when they are asked for."""
    connection.execute("PRAGMA shrink_memory")


@contextmanager
def at_one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """A reader's look-ups see the store as it is now: one by one each would lock it and let it go,
    which takes twice as long as most of them."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


def snapshot(connection: sqlite3.Connection, path: Path, stage: str) -> str:
    """A copy of the store beside it that any machine sharing the folder can read."""
    copy = path.with_name(f"{SNAPSHOT}{stage}.sqlite")
    copy.unlink(missing_ok=True)
    target = sqlite3.connect(copy)
    try:
        connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    finally:
        target.close()
    return str(copy)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All or nothing: an exception leaves the store as it was."""
    try:
        yield connection
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
