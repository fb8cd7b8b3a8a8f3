"""A store's files on the disk: its seal, and where another store is put by meanwhile."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def earlier_store(path: Path) -> Path:
    """Where the store that another version made is put by."""
    return path.with_name(f"earlier-{path.name}")


def forget_earlier(path: Path) -> None:
    """What it alone knew is in the store by now."""
    for file in files_of(path):
        remove(earlier_store(file))


def set_aside(path: Path) -> None:
    """Copy the closed store to where `take_back` finds it, should another one do no better."""
    for file in files_of(path):
        remove(_aside(file))
        if file.is_file():
            shutil.copy2(file, _aside(file))


def take_back(path: Path) -> None:
    """The store set aside, in the place of the one that was tried instead."""
    for file in files_of(path):
        remove(file)
        if _aside(file).exists():
            _aside(file).rename(file)


def forget_aside(path: Path) -> None:
    """The other one serves: what was set aside can go."""
    for file in files_of(path):
        remove(_aside(file))


def _aside(file: Path) -> Path:
    return file.with_name(f"aside-{file.name}")


def files_of(path: Path) -> tuple[Path, ...]:
    """The store and what SQLite and we lay beside it."""
    return (path, Path(f"{path}-wal"), Path(f"{path}-shm"), seal_of(path))


def remove(path: Path) -> None:
    """Take away what lies there, whatever it is."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


# -- the seal -----------------------------------------------------------------------------------
# Which bytes of a database were changed behind its back, SQLite cannot tell, and reading all of
# them at each build would cost the archive. So a build leaves beside the store its size and time,
# and takes the note away while it writes: a store that is not as it was left is not trusted, one
# without the note (a killed build) is, for SQLite mends that itself.


def seal_of(path: Path) -> Path:
    """Where the store's seal lies."""
    return path.with_name(f"{path.name}.seal")


def seal(path: Path) -> None:
    """Note how the closed store is left."""
    log = Path(f"{path}-wal")  # empty but there while a reader has the store open
    if path.is_file() and not (log.is_file() and log.stat().st_size):
        seal_of(path).write_text(_size_and_time(path), encoding="utf-8")


def _size_and_time(path: Path) -> str:
    status = path.stat()
    return f"{status.st_size} {status.st_mtime_ns}"


def is_as_left(path: Path) -> bool:
    """Whether the store is as the last build left it, as far as one was left to say so."""
    seal = seal_of(path)
    if not os.path.lexists(seal):
        return True
    return seal.is_file() and seal.read_bytes() == _size_and_time(path).encode()
