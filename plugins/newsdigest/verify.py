"""What must hold of every file before it is published; `newsdigest.check` reads the whole site.

Quick on purpose, for it reads every page rendered: internal links lead to files the site will
have, ids are unique, feeds and maps are well-formed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

from lxml import etree

from newsdigest.addresses import file_of

_HREF = re.compile(rb'\s(?:href|src)="/(?!/)([^"#?]*)')
_ID = re.compile(rb'\sid="([^"]*)"')


class Verifier:
    """Checks files; `exists` tells if the site will have a file. What it found true it keeps."""

    def __init__(self, exists: Callable[[str], bool]) -> None:
        self._exists = exists
        self._known: set[bytes] = set()

    def faults(self, path: str, data: bytes) -> list[str]:
        """What is wrong with the file, one line each."""
        if path.endswith(".html"):
            return self._page_faults(data)
        if path.endswith((".xml", ".atom", ".rss", ".opml")):
            try:
                etree.fromstring(data)
            except etree.XMLSyntaxError as error:
                return [f"not well-formed: {error}"]
        return []

    def _page_faults(self, data: bytes) -> list[str]:
        found = []
        if not data.rstrip().endswith(b"</html>"):
            found.append("cut short: no </html>")
        for address in sorted(set(_HREF.findall(data)) - self._known):
            target = file_of(unquote(address.decode("utf-8", "replace")))
            if self._exists(target):
                self._known.add(address)
            else:
                found.append(f"link to /{target}, which the site does not have")
        ids = _ID.findall(data)
        if len(ids) != len(set(ids)):
            twice = sorted({i.decode("utf-8", "replace") for i in ids if ids.count(i) > 1})
            found.append(f"id used twice: {', '.join(twice)}")
        return found
