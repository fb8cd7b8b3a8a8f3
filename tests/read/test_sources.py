"""The walk of the content folder: every entry is accounted for, nothing outside is read."""

from __future__ import annotations

import os
import random
import re
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest
from newsdigest.base.errors import BuildError, describe, printable
from newsdigest.base.records import Article, Rejection
from newsdigest.read.article import parse_article
from newsdigest.read.sources import (
    Ignored,
    SecondCopy,
    SourceFile,
    entries,
    read_source,
    readable_path,
    walk,
)
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
    lay(content, "b.txt", "a/z.TXT", "a/b/c/d.Txt")
    assert outcomes(content) == {
        "a/b/c/d.Txt": "read",
        "a/z.TXT": "read",
        "b.txt": "read",
    }
    assert list(outcomes(content)) == sorted(outcomes(content))


def test_other_files_are_left_out_and_counted(content):
    lay(content, "a.doc", "b", ".txt", "c.txt~", "d.pdf", "a.txt.part")
    assert set(outcomes(content).values()) == {"W_IGNORED"}
    assert len(outcomes(content)) == 6


def test_the_editors_files_are_no_candidates_at_the_top_only(content):
    lay(
        content,
        "decisions.toml",
        "entities.tsv",
        "a/decisions.toml",
    )
    assert outcomes(content) == {"a/decisions.toml": "W_IGNORED"}


def test_ledger_is_a_section_like_any_other_until_it_holds_the_ledgers_months(content):
    lay(content, "ledger/2026.txt", "a/ledger/2026-01.jsonl", "a/ledger/x.txt")
    assert outcomes(content) == {
        "a/ledger/2026-01.jsonl": "W_IGNORED",
        "a/ledger/x.txt": "read",
        "ledger/2026.txt": "read",
    }
    lay(content, "ledger/2026-01.jsonl")
    assert "ledger" not in outcomes(content)
    assert "ledger/2026.txt" not in outcomes(content)


@pytest.mark.parametrize(
    "name",
    [
        ".pont.txt", "._pont.txt", ".#pont.txt", "~$pont.txt", "pont~.txt", "PONT~.TXT", "pont.~1~.txt",
        "#pont#.txt", "~syncthing~pont.txt", ".~lock.pont.txt#", "pont.txt~", "Thumbs.db",
    ],
)  # fmt: skip
def test_what_programs_leave_beside_an_article_is_no_article(content, name):
    lay(content, f"ville/{name}", "ville/pont.txt")
    assert outcomes(content) == {f"ville/{name}": "W_IGNORED", "ville/pont.txt": "read"}


@pytest.mark.parametrize(
    "name",
    [
        "#recycle", "#RECYCLE", "#snapshot", "@eaDir", "@Recycle", "@Recently-Snapshot", "@tmp",
        "@GMT-2026.01.02-10.10.10", "$RECYCLE.BIN", "System Volume Information", "lost+found",
        "__MACOSX", ".Trash-1000", ".Trashes", ".stversions", ".stfolder", ".sync", ".dropbox.cache",
        ".git", ".svn", ".snapshot", "~snapshot", "(A Document Being Saved By TextEdit)", "nppBackup",
    ],
)  # fmt: skip
def test_a_folder_nobody_meant_as_content_is_one_entry_whatever_it_holds(content, name):
    lay(content, f"{name}/pont.txt", f"{name}/a/b.txt", f"ville/{name}/pont.txt", "ville/pont.txt")
    assert outcomes(content) == {
        name: "W_IGNORED",
        f"ville/{name}": "W_IGNORED",
        "ville/pont.txt": "read",
    }


def test_a_link_to_such_a_folder_elsewhere_is_left_out_too(content, tmp_path):
    lay(tmp_path, "ailleurs/x.txt")
    (content / ".git").symlink_to(tmp_path / "ailleurs")
    assert outcomes(content) == {".git": "W_IGNORED"}


def test_names_that_only_look_alike_are_articles(content):
    names = {"#1 du riz.txt", "PONT~1.TXT", "$100.txt", "@une.txt", "recyclage.txt", "snapshot.txt"}
    lay(content, *names, "@une/a.txt", "snapshot/a.txt", "#1/a.txt")
    assert set(outcomes(content).values()) == {"read"}


def test_the_setting_ignore_files_is_obeyed_as_pelican_does(content):
    lay(
        content, "a/brouillon-1.txt", "b/archives/x.txt", "c/d/e/x.txt", "c/x.txt", "x.txt", "Y.txt"
    )
    ignored = ("**/.*", "brouillon*", "**/archives", "d/*/x.txt", "y.txt")
    found = {entry.path: type(entry) for entry in walk(content, ignored)}
    assert found == {
        "Y.txt": SourceFile,
        "a/brouillon-1.txt": Ignored,
        "b/archives": Ignored,
        "c/d/e/x.txt": Ignored,
        "c/x.txt": SourceFile,
        "x.txt": SourceFile,
    }


