"""What was changed in a text that was published: sentence by sentence, and word by word. Pure.

Blocks that stand in both versions are set aside; what lies between them is compared word by word.
A change never reaches over the end of a block, and is told with the sentence it stands in. Bounded:
beyond so many words a stretch is told as changed whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal, NamedTuple
from unicodedata import normalize

from newsdigest.relate.stories.sentences import sentences
from newsdigest.relate.worddiff import ALL_GAPS, WORD, compared

Rewording = tuple[str, str]
"""(former wording, new wording); either may be empty: what was put in, what was left out."""

# Blocks of the one times blocks of the other, and tokens, that are compared at a time.
_BLOCKS = 1_000_000
_TOKENS = 400_000

_TOKEN = re.compile(r"\s+|[^\W_]+(?:[.,’'-][^\W_]+)*|.", re.DOTALL)


def rewordings(former_blocks: Iterable[str], new_blocks: Iterable[str]) -> tuple[Rewording, ...]:
    """Each place where a text was changed, in order: the sentences around it, as they were and as
    they are, or only what was put in or left out where that is whole sentences.

    Only words count: not case, punctuation, spacing, nor where paragraphs begin. A line of a block
    (an item, a row) is a block of its own; one that only stands elsewhere was not changed.
    """
    old, new = _blocks(former_blocks), _blocks(new_blocks)
    found: list[_Place] = []
    for first_old, last_old, first_new, last_new in _unlike(old, new):
        found += _places(_Row(old[first_old:last_old]), _Row(new[first_new:last_new]))
    told = [(place.old.text, place.new.text) for place in found]
    moved = {text for text, now in told if not now} & {now for text, now in told if not text}
    return tuple(one for one in told if "" not in one or not moved.intersection(one))


def combined(edits: Iterable[Iterable[Rewording]]) -> tuple[Rewording, ...]:
    """The changes of several edits, oldest first, as one: what a passage was at first and is at
    last. What became again what it was is none."""
    found: list[Rewording] = []
    for changes in edits:
        for former, new in changes:
            at = next((n for n, (_, now) in enumerate(found) if now and now == former), None)
            if at is None:
                found.append((former, new))
            else:
                found[at] = (found[at][0], new)
    return tuple((former, new) for former, new in found if former != new)


class Piece(NamedTuple):
    """A run of a passage: in both versions, only in the former, only in the new one."""

    kind: Literal["same", "former", "new"]
    text: str


def redline(former: str, new: str) -> tuple[Piece, ...]:
    """Both wordings of a passage as one: without its "new" pieces the former, without its "former"
    ones the new. Words are whole, and a word alone between two changes is changed with them."""
    old_tokens, new_tokens = _TOKEN.findall(former), _TOKEN.findall(new)
    runs = [(0, 0, 0), (len(old_tokens), len(new_tokens), 0)]
    if len(old_tokens) * len(new_tokens) <= _TOKENS:
        matcher = SequenceMatcher(None, old_tokens, new_tokens, autojunk=False)
        runs = [(0, 0, 0), *_steady(matcher.get_matching_blocks(), new_tokens)]
    pieces: list[Piece] = []
    for (at_old, at_new, size), (next_old, next_new, _) in pairwise(runs):
        same, gone, come = (
            "".join(new_tokens[at_new : at_new + size]),
            "".join(old_tokens[at_old + size : next_old]),
            "".join(new_tokens[at_new + size : next_new]),
        )
        pieces += [Piece("same", same)] if same else []
        pieces += [Piece("former", gone)] if gone else []
        pieces += [Piece("new", come)] if come else []
    return tuple(pieces)


def _steady(
    blocks: Sequence[tuple[int, int, int]], tokens: Sequence[str]
) -> Iterator[tuple[int, int, int]]:
    """The runs in common, but for those that would only flicker between two changes."""
    last = len(blocks) - 1
    for at, (old, new, size) in enumerate(blocks):
        words = sum(1 for token in tokens[new : new + size] if WORD.match(token))
        begins = old == new == 0
        ends = at == last - 1 and new + size == len(tokens)
        if at == last or words > 1 or (size and (begins or ends)):
            yield old, new, size


# -- blocks and their words ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Block:
    """A line of text, the places of its words, and the words as they are compared."""

    text: str
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]


def _blocks(texts: Iterable[str]) -> list[_Block]:
    found = []
    for line in (line for text in texts for line in text.split("\n")):
        spans = tuple(match.span() for match in WORD.finditer(line))
        words = tuple(normalize("NFC", line[start:end].casefold()) for start, end in spans)
        if words:
            found.append(_Block(line, spans, words))
    return found


def _unlike(old: Sequence[_Block], new: Sequence[_Block]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of blocks that are not the same: from and to in the former, in the new."""
    before, now = [block.words for block in old], [block.words for block in new]
    most = min(len(before), len(now))
    start = next((at for at in range(most) if before[at] != now[at]), most)
    end = next((at for at in range(most - start) if before[-1 - at] != now[-1 - at]), most - start)
    middle_old, middle_new = before[start : len(before) - end], now[start : len(now) - end]
    if len(middle_old) * len(middle_new) > _BLOCKS:
        yield start, len(before) - end, start, len(now) - end
        return
    matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag != "equal":
            yield start + old_from, start + old_to, start + new_from, start + new_to


