"""What must hold of every file before it is published; `newsdigest.commands.check` reads the whole site.

Quick on purpose, for it reads every page rendered: internal links lead to files the site will
have, ids are unique, feeds and maps are well-formed and lead to what there is. Links are looked at
as our theme writes them; a page with others is read by a real parser (`page_links`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import pairwise
from urllib.parse import unquote

from lxml import etree

from newsdigest.base.addresses import file_of, site_folder
from newsdigest.base.fingerprint import digest
from newsdigest.publish.page_links import ADDRESSED, OUTSIDE, feed_links, read_page

# Which of some files something holds of.
Asked = Callable[[Collection[str]], set[str]]

# Feeds, lists of feeds, site maps.
FEEDS = (".xml", ".atom", ".rss", ".opml")

_LINKING = (b"href=", b"src=")
_ELSEWHERE = (b'"#', b'"https://', b'"http://', b'"mailto:')
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
        addresses, usual = _usual_links(data)
        if not self._foreign:
            addresses.update(_own_addresses(data, self._site_url))
        new = addresses - self._known
        files = {_file(address, self._site_url) for address in new}
        if self._foreign or usual:
            ids = [
                part.partition(b'"')[0].decode("utf-8", "replace")
                for part in data.split(b' id="')[1:]
            ]
        else:
            read = read_page(path, data, self._site_url)
            files |= {link.file for link in read.links}
            ids = read.ids
            found += read.faults
        astray = self._astray(files)
        if not astray:
            self._known |= new
        found += astray
        if len(ids) != len(set(ids)):
            found.append(
                f"id used twice: {', '.join(sorted({i for i in ids if ids.count(i) > 1}))}"
            )
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


def malformed(path: str, data: bytes) -> list[str]:
    """What is wrong with the form of a file that others wrote."""
    return _parsed(path, data)[0]


def leading_to(data: bytes, files: Collection[str], site_url: str) -> set[str]:
    """Those of `files` that a page's usual links lead to."""
    found = (_file(address, site_url) for address in _usual_links(data)[0])
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


def _usual_links(data: bytes) -> tuple[set[bytes], bool]:
    """The addresses that a page's links lead to on its host, without an anchor, as our theme writes
    links; whether the page has no others within the site: relative, in other quotes, in sets.

    Escaped text holds no `="`: what is split here are attributes. (A pattern takes twice as long.)
    """
    found: set[bytes] = set()
    usual = not any(rare in data for rare in _RARE)
    sets = data.split(_OUR_SET)[1:] if _SET in data else []
    usual = usual and data.count(_SET) == len(sets)
    for part in sets:
        written = [one.split() for one in (b"/" + part.partition(b'"')[0]).split(b",")]
        if all(words and words[0].startswith(b"/") for words in written):
            found.update(words[0] for words in written)
        else:
            usual = False
    for name in _LINKING:
        for before, part in pairwise(data.split(name)):
            if not before[-1:].isspace():  # `data-href`
                continue
            if part.startswith(b'"/'):
                found.add(part[1:].partition(b'"')[0])
            elif not part.startswith(_ELSEWHERE):
                usual = False
    return {
        address.partition(b"#")[0].partition(b"?")[0]
        for address in found
        if not address.startswith(b"//")
    }, usual


def _own_addresses(data: bytes, site_url: str) -> Iterator[bytes]:
    """Those that spell the site's whole address, in the head and in structured data.

    An article may cite any, and its description begin with one: what is not told as an address is
    left out.
    """
    own = f'"{site_url}/'.encode()
    at = data.find(own) if site_url else -1
    while at >= 0:
        if data[at - 1 : at] == b"=":
            tag = data[data.rfind(b"<", 0, at) : at]
            mine = tag.startswith(b"<link") or (b':url"' in tag or b':image"' in tag)
        else:
            member = data[max(0, at - 40) : at].rstrip(b" :").removesuffix(b'"')
            mine = member.rpartition(b'"')[2] in _MEMBERS
        if mine:
            address = data[at + len(own) : data.find(b'"', at + 1)]
            path = site_folder(site_url).encode() + b"/" + address
            yield path.partition(b"#")[0].partition(b"?")[0]
        at = data.find(own, at + 1)


def _file(address: bytes, site_url: str) -> str:
    """The file of an address on the site's host."""
    path = unquote(address.decode("utf-8", "replace"))
    root = f"{site_folder(site_url)}/"
    return file_of(path[len(root) :]) if path.startswith(root) else OUTSIDE + path[1:]
