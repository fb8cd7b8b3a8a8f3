"""What ANPA 1312 and IPTC 7901 have in common: messages of control characters, and their text.

A file is cut into messages; of each stand the header, the text and what comes behind it. Takes are
joined again, columns unwrapped to paragraphs, tables left as they are set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsdigest.base.records import Block
from newsdigest.read.wire.markup import plain, rows_of_columns
from newsdigest.read.wire.telex_headers import EOT, ETX, SOH, STX

_CONTROLS = re.compile("[\x00\x05-\x08\x0e-\x10\x13-\x1b\x1c-\x1f\x7f]")
_END_MARK = re.compile(
    r"[\s(—–_-]*(?:30|NNNN|ENDS?|FIN|ENDE|MORE|more follows|mf|à suivre|#{3,}|_{3,}|\*{3,})[\s)—–_.-]*$"
    r"|[—–_=*-]{3,}$",
    re.IGNORECASE,
)
_STAMP = re.compile(r"(?:\(?[A-Z]{2,5}-[A-Z]{2}-)?\d{1,2}-\d{1,2}-\d{2,4} \d{4} ?[A-Z]{3}\W*$")
_TICKET = re.compile(r"\d{6} ?(?:GMT|UTC)? ?[A-Za-z]{3,9} ?\d{2,4}\W*$")
_INITIALS = re.compile(r"(?P<agency>[A-Za-z]{2,8}) (?:RTV )?(?:[a-z]{1,4}[ /\d]*){1,6}$")
_DESK = re.compile(r"[a-z]{2,5}(?:[-/][a-z]{1,5})+/?")
_BYLINE = re.compile(r"(?:by|par|von|por|di)\s+[A-ZÀ-Ý]", re.IGNORECASE)
_NOTE = re.compile(
    r"[(\[]?\s*(?:eds?\b|editors?\b|attention|attn|note|with (?:photo|graphic)|AP (?:photo|graphic|video)|"
    r"photos?\b|graphics?\b|notiz|zusammenfassung|achtung|hinweis|redaktion|recasts|updates?\b|adds?\b|eil\b)",
    re.IGNORECASE,
)
_EMPLOYER = re.compile(
    r"(?:The )?(?:Associated Press|AP|AFP|Reuters|AAP|dpa|[A-Z][\w ]{0,30} (?:Writers?|Editors?|Correspondents?|Staff))",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]$")
_SLUG = re.compile(
    r"(?:(?:am|pm|bc|ap|us|eu|urgent)-\S.*"  # BC-US--Senate-Vote,0123
    r"|.*,\s?\d{3,4}$"
    r"|(?:[^\s/]+\s?/\s?)+[^\s/]*\s?/?$"  # Politik/Deutschland/
    r"|[A-Z0-9]+(?:[-/][A-Za-z0-9.]+)+/?$)",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"[^()]{2,60}\([A-Za-z/ .]{2,30}\)\s*[-–—_]|[A-ZÀ-Ý .,'-]{3,40},? [^()]{0,24}[-–—_]{1,2} "
)
_SPACED = re.compile(r"\S(?: {3,}|\t|\.{4,})\S")
_ENDS = frozenset(".!?…»\"”:'")
_LONGEST_HEADLINE = 200
_LONGEST_LINE = 110
_ADDED = re.compile(
    r",?\s*\b(?:(?:1st|2nd|3rd|\d+th)[\s-]*add|add[\s-]*\d|take[\s-]*\d+|\d+\. teil|\(?\d+/\d+\)?)\b.*$",
    re.IGNORECASE,
)


class Message(NamedTuple):
    """`header` and `text` as lines, `trailer` what stands behind the text."""

    header: list[str]
    text: list[str]
    trailer: str


class Text(NamedTuple):
    """What a message's text says: `notes` are the desk's, not the readers'."""

    headline: str
    byline: str
    blocks: tuple[Block, ...]
    slug: str
    notes: tuple[str, ...]
    agency: str


def messages(text: str) -> Iterator[Message]:
    """The messages of a file, in its order; without a single mark the whole is one."""
    for piece in re.split(f"{SOH}|{EOT}", text):
        if not _CONTROLS.sub("", piece).strip():
            continue
        header, found, rest = piece.partition(STX)
        if not found:
            header, rest = "", piece
        body, _, trailer = rest.partition(ETX)
        yield Message(header.split("\n"), body.split("\n"), _CONTROLS.sub(" ", trailer))


