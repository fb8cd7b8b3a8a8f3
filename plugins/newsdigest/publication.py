"""Publishing a build: which files of the live site are ours, and putting new ones in their place.

What the store says of the site holds as long as the manifest beside the site is the one it noted.
Otherwise (the store is new, the site was moved here, restored, or built by another store) the
manifest says whose each file is, and the disk what stands there.

A build may be killed at any instant. What it is about to write and delete is written down before
(`_write`: the journal, and the store), found by the next one (`recognise`), and finished by its
plan (`planning.plan_build`: pending pages, and those whose file is not as built).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from newsdigest.archive.store import Store
from newsdigest.base.errors import BuildError, _
from newsdigest.base.fingerprint import digest
from newsdigest.base.records import SiteFile
from newsdigest.publish import manifest, output

# What is no page of ours comes first: every page may need it.
_BEFORE_PAGES = {"asset": -2, "host": -1}


class Staged(NamedTuple):
    """A file of the build, which waits in the staging folder unless these very bytes were found in the site."""

    file: SiteFile
    size: int
    waits: bool = True


def order(rank: Callable[[str], int]) -> Callable[[str], int]:
    """The place of a kind of files in the order of publication, given that of a kind of pages."""
    return lambda kind: _BEFORE_PAGES[kind] if kind in _BEFORE_PAGES else rank(kind)


def _keep_nothing(folder: Path, paths: Collection[str]) -> None:
    del folder, paths


def own_files(folder: Path, remembered: Iterable[SiteFile]) -> list[SiteFile]:
    """The files in the site's folder that are ours; what stands there is left open.

    Those of the manifest, those that a killed build announced, and of the `remembered` ones those
    whose bytes are still the ones we wrote: sites of older versions have no manifest.
    """
    named = (*manifest.read(folder), *manifest.read_journal(folder))
    ours = {file.path: file._replace(digest="") for file in named}
    for file in remembered:
        if file.path not in ours and file.digest in ("", _digest_of(folder / file.path)):
            ours[file.path] = file._replace(digest="")
    return list(ours.values())


class LiveSite:
    """The site in `folder`, as readers see it, and what `store` knows of its files.

    `rank` is the place of a kind of pages in the order of publication; `keep` is told of the files
    that are about to be replaced or deleted. `begun` tells whether it may be another one than before
    this build.
    """

    def __init__(
        self,
        folder: Path,
        store: Store,
        rank: Callable[[str], int],
        keep: Callable[[Path, Collection[str]], None] = _keep_nothing,
    ) -> None:
        self._rank = order(rank)
        self.keep = keep
        self.folder = folder
        self.store = store
        self.files = store.site
        self.begun = False
        self.index, self._found = manifest.read_index(folder)

    def recognise(self) -> bool:
        """Whether what the store says of the site still holds; if not, whose its files are is
        learnt anew, and what stands there is looked at when it is published again.

        Files that a killed build announced are ours, and unsure.
        """
        announced = manifest.read_journal(self.folder)
        for folder in {os.path.dirname(file.path) for file in announced}:
            (self.folder / folder / output.PART).unlink(missing_ok=True)
        noted = self.store.meta("manifest")
        if noted and noted == self._found and (self.folder / "index.html").is_file():
            self.files.doubt(announced)
            return True
        self.files.know_only(own_files(self.folder, self.files.all()))
        self.index = []
        return False

    def publish(self, staged: Sequence[Staged], strays: Iterable[str], staging: Path) -> Published:
        """Put what changed in place: new files, then those that replace one, deletions last.

        Within each, in the order of publication. A page that readers know links to nothing that
        is not there yet, nor, once it is replaced, to what is about to be deleted. Of `strays`
        only our own are deleted. Raises BuildError, with nothing published, where a file that is
        not ours stands in the way. To be called in no transaction.
        """
        paths = [made.file.path for made in staged]
        known = self.files.at(paths)
        gone = sorted(self.files.at(strays).keys() - set(paths))
        changed = [
            file
            for file, size, waits in staged
            if waits and not self._is_in_place(file, size, known)
        ]
        self._refuse_to_destroy(changed, known)
        changed.sort(
            key=lambda file: (self._replaces(file, known), self._rank(file.kind), file.path)
        )
        written = {file.path for file in changed}
        noted = [
            made.file
            for made in staged
            if made.file.path in written or known.get(made.file.path) != made.file
        ]
        deleted = 0
        if changed or gone:
            deleted = self._write(changed, gone, staging)
        if noted or gone or not self.index:
            self._record(noted, gone)
        manifest.end_journal(self.folder)
        return Published(written, deleted)

    def _is_in_place(self, file: SiteFile, size: int, known: dict[str, SiteFile]) -> bool:
        """Whether these very bytes stand there; where the store is sure, their number will do."""
        before = known.get(file.path)
        if before and before.digest == file.digest:
            return output.size_of(f"{self.folder}/{file.path}") == size
        if before and before.digest:
            return False
        place = f"{self.folder}/{file.path}"
        return output.size_of(place) == size and _digest_of(Path(place)) == file.digest

    def _replaces(self, file: SiteFile, known: dict[str, SiteFile]) -> bool:
        before = known.get(file.path)
        return bool(before and before.digest) or os.path.exists(f"{self.folder}/{file.path}")

    # -- files that are not ours ----------------------------------------------------------------------

    def _refuse_to_destroy(self, changed: Iterable[SiteFile], known: Collection[str]) -> None:
        """Raise BuildError if a file that is not ours stands where one of `changed` must go."""
        folders: dict[str, str] = {}
        foreign = set()
        for file in changed:
            in_the_way = self._before(os.path.dirname(file.path), folders)
            if (
                not in_the_way
                and os.path.lexists(f"{self.folder}/{file.path}")
                and (file.path not in known or self._is_folder(file.path))
            ):
                in_the_way = self._foreign_at(file.path)
            if in_the_way:
                foreign.add(in_the_way)
        if not foreign:
            return
        if foreign & {file.path for file in manifest.read(self.folder)}:
            raise LookupError("the store forgot files of the site")  # it is damaged
        raise BuildError(
            _("{count} files in {folder} are not of this site and stand in its way: {file}."),
            _("Move them elsewhere, or delete them if you need them no more; then build again."),
            count=len(foreign),
            folder=str(self.folder),
            file=min(foreign),
        )

    def _before(self, folder: str, seen: dict[str, str]) -> str:
        """What stands in the place of this folder of the site, or of one above it."""
        if not folder:
            return ""
        if folder not in seen:
            seen[folder] = self._before(os.path.dirname(folder), seen)
            if not seen[folder] and not os.path.isdir(self.folder / folder):
                seen[folder] = self._foreign_at(folder)
        return seen[folder]

    def _foreign_at(self, path: str) -> str:
        """A file that is not ours at `path` or, if that is a folder, below it."""
        place = self.folder / path
        if not self._is_folder(path):
            return path if os.path.lexists(place) and not self.files.at([path]) else ""
        files = [
            os.path.relpath(os.path.join(folder, name), self.folder)
            for folder, _folders, names in os.walk(place)
            for name in names
        ]
        return min(set(files) - self.files.at(files).keys(), default="")

    def _is_folder(self, path: str) -> bool:
        place = self.folder / path
        return place.is_dir() and not place.is_symlink()

    # -- writing ----------------------------------------------------------------------------------------

    def _write(self, changed: Sequence[SiteFile], gone: Sequence[str], staging: Path) -> int:
        """Move and delete; on the disk when this returns. How many files were deleted."""
        strays = self.files.at(gone).values()
        manifest.write_journal(self.folder, _unsure([*changed, *strays]))
        # The journal: whatever a killed build may have written, the next one knows of.
        with self.store.transaction():
            self.files.announce(changed, gone)
        output.on_disk(staging)
        self.keep(self.folder, [*(file.path for file in changed), *gone])
        self.begun = True
        early = 0
        for file in changed:
            try:
                output.publish_file(staging, self.folder, file.path)
            except (NotADirectoryError, IsADirectoryError, FileExistsError):
                early += self._make_way(file.path, gone)
                output.publish_file(staging, self.folder, file.path)
        return early + output.delete_files(self.folder, gone)

    def _make_way(self, path: str, gone: Sequence[str]) -> int:
        """Take away early what is ours, goes anyway, and stands in the way of `path`."""
        blocking = [
            stray for stray in gone if stray.startswith(f"{path}/") or path.startswith(f"{stray}/")
        ]
        deleted = output.delete_files(self.folder, blocking)
        if self._is_folder(path):
            output.remove_empty_folders(self.folder / path)
        return deleted

    def _record(self, noted: Sequence[SiteFile], gone: Sequence[str]) -> None:
        """Tell manifest and store what now stands in the site; it is on the disk by then."""
        touched = [*(file.path for file in noted), *gone]
        with self.store.transaction():
            self.files.record(noted, gone)
            self.index = manifest.write(self.folder, self.index, touched, self.files.all)
            output.on_disk(self.folder)
            self.store.set_meta("manifest", manifest.switch(self.folder, self.index))


class Published(NamedTuple):
    """What publication did: the files written, and how many it deleted."""

    written: set[str]
    deleted: int


def _unsure(files: Iterable[SiteFile]) -> list[SiteFile]:
    return sorted(file._replace(digest="") for file in files)


def _digest_of(file: Path) -> str:
    return digest(file.read_bytes()) if file.is_file() and not file.is_symlink() else ""
