"""The formats of raw files: the suffix each is told by, and what reads it. A new one begins here.

An id is a path without its suffix: of two files that differ by it alone, a plain `.txt` stands.
"""

from __future__ import annotations

from collections.abc import Callable

from newsdigest.base.records import Article, Rejection
from newsdigest.base.settings import ParseRules
from newsdigest.read.article import parse_article

Parser = Callable[[bytes, str, ParseRules], Article | Rejection]

PLAIN = ".txt"
# In small letters; a file's may be in any case.
FORMATS: dict[str, Parser] = {PLAIN: parse_article}


def raw_suffix(name: str) -> str:
    """The suffix that makes a file of this name raw copy, as it is written; "" for any other file."""
    stem, dot, end = name.rpartition(".")
    suffix = dot + end
    return suffix if stem and suffix.lower() in FORMATS else ""


def parse_raw(data: bytes, path: str, rules: ParseRules) -> Article | Rejection:
    """A raw file's bytes by its format; text, where the name tells none.

    `path` is relative to the content folder, with slashes. Any bytes give one or the other.
    """
    return FORMATS.get(raw_suffix(path).lower(), parse_article)(data, path, rules)
