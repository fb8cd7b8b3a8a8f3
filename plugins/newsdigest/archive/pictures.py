"""The pictures that articles show, and the picture files that none does."""

from __future__ import annotations

from collections.abc import Iterator
from sqlite3 import Connection
from typing import NamedTuple

import msgspec

from newsdigest.archive.facts import Fact, reads
from newsdigest.base.records import Rejection


class Source(NamedTuple):
    """Where a picture lies below content/, and its size as it is looked at."""

    path: str
    width: int
    height: int


class Pictures:
    """Pictures by the digest of their bytes: one that several articles show is one."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    @reads(Fact.PICTURES)
    def shown(self) -> Iterator[str]:
        """Those of the articles that have a page."""
        query = "SELECT DISTINCT p.sha FROM pictures p JOIN standing USING (n) ORDER BY p.sha"
        yield from (sha for (sha,) in self._db.execute(query))

    @reads(Fact.PICTURES)
    def source(self, sha: str) -> Source | None:
        """Where one of those lies: the first path of several; None for a picture no page shows."""
        query = (
            "SELECT p.path, width, height FROM pictures p JOIN standing USING (n)"
            " WHERE p.sha = ? ORDER BY p.path LIMIT 1"
        )
        row = self._db.execute(query, (sha,)).fetchone()
        return Source(*row) if row else None

    @reads(Fact.PICTURES)
    def has(self, article_id: str) -> bool:
        """Whether an article brought one itself."""
        query = "SELECT 1 FROM pictures p JOIN articles a USING (n) WHERE a.id = ? LIMIT 1"
        return self._db.execute(query, (article_id,)).fetchone() is not None

    def is_held(self, sha: str) -> bool:
        """Whether it is of articles that have no page, and of no other."""
        return self.is_known(sha) and self.source(sha) is None

    def is_known(self, sha: str) -> bool:
        """Whether any article has it."""
        query = "SELECT 1 FROM pictures WHERE sha = ?"
        return self._db.execute(query, (sha,)).fetchone() is not None

    def files(self) -> list[tuple[str, Rejection | None]]:
        """The picture files that are looked at for an article, by path, with why one is not shown."""
        found: dict[str, Rejection | None] = {}
        # Of several articles that look at one the last says what became of it: shown, if by any.
        query = "SELECT path, code, facts FROM picture_files ORDER BY path, code IS NULL"
        for path, code, facts in self._db.execute(query):
            found[path] = Rejection(path, code, None, msgspec.json.decode(facts)) if code else None
        return list(found.items())
