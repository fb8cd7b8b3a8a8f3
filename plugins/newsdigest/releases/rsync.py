"""A folder of another machine as a place of publication, by rsync.

A group of files is one run, whose files all change at its end (`--delay-updates`); rsync itself
would send them in the order of their names.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from newsdigest.base.errors import _
from newsdigest.base.records import SiteFile
from newsdigest.releases.target import MARK, TargetError, There, failed

# Times are kept, so that hosts answer 304; owners and groups are the other machine's.
_OPTIONS = ("--recursive", "--links", "--perms", "--times", "--from0", "--files-from=-")
# What rsync ends with where a file it was asked for is not there.
_PARTIAL = 23
# And where a folder is not there any more: of files to delete it rarely is.
_VANISHED = 24


class RsyncTarget:
    """`name` as rsync takes it: `user@host:/path`, `rsync://host/module/path`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.place = name.rstrip("/") + "/"
        if shutil.which("rsync") is None:
            raise TargetError(
                _("rsync is not installed, and {target} is published to by it."),
                _("Install it (Debian: apt install rsync; macOS: brew install rsync)."),
                target=name,
            )

    def mark(self) -> str:
        with tempfile.TemporaryDirectory() as folder:
            code, reason, _out = _run(
                ["--files-from=-", self.place, folder + "/"], MARK.encode() + b"\n"
            )
            place = Path(folder) / MARK
            if place.is_file():
                return place.read_text("utf-8", "replace").strip()
            # A folder that is not there yet, or without a mark.
            if code in (0, _PARTIAL) or "No such file" in reason:
                return ""
            raise failed(self.name, reason or f"rsync: {code}")

    def look(self, site: Path, files: Iterable[SiteFile]) -> There:
        found = There(set(), set())
        given = _names(file.path for file in files)
        options = [*_OPTIONS, "--no-times", "--checksum", "--dry-run", "--out-format=%i %n"]
        code, reason, out = _run([*options, f"{site}/", self.place], given)
        if code:
            if "No such file" in reason or "mkdir" in reason:
                found.missing.update(given.decode("utf-8", "surrogateescape").split("\0"))
                found.missing.discard("")
                return found
            raise failed(self.name, reason)
        for line in out.decode("utf-8", "surrogateescape").splitlines():
            told, _space, path = line.partition(" ")
            if told[1:2] == "f" and told[0] in "<>":
                (found.missing if "+" in told else found.differ).add(_unescaped(path))
        return found

    def send(self, site: Path, groups: Sequence[Sequence[str]], gone: Sequence[str]) -> None:
        for group in groups:
            if group:
                options = [*_OPTIONS, "--ignore-times", "--delay-updates", "--mkpath"]
                self._do([*options, f"{site}/", self.place], _names(group))
        if gone:
            options = ["--dirs", "--no-implied-dirs", "--from0", "--files-from=-"]
            options += ["--delete-missing-args", f"{site}/", self.place]
            self._do(options, _names(gone))
            folders = _folders_left(site, gone)
            if folders:  # only those that are empty go
                self._do(options, _names(folders))

    def set_mark(self, mark: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / MARK
            place.parent.mkdir()
            place.write_text(f"{mark}\n", "utf-8")
            self._do([*_OPTIONS, "--mkpath", f"{folder}/", self.place], _names([MARK]))

    def _do(self, arguments: Sequence[str], given: bytes) -> None:
        code, reason, _out = _run(arguments, given)
        if code not in (0, _VANISHED):
            raise failed(self.name, reason or f"rsync: {code}")


def _folders_left(site: Path, gone: Sequence[str]) -> list[str]:
    """The folders that these files leave, as far as the site has none of that name."""
    above = {str(folder) for path in gone for folder in PurePosixPath(path).parents} - {"."}
    left = (folder for folder in above if not (site / folder).is_dir())
    return sorted(left, key=lambda folder: (-folder.count("/"), folder))


def _names(paths: Iterable[str]) -> bytes:
    return "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")


def _unescaped(path: str) -> str:
    """rsync writes what its locale cannot show as `\\#303`: bytes, in octal."""
    data = bytearray()
    at = 0
    raw = path.encode("utf-8", "surrogateescape")
    while at < len(raw):
        if raw[at : at + 2] == b"\\#" and raw[at + 2 : at + 5].isdigit():
            data.append(int(raw[at + 2 : at + 5], 8))
            at += 5
        else:
            data.append(raw[at])
            at += 1
    return data.decode("utf-8", "surrogateescape")


def _run(arguments: Sequence[str], given: bytes) -> tuple[int, str, bytes]:
    """(exit code, the first thing it says is wrong, what it prints)."""
    done = subprocess.run(["rsync", *arguments], input=given, capture_output=True, check=False)
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return done.returncode, said[0] if said else "", done.stdout
