"""The forms one name is written in: what an article's names are compared by.

All of it depends on the name alone and is kept for the next article: a few names fill the news.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from newsdigest.base.records import EntityType
from newsdigest.entities.names import (
    BINDING_PARTICLES,
    in_mixed_case,
    is_surname_first,
    is_vietnamese_surname,
    without_article,
)
from newsdigest.entities.words import word_list
from newsdigest.text.folding import fold

_INITIALS = re.compile(r"[^\W\d_]\.(?:-?[^\W\d_]\.)?")

Form = tuple[str, ...]
"""A name's words, folded."""

CAPITAL_PARTICLES = word_list(
    "Le La Les De Du Von Van Der Den Di Del Della El Al Ben Bin Ibn Ould Mac Abu Abou"
)

_remembered = lru_cache(maxsize=16384)


@_remembered
def shorter_forms(name: str) -> tuple[Form, ...] | None:
    """The forms that may stand for a full name; None for a name that is none."""
    words = _words(name)
    return tuple(_forms_of(words)) if _is_full(words) else None


@_remembered
def is_initialed(name: str) -> bool:
    """`E. Macron`, `J.-C. Borel`, a list's `Borel J.`: initials for the first name."""
    words = _words(name)
    if len(words) < 2:
        return False
    for initials, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
        if _INITIALS.fullmatch(initials):
            return not any(_INITIALS.fullmatch(word) for word in rest)
    return False


def _is_full(words: list[str]) -> bool:
    """Two words that are not one family name with its particle."""
    return (
        len([word for word in words if word[:1].isupper() or "-" in word]) > 1
        and (words[0] not in CAPITAL_PARTICLES or len(words) > 2)
        and words[0].lower() not in BINDING_PARTICLES
    )


def _forms_of(words: list[str]) -> Iterable[Form]:
    # "Van" and "Le" bind a family name to what follows, but are names of their own in Vietnamese.
    vietnamese = is_vietnamese_surname(words[0])
    for at in range(1, len(words)):
        binding = words[at - 1]
        binds = binding.lower() in BINDING_PARTICLES or binding in CAPITAL_PARTICLES
        if binds and not (vietnamese and binding[0].isupper()):
            continue
        suffix = words[at:]
        if suffix[-1][:1].isupper() or "-" in suffix[-1]:
            form = folded(suffix)
            yield form
            for initials in _initials_of(words[0]):
                yield (initials, *form)
                yield (*form, initials)
    if is_surname_first(words) and not vietnamese:
        yield folded(words[:1])


def _initials_of(given: str) -> tuple[str, ...]:
    """`e.` of Emmanuel; `j.-c.`, `j.c.` and `j.` of Jean-Christophe; none of what is no first name."""
    parts = [part for part in fold(given).split("-") if part]
    if len(given) < 3 or not given[:1].isupper() or _INITIALS.fullmatch(given):
        return ()
    first = parts[0][0] + "."
    if len(parts) != 2:
        return (first,)
    second = parts[1][0] + "."
    return (first, f"{first}-{second}", first + second)


@_remembered
def display_form(name: str, kind: EntityType) -> str:
    """The name as an entity's page is headed: plain spaces, and no person in capitals."""
    plain = " ".join(_words(name))
    return in_mixed_case(plain) if kind == "person" else plain


def usual_spelling(first: str, told: Iterable[tuple[str, str]], lang: str) -> str:
    """The spelling of most articles in the language `lang`, of all where none is in it.

    `told` are (name, the article's language) in order. Of as many, the one with more accents: the
    wire drops them, nobody adds one; then the first told. `first` where nothing is told.
    """
    by_language: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for name, language in told:
        by_language[language.partition("-")[0] == lang.partition("-")[0].lower()][name] += 1
    votes = by_language[True] or by_language[False]
    if not votes:
        return first
    return max(votes, key=lambda name: (votes[name], sum(sign > "\x7f" for sign in name)))


@_remembered
def folded_name(name: str) -> Form:
    """A whole name, cut at its spaces."""
    return folded(_words(name))


def folded(words: Iterable[str]) -> Form:
    """Words cut apart already."""
    return tuple(map(folded_word, words))


@_remembered
def folded_word(word: str) -> str:
    """Without accents, case and Arabic article."""
    return fold(without_article(word)).replace("’", "'")


def _words(name: str) -> list[str]:
    return name.replace("\u00a0", " ").replace("\u202f", " ").split(" ")
