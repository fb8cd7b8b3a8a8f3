"""What the archive has that readers have not, by the last build: for `invoke status`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Connection
from typing import NamedTuple

from newsdigest.base.ledger import Entry, unpack_line


class PutOff(NamedTuple):
    """An article that changed since the ledger was last written. `path` and `headline` are "" for one
    that does not stand any more; `entry` is None for one that was never published."""

    id: str
    path: str
    headline: str
    text: str
    sha: str
    entry: Entry | None


class Held(NamedTuple):
    """An article under embargo by the last build."""

    id: str
    headline: str
    until: datetime


class Unpublished:
    """Read-only look-ups: what waits for the next publication."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def articles(self) -> list[PutOff]:
        """By id."""
        rows = self._db.execute(
            "SELECT u.id, coalesce(a.path, ''), coalesce(a.headline, ''), coalesce(a.text, ''),"
            " coalesce(a.sha, ''), l.line FROM unpublished u LEFT JOIN standing a ON a.id = u.id"
            " LEFT JOIN ledger l ON l.id = u.id ORDER BY u.id"
        )
        return [
            PutOff(id_, path, headline, text, sha, unpack_line(line) if line else None)
            for id_, path, headline, text, sha, line in rows
        ]

    def edited(self) -> list[Entry]:
        """The lines of the ledger that tell of an edit, by id."""
        rows = self._db.execute(
            "SELECT line FROM ledger WHERE instr(line, '\"edits\"') ORDER BY id"
        )
        return [unpack_line(line) for (line,) in rows]

    def of_file(self, path: str) -> Entry | None:
        """The published article whose file this is."""
        row = self._db.execute("SELECT line FROM ledger WHERE file = ?", (path,)).fetchone()
        return unpack_line(row[0]) if row else None

    def digests(self, paths: Iterable[str]) -> dict[str, str]:
        """What each of these files held when it was last read, as a digest; "" for what was no article."""
        find = "SELECT sha FROM files WHERE path = ?"
        rows = ((path, self._db.execute(find, (path,)).fetchone()) for path in paths)
        return {path: row[0] for path, row in rows if row}

    def under_embargo(self) -> list[Held]:
        """The next to end first."""
        rows = self._db.execute(
            "SELECT e.id, a.headline, e.until FROM embargoed e JOIN articles a USING (id)"
            " ORDER BY e.until, e.id"
        )
        return [Held(id_, headline, datetime.fromisoformat(until)) for id_, headline, until in rows]
