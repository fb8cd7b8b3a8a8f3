"""What a build costs as the archive grows, beside other generators, in one run.

    python -m benchmarks.build [--counts 1000,5000,20000] [--peers hugo,pelican,nikola]
                               [--tagger crf|rules] [--keep FOLDER]

Archives of the generator's articles. Of each, every build a process of its own:

    cold          nothing is known: every file is read, tagged, rendered and published
    full render   every article is known, the theme changed: a style and the frame of the pages, so
                  that no page keeps its bytes
    no change     a scan
    +10, +100     so many newer articles have come in

All but the cold build are run several times, the growing ones with other articles each time, full
renders and the peers' cold builds in turns; shown is the run of median CPU, and the memory of that
run. "Scan" is the walk over content/ with its comparison,
"tagging" the tagger alone on a sample; both are CPU seconds of this process.

The peers build the same archive (see peers.py): cold, with 10 more articles, without a change. They
are handed Markdown with the tags in it: they neither read the wire's copy nor look for entities.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from incremental_build.command import read
from newsdigest.archive.connections import read_store
from newsdigest.archive.raw_files import RawFiles
from newsdigest.base.records import Article
from newsdigest.base.settings import Settings
from newsdigest.entities.tagger import rule_tagger
from newsdigest.read.article import parse_article
from newsdigest.read.scan import scan_content

from benchmarks.against_pelican import CLOCK, ROOT, Written, scratch, write_settings, written
from benchmarks.generate import articles, generate
from benchmarks.measure import Cost, measure
from benchmarks.parser import RULES
from benchmarks.peers import Peer, find_peers, hand_over, version

COUNTS = (1000, 5000, 20000)
RUNS = 3
TAGGED = 2000


class Run(NamedTuple):
    """One build: what it cost, what it wrote, and Le Fil's own report of it."""

    build: str
    cost: Cost
    site: Written
    report: dict[str, Any] = {}  # noqa: RUF012


class Archive:
    """One archive and the site Le Fil builds of it."""

    def __init__(self, folder: Path, count: int, tagger: str) -> None:
        self.count = self.size = count
        self.folder = folder
        self.content = folder / "content"
        self.site = folder / "le-fil"
        theme = folder / "theme"
        shutil.copytree(ROOT / "theme", theme)
        self.style = theme / "static" / "css" / "base.css"
        self.frame = theme / "templates" / "base.html"
        self.changes = 0
        generate(self.content, count)
        write_settings(self.site, self.content, f"ENTITY_TAGGER = {tagger!r}\n", theme)
        os.environ["RAW_NOW"] = CLOCK["RAW_NOW"]
        self.settings: Settings = read(str(self.site / "pelicanconf.py"))

    def grow(self, count: int) -> None:
        generate(self.content, count, start=self.size)
        self.size += count

    def change_theme(self) -> None:
        """A rule of its styles, and what every page ends with."""
        self.changes += 1
        with self.style.open("a", encoding="utf-8") as style:
            style.write(f"b.changed{{order:{self.changes}}}\n")
        frame = self.frame.read_text(encoding="utf-8")
        end = f"<!-- {self.changes} --></body>"
        self.frame.write_text(re.sub(r"(<!-- \d+ -->)?</body>", end, frame), encoding="utf-8")

    def build(self, name: str) -> Run:
        """As the editor does: `invoke build`. Stops the program if it fails."""
        report = self.site / "report.json"
        command = [sys.executable, "-m", "invoke", "-r", str(ROOT), "build", "--json", str(report)]
        command += ["--settings", str(self.site / "pelicanconf.py")]
        run = _run(name, command, self.site, self.site / "output", CLOCK)
        return run._replace(report=json.loads(report.read_text(encoding="utf-8")))

    def several(self, name: str, before: Callable[[], None] = lambda: None) -> Run:
        """The run of median CPU; `before` comes before each."""
        runs = []
        for _ in range(RUNS):
            before()
            runs.append(self.build(name))
        return _of_median(runs)

    def scan(self) -> float:
        """CPU seconds to find that nothing changed."""
        connection = read_store(Path(self.settings.cache) / "archive.sqlite")
        try:
            return _cpu(lambda: self._scan(RawFiles(connection)), runs=5)
        finally:
            connection.close()

    def _scan(self, raw: RawFiles) -> None:
        restless = raw.restless(self.settings.rules.now, None)
        scan_content(self.settings, raw.stamps(), restless)


