"""Whether a later version of a dispatch is one that lists should show, and by what it says more. Pure.

A version says more by a sentence that the earlier one has not, in its words or nearly: one that brings
a figure the earlier one does not give, or mostly words it does not use. Edited prose is no news, and
neither is a version cut to fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsdigest.relate.stories.sentences import Published, digest, sentences
from newsdigest.text.folding import fold_whole
from newsdigest.text.shorten import shorten
from newsdigest.text.spellings import one_spelling

# So much of the earlier version's length: less is a cut.
LEAST_LENGTH = 0.8
# A sentence of fewer words says nothing unless it counts something: « À suivre. »
FEWEST_WORDS = 5
# Of a sentence's longer words, how many the earlier version may use.
MOST_KNOWN_WORDS = 0.5
_LONGER = 4
# What a list says of it, in characters.
LONGEST = 200

_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")


@dataclass(frozen=True, slots=True)
class Newer:
    """`adds`: the first sentence by which it says more that does not stand in what lists show of it
    anyway; "" where all does. At most `LONGEST` characters."""

    adds: str


def newer(earlier: Sequence[str], later: Sequence[str], shown: str = "") -> Newer | None:
    """What `later` says beyond `earlier`, each the texts of a version's blocks; None where it is no
    newer version. `shown`: the summary that stands beside."""
    before, now = _Said(earlier), _Said(later)
    if len(now.words) < LEAST_LENGTH * len(before.words):
        return None
    published = Published([("earlier", digest(map(one_spelling, earlier)))])
    found = [said for said in _all_sentences(later) if _is_news(said, published, before)]
    if not found:
        return None
    beside = _plain(shown)
    told = (said for said in found if _plain(said) not in beside)
    return Newer(shorten(" ".join(next(told, "").split()), LONGEST))


class _Said:
    """A text as it is asked: its words, numbers in digits."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.words = [word for text in texts for word in _words(text)]
        self.known = frozenset(self.words)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold_whole(one_spelling(text)))


def _plain(text: str) -> str:
    return " ".join(_words(text))


def _all_sentences(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        for start, end in sentences(text):
            yield text[start:end]


def _is_news(sentence: str, published: Published, before: _Said) -> bool:
    if published.day_of(one_spelling(sentence)):
        return False
    words = _words(sentence)
    if any(word[0].isdigit() and word not in before.known for word in words):
        return True
    longer = [word for word in words if len(word) >= _LONGER]
    known = sum(word in before.known for word in longer)
    return len(words) >= FEWEST_WORDS and known <= MOST_KNOWN_WORDS * len(longer)
