"""ANPA 1312: `d a␔␑bc-slug 01-23 0123`, header lines that begin with `^`, text behind tabs."""

from __future__ import annotations

import re

from newsdigest.base.settings import ParseRules
from newsdigest.read.composed import Refused, Told
from newsdigest.read.wire import telex
from newsdigest.read.wire.draft import Draft, finished, is_killed, takes_joined
from newsdigest.read.wire.moments import When, find_when, when_in_path
from newsdigest.read.wire.telex_headers import SERVICE

FORMAT = "ANPA 1312"

_ZONED = re.compile(r" ?[A-Z]{3}")
_DATELINED_LINES = 2
_LONGEST_DATELINE = 90


def read_anpa(text: str, path: str, rules: ParseRules) -> list[Told | Refused]:
    """Every message of a file; takes are one article."""
    drafts = takes_joined(
        _draft(message, path, rules) for message in telex.with_trailers(list(telex.messages(text)))
    )
    return [finished(draft, path, rules) for draft in drafts] or [
        Refused("E_NO_BODY", {"format": FORMAT})
    ]


def _draft(message: telex.Message, path: str, rules: ParseRules) -> tuple[str, Draft]:
    header, lines = message.header, message.text
    if not any(line.strip() for line in header):
        header, lines = _split(lines)
    service = next(filter(None, map(SERVICE.search, header)), None)
    text = telex.read_text(lines, tabular=service is not None and service["format"] == "\x12")
    draft = Draft(FORMAT, headline=text.headline, blocks=text.blocks, notes=list(text.notes))
    draft.bylines = [text.byline] if text.byline else []
    draft.sources = [text.agency] if text.agency else _source(message.trailer, lines)
    draft.dates = [*dates_of(message, lines, text, rules), when_in_path(path, rules.timezone)]
    draft.state = "canceled" if is_killed((*text.notes, text.headline)) else ""
    if (
        service
        and service["date"].count("-") == 2
        and not _ZONED.match(service.string, service.end())
    ):
        # What follows the day is the count of words.
        draft.dates.insert(0, find_when(f"{service['date']} 0000", rules.timezone))
    slug = text.slug or (service["slug"] if service else "")
    return slug, draft


def _split(lines: list[str]) -> tuple[list[str], list[str]]:
    """The header of a message without STX: up to the line that tells service level and date."""
    for at, line in enumerate(lines[:4]):
        if SERVICE.search(line):
            return lines[: at + 1], lines[at + 1 :]
    return lines[:1], lines[1:]


def _source(trailer: str, lines: list[str]) -> list[str]:
    """`AP-WF-01-23-26 1412GMT`: who sent it."""
    for line in (*trailer.split("\n"), *lines[-3:]):
        match = re.match(r"\W*([A-Z]{2,5})-[A-Z]{2}-\d", line)
        if match:
            return [match[1]]
    return []


def dates_of(
    message: telex.Message, lines: list[str], text: telex.Text, rules: ParseRules
) -> list[When | None]:
    """The dates of a message: behind it, in its last lines, its header, its dateline."""
    places = [message.trailer, *reversed(lines[-4:]), *message.header, *text.notes]
    places += [block.text[:_LONGEST_DATELINE] for block in text.blocks[:_DATELINED_LINES]]
    return [find_when(place, rules.timezone) for place in places if place.strip()]
