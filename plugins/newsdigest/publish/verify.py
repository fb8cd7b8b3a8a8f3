"""What must hold of every file before it is published; `newsdigest.commands.check` reads the whole site.

Quick on purpose, for it reads every page rendered: internal links lead to files the site will
have, ids are unique, feeds and maps are well-formed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from urllib.parse import unquote

from lxml import etree

from newsdigest.base.addresses import file_of

# Which of some files something holds of.
Asked = Callable[[Collection[str]], set[str]]


class Verifier:
    """Checks files; `missing` gives those of some files that the site will not have, `lost` those
    that it should have already and has not.

    `folder` is the one the site stands in (`/fil`, "" at the root of its host): a link that leaves it
    leads to nothing. Addresses looked up are kept: most stand on many pages.
    """

    def __init__(self, missing: Asked, folder: str = "", lost: Asked = lambda paths: set()) -> None:
        self._missing = missing
        self._root = f"{folder}/".encode()
        self._look_for = lost
        self._lost: set[str] = set()
        self._known: set[bytes] = set()

    def lost(self) -> frozenset[str]:
        """The lost files that the pages checked since the last call lead to; each is told once."""
        lost, self._lost = frozenset(self._lost), set()
        return lost

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
        new = _internal_addresses(data) - self._known
        inside = {address for address in new if address.startswith(self._root)}
        unknown = {
            address: file_of(unquote(address[len(self._root) :].decode("utf-8", "replace")))
            for address in inside
        }
        missing = self._missing(unknown.values()) if unknown else set()
        self._lost |= self._look_for(set(unknown.values()) - missing) if unknown else set()
        self._known.update(a for a, target in unknown.items() if target not in missing)
        found += [f"link to /{target}, which the site does not have" for target in sorted(missing)]
        found += [
            f"link to {address.decode('utf-8', 'replace')}, outside the site's folder"
            for address in sorted(new - inside)
        ]
        ids = [part.partition(b'"')[0] for part in data.split(b' id="')[1:]]
        if len(ids) != len(set(ids)):
            twice = sorted({i.decode("utf-8", "replace") for i in ids if ids.count(i) > 1})
            found.append(f"id used twice: {', '.join(twice)}")
        return found


def leading_to(data: bytes, files: Collection[str], folder: str = "") -> set[str]:
    """Those of `files` that the links of a page of a site in `folder` lead to."""
    root = f"{folder}/".encode()
    found = (
        file_of(unquote(address.removeprefix(root).decode("utf-8", "replace")))
        for address in _internal_addresses(data)
    )
    return set(found).intersection(files)


def _internal_addresses(data: bytes) -> set[bytes]:
    """What a page's links lead to on its host, without an anchor; a description may begin with a slash.

    Escaped text holds no `="`: what is split here are attributes. (A pattern takes twice as long.)
    """
    found = {
        part.partition(b'"')[0]
        for attribute in (b' href="/', b' src="/')
        for part in data.split(attribute)[1:]
    }
    return {
        b"/" + address.partition(b"#")[0].partition(b"?")[0]
        for address in found
        if not address.startswith(b"/")
    }
