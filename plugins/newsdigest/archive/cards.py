"""Rows as the cards that lists show: of articles, entities and stories, with their addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Any

from newsdigest.archive.rows import unpack_card
from newsdigest.base import addresses
from newsdigest.base.addresses import Addresses
from newsdigest.base.records import Card, EntityCard, EntityType, StoryCard
from newsdigest.relate.stories.threads import PAGE_FROM

# What `entity_card` and `story_card` take, of `entities e` and `stories s`.
ENTITY = "e.name, e.type, e.slug, e.articles, e.page_from"
# Of an article's place in the order, its day, or its month where no day is written.
PERIOD = (
    "coalesce((SELECT p.folder FROM articles p WHERE p.id = substr({0}, 18)), substr({0}, 1, 10))"
)
STORY = (
    f"s.title, s.slug, s.articles, {PERIOD.format('s.first')}, {PERIOD.format('s.last')}, s.lang"
)


@lru_cache(maxsize=8192)
def card_at(packed: bytes, url: str) -> Card:
    """The card with its address; an article's card stands on every list it belongs to."""
    return replace(unpack_card(packed), url=addresses.href(url))


def entity_card(
    patterns: Addresses, name: str, type_: EntityType, slug: str, articles: int, page_from: int
) -> EntityCard:
    """The entity with its address, or without one below its page threshold."""
    has_page = bool(slug) and articles >= page_from
    url = addresses.href(addresses.entity(patterns, slug)) if has_page else ""
    return EntityCard(name, type_, slug, url, articles)


def with_page(patterns: Addresses, rows: Iterable[tuple[Any, ...]], limit: int) -> list[EntityCard]:
    """The first `limit` of (`ENTITY`, a count to show) that have a page, with that count."""
    cards = (
        EntityCard(card.name, card.type, card.slug, card.url, row[5])
        for row in rows
        if (card := entity_card(patterns, *row[:5])).url
    )
    return list(islice(cards, limit))


def story_card(
    patterns: Addresses, title: str, slug: str, articles: int, first: str, last: str, lang: str
) -> StoryCard:
    """The story with its address, or without one while it is short of a page."""
    url = addresses.href(addresses.story(patterns, slug)) if articles >= PAGE_FROM else ""
    return StoryCard(title, slug, url, articles, first, last, lang)
