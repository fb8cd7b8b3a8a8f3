"""Structured data: what a machine is told of a page (schema.org), and of whom it speaks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from newsdigest.base.records import EntityCard, EntityType, Site
from newsdigest.entities.coordinates import Spot
from newsdigest.site.shapes import Image

JsonObject = dict[str, Any]

_JSON_ESCAPES = tuple((sign, f"\\u{ord(sign):04x}") for sign in "<>&\u2028\u2029")

_TYPES: Mapping[EntityType, str] = {
    "person": "Person",
    "place": "Place",
    "organisation": "Organization",
    # schema.org wants an Event's day and a Product's price, which no dispatch tells of all.
    "event": "Thing",
    "product": "Thing",
}


def json_ld(data: JsonObject) -> Markup:
    """Structured data that cannot leave its <script>: no `<`, `>` or `&` stays as such."""
    text = json.dumps(
        {"@context": "https://schema.org", **data}, ensure_ascii=False, separators=(",", ":")
    )
    for sign, escaped in _JSON_ESCAPES:
        text = text.replace(sign, escaped)
    return Markup(text)


def pictured(data: JsonObject, image: Image | None) -> JsonObject:
    """The data of a page with the picture that stands for it."""
    if image is None:
        return data
    told = {"@type": "ImageObject", "url": image.url, "width": image.width, "height": image.height}
    return {**data, "image": {**told, "caption": image.alt} if image.alt else told}


def breadcrumbed(data: JsonObject, site: Site, crumbs: Sequence[tuple[str, str]]) -> JsonObject:
    """The data of a page with the way to it: (name, site-relative address) from the front page on, the
    page itself last, without an address. An article's way is that of the page it is the main thing of."""
    if not crumbs:
        return data
    steps = [
        {"@type": "ListItem", "position": at, "name": name}
        | ({"item": site.url + url} if url else {})
        for at, (name, url) in enumerate(crumbs, 1)
    ]
    found = {"@type": "BreadcrumbList", "itemListElement": steps}
    if "mainEntityOfPage" not in data:
        return {**data, "breadcrumb": found}
    page = {"@type": "WebPage", "@id": data["mainEntityOfPage"], "breadcrumb": found}
    return {**data, "mainEntityOfPage": page}


def publisher(site: Site) -> JsonObject:
    """Who publishes the site."""
    data: JsonObject = {
        "@type": "NewsMediaOrganization",
        "name": site.name,
        "url": site.url + "/",
    }
    if site.logo:
        data["logo"] = {"@type": "ImageObject", "url": site.url + site.logo}
    return data


def collection(site: Site, path: str, name: str, urls: Sequence[str] = ()) -> JsonObject:
    """CollectionPage data; `urls` are the listed pages', in the order shown."""
    data: JsonObject = {
        "@type": "CollectionPage",
        "name": name,
        "url": site.url + path,
        "inLanguage": site.lang,
        "isPartOf": {"@type": "WebSite", "name": site.name, "url": site.url + "/"},
    }
    if urls:
        data["mainEntity"] = {
            "@type": "ItemList",
            "numberOfItems": len(urls),
            "itemListElement": [
                {"@type": "ListItem", "position": at, "url": site.url + url}
                for at, url in enumerate(urls, 1)
            ],
        }
    return data


def thing(entity: EntityCard, site_url: str = "") -> JsonObject:
    """An entity; with `site_url`, it leads to the entity's page where there is one."""
    data: JsonObject = {"@type": _TYPES[entity.type], "name": entity.name}
    if site_url and entity.url:
        data["url"] = site_url + entity.url
    return data


def located(spot: Spot) -> JsonObject:
    """Where a place is."""
    return {"@type": "GeoCoordinates", "latitude": spot.latitude, "longitude": spot.longitude}
