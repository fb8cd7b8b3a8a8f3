"""What a page adds to its text: invitations, buttons, and the headlines of other articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from newsdigest.base.records import Block
from newsdigest.read.furniture import ends_article, is_furniture, related_headlines
from newsdigest.read.page.facts import letters as letters_of
from newsdigest.read.page_words import is_navigation
from newsdigest.read.wire.markup import plain
from newsdigest.read.wire.moments import find_when
from newsdigest.text.folding import fold
from newsdigest.text.word_lists import folded_list

Element = Any

_LONGEST_INVITATION = 180
_SHORTEST_HEADLINE, _LONGEST_HEADLINE = 25, 180
_FEWEST_WORDS = 5
_MOST_RELATED = 8
_LONGEST_ABOVE = 60
_SHORTEST_PULLED, _LONGEST_PULLED = 18, 200
# Rights, a film's length, an invitation that ends with an address.
_NO_TEXT = re.compile(
    r"(?:©|\(c\)|copyright\b).{0,120}$|\(?with (?:agency |agencies )?inputs?\b.{0,60}$|\d{1,2}:\d\d\s*[-–|·]\s*\S.{0,60}$"
    r"|(?:follow|read|see|visit|watch|listen|find|subscribe|suivez|voir|xem)\b.{0,120}(?:https?://|www\.)\S+$",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"[—–-] ?[A-Z]{2,5}(?:/[A-Z]{2,5})*$")
_PUBLISHED = re.compile(r"publi|posted|updated|cập nhật|veröffentlicht", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?P<caption>.{8,260}?)(?:[(\[—–-]|(?<=[.!”\"]) ) ?"
    r"(?:(?:[A-Z]\w{1,9} )?(?:photos?|images?|picture|foto|bild|ảnh(?: minh họa)?|crédits?(?: photo)?|photo credit)"
    r"(?: ?[:|/–-]| courtesy of| by)) ?(?P<credit>[^()]{2,60}?)\.?[)\]]?",
    re.IGNORECASE,
)
_LONGEST_BUTTON = 30
_ASKING_STARTS = (
    "sign up",
    "subscribe",
    "join our",
    "get our",
    "inscri",
    "abonne",
    "recevez",
    "dang ky",
)
_ASKING_ENDS = (
    "sign up here",
    "subscribe here",
    "sign up now",
    "inscrivez-vous ici",
    "dang ky tai day",
)
_MOST_BLOCKS = 500
_HEADED = 40  # so many blocks may stand above a headline
_FEWEST_KEPT = 2  # of a text, what stands before a line that would end it


class Cleared(NamedTuple):
    """A text without what its page added, and the headlines it cites on lines of their own."""

    blocks: tuple[Block, ...]
    related: tuple[str, ...]
    removed: bool


def without_furniture(blocks: tuple[Block, ...], headline: str = "") -> Cleared:
    """The text's blocks without the rest; what stands above its `headline`, if that was found, is none."""
    blocks = _below(headline, blocks)
    kept: list[Block] = []
    related: list[str] = []
    below_invitation = False
    for block in _without_pulled(_without_marks(blocks)):
        text = block.text
        if block.type not in ("paragraph", "subheading") or not text:
            kept.append(block)
            continue
        cited = related_headlines(text) if len(text) <= _LONGEST_HEADLINE + 20 else None
        if cited is not None:
            related += [one for one in cited if one]
        elif (ends_article(text) or _heads_others(text)) and len(kept) >= _FEWEST_KEPT:
            if block.type == "subheading" or ends_article(text):
                break
        elif _invites(text):
            below_invitation = block.type == "subheading" and fold(text).startswith(_ASKING_STARTS)
            continue
        elif not (
            is_furniture(text) or is_navigation(text) or (below_invitation and _is_short(text))
        ):
            kept.append(block)
        below_invitation = False
    while kept and kept[-1].type == "subheading":
        kept.pop()
    kept = [
        replace(one, type="paragraph") if not at and one.type == "subheading" else one
        for at, one in enumerate(kept)
    ]
    return Cleared(tuple(kept), tuple(related), len(kept) < len(blocks))


