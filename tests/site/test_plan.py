"""What changed, and which pages that makes stale: each kind says so of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from gazette import Gazette
from newsdigest.archive.changes import Changes, EntityChange
from newsdigest.archive.readers import Archive
from newsdigest.base.records import Page
from newsdigest.site.kinds import KINDS
from newsdigest.site.plan import in_publish_order, plan
from newsdigest.site.touched import Touched
from newsroom import article, files_of

Stale = dict[tuple[str, str], str]

ARTICLE, DAY = "port", "2026-01-23"
# What shows the newest articles, or how many there are: stale as soon as there is another.
NEWEST = {
    ("archives", ""),
    ("search", ""),
    ("not_found", ""),
    ("front", ""),
    ("all_feed", ""),
    *(("feed_page", slug) for slug in ("all", "editions", "langue-en")),
    ("sitemap", "pages"),
    ("sitemap_of_news", ""),
    ("sitemaps", ""),
}


def of_kind(stale: Stale, *kinds: str) -> Stale:
    return {page: why for page, why in stale.items() if page[0] in kinds}


def change(gazette: Gazette, slug: str, **happened: object) -> dict[int, EntityChange]:
    """That this entity's articles changed; their number did not, unless it is said."""
    number, card = gazette.archive.entities.known(slug) or (0, None)
    assert card is not None
    return {number: EntityChange(**{"before": card.articles, **happened})}  # type: ignore[arg-type]


# -- articles ------------------------------------------------------------------------------------


def test_nothing_changed_makes_nothing_stale(gazette: Gazette) -> None:
    assert gazette.planned() == {}


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("added", "new article"),
        ("edited", "article changed"),
        ("moved", "its address changed"),
        ("relinked", "a headline it cites changed"),
        ("retagged", "the entities it names changed"),
        ("cited", "the articles citing it changed"),
        ("restoried", "its story changed"),
        ("followed", "what stands beside it in its story changed"),
        ("resuggested", "what it suggests changed"),
        ("neighbours", "the article before or after changed"),
    ],
)
def test_an_article_says_why_it_is_stale(gazette: Gazette, what: str, reason: str) -> None:
    stale = gazette.stale(**{what: {ARTICLE}})
    assert of_kind(stale, "article") == {("article", ARTICLE): reason}


def test_the_first_reason_found_is_the_one_told(gazette: Gazette) -> None:
    stale = gazette.stale(added={ARTICLE}, retagged={ARTICLE}, neighbours={ARTICLE, "norvege"})
    assert of_kind(stale, "article") == {
        ("article", "norvege"): "the article before or after changed",
        ("article", ARTICLE): "new article",
    }


@pytest.mark.parametrize("what", ["edited", "moved"])
@pytest.mark.parametrize(("one", "other"), [("fregate", "journal"), ("journal", "fregate")])
def test_a_copy_and_its_leader_show_each_other(
    gazette: Gazette, what: str, one: str, other: str
) -> None:
    stale = gazette.stale(**{what: {one}})
    assert stale["article", other] == "the dispatch it is a copy of changed"


@pytest.mark.parametrize("what", ["edited", "moved", "relinked", "retagged"])
def test_an_article_that_reads_otherwise_makes_the_feeds_that_hold_it_stale(
    gazette: Gazette, what: str
) -> None:
    stale = gazette.stale(**{what: {"ministre-5"}})
    assert of_kind(stale, "entity_feed", "story_feed") == {
        ("entity_feed", "anna-korvat"): "an article it holds changed",
        ("entity_feed", "geneve"): "an article it holds changed",
        ("story_feed", "le-ministre-parle-1"): "its articles changed",
    }


def test_an_article_that_is_gone_is_planned_so_that_its_file_goes(gazette: Gazette) -> None:
    assert gazette.planned(removed={"parti"})[Page("article", "parti")] == "the article is gone"
    assert files_of(gazette.kinds, gazette.archive, Page("article", "parti")) == ()


