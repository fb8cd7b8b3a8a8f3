"""What articles are sorted under besides their dates and names: the agencies that sign them.

Only articles of the lists count: a folded copy is under no label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from sqlite3 import Connection

from newsdigest.archive.cards import PERIOD, card_at
from newsdigest.archive.facts import Fact, reads
from newsdigest.base.addresses import slugify, unique_slugs
from newsdigest.base.records import Card, Count

_NUMBERS = re.compile(r"(-\d+)+$")


class Labels:
    """Read-only look-ups by (kind, label), as `archive.rows.labels` gives them."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    @reads(Fact.LABELS)
    def names(self, kind: str) -> list[str]:
        """The labels of this kind that an article has, in order."""
        query = "SELECT DISTINCT label FROM label_months WHERE kind = ? ORDER BY label"
        return [label for (label,) in self._db.execute(query, (kind,))]

    @reads(Fact.LABELS)
    def slugs(self, kind: str, least: int = 1) -> dict[str, str]:
        """The labels that at least so many articles have, by their slugs; each has a slug of its own."""
        slugs = unique_slugs([(label, slugify(label, kind)) for label in self.names(kind)])
        return {slug: label for label, slug in slugs.items() if self.count(kind, label) >= least}

    @reads(Fact.LABELS)
    def alike(self, kind: str, labels: Iterable[str]) -> list[str]:
        """These labels and those whose slugs hang together with theirs, as far as they are there."""
        bases = {_base(kind, label) for label in labels}
        return [label for label in self.names(kind) if _base(kind, label) in bases]

    @reads(Fact.LABELS)
    def has_namesakes(self, kind: str, labels: Iterable[str]) -> bool:
        """Whether, of these labels and of what is there, two may have one slug but for a number."""
        named = set(labels)
        together = named.union(self.alike(kind, named))
        return len({_base(kind, label) for label in together}) < len(together)

    def slugs_of(self, n: int) -> list[str]:
        """The slugs of an article's labels, whatever their kind."""
        rows = self._db.execute("SELECT kind, label FROM labels WHERE n = ?", (n,)).fetchall()
        found = []
        for kind, label in rows:
            found += [slug for slug, known in self.slugs(kind).items() if known == label]
        return found

    @reads(Fact.LABELS)
    def count(self, kind: str, label: str) -> int:
        """How many articles have the label."""
        return sum(month.articles for month in self.months(kind, label))

    @reads(Fact.LABELS)
    def months(self, kind: str, label: str) -> list[Count]:
        """How many in each month that has some, oldest first."""
        query = (
            "SELECT month, articles FROM label_months WHERE kind = ? AND label = ? ORDER BY month"
        )
        return [Count(*row) for row in self._db.execute(query, (kind, label))]

    @reads(Fact.LABELS)
    def newest(self, kind: str, label: str, limit: int) -> list[int]:
        """The numbers of the newest articles that have the label."""
        query = "SELECT n FROM labels WHERE kind = ? AND label = ? ORDER BY sort DESC LIMIT ?"
        return [n for (n,) in self._db.execute(query, (kind, label, limit))]

    @reads(Fact.LABELS)
    def first_and_last(self, kind: str, label: str) -> tuple[str, str]:
        """The days of the oldest and the newest article that has the label, months where no day is
        written."""
        first, last = self._db.execute(
            f"SELECT {PERIOD.format('ends.first')}, {PERIOD.format('ends.last')} FROM"
            " (SELECT (SELECT min(sort) FROM labels WHERE kind = ?1 AND label = ?2) AS first,"
            " (SELECT max(sort) FROM labels WHERE kind = ?1 AND label = ?2) AS last) ends",
            (kind, label),
        ).fetchone()
        return first, last

    @reads(Fact.LABELS, Fact.CARDS)
    def cards(self, kind: str, label: str, limit: int, period: str = "") -> list[Card]:
        """The cards of the newest, newest first; of one month or year, if that is given."""
        rows = self._db.execute(
            "SELECT a.card, a.url FROM labels l JOIN live a USING (n) WHERE l.kind = ?"
            " AND l.label = ? AND l.sort >= ? AND l.sort < ? ORDER BY l.sort DESC LIMIT ?",
            (kind, label, period, period + "~", limit),
        )
        return [card_at(card, url) for card, url in rows]


def _base(kind: str, label: str) -> str:
    """What slugs that may be given to one label or another begin with: numbers are put behind it."""
    return _NUMBERS.sub("", slugify(label, kind))
