"""The formats of raw files: told by their content first, by their suffix second. A new one begins here.

An id is a path without its suffix: of two formats of one name a plain `.txt` has it, the other one's tells
its format too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from newsdigest.base.records import Article, Rejection, package_of
from newsdigest.base.settings import ParseRules
from newsdigest.read.article import parse_article, too_large
from newsdigest.read.looks import is_mail, is_page
from newsdigest.read.wire.sniff import wire_family

if TYPE_CHECKING:
    from newsdigest.read.packages import Item
    from newsdigest.read.wire.formats import Wire

Parser = Callable[[bytes, str, ParseRules], Article | Rejection]

PLAIN = ".txt"
_TAGS = re.compile(rb"<(?:p|div|h1|body|html|article|br)\b[^<>]{0,500}>", re.IGNORECASE)
_HEADED = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:")
_WITH_PICTURES = 10
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The code of XML and JSON that hold no news: left out, as what is of no format.
NOT_NEWS = "E_NOT_NEWS"


def parse_wire(data: bytes, path: str, rules: ParseRules) -> Article | Rejection:
    """A file of a newsroom's wire format, of one article. What reads it is loaded when one is met."""
    wire = _wire(data, path, rules)
    if isinstance(wire, Article | Rejection):
        return wire
    return _only_article(wire, data, path, rules)


def _wire(data: bytes, path: str, rules: ParseRules) -> Wire | Article | Rejection:
    from newsdigest.read.wire.formats import read_wire

    if len(data) > rules.max_bytes:
        return too_large(path, len(data), rules.max_bytes)
    return read_wire(data, path, rules) or parse_article(data, path, rules)


def _only_article(wire: Wire, data: bytes, path: str, rules: ParseRules) -> Article | Rejection:
    from newsdigest.read.composed import Told, composed, refusal

    told = [one for one in wire.items if isinstance(one, Told)]
    if len(told) > 1:
        facts: dict[str, str | int] = {"format": wire.format, "articles": len(told)}
        return Rejection(path, "E_SEVERAL", None, facts)
    if told:
        return _of(wire.format, composed(told[0], data, path, rules))
    return next(refusal(one, path) for one in wire.items if not isinstance(one, Told))


def parse_every(data: bytes, path: str, rules: ParseRules) -> list[Article | Rejection]:
    """What a file of any format holds, each article of a package by itself."""
    found = parse_file(data, path, rules)
    if isinstance(found, Article | Rejection):
        return [found]
    return [item.read(rules) for item in found]


def parse_file(data: bytes, path: str, rules: ParseRules) -> Article | Rejection | list[Item]:
    """What a file of any format says: of one article, or of the several of a package, in its order."""
    parser = _parser(data, path)
    if parser is parse_wire:
        wire = _wire(data, path, rules)
        if isinstance(wire, Article | Rejection):
            return wire
        from newsdigest.read.packages import items_of_wire

        return items_of_wire(wire, path) or _only_article(wire, data, path, rules)
    if parser is parse_letter and len(data) <= most_bytes(path, rules) and is_mail(data):
        from newsdigest.read.packages import items_of_digest

        return items_of_digest(data, path, parse_letter) or parser(data, path, rules)
    return parser(data, path, rules)


def parse_named(data: bytes, path: str, rules: ParseRules) -> Article | Rejection | None:
    """The article that `path` names in these bytes of its file: the only one, or the one of its number;
    None where there is none of that number."""
    if not package_of(path):
        return parse_raw(data, path, rules)
    found = parse_file(data, package_of(path), rules)
    if isinstance(found, Article):
        return None
    if isinstance(found, Rejection):
        return found
    return next((item.read(rules) for item in found if item.path == path), None)


def parse_page(data: bytes, path: str, rules: ParseRules) -> Article | Rejection:
    """A saved web page; text that only bears its suffix is read as text."""
    if len(data) > most_bytes(path, rules):
        return too_large(path, len(data), most_bytes(path, rules))
    if not is_page(data) and not _TAGS.search(data):
        return parse_article(data, path, rules)
    from newsdigest.read.composed import Told, composed, refusal
    from newsdigest.read.page.page import FORMAT, read_page

    told = read_page(data, path, rules)
    if isinstance(told, Told):
        return _of(FORMAT, composed(told, data, path, rules))
    return refusal(told, path)


