"""The lines below the headline to blocks: paragraphs, photos, lists, tables, related headlines.

Each line is first sorted by the first rule that fits it, by itself; then neighbours decide: a lone
row or list item is a paragraph, a photo may take the line before it as its caption.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import NamedTuple

from newsdigest.base.records import Block, BlockType
from newsdigest.read.credits import Credit, agency_chain, closing_credit, ends_with_credit
from newsdigest.read.furniture import (
    captioned_photo,
    ends_article,
    headlines_behind,
    is_caption,
    is_furniture,
    is_invitation,
    is_note,
    is_numbered,
    is_related,
    is_table_row,
    is_table_rule,
    list_mark,
    longest_headline,
    named_photo,
    photo_line,
    related_headlines,
    table_cells,
    without_bar,
)
from newsdigest.read.normalise import Line
from newsdigest.read.related import Headlines, split_article

_CLOSING_LINES = 3
_LONGEST_LONE_CAPTION = 160
_SHORTEST_BODY = 80
_LONGEST_HEADLINE = 180
_WRAPPED = 40
_SENTENCE_ENDS = frozenset('.!?…»"”')


class Body(NamedTuple):
    """`credits` are those of the lines that open and close it, from top to bottom; `rows` those short ones that stand below
    one another: verses, results."""

    blocks: list[Block]
    credits: list[Credit]
    related: list[str]
    warnings: list[str]
    rows: frozenset[str]


class Sorted(NamedTuple):
    """A line and what it is: `row` and `list` become text when they stand alone.

    `headlines` belong to a related line, `caption`, `credit` and `file` to a photo.
    """

    kind: BlockType
    text: str
    block: int
    headlines: tuple[str, ...] = ()
    caption: str = ""
    credit: str = ""
    file: str = ""


def read_body(
    lines: list[Line], headline: str, known: Collection[str], lede_given: bool = False
) -> Body:
    """`lede_given` tells that the first line is the lede, whatever stands below it."""
    warnings: list[str] = []
    lines = _without_furniture(lines, warnings)
    lines = _up_to_credit(lines, known, warnings)
    lines, credits = _closing_credits(lines, known)
    if not lede_given:
        lines, opening = _opening_credit(lines, known)
        credits = [*opening, *credits]
    pieces = [piece for line in lines for piece in _sorted(line, known, warnings)]
    pieces = _demoted(_invited(_whole(pieces)))
    pieces = _lone_body(_captioned(pieces, lede_given, warnings), warnings)
    related = Headlines(headline)
    blocks = list(_blocks(pieces, related, warnings))
    if related.cites_itself:
        warnings.append("W_RELATED_SELF")
    return Body(blocks, credits, related.kept, warnings, _rows(pieces))


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


def _up_to_credit(lines: list[Line], known: Collection[str], warnings: list[str]) -> list[Line]:
    """The lines of the article that a `- VNA` closes, without those of another below it.

    Dispatches in brief are all signed: where the text above is signed too, or there is none, only
    what reads as a headline begins another article.
    """
    signed = {
        at
        for at, line in enumerate(lines)
        if _closes(line.text, known) and not _is_listed(lines, at)
    }
    for at in sorted(signed):
        after = _next_text(lines, at + 1, known)
        if after == len(lines):
            break
        before = at - 1
        while before >= 0 and not _is_text(lines, before, known):
            before -= 1
        unsigned = before >= 0 and before not in signed
        if unsigned or (after not in signed and _begins_article(lines, after)):
            warnings.append("W_ENDED")
            return lines[:after]
        warnings.append("W_CREDIT_INSIDE")
    return lines


def _next_text(lines: list[Line], at: int, known: Collection[str]) -> int:
    while at < len(lines) and not _is_text(lines, at, known):
        at += 1
    return at


def _is_text(lines: list[Line], at: int, known: Collection[str]) -> bool:
    """Neither a related line nor a photo, its caption or a credit that stands alone."""
    text = lines[at].text
    if _closes(text, known):
        return True
    if _is_aside(text, known) or closing_credit(text, known):
        return False
    below = lines[at + 1] if at + 1 < len(lines) else None
    return not (
        below
        and below.block == lines[at].block
        and _is_photo(below.text, known)
        and is_caption(text)
    )


def _closes(text: str, known: Collection[str]) -> bool:
    """Whether a line ends as an article does; `Photo : Jeanne Ollier - AFP` signs a picture."""
    if not ends_with_credit(text, known):
        return False
    return not _is_aside(text, known) and captioned_photo(text, known) is None


def _is_listed(lines: list[Line], at: int) -> bool:
    """An item beside others: a list may name agencies."""
    beside = [*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2]]
    return bool(list_mark(lines[at].text)) and any(list_mark(line.text) for line in beside)


def _begins_article(lines: list[Line], at: int) -> bool:
    text = lines[at].text
    headline = len(text) <= _LONGEST_HEADLINE and text[-1] not in ".…:;,"
    return headline and any(len(line.text) >= _WRAPPED for line in lines[at + 1 :])


def _closing_credits(lines: list[Line], known: Collection[str]) -> tuple[list[Line], list[Credit]]:
    """The lines without those that close the article with a credit, and the credits."""
    credits: list[Credit] = []
    skipped: list[Line] = []
    end = len(lines)
    for line in reversed(lines[-_CLOSING_LINES:]):
        credit = closing_credit(line.text, known)
        if credit:
            credits.append(credit)
        elif _is_aside(line.text, known) or is_note(line.text):
            skipped.append(line)
        else:
            break
        end -= 1
    return lines[:end] + skipped[::-1], credits[::-1]


def _opening_credit(lines: list[Line], known: Collection[str]) -> tuple[list[Line], list[Credit]]:
    """The lines without a byline that stands right below the headline, above the text.

    Where agencies alone stand further down too, what each says is told, and they are headings.
    """
    for at, line in enumerate(lines[:-1]):
        credit = closing_credit(line.text, known)
        if credit:
            below = lines[at + 1 :]
            if not credit.authors and any(agency_chain(one.text, known) for one in below):
                break
            return [*lines[:at], *below], [credit]
        if not _is_aside(line.text, known):
            break
    return lines, []


def _is_aside(text: str, known: Collection[str]) -> bool:
    if is_related(text) or _is_photo(text, known):
        return True
    photo = captioned_photo(text, known)
    return photo is not None and is_caption(photo.caption)


def _is_photo(text: str, known: Collection[str]) -> bool:
    return photo_line(text) is not None or named_photo(text, known) is not None


def _sorted(line: Line, known: Collection[str], warnings: list[str]) -> list[Sorted]:
    """What a line is; a headline with its article behind it, or a body with a credit, is two."""
    _, text, block = line
    headlines = related_headlines(text)
    if headlines is not None:
        return list(_related(line, headlines, known, warnings))
    if ":" in text:
        named = named_photo(text, known)
        if named is not None:
            return [Sorted("photo", text, block, (), named.caption, named.credit, named.file)]
        credit = photo_line(text)
        if credit is not None:
            return [Sorted("photo", text, block, credit=credit)]
        photo = captioned_photo(text, known)
        if photo is not None and is_caption(photo.caption):
            return [Sorted("photo", text, block, caption=photo.caption, credit=photo.credit)]
        if photo is not None:
            warnings.append("W_CAPTION_LONG")
            return [
                Sorted("paragraph", photo.caption, block),
                Sorted("photo", "", block, credit=photo.credit),
            ]
    if is_table_row(text):
        return [Sorted("table", text, block)]
    if list_mark(text):
        return [Sorted("list", text, block)]
    text, behind = headlines_behind(text)
    paragraph = Sorted("paragraph", text, block)
    return [paragraph, *(Sorted("related", text, block, (headline,)) for headline in behind)]


def _related(
    line: Line, headlines: list[str], known: Collection[str], warnings: list[str]
) -> Iterator[Sorted]:
    longest = longest_headline(line.text, headlines)
    for headline in headlines:
        article = ""
        if len(headline) > longest:
            warnings.append("W_RELATED_LONG")
            headline, article = split_article(headline, known)
        if headline or not article:
            yield Sorted("related", line.text, line.block, (headline,))
        if article:
            yield Sorted("paragraph", article, line.block)


def _whole(pieces: list[Sorted]) -> list[Sorted]:
    """A related line or an item that was cut takes its rest: no text of its block begins in lower case."""
    kept: list[Sorted] = []
    for piece in pieces:
        before = kept[-1] if kept else None
        if before and piece.kind == "paragraph" and _is_rest_of_headline(before, piece):
            headline = f"{before.headlines[0]} {piece.text}"
            kept[-1] = before._replace(headlines=(headline,))
        elif before and piece.kind == "paragraph" and _is_rest_of_item(before, piece):
            kept[-1] = before._replace(text=f"{before.text} {piece.text}")
        else:
            kept.append(piece)
    return kept


def _is_rest_of_headline(before: Sorted, piece: Sorted) -> bool:
    if before.kind != "related" or before.block != piece.block or not piece.text[0].islower():
        return False
    headline = before.headlines[0]
    length = len(headline) + 1 + len(piece.text)
    return bool(headline) and headline[-1] not in _SENTENCE_ENDS and length <= _LONGEST_HEADLINE


def _is_rest_of_item(before: Sorted, piece: Sorted) -> bool:
    if before.kind != "list" or before.block != piece.block or not piece.text[0].islower():
        return False
    return before.text[-1] not in _SENTENCE_ENDS and before.text[-1] not in ";:"


def _invited(pieces: list[Sorted]) -> list[Sorted]:
    """Items listed below a `Lire aussi :` are headlines; that line says nothing more."""
    kept: list[Sorted] = []
    inviting = False
    for at, piece in enumerate(pieces):
        if is_invitation(piece.text):
            below = pieces[at + 1] if at + 1 < len(pieces) else None
            inviting = below is not None and (below.kind == "related" or _may_be_headline(below))
            if not inviting:
                kept.append(piece)
            continue
        inviting = inviting and (piece.kind == "related" or _may_be_headline(piece))
        if inviting and piece.kind == "list":
            headline = piece.text[list_mark(piece.text) :]
            piece = piece._replace(kind="related", headlines=(headline,))
        kept.append(piece)
    return kept


def _may_be_headline(piece: Sorted) -> bool:
    """A list item that is no part of a sentence."""
    return (
        piece.kind == "list"
        and len(piece.text) <= _LONGEST_HEADLINE
        and piece.text[-1] not in ".;,:"
    )


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


def _captioned(pieces: list[Sorted], lede_given: bool, warnings: list[str]) -> list[Sorted]:
    """Photos take the caption that stands before them."""
    kept: list[Sorted] = []
    for piece in pieces:
        if piece.kind == "photo" and piece.text and not piece.caption and len(kept) > lede_given:
            before = _caption_before(kept, piece)
            caption = " ".join(line.text for line in before)
            if before and is_caption(caption):
                del kept[-len(before) :]
                piece = piece._replace(caption=caption)
            elif before:
                warnings.append("W_CAPTION_LONG")
        kept.append(piece)
    return kept


def _lone_body(pieces: list[Sorted], warnings: list[str]) -> list[Sorted]:
    """A caption that is all the text there is, and long enough, is the article's body."""
    captioned = [at for at, piece in enumerate(pieces) if piece.caption]
    if len(captioned) != 1 or any(piece.kind not in ("related", "photo") for piece in pieces):
        return pieces
    at = captioned[0]
    photo = pieces[at]
    if len(photo.caption) < _SHORTEST_BODY:
        return pieces
    warnings.append("W_CAPTION_LONG")
    text = Sorted("paragraph", photo.caption, photo.block)
    return [*pieces[:at], text, photo._replace(caption=""), *pieces[at + 1 :]]


