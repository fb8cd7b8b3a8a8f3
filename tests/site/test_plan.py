"""What changed, and which pages that makes stale: decided on plain values."""

from __future__ import annotations

import pytest
from newsdigest.base.records import Page
from newsdigest.site.plan import PUBLISH_ORDER, EntityFacts, Footprint, in_publish_order, plan_pages


def pages(footprint: Footprint) -> dict[tuple[str, str], str]:
    return {(page.kind, page.name): reason for page, reason in plan_pages(footprint).items()}


def test_nothing_changed_makes_nothing_stale() -> None:
    assert plan_pages(Footprint()) == {}


def test_a_stale_article_keeps_the_reason_it_was_found_for() -> None:
    assert pages(Footprint(articles={"monde/sommet": "new article"})) == {
        ("article", "monde/sommet"): "new article"
    }


def test_a_day_whose_list_changed_and_the_days_around_it() -> None:
    changed = Footprint(
        days={"2026-01-23": "its articles changed"},
        near_days={"2026-01-22": "the day before or after changed"},
    )
    assert pages(changed) == {
        ("day", "2026-01-22"): "the day before or after changed",
        ("day", "2026-01-23"): "its articles changed",
    }


def test_a_month_has_a_page_and_a_map_a_year_only_a_page() -> None:
    assert pages(
        Footprint(periods={"2026-01": "its days changed", "2026": "its days changed"})
    ) == {
        ("month", "2026-01"): "its days changed",
        ("year", "2026"): "its days changed",
        ("sitemap", "2026-01"): "its days changed",
    }


@pytest.mark.parametrize(
    ("facts", "stale"),
    [
        (EntityFacts("geneve", has_page=False, has_feed=False, older=(1,)), set()),
        (EntityFacts("geneve", has_page=True, has_feed=False), {("entity", "geneve")}),
        (
            EntityFacts("geneve", has_page=True, has_feed=True),
            {("entity", "geneve"), ("entity_feed", "geneve")},
        ),
        (
            EntityFacts("geneve", has_page=True, has_feed=False, older=(1, 3)),
            {("entity", "geneve"), ("entity_page", "geneve/1"), ("entity_page", "geneve/3")},
        ),
    ],
)
def test_an_entity_whose_articles_changed(facts: EntityFacts, stale: set[tuple[str, str]]) -> None:
    found = pages(Footprint(entities={"geneve": facts}))
    assert set(found) == stale
    assert set(found.values()) <= {"its articles changed"}


def test_pages_that_only_name_what_changed() -> None:
    assert pages(Footprint(company=["onu"], fed=["hanoi"])) == {
        ("entity", "onu"): "an entity it names changed its name or page",
        ("entity_feed", "hanoi"): "an article it holds changed",
    }


def test_the_first_reason_found_is_the_one_told() -> None:
    facts = EntityFacts("onu", has_page=True, has_feed=True)
    found = pages(Footprint(entities={"onu": facts}, company=["onu"], fed=["onu"]))
    assert set(found.values()) == {"its articles changed"}


def test_whatever_changes_the_pages_that_show_the_newest_are_stale() -> None:
    assert set(plan_pages(Footprint(anything=True))) == {
        Page("front"),
        Page("archives"),
        Page("not_found"),
        Page("all_feed"),
        Page("sitemaps"),
    }


def test_the_index_and_its_parts() -> None:
    assert pages(Footprint(initials=["ab", "c"], index_changed=True)) == {
        ("initials", "ab"): "the list of entities changed",
        ("initials", "c"): "the list of entities changed",
        ("entities", ""): "the list of entities changed",
        ("feeds", ""): "the list of entities changed",
    }


def test_the_list_of_feeds() -> None:
    assert pages(Footprint(feeds_changed=True)) == {
        ("feeds", ""): "the list of feeds changed",
        ("opml", ""): "the list of feeds changed",
    }


def test_pages_are_planned_in_the_order_they_are_published() -> None:
    shuffled = {Page(kind, name): "" for name in ("b", "a") for kind in reversed(PUBLISH_ORDER)}
    assert list(in_publish_order(shuffled)) == [
        Page(kind, name) for kind in PUBLISH_ORDER for name in ("a", "b")
    ]


def test_articles_are_published_first_and_the_front_after_all_it_links_to() -> None:
    found = list(
        plan_pages(
            Footprint(
                anything=True,
                index_changed=True,
                articles={"b": "", "a": ""},
                days={"2026-01-23": ""},
                periods={"2026": "", "2026-01": ""},
                entities={"onu": EntityFacts("onu", has_page=True, has_feed=True, older=(1,))},
            )
        )
    )
    assert [page.kind for page in found] == [
        "article", "article", "entity_page", "entity", "day", "month", "year", "archives",
        "entities", "feeds", "not_found", "front", "entity_feed", "all_feed", "sitemap", "sitemaps",
    ]  # fmt: skip
    assert found[:2] == [Page("article", "a"), Page("article", "b")]
