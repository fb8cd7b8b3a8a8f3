"""The content folder: which files are there, and their bytes. Nothing else reads articles.

Pelican's own walk follows links out of the folder and overlooks `X.TXT`, so the project walks by
itself: every entry ends as a candidate, a rejection or something left out, and is counted.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple
from unicodedata import is_normalized, normalize

from newsdigest.base import ledger
from newsdigest.base.conflict_copies import conflict_originals, looks_copied, second_originals
from newsdigest.base.errors import BuildError, EditorsFileError, _
from newsdigest.base.fingerprint import digest
from newsdigest.base.records import (
    BESIDE,
    STANDING_FILES,
    Rejection,
    article_id,
    id_beside,
    package_of,
)
from newsdigest.base.settings import ParseRules
from newsdigest.read.article import too_large
from newsdigest.read.formats import PLAIN, most_bytes, raw_suffix
from newsdigest.read.left_out import is_left_out, matcher, saved_beside
from newsdigest.read.pictures import is_picture, of_articles

# The editors' own files at the top of the folder, beside their texts (`STANDING_FILES`): no articles, and nothing to report.
_EDITORS_FILES = frozenset(("decisions.toml", "entities.tsv"))
_EDITORS_FILE_BYTES = 2 * 1024 * 1024
# A backslash of the name's own that would read as the spelling of a byte.
_LOOKS_SPELT = re.compile(r"\\(?=x[0-9a-f]{2})")
# No name of a picture, a page, a package or a folder of systems, in one spelling only.
_PLAIN_NAME = re.compile(rf"[A-Za-z0-9][-A-Za-z0-9 ._,']*{re.escape(PLAIN)}")


@dataclass(frozen=True, slots=True)
class Ignored:
    """An entry that is no raw article: by its suffix, or a file or folder nobody meant as content.

    An ignored folder is one entry, whatever it holds.
    """

    path: str
    warning: str = "W_IGNORED"


@dataclass(frozen=True, slots=True)
class PictureFile(Ignored):
    """A file that may be an article's picture; no article itself. The stamp of one that cannot be looked
    at, or is not there, is ""."""

    stamp: str = ""
    changed_ns: int = 0


class SourceFile(NamedTuple):
    """A candidate; `path` is relative to the content folder, with slashes.

    A path keeps bytes that are not UTF-8 as lone surrogates (`os.fsencode` gives them back);
    `errors.printable` shows it. Two scans that agree on all fields saw the same bytes. `beside`: a file
    of another format has the id of this name. `pictures` are named after it, `named` those that it
    names itself, whether they are there or not.
    """

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    beside: bool = False
    pictures: tuple[PictureFile, ...] = ()
    named: tuple[PictureFile, ...] = ()

    @property
    def id(self) -> str:
        path = readable_path(self.path)
        return id_beside(path) if self.beside else article_id(path)

    def naming(self, content: Path, names: Iterable[str]) -> SourceFile:
        """The same, with the pictures beside it that it names, as they lie there now."""
        folder = self.path[: self.path.rfind("/") + 1]
        return self._replace(named=tuple(_picture_named(content, folder + name) for name in names))

    @property
    def stamp(self) -> str:
        """What tells an unchanged file, with its pictures, without reading it."""
        stamp = f"{self.size} {self.mtime_ns} {self.ctime_ns} {self.inode}"
        if self.pictures or self.named:
            told = "\0".join(f"{one.path} {one.stamp}" for one in (*self.pictures, *self.named))
            stamp += f" +{digest(told.encode('utf-8', 'surrogateescape'))[:16]}"
        return stamp + BESIDE if self.beside else stamp


Entry = SourceFile | Rejection | Ignored


class SecondCopy(NamedTuple):
    """A file or folder that is read, and by its name is a copy of the one beside it."""

    path: str
    original: str


def walk(content: Path, ignored: tuple[str, ...] = ()) -> list[Entry]:
    """Every entry below the folder, sorted by path. BuildError if the folder cannot be listed.

    No file is opened and no link to a folder is entered. `ignored`: the patterns of IGNORE_FILES.
    A picture is told apart, and is the article's it is named after.
    Of two spellings of one name the first by path stands, a plain `.txt` before any other, a composed
    name (NFC) before another form of it. Two formats of one name are two files. A conflict copy beside its original is rejected.
    """
    found = (entry for entry in entries(content, ignored) if not isinstance(entry, SecondCopy))
    return sorted(found, key=attrgetter("path"))


def entries(content: Path, ignored: tuple[str, ...] = ()) -> Iterator[Entry | SecondCopy]:
    """The same, folder by folder, as they are found: an archive need not be held at once.

    Second copies are told beside their entries.
    """
    root = os.path.realpath(content)
    if not os.path.isdir(root):
        raise BuildError(
            _("there is no content folder at {path}."),
            _("Create it, or correct the setting PATH."),
            path=str(content),
        )
    # Folders whose names are one name in several forms hold the files of one section.
    folders = [[(root, "")]]
    while folders:
        forms = folders.pop()
        section = _Section(root, ignored, len(forms) == 1)
        for folder, prefix in forms:
            section.look_into(folder, prefix)
        yield from section.entries()
        yield from _with_folders_told(section.below)
        folders.extend(section.below.values())


def picture_at(content: Path, path: str) -> PictureFile:
    """A picture as it lies there now: a link is followed, nothing is opened."""
    try:
        status = os.stat(os.path.join(content, path))
    except (OSError, ValueError):
        return PictureFile(path)
    stamp = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
    return PictureFile(path, stamp=stamp, changed_ns=max(status.st_mtime_ns, status.st_ctime_ns))


def _picture_named(content: Path, path: str) -> PictureFile:
    """The same, its accents composed there or not."""
    found = picture_at(content, path)
    if found.stamp or path.isascii():
        return found
    root = os.path.realpath(content)
    return picture_at(content, os.path.relpath(spelt_on_disk(Path(root) / path), root))


def _with_pictures(found: list[Entry], pictures: list[PictureFile]) -> list[Entry]:
    """The files of one folder, each with the pictures named after it."""
    if not pictures:
        return found
    ids = {entry.id for entry in found if isinstance(entry, SourceFile) and not entry.beside}
    by_path = {readable_path(picture.path): picture for picture in pictures}
    owned = of_articles(ids, by_path)
    return [
        entry._replace(pictures=tuple(by_path[path] for path in owned[entry.id]))
        if isinstance(entry, SourceFile) and not entry.beside and entry.id in owned
        else entry
        for entry in found
    ]


def is_ignored(path: str, ignored: tuple[str, ...] = ()) -> bool:
    """Whether the walk leaves this path out by its name, or by that of a folder above it."""
    names = path.split("/")
    above = ("/".join(names[: at + 1]) for at in range(len(names)))
    return any(map(is_left_out, names)) or any(map(matcher(ignored), above))


def spelt_on_disk(path: Path) -> Path:
    """The path as the disk has it, its accents composed there or not; as given if nothing is there."""
    if os.path.lexists(path) or path.parent == path:
        return path
    folder, name = spelt_on_disk(path.parent), normalize("NFC", path.name)
    with suppress(OSError):
        for found in sorted(os.listdir(folder)):
            if normalize("NFC", found) == name:
                return folder / found
    return folder / path.name


def readable_path(path: str) -> str:
    """The path as text, another for each path: bytes that are not UTF-8 are spelled `\\xe9`."""
    if "\\" in path:
        path = _LOOKS_SPELT.sub(r"\\x5c", path)
    if path.isascii():
        return path
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def read_source(content: Path, file: SourceFile, rules: ParseRules) -> bytes | Rejection:
    """The file's bytes, checked again: the folder may have changed since the walk."""
    most = most_bytes(file.path, rules)
    data = _bytes_at(content, file.path, most)
    return too_large(file.path, data, most) if isinstance(data, int) else data


