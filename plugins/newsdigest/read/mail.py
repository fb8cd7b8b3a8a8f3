"""A mailed dispatch: subject, date and sender above a text that is read as any raw text is.

What was attached as a file of a format is read instead of a letter that only sends it. What was
forwarded is read without the letter around it. Nothing is opened but text: no archive, no picture.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from hashlib import sha256
from typing import NamedTuple

from newsdigest.base.clock import in_warning_order
from newsdigest.base.records import Article, Block, Rejection, article_id
from newsdigest.base.settings import ParseRules
from newsdigest.read.agencies import known_agencies
from newsdigest.read.looks import is_mail
from newsdigest.read.page.saved import body_of, decoded
from newsdigest.read.raw_text import body_of_blocks
from newsdigest.read.wire.habits import closes, dateline_of
from newsdigest.read.wire.item import agency_of, named
from newsdigest.read.wire.markup import blocks_of_html, plain
from newsdigest.read.wire.moments import read_when, when_in_path
from newsdigest.read.wire.sniff import wire_family

FORMAT = "mail"
Parser = Callable[[bytes, str, ParseRules], Article | Rejection]


class Readers(NamedTuple):
    """What reads a raw text, and a file of any format."""

    text: Parser
    file: Parser


_OWN = re.compile(rb"\s*date ?:? ?\d{4}[-/.]", re.IGNORECASE)
_SENT_ON = re.compile(
    r"^(?:fwd?|tr|re|aw|wg|rv|i|transféré|chuyển tiếp)\s?(?:\[\d+\])?\s?:\s*", re.IGNORECASE
)
_FORWARDED = re.compile(
    r"^[ \t>]*(?:-{2,} ?|_{5,}\s*)(?:forwarded message|original message|message transféré|message d'origine"
    r"|message original|begin forwarded message|thư (?:đã )?chuyển tiếp)[^\n]{0,80}$"
    r"|^[ \t]*(?:begin forwarded message|début du message (?:transféré|réexpédié)) ?:[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_ITS_HEADERS = re.compile(
    r"(?:[ \t]*\*?(?:from|de|to|à|a|cc|date|sent|envoyé|subject|objet|reply-to|répondre à|từ|đến|ngày|chủ đề)\*?"
    r" ?: ?\*?[^\n]*\n(?:[ \t]+\S[^\n]*\n)*|[ \t]*\n)+",
    re.IGNORECASE,
)
_DESK = re.compile(
    r"\b(?:newswire|wire|news|newsroom|desk|agence|agency|agencia|agenzia|agentur|presse|press|service|textes?|editorial"
    r"|rédaction|redaktion|redacción|redazione|ban biên tập|thông tấn|hãng tin)\b",
    re.IGNORECASE,
)
_LONGEST_COVER = 300
_FEWEST_LETTERS = 200
_MOST_PARTS = 200
_DEEPEST, _DEEPEST_PART = 3, 30
_ATTACHED = (".txt", ".html", ".htm", ".xml", ".nitf", ".newsml", ".json", ".anpa", ".iptc", ".eml")


def parse_mail(
    data: bytes, path: str, rules: ParseRules, readers: Readers, depth: int = 0
) -> Article | Rejection:
    """The mail's article."""
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        parts = list(_parts(message))
    except (MessageError, RecursionError, ValueError, IndexError):
        return Rejection(path, "E_MARKUP", None, {"format": FORMAT, "depth": 1})
    text, warnings = _text_of(parts)
    looks_inside = len(text) < _FEWEST_LETTERS and depth < _DEEPEST
    try:
        attached = list(_attached(parts)) if looks_inside else []
    except RecursionError:
        return Rejection(path, "E_MARKUP", None, {"format": FORMAT, "depth": 1})
    for name, part in attached:
        inside = part if isinstance(part, bytes) else body_of(part)
        if is_mail(inside):
            found = parse_mail(inside, path, rules, readers, depth + 1)
        else:
            found = readers.file(inside, _beside(path, name), rules)
        if isinstance(found, Article):
            return replace(found, id=article_id(path), path=path, sha256=sha256(data).hexdigest())
    wire = _without_forwarding(text).strip().encode()
    if wire_family(wire) == "telex":  # a dispatch as it came over the wire
        found = readers.file(wire, path, rules)
        if isinstance(found, Article):
            return replace(found, sha256=sha256(data).hexdigest())
    found = _of_text(message, text, path, rules, readers)
    if isinstance(found, Rejection):
        return found
    return _signed(found, message, data, rules, warnings)