CONFLICTS = [
    "pont (conflicted copy 2026-01-02)", "pont (Nadia's conflicted copy 2026-01-02)",
    "pont (Nadia's conflicted copy 2026-01-02) (1)", "pont (Copie en conflit de Nadia 2026-01-02)",
    "pont (copie en conflit de poste (Nadia) 2026-01-02)",
    "pont (In Konflikt stehende Kopie von Nadia 2026-01-02)", "pont (Copia in conflitto di N 2026-01-02)",
    "pont (copia en conflicto de N)", "pont (Bản sao xung đột của Nadia 2026-01-02)",
    "pont (Nadia 的冲突副本 2026-01-02)", "pont (conflicted copy 2026-01-02 101010)",
    "pont_conflict-20260102-101010", "pont.sync-conflict-20260102-101010-ABCDEFG",
    "pont (SFConflict nadia@redaction 2026-01-02-10-10-10)", "pont (Case Conflict 1)",
    "pont (copy: conflict on 2026-01-02)", "pont (conflict #1 on 2026-01-02)", "pont [Conflict]",
    "pont [conflicted 2]", "pont.Conflict", "pont_POSTE_Jan-02-101010-2026_Conflict", "pont_LOCAL_1234",
]  # fmt: skip


@pytest.mark.parametrize("name", [*CONFLICTS, normalize("NFD", CONFLICTS[8])])
def test_a_conflict_copy_beside_its_original_is_refused_and_names_it(content, name):
    lay(content, "ville/pont.TXT", f"ville/{name}.txt", f"seule/{name}.txt")
    found = {entry.path: entry for entry in walk(content)}
    assert found[f"ville/{name}.txt"] == Rejection(
        f"ville/{name}.txt", "E_CONFLICT_COPY", facts={"original": "ville/pont.TXT"}
    )
    assert outcomes(content)["ville/pont.TXT"] == "read"
    # Nothing beside it: it may be all that is left of the article.
    assert outcomes(content)[f"seule/{name}.txt"] == "read"


def test_a_conflict_copy_of_a_folder_or_of_the_editors_files_is_refused_whole(content):
    copied = "monde (conflicted copy 2026-01-02)"
    decided = "decisions (conflicted copy 2026-01-02).toml"
    lay(content, "monde/a.txt", f"{copied}/a.txt", f"{copied}/b.txt", "decisions.toml", decided)
    assert outcomes(content) == {
        copied: "E_CONFLICT_COPY",
        decided: "E_CONFLICT_COPY",
        "monde/a.txt": "read",
    }


SECOND_COPIES = [
    "pont (1)", "pont(2)", "pont 2", "pont 12", "pont - Copie", "pont - Copie (2)", "pont copie",
    "pont copy 2", "pont - Copy", "pont - Kopie", "pont_copy", "Copie de pont", "Copie (2) de pont",
    "Copy of pont", "Kopie von pont", "pont - bản sao", "bản sao của pont", "pont (3rd copy)",
    "pont-DESKTOP-1A2B3C4", "pont-HOSTNAME", "pont-MacBook-Pro-de-Nadia", "pont (conflit)",
]  # fmt: skip


@pytest.mark.parametrize("name", [*SECOND_COPIES, normalize("NFD", "pont - bản sao")])
def test_a_second_copy_is_read_and_told_beside_its_original(content, name):
    lay(content, "ville/pont.txt", f"ville/{name}.txt", f"seule/{name}.txt")
    assert set(outcomes(content).values()) == {"read"}
    assert [found for found in entries(content) if isinstance(found, SecondCopy)] == [
        SecondCopy(f"ville/{name}.txt", "ville/pont.txt")
    ]


def test_a_second_copy_of_a_folder_is_told_once(content):
    lay(content, "monde/a.txt", "monde - Copie/a.txt", "monde - Copie/b.txt")
    assert [found for found in entries(content) if isinstance(found, SecondCopy)] == [
        SecondCopy("monde - Copie", "monde")
    ]


def test_names_of_articles_that_stand_side_by_side_are_no_copies(content):
    lay(content, "pont.txt", "pont-AFP.txt", "pont-2.txt", "pont de fer.txt", "2026-01-12.txt")
    lay(content, "conflit.txt", "conflit au port.txt", "2026-01-12-copies.txt", "2026.txt")
    assert not [found for found in entries(content) if isinstance(found, SecondCopy | Rejection)]


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