def read_picture(content: Path, path: str, most: int) -> bytes | Rejection:
    """A picture's bytes, as carefully."""
    data = _bytes_at(content, path, most)
    if isinstance(data, int):
        facts: dict[str, str | int] = {"size": data, "limit": most}
        return Rejection(path, "E_PICTURE_SIZE", facts=facts)
    return data


def _bytes_at(content: Path, path: str, most: int) -> bytes | Rejection | int:
    """A file's bytes; how many it has, if these are more than `most`."""
    root = os.path.realpath(content)
    full = os.path.join(root, path)
    try:
        target = os.path.realpath(full)
        if not _is_inside(target, root):
            return _outside(path, target)
        # Never waits for whoever should write to a pipe put in the file's place.
        descriptor = os.open(target, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        return _refused(path, error)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return Rejection(path, "E_NOT_FILE")
        if status.st_size > most:
            return status.st_size
        data = _read(descriptor, most + 1)
    except OSError as error:
        return _refused(path, error)
    finally:
        os.close(descriptor)
    return len(data) if len(data) > most else data


def read_editors_file(content: Path, name: str) -> str:
    """The text of a file the editors keep at the top of the content folder, "" if they do not.

    Raises EditorsFileError if it cannot be read as UTF-8.
    """
    try:
        # Never waits for whoever should write to a pipe put in the file's place.
        descriptor = os.open(content / name, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise _unreadable(name, error) from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise EditorsFileError(
                _("{file} is not a regular file."),
                _("Put a text file in its place, or take it out of the content folder."),
                file=name,
            )
        data = _read(descriptor, _EDITORS_FILE_BYTES + 1)
    except OSError as error:
        raise _unreadable(name, error) from error
    finally:
        os.close(descriptor)
    if len(data) > _EDITORS_FILE_BYTES:
        raise EditorsFileError(
            _("{file} is larger than {limit} bytes."),
            _("Take out what has no effect any more."),
            file=name,
            limit=_EDITORS_FILE_BYTES,
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise EditorsFileError(
            _("{file}, line {line}: this is not UTF-8."),
            _("Save the file as UTF-8."),
            file=name,
            line=data.count(b"\n", 0, error.start) + 1,
        ) from None


def _unreadable(name: str, error: OSError) -> EditorsFileError:
    return EditorsFileError(
        _("{file} cannot be read: {reason}."),
        _("Give the build the right to read it."),
        file=name,
        reason=error.strerror or str(error),
    )


class _Section:
    """What lies in the folders of one name; the folders in them are `below`, by their composed names.

    Most files are `plain`: their names alone tell that they are texts, whatever lies beside them, if
    that is one folder.
    """

    def __init__(self, root: str, ignored: tuple[str, ...], is_one: bool) -> None:
        self.root = root
        self.is_one = is_one
        self.is_ignored = matcher(ignored)
        self.plain: list[Entry] = []
        self.odd: list[Entry] = []
        self.below: dict[str, list[tuple[str, str]]] = {}

    def look_into(self, folder: str, prefix: str) -> None:
        """Add one folder's entries."""
        others = []
        for entry in self._listed(folder, prefix):
            path = prefix + entry.name
            try:
                if self.is_one and _is_plain(entry) and not self.is_ignored(path):
                    self.plain.append(_source_file(entry, path))
                else:
                    others.append(entry)
            except OSError as error:
                self.odd.append(_refused(path, error))
        pages = saved_beside(entry.name for entry in others)
        for entry in others:
            path = prefix + entry.name
            if not prefix and (entry.name in _EDITORS_FILES or _is_ledger(entry)):
                continue
            if path in STANDING_FILES:
                continue
            try:
                if is_left_out(entry.name) or entry.name in pages or self.is_ignored(path):
                    self.odd.append(Ignored(path))
                elif not entry.is_dir(follow_symlinks=False):
                    self.odd.append(_entry(self.root, entry, path))
                else:
                    self._add_folder(entry, path)
            except OSError as error:
                self.odd.append(_refused(path, error))

    def entries(self) -> Iterator[Entry | SecondCopy]:
        """What each is beside the others."""
        if not self.odd:
            yield from self.plain
            return
        pictures = [entry for entry in self.odd if isinstance(entry, PictureFile)]
        others = [entry for entry in self.odd if not isinstance(entry, PictureFile)]
        yield from pictures
        ordered = sorted((*self.plain, *others), key=attrgetter("path"))
        one_each = _one_each(_without_numbers(ordered, others), others)
        yield from _with_copies_told(_with_pictures(one_each, pictures), others)

    def _listed(self, folder: str, prefix: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as listing:
                return list(listing)
        except OSError as error:
            if not prefix:
                raise BuildError(
                    _("the content folder at {path} cannot be listed."),
                    _("Give the build the right to read it."),
                    path=folder,
                ) from error
            if not raw_suffix(folder):  # else it is told as what is no file
                self.odd.append(_unlisted(prefix.rstrip("/"), error))
            return []

    def _add_folder(self, entry: os.DirEntry[str], path: str) -> None:
        self.below.setdefault(normalize("NFC", entry.name), []).append((entry.path, path + "/"))
        if raw_suffix(entry.name):
            self.odd.append(_entry(self.root, entry, path))


def _is_plain(entry: os.DirEntry[str]) -> bool:
    return (
        _PLAIN_NAME.fullmatch(entry.name) is not None
        and not looks_copied(entry.name.removesuffix(PLAIN))
        and entry.is_file(follow_symlinks=False)
    )


def _is_ledger(entry: os.DirEntry[str]) -> bool:
    """A folder of that name is an ordinary section until it holds the ledger's months."""
    if entry.name != ledger.FOLDER or not entry.is_dir():
        return False
    return any(ledger.MONTH_FILE.fullmatch(name) for name in os.listdir(entry.path))


def _entry(root: str, entry: os.DirEntry[str], path: str) -> SourceFile | Rejection | Ignored:
    if is_picture(entry.name):
        return picture_at(Path(root), path)
    candidate = raw_suffix(entry.name) != ""
    if entry.is_symlink():
        target = os.path.realpath(entry.path)
        # A folder elsewhere may hold articles: the editor must hear that they are not read.
        if (candidate or os.path.isdir(target)) and not _is_inside(target, root):
            return _outside(path, target)
    if not candidate:
        original = _editors_original(root, path)
        return _conflict_copy(path, original) if original else Ignored(path)
    return _source_file(entry, path)


def _source_file(entry: os.DirEntry[str], path: str) -> SourceFile | Rejection:
    status = entry.stat()
    if not stat.S_ISREG(status.st_mode):
        return Rejection(path, "E_NOT_FILE")
    return SourceFile(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _editors_original(root: str, path: str) -> str:
    """Which of the editors' files this is a conflict copy of, "" for none."""
    stem, dot, suffix = path.rpartition(".")
    for original in conflict_originals(normalize("NFC", stem)) if "/" not in path else ():
        name = original + dot + suffix
        if name in _EDITORS_FILES and os.path.exists(os.path.join(root, name)):
            return name
    return ""


def _without_numbers(found: list[Entry], odd: list[Entry]) -> list[Entry]:
    """An odd file called as an article of the package beside it would be (`flux#0123456789.txt` beside
    `flux.rss`) becomes a rejection: the number may be that of one to come."""
    numbered = {
        entry.path: package_of(entry.id)
        for entry in odd
        if "#" in entry.path and isinstance(entry, SourceFile) and package_of(entry.id)
    }
    if not numbered:
        return found
    beside = {entry.id: entry.path for entry in found if isinstance(entry, SourceFile)}
    return [
        _same_id(entry.path, beside[numbered[entry.path]])
        if numbered.get(entry.path) in beside
        else entry
        for entry in found
    ]


def _one_each(found: list[Entry], odd: list[Entry]) -> list[Entry]:
    """The second of two spellings of one name becomes a rejection, in its place; of another format it
    is a file of its own."""
    # Paths differ, so ids can only meet where a suffix or an accent is spelled otherwise.
    ids = {
        f.id
        for f in odd
        if isinstance(f, SourceFile) and not (f.path.isascii() and f.path.endswith(PLAIN))
    }
    if not ids:
        return found
    first: dict[str, str] = {}
    for entry in found:
        if isinstance(entry, SourceFile) and entry.id in ids:
            first[entry.id] = min(first.get(entry.id, entry.path), entry.path, key=_plainness)
    one_format: dict[tuple[str, str], str] = {}
    for entry in found:
        if isinstance(entry, SourceFile) and entry.id in ids:
            name = (entry.id, raw_suffix(entry.path).lower())
            one_format[name] = min(one_format.get(name, entry.path), entry.path, key=_plainness)
    return [_beside(entry, first, one_format) for entry in found]


def _beside(
    entry: Entry, first: Mapping[str, str], one_format: Mapping[tuple[str, str], str]
) -> Entry:
    """The entry as what it is beside the `first` file of its id."""
    if not isinstance(entry, SourceFile) or first.get(entry.id, entry.path) == entry.path:
        return entry
    stands = one_format[entry.id, raw_suffix(entry.path).lower()]
    return entry._replace(beside=True) if stands == entry.path else _same_id(entry.path, stands)


def _plainness(path: str) -> tuple[bool, bool, str]:
    return not path.endswith(PLAIN), not is_normalized("NFC", path), path


def _same_id(path: str, other: str) -> Rejection:
    facts: dict[str, str | int] = {"other": readable_path(other)}
    if os.path.splitext(path)[0] != os.path.splitext(other)[0]:
        # They look alike: told apart by what they are made of.
        facts = {"this": _spelt(path), "other": _spelt(other)}
    return Rejection(path, "E_SAME_ID", facts=facts)


def _spelt(path: str) -> str:
    """The path, with its accents spelled where they are not composed."""
    path = readable_path(path)
    if is_normalized("NFC", path):
        return path
    return path.encode("ascii", "backslashreplace").decode()


def _with_copies_told(found: list[Entry], odd: list[Entry]) -> Iterator[Entry | SecondCopy]:
    """Odd conflict copies of a file of this folder become rejections; second copies are told."""
    suspects = {
        entry.path
        for entry in odd
        if isinstance(entry, SourceFile)
        and looks_copied(entry.path.rpartition("/")[2].rpartition(".")[0])
    }
    if not suspects:
        yield from found
        return
    files = [entry for entry in found if not isinstance(entry, Ignored)]
    # Of several forms of a name the one that is read comes last, and stays.
    files.sort(key=lambda entry: isinstance(entry, SourceFile))
    beside = {_stem(entry.path): entry.path for entry in files}
    for entry in found:
        original, surely = (
            _original(_stem(entry.path), beside) if entry.path in suspects else _ALONE
        )
        yield _conflict_copy(entry.path, original) if surely else entry
        if original and not surely:
            yield SecondCopy(entry.path, original)


def _with_folders_told(below: dict[str, list[tuple[str, str]]]) -> Iterator[Entry | SecondCopy]:
    """Conflict copies of a folder are rejected whole and taken out; second copies are told."""
    beside = {name: forms[0][1].rstrip("/") for name, forms in below.items()}
    for name in [name for name in below if looks_copied(name)]:
        original, surely = _original(name, beside)
        for _folder, prefix in below[name] if original else ():
            path = prefix.rstrip("/")
            yield _conflict_copy(path, original) if surely else SecondCopy(path, original)
        if surely:
            del below[name]


_ALONE = ("", False)


def _original(name: str, beside: Mapping[str, str]) -> tuple[str, bool]:
    """The path of what this name is a copy of, and whether it surely is; "" for no copy."""
    for surely, originals in ((True, conflict_originals), (False, second_originals)):
        for stem in originals(name):
            if stem in beside:
                return beside[stem], surely
    return _ALONE


def _stem(path: str) -> str:
    return article_id(path.rpartition("/")[2])


def _conflict_copy(path: str, original: str) -> Rejection:
    return Rejection(path, "E_CONFLICT_COPY", facts={"original": readable_path(original)})


def _is_inside(target: str, root: str) -> bool:
    return target == root or target.startswith(root.rstrip("/") + "/")


def _outside(path: str, target: str) -> Rejection:
    return Rejection(path, "E_OUTSIDE", facts={"target": target})


def _unlisted(path: str, error: OSError) -> Rejection:
    """A folder whose content cannot be known."""
    refused = _refused(path, error)
    if refused.code != "E_NOT_FILE":
        return refused
    return Rejection(path, "E_UNREADABLE", facts={"reason": errno.errorcode[error.errno or 0]})


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
