"""What validators say against a feed, under the names that the W3C's gives its messages.

That one is not on PyPI and asks the network: these are its rules for what our feeds are made of, with the
schema of RFC 4287 (`data/atom.rng`), feedparser, JSON Feed 1.1 and OPML 2.0. No fault may be let through as
"only a warning".
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from html.entities import name2codepoint
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import feedparser
from lxml import etree

from benchmarks.feed_html import html_faults

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PREFIXES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
# Registered, of those there is a use for here.
_RELATIONS = (
    "alternate current enclosure first hub last license next next-archive prev-archive previous related"
    " replies self via"
)
_CHANNEL = "title link description language copyright pubDate lastBuildDate category generator docs ttl image item"
_ITEM = "title link description author category comments enclosure guid pubDate source"
RELATIONS, CHANNEL, ITEM = (frozenset(one.split()) for one in (_RELATIONS, _CHANNEL, _ITEM))
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RFC822 = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_END_TAG = re.compile(r"</(\w+)>")
_ENTITY = re.compile(r"&(#?\w+)")
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def faults(data: bytes, address: str) -> list[str]:
    """What is wrong with the feed (or the list of feeds) that is served at this absolute address."""
    if address.endswith(".json"):
        return sorted(set(_json_faults(data, address)))
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError as error:
        return [f"SAXError: {error}"]
    found = [*_xml_faults(root, data)]
    if root.tag == "opml":
        return sorted({*found, *_opml_faults(root)})
    found += (
        _atom_faults(root, address) if root.tag == f"{ATOM}feed" else _rss_faults(root, address)
    )
    read = feedparser.parse(data)
    if read.bozo:
        found.append(f"feedparser: {read.bozo_exception}")
    return sorted(set(found))


@cache
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(Path(__file__).with_name("data") / "atom.rng")))


def _xml_faults(root: etree._Element, data: bytes) -> Iterator[str]:
    if not data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>"):
        yield "EncodingMismatch"
    if root.getroottree().docinfo.doctype:
        yield "ContainsSystemEntity"
    atom = root.tag.startswith(ATOM)
    for element in root.iter(etree.Element):
        namespace = etree.QName(element).namespace
        if namespace is None:
            continue
        if namespace not in PREFIXES:
            yield f"UnknownNamespace: {namespace}"
        elif atom and namespace == "http://www.w3.org/2005/Atom":
            if element.prefix:
                yield f"AvoidNamespacePrefix: {element.prefix}"
        elif element.prefix != PREFIXES[namespace]:
            yield f"NonstdPrefix: {element.prefix}"
        if (lang := element.get(_LANG)) is not None and not _LANGUAGE.fullmatch(lang):
            yield f"InvalidLanguage: {lang}"
        if element.text and _UNWANTED.search(element.text):
            yield f"BadCharacters: {element.tag}"


# -- Atom ------------------------------------------------------------------------------------------


def _atom_faults(feed: etree._Element, address: str) -> Iterator[str]:
    if not _schema().validate(feed):
        yield f"schema: {_schema().error_log.last_error}"
        return
    entries = feed.findall(f"{ATOM}entry")
    first = next((at for at, child in enumerate(feed) if child.tag == f"{ATOM}entry"), len(feed))
    if any(child.tag != f"{ATOM}entry" for child in feed[first:]):
        yield "MisplacedMetadata"
    yield from _atom_links(feed, feed.findall(f"{ATOM}link"), address)
    yield from _twice("DuplicateEntries", [one.findtext(f"{ATOM}id") for one in entries])
    yield from _twice("DuplicateUpdated", [one.findtext(f"{ATOM}updated") for one in entries])
    updated = [datetime.fromisoformat(one.findtext(f"{ATOM}updated") or "") for one in entries]
    if updated and datetime.fromisoformat(feed.findtext(f"{ATOM}updated") or "") != max(updated):
        yield "updated: not its newest entry's"
    for one in (feed, *entries):
        yield from _uri_faults(one.findtext(f"{ATOM}id") or "")
        if one is not feed:
            yield from _atom_links(one, one.findall(f"{ATOM}link"), "")
            yield from _atom_entry(one)
        if one.find(f"{ATOM}author") is None and feed.find(f"{ATOM}author") is None:
            yield "MissingElement: author"
        for name in ("title", "subtitle", "summary"):
            text = one.findtext(f"{ATOM}{name}")
            if text is not None:
                yield from _plain_faults(name, text, "ContainsUndeclaredHTML")
        for name in ("updated", "published"):
            if moment := one.findtext(f"{ATOM}{name}"):
                yield from _date_faults(moment)
        for person in one.iterfind(f"{ATOM}author/{ATOM}name"):
            yield from _plain_faults("name", person.text or "", "ContainsHTML")
        for category in one.findall(f"{ATOM}category"):
            yield from _plain_faults("term", category.get("term", ""), "ContainsHTML")


def _atom_entry(entry: etree._Element) -> Iterator[str]:
    content = entry.find(f"{ATOM}content")
    links = [link.get("rel", "alternate") for link in entry.findall(f"{ATOM}link")]
    if content is None:
        if entry.find(f"{ATOM}summary") is None:
            yield "MissingSummary"
        if "alternate" not in links:
            yield "MissingContentOrAlternate"
    elif content.get("type") == "html":
        yield from html_faults(content.text or "")
    published = datetime.fromisoformat(entry.findtext(f"{ATOM}published") or "")
    # The fraction by which articles of one day are told apart is none of the clock's.
    if datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "") < published:
        yield "updated: before it was published"


def _atom_links(parent: etree._Element, links: list[etree._Element], address: str) -> Iterator[str]:
    told = [(one.get("rel", "alternate"), one.get("type"), one.get("hreflang")) for one in links]
    unique = {"alternate", "self", "prev-archive", "next-archive", "current"}
    yield from _twice("DuplicateAtomLink", [one for one in told if one[0] in unique])
    rels = [one[0] for one in told]
    for link, rel in zip(links, rels, strict=True):
        if rel not in RELATIONS:
            yield f"UnregisteredAtomLinkRel: {rel}"
        yield from _link_faults(link.get("href", ""))
    if not address:
        return
    yield from _self_faults(links, address, "MissingSelf")
    if parent.find(f"{HISTORY}complete") is not None and {"prev-archive", "next-archive"} & {*rels}:
        yield "FeedRelInCompleteFeed"
    if parent.find(f"{HISTORY}archive") is not None and "current" not in rels:
        yield "MissingCurrentInArchive"


def _self_faults(links: list[etree._Element], address: str, missing: str) -> Iterator[str]:
    own = [link.get("href") for link in links if link.get("rel") == "self"]
    if not own:
        yield missing
    elif own != [address]:
        yield f"SelfDoesntMatchLocation: {own[0]}"


# -- RSS -------------------------------------------------------------------------------------------


def _rss_faults(root: etree._Element, address: str) -> Iterator[str]:
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None or len(root) != 1:
        yield "UndefinedElement: no RSS 2.0"
        return
    yield from _children(channel, CHANNEL, several={"item", "category"})
    for name in ("title", "link", "description"):
        if not (channel.findtext(name) or "").strip():
            yield f"MissingElement: {name} of the channel"
    yield from _plain_faults("title", channel.findtext("title") or "", "ContainsHTML")
    yield from _plain_faults("description", channel.findtext("description") or "", "ContainsHTML")
    yield from _link_faults(channel.findtext("link") or "")
    yield from _rfc822_faults(channel.findtext("lastBuildDate") or "")
    if not _LANGUAGE.fullmatch(channel.findtext("language") or ""):
        yield "InvalidLanguage: of the channel"
    yield from _self_faults(channel.findall(f"{ATOM}link"), address, "MissingAtomSelfLink")
    for link in channel.findall(f"{ATOM}link"):
        if link.get("rel", "alternate") not in RELATIONS:
            yield f"UnregisteredAtomLinkRel: {link.get('rel')}"
        yield from _link_faults(link.get("href", ""))
    tags = [child.tag for child in channel]
    if "item" in tags and {*tags[tags.index("item") :]} != {"item"}:
        yield "MisplacedItem"
    items = channel.findall("item")
    yield from _twice("DuplicateValue: guid", [item.findtext("guid") for item in items])
    for item in items:
        yield from _item_faults(item)


def _item_faults(item: etree._Element) -> Iterator[str]:
    yield from _children(item, ITEM, several={"category"})
    guid = item.find("guid")
    if guid is None or not guid.text:
        yield "MissingGuid"
    elif guid.get("isPermaLink") != "false":
        yield "InvalidHttpGUID"
    else:
        yield from _uri_faults(guid.text)
    if not item.findtext("title") and not item.findtext("description"):
        yield "ItemMustContainTitleOrDescription"
    yield from _plain_faults("title", item.findtext("title") or "", "ContainsHTML")
    yield from _link_faults(item.findtext("link") or "")
    yield from _rfc822_faults(item.findtext("pubDate") or "")
    if moment := item.findtext(f"{ATOM}updated"):
        yield from _date_faults(moment)
    names = [child.tag for child in item]
    encoded = f"{CONTENT}encoded"
    if encoded in names and "description" not in names[: names.index(encoded)]:
        yield "NeedDescriptionBeforeContent"
    for core, extension in (("author", "creator"), ("source", "source"), ("pubDate", "date")):
        if {core, f"{DC}{extension}"} <= {*names}:
            yield f"DuplicateItemSemantics: {core}"
    if not _LANGUAGE.fullmatch(item.findtext(f"{DC}language") or "fr"):
        yield f"InvalidLanguage: {item.findtext(f'{DC}language')}"
    for name in ("description", encoded):
        yield from html_faults(item.findtext(name) or "")
    for category in item.findall("category"):
        if not (category.text or "").strip():
            yield "NotBlank: category"


def _children(parent: etree._Element, known: frozenset[str], several: set[str]) -> Iterator[str]:
    plain = [child.tag for child in parent if not child.tag.startswith("{")]
    yield from (f"UndefinedElement: {tag}" for tag in plain if tag not in known)
    yield from (
        f"DuplicateElement: {tag}"
        for tag, n in Counter(plain).items()
        if n > 1 and tag not in several
    )
    for name in (f"{ATOM}updated", f"{DC}language", f"{DC}source", f"{CONTENT}encoded"):
        if len(parent.findall(name)) > 1:
            yield f"DuplicateElement: {name}"


def _rfc822_faults(date: str) -> Iterator[str]:
    if not RFC822.fullmatch(date):
        yield f"ProblematicalRFC822Date: {date}"
        return
    moment = parsedate_to_datetime(date)
    if moment.strftime("%a") != date[:3]:
        yield f"IncorrectDOW: {date}"
    yield from _date_faults(moment.isoformat())


# -- what both have --------------------------------------------------------------------------------


def _twice(rule: str, values: list[Any]) -> Iterator[str]:
    yield from (f"{rule}: {value}" for value, n in Counter(values).items() if n > 1)


def _plain_faults(name: str, text: str, rule: str) -> Iterator[str]:
    """Text in which validators look for markup that somebody forgot to declare."""
    if not text.strip():
        yield f"NotBlank: {name}"
    if text != text.strip():
        yield f"UnexpectedWhitespace: {name}"
    if _END_TAG.search(text) or any(
        one in name2codepoint or not one.isalpha() for one in _ENTITY.findall(text)
    ):
        yield f"{rule}: {name}: {text[:60]}"


def _date_faults(moment: str) -> Iterator[str]:
    if not RFC3339.fullmatch(moment):
        yield f"InvalidRFC3339Date: {moment}"
    elif not "1970" <= moment[:4] <= "2100":
        yield f"ImplausibleDate: {moment}"


def _link_faults(url: str) -> Iterator[str]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        yield f"InvalidFullLink: {url}"
    elif not url.isascii() or re.search(r"[\s<>\"{}|\\^`]", url):
        yield f"InvalidUriChar: {url}"


def _uri_faults(uri: str) -> Iterator[str]:
    scheme, _colon, rest = uri.partition(":")
    if not rest or not uri.isascii() or re.search(r"\s", uri):
        yield f"InvalidURI: {uri}"
    elif scheme != scheme.lower() or (
        "%" in rest
        and rest
        != quote(unquote(rest, errors="surrogateescape"), safe="/:~,@", errors="surrogateescape")
    ):
        yield f"NonCanonicalURI: {uri}"


# -- JSON Feed, OPML -------------------------------------------------------------------------------


def _json_faults(data: bytes, address: str) -> Iterator[str]:
    feed = json.loads(data)
    if feed.get("version") != "https://jsonfeed.org/version/1.1" or not feed.get("title"):
        yield "JSON: version, title"
    if feed.get("feed_url") != address:
        yield f"SelfDoesntMatchLocation: {feed.get('feed_url')}"
    yield from _twice("DuplicateEntries", [item.get("id") for item in feed["items"]])
    for item in feed["items"]:
        if not isinstance(item.get("id"), str) or not (
            item.get("content_html") or item.get("content_text")
        ):
            yield "JSON: an item without id or text"
        for name in ("url", "external_url"):
            if name in item:
                yield from _link_faults(item[name])
        for name in ("date_published", "date_modified"):
            yield from _date_faults(item.get(name, ""))
        if not all(one.get("name") for one in item.get("authors", [])):
            yield "JSON: an author without name"
        if not all(isinstance(tag, str) and tag for tag in item.get("tags", [])):
            yield "JSON: an empty tag"
        yield from html_faults(item.get("content_html", ""))


def _opml_faults(root: etree._Element) -> Iterator[str]:
    if root.get("version") != "2.0" or not root.findtext("head/title"):
        yield "InvalidOPMLVersion"
    lines = [*root.iter("outline")]
    for line in lines:
        if not (line.get("text") or "").strip():
            yield "MissingAttribute: text of an outline"
        if line.get("type") == "rss":
            yield from _link_faults(line.get("xmlUrl", ""))
            yield from _link_faults(line.get("htmlUrl", ""))
        elif not len(line) and line.get("type") not in ("link", "include"):
            yield f"MissingXmlURL: {line.get('text')}"
    yield from _twice(
        "DuplicateValue: xmlUrl", [line.get("xmlUrl") for line in lines if line.get("xmlUrl")]
    )
