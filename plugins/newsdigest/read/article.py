"""A raw `.txt` article, bytes in, record out: the order of the steps, read this first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from newsdigest.base.clock import at_clock, in_warning_order
from newsdigest.base.records import Article, Block, Photo, Rejection, block_texts
from newsdigest.base.settings import ParseRules
from newsdigest.read import finish
from newsdigest.read.agencies import known_agencies, known_chrome
from newsdigest.read.blocks import read_body
from newsdigest.read.credits import Credit
from newsdigest.read.decode import decode, wrong_kind
from newsdigest.read.embargo import take_embargo
from newsdigest.read.head import begins_with_date, read_head, shorten
from newsdigest.read.language import detect
from newsdigest.read.normalise import Line, normalise
from newsdigest.read.place import place_of
from newsdigest.read.title import Headline, NoHeadline, choose_headline
from newsdigest.read.wrapped import rejoined

_TEXT_BLOCKS = frozenset(("paragraph", "list", "question"))
_FIRST_TAG = re.compile(r"<[!/]?([a-z][a-z0-9]*)", re.IGNORECASE)
_HTML_ROOTS = re.compile(
    r"(?:a|article|b|div|center|font|h[1-6]|i|main|meta|p|section|span|table)$"
)


class _Copy(NamedTuple):
    """A file's lines, to be read: what of an embargo they say is taken off them."""

    lines: list[Line]
    embargo: datetime | None
    warnings: list[str]


class _Text(NamedTuple):
    """What stands below the headline: the text, who wrote it, what it cites."""

    blocks: list[Block]
    dateline: str | None
    authors: tuple[str, ...]
    agencies: tuple[str, ...]
    related: tuple[str, ...]
    warnings: list[str]


def parse_article(data: bytes, path: str, rules: ParseRules) -> Article | Rejection:
    """`path` is relative to the content folder, with slashes. Any bytes give one or the other."""
    copy = _copy(data, path, rules)
    if isinstance(copy, Rejection):
        return copy
    lines, known = copy.lines, known_agencies(rules.agencies)
    head = read_head(lines, path, rules)
    if isinstance(head, Rejection):
        return head
    lines[0] = lines[0]._replace(text=head.rest)
    headline = choose_headline(lines, known, known_chrome(rules.chrome), rules.derive_title)
    if isinstance(headline, NoHeadline):
        found: dict[str, str | int] = {"found": shorten(headline.found)} if headline.found else {}
        return Rejection(path, "E_TITLE_MISSING", lines[0].number, found)
    text = _text(headline, known)
    if not any(block.type in _TEXT_BLOCKS or block.caption for block in text.blocks):
        return Rejection(path, "E_NO_BODY", headline.line)
    place = place_of(path, rules)
    lang = place.lang or detect(_all_text(headline.title, text.blocks), rules.langs)
    warnings = [*copy.warnings, *head.warnings, *headline.warnings, *text.warnings]
    article = Article(
        id=place.id,
        path=path,
        headline=headline.title,
        published=head.published,
        date_precision=head.precision,
        lang=lang or rules.default_lang,
        blocks=tuple(text.blocks),
        kicker=headline.kicker,
        update=headline.update,
        dateline=text.dateline,
        source_url=headline.source_url,
        section=place.section,
        plain_path=place.plain,
        related=text.related,
        photos=tuple(Photo(b.caption, b.credit, b.file) for b in text.blocks if b.type == "photo"),
        agencies=text.agencies,
        authors=text.authors,
        warnings=in_warning_order(warnings if lang else [*warnings, "W_LANG"]),
        status=head.status,
        sha256=sha256(data).hexdigest(),
        embargo=copy.embargo,
    )
    return at_clock(article, rules.now, copy.embargo) if copy.embargo else article


def _copy(data: bytes, path: str, rules: ParseRules) -> _Copy | Rejection:
    if len(data) > rules.max_bytes:
        return too_large(path, len(data), rules.max_bytes)
    decoded = decode(data, path)
    if isinstance(decoded, Rejection):
        return decoded
    lines, cleaned = normalise(decoded.text)
    if not lines:
        return Rejection(path, "E_EMPTY", 1)
    if decoded.markup and not begins_with_date(lines[0].text):
        return wrong_kind(path, _markup_kind(decoded.text))
    embargo = take_embargo(lines, path, rules)
    if isinstance(embargo, Rejection):
        return embargo
    if not embargo.lines:
        return Rejection(path, "E_EMPTY", 1)
    whole = rejoined(embargo.lines, known_agencies(rules.agencies))
    wrapped = ["W_WRAPPED"] if whole is not embargo.lines else []
    return _Copy(whole, embargo.until, [*decoded.warnings, *cleaned, *wrapped])


def _text(headline: Headline, known: frozenset[str]) -> _Text:
    body = read_body(headline.body, headline.title, known, headline.lede_given)
    blocks = body.blocks
    if headline.photo:
        photo = headline.photo
        named = Block("photo", caption=photo.caption, credit=photo.credit, file=photo.file)
        blocks.insert(0, named)
    blocks, inline = finish.take_inline_credit(blocks, known)
    distinct = finish.drop_repeats(blocks, headline.title)
    repeats = ["W_DUP_PARA"] if len(distinct) < len(blocks) else []
    blocks, dateline, datelined = finish.take_dateline(finish.lede_first(distinct), known)
    blocks = finish.mark_subheadings(finish.mark_questions(blocks), body.rows)
    blocks += _signed_photos(blocks, body.credits)
    authors = _once(name for credit in body.credits for name in credit.authors)
    closing = (agency for credit in body.credits for agency in credit.agencies)
    agencies = _once((*closing, *inline, *datelined))
    unsigned = [] if agencies or authors else ["W_NO_CREDIT"]
    warnings = [*body.warnings, *repeats, *unsigned]
    return _Text(blocks, dateline, authors, agencies, tuple(body.related), warnings)


def too_large(path: str, size: int, limit: int) -> Rejection:
    return Rejection(path, "E_TOO_LARGE", 1, {"size": size, "limit": limit})


def _markup_kind(text: str) -> str:
    tag = _FIRST_TAG.search(text)
    return "HTML" if tag is None or _HTML_ROOTS.match(tag[1].lower()) else "XML"


def _signed_photos(blocks: list[Block], credits: list[Credit]) -> list[Block]:
    """The photos that only a closing line signs; none when the article has photos already."""
    if any(block.type == "photo" for block in blocks):
        return []
    return [Block("photo", credit=credit.photo) for credit in credits if credit.photo][:1]


def _all_text(headline: str, blocks: list[Block]) -> str:
    return "\n".join((headline, *block_texts(blocks)))


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
