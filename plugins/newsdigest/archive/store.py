"""The archive's working memory: one SQLite file, derived from content/ and deletable at any time.

`newsdigest.archive.update.settle` alone changes what is known of the articles; `newsdigest.archive.articles` answers by
point look-ups what a page shows; here are the file itself, and what the build notes of its pages.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

from newsdigest.base.errors import BuildError, VerificationError
from newsdigest.base.records import Page, SiteFile

# What reading and writing a store may raise; of these, what its folder or disk may be to blame for.
StoreError = sqlite3.Error
StoreUnusable = sqlite3.OperationalError

# Bump when the tables or the records kept in them change: the store is then rebuilt.
SCHEMA_VERSION = 6

# How the copies for a cluster's workers are called.
SNAPSHOT = "snapshot-"

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    path TEXT PRIMARY KEY, stamp TEXT NOT NULL, sha TEXT NOT NULL, outcome TEXT NOT NULL, article TEXT,
    code TEXT, line INTEGER, facts BLOB, warnings TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX files_kept ON files (article) WHERE outcome = 'kept';
CREATE TABLE articles (
    n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, sort TEXT NOT NULL, day TEXT NOT NULL,
    folder TEXT NOT NULL, section TEXT NOT NULL, state TEXT NOT NULL, twin TEXT NOT NULL, duplicate_of TEXT,
    headline TEXT NOT NULL, headline_key TEXT NOT NULL, numbers TEXT NOT NULL, base TEXT NOT NULL,
    slug TEXT NOT NULL DEFAULT '', url TEXT NOT NULL DEFAULT '',
    card BLOB NOT NULL, record BLOB NOT NULL, parts BLOB NOT NULL
);
-- In the lists; folded under one that is; with a page, that is either.
CREATE VIEW live AS SELECT * FROM articles WHERE state = 'published';
CREATE VIEW folded AS SELECT * FROM articles WHERE state = 'folded';
CREATE VIEW standing AS SELECT * FROM articles WHERE state IN ('published', 'folded');
CREATE UNIQUE INDEX articles_published ON articles (sort) WHERE state = 'published';
CREATE INDEX articles_day ON articles (day) WHERE state = 'published';
CREATE INDEX articles_folder ON articles (folder, base);
CREATE INDEX articles_twin ON articles (twin);
CREATE INDEX articles_folded ON articles (sort) WHERE state = 'folded';
CREATE INDEX articles_key ON articles (headline_key);
CREATE INDEX articles_copies ON articles (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX articles_apart ON articles (state, id) WHERE state != 'published';
CREATE INDEX articles_renumbered ON articles (id) WHERE state = 'published' AND slug != base;
CREATE INDEX articles_url ON articles (url);
CREATE TABLE refs (
    n INTEGER NOT NULL, position INTEGER NOT NULL, headline TEXT NOT NULL,
    headline_key TEXT NOT NULL, state TEXT NOT NULL DEFAULT '', target TEXT, method TEXT,
    reason TEXT NOT NULL DEFAULT '', PRIMARY KEY (n, position)
) WITHOUT ROWID;
CREATE TABLE headline_words (
    word TEXT NOT NULL, day TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (word, day, n)
) WITHOUT ROWID;
CREATE TABLE probes (
    word TEXT NOT NULL, day TEXT NOT NULL, n INTEGER NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (word, day, n, position)
) WITHOUT ROWID;
CREATE INDEX refs_key ON refs (headline_key);
CREATE INDEX refs_target ON refs (target) WHERE target IS NOT NULL;
CREATE TABLE entities (
    entity INTEGER PRIMARY KEY, key TEXT NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL,
    name TEXT NOT NULL, base TEXT NOT NULL, slug TEXT NOT NULL, articles INTEGER NOT NULL,
    page_from INTEGER NOT NULL DEFAULT 0, first TEXT NOT NULL, first_type TEXT NOT NULL DEFAULT '',
    initials TEXT NOT NULL, link TEXT NOT NULL,
    UNIQUE (key, kind)
);
CREATE INDEX entities_initials ON entities (initials);
CREATE INDEX entities_articles ON entities (articles);
CREATE INDEX entities_base ON entities (base);
CREATE INDEX entities_slug ON entities (slug);
CREATE TABLE mentions (
    entity INTEGER NOT NULL, sort TEXT NOT NULL, n INTEGER NOT NULL, position INTEGER NOT NULL,
    mentions INTEGER NOT NULL, live INTEGER NOT NULL, joined INTEGER NOT NULL, name TEXT NOT NULL,
    tagged TEXT NOT NULL, type TEXT NOT NULL, before TEXT NOT NULL, mention TEXT NOT NULL,
    after TEXT NOT NULL, PRIMARY KEY (entity, sort)
) WITHOUT ROWID;
CREATE INDEX mentions_article ON mentions (n);
CREATE TABLE bearers (
    short TEXT NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (short, entity)
) WITHOUT ROWID;
CREATE INDEX bearers_entity ON bearers (entity);
CREATE TABLE pairs (
    short TEXT NOT NULL, entity INTEGER NOT NULL, sort TEXT NOT NULL,
    PRIMARY KEY (short, entity, sort)
) WITHOUT ROWID;
CREATE INDEX pairs_entity ON pairs (entity);
CREATE TABLE lone (
    kind TEXT NOT NULL, short TEXT NOT NULL, sort TEXT NOT NULL, n INTEGER NOT NULL,
    position INTEGER NOT NULL, PRIMARY KEY (kind, short, sort)
) WITHOUT ROWID;
CREATE TABLE roles (
    entity INTEGER NOT NULL, sort TEXT NOT NULL, key TEXT NOT NULL, role TEXT NOT NULL,
    PRIMARY KEY (entity, sort, key)
) WITHOUT ROWID;
CREATE TABLE forms (
    entity INTEGER NOT NULL, form TEXT NOT NULL, articles INTEGER NOT NULL,
    PRIMARY KEY (entity, form)
) WITHOUT ROWID;
CREATE TABLE months (
    entity INTEGER NOT NULL, month TEXT NOT NULL, articles INTEGER NOT NULL,
    PRIMARY KEY (entity, month)
) WITHOUT ROWID;
CREATE TABLE labels (
    kind TEXT NOT NULL, label TEXT NOT NULL, sort TEXT NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (kind, label, sort)
) WITHOUT ROWID;
CREATE INDEX labels_article ON labels (n);
CREATE TABLE label_months (
    kind TEXT NOT NULL, label TEXT NOT NULL, month TEXT NOT NULL, articles INTEGER NOT NULL,
    PRIMARY KEY (kind, label, month)
) WITHOUT ROWID;
CREATE TABLE vectors (
    n INTEGER PRIMARY KEY, sketch BLOB NOT NULL, terms BLOB NOT NULL,
    ranked BLOB NOT NULL DEFAULT x'', chosen BLOB NOT NULL DEFAULT x''
);
CREATE TABLE postings (
    term TEXT NOT NULL, month TEXT NOT NULL, block BLOB NOT NULL, PRIMARY KEY (term, month)
) WITHOUT ROWID;
CREATE TABLE copies (id TEXT PRIMARY KEY, of TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX copies_of ON copies (of);
CREATE TABLE members (
    id TEXT PRIMARY KEY, sort TEXT NOT NULL, story TEXT NOT NULL, parent TEXT, kind TEXT NOT NULL,
    names TEXT NOT NULL, words TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX members_parent ON members (parent) WHERE parent IS NOT NULL;
CREATE INDEX members_story ON members (story, sort);
CREATE TABLE stories (
    story TEXT PRIMARY KEY, title TEXT NOT NULL, base TEXT NOT NULL, slug TEXT NOT NULL,
    first TEXT NOT NULL, last TEXT NOT NULL, articles INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX stories_slug ON stories (slug);
CREATE INDEX stories_base ON stories (base);
CREATE INDEX stories_last ON stories (last);
CREATE TABLE feed_entries (n INTEGER PRIMARY KEY, entry BLOB NOT NULL);
CREATE TABLE pages (
    path TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX pages_page ON pages (kind, name);
CREATE INDEX pages_unsure ON pages (path) WHERE digest = '';
CREATE INDEX pages_article ON pages (name) WHERE kind = 'article';
CREATE TABLE pending (
    kind TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (kind, name)
) WITHOUT ROWID;
CREATE TABLE coming (path TEXT PRIMARY KEY, live INTEGER NOT NULL) WITHOUT ROWID;
"""


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
    if not path.is_file() or not _is_as_left(path):
        return None, "corrupt"
    connection = None
    try:
        connection = _connect(path)
        store = Store(connection, path)
        if store.meta("version") == version:
            _seal_of(path).unlink(missing_ok=True)
            return store, ""
        reason = "version" if store.meta("tagger") == tagger else "tagger"
    except Exception as error:  # what is wrong with a file that may hold anything is not foreseen
        if isinstance(error, OSError) or _primary_code(error) in _NOT_THE_FILES_FAULT:
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
    for leftover in _files_of(path):
        if put_by and left.holds_files and leftover.exists():
            leftover.replace(earlier_store(leftover))
        _remove(leftover)
    connection = _connect(path)
    connection.executescript(_SCHEMA)
    store = Store(connection, path)
    store.set_meta("version", version)
    store.set_meta("tagger", tagger)
    store.set_meta("clock", left.clock)
    store.know_site(left.site)
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
        with suppress(Exception), closing(_connect(path)) as connection:
            return [SiteFile(*map(str, row)) for row in connection.execute(query)]
    return []


