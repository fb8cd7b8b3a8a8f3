"""The archive's working memory: one SQLite file, derived from content/ and deletable at any time.

`newsdigest.archive.update.settle` alone changes what is known of the articles, and the readers
answer by point look-ups what a page shows. Here is the one writer's hold on the file, in parts:
whoever needs a part takes that part.
"""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from pathlib import Path

from newsdigest.archive.connections import transaction
from newsdigest.archive.entries import EntryKeeper
from newsdigest.archive.ledger import LedgerKeeper
from newsdigest.archive.raw_files import RawFiles
from newsdigest.archive.site_files import SiteFiles
from newsdigest.archive.store_files import seal
from newsdigest.archive.underway import Underway
from newsdigest.archive.views import ViewKeeper


class Store:
    """The one writer's hold on the store, and what earlier builds noted of themselves.

    `raw` knows the raw files, `site` the site's files, `entries` keeps feed entries, `views` what pages show, `underway` is
    what the build has to do until it is done, `ledger` which of its months are not written.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path
        self.raw = RawFiles(connection)
        self.site = SiteFiles(connection)
        self.entries = EntryKeeper(connection)
        self.views = ViewKeeper(connection)
        self.underway = Underway(connection)
        self.ledger = LedgerKeeper(connection)

    def close(self) -> None:
        """Leave one file behind, without its log, and sealed; a damaged store is closed all the same."""
        with suppress(sqlite3.Error):
            self._scrub()
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.close()
        seal(self.path)

    def _scrub(self) -> None:
        """Once a retracted text left the store, no page of its file holds a piece of it either.

        What is deleted is overwritten, but where SQLite moved a row it may leave what it copied.
        """
        if self.meta("scrub"):
            self.connection.rollback()
            self.connection.execute("VACUUM")
            self.set_meta("scrub", "")
            self.connection.commit()

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        """All or nothing: an exception leaves the store as it was."""
        return transaction(self.connection)

    def meta(self, name: str) -> str:
        """What was noted under that name, "" if nothing."""
        row = self.connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def set_meta(self, name: str, value: str) -> None:
        """Note it for the builds to come."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def last_text(self, name: str) -> str | None:
        """The editors' file of that name as this store, or the one before it, last read it."""
        query = "SELECT value FROM meta WHERE name IN (?, ?) ORDER BY name = ?"
        row = self.connection.execute(query, (name, f"last {name}", f"last {name}")).fetchone()
        return row[0] if row else None

    def clock(self) -> datetime | None:
        """What the last build took for the present moment."""
        noted = self.meta("clock")
        return datetime.fromisoformat(noted) if noted else None

    def set_clock(self, now: datetime) -> None:
        """Note what this build takes for the present moment."""
        # In UTC: two moments of one zone are compared by their wall clocks, which may go back.
        self.set_meta("clock", now.astimezone(UTC).isoformat())
