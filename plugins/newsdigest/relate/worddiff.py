"""What another version of a dispatch adds, word by word, for its own page. Pure.

Passages of six words and more that both versions have are found first, wherever they stand: a
paragraph that was moved, split or joined has been read before. What lies between two of them is
then compared word by word, within bounds: the time is about linear in the words, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal
from unicodedata import normalize

# Shorter passages in common are turns of phrase.
_PASSAGE = 6
# Where a passage stands this often already, one more place would tell nothing new.
_PLACES = 4
# Two words the same between two changes help the reader; one alone only flickers.
_SHORTEST_SAME = 2
# Words of the one times words of the other: what is compared word by word at a time, and in all.
_GAP, ALL_GAPS = 20_000, 1_000_000

WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of a block's text."""

    kind: Literal["same", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Additions:
    """`blocks`: the version's blocks in order; a block's segments, joined, are its text.

    `removed`: what the leader has and the version has not, in the leader's order, in pieces that
    may be as short as a word.
    """

    blocks: tuple[tuple[Segment, ...], ...]
    removed: tuple[str, ...]


def added(leader_blocks: Sequence[str], version_blocks: Sequence[str]) -> Additions:
    """Blocks are plain texts, such as `Block.tagged_text`.

    Only words count: not case, punctuation, spacing, nor where paragraphs begin. An empty block
    has no segments, one without a word a single "same".
    """
    leader, version = _Text(leader_blocks), _Text(version_blocks)
    known = bytearray(len(version.words))
    kept = bytearray(len(leader.words))
    for old, new, size in _common(leader.words, version.words):
        kept[old : old + size] = known[new : new + size] = b"\1" * size
    blocks = tuple(_segments(block, known) for block in version.blocks)
    removed = tuple(passage for block in leader.blocks for passage in _passages(block, kept))
    return Additions(blocks, removed)


@dataclass(frozen=True, slots=True)
class _Block:
    """`spans` are its words' places in the text, `first` the number of its first word overall."""

    text: str
    first: int
    spans: list[tuple[int, int]]


@dataclass(slots=True)
class _Text:
    """The words of all blocks in one row, as they are compared."""

    given: Sequence[str]
    words: list[str] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)

    def __post_init__(self) -> None:
        for text in self.given:
            spans = [match.span() for match in WORD.finditer(text)]
            self.blocks.append(_Block(text, len(self.words), spans))
            self.words += [normalize("NFC", text[start:end].casefold()) for start, end in spans]


_Run = tuple[int, int, int]
"""Words in common: where in the leader, where in the version, how many."""


def _common(old: Sequence[str], new: Sequence[str]) -> Iterator[_Run]:
    budget = ALL_GAPS
    last_old = last_new = 0
    for run in (*_common_passages(old, new), (len(old), len(new), 0)):
        start, at, size = run
        gap = (start - last_old) * (at - last_new)
        # Between passages that stand in the same order in both.
        if 0 < gap <= min(_GAP, budget):
            budget -= gap
            yield from compared(old[last_old:start], new[last_new:at], last_old, last_new)
        yield run
        last_old, last_new = start + size, at + size


def _common_passages(old: Sequence[str], new: Sequence[str]) -> list[_Run]:
    """Passages in the version's order, none overlapping another there."""
    places: dict[tuple[str, ...], list[int]] = {}
    for at, passage in enumerate(_in_a_row(old)):
        known = places.setdefault(passage, [])
        if len(known) < _PLACES:
            known.append(at)
    found: list[_Run] = []
    done = 0
    for at, passage in enumerate(_in_a_row(new)):
        if at < done or passage not in places:
            continue
        size, start = max((_length(old, new, p, at), -p) for p in places[passage])
        start = -start
        begin = at
        while begin > done and start and old[start - 1] == new[begin - 1]:
            start, begin, size = start - 1, begin - 1, size + 1
        found.append((start, begin, size))
        done = begin + size
    return found


def _in_a_row(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[skipped:] for skipped in range(_PASSAGE)), strict=False)


def _length(old: Sequence[str], new: Sequence[str], start: int, at: int) -> int:
    size = _PASSAGE
    most = min(len(old) - start, len(new) - at)
    while size < most and old[start + size] == new[at + size]:
        size += 1
    return size


def compared(
    old: Sequence[str], new: Sequence[str], old_first: int, new_first: int
) -> Iterator[_Run]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    for start, at, size in blocks:
        if size >= _SHORTEST_SAME or 0 < size == len(new):
            yield old_first + start, new_first + at, size


def _segments(block: _Block, known: bytearray) -> tuple[Segment, ...]:
    text, spans = block.text, block.spans
    if not spans:
        return (Segment("same", text),) if text else ()
    segments: list[Segment] = []
    begin = 0
    for at in range(1, len(spans)):
        before, after = known[block.first + at - 1], known[block.first + at]
        if before == after:
            continue
        cut = _cut(text, spans[at - 1][1], spans[at][0], bool(before))
        segments.append(Segment("same" if before else "added", text[begin:cut]))
        begin = cut
    last = known[block.first + len(spans) - 1]
    segments.append(Segment("same" if last else "added", text[begin:]))
    return tuple(segments)


def _cut(text: str, end: int, start: int, same_first: bool) -> int:
    """Between two words: a sign stays with the word it touches, the space with what is the same."""
    space = _SPACE.search(text, end, start)
    if space is None:
        return start
    return space.end() if same_first else space.start()


def _passages(block: _Block, kept: bytearray) -> Iterator[str]:
    """The runs of words that are not kept, with the punctuation inside and after them."""
    begin: int | None = None
    count = len(block.spans)
    for at in range(count + 1):
        gone = at < count and not kept[block.first + at]
        if gone and begin is None:
            begin = at
        elif not gone and begin is not None:
            following = block.spans[at][0] if at < count else len(block.text)
            end = _cut(block.text, block.spans[at - 1][1], following, same_first=False)
            yield block.text[block.spans[begin][0] : end].rstrip()
            begin = None
