"""The archive's memory: made anew when it cannot serve, one writer, readers who see commits only."""

from __future__ import annotations

import os
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from newsdigest.archive.store import (
    Store,
    is_damage,
    open_store,
    read_store,
    snapshot,
    will_not_exist,
)
from newsdigest.base.errors import BuildError
from newsdigest.base.records import Page, SiteFile
from newsdigest.publish.output import one_writer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "archive.sqlite"


@pytest.fixture
def store(path: Path):  # type: ignore[no-untyped-def]
    store, _ = open_store(path, "v1")
    yield store
    store.close()


def reopened(path: Path, version: str = "v1") -> tuple[str, str]:
    """Why the store was made anew, and what it remembers of `name`."""
    store, reason = open_store(path, version)
    try:
        return reason, store.meta("name")
    finally:
        store.close()


def test_a_store_is_kept_from_build_to_build(path: Path) -> None:
    store, reason = open_store(path, "v1")
    assert reason == "missing"
    with store.transaction():
        store.set_meta("name", "Le Fil")
    store.close()
    assert reopened(path) == ("", "Le Fil")
    assert [file.name for file in path.parent.iterdir()] == ["archive.sqlite"]
    assert reopened(path, "v2") == ("version", "")


def test_another_tagger_is_told_from_other_code(path: Path) -> None:
    open_store(path, "v1", "crf-1")[0].close()
    store, reason = open_store(path, "v2", "crf-2")
    store.close()
    assert reason == "tagger"


@pytest.mark.parametrize("bytes_", [b"not a database" * 999, b"SQLite format 3\0" + b"\1" * 9999])
def test_what_is_no_store_is_replaced(path: Path, bytes_: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(bytes_)
    assert reopened(path) == ("corrupt", "")
    assert reopened(path) == ("", "")


def test_a_store_killed_while_it_was_made_is_made_anew(path: Path) -> None:
    path.parent.mkdir()
    sqlite3.connect(path).close()
    path.touch()
    assert reopened(path) == ("corrupt", "")


def test_an_exception_leaves_the_store_as_it_was(store: Store) -> None:
    def interrupted() -> None:
        with store.transaction():
            store.set_meta("name", "Le Fil")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert store.meta("name") == ""


def test_a_reader_sees_the_last_commit_and_cannot_write(store: Store, path: Path) -> None:
    reader = read_store(path)
    query = "SELECT value FROM meta WHERE name = 'name'"
    store.set_meta("name", "Le Fil")
    assert reader.execute(query).fetchone() is None
    store.connection.commit()
    assert reader.execute(query).fetchone() == ("Le Fil",)
    with pytest.raises(sqlite3.OperationalError):
        reader.execute("DELETE FROM meta")
    reader.close()


def test_a_snapshot_is_one_file_that_any_machine_can_read(store: Store, path: Path) -> None:
    store.set_meta("version", "told")
    store.connection.commit()
    copy = Path(snapshot(store.connection, path, "pages"))
    store.set_meta("version", "later")
    store.connection.commit()
    with closing(read_store(copy)) as reader:
        assert (
            reader.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()[0] == "told"
        )
        assert reader.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    assert sorted(file.name for file in path.parent.glob("snapshot-*")) == [copy.name]


def test_what_a_build_has_to_do_is_remembered_until_it_is_done(store: Store) -> None:
    pages = {Page("article", "monde/sommet"): "new article", Page("front"): "the archive changed"}
    store.set_pending(pages, ["2026/01/old.html"])
    assert store.pending() == (pages, {"2026/01/old.html"})
    store.set_pending({}, ())
    assert store.pending() == ({}, set())


def told(path: str, digest: str, kind: str = "article") -> SiteFile:
    return SiteFile(path, kind, "", digest)


def test_an_announced_file_is_known_and_written_again(store: Store) -> None:
    store.record_published([told("a.html", "d1"), told("b.html", "d2")], ())
    store.announce([told("b.html", "d3"), told("c.html", "d4")])
    assert store.site_files(["a.html", "b.html", "c.html", "d.html"]) == {
        "a.html": told("a.html", "d1"),
        "b.html": told("b.html", ""),
        "c.html": told("c.html", ""),
    }
    assert store.unsure_files() == [told("b.html", ""), told("c.html", "")]
    assert store.pages() == store.pages_of("article") == {"a.html", "b.html", "c.html"}
    store.record_published([told("c.html", "d5", "host")], ["a.html"])
    assert store.pages_but("host") == {"b.html"}


def test_a_store_of_another_version_leaves_what_it_knows_of_the_site(path: Path) -> None:
    old, _ = open_store(path, "v1")
    with old.transaction():
        old.record_published([SiteFile("a.html", "article", "monde/a", "d1")], ())
    old.close()
    store, _ = open_store(path, "v2")
    assert list(store.all_site_files()) == [told("a.html", "d1")]
    store.close()


def test_links_are_verified_against_the_site_to_come(store: Store) -> None:
    store.record_published([told("stays", "d"), told("goes", "d")], ())
    store.set_coming(["comes", "stays too"], ["goes", "stays too"])
    asked = ("stays", "goes", "comes", "stays too", "unknown")
    assert will_not_exist(store.connection, asked) == {"goes", "unknown"}


def test_noise_in_the_file_is_found(path: Path) -> None:
    store, _ = open_store(path, "v1")
    with store.transaction():
        store.announce(told(f"{n}.html", "") for n in range(20_000))
    assert not store.is_damaged()
    store.close()
    size = path.stat().st_size
    with open(path, "r+b") as file:
        file.seek(size * 3 // 4)
        file.write(bytes(range(256)) * 64)
    damaged, reason = open_store(path, "v1")
    assert reason == ""
    assert damaged.is_damaged()
    damaged.close()


def error_of(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("from SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "damaged"),
    [
        (sqlite3.DatabaseError("malformed"), True),
        (error_of(sqlite3.SQLITE_CORRUPT), True),
        (error_of(sqlite3.SQLITE_ERROR), True),
        (error_of(sqlite3.SQLITE_IOERR_SHORT_READ), True),
        (error_of(sqlite3.SQLITE_FULL), False),
        (error_of(sqlite3.SQLITE_IOERR_WRITE), False),
        (error_of(sqlite3.SQLITE_READONLY), False),
        (error_of(sqlite3.SQLITE_CANTOPEN), False),
        (msgspec.ValidationError("a record"), True),
        (zlib.error("a feed entry"), True),
        (OSError("no space"), False),
        (ValueError("a fault of ours"), False),
    ],
    ids=repr,
)
def test_a_full_disk_is_not_taken_for_a_damaged_store(error: Exception, damaged: bool) -> None:
    assert is_damage(error) is damaged


# -- the lock -------------------------------------------------------------------------------------


def test_a_second_process_is_refused_and_told_who_builds(tmp_path: Path) -> None:
    with one_writer(tmp_path):
        child = os.fork()
        if child == 0:
            try:
                with one_writer(tmp_path):
                    os._exit(1)
            except BuildError as error:
                os._exit(0 if f"process {os.getppid()}" in str(error) else 2)
            finally:
                os._exit(3)
        assert os.waitpid(child, 0)[1] == 0


def test_the_lock_is_free_once_its_process_is_gone(tmp_path: Path) -> None:
    (tmp_path / "build.lock").write_text("1", encoding="utf-8")
    with one_writer(tmp_path):
        assert (tmp_path / "build.lock").read_text(encoding="utf-8") == str(os.getpid())
