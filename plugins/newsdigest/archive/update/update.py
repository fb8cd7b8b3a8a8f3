"""What the rooms of one settling share: the store, what is known of the editors' files, the changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from sqlite3 import Connection
from typing import Any, Literal, NamedTuple

from newsdigest.archive.changes import Changes
from newsdigest.archive.update.lots import Lots
from newsdigest.base.addresses import Addresses
from newsdigest.base.settings import Limits
from newsdigest.entities.curated.file import Curated
from newsdigest.relate.decisions import Decisions


@dataclass(frozen=True, slots=True)
class Editorial:
    """The editors' own files: `decisions.toml` and `entities.tsv`, as read."""

    decisions: Decisions = field(default_factory=Decisions)
    curated: Curated = field(default_factory=Curated)


class Placed(NamedTuple):
    """Where a published article is: in the order, on which day, at which address."""

    sort: str
    day: str
    url: str


class LedgerMonth(NamedTuple):
    """A month's file of the ledger that is not as it was last read; `text` is empty if it is gone."""

    month: str
    stamp: str
    text: str


class LedgerNow(NamedTuple):
    """The ledger as a settling finds it: the months that changed, and whether it is to be written
    (`publishes`), with ids for feeds of that authority; `authority_before` is the last build's.
    `apart`: readers see what is published, and not what is built."""

    months: Sequence[LedgerMonth] = ()
    publishes: bool = False
    feed_authority: str = ""
    authority_before: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What a settling goes by, besides the files: settings, the clock, what the editors keep.

    `editors_before` are the editors' files as the last build read them; `timezone` is that of
    their moments; `lang` is the site's. Not `holding`: what is dated ahead or under embargo stands all the same.
    """

    addresses: Addresses
    limits: Limits
    now: datetime
    editors: Editorial = field(default_factory=Editorial)
    editors_before: Editorial = field(default_factory=Editorial)
    ledger: LedgerNow = field(default_factory=LedgerNow)
    timezone: str = "Europe/Paris"
    holding: bool = True
    lang: str = "fr"


class Update:
    """One update of the archive: what every room reads, and the changes all of them add to.

    `before` and `after` hold the articles that left and came, by id: one that is in both was
    edited; `listed` are those of `before` that the lists showed. `reworded` are told apart by other
    terms than before though their text is the same; in the place of the `renewed` a newer version stands;
    the `marked` are as they were, and lists say that they were corrected.
    `fresh`: the store held nothing, so nothing can have changed. `lots` holds rows that join tables.
    """

    __slots__ = (
        "addresses",
        "after",
        "before",
        "changes",
        "db",
        "editors",
        "editors_before",
        "fresh",
        "given",
        "limits",
        "listed",
        "lots",
        "marked",
        "now",
        "renewed",
        "reworded",
    )  # fmt: skip

    def __init__(self, connection: Connection, given: Given) -> None:
        self.db = connection
        self.lots = Lots(connection)
        self.given = given
        self.now = given.now
        self.addresses = given.addresses
        self.limits = given.limits
        self.editors = given.editors
        self.editors_before = given.editors_before
        self.changes = Changes()
        self.fresh = not connection.execute("SELECT 1 FROM files LIMIT 1").fetchone()
        self.changes.knew_files = not self.fresh
        self.before: dict[str, Placed] = {}
        self.after: dict[str, Placed] = {}
        self.listed: set[str] = set()
        self.reworded: set[str] = set()
        self.renewed: set[str] = set()
        self.marked: set[str] = set()

    def grouped(self, query: str, values: Iterable[Any]) -> Iterator[list[tuple[Any, ...]]]:
        """Rows of `query` in lists of equal first column, asked for in bounded lots.

        `{marks}` in the query stands for the values; rows must come ordered by that column.
        """
        ordered = sorted(values)
        for start in range(0, len(ordered), 500):
            lot = ordered[start : start + 500]
            marks = ",".join("?" * len(lot))
            rows = self.db.execute(query.replace("{marks}", marks), lot).fetchall()
            for _, group in groupby(rows, key=itemgetter(0)):
                yield list(group)

    def was(self, id_: str) -> Literal["listed", "folded", ""]:
        """What an article was to readers before: in the lists, folded under one that is, or not there."""
        if id_ in self.listed:
            return "listed"
        return "folded" if id_ in self.before else ""

    def is_base(self, table: Literal["entities", "stories"], slug: str) -> bool:
        """Whether a slug is what one of the table's rows is called by, before any number."""
        query = f"SELECT 1 FROM {table} WHERE plain_slug = ? LIMIT 1"
        return self.db.execute(query, (slug,)).fetchone() is not None
