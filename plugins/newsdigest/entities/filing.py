"""Where lists of names file one: a person under the surname, anything else as it is written."""

from __future__ import annotations

import re

from newsdigest.base.records import EntityType
from newsdigest.entities.names import (
    ACCENTED_VIETNAMESE_SURNAMES,
    VIETNAMESE_SURNAMES,
    is_surname_first,
)
from newsdigest.text.folding import fold
from newsdigest.text.word_lists import folded_list

_WORD = re.compile(r"\S+")
# Who is known by the name before it: Jean-Paul II, Charles III, Félix le Grand.
_REGNAL = re.compile(r"(?:[IVX]{1,6}|Ier|1er|Ire)$")
_SUFFIX = re.compile(r"(?:Jr|Sr|fils|père|II|III)\.?$")
# What a surname of one word may open with and is not filed under: al-Assad, d'Estaing.
_OPENING = re.compile(r"(?:[ae][lrsdtznh]-|[dl]['’])(?=\w)")
_VIETNAMESE_WORDS = range(2, 6)
# A Vietnamese name without its accents is told by short words all through.
_LONGEST_PLAIN_WORD = 6


def filed_part(name: str, type_: EntityType, lang: str = "fr") -> tuple[int, int]:
    """The start and end of what a name is filed under, in lists in `lang`.

    >>> name = "Charles de Gaulle"; start, end = filed_part(name, "person")
    >>> name[start:end]
    'Gaulle'
    """
    words = list(_WORD.finditer(name)) if type_ == "person" else []
    if len(words) < 2 or _is_written_in_order([word.group() for word in words]):
        return 0, len(name)
    if _is_vietnamese([word.group() for word in words]):
        return words[-1].span()
    last = len(words) - 1
    if _SUFFIX.match(words[last].group()) and last > 1:
        last -= 1
    first = last
    while first > 1 and _goes_with_surname(words[first - 1].group(), lang):
        first -= 1
    start = words[first].start()
    opening = _OPENING.match(name, start) if first == last else None
    return opening.end() if opening else start, words[last].end()


def filed_name(name: str, type_: EntityType, lang: str = "fr") -> str:
    """The name with what it is filed under first, as it is sorted: "Gaulle Charles de"."""
    start, end = filed_part(name, type_, lang)
    return " ".join(f"{name[start:end]} {name[:start]} {name[end:]}".split())


def _is_written_in_order(words: list[str]) -> bool:
    """Whether the name is filed as it is written: the surname leads it, or there is none."""
    if is_surname_first(words):
        return True
    if len(words) == 2 or not words[1][:1].isupper():
        return bool(_REGNAL.match(words[-1])) or (
            len(words) > 2 and fold(words[1]) in ("le", "la", "the") and words[1][:1].islower()
        )
    return False


def _is_vietnamese(words: list[str]) -> bool:
    if len(words) not in _VIETNAMESE_WORDS or not all(word[:1].isupper() for word in words):
        return False
    surname = words[0]
    if surname in ACCENTED_VIETNAMESE_SURNAMES and len(words) > 2:
        return True
    if fold(surname) not in VIETNAMESE_SURNAMES and surname not in ACCENTED_VIETNAMESE_SURNAMES:
        return False
    accented = any(_has_vietnamese_letter(word) for word in words)
    plain = len(words) > 2 and all(len(word) <= _LONGEST_PLAIN_WORD for word in words[1:])
    return accented or plain


def _has_vietnamese_letter(word: str) -> bool:
    """A letter that neither French nor English writes."""
    return any(letter in _VIETNAMESE_LETTERS for letter in word.lower())


_VIETNAMESE_LETTERS = frozenset("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹãõìòù")


def _goes_with_surname(word: str, lang: str) -> bool:
    kept = "" if word[:1].isupper() else lang.partition("-")[0]
    listed = folded_list("particles.txt", kept or "any") or folded_list("particles.txt", "en")
    return fold(word) in listed