def test_two_formats_of_one_name_are_two_articles(content):
    lay(content, "a.txt", "a.json", "a.JSON", "a.html", "b.xml", "b.json", "c.xml")
    found = {entry.path: entry for entry in walk(content)}
    assert {path: one.id for path, one in found.items() if isinstance(one, SourceFile)} == {
        "a.JSON": "a//json",
        "a.html": "a//html",
        "a.txt": "a",
        "b.json": "b",
        "b.xml": "b//xml",
        "c.xml": "c",
    }
    assert found["a.json"].facts == {"other": "a.JSON"}


def test_the_forms_of_one_name_are_one_id_and_both_are_told_apart(content):
    lay(
        content,
        "caf\u00e9.txt",
        "cafe\u0301.txt",
        "cafe\u0301.TXT",
        "hu\u1ebf.TXT",
        "hue\u0302\u0301.txt",
    )
    found = {entry.path: entry for entry in walk(content)}
    assert {path: type(entry) for path, entry in found.items()} == {
        "caf\u00e9.txt": SourceFile,
        "cafe\u0301.txt": Rejection,
        "cafe\u0301.TXT": Rejection,
        "hu\u1ebf.TXT": Rejection,
        "hue\u0302\u0301.txt": SourceFile,
    }
    assert describe(found["cafe\u0301.txt"], str) == (
        '"cafe\\u0301.txt" and "caf\u00e9.txt" are one name, its accents encoded in two ways.',
        "Keep one of the two, or rename one.",
    )
    assert found["hue\u0302\u0301.txt"].id == "hu\u1ebf"


def test_the_forms_of_one_folders_name_are_one_section(content):
    lay(content, "caf\u00e9/a.txt", "cafe\u0301/a.txt", "cafe\u0301/b.txt")
    lay(content, "caf\u00e9/e\u0301/c.txt", "cafe\u0301/\u00e9/c.txt", "cafe\u0301/d/c.txt")
    codes = outcomes(content)
    assert [path for path, outcome in codes.items() if outcome == "E_SAME_ID"] == [
        "cafe\u0301/a.txt",
        "caf\u00e9/e\u0301/c.txt",
    ]
    assert sorted(found.id for found in walk(content) if isinstance(found, SourceFile)) == [
        "caf\u00e9/a", "caf\u00e9/b", "caf\u00e9/d/c", "caf\u00e9/\u00e9/c",
    ]  # fmt: skip


def test_a_name_that_spells_a_byte_is_not_the_name_that_has_it(content):
    lay(content, r"caf\xe9.txt", r"caf\x5cxe9.txt", r"a\b.txt")
    with open(os.fsencode(content) + b"/caf\xe9.txt", "wb") as file:
        file.write(copy(LEDE).encode())
    with open(os.fsencode(content) + b"/caf\\\xe9.txt", "wb") as file:
        file.write(copy(LEDE).encode())
    assert len({found.id for found in walk(content)}) == 5
    assert len({readable_path(found.path) for found in walk(content)}) == 5


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


def test_what_is_told_by_its_name_alone_is_what_it_would_be_beside_all_others(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folders of names drawn at random: with every file compared with all beside it, the walk is the same."""
    draw = random.Random(11)
    stems = ("pont", "Pont", "caf\u00e9", "cafe\u0301", "flux", "2026-01-02", "copie de pont", "")
    ends = (
        "",
        "",
        " (1)",
        " 2",
        "-7",
        "_3",
        "-DESKTOP-1A2B3",
        "_conflict-20260102-101010",
        " - Copie",
    )
    ends = (*ends, "#0123456789", "~", "_BASE_12", "-2", " (Conflit 2026-01-02)", ".html")
    suffixes = (".txt", ".txt", ".txt", ".TXT", ".json", ".rss", ".html", ".jpg", ".pdf", "")
    folders = ("", "a/", "caf\u00e9/", "cafe\u0301/", "pont_files/", "a (1)/", ".cache/", "a/b/")
    names = (
        draw.choice(folders) + draw.choice(stems) + draw.choice(ends) + draw.choice(suffixes)
        for _ in range(600)
    )
    lay(content, *sorted({name for name in names if not name.endswith("/")} - {"a", "a (1)"}))
    (content / "lien.txt").symlink_to(content / "pont.txt")
    (content / "a" / "loin.txt").symlink_to("/etc/hostname")
    (content / "a" / "dossier.txt").mkdir()
    quick = list(entries(content, ("*_3.txt",)))
    monkeypatch.setattr("newsdigest.read.sources._PLAIN_NAME", re.compile(r"(?!)"))
    slow = list(entries(content, ("*_3.txt",)))
    assert len(slow) > 400
    assert sorted(map(repr, quick)) == sorted(map(repr, slow))
