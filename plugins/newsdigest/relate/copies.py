"""One dispatch carried by several agencies: which earlier article is this one a copy of?

*Same copy* is asked here, never *same story*: two dispatches of one event may share quotations and
background and stay two. Each article is reduced to a sketch, a few hundred bytes; two sketches
decide, nothing else in the archive matters. A copy follows its best earlier match within three
days, and the leader is where following ends. Pure: the caller keeps the sketches.

An article is compared with all others of a day at once, by tables: a machine may send hundreds of
bulletins a day that differ in a place and some figures, and every one is like every other.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from newsdigest.base.arrays import Flags, Ints, Records, np
from newsdigest.relate.sketch import ABSENT, COUNTED, MOST_SHINGLES, Rows, read_sketch, row_type

WITHIN_DAYS = 3

Order = tuple[str, str]
"""`Article.order`: (wall-clock date as written, id)."""
# After any article's.
_NEVER = ("~", "")

# Chosen by benchmarks/duplicates.py, which also shows what they leave on either side.
# A copy has about half of its text from the other one, and begins as the other does ...
LEAST_COPY = 0.45
SAME_LEDE = 0.3
# ... or somewhat less, word by word edited, under the same headline and of the same length ...
EDITED_COPY, EDITED_PART = 0.38, 0.8
# ... or has its headline and something of its first sixty words ...
SAME_TITLE, OPENING_WORDS, OPENING_SAMPLE, LEAST_OPENING = 0.87, 60, 12, 0.15
# ... or, when something was put on top, is in it nearly whole: two dispatches on one affair can
# have much background in common, but not their openings.
INSIDE_COPY, INSIDE_OPENING = 0.78, 0.4
# Under the same headline, so much that the first sentences may be written anew.
REWORDED_COPY = 0.7
# So nearly equal that the opening may have been written anew.
NEARLY_EQUAL, NEARLY_EQUAL_PART = 0.92, 0.45
# The least part of the larger text that a copy may be; below the first, only of equal headline, or
# every brief would be a copy of the synthesis that retells it.
LEAST_PART, LEAST_PART_SAME_TITLE = 0.27, 0.15
# A brief of a line or two must be most of the other, or its very words.
TINY, TINY_COPY, TINY_PART, TINY_EQUAL = 24, 0.7, 0.6, 0.95
# A weather report is not yesterday's with other figures. Some may differ: a toll is brought up to
# date, a name is corrected. Half as many under another headline; one in the headlines weighs more.
CORRECTED, CORRECTED_SHARE, TITLE_WEIGHT = 1.2, 0.1, 4
# Where so much of the text is the same, under one headline or another, counts may differ freely: a
# toll, the injured, a sum. Then no name, day, rank or turn may.
FREE_COUNTS_SAME_TITLE, FREE_COUNTS = 0.8, 0.9

# Articles that share fewer shingles are not compared.
FEWEST_SHARED = 5

# A posting: the number of an article of the day, then where in its sample the shingle stands.
_AT_BITS = 7
_AT_MASK = (1 << _AT_BITS) - 1
# Places, and shingles of a lede, are 16 bits.
_TABLE = 1 << 16

# An article and another one, as they are being compared. `small`: the article is the smaller text.
# Of that one `sampled` shingles are known to be in both samples or not, those up to `bound`.
_PAIR = [
    ("other", "i8"),
    ("shared", "i8"),
    ("small", "?"),
    ("bound", "i8"),
    ("sampled", "i8"),
    ("share", "f8"),
    ("part", "f8"),
    ("same_title", "?"),
]
Pairs = Records
Met = tuple[Ints, Ints]
"""The shingles in common: where each stands in the article's sample, and its posting."""


def containment(one: bytes, other: bytes) -> float:
    """The share of the smaller text that the other holds; 0.0 when they are not the same copy.

    Which of the two comes first makes no difference.
    """
    if not one or not other:
        return 0.0
    day = _Day()
    day.add(("", ""), read_sketch(one))
    shares = day.copies(read_sketch(other), fewest=1)["share"]
    return float(shares[0]) if len(shares) else 0.0


@dataclass(frozen=True, slots=True)
class Copy:
    """The earlier article that this one is a copy of. `containment`: 0 to 1, see there."""

    of: str
    containment: float


