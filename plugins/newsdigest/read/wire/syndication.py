"""RSS and Atom, one item or many: each entry an article, the feed its source.

feedparser knows the versions and their spellings; it is given a tree that `safe_xml` has read, never
an address, so that nothing is fetched and no entity opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from newsdigest.base.records import Block
from newsdigest.base.settings import ParseRules
from newsdigest.read.composed import Refused, Told
from newsdigest.read.wire.draft import Draft, finished
from newsdigest.read.wire.markup import plain_html
from newsdigest.read.wire.newsml_g2 import blocks_of_said
from newsdigest.read.wire.safe_xml import Element, name_of
from newsdigest.read.wire.subjects import tag

FORMAT = "RSS/Atom"
ROOTS = ("rss", "rdf", "feed", "entry", "item", "channel")

_SHORT = 280


def read_feed(root: Element, path: str, rules: ParseRules) -> list[Told | Refused]:
    """Every entry of the feed, in its order."""
    import feedparser  # met by few sites: its import costs what a build of none should not pay

    source = etree.tostring(root, encoding="utf-8")
    if name_of(root) == "entry":
        source = b'<feed xmlns="http://www.w3.org/2005/Atom">' + source + b"</feed>"
    elif name_of(root) == "item":
        source = b'<rss version="2.0"><channel>' + source + b"</channel></rss>"
    elif name_of(root) == "channel":
        source = b'<rss version="2.0">' + source + b"</rss>"
    try:
        found = feedparser.parse(BytesIO(source), sanitize_html=False, resolve_relative_uris=False)
    except Exception:  # damaged feeds find faults in it of every kind
        return [Refused("E_MARKUP", {"format": FORMAT})]
    entries = found.get("entries", [])
    return [finished(_draft(one, found.get("feed", {})), path, rules) for one in entries] or [
        Refused("E_NO_BODY", {"format": FORMAT})
    ]


def _draft(entry: Any, feed: Any) -> Draft:
    draft = Draft(FORMAT)
    draft.headline = plain_html(_said(entry, "title"))
    contents = [one.get("value", "") for one in entry.get("content", ())]
    bodies = sorted((blocks_of_said(one, "html") for one in contents), key=_length, reverse=True)
    summary = _said(entry, "summary")
    told = blocks_of_said(summary, "html")
    draft.blocks = bodies[0] if bodies and bodies[0] else told
    if not bodies and _length(told) < _SHORT:
        draft.blocks, draft.summary = (), plain_html(summary)
    draft.dates = [
        _said(entry, "published"),
        _said(entry, "updated"),
        _said(entry, "created"),
        _said(entry, "date"),
    ]
    draft.bylines = [one.get("name", "") for one in entry.get("authors", ())] or [
        _said(entry, "author")
    ]
    draft.sources = [
        _said(entry.get("source", {}), "title"),
        _said(feed, "publisher"),
        _said(feed, "title"),
    ]
    draft.lang = _said(entry, "language") or _said(feed, "language")
    draft.item = _said(entry, "id") or _said(entry, "link")
    link = _said(entry, "link")
    draft.url = link if link.startswith(("http://", "https://")) else ""
    draft.photos = tuple(_photos(entry))
    draft.tags = [
        tag("subject", one.get("label") or one.get("term") or "", "")
        for one in entry.get("tags", ())
    ]
    return draft


def _said(bag: Any, key: str) -> str:
    # Its own look-up takes one date for another.
    value = dict.get(bag, key)
    return value if isinstance(value, str) else ""


def _length(blocks: tuple[Block, ...]) -> int:
    return sum(len(block.tagged_text) for block in blocks)


def _photos(entry: Any) -> Iterator[Block]:
    credits = [plain_html(one.get("content", "")) for one in entry.get("media_credit", ())]
    for one in entry.get("media_content", ())[:1]:
        caption = plain_html(_said(entry, "media_description") or one.get("description") or "")
        if caption or any(credits):
            yield Block("photo", caption=caption, credit=next(filter(None, credits), ""))
