"""The site maps: all there is to read and when it last changed; the news of two days."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

import pytest
from gazette import Gazette
from lxml import etree
from newsdigest.site.kind import Html
from newsdigest.site.kinds import KINDS
from newsdigest.site.kinds.maps import (
    NAMESPACE,
    NEWS_NAMESPACE,
    SITEMAP,
    news_data,
    sitemap_data,
    sitemaps_data,
    xml_date,
)

SITE = "https://lefil.example"
SCHEMAS = Path(__file__).parents[2] / "data" / "schemas"
# Dates as the schemas know them.
DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?")


def entries(xml: bytes) -> list[tuple[str, str]]:
    """(address, when it changed) of what a map lists."""
    return [
        (
            found.findtext(f"{{{NAMESPACE}}}loc").removeprefix(SITE),
            found.findtext(f"{{{NAMESPACE}}}lastmod") or "",
        )
        for found in etree.fromstring(xml)
    ]


def everything(gazette: Gazette) -> list[tuple[str, str]]:
    context = gazette.context
    names = SITEMAP.names(gazette.archive)
    return [entry for name in names for entry in entries(sitemap_data(context, name))]


def test_a_months_map_lists_the_month_its_days_and_its_articles(gazette: Gazette) -> None:
    assert entries(sitemap_data(gazette.context, "2025-12")) == [
        ("/2025/12/", "2025-12-30"),
        ("/2025/12/30/", "2025-12-30"),
        ("/2025/12/30/the-lighthouse-is-lit-again.html", "2025-12-30"),
        ("/2025/12/30/la-neige-a-hanoi.html", "2025-12-30"),
    ]


def test_where_no_day_is_written_none_is_told(gazette: Gazette) -> None:
    assert entries(sitemap_data(gazette.context, "2025-08")) == [
        ("/rubriques/terre/2025-08/", ""),
        ("/2025/08/", ""),
        ("/2025/08/la-recolte-est-mauvaise.html", ""),
    ]


def test_the_maps_list_every_page_there_is_to_read_once(gazette: Gazette) -> None:
    apart = {"redirect", "retraction", "story_redirect", "not_found", "search"}
    pages = {
        "/" + kind.address(gazette.archive, name)
        for kind in KINDS
        if isinstance(kind, Html) and kind.name not in apart
        for name in kind.names(gazette.archive)
    }
    least = gazette.archive.limits.entity_index_from
    pages -= {card.url for card in gazette.archive.index.cards() if card.articles < least}
    listed = [url for url, _changed in everything(gazette)]
    assert sorted(listed) == sorted(pages)


def test_what_is_told_of_changes_is_a_date(gazette: Gazette) -> None:
    assert [
        found for found in everything(gazette) if found[1] and not DATE.fullmatch(found[1])
    ] == []
    undated = {url for url, changed in everything(gazette) if not changed and "/page/" not in url}
    undated -= {f"/{page}/" for page in ("a-propos", "accessibilite", "mentions-legales")}
    # Of a month's article no day is known.
    undated = {url for url in undated if not re.search(r"/2025[-/]08/|/terre/$", url)}
    # Lists of names and of feeds show no day by which they could be told to have changed; a full page of
    # mentions stays as it is.
    assert {url[:13] for url in undated} == {"/feeds/", "/entites/a-z/"}


def test_an_edited_article_and_its_day_changed_when_readers_were_told(gazette: Gazette) -> None:
    corrected = gazette.archive.corrections.newest(1)[0]
    changed = dict(everything(gazette))
    assert changed[corrected.card.url] == corrected.edit.at
    assert changed[f"/{corrected.card.iso_date[:10].replace('-', '/')}/"] == corrected.edit.at
    assert changed["/corrections/"] == corrected.edit.at


def test_the_list_of_maps_leads_to_each_and_to_the_news(gazette: Gazette) -> None:
    maps = [url for url, _changed in entries(sitemaps_data(gazette.context, ""))]
    parts = [f"/sitemaps/{name}.xml" for name in SITEMAP.names(gazette.archive)]
    assert maps == [*parts, "/sitemaps/news.xml"]
    assert {url.removeprefix("/") for url in maps} <= set(gazette.newsroom.site)


def test_the_news_are_those_of_two_days_as_google_wants_them(gazette: Gazette) -> None:
    found = etree.fromstring(news_data(gazette.context, ""))
    days = {url[1:11] for url, _ in entries(news_data(gazette.context, ""))}
    assert days <= {"2026/01/22", "2026/01/23"}
    assert "2026/01/23" in days
    news = found[0].find(f"{{{NEWS_NAMESPACE}}}news")
    assert [etree.QName(child).localname for child in news] == [
        "publication",
        "publication_date",
        "title",
    ]
    assert news.findtext(f".//{{{NEWS_NAMESPACE}}}language") == "fr"
    assert DATE.fullmatch(news.findtext(f"{{{NEWS_NAMESPACE}}}publication_date"))


# -- by schema -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))


def complaints(schema: etree.XMLSchema, xml: bytes) -> list[str]:
    schema.validate(etree.fromstring(xml))
    return [f"{fault.line}: {fault.message}" for fault in schema.error_log]


def test_each_map_and_their_list_and_the_news_keep_to_their_schema(
    gazette: Gazette, schema: etree.XMLSchema
) -> None:
    maps = [path for path in gazette.newsroom.site if path.startswith("sitemap")]
    assert len(maps) > 5
    found = {path: complaints(schema, gazette.newsroom.site[path]) for path in maps}
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("2025-12-30</lastmod>", "2025-12</lastmod>"),
        ("2025-12-30</lastmod>", "2025-12-30T14:30+01:00</lastmod>"),
        ("<loc>https://lefil.example/", "<loc>/"),
        ("</loc>", "</loc><loc>https://lefil.example/a.html</loc>"),
        ("<lastmod>", "<changed>"),
    ],
)
def test_the_schema_tells_a_map_that_is_none(
    gazette: Gazette, schema: etree.XMLSchema, was: str, now: str
) -> None:
    text = sitemap_data(gazette.context, "2025-12").decode()
    wrong = text.replace(was, now).replace(
        "</lastmod>", "</changed>" if "changed" in now else "</lastmod>"
    )
    assert wrong != text
    assert complaints(schema, wrong.encode()) != []


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-01-23", "2026-01-23"),
        ("2026-01-23T14:30+01:00", "2026-01-23T14:30:00+01:00"),
        ("2026-01-23T14:30:05+00:00", "2026-01-23T14:30:05+00:00"),
        ("2026-01", ""),
        ("", ""),
    ],
)
def test_a_moment_is_told_to_the_second_and_a_month_not_at_all(at: str, told: str) -> None:
    assert xml_date(at) == told


def test_a_map_never_lists_more_than_it_may(
    gazette: Gazette, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = entries(sitemap_data(gazette.context, "2025-12"))
    monkeypatch.setattr("newsdigest.site.kinds.maps.MOST_URLS", 3)
    assert entries(sitemap_data(gazette.context, "2025-12")) == list(islice(whole, 3))
