"""Putting a build's files into the live site, at no instant half a file or half a site.

Everything is rendered and verified in a staging folder first. Publication then replaces file by
file, each in one step, in the plan's order; unchanged bytes are left alone (a static host then
answers 304), and deletions come last, when nothing links to them any more.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic_ns

from newsdigest.base.errors import BuildError, _


@contextmanager
def one_writer(cache: Path) -> Iterator[None]:
    """Hold the build lock of `cache`, or raise BuildError naming its holder at once.

    The lock is the kernel's: a killed build's goes with it, so no stale lock can be met. It is the
    process's own (`lockf`): its forked workers, which may outlive it by a moment, do not hold it.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with open(cache / "build.lock", "a+", encoding="utf-8") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise BuildError(
                _("another build is running (process {holder})."),
                _("Wait until it ends, then build again."),
                holder=lock.read().strip() or "?",
            ) from None
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextmanager
def staging_folder(output: Path) -> Iterator[Path]:
    """A new folder beside the site, on the same file system, gone afterwards.

    Never one that an earlier build had: a worker far away may outlive its killed build, and write.
    """
    place = output.parent / f".{output.name}-staging"
    shutil.rmtree(place, ignore_errors=True)
    folder = place / f"{os.getpid()}-{monotonic_ns()}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(place, ignore_errors=True)


def staged_path(staging: Path, path: str) -> str:
    """Where a file of the site waits: under its name's digest, since folders cost more than files."""
    name = hashlib.blake2b(path.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"{staging}/{name[0]}/{name[1:]}"


def stage(staging: Path, path: str, data: bytes) -> None:
    """Write one file of the build into the staging folder."""
    target = staged_path(staging, path)
    try:
        descriptor = os.open(target, _WRITE, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        descriptor = os.open(target, _WRITE, 0o666)
    with open(descriptor, "wb", buffering=0) as file:
        file.write(data)


_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC


def publish_file(staging: Path, output: Path, path: str) -> None:
    """Move one staged file into the site in a single step, whatever stood there."""
    waiting = staged_path(staging, path)
    target = f"{output}/{path}"
    try:
        os.replace(waiting, target)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        _clear_the_way(output, Path(target))
        os.replace(waiting, target)


def _clear_the_way(output: Path, target: Path) -> None:
    """Make the target's folder; a file or folder of an older site may stand in its place."""
    for folder in reversed(target.relative_to(output).parents[:-1]):
        place = output / folder
        try:
            place.mkdir()
        except FileExistsError:
            if place.is_symlink() or not place.is_dir():
                place.unlink()
                place.mkdir()
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)


def delete_files(output: Path, paths: Iterable[str]) -> int:
    """Delete the site's files at `paths` and the folders they leave empty; count those deleted."""
    deleted = 0
    for path in paths:
        target = output / path
        try:
            target.unlink()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            continue
        deleted += 1
        for folder in target.parents:
            if folder == output:
                break
            try:
                folder.rmdir()
            except OSError:
                break
    return deleted
