"""Which files the site has, and will have, by the page each belongs to, as the store knows them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from sqlite3 import Connection

from newsdigest.archive.facts import reads
from newsdigest.base.records import Page


class Manifest:
    """Read-only look-ups of the site's own files."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def names(self, kind: str, prefix: str = "") -> list[str]:
        """The names of the pages of a kind that have a file, or of those that begin so."""
        # From each name to the next: some have thousands of files.
        rows = self._db.execute(
            "WITH RECURSIVE found (name) AS (SELECT min(name) FROM pages WHERE kind = ?1 AND name >= ?2"
            " UNION ALL SELECT (SELECT min(name) FROM pages WHERE kind = ?1 AND name > found.name)"
            " FROM found WHERE found.name < ?3) SELECT name FROM found WHERE name < ?3",
            (kind, prefix, prefix + "\U0010ffff"),
        )
        return [name for (name,) in rows]

    def files(self, pages: Iterable[Page]) -> set[str]:
        """The files that these pages have."""
        query = "SELECT path FROM pages WHERE kind = ? AND name = ?"
        return {path for page in pages for (path,) in self._db.execute(query, page)}

    @reads()
    def digests(self, paths: Collection[str]) -> dict[str, str]:
        """What stands at each of `paths`, a few; "" where the store is not sure. None that is no file of ours."""
        marks = ",".join("?" * len(paths))
        query = f"SELECT path, digest FROM pages WHERE path IN ({marks})"
        return dict(self._db.execute(query, list(paths)).fetchall())

    def will_not_exist(self, paths: Collection[str]) -> set[str]:
        """Those of `paths` that the site will not have once the build under way is published."""
        missing = self.not_brought(paths)
        for lot in _lots(missing):
            query = (
                f"SELECT path FROM pages p WHERE path IN ({','.join('?' * len(lot))})"
                " AND NOT EXISTS (SELECT 1 FROM coming c WHERE c.path = p.path)"
            )
            missing.difference_update(path for (path,) in self._db.execute(query, lot))
        return missing

    def not_brought(self, paths: Collection[str]) -> set[str]:
        """Those of `paths`, files of the site to come, that the build under way does not bring."""
        left = set(paths)
        for lot in _lots(left):
            query = f"SELECT path FROM coming WHERE live AND path IN ({','.join('?' * len(lot))})"
            left.difference_update(path for (path,) in self._db.execute(query, lot))
        return left


def _lots(paths: Collection[str]) -> list[list[str]]:
    """SQLite takes so many values at once."""
    ordered = sorted(paths)
    return [ordered[start : start + 500] for start in range(0, len(ordered), 500)]
