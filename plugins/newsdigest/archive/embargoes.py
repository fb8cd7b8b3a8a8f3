"""What is under embargo at the last build's moment: for the report, and for the proof that none leaks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from sqlite3 import Connection

from newsdigest.base import addresses
from newsdigest.base.addresses import Addresses
from newsdigest.base.records import Secret


class Embargoes:
    """Read-only look-ups of the articles under embargo."""

    def __init__(self, connection: Connection, patterns: Addresses) -> None:
        self._db = connection
        self._patterns = patterns

    def ends(self) -> list[datetime]:
        """When each embargo ends, the next first."""
        rows = self._db.execute("SELECT until FROM embargoed ORDER BY until")
        return [datetime.fromisoformat(until) for (until,) in rows]

    def until(self, article_id: str) -> datetime | None:
        """When the embargo of this article ends, None if it is under none."""
        query = "SELECT until FROM embargoed WHERE id = ?"
        row = self._db.execute(query, (article_id,)).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def secrets(self) -> Iterator[Secret]:
        """What no file of the site may say, by id. A headline or an address that another article
        has, or a headline that is somebody's name, is known already."""
        rows = self._db.execute(
            "SELECT e.id, e.until, a.headline, a.headline_key, a.folder, a.base FROM embargoed e"
            " JOIN articles a USING (id) WHERE a.state = 'draft' ORDER BY e.id"
        ).fetchall()
        for id_, until, headline, key, folder, base in rows:
            address = addresses.article(self._patterns, folder, base)
            yield Secret(
                id_,
                "" if self._is_known("headline_key", key) or self._is_name(headline) else headline,
                "" if base == "index" or self._is_known("url", address) else address,
                until,
            )

    def _is_known(self, column: str, value: str) -> bool:
        query = f"SELECT 1 FROM standing WHERE {column} = ? LIMIT 1"
        return self._db.execute(query, (value,)).fetchone() is not None

    def _is_name(self, headline: str) -> bool:
        query = "SELECT 1 FROM forms WHERE form = ? AND articles > 0 LIMIT 1"
        return self._db.execute(query, (headline,)).fetchone() is not None
