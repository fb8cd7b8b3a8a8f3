"""Finding any number of known names in an article, at word bounds, in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from newsdigest.base.records import Article
from newsdigest.entities.capitals import UPPER
from newsdigest.entities.document import HEADLINE
from newsdigest.entities.tagger import UNTAGGED_BLOCKS

Use = Literal["own", "short", "never"]


class Hit(NamedTuple):
    """A name of the file in a text: `use` is what the line `at` gives it for."""

    block: int
    start: int
    end: int
    text: str
    use: Use
    at: int


_SPACED = ("\u00a0", "\u202f", "\u2009", "-", "\u2010", "\u2011")
_APOSTROPHES = ("’", "ʼ", "‘", "`", "´")
_HYPHENS = frozenset("-\u2010\u2011")
_WORD = re.compile(r"[^\W_]+")
_CAPITALISED = re.compile(rf"[{UPPER}][^\W_]*")


def matching(text: str) -> str:
    """The text as names are looked for in it: one apostrophe, and spaces for hyphens.

    As long as `text`: offsets stay.
    """
    for sign in _SPACED:
        text = text.replace(sign, " ")
    for sign in _APOSTROPHES:
        text = text.replace(sign, "'")
    return text


class SurfaceIndex:
    """Finds any number of names in one pass: each by one of its words, a capitalised one if any."""

    __slots__ = ("anchors", "surfaces", "words")

    def __init__(self, surfaces: dict[str, tuple[Use, int]]) -> None:
        self.surfaces = dict(surfaces)
        for surface, meaning in surfaces.items():
            # "île de Ré" opens a sentence, too.
            self.surfaces.setdefault(surface[0].upper() + surface[1:], meaning)
        anchors: dict[str, set[tuple[int, int]]] = {}
        self.words = _CAPITALISED
        for surface in self.surfaces:
            words = list(_WORD.finditer(surface))
            capitals = [word for word in words if _CAPITALISED.match(word[0])]
            if not capitals:
                self.words = _WORD
            # Two surfaces with one anchor cost a look each: a long word has fewer.
            anchor = max(capitals or words, key=lambda word: (len(word[0]), -word.start()))
            anchors.setdefault(anchor[0], set()).add((anchor.start(), len(surface)))
        self.anchors = {word: tuple(sorted(places)) for word, places in anchors.items()}

    def hits(self, article: Article) -> list[Hit]:
        """Every occurrence at word bounds in what is tagged of the article, by block and start."""
        found: list[Hit] = []
        for block, text in _tagged_texts(article):
            self._find(block, text, found)
        return found

    def _find(self, block: int, text: str, found: list[Hit]) -> None:
        plain, anchors = matching(text), self.anchors
        for match in self.words.finditer(plain):
            places = anchors.get(match[0])
            if places is None:
                continue
            for offset, length in places:
                start = match.start() - offset
                meaning = self.surfaces.get(plain[start : start + length]) if start >= 0 else None
                if meaning is not None and _is_word(text, start, start + length):
                    end = start + length
                    found.append(Hit(block, start, end, text[start:end], *meaning))


def _tagged_texts(article: Article) -> Iterator[tuple[int, str]]:
    yield HEADLINE, article.headline
    for index, block in enumerate(article.blocks):
        if block.type not in UNTAGGED_BLOCKS:
            yield index, block.tagged_text


def _is_word(text: str, start: int, end: int) -> bool:
    """Neither within a word nor part of a hyphenated one: "Jean" is not in "Jean-Luc"."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before and (before[-1].isalnum() or (before[-1] in _HYPHENS and before[0].isalnum())):
        return False
    return not after or not (after[0].isalnum() or (after[0] in _HYPHENS and after[-1].isalnum()))
