"""HTML, XHTML and NITF bodies to blocks of plain text.

Paragraphs, subheadings, lists, tables and captions are kept, quotations as paragraphs; links, bold
and the names that NITF marks are their text. Scripts, forms and buttons are dropped. What is inside
an element that nobody knows is read as if the element were not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from newsdigest.base.records import Block
from newsdigest.read.normalise import compose
from newsdigest.read.wire.safe_xml import Element, name_of, said

_DROPPED = frozenset(
    str.split(
        "script style template noscript svg math iframe object embed applet form button input select"
        " textarea nav head title meta link base audio video source track canvas map media-reference"
        " media-metadata media-object body.end tobject"
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "subtitle"))
_LISTS = frozenset(("ul", "ol", "dl", "menu", "dir"))
_ITEMS = frozenset(("li", "dt", "dd"))
_FIGURES = frozenset(("figure", "media"))
_PREFORMATTED = frozenset(("pre", "nitf-table", "fixed", "tabular"))
_BLOCKS = frozenset(
    str.split(
        "p div section article aside header footer main body html address blockquote bq block center"
        " fieldset details summary hgroup hr td th tr caption credit tagline note q-block datasource"
        " body.content body.head para lead paragraph abstract"
    )
)
_BOLD = frozenset(("b", "strong"))
_LONGEST_SUBHEADING = 90
_SENTENCE_ENDS = frozenset('.!?…»"”:')
_NO_SUBHEADING_ENDS = frozenset('.,;:…!»"”)')
_WRAPPED = 40
_COLUMNS = re.compile(r" {2,}|\t|\.{4,} ?")
_BREAK = "\x1e"
_SPACES = re.compile(r"[^\S\x1e]+")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1d\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_TAG = re.compile(
    r"</?(?:p|br|div|span|strong|b|i|em|a|h[1-6]|ul|ol|li|table|blockquote|html|body|figure)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?P<caption>.*?)(?:Foto|Photo|Bild|Ảnh|Crédit|Credit|Picture by) ?: ?(?P<credit>[^:]{2,80})",
    re.IGNORECASE,
)
_CREDIT_CLASS = re.compile(r"credit|copyright|photographer|author|source", re.IGNORECASE)


def looks_marked_up(text: str) -> bool:
    """Whether a text holds tags of HTML, so that it is read as HTML."""
    return "<" in text and _TAG.search(text) is not None


def blocks_of_html(text: str) -> tuple[Block, ...]:
    """The blocks of a piece of HTML, however broken; none for what holds no text."""
    text = text.replace("\x00", "").strip()
    if not text:
        return ()
    try:
        root = html.document_fromstring(text.encode(), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ()
    return blocks_of(root)


def blocks_of(*elements: Element) -> tuple[Block, ...]:
    """The blocks of these elements, one after the other."""
    writer = _Writer()
    for element in elements:
        writer.read(element)
        writer.end()
    return tuple(writer.blocks)


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """The paragraphs of plain text: those blank lines part; without any, each line is one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n\n").strip("\n")
    pieces = re.split(r"\n[^\S\n]*\n", text)
    if len(pieces) == 1:
        pieces = [_BREAK.join(text.split("\n"))]
    writer = _Writer()
    for piece in pieces:
        writer.inline.append(piece)
        writer.end()
    return tuple(writer.blocks)


def plain(text: str | None) -> str:
    """One line of clean text: composed, without invisible signs, every run of spaces one space."""
    return compose(" ".join(_UNSEEN.sub("", text or "").replace(_BREAK, " ").split()))


