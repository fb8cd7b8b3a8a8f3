"""Settling by the ledger: its lines as content/ has them, and where each article stands for good.

Lines that contradict each other are refused by number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from newsdigest.archive.update.update import LedgerMonth, Update
from newsdigest.base import ledger
from newsdigest.base.ledger import Entry, pack_line, unpack_line
from newsdigest.text.dates import aware


class Ledger:
    """The ledger's lines, in one settling."""

    def __init__(self, update: Update) -> None:
        self.update = update
        self.db = update.db
        # Lines that changed behind the build's back: their articles, the files they name, the texts.
        self.changed: set[str] = set()
        self.files: set[str] = set()
        self.texts: set[str] = set()
        # The lines that this settling changed, as they were before; None of what is new.
        self.turned: dict[str, Entry | None] = {}
        # What the lines say of retractions that they did not, or no longer: (before, now).
        self.retractions: list[tuple[Entry | None, Entry | None]] = []
        # Lines of retracted articles that say the same of it, and something else of the article.
        self.retold: list[Entry] = []

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
            if entry.id in self.changed:
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
            self.changed.add(entry.id)
            self.files.add(entry.file)
            self.texts.add(entry.text)
            self.update.changes.readdressed.update(entry.addresses)
            self.update.changes.story_slugs.update(entry.stories)
        known = before or now
        if known:
            self.turned.setdefault(known.id, known)
        if (before and before.retraction) != (now and now.retraction):
            self.retractions.append((before, now))
        elif now and now.retracted:
            self.retold.append(now)
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

    def published_as(self, text: str) -> list[Entry]:
        """The articles that are not retracted and were published with this text, by id."""
        query = "SELECT line FROM ledger WHERE text = ? AND NOT retracted ORDER BY id"
        return list(self._entries(query, text))

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

    # -- what is noted now -----------------------------------------------------------------------

    def rewrite(self, new: Entry) -> None:
        """A line as this publication has it; its month is to be written."""
        self._write(new)
        self.db.execute(
            "INSERT INTO ledger_months VALUES (?, '', 1)"
            " ON CONFLICT (month) DO UPDATE SET unwritten = 1",
            (new.month,),
        )

    @property
    def authority_before(self) -> str:
        """Whose the ids in feeds were in the last build."""
        return self.update.given.ledger.authority_before


class _Line(NamedTuple):
    """A line of a month's file."""

    month: str
    number: int


def _refuse(line: _Line, claim: str, other: _Line) -> None:
    if line != other:
        place = f"{ledger.file_of(other.month)}:{other.number}"
        raise ledger.contradiction(line.month, line.number, claim, place)
