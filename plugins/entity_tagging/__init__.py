"""Pelican's door to the entities: people, places and organisations become typed tags."""

from __future__ import annotations

from newsdigest.base.records import SHOWN_TYPES, Article, EntityType
from newsdigest.base.settings import in_order
from newsdigest.entities.tagger import tagger_named
from pelican import signals
from pelican.contents import Content
from pelican.settings import Settings
from pelican.urlwrappers import Tag


def entity_tag(name: str, type_: EntityType, settings: Settings, slug: str = "") -> Tag:
    """A tag that knows it is a person, a place or an organisation (`type`)."""
    tag = Tag(name, settings)
    tag.type = type_
    if slug:
        tag.slug = slug
    return tag


def tag_content(content: Content) -> None:
    """Give an article its entities as tags: those the archive knows, or its own if read alone."""
    record = getattr(content, "record", None)
    if not isinstance(record, Article):
        return
    settings = content.settings
    known = getattr(content, "entities", None)
    if known is None:
        types = in_order(settings.get("ENTITY_TYPES", SHOWN_TYPES))
        found = tagger_named(settings.get("ENTITY_TAGGER", "rules"), types).tag(record)
        content.tags = [entity_tag(entity.name, entity.type, settings) for entity in found]
    else:
        content.tags = [entity_tag(e.name, e.type, settings, e.slug) for e in known]


def register() -> None:
    signals.content_object_init.connect(tag_content)