def _left_by(path: Path) -> _Left:
    left = _Left(tuple(published_files(path)))
    with suppress(Exception), closing(_connect(path)) as connection:
        clock = Store(connection, path).meta("clock")
        left = left._replace(clock=str(clock and datetime.fromisoformat(clock).isoformat()))
        some = connection.execute("SELECT 1 FROM files LIMIT 1").fetchone()
        left = left._replace(holds_files=bool(some))
    return left


def earlier_store(path: Path) -> Path:
    """Where the store that another version made is put by."""
    return path.with_name(f"earlier-{path.name}")


def forget_earlier(path: Path) -> None:
    """What it alone knew is in the store by now."""
    for file in _files_of(path):
        _remove(earlier_store(file))


# Before schema 3 a page's name was not noted: an article's is known by its address.
_PUBLISHED = (
    "SELECT path, kind, name, digest FROM pages",
    """SELECT path, kind, coalesce(id, ''), digest FROM pages LEFT JOIN articles
       ON kind = 'article' AND url IN (path, substr(path, 1, length(path) - 10))""",
)


def _last_texts(path: Path) -> dict[str, str]:
    """The editors' files as a store that cannot serve any more last read them."""
    with suppress(Exception), closing(_connect(path)) as connection:
        names = ("decisions.toml", "entities.tsv")
        found = {name: Store(connection, path).last_text(name) for name in names}
        return {f"last {name}": text for name, text in found.items() if text is not None}
    return {}


