"""What of the archive a page is made of: readers say which facts they tell, kinds which they show."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

Method = TypeVar("Method", bound=Callable[..., object])


class Fact(StrEnum):
    """One sort of fact; its value is how the table of kinds names it."""

    TEXTS = "articles' texts"
    CARDS = "articles' cards"
    ADDRESSES = "articles' addresses"
    ORDER = "which article stands where"
    PICKS = "which articles editors put first"
    PERIODS = "how many articles a period holds"
    NAMES = "entities' names, types and addresses"
    MENTIONS = "who is named where"
    REFERENCES = "what `>>` lines mean"
    LABELS = "sections, and which agencies sign"
    MEMBERS = "which articles make a story"
    STORIES = "stories' titles and spans"
    COPIES = "which article is a copy of which"
    SUGGESTIONS = "what an article suggests"
    ENTRIES = "feed entries"
    PICTURES = "which pictures articles show"
    LEDGER = "what was published when"
    STANDING = "the texts beside the news"


def reads(*facts: Fact) -> Callable[[Method], Method]:
    """Mark a reader's method with the facts it tells. It costs nothing: a test does the asking."""

    def mark(method: Method) -> Method:
        method.reads = frozenset(facts)  # type: ignore[attr-defined]
        return method

    return mark
