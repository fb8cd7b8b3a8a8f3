"""A trained model's names put in the place of the rules', under the house's own decisions.

Whoever follows a civil title is a person, without the title; a listed organisation ends where the
list says; a phrase somebody coined, whole in quotation marks, is no organisation; months, feasts and
the agencies that sign are no tags.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator
from typing import TypeVar

from newsdigest.base.records import SHOWN_TYPES, EntityType
from newsdigest.entities.capitals import Token, capitalised_words
from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.model.bounds import bare_name, is_no_name, tidied
from newsdigest.entities.names import CIVIL_TITLES
from newsdigest.entities.rules.context import (
    announced_thing,
    belongs_to_event,
    is_quoted,
    names_a_thing,
    plain_signs,
    tells_company,
    tells_country,
    words_before,
)
from newsdigest.entities.spans import Reading, Span
from newsdigest.entities.words import HOUSE_AGENCIES

Found = tuple[int, int, EntityType | None]
"""A stretch of a text that a model took for a name; None for what is of no type of ours."""

Stretch = tuple[int, int]

_Stretch = TypeVar("_Stretch", Found, Token, Span)

# How far before a name its civil title may stand, other holders between: "MM. Girod et Delcourt".
TITLE_REACH = 60
# Longer is a list without commas, in code points; and merging costs the square of a name's words.
LONGEST_NAME = 120


def with_names(
    text: str, reading: Reading, found: list[Found], shown: tuple[EntityType, ...] = SHOWN_TYPES
) -> Reading:
    """The rules' reading of a text with a model's names. `found` stands in order, no two overlap.

    An event or a product is an entity where `shown` names its type; else its words are nobody's.
    """
    plain = plain_signs(text)
    reading = reading._replace(spans=_as_far(text, plain, reading.spans, found))
    bodies = [
        (start, end)
        for start, end, kind in found
        if kind not in ("place", "person") and not plain.startswith("gouvernement", start)
    ]
    spans = [
        span
        for span in reading.spans
        if _is_the_houses(plain, span) and (span.type != "place" or not _is_within(span, bodies))
    ]
    ruled = {(span.start, span.end, span.type): span for span in reading.spans}
    settled = [(span.start, span.end) for span in spans]
    apart = _outside(found, settled)
    if len(apart) < len(found):
        # What the model drew too wide goes back to the rules: "Forum économique mondial de Davos".
        kept = set(spans)
        wide = sorted((start, end) for start, end, _ in set(found) - set(apart))
        others = [span for span in reading.spans if span not in kept]
        outside = set(_outside(others, wide))
        spans.extend(span for span in others if span not in outside)
    closed = [(span.start, span.end) for span in spans]
    tails: list[Stretch] = []
    reached = 0
    for stretch in apart:
        if stretch[0] < reached:
            # An official name took it in: "Institut de recherche | pour le développement".
            continue
        taken = _closed_by(text, plain, stretch, ruled, shown, spans)
        closed += taken
        reached = taken[-1][1] if taken else stretch[0]
        if taken and reached < stretch[1]:
            tails.append((reached, stretch[1]))
    spans.sort()
    if tails:
        # Where its name ran on into the sentence, too: "Kalmira approche de Da Nang".
        named = [(span.start, span.end) for span in spans]
        spans += [span for span in _outside(reading.spans, named) if _is_inside(span, tails)]
        spans.sort()
    closed.sort()
    loose = _outside(sorted({*reading.loose, *_words_of(plain, reading.spans)}), closed)
    return Reading(spans, loose, reading.expansions)


def _as_far(text: str, plain: str, spans: list[Span], found: list[Found]) -> list[Span]:
    """Who has a civil title, as far as the model reads the name: `M. Léonor du Plessac`."""
    ends = {start: end for start, end, kind in found if kind == "person"}
    return [
        span._replace(end=end, text=text[span.start : end])
        if span.end < (end := ends.get(span.start, 0)) and _is_the_houses(plain, span)
        else span
        for span in spans
    ]


def _closed_by(
    text: str,
    plain: str,
    stretch: Found,
    ruled: dict[tuple[int, int, EntityType], Span],
    shown: tuple[EntityType, ...],
    spans: list[Span],
) -> list[Stretch]:
    """What is taken of a model's stretch, in order, whose names join `spans`."""
    start, end, kind = stretch
    if kind is None or kind in ("event", "product") or end - start > LONGEST_NAME:
        # The words of an event's or a work's name are not free for the article to explain.
        if kind in shown and kind is not None and end - start <= LONGEST_NAME:
            spans += _event_or_product(text, plain, start, end, kind)
        return [(start, end)]
    closed = []
    for begin, stop, named in tidied(plain, start, end, kind, load_gazetteer()):
        closed.append((begin, stop))
        if not _is_refused(plain, begin, stop, named):
            span = ruled.get((begin, stop, named)) or Span(begin, stop, text[begin:stop], named)
            spans.append(_as_told(plain, span))
            continue
        thing = announced_thing(words_before(plain, begin))
        if thing is not None and thing in shown and plain[begin].isupper():
            spans.append(Span(begin, stop, text[begin:stop], thing, told=True))
    return closed


