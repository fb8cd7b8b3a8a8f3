"""An item as a format's reader collects it, and the one way it becomes an article or is refused.

The readers only find the fields; what an editor wants of them is decided here, once for all formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from newsdigest.base.records import Block
from newsdigest.base.settings import ParseRules
from newsdigest.read.agencies import known_agencies
from newsdigest.read.composed import Refused, Standing, Told
from newsdigest.read.wire.item import named, once, sources
from newsdigest.read.wire.markup import plain
from newsdigest.read.wire.moments import When, read_when

# What an item may be said to be without being text.
KINDS = {
    "picture": "picture",
    "photo": "picture",
    "image": "picture",
    "video": "video",
    "audio": "audio",
    "graphic": "graphic",
    "animated": "graphic",
    "composite": "package",
    "package": "package",
    "planning": "planning",
    "event": "planning",
}
_TEXT = frozenset(("paragraph", "list", "question", "table"))
_STATES: dict[str, Standing] = {
    "usable": "published",
    "published": "published",
    "embargoed": "withheld",
    "withheld": "withheld",
    "withhold": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "killed": "canceled",
    "kill": "canceled",
}
_KILL = re.compile(
    r"(?:mandatory |bulletin )?kill\b|(?:story|item|dispatch) (?:is )?(?:killed|withdrawn|cancell?ed)"
    r"|annule(?:z)? (?:et remplace rien|la dépêche)|dépêche annulée",
    re.IGNORECASE,
)
_OLD = timedelta(days=7)


@dataclass(slots=True)
class Draft:
    """What a reader found, as written; every field may be missing."""

    format: str
    headline: str = ""
    blocks: tuple[Block, ...] = ()
    photos: tuple[Block, ...] = ()
    summary: str = ""
    dates: list[str | When | None] = field(default_factory=list)
    first: str | None = None
    embargo: str | None = None
    bylines: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    kicker: str = ""
    section: str = ""
    lang: str = ""
    dateline: str = ""
    related: tuple[str, ...] = ()
    url: str = ""
    state: str = ""
    kind: str = ""
    item: str = ""
    version: str = ""
    tags: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def finished(draft: Draft, path: str, rules: ParseRules) -> Told | Refused:
    """The item as an article; without text, headline or date it is refused, with what it is."""
    state: Standing = _STATES.get(draft.state.casefold().rpartition(":")[2], "published")
    when = _when(draft, rules.timezone)
    blocks = _blocks(draft)
    if not _has_text(blocks) and state != "canceled":
        kind = KINDS.get(draft.kind.casefold().rpartition(":")[2], "")
        code = "E_ITEM_KIND" if kind else "E_NO_BODY"
        return Refused(code, _kind_facts(draft.format, kind))
    headline = plain(draft.headline)
    if not headline:
        return Refused("E_TITLE_MISSING", {"format": draft.format})
    if when is None:
        example = f"2026-01-23-{path.rpartition('/')[2]}"
        return Refused("E_DATE_MISSING", {"format": draft.format, "example": example})
    embargo = read_when(draft.embargo, rules.timezone)
    authors, agencies = _signed(draft, rules)
    return Told(
        headline=headline,
        published=when.at,
        date_precision=when.precision,
        blocks=blocks,
        kicker=plain(draft.kicker),
        section=plain(draft.section),
        lang=draft.lang.strip().replace("_", "-").partition("-")[0].lower(),
        authors=authors,
        agencies=agencies,
        dateline=plain(draft.dateline).rstrip(" -–—"),
        related=tuple(filter(None, map(plain, draft.related))),
        embargo=embargo.at if embargo else None,
        source_url=draft.url,
        status=state,
        item=draft.item.strip(),
        version=draft.version.strip(),
        tags=once(filter(None, draft.tags)),
        warnings=once(draft.warnings),
    )


def _kind_facts(format: str, kind: str) -> dict[str, str | int]:
    facts: dict[str, str | int] = {"format": format}
    if kind:
        facts |= {"kind": kind, **({"picture": 1} if kind == "picture" else {})}
    return facts


def _when(draft: Draft, site: str) -> When | None:
    """The day it was first out; of an old item taken up again, the day of this version."""
    this = None
    for said in draft.dates:
        this = said if isinstance(said, When) else read_when(said, site)
        if this is not None:
            break
    first = read_when(draft.first, site)
    if first is None or this is None:
        return this or first
    return first if first.at <= this.at and this.at - first.at <= _OLD else this


def _blocks(draft: Draft) -> tuple[Block, ...]:
    """The text, without the headline it may repeat; for want of one, the summary; then the photos."""
    blocks = draft.blocks
    headline = plain(draft.headline)
    if len(blocks) > 1 and blocks[0].text and blocks[0].text.casefold() == headline.casefold():
        blocks = blocks[1:]
    kind = KINDS.get(draft.kind.casefold().rpartition(":")[2], "")
    summary = plain(draft.summary)
    said = summary and not kind and summary.casefold() != headline.casefold()
    if said and not _has_text(blocks):
        draft.warnings.append("W_SUMMARY_ONLY")
        blocks = (Block("paragraph", text=summary), *blocks)
    told = {block.caption for block in blocks if block.type == "photo"}
    return (*blocks, *(photo for photo in draft.photos if photo.caption not in told))


def _has_text(blocks: Iterable[Block]) -> bool:
    return any(block.type in _TEXT for block in blocks)


def _signed(draft: Draft, rules: ParseRules) -> tuple[tuple[str, ...], tuple[str, ...]]:
    known = known_agencies(rules.agencies)
    signed = [named(byline, known) for byline in draft.bylines]
    authors = once(name for one in signed for name in one.authors)
    agencies = once(name for one in signed for name in one.agencies)
    return authors, agencies or sources(draft.sources, known)


def is_killed(texts: Iterable[str]) -> bool:
    """Whether an editors' note or a headline says that nothing of this may be published."""
    return any(_KILL.match(plain(text)) for text in texts)
