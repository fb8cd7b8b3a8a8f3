"""Where a name ends because its sentence goes on: `Swaziland règne`, `Marc Girod affirme`."""

from __future__ import annotations

import re
from functools import cache

from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.spans import Span
from newsdigest.entities.words import FUNCTION_WORDS, ORGANISATION_OPENERS
from newsdigest.text.known_names import name_lines

_LOWER = re.compile(r" ([a-zà-ÿ]+)(?![\w'’-])")


def before_verb(span: Span) -> Span:
    """The span without a verb and what follows it. A listed name is whole as it is.

    "Canard enchaîné" holds none; "En marche" begins with a word of every day, so that its second
    is no verb; after capitals alone "Lesotho annonce" is a sentence.
    """
    if span.text in load_gazetteer().kinds:
        return span
    for word in _LOWER.finditer(span.text):
        if word[1] in _verbs() or (
            word[1] in _nouns_too() and _is_capitals(span.text[: word.start()])
        ):
            text = span.text[: word.start()]
            known = load_gazetteer().kinds.get(text)
            kind = known if known == "place" or known == "organisation" else span.type
            return span._replace(end=span.start + len(text), text=text, type=kind)
    return span


def _is_capitals(text: str) -> bool:
    words = text.split(" ")
    return all(word[:1].isupper() for word in words) and not (
        words[0] in ORGANISATION_OPENERS or words[0].lower() in FUNCTION_WORDS
    )


@cache
def _verbs() -> frozenset[str]:
    return frozenset(" ".join(name_lines("verbs.txt")).split())


@cache
def _nouns_too() -> frozenset[str]:
    return frozenset(" ".join(name_lines("verbs_or_nouns.txt")).split())
