"""Names that are certainly of one thing: what CLDR, an acronym's own expansion or a public fact says.

"Suisse", "Switzerland" and "Thụy Sĩ" share a key here, "ONU" and "Nations unies", "Le Canard
enchaîné" and "Canard enchaîné", "République islamique d'Iran" and "Iran". What an editor might keep
apart is `curated.lookalikes`' to propose.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from newsdigest.base.records import EntityType
from newsdigest.entities.keys import entity_key
from newsdigest.entities.names import VIETNAMESE_MIDDLE
from newsdigest.text.folding import fold
from newsdigest.text.known_names import known_names, name_lines, several_expansions

# "République de Corée": the form of a state before its name, in plain signs.
FORM = re.compile(
    r"(?<!\w)(?:République|Fédération|Principauté|Royaume|Sultanat|Grand-Duché|État)"
    r"(?: (?:socialiste|populaire|démocratique|fédérale|fédérative|arabe|uni|unie|islamique"
    r"|bolivarienne|coopérative|hachémite)){0,3}"
    r" (?:de la |de l'|de |du |d'|des )"
)
# Shorter keys are words of other languages too ("duc", "bi"): those names are met as spelled.
SHORTEST_KEY = 4
_TERRITORY = re.compile(r"[A-Z]{2}|\d{3}")
_CITY = re.compile(r"(?:Africa|America|Asia|Australia|Europe)/[^/]+")
# The world is a newspaper, and these three codes have two names or parts of two.
_NOT_ONE = frozenset({"001", "CC", "MF", "SX"})
_ARTICLES = frozenset({"le", "la", "les", "l", "the"})
_ARABIC_ARTICLE = re.compile(r"(?<= )(?:el|ul)(?= )")


class _Known(NamedTuple):
    """Keys -> the key they share; the same for short names by their spelling; shared keys -> the
    name the house shows; countries as French writes them."""

    things: dict[str, str]
    spelled: dict[str, str]
    people: dict[str, str]
    shown: dict[tuple[str, bool], str]
    countries: frozenset[str]


def key_of(name: str, kind: EntityType) -> str:
    """The key under which the archive files a name of this type."""
    return person_key(name) if kind == "person" else thing_key(name)


@lru_cache(maxsize=32768)
def thing_key(name: str) -> str:
    """The key of a place or an organisation: `entity_key`, or the one that all its names share.

    A leading article does not count before two words or more: "Le Canard enchaîné".
    """
    known = _known()
    key = entity_key(name)
    for found in (known.spelled.get(name.casefold()), known.things.get(key)):
        if found is not None:
            return found
    article, _, bare = key.partition(" ")
    if article in _ARTICLES and " " in bare:
        return known.things.get(bare, bare)
    state = _state_of(name.replace("’", "'"), known.countries)
    return known.things.get(entity_key(state), entity_key(state)) if state else key


@lru_cache(maxsize=32768)
def person_key(name: str) -> str:
    """The key of a person: `entity_key`, "el" and "al" alike within a name, or the shared one."""
    key = _ARABIC_ARTICLE.sub("al", entity_key(name))
    return _known().people.get(key, key)


def are_one(a: str, b: str) -> bool:
    """Whether two names share a key, whatever their type is: both people's or both things'."""
    if person_key(a) == person_key(b):
        return True
    if thing_key(a) != thing_key(b):
        return False
    # "Le Van Hung" and "Van Hung" are people, and no newspaper: "Le" is a family name there.
    return not (_may_be_vietnamese(a) or _may_be_vietnamese(b))


def _may_be_vietnamese(name: str) -> bool:
    words = name.split(" ")
    return words[0] == "Lê" or (len(words) > 1 and fold(words[1]) in VIETNAMESE_MIDDLE)


def shown_name(key: str, is_person: bool) -> str:
    """The house's name for what is known under several; "" for all else."""
    return _known().shown.get((key, is_person), "")


