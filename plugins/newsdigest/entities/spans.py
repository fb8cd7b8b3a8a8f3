"""What the rules find in one text, before the article's own evidence is brought together."""

from __future__ import annotations

from typing import NamedTuple

from newsdigest.base.records import EntityType


class Span(NamedTuple):
    """A name in a text: offsets in code points, the text there, and how sure its type is.

    `titled`: a civil title or a role stands before it. `told`: the sentence itself says place
    ("à X") or company ("les actionnaires de X"), so nothing else in the article changes its type.
    """

    start: int
    end: int
    text: str
    type: EntityType
    titled: bool = False
    told: bool = False


class Reading(NamedTuple):
    """One text as the rules read it.

    `spans` stand in order and do not overlap; `loose` are the capitalised words none of them took
    (start, end, word); `expansions` maps each acronym spelled out here to its long form.
    """

    spans: list[Span]
    loose: list[tuple[int, int, str]]
    expansions: dict[str, str]