def _caption_before(kept: list[Sorted], photo: Sorted) -> list[Sorted]:
    """The line before in the same block, or a short block that follows a related line."""
    last = kept[-1]
    if last.kind != "paragraph":
        return []
    start = len(kept)
    if last.block == photo.block:
        start -= 1
        while (
            start and kept[start - 1].kind == "paragraph" and _goes_on(kept[start - 1], kept[start])
        ):
            start -= 1
        return kept[start:]
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
            yield from (
                Block("photo", caption=one.caption, credit=one.credit, file=one.file) for one in run
            )
        elif piece.kind == "table":
            rows = tuple(table_cells(row.text) for row in run if not is_table_rule(row.text))
            if rows:
                yield Block("table", rows=rows)
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
    parts = [lines[0].text]
    length = len(parts[0])
    for one, line in pairwise(lines):
        if one.block == line.block and _goes_on(one, line, length):
            parts.append(line.text)
            length += 1 + len(line.text)
        else:
            yield " ".join(parts)
            parts = [line.text]
            length = len(line.text)
    yield " ".join(parts)


def _rows(pieces: list[Sorted]) -> frozenset[str]:
    """Lines that end no sentence, each in its block beside another such one."""
    rows: set[str] = set()
    for one, line in pairwise(pieces):
        both = one.kind == line.kind == "paragraph" and one.block == line.block
        if both and not {one.text[-1], line.text[-1]} & _SENTENCE_ENDS:
            rows |= {one.text, line.text}
    return frozenset(rows)


def _goes_on(one: Sorted, next_one: Sorted, length: int = 0) -> bool:
    """Whether a line was cut in its sentence; `length` is the paragraph's so far."""
    if one.block != next_one.block or one.text[-1] in _SENTENCE_ENDS:
        return False
    return max(length, len(one.text)) >= _WRAPPED or next_one.text[0].islower()
