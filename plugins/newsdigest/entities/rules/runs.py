"""How far a name runs from its first capital, and the names that have none."""

from __future__ import annotations

import re

from newsdigest.base.records import EntityType
from newsdigest.entities.capitals import UPPER, Token
from newsdigest.entities.gazetteer import Gazetteer
from newsdigest.entities.names import (
    CAPITAL_ROLES,
    CIVIL_TITLES,
    DOUBTFUL_PARTICLES,
    PARTICLES,
    TITLES_THAT_ARE_NAMES,
    is_vietnamese_surname,
)
from newsdigest.entities.one_thing import FORM, countries
from newsdigest.entities.words import BODIES, CALENDAR, ORGANISATION_OPENERS

# "TP.HCM", "TP. Hồ Chí Minh": a town's title joined to its name by a full stop.
_TOWN = re.compile(rf"(?<!\w)TP\.? ?(?=[{UPPER}])")
_NAME_OF_TOWN = re.compile(rf"[{UPPER}]\w*(?: [{UPPER}]\w*){{0,3}}")
_NAMES_WORD = re.compile(r"[^\W_]+")
_LONGEST_STATE = 40
LOWER_WORD = re.compile(r"[a-zà-ÿ][\w-]*")
LONGEST_RUN = 5


def run_from(text: str, tokens: list[Token], index: int, lexicon: Gazetteer) -> int:
    """The last word of the run of capitals, joined by spaces and a name's particles."""
    first = tokens[index][2]
    shouted = first.isupper() and len(first) > 1
    if shouted and first.capitalize() not in lexicon.given_names:
        return index
    last = index
    while last + 1 < len(tokens) and last - index < LONGEST_RUN - 1:
        end = tokens[last][1]
        start, _, word = tokens[last + 1]
        gap = text[end:start]
        if gap == " ":
            if (
                not shouted
                and len(word) > 1
                and word.isupper()
                and not _may_shout(lexicon, first, word)
            ):
                break
        elif gap == ". ":
            if len(tokens[last][2]) != 1 or last == index:
                break
        elif gap in PARTICLES:
            if gap in DOUBTFUL_PARTICLES and not _may_join(lexicon, first, word, last - index):
                break
        else:
            break
        if word in CIVIL_TITLES and not _ends_name(lexicon, first, word):
            break
        if (
            word.lower() in CALENDAR
            and not (first in lexicon.given_names and word == "May")
            and word != "Mai"
        ):
            break
        if word in CAPITAL_ROLES and word not in lexicon.family_names:
            break
        last += 1
    while last > index and len(tokens[last][2]) == 1 and tokens[last][2] not in "IVX":
        last -= 1
    return last


def _ends_name(lexicon: Gazetteer, first: str, word: str) -> bool:
    """`Lê Hoàng Anh`, `Malcolm M`: a title's word, and a name's here."""
    if word in TITLES_THAT_ARE_NAMES:
        return is_vietnamese_surname(first)
    return len(word) == 1 and first in lexicon.given_names


def _may_join(lexicon: Gazetteer, first: str, word: str, words: int) -> bool:
    """`Charles de Gaulle`, `Marc Ladreit de Lacharrière`; not `le maire de Paris`."""
    return (
        words < 2
        and first in lexicon.given_names
        and (words == 0 or word.lower() not in lexicon.common_words)
        and (words == 0 or word not in lexicon.kinds)
        and not word.isupper()
        and word not in ORGANISATION_OPENERS
        and lexicon.kinds.get(first) != "place"
    )


def _may_shout(lexicon: Gazetteer, first: str, word: str) -> bool:
    """`Emmanuel MACRON`, `Louis XIV`: capitals that belong to the name before them."""
    if not word.strip("IVX"):
        return first in lexicon.given_names
    return (
        len(word) > 2
        and word not in lexicon.kinds
        and (first in lexicon.given_names or is_vietnamese_surname(first))
    )


def bodies_without_capitals(text: str, lexicon: Gazetteer) -> list[tuple[int, int, EntityType]]:
    """`armée syrienne`: names of bodies with no capital at all."""
    found: list[tuple[int, int, EntityType]] = []
    for noun in BODIES:
        at = text.find(noun)
        while at >= 0:
            adjective = LOWER_WORD.match(text, at + len(noun))
            before = text[at - 1 : at]
            if (
                adjective is not None
                and adjective.group() in lexicon.demonyms
                and not before.isalnum()
            ):
                found.append((at, adjective.end(), "organisation"))
            at = text.find(noun, at + len(noun))
    return found


def towns_with_title(text: str, lexicon: Gazetteer) -> list[tuple[int, int, EntityType]]:
    """`TP. Hồ Chí Minh` and `TP.HCM` whole, as the lists have them; `TP. Đà Nẵng` is Đà Nẵng."""
    found: list[tuple[int, int, EntityType]] = []
    if "TP" not in text:
        return found
    for title in _TOWN.finditer(text):
        name = _NAME_OF_TOWN.match(text, title.end())
        if name is None:
            continue
        words = name.group().split(" ")
        for start in (title.start(), title.end()):
            for count in range(len(words), 0, -1):
                end = title.end() + len(" ".join(words[:count]))
                if lexicon.kinds.get(text[start:end]) in ("place", "weak place"):
                    found.append((start, end, "place"))
                    break
            else:
                continue
            break
    return found


def formal_names(text: str) -> list[tuple[int, int, EntityType]]:
    """`République de Corée`, each form of state with the longest country after it.

    "Le président de la République à Lyon" holds none: only "de" leads to the state's own name.
    """
    found: list[tuple[int, int, EntityType]] = []
    for form in FORM.finditer(text):
        end = at = form.end()
        for word in _NAMES_WORD.finditer(text, at, at + _LONGEST_STATE):
            if text[at : word.end()] in countries():
                end = word.end()
        if end > at and not form.group().startswith("État islamique"):
            found.append((form.start(), end, "place"))
    return found
