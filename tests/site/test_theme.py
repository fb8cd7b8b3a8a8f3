"""The theme's pages: valid, accessible, light; and whatever the copy says stays text."""

from __future__ import annotations

import gzip
import json
import re
import struct
from pathlib import Path
from typing import Any

import pytest
from html_checker import Checker
from msgspec.structs import replace
from newsdigest.base.addresses import in_folder
from newsdigest.base.errors import BuildError
from newsdigest.base.records import Site
from newsdigest.site.shapes import Image
from newsdigest.site.theme import load_assets
from newsdigest.site.web_manifest import read_manifest
from sample_views import CSS, PAGES, STATIC, THEME, environment, fronts

each_page = pytest.mark.parametrize("page", PAGES.values(), ids=[" ".join(key) for key in PAGES])


# -- valid, accessible HTML ----------------------------------------------------------------------


@each_page
def test_a_page_is_well_nested(page: str) -> None:
    checker = Checker(page)
    assert (checker.faults, checker.open) == ([], [])


@each_page
def test_ids_are_unique_and_every_reference_on_the_page_is_met(page: str) -> None:
    checker = Checker(page)
    assert [name for name, count in checker.ids.items() if count > 1] == []
    assert checker.wanted - set(checker.ids) == set()


@each_page
def test_a_page_has_its_landmarks_one_h1_and_no_skipped_heading(page: str) -> None:
    checker = Checker(page)
    assert {tag: checker.tags[tag] for tag in ("main", "h1", "title")} == {
        "main": 1,
        "h1": 1,
        "title": 1,
    }
    names = [attrs for tag, attrs in checker.attributes if tag in {"nav", "section", "aside"}]
    unnamed = [
        a for a in names if not {"aria-label", "aria-labelledby"} & set(a) and "class" not in a
    ]
    assert unnamed == []
    steps = zip(checker.headings, checker.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps)


@each_page
def test_the_only_scripts_are_the_sites_own_and_data_that_parses(page: str) -> None:
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.S)
    assert [attrs for attrs, _ in scripts] == [
        ' src="/theme/site.1.js"',
        ' type="application/ld+json"',
    ]
    assert json.loads(scripts[1][1])["@context"] == "https://schema.org"
    assert "require-trusted-types-for" in page
    # The search page alone runs a program that is no script.
    searches = 'role="search" hidden data-folder' in page
    assert page.count("unsafe") == page.count(" 'wasm-unsafe-eval'") == searches


@each_page
def test_a_page_asks_nothing_of_a_third_party(page: str) -> None:
    fetched = [
        attrs.get("src") or attrs.get("href")
        for tag, attrs in Checker(page).attributes
        if tag == "script" or attrs.get("rel") in {"stylesheet", "icon"}
    ]
    assert [address for address in fetched if address] == [
        "/theme/site.1.css",
        "/theme/site.1.js",
        "/theme/icon.svg",
    ]


HOSTILE = (
    *("front, hostile", "article, hostile", "article, a copy", "article, hostile story"),
    *("entity, hostile", "feeds", "entities", "story, hostile", "stories", "redirect, hostile"),
    *("article, hostile correction", "corrections, hostile"),
    "retraction, hostile",
)


def test_hostile_text_stays_text() -> None:
    for name in HOSTILE:
        page = PAGES["fr", name]
        assert (page.count("&lt;b onclick") > 0, re.findall(r"<b[ >]|=\"x\"", page)) == (True, [])


def test_text_in_another_language_says_so() -> None:
    front = PAGES["fr", "front"]
    assert re.search(r'<a href="/2026/01/23/article-1.html" lang="en">', front)
    assert re.search(r'<a href="/2026/01/23/article-2.html" lang="ar" dir="rtl">', front)
    assert '<html lang="vi">' in PAGES["vi", "front"]


def test_the_current_page_is_marked_once_in_the_navigation() -> None:
    marks = {
        name: re.findall(r'aria-current="(\w+)"', PAGES["fr", name])
        for name in ("front", "day", "entities", "article")
    }
    assert marks == {"front": ["page"], "day": ["true"], "entities": ["page"], "article": []}


def test_only_pages_no_one_should_search_are_kept_from_search_engines() -> None:
    hidden = {name for (_, name), html in PAGES.items() if 'name="robots"' in html}
    assert hidden == {
        "404",
        "404, empty",
        "redirect",
        "redirect, hostile",
        "redirect, story",
        "retraction",
        "retraction, hostile",
        "search",
        "search, empty",
        "search, hostile",
    }


def test_a_page_shows_its_picture_where_it_is_shared_or_speaks_of_none() -> None:
    picture = Image("https://lefil.example/photos/quai.jpg", 1200, 800, 'Le "quai" <nord>')
    _, front = next(fronts(Site()))
    pictured = replace(front, head=replace(front.head, image=picture))
    page = environment(Site()).get_template("index.html").render(view=pictured)
    assert re.findall(r'<meta (?:property="og:image|name="twitter)[^>]*>', page) == [
        '<meta property="og:image" content="https://lefil.example/photos/quai.jpg">',
        '<meta property="og:image:width" content="1200">',
        '<meta property="og:image:height" content="800">',
        '<meta property="og:image:alt" content="Le &#34;quai&#34; &lt;nord&gt;">',
        '<meta name="twitter:card" content="summary_large_image">',
    ]
    assert re.findall("og:image|twitter[^>]*", PAGES["fr", "front"]) == [
        'twitter:card" content="summary"'
    ]