def _below(headline: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    key = letters_of(headline)
    at = next(
        (at for at, one in enumerate(blocks[:_HEADED]) if key and letters_of(one.text) == key), -1
    )
    above = sum(len(one.text) for one in blocks[:at] if one.type == "paragraph") if at > 0 else 0
    return blocks[at + 1 :] if above <= _LONGEST_ABOVE * max(at, 1) else blocks


def _without_marks(blocks: tuple[Block, ...]) -> list[Block]:
    """Without lines of signs, rights and dates, and without what stands above the text and is none."""
    kept: list[Block] = []
    for block in blocks:
        text = block.text
        if block.type in ("paragraph", "subheading") and text:
            above = not any(len(one.text) > _LONGEST_ABOVE for one in kept)
            if _is_no_text(text) or (above and _is_above(text)):
                continue
        kept.append(_captioned(block))
    return kept


def _is_no_text(text: str) -> bool:
    """A line of signs, of rights, of an agency's initials, or of buttons."""
    if not any(map(str.isalnum, text)) or _NO_TEXT.match(text) or _SIGNED.match(text):
        return True
    parts = text.split(" | ")
    return len(parts) > 1 and all(
        len(one) <= _LONGEST_BUTTON and one[-1:] not in ".!?" for one in parts
    )


def _is_above(text: str) -> bool:
    """A dateline by itself, or a line of when it was published."""
    if len(text) > 2 * _LONGEST_ABOVE or text[-1] in ".!?":
        return False
    if text[-1] in "—–":
        return len(text) <= _LONGEST_ABOVE
    told = len(text.split()) <= 9 or _PUBLISHED.search(text)
    return bool(told) and find_when(text, "UTC") is not None


def _captioned(block: Block) -> Block:
    """A line that ends by crediting its picture is its caption."""
    text = block.text
    match = _CAPTION.fullmatch(text) if block.type == "paragraph" and len(text) <= 320 else None
    if match is None:
        return block
    return Block("photo", caption=match["caption"].rstrip(), credit=match["credit"].strip(" .)"))


def _without_pulled(blocks: list[Block]) -> list[Block]:
    """Without the words that are set large beside the paragraph that says them."""
    if len(blocks) > _MOST_BLOCKS:
        return blocks
    texts = [(one, letters_of(one.text)) for one in blocks]
    said = [text for one, text in texts if one.type == "paragraph"]

    def is_pulled(block: Block, text: str) -> bool:
        if block.type != "paragraph" or not _SHORTEST_PULLED <= len(text) <= _LONGEST_PULLED:
            return False
        return any(len(other) > len(text) and text in other for other in said)

    first = next((one for one in blocks if len(one.text) > _LONGEST_ABOVE), None)
    return [one for one, text in texts if one is first or not is_pulled(one, text)]


def related_of_page(tree: Element, own: str) -> tuple[str, ...]:
    """The headlines that stand as links under a heading that says they are of other articles."""
    found: dict[str, None] = {}
    for heading in tree.iter("h2", "h3", "h4", "h5", "h6", "p", "strong", "div"):
        text = plain(heading.text_content()) if len(heading) <= 2 else ""
        if not (0 < len(text) <= 40 and _heads_others(text)):
            continue
        for link in _links_below(heading):
            said = plain(link.text_content())
            words = len(said.split())
            if (
                _SHORTEST_HEADLINE <= len(said) <= _LONGEST_HEADLINE
                and words >= _FEWEST_WORDS
                and said != own
            ):
                found.setdefault(said)
    return tuple(found)[:_MOST_RELATED]


def _links_below(heading: Element) -> Iterator[Element]:
    """The links in what follows a heading, as far as the next; or what its holder holds."""
    several = False
    for one in heading.itersiblings():
        if one.tag in ("h1", "h2", "h3") and several:
            return
        for link in one.iter("a"):
            several = True
            yield link
    if not several and heading.getparent() is not None:
        for one in heading.getparent().itersiblings():
            yield from one.iter("a")
            return


def _heads_others(text: str) -> bool:
    return len(text) <= 40 and fold(text.strip(" :.›>»…").replace("’", "'")) in _related_headings()


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST_INVITATION


def _invites(text: str) -> bool:
    if len(text) > _LONGEST_INVITATION:
        return False
    said = fold(text.lstrip(" -–—•*>[(").replace("’", "'"))
    if said.rstrip(" .!").endswith(_ASKING_ENDS):
        return True
    return any(
        said.startswith(one) and not said[len(one) : len(one) + 1].isalpha()
        for one in _invitations()
    )


@cache
def _invitations() -> tuple[str, ...]:
    return tuple(sorted(folded_list("page_invitations.txt")))


@cache
def _related_headings() -> frozenset[str]:
    return folded_list("page_related.txt")
