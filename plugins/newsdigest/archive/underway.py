"""What the build under way has to do: noted before it is done, so that the next one may finish it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from newsdigest.archive.connections import transaction
from newsdigest.base.records import Page


class Underway:
    """The pages to make and the files to delete, until they are."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def pending(self) -> tuple[dict[Page, str], set[str]]:
        """What an unfinished build still has to render, with reasons, and to delete."""
        pages: dict[Page, str] = {}
        strays: set[str] = set()
        for kind, name, reason in self._db.execute("SELECT * FROM pending"):
            if kind == "stray":
                strays.add(name)
            else:
                pages[Page(kind, name)] = reason
        return pages, strays

    def set_pending(self, pages: Mapping[Page, str], strays: Iterable[str]) -> None:
        """Note what this build has to do, before it does it; nothing, once it is done."""
        self._db.execute("DELETE FROM pending")
        self._db.executemany(
            "INSERT INTO pending VALUES (?, ?, ?)",
            ((page.kind, page.name, reason) for page, reason in pages.items()),
        )
        self._db.executemany(
            "INSERT INTO pending VALUES ('stray', ?, '')", ((path,) for path in strays)
        )

    def set_coming(self, paths: Iterable[str], strays: Iterable[str]) -> None:
        """Note which files this build adds and which it deletes, for the links to be verified."""
        with transaction(self._db):
            self._db.execute("DELETE FROM coming")
            self._db.executemany(
                "INSERT OR REPLACE INTO coming VALUES (?, 0)", ((path,) for path in strays)
            )
            self._db.executemany(
                "INSERT OR REPLACE INTO coming VALUES (?, 1)", ((path,) for path in paths)
            )
