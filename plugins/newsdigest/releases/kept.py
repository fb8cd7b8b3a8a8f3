"""The publications kept of a site, to go back to: each by what it replaced, in a folder beside the site.

    .lefil/index, .lefil/files/     the manifest of what was last published (as in `output/.lefil/`)
    .lefil/journal                  the files of a publication under way, until it is done
    releases/000012.jsonl           a publication: its counts, then each file it changed, as it was before
    bytes/ab/cdef…                  what files held before, by the digest of their bytes

So a publication costs what it changed, and going back to the third last is three of them undone.
A file's bytes are taken when a build is about to replace it in the site, if they are the published
ones: by a second name for the file, which costs nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import msgspec

from newsdigest.base.fingerprint import digest
from newsdigest.base.records import SiteFile
from newsdigest.publish import manifest
from newsdigest.releases.compare import Change, adopt, difference, files_at, link_or_copy, told

_RELEASES = "releases"
_BYTES = "bytes"
_FOLDERS = 256
_FILES = msgspec.json.Decoder(SiteFile)


class Release(msgspec.Struct, frozen=True, omit_defaults=True):
    """A publication: `at` is when (with its offset); `new`, `changed`, `removed` count articles'
    pages, `files` all files written, `deleted` those deleted. `back_to`: it put back that one.
    `manifest` tells what was published from anything else; `whole`: it could not tell what was
    there before, and nothing earlier can be gone back to."""

    number: int
    at: str
    manifest: str
    new: int = 0
    changed: int = 0
    removed: int = 0
    files: int = 0
    deleted: int = 0
    back_to: int = 0
    whole: bool = False


class Kept:
    """The publications kept in `folder`; `most` of them can be gone back to."""

    def __init__(self, folder: Path, most: int) -> None:
        self.folder = folder
        self.most = most

    @property
    def told(self) -> str:
        """What tells the site as it was last published, "" for never."""
        return told(self.folder)

    def changes(self, site: Path) -> list[Change]:
        """What differs between the last publication and the site as it is, by path.

        A memory that is damaged is as good as none. Raises ValueError for a site's own.
        """
        try:
            return difference(self.folder, site)
        except ValueError:
            if not told(site):
                raise
            return difference(self.folder / "none", site)

    def published(self, paths: Iterable[str]) -> dict[str, SiteFile]:
        """Those of `paths` that were published last, with what they held."""
        return files_at(self.folder, paths)

    # -- bytes ----------------------------------------------------------------------------------

    def keep(
        self, site: Path, paths: Collection[str], says: Callable[[bytes], bool] = lambda data: False
    ) -> None:
        """Take what the site's files hold that a build is about to replace or delete, unless it
        `says` what must not be said any more."""
        for path, file in self.published(paths).items() if self.most and paths else ():
            place, source = self._place(file.digest), f"{site}/{path}"
            if os.path.exists(place) or os.path.islink(source) or not os.path.isfile(source):
                continue
            with open(source, "rb", buffering=0) as published:
                data = published.readall()
            if digest(data) == file.digest and not says(data):
                os.makedirs(os.path.dirname(place), exist_ok=True)
                with suppress(FileExistsError):
                    link_or_copy(source, place)

    def bytes_of(self, wanted: str) -> bytes | None:
        """What has this digest, None where it is not kept, or not as it was."""
        try:
            data = Path(self._place(wanted)).read_bytes()
        except OSError:
            return None
        return data if digest(data) == wanted else None

    def of_kind(self, kind: str) -> Iterator[SiteFile]:
        """The files of this kind that publications replaced or deleted, as they were."""
        for file in self._files():
            yield from (one for one in self._read(file)[1] if one.kind == kind and one.digest)

    def forget(self, says: Callable[[bytes], bool]) -> int:
        """Delete all that says what must not be said any more; how many files that were."""
        forgotten = 0
        for place in sorted((self.folder / _BYTES).glob("*/*")):
            if says(place.read_bytes()):
                place.unlink()
                forgotten += 1
        return forgotten

    def _place(self, wanted: str) -> str:
        return f"{self.folder}/{_BYTES}/{wanted[:2]}/{wanted[2:]}"

    # -- publications -----------------------------------------------------------------------------

    def releases(self) -> list[Release]:
        """The publications known, the latest first; what was begun and not published is none."""
        found, last = (self._read(file)[0] for file in self._files()), self._last()
        known = (one for one in found if one.manifest and one.number <= last)
        return sorted(known, key=lambda one: one.number, reverse=True)

    def _last(self) -> int:
        """The number of the publication that readers have, 0 where none is known."""
        now = self.told
        heads = ((_number(file), _head(file)) for file in self._files())
        return max((number for number, head in heads if head and head.manifest == now), default=0)

    def record(
        self, site: Path, changes: Iterable[Change], release: Callable[[int], Release]
    ) -> Release | None:
        """Note the site as published, `release` by its number; None if it is what it was.

        `changes` since the last one. To be called when all readers have it.
        """
        if self.told == told(site):
            return None
        if last := self._last():
            new = release(last + 1)
            lines = [_line(change) for change in changes]
        else:
            numbers = [_number(file) for file in self._files()]
            new = msgspec.structs.replace(release(max(numbers, default=0) + 1), whole=True)
            lines = []
        self._write(new, lines)
        adopt(self.folder, site)
        self._prune(new.number)
        return new

    def undone(self, number: int) -> dict[str, SiteFile | None]:
        """What differed when this publication was the last, by path; None: it was not there.

        Raises LookupError where it cannot be gone back to.
        """
        known = {one.number: one for one in self.releases()}
        if number not in known:
            raise LookupError(number)
        found: dict[str, SiteFile | None] = {}
        for one in sorted((n for n in known if n > number), reverse=True):
            release, files = self._read(self._file(one))
            if release.whole:
                raise LookupError(number)
            for file in files:
                found[file.path] = file if file.digest else None
        return found

    def can_be_undone(self) -> list[Release]:
        """The publications that can be gone back to, the latest first."""
        known = self.releases()
        found = []
        for later, release in pairwise(known):
            if later.whole or later.number != release.number + 1:
                break
            found.append(release)
        return found

    def _prune(self, last: int) -> None:
        """Forget the publications beyond those that are kept, and what held bytes for them alone.

        Bytes that no publication ever needed (a build replaced a page and put it back before it
        was published) go in time: each publication looks into one of the folders they lie in.
        """
        needed, freed = set(), set()
        for file in self._files():
            release, files = self._read(file)
            digests = {one.digest for one in files}
            if release.number > last - self.most:
                needed |= digests
                continue
            freed |= digests
            if release.number < last - self.most:
                file.unlink()
            elif files:
                self._write(release, [])  # gone back to, never from
        turn = f"{last % _FOLDERS:02x}"
        there = {turn + place.name for place in (self.folder / _BYTES / turn).glob("*")}
        for one in (freed | there) - needed - {""}:
            with suppress(FileNotFoundError):
                os.unlink(self._place(one))

    def _files(self) -> list[Path]:
        return sorted((self.folder / _RELEASES).glob("*.jsonl"))

    def _file(self, number: int) -> Path:
        return self.folder / _RELEASES / f"{number:06}.jsonl"

    def _read(self, file: Path) -> tuple[Release, list[SiteFile]]:
        """One whose file is damaged is known by its number alone: none is gone back to past it."""
        head, _end, lines = file.read_bytes().partition(b"\n")
        try:
            return msgspec.json.decode(head, type=Release), _FILES.decode_lines(lines)
        except ValueError:  # bytes that are no text too
            return Release(_number(file), "", "", whole=True), []

    def _write(self, release: Release, lines: Sequence[SiteFile]) -> None:
        file = self._file(release.number)
        file.parent.mkdir(parents=True, exist_ok=True)
        waiting = file.with_suffix(".new")
        with open(waiting, "wb") as out:
            out.writelines(msgspec.json.encode(one) + b"\n" for one in (release, *lines))
            out.flush()
            os.fsync(out.fileno())
        os.replace(waiting, file)

    # -- a publication under way --------------------------------------------------------------------

    def unsure(self) -> set[str]:
        """The files of which a publication that did not end may have changed the target's."""
        return {file.path for file in manifest.read_journal(self.folder)}

    def begin(self, paths: Iterable[str]) -> None:
        """These files are about to change where readers find them."""
        journal = [SiteFile(path, "", "", "") for path in sorted(paths)]
        manifest.write_journal(self.folder, journal)

    def end(self) -> None:
        """They have."""
        manifest.end_journal(self.folder)


def _head(file: Path) -> Release | None:
    with open(file, "rb") as stream, suppress(ValueError):
        return msgspec.json.decode(stream.readline(), type=Release)
    return None


def _number(file: Path) -> int:
    return int(file.stem) if file.stem.isdecimal() else 0


def articles_of(changes: Iterable[Change]) -> Iterator[Change]:
    """Those of the changes that are of articles' pages."""
    return (change for change in changes if change.file.kind == "article")


def _line(change: Change) -> SiteFile:
    """How a file was; without a digest: it was not there."""
    return change.before or change.file._replace(digest="")
