"""The lines below the headline to blocks: paragraphs, photos, lists, tables, related headlines.

Each line is first sorted by the first rule that fits it, by itself; then neighbours decide: a lone
row or list item is a paragraph, a photo may take the line before it as its caption.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from newsdigest.base.records import Block, BlockType
from newsdigest.read.credits import Credit, closing_credit
from newsdigest.read.furniture import (
    captioned_photo,
    ends_article,
    is_furniture,
    is_numbered,
    is_table_row,
    list_mark,
    photo_line,
    related_headlines,
    table_cells,
    without_bar,
)
from newsdigest.read.normalise import Line
from newsdigest.read.related import Headlines

_CLOSING_LINES = 3
_LONGEST_LONE_CAPTION = 160
_WRAPPED = 40
_SENTENCE_ENDS = frozenset('.!?…»"”')


class Body(NamedTuple):
    """`credits` are the closing lines', from top to bottom."""

    blocks: list[Block]
    credits: list[Credit]
    related: list[str]
    warnings: list[str]


class Sorted(NamedTuple):
    """A line and what it is: `row` and `list` become text when they stand alone.

    `headlines` belong to a related line, `caption` and `credit` to a photo.
    """

    kind: BlockType
    text: str
    block: int
    headlines: tuple[str, ...] = ()
    caption: str = ""
    credit: str = ""


def read_body(
    lines: list[Line], headline: str, known: Collection[str], lede_given: bool = False
) -> Body:
    """`lede_given` tells that the first line is the lede, whatever stands below it."""
    warnings: list[str] = []
    lines = _without_furniture(lines, warnings)
    lines, credits = _closing_credits(lines, known)
    pieces = _demoted([_sorted(line, known) for line in lines])
    pieces = _captioned(pieces, lede_given)
    related = Headlines(headline)
    blocks = list(_blocks(pieces, related, warnings))
    return Body(blocks, credits, related.kept, warnings)


def _without_furniture(lines: list[Line], warnings: list[str]) -> list[Line]:
    kept = []
    for line in lines:
        text = without_bar(line.text)
        if not text:
            continue
        if ends_article(text):
            warnings.append("W_BOILERPLATE")
            break
        if is_furniture(text):
            warnings.append("W_BOILERPLATE")
            continue
        kept.append(line if text is line.text else line._replace(text=text))
    return kept


def _closing_credits(lines: list[Line], known: Collection[str]) -> tuple[list[Line], list[Credit]]:
    """The lines without those that close the article with a credit, and the credits."""
    credits: list[Credit] = []
    skipped: list[Line] = []
    end = len(lines)
    for line in reversed(lines[-_CLOSING_LINES:]):
        credit = closing_credit(line.text, known)
        if credit:
            credits.append(credit)
        elif _is_aside(line.text, known):
            skipped.append(line)
        else:
            break
        end -= 1
    return lines[:end] + skipped[::-1], credits[::-1]


def _is_aside(text: str, known: Collection[str]) -> bool:
    return (
        related_headlines(text) is not None
        or photo_line(text) is not None
        or captioned_photo(text, known) is not None
    )


def _sorted(line: Line, known: Collection[str]) -> Sorted:
    _, text, block = line
    headlines = related_headlines(text)
    if headlines is not None:
        return Sorted("related", text, block, tuple(headlines))
    if ":" in text:
        credit = photo_line(text)
        if credit is not None:
            return Sorted("photo", text, block, credit=credit)
        photo = captioned_photo(text, known)
        if photo is not None:
            return Sorted("photo", text, block, caption=photo.caption, credit=photo.credit)
    if is_table_row(text):
        return Sorted("table", text, block)
    return Sorted("list" if list_mark(text) else "paragraph", text, block)


def _demoted(pieces: list[Sorted]) -> list[Sorted]:
    """Rows and items that have no neighbour of their kind become paragraphs."""
    return [
        piece._replace(kind="paragraph")
        if piece.kind in ("table", "list")
        and not (at and _in_a_row(pieces[at - 1], piece))
        and not (at + 1 < len(pieces) and _in_a_row(piece, pieces[at + 1]))
        else piece
        for at, piece in enumerate(pieces)
    ]


def _in_a_row(one: Sorted, next_one: Sorted) -> bool:
    """A blank line ends a table, not a list."""
    if one.kind != next_one.kind:
        return False
    return one.kind != "table" or one.block == next_one.block


def _captioned(pieces: list[Sorted], lede_given: bool) -> list[Sorted]:
    """Photos take the caption that stands before them."""
    kept: list[Sorted] = []
    for piece in pieces:
        if piece.kind == "photo" and not piece.caption and len(kept) > lede_given:
            caption = _caption_before(kept, piece)
            if caption:
                del kept[-len(caption) :]
                piece = piece._replace(caption=" ".join(line.text for line in caption))
        kept.append(piece)
    return kept


def _caption_before(kept: list[Sorted], photo: Sorted) -> list[Sorted]:
    """The line before in the same block, or a short block that follows a related line."""
    last = kept[-1]
    if last.kind != "paragraph":
        return []
    if last.block == photo.block:
        return [last]
    start = len(kept)
    length = -1
    while start and kept[start - 1].kind == "paragraph" and kept[start - 1].block == last.block:
        start -= 1
        length += 1 + len(kept[start].text)
        if length > _LONGEST_LONE_CAPTION:
            return []
    if not start or kept[start - 1].kind != "related":
        return []
    return kept[start:]


def _blocks(pieces: list[Sorted], related: Headlines, warnings: list[str]) -> Iterator[Block]:
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        end = at + 1
        while end < len(pieces) and _in_a_row(pieces[end - 1], pieces[end]):
            end += 1
        run = pieces[at:end]
        at = end
        if piece.kind == "paragraph":
            yield from (Block("paragraph", text=text) for text in _joined(run))
        elif piece.kind == "photo":
            yield from (Block("photo", caption=one.caption, credit=one.credit) for one in run)
        elif piece.kind == "table":
            yield Block("table", rows=tuple(table_cells(row.text) for row in run))
        elif piece.kind == "list":
            items = tuple(item.text[list_mark(item.text) :] for item in run)
            yield Block("list", items=items, ordered=all(is_numbered(item.text) for item in run))
        else:
            headlines = [headline for line in run for headline in line.headlines]
            if "" in headlines:
                warnings.append("W_RELATED_EMPTY")
            kept = tuple(line for line in headlines if line and related.keep(line))
            if kept:
                yield Block("related", items=kept)


def _joined(lines: list[Sorted]) -> Iterator[str]:
    """Paragraphs from lines: a wrapped line is joined to the next of its block."""
    parts: list[str] = []
    length = 0
    block = -1
    for line in lines:
        text = line.text
        if parts:
            wrapped = length >= _WRAPPED or text[0].islower()
            if line.block == block and wrapped and parts[-1][-1] not in _SENTENCE_ENDS:
                parts.append(text)
                length += 1 + len(text)
                continue
            yield " ".join(parts)
        parts = [text]
        length = len(text)
        block = line.block
    if parts:
        yield " ".join(parts)
