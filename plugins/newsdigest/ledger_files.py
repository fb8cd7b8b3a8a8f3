"""The ledger's files in content/: which are not as they were last read, their reading and writing."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from newsdigest.archive.ledger import LedgerKeeper
from newsdigest.archive.update.update import LedgerMonth
from newsdigest.base import ledger
from newsdigest.base.errors import BuildError, _
from newsdigest.base.ledger import Entry

_FORGET = _("Bring it back; if it is meant to go, type: {command} --allow-removals")


def changed_months(
    content: Path, noted: LedgerKeeper, allow_removals: bool, command: str = "invoke build"
) -> list[LedgerMonth]:
    """The months whose files are not as a build left them, and `noted` them.

    Raises BuildError for a file that cannot be read, and for one that is gone or has no line left,
    unless that is allowed to `command`: what it held for good would be forgotten.
    """
    files = {
        entry.name.partition(".")[0]: Path(entry.path)
        for entry in _listed(content / ledger.FOLDER)
        if ledger.MONTH_FILE.fullmatch(entry.name)
    }
    found, known = [], noted.stamps()
    for month in sorted(files.keys() | known.keys()):
        file = files.get(month)
        if file is None:
            if known[month] and not allow_removals:
                raise BuildError(
                    _("{file} is gone: the addresses it holds for good would be forgotten."),
                    _FORGET,
                    file=ledger.file_of(month),
                    command=command,
                )
            if known[month]:
                found.append(LedgerMonth(month, "", ""))
        elif _stamp(file) != known.get(month):
            stamp, text = _stamp(file), _text(file, month)
            if not (text.strip() or allow_removals) and noted.holds(month):
                raise BuildError(
                    _("{file} is empty: the addresses it held for good would be forgotten."),
                    _FORGET,
                    file=ledger.file_of(month),
                    command=command,
                )
            found.append(LedgerMonth(month, stamp, text))
    return found


def read_months(content: Path) -> Iterator[tuple[str, list[Entry]]]:
    """The months that have files, in order, each with its entries.

    Raises LedgerError for one that cannot be read or has an article twice.
    """
    for file in sorted(_listed(content / ledger.FOLDER), key=lambda entry: entry.name):
        if ledger.MONTH_FILE.fullmatch(file.name):
            month = file.name.partition(".")[0]
            yield month, _entries(_text(Path(file.path), month), month)


def _entries(text: str, month: str) -> list[Entry]:
    lines: dict[str, int] = {}
    read = ledger.read_month(text, month)
    for number, entry in read:
        if lines.setdefault(entry.id, number) != number:
            other = f"{ledger.file_of(month)}:{lines[entry.id]}"
            raise ledger.contradiction(month, number, entry.id, other)
    return [entry for _number, entry in read]


def write_months(content: Path, texts: Mapping[str, str]) -> dict[str, str]:
    """Write these months' files, each in one step; their stamps, by month."""
    folder = content / ledger.FOLDER
    stamps = {}
    for month, text in sorted(texts.items()):
        folder.mkdir(exist_ok=True)
        file = folder / f"{month}.jsonl"
        waiting = folder / f".{month}.jsonl.new"
        with open(waiting, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.replace(waiting, file)
        stamps[month] = _stamp(file)
    return stamps


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listing:
            return list(listing)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _unreadable(ledger.FOLDER, error) from error


def _text(file: Path, month: str) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(ledger.file_of(month), error) from error


def _unreadable(name: str, error: Exception) -> BuildError:
    return BuildError(
        _("{file} cannot be read ({reason})."),
        _("The site is as it was. Mend the file, then build again."),
        file=name,
        reason=getattr(error, "strerror", "") or str(error),
    )


def _stamp(file: Path) -> str:
    status = file.stat()
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
