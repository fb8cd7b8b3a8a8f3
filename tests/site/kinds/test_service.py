"""The page of a wrong address, the site maps, robots.txt."""

from __future__ import annotations

from pathlib import Path

from gazette import Gazette
from lxml import etree
from newsdigest.base.addresses import Addresses
from newsdigest.site.kinds.service import (
    not_found_view,
    robots_data,
    sitemap_data,
    sitemaps_data,
)

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def listed(xml: bytes) -> list[str]:
    return [
        str(loc.text).removeprefix("https://lefil.example")
        for loc in etree.fromstring(xml).iter(LOC)
    ]


def test_a_reader_of_a_wrong_address_is_led_to_the_newest_edition(gazette: Gazette) -> None:
    view = not_found_view(gazette.context, "")
    assert view.latest is not None
    assert (view.latest.url, view.latest.label) == ("/2026/01/23/", "vendredi 23 janvier 2026")
    assert view.head.noindex


def test_the_settings_addresses_are_followed(tmp_path: Path) -> None:
    own = Addresses((("ARCHIVES_URL", "archive/"), ("TAGS_URL", "names/")))
    gazette = Gazette.in_print(tmp_path, addresses=own)
    urls = [item.url for item in not_found_view(gazette.context, "").nav]
    assert urls == ["/", "/dossiers/", "/names/", "/archive/", "/feeds/"]
    assert {"archive/index.html", "names/index.html"} <= set(gazette.newsroom.site)


def test_a_months_map_lists_the_month_its_days_and_its_articles(gazette: Gazette) -> None:
    assert listed(sitemap_data(gazette.context, "2025-12")) == [
        "/2025/12/",
        "/2025/12/30/",
        "/2025/12/30/la-neige-a-hanoi.html",
    ]
    undated = listed(sitemap_data(gazette.context, "2025-08"))
    assert undated == [
        "/rubriques/terre/2025-08/",
        "/2025/08/",
        "/2025/08/la-recolte-est-mauvaise.html",
    ]


def test_the_maps_together_list_every_article_the_copies_too(gazette: Gazette) -> None:
    context = gazette.context
    maps = listed(sitemaps_data(context, ""))
    assert maps == ["/sitemaps/2025-08.xml", "/sitemaps/2025-12.xml", "/sitemaps/2026-01.xml"]
    urls = {url for map_ in maps for url in listed(sitemap_data(context, map_[10:17]))}
    articles = context.archive.articles
    assert {f"/{articles.address(id_)}" for id_ in articles.ids()} <= urls


def test_search_engines_may_read_everything_and_are_told_of_the_maps(gazette: Gazette) -> None:
    assert robots_data(gazette.context, "").decode().splitlines() == [
        "User-agent: *",
        "Allow: /",
        "Sitemap: https://lefil.example/sitemap.xml",
    ]
