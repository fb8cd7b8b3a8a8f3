"""Earlier articles on the same matters: found by shared terms, chosen by rule, each with its reason.

A score is the dot product of two articles' terms (`terms.article_terms`), less with every day
between them. It is a whole number that depends on the two articles alone; the house order settles
equal ones. So an article's list is the same whenever, and in whatever company, it is made.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, TypeVar

from newsdigest.base.arrays import Ints, Reals, np
from newsdigest.relate.terms import UNIT, Term
from newsdigest.text.lexicon import words

# How far back a suggestion may date, and the days in which a score falls to 37 %.
DAYS_BACK = 365
FADING_DAYS = 90
FADING_UNIT = 1024
FADING = tuple(round(FADING_UNIT * math.exp(-days / FADING_DAYS)) for days in range(DAYS_BACK + 1))
# The score of two articles of one day with the same terms, give or take the rounding of weights.
FULL_SCORE = UNIT * UNIT * FADING_UNIT
# A smaller dot product says that two articles have next to nothing in common, on whatever days.
FLOOR = UNIT * UNIT * 4 // 100
# How many are kept of each article, for `choose` to choose from, and how many are shown.
KEPT = 16
SHOWN = 5
PER_STORY = 2
# What makes up less than one part in so many of what two articles share is no reason.
TELLING_PART = 20

# A posting in memory: the article's place in the house order, then the weight in the low bits.
_WEIGHT_BITS = 16
_WEIGHT_MASK = (1 << _WEIGHT_BITS) - 1


@cache
def _filed() -> np.dtype[Any]:
    """In the store: the article's number, the weight."""
    return np.dtype([("n", "<u4"), ("weight", "<u2")])


@cache
def _fading() -> Ints:
    return np.array(FADING)


# An article, by number or id.
A = TypeVar("A", bound=Hashable)


# -- blocks: one term's articles of one month, as the store files them ---------------------------


def pack(postings: Iterable[tuple[int, int]]) -> bytes:
    """A block of (article number, weight), six bytes each, in the order of the numbers."""
    return np.array(sorted(postings), dtype=_filed()).tobytes()


def unpack(data: bytes) -> list[tuple[int, int]]:
    """The (article number, weight) of a block. Raises ValueError for a block cut short."""
    postings: list[tuple[int, int]] = np.frombuffer(data, _filed()).tolist()
    return postings


def amend(data: bytes, gone: Collection[int], come: Iterable[tuple[int, int]]) -> bytes:
    """The block without the articles `gone` and with those `come`; b"" when none are left."""
    kept = {n: weight for n, weight in unpack(data) if n not in gone}
    return pack((kept | dict(come)).items())


# -- the index ------------------------------------------------------------------------------------