def plain_html(text: str | None) -> str:
    """One line of clean text out of HTML; a text without tags and characters of HTML is itself."""
    if not text or not ("<" in text or "&" in text):
        return plain(text)
    try:
        root = html.fragment_fromstring(
            text.replace("\x00", "").encode(), create_parent="div", parser=_parser()
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return plain(text)
    return plain(said(root))


def rows_of_columns(lines: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The rows of a table set in fixed columns, cut where two spaces or a row of dots stand."""
    cut = (tuple(plain(cell) for cell in _COLUMNS.split(line.strip())) for line in lines)
    return tuple(row for row in (tuple(cell for cell in cells if cell) for cells in cut) if row)


def _parser() -> html.HTMLParser:
    return html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )


@dataclass
class _Writer:
    """Collects inline text until a block ends it."""

    blocks: list[Block] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)

    def read(self, element: Element) -> None:
        name = name_of(element)
        if name in _DROPPED or not name:
            return
        if name == "br":
            self.inline.append(_BREAK)
        elif name in _HEADINGS:
            self.heading(_inline(element))
        elif name in _LISTS:
            self.listed(element, name)
        elif name == "table":
            self.table(element)
        elif name in _FIGURES:
            self.photo(element)
        elif name in _PREFORMATTED:
            self.preformatted(said(element))
        elif name in _BLOCKS:
            self.end()
            bold = name == "p" and _wholly_bold(element)
            self.inside(element)
            self.end(bold)
        else:
            self.inside(element)

    def inside(self, element: Element) -> None:
        if element.text:
            self.inline.append(element.text)
        for one in element:
            self.read(one)
            if one.tail:
                self.inline.append(one.tail)

    def end(self, bold: bool = False) -> None:
        """The inline text so far is one paragraph, or several if breaks part it."""
        if not self.inline:
            return
        whole = "".join(self.inline)
        self.inline = []
        for text in _parted(whole):
            if bold and self.blocks and _may_head(text):
                self.blocks.append(Block("subheading", text=text))
            else:
                self.blocks.append(Block("paragraph", text=text))

    def heading(self, text: str) -> None:
        self.end()
        if text:
            short = len(text) <= 2 * _LONGEST_SUBHEADING
            self.blocks.append(Block("subheading" if short else "paragraph", text=text))

    def listed(self, element: Element, name: str) -> None:
        self.end()
        items = tuple(filter(None, (_own(item) for item in _items(element))))
        if items:
            self.blocks.append(Block("list", items=items, ordered=name == "ol"))
        else:
            self.inside(element)
            self.end()

    def table(self, element: Element) -> None:
        self.end()
        found = [[cell for cell in row if name_of(cell) in ("td", "th")] for row in _rows(element)]
        if max(map(len, found), default=0) < 2:  # a frame around text
            for one in element:
                self.read(one)
            self.end()
            return
        rows = tuple(tuple(_inline(cell) for cell in row) for row in found)
        rows = tuple(row for row in rows if any(row))
        if rows:
            self.blocks.append(Block("table", rows=rows))

    def photo(self, element: Element) -> None:
        self.end()
        caption = credit = ""
        for one in element.iter():
            name = name_of(one)
            if name in ("figcaption", "media-caption", "caption"):
                caption = caption or _inline(one)
            elif name in ("media-producer", "credit") or _CREDIT_CLASS.search(
                one.get("class") or ""
            ):
                credit = credit or _inline(one)
        if credit and caption != credit:
            caption = caption.removesuffix(credit).rstrip(" (|-–—/")
        signed = _SIGNED.fullmatch(caption) if not credit else None
        if signed:
            caption, credit = signed["caption"].rstrip(" (["), signed["credit"].rstrip(" )].")
        kind = (element.get("media-type") or "image").lower()
        if (caption or credit) and kind in ("image", "photo", "picture", "graphic"):
            self.blocks.append(Block("photo", caption=caption, credit=credit))
        elif not caption and next((one for one in element.iter("table", "p")), None) is not None:
            self.inside(element)
            self.end()

    def preformatted(self, text: str) -> None:
        self.end()
        for piece in re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n")):
            lines = [line for line in piece.split("\n") if line.strip()]
            if len(lines) > 1 and 2 * sum(
                bool(_COLUMNS.search(one.strip())) for one in lines
            ) > len(lines):
                self.blocks.append(Block("table", rows=rows_of_columns(lines)))
            elif lines:
                self.inline.append(_BREAK.join(lines))
                self.end()


def _parted(text: str) -> Iterator[str]:
    """Paragraphs of a text whose breaks are marked: a single one may only cut a line."""
    text = compose(_UNSEEN.sub("", text))
    parts = [part.strip() for part in _SPACES.sub(" ", text).split(_BREAK)]
    begun = ""
    for part in parts:
        if not part or (begun and not _goes_on(begun, part)):
            if begun:
                yield begun
            begun = part
        else:
            begun = f"{begun} {part}" if begun else part
    if begun:
        yield begun


def _goes_on(one: str, following: str) -> bool:
    if one[-1] in _SENTENCE_ENDS or following[0] in "-–—•*":
        return False
    return following[0].islower() or (len(one) >= _WRAPPED and not following[0].isdigit())


def _may_head(text: str) -> bool:
    return 2 < len(text) <= _LONGEST_SUBHEADING and text[-1] not in _NO_SUBHEADING_ENDS


def _wholly_bold(element: Element) -> bool:
    """`<p><b>Words</b></p>`: nothing but bold."""
    inner = [one for one in element if name_of(one) != "br"]
    if len(inner) != 1 or name_of(inner[0]) not in _BOLD or (element.text or "").strip():
        return False
    return not any((one.tail or "").strip() for one in element)


def _inline(element: Element) -> str:
    pieces = []
    for event, one in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if name_of(one) in _DROPPED:
                continue
            if name_of(one) in ("br", "p", "div", "li"):
                pieces.append(" ")
            if one is element or name_of(one.getparent()) not in _DROPPED:
                pieces.append(one.text or "")
        elif one is not element:
            pieces.append(one.tail or "")
    return plain("".join(pieces))


def _own(item: Element) -> str:
    """The text of an item without the lists inside it: they are items of their own."""
    if not any(name_of(one) in _LISTS for one in item.iter() if one is not item):
        return _inline(item)
    writer = _Writer()
    writer.inline.append(item.text or "")
    for one in item:
        if name_of(one) not in _LISTS:
            writer.inline.append(_inline(one))
        writer.inline.append(one.tail or "")
    return plain("".join(writer.inline))


def _items(element: Element) -> Iterator[Element]:
    for one in element.iter():
        if name_of(one) in _ITEMS:
            yield one


def _rows(element: Element) -> Iterator[Element]:
    for one in element.iter():
        if name_of(one) == "tr" and next(one.iterancestors("{*}table", "table"), None) is element:
            yield one
