"""What comes in one form again and again, of other towns, people or days, and is no story.

Two kinds. A listed one (`data/bulletins.txt`): weather, vows of mayors, stock reports, lottery
draws. And whatever two headlines show to be of one form: they differ in nothing but whom and what
they name, and have none of it in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from newsdigest.relate.headlines import Headline, is_number, read
from newsdigest.text.moments import words_of
from newsdigest.text.word_lists import lines_of

# Texts that name as many of the same are of one event, however alike their headlines are in form.
FEW_NAMES = 3
# A form is as many words at least that tell something; a heading ("Brèves") has no more than so
# many.
FEWEST_WORDS, HEADING = 2, 3


class _Entry(NamedTuple):
    kind: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    """A headline as forms are compared: which listed kinds it is of; its telling words, those that
    are names, those that open a sentence, its numbers. Days and months tell nothing here."""

    kinds: frozenset[int]
    words: frozenset[str]
    names: frozenset[str]
    openings: frozenset[str]
    numbers: tuple[str, ...]


def is_of_one_form(one: str, other: str, names_in_common: int) -> bool:
    """Whether two headlines are bulletins of one kind; `names_in_common` counts what both texts
    name."""
    mine, theirs = _form(one), _form(other)
    if mine.kinds & theirs.kinds:
        return True
    if names_in_common >= FEW_NAMES:
        return False
    if mine.words == theirs.words and not (mine.names or theirs.names):
        return 0 < len(mine.words) <= HEADING and mine.numbers == theirs.numbers
    return _names_others(mine, theirs)


def _names_others(mine: _Form, theirs: _Form) -> bool:
    """Whether the headlines say the same of others: "Cyclisme : décès de X", "... de Y"."""
    if mine.names & theirs.names:
        return False
    shared = mine.words & theirs.words
    if len(shared) < FEWEST_WORDS:
        return False
    for form in (mine, theirs):
        own = form.words - shared
        # All that one has alone is a name, or may be one: what opens a sentence has a capital.
        if not own & (form.names | form.openings) or own - form.names - form.openings:
            return False
        if len(own) > 2 * len(shared):
            return False
    return True


@lru_cache(maxsize=1 << 14)
def _form(headline: str) -> _Form:
    known = read(headline)
    calendar = _calendar()
    words, names, openings = set[str](), set[str](), set[str]()
    for word, is_name, opens in zip(known.words, known.names, known.initials, strict=True):
        if word in known.function_words or is_number(word) or word in calendar or len(word) == 1:
            continue
        words.add(word)
        if is_name:
            names.add(word)
        if opens:
            openings.add(word)
    return _Form(
        _kinds(known),
        frozenset(words),
        frozenset(names),
        frozenset(openings),
        known.numbers,
    )


def _kinds(headline: Headline) -> frozenset[int]:
    words = headline.words
    starts = [0, *headline.turns]
    # "La Bourse de Paris": the article before an entry is passed over.
    starts += [at + 1 for at in starts if words[at : at + 1] and words[at] in _ARTICLES]
    anywhere, opening = _entries()
    present = frozenset(words)
    found = {entry.kind for entry in anywhere if present.issuperset(entry.words)}
    for at in starts:
        for entry in opening.get(words[at], ()) if at < len(words) else ():
            if words[at : at + len(entry.words)] == entry.words:
                found.add(entry.kind)
    return frozenset(found)


_ARTICLES = frozenset({"la", "le", "les", "l", "the", "d", "des", "nos", "vos", "ses"})


@cache
def _entries() -> tuple[tuple[_Entry, ...], Mapping[str, Sequence[_Entry]]]:
    """Those whose words may stand anywhere, and the others by their first word."""
    anywhere: list[_Entry] = []
    opening: dict[str, list[_Entry]] = {}
    for kind, entries in enumerate(lines_of("bulletins.txt")):
        for entry in entries:
            listed = _Entry(kind, tuple(w for part in entry.split("+") for w in read(part).words))
            if "+" in entry:
                anywhere.append(listed)
            else:
                opening.setdefault(listed.words[0], []).append(listed)
    return tuple(anywhere), opening


@cache
def _calendar() -> frozenset[str]:
    """Months and days of the week, as headlines' words are folded."""
    return frozenset(word for kind in ("month", "weekday") for word in words_of(kind))
