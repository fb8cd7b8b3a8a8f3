"""What a dispatch of a story says that the story had not said yet.

The reader of a thread reads its background again with every dispatch. A sentence counts as already
published when it is an earlier one letter for letter (case, accents and punctuation aside), or when
nearly all its runs of three words were printed before and every figure in it was, beside the same
words: the same background with another attribution is old, the same report with another toll is new.

Each member leaves a digest of a few kilobytes, so that earlier members' texts are not read again.
Linear in the text.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from sys import byteorder
from typing import NamedTuple
from zlib import crc32

from newsdigest.text.folding import fold

RUN = 3
# Shorter sentences are compared as wholes only.
FEWEST_WORDS = 7
# Of a sentence's runs, how many of a hundred must have been printed before.
NEARLY_ALL = 75
# A quotation is kept with the sentence that opens it, unless it is longer than this.
LONGEST_QUOTATION = 600

_WORD = re.compile(r"[^\W_]+")
# The sign that ends a sentence, what closes with it, and white space before what may open one.
# A run of signs is tried once, from its beginning: ten thousand dots take no longer than ten. It begins with
# the rare characters, so that the search can jump to them.
_END = re.compile(
    r"[\n.!?…](?:(?<=\n)|(?<!\n)(?<![.!?…].)[.!?…]*[\s\u00a0\u202f]{0,2}[»”\"’)\]]{0,3}\s+"
    r"(?=[«“\"‘'(\[–—-]{0,2}[\s\u00a0\u202f]?[^\W_]))"
)
_ABBREVIATIONS = frozenset(
    str.split(
        "m mm mme mlle mgr me dr drs pr mr mrs ms st ste jr sr gen gov sen rep col lt cap art av"
        " bd vol no nos fig chap env approx tel éd vs p pp ts ths pgs tp q"
    )
)
_OPENING, _CLOSING = "«“", "»”"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a block's text, from `start` to `end`. `published` is the day of the first
    member of the story that said it, "" for what is new."""

    start: int
    end: int
    text: str
    published: str


# A story's page asks several times of each of its texts.
@lru_cache(maxsize=2048)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence starts and ends, white space left out.

    A line break ends one; initials, abbreviations and a quotation still open do not.
    """
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = opened = counted = 0
    straight = False
    for match in _END.finditer(text):
        if "\n" not in match.group():
            end = match.start() + len(match.group().rstrip())
            opened += sum(map(text[counted:end].count, _OPENING))
            opened -= sum(map(text[counted:end].count, _CLOSING))
            straight ^= text.count('"', counted, end) % 2 == 1
            counted = end
            if (opened > 0 or straight) and end - start <= LONGEST_QUOTATION:
                continue
            if _goes_on(text, match):
                continue
        yield from _trimmed(text, start, match.end())
        start = counted = match.end()
        opened, straight = 0, False
    yield from _trimmed(text, start, len(text))


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether the sign ends no sentence: an abbreviation's full stop, or a small letter follows."""
    following = text[match.end() : match.end() + 4].lstrip("«“\"‘'([–—- \u00a0\u202f")[:1]
    if following.islower():
        return True
    if match.group()[0] != "." or match.group().startswith(".."):
        return False
    before = _WORD.findall(text[max(0, match.start() - 12) : match.start()])
    if not before or not text[match.start() - 1].isalnum():
        return False
    last = before[-1]
    return (len(last) == 1 and last.isupper()) or last.lower() in _ABBREVIATIONS


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    if start < end:
        yield start, end


# -- what was printed ----------------------------------------------------------------------------


def digest(texts: Iterable[str]) -> bytes:
    """What `Published` needs to know of a member: its sentences and runs of words, hashed.

    Little-endian 32-bit numbers, sorted, each once; the same on every machine.
    """
    hashes: set[int] = set()
    for text in texts:
        for start, end in sentences(text):
            heard = _heard(text[start:end])
            if heard:
                hashes.add(heard.whole)
                hashes.update(heard.runs)
    packed = array("I", sorted(hashes))
    if byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


class Published:
    """What a story's members said so far, by the day it was first said. Add the oldest first."""

    def __init__(self, members: Iterable[tuple[str, bytes]] = ()) -> None:
        self._days: list[str] = []
        self._first: dict[int, int] = {}
        for day, digested in members:
            self.add(day, digested)

    def add(self, day: str, digested: bytes) -> None:
        """One more member: its day and its `digest`."""
        packed = array("I")
        packed.frombytes(digested)
        if byteorder == "big":
            packed.byteswap()
        number = len(self._days)
        self._days.append(day)
        for hashed in packed:
            self._first.setdefault(hashed, number)

    def day_of(self, sentence: str) -> str:
        """The day the sentence was first said; "" for a new one, and for one without words."""
        heard = _heard(sentence)
        if heard is None:
            return ""
        known = self._first.get(heard.whole)
        if known is not None:
            return self._days[known]
        if not heard.runs:
            return ""
        printed = [*map(self._first.get, heard.runs)]
        found = [number for number in printed if number is not None]
        if len(found) * 100 < NEARLY_ALL * len(printed):
            return ""
        for at in heard.figures:
            if all(number is None for number in printed[max(0, at - RUN + 1) : at + 1]):
                return ""
        # The member that said most of it; of several, the first.
        tally: dict[int, int] = {}
        for number in found:
            tally[number] = tally.get(number, 0) + 1
        return self._days[min(tally, key=lambda number: (-tally[number], number))]


def new_sentences(texts: Sequence[str], published: Published) -> tuple[tuple[Sentence, ...], ...]:
    """The sentences of each of a dispatch's texts, with the day the old ones were published.

    `published` holds the earlier members. What a dispatch says twice itself is not old for that.
    """
    found = []
    for text in texts:
        said = [(start, end, text[start:end]) for start, end in sentences(text)]
        found.append(tuple([Sentence(*one, published.day_of(one[2])) for one in said]))
    return tuple(found)


class _Heard(NamedTuple):
    """A sentence as it is compared: the hash of its words, one of every `RUN` in a row (none in a
    short one; another hash than any whole sentence's), and which of its words are figures."""

    whole: int
    runs: tuple[int, ...]
    figures: tuple[int, ...]


@lru_cache(maxsize=2048)
def _heard(sentence: str) -> _Heard | None:
    """None for a sentence without words."""
    words = _WORD.findall(fold(sentence))
    if not words:
        return None
    encoded = [word.encode("utf-8", "surrogatepass") for word in words]
    whole = crc32(b"".join(encoded))
    if len(words) < FEWEST_WORDS:
        return _Heard(whole, (), ())
    spaced = b" ".join(encoded)
    nexts = [*accumulate([len(word) + 1 for word in encoded], initial=0)]
    pairs = zip(nexts, nexts[RUN:], strict=False)
    runs = tuple([crc32(spaced[start : after - 1]) for start, after in pairs])
    return _Heard(whole, runs, tuple([at for at, word in enumerate(words) if word[0].isdigit()]))
