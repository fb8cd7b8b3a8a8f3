"""What a page adds to its text: invitations, buttons, and the headlines of other articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from newsdigest.base.records import Block
from newsdigest.read.furniture import ends_article, is_furniture, related_headlines
from newsdigest.read.page_words import is_navigation
from newsdigest.read.wire.markup import plain
from newsdigest.text.folding import fold
from newsdigest.text.word_lists import folded_list

Element = Any

_LONGEST_INVITATION = 180
_SHORTEST_HEADLINE, _LONGEST_HEADLINE = 25, 180
_FEWEST_WORDS = 5
_MOST_RELATED = 8
_FEWEST_KEPT = 2  # of a text, what stands before a line that would end it


class Cleared(NamedTuple):
    """A text without what its page added, and the headlines it cites on lines of their own."""

    blocks: tuple[Block, ...]
    related: tuple[str, ...]
    removed: bool


def without_furniture(blocks: tuple[Block, ...]) -> Cleared:
    kept: list[Block] = []
    related: list[str] = []
    for block in blocks:
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
        elif not (is_furniture(text) or is_navigation(text) or _invites(text)):
            kept.append(block)
    while kept and kept[-1].type == "subheading":
        kept.pop()
    kept = [
        replace(one, type="paragraph") if not at and one.type == "subheading" else one
        for at, one in enumerate(kept)
    ]
    return Cleared(tuple(kept), tuple(related), len(kept) < len(blocks))


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


def _invites(text: str) -> bool:
    if len(text) > _LONGEST_INVITATION:
        return False
    said = fold(text.lstrip(" -–—•*>[(").replace("’", "'"))
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
