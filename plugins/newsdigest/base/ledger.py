"""The ledger: what was published, under which id, at which address. Its lines, read and written.

    content/ledger/YYYY-MM.jsonl    one line of JSON an article, by id; the month it was dated when
                                    it was first published

The ledger is the editors' (plain text, kept in git with the articles) and written by the publication:
what stands in it never changes by itself. Lines are read whatever their order, and written sorted.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Literal

import msgspec

from newsdigest.base.errors import BuildError, _
from newsdigest.base.records import Article, block_texts

FOLDER = "ledger"
MONTH_FILE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])\.jsonl")

EditKind = Literal["undeclared", "minor", "correction"]


class Edit(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A change of a published text.

    `at` is when, as `2026-01-23T14:30:00Z`; `note` what the editor says of it; `changes` are
    (former wording, new wording) of the sentences that differ, the headline's whole and first, as
    far as the build knew the former text. `to_come`: declared by the editor, not published yet.
    """

    at: str
    kind: EditKind = "undeclared"
    note: str = ""
    changes: tuple[tuple[str, str], ...] = ()
    to_come: bool = False


class Retraction(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """That an article was retracted, `at`, for that `reason`; what of it readers may still see.

    `lifted` is when that was taken back, "" as long as it stands. `of` is the article that it is a
    copy of and was retracted with. `only`: its copies were not. `unseen`: it was never published,
    so no page tells of it. `feeds` are those it stood in, as "kind name".

    `rows` and `sketch` are hashes of its wording (`newsdigest.relate`), by which it is known again;
    nobody can read it from them. `lang` is its language.
    """

    at: str
    reason: str
    keeps_headline: bool = False
    only: bool = False
    of: str = ""
    unseen: bool = False
    lifted: str = ""
    feeds: tuple[str, ...] = ()
    lang: str = ""
    rows: str = ""
    sketch: str = ""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One published article.

    `file` is where its raw file lies below content/; `address` where its page stands, without a
    leading slash; `feed` its id in feeds; `published` its date when it was first published, with
    its offset; `sha` and `text` are digests of its bytes and of what it says (`text_digest`);
    `headline` is the last one published, `former` those it had before, in the order in which they were
    first published; `moved` its former addresses and `stories` the slugs of the stories it was
    published in, the latest last. `folded`: it was published as a copy of another and never stood in
    a list or feed.
    """

    id: str
    file: str
    address: str
    feed: str
    published: str
    sha: str
    text: str
    headline: str
    former: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    stories: tuple[str, ...] = ()
    retraction: Retraction | None = None
    folded: bool = False

    @property
    def retracted(self) -> Retraction | None:
        """Its retraction, if it stands."""
        found = self.retraction
        return found if found and not found.lifted else None

    @property
    def headlines(self) -> tuple[str, ...]:
        """All that it was published under, the last one first."""
        return (self.headline, *self.former)

    @property
    def month(self) -> str:
        """The ledger's file it stands in, `YYYY-MM`."""
        return self.published[:7]

    @property
    def first_headline(self) -> str:
        """The headline it was first published under."""
        return self.former[0] if self.former else self.headline

    @property
    def addresses(self) -> tuple[str, ...]:
        """All addresses that are its own for ever."""
        return (self.address, *self.moved)

    @property
    def updated(self) -> str:
        """When its text last changed as readers are told, "" if it never did."""
        told = (edit.at for edit in self.edits if edit.kind != "minor" and not edit.to_come)
        return max(told, default="")

    @property
    def sent(self) -> str:
        """When subscribers were last told of a change: of its text, or that it is there again."""
        lifted = self.retraction.lifted if self.retraction else ""
        return max(self.updated, lifted)

    @property
    def corrections(self) -> tuple[tuple[int, Edit], ...]:
        """What readers are told of, numbered from 1 for ever: published, in order."""
        told = (edit for edit in self.edits if edit.kind == "correction" and not edit.to_come)
        return tuple(enumerate(told, 1))


class LedgerError(BuildError):
    """The ledger cannot be read, or contradicts itself: in which file, at which line."""


def text_digest(article: Article) -> str:
    """What tells one text from another: not its date, its place or its related headlines."""
    parts = (article.headline, *block_texts(article.blocks), article.credit)
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def read_month(text: str, month: str) -> list[tuple[int, Entry]]:
    """The entries of a month's file, with their lines.

    Raises LedgerError at the first line that is none, or that belongs to another month.
    """
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        if line.startswith(_CONFLICT_MARKS):
            raise _refused(
                month,
                number,
                _("a merge conflict was left in the ledger at {file}:{line}."),
                _("Keep the line of each article that was published, then build again."),
            )
        try:
            entry = _decoder.decode(line)
        except msgspec.DecodeError as error:
            raise _refused(
                month,
                number,
                _("{file}:{line} is no line of the ledger ({reason})."),
                _("Take the line back from an earlier version of the file."),
                reason=str(error),
            ) from error
        if entry.month != month or not entry.id or not entry.address:
            raise _refused(
                month,
                number,
                _("{file}:{line} does not belong there."),
                _("Take the line back from an earlier version of the file."),
            )
        found.append((number, entry))
    return found


def contradiction(month: str, line: int, what: str, other: str) -> LedgerError:
    """Two lines say what only one of them can: `what` is an id, a file or an address of both."""
    return _refused(
        month,
        line,
        _("{file}:{line} and {other} both have {what}."),
        _("Keep the line that was published first, then build again."),
        what=what,
        other=other,
    )


def pack_line(entry: Entry) -> str:
    """An article's line, as the file and the store have it."""
    return _encoder.encode(entry).decode()


def unpack_line(line: str) -> Entry:
    """The same, read again."""
    return _decoder.decode(line)


def file_of(month: str) -> str:
    """The month's file, as editors call it."""
    return f"{FOLDER}/{month}.jsonl"


_CONFLICT_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Entry)


def _refused(month: str, line: int, message: str, hint: str, **facts: str) -> LedgerError:
    return LedgerError(message, hint, file=file_of(month), line=line, **facts)
