"""What a page puts between its paragraphs, taken out before its text is looked for: rows of teasers,
lines that are a link to another article, boxes that their class names.

A box is small: a holder of the whole text that bears such a class too is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from newsdigest.text.folding import fold
from newsdigest.text.word_lists import listed

Element = Any

_CARD_HEADS = ("h2", "h3", "h4", "h5")
_FEWEST_CARDS, _LONGEST_CARD = 3, 400
_BOXES = frozenset(
    str.split(
        "div section aside ul ol p figure table h2 h3 h4 h5 h6 blockquote form li header footer cite"
    )
)
_LONGEST_BOX, _LONGEST_META = 700, 160
_MOST_PARAGRAPHS, _PARAGRAPH = 2, 80
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_TOKEN = re.compile(r"[a-z]+")
_LINES = ("p", "div", "li")
_INLINE = ("strong", "b", "em", "i", "span", "font", "u")
_LONGEST_LABEL, _SHORTEST_LINK, _LONGEST_LINK, _FEWEST_WORDS = 30, 20, 180, 4
_LABELLED = re.compile(r"[:|.›»>→–—-]$|^[^a-zà-ÿ]*$")


def without_cards(tree: Element) -> Element:
    """The page without rows of teasers: three elements of one kind or more, each a linked heading
    with a line or two."""
    rows: dict[tuple[Element, str], list[Element]] = {}
    for link in tree.iterfind(".//a"):
        heading = (
            link.getparent()
            if link.getparent() is not None and link.getparent().tag in _CARD_HEADS
            else None
        )
        if heading is None:
            heading = next(link.iterchildren(*_CARD_HEADS), None)
        card = heading.getparent() if heading is not None else None
        card = card.getparent() if card is not None and card.tag == "a" else card
        if (
            card is None
            or card.getparent() is None
            or card.tag not in ("div", "li", "section", "article")
        ):
            continue
        if len(" ".join(card.text_content().split())) <= _LONGEST_CARD:
            rows.setdefault((card.getparent(), card.tag), []).append(card)
    for cards in rows.values():
        distinct = list(dict.fromkeys(cards))  # a heading may hold several links
        for card in distinct if len(distinct) >= _FEWEST_CARDS else ():
            card.clear(keep_tail=True)
    return tree


def without_boxes(tree: Element) -> Element:
    """The page without link lines, and without what its class says is no text of the article."""
    for line in list(link_lines(tree)):
        line.clear(keep_tail=True)
    for one in list(tree.iterfind(".//*[@class]")):
        if one.tag in _BOXES and one.getparent() is not None and _is_box(one):
            one.clear(keep_tail=True)
    return tree


def link_lines(tree: Element) -> Iterator[Element]:
    """The lines that are a link to another article, alone or behind a short label; none of a page that
    is made of links."""
    found: list[Element] = []
    lists: dict[Element, bool] = {}
    for link in tree.iter("a"):
        line = link.getparent()
        while line is not None and line.tag in _INLINE:
            line = line.getparent()
        if line is None or line.tag not in _LINES or not _is_link_line(line, link):
            continue
        parent = line.getparent()
        if line.tag == "li" and parent not in lists:
            lists[parent] = _all_links(parent)
        if line.tag != "li" or lists[parent]:
            found.append(line)
    letters = sum(len(one.text or "") for one in tree.iter("p"))
    if sum(len(one.text_content()) for one in found) <= max(letters, 400):
        yield from found


def link_of(line: Element) -> str:
    """What the link of a link line says."""
    return " ".join(" ".join(link.text_content() for link in line.iter("a")).split())


def _all_links(parent: Element) -> bool:
    items = [(one, list(one.iter("a"))) for one in parent if one.tag == "li"]
    return all(len(links) == 1 and _is_link_line(one, links[0]) for one, links in items)


def _is_link_line(line: Element, link: Element) -> bool:
    """Whether this link, of this line, is all that it says."""
    said = " ".join(link.text_content().split())
    if not _SHORTEST_LINK <= len(said) <= _LONGEST_LINK or len(said.split()) < _FEWEST_WORDS:
        return False
    if (link.get("href") or "").startswith(("#", "mailto:")):
        return False
    whole = " ".join(line.text_content().split())
    label = whole.replace(said, "", 1).strip()
    return not label or (len(label) <= _LONGEST_LABEL and _LABELLED.search(label) is not None)


def _is_box(element: Element) -> bool:
    kinds = _kinds(element.get("class") or "")
    if not kinds:
        return False
    text = " ".join(element.text_content().split())
    if len(text) > (_LONGEST_BOX if "box" in kinds else _LONGEST_META):
        return False
    whole = sum(len(one.text_content()) > _PARAGRAPH for one in element.iter("p"))
    return whole <= _MOST_PARAGRAPHS and next(element.iter("h1"), None) is None


@cache
def _kinds(classes: str) -> frozenset[str]:
    """Which kinds of box a class names."""
    tokens = _TOKEN.findall(_CAMEL.sub("-", classes).lower())
    names = {*tokens, *(f"{one} {two}" for one, two in pairwise(tokens))}
    return frozenset(kind for kind in ("box", "meta") if names & _names(kind))


@cache
def _names(kind: str) -> frozenset[str]:
    return frozenset(map(fold, listed("page_boxes.txt", kind)))
