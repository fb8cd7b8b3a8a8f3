"""Rows that join tables in lots, each in the order of its table's key.

Article by article, every row would have a page of its own written, and of an archive that is larger
than what SQLite keeps in memory, read again before.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from sqlite3 import Connection
from typing import Any

# So many rows of one table are held: some 16 MB of mentions.
_MOST = 20_000
# The keys of all tables written so are within their first three columns.
_KEY = itemgetter(0, 1, 2)


class Lots:
    """Rows yet to be inserted. Whoever reads their tables has them written first."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._held: dict[str, list[tuple[Any, ...]]] = {}

    def add(self, insert: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Rows for this statement; of two of one key the first is the first inserted."""
        held = self._held.setdefault(insert, [])
        held.extend(rows)
        if len(held) >= _MOST:
            self._write(insert)

    def write(self) -> None:
        """Insert all that is held."""
        for insert in self._held:
            self._write(insert)

    def _write(self, insert: str) -> None:
        self._held[insert].sort(key=_KEY)
        self._db.executemany(insert, self._held[insert])
        self._held[insert] = []
