"""How alike two articles are, for stories.

A likeness is what the terms of both have in common: names, and words outside those names. In a text
no term counts for more than half of what the others do, for a subject in common ("Tour de France")
is no event. It is less the fewer names both write: two bombings are told in the same words. Of two
whole texts the mean of this likeness and of that of their headlines is taken.

Two headlines may have little in common but a name: half of their likeness is the plain product,
the words inside a name included.

An article is compared with all that share its terms at once, by tables: a machine may send hundreds
of bulletins a day, and every one is like every other.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from newsdigest.base.arrays import Flags, Ints, ShortInts, np
from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.relate.terms import NAME_MARK, UNIT, Term, normalised
from newsdigest.text.folding import fold

# A likeness is in ten-thousandths. Below these an article begins a story of its own: of two whole
# texts, and of two of which one has fewer terms than a whole text, a brief or a headline.
ALIKE_TEXTS, ALIKE_HEADLINES = 850, 1500
WHOLE_TEXT = 30
# Of what the terms in common make so much counts when no name is among them; with one name 65
# hundredths, with two 77.
NAMELESS_TENTHS = 3

_SCALE = 10_000
# A posting: the article's number, the term's weight in its headline, whether it is written as a
# name, the weight in the text.
_NUMBER_AT, _HEADLINE_AT, _NAME_AT = 32, 16, 15
_MASK = (1 << _NAME_AT) - 1


@dataclass(frozen=True, slots=True)
class Signature:
    """An article as it is compared. `weights` by term, heaviest first; `headline` those of the
    terms its headline has, as a vector of its own; `names` are the terms written as
    names, `known` those the world knows by it (a town, a company);
    `parts` are the words that stand in the article's names, by name."""

    id: str
    weights: dict[str, int]
    headline: dict[str, int]
    surfaces: dict[str, str]
    names: frozenset[str]
    known: frozenset[str]
    parts: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, id_: str, terms: Sequence[Term]) -> Signature:
        by_word: dict[str, list[str]] = {}
        names: list[str] = []
        capitals: list[str] = []
        known: list[str] = []
        world = load_gazetteer().kinds
        announced: list[tuple[str, int]] = []
        for term, weight, surface, in_headline, opening in terms:
            if surface in world:
                known.append(term)
            if in_headline:
                announced.append((term, weight))
            if term[0] == NAME_MARK:
                names.append(term)
                continue
            by_word.setdefault(fold(surface), []).append(term)
            if surface[:1].isupper() and not opening:
                capitals.append(term)
        parts = {
            name: tuple(part for word in name[1:].split() for part in by_word.get(word, ()))
            for name in names
        }
        return cls(
            id_,
            {term[0]: term[1] for term in terms},
            dict(normalised(announced)),
            {term[0]: term[2] for term in terms},
            frozenset((*names, *capitals)),
            frozenset(known),
            parts,
        )


def is_named(term: Term) -> bool:
    """Whether the article writes it as a name: with a capital, where that tells something."""
    return term.is_name or (term.surface[:1].isupper() and not term.opening)


def enough(one: Signature, other: Signature) -> int:
    """The likeness that makes these two a story."""
    whole = min(len(one.weights), len(other.weights)) >= WHOLE_TEXT
    return ALIKE_TEXTS if whole else ALIKE_HEADLINES


class _Shared(NamedTuple):
    """Of each term and each article that shares it: the term's place, the article's number counted
    from the first one asked for, the products of their weights, whether both write it as a name.

    A product is at most `UNIT` squared, and so are those of two articles together: 32 bits hold them.
    """

    rows: ShortInts
    numbers: Ints
    texts: ShortInts
    headlines: ShortInts
    names: Flags


