"""A site in a folder of its host, as project pages are: nothing leads out of it, nothing to a wrong address."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from lxml import etree
from lxml import html as lxml_html
from newsdigest.base.addresses import in_folder, site_folder
from newsdigest.commands.check import site_faults
from newsdigest.commands.preview import Preview
from newsdigest.publish.verify import Verifier
from publication import ROOT, Publication

# Addresses in text that is no markup: structured data, robots.txt.
_ADDRESS = re.compile(r'https?://[^\s"<>\\]+')


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def host_of(folder: Path) -> Iterator[str]:
    """A static host that knows nothing of us; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def links_of(address: str, data: bytes) -> set[str]:
    """Every address within a file of the site, absolute."""
    if address.endswith(".json"):
        return set()  # what it says its Atom says, whose links are followed
    if address.endswith(".webmanifest"):
        told = json.loads(data)
        addresses = (told["start_url"], *(icon["src"] for icon in told["icons"]))
        return {urljoin(address, one) for one in addresses}
    path = urlsplit(address).path
    if path.endswith((".atom", ".rss", ".xml", ".opml")):
        return links_of_xml(address, etree.fromstring(data))
    if path.endswith("robots.txt"):
        return set(_ADDRESS.findall(data.decode()))
    if path.endswith((".css", ".js", ".svg", ".png", ".ico")):
        return set()
    page = lxml_html.fromstring(data.decode())
    found = links_of_html(address, page)
    for script in page.xpath('//script[@type="application/ld+json"]'):
        json.loads(script.text_content())
        found.update(_ADDRESS.findall(script.text_content()))
    found.update(page.xpath('//meta[@property="og:url" or @property="og:image"]/@content'))
    return found


def links_of_html(address: str, page: lxml_html.HtmlElement) -> set[str]:
    return {urljoin(address, str(link)) for link in page.xpath("//@href | //@src | //@action")}


def links_of_xml(address: str, root: etree._Element) -> set[str]:
    """Links, map locations, outlines' addresses, and the links of articles inside feeds."""
    found = {str(value) for value in root.xpath("//@href | //@xmlUrl | //@htmlUrl")}
    for element in root.iter():
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name in ("link", "loc") and (element.text or "").strip():
            found.add(element.text.strip())
        elif name in ("content", "description", "encoded") and "<" in (element.text or ""):
            inside = lxml_html.fragment_fromstring(element.text, create_parent="div")
            found |= {str(link) for link in inside.xpath("//@href | //@src")}
    return {urljoin(address, link) for link in found}


def crawl(site_url: str, also: tuple[str, ...]) -> tuple[set[str], list[str]]:
    """What a reader can reach on the host, and the faults met: outside the site, or not there."""
    host = site_url.removesuffix(urlsplit(site_url).path)
    todo = [f"{site_url}/", *(f"{site_url}/{path}" for path in also)]
    seen, faults = set(todo), []
    while todo:
        address = todo.pop()
        connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
        connection.request("GET", urlsplit(address).path)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        if answer.status != 200:
            faults.append(f"{address}: {answer.status}")
            continue
        for link in {urldefrag(link).url for link in links_of(address, data)}:
            if not (link + "/").startswith(host + "/") or link in seen:
                continue
            seen.add(link)
            if link.startswith(site_url + "/"):
                todo.append(link)
            else:
                faults.append(f"{address}: leads to {link}")
    return seen, faults


def pages(publication: Publication) -> dict[str, bytes]:
    """What readers are meant to reach: the build's own list of its files apart."""
    return {path: data for path, data in publication.site.items() if path[:7] != ".lefil/"}


@contextmanager
def hosted_under(publication: Publication, folder: str) -> Iterator[str]:
    """The publication, built for and served below `folder` of a static host; its SITEURL."""
    root = publication.folder / "host"
    (root / folder).parent.mkdir(parents=True, exist_ok=True)
    (root / folder).symlink_to(publication.output)
    with host_of(root) as host:
        publication.settings(f"SITEURL = '{host}/{folder}'\n")
        run = publication.build()
        assert run.code == 0, run.screen
        yield f"{host}/{folder}"


@pytest.mark.parametrize("folder", ["fil", "equipe/le-fil"])
def test_every_link_of_a_site_in_a_folder_leads_to_a_file_of_it(
    tmp_path: Path, demo: Publication, folder: str
) -> None:
    publication = Publication(tmp_path / "publication", ROOT / "content", cards=folder == "fil")
    with hosted_under(publication, folder) as site_url:
        seen, faults = crawl(site_url, ("404.html", "robots.txt", "sitemap.xml", "favicon.ico"))
        assert faults == []
        assert publication.run("invoke", "check").code == 0
    reached = {unquote(address.removeprefix(f"{site_url}/")).partition("?")[0] for address in seen}
    files = {path + "index.html" if path == "" or path[-1] == "/" else path for path in reached}
    assert set(pages(publication)) <= files, "every file can be reached"
    cards = {path for path in pages(publication) if path.startswith("cartes/")}
    assert bool(cards) == (folder == "fil")
    assert set(pages(publication)) - cards == set(pages(demo))