def set_aside(path: Path) -> None:
    """Copy the closed store to where `take_back` finds it, should another one do no better."""
    for file in _files_of(path):
        _remove(_aside(file))
        if file.is_file():
            shutil.copy2(file, _aside(file))


def take_back(path: Path) -> None:
    """The store set aside, in the place of the one that was tried instead."""
    for file in _files_of(path):
        _remove(file)
        if _aside(file).exists():
            _aside(file).rename(file)


def forget_aside(path: Path) -> None:
    """The other one serves: what was set aside can go."""
    for file in _files_of(path):
        _remove(_aside(file))


def _aside(file: Path) -> Path:
    return file.with_name(f"aside-{file.name}")


def _files_of(path: Path) -> tuple[Path, ...]:
    return (path, Path(f"{path}-wal"), Path(f"{path}-shm"), _seal_of(path))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


# -- the seal -----------------------------------------------------------------------------------
# Which bytes of a database were changed behind its back, SQLite cannot tell, and reading all of
# them at each build would cost the archive. So a build leaves beside the store its size and time,
# and takes the note away while it writes: a store that is not as it was left is not trusted, one
# without the note (a killed build) is, for SQLite mends that itself.


def _seal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.seal")


def _size_and_time(path: Path) -> str:
    status = path.stat()
    return f"{status.st_size} {status.st_mtime_ns}"


def _is_as_left(path: Path) -> bool:
    seal = _seal_of(path)
    if not os.path.lexists(seal):
        return True
    return seal.is_file() and seal.read_bytes() == _size_and_time(path).encode()


# -- whose fault ---------------------------------------------------------------------------------

# What SQLite answers when it is the disk, not the store, that fails: no permission, busy, locked,
# read-only, an error of the disk, full, cannot be opened.
_DISK_FAILS = frozenset({3, 5, 6, 8, 10, 13, 14})
# When a store is opened, what cannot be read or opened is the file: another one may do better.
_NOT_THE_FILES_FAULT = frozenset({5, 6, 10, 13})
_SHORT_READ = 522  # an error of the disk, says SQLite; the file was cut


def is_damage(error: Exception) -> bool:
    """Whether a store that gave this error may hold something else than what was put into it.

    What comes of wrong values is not foreseen; only the disk's and the editor's part are known.
    """
    if isinstance(error, sqlite3.Error):
        return _primary_code(error) not in _DISK_FAILS
    if isinstance(error, BuildError):
        return isinstance(error, VerificationError)
    return not isinstance(error, OSError | MemoryError)


