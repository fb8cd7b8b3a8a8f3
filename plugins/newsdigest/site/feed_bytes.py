"""Feeds: articles as Atom and RSS bytes, and the OPML that lists the feeds.

feedgen writes them, through the two small subclasses below which mend what it gets wrong
(docs/decisions/0005-feeds.md has the list). An entry is rendered once, whatever the number of
feeds it stands in: `render_entry` gives its bytes, `assemble` puts them in the feed around them.
The bytes are those feedgen would write for the whole feed; a test holds that.

No clock, no locale: an entry's dates are its own, a feed's is its newest entry's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from typing import Any, Literal, NamedTuple
from xml.sax.saxutils import quoteattr

from feedgen.entry import FeedEntry as FeedgenEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree
from markupsafe import escape
from msgspec import Struct

from newsdigest.base.addresses import tag_uri
from newsdigest.site.feed_media import Media, add_media
from newsdigest.text.dates import aware

Format = Literal["atom", "rss"]
# What a feed's entries are of all there are: the newest, all, or one document of several.
Extent = Literal["newest", "all", "document"]

# Readers give up on large feeds: older entries leave before a file grows past this.
MAX_FEED_BYTES = 480_000
# A document of a feed in several holds all of its days: texts leave it before it grows past this.
MAX_DOCUMENT_BYTES = 1_900_000
# An entry so long that it would fill a feed by itself carries its summary only.
MAX_ENTRY_HTML = 200_000

GENERATOR = "Le Fil"
ATOM_TYPE = "application/atom+xml"
RSS_TYPE = "application/rss+xml"

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_HISTORY = "http://purl.org/syndication/history/1.0"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Category(NamedTuple):
    """What an entry is sorted under; `sort` is what that is: a person, a section."""

    name: str
    sort: str = ""


class FeedEntry(Struct, frozen=True):
    """One article in a feed. `id` is the article's, never its address, title or date.

    `feed_id` is its id for ever, if it was published with one. `title` and `summary` are plain text, typeset; `html` is the full text with absolute addresses.
    `authors` is the byline as names, agencies where no person is known. `related` are absolute
    addresses (a correction gives the corrected article's); `source` is where the copy says it is from.
    """

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    authors: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    related: tuple[str, ...] = ()
    lang: str = "fr"
    feed_id: str = ""
    source: str = ""
    media: Media | None = None


class FeedInfo(Struct, frozen=True):
    """A feed without its entries; all addresses absolute.

    `id` is its path-like name (`feeds/all`), the same for both formats and for ever. `page_url` is
    the HTML page that tells what the feed is. `author` stands in for entries without a byline.
    `authority` is a domain and a year it belonged to us: `lefil.example,2026`. `links` are (rel,
    address) of the other documents of its history (RFC 5005); `archived`: it is one that is closed.
    `hub` is the WebSub hub that tells of its changes, "" for none.
    """

    id: str
    title: str
    subtitle: str
    page_url: str
    atom_url: str
    rss_url: str
    author: str
    authority: str
    lang: str = "fr"
    timezone: str = "Europe/Paris"
    links: tuple[tuple[str, str], ...] = ()
    archived: bool = False
    hub: str = ""
    json_url: str = ""


class RenderedEntry(Struct, frozen=True):
    """An entry's bytes in both formats, with what the order of a feed depends on."""

    id: str
    published: datetime
    updated: datetime
    atom: bytes
    rss: bytes

    @property
    def order(self) -> tuple[datetime, datetime, str]:
        """Newest first is the reverse of this."""
        return (self.published, self.updated, self.id)


def render_entry(entry: FeedEntry, authority: str, timezone: str = "Europe/Paris") -> RenderedEntry:
    """The entry as it stands in every feed of that authority."""
    writer = EntryWriter(entry, authority, timezone)
    atom = etree.tostring(writer.atom_entry(), encoding="UTF-8", xml_declaration=False)
    # Inside a root that declares the prefixes, so that the item does not declare them itself.
    root = etree.Element("rss", nsmap=_RSS_NAMESPACES)
    root.append(writer.rss_entry())
    rss = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    rss = rss[rss.index(b"<item>") : rss.rindex(b"</rss>")]
    return RenderedEntry(entry.id, writer.published_at, writer.updated_at, atom, rss)


def assemble(
    info: FeedInfo,
    entries: Iterable[RenderedEntry],
    empty_since: datetime | None = None,
    extent: Extent = "newest",
) -> tuple[bytes, bytes]:
    """(Atom, RSS) of the entries, newest first: the same ones in both, as many as fit.

    A feed must carry a date: without an entry it is `empty_since`. Of `all` that there are readers
    are told so, and a `document` of several is not cut to fit.

    Raises ValueError for a feed that has neither.
    """
    entries = list(entries)
    newest_first = shown(entries, extent)
    complete = extent == "all" and len(newest_first) == len(entries)
    updated = feed_updated(newest_first, empty_since)
    atom = FeedWriter(info, "atom", updated, complete).atom_str()
    rss = FeedWriter(info, "rss", updated, complete).rss_str()
    return (
        _splice(atom, b"</feed>", [entry.atom for entry in newest_first]),
        _splice(rss, b"</channel></rss>", [entry.rss for entry in newest_first]),
    )


def write_atom(
    info: FeedInfo, entries: Iterable[FeedEntry], empty_since: datetime | None = None
) -> bytes:
    """One Atom feed by feedgen alone: what `assemble` must equal, for feeds written once."""
    return bytes(_whole(info, "atom", entries, empty_since).atom_str())


def write_rss(
    info: FeedInfo, entries: Iterable[FeedEntry], empty_since: datetime | None = None
) -> bytes:
    """One RSS feed by feedgen alone, as `write_atom`."""
    return bytes(_whole(info, "rss", entries, empty_since).rss_str())


def told_apart(updated: datetime, entry_id: str) -> datetime:
    """The same second, with a fraction that depends on the id alone.

    The W3C validator warns when two entries of a feed share their `updated`, as all articles
    dated by the day do. Callers that want no such warning pass `updated` through here.
    """
    digest = sha256(entry_id.encode("utf-8", "surrogatepass")).digest()
    return updated.replace(microsecond=int.from_bytes(digest[:8], "big") % 1_000_000)


class Subscription(Struct, frozen=True):
    """One line of the OPML: a feed's title, its address and its HTML page's."""

    title: str
    feed_url: str
    page_url: str


def opml(title: str, folders: Iterable[tuple[str, Sequence[Subscription]]]) -> bytes:
    """OPML 2.0: the feeds by folder, in the order given; empty folders are left out.

    Written as text: there are as many lines as feeds, in every build that brings a new one.
    """
    name = escape(clean(title))
    lines = [
        "<?xml version='1.0' encoding='UTF-8'?>",
        '<opml version="2.0">',
        f"  <head>\n    <title>{name}</title>\n  </head>",
        "  <body>",
    ]
    for folder, subscriptions in folders:
        if not subscriptions:
            continue
        label = quoteattr(clean(folder))
        lines.append(f'    <outline type="folder" text={label} title={label}>')
        for feed in subscriptions:
            label = quoteattr(clean(feed.title))
            lines.append(
                f'      <outline type="rss" text={label} title={label}'
                f" xmlUrl={quoteattr(clean(feed.feed_url))}"
                f" htmlUrl={quoteattr(clean(feed.page_url))}/>"
            )
        lines.append("    </outline>")
    lines += ["  </body>", "</opml>", ""]
    return "\n".join(lines).encode()


def clean(text: str) -> str:
    """The text without what XML forbids or validators refuse: controls, surrogates, U+FFFE."""
    return _UNWANTED.sub("", text)


_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def feed_updated(newest_first: Sequence[RenderedEntry], empty_since: datetime | None) -> datetime:
    """The latest edit among the entries, `empty_since` when there is none."""
    if newest_first:
        return max(entry.updated for entry in newest_first)
    if empty_since is None:
        raise ValueError("a feed without entries needs a date: pass empty_since")
    return empty_since


def shown(entries: Iterable[RenderedEntry], extent: Extent) -> list[RenderedEntry]:
    """The entries as a feed has them: newest first, as many as fit."""
    ordered = sorted(entries, key=lambda entry: entry.order, reverse=True)
    return ordered if extent == "document" else _fitting(ordered)


def _fitting(newest_first: Sequence[RenderedEntry]) -> list[RenderedEntry]:
    """The newest entries that fit in a feed of either format; at least one."""
    kept: list[RenderedEntry] = []
    room = MAX_FEED_BYTES
    for entry in newest_first:
        room -= max(len(entry.atom), len(entry.rss))
        if room < 0 and kept:
            break
        kept.append(entry)
    return kept


def _splice(shell: bytes, ending: bytes, parts: Sequence[bytes]) -> bytes:
    if not shell.endswith(ending):
        raise AssertionError(f"feedgen no longer ends a feed with {ending!r}")
    return b"".join((shell[: -len(ending)], *parts, ending))


def _whole(
    info: FeedInfo, form: Format, entries: Iterable[FeedEntry], empty_since: datetime | None
) -> FeedWriter:
    """feedgen's feed with its entries, ordered and limited as `assemble` does."""
    entries = list(entries)
    by_id = {entry.id: entry for entry in entries}
    rendered = [render_entry(entry, info.authority, info.timezone) for entry in entries]
    fitting = _fitting(sorted(rendered, key=lambda entry: entry.order, reverse=True))
    writer = FeedWriter(info, form, feed_updated(fitting, empty_since))
    for entry in fitting:
        # feedgen puts new entries first unless told otherwise.
        writer.add_entry(
            EntryWriter(by_id[entry.id], info.authority, info.timezone), order="append"
        )
    return writer


# --- feedgen, mended -------------------------------------------------------------------------

# In the order feedgen's root declares them, ours first.
_RSS_NAMESPACES = {"dc": _DC, "atom": _ATOM, "content": _CONTENT}


class FeedWriter(FeedGenerator):  # type: ignore[misc]
    """feedgen's feed for one format. It has a date of its own, never the present."""

    def __init__(
        self, info: FeedInfo, form: Format, updated: datetime, complete: bool = False
    ) -> None:
        super().__init__()
        moment = aware(updated, info.timezone)
        title = clean(info.title)
        self.register_extension("channel", _Channel, None, atom=False)
        self.channel.built = moment
        self.register_extension("history", _History, None)
        self.history.hub = clean(info.hub)
        self.history.links = [(rel, clean(url)) for rel, url in info.links]
        self.history.mark = "archive" if info.archived else "complete" if complete else ""
        self.id(tag_uri(info.authority, info.id))
        self.title(title)
        self.subtitle(clean(info.subtitle) or title)
        self.author(name=clean(info.author))
        self.language(info.lang)
        self.generator(GENERATOR)
        self.updated(moment)
        # feedgen would print this date by switching the whole process's locale there and back,
        # which another thread may see; `_Channel` prints it instead.
        self._FeedGenerator__rss_lastBuildDate = None
        self_url = info.atom_url if form == "atom" else info.rss_url
        self_type = ATOM_TYPE if form == "atom" else RSS_TYPE
        self.link(href=clean(self_url), rel="self", type=self_type)
        # RSS takes the last link given for the channel's own, so the page comes last.
        self.link(href=clean(info.page_url), rel="alternate", type="text/html")


class _Channel(BaseExtension):  # type: ignore[misc]
    """Declares Dublin Core and dates the RSS channel."""

    built: datetime

    def extend_ns(self) -> dict[str, str]:
        return {"dc": _DC}

    def extend_rss(self, rss: Any) -> Any:
        _child(rss[0], "lastBuildDate").text = format_datetime(self.built)
        return rss


class _History(BaseExtension):  # type: ignore[misc]
    """What else there is of a feed: the other documents of one that has several, or that this is all
    (RFC 5005), and who tells of its changes (WebSub)."""

    hub: str
    links: list[tuple[str, str]]
    mark: str

    def extend_ns(self) -> dict[str, str]:
        return {"fh": _HISTORY} if self.mark else {}

    def extend_atom(self, feed: Any) -> Any:
        # feedgen's Atom has no namespace until it is written: a qualified link would get a prefix.
        self._extend(feed, "link")
        return feed

    def extend_rss(self, rss: Any) -> Any:
        self._extend(rss[0], f"{{{_ATOM}}}link")
        return rss

    def _extend(self, parent: Any, link: str) -> None:
        if self.mark:
            _child(parent, f"{{{_HISTORY}}}{self.mark}")
        if self.hub:
            _child(parent, link, rel="hub", href=self.hub)
        for rel, url in self.links:
            _child(parent, link, rel=rel, href=url, type=ATOM_TYPE)


class EntryWriter(FeedgenEntry):  # type: ignore[misc]
    """feedgen's entry with its links whole in Atom, its byline and its edits in RSS."""

    def __init__(self, entry: FeedEntry, authority: str, timezone: str) -> None:
        super().__init__()
        self.published_at = aware(entry.published, timezone)
        self.updated_at = aware(entry.updated, timezone)
        self.lang = entry.lang
        self.authors = [name for name in map(clean, entry.authors) if name.strip()]
        self.id(entry.feed_id or tag_uri(authority, entry.id))
        self.title(_one_line(entry.title) or _one_line(entry.id) or "…")
        self.updated(self.updated_at)
        self.link(href=clean(entry.url), rel="alternate", type="text/html")
        for url in entry.related:
            self.link(href=clean(url), rel="related", type="text/html")
        for name in self.authors:
            self.author(name=name)
        self.media = entry.media
        self.source_url = clean(entry.source)
        if self.source_url:
            self.link(href=self.source_url, rel="via", type="text/html")
        for name, sort in entry.categories:
            if term := _one_line(name):
                self.category(term=term, scheme=tag_uri(authority, sort) if sort else None)
        summary = _one_line(entry.summary)
        html = clean(entry.html)
        if not html or len(html) > MAX_ENTRY_HTML:
            html = f"<p>{escape(summary)}</p>" if summary else ""
        if summary:
            self.summary(summary)
            # An RSS description is HTML, Atom's summary plain text. feedgen takes a description
            # for Atom's content too, which the full text then replaces.
            self.description(str(escape(summary)))
        if html:
            # As "html" in both formats: feedgen's CDATA type makes Atom invalid.
            self.content(html, type="html")

    def atom_entry(self, extensions: bool = True) -> Any:
        element = super().atom_entry(extensions)
        element.set(_XML_LANG, self.lang)
        # feedgen reads the attributes from the new element instead of from the link.
        for written, link in zip(element.findall("link"), self.link(), strict=True):
            for name in ("rel", "type"):
                written.set(name, link[name])
        # Not by feedgen's published(): it would set RSS's date too, printed through the locale.
        _child(element, "published").text = self.published_at.isoformat()
        if self.media:
            add_media(element, self.media)
        return element

    def rss_entry(self, extensions: bool = True) -> Any:
        item = super().rss_entry(extensions)
        _child(item, "pubDate").text = format_datetime(self.published_at)
        for name in self.authors:  # RSS's own author is an e-mail address
            _child(item, f"{{{_DC}}}creator").text = name
        if self.source_url:
            _child(item, f"{{{_DC}}}source").text = self.source_url
        _child(item, f"{{{_DC}}}language").text = self.lang
        _child(item, f"{{{_ATOM}}}updated").text = self.updated_at.isoformat()
        if self.media:
            add_media(item, self.media)
        return item


def _one_line(text: str) -> str:
    return _GAP.sub(" ", clean(text)).strip(" ")


_GAP = re.compile(r"[ \t\r\n]+")


def _child(parent: Any, name: str, **attributes: str) -> Any:
    return etree.SubElement(parent, name, attributes)