Split = frozenset[tuple[str, str]]
"""The pairs of ids that editors declared never the same copy, each in id order: `split_pairs`."""


def split_pairs(pairs: Iterable[tuple[str, str]]) -> Split:
    return frozenset((min(pair), max(pair)) for pair in pairs)


class Sketches:
    """Some articles, to be searched for those that another is the same copy as, whatever their dates."""

    @cached_property
    def _day(self) -> _Day:
        return _Day()

    def add(self, id_: str, packed: bytes) -> None:
        """Once an article. One without a sketch is a copy of nothing."""
        if packed:
            self._day.add(("", id_), read_sketch(packed))

    def same(self, packed: bytes) -> dict[str, float]:
        """The articles that are the same copy, each with its containment; by id."""
        if not packed:
            return {}
        pairs = self._day.copies(read_sketch(packed), fewest=1)
        shares = zip(pairs["other"].tolist(), pairs["share"].tolist(), strict=True)
        return dict(sorted((self._day.orders[number][1], share) for number, share in shares))


class CopyWindow:
    """The articles of the days around, to be searched for earlier copies.

    They may be added in any order. A cold build goes through the archive in order and forgets what
    lies behind; an incremental one loads the days it touches, three more before and after.
    """

    def __init__(self) -> None:
        self._days: dict[int, _Day] = {}

    def add(self, order: Order, packed: bytes) -> None:
        """Once an article. One without a sketch is a copy of nothing."""
        if packed:
            self._days.setdefault(_ordinal(order), _Day()).add(order, read_sketch(packed))

    def best(self, order: Order, packed: bytes, split: Split = frozenset()) -> Copy | None:
        """The earlier article of most containment, the earliest of several.

        Earlier is by (date, id), within three days by the dates as written. The answer depends on
        those articles alone, not on the order they were added in, nor on later ones.
        """
        if not packed:
            return None
        today = _ordinal(order)
        around = map(self._days.get, range(today - WITHIN_DAYS, today + 1))
        days = [day for day in around if day and day.earliest < order]
        if not days:
            return None
        known = read_sketch(packed)
        found: tuple[float, Order] | None = None
        for day in days:
            best = day.best(order, known, split)
            # Days before come before: of equal shares, theirs stays.
            if best and (found is None or best[0] > found[0]):
                found = best
        return Copy(found[1][1], found[0]) if found else None

    def forget_before(self, day: str) -> None:
        """Drop what is too old for an article of `day` (`YYYY-MM-DD`) and any later one."""
        oldest = date.fromisoformat(day).toordinal() - WITHIN_DAYS
        for ordinal in [ordinal for ordinal in self._days if ordinal < oldest]:
            del self._days[ordinal]


class _Day:
    """One day's articles, by number in the order added; `postings`: which have a shingle, where."""

    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.earliest: Order = _NEVER
        self.rows: Rows = np.empty(8, row_type())
        self.postings: dict[int, array[int]] = {}

    def add(self, order: Order, row: Rows) -> None:
        number = len(self.orders)
        if number == len(self.rows):
            self.rows = np.concatenate([self.rows, np.empty_like(self.rows)])
        self.orders.append(order)
        self.earliest = min(self.earliest, order)
        self.rows[number] = row[0]
        for at, hashed in enumerate(_hashes(row)):
            postings = self.postings.get(hashed)
            if postings is None:
                postings = self.postings[hashed] = array("I")
            postings.append(number << _AT_BITS | at)

    def best(self, order: Order, known: Rows, split: Split) -> tuple[float, Order] | None:
        """The day's article before `order` of most containment, the earliest of several."""
        copies = self.copies(known)
        while len(copies):
            share = copies["share"].max()
            best = copies["share"] == share
            alike = [self.orders[number] for number in copies["other"][best].tolist()]
            earlier = [
                other
                for other in alike
                if other < order and (min(order[1], other[1]), max(order[1], other[1])) not in split
            ]
            if earlier:
                return float(share), min(earlier)
            copies = copies[~best]
        return None

    def copies(self, known: Rows, fewest: int = FEWEST_SHARED) -> Pairs:
        """The pairs that are the same copy, each with its containment as `share`."""
        hashes = _hashes(known)
        lots = [(at, self.postings[h]) for at, h in enumerate(hashes) if h in self.postings]
        if len(lots) < fewest:
            return np.empty(0, _PAIR)
        postings = np.concatenate([np.frombuffer(lot, np.uint32) for _, lot in lots]).astype(
            np.int64
        )
        shared = np.bincount(postings >> _AT_BITS)
        others = np.flatnonzero(shared >= fewest)
        if not len(others):
            return np.empty(0, _PAIR)
        pairs = _alike(known, self.rows, others, shared[others])
        if not len(pairs):
            return pairs
        at = np.repeat([at for at, _ in lots], [len(lot) for _, lot in lots])
        return _same_copies(known, self.rows, pairs, (at, postings))


