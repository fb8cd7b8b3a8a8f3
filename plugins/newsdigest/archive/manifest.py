"""Which files the site has, by the page each belongs to, as the store knows them."""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection

from newsdigest.base.records import Page


class Manifest:
    """Read-only look-ups of the site's own files."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def names(self, kind: str, prefix: str = "") -> list[str]:
        """The names of the pages of a kind that have a file, or of those that begin so."""
        rows = self._db.execute(
            "SELECT DISTINCT name FROM pages WHERE kind = ? AND name >= ? AND name < ?"
            " ORDER BY name",
            (kind, prefix, prefix + "\U0010ffff"),
        )
        return [name for (name,) in rows]

    def files(self, pages: Iterable[Page]) -> set[str]:
        """The files that these pages have."""
        query = "SELECT path FROM pages WHERE kind = ? AND name = ?"
        return {path for page in pages for (path,) in self._db.execute(query, page)}
