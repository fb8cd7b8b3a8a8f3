"""What the ledger costs: one archive twice, with and without, built in turns.

    python -m benchmarks.ledger [--counts 5000,20000] [--profile]

The generator's articles, in this process, with the tests' plain host and the tagger of rules: CPU
seconds. Rendering is cheap so, and the ledger's share the larger. Of each archive:

    cold              nothing is known, and no ledger is there (with: one is written of all)
    cold, ledger kept the same with the ledger that was written
    no change
    +10               ten more articles; median of five
    10 mended         the headlines of ten others
    +300, held        three hundred more, under embargo for an hour
    held: no change   a build that has three hundred embargoes to look after
    300 lifted        all at once, an hour later
    +300              as many that never were under embargo
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree
from statistics import median
from time import process_time, sleep

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from newsdigest.base.settings import Limits, ParseRules
from newsdigest.ingest import TOO_FRESH_NS
from newsroom import Newsroom

from benchmarks.generate import articles

COUNTS = (5000, 20000)
RUNS = 5
SERIES = 300
NOW = datetime(2026, 6, 1, 5, 0, tzinfo=UTC)
LIFTED = "Embargo : 1er juin 2026 à 8h00"  # in Paris


class Side:
    """One of the two newsrooms."""

    def __init__(self, folder: Path, ledger: bool) -> None:
        self.newsroom = Newsroom(folder, publishes=ledger, limits=Limits())
        self.spent: dict[str, list[float]] = {}
        self.moment = NOW

    def build(self, name: str, profile: bool = False) -> None:
        profiler = cProfile.Profile()
        began = process_time()
        if profile:
            profiler.enable()
        self.newsroom.build(rules=ParseRules(now=self.moment))
        profiler.disable()
        self.spent.setdefault(name, []).append(process_time() - began)
        if profile:
            pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


class Sides:
    """Both of them, whose content is the same files."""

    def __init__(self, folder: Path) -> None:
        self.sides = (Side(folder / "without", False), Side(folder / "with", True))
        self.written = 0

    def grow(self, count: int, head: str = "") -> None:
        self._put(list(articles(count, start=self.written)), head)
        self.written += count

    def _put(self, told: Sequence[tuple[str, str]], head: str = "") -> None:
        for path, text in told:
            if head:
                text = f"{head}\n{text}"
            self.sides[0].newsroom.write(path, text)
            original = self.sides[0].newsroom.content / path
            other = self.sides[1].newsroom.content / path
            other.parent.mkdir(parents=True, exist_ok=True)
            other.unlink(missing_ok=True)
            os.link(original, other)
        # A file this young may change without a trace, and would be read again.
        sleep(TOO_FRESH_NS / 1e9)

    def mend(self, run: int) -> None:
        """Ten headlines that no article cites, from all over the archive."""
        step = self.written // 10
        told = []
        for at in range(10):
            ((path, text),) = articles(1, start=at * step + run)
            head, rest = text.split("\n", 1)
            told.append((path, f"{head}, a-t-on appris\n{rest}"))
        self._put(told)

    def build(self, name: str) -> None:
        self.repeat(name, lambda _run: None, runs=1)

    def repeat(
        self, name: str, before: Callable[[int], None], profile: bool = False, runs: int = RUNS
    ) -> None:
        """Print the medians of so many builds of each side, in turns; `before` comes before each."""
        for run in range(runs):
            before(run)
            for side in self.sides:
                side.build(name, profile and run == runs - 1)
        without, with_ledger = (median(side.spent[name]) for side in self.sides)
        ratio = with_ledger / without
        print(f"| {name} | {without:.2f} | {with_ledger:.2f} | {ratio:.2f} |", flush=True)

    def forget(self) -> None:
        for side in self.sides:
            for folder in ("cache", "output"):
                rmtree(side.newsroom.folder / folder)

    def pass_an_hour(self) -> None:
        for side in self.sides:
            side.moment += timedelta(hours=2)


def measure(count: int, profile: bool) -> None:
    """Print what each build costs without and with a ledger, as they are done."""
    with tempfile.TemporaryDirectory() as folder:
        sides = Sides(Path(folder))
        sides.grow(count)
        sides.build("cold")
        sides.repeat("no change", lambda _run: None)
        sides.repeat("+10", lambda _run: sides.grow(10), profile)
        sides.repeat("10 mended", sides.mend)
        sides.grow(SERIES, LIFTED)
        sides.build(f"+{SERIES}, held")
        sides.repeat("held: no change", lambda _run: None)
        sides.pass_an_hour()
        sides.build(f"{SERIES} lifted")
        sides.grow(SERIES)
        sides.build(f"+{SERIES}")
        sides.forget()
        sides.build("cold, ledger kept")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--counts", default=",".join(map(str, COUNTS)))
    parser.add_argument("--profile", action="store_true", help="where the time of a +10 goes")
    options = parser.parse_args(arguments)
    for count in map(int, options.counts.split(",")):
        print(f"\n| {count:,} articles, CPU s | without | with a ledger | times |", flush=True)
        print("|---|---:|---:|---:|")
        measure(count, options.profile)


if __name__ == "__main__":
    main()
