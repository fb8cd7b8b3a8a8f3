"""The raw files as they were last read: their stamps, and which of them the clock may change."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

# The file on the disk that a row is of.
_FILE = "iif(package = '', path, package)"


class RawFiles:
    """What is known of the raw files themselves."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def stamps(self) -> dict[str, str]:
        """Each known file's stamp (size, times and inode as last seen)."""
        stamps = dict(self._db.execute("SELECT path, stamp FROM files"))
        # Asked of each row, this would double what the rows cost.
        for (path,) in self._db.execute("SELECT path FROM files WHERE package != ''"):
            del stamps[path]
        return stamps

    def packages(self, paths: Collection[str]) -> dict[str, dict[str, str]]:
        """The digests of the articles of those of these files that are packages, by file and article."""
        found: dict[str, dict[str, str]] = {}
        query = "SELECT package, path, sha FROM files WHERE package != '' AND outcome IN ('article', 'kept')"
        for file, path, sha in self._db.execute(query) if paths else ():
            if file in paths:
                found.setdefault(file, {})[path] = sha
        return found

    def named_pictures(self) -> dict[str, list[str]]:
        """The pictures that files name, by the files' paths: the names as they give them."""
        found: dict[str, list[str]] = {}
        query = "SELECT file, path FROM picture_files WHERE named ORDER BY file, path"
        for file, path in self._db.execute(query):
            found.setdefault(file, []).append(path.rpartition("/")[2])
        return found

    def mend(self, seen: Iterable[tuple[str, str]]) -> None:
        """Note of kept (path, stamp) that they are seen again as they were last read."""
        self._db.executemany(
            "UPDATE files SET stamp = ?, outcome = 'article', code = NULL, line = NULL, facts = NULL"
            " WHERE path = ? AND outcome = 'kept'",
            ((stamp, path) for path, stamp in seen),
        )

    def held(self) -> set[str]:
        """The files that are held because what they say was retracted."""
        query = f"SELECT {_FILE} FROM files WHERE outcome = 'retracted'"
        return {path for (path,) in self._db.execute(query)}

    def restless(self, now: datetime, last: datetime | None) -> set[str]:
        """Files that the clock alone may make others: dates too far ahead, and where it went back
        since the `last` build, what may be ahead of it again. (Drafts are turned by their records.)"""
        query = f"SELECT {_FILE} FROM files WHERE code = 'E_DATE_FUTURE'"
        found = {path for (path,) in self._db.execute(query)}
        if last and now.astimezone(UTC) < last:
            # Dates are kept as written; no offset is as long as a day.
            earliest = (now.astimezone(UTC) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
            query = """SELECT iif(f.package = '', f.path, f.package) FROM articles a JOIN files f ON f.article = a.id
                       WHERE a.sort >= ?"""
            found |= {path for (path,) in self._db.execute(query, (earliest,))}
        return found
