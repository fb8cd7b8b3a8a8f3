"""A newsroom's days, one after another: each equal to a clean build, and told rightly to subscribers.

    python -m benchmarks.soak [--days 5] [--seed 1] [--few 20 --many 60] [--every 1] [--table FILE] [--plot FILE.svg]

Every day so many dispatches come in (`benchmarks.wire_days`), and the desk works: headlines and
texts are edited, declared and not, dispatches are corrected, retracted, held, moved, removed and
brought back, decided on. Twice a week a build is killed at some moment and done once more. After
each day (`--every N`: each N-th, and the last) the site must be, byte for byte, that of a clean build
of the day's content and ledger, and after each day the library `reader`, which keeps its database, must be told of the items that are new and of those
that changed, of these only. The first difference ends the run: with the seed, it comes again.

Builds run in processes of their own, with the tests' plain host: CPU seconds and peak memory of
each day's are what the table and the plot show.
"""

from __future__ import annotations

import argparse
import os
import pickle
import re
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "clients"))

import msgspec
from moments import MOMENTS
from newsdigest.base.ledger import Edit, Entry
from newsdigest.base.records import Site
from newsdigest.base.settings import Limits, ParseRules
from newsdigest.commands.desk import change_entry
from newsroom import Newsroom
from subscribers import ReaderClient, Told, serving

from benchmarks.wire_days import Desk

FEED = "feeds/all.atom"
_ID = re.compile(r"<id>(.*?)</id>")


class Cost(NamedTuple):
    """A build in a process of its own."""

    cpu: float
    peak: float  # MB


class DayCost(NamedTuple):
    """A line of the table."""

    day: int
    articles: int
    build: Cost
    clean: Cost | None  # of a day that was not compared
    new: int
    updated: int
    killed: bool  # a build was, before the one that is told


class Difference(Exception):
    """A day that was not as it must be."""


