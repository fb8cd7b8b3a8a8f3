"""A wire item as it is collected: what the formats share about names, agencies, tags and embargoes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from typing import NamedTuple

from newsdigest.base.agencies import DEFAULT_AGENCIES, usual_signature
from newsdigest.read.wire.markup import plain

_BY = re.compile(r"(?:by|par|von|por|di|da|door|av|af|text|texte)\s*:?\s+", re.IGNORECASE)
_PARTS = re.compile(
    r"\s*(?:/|;|,|\||\s(?:and|et|und|y|e|en|och|og|with|avec|mit|&)\s)\s*", re.IGNORECASE
)
_BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_MOST_WORDS = 6
_LONGEST_SOURCE = 60
_ROLE = re.compile(
    r"(?:.*\s)?(?:writers?|correspondents?|reporters?|editors?|envoys?|journalistes?|redakteur(?:in)?|staff"
    r"|envoyée?s? spéciale?s?|bureau|desk|newsroom|rédaction)",
    re.IGNORECASE,
)


class Named(NamedTuple):
    """Who signs: people, and agencies by their signatures."""

    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


def named(byline: str, known: Collection[str]) -> Named:
    """`By JOHN DOE, Associated Press`, `Anna Lind (TT)`, `AFP/VNA`: people apart from agencies."""
    text = plain(byline).rstrip(".")
    while True:
        shorter = _BY.sub("", text, count=1) if _BY.match(text) else text
        if shorter == text:
            break
        text = shorter
    bracketed = [found for found in _BRACKETED.findall(text) if found]
    text = _BRACKETED.sub(" / ", text)
    authors: list[str] = []
    agencies: list[str] = []
    for part in (*_PARTS.split(text), *bracketed):
        part = part.strip(" -–—")
        agency = agency_of(part, known)
        if agency:
            agencies.append(agency)
        elif _is_person(part):
            authors.append(part)
    return Named(once(authors), once(agencies))


def agency_of(text: str, known: Collection[str]) -> str:
    """The signature of the agency so called, by signature or full name; "" for any other text."""
    if text in known:
        return usual_signature(text)
    return _signatures().get(text.casefold().removeprefix("the "), "")


def sources(said: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    """The agencies among these sources; if none is known, the first source as it is written."""
    written = [plain(one).strip(" .©") for one in said if one]
    parts = [part for one in written for part in (one, *_PARTS.split(one))]
    found = once(filter(None, (agency_of(part, known) for part in parts)))
    if found:
        return found
    return tuple(one for one in written if one and len(one) <= _LONGEST_SOURCE and "@" not in one)[
        :1
    ]


def once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _is_person(text: str) -> bool:
    if not text or "@" in text or any(char.isdigit() for char in text) or _ROLE.fullmatch(text):
        return False
    words = text.split()
    return len(words) <= _MOST_WORDS and words[0][0].isupper() and len(text) > 1


@cache
def _signatures() -> dict[str, str]:
    usual: dict[str, str] = {}
    for code, name in DEFAULT_AGENCIES:
        first = usual.setdefault(name.casefold(), code)
        if len(code) > 2:
            usual.setdefault(code.casefold(), first)
    return usual
