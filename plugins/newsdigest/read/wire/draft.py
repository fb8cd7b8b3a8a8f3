"""An item as a format's reader collects it, and the one way it becomes an article or is refused.

The readers only find the fields; what an editor wants of them is decided here, once for all formats.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta

from newsdigest.base.records import Block
from newsdigest.base.settings import ParseRules
from newsdigest.read.agencies import known_agencies
from newsdigest.read.composed import Refused, Standing, Told
from newsdigest.read.credits import agency_chain
from newsdigest.read.head import shorten
from newsdigest.read.title import derived_title
from newsdigest.read.wire import telex
from newsdigest.read.wire.habits import closes, without_notes, without_signature
from newsdigest.read.wire.item import named, once, sources
from newsdigest.read.wire.markup import blocks_of_html, looks_marked_up, plain, plain_html
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
_BYLINE = re.compile(
    r"(?:By|BY|Par|PAR|Von|Por|Di|Door|Av) (?:[^\W\d_a-zà-ÿ][^\s]*(?: |$)|(?:and|et|und|y|de|van|von) ){1,8}"
)
_INITIALS = re.compile(
    r"[a-z]{2,5}(?:[-/.][a-z]{1,5})+/?|[-–—]*\s?(?:30|ENDS?|FIN|NNNN)\s?[-–—]*|#{3,}|[*_]{3,}"
)
_NO = frozenset(("false", "no", "none", "0"))
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
    lang: str = ""
    dateline: str = ""
    related: tuple[str, ...] = ()
    url: str = ""
    state: str = ""
    kind: str = ""
    item: str = ""
    version: str = ""
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def finished(draft: Draft, path: str, rules: ParseRules) -> Told | Refused:
    """The item as an article; without text, headline or date it is refused, with what it is."""
    return replace(_finished(draft, path, rules), own_id=draft.item.strip())


def _finished(draft: Draft, path: str, rules: ParseRules) -> Told | Refused:
    known = known_agencies(rules.agencies)
    state = _STATES.get(draft.state.casefold().rpartition(":")[2], "published")
    blocks = _blocks(draft, known)
    if not _has_text(blocks) and state != "canceled":
        return _without_text(draft, blocks)
    headline = _headline(draft, blocks, rules) or (draft.item if state == "canceled" else "")
    if not headline:
        return Refused("E_TITLE_MISSING", {"format": draft.format})
    when = _when(draft, rules.timezone)
    if when is None:
        example = f"2026-01-23-{path.rpartition('/')[2]}"
        return Refused("E_DATE_MISSING", {"format": draft.format, "example": example})
    embargo = read_when(draft.embargo, rules.timezone)
    if draft.embargo and not embargo and draft.embargo.casefold() not in _NO:
        facts = {"found": shorten(draft.embargo), "suggestion": f"Embargo : {when.at.date()} 06:00"}
        return Refused("E_EMBARGO", {**facts})
    authors, agencies = _signed(draft, known)
    return Told(
        headline=headline,
        published=when.at,
        date_precision=when.precision,
        blocks=blocks,
        kicker=plain(draft.kicker),
        lang=draft.lang.strip().replace("_", "-").partition("-")[0].lower(),
        authors=authors,
        agencies=agencies,
        dateline=plain(draft.dateline).rstrip(" -–—"),
        related=tuple(filter(None, map(plain, draft.related))),
        embargo=embargo.at if embargo else None,
        source_url=draft.url,
        status=state,
        item=_item(draft),
        version=_version(draft, rules.timezone),
        tags=once(filter(None, draft.tags)),
        notes=once(filter(None, map(plain, draft.notes))),
        warnings=once(draft.warnings),
    )


def _this(draft: Draft, site: str) -> When | None:
    """When this version was made: the first of its dates that can be read."""
    read = (said if isinstance(said, When) else read_when(said, site) for said in draft.dates)
    found = [when for when in read if when is not None]
    if found and found[0].precision == "day":
        # Another field may give that day's hour.
        timed = (one for one in found if one.precision == "minute" and _same_day(one, found[0]))
        return next(timed, found[0])
    return found[0] if found else None


def _same_day(one: When, other: When) -> bool:
    return one.at.strftime("%Y-%m-%d") == other.at.strftime("%Y-%m-%d")


def _without_text(draft: Draft, blocks: tuple[Block, ...]) -> Refused:
    """An item of no text, by what it is instead."""
    kind = KINDS.get(draft.kind.casefold().rpartition(":")[2], "") or ("picture" if blocks else "")
    if not kind:
        return Refused("E_NO_BODY", {"format": draft.format})
    return Refused("E_ITEM_KIND", {"format": draft.format, "kind": kind, kind: 1})


def _headline(draft: Draft, blocks: tuple[Block, ...], rules: ParseRules) -> str:
    """The headline; for want of one it is taken from the first sentence, as of plain text."""
    said = draft.headline
    headline = plain_html(said) if looks_marked_up(said) or "&" in said else plain(said)
    if headline or not rules.derive_title:
        return headline
    text = next((block.text for block in blocks if block.type == "paragraph"), "")
    derived = derived_title(text, known_agencies(rules.agencies)) if text else ""
    draft.warnings += ["W_TITLE_DERIVED"] if derived else []
    return derived


def _item(draft: Draft) -> str:
    """The item's name, if it is one everywhere: "1234" is many agencies'."""
    name = draft.item.strip()
    return name if ":" in name or "/" in name else ""


def _version(draft: Draft, site: str) -> str:
    """Which version this is; an item that counts none is told by when it was made."""
    if draft.version.strip() or not _item(draft):
        return draft.version.strip()
    made = _this(draft, site)
    return made.at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") if made else ""


def _when(draft: Draft, site: str) -> When | None:
    """The day it was first out; of an old item taken up again, the day of this version."""
    this = _this(draft, site)
    first = read_when(draft.first, site)
    if first is None or this is None:
        return this or first
    return first if first.at <= this.at and this.at - first.at <= _OLD else this


def _blocks(draft: Draft, known: Collection[str]) -> tuple[Block, ...]:
    """The text, without the headline and byline it may repeat and the initials that end it; for want
    of one, the summary; then the photos."""
    blocks, above = without_notes([one for block in draft.blocks for one in _unescaped(block)])
    draft.notes += above
    headline = plain(draft.headline).casefold()
    if len(blocks) > 1 and blocks[0].text and blocks[0].text.casefold() == headline:
        del blocks[0]
    if len(blocks) > 1 and _is_byline(blocks[0].text):
        draft.bylines = draft.bylines or [blocks[0].text]
        del blocks[0]
    while (
        len(blocks) > 1
        and blocks[-1].type in ("paragraph", "subheading")
        and _closes(blocks[-1].text, draft, known)
    ):
        del blocks[-1]
    if blocks and blocks[-1].type == "paragraph":
        text, agencies = without_signature(blocks[-1].text, known)
        blocks[-1] = replace(blocks[-1], text=text)
        draft.sources[:0] = agencies
    kind = KINDS.get(draft.kind.casefold().rpartition(":")[2], "")
    summary = plain(draft.summary)
    if not _has_text(blocks) and summary and not kind and summary.casefold() != headline:
        draft.warnings.append("W_SUMMARY_ONLY")
        blocks.insert(0, Block("paragraph", text=summary))
    told = {block.caption for block in blocks if block.type == "photo"}
    return (*blocks, *(photo for photo in draft.photos if photo.caption not in told))


def _unescaped(block: Block) -> tuple[Block, ...]:
    """HTML that was written as text is HTML."""
    if block.type == "paragraph" and looks_marked_up(block.text):
        return blocks_of_html(block.text)
    return (block,)


def _is_byline(text: str) -> bool:
    return len(text) <= 80 and text[-1:] not in ".!?…:»”" and _BYLINE.match(text) is not None


def _closes(text: str, draft: Draft, known: Collection[str]) -> bool:
    """A last line of the desk's initials, an end mark, or an agency, whose credit is noted."""
    if _INITIALS.fullmatch(text) or closes(text) or text in draft.bylines:
        return True
    chain = agency_chain(text.strip("()[] -–—."), known) if len(text) <= 40 else None
    draft.sources[:0] = chain or ()
    return chain is not None


def _has_text(blocks: Iterable[Block]) -> bool:
    return any(block.type in _TEXT for block in blocks)


def _signed(draft: Draft, known: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    signed = [named(byline, known) for byline in draft.bylines]
    authors = once(name for one in signed for name in one.authors)
    agencies = once(name for one in signed for name in one.agencies)
    agencies = agencies or sources(draft.sources, known)
    return tuple(name for name in authors if name not in agencies), agencies


def is_killed(texts: Iterable[str]) -> bool:
    """Whether an editors' note or a headline says that nothing of this may be published."""
    return any(_KILL.match(plain(text)) for text in texts)


def takes_joined(drafts: Iterable[tuple[str, Draft]]) -> list[Draft]:
    """Messages with their slugs -> articles: a take that adds to the one before is part of it."""
    found: list[tuple[str, Draft]] = []
    for slug, draft in drafts:
        if found and telex.is_added(slug) and telex.slug_of(slug) == telex.slug_of(found[-1][0]):
            first, before = found[-1]
            found[-1] = (first, replace(before, blocks=(*before.blocks, *draft.blocks)))
        else:
            found.append((slug, draft))
    return [draft for _slug, draft in found]
