"""The walk of the content folder: every entry is accounted for, nothing outside is read."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from newsdigest.base.errors import BuildError, printable
from newsdigest.base.records import Article, Rejection
from newsdigest.read.article import parse_article
from newsdigest.read.sources import Ignored, SourceFile, read_source, walk
from wire import LEDE, RULES, copy


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def lay(content: Path, *paths: str) -> None:
    for path in paths:
        file = content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(copy(LEDE), encoding="utf-8")


def outcomes(content: Path) -> dict[str, str]:
    """What became of each entry: "read", a code, or W_IGNORED."""
    return {
        found.path: found.code
        if isinstance(found, Rejection)
        else found.warning
        if isinstance(found, Ignored)
        else "read"
        for found in walk(content)
    }


def test_raw_articles_are_found_at_any_depth_whatever_the_case_of_their_suffix(content):
    lay(content, "b.txt", "a/z.TXT", "a/b/c/d.Txt", ".e.txt")
    assert outcomes(content) == {
        ".e.txt": "read",
        "a/b/c/d.Txt": "read",
        "a/z.TXT": "read",
        "b.txt": "read",
    }
    assert list(outcomes(content)) == sorted(outcomes(content))


def test_other_files_are_left_out_and_counted(content):
    lay(content, "a.md", "b", ".txt", "c.txt~", "d.html", "a.txt.part")
    assert set(outcomes(content).values()) == {"W_IGNORED"}
    assert len(outcomes(content)) == 6


def test_the_editors_files_are_no_candidates_at_the_top_only(content):
    lay(
        content,
        "decisions.toml",
        "entities.tsv",
        "ledger/2026.txt",
        "a/ledger/x.txt",
        "a/decisions.toml",
    )
    assert outcomes(content) == {"a/decisions.toml": "W_IGNORED", "a/ledger/x.txt": "read"}


def test_a_found_file_says_what_a_later_scan_can_compare(content):
    lay(content, "a.txt")
    status = (content / "a.txt").stat()
    assert walk(content) == [
        SourceFile("a.txt", status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    ]
    assert walk(content)[0].id == "a"


def test_links_out_of_the_folder_are_refused(content, tmp_path):
    lay(tmp_path, "secret/x.txt")
    (content / "a.txt").symlink_to(tmp_path / "secret" / "x.txt")
    (content / "monde").symlink_to(tmp_path / "secret")
    (content / "b.txt").symlink_to(tmp_path / "nowhere.txt")
    (content / "notes").symlink_to(tmp_path / "secret" / "x.txt")
    found = {entry.path: entry for entry in walk(content)}
    assert found["a.txt"] == Rejection(
        "a.txt", "E_OUTSIDE", facts={"target": str(tmp_path / "secret" / "x.txt")}
    )
    assert outcomes(content) == {
        "a.txt": "E_OUTSIDE",
        "b.txt": "E_OUTSIDE",
        "monde": "E_OUTSIDE",
        "notes": "W_IGNORED",
    }


def test_a_neighbour_folder_of_a_longer_name_is_outside(content, tmp_path):
    lay(tmp_path, "content-old/x.txt")
    (content / "a.txt").symlink_to(tmp_path / "content-old" / "x.txt")
    assert outcomes(content) == {"a.txt": "E_OUTSIDE"}


def test_links_within_the_folder_are_files_but_not_folders(content):
    lay(content, "a/x.txt")
    (content / "y.txt").symlink_to(content / "a" / "x.txt")
    (content / "a" / "round").symlink_to(content)
    assert outcomes(content) == {"a/round": "W_IGNORED", "a/x.txt": "read", "y.txt": "read"}


def test_broken_and_circular_links(content):
    (content / "a.txt").symlink_to("gone.txt")
    (content / "b.txt").symlink_to("b.txt")
    assert outcomes(content) == {"a.txt": "E_VANISHED", "b.txt": "E_UNREADABLE"}


def test_what_is_no_regular_file_is_never_opened(content):
    os.mkfifo(content / "pipe.txt")
    os.mkfifo(content / "pipe")
    lay(content, "folder.txt/a.txt")
    assert outcomes(content) == {
        "folder.txt": "E_NOT_FILE",
        "folder.txt/a.txt": "read",
        "pipe": "W_IGNORED",
        "pipe.txt": "E_NOT_FILE",
    }


def test_of_two_files_with_one_id_the_plain_suffix_stands(content):
    lay(content, "a.TXT", "a.txt", "b.TXT", "b.Txt")
    assert outcomes(content) == {
        "a.TXT": "E_SAME_ID",
        "a.txt": "read",
        "b.TXT": "read",
        "b.Txt": "E_SAME_ID",
    }
    assert walk(content)[0].facts == {"other": "a.txt"}


def test_a_name_that_is_no_utf_8_is_read_and_shown(content):
    name = os.fsencode(content) + b"/caf\xe9\n.txt"
    with open(name, "wb") as file:
        file.write(copy(LEDE).encode())
    (source,) = walk(content)
    assert printable(source.path) == "caf\\xe9\\x0a.txt"
    data = read_source(content, source, RULES)
    assert isinstance(parse_article(data, source.path, RULES), Article)


def test_a_missing_folder_stops_the_build(tmp_path):
    with pytest.raises(BuildError, match="no content folder"):
        walk(tmp_path / "nowhere")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_or_folder_is_unreadable(content):
    lay(content, "a.txt", "b/c.txt")
    (content / "a.txt").chmod(0)
    (content / "b").chmod(0)
    assert outcomes(content) == {"a.txt": "read", "b": "E_UNREADABLE"}
    assert read_source(content, walk(content)[0], RULES).code == "E_UNREADABLE"
    (content / "b").chmod(0o700)


def test_the_bytes_are_the_files(content):
    lay(content, "a/b.txt")
    assert read_source(content, walk(content)[0], RULES) == copy(LEDE).encode()


def test_the_limit_is_held_when_reading(content):
    lay(content, "a.txt")
    (source,) = walk(content)
    size = source.size
    assert read_source(content, source, replace(RULES, max_bytes=size)) == copy(LEDE).encode()
    assert read_source(content, source, replace(RULES, max_bytes=size - 1)) == Rejection(
        "a.txt", "E_TOO_LARGE", 1, {"size": size, "limit": size - 1}
    )


def test_the_folder_may_change_between_walk_and_reading(content, tmp_path):
    lay(content, "a.txt", "b.txt", "c.txt", "d/e.txt")
    lay(tmp_path, "secret/e.txt")
    a, b, c, e = walk(content)
    for path in ("a.txt", "b.txt", "c.txt", "d/e.txt"):
        (content / path).unlink()
    os.mkfifo(content / "b.txt")
    (content / "c.txt").symlink_to(tmp_path / "secret" / "e.txt")
    (content / "d").rmdir()
    (content / "d").symlink_to(tmp_path / "secret")
    codes = [read_source(content, file, RULES).code for file in (a, b, c, e)]
    assert codes == ["E_VANISHED", "E_NOT_FILE", "E_OUTSIDE", "E_OUTSIDE"]
