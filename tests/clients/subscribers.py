"""Subscribers as they are: feed readers of others that keep what they were told between builds."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple, Protocol

import feedparser
from reader import Entry, EntryUpdateStatus, Reader, make_reader

# In seconds since 1970, and what docs/hosting.md has servers say.
FIRST_EDITION = 1_770_000_000
TYPES = {".atom": "application/atom+xml", ".rss": "application/rss+xml"}


class Told(NamedTuple):
    """What one look at a feed told its subscriber: the ids of new items and of changed ones."""

    new: frozenset[str]
    updated: frozenset[str]


class Client(Protocol):
    """A feed reader that keeps its database."""

    def fetch(self) -> Told: ...

    def titles(self) -> dict[str, str]: ...


class Served:
    """A site as a web server gives it, with ETag and Last-Modified: a feed that is as it was is
    answered with 304. `spoil` stands in for a generator that makes other bytes.

    Each edition of a file is dated an hour after the one before, as in life: curl, and with it
    newsboat, takes two of one second for one.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.answers: list[int] = []
        self.spoil: Callable[[bytes], bytes] = lambda data: data
        self.url = ""
        self._editions: dict[str, tuple[str, int]] = {}

    def edition(self, path: str, data: bytes) -> tuple[str, int]:
        """(ETag, Last-Modified in seconds) of a file's bytes."""
        tag = f'"{sha256(data).hexdigest()[:20]}"'
        known, moment = self._editions.get(path, ("", FIRST_EDITION))
        if tag != known:
            self._editions[path] = (tag, moment + 3600)
        return self._editions[path]


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, served: Served, *args: object) -> None:
        self.served = served
        super().__init__(*args, directory=str(served.root))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if not file.is_file():
            self.served.answers.append(404)
            self.send_error(404)
            return
        data = self.served.spoil(file.read_bytes())
        tag, moment = self.served.edition(self.path, data)
        known = self.headers.get("If-None-Match") == tag
        self.served.answers.append(304 if known else 200)
        self.send_response(304 if known else 200)
        self.send_header("ETag", tag)
        self.send_header("Last-Modified", self.date_time_string(moment))
        self.send_header("Content-Type", TYPES.get(file.suffix, "text/plain"))
        if not known:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if not known:
            self.wfile.write(data)

    def log_message(self, *_args: object) -> None:
        """Nothing is said on the tests' screen."""


@contextmanager
def serving(root: Path) -> Iterator[Served]:
    """The folder at an address of this machine."""
    served = Served(root)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, served))
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class ReaderClient:
    """The library `reader`, with a database in a file; it asks as often as it is told to."""

    def __init__(self, folder: Path, url: str) -> None:
        self._url = url
        self._told: dict[EntryUpdateStatus, set[str]] = {}
        self._reader: Reader = make_reader(str(folder / "reader.sqlite"))
        self._reader.add_feed(url, exist_ok=True)
        self._reader.after_entry_update_hooks.append(self._note)

    def _note(self, _reader: Reader, entry: object, status: EntryUpdateStatus) -> None:
        self._told.setdefault(status, set()).add(entry.id)  # type: ignore[attr-defined]

    def fetch(self) -> Told:
        """Ask the feed; raises what `reader` does for one that cannot be had."""
        self._told = {}
        self._reader.update_feed(self._url)
        new, updated = EntryUpdateStatus.NEW, EntryUpdateStatus.MODIFIED
        return Told(*(frozenset(self._told.get(status, ())) for status in (new, updated)))

    def entries(self) -> dict[str, Entry]:
        """All it knows, by id."""
        return {entry.id: entry for entry in self._reader.get_entries(feed=self._url)}

    def titles(self) -> dict[str, str]:
        """The headlines it shows, by id."""
        return {id_: entry.title or "" for id_, entry in self.entries().items()}

    def close(self) -> None:
        self._reader.close()


class FeedparserClient:
    """The library feedparser, with what it read last in memory: it sees whatever a feed says of an entry."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._etag = ""
        self._known: dict[str, tuple[str, ...]] = {}

    def fetch(self) -> Told:
        """Ask the feed; raises ValueError for one that it finds fault with."""
        read = feedparser.parse(self._url, etag=self._etag)
        if read.bozo:
            raise ValueError(read.bozo_exception)
        if read.status == 304:
            return Told(frozenset(), frozenset())
        self._etag = read.etag
        # What left the feed is no news when it is back.
        now = self._known | {
            one.id: (one.title, one.link, one.published, one.updated, one.content[0].value)
            for one in read.entries
        }
        new = now.keys() - self._known.keys()
        updated = {id_ for id_ in now.keys() - new if now[id_] != self._known[id_]}
        self._known = now
        return Told(frozenset(new), frozenset(updated))

    def titles(self) -> dict[str, str]:
        """The headlines it shows, by id."""
        return {id_: shown[0] for id_, shown in self._known.items()}


class Newsboat:
    """Debian's newsboat without its screen: what it fetched is in its database."""

    def __init__(self, folder: Path, url: str) -> None:
        self._folder = folder
        (folder / "urls").write_text(f"{url}\n", encoding="utf-8")
        (folder / "config").write_text("download-retries 1\n", encoding="utf-8")
        self._known: dict[str, tuple[str, ...]] = {}

    def fetch(self) -> Told:
        """Let it reload; what is unread then is new, all was read before."""
        place = self._folder
        if (place / "cache.db").exists():
            with closing(sqlite3.connect(place / "cache.db")) as db, db:
                db.execute("UPDATE rss_item SET unread = 0")
        subprocess.run(
            [
                *("newsboat", "-u", place / "urls", "-C", place / "config"),
                *("-c", place / "cache.db", "-x", "reload"),
            ],
            check=True,
            capture_output=True,
            timeout=60,
            env={"HOME": str(place), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        )
        with closing(sqlite3.connect(place / "cache.db")) as db:
            rows = db.execute("SELECT guid, title, url, content FROM rss_item").fetchall()
            unread = db.execute("SELECT guid FROM rss_item WHERE unread").fetchall()
        now = {guid: tuple(shown) for guid, *shown in rows}
        updated = {guid for guid in now.keys() & self._known if now[guid] != self._known[guid]}
        self._known = now
        return Told(frozenset(guid for (guid,) in unread), frozenset(updated))

    def titles(self) -> dict[str, str]:
        """The headlines it shows, by id."""
        return {guid: shown[0] for guid, shown in self._known.items()}


def has_newsboat() -> bool:
    return shutil.which("newsboat") is not None


def import_opml(folder: Path, opml: Path) -> list[str]:
    """What newsboat writes among its feeds, a line each, for a list of them."""
    (folder / "urls").write_text("", encoding="utf-8")
    subprocess.run(
        ["newsboat", "-u", folder / "urls", "-c", folder / "cache.db", "-i", opml],
        check=True,
        capture_output=True,
        timeout=60,
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )
    return (folder / "urls").read_text("utf-8").splitlines()
