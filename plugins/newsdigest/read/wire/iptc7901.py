"""IPTC 7901: `␁bdt0123 3 pl 452 dpa 1234`, keywords, ␂ the text ␃, `231412 JAN 26`; and the older
`ZCZC … NNNN`."""

from __future__ import annotations

import re
from collections.abc import Collection

from newsdigest.base.settings import ParseRules
from newsdigest.read.agencies import known_agencies
from newsdigest.read.composed import Refused, Told
from newsdigest.read.wire import telex
from newsdigest.read.wire.anpa import dates_of
from newsdigest.read.wire.draft import Draft, finished, is_killed, takes_joined
from newsdigest.read.wire.item import agency_of
from newsdigest.read.wire.moments import when_in_path
from newsdigest.read.wire.telex_headers import HEADER, SOH, ZCZC

FORMAT = "IPTC 7901"

_NNNN = re.compile(r"^\s*NNNN\s*$", re.MULTILINE)
_PRIVATE = re.compile(
    r"following information is not (?:for publication|intended for publication)"
    r"|folgende informationen sind nicht|nicht zur veröffentlichung bestimmt"
    r"|notizblock|^\s*# ?# ?#|^\* \* \* \*",
    re.IGNORECASE,
)
_LONGEST = 200
_SIGNS, _MOST_SIGNS = frozenset(":=;*&+$"), 10
_DATELINE = re.compile(r"[^()]{2,60}\([A-Za-z/ .]{2,30}\)\s*[-–—_]")
_BYLINE = re.compile(r"(?:by|par|von|por|di) [A-ZÀ-Ý]", re.IGNORECASE)
_SHOUTED = 5  # so many words in capitals are no keywords
_AGENCY = re.compile(r"[A-Za-z]{2,10}")


def read_iptc7901(text: str, path: str, rules: ParseRules) -> list[Told | Refused]:
    """Every message of a file; takes are one article."""
    if ZCZC.match(text):
        text = SOH + SOH.join(
            _NNNN.sub("", one).lstrip() for one in re.split(r"ZCZC\b", text) if one.strip()
        )
    drafts = takes_joined(
        _draft(message, path, rules) for message in telex.with_trailers(list(telex.messages(text)))
    )
    return [finished(draft, path, rules) for draft in drafts] or [
        Refused("E_NO_BODY", {"format": FORMAT})
    ]


def _draft(message: telex.Message, path: str, rules: ParseRules) -> tuple[str, Draft]:
    header, lines = message.header, message.text
    marked = any(line.strip() for line in header)
    if not marked:
        header, lines = lines[:1], lines[1:]
    first = next((line.strip("\x16\x01 \r") for line in header if line.strip()), "")
    match = HEADER.match(first)
    keywords = [line.strip() for line in header if line.strip()][1:]
    whole, lines = lines, _public(lines)
    headline = _headline(keywords, lines if marked else [])
    if not marked:
        headline, lines = _with_signs(lines)
    text = telex.read_text(lines, headline)
    draft = Draft(FORMAT, headline=text.headline, blocks=text.blocks, notes=list(text.notes))
    draft.bylines = [text.byline] if text.byline else []
    draft.sources = [text.agency] if text.agency else _source(match, known_agencies(rules.agencies))
    draft.dates = [*dates_of(message, whole, text, rules), when_in_path(path, rules.timezone)]
    draft.state = "canceled" if is_killed((*text.notes, text.headline, *keywords)) else ""
    return " ".join(keywords) or text.slug, draft


def _public(lines: list[str]) -> list[str]:
    """The text up to what is told the desks alone."""
    for at, line in enumerate(lines):
        if at and _PRIVATE.search(line):
            return lines[:at]
    return lines


def _headline(keywords: list[str], lines: list[str]) -> str:
    """On the line of STX, else in the header below the keywords; "" where the text must tell."""
    first = lines[0].strip() if lines else ""
    told = bool(first) and any(line.strip() for line in lines[1:]) and len(first) <= _LONGEST
    above = [line.rstrip("= ") for line in keywords if _may_head(line)]
    above = above or [line.rstrip("= ") for line in keywords if len(line.split()) >= _SHOUTED]
    if _BYLINE.match(first) or (above and _goes_on(first, lines[1:2])):
        told = False
    if told and not first.endswith("/") and not _DATELINE.match(first):
        return first
    return " ".join(above)


def _goes_on(first: str, following: list[str]) -> bool:
    """Whether a first line is text: the next goes on with it."""
    second = following[0] if following else ""
    return bool(first and second.strip()) and second[0] not in " \t" and first[-1] not in ".!?"


def _with_signs(lines: list[str]) -> tuple[str, list[str]]:
    """ZCZC's lines that begin with a sign tell of the message; `;` begins its headline."""
    told = [line for line in lines[:_MOST_SIGNS] if line[:1] in _SIGNS]
    headline = next((line[1:].strip() for line in told if line[0] == ";"), "")
    return headline, [line for line in lines if line not in told] if headline else lines


def _may_head(line: str) -> bool:
    """Whether a line below the header is more than keywords or a note."""
    if line.endswith("/") or line[0] in "([" or telex.is_added(line) or " " not in line:
        return False
    return (
        re.fullmatch(r"[A-Z0-9 /-]+|[A-Z]{2,8}:.*|[A-Z][a-z]{1,4}\.:.*|\d{1,2} [A-Z]{2,}\b.*", line)
        is None
    )


def _source(match: re.Match[str] | None, known: Collection[str]) -> list[str]:
    """The agency that the header names: `dpa 1234`, `AAP0123`; most letters there are a desk's."""
    if match is None:
        return []
    said = _AGENCY.match(match["rest"] or "")
    found = (agency_of(name, known) for name in (said[0] if said else "", match["source"].upper()))
    return [agency for agency in found if agency][:1]
