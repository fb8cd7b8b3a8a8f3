"""Settling by the ledger: whose article a file is, where it stands for good, what was published of it.

An article's id is its file's, until the file is renamed or moved: then the ledger, which knows the
text under the id it was first published with, says which article it is. All of this is a function
of the ledger and of the files that are there, never of the order in which they changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from typing import Any, NamedTuple

import msgspec

from newsdigest.archive.rows import ParsedArticle, pack, pack_card, unpack_card, unpack_record
from newsdigest.archive.update.edits import Published, advanced, changed
from newsdigest.archive.update.update import LedgerMonth, Update
from newsdigest.base import ledger
from newsdigest.base.addresses import tag_uri
from newsdigest.base.ledger import Entry, pack_line, unpack_line
from newsdigest.base.records import Article, article_id
from newsdigest.relate.stories.threads import PAGE_FROM
from newsdigest.text.dates import aware


class Ledger:
    """The ledger's part of one settling.

    `coming`: the paths that this settling will file, whatever becomes of them.
    """

    def __init__(self, update: Update, coming: Collection[str]) -> None:
        self.update = update
        self.db = update.db
        self._coming = coming
        # Texts whose files or lines came, went or changed: whose they are is asked again.
        self._texts: set[str] = set()
        # Articles whose lines changed behind the build's back, and files that such lines name.
        self._changed: set[str] = set()
        self._files: set[str] = set()
        # The lines that this settling changed, as they were before; None of what is new.
        self.turned: dict[str, Entry | None] = {}
        # What the lines say of retractions that they did not, or no longer: (before, now).
        self.retractions: list[tuple[Entry | None, Entry | None]] = []

    # -- the months as they lie in content/ ----------------------------------------------------

    def take_in(self, months: Collection[LedgerMonth]) -> None:
        """Read the months that are not as they were.

        Raises LedgerError for one that cannot be read, and for lines that contradict each other.
        """
        read = {month.month: ledger.read_month(month.text, month.month) for month in months}
        lines: dict[str, _Line] = {}
        for month, found in read.items():
            for number, entry in found:
                line = _Line(month, number)
                _refuse(line, entry.id, lines.setdefault(entry.id, line))
        for month, found in read.items():
            known = self._entries("SELECT line FROM ledger WHERE month = ?", month)
            before = {entry.id: entry for entry in known}
            now = {entry.id: entry for _number, entry in found}
            for id_ in before.keys() | now.keys():
                if before.get(id_) != now.get(id_):
                    self._note(before.get(id_), now.get(id_))
        for entry in (entry for found in read.values() for _number, entry in found):
            if entry.id in self._changed:
                for claim, other in self._claimed(entry):
                    _refuse(lines[entry.id], claim, lines.get(other) or self._line(other))
                self._write(entry)
        for month, stamp, text in months:
            self.db.execute("INSERT OR REPLACE INTO ledger_months VALUES (?, ?, 0)", (month, stamp))
            if not text:
                self.db.execute("DELETE FROM ledger_months WHERE month = ?", (month,))

    def _note(self, before: Entry | None, now: Entry | None) -> None:
        """A line came, went or changed behind the build's back."""
        for entry in filter(None, (before, now)):
            self._changed.add(entry.id)
            self._files.add(entry.file)
            self._texts.add(entry.text)
            self.update.changes.readdressed.update(entry.addresses)
            self.update.story_slugs.update(entry.stories)
        known = before or now
        if known:
            self.turned.setdefault(known.id, known)
        if (before and before.retraction) != (now and now.retraction):
            self.retractions.append((before, now))
        if before:
            self._forget(before)

    def _claimed(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """What other lines have that only one can have, with whose they are."""
        query = "SELECT id FROM ledger WHERE id = ? OR (file = ? AND id != ?)"
        for (id_,) in self.db.execute(query, (entry.id, entry.file, entry.id)):
            yield (entry.id if id_ == entry.id else entry.file), id_
        query = "SELECT id FROM ledger_addresses WHERE address = ?"
        for address in entry.addresses:
            for (id_,) in self.db.execute(query, (address,)):
                yield address, id_

    def _line(self, id_: str) -> _Line:
        """Where an article's line stands, in a month that was not read now."""
        query = "SELECT month FROM ledger WHERE id = ?"
        (month,) = self.db.execute(query, (id_,)).fetchone()
        query = "SELECT count(*) FROM ledger WHERE month = ? AND id <= ?"
        return _Line(month, self.db.execute(query, (month, id_)).fetchone()[0])

    def entry(self, id_: str) -> Entry | None:
        """What the ledger says of an article."""
        return next(self._entries("SELECT line FROM ledger WHERE id = ?", id_), None)

    def retracted(self) -> list[Entry]:
        """The articles that are retracted, by id."""
        return list(self._entries("SELECT line FROM ledger WHERE retracted ORDER BY id"))

    def is_text_of(self, text: str) -> bool:
        """Whether an article that is not retracted was published with this text."""
        query = "SELECT 1 FROM ledger WHERE text = ? AND NOT retracted LIMIT 1"
        return self.db.execute(query, (text,)).fetchone() is not None

    def _entries(self, query: str, *values: str) -> Iterator[Entry]:
        return (unpack_line(line) for (line,) in self.db.execute(query, values).fetchall())

    def _write(self, entry: Entry) -> None:
        self.db.execute(
            "INSERT OR REPLACE INTO ledger VALUES (?, ?, ?, ?, ?, ?)",
            (
                entry.id,
                entry.file,
                entry.text,
                entry.month,
                pack_line(entry),
                entry.retracted is not None,
            ),
        )
        self.db.executemany(
            "INSERT OR REPLACE INTO ledger_addresses VALUES (?, ?, ?)",
            ((address, entry.id, address != entry.address) for address in entry.addresses),
        )
        self.db.executemany(
            "INSERT OR REPLACE INTO ledger_stories VALUES (?, ?, ?)",
            ((slug, entry.id, slug == entry.stories[-1]) for slug in entry.stories),
        )
        self._correct(entry.id, self._corrections(entry))

    def _corrections(self, entry: Entry) -> set[tuple[int, str, str]]:
        """(number, when, on which day for readers) of what readers are told of the article."""
        zone = self.update.given.timezone
        return {
            (number, edit.at, f"{aware(datetime.fromisoformat(edit.at), zone):%Y-%m-%d}")
            for number, edit in entry.corrections
        }

    def _correct(self, id_: str, now: set[tuple[int, str, str]]) -> None:
        query = "SELECT number, at, day FROM corrections WHERE id = ?"
        before = set(self.db.execute(query, (id_,)))
        if now == before:
            return
        self.db.execute("DELETE FROM corrections WHERE id = ?", (id_,))
        self.db.executemany(
            "INSERT INTO corrections VALUES (?, ?, ?, ?)", ((id_, *row) for row in sorted(now))
        )
        months = {day[:7] for _number, _at, day in now ^ before}
        self.update.changes.corrections |= months

    def _forget(self, entry: Entry) -> None:
        self._correct(entry.id, set())
        self.db.execute("DELETE FROM ledger WHERE id = ?", (entry.id,))
        self.db.execute("DELETE FROM ledger_addresses WHERE id = ?", (entry.id,))
        self.db.execute("DELETE FROM ledger_stories WHERE id = ?", (entry.id,))

    # -- whose article a file is ------------------------------------------------------------------

    def id_of(self, path: str) -> str:
        """The article of the file at `path`, as far as names tell: the one the ledger has there, or
        its own, unless the ledger knows that one in a file elsewhere."""
        row = self.db.execute("SELECT id FROM ledger WHERE file = ?", (path,)).fetchone()
        if row:
            return str(row[0])
        own = article_id(path)
        query = "SELECT file FROM ledger WHERE id = ?"
        row = self.db.execute(query, (own,)).fetchone()
        number = 1
        while row and (number > 1 or self._is_there(row[0])):
            number += 1
            row = self.db.execute(query, (f"{own}//{number}",)).fetchone()
        # No file has an empty name: no path gives such an id.
        return own if number == 1 else f"{own}//{number}"

    def _is_there(self, path: str) -> bool:
        query = "SELECT 1 FROM files WHERE path = ?"
        return path in self._coming or bool(self.db.execute(query, (path,)).fetchone())

    def identified(self, article: ParsedArticle, path: str) -> ParsedArticle:
        """The article of a file just read, under its id."""
        self._texts.add(article.text)
        id_ = self.id_of(path)
        return article if id_ == article.id else self.called(id_, article.record)

    def called(self, id_: str, record: bytes) -> ParsedArticle:
        """An article as filed under this id."""
        known = unpack_record(record)
        tagged = known.entities if known.tagged is None else known.tagged
        return pack(replace(known.article, id=id_), tagged, self.update.editors.curated)

    def left(self, id_: str, text: str, record: bytes) -> None:
        """An article's row goes: its text may be another file's now, or come back edited."""
        self._texts.add(text)
        entry = self.entry(id_)
        if entry and entry.text == text and not entry.retracted:
            query = "INSERT OR REPLACE INTO last_published VALUES (?, ?)"
            self.db.execute(query, (id_, record))

    def misfiled(self) -> dict[str, str]:
        """The files that stand in the archive as another article than they are, or as one of which
        the ledger says something else than before: by path, the id each is to be filed under."""
        if not self.db.execute("SELECT 1 FROM ledger LIMIT 1").fetchone() and not self._changed:
            return {}
        found: dict[str, str] = {}
        for text in sorted(self._asked_again()):
            rows = self.db.execute(
                "SELECT path, id FROM articles WHERE text = ? ORDER BY path", (text,)
            ).fetchall()
            owners = self._owners(text, [path for path, _id in rows])
            found.update(
                (path, owners[path])
                for path, id_ in rows
                if owners[path] != id_ or id_ in self._changed
            )
        return found

    def _asked_again(self) -> set[str]:
        """The texts of which it is to be asked whose they are."""
        if self.update.fresh:
            # By their names all files were filed just now: only what no file has is looked for.
            query = "SELECT text FROM ledger WHERE file NOT IN (SELECT path FROM files)"
            return {text for (text,) in self.db.execute(query)}
        texts = set(self._texts)
        for column, values in (("path", self._files), ("id", self._changed)):
            query = f"SELECT text FROM articles WHERE {column} = ?"
            for value in values:
                texts.update(text for (text,) in self.db.execute(query, (value,)))
        return texts

    def _owners(self, text: str, paths: Sequence[str]) -> dict[str, str]:
        """Whose each of the files with this text is: by its name, or, if the ledger knows none by
        that name, one of the articles that lost theirs, in order."""
        owners = {path: self.id_of(path) for path in paths}
        known = {id_ for id_ in owners.values() if self.entry(id_)}
        free = [path for path in paths if owners[path] not in known]
        if free:
            query = "SELECT line FROM ledger WHERE text = ? AND NOT retracted ORDER BY id"
            entries = self._entries(query, text)
            lost = [one.id for one in entries if one.id not in known and self._is_lost(one)]
            owners.update(zip(free, lost, strict=False))
        return owners

    def _is_lost(self, entry: Entry) -> bool:
        """Whether no file is the article's by its name."""
        query = "SELECT path FROM articles WHERE id = ?"
        row = self.db.execute(query, (entry.id,)).fetchone()
        return not self._is_there(entry.file) and not (row and self.id_of(row[0]) == entry.id)

    # -- addresses --------------------------------------------------------------------------------

    def address(self, id_: str) -> str:
        """Where the article stands for good, "" as long as it was never published."""
        entry = self.entry(id_)
        return entry.address if entry else ""

    def former_headlines(self, id_: str, headline: str) -> list[str]:
        """Under which headlines the article was published that it has no more."""
        entry = self.entry(id_)
        known = (*entry.former, entry.headline) if entry else ()
        return [one for one in dict.fromkeys(known) if one != headline]

    def first_headline(self, id_: str, headline: str) -> str:
        """The headline the article was first published under, `headline` if it never was."""
        entry = self.entry(id_)
        return entry.first_headline if entry else headline

    def is_taken(self, address: str) -> bool:
        """Whether some article stands there for good, or once did."""
        query = "SELECT 1 FROM ledger_addresses WHERE address = ?"
        return self.db.execute(query, (address,)).fetchone() is not None

    # -- what this publication adds ------------------------------------------------------------------

    def advance(self) -> None:
        """Note what is published now: new articles, other texts, files that lie elsewhere."""
        update = self.update
        columns = "SELECT id, path, url, sha, text, headline, record FROM standing"
        if update.fresh:
            rows: Iterable[tuple[Any, ...]] = self.db.execute(columns).fetchall()
        else:
            put_off = {id_ for (id_,) in self.db.execute("SELECT id FROM unpublished")}
            query = f"{columns} WHERE id IN ({{marks}}) ORDER BY id"
            rows = chain.from_iterable(update.grouped(query, self._touched() | put_off))
        for id_, *published, record in rows:
            self._publish(id_, Published(*published), record)
        self.db.execute("DELETE FROM unpublished")

    def put_off(self) -> None:
        """Leave to the next publication what this settling changed."""
        if self.update.fresh:
            self.db.execute("INSERT INTO unpublished SELECT id FROM standing")
        ids = ((id_,) for id_ in sorted(self._touched() | self.update.before.keys()))
        self.db.executemany("INSERT OR IGNORE INTO unpublished VALUES (?)", ids)

    def put_off_stories(self) -> None:
        """Leave to the next publication which stories this settling changed."""
        if self.update.fresh:
            self.db.execute("INSERT INTO unpublished_stories SELECT story FROM stories")
        ids = ((story,) for story in sorted(self.update.changes.stories))
        self.db.executemany("INSERT OR IGNORE INTO unpublished_stories VALUES (?)", ids)

    def _touched(self) -> set[str]:
        return {*self.update.after, *self.update.changes.moved}

    def _publish(self, id_: str, now: Published, record: bytes) -> None:
        entry = self.entry(id_)
        if entry is None:
            new = self._first(id_, now, _article(record))
        else:
            new = advanced(entry, now, self._moment, lambda: self._changes(id_, record))
        self.db.execute("DELETE FROM last_published WHERE id = ?", (id_,))
        if new == entry:
            return
        self.turned.setdefault(id_, entry)
        if entry and entry.updated != new.updated and id_ not in self.update.after:
            self.update.changes.edited.add(id_)
        if new.edits[len(entry.edits) if entry else 0 :] and new.edits[-1].kind == "undeclared":
            self.update.changes.undeclared.append(id_)
        self._rewrite(new)

    def note_stories(self) -> None:
        """Note under which slugs stories are published now: in the lines of their articles."""
        noted = (
            "SELECT m.story, m.id, s.slug FROM members m JOIN stories s USING (story)"
            " LEFT JOIN ledger_stories l ON l.id = m.id AND l.latest"
            f" WHERE s.articles >= {PAGE_FROM} AND s.slug IS NOT l.slug"
        )
        if self.update.fresh:
            rows = self.db.execute(f"{noted} ORDER BY m.id").fetchall()
        else:
            query = f"{noted} AND m.story IN ({{marks}}) ORDER BY m.story"
            put_off = self.db.execute("SELECT story FROM unpublished_stories")
            reached = {*self.update.changes.stories, *(story for (story,) in put_off)}
            rows = list(chain.from_iterable(self.update.grouped(query, reached)))
        self.db.execute("DELETE FROM unpublished_stories")
        for _story, id_, slug in rows:
            entry = self.entry(id_)
            if entry:
                stories = (*(one for one in entry.stories if one != slug), slug)
                self._rewrite(msgspec.structs.replace(entry, stories=stories))

    def _rewrite(self, new: Entry) -> None:
        """A line as this publication has it; its month is to be written."""
        self._write(new)
        self.db.execute(
            "INSERT INTO ledger_months VALUES (?, '', 1)"
            " ON CONFLICT (month) DO UPDATE SET unwritten = 1",
            (new.month,),
        )

    def mark(self) -> None:
        """Lists say of an article that it was corrected, and when."""
        update = self.update
        query = (
            "SELECT c.id, max(c.day), a.n, a.card FROM corrections c CROSS JOIN articles a USING (id)"
            " WHERE c.id IN ({marks}) GROUP BY c.id ORDER BY c.id"
        )
        for rows in update.grouped(query, {*update.after, *update.changes.edited}):
            for _id, day, n, packed in rows:
                card = unpack_card(packed)
                if card.corrected != day:
                    marked = pack_card(replace(card, corrected=day))
                    self.db.execute("UPDATE articles SET card = ? WHERE n = ?", (marked, n))

    @property
    def authority_before(self) -> str:
        """Whose the ids in feeds were in the last build."""
        return self.update.given.ledger.authority_before

    @property
    def _moment(self) -> str:
        return self.update.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _first(self, id_: str, now: Published, article: Article) -> Entry:
        feed = tag_uri(self.update.given.ledger.feed_authority, id_)
        return Entry(
            id_,
            now.file,
            now.address,
            feed,
            article.published.isoformat(timespec="minutes"),
            now.sha,
            now.text,
            now.headline,
        )

    def _changes(self, id_: str, record: bytes) -> tuple[tuple[str, str], ...]:
        """What a text says otherwise than when it was last published, as far as that is known."""
        query = "SELECT record FROM last_published WHERE id = ?"
        row = self.db.execute(query, (id_,)).fetchone()
        return changed(_article(row[0]), _article(record)) if row else ()


class _Line(NamedTuple):
    """A line of a month's file."""

    month: str
    number: int


def _refuse(line: _Line, claim: str, other: _Line) -> None:
    if line != other:
        place = f"{ledger.file_of(other.month)}:{other.number}"
        raise ledger.contradiction(line.month, line.number, claim, place)


def _article(record: bytes) -> Article:
    return unpack_record(record).article
