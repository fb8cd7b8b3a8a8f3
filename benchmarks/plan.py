"""What a build plans, and how much of it comes out as it stood: pages rendered for nothing.

    python -m benchmarks.plan [--count 5000] [--more 10,100] [--keep FOLDER]

An archive of the generator's articles is built, with the shipped theme and the tagger of rules; then
so many newer articles come in. By kind and by reason: the pages and feeds that were planned, and
those of them whose every file has the bytes it had. A build that plans too little is no gain: the
random newsrooms of `tests/build` hold that.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from incremental_build import LeFil
from incremental_build.command import read_values
from newsdigest.archive.connections import read_store
from newsdigest.archive.site_files import SiteFiles
from newsdigest.base.records import Page
from newsdigest.commands.screen import Screen
from newsdigest.site.settings import settings_from

from benchmarks.against_pelican import CLOCK, scratch, write_settings
from benchmarks.generate import generate

# What stands in the site of a page: the digests of its files, by path.
Standing = dict[Page, dict[str, str]]


class Site:
    """An archive that grows, and its site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.size = 0
        if not (folder / "le-fil").exists():
            write_settings(folder / "le-fil", folder / "content", 'ENTITY_TAGGER = "rules"\n')

    def grow(self, count: int) -> None:
        generate(self.folder / "content", count, start=self.size)
        self.size += count

    def build(self) -> dict[Page, str]:
        """The pages planned, each with its reason."""
        os.environ["RAW_NOW"] = CLOCK["RAW_NOW"]
        file = self.folder / "le-fil" / "pelicanconf.py"
        host = LeFil(read_values(str(file), {}))
        settings = settings_from(host.settings, os.environ)
        return host.build(settings, Screen(stderr=True)).reasons

    def standing(self) -> Standing:
        connection = read_store(self.folder / "le-fil" / "cache" / "archive.sqlite")
        try:
            found: Standing = {}
            for file in SiteFiles(connection).all():
                found.setdefault(Page(file.kind, file.name), {})[file.path] = file.digest
            return found
        finally:
            connection.close()


def main(count: int = 5000, more: Sequence[int] = (10, 100), keep: Path | None = None) -> None:
    """Print a table for each growth."""
    with scratch(keep) as folder:
        site = Site(folder)
        site.grow(count)
        site.build()
        for added in more:
            before = site.standing()
            site.grow(added)
            planned = site.build()
            print_table(f"+{added} on {count:,}", planned, before, site.standing())


def print_table(title: str, planned: Mapping[Page, str], before: Standing, after: Standing) -> None:
    """Planned, and the same bytes, by kind and reason; a line for all first."""
    every, same = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for page, reason in planned.items():
        alike = page in before and before[page] == after.get(page)
        for row in (("all", ""), (page.kind, ""), (page.kind, reason)):
            every[row] += 1
            same[row] += alike
    print(f"| {title} | reason | planned | same bytes | % |\n|---|---|---:|---:|---:|")
    kinds = dict.fromkeys(("all", *(page.kind for page in planned)))
    for kind in kinds:
        for row in sorted(row for row in every if row[0] == kind):
            share = 100 * same[row] // every[row]
            print(f"| {row[0]} | {row[1]} | {every[row]} | {same[row]} | {share} |")
    print(flush=True)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(",")))


if __name__ == "__main__":
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--count", type=int, default=5000)
    options.add_argument("--more", type=_numbers, default=(10, 100), metavar="N,N...")
    options.add_argument("--keep", type=Path, help="a new folder to build in, and to leave there")
    main(**vars(options.parse_args()))
