"""The feed of everything in documents: the one that is live, and those of the months before it.

The live one goes back by days, never to a number of entries: what is taken away brings nothing older
into it. Every article stands in exactly one document.
"""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection

from newsdigest.archive.asked import asked_once
from newsdigest.archive.facts import Fact, reads
from newsdigest.base.settings import Limits
from newsdigest.text.dates import shifted

# Entries of an archive document: a month of more has several, filled from its first article on, so
# that what comes in later changes the last one only.
ARCHIVED = 100


class Stream:
    """Read-only look-ups of what each document holds. An archive document is called by its month,
    `2026-01`, then `2026-01-2`."""

    def __init__(self, connection: Connection, limits: Limits) -> None:
        self._db = connection
        self._limits = limits

    @reads(Fact.ORDER, Fact.LEDGER)
    def since(self) -> str:
        """The first day of the live document, "" where it holds everything.

        It reaches back `feed_days` from the newest article, and further as long as `feed_entries`
        were not published since: what was published and left is counted like what is there.
        """
        return self._outline()[0]

    @asked_once
    def _outline(self) -> tuple[str, list[str]]:
        """Where the live document begins, and the others' names."""
        since = self._first_day()
        return since, self._names(since)

    def _first_day(self) -> str:
        least = self._limits.feed_entries
        # By view: no index has the order of both.
        sorts = [
            sort
            for view in ("live", "folded")
            for (sort,) in self._db.execute(
                f"SELECT sort FROM {view} ORDER BY sort DESC LIMIT ?", (least,)
            )
        ]
        newest = [sort[:10] for sort in sorted(sorts, reverse=True)[:least]]
        if not newest:
            return ""
        by_days = shifted(newest[0], -self._limits.feed_days)
        floor = newest[-1] if len(newest) == least else ""
        query = (
            "SELECT substr(json_extract(line, '$.published'), 1, 10) AS day FROM ledger l"
            " WHERE month >= ? AND day >= ? AND day <= ?"
            " AND NOT EXISTS (SELECT 1 FROM standing WHERE id = l.id)"
        )
        gone = (day for (day,) in self._db.execute(query, (floor[:7], floor, newest[0])))
        published = sorted((*newest, *gone), reverse=True)[:least]
        return min(by_days, published[-1]) if len(published) == least else ""

    @reads(Fact.ORDER, Fact.LEDGER)
    def live(self) -> list[int]:
        """The numbers of the articles in the live document, newest first."""
        query = "SELECT n FROM live WHERE sort >= ? ORDER BY sort DESC"
        return [n for (n,) in self._db.execute(query, (self.since(),))]

    @reads(Fact.ORDER, Fact.LEDGER)
    def documents(self) -> list[str]:
        """The archive documents there are, oldest first."""
        return list(self._outline()[1])

    def _names(self, since: str) -> list[str]:
        query = (
            "SELECT month, sum(articles) FROM label_months WHERE kind = 'section' AND month < ?"
            " GROUP BY month"
        )
        months = dict(self._db.execute(query, (since[:7],)))
        query = "SELECT count(*) FROM live WHERE sort >= ? AND sort < ?"
        (months[since[:7]],) = self._db.execute(query, (since[:7], since)).fetchone()
        return [
            month if part == 0 else f"{month}-{part + 1}"
            for month, articles in sorted(months.items())
            for part in range(-(-articles // ARCHIVED))
        ]

    @reads(Fact.ORDER)
    def part_from(self, day: str) -> int:
        """In which of its month's documents, from 1, the articles of a day begin."""
        query = "SELECT count(*) FROM live WHERE sort >= ? AND sort < ?"
        (before,) = self._db.execute(query, (day[:7], day)).fetchone()
        return int(before) // ARCHIVED + 1

    @reads(Fact.ORDER)
    def holding(self, ids: Iterable[str]) -> set[tuple[str, int]]:
        """The (month, part) of the documents in which these articles stand, or would once they leave
        the live one."""
        query = (
            "SELECT substr(a.sort, 1, 7) AS month, (SELECT count(*) FROM live b"
            " WHERE b.sort >= substr(a.sort, 1, 7) AND b.sort < a.sort) FROM live a WHERE a.id = ?"
        )
        found = (row for id_ in ids for row in self._db.execute(query, (id_,)))
        return {(month, before // ARCHIVED + 1) for month, before in found}

    @reads(Fact.ORDER, Fact.LEDGER)
    def archived(self, name: str) -> list[int]:
        """The numbers of the articles in an archive document, newest first."""
        month, part = name[:7], int(name[8:] or 1) - 1
        query = (
            "SELECT n FROM live WHERE sort >= ? AND sort < ? AND sort < ? ORDER BY sort"
            " LIMIT ? OFFSET ?"
        )
        values = (month, month + "~", self.since(), ARCHIVED, part * ARCHIVED)
        return [n for (n,) in self._db.execute(query, values)][::-1]
