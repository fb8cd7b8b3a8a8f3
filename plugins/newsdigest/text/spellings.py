"""Two spellings of one thing made one: "huit" and "8", "XIVe" and "14ème", "N°2" and "No 2".

For comparing headlines only: what comes out is not for readers. Roman numerals are read where they
can be nothing else: "XIVe", "Jean XXIII", "Ve République", not "VI" nor "Xi".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from newsdigest.text.folding import fold
from newsdigest.text.word_lists import listed

_NUMERO = re.compile(
    r"(?:\bn ?[°º]s?|\bno\b\.?|\bnum[ée]ro\b|\bnumber\b|\bnr\b\.?|\bsố\b|#) ?(?=\d)", re.IGNORECASE
)
_ORDINAL = re.compile(
    r"(?<![\d.,])(\d+)(?: ?i?[eè]me| ?e|th|er|[eè]?re|(?<=1)st|(?<=2)nd|(?<=3)rd)\b(?!['’-])",
    re.IGNORECASE,
)
_ROMAN = re.compile(
    r"\b(?=[IVX])(X{0,3}(?:IX|IV|V?I{0,3}))(e|er|re|ère|i?[eè]me|th|st|nd|rd)?\b(?!['’-])",
    re.IGNORECASE,
)
# Words, names and initials more often than numbers, unless written as an ordinal: "Xe siècle".
_DOUBTFUL = frozenset({"I", "V", "X", "VI", "XI"})
_MASCULINE = re.compile(r"\b(?:LE|DU|AU|UN) $")
_FOLLOWED = re.compile(r"\s*[\s,:;)»\"]")
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
# After "neuf", that nine of them are told: "neuf morts", not "un stade neuf".
_PLURAL = re.compile(
    r"[ \u00a0](?:[^\W\d_]{2,}[sx]|mille|cents?|millions?|milliards?)\b", re.IGNORECASE
)


@lru_cache(maxsize=1 << 14)
def one_spelling(text: str) -> str:
    """`text`, in NFKC, with numbers and ordinals in digits and civilities in short."""
    text = _words_to_digits(_ROMAN.sub(_arabic, text))
    if any(map(str.isdigit, text)):
        text = _ORDINAL.sub(r"\1e", _NUMERO.sub("no ", text))
    return text


def _arabic(match: re.Match[str]) -> str:
    numeral, ending = match[1].upper(), match[2] or ""
    if not numeral or (numeral in _DOUBTFUL and not _is_ordinal(match, ending)):
        return match[0]
    values = [_ROMAN_DIGITS[digit] for digit in numeral]
    total = sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
    return f"{total}{'e' if ending else ''}"


def _is_ordinal(match: re.Match[str], ending: str) -> bool:
    """ "Ve République", "François Ier", "DU VIE SIÈCLE"; not the "Ve…" of Venise, nor "LA VIE"."""
    if not ending or not match[1].isupper():
        return False
    if ending.isupper() and not _MASCULINE.search(match.string, 0, match.start()):
        return False
    return ending == "er" or _FOLLOWED.match(match.string, match.end()) is not None


def _words_to_digits(text: str) -> str:
    numerals, civilities = _numerals(), _civilities()
    parts: list[str] = []
    done = 0
    for match in _WORD.finditer(text):
        if match.start() < done:
            continue
        word = fold(match[0])
        end, written = match.end(), civilities.get(word)
        if word in numerals:
            found = _numeral(text, match.start(), numerals[word])
            written, end = found or (None, end)
        if written is not None:
            parts += text[done : match.start()], written
            done = end
    return "".join((*parts, text[done:])) if parts else text


_Numerals = tuple[tuple[str, str], ...]


def _numeral(text: str, start: int, numerals: _Numerals) -> tuple[str, int] | None:
    for words, digits in numerals:
        match = _pattern(words).match(text, start)
        if match and (digits != "9" or _PLURAL.match(text, match.end())):
            return digits, match.end()
    return None


@cache
def _numerals() -> dict[str, _Numerals]:
    """By their first word, the longest first."""
    by_first: dict[str, list[tuple[str, str]]] = {}
    for digits, words in _pairs("numerals.txt"):
        by_first.setdefault(fold(words.split("-")[0]), []).append((words, digits))
    return {
        first: tuple(
            (words + "s?" * digits.endswith("e"), digits)
            for words, digits in sorted(lot, key=_longest)
        )
        for first, lot in by_first.items()
    }


def _longest(pair: tuple[str, str]) -> tuple[int, str]:
    return -len(pair[0]), pair[0]


@cache
def _pattern(words: str) -> re.Pattern[str]:
    """Made when the first word is met: there are hundreds, and most texts have none."""
    spelled = words.replace("-", "[- \u00a0\u2010\u2011]").replace("è", "(?:[eè]|e\u0300)")
    return re.compile(spelled.replace("é", "(?:[eé]|e\u0301)") + r"\b", re.IGNORECASE)


@cache
def _civilities() -> dict[str, str]:
    return {fold(words): short for short, words in _pairs("civilities.txt")}


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    for entry in listed(name):
        short, _, words = entry.partition("=")
        yield short, words
