"""Which files are the site's own, and what stands in each, as the store knows it.

Readers ask `newsdigest.archive.manifest`, by page; here the build asks by file, and notes what it does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from newsdigest.base.records import SiteFile


class SiteFiles:
    """The site's own files. A digest of "": what stands there is not known."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def at(self, paths: Iterable[str]) -> dict[str, SiteFile]:
        """Those of `paths` that are the site's own files."""
        find = "SELECT * FROM pages WHERE path = ?"
        rows = (self._db.execute(find, (path,)).fetchone() for path in paths)
        return {row[0]: SiteFile(*row) for row in rows if row}

    def all(self, start: str = "", end: str | None = None) -> Iterator[SiteFile]:
        """The site's own files from the path `start` on, up to `end` (None: to the last), by path."""
        # One condition, or all rows up to the last would be looked at.
        bounds, until = ((start,), "") if end is None else ((start, end), "AND path < ?")
        query = f"SELECT * FROM pages WHERE path >= ? {until} ORDER BY path"
        return map(SiteFile._make, self._db.execute(query, bounds))

    def unsure(self) -> list[SiteFile]:
        """The site's own files of which it is not known what stands there."""
        query = "SELECT * FROM pages WHERE digest = ''"
        return [SiteFile(*row) for row in self._db.execute(query)]

    def paths(self) -> set[str]:
        """All published files."""
        return {path for (path,) in self._db.execute("SELECT path FROM pages")}

    def of_kind(self, kind: str) -> set[str]:
        """The published files of one kind."""
        return self._paths("SELECT path FROM pages WHERE kind = ?", kind)

    def of(self, kind: str) -> Iterator[SiteFile]:
        """The same, with what stands in them."""
        query = "SELECT * FROM pages WHERE kind = ?"
        return map(SiteFile._make, self._db.execute(query, (kind,)))

    def but_kind(self, kind: str) -> set[str]:
        """The published files of all other kinds."""
        return self._paths("SELECT path FROM pages WHERE kind != ?", kind)

    def _paths(self, query: str, kind: str) -> set[str]:
        return {path for (path,) in self._db.execute(query, (kind,))}

    def know_only(self, files: Iterable[SiteFile]) -> None:
        """These are the site's own files, and no others."""
        self._db.execute("DELETE FROM pages")
        self._db.executemany("INSERT INTO pages VALUES (?, ?, ?, ?)", files)

    def doubt(self, files: Iterable[SiteFile]) -> None:
        """The site's own, these are; what stands there is not known any more."""
        self._db.executemany(
            "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, '')", (file[:3] for file in files)
        )

    def announce(self, files: Iterable[SiteFile], strays: Iterable[str] = ()) -> None:
        """Note the files about to be written, and those about to be deleted: should the build be
        killed, the next one takes neither for what stands in the site."""
        self.doubt(files)
        self._db.executemany(
            "UPDATE pages SET digest = '' WHERE path = ?", ((path,) for path in strays)
        )

    def record(self, written: Iterable[SiteFile], deleted: Iterable[str]) -> None:
        """Note what now stands in the site, and what no longer does."""
        self._db.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", written)
        self._db.executemany("DELETE FROM pages WHERE path = ?", ((path,) for path in deleted))
