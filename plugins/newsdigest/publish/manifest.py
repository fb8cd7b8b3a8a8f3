"""Which files of the site are ours: told by a manifest that lies with them, in `output/.lefil/`.

The store knows them too, but a store can be lost, and a site moved or restored. So the manifest is
the last word on whose a file is; what it does not name is somebody else's, never to be touched.

    .lefil/index           the shards in order: digest, first path; then the digest of these lines
    .lefil/files/<digest>  a shard, one line a file: path, kind, name of its page, digest; by path
    .lefil/journal         the same lines for files that a build is about to write or to delete

Its bytes depend on what is published alone. A shard begins at a path that says so by itself
(`_begins`), whatever stands around it: one file more or less changes one shard and the index. A
shard is called by its digest and never changes; the index, replaced in one step, names whole ones.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from newsdigest.base.fingerprint import digest
from newsdigest.base.records import SiteFile

# Our folder in the site: all in it is ours, and no page stands there.
FOLDER = ".lefil"
_INDEX = "index"
_SHARDS = "files"
_JOURNAL = "journal"
# One path in so many begins a shard.
_SHARD_FILES = 64
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_UNESCAPED = {"t": "\t", "n": "\n", "r": "\r"}


class Shard(NamedTuple):
    """A run of the manifest's lines, by path, from `first` on."""

    first: str
    digest: str


Index = list[Shard]
# The files published from the one path on, up to the other (None: to the last), by path.
Rows = Callable[[str, str | None], Iterable[SiteFile]]


def read_index(output: Path) -> tuple[Index, str]:
    """The manifest's shards, and the digest that tells this manifest from any other.

    "" for none, for one that is cut or altered, and for one of which a shard is missing.
    """
    data = _index(output)
    found = (line.partition("\t") for line in _decoded(data).split("\n")[:-1])
    return [Shard(_unescape(first), named) for named, _tab, first in found], _told(output, data)


def told(output: Path) -> str:
    """That digest alone."""
    return _told(output, _index(output))


def _index(output: Path) -> bytes:
    try:
        return (output / FOLDER / _INDEX).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""


def _told(output: Path, data: bytes) -> str:
    *lines, last = _decoded(data).split("\n")
    if not last or last != digest(data[: len(data) - len(last)]):
        return ""
    return last if {line.partition("\t")[0] for line in lines} <= shards_there(output) else ""


def read(output: Path) -> list[SiteFile]:
    """Every file the manifest names, by path; a damaged or missing shard names none."""
    return [entry for shard in read_index(output)[0] for entry in read_shard(output, shard)]


def articles(output: Path) -> dict[str, str]:
    """Each published article's file, by the article's id."""
    return {entry.name: entry.path for entry in read(output) if entry.kind == "article"}


def damaged(output: Path) -> list[str]:
    """The manifest's own files that are missing or not as written, as paths below `output`."""
    shards, whole = read_index(output)
    wrong = [shard_name(shard) for shard in shards if not read_shard(output, shard)]
    index = f"{FOLDER}/{_INDEX}"
    return wrong if whole or wrong or not (output / index).exists() else [index]


def wrong_files(output: Path, entries: Iterable[SiteFile]) -> Iterator[tuple[SiteFile, bool]]:
    """Those of the site's files that are not as built; whether something stands there at all."""
    for entry in entries:
        file = output / entry.path
        if not file.is_file():
            yield entry, False
        elif digest(file.read_bytes()) != entry.digest:
            yield entry, True


def have_repaired(output: Path) -> int:
    """Have the next build make again what is not as built; how many files that are."""
    entries = read(output)
    wrong = {entry.path: entry for entry, _there in wrong_files(output, entries)}
    own = damaged(output)
    # Of a manifest that goes, the journal keeps what can be read.
    announced = {file.path: file for file in read_journal(output)}
    announced.update({file.path: file for file in entries} if own else wrong)
    if announced:
        unsure = (file._replace(digest="") for file in announced.values())
        write_journal(output, sorted(unsure))
    for path in own:
        (output / path).unlink(missing_ok=True)
    return len(wrong) + len(own)


def write(output: Path, index: Index, touched: Iterable[str], rows: Rows) -> Index:
    """Write the shards in which `touched` files stand, or stood, and return the new index.

    `index` is the present manifest's; an empty one has all of them written. Nothing reads the new
    shards until `switch`.
    """
    if not index:
        return _write_shards(output, _cut(rows("", None)))
    fresh: Index = []
    done = 0
    for first, last in _runs(index, touched):
        end = index[last + 1].first if last + 1 < len(index) else None
        fresh += index[done:first]
        fresh += _write_shards(output, _cut(rows(index[first].first if first else "", end)))
        done = last + 1
    return fresh + index[done:]


