"""The feeds of whole sites: as validators see them, as a web server gives them, and what they cost.

    invoke bench.feeds [--settings A.conf.py,B.conf.py] [--articles 5000]

Without settings the three archives are written first: the demonstration's, a dense one, a generated one of so
many articles. Each is built, then:

    valid       every feed by `benchmarks.feed_rules`: the schema, feedparser, the W3C's rules
    whole       both formats and JSON have the same entries; a walk through the archive finds each article once
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
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from benchmarks.feed_rules import ATOM, faults

ROOT = Path(__file__).parents[1]
KINDS = (".atom", ".rss", ".json", ".opml")
ELSEWHERE = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
ONE_MORE = "mesure-de-banc.txt"
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
    print()
    command = [sys.executable, "-m", "benchmarks.feed_cost"]
    measured = subprocess.run(command, cwd=ROOT, check=False)
    return int(measured.returncode or any(one.faults for one in judged))


def judge(site: Site, scratch: Path) -> Judged:
    """All that is asked of a site's feeds."""
    (site.content / ONE_MORE).unlink(missing_ok=True)  # of an earlier run
    _build(site.settings)
    found = site.feeds()
    wrong = [
        f"{path}: {fault}"
        for path, data in found.items()
        for fault in faults(data, f"{site.url}/{path}")
    ]
    wrong += _told_otherwise(found)
    wrong += _walked(site, found)
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


# -- the same entries ------------------------------------------------------------------------------


def _ids(data: bytes, path: str) -> list[str]:
    if path.endswith(".json"):
        return [item["id"] for item in json.loads(data)["items"]]
    root = etree.fromstring(data)
    return [one.text or "" for one in root.iterfind(f"{ATOM}entry/{ATOM}id")] or [
        one.text or "" for one in root.iterfind("channel/item/guid")
    ]


def _told_otherwise(found: Mapping[str, bytes]) -> list[str]:
    """Which feeds have other entries than the same feed in Atom."""
    others = [path for path in found if path.endswith((".rss", ".json"))]
    atoms = {path: f"{path.rpartition('.')[0]}.atom" for path in others}
    return [
        f"{path}: other entries than in Atom"
        for path, atom in atoms.items()
        if _ids(found[path], path) != _ids(found[atom], atom)
    ]


def _walked(site: Site, found: Mapping[str, bytes]) -> list[str]:
    """What a reader that goes back through the archive finds twice, or not at all."""
    path, walked = "feeds/all.atom", Counter[str]()
    while path:
        walked.update(_ids(found[path], path))
        links = etree.fromstring(found[path]).iterfind(f"{ATOM}link[@rel='prev-archive']")
        path = next((link.get("href", "").removeprefix(f"{site.url}/") for link in links), "")
    held = {
        id_
        for path, data in found.items()
        if path.startswith(("feeds/entites/", "feeds/rubriques/", "feeds/agences/"))
        and path.endswith(".atom")
        for id_ in _ids(data, path)
    }
    return [
        *(f"{id_}: {times} times in the archive" for id_, times in walked.items() if times > 1),
        *(f"{id_}: not in the archive" for id_ in sorted(held - walked.keys())),
    ]


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
    (site.content / ONE_MORE).write_text(
        f" date {day} {headline}\n\n{text}\n\nAFP\n", encoding="utf-8"
    )
    return ONE_MORE.removesuffix(
        ".txt"
    ), f"/{day.replace('-', '/')}/une-mesure-de-banc-pour-finir.html".encode()


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
