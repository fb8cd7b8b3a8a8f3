"""The ledger in the store, against its files: which they are, and what they do not say yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from sqlite3 import Connection

from newsdigest.archive.rows import noted
from newsdigest.base.clock import WITHDRAWN
from newsdigest.base.ledger import Entry, unpack_line


class LedgerKeeper:
    """The months' files as they lie in content/, against what the store knows."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def stamps(self) -> dict[str, str]:
        """The stamp of each month's file as it was read or written, "" for one not written yet."""
        return dict(self._db.execute("SELECT month, stamp FROM ledger_months"))

    def holds(self, month: str) -> bool:
        """Whether a month has lines of articles that were published."""
        rows = self._db.execute("SELECT line FROM ledger WHERE month = ?", (month,))
        told = (unpack_line(line).retraction for (line,) in rows)
        return any(not (retraction and retraction.unseen) for retraction in told)

    def entries(self, ids: Iterable[str]) -> list[Entry]:
        """What the ledger says of these articles, in their order; nothing of one it does not know."""
        find = "SELECT line FROM ledger WHERE id = ?"
        rows = (self._db.execute(find, (id_,)).fetchone() for id_ in ids)
        return [unpack_line(row[0]) for row in rows if row]

    def withdrawn(self) -> list[str]:
        """The published articles that their agencies have withdrawn and nobody has retracted yet, nor
        taken that back."""
        rows = self._db.execute(
            "SELECT l.line FROM embargoed e JOIN embargoes o USING (id) JOIN ledger l USING (id)"
            " WHERE e.until = ? AND NOT l.retracted ORDER BY l.id",
            (noted(WITHDRAWN),),
        )
        return [one.id for (line,) in rows if (one := unpack_line(line)).retraction is None]

    def unwritten(self) -> dict[str, str]:
        """The texts of the months' files that must be written, by month."""
        query = "SELECT month FROM ledger_months WHERE unwritten ORDER BY month"
        months = [month for (month,) in self._db.execute(query)]
        query = "SELECT line || char(10) FROM ledger WHERE month = ? ORDER BY id"
        return {
            month: "".join(line for (line,) in self._db.execute(query, (month,)))
            for month in months
        }

    def written(self, stamps: Mapping[str, str]) -> None:
        """These months' files lie in content/ as the store has them."""
        self._db.executemany(
            "UPDATE ledger_months SET stamp = ?, unwritten = 0 WHERE month = ?",
            ((stamp, month) for month, stamp in stamps.items()),
        )
