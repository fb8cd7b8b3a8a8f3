"""The article's text among all that a page holds.

trafilatura finds it; what linked data calls the text corrects both ends of what it found, or stands
in for it; BeautifulSoup looks where neither found any. nh3 lets nothing but the elements of a text
through, and what they hold becomes blocks of plain text.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

import nh3
from lxml import etree

from newsdigest.base.records import Block
from newsdigest.read.page.boxes import without_boxes, without_cards
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
_INLINE = frozenset(
    str.split("a b strong i em span q cite sub sup br u small mark abbr time font wbr")
)
_SIBLINGS = frozenset(("p", "div", "h2", "h3", "h4", "ul", "ol", "blockquote"))
_LONGEST_CELL = 400
_SHORTEST_PARAGRAPH = 40
_FEWEST_LETTERS = 250
_LONGEST_HEADING = 160
_MOST_FIGURES = 20
_SAPO = re.compile(r"(?:^|[\s_-])sapo(?:$|[\s_-])")
_SIGNED_SAPO = re.compile(r"^\(?[A-ZĐ][A-ZĐO.]{1,7}\)? [-–] ")
_LONGEST_SAPO = 600

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def body_of_page(
    tree: Element, text: str, told: str, address: str, free: bool = True
) -> tuple[Block, ...]:
    """The text's blocks; `told` is what the page's linked data calls its text, "" if nothing. Not
    `free`: of a text that is sold a page shows a part, and linked data may have all of it."""
    blocks = _extracted(tree, address)
    said = blocks_of_html(told) if looks_marked_up(told) else blocks_of_text(told)
    if said:
        blocks = _by_what_is_said(blocks, said, 1 if free else 0)
    if _size(blocks) < _FEWEST_LETTERS:
        blocks = max(blocks, _looked_for(text), key=_size)
    return _with_lede(_as_in_page(_gaps_filled(blocks, tree), tree), tree)


def _with_lede(blocks: tuple[Block, ...], tree: Element) -> tuple[Block, ...]:
    """With the lede that Vietnamese pages set apart from the rest (`sapo`), where it was not found."""
    held = next(
        (one for one in tree.iterfind(".//*[@class]") if _SAPO.search(one.get("class"))), None
    )
    text = plain(held.text_content()) if held is not None and not is_beside(held) else ""
    text = _SIGNED_SAPO.sub("", text)
    known = letters(" ".join(block.tagged_text for block in blocks))
    if (
        not blocks
        or not _SHORTEST_PARAGRAPH <= len(text) <= _LONGEST_SAPO
        or letters(text) in known
    ):
        return blocks
    return (Block("paragraph", text=text), *blocks)


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

    page = without_boxes(without_cards(_with_paragraphs(deepcopy(tree))))
    try:
        found = bare_extraction(
            page,
            url=address or None,
            favor_precision=True,
            include_comments=False,
            include_tables=True,
            deduplicate=False,
            with_metadata=False,
        )
    except Exception:  # of others, on markup nobody foresaw: the page is looked through otherwise
        return ()
    body = getattr(found, "body", None)
    return blocks_of_html(_clean(_as_html(body))) if body is not None else ()


def _with_paragraphs(tree: Element) -> Element:
    """The page with its paragraphs called so: many are written as bare `div`s."""
    for one in tree.iter("div"):
        if any(child.tag not in _INLINE for child in one):
            continue
        text = " ".join(one.text_content().split())
        links = sum(len(link.text_content()) for link in one.iter("a"))
        if len(text) >= _SHORTEST_PARAGRAPH and 3 * links < len(text):
            one.tag = "p"
    return tree


def _gaps_filled(blocks: tuple[Block, ...], tree: Element) -> tuple[Block, ...]:
    """With the headings and paragraphs that stand in the page between two that were found, as their
    siblings, and that extraction took for something else."""
    places = {letters(one.tagged_text): at for at, one in enumerate(blocks) if one.tagged_text}
    missing: dict[int, list[Block]] = {}
    for parent in {one.getparent(): None for one in tree.iter("p", "h2", "h3", "h4", "ul")}:
        children = [one for one in parent if one.tag in _SIBLINGS and not _is_holder(one)]
        keys = [letters(one.text_content()) for one in children]
        known = [at for at, key in enumerate(keys) if key in places]
        end = known[-1] if known else 0
        if len(known) > 1 and end + 1 < len(children) and children[end + 1].tag in ("ul", "ol"):
            end += 2
        for at in range(known[0], end) if len(known) > 1 else ():
            block = _missed(children[at]) if keys[at] and keys[at] not in places else None
            if block is not None:
                before = max(one for one in known if one < at)
                missing.setdefault(places[keys[before]], []).append(block)
    if not missing:
        return blocks
    return tuple(one for at, block in enumerate(blocks) for one in (block, *missing.get(at, ())))


def _is_holder(element: Element) -> bool:
    return element.tag == "div" and any(one.tag not in _INLINE for one in element)


def _missed(element: Element) -> Block | None:
    text = plain(element.text_content())
    links = sum(len(link.text_content()) for link in element.iter("a"))
    if not text or 2 * links > len(text) or element.tag == "blockquote":
        return None
    if element.tag in ("ul", "ol"):
        return next((one for one in blocks_of(deepcopy(element)) if one.type == "list"), None)
    if element.tag not in ("p", "div"):
        return Block("subheading", text=text) if len(text) <= _LONGEST_HEADING else None
    said = len(text) >= _SHORTEST_PARAGRAPH or text[-1] in ".:?!…»”"
    return Block("paragraph", text=text) if said else None


def _as_html(body: Element) -> str:
    for table in list(body.iter("table")):
        if any(_is_frame(cell) for cell in table.iter("cell")):
            for one in (table, *table.iter("row", "cell")):
                one.tag = "div"
    for one in body.iter():
        if one.tag == "head":
            one.tag = "h2"
        elif one.tag == "list":
            one.tag = "ol" if one.get("rend") == "ol" else "ul"
        elif one.tag in _NAMES:
            one.tag = _NAMES[one.tag]
    return str(etree.tostring(body, encoding="unicode", method="html"))


def _is_frame(cell: Element) -> bool:
    """A cell that holds a text, not a figure of a table."""
    return (
        len(list(cell.iter("p", "head", "list"))) > 1
        or len("".join(cell.itertext())) > _LONGEST_CELL
    )


def _clean(markup: str) -> str:
    return nh3.clean(
        markup, tags=set(_TEXT_TAGS), clean_content_tags={"script", "style"}, attributes={}
    )


def _looked_for(text: str) -> tuple[Block, ...]:
    """The text of the first of a page's usual holders that has any."""
    from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning

    warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # XHTML is read as what it shows
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


def _by_what_is_said(
    blocks: tuple[Block, ...], said: tuple[Block, ...], least: int
) -> tuple[Block, ...]:
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
            if len(whole) > 2 * max(common, 1) and len(whole) > 600 and len(said) > 2 * least
            else blocks
        )
    if common < 0.5 * found and len(whole) < 600:
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
