"""What was retracted: its page, its place in feeds, and what proves that nothing else tells of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from sqlite3 import Connection
from typing import NamedTuple

from newsdigest.archive.facts import Fact, reads
from newsdigest.archive.rows import unpack_record
from newsdigest.base.arrays import np
from newsdigest.base.ledger import Entry, Retraction, unpack_line
from newsdigest.base.records import Page, Trace
from newsdigest.relate.copies import WITHIN_DAYS, Sketches
from newsdigest.relate.wording import (
    Rows,
    bytes_of,
    rows_from,
    rows_of,
    share_of_copy,
    unpack_rows,
)
from newsdigest.text.dates import shifted
from newsdigest.text.headline_key import headline_key

_IN_FORCE = "SELECT line FROM ledger WHERE retracted"
# A `>>` line of that headline may mean the one that was called so: it may say it.
_WAS_HEADLINE = (
    "SELECT 1 FROM former_headlines f JOIN standing USING (n) WHERE f.headline_key = ? LIMIT 1"
)


class Tombstone(NamedTuple):
    """A retracted article that was published, and its retraction."""

    entry: Entry
    retraction: Retraction


class Copied(NamedTuple):
    """A copy of an article: how much of the smaller text both have, and whether it is exact."""

    id: str
    headline: str
    share: float
    exact: bool


class Retractions:
    """Read-only look-ups of the retracted articles."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    @reads(Fact.LEDGER)
    def addresses(self) -> list[str]:
        """Every address, former ones too, of a retracted article."""
        return sorted(address for one in self._told() for address in one.entry.addresses)

    @reads(Fact.LEDGER)
    def at(self, address: str) -> Tombstone | None:
        """The retracted article that stood there, now or formerly."""
        query = (
            "SELECT l.line FROM ledger_addresses a JOIN ledger l USING (id)"
            " WHERE a.address = ? AND l.retracted"
        )
        row = self._db.execute(query, (address,)).fetchone()
        return _tombstone(row[0]) if row else None

    @reads(Fact.LEDGER)
    def in_feed(self, page: Page) -> list[Tombstone]:
        """Those that stood in this feed when they were retracted."""
        feed = f"{page.kind} {page.name}"
        return [one for one in self._told() if feed in one.retraction.feeds]

    @reads(Fact.LEDGER)
    def in_feeds_of(self, kinds: Collection[str]) -> list[Tombstone]:
        """Those that stood in a feed of one of these kinds."""
        return [
            one
            for one in self._told()
            if any(feed.partition(" ")[0] in kinds for feed in one.retraction.feeds)
        ]

    def _told(self) -> Iterator[Tombstone]:
        for (line,) in self._db.execute(f"{_IN_FORCE} ORDER BY id"):
            found = _tombstone(line)
            if found:
                yield found

    # -- the proof ------------------------------------------------------------------------------------

    def traces(self) -> Iterator[Trace]:
        """What no file may say: the words of each that no standing article says itself, and the
        headlines that are not kept, unless another has or had one too, or it is somebody's name."""
        query = "SELECT quoted FROM quotes WHERE of = ?"
        for (line,) in self._db.execute(f"{_IN_FORCE} ORDER BY id"):
            entry = unpack_line(line)
            found = entry.retracted
            assert found
            rows = unpack_rows(found.rows)
            for (quoted,) in self._db.execute(query, (entry.id,)):
                rows = np.setdiff1d(rows, rows_from(quoted), assume_unique=True)
            hidden = () if found.keeps_headline else entry.headlines
            secret = tuple(one for one in hidden if not self._is_known(one))
            yield Trace(entry.id, bytes_of(rows), secret)

    def _is_known(self, headline: str) -> bool:
        key = headline_key(headline)
        for query, value in (
            ("SELECT 1 FROM standing WHERE headline_key = ? LIMIT 1", key),
            (_WAS_HEADLINE, key),
            ("SELECT 1 FROM forms WHERE form = ? AND articles > 0 LIMIT 1", headline),
        ):
            if self._db.execute(query, (value,)).fetchone():
                return True
        return False

    # -- what a command asks ----------------------------------------------------------------------------

    def copies_of(self, article_id: str) -> list[Copied]:
        """The copies of an article of the archive, exact or near, folded or not, by id."""
        query = (
            "SELECT a.day, a.text, a.same_text, v.sketch, coalesce(a.duplicate_of, a.id), a.record"
            " FROM articles a JOIN vectors v USING (n) WHERE a.id = ?"
        )
        day, text, same, sketch, leader, record = self._db.execute(query, (article_id,)).fetchone()
        sketches, rows = Sketches(), np.unique(_rows(record))
        sketches.add(article_id, sketch)
        around = (shifted(day, -WITHIN_DAYS), shifted(day, WITHIN_DAYS))
        found = self._db.execute(
            "SELECT a.id, a.headline, a.text = ? OR a.same_text = ?,"
            " coalesce(a.duplicate_of, a.id) = ?, v.sketch, a.record FROM articles a"
            " JOIN vectors v USING (n) WHERE a.id != ? AND (a.day BETWEEN ? AND ? OR a.text = ?"
            " OR a.same_text = ? OR a.duplicate_of = ? OR a.id = ?) ORDER BY a.id",
            (text, same, leader, article_id, *around, text, same, leader, leader),
        ).fetchall()
        copies = []
        for id_, headline, exact, folded, theirs, their_record in found:
            like = sketches.same(theirs).get(article_id, 0.0)
            share = 1.0 if exact else max(like, share_of_copy(_rows(their_record), rows))
            if share or folded:
                copies.append(Copied(id_, headline, share, bool(exact)))
        return copies


def _rows(record: bytes) -> Rows:
    return rows_of(unpack_record(record).article, headline=False)


def _tombstone(line: str) -> Tombstone | None:
    """None for one that nobody saw before it was retracted."""
    entry = unpack_line(line)
    found = entry.retracted
    return Tombstone(entry, found) if found and not found.unseen else None
