"""Pelican's door to the entities: people, places and organisations become typed tags."""

from __future__ import annotations

from newsdigest.ingest import tagger_named
from newsdigest.records import Article, EntityType
from pelican import signals
from pelican.contents import Content
from pelican.settings import Settings
from pelican.urlwrappers import Tag


class EntityTag(Tag):  # type: ignore[misc]
    """A tag that knows it is a person, a place or an organisation."""

    def __init__(self, name: str, settings: Settings, type_: EntityType, slug: str = "") -> None:
        super().__init__(name, settings)
        self.type = type_
        if slug:
            self.slug = slug


def tag_content(content: Content) -> None:
    """Give an article its entities as tags: those the archive knows, or its own if read alone."""
    record = getattr(content, "record", None)
    if not isinstance(record, Article):
        return
    settings = content.settings
    known = getattr(content, "entities", None)
    if known is None:
        found = tagger_named(settings.get("ENTITY_TAGGER", "rules")).tag(record)
        content.tags = [EntityTag(entity.name, settings, entity.type) for entity in found]
    else:
        content.tags = [EntityTag(e.name, settings, e.type, e.slug) for e in known]


def register() -> None:
    signals.content_object_init.connect(tag_content)
