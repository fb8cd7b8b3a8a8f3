"""What two spellings of one headline share: its letters and digits, and its numbers."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from newsdigest.text.decoration import undecorated

_LIGATURES = str.maketrans({"đ": "d", "œ": "oe", "æ": "ae"})
# A minus sign counts where it cannot be a hyphen, a dash between words or a range.
NUMBER_PATTERN = (
    r"(?:(?<![^\s(«\"“])[-−–](?=\d))?"
    r"(?:(?<!\d)\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
)
_NUMBER = re.compile(NUMBER_PATTERN)
_GROUPING = re.compile(r"[ .,\u00a0\u202f]")


def headline_key(headline: str) -> str:
    """Equal for headlines that differ only in case, accents, ligatures, spacing or punctuation, or
    in what a page hung on them (`decoration`).
    """
    return letters(unicodedata.normalize("NFKC", undecorated(headline)))


def headline_numbers(headline: str) -> str:
    """The headline's numbers in order: "1,2 %" and "12 %" share a key and are not the same news,
    nor are "-3 %" and "3 %". A bar and the whole headline's letters follow where a page hung
    something on it: "Le marché (12 mai)" and "Le marché (13 mai)" are not the same news either.
    """
    bare = undecorated(headline)
    text = unicodedata.normalize("NFKC", bare)
    numbers = " ".join(plain_number(match.group()) for match in _NUMBER.finditer(text))
    if bare == headline:
        return numbers
    return f"{numbers}|{letters(unicodedata.normalize('NFKC', headline))}"


def same_numbers(line: str, article: str) -> bool:
    """Whether a line of these `headline_numbers` may mean an article of those: what a page hung on
    the line may be missing from the headline, not the other way round.
    """
    bare, _, hung = article.partition("|")
    return line.partition("|")[0] == bare and (not hung or line == article)


@lru_cache(maxsize=1 << 16)
def letters(text: str) -> str:
    """The letters and digits of a text in NFKC, in lower case and without accents."""
    folded = unicodedata.normalize("NFD", text.casefold().translate(_LIGATURES))
    return "".join(char for char in folded if char.isalnum())


def plain_number(written: str) -> str:
    sign = "-" if written[0] in "-−–" else ""
    digits = written[1:] if sign else written
    grouped = len(_GROUPING.split(digits)[-1]) == 3 and not digits.isdigit()
    return sign + re.sub(r"\D", "" if grouped else ".", digits)
