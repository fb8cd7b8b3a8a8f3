"""The same feeds as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/): what their Atom says, said again.

An entry is read back from its Atom, so that no format can say what another does not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from lxml import etree

from newsdigest.site.feed_bytes import Extent, FeedInfo, RenderedEntry, shown
from newsdigest.site.feed_media import picture_in

VERSION = "https://jsonfeed.org/version/1.1"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def assemble_json(info: FeedInfo, entries: Iterable[RenderedEntry], extent: Extent) -> bytes:
    """The feed that `feed_bytes.assemble` makes in two other formats."""
    feed: dict[str, Any] = {
        "version": VERSION,
        "title": info.title,
        "home_page_url": info.page_url,
        "feed_url": info.json_url,
        "description": info.subtitle,
        "language": info.lang,
        "authors": [{"name": info.author}],
    }
    if info.hub:
        feed["hubs"] = [{"type": "WebSub", "url": info.hub}]
    feed["items"] = [_item(entry) for entry in shown(entries, extent)]
    return json.dumps(_told(feed), ensure_ascii=False, separators=(",", ":")).encode()


def _item(entry: RenderedEntry) -> dict[str, Any]:
    atom = etree.fromstring(entry.atom)
    links = {link.get("rel"): link.get("href") for link in atom.findall("link")}
    content = atom.findtext("content")
    return _told(
        {
            "id": atom.findtext("id"),
            "url": links.get("alternate"),
            "external_url": links.get("via"),
            "title": atom.findtext("title"),
            # An item has a text of some sort.
            "content_html": content,
            "content_text": None if content else atom.findtext("summary") or atom.findtext("title"),
            "summary": atom.findtext("summary"),
            "date_published": atom.findtext("published"),
            "date_modified": atom.findtext("updated"),
            "authors": [{"name": author.findtext("name")} for author in atom.findall("author")],
            "tags": [category.get("term") for category in atom.findall("category")],
            "language": atom.get(_LANG),
            "image": picture_in(atom),
        }
    )


def _told(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value or name == "items"}