def with_trailers(found: list[Message]) -> list[Message]:
    """A piece without text that follows a message (its date, behind EOT) is that one's trailer."""
    kept: list[Message] = []
    for one in found:
        words = "\n".join(one.text)
        bare = not any(one.header) and len(words.split()) < 12
        if kept and bare:
            kept[-1] = kept[-1]._replace(trailer=f"{kept[-1].trailer}\n{words}\n{one.trailer}")
        else:
            kept.append(one)
    return kept


def read_text(lines: list[str], headline: str = "", tabular: bool = False) -> Text:
    """The text of a message. `headline`, if its header gave one, is taken off the text."""
    lines = [_clean(line) for line in lines]
    lines, agency = _without_end(lines)
    head, body = _headed(lines) if any(line.startswith("^") for line in lines) else ([], lines)
    slug, byline, notes, rest = _sorted_head(head)
    if not head:
        slug, byline, notes, body = _plain_head(body)
    if not headline and rest:
        headline, rest = rest[0], rest[1:]
    if not headline:
        headline, body = _headline(body)
    if headline:
        body = _without(headline, body)
    byline, more, body = _below_headline(byline, body)
    notes = [*notes, *more]
    blocks = tuple(_blocks(body, tabular))
    return Text(plain(headline), byline, blocks, slug, tuple(notes), agency)


def slug_of(text: str) -> str:
    """The slug without what makes it an added take."""
    return _ADDED.sub("", re.sub(r",\s?\d{3,4}$", "", text)).strip(" /-,").casefold()


def is_added(text: str) -> bool:
    match = _ADDED.search(text)
    return match is not None and not re.search(r"take[\s-]*1\b|\b1/\d", match[0], re.IGNORECASE)


def _clean(line: str) -> str:
    line = _CONTROLS.sub("", line.replace("\x11", "").replace("\x12", "")).rstrip()
    if line.endswith("<") or line.endswith("="):
        line = line.rstrip("<= ")
    return line.replace("``", "“").replace("''", "”").replace(" _ ", " — ")


def _without_end(lines: list[str]) -> tuple[list[str], str]:
    """The lines without end marks, stamps and initials; the agency that the initials' line names."""
    agency = ""
    lines = list(lines)
    while lines:
        last = lines[-1].strip().strip("^")
        if (
            not last
            or any(mark.match(last) for mark in (_END_MARK, _STAMP, _TICKET))
            or _DESK.fullmatch(last)
        ):
            lines.pop()
            continue
        initials = _INITIALS.fullmatch(last) if len(last) <= 32 else None
        if (
            initials
            and not agency
            and (initials["agency"].isupper() or initials["agency"] in ("dpa", "apa"))
        ):
            agency = initials["agency"]
            lines.pop()
            continue
        break
    return lines, agency


def _headed(lines: list[str]) -> tuple[list[str], list[str]]:
    """AP's `^` begins each line of the head; the text begins at the first line without."""
    at = 0
    head = []
    while at < len(lines) and (lines[at].startswith("^") or not lines[at].strip()):
        head.append(lines[at].strip("^<= \t"))
        at += 1
    body = [line[1:] if line.startswith("^") else line for line in lines[at:]]
    return [line for line in head if line], body


def _sorted_head(head: list[str]) -> tuple[str, str, list[str], list[str]]:
    """(slug, byline, notes, the other lines) of a head."""
    slug = byline = ""
    notes: list[str] = []
    rest: list[str] = []
    for at, line in enumerate(head):
        if not slug and at == 0 and _SLUG.match(line):
            slug = line
        elif _BYLINE.match(line) and not byline:
            byline = line
        elif byline and len(line.split()) <= 5:
            notes.append(line)  # what stands below a byline: "Associated Press Writer"
        elif _is_note(line) or (at and not rest and " " not in line and _SLUG.fullmatch(line)):
            notes.append(line)
        else:
            rest.append(line)
    return slug, byline, notes, rest


def _is_note(line: str) -> bool:
    return any(kind.match(line) for kind in (_NOTE, _BRACKETED, _END_MARK))


def _plain_head(body: list[str]) -> tuple[str, str, list[str], list[str]]:
    """As `_sorted_head`, of a text without marks: its first lines, as long as they are no text."""
    slug = ""
    notes: list[str] = []
    at = 0
    while at < len(body):
        line = body[at].strip()
        if line and not slug and not notes and len(line) < 80 and _SLUG.fullmatch(line):
            slug = line
        elif line and (_BRACKETED.match(line) or (_NOTE.match(line) and ":" in line[:24])):
            notes.append(line.strip("()[]"))
        elif line:
            break
        at += 1
    return slug, "", notes, body[at:]


