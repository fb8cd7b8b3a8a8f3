"""The trained tagger's decoder: the likeliest labels of a window, by a linear-chain CRF.

Whole numbers, so that every machine decides alike, and nothing of the library the training used.
docs/decisions/0008-trained-tagger.md says what it is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from operator import add

from newsdigest.base.arrays import np
from newsdigest.base.records import EntityType
from newsdigest.entities.gazetteer import Gazetteer, load_gazetteer
from newsdigest.entities.model.features import OUTSIDE, TokenWindow, names_of_document, windows
from newsdigest.entities.model.overlay import Found
from newsdigest.entities.model.sums import Sums
from newsdigest.entities.model.weights import WEIGHTS, Weights, read_weights
from newsdigest.entities.spans import Reading

OUTSIDE_AT = 0
# Less than any sum of weights.
NEVER = -(10**9)
# Tokens whose sums are made together: no article of the wire has more, a hostile file may.
MOST_TOKENS = 5_000
TYPES: dict[str, EntityType] = {
    "PER": "person",
    "LOC": "place",
    "ORG": "organisation",
    "EVENT": "event",
    "PRODUCT": "product",
}


class Decoder:
    """Finds names with one set of weights; remembers the sums it has made."""

    __slots__ = ("_from_outside", "_into", "_inward", "_labels", "_lead", "_sums")

    def __init__(self, weights: Weights, lexicon: Gazetteer) -> None:
        self._labels = weights.labels
        rows, types = weights.transitions, len(weights.labels) // 2
        # What leads to "O" and to each "B-", whatever came before; "I-X" follows "B-X" and itself.
        self._into = [tuple(row[to] for row in rows) for to in range(types + 1)]
        self._inward = [
            (begin, rows[begin][begin + types], rows[begin + types][begin + types])
            for begin in range(1, types + 1)
        ]
        self._from_outside = np.array((*rows[OUTSIDE_AT][: types + 1], *[NEVER] * types))
        # "O" ahead of all by more than this is the best way to whatever begins anew.
        self._lead = max(max(column) - column[OUTSIDE_AT] for column in self._into)
        self._sums = Sums(weights, lexicon)

    def find(
        self, texts: Mapping[int, str], readings: Mapping[int, Reading]
    ) -> dict[int, list[Found]]:
        """The names of an article's texts, by block, in order; `readings` are the rules'."""
        seen = names_of_document(readings.values())
        read = [
            (block, window)
            for block, reading in readings.items()
            for window in windows(texts[block], reading.spans, seen)
        ]
        found: dict[int, list[Found]] = {block: [] for block in readings}
        labelled = self.labels([window for _, window in read])
        for (block, window), labels in zip(read, labelled, strict=True):
            found[block] += names_labelled(window, labels)
        return found

    def labels(self, windows: Iterable[TokenWindow]) -> Iterator[list[str]]:
        """The likeliest labels of each window's tokens; of equal ones, the one named first."""
        for batch in _batches(windows):
            sums = self._sums.of(batch)
            emissions, opening = sums.tolist(), (sums + self._from_outside).tolist()
            at = 0
            for window in batch:
                end = at + len(window.tokens)
                yield self._path(emissions[at:end], opening[at:end]) if end > at else []
                at = end

    def _path(self, emissions: list[list[int]], opening: list[list[int]]) -> list[str]:
        """Viterbi's way through a window; `opening` are the sums of a token that follows "O"."""
        begins, inward, lead = len(self._into), self._inward, self._lead
        types = begins - 1
        # Only the differences of scores count; before a window all is outside.
        scores = opening[0]
        reached, plainly = [scores], [True]
        for at in range(1, len(emissions)):
            emission, outside = emissions[at], scores[OUTSIDE_AT]
            onward = []
            for begin, from_begin, from_inside in inward:
                begun = scores[begin] + from_begin
                gone_on = scores[begin + types] + from_inside
                onward.append((begun if begun >= gone_on else gone_on) + emission[begin + types])
            plain = outside - lead > max(scores[1:])
            plainly.append(plain)
            if plain:
                # No name before this, as mostly.
                scores = [score + outside for score in opening[at][:begins]]
            else:
                scores = [
                    max(map(add, scores, column)) + score
                    for column, score in zip(self._into, emission, strict=False)
                ]
            scores += onward
            reached.append(scores)
        return self._followed_back(reached, plainly)

    def _followed_back(self, reached: list[list[int]], plainly: list[bool]) -> list[str]:
        """The labels that led to the best last one; `plainly`: nothing stood before but "O"."""
        begins, types = len(self._into), len(self._into) - 1
        label = reached[-1].index(max(reached[-1]))
        path = [label]
        for at in range(len(reached) - 1, 0, -1):
            scores = reached[at - 1]
            if label >= begins:
                begin, from_begin, from_inside = self._inward[label - begins]
                if scores[begin] + from_begin >= scores[begin + types] + from_inside:
                    label = begin
            elif plainly[at]:
                label = OUTSIDE_AT
            else:
                sums = list(map(add, scores, self._into[label]))
                label = sums.index(max(sums))
            path.append(label)
        names = self._labels
        return [names[label] for label in reversed(path)]


def _batches(windows: Iterable[TokenWindow]) -> Iterator[list[TokenWindow]]:
    batch: list[TokenWindow] = []
    tokens = 0
    for window in windows:
        batch.append(window)
        tokens += len(window.tokens)
        if tokens >= MOST_TOKENS:
            yield batch
            batch, tokens = [], 0
    if batch:
        yield batch


def names_labelled(window: TokenWindow, labels: list[str]) -> list[Found]:
    """The stretches the labels mark; a label that is none of our types gives None."""
    found: list[Found] = []
    for (start, end, _), label in zip(window.tokens, labels, strict=True):
        if label[0] == "B":
            found.append((start, end, TYPES.get(label[2:])))
        elif label != OUTSIDE:
            found[-1] = (found[-1][0], end, found[-1][2])
    return found


@cache
def french_decoder() -> Decoder:
    """The shipped weights, read once a process."""
    return Decoder(read_weights(WEIGHTS), load_gazetteer())
