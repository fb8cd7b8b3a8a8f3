"""A feed is in one language: what is in another stands in that one's own feed, and in that of everything."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from newsdigest.archive.languages import Languages
from newsdigest.commands.kill import Kill, kill_article
from newsroom import Newsroom, article

ATOM = "{http://www.w3.org/2005/Atom}"
FRENCH = (
    "Le conseil a voté le budget de la ville après une longue nuit de débats et de suspensions.",
    "Les pêcheurs de la baie demandent que le vieux phare soit rallumé avant les grandes marées.",
)
ENGLISH = (
    "The council passed the budget of the town after a long night, and nobody went home early.",
    "Fishermen of the northern bay want the old lighthouse lit again before the spring tides come.",
    "A bridge that had been closed for three winters opened on Monday to the cars of the valley.",
    "The museum has found a painting behind a cupboard, where it had been hanging for a century.",
)


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """A section in two languages, another in English alone; one agency signs all."""
    found = Newsroom(tmp_path_factory.mktemp("languages") / "newsroom", publishes=True)
    for day, text in zip((10, 11), FRENCH, strict=True):
        found.write(f"monde/fr-{day}.txt", article(f"Le budget {day}", f"2026-01-{day}", text))
    for day, text in zip((12, 13, 14), ENGLISH[:3], strict=True):
        found.write(f"monde/en-{day}.txt", article(f"The budget {day}", f"2026-01-{day}", text))
    found.write("world/en-15.txt", article("The harbour", "2026-01-15", ENGLISH[3]))
    found.build()
    return found


def titles(newsroom: Newsroom, feed: str) -> list[str]:
    root = etree.fromstring(newsroom.site[f"feeds/{feed}.atom"])
    return [str(entry.findtext(f"{ATOM}title")) for entry in root.iterfind(f"{ATOM}entry")]


def test_a_section_and_an_agency_keep_to_the_language_of_the_site(newsroom: Newsroom) -> None:
    assert titles(newsroom, "rubriques/monde") == ["Le budget 11", "Le budget 10"]
    assert titles(newsroom, "agences/afp") == ["Le budget 11", "Le budget 10"]


def test_what_is_all_in_another_language_has_its_feed_in_that(newsroom: Newsroom) -> None:
    assert titles(newsroom, "rubriques/world") == ["The harbour"]


def test_another_language_has_a_feed_of_its_own_which_says_so_in_it(newsroom: Newsroom) -> None:
    assert titles(newsroom, "langues/en") == [
        *("The harbour", "The budget 14", "The budget 13", "The budget 12"),
    ]
    root = etree.fromstring(newsroom.site["feeds/langues/en.rss"])
    told = {name: root.findtext(f"channel/{name}") for name in ("title", "description", "language")}
    assert told == {
        "title": "Le Fil – English",
        "description": "The articles in English, newest first.",
        "language": "en",
    }
    # The site's own language needs none: everything of it stands elsewhere.
    assert "feeds/langues/fr.atom" not in newsroom.site


def test_the_feed_of_everything_and_its_archive_hold_each_article_once(newsroom: Newsroom) -> None:
    archives = [path[6:-5] for path in newsroom.site if path.startswith("feeds/archives/")]
    found = [title for feed in ("all", *archives) for title in titles(newsroom, feed)]
    assert sorted(found) == [
        *("Le budget 10", "Le budget 11"),
        *("The budget 12", "The budget 13", "The budget 14", "The harbour"),
    ]


def test_an_article_in_another_language_announces_that_feed_and_no_other_page_does(
    newsroom: Newsroom,
) -> None:
    announced = {
        path for path, data in newsroom.site.items() if b'href="/feeds/langues/en.rss">' in data
    }
    assert announced == {
        "feeds/suivre/langue-en/index.html",
        *(f"2026/01/{day}/the-budget-{day}.html" for day in (12, 13, 14)),
        "2026/01/15/the-harbour.html",
    }


def test_a_retracted_article_keeps_its_place_in_the_feeds_that_held_it_alone(
    newsroom: Newsroom,
) -> None:
    kill_article(newsroom.settings, "monde/en-12", Kill("Le vote n'a pas eu lieu."))
    newsroom.build()
    assert titles(newsroom, "langues/en")[-1].startswith("ANNULÉ")
    assert titles(newsroom, "rubriques/monde") == ["Le budget 11", "Le budget 10"]
    assert titles(newsroom, "agences/afp") == ["Le budget 11", "Le budget 10"]


def test_the_language_of_most_is_that_of_a_feed_without_the_sites_own() -> None:
    def of(*labels: str) -> list[int]:
        return Languages(None, "fr-CA")._one(enumerate(labels), 2)  # type: ignore[arg-type]

    assert of("monde/en", "monde/vi", "sport/en", "/en") == [0, 2]
    assert of("monde/vi", "monde/en") == [1]
    assert of("monde/en", "monde/en", "/fr") == [2]
    assert of("a/fr", "a/fr", "a/fr") == [0, 1]
    assert of() == []


def test_the_last_article_of_a_language_takes_its_feed_and_its_page_with_it(
    tmp_path: Path,
) -> None:
    newsroom = Newsroom(tmp_path / "newsroom")
    newsroom.write("fr.txt", article("Le budget", "2026-01-10", FRENCH[0]))
    newsroom.write("en.txt", article("The budget", "2026-01-11", ENGLISH[0]))
    newsroom.build()
    both = {"feeds/langues/en.atom", "feeds/langues/en.rss", "feeds/suivre/langue-en/index.html"}
    assert both <= set(newsroom.site)
    assert b"langues/en.atom" in newsroom.site["feeds/index.opml"]
    (newsroom.content / "en.txt").unlink()
    newsroom.build()
    assert both.isdisjoint(newsroom.site)
    assert b"langues/en.atom" not in newsroom.site["feeds/index.opml"]
    assert b"langues" not in newsroom.site["feeds/index.html"]
