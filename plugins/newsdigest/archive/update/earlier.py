"""The store that another version made: it alone knows how files that cannot be read now were last read.

A new version reads every file again. Those it cannot read keep their articles all the same, as the
earlier version read them, tagged anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from newsdigest.archive.connections import read_store
from newsdigest.archive.rows import FileResult, Package, TaggedArticle, pack, unpack_record
from newsdigest.archive.store_files import earlier_store
from newsdigest.archive.update.kept import NEVER_KEPT
from newsdigest.base.clock import at_clock
from newsdigest.base.records import Rejection, package_of
from newsdigest.base.settings import Settings
from newsdigest.entities.curated.file import Curated
from newsdigest.entities.tagger import tagger_named

# Once published: a draft has nothing to keep.
_ONCE_PUBLISHED = """FROM files f JOIN articles a ON a.id = f.article
                     WHERE (a.state != 'draft' OR f.outcome = 'kept')"""


class Earlier:
    """What the store put by beside the one at `path` knows; nothing, when there is none."""

    def __init__(self, path: Path) -> None:
        self.path = earlier_store(path)

    def paths(self) -> frozenset[str]:
        """The files whose articles were published."""
        rows = self._rows(f"SELECT f.path, '', '' {_ONCE_PUBLISHED}")
        return frozenset(package_of(path) or path for path, *_more in rows)

    def as_last_read(
        self, result: FileResult, settings: Settings, curated: Curated
    ) -> Iterator[FileResult]:
        """The result, with the article as it was last read where its file cannot be now; of a package
        that cannot be read, with the results of its articles."""
        if not result.rejection or result.rejection.code in NEVER_KEPT:
            yield result
            return
        found = []
        for path in () if result.package_file else self._articles_of(result.path):
            item = replace(result, path=path, stamp="", package_file=result.path)
            item = self._as_last_read(item, result.rejection, settings, curated)
            found += [item] if item.article else []
        if found:
            held = Package(tuple(item.path for item in found), "")
            yield replace(result, package=held)
            yield from found
        else:
            yield self._as_last_read(result, result.rejection, settings, curated)

    def _articles_of(self, path: str) -> list[str]:
        """The articles of a file that was a package; a sign follows `#` in the order of paths."""
        query = f"SELECT f.path, '', '' {_ONCE_PUBLISHED} AND f.path > ? AND f.path < ?"
        rows = self._rows(query, f"{path}#", f"{path}$")
        return sorted(item for item, *_more in rows if package_of(item) == path)

    def _as_last_read(
        self, result: FileResult, fault: Rejection, settings: Settings, curated: Curated
    ) -> FileResult:
        query = f"SELECT f.path, f.outcome, a.record {_ONCE_PUBLISHED} AND f.path = ?"
        for _path, outcome, record in self._rows(query, result.path):
            known = _unpacked(record)
            if known is None:
                continue
            article = at_clock(known.article, settings.rules.now, known.article.embargo)
            ahead = article.status == "draft" and fault.code == "E_DATE_FUTURE"
            if ahead and outcome != "kept":
                continue  # the clock's doing, not the file's
            tagged = tagger_named(settings.tagger, settings.entity_types).tag(article)
            return replace(result, article=pack(article, tagged, curated))
        return result

    def _rows(self, query: str, *values: str) -> list[tuple[str, str, bytes]]:
        if not self.path.is_file():
            return []
        # Another version's tables may be called otherwise.
        with suppress(sqlite3.Error), closing(read_store(self.path)) as connection:
            return connection.execute(query, values).fetchall()
        return []


def _unpacked(record: bytes) -> TaggedArticle | None:
    """The record, None where this version has another idea of what one is."""
    with suppress(Exception):
        return unpack_record(record)
    return None
