"""Reads a page as browsers and readers with a screen reader do, and says what is wrong with it."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "br", "img", "source", "hr", "input", "line", "rect"})
PHRASING_ONLY = frozenset({"p", "h1", "h2", "h3", "span", "a", "time", "strong", "mark", "dt"})
BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "li", "table", "section", "article", "aside", "nav", "h1", "h2", "h3",
     "header", "footer", "main", "dl", "figure", "details"}
)  # fmt: skip
ONLY_IN = {
    "li": {"ul", "ol"},
    "tr": {"thead", "tbody"},
    "td": {"tr"},
    "th": {"tr"},
    "dt": {"div"},
    "summary": {"details"},
}


class Checker(HTMLParser):
    """Reads a page as a tree and keeps what is wrong with it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.wanted: set[str] = set()
        self.tags: Counter[str] = Counter()
        self.headings: list[int] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self.open[-1] if self.open else ""
        found = dict(attrs)
        if len(found) != len(attrs):
            self.faults.append(f"twice the same attribute on {tag}")
        if tag in BLOCKS and PHRASING_ONLY & set(self.open):
            self.faults.append(f"{tag} inside {'>'.join(self.open[-4:])}")
        if tag in ONLY_IN and parent not in ONLY_IN[tag]:
            self.faults.append(f"{tag} inside {parent}")
        if parent in {"ul", "ol"} and tag != "li":
            self.faults.append(f"{tag} in a list")
        if tag in {"a", "button"} and {"a", "button"} & set(self.open):
            self.faults.append(f"{tag} inside a link")
        self.faults += [f"{name} on {tag}" for name in found if name.startswith("on")]
        if "style" in found or tag == "style":
            self.faults.append(f"style on {tag}")
        if found.get("id"):
            self.ids[str(found["id"])] += 1
        for name in ("aria-labelledby", "aria-describedby"):
            self.wanted |= set((found.get(name) or "").split())
        if (found.get("href") or "").startswith("#"):
            self.wanted.add(str(found["href"])[1:])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        # A drawing's <title> is not the page's.
        self.tags["svg title" if tag == "title" and parent in ("svg", "circle") else tag] += 1
        self.attributes.append((tag, found))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")