class Index:
    """Who shares terms with whom, among articles standing in the house order.

    Either it grows by `add`, or `of` makes it from the store's blocks. Both answer alike.
    """

    def __init__(self) -> None:
        self._numbers = array("I")
        self._days = array("i")
        self._places: dict[int, int] = {}
        self._postings: dict[str, array[int]] = {}

    @classmethod
    def of(cls, articles: Iterable[tuple[int, str]], blocks: Iterable[tuple[str, bytes]]) -> Index:
        """An index of the published (number, `YYYY-MM-DD`) in the house order, from the blocks of
        the terms that will be asked for.

        Articles and blocks more than a year from those asked for may be left out. Postings of
        articles not named are passed over. Raises ValueError when the days run backwards.
        """
        index = cls()
        for n, day in articles:
            index._place(n, day)
        index._load(blocks)
        return index

    def add(self, n: int, day: str, terms: Sequence[Term]) -> None:
        """Add an article that stands after all others in the house order.

        Raises ValueError when its day is before the last one's.
        """
        place = self._place(n, day) << _WEIGHT_BITS
        for term, weight, *_ in terms:
            postings = self._postings.get(term)
            if postings is None:
                postings = self._postings[term] = array("q")
            postings.append(place | weight)

    def blocks(self) -> Iterator[tuple[str, str, bytes]]:
        """The (term, `YYYY-MM`, block) of everything added: what a store made anew files."""
        numbers = np.frombuffer(self._numbers, np.uintc)
        days, which = np.unique(np.frombuffer(self._days, np.intc), return_inverse=True)
        month_of_day = [date.fromordinal(day).isoformat()[:7] for day in days.tolist()]
        months = sorted(set(month_of_day))
        month = np.array([months.index(name) for name in month_of_day], np.int64)[which]
        for term in sorted(self._postings):
            packed = np.frombuffer(self._postings[term], np.int64)
            places = packed >> _WEIGHT_BITS
            filed = np.empty(len(packed), _filed())
            filed["n"], filed["weight"] = numbers[places], packed & _WEIGHT_MASK
            # Places stand in the order of days: each month is one run.
            found, starts = np.unique(month[places], return_index=True)
            ends = [*starts[1:].tolist(), len(packed)]
            for at, start, end in zip(found.tolist(), starts.tolist(), ends, strict=True):
                yield term, months[at], np.sort(filed[start:end], order="n").tobytes()

    def earlier(self, n: int, terms: Sequence[Term], room: int = KEPT) -> list[tuple[int, int]]:
        """The (number, score) of the articles before `n` most like it, best first.

        At most `room`, of the year before it, none less like it than `FLOOR`; of equal scores the
        later in the house order comes first. `terms` are those of `n`, which must be in the index.
        """
        place = self._places[n]
        start = bisect_left(self._days, self._days[place] - DAYS_BACK)
        found, scores = self._scored(place, start, place, terms)
        if len(found) > room:
            # Whoever ties with the last one that has room stays, for the order to decide.
            least = np.partition(scores, len(scores) - room)[len(scores) - room]
            found, scores = found[scores >= least], scores[scores >= least]
        best = np.lexsort((-found, -scores))[:room]
        return self._listed(found[best], scores[best])

    def later(self, n: int, terms: Sequence[Term]) -> list[tuple[int, int]]:
        """The (number, score) of the articles whose `earlier` might name `n`, in the house order:
        all of the year after it that are enough like it (`FLOOR`)."""
        place = self._places[n]
        end = bisect_left(self._days, self._days[place] + DAYS_BACK + 1)
        return self._listed(*self._scored(place, place + 1, end, terms))

    def _scored(self, place: int, start: int, end: int, terms: Sequence[Term]) -> tuple[Ints, Ints]:
        """The places from `start` to `end` enough like the one at `place`, in their order, and
        their scores with it."""
        dots = self._dots(start, end, terms)
        found = np.flatnonzero(dots >= FLOOR)
        alike = dots[found].astype(np.int64)
        found += start
        days = np.frombuffer(self._days, np.intc)
        return found, alike * _fading()[np.abs(days[found] - days[place])]

    def _dots(self, start: int, end: int, terms: Sequence[Term]) -> Reals:
        """The dot product of `terms` with each of the places from `start` to `end`.

        Whole numbers, far below the 2**53 up to which floats hold them exactly.
        """
        lots: list[Ints] = []
        weights: list[int] = []
        lengths: list[int] = []
        low, high = start << _WEIGHT_BITS, end << _WEIGHT_BITS
        for term, weight, *_ in terms:
            postings = self._postings.get(term)
            if not postings:
                continue
            first = bisect_left(postings, low) if postings[0] < low else 0
            last = bisect_left(postings, high) if postings[-1] >= high else len(postings)
            if first < last:
                lots.append(np.frombuffer(postings, np.int64, last - first, first * 8))
                weights.append(weight)
                lengths.append(last - first)
        if not lots:
            return np.zeros(end - start)
        packed = np.concatenate(lots)
        products = (packed & _WEIGHT_MASK) * np.repeat(np.array(weights), lengths)
        dots = np.bincount((packed >> _WEIGHT_BITS) - start, products, end - start)
        return np.asarray(dots, np.float64)

    def _listed(self, places: Ints, scores: Ints) -> list[tuple[int, int]]:
        numbers = self._numbers
        pairs = zip(places.tolist(), scores.tolist(), strict=True)
        return [(numbers[place], score) for place, score in pairs]

    def _place(self, n: int, day: str) -> int:
        number = _ordinal(day)
        if self._days and number < self._days[-1]:
            raise ValueError(f"article {n} of {day} comes after a later one")
        place = len(self._numbers)
        self._numbers.append(n)
        self._days.append(number)
        self._places[n] = place
        return place

    def _load(self, blocks: Iterable[tuple[str, bytes]]) -> None:
        by_term: dict[str, list[bytes]] = {}
        for term, data in blocks:
            by_term.setdefault(term, []).append(data)
        if not by_term or not self._numbers:
            return
        numbers = np.frombuffer(self._numbers, np.uintc)
        places = np.full(int(numbers.max()) + 1, -1, np.int64)
        places[numbers] = np.arange(len(numbers))
        for term, data_of_months in by_term.items():
            filed = np.frombuffer(b"".join(data_of_months), _filed())
            filed = filed[filed["n"] < len(places)]
            where = places[filed["n"]]
            packed = (where << _WEIGHT_BITS) | filed["weight"]
            postings = array("q")
            postings.frombytes(np.sort(packed[where >= 0]).tobytes())
            self._postings[term] = postings


