"""An article as the clock has it: a draft until it is due, and its embargo over. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from newsdigest.base.errors import WARNINGS
from newsdigest.base.records import Article

_WARNING_ORDER = {code: at for at, code in enumerate(WARNINGS)}


# Until when nothing is published of what its agency withholds without a day, and of what it has
# withdrawn: for good. Two days, so that either is known from the other.
WITHHELD = datetime(9999, 12, 29, tzinfo=UTC)
WITHDRAWN = datetime(9999, 12, 30, tzinfo=UTC)

_HOLDING = frozenset(("W_DATE_FUTURE", "W_EMBARGO"))


def at_clock(article: Article, now: datetime, embargo: datetime | None) -> Article:
    """The article as it would be read at another moment: a draft until it is due.

    `embargo`: until when it is held; its own text may not be alone to say.
    """
    warnings = set(article.warnings) - _HOLDING
    if article.published > now:
        warnings.add("W_DATE_FUTURE")
    if embargo and embargo > now:
        warnings.add("W_EMBARGO")
    return replace(
        article,
        status="draft" if warnings & _HOLDING else "published",
        warnings=in_warning_order(warnings),
    )


def in_warning_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Each of an article's warnings once, in the order of `errors.WARNINGS`."""
    return tuple(sorted(set(codes), key=_WARNING_ORDER.__getitem__))
