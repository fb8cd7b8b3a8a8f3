"""What a reader sees of a page, and a subscriber of a feed: as text, to be compared."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree, html

_ATOM = "{http://www.w3.org/2005/Atom}"
# What begins a line of its own, wherever it stands.
_LINES = frozenset((
    "p", "div", "section", "article", "header", "footer", "nav", "main", "aside", "ul", "ol", "li",
    "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "blockquote", "hr",
    "table", "tr", "form", "details", "summary", "br", "pre", "title", "body", "address",
))  # fmt: skip
_UNSEEN = frozenset(("script", "style", "template", "svg", "noscript"))
_SPACE = re.compile(r"\s+")


class SeenEntry(NamedTuple):
    """An entry of a feed, as subscribers have it: `lines` are its text."""

    id: str
    title: str
    updated: str
    link: str
    lines: tuple[str, ...]


def page_lines(data: bytes, main: bool = False) -> list[str]:
    """The page's visible text, a line for each block, its title first; spaces are plain ones.

    `main`: only what stands in the page's own part, if it has one.
    """
    if not data.strip():
        return []
    root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    found: list[str] = [_clean(root.findtext("head/title") or "")]
    body = root.find("body")
    part = root.find(".//main") if main else None
    shown = next(one for one in (part, body, root) if one is not None)
    return [line for line in found + _lines(shown) if line]


def feed_entries(data: bytes) -> dict[str, SeenEntry]:
    """The entries of an Atom feed, by id, in its order; none of what is no feed."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return {}
    found = {}
    for entry in root.iter(f"{_ATOM}entry"):
        link = entry.find(f"{_ATOM}link")
        content = entry.findtext(f"{_ATOM}content") or entry.findtext(f"{_ATOM}summary") or ""
        seen = SeenEntry(
            entry.findtext(f"{_ATOM}id", "").strip(),
            _clean(entry.findtext(f"{_ATOM}title", "")),
            entry.findtext(f"{_ATOM}updated", "").strip(),
            link.get("href", "") if link is not None else "",
            tuple(_fragment_lines(content)),
        )
        found[seen.id] = seen
    return found


def _fragment_lines(content: str) -> list[str]:
    return page_lines(f"<body>{content}</body>".encode()) if content.strip() else []


def _lines(element: html.HtmlElement) -> list[str]:
    lines, line = [], ""

    def end() -> None:
        nonlocal line
        lines.append(_clean(line))
        line = ""

    def walk(one: html.HtmlElement) -> None:
        nonlocal line
        is_shown = isinstance(one.tag, str) and one.tag not in _UNSEEN
        if is_shown:
            breaks = one.tag in _LINES
            if breaks:
                end()
            line += one.text or ""
            for child in one:
                walk(child)
            if breaks:
                end()
        line += one.tail or "" if one is not element else ""

    walk(element)
    end()
    return lines


def _clean(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
