"""The page of a wrong address, robots.txt."""

from __future__ import annotations

from pathlib import Path

from gazette import Gazette
from newsdigest.base.addresses import Addresses
from newsdigest.site.kinds.service import not_found_view, robots_data


def test_a_reader_of_a_wrong_address_is_led_to_the_newest_edition(gazette: Gazette) -> None:
    view = not_found_view(gazette.context, "")
    assert view.latest is not None
    assert (view.latest.url, view.latest.label) == ("/2026/01/23/", "vendredi 23 janvier 2026")
    assert view.head.noindex


def test_the_settings_addresses_are_followed(tmp_path: Path) -> None:
    own = Addresses((("ARCHIVES_URL", "archive/"), ("TAGS_URL", "names/")))
    gazette = Gazette.in_print(tmp_path, addresses=own)
    urls = [item.url for item in not_found_view(gazette.context, "").nav if not item.foot]
    assert urls == ["/", "/dossiers/", "/names/", "/archive/", "/feeds/"]
    assert {"archive/index.html", "names/index.html"} <= set(gazette.newsroom.site)


def test_search_engines_may_read_everything_and_are_told_of_the_maps(gazette: Gazette) -> None:
    assert robots_data(gazette.context, "").decode().splitlines() == [
        "User-agent: *",
        "Allow: /",
        "Sitemap: https://lefil.example/sitemap.xml",
    ]
