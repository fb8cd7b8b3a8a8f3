"""The trained tagger's decoder: the likeliest labels of a window, by a linear-chain CRF.

Plain Python over whole-number weights, so that every machine decides alike and none needs the
library the training used. `benchmarks/train.py` makes the file of weights;
docs/decisions/0008-trained-tagger.md says what it is worth.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from operator import add, getitem
from pathlib import Path
from typing import NamedTuple

from newsdigest.base.records import EntityType
from newsdigest.entities.gazetteer import Gazetteer, load_gazetteer
from newsdigest.entities.model.features import (
    OUTSIDE,
    PAIR_SLOTS,
    SLOTS,
    Key,
    Keys,
    TokenWindow,
    attributes,
    names_of_document,
    windows,
)
from newsdigest.entities.model.overlay import Found
from newsdigest.entities.spans import Reading
from newsdigest.text.known_names import DATA

WEIGHTS = DATA / "crf-fr.weights"
# Sums kept for a slot; past this many all are forgotten, so that memory has a bound.
MOST_KEYS = 10_000
LONGEST_KEPT_WORD = 64
OUTSIDE_AT = 0
# A word is read as no name when this says so by more than all transitions could mend; in the unit of
# the weights. It changed no name in 230,000 words.
SURE = 2400
# Less than any sum of weights.
NEVER = -(10**9)
TYPES: dict[str, EntityType] = {"PER": "person", "LOC": "place", "ORG": "organisation"}

Scores = tuple[int, ...]


class Weights(NamedTuple):
    """What training learnt. `transitions[a][b]` leads from label a to label b; `emissions` gives
    each attribute's weight for every label. Labels are "O", which comes first, and "B-" or "I-" and a
    type; none has "I-" without "B-"."""

    labels: tuple[str, ...]
    transitions: tuple[Scores, ...]
    emissions: dict[str, Scores]


class Decoder:
    """Finds names with one set of weights; remembers the sums it has made."""

    __slots__ = ("_enter", "_from_outside", "_inside", "_sums", "_weights")

    def __init__(self, weights: Weights, lexicon: Gazetteer) -> None:
        self._weights = weights
        # Labels that any label may lead to, each with its column of transitions; then "I-X", which
        # follows "B-X" and itself alone.
        self._enter: list[tuple[int, Scores]] = []
        self._inside: list[tuple[int, int, int, int]] = []
        for to, label in enumerate(weights.labels):
            if label[0] == "I":
                begin = weights.labels.index("B" + label[1:])
                rows = weights.transitions
                self._inside.append((to, begin, rows[begin][to], rows[to][to]))
            else:
                self._enter.append((to, tuple(row[to] for row in weights.transitions)))
        self._from_outside = tuple(
            NEVER if label[0] == "I" else score
            for label, score in zip(weights.labels, weights.transitions[OUTSIDE_AT], strict=True)
        )
        self._sums = [
            _Pairs(slot, weights) if slot in PAIR_SLOTS else _Sums(slot, weights, lexicon)
            for slot in range(len(SLOTS))
        ]

    def find(
        self, texts: Mapping[int, str], readings: Mapping[int, Reading]
    ) -> dict[int, list[Found]]:
        """The names of an article's texts, by block, in order; `readings` are the rules'."""
        seen = names_of_document(readings.values())
        return {
            block: [
                name
                for window in windows(texts[block], reading.spans, seen)
                for name in names_labelled(window, self.labels(window))
            ]
            for block, reading in readings.items()
        }

    def labels(self, window: TokenWindow) -> list[str]:
        """The likeliest labels of a window's tokens; of equal ones, the one named first."""
        names = self._weights.labels
        enter, inside, from_outside = self._enter, self._inside, self._from_outside
        into_outside = enter[OUTSIDE_AT][1]
        nothing = [OUTSIDE_AT] * len(names)
        backs: list[list[int]] = []
        # Only the differences of scores count; before a window all is outside.
        scores: list[int] = []
        alone = True
        for keys in window.keys:
            emission = self._emission(keys)
            if emission[OUTSIDE_AT] > SURE + max(emission[1:]):
                # Plainly no name, as most words: one way on, whatever came before.
                if alone:
                    backs.append(nothing)
                else:
                    sums = list(map(add, scores, into_outside))
                    backs.append([sums.index(max(sums))] * len(names))
                    alone = True
                continue
            if alone:
                backs.append(nothing)
                scores = list(map(add, from_outside, emission))
                alone = False
                continue
            back, reached = [0] * len(names), [0] * len(names)
            for to, column in enter:
                sums = list(map(add, scores, column))
                best = max(sums)
                back[to] = sums.index(best)
                reached[to] = best + emission[to]
            for to, begin, from_begin, from_inside in inside:
                begun, gone_on = scores[begin] + from_begin, scores[to] + from_inside
                if begun >= gone_on:
                    back[to] = begin
                    reached[to] = begun + emission[to]
                else:
                    back[to] = to
                    reached[to] = gone_on + emission[to]
            backs.append(back)
            scores = reached
        path = [OUTSIDE_AT if alone else scores.index(max(scores))]
        for back in reversed(backs[1:]):
            path.append(back[path[-1]])
        return [names[label] for label in reversed(path)] if backs else []

    def _emission(self, keys: Keys) -> list[int]:
        return list(map(sum, zip(*map(getitem, self._sums, keys), strict=True)))


