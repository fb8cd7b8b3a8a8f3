"""Feed entries kept between builds: an article stands in the feeds of all it names."""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection

from newsdigest.archive.connections import transaction
from newsdigest.archive.facts import Fact, reads


class KeptEntries:
    """Read-only look-ups of packed feed entries, by the article's number."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    @reads(Fact.ENTRIES)
    def entry(self, n: int) -> bytes | None:
        """The packed feed entry of an article, None where it must be rendered first."""
        row = self._db.execute("SELECT entry FROM feed_entries WHERE n = ?", (n,)).fetchone()
        return bytes(row[0]) if row else None

    @reads(Fact.ENTRIES)
    def missing(self, wanted: Iterable[int]) -> list[int]:
        """Those of `wanted` whose entry is not kept, in order."""
        query = "SELECT 1 FROM feed_entries WHERE n = ?"
        return [n for n in sorted(set(wanted)) if not self._db.execute(query, (n,)).fetchone()]


class EntryKeeper:
    """Keeps packed feed entries, and forgets those that are no longer true."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def keep(self, entries: Iterable[tuple[int, bytes]]) -> None:
        """Keep rendered feed entries, by article number."""
        with transaction(self._db):
            self._db.executemany("INSERT OR REPLACE INTO feed_entries VALUES (?, ?)", entries)

    def forget(self, article_ids: Iterable[str]) -> None:
        """These articles' feed entries no longer say what their pages say."""
        self._db.executemany(
            "DELETE FROM feed_entries WHERE n = (SELECT n FROM articles WHERE id = ?)",
            ((article_id,) for article_id in article_ids),
        )

    def forget_all(self) -> None:
        """Every feed entry must be rendered anew."""
        self._db.execute("DELETE FROM feed_entries")