def _same_copies(known: Rows, rows: Rows, pairs: Pairs, met: Met) -> Pairs:
    """Of texts that have enough in common, those that are one dispatch."""
    pairs = pairs[~_too_small(known, rows, pairs)]
    most = np.where(pairs["same_title"], 1.0, 0.5)
    pairs = pairs[_figures_apart(known, rows, pairs) <= most]
    same = _is_same(known, rows, pairs, "lede", SAME_LEDE)
    doubtful = np.flatnonzero(~same)
    if len(doubtful):
        same[doubtful] = _begin_alike(known, rows, pairs[doubtful], met)
    found: Pairs = pairs[same]
    return found


def _hashes(row: Rows) -> list[int]:
    hashes: list[int] = row["hashes"][0][: min(int(row["size"][0]), MOST_SHINGLES)].tolist()
    return hashes


def _alike(known: Rows, rows: Rows, others: Any, shared: Any) -> Pairs:
    """The pairs that have enough of the smaller text in common."""
    pairs: Pairs = np.empty(len(others), _PAIR)
    pairs["other"], pairs["shared"] = others, shared
    sizes, size = rows["size"][others], known["size"][0]
    rising = rows["rising"][others]
    # Of two texts of one size the smaller is the one whose hashes are.
    first = (rising != known["rising"]).argmax(1)
    mine, theirs = known["rising"][0][first], rising[np.arange(len(others)), first]
    pairs["small"] = (size < sizes) | ((size == sizes) & (mine <= theirs))
    bound = np.minimum(rows["bound"][others], known["bound"])
    pairs["bound"] = bound
    pairs["sampled"] = np.where(
        pairs["small"],
        np.searchsorted(known["rising"][0], bound, "right"),
        (rising <= bound[:, np.newaxis]).sum(1),
    )
    pairs["share"] = pairs["shared"] / pairs["sampled"]
    pairs["part"] = np.minimum(size, sizes) / np.maximum(size, sizes)
    pairs = pairs[shared >= EDITED_COPY * pairs["sampled"]]
    pairs["same_title"] = _is_same(known, rows, pairs, "title", SAME_TITLE)
    edited = pairs["same_title"] & (pairs["part"] >= EDITED_PART)
    found: Pairs = pairs[edited | (pairs["share"] >= LEAST_COPY)]
    return found


def _too_small(known: Rows, rows: Rows, pairs: Pairs) -> Flags:
    part, same_title = pairs["part"], pairs["same_title"]
    least = np.where((part >= TINY_PART) | same_title, TINY_COPY, TINY_EQUAL)
    tiny = np.minimum(rows["size"][pairs["other"]], known["size"]) < TINY
    small: Flags = part < np.where(same_title, LEAST_PART_SAME_TITLE, LEAST_PART)
    small |= tiny & (pairs["share"] < least)
    return small


def _is_same(known: Rows, rows: Rows, pairs: Pairs, name: str, least: float) -> Flags:
    """Whether both have enough words of the title, or of the lede, in common."""
    has = np.zeros(_TABLE + 1, np.bool_)
    has[known[name][0]] = True
    has[ABSENT] = False
    shared = has[rows[name][pairs["other"]]].sum(1)
    counts = np.minimum(rows[f"{name}_words"][pairs["other"]], known[f"{name}_words"])
    same: Flags = shared >= np.maximum(least * counts, 2)
    return same


