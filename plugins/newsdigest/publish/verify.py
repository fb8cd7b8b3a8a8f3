"""What must hold of every file before it is published; `newsdigest.commands.check` reads the whole site.

Quick on purpose, for it reads every page rendered: internal links lead to files the site will
have, ids are unique, feeds and maps are well-formed and lead to what there is. Links are looked at
as our theme writes them; a page with others is read by a real parser (`page_links`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from typing import Any
from urllib.parse import unquote

from lxml import etree

from newsdigest.base.addresses import file_of, site_folder
from newsdigest.base.fingerprint import digest
from newsdigest.publish.page_links import ADDRESSED, OUTSIDE, feed_links, read_page

# Which of some files something holds of.
Asked = Callable[[Collection[str]], set[str]]

# Feeds, lists of feeds, site maps.
FEEDS = (".xml", ".atom", ".rss", ".opml")

# All that stands between the quotes, and the first of them; of what is written without these its first sign alone,
# so that no link after it is missed; no `data-href`. What is sought first is letters alone: a pattern that begins
# otherwise takes five times as long.
_LINKS = [
    re.compile(rb'%b=(?<=\s%b=)("[^"]*|.)' % (name, name), re.DOTALL) for name in (b"href", b"src")
]
_USUAL = (b'"/', b'"#', b'"https://', b'"http://', b'"mailto:')
_IDS = re.compile(rb' id="([^"]*)')
_RARE = (b"='", b"efresh")
# As our pictures have it: addresses from the root, each with its width.
_SET, _OUR_SET = b"srcset=", b' srcset="/'
_MEMBERS = frozenset(name.encode() for name in ADDRESSED)


class Verifier:
    """Checks files; `missing` gives those of some files that the site will not have, `lost` those
    that it should have already and has not.

    `site_url` is the site's address: a link that leaves its folder (`/fil`) leads to nothing. In
    pages of a `foreign` theme only the links written from the root are looked at: such themes link
    feeds and pages that not every site has. What is found sound is kept: most addresses stand on
    many pages.
    """

    def __init__(
        self,
        missing: Asked,
        site_url: str = "",
        lost: Asked = lambda paths: set(),
        foreign: bool = False,
    ) -> None:
        self._missing = missing
        self._site_url = site_url
        self._foreign = foreign
        self._look_for = lost
        self._lost: set[str] = set()
        self._known: set[bytes] = set()
        self._own: set[bytes] = set()
        self._entries: set[str] = set()
        self._sound: set[str] = set()

    def lost(self) -> frozenset[str]:
        """The lost files that the pages checked since the last call lead to; each is told once."""
        lost, self._lost = frozenset(self._lost), set()
        return lost

    def faults(self, path: str, data: bytes) -> list[str]:
        """What is wrong with the file, one line each."""
        if path.endswith(".html"):
            return self._page_faults(path, data)
        return self._feed_faults(path, data)

    def _feed_faults(self, path: str, data: bytes) -> list[str]:
        """An entry stands in many feeds: it is read in the first of them, with what is around it."""
        shell, entries = _entries_apart(path, data)
        new = {digest(entry): entry for entry in entries}
        new = {key: new[key] for key in new.keys() - self._entries}
        faults, root = _parsed(path, shell[0] + b"".join(new.values()) + shell[1])
        if faults and entries:
            faults, root = _parsed(path, data)
        if root is not None:
            astray = self._astray({link.file for link in feed_links(root, self._site_url)})
            if not astray:
                self._entries |= new.keys()
            faults += astray
        return faults

    def _page_faults(self, path: str, data: bytes) -> list[str]:
        found = []
        if not data.rstrip().endswith(b"</html>"):
            found.append("cut short: no </html>")
        links, usual = _usual_links(data, self._known)
        own = set() if self._foreign else _own_links(data, self._site_url, self._own)
        root = f"{site_folder(self._site_url)}/".encode()
        addresses = {*_addresses(links), *(_addresses(b'"' + root + link for link in own))}
        files = {_file(address, self._site_url) for address in addresses}
        if self._foreign or usual:
            ids: list[Any] = _IDS.findall(data)
        else:
            read = read_page(path, data, self._site_url)
            files |= {link.file for link in read.links}
            ids = read.ids
            found += read.faults
        astray = self._astray(files)
        if usual and not astray:
            self._known |= links
            self._own |= own
        found += astray
        if len(ids) != len(set(ids)):
            found.append(f"id used twice: {', '.join(_twice(ids))}")
        return found

    def _astray(self, files: set[str]) -> list[str]:
        """The links to files that the site will not have."""
        outside = {file for file in files if file.startswith(OUTSIDE)}
        unknown = files - outside - self._sound
        missing = self._missing(unknown) if unknown else set()
        sound = unknown - missing
        if sound:
            self._lost |= self._look_for(sound)
            self._sound |= sound
        return [
            *(f"link to /{file}, which the site does not have" for file in sorted(missing)),
            *(
                f"link to /{file.removeprefix(OUTSIDE)}, outside the site's folder"
                for file in sorted(outside)
            ),
        ]


def _twice(ids: Sequence[str | bytes]) -> list[str]:
    told = [one if isinstance(one, str) else one.decode("utf-8", "replace") for one in ids]
    return sorted({one for one in told if told.count(one) > 1})


def malformed(path: str, data: bytes) -> list[str]:
    """What is wrong with the form of a file that others wrote."""
    return _parsed(path, data)[0]


def leading_to(data: bytes, files: Collection[str], site_url: str) -> set[str]:
    """Those of `files` that a page's usual links lead to."""
    found = (_file(address, site_url) for address in _addresses(_usual_links(data)[0]))
    return set(found).intersection(files)


