"""What a story comes to: three sentences of its dispatches, none of which says another again. Pure.

How it began (the first dispatch), what weighs most in between (the dispatch that brought the most
new words), where it stands (the newest). Each sentence can be read alone, and stands as its dispatch
has it: nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsdigest.relate.stories.sentences import sentences
from newsdigest.relate.stories.timeline import stands_alone, telling

MOST = 3
SHORTEST, LONGEST = 40, 260
# Of a sentence's telling words, so many of a hundred are another's: it says the same again.
SAID_AGAIN = 60


@dataclass(frozen=True, slots=True)
class Told:
    """A dispatch as its story's essentials need it: `texts` are what it says that is new."""

    id: str
    lang: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Essential:
    """A sentence, and the dispatch it stands in."""

    id: str
    text: str


def essentials(dispatches: Sequence[Told]) -> tuple[Essential, ...]:
    """At most three sentences of the dispatches, both oldest first."""
    if len(dispatches) < 2:
        return ()
    first, *between, newest = dispatches
    by_weight = sorted(between, key=lambda told: -sum(map(len, told.texts)))
    found: dict[str, Essential] = {}
    words: list[frozenset[str]] = []
    for dispatch in (first, newest, *by_weight):
        if len(found) == MOST:
            break
        for sentence in _sentences(dispatch):
            said = telling(sentence)
            if not any(_again(said, before) for before in words):
                found[dispatch.id] = Essential(dispatch.id, sentence)
                words.append(said)
                break
    return tuple(found[told.id] for told in dispatches if told.id in found)


def _sentences(dispatch: Told) -> Iterable[str]:
    for text in dispatch.texts:
        for start, end in sentences(text):
            # The dash of a list or a speech belongs to its neighbours.
            sentence = text[start:end].lstrip("–—-• ")
            if SHORTEST <= len(sentence) <= LONGEST and stands_alone(sentence, dispatch.lang):
                yield sentence


def _again(one: frozenset[str], two: frozenset[str]) -> bool:
    least = min(len(one), len(two))
    return not least or 100 * len(one & two) >= SAID_AGAIN * least