class Soak:
    """One run of days."""

    def __init__(self, folder: Path, seed: int, few: int, many: int, every: int = 1) -> None:
        limits = Limits(feed_entries=250)
        site = Site(url="https://journal.example")
        self.newsroom = Newsroom(
            folder / "newsroom",
            publishes=True,
            limits=limits,
            site=site,
            allow_removals=True,
            allow_resending=True,
        )
        self.draw = Random(seed)
        kills = find_spec("newsdigest.commands.kill") is not None
        self.desk = Desk(self.newsroom.content, Random(seed + 1), few, many, kills)
        self.folder = folder
        self.every = every
        self.doomed: set[int] = set()  # days of this week

    def run(self, days: int) -> Iterator[DayCost]:
        """Raises Difference on the first day that is not as it must be."""
        (self.newsroom.folder / "output").mkdir(parents=True)
        with serving(self.newsroom.folder / "output") as served:
            url = f"{served.url}/{FEED}"
            with closing(ReaderClient(self.folder, url)) as reader:
                for number in range(days):
                    compares = number % self.every == self.every - 1 or number == days - 1
                    yield self._day(number, compares, reader)

    def _day(self, number: int, compares: bool, reader: ReaderClient) -> DayCost:
        day = self.desk.begin(number)
        rules = ParseRules(now=day.moment)
        for act in day.acts:
            self._act(act, rules)
        if number % 7 == 0:
            self.doomed = {number + at for at in self.draw.sample(range(7), 2)}
        if number in self.doomed:
            self._crash(rules)
        cost = in_process(lambda: self.newsroom.build(rules=rules) and None)
        clean = in_process(lambda: self._compare(number, rules)) if compares else None
        told = reader.fetch()
        self._judge(number, told, reader)
        return DayCost(
            number,
            self.desk.count,
            cost,
            clean,
            len(told.new),
            len(told.updated),
            number in self.doomed,
        )

    def _act(self, act: tuple[str, ...], rules: ParseRules) -> None:
        """What the desk says of an article in the ledger, before the build that publishes it."""
        kind, id_, note = act
        settings = replace(self.newsroom.settings, rules=rules)
        if kind in ("correction", "minor"):
            moment = rules.now.strftime("%Y-%m-%dT%H:%M:%SZ")
            edit = Edit(moment, kind, note, to_come=True)  # type: ignore[arg-type]
            change_entry(settings, id_, lambda line: _declared(line, edit))
        elif kind == "kill":
            from newsdigest.commands.kill import Kill, kill_article

            with quiet():
                assert kill_article(settings, id_, Kill(note, only=True)) == 0

    def _crash(self, rules: ParseRules) -> None:
        """A build killed at the k-th call of one of its functions, if it comes to that."""
        whose, name = MOMENTS[self.draw.choice(sorted(MOMENTS))]
        left = self.draw.choice((1, 1, 2, 5, 20))
        genuine = getattr(whose, name)

        def mortal(*args: Any, **kwargs: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return genuine(*args, **kwargs)

        def doomed() -> None:
            setattr(whose, name, mortal)
            self.newsroom.build(rules=rules)

        in_process(doomed, may_die=True)

    def _compare(self, number: int, rules: ParseRules) -> None:
        clean = self.newsroom.clean_build(rules=rules, publishes=False)
        ours = self.newsroom.site
        differ = sorted(path for path in clean.keys() | ours if clean.get(path) != ours.get(path))
        if differ:
            raise Difference(
                f"day {number}: {len(differ)} files are not the clean build's: {differ[:8]}"
            )

    def _judge(self, number: int, told: Told, reader: ReaderClient) -> None:
        feed = (self.newsroom.folder / "output" / FEED).read_text(encoding="utf-8")
        tags = {f"tag:lefil.example,2026:{id_}": id_ for id_ in self.desk.known}
        there = [tags[tag] for tag in _ID.findall(feed) if tag in tags]
        if strangers := set(there) - self.desk.in_feed():
            raise Difference(f"day {number}: in the feed, and must not be: {sorted(strangers)}")
        today = {id_ for id_ in self.desk.in_feed() if self.desk.known[id_].day == number}
        if missing := today - set(there):
            raise Difference(f"day {number}: not in the feed: {sorted(missing)}")
        for what, expected, found in zip(
            ("new", "updated"), self.desk.expected(there), told, strict=True
        ):
            found_ids = {tags.get(tag, tag) for tag in found}
            if expected != found_ids:
                raise Difference(
                    f"day {number}, {what}: missing {sorted(expected - found_ids)},"
                    f" not expected {sorted(found_ids - expected)}"
                )
        if again := [tag for told_again in reader.fetch() for tag in told_again]:
            raise Difference(f"day {number}: told twice: {again}")


def _declared(line: Entry, edit: Edit) -> Entry:
    return msgspec.structs.replace(line, edits=(*line.edits, edit))


@contextmanager
def quiet() -> Iterator[None]:
    """What desk commands print is not read here."""
    kept = sys.stdout
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        sys.stdout = nowhere
        try:
            yield
        finally:
            sys.stdout = kept


def in_process(job: Callable[[], None], may_die: bool = False) -> Cost:
    """Run `job` in a process of its own. Raises what it raised, or Difference where it died."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        code = 0
        try:
            os.close(receive)
            job()
        except BaseException as error:
            code = 1
            told = str(error) if isinstance(error, Difference) else traceback.format_exc()
            os.write(send, pickle.dumps(told)[:60000])
        finally:
            os._exit(code)
    os.close(send)
    with os.fdopen(receive, "rb") as pipe:
        said = pipe.read()
    _pid, status, used = os.wait4(child, 0)
    if said:
        raise Difference(pickle.loads(said))
    if status and not may_die:
        raise Difference(f"a build ended with status {status}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


# -- table and plot ----------------------------------------------------------------------------------


def table(costs: Sequence[DayCost]) -> str:
    """The days, tab-separated."""
    head = "day\tarticles\tcpu_s\tpeak_mb\tclean_cpu_s\tnew\tupdated\tkilled"
    rows = [
        f"{c.day}\t{c.articles}\t{c.build.cpu:.2f}\t{c.build.peak:.0f}"
        f"\t{f'{c.clean.cpu:.2f}' if c.clean else ''}\t{c.new}\t{c.updated}\t{c.killed:d}"
        for c in costs
    ]
    return "\n".join([head, *rows]) + "\n"


def summary(costs: Sequence[DayCost]) -> str:
    """The first and the last quarter of the days on which no build was killed, as medians."""
    costs = [day for day in costs if not day.killed]
    part = max(1, len(costs) // 4)
    lines = []
    for name, days in (("first", costs[:part]), ("last", costs[-part:])):
        cpu = median(day.build.cpu for day in days)
        peak = median(day.build.peak for day in days)
        lines.append(f"{name} {part} days: {cpu:.2f} CPU s, {peak:.0f} MB")
        if cleaned := [day.clean.cpu for day in days if day.clean]:
            lines[-1] += f"; clean {median(cleaned):.2f} CPU s"
    return "\n".join(lines)


def plot(costs: Sequence[DayCost]) -> str:
    """An SVG of the CPU seconds and the memory of each day on which no build was killed."""
    costs = [day for day in costs if not day.killed]
    wide, high, edge = 720, 150, 48
    panels = [
        ("CPU s, the day's build", [day.build.cpu for day in costs]),
        ("MB, its peak", [day.build.peak for day in costs]),
        ("CPU s, a clean build", [day.clean.cpu for day in costs if day.clean]),
    ]
    parts = []
    for at, (name, values) in enumerate(panels):
        top, most = at * (high + edge) + edge // 2, max(values, default=0) or 1
        step = wide / max(1, len(values) - 1)
        points = " ".join(
            f"{edge + i * step:.1f},{top + high - value / most * high:.1f}"
            for i, value in enumerate(values)
        )
        parts.append(
            f'<text x="{edge}" y="{top - 6}">{name}</text>'
            f'<text x="{edge - 6}" y="{top + 10}" text-anchor="end">{most:.3g}</text>'
            f'<text x="{edge - 6}" y="{top + high}" text-anchor="end">0</text>'
            f'<path d="M{edge},{top}v{high}h{wide}" fill="none" stroke="#999"/>'
            f'<polyline points="{points}" fill="none" stroke="#1b4b8f" stroke-width="1.5"/>'
        )
    foot = len(panels) * (high + edge)
    parts.append(f'<text x="{edge + wide}" y="{foot}" text-anchor="end">{len(costs)} days</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide + 2 * edge} {foot + 12}"'
        f' font-family="sans-serif" font-size="12">{"".join(parts)}</svg>\n'
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--days", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--few", type=int, default=20, help="dispatches of a quiet day")
    parser.add_argument("--many", type=int, default=60, help="of a busy one")
    parser.add_argument("--every", type=int, default=1, help="compare each N-th day, and the last")
    parser.add_argument("--table", type=Path)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--keep", type=Path, help="a new folder for the newsroom")
    options = parser.parse_args(arguments)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    costs: list[DayCost] = []
    with tempfile.TemporaryDirectory() as scratch:
        place = options.keep or Path(scratch)
        soak = Soak(place, options.seed, options.few, options.many, options.every)
        try:
            for cost in soak.run(options.days):
                costs.append(cost)
                print(table([cost]).split("\n")[1], flush=True)
        except Difference as error:
            print(f"seed {options.seed}: {error}")
            return 1
        finally:
            if options.table:
                options.table.write_text(table(costs), encoding="utf-8")
            if options.plot and costs:
                options.plot.write_text(plot(costs), encoding="utf-8")
    compared = sum(day.clean is not None for day in costs)
    print(f"{len(costs)} days told rightly; {compared} compared with a clean build, and equal")
    print(summary(costs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
