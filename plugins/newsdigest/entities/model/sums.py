"""The weights of what is said of a token, added up: of each word once, then of many tokens together.

Whole numbers throughout: whatever machine adds them, and in whatever order, the sums are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat
from typing import TypeVar

from newsdigest.base.arrays import Places, ShortInts, np
from newsdigest.entities.gazetteer import Gazetteer
from newsdigest.entities.model.features import (
    RUN_SLOTS,
    SLOTS,
    STEPS,
    WORD_SLOTS,
    Key,
    TokenWindow,
    rule_and_word_attributes,
    rule_attributes,
    word_attributes,
)
from newsdigest.entities.model.weights import Scores, Weights

_Said = TypeVar("_Said", str, Key)

# Sums kept of words, and of each kind of key: past this many all are forgotten, so that memory has
# a bound (400 bytes a word).
MOST_KEPT = 20_000
LONGEST_KEPT = 64
NOTHING = 0
# Where a word may stand: in the window, and beside a run.
_PLACES = range(len(WORD_SLOTS) + len(RUN_SLOTS))
_KEYS = range(len(_PLACES), len(SLOTS))


class Sums:
    """What the words, the pairs and the rules' decisions of a token add up to, for every label."""

    __slots__ = ("_keys", "_labels", "_words")

    def __init__(self, weights: Weights, lexicon: Gazetteer) -> None:
        self._labels = len(weights.labels)
        # For each group of slots, the row of each value and what it weighs in each slot.
        of_slot = _by_slot(weights)
        words, *pairs, rules, by_word = (
            _placed(of_slot, self._labels, slots) for slots in (_PLACES, *((at,) for at in _KEYS))
        )
        self._words: _Kept[str] = _Kept(
            *words, lambda word: chain.from_iterable(word_attributes(word, lexicon))
        )
        self._keys: list[_Rows[Key]] = [
            *(
                _Rows(((tuple(value.split(" ")), row) for value, row in values.items()), found)
                for values, found in pairs
            ),
            _Kept(*rules, rule_attributes),
            _Kept(*by_word, lambda key: rule_and_word_attributes(key, lexicon)),
        ]

    def of(self, windows: Sequence[TokenWindow]) -> ShortInts:
        """For each token of the windows, one after the other, its sum for every label."""
        self._words.make_room()
        for known in self._keys:
            known.make_room()
        lengths = np.array([len(window.tokens) for window in windows], dtype=np.intp)
        words = self._words.rows_of(chain.from_iterable(window.words for window in windows))
        runs = self._words.rows_of(
            word for window in windows for run in window.runs.values() for word in run
        )
        starts = np.cumsum(lengths) - lengths
        capitals = [
            int(start) + at
            for window, start in zip(windows, starts, strict=True)
            for at in window.runs
        ]
        # Each window's words begin two before its tokens, and go on two behind.
        at = np.arange(int(lengths.sum())) + np.repeat(4 * np.arange(len(windows)) + 2, lengths)
        placed = self._words.sums.reshape(-1, self._labels)
        rows = words[at[:, None] + np.array(STEPS)] * len(_PLACES) + np.arange(len(WORD_SLOTS))
        total: ShortInts = placed[rows].sum(axis=1)
        if capitals:
            around = runs.reshape(-1, len(RUN_SLOTS)) * len(_PLACES)
            total[capitals] += placed[around + np.arange(len(WORD_SLOTS), len(_PLACES))].sum(axis=1)
        for slot, known in enumerate(self._keys):
            keys = known.rows_of(chain.from_iterable(window.keys[slot] for window in windows))
            total += known.sums[keys]
        return total


_BySlot = dict[int, list[tuple[str, Scores]]]


def _by_slot(weights: Weights) -> _BySlot:
    """The values each slot knows, with their weights."""
    found: _BySlot = {}
    for attribute, scores in weights.emissions.items():
        slot, _, value = attribute.partition(":")
        found.setdefault(int(slot), []).append((value, scores))
    return found


def _placed(
    of_slot: _BySlot, labels: int, slots: Sequence[int]
) -> tuple[dict[str, int], ShortInts]:
    """The row of each value the slots know, and the rows: its weights in each of the slots."""
    rows: dict[str, int] = {}
    at_rows, at_slots, found = [], [], []
    for at, slot in enumerate(slots):
        for value, scores in of_slot.get(slot, ()):
            at_rows.append(rows.setdefault(value, len(rows) + 1))
            at_slots.append(at)
            found.append(scores)
    table = np.zeros((len(rows) + 1, len(slots), labels), dtype=np.int32)
    if found:
        table[at_rows, at_slots] = found
    return rows, table.reshape(len(rows) + 1, -1)


class _Rows(dict[_Said, int]):
    """The row of `sums` that each thing said has; what is unknown has the first, all zeros."""

    __slots__ = ("sums",)

    def __init__(self, rows: Iterable[tuple[_Said, int]], sums: ShortInts) -> None:
        super().__init__()
        for said, row in rows:
            self[said] = row
        self.sums = sums

    def rows_of(self, said: Iterable[_Said]) -> Places:
        """The row of each; their sums are there when this returns."""
        return np.fromiter(map(self.get, said, repeat(NOTHING)), np.intp)

    def make_room(self) -> None:
        """Nothing is kept here."""


class _Kept(_Rows[_Said]):
    """Rows made when first asked for, of the weights of all that a thing said stands for."""

    __slots__ = ("_fresh", "_spell", "_used", "_values", "_weights")

    def __init__(
        self, values: dict[str, int], weights: ShortInts, spell: Callable[[_Said], Iterable[str]]
    ) -> None:
        super().__init__((), weights)
        self._values, self._weights = values, weights
        self._spell: Callable[[_Said], Iterable[str]] = spell
        self._fresh: list[list[int]] = []
        self._used = 0
        self.make_room()

    def rows_of(self, said: Iterable[_Said]) -> Places:
        rows = np.fromiter(map(self.__getitem__, said), np.intp)
        self._settle()
        return rows

    def make_room(self) -> None:
        """Forgets all rows when they are too many: those given out before are worth nothing then."""
        if self._used and max(self._used, len(self)) <= MOST_KEPT:
            return
        self.clear()
        self.sums = np.zeros((1024, self._weights.shape[1]), dtype=np.int32)
        self._used = 1

    def _settle(self) -> None:
        if not self._fresh:
            return
        end = self._used + len(self._fresh)
        if end > len(self.sums):
            grown = np.zeros((max(end, 2 * len(self.sums)), self.sums.shape[1]), dtype=np.int32)
            grown[: self._used] = self.sums[: self._used]
            self.sums = grown
        starts = np.cumsum([0, *map(len, self._fresh[:-1])])
        weights = self._weights[list(chain.from_iterable(self._fresh))]
        self.sums[self._used : end] = np.add.reduceat(weights, starts)
        self._used = end
        self._fresh.clear()

    def __missing__(self, said: _Said) -> int:
        found = [row for row in map(self._values.get, self._spell(said)) if row] if said else []
        row = NOTHING
        if found:
            row = self._used + len(self._fresh)
            self._fresh.append(found)
        if (len(said) if isinstance(said, str) else sum(map(len, said))) <= LONGEST_KEPT:
            self[said] = row
        return row
