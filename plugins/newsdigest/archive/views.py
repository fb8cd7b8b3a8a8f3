"""What pages show, kept between builds: a theme that changed shows it anew, and nothing is worked out
again.

What is kept of a page holds as long as no build plans that page for what the archive says: a plan
is never too narrow, so what it leaves out shows what it showed.
"""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection

from newsdigest.archive.connections import transaction
from newsdigest.archive.facts import reads
from newsdigest.base.records import Page


class KeptViews:
    """Read-only look-ups of packed views, by page."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    @reads()
    def view(self, page: Page) -> bytes | None:
        """What the page shows, packed; None where it must be worked out."""
        query = "SELECT view FROM views WHERE kind = ? AND name = ?"
        row = self._db.execute(query, (page.kind, page.name)).fetchone()
        return row[0] if row else None


class ViewKeeper:
    """Keeps packed views, and forgets those that are no longer true."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def keep(self, views: Iterable[tuple[Page, bytes]]) -> None:
        """Keep what pages show, packed."""
        rows = [(page.kind, page.name, view) for page, view in views]
        if rows:
            with transaction(self._db):
                self._db.executemany("INSERT OR REPLACE INTO views VALUES (?, ?, ?)", rows)

    def forget(self, pages: Iterable[Page]) -> None:
        """What these pages show may differ."""
        self._db.executemany("DELETE FROM views WHERE kind = ? AND name = ?", pages)

    def forget_all(self) -> None:
        """What every page shows may differ."""
        self._db.execute("DELETE FROM views")