def main(
    counts: Sequence[int] = COUNTS,
    peers: Sequence[str] = (),
    keep: Path | None = None,
    tagger: str = "crf",
) -> None:
    """Print the tables; `peers` are names of `benchmarks.peers.PEERS`."""
    rivals = find_peers(peers)
    versions = ["Le Fil " + metadata.version("lefil"), *map(version, rivals)]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()};")
    print(", ".join(versions) + "\n")
    ours: dict[int, list[Run]] = {}
    with scratch(keep) as folder:
        for count in counts:
            archive = Archive(folder / str(count), count, tagger)
            theirs = {peer.name: list[Run]() for peer in rivals if count <= peer.most}
            ours[count] = _measure(archive, rivals, theirs)
            _print_builds(archive, ours[count])
            if theirs:
                _print_peers(count, ours[count], theirs)
            if keep is None:
                shutil.rmtree(archive.folder)
    _print_growth(ours)
    arguments = f"--counts {','.join(map(str, counts))}"
    arguments += f" --peers {','.join(peers)}" if peers else ""
    print(f"\nAgain: `python -m benchmarks.build {arguments}` from the repository's root.")


def _measure(archive: Archive, rivals: Iterable[Peer], theirs: dict[str, list[Run]]) -> list[Run]:
    """All builds of one archive; the peers', which go along, are added to `theirs`."""
    present = [peer for peer in rivals if peer.name in theirs]

    def let_peers(name: str, new: bool) -> None:
        for peer in present:
            site = archive.folder / peer.name
            if new:
                hand_over(peer, archive.settings, site)
            theirs[peer.name].append(_run(name, peer.command, site, site / peer.output))

    def in_turns() -> Run:
        """A full render of ours, a cold build of each peer's; ours of median CPU, theirs are kept so."""
        ours: list[Run] = []
        colds: dict[str, list[Run]] = {peer.name: [] for peer in present}
        for peer in present:
            hand_over(peer, archive.settings, archive.folder / peer.name)
        for _ in range(RUNS):
            for peer in present:
                site = archive.folder / peer.name
                for made in (peer.output, *peer.kept):
                    remove(site / made)
                colds[peer.name].append(_run("cold", peer.command, site, site / peer.output))
            archive.change_theme()
            ours.append(archive.build("full render"))
        for name, some in colds.items():
            theirs[name].append(_of_median(some))
        return _of_median(ours)

    runs = [archive.build("cold"), in_turns()]
    runs.append(archive.several("no change"))
    archive.grow(10)
    first = archive.build("+10")
    let_peers("+10", new=True)
    let_peers("no change", new=False)
    others = [_grown(archive, 10) for _ in range(RUNS - 1)]
    runs.append(_of_median([first, *others]))
    runs.append(archive.several("+100", before=lambda: archive.grow(100)))
    return runs


def remove(path: Path) -> None:
    """A file or a folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _of_median(runs: Sequence[Run]) -> Run:
    return sorted(runs, key=lambda run: run.cost.cpu)[len(runs) // 2]


def _grown(archive: Archive, count: int) -> Run:
    archive.grow(count)
    return archive.build(f"+{count}")


def _run(
    name: str,
    command: Sequence[str],
    folder: Path,
    output: Path,
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Stops the program if the command fails."""
    began = time.time_ns()
    cost = measure(command, folder, environment)
    if cost.exitcode:
        sys.exit(f"{' '.join(command)}\nfailed in {folder}\n{cost.output[-4000:]}")
    return Run(name, cost, written(output, began))


