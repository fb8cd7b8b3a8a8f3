"""The formats of raw files: told by their content first, by their suffix second. A new one begins here.

An id is a path without its suffix: of two files that differ by it alone, a plain `.txt` stands.
"""

from __future__ import annotations

from collections.abc import Callable

from newsdigest.base.records import Article, Rejection
from newsdigest.base.settings import ParseRules
from newsdigest.read.article import parse_article, too_large
from newsdigest.read.wire.sniff import wire_family

Parser = Callable[[bytes, str, ParseRules], Article | Rejection]

PLAIN = ".txt"
# The code of XML and JSON that hold no news: left out, as what is of no format.
NOT_NEWS = "E_NOT_NEWS"


def parse_wire(data: bytes, path: str, rules: ParseRules) -> Article | Rejection:
    """A file of a newsroom's wire format, of one article. What reads it is loaded when one is met."""
    from newsdigest.read.composed import Told, composed, refusal
    from newsdigest.read.wire.formats import read_wire

    if len(data) > rules.max_bytes:
        return too_large(path, len(data), rules)
    wire = read_wire(data, path, rules)
    if wire is None:
        return parse_article(data, path, rules)
    told = [one for one in wire.items if isinstance(one, Told)]
    if len(told) > 1:
        facts: dict[str, str | int] = {"format": wire.format, "articles": len(told)}
        return Rejection(path, "E_SEVERAL", None, facts)
    if told:
        return composed(told[0], data, path, rules)
    return next(refusal(one, path) for one in wire.items if not isinstance(one, Told))


# In small letters; a file's may be in any case.
FORMATS: dict[str, Parser] = {
    PLAIN: parse_article,
    **dict.fromkeys(
        (
            *(".json", ".ninjs", ".xml", ".nitf", ".newsml", ".rss", ".atom"),
            *(".anpa", ".iptc", ".tst", ".wire"),
        ),
        parse_wire,
    ),
}


def raw_suffix(name: str) -> str:
    """The suffix that makes a file of this name raw copy, as it is written; "" for any other file."""
    stem, dot, end = name.rpartition(".")
    suffix = dot + end
    return suffix if stem and suffix.lower() in FORMATS else ""


def parse_raw(data: bytes, path: str, rules: ParseRules) -> Article | Rejection:
    """A raw file's bytes by what they are; by the name's suffix, where they do not tell; else text.

    `path` is relative to the content folder, with slashes. Any bytes give one or the other.
    """
    if wire_family(data):
        return parse_wire(data, path, rules)
    return FORMATS.get(raw_suffix(path).lower(), parse_article)(data, path, rules)
