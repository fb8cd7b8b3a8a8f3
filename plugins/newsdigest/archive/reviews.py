"""What the editors' commands ask of the archive."""

from __future__ import annotations

from sqlite3 import Connection

from newsdigest.entities.curated.file import Curated, CuratedEntity
from newsdigest.relate.decisions import Decisions, Named


def unused_lines(connection: Connection, curated: Curated) -> list[CuratedEntity]:
    """The lines none of whose names an article gives; those that forbid a tag are never told."""
    query = "SELECT 1 FROM entities WHERE key = ? AND articles > 0"
    return [
        entity
        for entity in curated.entities
        if entity.notag != "always" and not connection.execute(query, (entity.key,)).fetchone()
    ]


def unknown_ids(connection: Connection, decisions: Decisions) -> list[Named]:
    """The ids in the editors' decisions that no article has, by line."""
    query = "SELECT 1 FROM articles WHERE id = ?"
    found = [n for n in decisions.named if not connection.execute(query, (n.id,)).fetchone()]
    return sorted(found, key=lambda named: (named.line, named.kind, named.id))
