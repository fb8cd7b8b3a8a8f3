"""A bucket as a place of publication, by rclone: where boto3 is not installed.

Its keys, region and endpoint are rclone's own (`RCLONE_S3_…`, or `AWS_…` of the environment).
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from newsdigest.base.records import SiteFile
from newsdigest.releases.target import MARK, There, failed


class RcloneTarget:
    """`name` as the setting has it; `place` as rclone does."""

    def __init__(self, name: str, place: str = "") -> None:
        self.name = name
        self.place = place or ":s3,env_auth:" + name.removeprefix("s3://").rstrip("/")

    def mark(self) -> str:
        code, out, reason = _run(["cat", f"{self.place}/{MARK}"])
        if code == 0:
            return out.strip()
        if "not found" in reason or "doesn't exist" in reason:
            return ""
        raise failed(self.name, reason)

    def look(self, site: Path, files: Iterable[SiteFile]) -> There:
        wanted = [file.path for file in files]
        found = There(set(), set())
        with _list(wanted) as names:
            options = ["--one-way", "--combined", "-", "--files-from-raw", names.name]
            _code, out, reason = _run(["check", str(site), self.place, *options])
        lines = [line.partition(" ") for line in out.splitlines()]
        if not lines and wanted:
            raise failed(self.name, reason)
        for sign, _space, path in lines:
            if sign == "+":
                found.missing.add(path)
            elif sign != "=":
                found.differ.add(path)
        return found

    def send(self, site: Path, groups: Sequence[Sequence[str]], gone: Sequence[str]) -> None:
        for group in groups:
            if group:
                self._copy(site, group)
        if gone:
            with _list(gone) as names:
                self._do(["delete", self.place, "--files-from-raw", names.name])

    def set_mark(self, mark: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / MARK
            place.parent.mkdir()
            place.write_text(f"{mark}\n", "utf-8")
            self._copy(Path(folder), [MARK])

    def _copy(self, site: Path, paths: Sequence[str]) -> None:
        with _list(paths) as names:
            options = ["--files-from-raw", names.name, "--no-traverse", "--ignore-times"]
            self._do(["copy", str(site), self.place, *options])

    def _do(self, arguments: Sequence[str]) -> None:
        code, _out, reason = _run(arguments)
        if code:
            raise failed(self.name, reason or f"rclone: {code}")


def _list(paths: Sequence[str]) -> tempfile._TemporaryFileWrapper[str]:
    file = tempfile.NamedTemporaryFile("w", encoding="utf-8", errors="surrogateescape")  # noqa: SIM115
    file.writelines(f"{path}\n" for path in paths)
    file.flush()
    return file


def _run(arguments: Sequence[str]) -> tuple[int, str, str]:
    """(exit code, what it prints, the last thing it says is wrong)."""
    done = subprocess.run(["rclone", *arguments], capture_output=True, check=False)
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return done.returncode, done.stdout.decode("utf-8", "replace"), said[-1] if said else ""
