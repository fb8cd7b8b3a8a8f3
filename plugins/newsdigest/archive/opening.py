"""Opening the store, and making it anew where it cannot serve: of what was there, some is kept."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from newsdigest.archive.connections import connect
from newsdigest.archive.faults import is_the_files
from newsdigest.archive.schema import SCHEMA
from newsdigest.archive.store import Store
from newsdigest.archive.store_files import earlier_store, files_of, is_as_left, remove, seal_of
from newsdigest.base.records import STANDING_FILES, SiteFile

# Before schema 3 a page's name was not noted: an article's is known by its address.
_PUBLISHED = (
    "SELECT path, kind, name, digest FROM pages",
    """SELECT pages.path, kind, coalesce(id, ''), digest FROM pages LEFT JOIN articles
       ON kind = 'article' AND url IN (pages.path, substr(pages.path, 1, length(pages.path) - 10))""",
)


def open_store(path: Path, version: str, tagger: str = "") -> tuple[Store, str]:
    """Open the archive's store for writing, made anew when it cannot serve, whatever lies there.

    `tagger` is the version of who tags, of which `version` tells as well. Returns the store and why
    it was made anew: "" (it was not), "missing", "tagger", "version" or "corrupt".
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not os.path.lexists(path):
        return renew_store(path, version, tagger), "missing"
    store, reason = _open_as_it_is(path, version, tagger)
    if store:
        return store, ""
    return renew_store(path, version, tagger, put_by=reason in ("version", "tagger")), reason


def _open_as_it_is(path: Path, version: str, tagger: str) -> tuple[Store | None, str]:
    """The store that lies there, or why it cannot serve."""
    if not path.is_file() or not is_as_left(path):
        return None, "corrupt"
    connection = None
    try:
        connection = connect(path)
        store = Store(connection, path)
        if store.meta("version") == version:
            seal_of(path).unlink(missing_ok=True)
            return store, ""
        reason = "version" if store.meta("tagger") == tagger else "tagger"
    except Exception as error:  # what is wrong with a file that may hold anything is not foreseen
        if not is_the_files(error):
            raise
        reason = "corrupt"
    if connection:
        connection.close()
    return None, reason


def renew_store(path: Path, version: str, tagger: str = "", put_by: bool = False) -> Store:
    """An empty store in the place of whatever is there; of that, the site's files, the
    last build's clock and what the editors last said are kept. The first a manifest need not name:
    sites of older versions have none.

    `put_by`: what is there, sound but of another version, is put by (`archive.update.earlier`).
    """
    last_texts = _last_texts(path) if path.is_file() else {}
    left = _left_by(path) if path.is_file() else _Left()
    for leftover in files_of(path):
        if put_by and left.holds_files and leftover.exists():
            leftover.replace(earlier_store(leftover))
        remove(leftover)
    connection = connect(path)
    connection.executescript(SCHEMA)
    store = Store(connection, path)
    store.set_meta("version", version)
    store.set_meta("tagger", tagger)
    store.set_meta("clock", left.clock)
    store.site.know_only(left.site)
    for name, text in last_texts.items():
        store.set_meta(name, text)
    connection.commit()
    return store


class _Left(NamedTuple):
    """What a store that cannot serve any more, of whatever version, can still tell."""

    site: tuple[SiteFile, ...] = ()
    clock: str = ""
    holds_files: bool = False


def published_files(path: Path) -> list[SiteFile]:
    """The site's files as the store at `path` tells them, of whatever version, and damaged or not."""
    for query in _PUBLISHED if path.is_file() else ():
        with suppress(Exception), closing(connect(path)) as connection:
            return [SiteFile(*map(str, row)) for row in connection.execute(query)]
    return []


def _left_by(path: Path) -> _Left:
    left = _Left(tuple(published_files(path)))
    with suppress(Exception), closing(connect(path)) as connection:
        clock = Store(connection, path).meta("clock")
        left = left._replace(clock=str(clock and datetime.fromisoformat(clock).isoformat()))
        some = connection.execute("SELECT 1 FROM files LIMIT 1").fetchone()
        left = left._replace(holds_files=bool(some))
    return left


def _last_texts(path: Path) -> dict[str, str]:
    """The editors' files as a store that cannot serve any more last read them."""
    with suppress(Exception), closing(connect(path)) as connection:
        names = ("decisions.toml", "entities.tsv", *STANDING_FILES)
        found = {name: Store(connection, path).last_text(name) for name in names}
        return {f"last {name}": text for name, text in found.items() if text is not None}
    return {}
