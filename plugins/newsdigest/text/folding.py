"""Text with case and accents set aside: the one folding of the house."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that do not decompose into a base letter and a mark.
_UNDECOMPOSED = str.maketrans(
    {
        "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ı": "i", "ŀ": "l",
        "œ": "oe", "æ": "ae", "ß": "ss", "þ": "th",
    }
)  # fmt: skip
_SPELT_OUT = re.compile("[" + "".join(map(chr, _UNDECOMPOSED)) + "]")
_LATIN_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
# Letters and signs without marks of their own stand below; others may hold any.
_OTHER_SCRIPTS = re.compile(
    "[^\x00-\u02ff\u034f\u1e00-\u1eff\u2000-\u206f\u20a0-\u20bf\u2100-\u214f]"
)
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")


@lru_cache(maxsize=32768)
def fold(text: str) -> str:
    """`text` in lower case without accents; its words and punctuation stay."""
    return fold_whole(text)


def fold_whole(text: str) -> str:
    """The same of a line or more: it comes once, and is not remembered in the place of words."""
    lower = text.lower()
    if lower.isascii():
        return lower
    # A text has a dozen different letters with accents: each is looked up once, and put everywhere.
    for letter in set(_BEYOND_ASCII.findall(lower)):
        plain = _by_itself(letter)
        if plain is None:
            return _by_rule(text)
        lower = lower.replace(letter, plain)
    return lower


@lru_cache(maxsize=4096)
def _by_itself(letter: str) -> str | None:
    """A letter or sign folded, None where its neighbours may count."""
    plain = _by_rule(letter)
    return None if _OTHER_SCRIPTS.search(plain) else plain


def _by_rule(text: str) -> str:
    bare = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    if _OTHER_SCRIPTS.search(bare):
        bare = "".join(char for char in bare if not unicodedata.combining(char))
    return bare.translate(_UNDECOMPOSED) if _SPELT_OUT.search(bare) else bare
