"""The editors' names put in the place of the tagger's, in one article. Pure.

`file.py` says what the file means; here is what that does to the mentions of a text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from newsdigest.base.records import Article, Entity, EntityType, Mention
from newsdigest.entities.curated.file import Curated
from newsdigest.entities.curated.surfaces import Hit, matching
from newsdigest.entities.forms import Form, folded_name, shorter_forms
from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.keys import entity_key
from newsdigest.entities.titles import without_titles


class _Spot(NamedTuple):
    """A mention the tagger gave: of which of its entities."""

    start: int
    end: int
    entity: int
    mention: Mention


_Owners = Sequence[int | None]
_SOURCE_LINE = re.compile(r"(?:/|©|\b(?:photos?|textes?|sources?|crédits?) ?:) ?$", re.IGNORECASE)
_AFTER_SOURCE = re.compile(r"\)\s*(?:$|[-–—])")


def apply(curated: Curated, article: Article, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The tagger's entities of the article as the file would have them.

    In reading order, mentions sorted and apart; applied twice, the same. The names of the file
    are found even where the tagger saw nothing, the longest first, and win over what it saw of
    the same words; but a single word leaves a longer name the tagger saw alone ("Paris" and
    "Paris Saint-Germain"), and the surname of `short=global` every other person's.
    """
    if not curated.entities:
        return entities
    hits = curated.index.hits(article)
    owners = [_owner(curated, entity) for entity in entities]
    if not hits and not any(owner is not None for owner in owners):
        return entities
    spots = _by_block(entities)
    hits = _longest_first(_without_doubtful_surnames(curated, hits, entities, owners))
    groups: dict[tuple[str, EntityType], tuple[str, list[Mention]]] = {}
    lost: set[Mention] = set()
    while hits:
        left: list[Hit] = []
        for hit in hits:
            over = [
                spot
                for spot in _overlapping(spots.get(hit.block, []), hit)
                if spot.mention not in lost
            ]
            line = curated.entities[hit.at]
            if hit.use == "never":
                # These words are the other name's: a part of them was not the line's.
                length = hit.end - hit.start
                lost |= {
                    spot.mention
                    for spot in over
                    if owners[spot.entity] == hit.at and spot.end - spot.start < length
                }
            elif _yields(curated, hit, over, entities, owners):
                left.append(hit)
            else:
                lost |= {spot.mention for spot in over}
                mention = Mention(hit.block, hit.start, hit.end, hit.text)
                groups.setdefault((curated.keys[hit.at], line.type), (line.name, []))[1].append(
                    mention
                )
        # What a name yielded to may have lost its words to another one: look again.
        hits = left if len(left) < len(hits) else []
    for block in spots.values():
        for spot in block:
            if spot.mention not in lost:
                name, kind = _kept_as(curated, spot, entities[spot.entity], owners[spot.entity])
                group = groups.setdefault((curated.key_of(name, kind), kind), (name, []))
                group[1].append(spot.mention)
    result = []
    for (key, kind), (name, mentions) in groups.items():
        mentions = _tagged(curated, key, article, mentions)
        if mentions:
            result.append(Entity(name, kind, tuple(sorted(mentions, key=_reading_order))))
    result.sort(key=lambda entity: _reading_order(entity.mentions[0]))
    return tuple(result)


_reading_order = attrgetter("block", "start")


def _owner(curated: Curated, entity: Entity) -> int | None:
    """The line an entity of the tagger's belongs to whole: by its name, or another form of it."""
    key = curated.key_of(entity.name, entity.type)
    by_key = curated.by_key
    at = by_key.get(key)
    if at is None:
        at = by_key.get(curated.key_of(without_titles(entity.name), entity.type))
    if at is not None:
        return at
    found: set[int] = set()
    is_person = entity.type == "person"
    for mention in entity.mentions:
        at = by_key.get(curated.key_of(mention.text, entity.type))
        # A surname that is another's alias takes its own mentions, never the full name with them.
        if at is not None and not (is_person and _is_short_of(mention.text, entity.name)):
            found.add(at)
    found = {at for at in found if key not in curated.never_keys[at]}
    return found.pop() if len(found) == 1 else None


def _is_short_of(text: str, name: str) -> bool:
    return folded_name(text) in (shorter_forms(name) or ())


def _by_block(entities: tuple[Entity, ...]) -> dict[int, list[_Spot]]:
    found: dict[int, list[_Spot]] = {}
    for at, entity in enumerate(entities):
        for mention in entity.mentions:
            spot = _Spot(mention.start, mention.end, at, mention)
            found.setdefault(mention.block, []).append(spot)
    for spots in found.values():
        spots.sort(key=_start)
    return found


_start = attrgetter("start")


