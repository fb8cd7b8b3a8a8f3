"""What pages tell machines: structured data as schema.org and Google have it, OpenGraph as ogp.me has it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from markupsafe import escape
from newsdigest.base.records import Membership, StoryCard
from newsdigest.site.words import locale
from sample_views import PAGES
from samples import EVIL, article, article_view, card, data, entity
from schema_org import extracted, faults, of_type

SITE_URL = "https://lefil.example"
each_page = pytest.mark.parametrize("page", PAGES.values(), ids=[" ".join(key) for key in PAGES])
# ogp.me: what every page must have, and what we say besides.
OPENGRAPH = {"og:type", "og:site_name", "og:locale", "og:title", "og:description", "og:url"}


@each_page
def test_structured_data_has_what_its_type_must_have_and_nothing_else(page: str) -> None:
    assert faults(extracted(page, SITE_URL)["data"], SITE_URL) == []


@each_page
def test_networks_are_told_each_thing_once(page: str) -> None:
    graph = extracted(page, SITE_URL)["graph"]
    assert set(graph) >= OPENGRAPH
    assert all(graph.values())
    assert {name: told for name, told in graph.items() if len(told) > 1} == {
        name: told for name, told in graph.items() if name == "article:tag" and len(told) > 1
    }


def test_the_checker_tells_what_is_wrong() -> None:
    wrong = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "x" * 111,
        "datePublished": "hier",
        "publisher": {"@type": "Organisation", "name": "Le Fil"},
        "author": {"@type": "Person", "nom": "Élise"},
        "hasPart": {
            "@type": "BreadcrumbList",
            "itemListElement": [{"@type": "ListItem", "position": 2}],
        },
    }
    told = faults(wrong, SITE_URL)
    assert {line.partition(": ")[2] for line in told} >= {
        "url is missing",
        "datePublished is no date: hier",
        "no type we know",
        "nom is no property of it",
        "name is missing",
        "positions are not 1, 2, 3…",
        "fewer than two steps, or one without a name",
    }


# -- who an article is by ------------------------------------------------------------------------


def credits(**changes: object) -> dict[str, Any]:
    found = data(article_view(article(**changes)).head)
    wanted = ("author", "sourceOrganization", "copyrightHolder", "creditText")
    return {name: found[name] for name in wanted if name in found}


def agency(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


def person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


def test_agencies_are_each_by_itself() -> None:
    both = [agency("Xinhua"), agency("VNA")]
    assert credits(agencies=("Xinhua", "VNA")) == {
        "author": both,
        "copyrightHolder": both,
        "creditText": "Xinhua/VNA",
    }


def test_people_who_sign_are_the_authors_and_the_agency_is_whom_they_wrote_for() -> None:
    assert credits(agencies=("AVL",), authors=("Élise Marchetti", "Hoàng Diêu")) == {
        "author": [person("Élise Marchetti"), person("Hoàng Diêu")],
        "sourceOrganization": agency("AVL"),
        "copyrightHolder": agency("AVL"),
        "creditText": "Élise Marchetti, Hoàng Diêu/AVL",
    }


def test_people_alone_belong_to_no_agency_and_nobody_is_invented() -> None:
    assert credits(agencies=(), authors=("Hoàng Diêu",)) == {
        "author": person("Hoàng Diêu"),
        "creditText": "Hoàng Diêu",
    }
    assert credits(agencies=()) == {}


# -- where it stands -----------------------------------------------------------------------------


def way(head: Any) -> list[tuple[str, str]]:
    (found,) = of_type(data(head), "BreadcrumbList")
    return [
        (item["name"], item.get("item", "").removeprefix(SITE_URL))
        for item in found["itemListElement"]
    ]


def test_the_way_to_an_article_leads_through_its_section_else_its_day() -> None:
    assert way(article_view(article(section="economie")).head) == [
        ("À la une", "/"),
        ("Économie", "/rubriques/economie/"),
        ("Le port double son quai", ""),
    ]
    assert way(article_view(article()).head)[1] == ("23 janvier 2026", "/2026/01/23/")
    undated = article_view(article(date_precision="month"))
    assert way(undated.head)[1] == ("Janvier 2026", "/2026/01/")


def test_a_copy_stands_below_the_day_its_leader_is_listed_in() -> None:
    leader = card("port", day="2026-01-20")
    copy = article_view(article(section="economie"), leader=leader)
    assert way(copy.head)[1][1] == "/2026/01/20/"


def test_the_way_to_a_day_leads_through_archives_year_and_month() -> None:
    (found,) = of_type(extracted(PAGES["fr", "day"], SITE_URL)["data"], "BreadcrumbList")
    assert [item.get("item", "") for item in found["itemListElement"]] == [
        SITE_URL + path for path in ("/", "/archives/", "/2026/", "/2026/01/")
    ] + [""]


def test_an_article_is_part_of_its_story() -> None:
    story = StoryCard("Quai de Valmer", "quai", "/dossiers/quai/", 12, "2025-11-02", "2026-01-23")
    told = data(article_view(article(), membership=Membership(story, "cited")).head)
    assert told["isPartOf"] == {
        "@type": "CollectionPage",
        "name": "Quai de Valmer",
        "url": f"{SITE_URL}/dossiers/quai/",
    }
    alone = article_view(article(), membership=Membership(replace(story, url=""), "cited"))
    assert "isPartOf" not in data(alone.head)


# -- networks ------------------------------------------------------------------------------------


def test_networks_are_told_when_an_article_came_and_what_it_is_about() -> None:
    found = article_view(
        article(section="economie"), [entity("Élise Marchetti"), entity("Valmer", "place")]
    )
    assert found.head.properties == (
        ("article:published_time", "2026-01-23"),
        ("article:section", "Économie"),
        ("article:tag", "Élise Marchetti"),
        ("article:tag", "Valmer"),
    )


def test_no_day_is_invented_where_only_a_month_is_written() -> None:
    found = article_view(article(date_precision="month"))
    assert found.head.properties == ()
    assert data(found.head)["datePublished"] == "2026-01"


def test_a_headline_made_to_harm_stays_within_its_tags_and_its_script() -> None:
    page = PAGES["fr", "article, hostile"]
    assert page.count("<script") == 2
    (name,) = extracted(page, SITE_URL)["graph"]["og:title"]
    assert EVIL.startswith(name.rstrip("…")[:20])
    assert str(escape("<b onclick")) in page


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("fr", "fr_FR"),
        ("fr-CA", "fr_CA"),
        ("en", "en_GB"),
        ("en-US", "en_US"),
        ("vi", "vi_VN"),
        ("ar", "ar_EG"),
        ("zh-Hant-TW", "zh_TW"),
        ("x y", ""),
        ("", ""),
    ],
)
def test_a_language_stands_with_its_country(lang: str, told: str) -> None:
    assert locale(lang) == told
