"""What a build counts in the archive as it stands after settling."""

from __future__ import annotations

from sqlite3 import Connection
from typing import NamedTuple

import msgspec

from newsdigest.base.records import Rejection


class StateCounts(NamedTuple):
    """How many articles are in a state, and how many of these are kept though they were not read."""

    articles: int
    kept: int


# An index holds these.
_OTHERS = "outcome != 'article'"


class Counts:
    """Files, articles, links, entities and stories, by what became of them."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def outcomes(self) -> dict[str, int]:
        """Files by outcome."""
        return self._but("files", "outcome", "article")

    def packages(self) -> tuple[int, int]:
        """How many files hold several articles, and how many those hold."""
        query = f"SELECT count(*), coalesce(sum(line), 0) FROM files WHERE outcome = 'package' AND {_OTHERS}"
        files, articles = self._db.execute(query).fetchone()
        return files, articles

    def states(self) -> dict[str, StateCounts]:
        """Articles by state."""
        # Two questions: each has an index of its own.
        every = self._by(
            "SELECT state, count(*) FROM apart GROUP BY state"
            " UNION ALL SELECT 'published', count(*) FROM live"
        )
        kept = self._by(
            "SELECT a.state, count(*) FROM files f JOIN articles a ON a.id = f.article"
            " WHERE f.outcome = 'kept' GROUP BY a.state"
        )
        return {state: StateCounts(count, kept.get(state, 0)) for state, count in every.items()}

    def links(self) -> dict[str, int]:
        """`>>` lines by state."""
        return self._but("refs", "state", "linked")

    def entities(self) -> dict[str, int]:
        """Entities that articles name, by type."""
        query = "SELECT type, count(*) FROM entities WHERE articles > 0 GROUP BY type ORDER BY type"
        return self._by(query)

    def stories(self, least: int) -> int:
        """Stories of at least so many articles."""
        query = "SELECT count(*) FROM stories WHERE articles >= ?"
        count: int = self._db.execute(query, (least,)).fetchone()[0]
        return count

    def duplicates(self) -> list[tuple[str, str]]:
        """(id, id of the one published) of the articles published once."""
        return self._db.execute(
            "SELECT id, duplicate_of FROM apart WHERE state = 'duplicate' ORDER BY id"
        ).fetchall()

    def renumbered(self) -> list[tuple[str, str]]:
        """(id, address) of the articles whose slug is not that of their headline alone."""
        query = "SELECT id, url FROM live WHERE slug != plain_slug ORDER BY id"
        return self._db.execute(query).fetchall()

    def faults(self, outcome: str) -> list[Rejection]:
        """Why files of this outcome, which is not that of articles, could not be read, by path."""
        query = f"SELECT path, code, line, facts FROM files WHERE outcome = ? AND {_OTHERS} ORDER BY path"
        return [
            Rejection(path, code, at, msgspec.json.decode(facts))
            for path, code, at, facts in self._db.execute(query, (outcome,))
        ]

    def warnings(self) -> dict[str, int]:
        """How many files gave each warning."""
        counts: dict[str, int] = {}
        query = "SELECT warnings, count(*) FROM files WHERE warnings != '' GROUP BY warnings"
        for warnings, times in self._db.execute(query):
            for code in warnings.split():
                counts[code] = counts.get(code, 0) + times
        return counts

    def _but(self, table: str, column: str, usual: str) -> dict[str, int]:
        """How many rows have which value: nearly all have the usual one, and are not looked at."""
        found = self._by(
            f"SELECT {column}, count(*) FROM {table} WHERE {column} != '{usual}' GROUP BY {column}"
        )
        (every,) = self._db.execute(f"SELECT count(*) FROM {table}").fetchone()
        left = every - sum(found.values())
        return {**found, usual: left} if left else found

    def _by(self, query: str) -> dict[str, int]:
        return dict(self._db.execute(query).fetchall())
