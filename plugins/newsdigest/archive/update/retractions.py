"""Settling the retractions: what is retracted leaves the archive, and what says its words is noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsdigest.archive.rows import unpack_record
from newsdigest.archive.update.files import Files
from newsdigest.archive.update.ledger import Ledger
from newsdigest.archive.update.links import Links
from newsdigest.archive.update.retracted import Filed, Retracted
from newsdigest.archive.update.update import Update
from newsdigest.base.ledger import Entry
from newsdigest.base.records import Remark
from newsdigest.relate.wording import bytes_of, known_in, rows_of, words_in_a_row

# An article that says so many words of a retracted one in a row is named to the editor.
QUOTED_WORDS = 12

_FILED = "SELECT a.id, a.text, v.sketch, a.record, a.path FROM articles a JOIN vectors v USING (n)"


class Retractions:
    """The retractions' part of one settling."""

    def __init__(
        self, update: Update, files: Files, ledger: Ledger, links: Links, retracted: Retracted
    ) -> None:
        self.update = update
        self.db = update.db
        self.files = files
        self.ledger = ledger
        self.links = links
        self.retracted = retracted

    def take_out(self) -> None:
        """What was retracted leaves the archive before anything is filed."""
        self.retracted.take_in()
        changes = self.update.changes
        for before, now in self.ledger.retractions:
            for entry in filter(None, (before, now)):
                for headline in entry.headlines:
                    self.links.ask_again(entry.published[:10], headline)
                self._tell_feeds(entry)
            if now and now.retracted:
                changes.retracted.add(now.id)
                self._take_out(now.id)
        for entry in self.ledger.retold:
            self._tell_feeds(entry)
        if changes.retracted:
            self._note("unproved")

    def _tell_feeds(self, entry: Entry) -> None:
        """Feeds tell of its retraction otherwise than they did."""
        self.update.changes.feeds |= _feeds(entry)
        self.update.changes.retracted_months.add(entry.published[:7])

    def _take_out(self, id_: str) -> None:
        self.db.execute("DELETE FROM last_published WHERE id = ?", (id_,))
        row = self.db.execute("SELECT path FROM articles WHERE id = ?", (id_,)).fetchone()
        if row:
            self.files.hold(row[0], id_, id_)
            self._note("scrub")

    def _note(self, what: str) -> None:
        """Something is to be done that a killed build leaves to the next."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, 'yes')", (what,))

    def hold(self) -> None:
        """Hold the copies of what is retracted, once it is known whose each file is."""
        for article, path in list(self._may_be_copies()):
            holder = self.retracted.holder(article)
            if holder:
                self.files.hold(path, article.id, holder)
                self._note("scrub")

    def _may_be_copies(self) -> Iterator[tuple[Filed, str]]:
        """The articles that were not asked yet, with their files."""
        if not self.retracted.entries:
            return
        decisions, before = self.update.editors.decisions, self.update.editors_before.decisions
        asked = self.update.changes.retracted or decisions.apart != before.apart
        if asked and not self.update.fresh:
            rows: Iterable[tuple[str, str, bytes, bytes, str]] = self.db.execute(
                f"{_FILED} LEFT JOIN ledger l USING (id) WHERE l.id IS NULL ORDER BY a.id"
            )
        else:
            query = f"{_FILED} WHERE a.path = ?"
            paths = sorted(self.files.doubtful)
            rows = (row for path in paths for row in self.db.execute(query, (path,)).fetchall())
        for id_, text, sketch, record, path in rows:
            yield Filed(id_, text, sketch, record), path

    # -- who says the same words ---------------------------------------------------------------------

    def note_quotes(self) -> None:
        """Note which standing articles say words of a retracted one, and name those that quote it."""
        update, changed = self.update, self.update.changes.retracted
        ours = set(self.retracted.entries)
        if not ours:
            self.db.execute("DELETE FROM quotes")
            return
        for before, _now in self.ledger.retractions:
            if before:
                self.db.execute("DELETE FROM quotes WHERE of = ?", (before.id,))
        for id_ in update.before.keys() | update.after.keys():
            self.db.execute("DELETE FROM quotes WHERE id = ?", (id_,))
        if changed and not update.fresh:
            query = "SELECT id, path, record FROM standing ORDER BY id"
            for id_, path, record in self.db.execute(query).fetchall():
                self._note_quotes(id_, path, record, ours if id_ in update.after else changed)
        else:
            query = "SELECT id, path, record FROM standing WHERE id IN ({marks}) ORDER BY id"
            for ((id_, path, record),) in update.grouped(query, update.after):
                self._note_quotes(id_, path, record, ours)

    def _note_quotes(self, id_: str, path: str, record: bytes, retracted: Iterable[str]) -> None:
        rows = rows_of(unpack_record(record).article)
        for of in sorted(retracted):
            shared = known_in(rows, self.retracted.rows[of])
            if not shared.any():
                continue
            self.db.execute(
                "INSERT OR REPLACE INTO quotes VALUES (?, ?, ?)", (id_, of, bytes_of(rows[shared]))
            )
            words = words_in_a_row(shared)
            is_news = path in self.files.read or of in self.update.changes.retracted
            if words >= QUOTED_WORDS and is_news:
                facts: dict[str, str | int] = {"of": of, "words": words, "id": id_}
                self.update.changes.remarks.append(Remark(path, "W_QUOTES_RETRACTED", facts))


def _feeds(entry: Entry) -> set[tuple[str, str]]:
    named = entry.retraction.feeds if entry.retraction else ()
    pairs = (feed.partition(" ") for feed in named)
    return {(kind, name) for kind, _space, name in pairs}