def countries() -> frozenset[str]:
    """The countries' names in French, as written in running text."""
    return _known().countries


def _state_of(name: str, known: frozenset[str]) -> str:
    """`République islamique d'Iran` -> `Iran`. Two of a name were told apart by "démocratique"."""
    form = FORM.match(name)
    if form is None or name[form.end() :] not in known:
        return ""
    if "démocratique" in form.group() and "populaire" not in form.group():
        return ""
    return "" if form.group().startswith("État islamique") else name[form.end() :]


# -- what is known -----------------------------------------------------------------------------------


@cache
def _known() -> _Known:
    things: dict[str, str] = {}
    spelled: dict[str, str] = {}
    people: dict[str, str] = {}
    shown: dict[tuple[str, bool], str] = {}
    for kind, names in _by_hand():
        _add(names, people if kind == "person" else things, spelled, shown, kind == "person")
    names_of, states = _cldr()
    for names in names_of.values():
        _add(names, things, spelled, shown, False)
    for acronym, expansions in known_names().expansions.items():
        if expansions and acronym not in several_expansions():
            _add([expansions[0], acronym, *expansions], things, spelled, shown, False)
    return _Known(things, spelled, people, shown, states)


def _by_hand() -> list[tuple[str, list[str]]]:
    """(type, names) of each line of `same_names.tsv`."""
    rows = [line.partition("\t") for line in name_lines("same_names.tsv")]
    return [(kind, names.split("|")) for kind, _, names in rows]


def _add(
    names: list[str],
    keys: dict[str, str],
    spelled: dict[str, str],
    shown: dict[tuple[str, bool], str],
    is_person: bool,
) -> None:
    """One thing's names, the one to show first; with those of an earlier list it shares a key with.

    A key that an earlier list gave to something else stays that one's.
    """
    written = [_ARABIC_ARTICLE.sub("al", entity_key(name)) for name in names]
    shared = next((keys[key] for key in written[:1] if key in keys), None)
    if shared is None:
        shared = next((keys[key] for key in written if key in keys), None)
    if shared is None:
        shared = written[0]
        shown[shared, is_person] = names[0]
    for key, name in zip(written, names, strict=True):
        if len(key) >= SHORTEST_KEY or name.isascii() or key == shared:
            keys.setdefault(key, shared)
        else:
            spelled.setdefault(name.casefold(), shared)


def _cldr() -> tuple[dict[str, list[str]], frozenset[str]]:
    """The names of each territory and city, French first; and the states as French writes them.

    Where two codes share a name, French says whose it is: Mexico is a city.
    """
    rows = [line.split("\t") for line in name_lines("foreign_names.tsv")]
    names: dict[str, list[str]] = {}
    french: dict[str, str] = {}
    states = set()
    for language, code, name in sorted(rows, key=_french_first):
        if code in _NOT_ONE or not (_TERRITORY.fullmatch(code) or _CITY.fullmatch(code)):
            continue
        key = entity_key(name)
        if language == "fr":
            french.setdefault(key, code)
            if len(code) == 2:
                states.add(name.replace("’", "'"))
        elif language == "zone" and "/" not in code:
            continue
        if language == "fr" or (code in names and french.get(key, code) == code):
            names.setdefault(code, []).append(name)
    return names, frozenset(states | _written_otherwise(states))


def _french_first(row: list[str]) -> tuple[bool, bool, str]:
    """Territories before cities, and their French names before the others."""
    return (row[0] != "fr", "/" in row[1], row[1])


def _written_otherwise(states: set[str]) -> set[str]:
    """`Vietnam`, `Corée`, `Chine`: what the hand-written lines call a state CLDR knows, too."""
    known = {entity_key(state) for state in states}
    found = {"Corée", "Congo"}
    for kind, names in _by_hand():
        if kind == "place" and any(entity_key(name) in known for name in names):
            found.update(names)
    return found
