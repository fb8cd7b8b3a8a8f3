"""Why a `>>` line means what it was found to mean: a code and its facts.

Editors read them in words (`commands.show.describe_reason`); the archive keeps them packed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

_SEPARATOR = "\t"  # in no word of a headline's key


class Cause(StrEnum):
    """What settled a line; each word is stored."""

    UNKNOWN = "unknown"  # no article has this headline
    SAME_HEADLINE = "same-headline"
    NEAREST_NAMESAKE = "nearest-namesake"
    NAMESAKES = "namesakes"  # counted
    DIFFERENCES = "differences"  # listed
    ALIKE = "alike"  # counted
    TOO_MANY = "too-many"  # more than `count`
    DECIDED = "decided"
    DECIDED_UNPUBLISHED = "decided-unpublished"
    RETRACTED = "retracted"
    RETRACTED_NAMED = "retracted-named"  # its headline may be told


class Change(StrEnum):
    """How two headlines that tell the same news may differ."""

    FLAG = "flag"
    TRUNCATED = "truncated"
    PARTS_SWAPPED = "parts-swapped"
    FUNCTION_WORD = "function-word"
    INFLECTION = "inflection"
    TYPO = "typo"
    WORD_DROPPED = "word-dropped"


@dataclass(frozen=True, slots=True)
class Difference:
    """`line` and `article` are the words that differ, "" where one side has none."""

    change: Change
    line: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class LinkReason:
    """`count` and `differences` are filled in where the cause says so."""

    cause: Cause
    count: int = 0
    differences: tuple[Difference, ...] = ()

    def packed(self) -> str:
        """One short text, from which `unpacked` makes the same reason again."""
        facts = [str(self.count)] if self.count else []
        for one in self.differences:
            facts += [one.change, one.line, one.article]
        return _SEPARATOR.join([self.cause, *facts])

    @classmethod
    def unpacked(cls, text: str) -> Self:
        """The reason that `packed` made this text of."""
        name, *facts = text.split(_SEPARATOR)
        cause = Cause(name)
        if cause is not Cause.DIFFERENCES:
            return cls(cause, int(facts[0]) if facts else 0)
        threes = zip(facts[::3], facts[1::3], facts[2::3], strict=True)
        return cls(cause, 0, tuple(Difference(Change(kind), *words) for kind, *words in threes))


UNKNOWN = LinkReason(Cause.UNKNOWN)
