"""The page of feeds, the list for feed readers, and the lines each kind of feed has there."""

from __future__ import annotations

from gazette import Gazette
from lxml import etree
from newsdigest.site.feed_parts import list_parts
from newsdigest.site.kind import FeedLine
from newsdigest.site.kinds.entity import ENTITY_FEED
from newsdigest.site.kinds.feed_lists import opml_data, part_data
from newsdigest.site.kinds.feeds import ALL_FEED, feeds_page, feeds_view
from newsdigest.site.kinds.story import STORY_FEED
from samples import ADDRESSES, SITE


def test_a_reader_is_given_whole_addresses_to_copy() -> None:
    line = FeedLine("Personnes", "É.", "/entites/é/", "/feeds/é.atom", "/feeds/é.rss", "Sur É.")
    view = feeds_page(SITE, ADDRESSES, [line])
    (group,) = view.groups
    (row,) = group.rows
    assert (view.rows, group.label, group.more) == ((), "Personnes", "/entites/")
    assert (row.atom, row.rss) == (
        "https://lefil.example/feeds/é.atom",
        "https://lefil.example/feeds/é.rss",
    )
    assert (row.title, row.about, row.page) == ("É.", "Sur É.", "/entites/é/")
    assert view.opml == "/feeds/index.opml"


def test_every_feed_says_what_it_carries(gazette: Gazette) -> None:
    context = gazette.context
    lines = [line for kind in (ALL_FEED, ENTITY_FEED, STORY_FEED) for line in kind.chosen(context)]
    assert [line.about for line in lines] == [
        "Tous les articles, les plus récents d’abord.",
        "Les articles qui citent Anna Korvat.",
        "Les articles qui citent Genève.",
        "Les articles du dossier «\u00a0Le ministre parle 1\u00a0».",
        "Les articles du dossier «\u00a0Le tramway de Corvanne 0\u00a0».",
    ]


def test_a_story_has_a_row_that_leads_to_its_page_and_its_feeds(gazette: Gazette) -> None:
    newest, tramway = STORY_FEED.chosen(gazette.context)
    assert (newest.title, tramway.title) == ("Le ministre parle 1", "Le tramway de Corvanne 0")
    slug = "le-tramway-de-corvanne-0"
    assert (tramway.atom, tramway.rss, tramway.page) == (
        f"/feeds/dossiers/{slug}.atom",
        f"/feeds/dossiers/{slug}.rss",
        f"/dossiers/{slug}/",
    )


def test_what_everybody_may_want_comes_first_then_sections_stories_names_and_agencies(
    gazette: Gazette,
) -> None:
    view = feeds_view(gazette.context, "")
    assert [row.title for row in view.rows] == ["Le Fil", "Éditions", "En anglais", "Corrections"]
    assert [(group.label, [row.title for row in group.rows]) for group in view.groups] == [
        ("Rubriques", ["Terre"]),
        ("Dossiers", ["Le ministre parle 1", "Le tramway de Corvanne 0"]),
        ("Personnes", ["Anna Korvat"]),
        ("Lieux", ["Genève"]),
        ("Agences", ["AFP", "CVN", "VNA"]),
    ]


def lists(gazette: Gazette) -> dict[str, dict[str, list[str]]]:
    """By list: the Atom feeds it names, by folder."""
    found = {"": opml_data(gazette.context, "")}
    found |= {part: part_data(gazette.context, part) for part in list_parts(gazette.archive)}
    return {
        part: {
            str(folder.get("text")): [
                str(line.get("xmlUrl")).removeprefix(SITE.url) for line in folder
            ]
            for folder in etree.fromstring(data).findall("body/outline")
        }
        for part, data in found.items()
    }


def test_feed_readers_find_every_feed_in_its_folder(gazette: Gazette) -> None:
    folders = [*dict.fromkeys(folder for found in lists(gazette).values() for folder in found)]
    assert folders == ["Le Fil", "Agences", "Personnes", "Lieux", "Dossiers", "Rubriques"]
    feeds = {
        "/" + file
        for file in gazette.newsroom.site
        if file.endswith(".atom") and not file.startswith("feeds/archives/")
    } - {"/feeds/dossiers/les-rails-de-corvanne.atom"}  # of a story taken into another
    listed = {url for found in lists(gazette).values() for urls in found.values() for url in urls}
    assert listed == feeds


def test_where_names_and_stories_are_many_the_main_list_has_the_first_and_others_have_all(
    gazette: Gazette,
) -> None:
    """Names by letter, stories by the month they began in; the page of feeds leads to each list."""
    found = lists(gazette)
    assert list(found) == ["", "entites-g", "entites-k", "dossiers-2026-01"]
    assert found["entites-g"] == {"Lieux": ["/feeds/entites/geneve.atom"]}
    assert found["dossiers-2026-01"] == {
        "Dossiers": [
            "/feeds/dossiers/le-ministre-parle-1.atom",
            "/feeds/dossiers/le-tramway-de-corvanne-0.atom",
        ]
    }
    view = feeds_view(gazette.context, "")
    assert [(link.url, link.text) for link in view.parts] == [
        ("/feeds/opml/entites-g.opml", "Personnes et lieux, G"),
        ("/feeds/opml/entites-k.opml", "Personnes et lieux, K"),
        ("/feeds/opml/dossiers-2026-01.opml", "Dossiers, janvier 2026"),
    ]


def test_a_list_names_no_other_list_readers_would_take_it_for_a_feed(gazette: Gazette) -> None:
    root = etree.fromstring(opml_data(gazette.context, ""))
    assert root.xpath("//outline[@url]") == []
    assert {line.get("type") for line in root.xpath("//outline[@xmlUrl]")} == {"rss"}
