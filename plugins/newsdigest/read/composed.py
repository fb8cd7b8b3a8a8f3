"""What a structured file says of one article, and the article it makes: for all but plain text.

A format's reader finds the fields (`Told`) or says why an item is no article (`Refused`); here they
become the same record, with the same codes and second looks, as a plain text's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from newsdigest.base.agencies import usual_signature
from newsdigest.base.clock import WITHDRAWN, WITHHELD, at_clock, in_warning_order
from newsdigest.base.records import (
    Article,
    Block,
    DatePrecision,
    Photo,
    Rejection,
    block_texts,
)
from newsdigest.base.settings import ParseRules
from newsdigest.read import finish
from newsdigest.read.agencies import known_agencies
from newsdigest.read.embargo import take_embargo
from newsdigest.read.language import detect
from newsdigest.read.normalise import Line
from newsdigest.read.place import place_of
from newsdigest.read.wire.habits import dateline_of

Standing = Literal["published", "withheld", "canceled", "draft"]

_TEXT = frozenset(("paragraph", "list", "question", "table"))
_REFUSED_AFTER = timedelta(days=366)
_FIRST_YEAR = 1900
# So many paragraphs may be embargo lines.
_FIRST = 3


@dataclass(frozen=True, slots=True)
class Told:
    """One article as its file tells it, in plain text; `published` is aware.

    `item` is its name everywhere (`guid`, `uri`), `version` which of its versions this is; `own_id`
    what tells it from the others of its file. `status`:
    its agency withholds it until `embargo` (without one, until another version), or has withdrawn it; its
    editor is still at it (`draft`).
    `notes` are to the desk: never shown, and asked for embargoes as the text's first paragraphs are.
    """

    headline: str
    published: datetime
    date_precision: DatePrecision
    blocks: tuple[Block, ...]
    kicker: str = ""
    lang: str = ""
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    dateline: str = ""
    related: tuple[str, ...] = ()
    embargo: datetime | None = None
    source_url: str = ""
    status: Standing = "published"
    item: str = ""
    version: str = ""
    own_id: str = ""
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """An item that is no article: the code of its message, the facts that it names, its `own_id`."""

    code: str
    facts: dict[str, str | int] = field(default_factory=dict)
    line: int | None = None
    own_id: str = ""


def composed(told: Told, data: bytes, path: str, rules: ParseRules) -> Article | Rejection:
    """The article; a date out of the calendar's reach is refused as a text's is."""
    refused = _date_refused(told, path, rules)
    if refused is not None:
        return refused
    announced = _announced(told, path, rules)
    if isinstance(announced, Rejection):
        return announced
    told = announced
    known = known_agencies(rules.agencies)
    blocks, inline = finish.take_inline_credit(list(told.blocks), known)
    distinct = finish.drop_repeats(blocks, told.headline)
    warnings = [*told.warnings, *(["W_DUP_PARA"] if len(distinct) < len(blocks) else [])]
    blocks, dateline, datelined = finish.take_dateline(finish.lede_first(distinct), known)
    blocks, dateline, datelined = _datelined(blocks, dateline, datelined, known)
    blocks = finish.mark_questions(blocks)
    agencies = _once((*told.agencies, *inline, *datelined))
    if not agencies and not told.authors:
        warnings.append("W_NO_CREDIT")
    place = place_of(path, rules)
    said = told.lang if told.lang in rules.langs else ""
    text = "\n".join((told.headline, *block_texts(blocks)))
    lang = place.lang or said or detect(text, rules.langs)
    embargo, held = _held(told)
    article = Article(
        id=place.id,
        path=path,
        headline=told.headline,
        published=told.published,
        date_precision=told.date_precision,
        lang=lang or rules.default_lang,
        blocks=tuple(blocks),
        kicker=told.kicker or None,
        dateline=dateline or told.dateline or None,
        source_url=told.source_url or None,
        section=place.section,
        plain_path=place.plain,
        related=told.related,
        photos=tuple(Photo(b.caption, b.credit, b.file) for b in blocks if b.type == "photo"),
        agencies=agencies,
        authors=told.authors,
        warnings=in_warning_order([*warnings, *held, *([] if lang else ["W_LANG"])]),
        sha256=sha256(data).hexdigest(),
        embargo=embargo,
        item=told.item,
        version=told.version,
        tags=told.tags,
    )
    return at_clock(article, rules.now, embargo)


def _datelined(
    blocks: list[Block],
    dateline: str | None,
    agencies: tuple[str, ...],
    known: Collection[str],
) -> tuple[list[Block], str | None, tuple[str, ...]]:
    """The blocks without the lede's dateline, if it stands in another manner than raw texts have."""
    found = None
    if dateline is None and blocks and blocks[0].type == "paragraph":
        found = dateline_of(blocks[0].text, known)
    if found is None:
        return blocks, dateline, agencies
    return [replace(blocks[0], text=found.text), *blocks[1:]], found.place, found.agencies


def _announced(told: Told, path: str, rules: ParseRules) -> Told | Rejection:
    """The article with the embargo that its notes or first paragraphs announce, and without those lines."""
    said = [note for note in told.notes if note]
    places = [at for at, block in enumerate(told.blocks) if block.type == "paragraph"][:_FIRST]
    day = told.published.strftime("date %Y-%m-%d")
    texts = [f"{day} {told.headline}", *said, *(told.blocks[at].text for at in places)]
    lines = [Line(number, text, number) for number, text in enumerate(texts)]
    taken = take_embargo(lines, path, rules)
    if isinstance(taken, Rejection):
        return replace(taken, line=None)
    if taken.lines is lines or taken.until is None:
        return told
    left = {line.number: line.text for line in taken.lines}
    blocks = dict(enumerate(told.blocks))
    for number, at in enumerate(places, 1 + len(said)):
        text = left.get(number, "")
        blocks[at] = replace(blocks[at], text=text)
    headline = left.get(0, "").removeprefix(day).strip()
    kept = tuple(one for at, one in blocks.items() if one.text or at not in places)
    until = max(taken.until, told.embargo or taken.until)
    return replace(told, embargo=until, headline=headline or told.headline, blocks=kept)


def _once(agencies: Iterable[str]) -> tuple[str, ...]:
    """Each agency once, however it is signed, as first written."""
    first: dict[str, str] = {}
    for agency in agencies:
        first.setdefault(usual_signature(agency), agency)
    return tuple(first.values())


def refusal(refused: Refused, path: str) -> Rejection:
    """What is no article, as the build reports it."""
    return Rejection(path, refused.code, refused.line, refused.facts)


def _held(told: Told) -> tuple[datetime | None, list[str]]:
    """Until when nothing of it may be published, and the warning that says why."""
    if told.status == "canceled":
        return WITHDRAWN, ["W_CANCELED"]
    if told.status == "draft":
        return WITHHELD, ["W_DRAFT"]
    if told.status == "withheld" and told.embargo is None:
        return WITHHELD, ["W_WITHHELD"]
    return told.embargo, []


def _date_refused(told: Told, path: str, rules: ParseRules) -> Rejection | None:
    published = told.published
    written = published.strftime("%Y-%m-%d")
    if published.year < _FIRST_YEAR:
        return Rejection(path, "E_DATE_IMPOSSIBLE", None, {"date": written, "early": 1})
    if published.year > rules.now.year + 2 or published - rules.now > _REFUSED_AFTER:
        return Rejection(path, "E_DATE_FUTURE", None, {"date": written})
    return None
