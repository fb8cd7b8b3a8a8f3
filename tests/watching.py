"""What a reader must never meet, not even while a build runs or after one was killed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from lxml import etree

_HREF = re.compile(rb'\s(?:href|src)="/(?!/)([^"#?]*)')


def half_files(site: Mapping[str, bytes]) -> list[str]:
    """Pages, feeds and maps that do not go to their end; the build's own folder is no reader's."""
    return [
        path
        for path, data in site.items()
        if not path.startswith(".lefil/") and not is_whole(path, data)
    ]


def is_whole(path: str, data: bytes) -> bool:
    if path.endswith(".html"):
        return data.rstrip().endswith(b"</html>")
    if path.endswith((".xml", ".atom", ".rss", ".opml")):
        try:
            etree.fromstring(data)
        except etree.XMLSyntaxError:
            return False
    return bool(data)


def dangling_links(site: Mapping[str, bytes], pages: Iterable[str]) -> list[tuple[str, str]]:
    """(page, missing file) of the links within the site that those of `pages` still there carry.

    `pages` are those that were there before and are to stay: nothing leads a reader to the others,
    whose links may run ahead (pages to come) or behind (pages that go, together).
    """
    return sorted(
        (page, target)
        for page in pages
        if page.endswith(".html") and page in site
        for target in map(_file, set(_HREF.findall(site[page])))
        if target not in site
    )


def _file(address: bytes) -> str:
    path = unquote(address.decode())
    return path + "index.html" if not path or path.endswith("/") else path