def parse_letter(data: bytes, path: str, rules: ParseRules) -> Article | Rejection:
    """A mail; what is attached to it is read by its own format."""
    if len(data) > most_bytes(path, rules):
        return too_large(path, len(data), most_bytes(path, rules))
    if data.startswith(_OLE):
        return Rejection(path, "E_BINARY", 1, {"outlook": 1})
    if not is_mail(data):
        return parse_article(data, path, rules)
    from newsdigest.read.mail import FORMAT, Readers, parse_mail

    return _of(FORMAT, parse_mail(data, path, rules, Readers(parse_article, parse_raw)))


def parse_piece(data: bytes, path: str, rules: ParseRules) -> Article | Rejection:
    """Markdown or reStructuredText with metadata; left out where nobody reads such files."""
    if not rules.pieces:
        return Rejection(path, NOT_NEWS, None, {"format": "Markdown/reStructuredText"})
    if len(data) > rules.max_bytes:
        return too_large(path, len(data), rules.max_bytes)
    from newsdigest.read.piece import parse_piece as parse

    suffix = raw_suffix(path).lower()
    return _of(
        "Markdown" if suffix != ".rst" else "reStructuredText", parse(data, path, suffix, rules)
    )


def _of(format: str, found: Article | Rejection) -> Article | Rejection:
    return replace(found, format=format) if isinstance(found, Article) else found


_WIRE = (
    ".json",
    ".ninjs",
    ".xml",
    ".nitf",
    ".newsml",
    ".rss",
    ".atom",
    ".anpa",
    ".iptc",
    ".tst",
    ".wire",
)
_PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".mht", ".webarchive")
_MAIL = (".eml", ".msg")
# As Pelican's readers have them.
PIECES = (".md", ".markdown", ".mkd", ".mdown", ".rst")

# In small letters; a file's may be in any case.
FORMATS: dict[str, Parser] = {
    PLAIN: parse_article,
    **dict.fromkeys(_WIRE, parse_wire),
    **dict.fromkeys(_PAGES, parse_page),
    **dict.fromkeys(_MAIL, parse_letter),
    **dict.fromkeys(PIECES, parse_piece),
}


def is_named_otherwise(article: Article) -> bool:
    """Whether the name of an article's file promises another format than was found in it."""
    suffix = raw_suffix(package_of(article.path) or article.path).lower()
    named = FORMATS.get(suffix)
    if named is None or named not in _OWN_SUFFIXES:
        return False
    return named is not {"": parse_article, "HTML": parse_page, "mail": parse_letter}.get(
        article.format, parse_wire
    )


_OWN_SUFFIXES = (parse_article, parse_wire, parse_page, parse_letter)


def raw_suffix(name: str) -> str:
    """The suffix that makes a file of this name raw copy, as it is written; "" for any other file."""
    stem, dot, end = name.rpartition(".")
    suffix = dot + end
    return suffix if stem and suffix.lower() in FORMATS else ""


def most_bytes(path: str, rules: ParseRules) -> int:
    """The largest file read of that name: pages and mails hold their pictures too."""
    heavy = raw_suffix(path).lower() in (*_PAGES, *_MAIL)
    return rules.max_bytes * (_WITH_PICTURES if heavy else 1)


def parse_raw(data: bytes, path: str, rules: ParseRules) -> Article | Rejection:
    """A raw file's bytes by what they are; by the name's suffix, where they do not tell; else text.

    `path` is relative to the content folder, with slashes. Any bytes give one or the other.
    """
    return _parser(data, path)(data, path, rules)


def _parser(data: bytes, path: str) -> Parser:
    named = FORMATS.get(raw_suffix(path).lower(), parse_article)
    # The metadata of a piece may pass for the headers of a mail.
    return named if named is parse_piece else _parser_of(data) or named


def _parser_of(data: bytes) -> Parser | None:
    """What reads these bytes, whatever they are called; None where they do not tell."""
    if wire_family(data):
        return parse_wire
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if data.startswith(b"bplist00") or start == b"<" or start == b"\xff" or start == b"\xfe":
        return parse_page if is_page(data) else None
    if _HEADED.match(data):
        return parse_page if is_page(data) else parse_letter if is_mail(data) else None
    return None