def is_unreadable(error: Exception) -> bool:
    """Whether the error says that a reader cannot make out what the store holds."""
    return isinstance(error, sqlite3.Error | msgspec.DecodeError | zlib.error)


def _primary_code(error: Exception) -> int:
    code = getattr(error, "sqlite_errorcode", 1)  # text that is not UTF-8 has no code
    return 1 if code == _SHORT_READ else code & 0xFF


def read_store(path: Path) -> sqlite3.Connection:
    """A read-only connection for a worker: it sees the last commit and can hold nobody up."""
    frozen = "&immutable=1" if path.name.startswith(SNAPSHOT) else ""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro{frozen}", uri=True, check_same_thread=False
    )
    connection.execute("PRAGMA cache_size = -16384")
    return connection


def snapshot(connection: sqlite3.Connection, path: Path, stage: str) -> str:
    """A copy of the store beside it that any machine sharing the folder can read."""
    copy = path.with_name(f"{SNAPSHOT}{stage}.sqlite")
    copy.unlink(missing_ok=True)
    target = sqlite3.connect(copy)
    try:
        connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    finally:
        target.close()
    return str(copy)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    # A power cut may take the last commits, never more: an older store is a sound one.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -32768")
    return connection


class Store:
    """The one writer's hold on the store."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path

    def close(self) -> None:
        """Leave one file behind, without its log, and sealed; a damaged store is closed all the same."""
        with suppress(sqlite3.Error):
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.close()
        log = Path(f"{self.path}-wal")  # empty but there while a reader has the store open
        if self.path.is_file() and not (log.is_file() and log.stat().st_size):
            _seal_of(self.path).write_text(_size_and_time(self.path), encoding="utf-8")

    def meta(self, name: str) -> str:
        row = self.connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def last_text(self, name: str) -> str | None:
        """The editors' file of that name as this store, or the one before it, last read it."""
        query = "SELECT value FROM meta WHERE name IN (?, ?) ORDER BY name = ?"
        row = self.connection.execute(query, (name, f"last {name}", f"last {name}")).fetchone()
        return row[0] if row else None

    def set_meta(self, name: str, value: str) -> None:
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: an exception leaves the store as it was."""
        try:
            yield self.connection
        except BaseException:
            self.connection.rollback()
            raise
        self.connection.commit()

    def stamps(self) -> dict[str, str]:
        """Each known file's stamp (size, times and inode as last seen)."""
        return dict(self.connection.execute("SELECT path, stamp FROM files"))

    def mend(self, seen: Iterable[tuple[str, str]]) -> None:
        """Note of kept (path, stamp) that they are seen again as they were last read."""
        self.connection.executemany(
            "UPDATE files SET stamp = ?, outcome = 'article', code = NULL, line = NULL, facts = NULL"
            " WHERE path = ? AND outcome = 'kept'",
            ((stamp, path) for path, stamp in seen),
        )

    def clock(self) -> datetime | None:
        """What the last build took for the present moment."""
        noted = self.meta("clock")
        return datetime.fromisoformat(noted) if noted else None

    def set_clock(self, now: datetime) -> None:
        """Note what this build takes for the present moment."""
        # In UTC: two moments of one zone are compared by their wall clocks, which may go back.
        self.set_meta("clock", now.astimezone(UTC).isoformat())

    def restless_files(self, now: datetime) -> set[str]:
        """Files whose outcome the clock alone can change: drafts, dates too far ahead, and where it
        went back, what may be ahead of it again."""
        query = """SELECT f.path FROM files f LEFT JOIN articles a ON a.id = f.article
                   WHERE a.state = 'draft' OR f.code = 'E_DATE_FUTURE'"""
        found = {path for (path,) in self.connection.execute(query)}
        last = self.clock()
        if last and now.astimezone(UTC) < last:
            # Dates are kept as written; no offset is as long as a day.
            earliest = (now.astimezone(UTC) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
            query = """SELECT f.path FROM articles a JOIN files f ON f.article = a.id
                       WHERE a.sort >= ?"""
            found |= self._paths(query, earliest)
        return found

    # -- the site's files: what stands in it, what is to come, what is unfinished --------------

    def site_files(self, paths: Iterable[str]) -> dict[str, SiteFile]:
        """Those of `paths` that are the site's own files."""
        find = "SELECT * FROM pages WHERE path = ?"
        rows = (self.connection.execute(find, (path,)).fetchone() for path in paths)
        return {row[0]: SiteFile(*row) for row in rows if row}

    def all_site_files(self, start: str = "", end: str | None = None) -> Iterator[SiteFile]:
        """The site's own files from the path `start` on, up to `end` (None: to the last), by path."""
        # One condition, or all rows up to the last would be looked at.
        bounds, until = ((start,), "") if end is None else ((start, end), "AND path < ?")
        query = f"SELECT * FROM pages WHERE path >= ? {until} ORDER BY path"
        return map(SiteFile._make, self.connection.execute(query, bounds))

    def unsure_files(self) -> list[SiteFile]:
        """The site's own files of which it is not known what stands there."""
        query = "SELECT * FROM pages WHERE digest = ''"
        return [SiteFile(*row) for row in self.connection.execute(query)]

    def pages(self) -> set[str]:
        """All published files."""
        return {path for (path,) in self.connection.execute("SELECT path FROM pages")}

    def pages_of(self, kind: str) -> set[str]:
        """The published files of one kind."""
        return self._paths("SELECT path FROM pages WHERE kind = ?", kind)

    def pages_but(self, kind: str) -> set[str]:
        """The published files of all other kinds."""
        return self._paths("SELECT path FROM pages WHERE kind != ?", kind)

    def _paths(self, query: str, kind: str) -> set[str]:
        return {path for (path,) in self.connection.execute(query, (kind,))}

    def know_site(self, files: Iterable[SiteFile]) -> None:
        """These are the site's own files, and no others."""
        self.connection.execute("DELETE FROM pages")
        self.connection.executemany("INSERT INTO pages VALUES (?, ?, ?, ?)", files)

    def doubt(self, files: Iterable[SiteFile]) -> None:
        """The site's own, these are; what stands there is not known any more."""
        self.connection.executemany(
            "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, '')", (file[:3] for file in files)
        )

    def pending(self) -> tuple[dict[Page, str], set[str]]:
        """What an unfinished build still has to render, with reasons, and to delete."""
        pages: dict[Page, str] = {}
        strays: set[str] = set()
        for kind, name, reason in self.connection.execute("SELECT * FROM pending"):
            if kind == "stray":
                strays.add(name)
            else:
                pages[Page(kind, name)] = reason
        return pages, strays

    def set_pending(self, pages: Mapping[Page, str], strays: Iterable[str]) -> None:
        """Note what this build has to do, before it does it; nothing, once it is done."""
        self.connection.execute("DELETE FROM pending")
        self.connection.executemany(
            "INSERT INTO pending VALUES (?, ?, ?)",
            ((page.kind, page.name, reason) for page, reason in pages.items()),
        )
        self.connection.executemany(
            "INSERT INTO pending VALUES ('stray', ?, '')", ((path,) for path in strays)
        )

    def set_coming(self, paths: Iterable[str], strays: Iterable[str]) -> None:
        """Note which files this build adds and which it deletes, for the links to be verified."""
        with self.transaction():
            self.connection.execute("DELETE FROM coming")
            self.connection.executemany(
                "INSERT OR REPLACE INTO coming VALUES (?, 0)", ((path,) for path in strays)
            )
            self.connection.executemany(
                "INSERT OR REPLACE INTO coming VALUES (?, 1)", ((path,) for path in paths)
            )

    def keep_entries(self, entries: Iterable[tuple[int, bytes]]) -> None:
        """Keep rendered feed entries, by article number."""
        with self.transaction():
            self.connection.executemany(
                "INSERT OR REPLACE INTO feed_entries VALUES (?, ?)", entries
            )

    def forget_entries(self, article_ids: Iterable[str]) -> None:
        """These articles' feed entries no longer say what their pages say."""
        self.connection.executemany(
            "DELETE FROM feed_entries WHERE n = (SELECT n FROM articles WHERE id = ?)",
            ((article_id,) for article_id in article_ids),
        )

    def forget_all_entries(self) -> None:
        """Every feed entry must be rendered anew."""
        self.connection.execute("DELETE FROM feed_entries")

    def announce(self, files: Iterable[SiteFile], strays: Iterable[str] = ()) -> None:
        """Note the files about to be written, and those about to be deleted: should the build be
        killed, the next one takes neither for what stands in the site."""
        self.doubt(files)
        self.connection.executemany(
            "UPDATE pages SET digest = '' WHERE path = ?", ((path,) for path in strays)
        )

    def record_published(self, written: Iterable[SiteFile], deleted: Iterable[str]) -> None:
        """Note what now stands in the site, and what no longer does."""
        self.connection.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", written)
        self.connection.executemany(
            "DELETE FROM pages WHERE path = ?", ((path,) for path in deleted)
        )