def tagging(count: int) -> float:
    """CPU seconds to tag so many articles, from a sample of at most `TAGGED`."""
    step = max(1, count // TAGGED)
    raw = [next(articles(1, start=at)) for at in range(0, count, step)]
    parsed = [parse_article(text.encode(), path, RULES) for path, text in raw]
    records = [article for article in parsed if isinstance(article, Article)]
    tagger = rule_tagger()
    tagger.tag(records[0])
    return _cpu(lambda: [tagger.tag(article) for article in records]) / len(records) * count


def _cpu(job: Callable[[], object], runs: int = RUNS) -> float:
    """The median of this process's CPU seconds."""
    seconds = []
    for _ in range(runs):
        began = time.process_time()
        job()
        seconds.append(time.process_time() - began)
    return median(seconds)


# -- tables --------------------------------------------------------------------------------------


def _print_builds(archive: Archive, runs: Sequence[Run]) -> None:
    print(f"## {archive.count:,} articles\n")
    print(
        "| build | CPU s | of which system | wall s | peak MB | pages | feeds | MB written"
        " | scan, wall s | CPU ms an article |"
    )
    print("|---|" + "---:|" * 9)
    for run in runs:
        new = run.report["new"] or archive.count
        _row(
            run.build,
            *_cost(run.cost),
            f"{run.report['pages']['written']:,}",
            f"{run.report['feeds']['written']:,}",
            f"{run.site.megabytes:,.1f}",
            f"{run.report['seconds']['scan']:.2f}",
            "" if run.build == "no change" else f"{run.cost.cpu * 1000 / new:,.1f}",
        )
    tagged = tagging(archive.count)
    store = Path(archive.settings.cache) / "archive.sqlite"
    print(f"\nTagging {archive.count:,} articles: {tagged:.1f} CPU s,", end=" ")
    print(f"{tagged / runs[0].cost.cpu:.0%} of the cold build.")
    print(f"Scanning {archive.size:,} files: {archive.scan():.2f} CPU s.", end=" ")
    print(f"The store: {store.stat().st_size / 1e6:,.0f} MB.\n")
    stages = list(runs[0].report["seconds"])
    print("| wall s of | " + " | ".join(stages) + " |")
    print("|---|" + "---:|" * len(stages))
    for run in runs:
        _row(run.build, *(f"{run.report['seconds'].get(stage, 0):.2f}" for stage in stages))
    print(flush=True)


def _print_peers(count: int, ours: Sequence[Run], theirs: dict[str, list[Run]]) -> None:
    print(
        f"| {count:,} articles | build | CPU s | of which system | wall s | peak MB | pages | feeds"
        " | others | MB written | CPU ms a file | CPU s a MB |"
    )
    print("|---|---|" + "---:|" * 10)
    for side, runs in {"Le Fil": ours, **theirs}.items():
        for run in runs:
            site = run.site
            _row(
                side,
                run.build,
                *_cost(run.cost),
                *(f"{number:,}" for number in (site.pages, site.feeds, site.others)),
                f"{site.megabytes:,.1f}",
                f"{run.cost.cpu * 1000 / site.files:.2f}" if site.files else "",
                f"{run.cost.cpu / site.megabytes:.3f}" if site.files else "",
            )
    print("\n| Le Fil's CPU, times theirs | " + " | ".join(theirs) + " |")
    print("|---|" + "---:|" * len(theirs))
    mine = {run.build: run.cost.cpu for run in ours}
    # A peer's cold build renders what our full render does, and finds its tags ready.
    for build, other in (("cold",) * 2, ("full render", "cold"), ("+10",) * 2, ("no change",) * 2):
        ratios = [
            f"{mine[build] / run.cost.cpu:.2f}"
            for runs in theirs.values()
            for run in runs
            if run.build == other
        ]
        _row(build if build == other else f"{build} to {other}", *ratios)
    print(flush=True)


def _print_growth(ours: dict[int, list[Run]]) -> None:
    """CPU and memory by size of the archive, and how many times that of the size before."""
    if len(ours) < 2:
        return
    print("## As the archive grows\n")
    for title, figure in (
        ("CPU s", lambda run: run.cost.cpu),
        ("peak MB", lambda run: run.cost.peak),
    ):
        print(f"| {title} | " + " | ".join(f"{count:,} | times" for count in ours) + " |")
        print("|---|" + "---:|" * (2 * len(ours)))
        counts = list(ours)
        _row("articles", *_with_ratios([float(count) for count in counts], ",.0f"))
        for at, run in enumerate(ours[counts[0]]):
            _row(run.build, *_with_ratios([figure(ours[count][at]) for count in counts], ",.2f"))
        print()


def _with_ratios(values: Sequence[float], form: str) -> list[str]:
    cells = []
    for before, value in zip((0.0, *values), values, strict=False):
        cells += [format(value, form), f"{value / before:.2f}" if before else ""]
    return cells


def _cost(cost: Cost) -> tuple[str, ...]:
    return f"{cost.cpu:.2f}", f"{cost.system:.2f}", f"{cost.wall:.1f}", f"{cost.peak:,.0f}"


def _row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument(
        "--counts",
        type=lambda text: tuple(map(int, text.split(","))),
        default=COUNTS,
        metavar="N,N...",
    )
    options.add_argument(
        "--peers",
        type=lambda text: tuple(filter(None, text.split(","))),
        default=(),
        metavar="NAME,NAME...",
    )
    options.add_argument("--tagger", default="crf", help="who finds the entities")
    options.add_argument("--keep", type=Path, help="a new folder to build in, and to leave there")
    main(**vars(options.parse_args()))
