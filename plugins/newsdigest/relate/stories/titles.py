"""What a story is called: the headline of one of its first dispatches, the one an editor would sign.

Of the first five, in the first one's language, that which holds most of the names they share, then
most of the words; of equals the shortest, then the earliest. So the title is a sentence of the
newsroom's, is never made of words in a list, and stays as the story grows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from newsdigest.relate.terms import Term
from newsdigest.text.folding import fold

FIRST = 5
# A headline longer than this is a title only where all are.
LONGEST = 110

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Titled:
    """A story's member as its title needs it: `terms` heaviest first."""

    headline: str
    lang: str
    terms: tuple[Term, ...]


def story_title(members: Sequence[Titled]) -> str:
    """The title of the story of these members, oldest first; only the first five count.

    Raises ValueError for no members.
    """
    if not members:
        raise ValueError("a story has members")
    first = [member for member in members[:FIRST] if member.lang == members[0].lang]
    shared = _shared(first)

    def merit(member: Titled) -> tuple[bool, int, int, int]:
        words = f" {_key(member.headline)} "
        held = [
            term.is_name
            for term in member.terms
            if term.term in shared and f" {_key(term.surface)} " in words
        ]
        length = len(member.headline)
        return length <= LONGEST, sum(held), len(held), -length

    return max(first, key=merit).headline  # of equals the first is taken


def _shared(members: Sequence[Titled]) -> frozenset[str]:
    """The terms of more than half of them."""
    counts = Counter(term for member in members for term in {term.term for term in member.terms})
    return frozenset(term for term, count in counts.items() if count > len(members) // 2)


def _key(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))
