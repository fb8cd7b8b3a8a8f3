"""An article as the clock has it: a draft until it is due. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from newsdigest.base.errors import WARNINGS
from newsdigest.base.records import Article

_WARNING_ORDER = {code: at for at, code in enumerate(WARNINGS)}


def at_clock(article: Article, now: datetime) -> Article:
    """The article as it would be read at another moment: a draft until it is due."""
    warnings = set(article.warnings) - {"W_DATE_FUTURE"}
    ahead = article.published > now
    if ahead:
        warnings.add("W_DATE_FUTURE")
    return replace(
        article,
        status="draft" if ahead else "published",
        warnings=in_warning_order(warnings),
    )


def in_warning_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Each of an article's warnings once, in the order of `errors.WARNINGS`."""
    return tuple(sorted(set(codes), key=_WARNING_ORDER.__getitem__))