def _figures_apart(known: Rows, rows: Rows, pairs: Pairs) -> Any:
    """How many of the places that both have are filled differently; 1.0 is what corrections do."""
    others = pairs["other"]
    places = differing = telling = np.zeros(len(pairs), np.int64)
    for where, what, weight in (
        ("places", "values", 1),
        ("title_places", "title_values", TITLE_WEIGHT),
    ):
        filled = np.full(_TABLE + 1, ABSENT, np.int16)
        filled[known[where][0]] = known[what][0]
        mine, theirs = filled[rows[where][others]], rows[what][others]
        apart = (mine != ABSENT) & (mine != theirs)
        places = places + (mine != ABSENT).sum(1)
        differing = differing + weight * apart.sum(1)
        telling = telling + (apart & ((mine < COUNTED) | (theirs < COUNTED))).sum(1)
    least = np.where(pairs["same_title"], FREE_COUNTS_SAME_TITLE, FREE_COUNTS)
    free = (pairs["share"] >= least) & (telling == 0)
    return np.where(free, 0, differing / (CORRECTED + CORRECTED_SHARE * places))


def _begin_alike(known: Rows, rows: Rows, pairs: Pairs, met: Met) -> Flags:
    """Whether texts of other ledes begin alike nevertheless, or are equal but for their beginning."""
    at, postings = met
    which = np.full(int(postings.max() >> _AT_BITS) + 1, -1)
    which[pairs["other"]] = np.arange(len(pairs))
    number = which[postings >> _AT_BITS]
    at, place, number = at[number >= 0], (postings & _AT_MASK)[number >= 0], number[number >= 0]
    place = np.where(pairs["small"][number], at, place)
    shared = np.zeros((len(pairs), MOST_SHINGLES), np.bool_)
    shared[number, place] = True
    small = pairs["small"][:, np.newaxis]
    hashes = np.where(small, known["hashes"], rows["hashes"][pairs["other"]])
    sizes = np.minimum(rows["size"][pairs["other"]], known["size"])
    opening = _opening(hashes, sizes, pairs)
    begins = (shared & opening).sum(1) / opening.sum(1)
    share = pairs["share"]
    alike: Flags = pairs["same_title"] & (begins >= LEAST_OPENING)
    alike |= pairs["same_title"] & (share >= REWORDED_COPY)
    alike |= (share >= INSIDE_COPY) & (begins >= INSIDE_OPENING)
    alike |= (share >= NEARLY_EQUAL) & (pairs["part"] >= NEARLY_EQUAL_PART)
    return alike


def _opening(hashes: Any, sizes: Any, pairs: Pairs) -> Flags:
    """The sampled shingles of the first words; of more words where these hold too few."""
    sampled = pairs["sampled"]
    wanted = np.maximum(
        sampled * OPENING_WORDS // sizes, np.minimum(OPENING_SAMPLE, (sampled + 1) // 2)
    )
    known: Flags = hashes <= pairs["bound"][:, np.newaxis]
    known &= known.cumsum(1) <= wanted[:, np.newaxis]
    return known


def _ordinal(order: Order) -> int:
    return date.fromisoformat(order[0][:10]).toordinal()


def leaders(copies: Mapping[str, str], split: Split = frozenset()) -> dict[str, str]:
    """Each copy -> the article it is folded under. `copies`: id -> what it is a copy of.

    The leader is where following `copies` ends. An article stays out of a fold when editors split
    it from one that it would follow there, and its own copies then follow it alone.
    """
    apart: dict[str, set[str]] = {}
    for one, other in split:
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    leading: dict[str, str] = {}
    for copy in copies:
        line = [copy]
        while line[-1] in copies and line[-1] not in leading:
            line.append(copies[line[-1]])
        leader = leading.get(line[-1], line[-1])
        for article in reversed(line):
            if article in apart and _meets(apart[article], article, copies, leader):
                leader = article
            leading[article] = leader
    return {copy: leader for copy, leader in leading.items() if leader != copy}


def _meets(others: set[str], article: str, copies: Mapping[str, str], leader: str) -> bool:
    """Whether following from `article` to its leader comes to one of `others`."""
    while article != leader:
        article = copies[article]
        if article in others:
            return True
    return False