def test_a_former_address_leads_on_by_itself_and_by_a_link() -> None:
    page = in_folder(PAGES["fr", "redirect"], "/fil")
    assert '<meta http-equiv="refresh" content="0; url=/fil/2026/01/23/article-0.html">' in page
    assert '<a href="/fil/2026/01/23/article-0.html">' in page
    assert 'rel="canonical" href="https://lefil.example/2026/01/23/article-0.html"' in page


# -- weight --------------------------------------------------------------------------------------


def shipped_styles() -> bytes:
    _, files = load_assets(THEME, Site())
    (css,) = (data for path, data in files.items() if path.endswith(".css"))
    return css


def test_an_article_and_the_styles_weigh_less_than_nine_kilobytes() -> None:
    parts = (PAGES["fr", "article"].encode(), shipped_styles())
    assert sum(len(gzip.compress(part, 9)) for part in parts) <= 9_000


def test_styles_and_script_keep_to_their_budget() -> None:
    assert len(shipped_styles()) <= 13 * 1024
    _, files = load_assets(THEME, Site(search="/recherche/"))
    sizes = {path.split(".")[0]: len(data) for path, data in files.items() if path.endswith(".js")}
    site = sizes["static/site"]
    assert (site <= 1024, sizes["static/search"] - site <= 6 * 1024) == (True, True), sizes


def test_every_style_file_has_its_place_in_the_order() -> None:
    order = (STATIC / "css" / "order.txt").read_text(encoding="utf-8").split()
    assert sorted(order) == sorted(path.name for path in (STATIC / "css").glob("*.css"))
    assert (order[0], order[-1]) == ("tokens.css", "print.css")


def test_no_style_is_kept_for_a_class_that_no_page_has() -> None:
    used = {
        name
        for html in PAGES.values()
        for names in re.findall(r'class="([^"]*)"', html)
        for name in names.split()
    }
    styled = set(re.findall(r"\.([a-z][a-z-]*)", re.sub(r"\{[^{}]*\}", "{}", CSS)))
    # Made by newsdigest.text.markup, in bodies richer than the sample's.
    assert styled - used == {"entity", "question"}


# -- icons and the web manifest ------------------------------------------------------------------


def manifest(site: Site) -> tuple[dict[str, Any], dict[str, bytes]]:
    _, files = load_assets(THEME, site)
    return json.loads(files["site.webmanifest"]), files


def test_the_site_can_be_put_on_a_home_screen_under_its_own_name() -> None:
    told, files = manifest(Site(name="Le Fil", lang="ar", url="https://lefil.example/fil"))
    wanted = ("name", "short_name", "lang", "dir", "start_url", "scope", "display")
    assert [told[name] for name in wanted] == [
        *("Le Fil", "Le Fil", "ar", "rtl", "./", "./", "minimal-ui")
    ]
    assert [(icon["sizes"], icon.get("purpose", "any")) for icon in told["icons"]] == [
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]
    for icon in told["icons"]:
        data = files[icon["src"]]
        width, height = struct.unpack(">II", data[16:24])  # a PNG's IHDR
        assert (data[:8], f"{width}x{height}") == (b"\x89PNG\r\n\x1a\n", icon["sizes"])
        assert len(data) < 2_000


def test_the_colours_of_the_manifest_are_those_of_the_page() -> None:
    told, _files = manifest(Site())
    light = re.findall(r'theme-color" content="([^"]+)" media="[^"]*light', PAGES["fr", "front"])
    assert [told["theme_color"]] == [told["background_color"]] == light


def test_pages_lead_to_the_manifest_and_the_icons() -> None:
    assets, files = load_assets(THEME, Site())
    named = (assets.icon, assets.touch, assets.logo, assets.favicon, assets.manifest)
    assert [address.removeprefix("/") in files for address in named] == [True] * 5
    base = (THEME / "templates" / "base.html").read_text(encoding="utf-8")
    assert all(f"assets.{name}" in base for name in ("icon", "touch", "favicon", "manifest"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "cannot be read"),
        ("[]", "cannot be read"),
        ('{"icons": [{}]}', "cannot be read"),
        ('{"icons": [{"src": "quai.png"}]}', "quai.png"),
    ],
)
def test_a_manifest_that_cannot_be_used_stops_the_build_by_its_name(
    tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "site.webmanifest").write_text(text, encoding="utf-8")
    with pytest.raises(BuildError) as fault:
        read_manifest(tmp_path)
    assert told in str(fault.value)
    assert "site.webmanifest" in str(fault.value)


def test_a_theme_without_a_manifest_has_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == {}
