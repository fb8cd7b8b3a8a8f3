"""What the search costs to build and to ask, and whether it finds what a reader looks for.

    python -m benchmarks.search [--articles 1000,10000] [--queries] [--folder DIR]

For each size: an archive of that many generated articles (`benchmarks.generate`) is built with the search and
without; fifty more come and both are built again. Told are CPU seconds of both, of the indexes alone, their
bytes and largest memory; and in chromium, from an empty cache, the requests and bytes of the page and of
a first query, as a host sends them: text by gzip, what is packed as it is.
`--queries`: the demonstration, and a few articles of `data/search/`, among a thousand generated ones; how many of the
queries there give the article that is meant first.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from benchmarks.generate import generate
from benchmarks.measure import measure

ROOT = Path(__file__).parents[1]
DATA = Path(__file__).parent / "data" / "search"
DAY = 50
# A word of many articles, a name, two words.
QUERIES = ("accord", "Genève", "ministre budget")
SETTINGS = """import runpy
globals().update(runpy.run_path({root!r} + "/pelicanconf.py"))
PATH = {content!r}
OUTPUT_PATH = {output!r}
CACHE_PATH = {cache!r}
THEME = {root!r} + "/theme"
PLUGIN_PATHS = [{root!r} + "/plugins"]
BUILD_PUBLISHES = CARDS = False
SEARCH = {search!r}
ALLOW_REMOVALS = True
"""


@dataclass(frozen=True)
class Paper:
    """A content folder, and the site that is built of it."""

    content: Path
    folder: Path
    search: bool

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def settings(self) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / "conf.py"
        places = {name: str(self.folder / name) for name in ("output", "cache")}
        told = SETTINGS.format(
            root=str(ROOT), content=str(self.content), search=self.search, **places
        )
        file.write_text(told, encoding="utf-8")
        return file

    def build(self) -> float:
        """CPU seconds of a build."""
        command = [sys.executable, "-m", "invoke", "build", f"--settings={self.settings()}"]
        cost = measure(command, ROOT, {"RAW_NOW": "2027-01-01"})
        if cost.exitcode:
            raise SystemExit(cost.output)
        return cost.cpu


def costs(articles: int, folder: Path) -> None:
    content = folder / "content"
    generate(content, articles)
    papers = [Paper(content, folder / name, name == "with") for name in ("with", "without")]
    first = [paper.build() for paper in papers]
    generate(content, DAY, start=articles)
    day = [paper.build() for paper in papers]
    print(
        f"\n{articles:,} articles: first build {first[0]:.1f} CPU s, without search {first[1]:.1f};",
        end=" ",
    )
    print(f"a day of {DAY}: {day[0]:.1f}, without {day[1]:.1f}")
    _tell_indexes(papers[0])
    with served(papers[0].output) as address, browser() as chromium:
        for told in _asked(chromium, address, papers[0].output):
            print("  " + told)


def _tell_indexes(paper: Paper) -> None:
    """The indexes made once more, one by one: CPU of the program and of ours."""
    from newsdigest.archive.connections import read_store
    from newsdigest.archive.readers import Archive
    from newsdigest.base.addresses import Addresses
    from newsdigest.base.records import Site
    from newsdigest.base.settings import Limits
    from newsdigest.site.kind import Context, Kinds
    from newsdigest.site.kinds import KINDS
    from newsdigest.site.kinds.search import SEARCH_INDEX, index_files
    from newsdigest.site.pagefind import index

    archive = Archive(read_store(paper.folder / "cache" / "archive.sqlite"), Addresses(), Limits())
    context = Context(archive, Site(), Kinds(KINDS))
    spent, newest, names = 0.0, 0.0, list(SEARCH_INDEX.names(archive))
    for name in names:
        before = _cpu()
        index_files(context, name, index)
        last = _cpu() - before
        spent, newest = spent + last, last if name[:2] == "20" else newest
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    files = [file for file in (paper.output / "recherche" / "index").rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files)
    print(
        f"  {len(names)} indexes of {len(files):,} files, {size / 1e6:.1f} MB: {spent:.1f} CPU s,",
        end=" ",
    )
    print(f"the newest month's {newest:.1f}; {peak:.0f} MB at most")


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


# -- in a browser --------------------------------------------------------------------------------


@contextmanager
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as it:
        chromium = it.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


@contextmanager
def served(output: Path) -> Iterator[str]:
    from newsdigest.commands.preview import Preview

    with Preview(str(output), "127.0.0.1", 0, reloading=False) as preview:
        yield preview.address.rstrip("/")


def ask(page: Any, address: str, query: str) -> str:
    """The page of the results, once they are there; what its status says."""
    page.goto(f"{address}/recherche/?{query}")
    for _ in range(1200):
        told = str(page.inner_text("[role=status]"))
        if told and not told.endswith("…"):
            page.wait_for_load_state("networkidle")
            return told
        time.sleep(0.05)
    raise SystemExit(f"no answer to {query}")


def _asked(chromium: Any, address: str, output: Path) -> Iterator[str]:
    """What the page and first queries cost, each with an empty cache."""
    for query in ("", *QUERIES):
        context = chromium.new_context()
        page, seen = context.new_page(), []
        page.on("request", lambda request, seen=seen: seen.append(urlsplit(request.url).path))
        page.on("console", lambda message: print("  ! " + message.text))
        began = time.perf_counter()
        if query:
            told = f"« {query} »: {ask(page, address, f'q={quote(query)}')}"
        else:
            page.goto(f"{address}/recherche/", wait_until="networkidle")
            told = "the page"
        spent = time.perf_counter() - began
        sent = sum(_sent(output / path[1:]) for path in seen)
        shown = sum(path.endswith(".pf_fragment") for path in seen)
        yield f"{told}: {len(seen)} requests ({shown} of results), {sent / 1000:.0f} KB, {spent:.1f} s"
        context.close()


def _sent(file: Path) -> int:
    if file.is_dir():
        file /= "index.html"
    data = file.read_bytes() if file.is_file() else b""
    packed = file.suffix in (".html", ".css", ".js", ".json", ".svg")
    return len(gzip.compress(data, 6)) if packed else len(data)


# -- what is found -------------------------------------------------------------------------------


def answers(folder: Path) -> int:
    """Ask each query; how many do not give first what is meant."""
    from newsdigest.publish.manifest import articles

    content = folder / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("ledger"))
    for file in DATA.glob("*.txt"):
        shutil.copy(file, content)
    generate(content, 1000)
    paper = Paper(content, folder, True)
    paper.build()
    where = articles(paper.output)
    lines = (DATA / "queries.tsv").read_text("utf-8").splitlines()
    asked = [line.split("\t") for line in lines if line and not line.startswith("#")]
    missed = 0
    with served(paper.output) as address, browser() as chromium:
        page = chromium.new_context().new_page()
        page.on("console", lambda message: print("  ! " + message.text))
        for query, meant in asked:
            ask(page, address, f"q={quote(query)}")
            found = [link.get_attribute("href") for link in page.query_selector_all("#found h2 a")]
            place = found.index("/" + where[meant]) + 1 if "/" + where[meant] in found else 0
            missed += place != 1
            if place != 1:
                print(f"  {query}: {place or 'not found'}, first is {found[:1]}")
    print(f"{len(asked) - missed} of {len(asked)} queries give first what is meant")
    return missed


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", default="")
    parser.add_argument("--queries", action="store_true")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        folder = options.folder or Path(place)
        for articles in map(int, filter(None, options.articles.split(","))):
            costs(articles, folder / str(articles))
        return answers(folder / "queries") > 3 if options.queries else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
