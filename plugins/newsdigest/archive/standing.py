"""The editors' own texts beside the news, as the last build read them."""

from __future__ import annotations

from sqlite3 import Connection

from newsdigest.archive.facts import Fact, reads
from newsdigest.base.records import STANDING_FILES


class Standing:
    """Read-only look-ups of texts."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    @reads(Fact.STANDING)
    def text(self, name: str) -> str:
        """The text of that name, "" where the editors wrote none."""
        files = [file for file, page in STANDING_FILES.items() if page == name]
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", files).fetchone()
        return str(row[0]) if row else ""
