"""Settling the versions: of a wire item's files the highest version stands, whatever came first.

It is the article that the first of them was: under that one's id, and so at its address. The others
are its duplicates. All of this is a function of the files that are there and of the ledger. A highest
version that is withheld or withdrawn stands too, and like any draft nowhere: a lower one is not its
substitute.
"""

from __future__ import annotations

from typing import NamedTuple

from newsdigest.archive.schema import STANDING
from newsdigest.archive.update.files import Files
from newsdigest.archive.update.identities import Identities
from newsdigest.archive.update.update import Update
from newsdigest.base.records import package_of


class Versions:
    """The versions' part of one settling."""

    def __init__(self, update: Update, files: Files, identities: Identities) -> None:
        self.update = update
        self.db = update.db
        self.files = files
        self.identities = identities

    def settle(self) -> None:
        """Choose anew among the versions of every item of which a file came, went or changed."""
        for item in sorted(self.files.items):
            known = self._files_of(item)
            if len({one.version for one in known}) < 2:
                known = []  # equal versions are no versions of each other
            ids = self._ids(known)
            self._file_under(item, ids)
            highest = max((one.version for one in known), default="")
            leader = next((ids[one.path] for one in known if one.version == highest), "")
            for one in self._files_of(item):
                if known and ids[one.path] != leader:
                    self._outdo(one.n, ids[one.path], one.state, leader)

    def _files_of(self, item: str) -> list[_Version]:
        rows = self.db.execute(
            "SELECT n, id, path, version, state FROM articles WHERE item = ? ORDER BY path", (item,)
        )
        return [_Version(*row) for row in rows]

    def _ids(self, known: list[_Version]) -> dict[str, str]:
        """By path, the id of each: the highest has that of the first, which has the highest's own."""
        own = {one.path: self.identities.owned(one.path) for one in known}
        if not known:
            return own
        highest = max(known, key=lambda one: (one.version, _backwards(one.path)))
        published = [path for path in own if self.identities.is_published(own[path])]
        together = len({package_of(path) or path for path in own}) == 1
        if highest.path in published or together:
            return own  # the ledger has one article a file; in one package its number is the item's
        lowest = min(known, key=lambda one: (one.version, one.path)).path
        first = published[0] if published else lowest
        own[highest.path], own[first] = own[first], own[highest.path]
        return own

    def _file_under(self, item: str, ids: dict[str, str]) -> None:
        """File the item's files under these ids; those that are not named here under their own."""
        before = {one.path: one.id for one in self._files_of(item)}
        self.db.execute("DELETE FROM stand_ins WHERE item = ?", (item,))
        wanted = {path: ids.get(path) or self.identities.owned(path) for path in before}
        for path, id_ in sorted(wanted.items()):
            if id_ != self.identities.owned(path):
                self.db.execute("INSERT INTO stand_ins VALUES (?, ?, ?)", (path, id_, item))
        query = "SELECT path FROM articles WHERE item = ? AND outdone"
        outdone = {path for (path,) in self.db.execute(query, (item,))}
        self.files.file_under(
            {path: id_ for path, id_ in wanted.items() if id_ != before[path] or path in outdone}
        )

    def _outdo(self, n: int, id_: str, state: str, leader: str) -> None:
        """A lower version is a duplicate, and what it says of an embargo is over."""
        self.files.give_way(n, state in STANDING, leader)
        self.db.execute("DELETE FROM embargoes WHERE id = ?", (id_,))


class _Version(NamedTuple):
    """A file of an item, as the archive has it."""

    n: int
    id: str
    path: str
    version: str
    state: str


def _backwards(path: str) -> tuple[int, ...]:
    """So that of two equal versions the first by path is the higher."""
    return tuple(-ord(char) for char in path)
