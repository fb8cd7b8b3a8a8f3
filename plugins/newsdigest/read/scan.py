"""Which files are new, changed, gone or out of sight since a build last saw them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from newsdigest.base.records import BESIDE, OUT_OF_SIGHT, Rejection
from newsdigest.base.settings import Settings
from newsdigest.read.sources import (
    PictureFile,
    SecondCopy,
    SourceFile,
    entries,
    readable_path,
)


class Settled(NamedTuple):
    """A file of which the walk alone tells what became: rejected, or ignored (no fault)."""

    path: str
    stamp: str
    rejection: Rejection | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """What the walk found: `to_read` in path order, `settled` what needs no reading, `gone` paths.

    `found` counts every entry of the walk, and what is known to lie where it could not look. Gone
    is only what a listing that succeeded shows no more. `mended` (path, stamp) are in sight again,
    as they were. `copies`: files and folders read though they are named like a copy of the one
    beside them, with that one. `pictures` are all that were found.
    """

    found: int
    to_read: tuple[SourceFile, ...]
    settled: tuple[Settled, ...]
    gone: tuple[str, ...]
    new: int
    mended: tuple[tuple[str, str], ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    pictures: frozenset[str] = frozenset()

    @property
    def coming(self) -> frozenset[str]:
        """The paths of all that must be filed."""
        read = (readable_path(file.path) for file in self.to_read)
        return frozenset((*read, *(file.path for file in self.settled)))

    def as_named(self, stamps: Mapping[str, str]) -> set[str]:
        """The files to read whose names give the ids they gave when these stamps were noted."""
        found = ((readable_path(file.path), file.beside) for file in self.to_read)
        then = ((path, stamps.get(path, ""), beside) for path, beside in found)
        # The stamp of what could not be seen tells nothing of its name.
        return {
            path
            for path, stamp, beside in then
            if not stamp.startswith("E_") and stamp.endswith(BESIDE) == beside
        }


def scan_content(
    settings: Settings,
    stamps: Mapping[str, str],
    restless: Collection[str] = (),
    earlier: Collection[str] = (),
    named: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Scan:
    """Walk the content folder and compare each file's stamp with the one last seen.

    `stamps`: of the files known, by path. The `restless` are read whatever theirs say. `earlier` are
    paths known before all that. `named` are the pictures that files name, as they were last read.
    """
    known = {**dict.fromkeys(earlier, ""), **stamps}
    found = new = 0
    to_read: list[SourceFile] = []
    settled: list[Settled] = []
    mended: list[tuple[str, str]] = []
    copies: list[tuple[str, str]] = []
    faults: dict[str, Rejection] = {}
    pictures: set[str] = set()
    for entry in entries(Path(settings.content), settings.ignored):
        if isinstance(entry, SecondCopy):
            copies.append((readable_path(entry.path), readable_path(entry.original)))
            continue
        found += 1
        path = readable_path(entry.path)
        if isinstance(entry, PictureFile):
            pictures.add(path)
            continue
        seen = known.pop(path, None)
        new += not seen
        if isinstance(entry, SourceFile):
            if path in named:
                entry = entry.naming(Path(settings.content), named[path])
            now = entry.stamp
            if seen == now and path not in restless:
                continue
            if path in restless or seen is None or seen.rpartition(OUT_OF_SIGHT)[2] != now:
                to_read.append(entry)
            else:
                mended.append((path, now))
            continue
        if isinstance(entry, Rejection):
            faults[path] = replace(entry, path=path)
        elif seen != "ignored":
            settled.append(Settled(path, "ignored"))
        if path in faults and _fault_of(seen) != _stamp_of(faults[path]):
            settled.append(Settled(path, _stamp_of(faults[path]), faults[path]))
    out_of_sight = _below(known, faults)
    for path, fault in out_of_sight.items():
        seen = known.pop(path)
        found += 1
        if seen != "ignored" and _fault_of(seen) != _stamp_of(fault):
            settled.append(Settled(path, _stamp_of(fault), replace(fault, path=path)))
    by_path = attrgetter("path")
    return Scan(
        found,
        tuple(sorted(to_read, key=by_path)),
        tuple(sorted(settled, key=by_path)),
        tuple(sorted(path for path in known if path not in earlier)),
        new,
        tuple(sorted(mended)),
        tuple(sorted(copies)),
        frozenset(pictures),
    )


def _below(paths: Iterable[str], faults: Mapping[str, Rejection]) -> dict[str, Rejection]:
    """Those of `paths` that lie where a fault hides them, with it.

    A conflict copy of a folder hides nothing: what was in it is gone.
    """
    found = {}
    faults = {path: fault for path, fault in faults.items() if fault.code != "E_CONFLICT_COPY"}
    for path in paths if faults else ():
        folder = path.rpartition("/")[0]
        while folder and folder not in faults:
            folder = folder.rpartition("/")[0]
        if folder:
            found[path] = faults[folder]
    return found


def _stamp_of(fault: Rejection) -> str:
    """What tells that the walk met the same fault again."""
    text = " ".join((fault.code, *map(str, fault.facts.values())))
    return readable_path(text.replace(OUT_OF_SIGHT, " "))


def _fault_of(stamp: str | None) -> str:
    return (stamp or "").partition(OUT_OF_SIGHT)[0]
