"""Damaged files, a hundred thousand a format: each is an article or a rejection, none a crash.

    python -m benchmarks.mutated [--files N] [FORMAT...]

Times are of the processor. The sound files are the tests' (`tests/data`: newsroom, dispatches, saved_pages). A line for each format: how many of the damaged
files were still articles, the slowest one, files a second.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from newsdigest.base.records import Article, Rejection
from newsdigest.base.settings import ParseRules
from newsdigest.read.formats import parse_raw
from newsdigest.read.wire.formats import read_wire

DATA = Path(__file__).parents[1] / "tests" / "data"
FOLDERS = ("newsroom", "dispatches", "saved_pages")
RULES = ParseRules(now=datetime(2026, 2, 1, tzinfo=UTC))
_PUT_IN = (
    b"<",
    b"\x00",
    b"&#0;",
    b'"',
    b"\xff\xfe",
    b"]]>",
    b"\x02",
    b"{",
    b"<p>",
    b"\n\n",
    b"\x03",
)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The file with one to six bytes changed, stretches lost or doubled, signs put in."""
    copy = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(max(len(copy), 1))
        match chance.randrange(4):
            case 0:
                copy[at : at + 1] = bytes((chance.randrange(256),))
            case 1:
                del copy[at : at + chance.randrange(60)]
            case 2:
                copy[at:at] = copy[at : at + chance.randrange(100)]
            case _:
                copy[at:at] = chance.choice(_PUT_IN)
    return bytes(copy)


def by_format(wanted: Sequence[str]) -> dict[str, list[Path]]:
    """The sound files by the format they are of, as its reader calls it."""
    found: dict[str, list[Path]] = {}
    for path in (path for folder in FOLDERS for path in sorted((DATA / folder).iterdir())):
        format = _format_of(path)
        if format and (not wanted or format in wanted):
            found.setdefault(format, []).append(path)
    return found


def _format_of(path: Path) -> str:
    """What a sound file is, "" for what says what others are."""
    if path.name == "told.json":
        return ""
    found = parse_raw(path.read_bytes(), path.name, RULES)
    if isinstance(found, Article):
        return found.format
    wire = read_wire(path.read_bytes(), path.name, RULES)
    return wire.format if wire else ""


def measured(paths: Sequence[Path], files: int, seed: str) -> Iterator[tuple[bool, float]]:
    """Of each damaged file: whether it is an article, and how long it took."""
    chance = random.Random(seed)
    sound = [(path.name, path.read_bytes()) for path in paths]
    for at in range(files):
        name, data = sound[at % len(sound)]
        copy = damaged(data, chance)
        began = time.process_time()
        outcome = parse_raw(copy, name, RULES)
        taken = time.process_time() - began
        assert isinstance(outcome, Article | Rejection)
        yield isinstance(outcome, Article), taken


def report(files: int, formats: Sequence[str] = ()) -> None:
    """Damage so many files of each format, and print a line for each."""
    for name, paths in by_format(formats).items():
        results = list(measured(paths, files, name))
        articles = sum(is_article for is_article, _ in results)
        total = sum(taken for _, taken in results)
        slowest = max(taken for _, taken in results)
        print(
            f"{name:12} {len(results):7} damaged, {articles:6} still articles,"
            f" slowest {slowest * 1000:.0f} ms, {len(results) / total:.0f} a second",
            flush=True,
        )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--files", type=int, default=100_000)
    arguments.add_argument("formats", nargs="*")
    given = arguments.parse_args()
    report(given.files, given.formats)


if __name__ == "__main__":
    main()
