"""Articles that stand elsewhere than they did: former addresses, and where each leads."""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection

from newsdigest.archive.cards import card_at
from newsdigest.archive.facts import Fact, reads
from newsdigest.base.records import Card

_MOVED = "FROM ledger_addresses f JOIN standing s USING (id) WHERE f.former AND f.address != s.url"


class Moves:
    """Read-only look-ups by former addresses, of articles that stand."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    @reads(Fact.LEDGER, Fact.ADDRESSES)
    def all(self) -> list[tuple[str, str]]:
        """(former address, address) of each, by the former."""
        query = f"SELECT f.address, s.url {_MOVED} ORDER BY f.address"
        return self._db.execute(query).fetchall()

    @reads(Fact.LEDGER, Fact.ADDRESSES)
    def exist(self) -> bool:
        """Whether any article ever moved."""
        return self._db.execute(f"SELECT 1 {_MOVED} LIMIT 1").fetchone() is not None

    @reads(Fact.LEDGER, Fact.ADDRESSES, Fact.CARDS)
    def target(self, address: str) -> Card | None:
        """The article that once stood there and stands elsewhere now."""
        query = f"SELECT s.card, s.url {_MOVED} AND f.address = ?"
        row = self._db.execute(query, (address,)).fetchone()
        return card_at(*row) if row else None

    def of(self, ids: Iterable[str]) -> set[str]:
        """The former addresses of these articles."""
        query = "SELECT address FROM ledger_addresses WHERE former AND id = ?"
        return {address for id_ in ids for (address,) in self._db.execute(query, (id_,))}
