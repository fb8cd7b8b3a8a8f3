"""What the words around a capital say of it. Each looks a bounded way back, never at a whole text."""

from __future__ import annotations

import re

from newsdigest.base.records import EntityType
from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.names import ROLES
from newsdigest.entities.official import is_adjective
from newsdigest.entities.one_thing import countries
from newsdigest.entities.words import (
    BARE_PLACE_NOUNS,
    BUILT_PLACE_NOUNS,
    COMPANY_NOUNS,
    COMPANY_PAPERS,
    COMPANY_PARTS,
    EVENT_NOUNS,
    EVENT_THINGS,
    MADE_THINGS,
    MAKERS,
    ORGANISATION_HEADS,
    PLACE_HEADS,
    PLACE_NOUNS,
    PLACES_THAT_ARE_WORDS,
    ROLE_ADJECTIVES,
    STATE_NOUNS,
    STATE_OFFICES,
    SURE_COMPANY_NOUNS,
    SURE_PLACE_NOUNS,
    THING_NOUNS,
)

CONTEXT = 40
# Letters that close a sentence before a capital, once quotes and brackets are passed over.
_SENTENCE_END = ".!?:…\n–—•;|"
_LETTERS = re.compile(r"\w+")
_OPENING = " \"'«“‘(["


def words_before(text: str, start: int) -> list[str]:
    """The words before an offset on its line, lower case, elided articles apart."""
    context = text[max(0, start - CONTEXT) : start]
    line = context.rfind("\n")
    if line >= 0:
        context = context[line + 1 :]
    return context.lower().replace("'", "' ").split()[-5:]


def opens_sentence(text: str, start: int) -> bool:
    """Whether the capital at `start` says nothing: first of its sentence, item or quotation."""
    at = start - 1
    while at >= 0 and at > start - 6 and text[at] in _OPENING:
        at -= 1
    return at < 0 or text[at] in _SENTENCE_END or text[at] in _OPENING


def opens_as_a_word(text: str, start: int, end: int) -> bool:
    """`Réunion prévue demain`: some places are words of every day where a sentence begins.

    Not before a colon: "Réunion : un cyclone approche".
    """
    return (
        text[start:end] in PLACES_THAT_ARE_WORDS
        and text[end : end + 2].strip()[:1] not in (":", "(")
        and opens_sentence(text, start)
    )


def after_role(before: list[str], demonyms: frozenset[str], near: bool = False) -> bool:
    """A role, alone or with a nationality or an adjective: "le président russe".

    `near`: no comma may part the role from the name.
    """
    if not before:
        return False
    for word in reversed(before[-3:]):
        if word in ROLES:
            return True
        bare = word.rstrip(",:") if not near else word
        if bare in ROLES:
            return bare == word or before[-1] == word
        if word not in demonyms and word not in ROLE_ADJECTIVES:
            return False
    return False


def follows_place_noun(before: list[str]) -> bool:
    """`province de`, `aéroport de`, `rivière`: what stands next is a place."""
    at = len(before) - 1
    if at >= 0 and before[at] in BARE_PLACE_NOUNS:
        return True
    if at >= 0 and before[at] in ("la", "l'", "las", "los"):
        at -= 1
    if at >= 1 and before[at] in ("de", "d'", "des", "du", "of"):
        noun = before[at - 1]
        if noun in PLACE_NOUNS:
            return True
        adjective = noun.endswith(("al", "ale", "el", "elle", "aire", "ique", "ien", "enne"))
        adjective = adjective or (len(noun) > 4 and noun.endswith(("u", "é", "ée", "ant", "ois")))
        return adjective and at >= 2 and before[at - 2] in PLACE_NOUNS
    return False


def belongs_to_event(before: list[str]) -> bool:
    """`championnat d'`, `Jeux olympiques de`: the place is part of the event's name."""
    if len(before) < 2:
        return False
    if before[-1] in EVENT_NOUNS:
        return True
    if before[-1] not in ("de", "d'", "du", "des"):
        return False
    return before[-2] in EVENT_NOUNS or (
        before[-3:-2] != [] and before[-3] in EVENT_NOUNS and before[-2].endswith(("ques", "x"))
    )


def announced_kind(text: str, start: int, end: int, kind: EntityType) -> EntityType:
    """What the noun before a name says it is: `la compagnie Royal Caribbean`, `l'aéroport Tan Son
    Nhat`, `le port de X`. `kind`: what it was taken for; `text` has plain signs."""
    before = words_before(text, start)
    if not before or kind in ("event", "product"):
        return kind
    nouns, owned = _noun_before(before)
    if not nouns:
        return kind
    if not owned and nouns in SURE_COMPANY_NOUNS and kind in ("person", "place"):
        return kind if _is_country(text[start:end]) else "organisation"
    if nouns in SURE_PLACE_NOUNS and kind in ("person", "organisation"):
        listed = load_gazetteer().kinds.get(text[start:end]) == "organisation"
        return kind if listed or not (owned or nouns in BUILT_PLACE_NOUNS) else "place"
    return kind


