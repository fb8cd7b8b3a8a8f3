"""What the editors' commands ask of the archive."""

from __future__ import annotations

from sqlite3 import Connection

from newsdigest.entities.curated.file import Curated, CuratedEntity


def unused_lines(connection: Connection, curated: Curated) -> list[CuratedEntity]:
    """The lines none of whose names an article gives; those that forbid a tag are never told."""
    query = "SELECT 1 FROM entities WHERE key = ? AND articles > 0"
    return [
        entity
        for entity in curated.entities
        if entity.notag != "always" and not connection.execute(query, (entity.key,)).fetchone()
    ]
