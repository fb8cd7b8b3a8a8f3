"""Bytes to an XML tree, whoever made them: no entities of their own, no network, no DTD, bounded.

What stands before the root is taken off before anything is parsed, so that there is nothing to
open; HTML's named characters, which NITF's DTD knows, are put in their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple

from lxml import etree

Element = etree._Element

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_LATIN = frozenset(("iso-8859-1", "latin-1", "latin1", "iso8859-1", "windows-1252"))
_WIDE = frozenset(
    str.split(
        "shift_jis euc-jp iso-2022-jp gb2312 gbk gb18030 big5 euc-kr utf-16 utf-16le utf-16be"
    )
)
_PROLOGUE = re.compile(r"\s*(?:<\?[^>]{0,1000}?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[>]*(?P<inner>\[)?", re.IGNORECASE)
# Those of parameters bring in a DTD, which is never loaded.
_ENTITY = re.compile(r"<!ENTITY\s+[^%\s]", re.IGNORECASE)
_INNER_END = re.compile(r"\]\s*>")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_BARE_AMPERSAND = re.compile(r"&(?!#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_XML_NUMBERS = re.compile(
    r"&#(?:x0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2\d|3[01]));"
)
_MOST_MENDED = 4


class Tree(NamedTuple):
    """`warnings` are W_ codes: what had to be mended to read it."""

    root: Element
    warnings: tuple[str, ...]


class Fault(NamedTuple):
    """Why there is no tree: a word for the editor's message, and the line, 0 if unknown."""

    reason: str
    line: int = 0


def read_xml(data: bytes) -> Tree | Fault:
    """The root and what was mended, or the reason why there is none."""
    text, warnings = decoded(data)
    at = _end(_PROLOGUE, text, 0)
    doctype = _DOCTYPE.match(text, at)
    if doctype:
        at = doctype.end() + 1
        if doctype["inner"]:
            close = _INNER_END.search(text, doctype.end())
            inner = text[doctype.end() : close.start() if close else len(text)]
            if _ENTITY.search(inner):
                return Fault("entities", text.count("\n", 0, doctype.start()) + 1)
            at = close.end() if close else len(text)
        at = _end(_PROLOGUE, text, at)
    body = _NOT_XML.sub("", text[at:]).strip()
    if "&" in body:
        body = _BARE_AMPERSAND.sub("&amp;", _NAMED.sub(_character, _NOT_XML_NUMBERS.sub("", body)))
    if not body.startswith("<"):
        return Fault("no_root")
    return _parsed(body, text.count("\n", 0, at), warnings)


def _parsed(body: str, skipped: int, warnings: tuple[str, ...]) -> Tree | Fault:
    source = body.encode()
    try:
        return Tree(etree.fromstring(source, _parser()), warnings)
    except etree.XMLSyntaxError as error:
        line = skipped + (error.lineno or 0)
        if "xcessive depth" in str(error):
            return Fault("depth", line)
        parser = _parser(recover=True)
        try:
            root = etree.fromstring(source, parser)
        except etree.XMLSyntaxError:
            root = None
        if root is None or any("xcessive depth" in entry.message for entry in parser.error_log):
            return Fault("broken", line)
        return Tree(root, (*warnings, "W_MARKUP_MENDED"))


def _parser(recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
        recover=recover,
    )


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text by its byte order mark, its declaration, UTF-8, Windows-1252: the first that fits."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace"), ()
    if data[:4] == b"<\x00?\x00" or data[:4] == b"<\x00n\x00":
        return data.decode("utf-16-le", "replace"), ()
    declared = _DECLARED.match(data.lstrip()[:300])
    codec = declared[1].decode("ascii").lower() if declared else ""
    # Of one byte a character nearly everything is valid: what is UTF-8 is believed first.
    for tried in (codec, "utf-8") if codec in _WIDE else ("utf-8", codec):
        try:
            return data.decode("cp1252" if tried in _LATIN else tried or "utf-8"), ()
        except (UnicodeError, LookupError):
            continue
    return data.decode("cp1252", "replace"), ("W_ENCODING",)


def _character(entity: re.Match[str]) -> str:
    return html5.get(entity[1] + ";", "") or f"&amp;{entity[1]};"


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def name_of(element: Element) -> str:
    """The element's name without its namespace, in small letters; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def children(element: Element | None, *names: str) -> list[Element]:
    """The children of these names, whatever their namespace."""
    return [] if element is None else [one for one in element if name_of(one) in names]


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of the first name, its first child of the second, and so on."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if name_of(one) == name), None)
    return element


def below(element: Element | None, *names: str) -> Iterator[Element]:
    """Every element of these names below this one, in the order of the file."""
    if element is not None:
        yield from (one for one in element.iter() if one is not element and name_of(one) in names)


def first_below(element: Element | None, *names: str) -> Element | None:
    return next(below(element, *names), None)


def text_of(element: Element | None) -> str:
    """All the text of an element, its runs of spaces one space; "" for none."""
    if element is None:
        return ""
    if not len(element):
        return " ".join((element.text or "").split())
    return " ".join(said(element).split())


def said(element: Element) -> str:
    """All the text of an element, as it stands."""
    return "".join(map(str, element.itertext()))


def attribute(element: Element | None, *names: str) -> str:
    """The first of these attributes that says something, in any case and namespace."""
    if element is None:
        return ""
    for name in names:
        value = element.get(name)
        if value and value.strip():
            return value.strip()
    told = {str(key).rpartition("}")[2].lower(): str(value) for key, value in element.items()}
    return next((told[one.lower()].strip() for one in names if told.get(one.lower())), "")
