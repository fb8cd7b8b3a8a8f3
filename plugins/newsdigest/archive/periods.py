"""Days, months and years: what they hold, and who comes before and after."""

from __future__ import annotations

from datetime import UTC, datetime
from sqlite3 import Connection
from typing import NamedTuple

from newsdigest.archive.asked import asked_once
from newsdigest.archive.cards import ENTITY, card_at, with_page
from newsdigest.archive.facts import Fact, reads
from newsdigest.base import addresses
from newsdigest.base.addresses import Addresses
from newsdigest.base.ledger import unpack_line
from newsdigest.base.records import Card, Count, EntityCard


class Modified(NamedTuple):
    """An article's day, or month where no day is written, its address, and when it last changed: a
    moment in UTC where its text was edited since or a newer version took its place (a day where its hour is
    not told), else that period."""

    period: str
    url: str
    at: str


class Periods:
    """Read-only look-ups by day (`YYYY-MM-DD`), month (`YYYY-MM`) and year (`YYYY`)."""

    def __init__(self, connection: Connection, addresses: Addresses) -> None:
        self._db = connection
        self._addresses = addresses

    @reads(Fact.PERIODS)
    def newest_edition(self) -> str:
        """The newest day with articles; the newest month where all dates are bare months; or ""."""
        for length in (10, 7):
            (folder,) = self._db.execute(
                "SELECT max(folder) FROM live WHERE length(folder) = ?", (length,)
            ).fetchone()
            if folder:
                return str(folder)
        return ""

    @reads(Fact.PERIODS)
    def newest_day(self) -> str:
        """The day of the archive's newest article, "" for an empty one."""
        return (self._db.execute("SELECT max(sort) FROM live").fetchone()[0] or "")[:10]

    @reads(Fact.CARDS)
    def cards_of(self, folder: str) -> list[Card]:
        """The cards of a day's articles, or of those that only name a month, oldest first."""
        rows = self._db.execute(
            "SELECT card, url FROM live WHERE folder = ? ORDER BY sort", (folder,)
        )
        return [card_at(card, url) for card, url in rows]

    @reads(Fact.PICKS)
    def picked(self, folder: str) -> list[str]:
        """The ids of those that editors put first on a day, the lead first. A folded copy stands for
        the one the lists show."""
        # The articles of the day are looked up in the picks: of these there may be one a day.
        select = "SELECT p.day, p.place, a.id FROM live a CROSS JOIN"
        where = "WHERE a.folder = ?1 AND p.day IN ('', ?1)"
        rows = self._db.execute(
            f"{select} picks p USING (id) {where} UNION {select} folded f"
            f" ON f.duplicate_of = a.id CROSS JOIN picks p ON p.id = f.id {where} ORDER BY 1, 2",
            (folder,),
        )
        return list(dict.fromkeys(id_ for _day, _place, id_ in rows))

    @reads(Fact.CARDS)
    def cards_by_day(self, month: str) -> dict[str, list[Card]]:
        """The cards of a month's days, both oldest first; not those that only name the month."""
        found: dict[str, list[Card]] = {}
        rows = self._db.execute(
            "SELECT folder, card, url FROM live WHERE day >= ? AND day < ? AND length(folder) = 10"
            " ORDER BY sort",
            (month, month + "~"),
        )
        for folder, card, url in rows:
            found.setdefault(folder, []).append(card_at(card, url))
        return found

    @reads(Fact.CARDS)
    def cards_before(self, day: str, limit: int) -> list[Card]:
        """The newest cards dated before `day`, newest first."""
        rows = self._db.execute(
            "SELECT card, url FROM live WHERE sort < ? ORDER BY sort DESC LIMIT ?", (day, limit)
        )
        return [card_at(card, url) for card, url in rows]

    @reads(Fact.CARDS)
    def cards_since(self, day: str, limit: int) -> list[Card]:
        """The newest cards dated from `day` on, newest first."""
        rows = self._db.execute(
            "SELECT card, url FROM live WHERE sort >= ? ORDER BY sort DESC LIMIT ?", (day, limit)
        )
        return [card_at(card, url) for card, url in rows]

    @reads(Fact.PERIODS, Fact.PICTURES)
    def since(self, day: str) -> list[tuple[str, str, bool]]:
        """The ids of the articles dated from `day` on, each with its day, or its month where no day is
        written, and whether it has a picture, oldest first."""
        rows = self._db.execute(
            "SELECT id, folder, EXISTS (SELECT 1 FROM pictures p WHERE p.n = a.n) FROM live a"
            " WHERE sort >= ? ORDER BY sort",
            (day,),
        )
        return [(id_, folder, bool(pictured)) for id_, folder, pictured in rows]

    @reads(Fact.PERIODS)
    @asked_once
    def day_counts(self, month: str) -> list[Count]:
        """The month's days that have articles, in order."""
        rows = self._db.execute(
            "SELECT day, count(*) FROM live WHERE day >= ? AND day < ? AND length(folder) = 10"
            " GROUP BY day ORDER BY day",
            (month, month + "~"),
        )
        return [Count(*row) for row in rows]

    @reads(Fact.PERIODS)
    @asked_once
    def month_counts(self, year: str = "") -> list[Count]:
        """The months that have articles, of one year or of all, in order."""
        # Every article of the lists stands in a section, or in that of no name.
        rows = self._db.execute(
            "SELECT month, sum(articles) FROM label_months WHERE kind = 'section'"
            " AND month >= ? AND month < ? GROUP BY month ORDER BY month",
            (year, f"{year}~"),
        )
        return [Count(*row) for row in rows]

    @reads(Fact.PERIODS)
    def year_counts(self) -> list[Count]:
        """The years that have articles, in order."""
        found: dict[str, int] = {}
        for month in self.month_counts():
            found[month.period[:4]] = found.get(month.period[:4], 0) + month.articles
        return [Count(*year) for year in found.items()]

    @reads(Fact.PERIODS)
    def days_before(self, day: str, limit: int) -> list[Count]:
        """The editions before `day`, newest first."""
        rows = self._db.execute(
            "SELECT day, count(*) FROM live WHERE length(folder) = 10 AND day < ?"
            " GROUP BY day ORDER BY day DESC LIMIT ?",
            (day, limit),
        )
        return [Count(*row) for row in rows]

    @reads(Fact.ADDRESSES, Fact.LEDGER, Fact.CARDS)
    def modified(self, month: str) -> list[Modified]:
        """When each of the month's articles last changed, oldest first."""
        # Only a dispatch with copies may have a newer version: the cards of others are not looked at.
        card = "iif(EXISTS (SELECT 1 FROM folded f WHERE f.duplicate_of = a.id), a.card, NULL)"
        found: list[tuple[str, str, str, str, bytes | None]] = []
        for view, newer in (("live", card), ("folded", "NULL")):
            found += self._db.execute(
                f"SELECT a.sort, a.url, a.folder, coalesce(l.line, ''), {newer} FROM {view} a"
                " LEFT JOIN ledger l USING (id) WHERE a.sort >= ? AND a.sort < ?",
                (month, month + "~"),
            )
        return [
            Modified(folder, addresses.href(url), _changed(line, packed, url) or folder)
            for _sort, url, folder, line, packed in sorted(found, key=lambda row: row[:2])
        ]

    @reads(Fact.PERIODS)
    def holds(self, period: str) -> bool:
        """Whether this day, month or year has a page of its own."""
        whole = " AND length(folder) = 10" if len(period) == 10 else ""
        query = f"SELECT 1 FROM live WHERE day >= ? AND day < ?{whole} LIMIT 1"
        return bool(self._db.execute(query, (period, period + "~")).fetchone())

    @reads(Fact.PERIODS)
    def neighbours(self, period: str) -> tuple[str | None, str | None]:
        """The periods of the same length before and after that have articles."""
        whole = " AND length(folder) = 10" if len(period) == 10 else ""
        found: list[str | None] = []
        for function, sign, bound in (("max", "<", period), ("min", ">", period + "~")):
            (day,) = self._db.execute(
                f"SELECT {function}(day) FROM live WHERE day {sign} ?{whole}", (bound,)
            ).fetchone()
            found.append(day[: len(period)] if day else None)
        return found[0], found[1]

    @reads(Fact.MENTIONS, Fact.NAMES)
    def cited_on(self, day: str, limit: int) -> list[EntityCard]:
        """The entities most of the day's articles name, with that count of articles."""
        rows = self._db.execute(
            f"SELECT {ENTITY}, count(*) AS times FROM live a"
            " JOIN mentions m USING (n) JOIN entities e USING (entity)"
            " WHERE a.folder = ? AND m.live GROUP BY e.entity ORDER BY times DESC, e.slug",
            (day,),
        )
        return with_page(self._addresses, rows, limit)


def _sent(line: str) -> str:
    """When subscribers were last told of a change, "" if they never were: most lines say nothing of it."""
    return unpack_line(line).sent if '"edits"' in line or '"lifted"' in line else ""


def _changed(line: str, packed: bytes | None, url: str) -> str:
    """When an article's text last changed, by an edit or a newer version; "" if it never did."""
    card = card_at(packed, url) if packed else None
    return max(_sent(line), _renewed(card) if card and card.renewed else "")


def _renewed(card: Card) -> str:
    """When the newest version came, in UTC, by the offset of the first; its day where the hour of either is
    not told."""
    offset = card.iso_date[len("2026-01-23T14:30") :]
    if "T" not in card.renewed or not offset:
        return card.renewed[:10]
    came = datetime.fromisoformat(card.renewed + offset)
    return came.astimezone(UTC).isoformat(timespec="seconds")
