"""Pages that hold something in the place of an article: told by what they say, if they say little."""

from __future__ import annotations

from functools import cache
from typing import Any

from newsdigest.base.records import Block, block_texts
from newsdigest.read.page.facts import Facts
from newsdigest.read.wire.markup import plain
from newsdigest.text.folding import fold
from newsdigest.text.word_lists import folded_list

Element = Any

# An article cut by a wall has a paragraph or two; other walls have none of it.
_STUB_WORDS = 130
_BARE_WORDS, _SAYING_WORDS = 90, 60
_BANNER_WORDS = 40
_PAGE_LETTERS = 60_000
_END = 400


def wall_of(tree: Element, facts: Facts, blocks: tuple[Block, ...]) -> str:
    """ "missing", "robot", "cookies" or "sold"; "" for a page that holds an article."""
    text = " ".join(block_texts(blocks))
    words = len(text.split())
    head = _folded(" ".join((facts.title, facts.headline)))
    said = _folded(text)
    for kind in ("missing", "robot") if words < _BARE_WORDS else ():
        if _says(kind, head) or (words < _SAYING_WORDS and _says(kind, said)):
            return kind
    if words < _BARE_WORDS and _says(
        "cookies", said if words > _BANNER_WORDS else _folded(_all(tree))
    ):
        return "cookies"
    if words >= 2 * _STUB_WORDS:
        return ""
    cut = words < _STUB_WORDS and not facts.free
    return "sold" if cut or _says("sold", said[-_END:]) else ""


def _all(tree: Element) -> str:
    pieces = (
        one.text or ""
        for one in tree.iter(
            "p", "div", "span", "h1", "h2", "h3", "h4", "button", "a", "strong", "b"
        )
    )
    return plain(" ".join(pieces)[:_PAGE_LETTERS])


def _folded(text: str) -> str:
    return fold(text[:_PAGE_LETTERS].replace("’", "'"))


def _says(kind: str, text: str) -> bool:
    return any(phrase in text for phrase in _phrases(kind))


@cache
def _phrases(kind: str) -> tuple[str, ...]:
    return tuple(sorted(folded_list("page_walls.txt", kind)))
