"""Settling the embargoes: what is under one is a draft, with every exact copy of it.

An article is under embargo by its own text, by the editors' decisions, who have the last word, or
because another file of the same headline, date and text is. What the clock alone turns is turned
here too, by the records: no file is read for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from newsdigest.archive.rows import TaggedArticle, noted, unpack_record
from newsdigest.archive.update.files import Files
from newsdigest.archive.update.kept import packed_again
from newsdigest.archive.update.update import Update
from newsdigest.base.clock import at_clock
from newsdigest.text.moments import read_moment

# Past every date and embargo: of such an archive nothing is held.
FOREVER = datetime.max.replace(tzinfo=UTC) - timedelta(days=2)


class Embargoes:
    """The embargoes' part of one settling. Not `holding`: what is to come stands all the same."""

    def __init__(self, update: Update, files: Files, timezone: str, holding: bool) -> None:
        self.update = update
        self.db = update.db
        self.files = files
        self.timezone = timezone
        self.now = update.now if holding else FOREVER

    def settle(self) -> None:
        """File anew the articles that the clock or an embargo turns, and note who is under one."""
        ends = self._ends_by_twin()
        for twin, record in list(self._may_turn(ends)):
            known = unpack_record(record)
            article = at_clock(known.article, self.now, ends.get(twin))
            if article != known.article:
                again = TaggedArticle(article, known.entities, known.tagged)
                self.files.file_anew(article.path, packed_again(again, self.update.editors.curated))
        self._note_embargoed(ends)

    def _ends_by_twin(self) -> dict[str, datetime]:
        """The end of each embargo that is not over, by what its exact copies share; the latest."""
        now = self.update.now.astimezone(UTC)
        rows = self.db.execute("SELECT id, until FROM embargoes WHERE until > ?", (noted(now),))
        ends = {id_: datetime.fromisoformat(until) for id_, until in rows}
        for id_, until in self.update.editors.decisions.embargoes.items():
            end = read_moment(until, self.timezone)
            ends.pop(id_, None)
            if end is not None and end > now:
                ends[id_] = end
        by_twin: dict[str, datetime] = {}
        for id_, end in ends.items():
            row = self.db.execute("SELECT same_text FROM articles WHERE id = ?", (id_,)).fetchone()
            if row:
                by_twin[row[0]] = max(end, by_twin.get(row[0], end))
        return by_twin

    def _may_turn(self, ends: Mapping[str, datetime]) -> Iterator[tuple[str, bytes]]:
        """(twin, record) of what is held, of what an embargo holds, and of what is kept of late.

        Of all others that the clock going back may turn, the files are read.
        """
        select = "SELECT same_text, record FROM"
        yield from self.db.execute(f"{select} apart WHERE state = 'draft' ORDER BY id")
        for twin in sorted(ends):
            query = (
                f"{select} articles WHERE same_text = ? AND state != 'draft' AND NOT outdone"
                " ORDER BY id"
            )
            yield from self.db.execute(query, (twin,))
        # Dates are kept as written; no offset is as long as a day.
        now = self.update.now.astimezone(UTC)
        earliest = (now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
        yield from self.db.execute(
            "SELECT a.same_text, a.record FROM files f JOIN articles a ON a.id = f.article"
            " WHERE f.outcome = 'kept' AND a.state != 'draft' AND a.sort >= ? ORDER BY a.id",
            (earliest,),
        )

    def _note_embargoed(self, ends: Mapping[str, datetime]) -> None:
        self.db.execute("DELETE FROM embargoed")
        for twin, end in sorted(ends.items()):
            self.db.execute(
                "INSERT INTO embargoed SELECT id, ? FROM articles WHERE same_text = ?",
                (noted(end), twin),
            )
