"""Wire text hard-wrapped at one width: headline, related lines, dateline and paragraphs rejoined.

A text is wrapped when nearly every line that another of its block follows is about as long as the
longest, and most lines go on in lower case. In such a text a line goes on in the next one when that
one's first word had no room left on it; lines with a mark of their own (lists, tables, photos,
related lines) and credits below a full stop begin anew. All other texts are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from newsdigest.read.credits import closing_credit
from newsdigest.read.furniture import (
    ends_article,
    is_furniture,
    list_mark,
    photo_line,
    related_headlines,
)
from newsdigest.read.head import begins_with_date
from newsdigest.read.normalise import Line
from newsdigest.text.sentences import count_sentences

_NARROWEST, _WIDEST = 56, 84
# How much shorter than the width a ragged line may be, and a full one for lost indents and spaces.
_RAGGED, _SLACK = 16, 4
_FEWEST = 2
_MOST_WIDTHS = 8
_LIST_REACH = 5

_ENDS = frozenset('.!?…»"”:;')
_NO_HEADLINE_END = frozenset(".…:;,")
_MARKS = frozenset(">›»→|•*+")
_DATE = re.compile(r"date ?:? [\d/.:TtZz+-]+(?: \d\d:\d\d\S*)? ", re.IGNORECASE)


def rejoined(lines: list[Line], known: Collection[str]) -> list[Line]:
    """The lines as they were before the wire cut them; `lines` itself where none was cut."""
    width = _width(lines)
    if not width:
        return _with_rest_of_headline(lines)
    kept: list[Line] = []
    begun, parts = lines[0], [lines[0].text]
    for at in range(1, len(lines)):
        if not _is_cut(lines, at, begun, width, known):
            kept.append(begun._replace(text=_rejoined(parts)))
            begun, parts = lines[at], []
        parts.append(lines[at].text)
    kept.append(begun._replace(text=_rejoined(parts)))
    return kept if len(kept) < len(lines) else lines


def _rejoined(parts: list[str]) -> str:
    """A word cut at its hyphen ("Saint-Orens") is one again."""
    for at in range(1, len(parts)):
        one, following = parts[at - 1], parts[at]
        if not (one[-1] == "-" and one[-2:-1].isalpha() and following[0].isalpha()):
            parts[at] = " " + following
    return "".join(parts)


def _with_rest_of_headline(lines: list[Line]) -> list[Line]:
    """A headline may be all that was long enough to be cut: no text begins in lower case."""
    head, rest = lines[0], lines[1] if len(lines) > 1 else None
    if rest is None or rest.block != head.block or not rest.text[0].islower():
        return lines
    alone = len(lines) < 3 or lines[2].block != head.block
    if not alone or _begins_anew(rest.text, head.text) or _cut_length(head.text) < _NARROWEST:
        return lines
    return [head._replace(text=_rejoined([head.text, rest.text])), *lines[2:]]


def _width(lines: list[Line]) -> int:
    """The width the text is wrapped at, 0 for a text that is not."""
    pairs = [
        (len(one.text), following.text)
        for one, following in pairwise(lines[1:])
        if one.block == following.block and _is_prose(one.text) and _is_prose(following.text)
    ]
    if len(lines) > 1 and lines[0].block == lines[1].block and _is_prose(lines[1].text):
        pairs.append((_cut_length(lines[0].text), lines[1].text))
    if len(pairs) < _FEWEST:
        return 0
    if sum(len(line.text) > _WIDEST for line in lines[1:]) > len(pairs) // 2:
        return 0
    widths = {length for length, _ in pairs if _NARROWEST <= length <= _WIDEST}
    for width in sorted(widths, reverse=True)[:_MOST_WIDTHS]:
        cut = [text for length, text in pairs if width - _RAGGED <= length <= width]
        going_on = sum(text[0].islower() or text[0].isdigit() for text in cut)
        if len(cut) >= max(_FEWEST, len(pairs) * 3 // 4) and 3 * going_on >= len(cut):
            return width
    return 0


def _cut_length(head: str) -> int:
    """How long the head line is, without its date if it is too long with it; 0 if it is still."""
    date = _DATE.match(head)
    for length in (len(head), len(head) - date.end() if date else 0):
        if length <= _WIDEST:
            return length
    return 0


def _is_prose(text: str) -> bool:
    return text[0] not in _MARKS and "|" not in text and not list_mark(text)


def _is_cut(lines: list[Line], at: int, begun: Line, width: int, known: Collection[str]) -> bool:
    """Whether line `at` is the rest of the one above; `begun` is the first of that one's lines."""
    one, line = lines[at - 1].text, lines[at].text
    if lines[at - 1].block != lines[at].block or _begins_anew(line, begun.text):
        return False
    if "|" in one or photo_line(begun.text) is not None:
        return False
    full = _is_full(one, line, width)
    ragged = width - _RAGGED <= len(one) <= width + _SLACK
    if begun.number == lines[0].number or related_headlines(begun.text) is not None:
        return (full or ragged) and _ends_headline(lines, at, width)
    unended = one[-1] not in _ENDS
    if list_mark(line):
        return full and unended and not _is_listed(lines, at)
    if closing_credit(line, known) or ends_article(line) or is_furniture(line):
        return full and (unended or one.endswith(":"))
    if lines[at - 1] is begun and one.endswith("?") and not line[0].islower():
        return count_sentences(one) > 1  # else a question and its answer
    return full or (ragged and (unended or line[0].islower()))


def _is_full(one: str, following: str, width: int) -> bool:
    """Whether the first word of the next line had no room left; a date before may not count."""
    word = following.partition(" ")[0]
    date = _DATE.match(one)
    for length in (len(one), len(one) - date.end() if date else 0):
        if length <= width + _SLACK and length + 1 + len(word) > width - _SLACK:
            return True
    return False


def _begins_anew(line: str, begun: str) -> bool:
    """A row, a related line, a photo, a date; a » that closes what `begun` holds is none."""
    if "|" in line or photo_line(line) is not None:
        return True
    if related_headlines(line) is not None and (line[0] not in "»→" or begun[0] == line[0]):
        return True
    return begins_with_date(line) and _DATE.match(line) is not None


def _ends_headline(lines: list[Line], at: int, width: int) -> bool:
    """Whether line `at` can be the rest of a headline: text and headline may share a block."""
    line = lines[at].text
    if line[0].islower():
        return True
    below = lines[at + 1] if at + 1 < len(lines) else None
    last = (
        below is None
        or below.block != lines[at].block
        or _begins_anew(below.text, line)
        or not _is_full(line, below.text, width)
    )
    return last and line[-1] not in _NO_HEADLINE_END


def _is_listed(lines: list[Line], at: int) -> bool:
    """Another line near by in its block has the mark of a list."""
    block = lines[at].block
    near = lines[max(1, at - _LIST_REACH) : at] + lines[at + 1 : at + 1 + _LIST_REACH]
    return any(line.block == block and list_mark(line.text) for line in near)
