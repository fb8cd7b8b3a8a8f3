"""What two spellings of one headline share: its letters and digits, and its numbers."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from newsdigest.text.decoration import peeled, undecorated
from newsdigest.text.spellings import one_spelling

_LIGATURES = str.maketrans({"đ": "d", "œ": "oe", "æ": "ae"})
# A minus sign counts where it cannot be a hyphen, a dash between words or a range.
NUMBER_PATTERN = (
    r"(?:(?<![^\s(«\"“])[-−–](?=\d))?"
    r"(?:(?<!\d)\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
)
_NUMBER = re.compile(NUMBER_PATTERN)
_GROUPING = re.compile(r"[ .,\u00a0\u202f]")


def headline_key(headline: str) -> str:
    """Equal for headlines that differ only in case, accents, ligatures, spacing or punctuation, in
    how a number is written (`spellings`), or in what a page hung on them (`decoration`).
    """
    return letters(plain(undecorated(headline)))


def headline_numbers(headline: str) -> str:
    """The headline's numbers in order: "1,2 %" and "12 %" share a key and are not the same news,
    nor are "-3 %" and "3 %". Of a headline on which a page hung something, two bars follow, each
    before letters: of what may tell it from others, and of the whole headline.

    "Le marché (12 mai)" and "Le marché (13 mai)" are not the same news.
    """
    found = peeled(headline)
    numbers = " ".join(plain_number(match.group()) for match in _NUMBER.finditer(plain(found.bare)))
    if found.bare == headline:
        return numbers
    return f"{numbers}|{letters(plain(found.telling))}|{letters(plain(headline))}"


def same_numbers(line: str, article: str) -> bool:
    """Whether a line of these `headline_numbers` may mean an article of those: what a page hung on
    the line may be missing from the headline; of what it hung on the headline, what tells nothing.
    """
    bare, hung, *_ = (*line.split("|"), "")
    theirs, told, *_ = (*article.split("|"), "")
    return bare == theirs and told in ("", hung)


def plain(text: str) -> str:
    """The text in NFKC, numbers in digits and civilities in short."""
    return one_spelling(unicodedata.normalize("NFKC", text))


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