def _noun_before(before: list[str]) -> tuple[str, bool]:
    """The noun that a name follows, with adjectives between ("la compagnie aérienne X"), and
    whether "de" stands before the name; "" for none."""
    at, owned = len(before) - 1, False
    if before[at] in _ARTICLES and at and before[at - 1] in _OF:
        at -= 1
    if before[at] in _OF:
        at, owned = at - 1, True
    for _ in range(2):
        if at >= 0 and before[at] in SURE_COMPANY_NOUNS | SURE_PLACE_NOUNS:
            return before[at], owned
        if at < 0 or not is_adjective(before[at]):
            # "la société d'électricité X"
            made = at >= 2 and before[at - 1] in ("de", "d'") and before[at] not in _ARTICLES
            if made and not owned and before[at - 2] in SURE_COMPANY_NOUNS:
                return before[at - 2], False
            return "", owned
        at -= 1
    return "", owned


_OF = frozenset({"de", "d'", "du", "des"})
_ARTICLES = frozenset({"la", "l'", "le", "les"})


def _is_country(name: str) -> bool:
    return name in countries()


def tells_country(before: list[str]) -> bool | None:
    """`le gouvernement des X`: only a country has one. False: as `le président des X`, perhaps a
    club's; None for any other words."""
    at = len(before) - 1
    articled = at >= 1 and before[at] in ("la", "l'") and before[at - 1] == "de"
    at -= articled
    if at < 1 or before[at] not in _OF:
        return None
    noun = before[at - 1]
    if noun in STATE_NOUNS or (
        noun == "ministre" and before[at - 2 : at - 1] in (["premier"], ["première"])
    ):
        return True
    return False if noun in STATE_OFFICES and before[at] == "des" else None


def names_a_thing(before: list[str]) -> bool:
    """`typhon`, `le film`: what stands next is no entity of ours."""
    return bool(before) and before[-1] in THING_NOUNS


def announced_thing(before: list[str]) -> EntityType | None:
    """`le typhon X` is an event, `le cargo X` a product; None after any other word."""
    last = before[-1] if before else ""
    return "event" if last in EVENT_THINGS else "product" if last in MADE_THINGS else None


def head_before(text: str, start: int, before: list[str]) -> tuple[int, EntityType] | None:
    """`ministère de l'`, `île de`: a noun the name begins with, and where it stands."""
    at, width = len(before) - 1, 0
    while at >= 0 and before[at] in ("de", "du", "des", "d'", "la", "l'", "le", "les"):
        width += len(before[at]) + (before[at] not in ("d'", "l'"))
        at -= 1
    if at < 0:
        return None
    noun = before[at]
    kind: EntityType
    if noun in ORGANISATION_HEADS and (width or noun in ("hôpital", "lycée", "collège")):
        kind = "organisation"
    elif noun in PLACE_HEADS or (not width and _is_listed_place(text, start, noun)):
        kind = "place"
    else:
        return None
    head_start = start - width - len(noun) - 1
    if head_start < 0 or text[head_start : head_start + len(noun)].lower() != noun:
        return None
    return head_start, kind


def _is_listed_place(text: str, start: int, noun: str) -> bool:
    """`fleuve Rouge`, which is no `Rouge`."""
    if noun not in BARE_PLACE_NOUNS:
        return False
    word = _LETTERS.match(text, start)
    return word is not None and load_gazetteer().kinds.get(f"{noun} {word.group()}") == "place"


def is_quoted(text: str, start: int, end: int) -> bool:
    """The whole of a quotation: a phrase somebody coined, or a title."""
    before, after = text[max(0, start - 2) : start].rstrip(), text[end : end + 2].lstrip()
    return before[-1:] in ('"', "«", "“") and after[:1] in ('"', "»", "”")


def tells_company(text: str, start: int, end: int, kind: EntityType) -> bool:
    """`les salariés de X`, `le fabricant de puces X`, `X, filiale de`: only companies have them.

    `kind`: what X was taken for. Footballers have actions, and offers are made to presidents.
    """
    before = words_before(text, start)
    if not before:
        return False
    last, owned = before[-1], before[-2] if len(before) > 1 else ""
    if last in COMPANY_NOUNS or (owned in COMPANY_NOUNS and last in load_gazetteer().demonyms):
        return True
    if kind != "person" and (
        last in COMPANY_PAPERS
        or (last in ("de", "d'") and owned in COMPANY_PAPERS)
        or (last == "sur" and ("offre" in before or "opa" in before))
    ):
        return True
    earlier = before[-3] if len(before) > 2 else ""
    if last in ("de", "d'"):
        if owned in COMPANY_PARTS or (owned == "administration" and earlier == "d'"):
            return True
        if owned in ("général", "générale") and earlier.endswith(("directeur", "directrice")):
            return True
    if owned in ("de", "d'", "en") and earlier in MAKERS:
        return last.islower()
    if text[end : end + 2] != ", ":
        return False
    return text[end + 2 : end + 20].partition(" ")[0] in ("filiale", "fabricant", "constructeur")


def goes_on(text: str, end: int) -> bool:
    """Whether the word that ends here is only a part of one: "Parti libéral-démocrate"."""
    following = text[end : end + 2]
    return following[:1].isalnum() or (following[:1] == "-" and following[1:].islower())


def is_currency(text: str, end: int) -> bool:
    """`US$382`: a currency, not a country."""
    return text[end : end + 1] in ("$", "€")


def plain_signs(text: str) -> str:
    """The same length: typographic apostrophes, spaces and hyphens as the gazetteer writes them."""
    if text.isascii():
        return text
    for sign, plain in (("’", "'"), ("\u00a0", " "), ("\u202f", " "), ("‑", "-"), ("‐", "-")):
        if sign in text:
            text = text.replace(sign, plain)
    return text