class Postings:
    """Which articles, by number, hold a term, and which hold a word inside a name.

    They are filed in the order of their numbers, and forgotten in it.
    """

    def __init__(self) -> None:
        self._holding: dict[str, array[int]] = {}
        self._inside: dict[str, dict[str, array[int]]] = {}
        self._terms = array("i")

    def file(self, number: int, signature: Signature) -> None:
        place = number << _NUMBER_AT
        holding, headline, names = self._holding, signature.headline, signature.names
        for term, weight in signature.weights.items():
            posting = place | weight
            if term in names:
                posting |= 1 << _NAME_AT
            if term in headline:
                posting |= headline[term] << _HEADLINE_AT
            filed = holding.get(term)
            if filed is None:
                filed = holding[term] = array("q")
            filed.append(posting)
        for name, parts in signature.parts.items():
            for word in dict.fromkeys(parts):
                words = self._inside.setdefault(name, {})
                words.setdefault(word, array("q")).append(place)
        self._terms.append(len(signature.weights))

    def forget(self, number: int, signature: Signature) -> None:
        """The article and all before it."""
        first = (number + 1) << _NUMBER_AT
        for term in signature.weights:
            _cut(self._holding, term, first)
        for name in signature.parts:
            words = self._inside.get(name, {})
            for word in [*words]:
                _cut(words, word, first)
            if not words:
                self._inside.pop(name, None)

    def alike(self, one: Signature, part: int = 1, since: int = 0) -> tuple[Ints, Ints]:
        """The numbers, from `since` on, of the articles at least so like `one` as one part of what
        makes a story; their likeness."""
        shared = self._shared(one, since)
        # What all terms in common make is the most the likeness can be.
        texts = np.bincount(shared.numbers, shared.texts)
        either = texts + np.bincount(shared.numbers, shared.headlines)
        whole = self._whole(one, np.arange(len(texts)) + since)
        most = np.where(whole, either / 2, texts) * _SCALE / UNIT**2
        hopeful = np.flatnonzero(most >= np.where(whole, ALIKE_TEXTS, ALIKE_HEADLINES) // part)
        return self._scored(one, shared, hopeful, part, since)

    def _scored(
        self, one: Signature, shared: _Shared, hopeful: Ints, part: int, since: int
    ) -> tuple[Ints, Ints]:
        """The same, told of the `hopeful` articles."""
        column = np.full(int(shared.numbers.max(initial=-1)) + 1, -1)
        column[hopeful] = np.arange(len(hopeful))
        columns = column[shared.numbers]
        known = columns >= 0
        # A day of near twins makes tables of tens of thousands of cells: each is filled by one place.
        size = len(one.weights), len(hopeful)
        places = (shared.rows * np.int64(size[1]) + columns)[known]
        texts: ShortInts = _table(size, places, shared.texts[known])
        headlines: ShortInts = _table(size, places, shared.headlines[known])
        names: Flags = _table(size, places, shared.names[known])
        both = texts > 0
        counted = both & ~self._told_by_names(one, both, column, since)
        names &= counted
        whole = self._whole(one, hopeful + since)
        of_texts = _likeness(texts * counted, texts, names, whole)
        headlines *= counted
        of_headlines = _likeness(headlines, headlines, names)
        scores = np.where(whole, (of_texts + of_headlines) // 2, of_texts)
        # Of a town there is other news.
        world = np.array([term in one.known for term in one.weights], np.bool_)
        alone = (counted.sum(0) == 1) & (counted & world[:, None]).any(0)
        scores = np.where(alone, 0, scores)
        found = scores >= np.where(whole, ALIKE_TEXTS, ALIKE_HEADLINES) // part
        return hopeful[found] + since, scores[found]

    def _whole(self, one: Signature, numbers: Ints) -> Flags:
        """Which of the articles are whole texts, as `one` is; none if it is not."""
        if len(one.weights) < WHOLE_TEXT:
            return np.zeros(len(numbers), np.bool_)
        return np.frombuffer(self._terms, np.intc)[numbers] >= WHOLE_TEXT

    def _shared(self, one: Signature, since: int) -> _Shared:
        first = since << _NUMBER_AT
        lots: list[Ints] = [np.empty(0, np.int64)]
        held: list[int] = []
        for row, term in enumerate(one.weights):
            postings = self._holding.get(term)
            if postings is not None and postings[-1] >= first:
                start = bisect_left(postings, first) if postings[0] < first else 0
                lots.append(np.frombuffer(postings, np.int64, offset=start * 8))
                held.append(row)
        packed = np.concatenate(lots)
        rows = np.repeat(np.array(held, np.int32), [len(lot) for lot in lots[1:]])
        texts = np.array([*one.weights.values()], np.int32)
        headlines = np.array([one.headline.get(term, 0) for term in one.weights], np.int32)
        names = np.array([term in one.names for term in one.weights], np.bool_)
        theirs = packed.astype(np.uint32)
        return _Shared(
            rows,
            (packed >> _NUMBER_AT) - since,
            (theirs & _MASK).astype(np.int32) * texts[rows],
            (theirs >> _HEADLINE_AT).astype(np.int32) * headlines[rows],
            (theirs & 1 << _NAME_AT).astype(np.bool_) & names[rows],
        )

    def _told_by_names(self, one: Signature, shared: Flags, column: Ints, since: int) -> Flags:
        """Which words stand in a name that both have, as either article writes them."""
        row = {term: at for at, term in enumerate(one.weights)}
        inside = np.zeros_like(shared)
        for name, parts in one.parts.items():
            for word in parts:
                inside[row[word]] |= shared[row[name]]
            for word, postings in self._inside.get(name, {}).items():
                if word in row:
                    numbers = (np.frombuffer(postings, np.int64) >> _NUMBER_AT) - since
                    numbers = numbers[(numbers >= 0) & (numbers < len(column))]
                    columns = column[numbers]
                    inside[row[word], columns[columns >= 0]] = True
        return inside


def _table(size: tuple[int, int], places: Ints, told: Any) -> Any:
    """What is told at these places, counted through the rows of a table; nothing elsewhere."""
    cells = np.zeros(size[0] * size[1], told.dtype)
    cells[places] = told
    return cells.reshape(size)


def _cut(postings: dict[str, array[int]], key: str, first: int) -> None:
    """Drop what is filed before `first`: when nothing else is, or for half of it at a time."""
    filed = postings.get(key)
    if filed is None:
        return
    if filed[-1] < first:
        del postings[key]
    elif filed[len(filed) // 2] < first:
        del filed[: bisect_left(filed, first)]


def _likeness(
    told: ShortInts, all_: ShortInts, names: Flags, only_capped: Flags | None = None
) -> Ints:
    """A column for each other article, from the products of the terms in common: of those that
    tell, of all; `names` are those both write as names. Half of it is what all make together, unless
    `only_capped`."""
    product = told.sum(0, dtype=np.int32)
    capped = np.minimum(product, (product - told.max(0, initial=0)) * 3 // 2)
    common = (all_.sum(0, dtype=np.int32) + capped) // 2
    if only_capped is not None:
        common = np.where(only_capped, capped, common)
    count = 10 * ((told > 0) & names).sum(0)
    scaled = common.astype(np.int64) * (count + NAMELESS_TENTHS) * _SCALE
    likeness: Ints = scaled // (UNIT**2 * (count + 10))
    return likeness
