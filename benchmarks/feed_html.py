"""The HTML of feed entries as validators and careful readers look at it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

_ELEMENTS = (
    "a abbr audio b blockquote br caption cite code dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6"
    " hr i img ins li ol p picture pre q s small source span strong sub sup table tbody td tfoot th thead"
    " time tr u ul video"
)
_ATTRIBUTES = (
    "alt cite colspan controls datetime dir height href hreflang lang rowspan scope src srcset start title"
    " type width"
)
ELEMENTS = frozenset(_ELEMENTS.split())
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
ADDRESSES = frozenset({"href", "src", "poster", "cite"})
VOID = frozenset({"br", "hr", "img", "source"})
_AMPERSAND = re.compile(r"&(?!#?\w+;)")


def html_faults(html: str) -> Iterator[str]:
    """What is wrong with a piece of HTML, each fault once or more."""
    if not html:
        return
    if _AMPERSAND.search(html):
        yield "NotHtml: an ampersand that is not escaped"
    reader = _Reader()
    reader.feed(html)
    reader.close()
    yield from reader.faults
    if reader.opened:
        yield f"NotHtml: {reader.opened[-1]} is never closed"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS:
            self.faults.append(f"SecurityRisk: {tag}")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.faults.append(f"SecurityRiskAttr: {name}")
            if name in ADDRESSES:
                self._address(value or "")
            if name == "srcset":
                for one in (value or "").split(","):
                    self._address(one.split()[0] if one.split() else "")
        if tag not in VOID:
            self.opened.append(tag)

    def _address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            self.faults.append(f"ContainsRelRef: {url}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.faults.append(f"NotHtml: <{tag}/>")

    def handle_endtag(self, tag: str) -> None:
        if not self.opened or self.opened[-1] != tag:
            self.faults.append(f"NotHtml: </{tag}> closes nothing")
        else:
            self.opened.pop()

    def handle_comment(self, data: str) -> None:
        self.faults.append("NotHtml: a comment")

    def unknown_decl(self, data: str) -> None:
        self.faults.append("NotHtml: a declaration")

    handle_decl = handle_pi = unknown_decl