class _Sums(dict[Key, Scores]):
    """The sums of one slot's weights, made when first asked for."""

    def __init__(self, slot: int, weights: Weights, lexicon: Gazetteer) -> None:
        super().__init__()
        self._slot = slot
        self._emissions = weights.emissions
        self._lexicon = lexicon
        self._nothing = (0,) * len(weights.labels)

    def __missing__(self, key: Key) -> Scores:
        emissions = self._emissions
        found = [
            emissions[attribute]
            for attribute in attributes(self._slot, key, self._lexicon)
            if attribute in emissions
        ]
        total = tuple(map(sum, zip(*found, strict=True))) if found else self._nothing
        if max(map(len, (key,) if isinstance(key, str) else key)) <= LONGEST_KEPT_WORD:
            if len(self) >= MOST_KEYS:
                self.clear()
            self[key] = total
        return total


class _Pairs(dict[Key, Scores]):
    """The weights of a slot whose keys seldom come twice: all there are, and nothing is kept."""

    def __init__(self, slot: int, weights: Weights) -> None:
        start = f"{slot}:"
        super().__init__(
            (tuple(attribute[len(start) :].split(" ")), scores)
            for attribute, scores in weights.emissions.items()
            if attribute.startswith(start)
        )
        self._nothing = (0,) * len(weights.labels)

    def __missing__(self, key: Key) -> Scores:
        return self._nothing


def names_labelled(window: TokenWindow, labels: list[str]) -> list[Found]:
    """The stretches the labels mark; a type that is none of ours (an event, a product) is None."""
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


@cache
def weights_digest() -> str:
    """Twelve hexadecimal digits of the shipped weights."""
    return hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()[:12]


def read_weights(path: Path) -> Weights:
    """The weights of a file `write_weights` made."""
    lines = path.read_text(encoding="utf-8").split("\n")
    labels = tuple(lines[0].split(" "))
    size = len(labels)
    transitions = tuple(tuple(map(int, line.split(" "))) for line in lines[1 : size + 1])
    emissions: dict[str, Scores] = {}
    for line in lines[size + 1 : -1]:
        attribute, _, cells = line.partition("\t")
        scores = [0] * size
        for cell in cells.split(" "):
            scores[int(cell[0])] = int(cell[1:])
        emissions[attribute] = tuple(scores)
    return Weights(labels, transitions, emissions)


def write_weights(weights: Weights, path: Path) -> None:
    """Labels, transitions, then an attribute a line, sorted: a digit for the label, its weight.

    Zeros are left out. At most ten labels.
    """
    lines = [" ".join(weights.labels), *(" ".join(map(str, row)) for row in weights.transitions)]
    for attribute, scores in sorted(weights.emissions.items()):
        cells = " ".join(f"{label}{score}" for label, score in enumerate(scores) if score)
        if cells:
            lines.append(f"{attribute}\t{cells}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
