"""The archive's memory: made anew when it cannot serve, one writer, readers who see commits only."""

from __future__ import annotations

import os
import shutil
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from newsdigest.archive.connections import read_store, snapshot
from newsdigest.archive.faults import is_damage
from newsdigest.archive.manifest import Manifest
from newsdigest.archive.opening import open_store
from newsdigest.archive.store import Store
from newsdigest.base.errors import BuildError, StrictError, VerificationError
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
    assert sorted(file.name for file in path.parent.iterdir()) == [
        "archive.sqlite",
        "archive.sqlite.seal",
    ]
    assert reopened(path, "v2") == ("version", "")


def test_another_tagger_is_told_from_other_code(path: Path) -> None:
    open_store(path, "v1", "crf-1")[0].close()
    store, reason = open_store(path, "v2", "crf-2")
    store.close()
    assert reason == "tagger"


def a_folder(path: Path) -> None:
    path.mkdir()
    (path / "notes.txt").write_text("Lundi.", encoding="utf-8")


def a_foreign_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE meta (who, what)")
        other.execute("INSERT INTO meta VALUES ('version', 'v1')")
        other.commit()


def names_that_are_not_utf8(path: Path) -> None:
    """A schema with a byte that is no character, as one flipped bit may leave it."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT)")
        other.execute("CREATE TABLE cafe (name)")
        other.commit()
    path.write_bytes(path.read_bytes().replace(b"cafe", b"caf\xe9"))


def a_version_that_is_no_text(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value)")
        other.execute("INSERT INTO meta VALUES ('version', CAST(x'e9ff' AS TEXT))")
        other.commit()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_link_to_nowhere(path: Path) -> None:
    path.symlink_to(path.parent / "gone")


def a_log_that_is_a_folder(path: Path) -> None:
    open_store(path, "v1")[0].close()
    Path(f"{path}-wal").mkdir()


def a_seal_that_is_a_folder(path: Path) -> None:
    open_store(path, "v1")[0].close()
    Path(f"{path}.seal").unlink()
    Path(f"{path}.seal").mkdir()


@pytest.mark.parametrize(
    "lay",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text("Bonjour.\n" * 9999, encoding="utf-8"),
        lambda path: path.write_bytes(b"SQLite format 3\0" + b"\1" * 9999),
        *(a_folder, a_foreign_database, names_that_are_not_utf8, a_version_that_is_no_text),
        *(a_pipe, a_link_to_nowhere, a_log_that_is_a_folder, a_seal_that_is_a_folder),
    ],
    ids=[
        "nothing",
        "a text",
        "noise",
        *["folder", "foreign", "schema", "version", "pipe", "link", "log", "seal"],
    ],
)
def test_whatever_lies_in_the_stores_place_is_replaced(path: Path, lay) -> None:  # type: ignore[no-untyped-def]
    path.parent.mkdir()
    lay(path)
    assert reopened(path)[0] in {"corrupt", "version", "tagger"}
    assert reopened(path) == ("", "")


@pytest.mark.parametrize("share", [0.0, 0.001, 0.2, 0.5, 0.9, 0.999])
def test_one_changed_byte_is_noticed_wherever_it_is(path: Path, share: float) -> None:
    open_store(path, "v1")[0].close()
    at = int(path.stat().st_size * share)
    with open(path, "r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1]))
    assert reopened(path) == ("corrupt", "")


def test_a_store_that_lost_its_end_is_replaced(path: Path) -> None:
    open_store(path, "v1")[0].close()
    os.truncate(path, path.stat().st_size // 2)
    assert reopened(path) == ("corrupt", "")


def test_a_store_may_be_moved_and_copied_with_its_times(path: Path, tmp_path: Path) -> None:
    store, _ = open_store(path, "v1")
    store.set_meta("name", "Le Fil")
    store.connection.commit()
    store.close()
    shutil.copytree(path.parent, tmp_path / "copy")
    path.parent.rename(tmp_path / "moved")
    for folder in ("copy", "moved"):
        assert reopened(tmp_path / folder / path.name) == ("", "Le Fil")


def test_the_store_of_a_killed_build_is_trusted(path: Path) -> None:
    open_store(path, "v1")[0].close()
    child = os.fork()
    if child == 0:
        store, _ = open_store(path, "v1")
        store.set_meta("name", "Le Fil")
        store.connection.commit()
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    assert reopened(path) == ("", "Le Fil")


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
    store.underway.set_pending(pages, ["2026/01/old.html"])
    assert store.underway.pending() == (pages, {"2026/01/old.html"})
    store.underway.set_pending({}, ())
    assert store.underway.pending() == ({}, set())


def told(path: str, digest: str, kind: str = "article") -> SiteFile:
    return SiteFile(path, kind, "", digest)


def test_an_announced_file_is_known_and_written_again(store: Store) -> None:
    store.site.record([told("a.html", "d1"), told("b.html", "d2")], ())
    store.site.announce([told("b.html", "d3"), told("c.html", "d4")])
    assert store.site.at(["a.html", "b.html", "c.html", "d.html"]) == {
        "a.html": told("a.html", "d1"),
        "b.html": told("b.html", ""),
        "c.html": told("c.html", ""),
    }
    assert store.site.unsure() == [told("b.html", ""), told("c.html", "")]
    assert store.site.paths() == store.site.of_kind("article") == {"a.html", "b.html", "c.html"}
    store.site.record([told("c.html", "d5", "host")], ["a.html"])
    assert store.site.but_kind("host") == {"b.html"}


def test_a_store_of_another_version_leaves_what_it_knows_of_the_site(path: Path) -> None:
    old, _ = open_store(path, "v1")
    with old.transaction():
        old.site.record([SiteFile("a.html", "article", "monde/a", "d1")], ())
    old.close()
    store, _ = open_store(path, "v2")
    assert list(store.site.all()) == [SiteFile("a.html", "article", "monde/a", "d1")]
    store.close()


def test_links_are_verified_against_the_site_to_come(store: Store) -> None:
    store.site.record([told("stays", "d"), told("goes", "d")], ())
    store.underway.set_coming(["comes", "stays too"], ["goes", "stays too"])
    asked = ("stays", "goes", "comes", "stays too", "unknown")
    assert Manifest(store.connection).will_not_exist(asked) == {"goes", "unknown"}


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
        (UnicodeDecodeError("utf-8", b"\xe9", 0, 1, "a name"), True),
        (ValueError("a wrong value"), True),
        (KeyError("a lost row"), True),
        (AssertionError("a lost row"), True),
        (VerificationError("the counts"), True),
        (OSError("no space"), False),
        (BuildError("a setting"), False),
        (StrictError("rejected files"), False),
        (MemoryError(), False),
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
