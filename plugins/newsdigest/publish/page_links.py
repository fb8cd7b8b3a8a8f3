"""What a page, a feed or a map leads to within the site, read by real parsers.

`verify` looks at a page's usual links by itself, for speed, and asks here about all others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree
from lxml import html as lxml_html

from newsdigest.base.addresses import file_of, site_folder

# What a link leads to that leaves the folder of its host that the site stands in.
OUTSIDE = "../"
# Members of structured data that name a page or a picture; others are words.
ADDRESSED = frozenset(("url", "@id", "item", "mainEntityOfPage", "image", "logo", "contentUrl"))

_REFRESH = re.compile(r"[\d.\s]+[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)
_LINKS = "//@href|//@src|//@poster|//@action|//@formaction|//@data[parent::object]"
_SETS = "//@srcset|//@imagesrcset"
_TOLD = "//meta[contains(concat(@property, @name, ' '), ':url ')]/@content"
_TOLD += "|//meta[contains(concat(@property, @name, ' '), ':image ')]/@content"
_REFRESHES = "//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']/@content"
# The elements of feeds, lists and maps that name a page or a feed, in their text or in attributes.
_NAMING = ("{http://www.w3.org/2005/Atom}link", "link", "outline")
_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
_NAMED = ("href", "xmlUrl", "htmlUrl")


class Link(NamedTuple):
    """A file of the site and an anchor in it; a file that begins with `OUTSIDE` is not the site's."""

    file: str
    anchor: str = ""


class PageRead(NamedTuple):
    """`cited` are links of the text that spell the site's whole address: an article may cite any."""

    ids: list[str]
    links: set[Link]
    cited: set[Link]
    faults: list[str]


def read_page(path: str, data: bytes, site_url: str) -> PageRead:
    """The ids, in order, and the links of the page at `path`, however they are written."""
    faults: list[str] = []
    try:
        page: Any = lxml_html.document_fromstring(data, lxml_html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:
        return PageRead([], set(), set(), ["no page at all"])
    base = urljoin(f"{site_folder(site_url)}/{path}", str(page.xpath("string(//base/@href)")))
    links: set[Link] = set()
    cited: set[Link] = set()
    for address in page.xpath(_LINKS):
        whole = bool(site_url) and address.strip().startswith(site_url)
        of_text = whole and address.getparent().tag == "a"
        (cited if of_text else links).update(_link(address, base, site_url))
    written = [*_written_in_sets(page), *_structured(page, faults)]
    written += [found[1] for text in page.xpath(_REFRESHES) if (found := _REFRESH.match(text))]
    written += page.xpath(_TOLD)
    for address in written:
        links.update(_link(address, base, site_url))
    return PageRead([str(value) for value in page.xpath("//@id")], links, cited, faults)


def feed_links(root: etree._Element, site_url: str) -> set[Link]:
    """What a feed, an OPML list or a map leads to on the site, but for what its texts cite."""
    found: set[Link] = set()
    below = f"{site_url}/"
    for address in _named(root):
        if address and address.startswith(below):
            plain = _PLAIN.fullmatch(address, len(below))
            found.update((Link(file_of(plain[0])),) if plain else _link(address, "/", site_url))
    return found


def _named(root: etree._Element) -> Iterator[str | None]:
    for element in root.iter(_LOC):
        yield element.text
    for element in root.iter(*_NAMING):
        if element.get("rel") not in ("related", "via"):
            yield element.text
            yield from map(element.get, _NAMED)


# Below the site's folder, of what browsers take as it is written: a list names thousands.
_PLAIN = re.compile(r"(?:[a-z0-9_-]+/)*(?:[a-z0-9_-]+(?:\.[a-z]+)?)?")


@lru_cache(maxsize=1 << 14)
def _link(address: str, base: str, site_url: str) -> tuple[Link, ...]:
    """Where an address leads, if that is on the site's host; `base` is the page's address there."""
    folder = site_folder(site_url)
    address = address.strip()
    if site_url and (address == site_url or address.startswith(f"{site_url}/")):
        address = f"{folder}/{address[len(site_url) + 1 :]}"
    try:
        parts = urlsplit(address)
    except ValueError:  # what no browser opens either is not ours
        return ()
    if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
        return ()
    path = urljoin(base, parts.path) if parts.path else base
    inside = path.startswith(f"{folder}/")
    file = file_of(unquote(path[len(folder) + 1 :])) if inside else OUTSIDE + unquote(path[1:])
    return (Link(file, unquote(parts.fragment)),)


def _written_in_sets(page: Any) -> Iterator[str]:
    for value in page.xpath(_SETS):
        yield from (words[0] for one in value.split(",") if (words := one.split()))


def _structured(page: Any, faults: list[str]) -> Iterator[str]:
    """The addresses in a page's structured data."""
    for text in page.xpath("//script[@type='application/ld+json']/text()"):
        try:
            yield from _addresses(json.loads(text))
        except ValueError as error:
            faults.append(f"structured data cannot be read: {error}")


def _addresses(data: Any, key: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _addresses(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from _addresses(value, key)
    elif isinstance(data, str) and key in ADDRESSED:
        yield data
