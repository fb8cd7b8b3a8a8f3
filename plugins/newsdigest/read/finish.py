"""Second looks at an article's blocks, when all of them are known.

Inline credits, repeated paragraphs, the dateline, the questions of an interview, subheadings, and
the lede in its place.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from newsdigest.base.records import Block
from newsdigest.read.credits import split_dateline, split_inline_credit, split_last_signature
from newsdigest.read.furniture import has_url, list_mark

_END_SIGN = "./."
_SHORTEST_TEASER = 30
_SHORTEST_REPEAT = 40
_SHORTEST_QUESTION = 15
_LONGEST_QUESTION = 200
_LONGEST_SUBHEADING = 90
_LONGEST_ASKING_SUBHEADING = 60
_NO_SUBHEADING_END = (".", ";", ":", ",", "…", "!", '"', "”", "»")
_QUOTES = ('"', "“", "«", "„", "‘", "'", "’", "‹")
# "12,5 %", "1.240 mètres", "3-1", "15h30": a figure taken out of a table or a chart.
_FIGURE = re.compile(
    r"(?:n° ?|no\.? )?[-+−±~≈<>(]?(?:[$€£¥₫] ?|USD |US\$ ?)?\d[\d \u00a0\u202f.,:/–-]*\)?"
    r"(?: ?(?:de |d['’])?(?:[%‰€$£¥₫]|°[CF]?|[kcm]?m[²³23]?|kg|g|t|ha|k[wW]h?|[MG][Ww]h?|km/h|h(?: ?\d\d)?|min|s|[KMG]o"
    r"|pts?|points?|tonnes?|tons?|heures?|hours?|jours?|days?|ans?|years?|mètres?|met(?:er|re)s?|mét"
    r"|kilomètres?|kilomet(?:er|re)s?|hectares?|degrés?|degrees?|milli?ons?|milliards?|billions?"
    r"|mille|pour cent|per ?cent|euros?|EUR|dollars?|USD|dongs?|dôngs?|VND|đồng|triệu|tỷ|nghìn"
    r"|e|er|re|ème|ère|th|st|nd|rd)(?!\w))*[.)]?"
)


def take_inline_credit(
    blocks: list[Block], known: Collection[str]
) -> tuple[list[Block], tuple[str, ...]]:
    """The blocks without a `- VNA` or `(VNA)` at the end of the last text, and its agencies."""
    blocks = [
        replace(block, text=_full_stop(block.text)) if block.text.endswith(_END_SIGN) else block
        for block in blocks
    ]
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        if block.type not in ("paragraph", "list"):
            continue
        last = block.text or block.items[-1]
        text, agencies = split_inline_credit(_full_stop(last), known)
        if not agencies:
            text, agencies = split_last_signature(text, known)
        text = _full_stop(text)
        if text != last and block.type == "list":
            blocks[at] = replace(block, items=(*block.items[:-1], text))
        elif text != last:
            blocks[at] = replace(block, text=text)
        return blocks, agencies
    return blocks, ()


def _full_stop(text: str) -> str:
    """An agency's end sign is a full stop."""
    if text.endswith(_END_SIGN) and len(text) > len(_END_SIGN):
        return text[: -len(_END_SIGN)].rstrip(" .") + "."
    return text


def drop_repeats(blocks: list[Block], headline: str) -> list[Block]:
    """Without teasers the next paragraph takes up, nor paragraphs met before; nor the headline, where
    it stands again above the text."""
    following = ""
    teasers = set()
    for at in range(len(blocks) - 1, -1, -1):
        if blocks[at].type == "paragraph":
            text = blocks[at].text
            if _is_teaser(text, following):
                teasers.add(at)
            following = text
    paragraphs = [at for at, block in enumerate(blocks) if block.type == "paragraph"]
    if len(paragraphs) > 1 and blocks[paragraphs[0]].text.casefold() == headline.casefold():
        teasers.add(paragraphs[0])
    kept = []
    seen = set()
    for at, block in enumerate(blocks):
        if block.type == "paragraph" and len(block.text) >= _SHORTEST_REPEAT:
            if at in teasers or block.text in seen:
                continue
            seen.add(block.text)
        elif at in teasers:
            continue
        kept.append(block)
    return kept


def _is_teaser(text: str, following: str) -> bool:
    if not text.endswith(("…", "...")):
        return False
    stem = text.rstrip(".… ")
    return len(stem) >= _SHORTEST_TEASER and following.startswith(stem)


def lede_first(blocks: list[Block]) -> list[Block]:
    for at, block in enumerate(blocks):
        if block.type == "paragraph":
            return [block, *blocks[:at], *blocks[at + 1 :]]
    return blocks


def take_dateline(
    blocks: list[Block], known: Collection[str]
) -> tuple[list[Block], str | None, tuple[str, ...]]:
    """The blocks (lede first) without the lede's dateline, that dateline and its agencies."""
    if not blocks or blocks[0].type != "paragraph":
        return blocks, None, ()
    found = split_dateline(blocks[0].text, known)
    if found is None:
        return blocks, None, ()
    dateline, agencies, text = found
    return [replace(blocks[0], text=text), *blocks[1:]], dateline, agencies


def mark_questions(blocks: list[Block]) -> list[Block]:
    """Blocks with the lede first; two questions make an interview."""
    asking = [
        at
        for at, following in _with_following(blocks)
        if at and _asks(blocks[at]) and following is not None and not _asks(following)
    ]
    if sum(len(blocks[at].text) >= _SHORTEST_QUESTION for at in asking) < 2:
        return blocks
    marked = list(blocks)
    for at in asking:
        text = blocks[at].text
        mark = list_mark(text)
        if len(text) >= _SHORTEST_QUESTION or mark:
            marked[at] = Block("question", text=text[mark:])
    return marked


def _with_following(blocks: list[Block]) -> list[tuple[int, Block | None]]:
    """The paragraphs' places, each with the next block that is neither photo nor related."""
    pairs = []
    following: Block | None = None
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        if block.type in ("photo", "related"):
            continue
        if block.type == "paragraph":
            pairs.append((at, following))
        following = block
    return pairs[::-1]


def _asks(block: Block) -> bool:
    """A paragraph that comes to end with a question is no question."""
    if block.type == "list":
        return block.tagged_text.endswith("?")
    return block.text.endswith("?") and len(block.text) <= _LONGEST_QUESTION


def mark_subheadings(blocks: list[Block], rows: Collection[str]) -> list[Block]:
    """Blocks with the lede first and the questions marked; none of the rows is a subheading."""
    interview = any(block.type == "question" for block in blocks)
    marked = list(blocks)
    following: Block | None = None
    for at in range(len(blocks) - 1, 0, -1):
        block = blocks[at]
        if block.type in ("photo", "related"):
            continue
        stands_above = following is not None and following.type != "subheading"
        short = block.type == "paragraph" and _is_short(block.text, interview)
        if short and stands_above and block.text not in rows:
            marked[at] = Block("subheading", text=block.text)
        following = marked[at]
    return marked


def _is_short(text: str, interview: bool) -> bool:
    if len(text) > _LONGEST_SUBHEADING or text.endswith(_NO_SUBHEADING_END):
        return False
    if text.endswith("?") and (interview or len(text) > _LONGEST_ASKING_SUBHEADING):
        return False
    if text.startswith(_QUOTES) or not any(map(str.isalnum, text)) or has_url(text):
        return False
    if text[0] in "([" and text[-1] in ")]":
        return False
    return _FIGURE.fullmatch(text) is None