def _entries_apart(path: str, data: bytes) -> tuple[tuple[bytes, bytes], list[bytes]]:
    """What stands before and after the entries of a feed, and each of these; of any other file, or one
    whose entries do not follow each other, all stands before."""
    opening, closing = _ENTRIES.get(path.rpartition(".")[2], (b"", b""))
    if not closing:
        return (data, b""), []
    *entries, after = data.split(closing)
    if not entries:
        return (data, b""), []
    before, _, first = entries[0].partition(opening)
    entries[0] = opening + first
    if not all(entry.startswith(opening) for entry in entries):
        return (data, b""), []
    return (before, after), [entry + closing for entry in entries]


# How an entry begins and ends, by the suffix of the feed's file.
_ENTRIES = {"atom": (b"<entry", b"</entry>"), "rss": (b"<item>", b"</item>")}


def _parsed(path: str, data: bytes) -> tuple[list[str], etree._Element | None]:
    """The faults of a feed, a list or a map, and its root; of other files neither."""
    if not path.endswith(FEEDS):
        return [], None
    try:
        return [], etree.fromstring(data)
    except etree.XMLSyntaxError as error:
        return [f"not well-formed: {error}"], None


def _usual_links(data: bytes, known: Set[bytes] = frozenset()) -> tuple[set[bytes], bool]:
    """What a page's links are, of those not `known`, as our theme writes them: the opening quote and all up
    to the closing one; whether the page has no others within the site: relative, in other quotes, in sets.

    Escaped text holds no `="`: what is found here are attributes.
    """
    usual = not any(rare in data for rare in _RARE)
    found: set[bytes] = set()
    sets: list[bytes] = []
    if _SET in data:
        sets = data.split(_OUR_SET)[1:]
        usual = usual and data.count(_SET) == len(sets)
    for part in sets:
        written = [one.split() for one in (b"/" + part.partition(b'"')[0]).split(b",")]
        if all(words and words[0].startswith(b"/") for words in written):
            found.update(b'"' + words[0] for words in written)
        else:
            usual = False
    for linking in _LINKS:
        found.update(linking.findall(data))
    new = found - known
    return new, usual and all(link.startswith(_USUAL) for link in new)


def _addresses(links: Iterable[bytes]) -> Iterator[bytes]:
    """The addresses that such links lead to on the page's host, without an anchor."""
    for link in links:
        if link.startswith(b'"/') and not link.startswith(b'"//'):
            yield link[1:].partition(b"#")[0].partition(b"?")[0]


def _own_links(data: bytes, site_url: str, known: Set[bytes]) -> set[bytes]:
    """What follows the site's whole address where that is spelled, in the head and in structured data, but
    for what is `known`.

    An article may cite any, and its description begin with one: what is not told as an address is
    left out.
    """
    found: set[bytes] = set()
    own = f'"{site_url}/'.encode()
    at = data.find(own) if site_url else -1
    while at >= 0:
        start = at + len(own)
        end = data.find(b'"', start)
        link = data[start:end]
        if link not in known and link not in found and _is_told(data, at):
            found.add(link)
        at = data.find(own, start)
    return found


def _is_told(data: bytes, at: int) -> bool:
    """Whether the quote there opens an address, and no text that begins with one."""
    if data[at - 1 : at] == b"=":
        tag = data[data.rfind(b"<", 0, at) : at]
        return tag.startswith(b"<link") or b':url"' in tag or b':image"' in tag
    member = data[max(0, at - 40) : at].rstrip(b" :").removesuffix(b'"')
    return member.rpartition(b'"')[2] in _MEMBERS


def _file(address: bytes, site_url: str) -> str:
    """The file of an address on the site's host."""
    path = unquote(address.decode("utf-8", "replace"))
    root = f"{site_folder(site_url)}/"
    return file_of(path[len(root) :]) if path.startswith(root) else OUTSIDE + path[1:]