def _is_inside(span: Span, stretches: list[Stretch]) -> bool:
    return any(start <= span.start and span.end <= end for start, end in stretches)


def _event_or_product(
    text: str, plain: str, start: int, end: int, kind: EntityType
) -> Iterator[Span]:
    """Without its article and the signs around it; what has no capital or figure is no name."""
    start, end = bare_name(plain, start, end)
    name = plain[start:end]
    if len(name) > 1 and any(char.isupper() or char.isdigit() for char in name):
        yield Span(start, end, text[start:end], kind)


def _as_told(text: str, span: Span) -> Span:
    """A single word nobody knows is a company, or a country, where the sentence says so."""
    if span.titled or span.told or " " in span.text:
        return span
    if text[span.start : span.end] in load_gazetteer().kinds:
        return span
    if tells_company(text, span.start, span.end, span.type):
        return span._replace(type="organisation", told=True)
    country = tells_country(words_before(text, span.start))
    if country is None or span.text.isupper():
        return span
    return span._replace(type="place", told=country)


def _is_the_houses(text: str, span: Span) -> bool:
    """What the rules know better: who has a civil title, and listed names of several words."""
    if span.type == "person":
        return span.titled and _follows_civil_title(text, span.start)
    if span.type == "place" and span.text[0].islower():
        # "le canal Muoi Say" is no Mr Say; but "à la place de Paul Girod".
        return not span.text.startswith("place ")
    if span.type == "place" and span.told and tells_country(words_before(text, span.start)):
        return True
    return (
        any(sign in span.text for sign in " .")
        and load_gazetteer().kinds.get(text[span.start : span.end]) == span.type
    )


def _is_within(span: Span, wider: list[tuple[int, int]]) -> bool:
    """`université de New York`: a place in the name of something else."""
    at = bisect_right(wider, (span.start, sys.maxsize)) - 1
    return at >= 0 and wider[at][1] >= span.end and wider[at] != (span.start, span.end)


def _follows_civil_title(text: str, start: int) -> bool:
    """`M. Girod`, and the second of `MM. Girod et Delcourt`."""
    for word in reversed(text[max(0, start - TITLE_REACH) : start].replace(".", " ").split()):
        if word in CIVIL_TITLES:
            return True
        if not (word[0].isupper() or word in ("et", "and", "&", "de", "du", "van", "von", "le")):
            return False
    return False


def _is_refused(text: str, start: int, end: int, kind: EntityType) -> bool:
    name = text[start:end]
    lexicon = load_gazetteer()
    known = lexicon.kinds.get(name)
    if name in HOUSE_AGENCIES or is_no_name(text, start, end, kind, lexicon):
        return True
    if known is None and " " not in name and names_a_thing(words_before(text, start)):
        return True
    if kind == "place" and " " not in name and belongs_to_event(words_before(text, start)):
        return True
    coined = kind == "organisation" and " " in name and known is None
    return coined and is_quoted(text, start, end)


def _words_of(text: str, spans: list[Span]) -> list[Token]:
    """The capitalised words of the rules' names: loose again where the model takes them for none."""
    return [
        (span.start + start, span.start + end, word)
        for span in spans
        for start, end, word in capitalised_words(text[span.start : span.end])
    ]


def _outside(items: list[_Stretch], taken: list[tuple[int, int]]) -> list[_Stretch]:
    """Those that overlap none of the stretches taken; both stand in order."""
    kept: list[_Stretch] = []
    at = 0
    for item in items:
        while at < len(taken) and taken[at][1] <= item[0]:
            at += 1
        if at == len(taken) or taken[at][0] >= item[1]:
            kept.append(item)
    return kept
