"""The feeds of whole sites: as validators see them, as a web server gives them, and what they cost.

    invoke bench.feeds [--settings A.conf.py,B.conf.py] [--articles 5000]

Without settings the three archives are written first: the demonstration's, a dense one, a generated one of so
many articles. Each is built, then:

    valid       every feed by `benchmarks.feed_rules`: the schema, feedparser, the W3C's rules
    same        built again nothing is written; built from nothing under another hash seed, zone and locale the
                feeds have the same bytes
    asked for   nginx, as docs/hosting.md sets it up, on loopback: after one more article the old ETags bring 200
                for the feeds that hold it, 304 for all others

At the end what writing 4,000 feeds of 20 entries costs, and that they have the bytes feedgen would write. Prints
Markdown; the exit code is 1 where something is not so. Sites are changed: give copies.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from benchmarks.feed_rules import ATOM, faults

ROOT = Path(__file__).parents[1]
KINDS = (".atom", ".rss", ".json", ".opml")
ELSEWHERE = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
MIME_TYPES = Path("/etc/nginx/mime.types")


class Site(NamedTuple):
    """A site that is built: `content` and `output` are folders, `settings` its file."""

    name: str
    settings: Path
    content: Path
    output: Path
    url: str

    def feeds(self) -> dict[str, bytes]:
        """Every feed, and the list of them, by path."""
        return _feeds(self.output)


class Judged(NamedTuple):
    """A site's feeds: how many, their bytes in all and the largest's, and what is wrong."""

    site: str
    feeds: int
    total: int
    largest: int
    asked: str
    faults: list[str]


def main(arguments: list[str]) -> int:
    """Judge the sites and measure; 1 where something is not so."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("settings", nargs="*", type=Path)
    parser.add_argument("--articles", type=int, default=5000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        files = options.settings or _archives(Path(folder), options.articles)
        judged = [judge(site_of(file), Path(folder)) for file in files]
    print(table(judged))
    if not shutil.which("nginx"):
        print("\nNot asked for: nginx is not installed (apt install nginx).", file=sys.stderr)
    for one in judged:
        for fault in one.faults:
            print(f"{one.site}: {fault}", file=sys.stderr)
    print("\n" + cost())
    return int(any(one.faults for one in judged))


def judge(site: Site, scratch: Path) -> Judged:
    """All that is asked of a site's feeds."""
    _build(site.settings)
    found = site.feeds()
    wrong = [
        f"{path}: {fault}"
        for path, data in found.items()
        for fault in faults(data, f"{site.url}/{path}")
    ]
    wrong += _rewritten(site)
    wrong += _different(site, found, scratch / f"{site.name}.again")
    asked = "–"
    if shutil.which("nginx"):
        asked, more = _asked_for(site, scratch / f"{site.name}.nginx")
        wrong += more
    feeds = {path: data for path, data in found.items() if not path.endswith(".opml")}
    sizes = [len(data) for data in feeds.values()]
    return Judged(site.name, len(feeds), sum(sizes), max(sizes), asked, wrong)


# -- the sites -------------------------------------------------------------------------------------


def _archives(folder: Path, articles: int) -> list[Path]:
    """The settings of the three archives, written below `folder`."""
    from benchmarks.dense import copy_demonstration, say_what_follows, write_dense
    from benchmarks.generate import generate

    copy_demonstration(folder / "demonstration")
    write_dense(folder / "dense")
    generate(folder / "generated", articles)
    say_what_follows(folder / "generated")
    return [folder / f"{name}.conf.py" for name in ("demonstration", "dense", "generated")]


def site_of(settings: Path) -> Site:
    """A site by its settings."""
    sys.path.insert(0, str(ROOT / "plugins"))
    from incremental_build.command import read

    read_ = read(str(settings))
    name = settings.name.removesuffix(".conf.py")
    return Site(name, settings, Path(read_.content), Path(read_.output), read_.site.url)


def _build(settings: Path, environment: Mapping[str, str] | None = None) -> None:
    command = [sys.executable, "-m", "invoke", "build", f"--settings={settings}"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **(environment or {})}, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{settings}: {done.stdout[-2000:]}{done.stderr[-2000:]}")


def _feeds(output: Path) -> dict[str, bytes]:
    files = sorted(file for file in (output / "feeds").rglob("*") if file.suffix in KINDS)
    return {file.relative_to(output).as_posix(): file.read_bytes() for file in files}


# -- the same bytes --------------------------------------------------------------------------------


def _rewritten(site: Site) -> list[str]:
    """Which feeds a build of the same articles writes."""
    before = _written(site)
    _build(site.settings)
    return [f"{path}: written again" for path, at in _written(site).items() if at != before[path]]


def _written(site: Site) -> dict[str, int]:
    return {path: (site.output / path).stat().st_mtime_ns for path in site.feeds()}


def _different(site: Site, found: Mapping[str, bytes], again: Path) -> list[str]:
    """Which feeds a build from nothing on another machine would have otherwise."""
    again.mkdir()
    settings = again / "again.conf.py"
    settings.write_text(
        "import runpy\n\n"
        f"globals().update(runpy.run_path({str(site.settings.resolve())!r}))\n"
        f"OUTPUT_PATH = {str(again / 'site')!r}\nCACHE_PATH = {str(again / 'cache')!r}\n",
        encoding="utf-8",
    )
    _build(settings, ELSEWHERE)
    there = _feeds(again / "site")
    shutil.rmtree(again)
    paths = {*found, *there}
    return [f"{path}: other bytes" for path in sorted(paths) if found.get(path) != there.get(path)]


# -- as a server gives them ------------------------------------------------------------------------


def _asked_for(site: Site, scratch: Path) -> tuple[str, list[str]]:
    """What old ETags bring after one more article, as a cell of the table, and what is wrong with it."""
    with _nginx(site.output, scratch) as port:
        paths = [path for path in site.feeds() if not path.endswith(".opml")]
        tags = {path: _ask(port, path)[1] for path in paths}
        unmoved = [path for path in paths if _ask(port, path, tags[path])[0] != 304]
        id_, address = _write_one_more(site)
        _build(site.settings)
        brought = {path: _ask(port, path, tags[path])[0] for path in paths}
    # The feed of editions has days for entries, which lead to their articles.
    holding = {
        path
        for path, data in site.feeds().items()
        if path in tags
        and (f":{id_}<".encode() in data or f':{id_}"'.encode() in data or address in data)
    }
    again = {path for path, status in brought.items() if status == 200}
    wrong = [f"{path}: not 304 before anything changed" for path in unmoved]
    wrong += [f"{path}: 200, and does not hold the article" for path in sorted(again - holding)]
    wrong += [f"{path}: {brought[path]}, and holds it" for path in sorted(holding - again)]
    wrong += [] if len(holding) > 3 else ["the article is in hardly any feed"]
    return f"{len(again)} × 200, {len(brought) - len(again)} × 304", wrong


def _write_one_more(site: Site) -> tuple[str, bytes]:
    """One more article on the newest day, which names who is most named; its id and its address."""
    newest = etree.fromstring((site.output / "feeds/all.atom").read_bytes())
    day = (newest.findtext(f"{ATOM}entry/{ATOM}published") or "")[:10]
    opml = etree.fromstring((site.output / "feeds/index.opml").read_bytes())
    lines = [line for line in opml.iter("outline") if "/feeds/entites/" in line.get("xmlUrl", "")]
    sizes = {
        line.get("text", ""): (site.output / line.get("xmlUrl", "").removeprefix(f"{site.url}/"))
        .stat()
        .st_size
        for line in lines
    }
    named = sorted(sizes, key=lambda name: (-sizes[name], name))[:4]
    text = f"Le dossier a été évoqué par {', '.join(named[:-1])} et {named[-1]}, sans suite."
    headline = "Une mesure de banc pour finir"
    (site.content / "mesure-de-banc.txt").write_text(
        f" date {day} {headline}\n\n{text}\n\nAFP\n", encoding="utf-8"
    )
    return "mesure-de-banc", f"/{day.replace('-', '/')}/une-mesure-de-banc-pour-finir.html".encode()


def _ask(port: int, path: str, tag: str = "") -> tuple[int, str]:
    """(status, ETag) of a file, asked for as feed readers do."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Accept-Encoding": "gzip", **({"If-None-Match": tag} if tag else {})}
    connection.request("GET", f"/{path}", headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.getheader("ETag", "")


@contextlib.contextmanager
def _nginx(output: Path, scratch: Path) -> Iterator[int]:
    """A port at which nginx serves the site as docs/hosting.md says."""
    scratch.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    hosting = (ROOT / "docs/hosting.md").read_text("utf-8")
    (server,) = re.findall(r"```nginx\n(map .*?)```", hosting, re.DOTALL)
    server = server.replace("listen 80", f"listen 127.0.0.1:{port}")
    server = server.replace("/srv/lefil/output", str(output.resolve()))
    config = scratch / "nginx.conf"
    config.write_text(
        f"daemon off;\nmaster_process off;\npid {scratch}/pid;\nerror_log stderr;\nevents {{ }}\n"
        f"http {{\n    include {MIME_TYPES};\n    access_log off;\n{server}\n}}\n",
        encoding="utf-8",
    )
    running = subprocess.Popen(["nginx", "-p", scratch, "-c", config], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.1):
                break
            time.sleep(0.05)
        yield port
    finally:
        running.terminate()
        running.wait(10)


# -- what they cost --------------------------------------------------------------------------------


def cost() -> str:
    """A line on 2,000 names' feeds of 20 entries in two formats, written by a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", "from benchmarks.feeds import _write_many; _write_many()"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'plugins'}:{ROOT}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def _write_many(articles: int = 5000, names: int = 2000, most: int = 20) -> None:
    from newsdigest.site.feed_bytes import (
        Category,
        FeedEntry,
        FeedInfo,
        assemble,
        render_entry,
        told_apart,
        write_atom,
        write_rss,
    )

    draw = random.Random(1)
    url, authority = "https://lefil.example", "lefil.example,2026"
    began = datetime(2026, 1, 1, tzinfo=UTC)
    entries = [
        FeedEntry(
            id=f"monde/{n}",
            url=f"{url}/2026/01/{n}.html",
            title=f"Dépêche numéro {n} : « l’œuvre » & le reste",
            summary="Un résumé de deux lignes, comme en ont les dépêches. " * 3,
            html="<p>Le conseil s’est réuni mardi, a dit la préfecture.</p>\n" * 30,
            published=began + timedelta(minutes=n),
            updated=told_apart(began + timedelta(minutes=n), str(n)),
            authors=("AFP",),
            categories=(Category("Monde", "section"), Category(f"Nom {n % names}", "person")),
        )
        for n in range(articles)
    ]

    def info(name: int) -> FeedInfo:
        path = f"{url}/feeds/entites/{name}"
        page = f"{url}/entites/{name}/"
        return FeedInfo(
            f"feeds/entites/{name}",
            f"Nom {name}",
            "",
            page,
            f"{path}.atom",
            f"{path}.rss",
            "Le Fil",
            authority,
        )

    chosen = [draw.sample(range(articles), most) for _ in range(names)]
    cpu = time.process_time()
    rendered = [render_entry(entry, authority) for entry in entries]
    after_entries = time.process_time()
    written = 0
    for name, numbers in enumerate(chosen):
        written += sum(map(len, assemble(info(name), [rendered[n] for n in numbers])))
    done = time.process_time()
    # Not by getrusage(): that one knows of the process which began this one too.
    (peak_kb,) = re.findall(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    peak = int(peak_kb) / 1000
    for name in draw.sample(range(names), 100):
        several = [entries[n] for n in chosen[name]]
        plain = (write_atom(info(name), several), write_rss(info(name), several))
        if plain != assemble(info(name), [rendered[n] for n in chosen[name]]):
            raise SystemExit(f"feedgen writes other bytes: {name}")
    plain_cpu = (time.process_time() - done) * names / 100
    print(
        f"{2 * names:,} feeds of {most} entries ({written / 1e6:.0f} MB): {after_entries - cpu:.2f} s for {articles:,}"
        f" entries, {done - after_entries:.2f} s for the feeds, {peak:.0f} MB at the peak; 200 of them as feedgen alone"
        f" writes them (which would take {plain_cpu:.1f} s)."
    )


def table(sites: list[Judged]) -> str:
    """The sites in Markdown, one a line."""
    lines = [
        "| site | feeds | MB | largest, KB | one more article, asked with old ETags | faults |",
        "|---|---|---|---|---|---|",
    ]
    for one in sites:
        size = f"{one.total / 1e6:.1f} | {one.largest / 1e3:.0f}"
        lines.append(f"| {one.site} | {one.feeds:,} | {size} | {one.asked} | {len(one.faults)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
