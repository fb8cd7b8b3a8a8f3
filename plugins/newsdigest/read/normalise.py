"""Text to clean lines: one kind of line break, composed letters, no invisible ink, no HTML.

Every step is linear in the text, and a clean text takes none of the slow ones.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5
from typing import NamedTuple
from unicodedata import combining, is_normalized, normalize

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")

# Two controls that no cleaned text holds mark, until the lines are cut, a break that HTML asked
# for and a line end that went with what was removed: reported line numbers are the file's own.
_BREAK, _GONE = "\x01", "\x02"

_BLOCK_TAGS = frozenset(
    str.split(
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
        " figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup html legend li main menu"
        " nav noscript ol optgroup option p pre search section select summary table tbody tfoot thead"
        " title tr ul"
    )
)
_CELL_TAGS = frozenset(("td", "th"))
_INLINE_TAGS = frozenset(
    str.split(
        "a abbr acronym applet area audio b base basefont bdi bdo big button canvas cite code col"
        " colgroup data datalist del dfn em embed font frame frameset hr i iframe img input ins kbd"
        " label link map mark meta meter noframes o:p object output param picture progress q rp rt ruby"
        " s samp script slot small source span strike strong style sub sup svg template textarea time"
        " track tt u var video wbr"
    )
)
_KNOWN_TAGS = _BLOCK_TAGS | _CELL_TAGS | _INLINE_TAGS | {"br"}
# A tag ends before the next "<" and crosses no blank line. Atomic groups: no way back, hence
# linear, whatever the quotes.
_TAG = re.compile(
    r"<(?:(?P<comment>!--)|(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:]{0,15}+)(?=[\s/>])"
    r"""(?P<attributes>(?>[^<>"'\n]++|"[^"<\n]*+"|'[^'<\n]*+'|["']|\n(?!\s*\n))*+)>)"""
)
_CLOSERS = {
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
}
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|([a-zA-Z][a-zA-Z0-9]{1,31}));")

_MOST_MARKS = 30  # combining marks on one letter; Unicode's own limit for streams
_FOREIGN_RUN = re.compile(rf"[^\x00-\x7f]{{{_MOST_MARKS + 1}}}")


class Line(NamedTuple):
    """A line that is not blank: its number in the file, and the number of its block."""

    number: int
    text: str
    block: int


def normalise(text: str) -> tuple[list[Line], list[str]]:
    """The lines that hold something, and the warnings for what was taken out."""
    warnings: list[str] = []
    text = text.replace("\r\n", "\n")
    if not text.replace("\n", "").isprintable():
        text = _clean(_LINE_BREAKS.sub("\n", text), warnings)
    text = compose(text)
    marked_up = False
    if "<" in text or "&" in text:
        stripped = _decode_entities(_strip_tags(text))
        marked_up = stripped != text
        text = stripped
    if marked_up:
        warnings.append("W_HTML")
        return _cut_marked(compose(text)), warnings
    return _cut(text), warnings


def compose(text: str) -> str:
    """NFC in linear time, whatever the order and number of the marks on a letter.

    Marks past the thirtieth on one letter are dropped: whoever folds the text later sorts them too.
    """
    if text.isascii() or is_normalized("NFC", text):
        return text
    if _FOREIGN_RUN.search(text):
        # Sorting n marks takes n² steps.
        kept = []
        marks = 0
        for char in text:
            marks = marks + 1 if combining(char) else 0
            if marks <= _MOST_MARKS:
                kept.append(char)
        text = "".join(kept)
    return normalize("NFC", text)


def _clean(text: str, warnings: list[str]) -> str:
    visible = _INVISIBLE.sub("", text)
    if len(visible) != len(text):
        warnings.append("W_INVISIBLE")
    plain = _CONTROL.sub("", visible)
    if len(plain) != len(visible):
        warnings.append("W_CONTROL")
    return plain


def _strip_tags(text: str) -> str:
    pieces: list[str] = []
    done = 0
    unclosed: set[str] = set()  # each closer is looked for in vain once, not once per opener
    for tag in _TAG.finditer(text):
        start, end = tag.span()
        if start < done:
            continue
        name = "comment" if tag["comment"] else tag["name"].lower()
        if name == "comment" or (name in _CLOSERS and not tag["close"]):
            closed = -1 if name in unclosed else _closed_at(text, end, name)
            if closed < 0:
                unclosed.add(name)
                if name == "comment":
                    continue
            else:
                end = closed
        elif not _is_tag(name, tag["attributes"]):
            continue
        pieces += (text[done:start], _GONE * text.count("\n", start, end))
        if name == "br":
            pieces.append(_BREAK)
        elif tag["close"] and name in _BLOCK_TAGS:
            pieces.append(_BREAK + _BREAK)
        elif name in _CELL_TAGS:
            pieces.append(" ")
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


def _closed_at(text: str, start: int, name: str) -> int:
    if name == "comment":
        close = text.find("-->", start)
        return close + 3 if close >= 0 else -1
    closer = _CLOSERS[name].search(text, start)
    return closer.end() if closer else -1


def _is_tag(name: str, attributes: str) -> bool:
    """A known tag; "a <b and c> d" is arithmetic, not bold."""
    if name not in _KNOWN_TAGS:
        return False
    return len(name) > 1 or "=" in attributes or not attributes.strip(" \t\n/")


def _decode_entities(text: str) -> str:
    return _ENTITY.sub(_decoded, text) if "&" in text else text


def _decoded(entity: re.Match[str]) -> str:
    name = entity[1]
    if name and name + ";" not in html5:
        return entity[0]
    char = _INVISIBLE.sub("", unescape(entity[0]))
    if char == "\n":
        return _BREAK
    if char.isspace():
        return " "
    return _CONTROL.sub("", char)


def _cut(text: str) -> list[Line]:
    lines = []
    block = 0
    blank = True
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = " ".join(raw.split())
        if not stripped:
            blank = True
            continue
        if blank:
            block += 1
            blank = False
        lines.append(Line(number, stripped, block))
    return lines


def _cut_marked(text: str) -> list[Line]:
    """As `_cut`, with line numbers that count what HTML added and what went with it."""
    lines = []
    block = 0
    number = 1
    blank = True
    for piece in re.split(f"(\n|{_BREAK})", text):
        if piece == "\n":
            number += 1
            continue
        if piece == _BREAK:
            continue
        stripped = " ".join(piece.replace(_GONE, "").split())
        if stripped:
            block += blank
            blank = False
            lines.append(Line(number, stripped, block))
        else:
            blank = True
        number += piece.count(_GONE)
    return lines
