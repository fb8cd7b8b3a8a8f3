"""Packages: a file of several articles, each filed as a file of its own would be, under its number."""

from __future__ import annotations

import msgspec

from newsdigest.archive.rows import FileResult
from newsdigest.archive.update.files import Files
from newsdigest.archive.update.identities import Identities
from newsdigest.archive.update.update import Update
from newsdigest.base.records import Rejection


class Packages:
    """The packages' part of one settling: what is filed and deleted goes through here."""

    def __init__(self, update: Update, files: Files, identities: Identities) -> None:
        self.update = update
        self.db = update.db
        self.files = files
        self.identities = identities

    def delete(self, path: str) -> None:
        """The file was deleted, and with it all its articles."""
        items = self._items(path)
        for item in items:
            self.files.delete(item)
        self.files.delete(path)
        self.update.changes.items_went += len(items) - 1 if items else 0

    def file(self, result: FileResult) -> None:
        """Take in what was read of one file or of one article of a package."""
        if result.package_file:
            self._file_item(result)
        elif result.package:
            self._file_package(result)
        elif result.rejection and not result.article and self._items(result.path):
            self._keep(result, result.rejection)
        else:
            items = self._items(result.path)
            self.update.changes.items_came += bool(items)
            self._leave(result.path, items)
            self.files.file(result)

    def _file_item(self, result: FileResult) -> None:
        self.identities.comes(result.path)
        known = self._known(result.path)
        if result.unchanged and known:
            self.files.kept.as_it_was(result.path)
            return
        self.update.changes.items_came += not known
        self.files.file(result)

    def _file_package(self, result: FileResult) -> None:
        """The file itself: what it holds no more is gone, what it holds follows."""
        assert result.package
        path, now = result.path, result.package.items
        known = self._items(path)
        if not known and self._known(path):  # it held one article
            self.update.changes.items_went += 1
            self.files.delete(path)
        elif not known:
            self.update.changes.items_came -= 1
        self._leave(path, known - set(now))
        self.identities.is_package(path)
        self._note(result, len(now), result.package.sha, result.rejection)

    def _keep(self, result: FileResult, fault: Rejection) -> None:
        """The file cannot be read: what was published of it stays, the rest is forgotten with it."""
        items = self._items(result.path)
        for item in sorted(items):
            self.files.file(FileResult(item, "", rejection=fault, package_file=result.path))
        self.db.execute(
            "DELETE FROM files WHERE package = ? AND package != '' AND outcome NOT IN ('kept', 'article')",
            (result.path,),
        )
        kept = self._items(result.path)
        self.update.changes.items_went += len(items) - max(len(kept), 1)
        if kept:
            self.identities.is_package(result.path)
            self._note(result, len(kept), "", fault)
        else:
            self.files.file(result)

    def _leave(self, path: str, items: set[str]) -> None:
        """Articles that a file does not hold any more."""
        for item in sorted(items):
            self.files.delete(item)
        self.update.changes.items_went += len(items)

    def _note(self, result: FileResult, count: int, sha: str, fault: Rejection | None) -> None:
        self.db.execute(
            "INSERT OR REPLACE INTO files (path, stamp, sha, outcome, code, line, facts)"
            " VALUES (?, ?, ?, 'package', ?, ?, ?)",
            (
                result.path,
                result.stamp,
                sha,
                fault.code if fault else None,
                count,
                msgspec.json.encode(fault.facts) if fault else None,
            ),
        )

    def _items(self, path: str) -> set[str]:
        # The index is of packages' items alone: it is asked only where the query says so too.
        query = "SELECT path FROM files WHERE package = ? AND package != ''"
        return {item for (item,) in self.db.execute(query, (path,))}

    def _known(self, path: str) -> bool:
        query = "SELECT 1 FROM files WHERE path = ?"
        return self.db.execute(query, (path,)).fetchone() is not None
