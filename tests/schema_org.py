"""What structured data must hold: schema.org's properties by type, and those that Google's documentation of
articles, breadcrumbs, carousels and organisations asks for. Read from a page by `extruct`, as others do.

The properties are those of https://schema.org (version 29) that our pages use: one that is misspelt, or of
another type, is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import extruct

DATE = re.compile(r"\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?)?")
_THING = "name description url sameAs alternateName image mainEntityOfPage"
_WORK = f"{_THING} headline datePublished dateModified inLanguage isAccessibleForFree publisher"
_WORK += " author creditText sourceOrganization copyrightHolder about mentions isPartOf hasPart"
_WORK += " correction mainEntity license"
_PAGE = f"{_WORK} breadcrumb"
# By type: the properties it may have, and those it must.
TYPES = {
    "NewsArticle": (
        f"{_WORK} articleSection dateline",
        "headline url mainEntityOfPage datePublished dateModified inLanguage isAccessibleForFree publisher",
    ),
    "CollectionPage": (_PAGE, "name url"),
    "WebPage": (_PAGE, ""),
    "AboutPage": (_PAGE, ""),
    "WebSite": (f"{_WORK} potentialAction", "name url"),
    "BreadcrumbList": ("itemListElement", "itemListElement"),
    "ItemList": ("itemListElement numberOfItems", "itemListElement numberOfItems"),
    "ListItem": ("position name item url", "position"),
    "ImageObject": (f"{_THING} width height caption", "url"),
    "CorrectionComment": ("text datePublished", "text datePublished"),
    "NewsMediaOrganization": (f"{_THING} logo", "name url"),
    "Organization": (f"{_THING} logo", "name"),
    "Person": (f"{_THING} jobTitle", "name"),
    "Place": (f"{_THING} geo", "name"),
    "GeoCoordinates": ("latitude longitude", "latitude longitude"),
    "Thing": (_THING, "name"),
}


def extracted(html: str, address: str) -> dict[str, Any]:
    """The page's structured data and its OpenGraph, as `extruct` reads them: `data`, `graph` (every value of
    each property, in order)."""
    found = extruct.extract(html, base_url=address, syntaxes=["json-ld", "opengraph"])
    (data,) = found["json-ld"]
    graph: dict[str, list[str]] = {}
    for one in found["opengraph"]:
        for name, content in one["properties"]:
            graph.setdefault(name, []).append(content)
    return {"data": data, "graph": graph}


def faults(data: dict[str, Any], site_url: str) -> list[str]:
    """What is wrong with structured data, one line each."""
    return list(_faults({k: v for k, v in data.items() if k != "@context"}, site_url))


def of_type(data: Any, kind: str) -> list[dict[str, Any]]:
    """Every node of that type."""
    return [node for node in _nodes(data) if node.get("@type") == kind]


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from _nodes(value)
    elif isinstance(data, list):
        for value in data:
            yield from _nodes(value)


def _faults(data: dict[str, Any], site_url: str) -> Iterator[str]:
    for node in _nodes(data):
        kind = str(node.get("@type"))
        if kind not in TYPES:
            yield f"{kind}: no type we know"
            continue
        may, must = (set(names.split()) for names in TYPES[kind])
        had = {name for name in node if not name.startswith("@")}
        yield from (f"{kind}: {name} is no property of it" for name in sorted(had - may))
        yield from (f"{kind}: {name} is missing" for name in sorted(must - had))
        yield from (
            f"{kind}: {name} is empty" for name in sorted(had) if node[name] in ("", [], {})
        )
        yield from _values(kind, node, site_url)


def _values(kind: str, node: dict[str, Any], site_url: str) -> Iterator[str]:
    for name in ("datePublished", "dateModified"):
        if name in node and not DATE.fullmatch(node[name]):
            yield f"{kind}: {name} is no date: {node[name]}"
    for name in ("url", "item", "@id"):
        if name in node and not str(node[name]).startswith(f"{site_url}/"):
            yield f"{kind}: {name} is no address of the site: {node[name]}"
    if "sameAs" in node and not node["sameAs"].startswith("https://"):
        yield f"{kind}: sameAs is no address: {node['sameAs']}"
    if len(node.get("headline", "")) > 110:
        yield f"{kind}: the headline is long: {node['headline']}"
    if kind in ("BreadcrumbList", "ItemList"):
        yield from _items(kind, node)


def _items(kind: str, node: dict[str, Any]) -> Iterator[str]:
    items = node.get("itemListElement", [])
    if [item.get("position") for item in items] != list(range(1, len(items) + 1)):
        yield f"{kind}: positions are not 1, 2, 3…"
    if kind == "ItemList":
        if node.get("numberOfItems") != len(items) or not all("url" in item for item in items):
            yield f"{kind}: not all items have an address, or are counted"
    else:
        if len(items) < 2 or not all("name" in item for item in items):
            yield f"{kind}: fewer than two steps, or one without a name"
        if [("item" in item) for item in items] != [True] * (len(items) - 1) + [False]:
            yield f"{kind}: every step but the last has an address"
