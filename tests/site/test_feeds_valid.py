"""What the W3C's validator of feeds asks: of all feeds, so of corrections and of what was cancelled too."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import feedparser
import pytest
from gazette import Gazette
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
TOLD = (
    "feeds/corrections.atom",
    "feeds/corrections.rss",
    "feeds/all.atom",
    "feeds/all.rss",
    "feeds/dossiers/les-rails-de-corvanne.atom",
    "feeds/dossiers/les-rails-de-corvanne.rss",
)


def feed_of(gazette: Gazette, path: str) -> etree._Element:
    return etree.fromstring(gazette.newsroom.site[path])


def is_absolute(url: str | None) -> bool:
    parts = urlsplit(url or "")
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in (url or "")


def atom_faults(feed: etree._Element) -> list[str]:
    entries = feed.findall(f"{ATOM}entry")
    faults = []
    for one in (feed, *entries):
        for name in ("id", "title", "updated"):
            found = one.findall(f"{ATOM}{name}")
            if len(found) != 1 or not (found[0].text or "").strip():
                faults.append(f"{one.tag}: {len(found)} {name}")
        for when in (*one.findall(f"{ATOM}updated"), *one.findall(f"{ATOM}published")):
            if not RFC3339.fullmatch(when.text or ""):
                faults.append(f"no date: {when.text}")
        links = [
            (link.get("rel", "alternate"), link.get("type"), link.get("hreflang"))
            for link in one.findall(f"{ATOM}link")
            if link.get("rel", "alternate") in ("alternate", "self")
        ]
        if len(links) != len(set(links)):
            faults.append(f"a link twice: {links}")
        faults += [
            f"no address: {link.get('href')}"
            for link in one.findall(f"{ATOM}link")
            if not is_absolute(link.get("href"))
        ]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(ids) != len(set(ids)):
        faults.append("an id twice")
    faults += [f"no URI: {one}" for one in ids if not urlsplit(one or "").scheme]
    latest = max((_moment(entry.findtext(f"{ATOM}updated")) for entry in entries), default=None)
    if latest and _moment(feed.findtext(f"{ATOM}updated")) < latest:
        faults.append("older than its entries")
    faults += [
        f"{entry.findtext(f'{ATOM}id')}: nobody wrote it"
        for entry in entries
        if entry.find(f"{ATOM}author") is None and feed.find(f"{ATOM}author") is None
    ]
    return faults


def _moment(text: str | None) -> datetime:
    return datetime.fromisoformat(text or "1970-01-01T00:00:00Z")


def rss_faults(feed: etree._Element) -> list[str]:
    channel = feed.find("channel")
    assert channel is not None
    items = channel.findall("item")
    faults = [name for name in ("title", "link", "description") if not channel.findtext(name)]
    for item in items:
        if not (item.findtext("title") or item.findtext("description")):
            faults.append("an item that says nothing")
        if not is_absolute(item.findtext("link")):
            faults.append(f"no address: {item.findtext('link')}")
        date = item.findtext("pubDate")
        if date and parsedate_to_datetime(date).tzinfo is None:
            faults.append(f"no date: {date}")
    ids = [item.findtext("guid") for item in items]
    faults += ["an id twice"] if len(ids) != len(set(ids)) or None in ids else []
    self_links = [link.get("href") for link in channel.findall(f"{ATOM}link")]
    return faults + [f"no address: {one}" for one in self_links if not is_absolute(one)]


@pytest.mark.parametrize("path", TOLD)
def test_a_feed_is_as_validators_ask(gazette: Gazette, path: str) -> None:
    feed = feed_of(gazette, path)
    assert (atom_faults if path.endswith(".atom") else rss_faults)(feed) == []
    read = feedparser.parse(gazette.newsroom.site[path])
    assert not read.bozo, read.bozo_exception
    assert read.entries


def test_what_was_cancelled_and_corrected_is_among_them(gazette: Gazette) -> None:
    titles = [entry.title for entry in feedparser.parse(gazette.newsroom.site[TOLD[2]]).entries]
    assert any(title.startswith("ANNULÉ") for title in titles)
    (told,) = feedparser.parse(gazette.newsroom.site[TOLD[0]]).entries
    assert "Il rentre par Oslo" in told.summary + str(told.get("content"))


def test_a_fault_is_seen(gazette: Gazette) -> None:
    """The checks above would fail."""
    feed = feed_of(gazette, TOLD[0])
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    feed.append(etree.fromstring(etree.tostring(entry)))
    assert atom_faults(feed) == ["an id twice"]
    entry.remove(entry.find(f"{ATOM}updated"))
    entry.find(f"{ATOM}link").set("href", "/relative")
    assert len(atom_faults(feed)) >= 2
