"""The site behind a real nginx with the very files that editors copy, at the root of a host and in a folder of it."""

from __future__ import annotations

import gzip
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote, urldefrag, urlsplit

import pytest
from lxml import html as lxml_html
from newsdigest.base.ledger import Edit, Entry, Retraction, pack_line
from newsdigest.publication import own_files
from newsdigest.publish.media_types import caching, media_type
from newsdigest.site.kind import Html
from newsdigest.site.kinds import KINDS
from photographs import photo
from publication import ROOT, Publication

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = pytest.mark.browser

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
CHROMIUM = Path("/usr/bin/chromium")
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so")
HOSTING = ROOT / "docs" / "hosting"
CULTURE = "culture/2026-01-"


def published(day: str, name: str, slug: str, **more: object) -> Entry:
    """The line of the ledger of an article of the demonstration."""
    file = f"{CULTURE}{day}-{name}"
    return Entry(
        id=file,
        file=f"{file}.txt",
        address=f"2026/01/{day}/{slug}.html",
        feed=f"tag:lefil.example,2026:{file}",
        published=f"2026-01-{day}T00:00+01:00",
        sha="",
        text="",
        headline=slug.replace("-", " "),
        **more,  # type: ignore[arg-type]
    )


# One was corrected, one retracted, one stood elsewhere.
PUBLISHED = (
    published(
        "12",
        "viole-suspects",
        "deux-suspects",
        retraction=Retraction("2026-01-23T09:00:00Z", "La dépêche était fausse.", lang="fr"),
    ),
    published("20", "viole-rentree", "la-viole-est-rentree", moved=("2026/01/20/viole.html",)),
    published(
        "22",
        "viole-concert",
        "le-concert",
        edits=(Edit("2026-01-23T09:00:00Z", "correction", "Il est à 20 heures."),),
    ),
)
# What the style sheet alone says.
DRESSED = "getComputedStyle(document.querySelector('main')).paddingTop"
# At the root, in a folder.
PLACES = {"": "nginx.conf", "/fil": "nginx-folder.conf"}


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Host:
    """An nginx, the site it serves, and the folder of the host that the site stands in."""

    port: int
    folder: str
    output: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.folder}"

    def ask(self, path: str, method: str = "GET", whole: bool = False, **headers: str) -> Answer:
        """What the host answers at this path of the site, or of the host itself."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(
            method,
            path if whole else self.folder + path,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )
        answer: HTTPResponse = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        found = Answer(answer.status, told, answer.read())
        connection.close()
        return found

    def files(self) -> dict[str, str]:
        """The site's files, by path: their kinds."""
        return {file.path: file.kind for file in own_files(self.output, [])}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A newspaper with every sort of page, at the root of its host and in a folder of it."""
    paper = Publication(tmp_path_factory.mktemp("paper"), publishes=True)
    for folder in ("culture", "economie", "vi/culture"):
        shutil.copytree(ROOT / "content" / folder, paper.content / folder)
    lines = "".join(f"{pack_line(line)}\n" for line in PUBLISHED)
    paper.write("ledger/2026-01.jsonl", lines)
    paper.write(f"{CULTURE}22-viole-concert.jpg", photo(700, 500))
    built = paper.build()
    assert built.code == 0, built.screen
    at_root = paper.output.rename(paper.folder / "root")
    built = paper.build(SITEURL="https://lefil.example/fil")
    assert built.code == 0, built.screen
    return {"": at_root, "/fil": paper.output}


@pytest.fixture(scope="module", params=PLACES, ids=["root", "folder"])
def host(
    request: pytest.FixtureRequest,
    papers: dict[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Host]:
    if NGINX is None:
        pytest.skip("nginx is not here")
    here, folder = tmp_path_factory.mktemp("nginx"), request.param
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = as_shipped(HOSTING / PLACES[folder], port, papers[folder])
    (here / "nginx.conf").write_text(around(here, site), encoding="utf-8")
    command = [NGINX, "-p", str(here), "-c", str(here / "nginx.conf")]
    running = subprocess.Popen([*command, "-e", str(here / "error.log")], stderr=subprocess.PIPE)
    try:
        for _ in range(200):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert running.poll() is None, running.stderr and running.stderr.read().decode()
            time.sleep(0.02)
        yield Host(port, folder, papers[folder])
    finally:
        running.terminate()
        running.wait(timeout=10)


def as_shipped(file: Path, port: int, output: Path) -> str:
    """The file as an editor has written their host and folder into it."""
    text = file.read_text(encoding="utf-8").replace("/srv/lefil/output", str(output))
    return text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("listen [::]:80;", "")


def around(here: Path, site: str) -> str:
    """What Debian's own nginx.conf puts around it; Brotli where its module is."""
    temporary = " ".join(
        f"{of}_temp_path {here}/{of};"
        for of in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    module = f"load_module {BROTLI};" if BROTLI.exists() else ""
    brotli = (HOSTING / "nginx-brotli.conf").read_text("utf-8") if BROTLI.exists() else ""
    user = "user root;" if os.geteuid() == 0 else ""
    return (
        f"{module} {user} daemon off; worker_processes 1; pid {here}/pid; events {{}}\n"
        f"http {{ access_log off; {temporary}\n{brotli}\n{site}\n}}\n"
    )


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip("Debian's chromium is not here")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        yield browser
        browser.close()


def one_of_each(host: Host) -> dict[str, str]:
    """The address of a page of each kind; the fullest, where there are several."""
    kinds = {kind.name for kind in KINDS if isinstance(kind, Html)}
    found: dict[str, str] = {}
    for path, kind in host.files().items():
        size = (host.output / path).stat().st_size
        if kind in kinds and size > (host.output / found.get(kind, "/")).stat().st_size % 4096:
            found[kind] = path
    return {kind: "/" + path.removesuffix("index.html") for kind, path in found.items()}


def test_every_sort_of_page_opens_without_a_complaint_and_leads_on(
    host: Host, chromium: Any
) -> None:
    pages = one_of_each(host)
    assert {
        "article",
        "entity",
        "story",
        "day",
        "corrections",
        "retraction",
        "about",
        "redirect",
    } <= (pages.keys())
    said: list[str] = []
    links: set[str] = set()
    with chromium.new_context() as context:
        page = context.new_page()
        page.on("console", lambda line: said.append(f"{page.url} {line.text}"))
        page.on("pageerror", lambda error: said.append(f"{page.url} {error}"))
        for kind, path in pages.items():
            if kind in ("redirect", "story_redirect", "not_found"):
                continue
            answer = page.goto(host.url + path)
            assert (kind, answer.status) == (kind, 200)
            assert page.evaluate(DRESSED) == "24px"
            found = page.evaluate(
                "[...document.querySelectorAll('[href], [src]')].map(e => e.href || e.src)"
            )
            links |= {urldefrag(link)[0] for link in found if link.startswith("http://127.0.0.1:")}
    assert said == []
    assert {link for link in links if not f"{link}/".startswith(f"{host.url}/")} == set()
    answers = {link: host.ask(urlsplit(link).path, "HEAD", whole=True).status for link in links}
    assert {link: status for link, status in answers.items() if status != 200} == {}


def test_a_wrong_address_is_told_so_in_the_sites_own_clothes(host: Host, chromium: Any) -> None:
    for path in ("/rien/de/tel", "/2026/01/99/", "/404.html", "/static/"):
        assert (path, host.ask(path).status) == (path, 404)
    with chromium.new_context() as context:
        page = context.new_page()
        assert page.goto(f"{host.url}/rien/de/tel").status == 404
        assert page.evaluate(DRESSED) == "24px"
        page.click("main a")
        assert page.url.startswith(f"{host.url}/")
        assert page.evaluate("document.querySelector('h1') !== null")


def test_each_file_has_its_type_and_is_kept_as_long_as_it_stands(host: Host) -> None:
    samples: dict[tuple[str, str], str] = {}
    for path in host.files():
        suffix = ".ninjs.json" if path.endswith(".ninjs.json") else Path(path).suffix
        samples.setdefault((suffix, caching(path)), path)
    suffixes = {suffix for suffix, _kept in samples}
    assert {".html", ".css", ".js", ".svg", ".png", ".ico", ".jpg", ".avif"} <= suffixes
    assert {".atom", ".rss", ".opml", ".xml", ".json", ".ninjs.json", ".txt"} <= suffixes
    assert {".webmanifest"} <= suffixes
    kept = {kept for _suffix, kept in samples}
    assert kept == {"no-cache", "public, max-age=31536000, immutable"}
    for (_suffix, kept_for), path in samples.items():
        if path == "404.html" or path.startswith("redirects."):
            continue
        answer = host.ask("/" + quote(path.removesuffix("index.html")), "HEAD")
        named = (answer.status, answer.headers["content-type"], answer.headers["cache-control"])
        wanted = media_type(path).replace("vnd.microsoft.icon", "x-icon")
        if wanted.startswith("text/plain"):
            wanted = "text/plain; charset=utf-8"
        assert (path, *named) == (path, 200, wanted, kept_for)


def test_what_did_not_change_is_not_sent_again(host: Host) -> None:
    for path in ("/", "/feeds/all.atom"):
        for accepted in ("identity", "gzip"):
            first = host.ask(path, Accept_Encoding=accepted)
            again = host.ask(path, Accept_Encoding=accepted, If_None_Match=first.headers["etag"])
            assert (first.status, again.status, again.body) == (200, 304, b"")
            assert again.headers["cache-control"] == "no-cache"


def test_text_is_sent_small(host: Host) -> None:
    plain = host.ask("/")
    small = host.ask("/", Accept_Encoding="gzip")
    assert (small.headers["content-encoding"], gzip.decompress(small.body)) == ("gzip", plain.body)
    assert small.headers["vary"] == "Accept-Encoding"
    for path, _kind in host.files().items():
        if path.endswith((".css", ".js", ".svg", ".atom", ".rss", ".opml", ".json")):
            answer = host.ask(f"/{quote(path)}", "HEAD", Accept_Encoding="gzip")
            tiny = (host.output / path).stat().st_size < 512
            assert (path, answer.headers.get("content-encoding")) == (
                path,
                None if tiny else "gzip",
            )


@pytest.mark.skipif(not BROTLI.exists(), reason="nginx's Brotli module is not here")
def test_brotli_is_sent_to_who_takes_it(host: Host) -> None:
    answer = host.ask("/", Accept_Encoding="gzip, br")
    assert answer.headers["content-encoding"] == "br"
    assert len(answer.body) < len(host.ask("/", Accept_Encoding="gzip").body)


def test_every_answer_carries_the_policy_that_its_page_carries(host: Host) -> None:
    pages = [
        path for kind, path in one_of_each(host).items() if kind not in ("not_found", "redirect")
    ]
    assert pages
    for path in pages:
        answer = host.ask(quote(path))
        assert (path, answer.headers["content-security-policy"]) == (
            path,
            f"{policy_of(answer.body)}; frame-ancestors 'none'",
        )
    moved = next(path for path, kind in host.files().items() if kind == "redirect")
    for answer in (
        host.ask("/rien"), host.ask("/2026"), host.ask("/", "POST"), host.ask("/.lefil/index"),
        host.ask(f"/{moved}"), host.ask("/feeds/all.atom"),
    ):  # fmt: skip
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "nginx/" not in answer.headers["server"]


def policy_of(page: bytes) -> str:
    found = lxml_html.fromstring(page).xpath(
        "//meta[@http-equiv='Content-Security-Policy']/@content"
    )
    return str(found[0])


def test_only_the_search_page_may_run_a_compiled_program() -> None:
    for name in (*PLACES.values(), "Caddyfile"):
        text = (HOSTING / name).read_text("utf-8")
        allowing = [line for line in text.splitlines() if "wasm-unsafe-eval" in line]
        assert [("recherche" in line or "@search" in line) for line in allowing] == [True]


def test_nothing_is_shown_that_is_not_the_sites(host: Host) -> None:
    for path in (
        "/.lefil/", "/.lefil/index", "/%2elefil/index", "/feeds/../.lefil/index", "/.git/config",
        "/static/", "/feeds/entites/", "/2026/01/22", "/..%2f", "/%2e%2e/cache/archive.sqlite",
        "/static/..%2f..%2f.lefil/index", "//etc/passwd",
    ):  # fmt: skip
        answer = host.ask(path)
        assert (path, answer.status in (301, 400, 404)) == (path, True)
        assert b"Index of" not in answer.body
    (host.output / ".well-known").mkdir(exist_ok=True)
    (host.output / ".well-known" / "security.txt").write_text("Contact: mailto:a@lefil.example\n")
    assert host.ask("/.well-known/security.txt").status == 200


def test_search_engines_are_led_to_pages_not_to_their_other_formats(host: Host) -> None:
    files = host.files()
    twin = next(path for path in files if path.endswith(".ninjs.json"))
    text = next(path for path in files if path.endswith(".txt") and path != "robots.txt")
    told = {
        path: host.ask(f"/{quote(path)}", "HEAD").headers.get("x-robots-tag", "")
        for path in (twin, text, "robots.txt", "feeds/all.json", "index.html")
    }
    assert [path for path, said in told.items() if said == "noindex"] == [twin, text]


def test_a_folder_and_a_moved_article_lead_on(host: Host) -> None:
    assert led(host, "/2026/01/22") == (301, f"{host.folder}/2026/01/22/")
    line = (host.output / "redirects.nginx").read_text("utf-8").splitlines()[0]
    moved, now = line.rstrip(";").split(" ")
    answer = host.ask(moved, whole=True)
    assert (answer.status, answer.headers["location"]) == (301, now)
    assert host.ask(now, whole=True).status == 200


def led(host: Host, path: str) -> tuple[int, str]:
    answer = host.ask(path)
    return answer.status, answer.headers.get("location", "")


def test_a_head_has_no_body_and_nothing_may_be_written(host: Host) -> None:
    asked = host.ask("/", "HEAD")
    assert (asked.status, asked.body) == (200, b"")
    assert [host.ask("/", method).status for method in ("POST", "PUT", "DELETE")] == [405, 405, 405]


def test_what_stands_above_the_folder_is_not_the_sites(host: Host) -> None:
    if host.folder:
        assert host.ask("/", whole=True).status == 404
        assert host.ask("/fil", whole=True).headers["location"] == "/fil/"
        assert host.ask("/filature/", whole=True).status == 404
