"""Whose fault an error is: the store's, which may be damaged, or its folder's or disk's."""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path

import msgspec

from newsdigest.base.errors import BuildError, VerificationError

# What reading and writing a store may raise; of these, what its folder or disk may be to blame for.
StoreError = sqlite3.Error
StoreUnusable = sqlite3.OperationalError

# What SQLite answers when it is the disk, not the store, that fails: no permission, busy, locked,
# read-only, an error of the disk, full, cannot be opened.
_DISK_FAILS = frozenset({3, 5, 6, 8, 10, 13, 14})
# When a store is opened, what cannot be read or opened is the file: another one may do better.
_NOT_THE_FILES_FAULT = frozenset({5, 6, 10, 13})
_SHORT_READ = 522  # an error of the disk, says SQLite; the file was cut


def is_damage(error: Exception) -> bool:
    """Whether a store that gave this error may hold something else than what was put into it.

    What comes of wrong values is not foreseen; only the disk's and the editor's part are known.
    """
    if isinstance(error, sqlite3.Error):
        return _primary_code(error) not in _DISK_FAILS
    if isinstance(error, BuildError):
        return isinstance(error, VerificationError)
    return not isinstance(error, OSError | MemoryError)


def is_unreadable(error: Exception) -> bool:
    """Whether the error says that a reader cannot make out what the store holds."""
    return isinstance(error, sqlite3.Error | msgspec.DecodeError | zlib.error)


def is_the_files(error: Exception) -> bool:
    """Whether a store that gave this error when it was opened had better be replaced."""
    return not (isinstance(error, OSError) or _primary_code(error) in _NOT_THE_FILES_FAULT)


def store_faults(path: Path) -> list[str]:
    """What SQLite finds wrong with the store's file, nothing for a sound one. Nothing is written:
    where no build has its log beside it, the file is read as one that cannot change."""
    still = "" if path.with_name(f"{path.name}-wal").exists() else "&immutable=1"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{still}", uri=True)
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(5)")]
    except sqlite3.Error as error:
        found = [str(error)]
    finally:
        connection.close()
    return [] if found == ["ok"] else [line.replace("\n", " ") for line in found]


def _primary_code(error: Exception) -> int:
    code = getattr(error, "sqlite_errorcode", 1)  # text that is not UTF-8 has no code
    return 1 if code == _SHORT_READ else code & 0xFF