def test_the_same_site_at_the_root_differs_by_its_addresses_alone(
    tmp_path: Path, demo: Publication
) -> None:
    publication = Publication(tmp_path / "publication", ROOT / "content")
    publication.settings("SITEURL = 'https://lefil.example/fil'\n")
    assert publication.build().code == 0
    at_the_root = {
        path: data.replace(b"https://lefil.example/fil", b"https://lefil.example").replace(
            b'="/fil/', b'="/'
        )
        for path, data in pages(publication).items()
    }
    assert at_the_root == pages(demo)


def test_a_site_that_moves_into_a_folder_and_back_is_made_again(tmp_path: Path) -> None:
    publication = Publication(tmp_path / "publication", ROOT / "content")
    assert publication.build().code == 0
    before = pages(publication)
    publication.settings("SITEURL = 'https://lefil.example/fil'\n")
    assert publication.build().code == 0
    moved = pages(publication)
    assert {path for path in before if moved[path] == before[path]} == {
        path
        for path in before
        if path.endswith((".css", ".js", ".svg", ".png", ".ico", ".webmanifest"))
    }
    publication.settings("SITEURL = 'https://lefil.example'\n")
    assert publication.build().code == 0
    assert pages(publication) == before


def test_a_stock_theme_in_a_folder_leads_nowhere_else(tmp_path: Path) -> None:
    publication = Publication(tmp_path / "publication", ROOT / "content")
    publication.settings("THEME = 'simple'\n")
    with hosted_under(publication, "fil") as site_url:
        _seen, faults = crawl(site_url, ())
    assert [fault for fault in faults if "leads to" in fault] == []


def test_the_preview_stands_where_the_site_will(tmp_path: Path) -> None:
    (tmp_path / "2026").mkdir()
    for path in ("index.html", "2026/index.html", "404.html"):
        (tmp_path / path).write_text(path)

    def answer(path: str) -> tuple[int, str, str]:
        connection = HTTPConnection(urlsplit(preview.address).netloc, timeout=10)
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read().decode()
        connection.close()
        return response.status, response.headers.get("Location", ""), body

    for reloading in (False, True):
        with Preview(str(tmp_path), "127.0.0.1", 0, reloading, folder="/fil") as preview:
            assert urlsplit(preview.address).path == "/fil/"
            assert answer("/") == (302, "/fil/", "")
            assert answer("/fil") == (302, "/fil/", "")
            assert answer("/fil/") == (200, "", "index.html")
            assert answer("/fil/2026/") == (200, "", "2026/index.html")
            assert answer("/fil/2026")[:2] == (301, "/fil/2026/")
            assert answer("/2026/") == (404, "", "404.html")
            assert answer("/filature/") == (404, "", "404.html")
            assert answer("/fil/none.html") == (404, "", "404.html")


# -- pure --------------------------------------------------------------------------------------------


def test_the_folder_is_what_follows_the_host() -> None:
    urls = ("", "https://a.example", "https://a.example/", "https://a.example/b/c/")
    assert [site_folder(url) for url in urls] == ["", "", "", "/b/c"]


def test_only_links_within_the_site_are_moved() -> None:
    page = (
        '<a href="/">/ </a> <img src=\'/a.png\'> <a href="//other.example/">x</a>'
        ' <a href="#top">href=&#34;/x</a> <meta content="/text"> <a href="https://x.example/">y</a>'
    )
    assert in_folder(page, "/fil") == page.replace('href="/"', 'href="/fil/"').replace(
        "'/a.png'", "'/fil/a.png'"
    )
    assert in_folder(page, "") == page


def test_every_file_of_a_picture_is_moved() -> None:
    page = (
        '<source srcset="/a-480.avif 480w, /a-960.avif 960w"><p> srcset=&#34;/a 1w, /b 2w</p>'
        '<img src="/a.jpg" srcset="/a.jpg 480w"> <img srcset="https://x.example/a 1x">'
    )
    assert in_folder(page, "/fil") == (
        '<source srcset="/fil/a-480.avif 480w, /fil/a-960.avif 960w"><p> srcset=&#34;/a 1w, /b 2w</p>'
        '<img src="/fil/a.jpg" srcset="/fil/a.jpg 480w"> <img srcset="https://x.example/a 1x">'
    )


def test_a_link_that_leaves_the_folder_is_a_fault() -> None:
    page = b'<html><a href="/fil/a.html"></a><a href="/a.html"></a><a href="/filet/"></a></html>'
    verifier = Verifier(lambda files: set(files) - {"a.html"}, "https://lefil.example/fil")
    assert verifier.faults("index.html", page) == [
        "link to /a.html, outside the site's folder",
        "link to /filet/, outside the site's folder",
    ]


def test_a_text_that_begins_with_a_slash_is_no_link() -> None:
    page = b'<html><meta name="description" content="/ Hanoi"><img src="/a.png"></html>'
    found = Verifier(set).faults("index.html", page)
    assert found == ["link to /a.png, which the site does not have"]


def test_a_check_names_links_that_leave_the_folder(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<a href="/fil/"></a><a href="/archives/"></a><a href="https://lefil.example/fil/#top"></a>'
    )
    found = site_faults(tmp_path, ["index.html"], [], "https://lefil.example/fil")
    assert list(found) == [
        "index.html: link to /archives/, outside the site's folder",
        "index.html: link to /index.html#top, which has no such anchor",
    ]