@pytest.mark.parametrize("what", ["added", "edited", "removed", "moved", "relinked"])
def test_whatever_changes_the_pages_that_show_the_newest_are_stale(
    gazette: Gazette, what: str
) -> None:
    stale = gazette.stale(**{what: {"terre/recolte"}})
    # When an article was last edited is told in its month's map.
    assert (stale.pop(("sitemap", "2025-08"), "") != "") == (what == "edited")
    elsewhere = (
        *("article", "article_formats", "all_archive", "section_feed", "editions_feed"),
        "search_index",
    )
    assert {page for page in stale if page[0] not in elsewhere} == NEWEST
    assert set(of_kind(stale, *(kind for kind, _ in NEWEST)).values()) == {"the archive changed"}


def test_an_article_that_names_others_leaves_the_list_of_the_newest_alone(
    gazette: Gazette,
) -> None:
    """Unless it is one of those the feed of all holds, or of the newest edition."""
    older = gazette.stale(retagged={"neige"})
    assert set(older) == {
        ("article", "neige"),
        ("article_formats", "neige"),
        ("day", "2025-12-30"),
        ("all_archive", "2025-12"),
        ("editions_feed", ""),
        ("search_index", "2025"),
    }
    assert older["day", "2025-12-30"] == "an entity cited changed"
    newest = gazette.stale(retagged={"norvege"})
    assert of_kind(newest, "front", "all_feed") == {
        ("front", ""): "an entity cited changed",
        ("all_feed", ""): "an article it holds changed",
    }


# -- days, months, years -------------------------------------------------------------------------


def test_a_day_whose_list_changed_and_the_days_around_it(gazette: Gazette) -> None:
    stale = gazette.stale(days={"2026-01-12"})
    assert of_kind(stale, "day") == {
        ("day", "2026-01-08"): "the day before or after changed",
        ("day", "2026-01-12"): "its articles changed",
        ("day", "2026-01-15"): "the day before or after changed",
    }


def test_a_month_has_a_page_and_a_map_a_year_only_a_page(gazette: Gazette) -> None:
    near = "the period before or after changed"
    assert of_kind(gazette.stale(days={DAY}), "month", "year", "sitemap") == {
        ("month", "2025-12"): near,
        ("month", "2026-01"): "its days changed",
        ("year", "2025"): near,
        ("year", "2026"): "its days changed",
        ("sitemap", "2026-01"): "its days changed",
    }


def test_a_day_left_empty_is_planned_so_that_its_files_go(gazette: Gazette) -> None:
    planned = gazette.planned(days={"2024-05-01"})
    gone = [page for page in planned if page.name.startswith("2024")]
    assert gone == [
        Page("day", "2024-05-01"),
        Page("month", "2024-05"),
        Page("year", "2024"),
        Page("sitemap", "2024-05"),
    ]
    assert {files_of(gazette.kinds, gazette.archive, page) for page in gone} == {()}


# -- entities ------------------------------------------------------------------------------------

OWN = ("entity", "entity_page", "entity_feed")


@pytest.mark.parametrize(
    ("slug", "stale"),
    [
        ("norvege", set()),
        ("hanoi", {("entity", "hanoi")}),
        ("geneve", {("entity", "geneve"), ("entity_feed", "geneve")}),
    ],
    ids=["too few articles for a page", "a page", "a page and feeds"],
)
def test_an_entity_whose_articles_changed(
    gazette: Gazette, slug: str, stale: set[tuple[str, str]]
) -> None:
    found = of_kind(gazette.stale(entities=change(gazette, slug)), *OWN)
    assert set(found) == stale
    assert set(found.values()) <= {"its articles changed"}


@pytest.mark.parametrize(
    ("happened", "stale"),
    [
        ({}, False),
        ({"shift": "2026-01-15"}, True),
        ({"shift": "2026-01-19"}, False),
        ({"touched": {"2026-01-16"}}, True),
        ({"touched": {"2026-01-19"}}, False),
        ({"renamed": True}, True),
        ({"before": 3}, True),
    ],
    ids=repr,
)
def test_a_full_older_page_is_stale_only_where_something_in_it_stands_otherwise(
    gazette: Gazette, happened: dict[str, object], stale: bool
) -> None:
    """Anna Korvat is in the news from 15 to 19 January, three days to a page."""
    found = gazette.stale(entities=change(gazette, "anna-korvat", **happened))
    assert (("entity_page", "anna-korvat/1") in found) is stale


