"""Where a name ends because its sentence goes on: `Swaziland règne`, `le Sénat de la loi`."""

from __future__ import annotations

import re
from functools import cache

from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.official import is_adjective
from newsdigest.entities.spans import Span
from newsdigest.entities.words import FUNCTION_WORDS, ORGANISATION_OPENERS, STANDING_ALONE
from newsdigest.text.known_names import name_lines

# What follows a stem in -g or -c as it is, and softened.
_BEFORE_E = ("era", "eront", "erait", "eraient", "èrent")
_BEFORE_A = ("a", "ait", "aient")
_LEADING = (
    "de ",
    "du ",
    "des ",
    "d'",
    "d’",
    "à ",
    "au ",
    "aux ",
    "sur ",
    "pour ",
    "contre ",
    "par ",
)
_LOWER = re.compile(r" ([a-zà-ÿ]+)(?![\w'’-])")


def before_verb(span: Span) -> Span:
    """The span without a verb and what follows it. A listed name is whole as it is.

    "Canard enchaîné" holds none; "En marche" begins with a word of every day, so that its second
    is no verb; after capitals alone "Lesotho annonce" is a sentence, and so is "Conseil municipal
    vote": after an adjective stands no second noun.
    """
    if span.text in load_gazetteer().kinds:
        return span
    for word in _LOWER.finditer(span.text):
        if word[1] in _verbs() or (
            word[1] in _nouns_too() and _is_whole(span.text[: word.start()])
        ):
            text = span.text[: word.start()]
            known = load_gazetteer().kinds.get(text)
            kind = known if known == "place" or known == "organisation" else span.type
            return span._replace(end=span.start + len(text), text=text, type=kind)
    return span


def stands_alone(name: str) -> int:
    """How much of an organisation's name is the body known by one word, where the rest belongs to
    the sentence: "le Sénat de la loi", "le Parlement du budget". All of any other name."""
    first, _, rest = name.partition(" ")
    is_clause = rest.islower() and rest.startswith(_LEADING)
    return len(first) if first in STANDING_ALONE and is_clause else len(name)


def _is_whole(text: str) -> bool:
    words = text.split(" ")
    if len(words) > 1 and is_adjective(words[-1]):
        return True
    return all(word[:1].isupper() for word in words) and not (
        words[0] in ORGANISATION_OPENERS or words[0].lower() in FUNCTION_WORDS
    )


@cache
def _verbs() -> frozenset[str]:
    return frozenset(" ".join(name_lines("verbs.txt")).split()) | _conjugated()[0]


@cache
def _nouns_too() -> frozenset[str]:
    return frozenset(" ".join(name_lines("verbs_or_nouns.txt")).split()) | _conjugated()[1]


@cache
def _conjugated() -> tuple[frozenset[str], frozenset[str]]:
    """The forms of the listed verbs in -er: those that are verbs alone, those that are nouns too."""
    verbs: set[str] = set()
    nouns: set[str] = set()
    for infinitive in " ".join(name_lines("verbs_er.txt")).split():
        stem = infinitive.lstrip("*").removesuffix("er")
        soft = {"g": stem + "e", "c": stem[:-1] + "ç"}.get(stem[-1], stem)
        (nouns if infinitive[0] == "*" else verbs).update((stem + "e", stem + "ent"))
        verbs.update(stem + ending for ending in _BEFORE_E)
        verbs.update(soft + ending for ending in _BEFORE_A)
    return frozenset(verbs), frozenset(nouns)
