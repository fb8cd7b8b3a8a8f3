"""A trained model's names put in the place of the rules', under the house's own decisions.

Whoever follows a civil title is a person, without the title; a listed organisation ends where the
list says; a phrase somebody coined, whole in quotation marks, is no organisation; months, feasts and
the agencies that sign are no tags.
"""

from __future__ import annotations

from typing import TypeVar

from newsdigest.entities.capitals import Token, capitalised_words
from newsdigest.entities.context import is_quoted, plain_signs
from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.names import CIVIL_TITLES
from newsdigest.entities.spans import Reading, Span
from newsdigest.entities.words import CALENDAR, HOUSE_AGENCIES
from newsdigest.records import EntityType

Found = tuple[int, int, EntityType | None]
"""A stretch of a text that a model took for a name; None for what is no entity of ours."""

_Stretch = TypeVar("_Stretch", Found, Token, Span)

# How far before a name its civil title may stand, other holders between: "MM. Girod et Delcourt".
TITLE_REACH = 60
# Longer is a list without commas, in code points; and merging costs the square of a name's words.
LONGEST_NAME = 120


def with_names(text: str, reading: Reading, found: list[Found]) -> Reading:
    """The rules' reading of a text with a model's names. `found` stands in order, no two overlap."""
    plain = plain_signs(text)
    spans = [span for span in reading.spans if _is_the_houses(plain, span)]
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
    for start, end, kind in apart:
        # The words of an event's or a work's name are not free for the article to explain.
        closed.append((start, end))
        if kind is not None and not _is_refused(plain, start, end, kind):
            spans.append(ruled.get((start, end, kind)) or Span(start, end, text[start:end], kind))
    spans.sort()
    closed.sort()
    loose = _outside(sorted({*reading.loose, *_words_of(plain, reading.spans)}), closed)
    return Reading(spans, loose, reading.expansions)


def _is_the_houses(text: str, span: Span) -> bool:
    """What the rules know better: who has a civil title, and a listed name of several words."""
    if span.type == "person":
        return span.titled and _follows_civil_title(text, span.start)
    return (
        span.type == "organisation"
        and " " in span.text
        and load_gazetteer().kinds.get(text[span.start : span.end]) == "organisation"
    )


def _follows_civil_title(text: str, start: int) -> bool:
    """`M. Girod`, and the second of `MM. Girod et Delcourt`."""
    for word in reversed(text[max(0, start - TITLE_REACH) : start].replace(".", " ").split()):
        if word in CIVIL_TITLES:
            return True
        if not (word[0].isupper() or word in ("et", "and", "&", "de", "du", "van", "von", "le")):
            return False
    return False


def _is_refused(text: str, start: int, end: int, kind: EntityType) -> bool:
    if end - start > LONGEST_NAME:
        return True
    name = text[start:end]
    known = load_gazetteer().kinds.get(name)
    if name in HOUSE_AGENCIES or known == "thing" or name.lower() in CALENDAR:
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
