"""The same feed in three formats, and a day as one entry."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from newsdigest.base.records import Site
from newsroom import LIMITS, Newsroom, article

URL = "https://journal.example"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    limits = replace(LIMITS, feed_entries=50, entity_feed_entries=9)
    newsroom = Newsroom(tmp_path, site=Site(url=URL), limits=limits, publishes=True)
    for number in range(3):
        cited = f"\n\n>> Le tunnel de Corvanne fermé, jour {number - 1}" if number else ""
        newsroom.write(
            f"monde/t{number}.txt",
            article(
                f"Le tunnel de Corvanne fermé, jour {number}",
                f"2026-01-{14 + number // 2}",
                f"« 1 < 2 & 3 » dit Anna Korvat.{cited}",
            ),
        )
    newsroom.write("sport/b.txt", article("Le stade de Belrive ouvre", "2026-01-14"))
    newsroom.write(
        "en/c.txt",
        article("The Belrive museum opens", "2026-01-14", "It opens today, the city said."),
    )
    newsroom.build()
    return newsroom


@pytest.mark.parametrize("name", ["feeds/all", "feeds/dossiers/le-tunnel-de-corvanne-ferme-jour-0"])
def test_json_says_what_atom_says(newsroom: Newsroom, name: str) -> None:
    site = newsroom.site
    atom, told = feedparser.parse(site[f"{name}.atom"]), json.loads(site[f"{name}.json"])
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["feed_url"] == f"{URL}/{name}.json"
    assert told["home_page_url"] == atom.feed.link
    assert told["title"] == atom.feed.title
    assert len(told["items"]) == len(atom.entries) > 2
    for item, entry in zip(told["items"], atom.entries, strict=True):
        assert (item["id"], item["url"], item["title"]) == (entry.id, entry.link, entry.title)
        assert item["content_html"] == entry.content[0].value
        assert item["date_modified"] == entry.updated
        assert item["date_published"] == entry.published
        assert item["language"] == entry.content[0].language
        assert {author["name"] for author in item["authors"]} == {one.name for one in entry.authors}
        assert item.get("tags", []) == [tag.term for tag in entry.get("tags", [])]


def test_a_day_is_an_entry_that_leads_to_all_of_it(newsroom: Newsroom) -> None:
    parsed = feedparser.parse(newsroom.site["feeds/editions.atom"])
    assert not parsed.bozo
    newest, before = parsed.entries
    assert newest.title == "Édition du jeudi 15 janvier 2026"
    assert before.title == "Édition du mercredi 14 janvier 2026"
    assert before.link == f"{URL}/2026/01/14/"
    assert before.id == "tag:lefil.example,2026:editions/2026-01-14"
    html = before.content[0].value
    links = [part.partition('"')[0] for part in html.split('href="')[1:]]
    pages = {
        path for path in newsroom.site if path.startswith("2026/01/14/") and "index" not in path
    }
    assert {link.removeprefix(f"{URL}/") for link in links} == pages
    assert len(links) == 4
    assert 'lang="en">The Belrive museum opens' in html


def test_an_edition_grows_with_its_day_and_others_stay(newsroom: Newsroom) -> None:
    def told() -> dict[str, tuple[str, str]]:
        entries = feedparser.parse(newsroom.site["feeds/editions.rss"]).entries
        return {entry.title: (entry.id, entry.content[0].value) for entry in entries}

    before = told()
    newsroom.write("monde/d.txt", article("Le bac de Lestrane coule", "2026-01-15"))
    newsroom.build()
    after = told()
    assert newsroom.site == newsroom.clean_build()
    newest, older = before
    assert after[older] == before[older]
    assert after[newest][0] == before[newest][0]
    assert "Le bac de Lestrane coule" in after[newest][1]
    newsroom.write("sport/b.txt", article("Le stade de Belrive ferme", "2026-01-14"))
    newsroom.build()
    assert "Le stade de Belrive ferme" in told()[older][1]
    assert newsroom.site == newsroom.clean_build()


def test_an_archive_without_days_has_a_sound_feed_of_editions(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path / "months", site=Site(url=URL))
    newsroom.write("a.txt", " Le bac de Lestrane | janvier 2026\n\nIl coule.\n")
    newsroom.build()
    parsed = feedparser.parse(newsroom.site["feeds/editions.atom"])
    assert (parsed.bozo, parsed.entries) == (False, [])
