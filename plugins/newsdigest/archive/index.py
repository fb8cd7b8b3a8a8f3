"""All the entities that have a page: the A-Z index, its parts, and who has a feed."""

from __future__ import annotations

from collections.abc import Iterator
from sqlite3 import Connection

from newsdigest.archive.cards import ENTITY, entity_card
from newsdigest.archive.facts import Fact, reads
from newsdigest.base.addresses import Addresses
from newsdigest.base.records import EntityCard, EntityType
from newsdigest.base.settings import Limits

_HAS_PAGE = "e.articles >= e.page_from AND e.articles > 0"


class EntityIndex:
    """Read-only look-ups of the entities as a whole."""

    def __init__(self, connection: Connection, addresses: Addresses, limits: Limits) -> None:
        self._db = connection
        self._addresses = addresses
        self._limits = limits

    @reads(Fact.NAMES)
    def cards(self, initials: str = "") -> list[EntityCard]:
        """Every entity that has a page, or those of some initials, by slug."""
        which = " AND e.initials = ?" if initials else ""
        rows = self._db.execute(
            f"SELECT {ENTITY} FROM entities e WHERE {_HAS_PAGE}{which} ORDER BY e.slug",
            [initials] if initials else [],
        )
        return [card for row in rows if (card := entity_card(self._addresses, *row)).url]

    @reads(Fact.NAMES)
    def count(self) -> int:
        """How many entities have a page."""
        query = f"SELECT count(*) FROM entities e WHERE {_HAS_PAGE}"
        return int(self._db.execute(query).fetchone()[0])

    @reads(Fact.NAMES)
    def is_cut(self) -> bool:
        """Whether the A-Z index is too large for one page."""
        return self.count() > self._limits.entities_on_one_page

    @reads(Fact.NAMES)
    def initials(self) -> list[str]:
        """The initials of the entities that have a page."""
        query = f"SELECT DISTINCT e.initials FROM entities e WHERE {_HAS_PAGE} ORDER BY e.initials"
        return [initials for (initials,) in self._db.execute(query)]

    @reads(Fact.NAMES)
    def holds(self, initials: str) -> bool:
        """Whether an entity of these initials has a page."""
        query = f"SELECT 1 FROM entities e WHERE {_HAS_PAGE} AND e.initials = ? LIMIT 1"
        return bool(self._db.execute(query, (initials,)).fetchone())

    @reads(Fact.NAMES)
    def most_cited(self, limit: int) -> list[EntityCard]:
        """The entities of the most articles, most first."""
        rows = self._db.execute(
            f"SELECT {ENTITY} FROM entities e WHERE {_HAS_PAGE}"
            " ORDER BY e.articles DESC, e.slug LIMIT ?",
            (limit,),
        )
        return [entity_card(self._addresses, *row) for row in rows]

    @reads(Fact.NAMES)
    def with_feed(self) -> Iterator[tuple[str, EntityType, str]]:
        """(name, type, slug) of every entity that has its feeds, by slug."""
        rows = self._db.execute(
            f"SELECT e.name, e.type, e.slug FROM entities e WHERE {_HAS_PAGE} AND e.articles >= ?"
            " ORDER BY e.slug",
            (self._limits.entity_feed_from,),
        )
        return iter(rows)

    @reads(Fact.NAMES)
    def rows(self) -> list[tuple[int, str, str, str]]:
        """(number, name, type, slug) of every entity, by slug."""
        query = "SELECT entity, name, type, slug FROM entities WHERE articles > 0 ORDER BY slug"
        return self._db.execute(query).fetchall()
