"""Putting a build's files into the live site, at no instant half a file.

Everything is rendered and verified in a staging folder first. Publication then replaces file by
file, each in one step, in the plan's order; unchanged bytes are left alone (a static host then
answers 304), and deletions come last, when nothing links to them any more. From the first file to
the last the site holds pages of two editions.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic_ns
from typing import TextIO

from newsdigest.base.errors import BuildError, _
from newsdigest.publish.manifest import FOLDER


@contextmanager
def one_writer(folder: Path) -> Iterator[None]:
    """Hold the build lock of `folder`, or raise BuildError naming its holder at once.

    The lock is the kernel's: a killed build's goes with it, so no stale lock can be met. It is the
    process's own (`lockf`): its forked workers, which may outlive it by a moment, do not hold it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / LOCK
    with _locked(place) as lock:
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        try:
            yield
        finally:
            place.unlink(missing_ok=True)


def holder(folder: Path) -> str:
    """Which process holds the build lock of `folder`, "" for none; nothing is written."""
    told = "?"
    try:
        with open(folder / LOCK, "r+", encoding="utf-8") as lock:
            told = lock.read().strip() or "?"
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return ""
    except OSError:
        return told
    return ""


LOCK = "build.lock"
# A file system without locks (some network folders): the other folder's lock must do.
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)


def _locked(place: Path) -> TextIO:
    """The lock file at `place`, held; never one that its last holder was just taking away."""
    while True:
        lock = open(place, "a+", encoding="utf-8")  # noqa: SIM115
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            holder = lock.read().strip() or "?"
            if error.errno in (errno.EACCES, errno.EAGAIN):
                lock.close()
                raise BuildError(
                    _("another build is running (process {holder})."),
                    _("Wait until it ends, then build again."),
                    holder=holder,
                ) from None
            if error.errno not in _NO_LOCKS:
                lock.close()
                raise
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(lock.fileno()), os.stat(place)):
                return lock
        lock.close()


@contextmanager
def staging_folder(output: Path, name: str = "") -> Iterator[Path]:
    """A new folder within the site's own folder, on the same file system, gone afterwards.

    Never one that an earlier build had: a worker far away may outlive its killed build, and write.
    """
    place = output / FOLDER / f"staging{name}"
    shutil.rmtree(place, ignore_errors=True)
    folder = place / f"{os.getpid()}-{monotonic_ns()}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(place, ignore_errors=True)


def clear_staging(output: Path) -> None:
    """Take away what a build that was killed at its very end left to clear."""
    shutil.rmtree(output / FOLDER / "staging", ignore_errors=True)


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
    """Move one staged file into the site in a single step.

    Raises OSError when a folder stands in its place, or a file in the place of its folder.
    """
    waiting = staged_path(staging, path)
    target = f"{output}/{path}"
    try:
        _move(waiting, target)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        _move(waiting, target)


def _move(waiting: str, target: str) -> None:
    try:
        os.replace(waiting, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # Another file system is mounted, or linked, within the site.
        near = f"{os.path.dirname(target)}/{PART}"
        shutil.copyfile(waiting, near)
        with open(near, "rb") as file:
            os.fsync(file.fileno())
        os.replace(near, target)


# Where a file waits that comes from another file system, and is left by a killed build.
PART = ".lefil-part"


def remove_empty_folders(folder: Path) -> None:
    """Remove the folder and those below it, unless a file is in one of them."""
    for place, _folders, _files in os.walk(folder, topdown=False):
        os.rmdir(place)


def on_disk(folder: Path) -> None:
    """Return once all that was written below `folder`, names included, would outlast a power cut.

    One call for the whole file system: files and folders one by one take many times as long.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "syncfs"):
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if libc.syncfs(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


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


def size_of(file: str | Path) -> int:
    """How many bytes stand there; -1 for nothing. Of a link its own."""
    try:
        return os.lstat(file).st_size
    except OSError:
        return -1


def lost_files(output: Path, paths: Iterable[str]) -> set[str]:
    """Those of the site's files that are not on the disk."""
    return {path for path in paths if not os.path.isfile(f"{output}/{path}")}
