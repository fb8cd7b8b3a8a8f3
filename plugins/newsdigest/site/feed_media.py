"""The picture of a feed's entry, as Media RSS has it (https://www.rssboard.org/media-rss), in Atom too.

The prefix is declared where it is used: feeds without a picture are as they were.
"""

from __future__ import annotations

from typing import Any

from lxml import etree
from msgspec import Struct

NAMESPACE = "http://search.yahoo.com/mrss/"


class Media(Struct, frozen=True):
    """A picture at its whole address, and the smallest of its files; what it shows and whom it is by, plain
    text, or ""."""

    url: str
    type: str
    width: int
    height: int
    thumbnail: tuple[str, int, int]
    description: str = ""
    credit: str = ""


def add_media(entry: Any, media: Media) -> None:
    """Write the picture into an entry of either format."""
    content = etree.SubElement(
        entry,
        _name("content"),
        {
            "url": media.url,
            "type": media.type,
            "medium": "image",
            "width": str(media.width),
            "height": str(media.height),
        },
        nsmap={"media": NAMESPACE},
    )
    url, width, height = media.thumbnail
    sizes = {"url": url, "width": str(width), "height": str(height)}
    etree.SubElement(content, _name("thumbnail"), sizes)
    if media.description:
        told = etree.SubElement(content, _name("description"), {"type": "plain"})
        told.text = media.description
    if media.credit:
        etree.SubElement(content, _name("credit")).text = media.credit


def picture_in(entry: Any) -> str:
    """The address of an entry's picture, "" for none."""
    found = entry.find(_name("content"))
    return "" if found is None else found.get("url", "")


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