def test_pages_that_only_name_what_changed(gazette: Gazette) -> None:
    stale = gazette.stale(entities=change(gazette, "anna-korvat", renamed=True))
    assert stale["entity", "geneve"] == "an entity it names changed its name or page"
    assert stale["entity_feed", "geneve"] == "an article it holds changed"
    assert stale["article", "ministre-1"] == "an entity it names changed its name or page"
    assert stale["day", "2026-01-15"] == "an entity cited changed"
    assert stale["story", "le-ministre-parle-1"] == "its articles changed"
    assert ("entity", "hanoi") not in stale


def test_a_name_that_gets_its_first_page_is_led_to_from_where_it_is_listed(
    gazette: Gazette,
) -> None:
    """Its articles, the days that list it and who is named beside it several times; what feeds say of
    it leads nowhere, and stays."""
    stale = gazette.stale(entities=change(gazette, "geneve", paged=True))
    ministers = [("article", f"ministre-{at}") for at in range(1, 6)]
    assert list(of_kind(stale, "article")) == ministers
    assert list(of_kind(stale, "day")) == [("day", f"2026-01-{at + 14}") for at in range(1, 6)]
    assert list(of_kind(stale, "entity")) == [("entity", "anna-korvat"), ("entity", "geneve")]
    assert list(of_kind(stale, "story")) == [("story", "le-ministre-parle-1")]
    assert set(of_kind(stale, "entity_feed")) == {("entity_feed", "geneve")}


def test_a_day_that_lists_others_stays_when_a_name_gets_its_first_page(gazette: Gazette) -> None:
    archive = gazette.archive
    short = Archive(archive.connection, archive.addresses, replace(archive.limits, cited=1))
    changes = Changes(entities=change(gazette, "geneve", paged=True))
    planned = plan(gazette.kinds, Touched(changes, short, gazette.kinds))
    assert [page for page in planned if page.kind == "day"] == []


@pytest.mark.parametrize("slug", ["norvege", "oslo"])
def test_what_a_name_without_a_page_is_called_only_its_articles_say(
    gazette: Gazette, slug: str
) -> None:
    ((number, happened),) = change(gazette, slug, renamed=True).items()
    card = gazette.archive.entities.card(number)
    assert card is not None
    stale = gazette.stale(entities={number: happened})
    lists = of_kind(stale, "day", "entity", "story", "opml_part", "initials")
    assert ("article", "norvege") in stale
    assert bool(lists) is bool(card.url)


def test_the_entitys_own_reason_comes_before_those_of_its_company(gazette: Gazette) -> None:
    stale = gazette.stale(entities=change(gazette, "anna-korvat", renamed=True))
    own = {page: why for page, why in stale.items() if page[1].startswith("anna-korvat")}
    assert set(own) == {
        ("entity_page", "anna-korvat/1"),
        ("entity", "anna-korvat"),
        ("entity_feed", "anna-korvat"),
    }
    assert set(own.values()) == {"its articles changed"}


def test_an_entity_no_article_names_is_planned_with_its_feeds_so_that_all_go(
    gazette: Gazette,
) -> None:
    planned = gazette.planned(gone_entities={"parti"})
    assert planned[Page("entity", "parti")] == "no article names it any more"
    assert planned[Page("entity_feed", "parti")] == "no article names it any more"


# -- the index, the stories, the lists of feeds --------------------------------------------------


def test_the_index_and_its_parts(gazette: Gazette) -> None:
    stale = gazette.stale(initials={"ko", "ge"}, entities=change(gazette, "hanoi"))
    assert of_kind(stale, "initials", "entities", "feeds") == {
        ("initials", "ko"): "the list of entities changed",
        ("initials", "ge"): "the list of entities changed",
        ("entities", ""): "the list of entities changed",
        ("feeds", ""): "the list of entities changed",
    }


