"""What is under embargo at the last build's moment: for the report, and for the proof that none leaks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from sqlite3 import Connection

from newsdigest.archive.rows import noted, unpack_record
from newsdigest.base import addresses
from newsdigest.base.addresses import Addresses
from newsdigest.base.clock import WITHDRAWN
from newsdigest.base.records import Secret
from newsdigest.text.headline_key import headline_key


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

    def ahead(self, now: datetime) -> Iterator[tuple[str, datetime | None, datetime]]:
        """(address, end of its embargo, date) of what stands here and is not public at that moment:
        a preview's own, for nothing else has any."""
        moment = now.astimezone(UTC)
        earliest = (moment - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
        rows = self._db.execute(
            "SELECT a.url, max(coalesce(e.until, ''), coalesce(o.until, '')), a.record"
            " FROM standing a LEFT JOIN embargoed e USING (id) LEFT JOIN embargoes o USING (id)"
            " WHERE a.sort >= ? OR a.id IN (SELECT id FROM embargoed UNION SELECT id FROM embargoes"
            " WHERE until > ?) ORDER BY a.sort",
            (earliest, noted(moment)),
        )
        for url, until, record in rows:
            published = unpack_record(record).article.published
            end = datetime.fromisoformat(until) if until > noted(moment) else None
            if end or published > moment:
                yield url, end, published

    def secrets(self) -> Iterator[Secret]:
        """What no file of the site may say, by id. A headline or an address that another article
        has, or a headline that is somebody's name, is known already; the headline of what its agency
        has withdrawn is its successor's to have, in part or whole."""
        rows = self._db.execute(
            "SELECT e.id, e.until, a.headline, a.headline_key, a.folder, a.plain_slug FROM embargoed e"
            " CROSS JOIN articles a USING (id) WHERE a.state = 'draft' ORDER BY e.id"
        ).fetchall()
        for id_, until, headline, key, folder, base in rows:
            address = addresses.article(self._patterns, folder, base)
            known = self._is_known("headline_key", key) or self._is_name(headline)
            is_given = self._is_known("url", address) or self._was_given("address", address)
            yield Secret(
                id_,
                "" if known or until == noted(WITHDRAWN) else headline,
                "" if base == "index" or is_given else address,
                until,
                self._was_given("id", id_),
            )

    def containing(self, headline: str) -> list[str]:
        """The headlines of standing articles that say this one among other words, and the addresses
        given for good whose articles were called so once."""
        key, slug = headline_key(headline), addresses.slugify(headline)
        query = (
            "SELECT headline FROM standing WHERE instr(headline_key, ?) AND headline_key != ?"
            " UNION SELECT address FROM ledger_addresses WHERE instr(address, ?)"
        )
        return sorted(one for (one,) in self._db.execute(query, (key, key, slug)))

    def _is_known(self, column: str, value: str) -> bool:
        query = f"SELECT 1 FROM standing WHERE {column} = ? LIMIT 1"
        return self._db.execute(query, (value,)).fetchone() is not None

    def _was_given(self, column: str, value: str) -> bool:
        """Whether the ledger knows an article by this id or address: readers do too."""
        query = f"SELECT 1 FROM ledger_addresses WHERE {column} = ? LIMIT 1"
        return self._db.execute(query, (value,)).fetchone() is not None

    def _is_name(self, headline: str) -> bool:
        query = "SELECT 1 FROM forms WHERE form = ? AND articles > 0 LIMIT 1"
        return self._db.execute(query, (headline,)).fetchone() is not None