class _Row:
    """The words of some blocks in one row."""

    def __init__(self, blocks: Sequence[_Block]) -> None:
        self.blocks = blocks
        self.words = [word for block in blocks for word in block.words]
        self.firsts = [0]
        for block in blocks:
            self.firsts.append(self.firsts[-1] + len(block.words))

    def block_of(self, word: int) -> int:
        """The block that holds the word of this number."""
        return bisect_right(self.firsts, word) - 1

    def parts(self, first: int, end: int) -> list[_Part]:
        """These words, by block."""
        found = []
        while first < end:
            at = self.block_of(first)
            stop = min(end, self.firsts[at + 1])
            found.append(_Part(at, first - self.firsts[at], stop - self.firsts[at]))
            first = stop
        return found

    def is_whole(self, part: _Part) -> bool:
        """Whether it is all the words of its block."""
        return part.first == 0 and part.end == len(self.blocks[part.block].words)

    def edge(self, word: int, before: bool) -> _Part | None:
        """No word, beside the one of this number: after it, or `before` it."""
        if not 0 <= word < len(self.words):
            return None
        at = self.block_of(word)
        place = word - self.firsts[at] + (not before)
        return _Part(at, place, place)


class _Part(NamedTuple):
    """Words of one block, from one to before another; maybe none, at a place between two."""

    block: int
    first: int
    end: int


# -- where both differ -----------------------------------------------------------------------------


class _Passage(NamedTuple):
    """A piece of a block's text; `block` is -1 for none."""

    block: int
    start: int
    end: int
    text: str


class _Place(NamedTuple):
    """What was said, and what is said instead."""

    old: _Passage
    new: _Passage


_NOWHERE = _Passage(-1, 0, 0, "")


def _places(old: _Row, new: _Row) -> Iterator[_Place]:
    """The changes of a stretch, each within a block, those of one sentence as one."""
    last: _Place | None = None
    for change in _changes(old, new):
        for before, now in _by_block(old, new, *change):
            place = _in_sentences(old, new, before, now)
            if last and _touch(last.old, place.old) and _touch(last.new, place.new):
                last = _Place(
                    _joined(old.blocks, last.old, place.old),
                    _joined(new.blocks, last.new, place.new),
                )
                continue
            if last:
                yield last
            last = place
    if last:
        yield last


