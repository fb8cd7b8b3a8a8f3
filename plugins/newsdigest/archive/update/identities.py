"""Whose article each file is: by its name, or by the ledger when it was renamed or moved.

An article's id is its file's, until the file is renamed or moved: then the ledger, which knows the
text under the id it was first published with, says which article it is. All of this is a function
of the ledger and of the files that are there, never of the order in which they changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from newsdigest.archive.rows import ParsedArticle, pack, unpack_record
from newsdigest.archive.update.ledger import Ledger
from newsdigest.archive.update.update import Update
from newsdigest.base.ledger import Entry
from newsdigest.base.records import BESIDE, article_id, id_beside, package_of


class Identities:
    """`coming`: the paths that this settling will file, whatever becomes of them."""

    def __init__(self, update: Update, ledger: Ledger, coming: Collection[str]) -> None:
        self.update = update
        self.db = update.db
        self.ledger = ledger
        self._coming = set(coming)
        # Texts whose files came or went: whose they are is asked again.
        self._texts: set[str] = set()

    def comes(self, path: str) -> None:
        """An article of a package is about to be filed: nobody knew before its file was read."""
        self._coming.add(path)

    def is_package(self, path: str) -> None:
        """The file at this path is no article: its articles have paths of their own."""
        self._coming.discard(path)

    def id_of(self, path: str, read_as: str = "") -> str:
        """The article of the file at `path`, as far as names tell: by its own name, unless it stands
        in for another version of the same item. `read_as`: its id as it was read just now."""
        query = "SELECT id FROM stand_ins WHERE path = ?"
        row = self.db.execute(query, (path,)).fetchone()
        return str(row[0]) if row else self.named(path, read_as)

    def is_published(self, id_: str) -> bool:
        """Whether the ledger knows the article."""
        return self.ledger.entry(id_) is not None

    def named(self, path: str, read_as: str = "") -> str:
        """The article that the ledger has at `path`, or the file's own, unless the ledger knows that
        one in a file elsewhere."""
        row = self.db.execute("SELECT id FROM ledger WHERE file = ?", (path,)).fetchone()
        if row:
            return str(row[0])
        own = read_as or self._own(path)
        query = "SELECT file FROM ledger WHERE id = ?"
        row = self.db.execute(query, (own,)).fetchone()
        number = 1
        # What was one article of several in this file is not whichever of them is left alone in it.
        while row and (number > 1 or self._is_there(row[0]) or package_of(row[0]) == path):
            number += 1
            row = self.db.execute(query, (f"{own}//{number}",)).fetchone()
        # No file has an empty name: no path gives such an id.
        return own if number == 1 else f"{own}//{number}"

    def _own(self, path: str) -> str:
        """The id of the file's name, with its format where that of another has the name's own; of an
        article of a package, with its number."""
        file = package_of(path) or path
        row = self.db.execute("SELECT stamp FROM files WHERE path = ?", (file,)).fetchone()
        own = id_beside(file) if row and row[0].endswith(BESIDE) else article_id(file)
        return own + path[len(file) :]

    def owned(self, path: str) -> str:
        """The article of a file that is filed, whatever other versions of it there are: by its own name,
        or by its text if it was renamed."""
        own = self.named(path)
        if self.is_published(own) or not self._are_published():
            return own
        query = "SELECT path FROM articles WHERE text = ? ORDER BY path"
        row = self.db.execute("SELECT text FROM articles WHERE path = ?", (path,)).fetchone()
        paths = [other for (other,) in self.db.execute(query, row)]
        return self._owners(row[0], paths, self.named)[path]

    def _are_published(self) -> bool:
        return self.db.execute("SELECT 1 FROM ledger LIMIT 1").fetchone() is not None

    def _is_there(self, path: str) -> bool:
        query = "SELECT 1 FROM files WHERE path = ? AND outcome != 'package'"
        return path in self._coming or bool(self.db.execute(query, (path,)).fetchone())

    def identified(self, article: ParsedArticle, path: str) -> ParsedArticle:
        """The article of a file just read, under its id."""
        self._texts.add(article.text)
        id_ = self.id_of(path, article.id)
        return article if id_ == article.id else self.called(id_, article.record)

    def called(self, id_: str, record: bytes) -> ParsedArticle:
        """An article as filed under this id."""
        known = unpack_record(record)
        tagged = known.entities if known.tagged is None else known.tagged
        return pack(replace(known.article, id=id_), tagged, self.update.editors.curated)

    def left(self, id_: str, text: str, record: bytes) -> None:
        """An article's row goes: its text may be another file's now, or come back edited."""
        self._texts.add(text)
        entry = self.ledger.entry(id_)
        if entry and entry.text == text and not entry.retracted:
            query = "INSERT OR REPLACE INTO last_published VALUES (?, ?)"
            self.db.execute(query, (id_, record))

    def misfiled(self) -> dict[str, str]:
        """The files that stand in the archive as another article than they are, or as one of which
        the ledger says something else than before: by path, the id each is to be filed under."""
        if not self._are_published() and not self.ledger.changed:
            return {}
        found: dict[str, str] = {}
        for text in sorted(self._asked_again()):
            rows = self.db.execute(
                "SELECT path, id FROM articles WHERE text = ? ORDER BY path", (text,)
            ).fetchall()
            owners = self._owners(text, [path for path, _id in rows], self.id_of)
            found.update(
                (path, owners[path])
                for path, id_ in rows
                if owners[path] != id_ or id_ in self.ledger.changed
            )
        return found

    def _asked_again(self) -> set[str]:
        """The texts of which it is to be asked whose they are."""
        if self.update.fresh:
            # By their names all files were filed just now: only what no file has is looked for.
            query = (
                "SELECT text FROM ledger WHERE file NOT IN"
                " (SELECT path FROM files WHERE outcome != 'package')"
            )
            return {text for (text,) in self.db.execute(query)}
        texts = self._texts | self.ledger.texts
        for column, values in (("path", self.ledger.files), ("id", self.ledger.changed)):
            query = f"SELECT text FROM articles WHERE {column} = ?"
            for value in values:
                texts.update(text for (text,) in self.db.execute(query, (value,)))
        return texts

    def _owners(
        self, text: str, paths: Sequence[str], named: Callable[[str], str]
    ) -> dict[str, str]:
        """Whose each of the files with this text is: as it is `named`, or, if the ledger knows none by
        that name, one of the articles that lost theirs, in order."""
        owners = {path: named(path) for path in paths}
        known = {id_ for id_ in owners.values() if self.ledger.entry(id_)}
        free = [path for path in paths if owners[path] not in known]
        if free:
            entries = self.ledger.published_as(text)
            lost = [one.id for one in entries if one.id not in known and self._is_lost(one)]
            owners.update(zip(free, lost, strict=False))
        return owners

    def _is_lost(self, entry: Entry) -> bool:
        """Whether no file is the article's by its name."""
        query = "SELECT path FROM articles WHERE id = ?"
        row = self.db.execute(query, (entry.id,)).fetchone()
        return not self._is_there(entry.file) and not (row and self.id_of(row[0]) == entry.id)
