"""Which files are new, changed or gone since the store last saw them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path

from newsdigest.archive.rows import FileResult
from newsdigest.archive.store import Store
from newsdigest.base.records import Rejection
from newsdigest.base.settings import Settings
from newsdigest.ingest import stamp
from newsdigest.read.sources import SecondCopy, SourceFile, entries, readable_path


@dataclass(frozen=True, slots=True)
class Scan:
    """What the walk found: `to_read` in path order, `settled` what needs no reading, `gone` paths.

    `found` counts every entry of the walk, whatever becomes of it. `copies`: files and folders
    read though they are named like a copy of the one beside them, with that one.
    """

    found: int
    to_read: tuple[SourceFile, ...]
    settled: tuple[FileResult, ...]
    gone: tuple[str, ...]
    new: int
    copies: tuple[tuple[str, str], ...] = ()

    @property
    def quiet(self) -> bool:
        """Nothing to read and nothing gone; rejected and ignored entries may still be listed."""
        return not (self.to_read or self.gone)


def scan_content(settings: Settings, store: Store) -> Scan:
    """Walk the content folder and compare each file's stamp with the one last seen."""
    known = store.stamps()
    restless = store.restless_files(settings.rules.now)
    found = new = 0
    to_read: list[SourceFile] = []
    settled: list[FileResult] = []
    copies: list[tuple[str, str]] = []
    for entry in entries(Path(settings.content), settings.ignored):
        if isinstance(entry, SecondCopy):
            copies.append((readable_path(entry.path), readable_path(entry.original)))
            continue
        found += 1
        path = readable_path(entry.path)
        seen = known.pop(path, None)
        new += seen is None
        if isinstance(entry, SourceFile):
            if seen != stamp(entry) or path in restless:
                to_read.append(entry)
            continue
        rejection = replace(entry, path=path) if isinstance(entry, Rejection) else None
        outcome = rejection.code if rejection else "ignored"
        if seen != outcome:
            settled.append(FileResult(path, outcome, rejection=rejection))
    by_path = attrgetter("path")
    return Scan(
        found,
        tuple(sorted(to_read, key=by_path)),
        tuple(sorted(settled, key=by_path)),
        tuple(sorted(known)),
        new,
        tuple(sorted(copies)),
    )
