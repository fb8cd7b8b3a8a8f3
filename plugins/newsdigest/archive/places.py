"""The places that the articles of a day or a story name, as far as it is known where they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from sqlite3 import Connection
from typing import Any, NamedTuple

from newsdigest.archive.cards import ENTITY, entity_card
from newsdigest.archive.facts import Fact, reads
from newsdigest.archive.stories import NEWEST, STORY_WINDOW
from newsdigest.base.addresses import Addresses
from newsdigest.base.records import EntityCard
from newsdigest.entities.coordinates import Spot, spot_of

# Of an article, a place is part of the scene; of a story it is from so many articles on.
STORY_FROM = 2


class Place(NamedTuple):
    """A place, with the articles that name it there, and where it is."""

    card: EntityCard
    spot: Spot


class Places:
    """Read-only look-ups of places that have one on maps."""

    def __init__(self, connection: Connection, addresses: Addresses) -> None:
        self._db = connection
        self._addresses = addresses

    @reads(Fact.MENTIONS, Fact.NAMES)
    def on_day(self, day: str, limit: int) -> list[Place]:
        """Those the day's articles name and that have a page, most first."""
        rows = self._db.execute(
            f"SELECT e.key, e.at, {ENTITY}, count(*) AS times FROM live a"
            " JOIN mentions m USING (n) JOIN entities e USING (entity)"
            " WHERE a.folder = ? AND m.live AND e.type = 'place'"
            " GROUP BY e.entity ORDER BY times DESC, e.key",
            (day,),
        )
        return self._placed(rows, limit)

    @reads(Fact.MEMBERS, Fact.MENTIONS, Fact.NAMES)
    def of_story(self, story: str, limit: int) -> list[Place]:
        """Those several of the story's newest articles name and that have a page, most first."""
        rows = self._db.execute(
            f"SELECT e.key, e.at, {ENTITY}, count(*) AS times FROM {NEWEST} m"
            " JOIN articles a USING (id) JOIN mentions o USING (n) JOIN entities e USING (entity)"
            " WHERE e.type = 'place' GROUP BY e.entity HAVING times >= ? ORDER BY times DESC, e.key",
            (story, STORY_WINDOW, STORY_FROM),
        )
        return self._placed(rows, limit)

    @reads(Fact.NAMES)
    def spot(self, number: int) -> Spot | None:
        """Where one entity is; None for what is no place, and where it is not known."""
        query = "SELECT key, at FROM entities WHERE entity = ? AND type = 'place'"
        row = self._db.execute(query, (number,)).fetchone()
        return spot_of(*row) if row else None

    def _placed(self, rows: Iterable[tuple[Any, ...]], limit: int) -> list[Place]:
        found = (
            Place(replace(card, articles=times), spot)
            for key, told, *named, times in rows
            if (spot := spot_of(key, told)) is not None
            and (card := entity_card(self._addresses, *named)).url
        )
        return list(islice(found, limit))
