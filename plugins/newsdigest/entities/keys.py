"""What two spellings of one name share: the archive's key, and the address."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SLUG_BYTES = 80
EMPTY_SLUG = "entite"

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
_NOT_WORD = re.compile(r"[\W_]+")
_APOSTROPHES = re.compile(r"['’ʼ‘`´′.]")
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=32768)
def fold(text: str) -> str:
    """`text` in lower case without accents; its words and punctuation stay."""
    if text.isascii():
        return text.lower()
    bare = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    if _OTHER_SCRIPTS.search(bare):
        bare = "".join(char for char in bare if not unicodedata.combining(char))
    return bare.translate(_UNDECOMPOSED) if _SPELT_OUT.search(bare) else bare


@lru_cache(maxsize=32768)
def entity_key(name: str) -> str:
    """The key under which the archive takes two spellings for one name.

    Words of letters and digits, joined by one space: accents, case, and the choice between
    apostrophes, hyphens and spaces do not count. "Jean-Luc Mélenchon" and "jean luc melenchon"
    share one; "O.N.U." has the key of "ONU". A name of signs alone is its own key.
    """
    return _NOT_WORD.sub(" ", _dotless(fold(name))).strip() or name


def _dotless(folded: str) -> str:
    """The full stops of initials count for nothing: `j. k.`, `o.n.u.`"""
    return folded.replace(".", "") if "." in folded else folded


def entity_slug(name: str) -> str:
    """The name's place in an address: ASCII letters, digits and hyphens, at most 80 bytes.

    Cut at a word where it can be; `entite` for a name that holds no letter ASCII can write.
    """
    slug = _NOT_ASCII_WORD.sub("-", _APOSTROPHES.sub("", fold(name))).strip("-")
    if len(slug) > SLUG_BYTES:
        cut = slug[: SLUG_BYTES + 1]
        slug = (cut[: cut.rindex("-")] if "-" in cut else cut[:SLUG_BYTES]).strip("-")
    return slug or EMPTY_SLUG