def test_an_index_that_fits_one_page_again_plans_its_parts_so_that_they_go(
    gazette: Gazette,
) -> None:
    archive = gazette.archive
    assert archive.index.is_cut()
    roomy = replace(archive.limits, entities_on_one_page=100)
    whole = Archive(archive.connection, archive.addresses, roomy)
    parts = list(plan(gazette.kinds, Touched(Changes(), whole, gazette.kinds)))
    assert parts == [Page("initials", part) for part in archive.index.initials()]
    assert {files_of(gazette.kinds, whole, page) for page in parts} == {()}


def test_a_name_without_a_page_leaves_the_index_alone(gazette: Gazette) -> None:
    assert gazette.stale(entities=change(gazette, "norvege", before=0)) == {}


@pytest.mark.parametrize(
    ("happened", "listed"),
    [({}, False), ({"before": 2}, True), ({"renamed": True}, True), ({"retyped": True}, True)],
    ids=repr,
)
def test_the_list_of_feeds_changes_with_which_there_are_and_how_they_are_called(
    gazette: Gazette, happened: dict[str, object], listed: bool
) -> None:
    stale = gazette.stale(entities=change(gazette, "geneve", **happened))
    lists = {("opml_part", "entites-g"): "the list of feeds changed"}
    assert of_kind(stale, "opml_part") == (lists if listed else {})
    # The main one names the most cited: a count may change which.
    assert of_kind(stale, "opml") == {("opml", ""): "the list of feeds changed"}


def test_a_story_that_goes_on_has_its_page_its_feed_and_the_lists_made_again(
    gazette: Gazette,
) -> None:
    """The page and the feed of a story that was taken into it too, and the lines for hosts."""
    slug, former = "le-tramway-de-corvanne-0", "les-rails-de-corvanne"
    moved = "the story that stood there is part of another one, or no longer is"
    lines = ("_redirects", "redirects.caddy", "redirects.nginx")
    assert gazette.stale(stories={"tramway-0"}) == {
        ("story_redirect", former): moved,
        ("story_feed", former): "the story that it is part of changed",
        **{("redirects", name): "an article or a story moved" for name in lines},
        ("story", slug): "its articles changed",
        ("card", f"story/{slug}"): "its articles changed",
        ("stories", ""): "the list of stories changed",
        ("feeds", ""): "the list of stories changed",
        ("opml", ""): "the list of feeds changed",
        ("front", ""): "the list of stories changed",
        ("story_feed", slug): "its articles changed",
        ("sitemap", "dossiers-l"): "a story it lists changed",
        ("sitemap", "pages"): "the archive changed",
    }


def test_a_story_page_sorts_names_by_type_and_changes_with_it(gazette: Gazette) -> None:
    stale = gazette.stale(entities=change(gazette, "anna-korvat", retyped=True))
    assert of_kind(stale, "story") == {("story", "le-ministre-parle-1"): "its articles changed"}


def test_a_place_that_editors_move_on_maps_touches_the_days_that_name_it(gazette: Gazette) -> None:
    stale = gazette.stale(entities=change(gazette, "hanoi", placed=True))
    assert of_kind(stale, "day", "article") == {
        ("day", "2025-12-30"): "an entity cited changed",
        ("day", "2026-01-23"): "an entity cited changed",
    }


def test_a_place_that_editors_move_on_maps_touches_the_stories_that_name_it(
    gazette: Gazette,
) -> None:
    stale = gazette.stale(entities=change(gazette, "geneve", placed=True))
    assert of_kind(stale, "story") == {("story", "le-ministre-parle-1"): "its articles changed"}


def test_a_new_month_moves_stories_on_their_list(gazette: Gazette) -> None:
    stale = {("stories", ""), ("feeds", ""), ("front", ""), ("opml", "")}
    assert set(gazette.stale(stories_aged=True)) == stale


@pytest.mark.parametrize(
    ("months", "lists"), [({"2026-01"}, ["dossiers-2026-01"]), ({"2025-12"}, [])], ids=repr
)
def test_of_the_lists_for_feed_readers_those_of_the_months_of_changed_stories_are_stale(
    gazette: Gazette, months: set[str], lists: list[str]
) -> None:
    stale = gazette.stale(story_months=months)
    assert of_kind(stale, "opml_part") == {
        ("opml_part", name): "the list of feeds changed" for name in lists
    }


