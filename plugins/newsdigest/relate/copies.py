"""One dispatch carried by several agencies: which earlier article is this one a copy of?

*Same copy* is asked here, never *same story*: two dispatches of one event may share quotations and
background and stay two. Each article is reduced to a sketch, a few hundred bytes; two sketches
decide, nothing else in the archive matters. A copy follows its best earlier match within three
days, and the leader is where following ends. Pure: the caller keeps the sketches.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest
from unicodedata import normalize
from zlib import crc32

from newsdigest.base.records import Article

WITHIN_DAYS = 3

Order = tuple[str, str]
"""`Article.order`: (wall-clock date as written, id)."""

# Chosen by benchmarks/duplicates.py, which also shows what they leave on either side.
# A copy has about half of its text from the other one, and begins as the other does ...
LEAST_COPY = 0.45
LEDE_WORDS, SAME_LEDE = 20, 0.3
# ... or has its headline and something of its first sixty words ...
SAME_TITLE, OPENING_WORDS, OPENING_SAMPLE, LEAST_OPENING = 0.87, 60, 12, 0.15
# ... or, when something was put on top, is in it nearly whole: two dispatches on one affair can
# have much background in common, but not their openings.
INSIDE_COPY, INSIDE_OPENING = 0.78, 0.4
# So nearly equal that the opening may have been written anew.
NEARLY_EQUAL, NEARLY_EQUAL_PART = 0.92, 0.45
# The least part of the larger text that a copy may be; below the first, only of equal headline, or
# every brief would be a copy of the synthesis that retells it.
LEAST_PART, LEAST_PART_SAME_TITLE = 0.27, 0.15
# A brief of a line or two must be most of the other, or its very words; a shorter one is not
# compared.
SHORTEST, TINY, TINY_COPY, TINY_PART, TINY_EQUAL = 8, 24, 0.7, 0.6, 0.95
# A weather report is not yesterday's with other figures. Some may differ: a toll is brought up to
# date, a name is corrected. Half as many under another headline; one in the headlines weighs more.
CORRECTED, CORRECTED_SHARE, TITLE_WEIGHT = 1.2, 0.1, 4

_MOST_SHINGLES, _MOST_SLOTS, _MOST_TITLE_WORDS, _MOST_TITLE_SLOTS = 80, 34, 12, 4
_HEADER = struct.Struct("<HBBBBB")
_NO_BOUND = 1 << 24
_FEWEST_SHARED = 5

_MARKS = re.compile("[\u0300-\u036f]+")
_FOREIGN_RUN = re.compile(r"[^\x00-\x7f]{100}")
_INSIDE_NUMBER = re.compile(r"([0-9])(?: (?=[0-9]{3}(?![0-9]))|[.,](?=[0-9]))")
_FOREIGN = re.compile("[\u0250-\u02ff\u0370-\u1dff\u2c00-\uffff\U00010000-\U0010ffff]")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
)
_TOKEN = re.compile(r"[^\W_]+|[.!?:\n]")
_STOP, _LAST_DIGIT = b".", b"9\xff"
_SPACED = bytes(
    ord(".") if chr(c) in ".!?:" else c if chr(c).isascii() and chr(c).isalnum() else ord(" ")
    for c in range(256)
)
# Words that tell one report of a series from the next, as figures do.
_FIGURES_IN_WORDS = frozenset(
    bytes.split(
        b"lundi mardi mercredi jeudi vendredi samedi dimanche"
        b" monday tuesday wednesday thursday friday saturday sunday"
        b" deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante"
        b" two three four five six seven eight nine ten eleven twelve twenty thirty forty"
        b" premier premiere second seconde deuxieme troisieme quatrieme cinquieme sixieme septieme"
        b" huitieme neuvieme dixieme first third fourth fifth sixth seventh eighth ninth tenth"
        b" hausse baisse"
    )
)


def sketch(article: Article) -> bytes:
    """What copies are told by: at most 408 bytes, the same on every machine; b"" for too few words.

    Of the body: paragraphs, questions, lists and tables, or captions when there is nothing else.
    Credits and `>>` lines have no part in it, and the headline a small one: agencies change them.
    """
    tokens, folded = _tokens(_body(article))
    words = [token for token in folded if token != _STOP]
    shingles = _shingles(words)
    if len(shingles) < SHORTEST:
        return b""
    kept = list(shingles)
    if len(kept) > _MOST_SHINGLES:
        # The smallest hashes are a fair sample. Two samples, of texts of any two lengths, are
        # comparable up to the lower of their greatest hashes.
        bound = sorted(kept)[_MOST_SHINGLES - 1]
        kept = [hashed for hashed in kept if hashed <= bound]
    titled, title = _tokens(article.headline)
    title_slots = _slots(titled, title, 1, _MOST_TITLE_SLOTS)
    slots = [*title_slots, *_slots(tokens, folded, 2, _MOST_SLOTS)]
    title_words = {crc32(word) & 0xFF for word in title if len(word) > 2}
    lede = list(shingles)[: LEDE_WORDS - 3]
    head = sorted(title_words)[:_MOST_TITLE_WORDS]
    counts = (len(head), len(lede), len(kept), len(title_slots), len(slots))
    places, values = [key for key, _ in slots], [value for _, value in slots]
    return _HEADER.pack(min(len(shingles), 0xFFFF), *counts) + struct.pack(
        _layout(*counts),
        *head,
        *values,
        *[hashed >> 16 for hashed in kept],
        *places,
        *[hashed & 0xFFFF for hashed in lede],
        *[hashed & 0xFFFF for hashed in kept],
    )


def _layout(head: int, lede: int, kept: int, title_slots: int, slots: int) -> str:
    return f"<{head + slots + kept}B{slots + lede + kept}H"


def _body(article: Article) -> str:
    texts = [b.tagged_text for b in article.blocks if b.type not in ("photo", "related")]
    return "\n".join(texts or [block.caption for block in article.blocks])


def _tokens(text: str) -> tuple[list[bytes], list[bytes]]:
    """Words without accents, numbers as digits and `_STOP`; the same again without capitals."""
    # Sorting n marks on one letter takes n² steps: endless runs are cut.
    plain = (
        normalize("NFKD", _FOREIGN_RUN.sub(r"\g<0> ", text))
        .replace("’", "'")
        .replace("œ", "oe")
        .replace("æ", "ae")
    )
    plain = plain.replace("đ", "d").replace("Đ", "D")
    if _FOREIGN.search(plain):
        plain = _UNSPACED.sub(r" \g<0> ", _INSIDE_NUMBER.sub(r"\1", _MARKS.sub("", plain)))
        words = [word if word.isalnum() else "." for word in _TOKEN.findall(plain)]
        return (
            [word.encode("utf-8", "surrogatepass") for word in words],
            [word.casefold().encode("utf-8", "surrogatepass") for word in words],
        )
    # The same for Latin letters alone, four times as fast.
    latin = _INSIDE_NUMBER.sub(r"\1", plain).encode("ascii", "ignore")
    latin = latin.replace(b"\n", b".").translate(_SPACED).replace(b".", b" . ")
    return latin.split(), latin.lower().split()


def _shingles(words: Sequence[bytes]) -> dict[int, None]:
    """24-bit hashes of every four words in a row, in text order."""
    chained = map(crc32, words[3:], map(crc32, words[2:], map(crc32, words[1:], map(crc32, words))))
    return dict.fromkeys([four >> 8 for four in chained])


def _slots(
    tokens: Sequence[bytes], folded: Sequence[bytes], around: int, most: int
) -> list[tuple[int, int]]:
    """Where figures and names stand, with which: 16 and 8 bits, a fair sample of `most` in order.

    A place is told by so many words before and after it; one that comes twice with different
    figures is left out. Of "Peter Olm" only "Olm" counts: a shortened name stays equal.
    """
    facts = [
        place
        for place, (token, small) in enumerate(zip(tokens, folded, strict=True))
        if (token != small and place and tokens[place - 1] != _STOP)
        or (token <= _LAST_DIGIT and token != _STOP)
        or small in _FIGURES_IN_WORDS
    ]
    masked = [b""] * around + list(folded) + [b""] * around
    for place in facts:
        masked[place + around] = b"*"
    found: dict[int, int] = {}
    doubtful: set[int] = set()
    start = -1
    for place, following in zip_longest(facts, facts[1:]):
        if start < 0:
            start = place
        if following == place + 1:
            continue
        after = place + around + 1
        words = (*masked[start : start + around], *masked[after : after + around])
        key, value = crc32(b" ".join(words)) >> 16, crc32(folded[place]) >> 24
        if found.setdefault(key, value) != value:
            doubtful.add(key)
        start = -1
    return sorted([item for item in found.items() if item[0] not in doubtful])[:most]


@dataclass(frozen=True, slots=True)
class _Print:
    """A sketch as it is compared. `hashes` are the sample in text order, `rising` by size.

    No shingle of a hash up to `bound` is missing from the sample.
    """

    size: int
    bound: int
    title: frozenset[int]
    title_slots: Mapping[int, int]
    lede: frozenset[int]
    hashes: tuple[int, ...]
    rising: tuple[int, ...]
    places: Mapping[int, int]
    slots: Mapping[int, int]


def _read(packed: bytes) -> _Print:
    size, *counts = _HEADER.unpack_from(packed)
    head, lede, kept, title_slots, slots = counts
    every = struct.unpack_from(_layout(*counts), packed, _HEADER.size)
    values, high = every[head : head + slots], every[head + slots : head + slots + kept]
    every = every[head + slots + kept :]
    keys, low = every[:slots], every[slots + lede :]
    hashes = tuple([two << 16 | one for one, two in zip(low, high, strict=True)])
    rising = tuple(sorted(hashes))
    filled = tuple(zip(keys, values, strict=True))
    return _Print(
        size=size,
        bound=rising[-1] if size > kept else _NO_BOUND,
        title=frozenset(struct.unpack_from(f"{head}B", packed, _HEADER.size)),
        title_slots=dict(filled[:title_slots]),
        lede=frozenset(every[slots : slots + lede]),
        hashes=hashes,
        rising=rising,
        places={hashed: place for place, hashed in enumerate(hashes)},
        slots=dict(filled[title_slots:]),
    )


def containment(one: bytes, other: bytes) -> float:
    """The share of the smaller text that the other holds; 0.0 when they are not the same copy.

    Which of the two comes first makes no difference.
    """
    return _compare(_read(one), _read(other)) if one and other else 0.0


def _compare(one: _Print, other: _Print) -> float:
    small, large = (one, other) if _size(one) <= _size(other) else (other, one)
    sampled = _sampled(small, large)
    shared = small.places.keys() & large.places.keys()
    if not shared or len(shared) < LEAST_COPY * sampled:
        return 0.0
    share = len(shared) / sampled
    part = small.size / large.size
    same_title = _alike(one.title, other.title, SAME_TITLE)
    if part < (LEAST_PART_SAME_TITLE if same_title else LEAST_PART):
        return 0.0
    least = TINY_COPY if part >= TINY_PART or same_title else TINY_EQUAL
    if small.size < TINY and share < least:
        return 0.0
    if _figures_apart(one, other) > (1.0 if same_title else 0.5):
        return 0.0
    if _alike(one.lede, other.lede, SAME_LEDE):
        return share
    opening = _opening(small, min(small.bound, large.bound), sampled)
    begins = sum(hashed in shared for hashed in opening) / len(opening)
    if same_title and begins >= LEAST_OPENING:
        return share
    if share >= INSIDE_COPY and begins >= INSIDE_OPENING:
        return share
    return share if share >= NEARLY_EQUAL and part >= NEARLY_EQUAL_PART else 0.0


def _alike(some: frozenset[int], others: frozenset[int], least: float) -> bool:
    return len(some & others) >= max(least * min(len(some), len(others)), 2)


def _sampled(one: _Print, other: _Print) -> int:
    """How many shingles of the smaller text the two samples can be compared by."""
    small, large = (one, other) if _size(one) <= _size(other) else (other, one)
    return bisect_right(small.rising, min(small.bound, large.bound))


def _opening(known: _Print, bound: int, sampled: int) -> list[int]:
    """The sampled shingles of its first words; of more words where these hold too few."""
    wanted = max(sampled * OPENING_WORDS // known.size, min(OPENING_SAMPLE, (sampled + 1) // 2))
    return [hashed for hashed in known.hashes if hashed <= bound][:wanted]


def _size(known: _Print) -> tuple[int, tuple[int, ...]]:
    return known.size, known.rising


def _figures_apart(one: _Print, other: _Print) -> float:
    """How many of the places that both have are filled differently; 1.0 is what corrections do."""
    places = one.slots.keys() & other.slots.keys()
    differing = sum([one.slots[place] != other.slots[place] for place in places])
    in_title = one.title_slots.keys() & other.title_slots.keys()
    differing += TITLE_WEIGHT * sum(
        [one.title_slots[place] != other.title_slots[place] for place in in_title]
    )
    return differing / (CORRECTED + CORRECTED_SHARE * (len(places) + len(in_title)))


@dataclass(frozen=True, slots=True)
class Copy:
    """The earlier article that this one is a copy of. `containment`: 0 to 1, see there."""

    of: str
    containment: float


Split = frozenset[tuple[str, str]]
"""The pairs of ids that editors declared never the same copy, each in id order: `split_pairs`."""


def split_pairs(pairs: Iterable[tuple[str, str]]) -> Split:
    return frozenset((min(pair), max(pair)) for pair in pairs)


class Window:
    """The articles of the days around, to be searched for earlier copies.

    They may be added in any order. A cold build goes through the archive in order and forgets what
    lies behind; an incremental one loads the days it touches, three more before and after.
    """

    def __init__(self) -> None:
        self._days: dict[int, _Day] = {}

    def add(self, order: Order, packed: bytes) -> None:
        """Once an article. One without a sketch is a copy of nothing."""
        if packed:
            day = self._days.setdefault(_ordinal(order), _Day([], [], {}))
            number = len(day.orders)
            day.orders.append(order)
            day.prints.append(_read(packed))
            for hashed in day.prints[number].hashes:
                day.postings.setdefault(hashed, []).append(number)

    def best(self, order: Order, packed: bytes, split: Split = frozenset()) -> Copy | None:
        """The earlier article of most containment, the earliest of several.

        Earlier is by (date, id), within three days by the dates as written. The answer depends on
        those articles alone, not on the order they were added in, nor on later ones.
        """
        if not packed:
            return None
        known = _read(packed)
        today = _ordinal(order)
        found: tuple[float, Order] | None = None
        for ordinal in range(today - WITHIN_DAYS, today + 1):
            day = self._days.get(ordinal)
            if day is None:
                continue
            for number in day.alike(known):
                other = day.orders[number]
                if other >= order or (min(order[1], other[1]), max(order[1], other[1])) in split:
                    continue
                share = _compare(known, day.prints[number])
                if share and (found is None or (-share, other) < (-found[0], found[1])):
                    found = share, other
        return Copy(found[1][1], found[0]) if found else None

    def forget_before(self, day: str) -> None:
        """Drop what is too old for an article of `day` (`YYYY-MM-DD`) and any later one."""
        oldest = date.fromisoformat(day).toordinal() - WITHIN_DAYS
        for ordinal in [ordinal for ordinal in self._days if ordinal < oldest]:
            del self._days[ordinal]


@dataclass(frozen=True, slots=True)
class _Day:
    """Articles in the order added; `postings`: which of them have a shingle."""

    orders: list[Order]
    prints: list[_Print]
    postings: dict[int, list[int]]

    def alike(self, known: _Print) -> list[int]:
        """Who may be a copy, and everyone who is."""
        postings = self.postings
        counts = Counter(chain.from_iterable([postings[h] for h in known.hashes if h in postings]))
        return [
            number
            for number, shared in counts.items()
            if shared >= _FEWEST_SHARED
            and shared >= LEAST_COPY * _sampled(known, self.prints[number])
        ]


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
