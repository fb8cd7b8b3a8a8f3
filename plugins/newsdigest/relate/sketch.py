"""An article as copies of it are told by: a sketch of a few hundred bytes, and how it is read.

What of a text is kept is chosen here; `copies` compares.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from functools import cache
from itertools import zip_longest
from typing import Any
from unicodedata import normalize
from zlib import crc32

from newsdigest.base.arrays import Records, np
from newsdigest.base.records import Article

# A shorter text is not compared.
SHORTEST = 8
LEDE_WORDS = 20

MOST_SHINGLES = 80
_MOST_SLOTS, _MOST_TITLE_WORDS, _MOST_TITLE_SLOTS = 34, 12, 4
_MOST_LEDE = LEDE_WORDS - 3
_HEADER = struct.Struct("<HBBBBB")
_NO_BOUND = 1 << 24

ABSENT, NO_HASH = -1, 0xFFFFFFFF
Rows = Records


@cache
def row_type() -> np.dtype[Any]:
    """A sketch as it is compared, rows of which make a table. `hashes` are the sample in text order,
    `rising` by size; no shingle of a hash up to `bound` is missing from it. What a row has less of
    than there is room for is filled up with `ABSENT` and `NO_HASH`."""
    return np.dtype(
        [
            ("size", "i8"),
            ("bound", "i8"),
            ("title_words", "i8"),
            ("lede_words", "i8"),
            ("hashes", "u4", MOST_SHINGLES),
            ("rising", "u4", MOST_SHINGLES),
            ("title", "i2", _MOST_TITLE_WORDS),
            ("lede", "i4", _MOST_LEDE),
            ("title_places", "i4", _MOST_TITLE_SLOTS),
            ("title_values", "i2", _MOST_TITLE_SLOTS),
            ("places", "i4", _MOST_SLOTS),
            ("values", "i2", _MOST_SLOTS),
        ]
    )


@cache
def _empty() -> Rows:
    row = np.zeros(1, row_type())
    for name in ("title", "lede", "title_places", "title_values", "places", "values"):
        row[name] = ABSENT
    for name in ("hashes", "rising"):
        row[name] = NO_HASH
    return row


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
# Numbers in words: a toll brought up to date has another. Months: a number before one is a day.
_COUNTS = frozenset(
    bytes.split(
        b"deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt"
        b" trente quarante cinquante soixante cent cents mille"
        b" two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        b" sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty hundred thousand"
    )
)
_MONTHS = frozenset(
    bytes.split(
        b"janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
        b" january february march april may june july august september october november december"
        b" thang"
    )
)
_LONGEST_COUNT = 7
# Of a slot's value, the bit that says it is a count.
COUNTED = 0x80
# Words that tell one report of a series from the next, as figures do.
_FIGURES_IN_WORDS = frozenset(
    bytes.split(
        b"lundi mardi mercredi jeudi vendredi samedi dimanche"
        b" monday tuesday wednesday thursday friday saturday sunday"
        b" premier premiere second seconde deuxieme troisieme quatrieme cinquieme sixieme septieme"
        b" huitieme neuvieme dixieme first third fourth fifth sixth seventh eighth ninth tenth"
        b" hausse baisse"
    )
)
_TELLING = _FIGURES_IN_WORDS | _COUNTS


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
    if len(kept) > MOST_SHINGLES:
        # The smallest hashes are a fair sample. Two samples, of texts of any two lengths, are
        # comparable up to the lower of their greatest hashes.
        bound = sorted(kept)[MOST_SHINGLES - 1]
        kept = [hashed for hashed in kept if hashed <= bound]
    titled, title = _tokens(article.headline)
    title_slots = _slots(titled, title, 1, _MOST_TITLE_SLOTS)
    slots = [*title_slots, *_slots(tokens, folded, 2, _MOST_SLOTS)]
    title_words = {crc32(word) & 0xFF for word in title if len(word) > 2 and word not in _COUNTS}
    lede = list(shingles)[:_MOST_LEDE]
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
        or small in _TELLING
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
        key, value = crc32(b" ".join(words)) >> 16, crc32(folded[place]) >> 25
        if _is_count(folded, place):
            value |= COUNTED
        if found.setdefault(key, value) != value:
            doubtful.add(key)
        start = -1
    return sorted([item for item in found.items() if item[0] not in doubtful])[:most]


def _is_count(folded: Sequence[bytes], at: int) -> bool:
    """Whether a number there says how many: no year, no day of a month, no rank, no size in digits."""
    word = folded[at]
    if word in _COUNTS:
        return True
    if not word.isdigit() or len(word) > _LONGEST_COUNT:
        return False
    year = len(word) == 4 and word[:2] in (b"19", b"20")
    around = (*folded[max(0, at - 1) : at], *folded[at + 1 : at + 2])
    return not year and not _MONTHS.intersection(around)


def read_sketch(packed: bytes) -> Rows:
    """A table of one row: the sketch, which must not be empty."""
    size, head, lede, kept, title_slots, slots = _HEADER.unpack_from(packed)
    one = np.frombuffer(packed, np.uint8, head + slots + kept, _HEADER.size)
    two = np.frombuffer(packed, "<u2", slots + lede + kept, _HEADER.size + len(one))
    row = _empty().copy()
    hashes = one[head + slots :].astype(np.uint32) << 16 | two[slots + lede :]
    row["hashes"][0, :kept] = hashes
    hashes.sort()
    row["rising"][0, :kept] = hashes
    row["size"] = size
    row["bound"] = hashes[-1] if size > kept else _NO_BOUND
    row["title_words"], row["lede_words"] = head, lede
    row["title"][0, :head] = one[:head]
    row["lede"][0, :lede] = two[slots : slots + lede]
    places, values = two[:slots], one[head : head + slots]
    row["title_places"][0, :title_slots] = places[:title_slots]
    row["title_values"][0, :title_slots] = values[:title_slots]
    row["places"][0, : slots - title_slots] = places[title_slots:]
    row["values"][0, : slots - title_slots] = values[title_slots:]
    return row
