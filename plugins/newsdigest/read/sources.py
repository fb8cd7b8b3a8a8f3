"""The content folder: which files are there, and their bytes. Nothing else reads articles.

Pelican's own walk follows links out of the folder and overlooks `X.TXT`, so the project walks by
itself: every entry ends as a candidate, a rejection or something left out, and is counted.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from newsdigest.base.errors import BuildError, _
from newsdigest.base.records import Rejection
from newsdigest.read.agencies import ParseRules
from newsdigest.read.article import article_id, too_large

# The editors' own files at the top of the folder: no articles, and nothing to report.
_EDITORS_FILES = frozenset(("decisions.toml", "entities.tsv"))
_LEDGER = "ledger"


class SourceFile(NamedTuple):
    """A candidate; `path` is relative to the content folder, with slashes.

    A path keeps bytes that are not UTF-8 as lone surrogates (`os.fsencode` gives them back);
    `errors.printable` shows it. Two scans that agree on all fields saw the same bytes.
    """

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    @property
    def id(self) -> str:
        return article_id(self.path)


@dataclass(frozen=True, slots=True)
class Ignored:
    """An entry that is no raw article by its suffix."""

    path: str
    warning: str = "W_IGNORED"


def walk(content: Path) -> list[SourceFile | Rejection | Ignored]:
    """Every entry below the folder, sorted by path. BuildError if the folder cannot be listed.

    No file is opened and no link to a folder is entered. Of two files with one id the first by
    path stands, a plain `.txt` before any other spelling.
    """
    return sorted(entries(content), key=attrgetter("path"))


def entries(content: Path) -> Iterator[SourceFile | Rejection | Ignored]:
    """The same, folder by folder, as they are found: an archive need not be held at once."""
    root = os.path.realpath(content)
    if not os.path.isdir(root):
        raise BuildError(
            _("there is no content folder at {path}."),
            _("Create it, or correct the setting PATH."),
            path=str(content),
        )
    folders = [(root, "")]
    while folders:
        folder, prefix = folders.pop()
        found = _entries_of(root, folder, prefix, folders)
        # Two files of one id stand in one folder.
        yield from _one_each(sorted(found, key=attrgetter("path")))


def read_source(content: Path, file: SourceFile, rules: ParseRules) -> bytes | Rejection:
    """The file's bytes, checked again: the folder may have changed since the walk."""
    root = os.path.realpath(content)
    full = os.path.join(root, file.path)
    try:
        target = os.path.realpath(full)
        if not _is_inside(target, root):
            return _outside(file.path, target)
        # Never waits for whoever should write to a pipe put in the file's place.
        descriptor = os.open(target, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        return _refused(file.path, error)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return Rejection(file.path, "E_NOT_FILE")
        if status.st_size > rules.max_bytes:
            return too_large(file.path, status.st_size, rules)
        data = _read(descriptor, rules.max_bytes + 1)
    except OSError as error:
        return _refused(file.path, error)
    finally:
        os.close(descriptor)
    if len(data) > rules.max_bytes:
        return too_large(file.path, len(data), rules)
    return data


def read_editors_file(content: Path, name: str) -> str:
    """The text of a file the editors keep at the top of the content folder, "" if they do not.

    Raises BuildError if it cannot be read as UTF-8.
    """
    try:
        return (content / name).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise BuildError(
            _("{file} cannot be read: {reason}."),
            _("Save the file as UTF-8."),
            file=name,
            reason=str(error),
        ) from error


def _entries_of(
    root: str, folder: str, prefix: str, folders: list[tuple[str, str]]
) -> Iterator[SourceFile | Rejection | Ignored]:
    """One folder's entries; the folders in it are added to `folders`."""
    try:
        with os.scandir(folder) as listing:
            found = list(listing)
    except OSError as error:
        if not prefix:
            raise BuildError(
                _("the content folder at {path} cannot be listed."),
                _("Give the build the right to read it."),
                path=folder,
            ) from error
        yield _refused(prefix.rstrip("/"), error)
        return
    for entry in found:
        name = entry.name
        if not prefix and _is_editors(entry):
            continue
        path = prefix + name
        try:
            if entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, path + "/"))
                if not _is_candidate(name):
                    continue
            yield _entry(root, entry, path)
        except OSError as error:
            yield _refused(path, error)


def _is_editors(entry: os.DirEntry[str]) -> bool:
    return entry.name in _EDITORS_FILES or (entry.name == _LEDGER and entry.is_dir())


def _is_candidate(name: str) -> bool:
    return name[-4:].lower() == ".txt" and len(name) > 4


def _entry(root: str, entry: os.DirEntry[str], path: str) -> SourceFile | Rejection | Ignored:
    candidate = _is_candidate(entry.name)
    if entry.is_symlink():
        target = os.path.realpath(entry.path)
        # A folder elsewhere may hold articles: the editor must hear that they are not read.
        if (candidate or os.path.isdir(target)) and not _is_inside(target, root):
            return _outside(path, target)
    if not candidate:
        return Ignored(path)
    status = entry.stat()
    if not stat.S_ISREG(status.st_mode):
        return Rejection(path, "E_NOT_FILE")
    return SourceFile(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _one_each(
    found: list[SourceFile | Rejection | Ignored],
) -> list[SourceFile | Rejection | Ignored]:
    """The second of two files with one id becomes a rejection, in its place."""
    # Paths differ, so ids can only meet where a suffix is spelled otherwise.
    odd = {f.id for f in found if isinstance(f, SourceFile) and not f.path.endswith(".txt")}
    if not odd:
        return found
    first: dict[str, str] = {}
    for entry in found:
        if isinstance(entry, SourceFile) and entry.id in odd:
            first.setdefault(entry.id, entry.path)
            if entry.path.endswith(".txt"):
                first[entry.id] = entry.path
    return [
        Rejection(entry.path, "E_SAME_ID", facts={"other": first[entry.id]})
        if isinstance(entry, SourceFile) and first.get(entry.id, entry.path) != entry.path
        else entry
        for entry in found
    ]


def _is_inside(target: str, root: str) -> bool:
    return target == root or target.startswith(root.rstrip("/") + "/")


def _outside(path: str, target: str) -> Rejection:
    return Rejection(path, "E_OUTSIDE", facts={"target": target})


def _refused(path: str, error: OSError) -> Rejection:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return Rejection(path, "E_VANISHED")
    if isinstance(error, PermissionError):
        return Rejection(path, "E_UNREADABLE", facts={"denied": 1})
    if error.errno in (errno.ENXIO, errno.ENODEV):  # a socket, or a device without a driver
        return Rejection(path, "E_NOT_FILE")
    reason = errno.errorcode.get(error.errno or 0, "EIO")
    return Rejection(path, "E_UNREADABLE", facts={"reason": reason})


def _read(descriptor: int, limit: int) -> bytes:
    """At most `limit` bytes, in as many reads as the system needs."""
    pieces = []
    while limit > 0:
        piece = os.read(descriptor, limit)
        if not piece:
            break
        pieces.append(piece)
        limit -= len(piece)
    return b"".join(pieces)
