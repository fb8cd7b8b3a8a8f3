"""All the entities that have a page: the A-Z index, its parts, and who has a feed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from sqlite3 import Connection
from typing import NamedTuple

from newsdigest.archive.asked import asked_once
from newsdigest.archive.cards import ENTITY, PERIOD, entity_card
from newsdigest.archive.facts import Fact, reads
from newsdigest.base.addresses import Addresses
from newsdigest.base.records import EntityCard, EntityType
from newsdigest.base.settings import Limits

_HAS_PAGE = "e.articles >= e.page_from AND e.articles > 0"
# Feeds of one letter that a list for feed readers holds: 300 bytes each.
MOST_OF_LETTER = 2000


class _Part(NamedTuple):
    """The entities of these initials that have a page; of them, those that search engines may list,
    and those that have feeds."""

    initials: str
    pages: int
    listed: int
    fed: int


class EntityIndex:
    """Read-only look-ups of the entities as a whole."""

    def __init__(self, connection: Connection, addresses: Addresses, limits: Limits) -> None:
        self._db = connection
        self._addresses = addresses
        self._limits = limits

    @asked_once
    def _parts(self) -> list[_Part]:
        """All there are, by initials."""
        rows = self._db.execute(
            "SELECT e.initials, count(*), sum(e.articles >= ?), sum(e.articles >= ?) FROM entities e"
            f" WHERE {_HAS_PAGE} GROUP BY e.initials ORDER BY e.initials",
            (self._limits.entity_index_from, self._limits.entity_feed_from),
        )
        return [_Part(*row) for row in rows]

    @reads(Fact.NAMES)
    def cards(self, initials: str = "") -> list[EntityCard]:
        """Every entity that has a page, or those of some initials, by slug."""
        which = " AND e.initials = ?" if initials else ""
        rows = self._db.execute(
            f"SELECT {ENTITY} FROM entities e WHERE {_HAS_PAGE}{which} ORDER BY e.slug",
            [initials] if initials else [],
        )
        return [card for row in rows if (card := entity_card(self._addresses, *row)).url]

    @reads(Fact.NAMES, Fact.MENTIONS)
    def listed(self, initials: str) -> list[tuple[EntityCard, str]]:
        """The entities of these initials that search engines may list, by slug, each with the day of its
        newest mention."""
        newest = (
            "(SELECT m.sort FROM mentions m WHERE m.entity = e.entity AND m.live"
            " ORDER BY m.sort DESC LIMIT 1)"
        )
        rows = self._db.execute(
            f"SELECT {ENTITY}, {PERIOD.format(newest)} FROM entities e WHERE {_HAS_PAGE}"
            " AND e.initials = ? AND e.articles >= ? ORDER BY e.slug",
            (initials, self._limits.entity_index_from),
        )
        return [(entity_card(self._addresses, *row), day) for *row, day in rows]

    @reads(Fact.NAMES)
    def cited_often(self, initials: str, more_than: int) -> list[EntityCard]:
        """Those of them that more articles than that name, by slug."""
        rows = self._db.execute(
            f"SELECT {ENTITY} FROM entities e WHERE {_HAS_PAGE} AND e.initials = ? AND e.articles >= ?"
            " ORDER BY e.slug",
            (initials, max(self._limits.entity_index_from, more_than + 1)),
        )
        return [entity_card(self._addresses, *row) for row in rows]

    @reads(Fact.NAMES)
    def lists(self, initials: str) -> bool:
        """Whether search engines may list an entity of these initials."""
        return any(part.listed for part in self._parts() if part.initials == initials)

    @reads(Fact.NAMES)
    def listed_initials(self) -> list[str]:
        """The initials of the entities that search engines may list."""
        return [part.initials for part in self._parts() if part.listed]

    @reads(Fact.NAMES)
    def initials_of(self, entities: Iterable[int]) -> set[str]:
        """The initials of these entities, as far as they are named still."""
        query = "SELECT e.initials FROM entities e WHERE e.entity = ? AND e.articles > 0"
        found = (self._db.execute(query, (entity,)).fetchone() for entity in entities)
        return {row[0] for row in found if row}

    @reads(Fact.NAMES)
    def count(self) -> int:
        """How many entities have a page."""
        return sum(part.pages for part in self._parts())

    @reads(Fact.NAMES)
    def is_cut(self) -> bool:
        """Whether the A-Z index is too large for one page."""
        return self.count() > self._limits.entities_on_one_page

    @reads(Fact.NAMES)
    def initials(self) -> list[str]:
        """The initials of the entities that have a page."""
        return [part.initials for part in self._parts()]

    @reads(Fact.NAMES)
    def holds(self, initials: str) -> bool:
        """Whether an entity of these initials has a page."""
        return any(part.initials == initials for part in self._parts())

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
    def with_feed(self, part: str = "") -> Iterator[tuple[str, EntityType, str]]:
        """(name, type, slug) of every entity that has its feeds, or of those of a part, by slug."""
        whole = self._fed_by_letter().get(part, 0) <= MOST_OF_LETTER
        upto = f"{part}\U0010ffff" if whole else part
        within = "AND e.initials >= ? AND e.initials <= ?" if part else ""
        rows = self._db.execute(
            f"SELECT e.name, e.type, e.slug FROM entities e WHERE {_HAS_PAGE} AND e.articles >= ?"
            f" {within} ORDER BY e.slug",
            (self._limits.entity_feed_from, *((part, upto) if part else ())),
        )
        return iter(rows)

    @reads(Fact.NAMES)
    def feed_parts(self) -> list[str]:
        """The parts in which the entities that have feeds are listed: letters, or the initials of a
        letter that has too many."""
        large = {letter for letter, n in self._fed_by_letter().items() if n > MOST_OF_LETTER}
        found = (part.initials for part in self._parts() if part.fed)
        return sorted({part if part[0] in large else part[0] for part in found})

    def _fed_by_letter(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for part in self._parts():
            found[part.initials[:1]] = found.get(part.initials[:1], 0) + part.fed
        return found

    @reads(Fact.NAMES)
    def rows(self) -> list[tuple[int, str, str, str]]:
        """(number, name, type, slug) of every entity, by slug."""
        query = "SELECT entity, name, type, slug FROM entities WHERE articles > 0 ORDER BY slug"
        return self._db.execute(query).fetchall()
