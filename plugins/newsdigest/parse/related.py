"""Related headlines: one key for all the ways a headline is spelt, and no repeats."""

from __future__ import annotations

import re
from unicodedata import normalize

_LIGATURES = str.maketrans({"đ": "d", "œ": "oe", "æ": "ae"})
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")

Key = tuple[str, tuple[str, ...]]


def headline_key(text: str) -> Key:
    """Letters and digits without case or accents, and the numbers as written.

    `XIVᵉ` and `XIV e` agree, and so do both apostrophes; `1,2 %` and `12 %` do not.
    """
    folded = normalize("NFKC", text).casefold().translate(_LIGATURES)
    letters = "".join(filter(str.isalnum, normalize("NFD", folded)))
    return letters, tuple(_NUMBER.findall(folded))


class Headlines:
    """The related headlines of one article, each kept the first time it is met."""

    def __init__(self, own: str) -> None:
        self.kept: list[str] = []
        self._seen = {headline_key(own)}

    def keep(self, headline: str) -> bool:
        """Whether the headline is new; then it is kept."""
        key = headline_key(headline)
        if key in self._seen:
            return False
        self._seen.add(key)
        self.kept.append(headline)
        return True
