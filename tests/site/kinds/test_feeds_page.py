"""The page of feeds, the list for feed readers, and the lines each kind of feed has there."""

from __future__ import annotations

from gazette import Gazette
from lxml import etree
from newsdigest.site.kind import FeedLine
from newsdigest.site.kinds.entity import ENTITY_FEED
from newsdigest.site.kinds.feeds import ALL_FEED, feeds_page, feeds_view, opml_data
from newsdigest.site.kinds.story import STORY_FEED
from samples import ADDRESSES, SITE


def test_a_reader_is_given_whole_addresses_to_copy() -> None:
    line = FeedLine("Personnes", "É.", "/entites/é/", "/feeds/é.atom", "/feeds/é.rss", "Sur É.")
    view = feeds_page(SITE, ADDRESSES, [line])
    (group,) = view.groups
    (row,) = group.rows
    assert (view.rows, group.label, group.count) == ((), "Personnes", "1")
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
    assert [row.title for row in view.rows] == ["Le Fil", "Éditions", "Corrections"]
    assert [(group.label, [row.title for row in group.rows]) for group in view.groups] == [
        ("Rubriques", ["Terre"]),
        ("Dossiers", ["Le ministre parle 1", "Le tramway de Corvanne 0"]),
        ("Personnes", ["Anna Korvat"]),
        ("Lieux", ["Genève"]),
        ("Agences", ["AFP", "CVN", "VNA"]),
    ]


def test_feed_readers_find_every_feed_in_its_folder(gazette: Gazette) -> None:
    root = etree.fromstring(opml_data(gazette.context, ""))
    folders = {
        folder.get("text"): [line.get("xmlUrl") for line in folder]
        for folder in root.findall("body/outline")
    }
    assert list(folders) == ["Le Fil", "Agences", "Personnes", "Lieux", "Dossiers", "Rubriques"]
    feeds = {
        "/" + file
        for file in gazette.newsroom.site
        if file.endswith(".atom") and not file.startswith("feeds/archives/")
    } - {"/feeds/dossiers/les-rails-de-corvanne.atom"}  # of a story taken into another
    listed = [url.removeprefix(SITE.url) for urls in folders.values() for url in urls]
    assert sorted(listed) == sorted(feeds)
