"""Articles and entities as lists show them: teasers, links, sections, chips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import get_args

from markupsafe import Markup

from newsdigest.base.records import Card, EntityCard, EntityType, Membership, Site, StoryCard
from newsdigest.site.head import lang_attrs
from newsdigest.site.shapes import Chip, ChipGroup, Link, StoryEntry, Teaser
from newsdigest.site.words import number, one_language, section_title, words
from newsdigest.text import dates, typography

KEPT_NAMES = 20_000
# Minutes from which a reader is told how long an article is.
LONG_READ = 3

_TYPES: tuple[EntityType, ...] = get_args(EntityType)


@lru_cache(maxsize=10_000)
def teaser(card: Card, site: Site, date: str = "", *, sectioned: bool = False) -> Teaser:
    """A card as lists show it; `date` is printed where the list does not imply it.

    `sectioned` lets an article without a kicker say which section it comes from.
    """
    kicker = card.kicker
    if sectioned and not kicker and card.section:
        kicker = section_title(card.section, site.lang)
    known = words(site.lang)
    same = known.same_dispatch.format(credits=", ".join(card.also)) if card.also else ""
    again = renewed(card, site.lang)
    return Teaser(
        url=card.url,
        headline=card.headline,
        dek=card.dek,
        kicker=" · ".join(filter(None, (kicker, card.update))),
        meta=" · ".join(filter(None, (card.credit, reading(card, site.lang), same, again))),
        iso_date=card.iso_date,
        date=date,
        time=card.iso_date[11:16],
        attrs=lang_attrs(card.lang, site.lang),
        source=" · ".join(filter(None, (card.credit, same, again))),
        adds=card.adds,
        corrected=corrected(card, site.lang),
    )


def reading(card: Card, lang: str) -> str:
    """How long it takes to read, "" for what is short."""
    if card.minutes < LONG_READ:
        return ""
    return words(lang).reading.format(minutes=card.minutes)


def renewed(card: Card, lang: str) -> str:
    """That a newer version of a dispatch is told, and when it came; "" for any other."""
    if not card.renewed:
        return ""
    at = dates.at(card.renewed, lang, card.iso_date[:10])
    return typography.typeset(words(lang).renewed.format(at=at), lang)


def corrected(card: Card, lang: str) -> str:
    """That an article was corrected, and on which day; "" for any other."""
    if not card.corrected:
        return ""
    day = dates.day_label(card.corrected, lang)
    return typography.typeset(words(lang).corrected.format(day=day), lang)


def card_link(card: Card, site: Site) -> Link:
    """A card as a plain link."""
    attrs = lang_attrs(card.lang, site.lang)
    return Link(card.url, card.headline, corrected(card, site.lang), attrs)


def dated(cards: Sequence[Card], site: Site) -> tuple[Teaser, ...]:
    """Articles where the list does not tell the day."""
    return tuple(teaser(card, site, dates.label(card.iso_date, site.lang)) for card in cards)


def by_language(cards: Sequence[Card], site: Site) -> dict[str, list[Card]]:
    """Those in other languages than the site's, by language, each in the order given."""
    found: dict[str, list[Card]] = {}
    for card in cards:
        if not one_language(card.lang, site.lang):
            found.setdefault(card.lang, []).append(card)
    return dict(sorted(found.items()))


def story_links(stories: Sequence[StoryCard], site: Site) -> tuple[Link, ...]:
    """Stories as plain links."""
    return tuple(
        Link(story.url, _story_title(story, site), attrs=_story_attrs(story, site))
        for story in stories
    )


def _story_title(story: StoryCard, site: Site) -> str:
    return typography.typeset(story.title, story.lang or site.lang)


def _story_attrs(story: StoryCard, site: Site) -> Markup:
    return lang_attrs(story.lang or site.lang, site.lang)


def chips(entities: Sequence[EntityCard], site: Site, *, counted: bool = True) -> tuple[Chip, ...]:
    """Entities as chips; a count is shown only where it leads to the articles it counts."""
    return tuple(
        Chip(entity.name, entity.url, entity.articles, number(entity.articles, site.lang))
        if counted and entity.url
        else Chip(entity.name, entity.url)
        for entity in entities
    )


def chips_by_type(
    entities: Sequence[EntityCard], site: Site, most: int | None = None, *, counted: bool = True
) -> tuple[ChipGroup, ...]:
    """Entities as chips under their types, `most` of each."""
    labels = words(site.lang).types_plural
    groups = (
        (labels[kind], [entity for entity in entities if entity.type == kind][:most])
        for kind in _TYPES
    )
    return tuple(
        ChipGroup(label, chips(named, site, counted=counted)) for label, named in groups if named
    )


def typeset_cards(cards: Sequence[EntityCard], lang: str) -> tuple[EntityCard, ...]:
    """The cards with their names typeset: the archive keeps them as the copy writes them."""
    return tuple(
        replace(card, name=name) if (name := _typeset_name(card.name, lang)) != card.name else card
        for card in cards
    )


@lru_cache(maxsize=KEPT_NAMES)
def _typeset_name(name: str, lang: str) -> str:
    return typography.typeset(name, lang)


def story_entry(story: StoryCard, site: Site) -> StoryEntry:
    """A story as lists of stories show it."""
    return StoryEntry(
        title=_story_title(story, site),
        url=story.url,
        count=story.articles,
        articles=number(story.articles, site.lang),
        first_iso=story.first,
        first=dates.label(story.first, site.lang),
        last_iso=story.last,
        last=dates.label(story.last, site.lang),
        span=dates.span(story.first, story.last, site.lang),
        attrs=_story_attrs(story, site),
    )


def why(membership: Membership, site: Site) -> str:
    """Why an article is in its story, for readers; "" for the one that opens it."""
    known = words(site.lang)
    if membership.kind == "cited":
        return known.why_cited
    if membership.kind == "decision":
        return known.why_decided
    return shared(membership.names, membership.words, site)


def shared(names: Sequence[str], plain: Sequence[str], site: Site) -> str:
    """`Poutine, Witkoff en commun`: names where there are any, else words; "" for nothing."""
    told = names or plain
    if not told:
        return ""
    return words(site.lang).why_shared.format(names=typography.typeset(", ".join(told), site.lang))
