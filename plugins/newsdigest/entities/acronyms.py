"""`Long Form (ABC)`: an article that spells an acronym out says what it means everywhere in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsdigest.entities.words import PLAIN_ACRONYMS
from newsdigest.text.folding import fold
from newsdigest.text.known_names import known_names

IN_PARENTHESES = re.compile(r" \(([A-ZÀÂÉÈÊÎÔÛÇĐ][A-Za-zÀ-ÿĐ-]{1,9})\)")
ACRONYM_FIRST = re.compile(r"([A-ZÀÂÉÈÊÎÔÛÇĐ](?<!\w.)[A-ZÀÂÉÈÊÎÔÛÇĐ]{1,8}) \(([^()\n]{8,120})\)")
# Hyphens split words ("Haut-Commissariat"), so do elisions ("d'État").
_WORD = re.compile(r"[^\W_]+")
SILENT = frozenset(
    str.split(
        "de du des la le les l d et en pour sur aux au a dans par of the and for on in contre"
    )
)
LONGEST_FORM = 160


@dataclass(frozen=True, slots=True)
class AcronymPair:
    """Where a text spells an acronym out: offsets of the long form and of the short one."""

    start: int
    end: int
    acronym: str
    acronym_start: int


_CAPITALS = re.compile(r" \(([A-ZÀÂÉÈÊÎÔÛÇĐ]{2,8}(?:-[A-ZÀÂÉÈÊÎÔÛÇĐ]{1,4})?)\)")
_CAPITALS_BEFORE = re.compile(r"(?<![^\s(«\"'’])([A-ZÀÂÉÈÊÎÔÛÇĐ]{2,8}) \($")
# Of the letters of an acronym that is known for something else, so many are the name's initials.
_SHARE_OF_INITIALS = 2 / 3


def acronym_beside(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where an acronym stands in brackets after a long name, or before the brackets around it.

    Its letters need not be the name's initials: `Compagnie générale des aéroports du Vietnam (ACV)`
    is read in another language. One that is known for another body must share most of them.
    """
    name = text[start:end]
    words = [word for word in _WORD.findall(fold(name)) if word not in SILENT]
    if len(words) < 2:
        return None
    after = _CAPITALS.match(text, end)
    before = _CAPITALS_BEFORE.search(text, max(0, start - 14), start) if after is None else None
    found = after or (before if text[end : end + 1] == ")" else None)
    if found is None or found[1] in PLAIN_ACRONYMS:
        return None
    known = known_names()
    if found[1] in known.kinds and name not in known.expansions.get(found[1], ()):
        letters = fold(found[1])
        initials = {word[0] for word in words}
        if sum(letter in initials for letter in letters) < _SHARE_OF_INITIALS * len(letters):
            return None
    return found.span(1)


def acronym_pairs(text: str) -> list[AcronymPair]:
    """The pairs of `text` in order: initials in order, small words free to count or not."""
    if "(" not in text:
        return []
    pairs = []
    for match in IN_PARENTHESES.finditer(text):
        start = _start_of_long_form(text, match.start(), match.group(1))
        if start is not None:
            pairs.append(AcronymPair(start, match.start(), match.group(1), match.start(1)))
    for match in ACRONYM_FIRST.finditer(text):
        if _start_of_long_form(text, match.end(2), match.group(1), match.start(2)) is not None:
            pairs.append(AcronymPair(match.start(2), match.end(2), match.group(1), match.start()))
    return sorted(pairs, key=lambda pair: pair.start)


def _start_of_long_form(text: str, end: int, acronym: str, exactly: int = -1) -> int | None:
    """Reads words backwards from `end` while their initials spell `acronym` from its last letter.

    A word may also give its first two letters ("Unedic"). No word may be skipped but small ones,
    which count only when the others do not suffice ("Banque de France (BdF)"). Two words at least.
    """
    if acronym in PLAIN_ACRONYMS:
        return None
    letters = fold(acronym).replace("-", "")
    for small_count in (False, True):
        start = _spelled_backwards(text, end, letters, small_count)
        if start is not None and exactly in (-1, start):
            return start
    return None


def _spelled_backwards(text: str, until: int, letters: str, small_count: bool) -> int | None:
    left, used, next_start = len(letters), 0, -1
    for start, end, word in _words_backwards(text, until):
        gap = text[end:next_start] if next_start >= 0 else ""
        if len(gap) > 1 and gap.strip() not in ("", ",", "-", "'", "’"):
            return None
        next_start = start
        silent = word in SILENT
        if silent and not (small_count and word[0] == letters[left - 1]):
            continue
        if word[0] == letters[left - 1]:
            left -= 1
        elif used and left >= 2 and letters[:left].endswith(word[:2]) and len(word) > 1:
            left -= 2
        else:
            return None
        used += 1
        if left == 0:
            return start if used >= 2 and not silent else None
    return None


def _words_backwards(text: str, until: int) -> Iterator[tuple[int, int, str]]:
    """(start, end, folded word), one at a time: mostly the first already spells something else."""
    for match in _WORD.finditer(text[max(0, until - LONGEST_FORM) : until][::-1]):
        yield until - match.end(), until - match.start(), fold(match.group()[::-1])
