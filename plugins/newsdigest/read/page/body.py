"""The article's text among all that a page holds.

trafilatura finds it; what linked data calls the text corrects both ends of what it found, or stands
in for it; BeautifulSoup looks where neither found any. nh3 lets nothing but the elements of a text
through, and what they hold becomes blocks of plain text.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

import nh3
from lxml import etree

from newsdigest.base.records import Block
from newsdigest.read.page.facts import is_beside, letters
from newsdigest.read.wire.markup import (
    blocks_of,
    blocks_of_html,
    blocks_of_text,
    looks_marked_up,
    plain,
)

Element = Any

# trafilatura's own names for what HTML calls otherwise.
_NAMES = {"item": "li", "quote": "blockquote", "row": "tr", "cell": "td", "lb": "br", "main": "div"}
_TEXT_TAGS = frozenset(
    str.split(
        "p div section article h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td th blockquote"
        " pre br b strong i em a span q cite figure figcaption sub sup"
    )
)
_UNREAD = frozenset(
    str.split(
        "script style noscript nav aside footer form button select textarea iframe svg title head"
    )
)
_HOLDERS = (
    "[itemprop=articleBody]",
    "article",
    "main",
    "[role=main]",
    "[class*=article-body]",
    "body",
)
_FEWEST_LETTERS = 250
_LONGEST_HEADING = 160
_MOST_FIGURES = 20

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def body_of_page(tree: Element, text: str, told: str, address: str) -> tuple[Block, ...]:
    """The text's blocks; `told` is what the page's linked data calls its text, "" if nothing."""
    blocks = _extracted(tree, address)
    said = blocks_of_html(told) if looks_marked_up(told) else blocks_of_text(told)
    if said:
        blocks = _by_what_is_said(blocks, said)
    if _size(blocks) < _FEWEST_LETTERS:
        blocks = max(blocks, _looked_for(text), key=_size)
    return _as_in_page(blocks, tree)


def photos_of_page(tree: Element) -> tuple[Block, ...]:
    """The captions of the pictures that stand in the article."""
    figures = [one for one in tree.iter("figure") if not is_beside(one)]
    inside = [
        one for one in figures if next(one.iterancestors("article", "main"), None) is not None
    ]
    found = [
        block for one in (inside or figures)[:_MOST_FIGURES] for block in blocks_of(deepcopy(one))
    ]
    photos = [block for block in found if block.type == "photo" and block.caption]
    return tuple({block.caption: block for block in photos}.values())


def _extracted(tree: Element, address: str) -> tuple[Block, ...]:
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            deepcopy(tree),
            url=address or None,
            favor_precision=True,
            include_comments=False,
            include_tables=True,
            deduplicate=False,
            with_metadata=False,
        )
    except (RecursionError, ValueError, TypeError, AttributeError, etree.LxmlError):
        return ()
    body = getattr(found, "body", None)
    return blocks_of_html(_clean(_as_html(body))) if body is not None else ()


def _as_html(body: Element) -> str:
    for one in body.iter():
        if one.tag == "head":
            one.tag = "h2"
        elif one.tag == "list":
            one.tag = "ol" if one.get("rend") == "ol" else "ul"
        else:
            one.tag = _NAMES.get(one.tag, one.tag)
    return str(etree.tostring(body, encoding="unicode", method="html"))


def _clean(markup: str) -> str:
    return nh3.clean(
        markup, tags=set(_TEXT_TAGS), clean_content_tags={"script", "style"}, attributes={}
    )


def _looked_for(text: str) -> tuple[Block, ...]:
    """The text of the first of a page's usual holders that has any."""
    from bs4 import BeautifulSoup

    try:
        soup = BeautifulSoup(text, "lxml")
        for one in soup.find_all(_UNREAD):
            one.decompose()
        for selector in _HOLDERS:
            found = [blocks_of_html(_clean(str(one))) for one in soup.select(selector)[:5]]
            best = max(found, key=_size, default=())
            if _size(best) >= _FEWEST_LETTERS or selector == "body":
                return best
    except (RecursionError, ValueError, AttributeError):
        pass
    return ()


def _by_what_is_said(blocks: tuple[Block, ...], said: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks from the first to the last that linked data knows too; its own text, where most of
    it was not found. What it says may be cut, or be a summary: then the end is left as found."""
    whole = letters(" ".join(block.tagged_text for block in said))
    told = [letters(block.tagged_text) for block in blocks]
    known = [bool(one) and one in whole for one in told]
    common = sum(len(one) for one, is_known in zip(told, known, strict=True) if is_known)
    found = sum(map(len, told))
    if common < 0.6 * len(whole):
        # Only a text of paragraphs may take the place of one.
        return (
            said
            if len(whole) > 2 * max(common, 1) and len(whole) > 600 and len(said) > 2
            else blocks
        )
    if common < 0.5 * found:
        return blocks
    first, last = known.index(True), len(known) - known[::-1].index(True)
    return blocks[first:last]


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(block.tagged_text) for block in blocks if block.type != "subheading")


def _as_in_page(blocks: tuple[Block, ...], tree: Element) -> tuple[Block, ...]:
    """Headings and items that were found as paragraphs are again what the page has them as."""
    kinds = _kinds(tree)
    found: list[Block] = []
    for block in blocks:
        kind = kinds.get(letters(block.text), "") if block.type == "paragraph" else ""
        if kind == "heading" and found:
            found.append(Block("subheading", text=block.text))
        elif kind == "item" and found and found[-1].type == "list":
            found[-1] = replace(found[-1], items=(*found[-1].items, block.text))
        elif kind == "item":
            found.append(Block("list", items=(block.text,)))
        else:
            found.append(block)
    return tuple(
        Block("paragraph", text=one.items[0]) if one.type == "list" and len(one.items) == 1 else one
        for one in found
    )


def _kinds(tree: Element) -> dict[str, str]:
    kinds: dict[str, str] = {}
    for one in tree.iter("h2", "h3", "h4", "h5", "li"):
        heading = one.tag != "li"
        if not heading and next(one.iterancestors("nav", "header", "footer"), None) is not None:
            continue
        text = plain(one.text_content()) if len(one) < 12 else ""
        if text and (not heading or len(text) <= _LONGEST_HEADING):
            kinds.setdefault(letters(text), "heading" if heading else "item")
    return kinds