def _headline(body: list[str]) -> tuple[str, list[str]]:
    """The first lines that are a headline, and the text below; "" where the text begins at once."""
    at = 0
    while at < len(body) and not body[at].strip():
        at += 1
    end = at
    taken: list[str] = []
    while end < len(body) and body[end].strip():
        line = body[end]
        if _DATELINE.match(line.strip()) or (taken and (line[0] in " \t" or _BYLINE.match(line))):
            break
        taken.append(line.strip())
        end += 1
        if line.rstrip()[-1] in ".!?" and len(taken) > 1:
            break
    has_more = any(line.strip() for line in body[end:])
    whole = " ".join(taken)
    if taken and has_more and len(whole) <= _LONGEST_HEADLINE and not whole.endswith("."):
        return whole, body[end:]
    if len(taken) > 1 and _may_head(taken[0]) and not taken[1][0].islower():
        return taken[0], body[at + 1 :]
    return "", body


def _may_head(line: str) -> bool:
    return len(line) <= _LONGEST_LINE and line[-1] not in ".,;" and line[0] not in "-–"


def _below_headline(byline: str, body: list[str]) -> tuple[str, list[str], list[str]]:
    """(byline, notes, the text) of lines below the headline: notes, the byline, who they write for."""
    notes: list[str] = []
    for at, line in enumerate(body):
        text = line.strip()
        is_name = _BYLINE.match(text) and len(text) <= 80 and text[-1] not in ".!?"
        if not text:
            continue
        if not byline and is_name:
            byline = text
        elif (_NOTE.match(text) and (":" in text[:24] or text[0] in "([")) or (
            byline and _EMPLOYER.fullmatch(text)
        ):
            notes.append(text)
        else:
            return byline, notes, body[at:]
    return byline, notes, []


def _without(headline: str, body: list[str]) -> list[str]:
    """The text without the headline said once more above it."""
    for at, line in enumerate(body):
        if line.strip():
            return body[at + 1 :] if plain(line).casefold() == plain(headline).casefold() else body
    return body


def _blocks(body: list[str], tabular: bool) -> Iterator[Block]:
    for paragraph in _paragraphs(body, tabular):
        rows = rows_of_columns(paragraph) if tabular or _is_table(paragraph) else ()
        if rows:
            yield Block("table", rows=rows)
            continue
        text = plain(_joined(paragraph))
        if text and not _END_MARK.fullmatch(text):
            yield Block("paragraph", text=text)


def _is_table(lines: list[str]) -> bool:
    return len(lines) >= 3 and 3 * sum(
        bool(_SPACED.search(one.strip())) for one in lines
    ) > 2 * len(lines)


def _paragraphs(body: list[str], tabular: bool) -> Iterator[list[str]]:
    """Runs of lines that are one paragraph: an indent or a blank line begins the next."""
    full = [line for line in body if line.strip()]
    indented = sum(line[0] in " \t" for line in full)
    marked = bool(indented) and (
        10 * indented <= 8 * len(full) or any(line[0] == "\t" for line in full)
    )
    marked = marked and not tabular and not _is_table(full)
    parted = any(not line.strip() for line in body[1:-1])
    width = max((len(line) for line in full), default=0)
    run: list[str] = []
    for line in body:
        begins = marked and line[:1] in ("\t", " ")
        if run and not (marked or parted) and not tabular and not _is_table(full):
            begins = not _is_cut(run[-1], line, width)
        if not line.strip() or begins:
            if run:
                yield run
            run = []
        if line.strip():
            run.append(line)
    if run:
        yield run


def _is_cut(line: str, following: str, width: int) -> bool:
    """Whether a line goes on in the next: cut at the width, not at the end of a paragraph."""
    if width > _LONGEST_LINE or not following.strip():
        return False
    room = width - len(line.rstrip())
    if following.lstrip()[0].islower():
        return True
    if line.rstrip()[-1] in _ENDS:
        return room <= len(following.split()[0])
    return room <= 16


def _joined(lines: list[str]) -> str:
    """A word cut at its hyphen is one again."""
    text = ""
    for line in lines:
        line = line.strip()
        hyphened = text.endswith("-") and text[-2:-1].isalpha() and line[:1].isalpha()
        text += line if not text or hyphened else " " + line
    return text
