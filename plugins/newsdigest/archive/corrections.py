"""What readers are told of edits: the corrections of published articles, by date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from newsdigest.archive.asked import asked_once
from newsdigest.archive.cards import card_at
from newsdigest.archive.facts import Fact, reads
from newsdigest.base.ledger import Edit, Entry, unpack_line
from newsdigest.base.records import Card, Count

_COLUMNS = (
    "SELECT c.number, c.day, a.card, a.url, l.line FROM corrections c"
    " CROSS JOIN standing a USING (id) JOIN ledger l USING (id)"
)
_ORDER = "ORDER BY c.at DESC, c.id DESC, c.number DESC"


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction: the `number`th of its article, on that `day` of the readers'."""

    number: int
    day: str
    card: Card
    line: Entry

    @property
    def edit(self) -> Edit:
        """What the ledger says of it."""
        return dict(self.line.corrections)[self.number]


class Corrections:
    """Read-only look-ups of the corrections of articles that have a page."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    @reads(Fact.LEDGER)
    def there_are(self) -> bool:
        """Whether there is one."""
        query = "SELECT 1 FROM corrections CROSS JOIN standing USING (id) LIMIT 1"
        return self._db.execute(query).fetchone() is not None

    @reads(Fact.LEDGER, Fact.CARDS)
    def newest(self, limit: int) -> list[Corrected]:
        """The newest, newest first."""
        return self._found(f"{_COLUMNS} {_ORDER} LIMIT ?", limit)

    @reads(Fact.LEDGER, Fact.CARDS)
    def of_month(self, month: str) -> list[Corrected]:
        """All those of a month (`YYYY-MM`), newest first."""
        query = f"{_COLUMNS} WHERE c.day >= ? AND c.day < ? {_ORDER}"
        return self._found(query, month, month + "~")

    @reads(Fact.LEDGER)
    @asked_once
    def months(self) -> list[Count]:
        """How many in each month that has some, newest first."""
        rows = self._db.execute(
            "SELECT substr(c.day, 1, 7) AS month, count(*) FROM corrections c"
            " CROSS JOIN standing USING (id) GROUP BY month ORDER BY month DESC"
        )
        return [Count(*row) for row in rows]

    def months_of(self, ids: Iterable[str]) -> set[str]:
        """The months in which one of these articles was corrected, whether it has a page or not."""
        query = "SELECT substr(day, 1, 7) FROM corrections WHERE id = ?"
        return {month for id_ in ids for (month,) in self._db.execute(query, (id_,))}

    def _found(self, query: str, *values: Any) -> list[Corrected]:
        return [
            Corrected(number, day, card_at(card, url), unpack_line(line))
            for number, day, card, url, line in self._db.execute(query, values)
        ]
