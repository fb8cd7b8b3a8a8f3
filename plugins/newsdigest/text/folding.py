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


@lru_cache(maxsize=32768)
def fold(text: str) -> str:
    """`text` in lower case without accents; its words and punctuation stay."""
    if text.isascii():
        return text.lower()
    bare = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    if _OTHER_SCRIPTS.search(bare):
        bare = "".join(char for char in bare if not unicodedata.combining(char))
    return bare.translate(_UNDECOMPOSED) if _SPELT_OUT.search(bare) else bare


def fold_whole(text: str) -> str:
    """The same of a line or more: it comes once, and is not remembered in the place of words."""
    return fold.__wrapped__(text)
