"""The articles of a week, and which of them is most like a later one.

How alike two articles are is what their terms have in common (names, and words outside those
names), damped by how few terms that is: one name in common is a subject, several are an event. No
term counts for more than half of what the others do.

An article is compared with all that share its terms at once, by tables: a machine may send hundreds
of bulletins a day, and every one is like every other.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt

from newsdigest.relate.terms import NAME_MARK, UNIT, Term
from newsdigest.text.folding import fold

ParentKind = Literal["cited", "similar", "decision"]

WINDOW_DAYS = 7
# A `>>` line is a reason of its own; yet what it leads to may be something else to read.
CITED_ALIKE = 200
# A likeness is in ten-thousandths. Below this one an article begins a story of its own; the more
# articles it could follow, the likelier is one by chance, and so it grows by a step as the window
# doubles.
ALIKE, ALIKE_STEP = 450, 90
FEW = 32
# So many terms in common count for half of what they weigh.
HALF_AT = 3
# Whole texts without a name in common need so many words; a text that short is a headline.
FEWEST_WORDS, WHOLE_TEXT = 4, 30
REASONS = 3

_SCALE = 10_000
# A posting: the article's number, then the term's weight in it.
_WEIGHT_BITS = 16
_WEIGHT_MASK = (1 << _WEIGHT_BITS) - 1

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Member:
    """An article as a window knows it: `when` is its wall-clock date as written (ISO, at least the
    day), `terms` its vector of length `UNIT`."""

    id: str
    when: str
    terms: tuple[Term, ...]

    @property
    def order(self) -> tuple[str, str]:
        return (self.when, self.id)


@dataclass(frozen=True, slots=True)
class Parent:
    """The article followed, and why. `score` is the likeness in ten-thousandths; `names` and
    `words` are the heaviest in common, at most three each, as the following article writes them."""

    id: str
    kind: ParentKind
    score: int = 0
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Window:
    """The articles of the last seven days, by term; filed in (date, id) order.

    Days are compared as written. Articles leave by themselves as later ones are filed.
    """

    def __init__(self, members: Iterable[Member] = ()) -> None:
        self._signatures: dict[int, _Signature] = {}
        self._known: dict[str, _Signature] = {}
        self._asked: tuple[Member, _Signature] | None = None
        self._postings = _Postings()
        self._days: deque[tuple[int, int]] = deque()
        self._filed = 0
        self._last: tuple[str, str] | None = None
        for member in members:
            self.add(member)

    def __len__(self) -> int:
        return len(self._signatures)

    def add(self, member: Member) -> None:
        """Raises ValueError for an article that comes before the last one added."""
        if self._last is not None and member.order <= self._last:
            raise ValueError(f"{member.id} comes before {self._last[1]}")
        self._last = member.order
        self._expire(ordinal(member.when))
        number, signature = self._filed, self._signature(member)
        self._filed += 1
        self._signatures[number] = self._known[member.id] = signature
        self._days.append((ordinal(member.when), number))
        self._postings.file(number, signature)

    def best(self, member: Member) -> Parent | None:
        """The article of the seven days before `member` that is most like it, the earliest of
        equals; None if none is like it. Only articles added before it may be in the window."""
        since = self._first_since(ordinal(member.when) - WINDOW_DAYS)
        if since is None:
            return None
        signature = self._signature(member)
        numbers, scores = self._postings.alike(signature, self._enough(since), since)
        if not len(numbers):
            return None
        best = int(scores.argmax())
        other = self._signatures[int(numbers[best])]
        return _explained(signature, other, "similar", int(scores[best]))

    def likeliest_cited(self, member: Member, cited: Sequence[Member]) -> Parent | None:
        """Of the articles cited the one most like `member`, the latest of equals; None if it has
        next to nothing in common with any."""
        if not cited:
            return None
        others = [self._signature(other) for other in sorted(cited, key=lambda one: one.order)]
        signature = self._signature(member)
        postings = _Postings()
        for number, other in enumerate(others):
            postings.file(number, other)
        numbers, scores = postings.alike(signature, CITED_ALIKE)
        if not len(numbers):
            return None
        best = int(np.flatnonzero(scores == scores.max())[-1])
        return _explained(signature, others[int(numbers[best])], "cited", int(scores[best]))

    def _signature(self, member: Member) -> _Signature:
        """The member as it is compared: made once for those in the window and the last one asked."""
        known = self._known.get(member.id)
        if known is None:
            if self._asked is None or self._asked[0] is not member:
                self._asked = member, _signature(member)
            known = self._asked[1]
        return known

    def _enough(self, since: int) -> int:
        """The likeness wanted among the articles filed from number `since` on."""
        return ALIKE + ALIKE_STEP * ((self._filed - since) // FEW).bit_length()

    def _first_since(self, day: int) -> int | None:
        """The number of the first article filed of that day or later."""
        return next((number for filed, number in self._days if filed >= day), None)

    def _expire(self, today: int) -> None:
        while self._days and self._days[0][0] < today - WINDOW_DAYS:
            _, number = self._days.popleft()
            gone = self._signatures.pop(number)
            del self._known[gone.id]
            self._postings.forget(number, gone)


@dataclass(frozen=True, slots=True)
class _Signature:
    """`weights` by term, heaviest first; `parts` are the words that stand in the article's names,
    by name."""

    id: str
    weights: dict[str, int]
    surfaces: dict[str, str]
    parts: dict[str, tuple[str, ...]]


def _signature(member: Member) -> _Signature:
    by_word: dict[str, list[str]] = {}
    for term in member.terms:
        if not term.is_name:
            by_word.setdefault(fold(term.surface), []).append(term.term)
    parts = {
        term.term: tuple(
            part
            for word in term.term.removeprefix(NAME_MARK).split()
            for part in by_word.get(word, ())
        )
        for term in member.terms
        if term.is_name
    }
    return _Signature(
        member.id,
        {term.term: term.weight for term in member.terms},
        {term.term: term.surface for term in member.terms},
        parts,
    )


class _Postings:
    """Which articles, by number, hold a term, and which hold a word inside a name.

    They are filed in the order of their numbers, and forgotten in it.
    """

    def __init__(self) -> None:
        self._holding: dict[str, array[int]] = {}
        self._inside: dict[str, dict[str, array[int]]] = {}
        self._terms = array("i")

    def file(self, number: int, signature: _Signature) -> None:
        place = number << _WEIGHT_BITS
        for term, weight in signature.weights.items():
            self._holding.setdefault(term, array("q")).append(place | weight)
        for name, parts in signature.parts.items():
            for word in dict.fromkeys(parts):
                words = self._inside.setdefault(name, {})
                words.setdefault(word, array("q")).append(place)
        self._terms.append(len(signature.weights))

    def forget(self, number: int, signature: _Signature) -> None:
        """The article and all before it."""
        first = (number + 1) << _WEIGHT_BITS
        for term in signature.weights:
            _cut(self._holding, term, first)
        for name in signature.parts:
            words = self._inside.get(name, {})
            for word in [*words]:
                _cut(words, word, first)
            if not words:
                self._inside.pop(name, None)

    def alike(self, one: _Signature, enough: int, since: int = 0) -> tuple[Ints, Ints]:
        """The numbers, from `since` on, of the articles at least so like `one`; their likeness."""
        rows, numbers, products = self._products(one, since)
        totals = np.bincount(numbers, products)
        # What all terms in common make is the most the likeness can be.
        hopeful = np.flatnonzero(totals >= max(enough * UNIT * UNIT // _SCALE, 1))
        column = np.full(len(totals), -1)
        column[hopeful] = np.arange(len(hopeful))
        known = column[numbers] >= 0
        table = np.full((len(one.weights), len(hopeful)), -1, np.int64)
        table[rows[known], column[numbers[known]]] = products[known]
        counted = (table >= 0) & ~self._told_by_names(one, table >= 0, column, since)
        whole = np.frombuffer(self._terms, np.intc)[hopeful + since] >= WHOLE_TEXT
        scores = _likeness(one, table, counted, whole & (len(one.weights) >= WHOLE_TEXT))
        found = scores >= enough
        return hopeful[found] + since, scores[found]

    def _products(self, one: _Signature, since: int) -> tuple[Ints, Ints, Ints]:
        """Of each term and each article that shares it: the term's place, the article's number
        counted from `since`, the product of their weights."""
        first = since << _WEIGHT_BITS
        lots: list[Ints] = [np.empty(0, np.int64)]
        held: list[int] = []
        for row, term in enumerate(one.weights):
            postings = self._holding.get(term)
            if postings is not None and postings[-1] >= first:
                start = bisect_left(postings, first) if postings[0] < first else 0
                lots.append(np.frombuffer(postings, np.int64, offset=start * 8))
                held.append(row)
        packed = np.concatenate(lots)
        rows = np.repeat(np.array(held, np.int64), [len(lot) for lot in lots[1:]])
        weights = np.array([*one.weights.values()], np.int64)
        return rows, (packed >> _WEIGHT_BITS) - since, (packed & _WEIGHT_MASK) * weights[rows]

    def _told_by_names(self, one: _Signature, shared: Flags, column: Ints, since: int) -> Flags:
        """Which words stand in a name that both have, as either article writes them."""
        row = {term: at for at, term in enumerate(one.weights)}
        inside = np.zeros_like(shared)
        for name, parts in one.parts.items():
            for word in parts:
                inside[row[word]] |= shared[row[name]]
            for word, postings in self._inside.get(name, {}).items():
                if word in row:
                    numbers = (np.frombuffer(postings, np.int64) >> _WEIGHT_BITS) - since
                    numbers = numbers[(numbers >= 0) & (numbers < len(column))]
                    columns = column[numbers]
                    inside[row[word], columns[columns >= 0]] = True
        return inside


def _cut(postings: dict[str, array[int]], key: str, first: int) -> None:
    """Drop what is filed before `first`: when nothing else is, or for half of it at a time."""
    filed = postings.get(key)
    if filed is None:
        return
    if filed[-1] < first:
        del postings[key]
    elif filed[len(filed) // 2] < first:
        del filed[: bisect_left(filed, first)]


def _likeness(one: _Signature, table: Ints, counted: Flags, whole: Flags) -> Ints:
    """A column for each other article: `table` has the products, of which `counted` ones tell."""
    names = np.array([term.startswith(NAME_MARK) for term in one.weights], np.bool_)
    nameless = whole & ~counted[names].any(0)
    counts = counted.sum(0)
    products = np.where(counted, table, 0)
    product = products.sum(0)
    # A subject in common ("Tour de France") is no event, however much both are about it.
    product = np.minimum(product, (product - products.max(0, initial=0)) * 3 // 2)
    # Two bombings are told in the same words.
    product = np.where(nameless, product // 2, product)
    scores: Ints = product * counts * _SCALE // (UNIT * UNIT * (counts + HALF_AT))
    return np.where(nameless & (counts < FEWEST_WORDS), 0, scores)


def _explained(one: _Signature, other: _Signature, kind: ParentKind, score: int) -> Parent:
    """The heaviest terms in common, by their weight in `one`: names, and words outside those."""
    both = [term for term in one.weights if term in other.weights]
    names = [term for term in both if term.startswith(NAME_MARK)]
    inside = {part for name in names for side in (one, other) for part in side.parts[name]}
    words = [term for term in both if not term.startswith(NAME_MARK) and term not in inside]
    return Parent(
        other.id,
        kind,
        score,
        tuple(one.surfaces[term] for term in names[:REASONS]),
        tuple(one.surfaces[term] for term in words[:REASONS]),
    )


def ordinal(when: str) -> int:
    return date.fromisoformat(when[:10]).toordinal()
