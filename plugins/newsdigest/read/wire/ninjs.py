"""IPTC ninjs 1.x, 2.x and 3.x, one item or several: the spellings of all versions are one here.

1.x has `headline`, `body_html`, `pubstatus`; 2.x lists of `headlines` and `bodies`; 3.x the same in
`camelCase`. Wrapped lists of items (`items`, `_items`, `data.item`) are unwrapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import msgspec

from newsdigest.base.records import Block
from newsdigest.base.settings import ParseRules
from newsdigest.read.composed import Refused, Told
from newsdigest.read.wire.draft import KINDS, Draft, finished, is_killed
from newsdigest.read.wire.markup import (
    blocks_of_html,
    blocks_of_text,
    looks_marked_up,
    plain_html,
)
from newsdigest.read.wire.safe_xml import decoded
from newsdigest.read.wire.subjects import label_of, tag

FORMAT = "ninjs"
Item = dict[str, Any]

_WRAPPERS = ("items", "item", "data", "results", "entries", "docs", "newsitems", "articles", "hits")
_SIGNS = frozenset(
    str.split(
        "versioncreated pubstatus bodyhtml bodytext bodyxhtml bodies headlines firstcreated urgency"
        " descriptiontext representationtype altids slugline renditions contentcreated subjectcodes"
        " articlehtml bodyhtml5 contenthtml"
    )
)
_MAIN = ("main", "", "headline", "title", "web", "long", "medium", "short", "print")
_MOST_DEEP = 4
_MOMENTS = (
    *("versioncreated", "firstpublished", "contentcreated", "firstcreated", "published"),
    *("datepublished", "datetime", "date", "updated"),
)


def read_ninjs(data: bytes, path: str, rules: ParseRules) -> list[Told | Refused]:
    """Every item of the file, in its order."""
    try:
        document = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        text, _ = decoded(data)
        try:
            document = msgspec.json.decode(text.strip().encode("utf-8", "replace"))
        except RecursionError:
            return [Refused("E_MARKUP", {"format": "JSON", "depth": 1})]
        except msgspec.DecodeError as error:
            return [Refused("E_MARKUP", {"format": "JSON"}, _line_of(error, text))]
    items = list(_items(document, 0))
    if not items:
        return [Refused("E_NOT_NEWS", {"format": "JSON"})]
    return [_told(item, path, rules) for item in items]


def _line_of(error: msgspec.DecodeError, text: str) -> int | None:
    """The line of a fault, which msgspec counts in bytes."""
    at = re.search(r"byte (\d+)", str(error))
    return text.encode("utf-8", "replace").count(b"\n", 0, int(at[1])) + 1 if at else None


def _items(document: Any, depth: int) -> Iterator[Item]:
    if depth > _MOST_DEEP:
        return
    if isinstance(document, list):
        for one in document:
            yield from _items(one, depth + 1)
        return
    if not isinstance(document, dict):
        return
    item = _keyed(document)
    if item.keys() & _SIGNS:
        yield from _packaged(item)
        return
    for name in _WRAPPERS:
        inner = item.get(name)
        if isinstance(inner, dict | list):
            yield from _items(inner, depth + 1)


def _packaged(item: Item) -> Iterator[Item]:
    """The item; of a package without text of its own, the texts in it."""
    if _kind(item) != "package" or _has_body(item):
        yield item
        return
    inside = [one for one in _associated(item) if _has_body(one) and not _kind(one)]
    yield from inside or [item]


def _keyed(item: dict[str, Any]) -> Item:
    """`body_html`, `bodyHtml` and `bodyhtml` are one key; what says nothing is left out."""
    return {
        key.replace("_", "").lower(): value
        for key, value in item.items()
        if value not in (None, "", [], {})
    }


def _told(item: Item, path: str, rules: ParseRules) -> Told | Refused:
    draft = Draft(FORMAT)
    draft.headline = _first(item, "headline", "headlines") or _first(
        item, "title", "titles", "name"
    )
    draft.blocks = _body(item)
    draft.photos = tuple(_photos(item))
    draft.summary = _first(
        item,
        "descriptiontext",
        "description",
        "descriptions",
        "descriptionhtml",
        "abstract",
        "summary",
    )
    draft.dates = [_text(item, key) for key in _MOMENTS]
    draft.first = _text(item, "firstpublished") or _text(item, "firstcreated")
    draft.embargo = _text(item, "embargoed") or _text(item, "embargo") or None
    draft.bylines = list(_bylines(item))
    draft.sources = list(_sources(item))
    draft.lang = _text(item, "language") or _text(item, "lang")
    draft.state = _text(item, "pubstatus")
    draft.kind = _kind(item)
    draft.item = (
        _text(item, "uri") or _text(item, "guid") or _text(item, "urn") or _text(item, "id")
    )
    draft.version = _text(item, "version")
    draft.url = next(
        (
            url
            for url in (_text(item, "canonicalurl"), _text(item, "url"), _text(item, "uri"))
            if url.startswith(("http://", "https://"))
        ),
        "",
    )
    draft.dateline = _located(item)
    draft.kicker = _text(item, "kicker")
    draft.notes = [_first(item, key) for key in ("ednote", "editornote", "usageterms")]
    if is_killed(draft.notes):
        draft.state = "canceled"
    draft.tags = list(_tags(item))
    return finished(draft, path, rules)


def _kind(item: Item) -> str:
    """What it is, if not text: `picture`, `video`, `package`…"""
    return KINDS.get((_text(item, "type") or _text(item, "profile")).lower(), "")


def _text(item: Item, key: str) -> str:
    value = item.get(key)
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _first(item: Item, *keys: str) -> str:
    """The first of these that says something: a string, or of a list the one with the main role."""
    for key in keys:
        value = item.get(key)
        said = _chosen(value) if isinstance(value, list) else _valued(value)
        if said:
            return plain_html(said)
    return ""


def _chosen(values: list[Any]) -> str:
    ranked = [(_rank(one), at, _valued(one)) for at, one in enumerate(values)]
    return min((one for one in ranked if one[2]), default=(0, 0, ""))[2]


def _rank(value: Any) -> int:
    role = (
        str(value.get("role") or "").lower().rpartition(":")[2] if isinstance(value, dict) else ""
    )
    return _MAIN.index(role) if role in _MAIN else len(_MAIN)


def _valued(value: Any) -> str:
    if isinstance(value, dict):
        value = next(filter(None, map(value.get, ("value", "name", "text", "by"))), "")
    return value.strip() if isinstance(value, str) else ""


def _has_body(item: Item) -> bool:
    return any(key.startswith(("body", "bodies", "articlehtml", "contenthtml")) for key in item)


def _body(item: Item) -> tuple[Block, ...]:
    """The first body that holds text: HTML before plain text, the main one of a list."""
    for said, marked in _bodies(item):
        if looks_marked_up(said):
            blocks = blocks_of_html(said)
        else:
            blocks = blocks_of_text(unescape(said) if marked else said)
        if blocks:
            return blocks
    return ()


def _bodies(item: Item) -> Iterator[tuple[str, bool]]:
    marked = sorted(key for key in item if key.startswith(("bodyhtml", "bodynitf", "articlehtml")))
    for key in (*marked, "bodyxhtml", "contenthtml"):
        if isinstance(item.get(key), str):
            yield item[key], True
    bodies = item.get("bodies")
    listed = (
        [one for one in bodies if isinstance(one, dict) and _valued(one)]
        if isinstance(bodies, list)
        else []
    )
    for one in sorted(listed, key=lambda one: (not _is_html(one), _rank(one))):
        yield _valued(one), _is_html(one)
    for key in ("bodytext", "body", "contenttext"):
        said = _valued(item.get(key))
        if said:
            yield said, False


def _is_html(body: dict[str, Any]) -> bool:
    keyed = _keyed(body)
    return "html" in _text(keyed, "contenttype").lower() or "html" in _text(keyed, "role").lower()


def _associated(item: Item) -> Iterator[Item]:
    """1.x: an object by names; 2.x on: a list."""
    found = item.get("associations")
    values = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    for one in values:
        if isinstance(one, dict):
            yield _keyed(one)
        elif isinstance(one, list):
            yield from (_keyed(two) for two in one if isinstance(two, dict))


def _photos(item: Item) -> Iterator[Block]:
    for one in _associated(item):
        if _kind(one) not in ("picture", "graphic"):
            continue
        caption = _first(
            one,
            "descriptiontext",
            "description",
            "descriptions",
            "descriptionhtml",
            "caption",
            "headline",
            "headlines",
        )
        credit = next(
            (
                text
                for text in (
                    plain_html(_text(one, key))
                    for key in ("creditline", "byline", "by", "copyrightholder", "source")
                )
                if text
            ),
            "",
        )
        if caption or credit:
            yield Block("photo", caption=caption, credit=credit)


def _bylines(item: Item) -> Iterator[str]:
    said = _first(item, "byline", "by", "bylines")
    if said:
        yield said
        return
    for key in ("bylines", "authors", "creators"):
        listed = item.get(key)
        for one in listed if isinstance(listed, list) else ():
            yield plain_html(one if isinstance(one, str) else _valued(one))


def _sources(item: Item) -> Iterator[str]:
    for key in ("creditline", "source", "provider", "copyrightholder"):
        yield _first(item, key)
    found = item.get("infosources")
    for one in found if isinstance(found, list) else ():
        yield _valued(one)


def _located(item: Item) -> str:
    said = item.get("located") or item.get("dateline")
    if isinstance(said, dict):
        keyed = _keyed(said)
        return _text(keyed, "text") or _text(keyed, "city") or _text(keyed, "name")
    return said if isinstance(said, str) else ""


def _tags(item: Item) -> Iterator[str]:
    kinds = (
        ("subject", ("subject", "subjects", "subjectcodes")),
        ("person", ("person", "people", "persons")),
        ("organisation", ("organisation", "organisations", "organization", "organizations")),
        ("place", ("place", "places")),
        ("event", ("event", "events")),
    )
    for kind, keys in kinds:
        for one in (one for key in keys for one in _listed(item.get(key))):
            keyed = _keyed(one) if isinstance(one, dict) else {}
            code = (
                _text(keyed, "code")
                or _text(keyed, "qcode")
                or _text(keyed, "uri")
                or _text(keyed, "literal")
            )
            name = (
                _text(keyed, "name")
                or _text(keyed, "rel") * 0
                or (one if isinstance(one, str) else "")
            )
            yield tag(kind, name or label_of(code), code)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
