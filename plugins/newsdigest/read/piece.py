"""The editors' own pieces: Markdown or reStructuredText with metadata, as Pelican's articles are.

Who reads them is Pelican, named by `ParseRules.pieces` and handed in by its door; what comes back is HTML and
metadata as written. It becomes the same record as any article: plain blocks, nothing of the HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from importlib import import_module

from newsdigest.base.records import Article, Block, Rejection
from newsdigest.base.settings import ParseRules
from newsdigest.read.composed import Refused, composed, refusal
from newsdigest.read.decode import decode
from newsdigest.read.head import shorten
from newsdigest.read.wire.draft import Draft, finished
from newsdigest.read.wire.markup import blocks_of_html, plain_html
from newsdigest.read.wire.moments import read_when, when_in_path

# The text, its suffix and the site's language -> HTML, and metadata: each of its names, in small letters, with
# its values. Raises ValueError for what cannot be read.
Reader = Callable[[str, str, str], tuple[str, dict[str, list[str]]]]

_FAULT = re.compile(r":(\d+): \([A-Z]+/\d\) ([^\n]+)")
_NAMES = {".rst": "reStructuredText"}
_DROPPED = {"script", "style", "iframe", "object", "template"}
# Markdown looks for the end of each of these in all that follows it: no paragraph has so many.
_COSTLY, _MOST_IN_A_BLOCK = "[<>", 1000
# Pelican keeps a hidden article from its lists; here what is not for all is not published.
_HELD = frozenset(("draft", "hidden"))


def parse_piece(data: bytes, path: str, suffix: str, rules: ParseRules) -> Article | Rejection:
    """The piece's article. Without metadata it is none, and left out; without a date or a title, refused."""
    format = _NAMES.get(suffix, "Markdown")
    decoded = decode(data, path)
    if isinstance(decoded, Rejection):
        return decoded
    if any(
        sum(map(block.count, _COSTLY)) > _MOST_IN_A_BLOCK for block in decoded.text.split("\n\n")
    ):
        return Rejection(path, "E_MARKUP", None, {"format": format, "depth": 1})
    try:
        body, said = _reader(rules.pieces)(decoded.text, suffix, rules.default_lang)
    except RecursionError:
        return Rejection(path, "E_MARKUP", None, {"format": format, "depth": 1})
    except ValueError as error:
        return _broken(str(error), path, format)
    if not said.keys() - {"title"} and ("title" not in said or suffix == ".rst"):
        return Rejection(path, "E_NOT_NEWS", None, {"format": format})
    status = _first(said, "status").lower()
    if status == "skip":
        return Rejection(path, "E_NOT_NEWS", None, {"format": format})
    if not _first(said, "title"):
        return Rejection(path, "E_TITLE_MISSING", None, {"format": format})
    date = _first(said, "date")
    if date and read_when(date, rules.timezone) is None:
        facts = {"found": shorten(date), "suggestion": "2026-01-23 14:30"}
        return Rejection(path, "E_DATE_FORMAT", None, {**facts})
    told = finished(_draft(format, body, said, path, rules), path, rules)
    if isinstance(told, Refused) and told.code == "E_DATE_MISSING":
        return Rejection(path, told.code, None, {"format": format, "metadata": 0})
    if isinstance(told, Refused):
        return refusal(told, path)
    if status in _HELD:
        told = replace(told, status="draft")
    found = composed(replace(told, warnings=(*decoded.warnings, *told.warnings)), data, path, rules)
    if isinstance(found, Rejection):
        return found
    section = plain_html(_first(said, "category")) or found.section
    return replace(found, section=section, slug=plain_html(_first(said, "slug")))


def _broken(said: str, path: str, format: str) -> Rejection:
    """What docutils says of a fault, with its line: `piece.rst:3: (WARNING/2) Title underline too short.`"""
    told = _FAULT.search(said)
    if told is None:
        return Rejection(path, "E_MARKUP", None, {"format": format})
    return Rejection(path, "E_MARKUP", int(told[1]), {"format": format, "said": shorten(told[2])})


def _draft(
    format: str, body: str, said: dict[str, list[str]], path: str, rules: ParseRules
) -> Draft:
    import nh3

    blocks = blocks_of_html(nh3.clean(body, clean_content_tags=_DROPPED, attributes={}))
    summary = plain_html(_first(said, "summary"))
    return Draft(
        format,
        headline=plain_html(_first(said, "title")),
        blocks=_with_summary(summary, blocks),
        dates=[_first(said, "date"), when_in_path(path, rules.timezone)],
        bylines=[*said.get("author", ()), *said.get("authors", ())],
        lang=_first(said, "lang"),
        tags=[*said.get("tags", ()), *said.get("keywords", ())],
    )


def _with_summary(summary: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The summary is the first paragraph, unless the text begins with it."""
    first = next((block.text for block in blocks if block.type == "paragraph"), "")
    if not summary or first.startswith(summary.rstrip(".… ")):
        return blocks
    return (Block("paragraph", text=summary), *blocks) if blocks else ()


def _first(said: dict[str, list[str]], name: str) -> str:
    return next((one.strip() for one in said.get(name, ()) if one.strip()), "")


@lru_cache(maxsize=2)
def _reader(name: str) -> Reader:
    module, _, function = name.partition(":")
    found: Reader = getattr(import_module(module), function)
    return found
