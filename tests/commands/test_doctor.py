"""Whether this machine can build: told a line a finding, and nothing is touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from newsdigest.base.settings import ParseRules, Settings
from newsdigest.commands import doctor_checks as checks
from newsdigest.commands import doctor_desk as desk
from newsdigest.commands.doctor import examine
from newsdigest.commands.doctor_checks import Finding, ignores_case, kind_of
from newsroom import NOW, Newsroom, article
from publication import ROOT


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom(tmp_path, publishes=True)
    newsroom.write("pont.txt", article("Le pont rouvre"))
    newsroom.build()
    return newsroom


def states(found: list[Finding]) -> list[str]:
    return [one.state for one in found]


def test_a_sound_newsroom_is_well_and_nothing_is_written(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    def everything() -> dict[str, tuple[int, int]]:
        return {
            str(file): (file.stat().st_mtime_ns, file.stat().st_size)
            for file in newsroom.folder.rglob("*")
        }

    before = everything()
    assert examine(newsroom.settings, ROOT) == 0
    assert everything() == before
    lines = capsys.readouterr().out.splitlines()
    assert not [line for line in lines if line.startswith("mal")]
    assert "bien       le registre : 1 lignes." in lines
    assert "bien       aucune construction n’est en cours, aucune n’a été coupée." in lines
    assert any("la mémoire de cache/ est saine" in line for line in lines)


def test_as_json_each_finding_is_an_object(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    newsroom.build(releases=True)
    examine(newsroom.settings, ROOT, as_json=True)
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"python", "packages", "folders", "space", "file system", "locks", "store",
            "decisions", "names", "ledger", "clock", "last build", "last publication", "terminal",
            "tools", "texts"} == {one["check"] for one in found}  # fmt: skip
    assert all(set(one) == {"check", "state", "message", "mend"} for one in found)


def test_a_damaged_memory_is_bad(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    store = newsroom.folder / "cache" / "archive.sqlite"
    data = bytearray(store.read_bytes())
    data[4096 * 3 : 4096 * 6] = os.urandom(4096 * 3)
    store.write_bytes(data)
    assert examine(newsroom.settings, ROOT) == 1
    said = capsys.readouterr().out
    assert "mal        la mémoire de cache/ est endommagée" in said
    assert "1 à réparer avant la prochaine construction" in said
    store.write_bytes(b"no database")
    assert states(list(checks.store(newsroom.settings, ROOT))) == ["bad"]
    store.unlink()
    assert states(list(checks.store(newsroom.settings, ROOT))) == ["attention"]


def test_a_ledger_with_a_conflict_or_two_owners_of_an_address_is_bad(newsroom: Newsroom) -> None:
    month = newsroom.content / "ledger" / "2026-01.jsonl"
    line = month.read_text(encoding="utf-8")
    other = line.replace('"id":"pont"', '"id":"viaduc"').replace("pont.txt", "viaduc.txt")
    month.write_text(line + other, encoding="utf-8")
    (found,) = [one for one in desk.ledger_lines(newsroom.settings, ROOT) if one.state == "bad"]
    assert found.facts == {"what": "/2026/01/15/le-pont-rouvre.html"}
    month.write_text(f"<<<<<<< HEAD\n{line}", encoding="utf-8")
    (found,) = desk.ledger_lines(newsroom.settings, ROOT)
    assert (found.state, found.facts["line"]) == ("bad", 1)


def test_two_lines_of_one_file_are_bad_and_a_month_that_is_gone_too(newsroom: Newsroom) -> None:
    month = newsroom.content / "ledger" / "2026-01.jsonl"
    line = month.read_text(encoding="utf-8")
    other = line.replace('"id":"pont"', '"id":"viaduc"').replace("le-pont-rouvre", "le-viaduc")
    month.write_text(line + other, encoding="utf-8")
    (found,) = [one for one in desk.ledger_lines(newsroom.settings, ROOT) if one.state == "bad"]
    assert found.facts == {"what": "pont.txt"}
    month.unlink()
    (found,) = desk.ledger_lines(newsroom.settings, ROOT)
    assert (found.state, found.facts["file"]) == ("bad", "ledger/2026-01.jsonl")


def test_the_editors_files_are_read(newsroom: Newsroom) -> None:
    def found() -> list[tuple[str, str]]:
        return [(one.check, one.state) for one in desk.editors_files(newsroom.settings, ROOT)]

    assert found() == [("decisions", "good"), ("names", "good")]
    newsroom.write("decisions.toml", '[[apart]]\narticle = "pont"\nother = "viaduc"\n')
    newsroom.write("entities.tsv", "personne\tAnna Korvat\nastre\tMars\n")
    assert found() == [("decisions", "good"), ("names", "good"), ("names", "attention")]
    newsroom.write("decisions.toml", "[[apart]\n")
    (newsroom.content / "entities.tsv").write_bytes(b"\xff\xfe\x00")
    assert found() == [("decisions", "bad"), ("names", "bad")]
    newsroom.write("decisions.toml", '[[embargo]]\narticle = "pont"\nuntil = "un jour"\n')
    assert found()[0] == ("decisions", "bad")


def test_a_clock_behind_the_last_build_or_publication_is_bad(newsroom: Newsroom) -> None:
    def found(now: datetime) -> list[tuple[str, str]]:
        settings = replace(newsroom.settings, rules=ParseRules(now=now))
        return [(one.check, one.state) for one in desk.last_times(settings, ROOT)]

    newsroom.build(releases=True)
    assert found(NOW) == [("last build", "good"), ("last publication", "good")]
    assert found(NOW - timedelta(hours=1)) == [("last build", "bad"), ("last publication", "bad")]
    (newsroom.folder / "cache" / "archive.sqlite").write_bytes(b"no database")
    assert found(NOW) == [("last publication", "good")]


HOLD = """
import fcntl, sys, time
lock = open(sys.argv[1], "a+")
fcntl.lockf(lock, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


def test_a_lock_that_is_held_is_told_from_one_that_is_left(newsroom: Newsroom) -> None:
    lock = newsroom.folder / "cache" / "build.lock"
    lock.write_text("4711", encoding="utf-8")
    (left,) = checks.locks(newsroom.settings, ROOT)
    assert (left.state, left.facts["holder"]) == ("attention", "")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        (held,) = checks.locks(newsroom.settings, ROOT)
        holder.kill()
    assert (held.state, held.facts["holder"]) == ("attention", "4711")


def test_a_file_of_tomorrow_means_a_wrong_clock(newsroom: Newsroom) -> None:
    assert states(list(checks.clock(newsroom.settings, ROOT))) == ["good"]
    tomorrow = time.time() + 86_400
    os.utime(newsroom.content / "pont.txt", (tomorrow, tomorrow))
    assert states(list(checks.clock(newsroom.settings, ROOT))) == ["bad"]


def test_a_clock_of_the_environment_is_told(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAW_NOW", "2026-01-23")
    (found,) = checks.clock(newsroom.settings, ROOT)
    assert (found.state, found.facts["value"]) == ("attention", "2026-01-23")


def test_a_folder_that_is_not_there_is_bad(newsroom: Newsroom) -> None:
    nowhere = replace(newsroom.settings, content=str(newsroom.folder / "share"))
    found = list(checks.folders(nowhere, ROOT))
    assert states(found) == ["bad", "good", "good"]


def test_other_versions_than_those_tested_are_named(newsroom: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "constraints.txt").write_text("# none\nlxml==0.1\nnot-installed==1\n")
    (found,) = checks.packages(newsroom.settings, tmp_path)
    assert (found.state, found.facts["count"]) == ("attention", 1)
    assert str(found.facts["names"]).startswith("lxml ")


@pytest.mark.parametrize(
    ("target", "installed", "state"),
    [
        ("", (), "good"),
        ("/srv/www", (), "good"),
        ("web@fil.example:/srv/www", (), "bad"),
        ("web@fil.example:/srv/www", ("rsync",), "good"),
        ("s3://fil/site", ("rsync",), "bad"),
        ("s3://fil/site", ("rclone",), "good"),
    ],
)
def test_a_target_needs_its_tool(
    newsroom: Newsroom,
    monkeypatch: pytest.MonkeyPatch,
    target: str,
    installed: tuple[str, ...],
    state: str,
) -> None:
    monkeypatch.setattr(checks.shutil, "which", lambda name: name if name in installed else None)
    monkeypatch.setattr(checks, "find_spec", lambda name: None)
    settings: Settings = replace(newsroom.settings, target=target)
    assert states(list(checks.tools(settings, ROOT))) == [state]


MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/news /mnt/news nfs4 rw 0 0
//nas/fil /mnt/my\\040news cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/fil/content", "ext4"),
        ("/mnt/news/content", "nfs4"),
        ("/mnt/newsroom", "ext4"),
        ("/mnt/my news/content", "cifs"),
    ],
)
def test_the_kind_of_disk_is_that_of_the_nearest_mount(path: str, kind: str) -> None:
    assert kind_of(Path(path), MOUNTS) == kind


def test_a_network_is_told(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    mount = f"nas:/x {newsroom.folder.resolve()} nfs rw 0 0\n"
    monkeypatch.setattr(checks, "_mounts", lambda: mount)
    (found,) = checks.file_system(newsroom.settings, ROOT)
    assert (found.state, found.facts["kind"]) == ("attention", "nfs")


def test_here_small_letters_are_not_capitals(newsroom: Newsroom) -> None:
    assert not ignores_case(newsroom.content)
    os.link(newsroom.content / "pont.txt", newsroom.content / "PONT.TXT")
    assert not ignores_case(newsroom.content)  # two files, of two names