def _changes(old: _Row, new: _Row) -> Iterator[tuple[int, int, int, int]]:
    """Where words differ: from and to in the former row, in the new one."""
    before, now = old.words, new.words
    most = min(len(before), len(now))
    start = next((at for at in range(most) if before[at] != now[at]), most)
    end = next((at for at in range(most - start) if before[-1 - at] != now[-1 - at]), most - start)
    stop_old, stop_new = len(before) - end, len(now) - end
    runs = [(stop_old, stop_new, 0)]
    if (stop_old - start) * (stop_new - start) <= ALL_GAPS:
        middle = compared(before[start:stop_old], now[start:stop_new], start, start)
        runs = [*middle, *runs]
    last_old = last_new = start
    for at_old, at_new, size in runs:
        if (last_old, last_new) != (at_old, at_new):
            yield last_old, at_old, last_new, at_new
        last_old, last_new = at_old + size, at_new + size


def _by_block(
    old: _Row, new: _Row, old_from: int, old_to: int, new_from: int, new_to: int
) -> Iterator[tuple[_Part | None, _Part | None]]:
    """A change cut where blocks end: what continues a block beside what continues its counterpart,
    whole blocks beside whole ones where there are as many, alone otherwise."""
    before, now = old.parts(old_from, old_to), new.parts(new_from, new_to)
    ends: list[tuple[_Part | None, _Part | None]] = []
    if (before and before[0].first) or (now and now[0].first):
        one = before.pop(0) if before and before[0].first else old.edge(old_from - 1, before=False)
        other = now.pop(0) if now and now[0].first else new.edge(new_from - 1, before=False)
        yield one, other
    if (before and not old.is_whole(before[-1])) or (now and not new.is_whole(now[-1])):
        partly = before and not old.is_whole(before[-1])
        one = before.pop() if partly else old.edge(old_to, before=True)
        partly = now and not new.is_whole(now[-1])
        other = now.pop() if partly else new.edge(new_to, before=True)
        ends.append((one, other))
    if len(before) == len(now):
        yield from zip(before, now, strict=True)
    else:
        yield from ((part, None) for part in before)
        yield from ((None, part) for part in now)
    yield from ends


def _in_sentences(old: _Row, new: _Row, before: _Part | None, now: _Part | None) -> _Place:
    """The sentences that hold the change; none on a side where these are whole ones of the other."""
    was, is_ = _sentences_of(old, before), _sentences_of(new, now)
    if before and now and before.first == before.end:
        opens, ends = _limits(new, now, is_)
        was = _NOWHERE if opens and ends else _sentences_of(old, before, forward=opens)
    elif before and now and now.first == now.end:
        opens, ends = _limits(old, before, was)
        is_ = _NOWHERE if opens and ends else _sentences_of(new, now, forward=opens)
    return _Place(was, is_)


def _limits(row: _Row, part: _Part, passage: _Passage) -> tuple[bool, bool]:
    """Whether the words open their sentences, and whether they end them."""
    spans = row.blocks[part.block].spans
    opens = part.first == 0 or spans[part.first - 1][1] <= passage.start
    ends = part.end == len(spans) or spans[part.end][0] >= passage.end
    return opens, ends


def _sentences_of(row: _Row, part: _Part | None, forward: bool = False) -> _Passage:
    """The sentences of the block that hold these words; between two words, the one that goes on
    before that place, or `forward` after it."""
    if part is None:
        return _NOWHERE
    block = row.blocks[part.block]
    first, last = part.first, part.end - 1
    if part.first == part.end:
        first = last = min(part.first, len(block.spans) - 1) if forward else max(0, part.first - 1)
    start, end = block.spans[first][0], block.spans[last][1]
    bounds = list(sentences(block.text)) or [(0, len(block.text))]
    opening = max((at for at, _stop in bounds if at <= start), default=0)
    closing = min((stop for _at, stop in bounds if stop >= end), default=len(block.text))
    return _Passage(part.block, opening, closing, block.text[opening:closing].strip())


def _touch(one: _Passage, other: _Passage) -> bool:
    """Whether both are of one block, and of one sentence or none."""
    if one.block < 0 or other.block < 0:
        return False
    return one.block == other.block and other.start < one.end


def _joined(blocks: Sequence[_Block], one: _Passage, other: _Passage) -> _Passage:
    start, end = min(one.start, other.start), max(one.end, other.end)
    return _Passage(one.block, start, end, blocks[one.block].text[start:end].strip())