def switch(output: Path, index: Index) -> str:
    """Make this index the manifest, in one step; its digest. Shards it does not name go."""
    lines = (f"{shard.digest}\t{shard.first.translate(_ESCAPES)}\n" for shard in index)
    data = _encoded("".join(lines))
    last = digest(data)
    folder = output / FOLDER
    if told(output) != last:
        _write_durably(folder / _INDEX, data + last.encode())
    for name in shards_there(output) - {shard.digest for shard in index}:
        (folder / _SHARDS / name).unlink(missing_ok=True)
    return last


def write_journal(output: Path, entries: Sequence[SiteFile]) -> None:
    """Name the files about to be written or deleted: should the build be killed, they are ours."""
    _write_durably(output / FOLDER / _JOURNAL, _lines(entries))


def read_journal(output: Path) -> list[SiteFile]:
    """What a killed build was about to write or to delete; nothing after one that ended."""
    try:
        return _entries((output / FOLDER / _JOURNAL).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return []


def end_journal(output: Path) -> None:
    """All that was to be written or deleted is."""
    (output / FOLDER / _JOURNAL).unlink(missing_ok=True)


def shards_there(output: Path) -> set[str]:
    """The digests of the shards that are there."""
    try:
        return set(os.listdir(output / FOLDER / _SHARDS))
    except (FileNotFoundError, NotADirectoryError):
        return set()


def _runs(index: Index, touched: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The shards to be written anew, as runs (first, last).

    A shard's first file may be gone: then its others join the shard before.
    """
    firsts = [shard.first for shard in index]
    places = set()
    for path in touched:
        place = max(bisect_right(firsts, path) - 1, 0)
        places.add(place)
        if place and firsts[place] == path:
            places.add(place - 1)
    ordered = sorted(places)
    start = 0
    for at, place in enumerate(ordered):
        if at + 1 == len(ordered) or ordered[at + 1] != place + 1:
            yield ordered[start], place
            start = at + 1


def _begins(path: str) -> bool:
    return crc32(_encoded(path)) % _SHARD_FILES == 0


def _cut(entries: Iterable[SiteFile]) -> Iterator[list[SiteFile]]:
    shard: list[SiteFile] = []
    for entry in entries:
        if shard and _begins(entry.path):
            yield shard
            shard = []
        shard.append(entry)
    if shard:
        yield shard


def _write_shards(output: Path, runs: Iterable[Sequence[SiteFile]]) -> Index:
    index = []
    for entries in runs:
        data = _lines(entries)
        shard = Shard(entries[0].path, digest(data))
        index.append(shard)
        file = output / shard_name(shard)
        if not (file.exists() and file.read_bytes() == data):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    return index


def read_shard(output: Path, shard: Shard) -> list[SiteFile]:
    """The files of a shard, by path; none where it is missing or damaged."""
    return _entries(_data(output, shard))


def shard_lines(output: Path, shard: Shard) -> list[bytes]:
    """Its lines as they lie there: two that are equal tell of the same file. None where it is
    missing or damaged."""
    return _data(output, shard).splitlines(keepends=True)


def files_of(lines: Iterable[bytes]) -> list[SiteFile]:
    """What such lines tell of."""
    return _entries(b"".join(lines))


def _data(output: Path, shard: Shard) -> bytes:
    try:
        data = (output / shard_name(shard)).read_bytes()
    except OSError:
        return b""
    return data if digest(data) == shard.digest else b""


def shard_name(shard: Shard) -> str:
    """Where a shard lies below the site's folder."""
    return f"{FOLDER}/{_SHARDS}/{shard.digest}"


def _lines(entries: Sequence[SiteFile]) -> bytes:
    lines = ["\t".join(entry) for entry in entries]
    text = "".join(f"{line}\n" for line in lines)
    # Names that must be escaped are rare, and looking at each takes most of the time.
    told = text.count("\t"), text.count("\n")
    if "\\" in text or "\r" in text or told != (3 * len(lines), len(lines)):
        escaped = ("\t".join(field.translate(_ESCAPES) for field in entry) for entry in entries)
        text = "".join(f"{line}\n" for line in escaped)
    return _encoded(text)


def _entries(data: bytes) -> list[SiteFile]:
    lines = (line.split("\t") for line in _decoded(data).split("\n"))
    found = [fields for fields in lines if len(fields) == 4]
    if b"\\" in data:
        found = [list(map(_unescape, fields)) for fields in found]
    return list(map(SiteFile._make, found))


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return re.sub(r"\\(.)", lambda found: _UNESCAPED.get(found[1], found[1]), text)


# A host may name files by bytes that are no UTF-8; they come back as they were.
def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _write_durably(file: Path, data: bytes) -> None:
    """Put the bytes in the file's place in one step, on the disk before this returns."""
    file.parent.mkdir(parents=True, exist_ok=True)
    waiting = file.with_name(f"{file.name}-new")
    with open(waiting, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(waiting, file)
    folder = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
