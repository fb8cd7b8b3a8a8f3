"""Words that hundreds of headlines share: a line that has them reaches too many articles, whatever
else it says, and none of these need be looked at again.

An agency's machine sends hundreds of dispatches a day that differ in a place and some figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from newsdigest.relate.links import PREFIX_MARK, shared_needed

# So many sets of words are remembered of a day.
_MOST = 8


class Crowds:
    """What lines of each day were found to share with more articles than may be examined."""

    def __init__(self) -> None:
        self._known: dict[str, list[tuple[frozenset[str], int]]] = {}

    def note(self, probe: Sequence[str], day: str, shared: Sequence[frozenset[str]]) -> None:
        """A line of this day reached too many articles; by these words each. As few words as reach
        them all are remembered."""
        needed = shared_needed(probe)
        words = frozenset(probe)
        met = Counter(word for one in shared for word in one)
        for word in sorted(probe, key=lambda word: (met[word], word)):
            fewer = words - {word}
            if all(_suffice(one & fewer, needed) for one in shared):
                words = fewer
        known = self._known.setdefault(day, [])
        if len(known) < _MOST:
            known.append((words, needed))

    def reached(self, probe: Sequence[str], day: str) -> bool:
        """Whether a line of this day has such words: it reaches the same articles by them."""
        needed = shared_needed(probe)
        return any(needed <= of and words.issubset(probe) for words, of in self._known.get(day, ()))


def _suffice(shared: Collection[str], needed: int) -> bool:
    return len(shared) >= needed or any(word.startswith(PREFIX_MARK) for word in shared)
