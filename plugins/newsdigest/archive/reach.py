"""How far a change reaches: who shows what changed, asked the other way round."""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection
from typing import Any

from newsdigest.archive.entities import TOGETHER_FROM
from newsdigest.archive.rows import TWIN


class Reach:
    """Read-only look-ups from what changed to what shows it. Ids are articles', numbers entities'."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def copies_and_leaders(self, ids: Iterable[str]) -> set[str]:
        """The copies folded under these articles, and the leaders of those that are copies."""
        queries = (
            "SELECT id FROM folded WHERE duplicate_of = ?",
            "SELECT duplicate_of FROM folded WHERE id = ?",
        )
        return {other for id_ in ids for query in queries for other in self._column(query, id_)}

    def leaders(self, ids: Iterable[str]) -> set[str]:
        """The leaders of those of these articles that are folded copies."""
        query = "SELECT duplicate_of FROM folded WHERE id = ?"
        return {other for id_ in ids for other in self._column(query, id_)}

    def naming(self, entities: Iterable[int]) -> set[str]:
        """The articles that name one of these entities."""
        query = "SELECT a.id FROM mentions m JOIN articles a USING (n) WHERE m.entity = ?"
        return {id_ for number in entities for id_ in self._column(query, number)}

    def named_by(self, ids: Iterable[str]) -> set[int]:
        """The entities that one of these articles names."""
        query = "SELECT m.entity FROM mentions m JOIN articles a USING (n) WHERE a.id = ?"
        return {number for id_ in ids for number in self._column(query, id_)}

    def named_together(self, entities: Iterable[int]) -> set[int]:
        """The entities that may tell one of these beside them: named with it as often as that takes,
        itself included."""
        query = (
            "SELECT o.entity FROM mentions m JOIN mentions o USING (n) WHERE m.entity = ? AND m.live"
            f" GROUP BY o.entity HAVING count(*) >= {TOGETHER_FROM}"
        )
        return {other for number in entities for other in self._column(query, number)}

    def labels_of(self, ids: Iterable[str]) -> set[tuple[str, str]]:
        """The (kind, label) of these articles."""
        query = "SELECT l.kind, l.label FROM labels l JOIN articles a USING (n) WHERE a.id = ?"
        return {found for id_ in ids for found in self._db.execute(query, (id_,))}

    def twins_of(self, paths: Iterable[str]) -> set[str]:
        """The articles with a page at these paths, when their language folders are taken out."""
        query = (
            f"SELECT a.id FROM labels l JOIN articles a USING (n) WHERE l.kind = '{TWIN}'"
            " AND l.label = ?1 UNION SELECT id FROM standing WHERE id = ?1"
        )
        return {id_ for path in paths for id_ in self._column(query, path)}

    def days_of(self, ids: Iterable[str]) -> set[str]:
        """The days of these articles."""
        query = "SELECT day FROM articles WHERE id = ?"
        return {day for id_ in ids for day in self._column(query, id_)}

    def days_naming(self, entities: Iterable[int]) -> set[str]:
        """The days of the articles that name one of these entities."""
        query = "SELECT DISTINCT a.day FROM mentions m JOIN articles a USING (n) WHERE m.entity = ?"
        return {day for number in entities for day in self._column(query, number)}

    def stories_of(self, ids: Iterable[str]) -> set[str]:
        """The ids of the stories that one of these articles belongs to."""
        query = "SELECT story FROM members WHERE id = ?"
        return {story for id_ in ids for story in self._column(query, id_)}

    def stories_naming(self, entities: Iterable[int]) -> set[str]:
        """The ids of the stories with an article that names one of these entities."""
        query = (
            "SELECT DISTINCT s.story FROM mentions m JOIN articles a USING (n)"
            " JOIN members s USING (id) WHERE m.entity = ?"
        )
        return {story for number in entities for story in self._column(query, number)}

    def stories_listing(self, entities: Iterable[int]) -> set[str]:
        """The ids of the stories with several articles that name one of these entities: theirs list it."""
        query = (
            "SELECT s.story FROM mentions m JOIN articles a USING (n)"
            " JOIN members s USING (id) WHERE m.entity = ? GROUP BY s.story HAVING count(*) > 1"
        )
        return {story for number in entities for story in self._column(query, number)}

    def slugs_of(self, stories: Iterable[str]) -> set[str]:
        """The slugs of these stories, as they stand."""
        query = "SELECT slug FROM stories WHERE story = ?"
        return {slug for story in stories for slug in self._column(query, story)}

    def ids_of(self, numbers: Iterable[int]) -> set[str]:
        """The ids of the articles of these numbers."""
        query = "SELECT id FROM articles WHERE n = ?"
        return {id_ for n in numbers for id_ in self._column(query, n)}

    def _column(self, query: str, value: str | int) -> list[Any]:
        return [found for (found,) in self._db.execute(query, (value,))]