@lru_cache(maxsize=1024)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


# -- what is shown of the list ---------------------------------------------------------------------


def choose(
    ranked: Iterable[tuple[A, int]],
    left_out: Collection[A],
    leader_of: Mapping[A, A],
    story_of: Mapping[A, Any],
    room: int = SHOWN,
) -> list[A]:
    """Up to `room` of the ranked articles, best first.

    `left_out` are the page itself and what it links already: neither they nor other copies of their
    dispatches are suggested, nor two copies of one, nor more than two articles of one story.
    `leader_of` names the dispatch of each folded copy, `story_of` the story of each member.
    """
    chosen: list[A] = []
    dispatches = {leader_of.get(article, article) for article in left_out}
    stories: dict[Any, int] = {}
    for article, _ in ranked:
        if len(chosen) >= room:
            break
        dispatch, story = leader_of.get(article, article), story_of.get(article)
        if dispatch in dispatches or stories.get(story, 0) >= PER_STORY:
            continue
        dispatches.add(dispatch)
        if story is not None:
            stories[story] = stories.get(story, 0) + 1
        chosen.append(article)
    return chosen


@dataclass(frozen=True, slots=True)
class Reason:
    """What two articles have in common, weightiest first, as the first of them writes it."""

    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def reason(page: Sequence[Term], suggested: Sequence[Term], room: int = 4) -> Reason:
    """Up to `room` shared names, then words for the room that is left; the words that shared names
    are made of are not told twice."""
    others = {term.term: term for term in suggested}
    shared = [(term, others[term.term]) for term in page if term.term in others]
    parts = {term.term: term.weight * other.weight for term, other in shared}
    least = sum(parts.values()) // TELLING_PART
    shared = [pair for pair in shared if parts[pair[0].term] >= least]
    shared.sort(key=lambda pair: (-parts[pair[0].term], pair[0].term))
    names = [pair for pair in shared if pair[0].is_name]
    listed = tuple(dict.fromkeys(term.surface for term, _ in names))[:room]
    told = {word for pair in names for term in pair for word in words(term.surface)}
    plain: dict[str, None] = {}
    for term, _ in shared:
        if len(listed) + len(plain) == room:
            break
        if not term.is_name and told.isdisjoint(words(term.surface)):
            plain[term.surface] = None
    return Reason(listed, tuple(plain))
