"""Which files are new, changed, gone or out of sight since the store last saw them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path

from newsdigest.archive.rows import OUT_OF_SIGHT, FileResult
from newsdigest.archive.store import Store
from newsdigest.base.records import Rejection
from newsdigest.base.settings import Settings
from newsdigest.ingest import stamp
from newsdigest.read.sources import SecondCopy, SourceFile, entries, readable_path


@dataclass(frozen=True, slots=True)
class Scan:
    """What the walk found: `to_read` in path order, `settled` what needs no reading, `gone` paths.

    `found` counts every entry of the walk, and what is known to lie where it could not look. Gone
    is only what a listing that succeeded shows no more. `mended` (path, stamp) are in sight again,
    as they were. `copies`: files and folders read though they are named like a copy of the one
    beside them, with that one.
    """

    found: int
    to_read: tuple[SourceFile, ...]
    settled: tuple[FileResult, ...]
    gone: tuple[str, ...]
    new: int
    mended: tuple[tuple[str, str], ...] = ()
    copies: tuple[tuple[str, str], ...] = ()

    @property
    def quiet(self) -> bool:
        """Nothing to read and nothing gone; rejected and ignored entries may still be listed."""
        return not (self.to_read or self.gone)


def scan_content(settings: Settings, store: Store, earlier: frozenset[str] = frozenset()) -> Scan:
    """Walk the content folder and compare each file's stamp with the one last seen.

    `earlier` are paths known to a store before this one.
    """
    known = {**dict.fromkeys(earlier, ""), **store.stamps()}
    restless = store.restless_files(settings.rules.now)
    found = new = 0
    to_read: list[SourceFile] = []
    settled: list[FileResult] = []
    mended: list[tuple[str, str]] = []
    copies: list[tuple[str, str]] = []
    faults: dict[str, Rejection] = {}
    for entry in entries(Path(settings.content), settings.ignored):
        if isinstance(entry, SecondCopy):
            copies.append((readable_path(entry.path), readable_path(entry.original)))
            continue
        found += 1
        path = readable_path(entry.path)
        seen = known.pop(path, None)
        new += not seen
        if isinstance(entry, SourceFile):
            now = stamp(entry)
            if path in restless or seen is None or seen.rpartition(OUT_OF_SIGHT)[2] != now:
                to_read.append(entry)
            elif seen != now:
                mended.append((path, now))
            continue
        if isinstance(entry, Rejection):
            faults[path] = replace(entry, path=path)
        elif seen != "ignored":
            settled.append(FileResult(path, "ignored"))
        if path in faults and _fault_of(seen) != _stamp_of(faults[path]):
            settled.append(FileResult(path, _stamp_of(faults[path]), rejection=faults[path]))
    out_of_sight = _below(known, faults)
    for path, fault in out_of_sight.items():
        seen = known.pop(path)
        found += 1
        if seen != "ignored" and _fault_of(seen) != _stamp_of(fault):
            settled.append(FileResult(path, _stamp_of(fault), rejection=replace(fault, path=path)))
    by_path = attrgetter("path")
    return Scan(
        found,
        tuple(sorted(to_read, key=by_path)),
        tuple(sorted(settled, key=by_path)),
        tuple(sorted(path for path in known if path not in earlier)),
        new,
        tuple(sorted(mended)),
        tuple(sorted(copies)),
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