def letters_of_digest(data: bytes) -> list[tuple[str, bytes]]:
    """The mails of a digest (`multipart/digest`) of two or more, as (what tells each, its bytes)."""
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        found = [_letter_in(part) for part in _digested(message)]
        letters = [(_own_id(one), one.as_bytes()) for one in found if one is not None]
    except (MessageError, RecursionError, ValueError, IndexError, LookupError, TypeError):
        return []
    return letters if len(letters) > 1 else []


def _digested(message: Message) -> list[Message]:
    """The parts of the first digest in a mail, as far as multiparts reach."""
    left = [message]
    for _count in range(_MOST_PARTS):
        if not left:
            break
        part = left.pop(0)
        payload = part.get_payload()
        inner = [one for one in payload if isinstance(one, Message)] if part.is_multipart() else []
        if part.get_content_type() == "multipart/digest":
            return inner[:_MOST_PARTS]
        if part.get_content_maintype() == "multipart":
            left = [*inner, *left]
    return []


def _letter_in(part: Message) -> Message | None:
    payload = part.get_payload()
    if part.get_content_type() != "message/rfc822" or not isinstance(payload, list) or not payload:
        return None
    return payload[0] if isinstance(payload[0], Message) else None


def _own_id(letter: Message) -> str:
    named = _header(letter, "Message-ID").strip("<> ")
    return named or f"{_header(letter, 'Date')} {_header(letter, 'Subject')}"


def _of_text(
    message: Message, text: str, path: str, rules: ParseRules, readers: Readers
) -> Article | Rejection:
    text = _without_forwarding(text)
    if not text.strip():
        return Rejection(path, "E_NO_BODY", None, {"format": FORMAT})
    if not _OWN.match(text.encode("utf-8", "replace")[:40]):
        when = read_when(_header(message, "Date"), rules.timezone) or when_in_path(
            path, rules.timezone
        )
        if when is None:
            example = f"2026-01-23-{path.rpartition('/')[2]}"
            return Rejection(path, "E_DATE_MISSING", None, {"format": FORMAT, "example": example})
        subject = _subject(message)
        if not subject:
            return Rejection(path, "E_TITLE_MISSING", None, {"format": FORMAT})
        date = when.at.strftime("%Y-%m-%d")
        if when.precision == "minute":
            date = when.at.isoformat(timespec="minutes")
        text = f"date {date} {subject}\n\n{text}"
    found = readers.text(text.encode("utf-8", "replace"), path, rules)
    return replace(found, line=None) if isinstance(found, Rejection) else found


def _signed(
    article: Article, message: Message, data: bytes, rules: ParseRules, warnings: tuple[str, ...]
) -> Article:
    """The article with the mail's name; where the text signs nobody, its sender does."""
    codes = dict.fromkeys((*article.warnings, *warnings))
    authors, agencies = article.authors, article.agencies
    if not authors and not agencies:
        sender = parseaddr(_header(message, "From"))[0]
        known = known_agencies(rules.agencies)
        agency = agency_of(plain(sender), known)
        who = named(sender, known)
        authors, agencies = ((), (agency,)) if agency else (who.authors, who.agencies)
        if authors and _DESK.search(sender):
            words = (agency_of(word, known) for word in plain(sender).split())
            authors, agencies = (), (next(filter(None, words), plain(sender)),)
        if authors or agencies:
            codes.pop("W_NO_CREDIT", None)
    blocks, dateline, datelined = _as_sent(article, known_agencies(rules.agencies))
    if datelined and (not article.agencies or not agencies):
        authors, agencies = article.authors, datelined
        codes.pop("W_NO_CREDIT", None)
    return replace(
        article,
        blocks=blocks,
        dateline=dateline,
        authors=authors,
        agencies=agencies,
        item=plain(_header(message, "Message-ID")).strip("<>"),
        warnings=in_warning_order(codes),
        sha256=sha256(data).hexdigest(),
    )