def _without_doubtful_surnames(
    curated: Curated, hits: list[Hit], entities: tuple[Entity, ...], owners: _Owners
) -> list[Hit]:
    """Surnames of `short=global` go where the article gives them to another full name only, or to
    one their line says it is not."""
    if not any(hit.use == "short" for hit in hits):
        return hits
    named: set[int] = set()
    others: dict[Form, set[int | None]] = {}
    never: dict[Form, set[int]] = {}
    people = {entity_key(entity.name) for entity in entities if entity.type == "person"}
    for hit in hits:
        line = curated.entities[hit.at]
        if hit.use == "own":
            if folded_name(hit.text) not in curated.short_forms[hit.at]:
                named.add(hit.at)
            if line.type == "person":
                for form in shorter_forms(line.name) or ():
                    others.setdefault(form, set()).add(hit.at)
        elif hit.use == "never" and (entity_key(hit.text) in people or _is_given(hit.text)):
            for form in shorter_forms(hit.text) or ():
                never.setdefault(form, set()).add(hit.at)
    for entity, owner in zip(entities, owners, strict=True):
        if entity.type == "person":
            for form in shorter_forms(entity.name) or ():
                others.setdefault(form, set()).add(owner)
        if owner is not None and any(
            folded_name(mention.text) not in curated.short_forms[owner]
            and entity_key(mention.text) not in curated.never_keys[owner]
            for mention in entity.mentions
        ):
            named.add(owner)

    def stands(hit: Hit) -> bool:
        form = folded_name(hit.text)
        if hit.at in never.get(form, ()):
            return False
        return hit.at in named or not others.get(form, set()) - {hit.at}

    return [hit for hit in hits if hit.use != "short" or stands(hit)]


def _is_given(name: str) -> bool:
    """Whether a name begins with a first name: "Anne Girod", not "Pont Girod"."""
    return name.replace("-", " ").partition(" ")[0] in load_gazetteer().given_names


def _longest_first(hits: list[Hit]) -> list[Hit]:
    """Hits that do not overlap: of two that do, the longer, then the earlier."""
    taken: dict[int, list[tuple[int, int]]] = {}
    kept = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.block, hit.start)):
        spans = taken.setdefault(hit.block, [])
        at = bisect_left(spans, (hit.end, 0))
        if at == 0 or spans[at - 1][1] <= hit.start:
            spans.insert(at, (hit.start, hit.end))
            kept.append(hit)
    return kept


def _overlapping(spots: list[_Spot], hit: Hit) -> list[_Spot]:
    at = end = bisect_left(spots, hit.end, key=_start)
    while at and spots[at - 1].end > hit.start:
        at -= 1
    return spots[at:end]


def _yields(
    curated: Curated,
    hit: Hit,
    over: list[_Spot],
    entities: tuple[Entity, ...],
    owners: _Owners,
) -> bool:
    """Whether a name of the file leaves its words to a mention the tagger gave."""
    is_one_word = " " not in matching(hit.text)
    for spot in over:
        entity, owner = entities[spot.entity], owners[spot.entity]
        if (
            spot.start <= hit.start
            and hit.end <= spot.end
            and spot.end - spot.start > len(hit.text)
        ):
            written = spot.mention.text
            keys = {
                curated.key_of(name, entity.type) for name in (written, without_titles(written))
            }
            if owner == hit.at and not keys & curated.never_keys[hit.at]:
                return True
            if not keys & curated.own_keys[hit.at] and (is_one_word or hit.use == "short"):
                return True
        elif hit.use == "short" and owner != hit.at and _is_person_called(entity, hit.text):
            return True
    return False


def _is_person_called(entity: Entity, short: str) -> bool:
    return entity.type == "person" and _is_short_of(short, entity.name)


def _kept_as(
    curated: Curated, spot: _Spot, entity: Entity, owner: int | None
) -> tuple[str, EntityType]:
    """Whose a mention of the tagger's stays: its entity's, its line's, or its own."""
    if owner is None:
        return entity.name, entity.type
    line, text = curated.entities[owner], spot.mention.text
    key = curated.key_of(text, entity.type)
    if key in curated.never_keys[owner]:
        return text, entity.type
    is_own = key in curated.own_keys[owner]
    if line.short == "none" and not is_own and folded_name(text) in curated.short_forms[owner]:
        return text, entity.type
    return line.name, line.type


def _tagged(curated: Curated, key: str, article: Article, mentions: list[Mention]) -> list[Mention]:
    """What `notag` leaves of an entity's mentions."""
    at = curated.by_key.get(key)
    notag = "" if at is None else curated.entities[at].notag
    if at is None or not notag:
        return mentions
    signed = {entity_key(name) for name in (*article.agencies, *article.authors)}
    if notag == "always" or signed & curated.own_keys[at]:
        return []
    return [mention for mention in mentions if not _is_credit(article, mention)]


def _is_credit(article: Article, mention: Mention) -> bool:
    """`Texte : X`, `VNA/X`, `(X)` at the end of a text or before its dash, X alone."""
    text = _text_of(article, mention.block)
    before = text[max(0, mention.start - 20) : mention.start]
    after = text[mention.end : mention.end + 20]
    if _SOURCE_LINE.search(before) or after.startswith("/"):
        return True
    if before.endswith("(") and _AFTER_SOURCE.match(after):
        return True
    return not any(map(str.isalnum, before + after)) and mention.start < 20 > len(after)


def _text_of(article: Article, block: int) -> str:
    return article.headline if block < 0 else article.blocks[block].tagged_text
