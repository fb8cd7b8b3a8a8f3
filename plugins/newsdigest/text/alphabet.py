"""Where a name stands in the alphabet: accents and case set aside."""

from __future__ import annotations

import unicodedata

# Names that begin with no Latin letter stand together, last.
OTHER_INITIALS = "0"

# Letters that Unicode does not take apart into a base and its accent.
_PLAIN_LETTERS = str.maketrans(
    {"Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "ı": "i",
     "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "ß": "ss", "Þ": "TH", "þ": "th", "ħ": "h"}
)  # fmt: skip


def folded(name: str) -> str:
    """`name` without accents or case, to sort and to find its first letters."""
    plain = unicodedata.normalize("NFKD", name.translate(_PLAIN_LETTERS))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def initial(name: str) -> str:
    """`A` to `Z`, or `#`."""
    first = folded(name)[:1].upper()
    return first if "A" <= first <= "Z" else "#"


def initials(name: str) -> str:
    """The part of a large index that holds `name`: `ab`, `a` before a sign, or `0`."""
    plain = folded(name)
    first, second = plain[:1], plain[1:2]
    if not "a" <= first <= "z":
        return OTHER_INITIALS
    return first + second if "a" <= second <= "z" else first
