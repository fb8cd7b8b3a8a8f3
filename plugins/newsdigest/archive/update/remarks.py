"""What is odd in an article beside the others, and beside what was published of it: told once, of the
files that this settling read, and of published ones that are gone.

What a file alone tells: `newsdigest.read.remarks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from newsdigest.archive.update.files import Files
from newsdigest.archive.update.ledger import Ledger
from newsdigest.archive.update.update import Update
from newsdigest.base.records import Remark
from newsdigest.text.dates import shifted

# Two articles of one headline as near as this are mistaken for one another by `>>` lines.
TWICE_WITHIN_DAYS = 45
# A dispatch comes late by days or weeks; further off, its year or month is most likely wrong.
FAR_DAYS = 60
# The archive ends with its fifth newest article: a few wrong dates do not move its end. A smaller
# archive has none.
_END, _SMALLEST = 5, 20

_Found = Iterator[tuple[str, dict[str, str | int]]]


class Remarks:
    """The remarks' part of one settling. Made before it files anything, asked before the ledger notes
    what is published now.

    `ended`: the day the archive ended with before; `ends`: with which it ends now.
    """

    def __init__(self, update: Update, files: Files, ledger: Ledger) -> None:
        self.update = update
        self.db = update.db
        self.files = files
        self.ledger = ledger
        self.ended = self.ends = self._end()

    def tell(self) -> None:
        """Add to the changes what is odd in the articles read now, and which are gone."""
        remarks = self.update.changes.remarks
        self.ends = self._end()
        query = (
            "SELECT path, id, sha, text, headline, headline_key, leader, day, folder FROM standing"
            " WHERE path IN ({marks}) ORDER BY path"
        )
        for rows in self.update.grouped(query, self.files.read):
            for row in rows:
                article = _Read(*row)
                for kind in (self._date, self._headline, self._other):
                    remarks += [Remark(article.path, *found) for found in kind(article)]
        for path, id_ in sorted(self.files.lost.items()):
            remarks += [Remark(path, *found) for found in self._gone(id_)]

    def _end(self) -> str:
        """The day the archive ends with, "" where it is too small, or was not known before."""
        query = "SELECT day FROM live ORDER BY sort DESC LIMIT 1 OFFSET ?"
        days = [self.db.execute(query, (at,)).fetchone() for at in (_END - 1, _SMALLEST - 1)]
        return days[0][0] if all(days) and not self.update.fresh else ""

    def _date(self, article: _Read) -> _Found:
        """A file of an earlier day is as far off as ever when it is edited: it was told."""
        before = self.update.before.get(article.id)
        if not self.ended or (before and before.day == article.day):
            return
        # Between the two lies what came at once: months of it are no wrong dates.
        first, last = sorted((self.ended, self.ends))
        if shifted(first, -FAR_DAYS) <= article.day <= shifted(last, FAR_DAYS):
            return
        end = first if article.day < first else last
        facts: dict[str, str | int] = {"date": article.day, "end": end}
        meant = _other_year(article.day, end)
        yield "W_DATE_FAR", {**facts, "meant": meant} if meant else facts

    def _headline(self, article: _Read) -> _Found:
        """One published otherwise, unless the editor has said that this is a correction."""
        entry = self.ledger.entry(article.id)
        if not entry or entry.headline == article.headline or entry.sha == article.sha:
            return
        if not (entry.edits and entry.edits[-1].to_come):
            yield "W_HEADLINE_EDITED", {"before": entry.headline, "id": article.id}

    def _other(self, article: _Read) -> _Found:
        """Another article that says the same, or else is called the same."""
        if article.id not in self.update.before:
            copies = list(self._copies(article))
            if copies:
                yield from copies
                return
        query = (
            "SELECT id, day, folder FROM standing WHERE headline_key = ? AND leader != ?"
            " AND leader != ? ORDER BY sort"
        )
        found = self.db.execute(query, (article.key, article.leader, article.id)).fetchall()
        # What comes again and again is a rubric's name; of one day, its address is told.
        if not article.key or len(found) != 1:
            return
        ((other, day, folder),) = found
        if folder != article.folder and not _apart(day, article.day, TWICE_WITHIN_DAYS):
            yield "W_HEADLINE_TWICE", {"other": other, "date": day}

    def _copies(self, article: _Read) -> _Found:
        """What it was folded under, what was folded under it, or whose very text it has."""
        if article.leader != article.id:
            yield "W_NEAR_COPY", {"leader": article.leader}
            return
        query = "SELECT id, path FROM folded WHERE duplicate_of = ? ORDER BY id"
        for copy, path in self.db.execute(query, (article.id,)):
            if path not in self.files.read:
                yield "W_NEAR_COPY", {"copy": copy}
        query = "SELECT id, day FROM standing WHERE text = ? AND leader != ? ORDER BY sort LIMIT 1"
        for other, day in self.db.execute(query, (article.text, article.id)):
            yield "W_NEAR_COPY", {"other": other, "date": day}

    def _gone(self, id_: str) -> _Found:
        """A published article whose file was deleted, and that stands in no other."""
        query = "SELECT 1 FROM articles WHERE id = ?"
        if self.ledger.entry(id_) and not self.db.execute(query, (id_,)).fetchone():
            yield "W_GONE", {"id": id_}


class _Read(NamedTuple):
    """An article read now that has a page; `leader` is the one the lists show for it."""

    path: str
    id: str
    sha: str
    text: str
    headline: str
    key: str
    leader: str
    day: str
    folder: str


def _apart(one: str, other: str, days: int) -> bool:
    return not shifted(other, -days) <= one <= shifted(other, days)


def _other_year(day: str, end: str) -> str:
    """The same day of a year that brings it near, "" if none does."""
    last = int(end[:4])
    near = (f"{year}{day[4:]}" for year in (last, last - 1, last + 1))
    return next((one for one in near if _exists(one) and not _apart(one, end, FAR_DAYS)), "")


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
