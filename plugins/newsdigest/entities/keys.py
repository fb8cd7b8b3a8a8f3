"""When two spellings are one name: they share the archive's key.

The archive files by `one_thing.key_of`, which builds on this (for persons `person_key`); editors keep two
names of one key apart with two lines or `not=` in entities.tsv: `curated.file`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from newsdigest.text.folding import fold

_NOT_WORD = re.compile(r"[\W_]+")


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
