"""Whether a file is of a wire format, by its first bytes: asked of every file, so it loads nothing."""

from __future__ import annotations

import re

_LOOK = 4096
_PROLOGUE = re.compile(
    rb"\s*(?:<\?.{0,1000}?\?>\s*|<!--.{0,2000}?-->\s*|<!doctype[^\[>]{0,400}(?:\[.{0,2000}?\]\s*)?>\s*)*",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]{0,30}:)?([A-Za-z][\w.-]{0,30})[\s>/]")
_ROOTS = frozenset(
    str.split(
        "nitf newsml newsitem newsmessage packageitem conceptitem knowledgeitem planningitem rss rdf"
        " feed entry item channel"
    )
)
_NINJS = re.compile(
    rb'"(?:version_?created|versionCreated|pub_?status|pubStatus|body_?html|bodyHtml|body_?text'
    rb'|bodyText|body_xhtml|bodies|headlines|representationtype)"\s*:'
)
_PAGE = re.compile(rb"<(?:!doctype html|html)[\s>]", re.IGNORECASE)
_TELEX = re.compile(
    rb"[\x16\x00\s]*(?:\x01|\^A|ZCZC\b|[A-Za-z]{1,5}\s?\d{3,5}[ \x1f]|[A-Za-z] [A-Za-z][ \x13\x14\x11\x12]+[A-Za-z])"
)


def wire_family(data: bytes) -> str:
    """ "JSON", "XML" or "telex" for a wire file, "" for all others."""
    start = data[:_LOOK]
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start[:4]:
        start = start.replace(b"\x00", b"").lstrip(b"\xff\xfe")
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    first = start[:1]
    if first in (b"{", b"["):
        return "JSON" if _NINJS.search(start) or _NINJS.search(data) else ""
    if first == b"<":
        return "XML" if _is_wire_xml(start) else ""
    if _TELEX.match(start) and _is_telex(data):
        return "telex"
    return ""


def structured_family(data: bytes) -> str:
    """As `wire_family`, of a file whose suffix promises one: any XML but pages, any JSON."""
    start = (
        data[:_LOOK]
        .replace(b"\x00", b"")
        .lstrip(b"\xff\xfe")
        .removeprefix(b"\xef\xbb\xbf")
        .lstrip()
    )
    if start[:1] in (b"{", b"["):
        return "JSON"
    return "XML" if start[:1] == b"<" and not _PAGE.search(start) else ""


def _is_wire_xml(start: bytes) -> bool:
    prologue = _PROLOGUE.match(start)
    root = _ROOT.match(start, prologue.end() if prologue else 0)
    return root is not None and root[1].decode().lower() in _ROOTS


def _is_telex(data: bytes) -> bool:
    from newsdigest.read.wire.telex_headers import is_anpa, is_iptc7901, start_of

    text = start_of(data)
    return is_anpa(text) or is_iptc7901(text)