def test_an_archive_document_is_stale_where_an_article_it_holds_reads_otherwise(
    gazette: Gazette,
) -> None:
    stale = gazette.stale(retagged={"terre/recolte"})
    assert list(of_kind(stale, "all_archive")) == [("all_archive", "2025-08")]


def test_a_story_given_up_is_planned_with_its_feed_so_that_both_go(gazette: Gazette) -> None:
    planned = gazette.planned(gone_stories={"finie"}, story_months={"2026-01"})
    assert planned[Page("story", "finie")] == "the story is gone"
    assert planned[Page("story_feed", "finie")] == "the story is gone"
    assert planned[Page("opml")] == "the list of feeds changed"


# -- the plan as a whole -------------------------------------------------------------------------


def test_pages_are_planned_in_the_order_they_are_published(gazette: Gazette) -> None:
    names = [kind.name for kind in KINDS]
    shuffled = {Page(kind, name): "" for name in ("b", "a") for kind in reversed(names)}
    assert list(in_publish_order(gazette.kinds, shuffled)) == [
        Page(kind, name) for kind in names for name in ("a", "b")
    ]
    planned = list(gazette.planned(added={"port", "neige"}, days={DAY}, initials={"an"}))
    assert planned == list(in_publish_order(gazette.kinds, dict.fromkeys(reversed(planned), "")))
    assert planned[:4] == [
        Page(kind, name) for kind in ("article_formats", "article") for name in ("neige", "port")
    ]


def test_an_edited_article_makes_its_page_its_lists_and_the_feeds_that_hold_it_stale(
    tmp_path: Path,
) -> None:
    newsroom = Gazette.in_print(tmp_path).newsroom
    text = "Le ministre Anna Korvat a quitté la presse à Genève le 5 du mois."
    newsroom.write("ministre-5.txt", article("Le ministre parle 5", "2026-01-19", text))
    reasons = {tuple(page): why for page, why in newsroom.build().reasons.items()}
    assert reasons["article", "ministre-5"] == "article changed"
    assert of_kind(reasons, "day", "month", "year", "sitemap", "front", "archives") == {
        ("day", "2026-01-18"): "the day before or after changed",
        ("day", "2026-01-19"): "its articles changed",
        ("day", "2026-01-23"): "the day before or after changed",
        ("month", "2025-12"): "the period before or after changed",
        ("month", "2026-01"): "its days changed",
        ("year", "2025"): "the period before or after changed",
        ("year", "2026"): "its days changed",
        ("archives", ""): "the archive changed",
        ("front", ""): "the list of stories changed",
        ("sitemap", "2026-01"): "its days changed",
        ("sitemap", "dossiers-l"): "a story it lists changed",
        ("sitemap", "entites-ge"): "the articles of a name it lists changed",
        ("sitemap", "entites-ko"): "the articles of a name it lists changed",
        ("sitemap", "pages"): "the archive changed",
    }
    assert of_kind(reasons, "entity_feed", "story_feed", "all_feed") == {
        ("entity_feed", "anna-korvat"): "its articles changed",
        ("entity_feed", "geneve"): "its articles changed",
        ("story_feed", "le-ministre-parle-1"): "its articles changed",
        ("all_feed", ""): "the archive changed",
    }
    assert of_kind(reasons, "robots", "entity_page", "initials", "opml_part") == {}


def test_where_editors_put_others_first_what_shows_a_day_by_rank_is_stale(
    gazette: Gazette,
) -> None:
    why = "editors put others first"
    assert gazette.stale(picked={"2025-12-30"}) == {
        ("day", "2025-12-30"): why,
        ("month", "2025-12"): why,
        ("editions_feed", ""): "its articles changed",
    }
    assert gazette.stale(picked={DAY})["front", ""] == why
    assert gazette.stale(picked={"2026-01"}) == {}
