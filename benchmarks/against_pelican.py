"""The full build beside stock Pelican's, on the same articles, in the same run.

    python -m benchmarks.against_pelican [COUNT...] [--keep FOLDER]

Three builds of each archive, each a process of its own from an empty folder:

    Le Fil               the site's own settings
    Le Fil, all entities a page, a feed in two formats and an index entry for every entity, as
                         Pelican makes them for every tag; Le Fil as shipped waits until an entity
                         is in two articles (three for an organisation, or a feed)
    Pelican              its own class, generators and writer, its `simple` theme, our reader and
                         tagger: article pages, tag pages of 30, day, month and year archives, front
                         pages of 30, tag index, archives, Atom and RSS in full text, all and by tag

Each may use every core; Pelican uses one. What each side wrote is counted beside what it cost.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.generate import generate
from benchmarks.measure import Cost, measure

ROOT = Path(__file__).resolve().parent.parent

# The generator's articles must not be still to come.
CLOCK = {"RAW_NOW": "2026-02-01", "PYTHONPATH": str(ROOT / "plugins")}

# Read in the repository's own settings, then override where things are.
_LE_FIL = """\
import runpy
globals().update(runpy.run_path({settings!r}))
PATH, OUTPUT_PATH, CACHE_PATH = {content!r}, "output", "cache"
THEME, PLUGIN_PATHS = {theme!r}, [{plugins!r}]
"""
_ALL_ENTITIES = """\
ENTITY_PAGE_FROM = ORGANISATION_PAGE_FROM = ENTITY_INDEX_FROM = ENTITY_FEED_FROM = 1
"""
# Pelican needs the date in an article's address, as equal slugs stop its build midway, and one
# address whatever the language. It knows one length of feeds: the shorter of ours. It looks up a
# tag's address under the name of the tag's class.
_PELICAN = """\
PELICAN_CLASS = "pelican.Pelican"
PLUGINS = ["article_reader", "entity_tagging"]
THEME = "simple"
JINJA_ENVIRONMENT = {}
ARTICLE_LANG_URL = ARTICLE_LANG_SAVE_AS = ARTICLE_SAVE_AS
ENTITYTAG_URL, ENTITYTAG_SAVE_AS = TAG_URL, TAG_SAVE_AS
DIRECT_TEMPLATES = ["index", "tags", "archives"]
DEFAULT_PAGINATION = 30
PAGINATED_TEMPLATES = {"index": None, "tag": None}
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ""
FEED_MAX_ITEMS = 20
RSS_FEED_SUMMARY_ONLY = False
"""
_SIDES = {
    "Le Fil": "",
    "Le Fil, all entities": _ALL_ENTITIES,
    "Pelican": _PELICAN,
}


class Written(NamedTuple):
    """The files of a site, or of one build of it."""

    pages: int
    feeds: int
    others: int
    megabytes: float

    @property
    def files(self) -> int:
        return self.pages + self.feeds + self.others


def main(counts: Sequence[int] = (1000, 5000), keep: Path | None = None) -> None:
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
    print(
        "| articles | build | CPU s | of which system | CPU s per 1,000 | wall s | peak MB"
        " | pages | feeds | MB | CPU ms a file | times Le Fil's CPU |"
    )
    print("|---:|---|" + "---:|" * 10)
    with scratch(keep) as folder:
        for count in counts:
            content = folder / str(count) / "content"
            generate(content, count)
            ours = 0.0
            for side, overrides in _SIDES.items():
                place = folder / str(count) / side.replace(", ", "-").replace(" ", "-").lower()
                cost = build(place, content, overrides)
                ours = ours or cost.cpu
                print(row(count, side, cost, written(place / "output"), ours), flush=True)
    arguments = " ".join(map(str, counts))
    print(
        f"\nAgain: `python -m benchmarks.against_pelican {arguments}` from the repository's root."
    )


def build(folder: Path, content: Path, overrides: str = "") -> Cost:
    """One full build in an empty folder. Stops this program if it fails."""
    write_settings(folder, content, overrides)
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "--fatal", "errors"]
    cost = measure(command, folder, CLOCK)
    if cost.exitcode:
        sys.exit(f"{folder}: the build failed\n{cost.output[-4000:]}")
    (folder / "screen.txt").write_text(cost.output, encoding="utf-8")
    return cost


def write_settings(
    folder: Path, content: Path, overrides: str = "", theme: Path = ROOT / "theme"
) -> None:
    """The repository's settings for a build in `folder`, which must be new."""
    folder.mkdir(parents=True)
    settings = _LE_FIL.format(
        settings=str(ROOT / "pelicanconf.py"),
        content=str(content),
        theme=str(theme),
        plugins=str(ROOT / "plugins"),
    )
    (folder / "pelicanconf.py").write_text(settings + overrides, encoding="utf-8")


def written(output: Path, since: int = 0) -> Written:
    """What stands there; only what was written after `since` (nanoseconds of the clock)."""
    pages = feeds = others = size = 0
    for folder, _, names in os.walk(output):
        for name in names:
            status = os.stat(os.path.join(folder, name))
            if status.st_mtime_ns < since:
                continue
            size += status.st_size
            suffix = name.rpartition(".")[2]
            pages += suffix == "html"
            feeds += suffix in ("atom", "rss")
            others += suffix not in ("html", "atom", "rss")
    return Written(pages, feeds, others, size / 1e6)


def row(count: int, side: str, cost: Cost, site: Written, ours: float) -> str:
    cells = (
        f"{count:,}",
        side,
        f"{cost.cpu:.1f}",
        f"{cost.system:.1f}",
        f"{cost.cpu * 1000 / count:.1f}",
        f"{cost.wall:.1f}",
        f"{cost.peak:.0f}",
        f"{site.pages:,}",
        f"{site.feeds:,}",
        f"{site.megabytes:.0f}",
        f"{cost.cpu * 1000 / site.files:.2f}",
        f"{cost.cpu / ours:.1f}",
    )
    return f"| {' | '.join(cells)} |"


@contextmanager
def scratch(keep: Path | None) -> Iterator[Path]:
    """A new folder, removed afterwards unless it was named."""
    if keep is not None:
        keep.mkdir(parents=True)
        yield keep.resolve()
        return
    folder = Path(tempfile.mkdtemp(prefix="lefil-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("counts", type=int, nargs="*", metavar="COUNT", default=(1000, 5000))
    options.add_argument("--keep", type=Path, help="a new folder to build in, and to leave there")
    main(**vars(options.parse_args()))