def _as_sent(
    article: Article, known: Collection[str]
) -> tuple[tuple[Block, ...], str | None, tuple[str, ...]]:
    """The blocks without the marks below them and the dateline above, that dateline and its agencies."""
    blocks = list(article.blocks)
    while (
        len(blocks) > 1
        and blocks[-1].type in ("paragraph", "subheading")
        and closes(blocks[-1].text)
    ):
        blocks.pop()
    found = None
    if not article.dateline and blocks[0].type == "paragraph":
        found = dateline_of(blocks[0].text, known)
    if found is None:
        return tuple(blocks), article.dateline, ()
    return (replace(blocks[0], text=found.text), *blocks[1:]), found.place, found.agencies


def _parts(message: Message) -> Iterator[Message]:
    """The mail's parts; a mail inside it is one part. RecursionError where they nest too deep."""
    left = [(message, 0)]
    count = 0
    while left and count < _MOST_PARTS:
        part, depth = left.pop(0)
        count += 1
        if depth > _DEEPEST_PART:
            raise RecursionError
        payload = part.get_payload()
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            inside = (one for one in payload if isinstance(one, Message))
            left = [*((one, depth + 1) for one in inside), *left]
        else:
            yield part


def _text_of(parts: list[Message]) -> tuple[str, tuple[str, ...]]:
    """The text of the letter itself: plain where there is one, else what its HTML says."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() != kind or _name_of(part):
                continue
            text, warnings = decoded(body_of(part), _charset(part))
            if kind == "text/html":
                import nh3

                clean = nh3.clean(text, clean_content_tags={"script", "style"}, attributes={})
                text = "\n\n".join(body_of_blocks(blocks_of_html(clean)))
            else:
                text = _unflowed(text, part)
            if text.strip():
                return _without_signature(text.replace("\r\n", "\n")), warnings
    return "", ()


def _attached(parts: list[Message]) -> Iterator[tuple[str, Message | bytes]]:
    for part in parts:
        name = _name_of(part)
        payload = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(payload, list) and payload:
            inner = payload[0]
            if isinstance(inner, Message):
                yield from (("x.eml", data) for data in _bytes_of(inner))
        elif name.lower().endswith(_ATTACHED):
            yield name, part


def _bytes_of(letter: Message) -> list[bytes]:
    """A mail inside another as bytes; none of one with headers that nothing can be made of."""
    try:
        return [letter.as_bytes()]
    except (MessageError, ValueError, LookupError):
        return []


def _name_of(part: Message) -> str:
    try:
        return _words(part.get_filename() or "").replace("/", "-")
    except (ValueError, LookupError, TypeError):
        return ""


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset() or ""
    except (ValueError, LookupError):
        return ""


def _header(message: Message, name: str) -> str:
    try:
        return _words(str(message.get(name) or ""))
    except (ValueError, LookupError, TypeError):
        return ""


def _words(text: str) -> str:
    """A header as it is read: encoded words decoded, folded lines joined."""
    try:
        return " ".join(str(make_header(decode_header(text))).split())
    except (MessageError, ValueError, LookupError):
        return " ".join(text.split())


def _subject(message: Message) -> str:
    subject = plain(_header(message, "Subject"))
    while shorter := _SENT_ON.sub("", subject):
        if shorter == subject:
            break
        subject = shorter
    return subject


def _unflowed(text: str, part: Message) -> str:
    """`format=flowed`: a line that ends in a space goes on in the next (RFC 3676)."""
    if str(part.get_param("format") or "").lower() != "flowed":
        return text
    return re.sub(r"(?<!^--) \r?\n(?=[^\s>])", " ", text)


def _without_signature(text: str) -> str:
    return re.split(r"^-- ?$", text, maxsplit=1, flags=re.MULTILINE)[0]


def _without_forwarding(text: str) -> str:
    """The text below the headers of what was forwarded, without a cover note of a line or two."""
    mark = _FORWARDED.search(text)
    if mark is None:
        return text
    headers = _ITS_HEADERS.match(text, mark.end() + 1)
    below = text[headers.end() if headers else mark.end() :]
    before = text[: mark.start()].strip()
    return below if len(before) <= _LONGEST_COVER else f"{before}\n\n{below}"


def _beside(path: str, name: str) -> str:
    folder, slash, _ = path.rpartition("/")
    return folder + slash + (name or "x.txt")
