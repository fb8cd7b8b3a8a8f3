"""The site's feed goes back by days, and its archive tells the rest: nothing twice, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import feedparser
import pytest
from newsdigest.archive.stream import ARCHIVED
from newsdigest.base.records import Site
from newsdigest.commands.kill import Kill, kill_article, undo_kill
from newsroom import LIMITS, Newsroom, article

URL = "https://journal.example"
LIVE = "feeds/all.atom"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    limits = replace(LIMITS, feed_entries=5, feed_days=3)
    return Newsroom(tmp_path, site=Site(url=URL), limits=limits, publishes=True)


def fill(newsroom: Newsroom, days: dict[str, int]) -> None:
    for day, count in days.items():
        for number in range(count):
            name = f"{day}-{number}"
            newsroom.write(f"{name}.txt", article(f"Le marché de Belrive {name}", day))


def ids(site: dict[str, bytes], file: str) -> list[str]:
    parsed = feedparser.parse(site[file])
    assert not parsed.bozo
    return [entry.id.rpartition(":")[2] for entry in parsed.entries]


def walk(site: dict[str, bytes], file: str = LIVE) -> list[list[str]]:
    """The ids of each document, as a reader that goes back finds them."""
    found = []
    while file:
        found.append(ids(site, file))
        links = feedparser.parse(site[file]).feed.links
        before = [link.href for link in links if link.rel == "prev-archive"]
        file = before[0].removeprefix(f"{URL}/") if before else ""
    return found


def test_the_last_days_are_whole_however_many_articles_they_hold(newsroom: Newsroom) -> None:
    fill(newsroom, {"2026-01-10": 2, "2026-01-11": 9, "2026-01-12": 9, "2026-01-14": 1})
    newsroom.build()
    live = ids(newsroom.site, LIVE)
    assert len(live) == 19
    assert not any(one.startswith("2026-01-10") for one in live)
    assert ids(newsroom.site, "feeds/all.rss") == live


def test_a_quiet_site_reaches_further_back_and_whole_days_at_that(newsroom: Newsroom) -> None:
    fill(newsroom, {"2025-11-02": 2, "2025-12-01": 3, "2026-01-10": 1, "2026-01-14": 2})
    newsroom.build()
    assert {one[:10] for one in ids(newsroom.site, LIVE)} == {
        "2025-12-01",
        "2026-01-10",
        "2026-01-14",
    }


def test_what_is_taken_away_brings_nothing_older_in(newsroom: Newsroom) -> None:
    fill(newsroom, {"2025-11-02": 4, "2026-01-12": 3, "2026-01-13": 3, "2026-01-14": 3})
    newsroom.build()
    before = ids(newsroom.site, LIVE)
    for path in sorted(newsroom.content.glob("2026-01-1[34]*.txt"))[:5]:
        path.unlink()
    newsroom.build(allow_removals=True)
    after = ids(newsroom.site, LIVE)
    assert len(after) == 4
    assert set(after) < set(before)


def test_a_walk_finds_every_article_once_whatever_feed_it_begins_at(newsroom: Newsroom) -> None:
    days = {"2025-11-02": 4, "2025-12-03": ARCHIVED + 30, "2026-01-10": 2, "2026-01-14": 6}
    fill(newsroom, days)
    newsroom.build()
    documents = walk(newsroom.site)
    assert [len(document) for document in documents] == [6, 2, 30, ARCHIVED, 4]
    assert sorted(one for document in documents for one in document) == sorted(
        f"{day}-{number}" for day, count in days.items() for number in range(count)
    )
    # Each goes on where the one before it ends: what comes in later changes the last one only.
    assert all(min(newer) > max(older) for newer, older in pairwise(documents))
    assert walk(newsroom.site, "feeds/all.rss") == documents
    oldest = feedparser.parse(newsroom.site["feeds/archives/2025-11.atom"]).feed
    assert {link.rel: link.href for link in oldest.links if link.rel != "alternate"} == {
        "self": f"{URL}/feeds/archives/2025-11.atom",
        "current": f"{URL}/{LIVE}",
    }
    assert "fh_archive" in oldest


def test_closed_documents_stay_as_they_are_when_news_comes_in(newsroom: Newsroom) -> None:
    fill(newsroom, {"2025-11-02": 4, "2025-12-03": ARCHIVED + 3, "2026-01-14": 6})
    newsroom.build()
    before = newsroom.site
    fill(newsroom, {"2026-01-20": 6, "2026-02-01": 6})
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()
    closed = [f"feeds/archives/{name}.atom" for name in ("2025-11", "2025-12", "2025-12-2")]
    assert [newsroom.site[file] for file in closed] == [before[file] for file in closed]
    assert [len(document) for document in walk(newsroom.site)] == [6, 12, 3, ARCHIVED, 4]


def test_a_late_article_and_one_that_leaves_change_their_months_alone(newsroom: Newsroom) -> None:
    fill(newsroom, {"2025-10-02": 4, "2025-12-03": 4, "2026-01-14": 6})
    newsroom.build()
    before = newsroom.site
    fill(newsroom, {"2025-11-30": 1})
    (newsroom.content / "2025-12-03-2.txt").unlink()
    newsroom.build()
    after = newsroom.site
    assert after == newsroom.clean_build()
    assert after["feeds/archives/2025-10.atom"] == before["feeds/archives/2025-10.atom"]
    assert [len(document) for document in walk(after)] == [6, 3, 1, 4]
    (newsroom.content / "2025-11-30-0.txt").unlink()
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()
    assert "feeds/archives/2025-11.atom" not in newsroom.site
    assert [len(document) for document in walk(newsroom.site)] == [6, 3, 4]


def test_an_edited_article_is_edited_in_its_document(newsroom: Newsroom) -> None:
    fill(newsroom, {"2025-10-02": 2, "2026-01-14": 6})
    newsroom.build()
    newsroom.write("2025-10-02-0.txt", article("Le marché ferme", "2025-10-02", "Il rouvrira."))
    newsroom.build()
    titles = [
        e.title for e in feedparser.parse(newsroom.site["feeds/archives/2025-10.atom"]).entries
    ]
    assert "Le marché ferme" in titles
    assert newsroom.site == newsroom.clean_build()


WRONG = Kill("C'était faux.")


def test_a_dispatch_of_another_date_than_it_was_published_is_told_retracted_where_it_was_published(
    newsroom: Newsroom,
) -> None:
    fill(newsroom, {"2025-10-02": 3, "2025-12-01": 2, "2026-01-14": 6})
    newsroom.build()
    newsroom.write("2025-10-02-0.txt", article("Le marché de Belrive", "2026-01-14"))
    newsroom.build()
    assert kill_article(newsroom.settings, "2025-10-02-0", WRONG) == 0
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()
    assert "2025-10-02-0" in ids(newsroom.site, "feeds/archives/2025-10.atom")


def test_what_is_said_of_a_retraction_changes_where_it_stands_by_now(newsroom: Newsroom) -> None:
    """It stood in the live document when it was retracted; its file is gone when that is taken back."""
    fill(newsroom, {"2025-12-01": 2, "2026-01-14": 6, "2026-01-15": 1})
    newsroom.build()
    assert kill_article(newsroom.settings, "2026-01-14-0", WRONG) == 0
    newsroom.build()
    assert "2026-01-14-0" in ids(newsroom.site, LIVE)
    fill(newsroom, {"2026-01-20": 6})
    (newsroom.content / "2026-01-14-0.txt").unlink()
    newsroom.build()
    document = "feeds/archives/2026-01.atom"
    assert "2026-01-14-0" in ids(newsroom.site, document)
    assert kill_article(newsroom.settings, "2026-01-14-0", Kill("Il n'a pas eu lieu.")) == 0
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()
    assert "Il n’a pas eu lieu" in newsroom.site[document].decode()
    assert undo_kill(newsroom.settings, "2026-01-14-0") == 0
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()
    assert "2026-01-14-0" not in ids(newsroom.site, document)


def test_a_feed_that_holds_all_there_is_says_so(newsroom: Newsroom) -> None:
    """A reader may then forget what it no longer finds there."""
    feed = "feeds/entites/hanoi.atom"
    for number in range(3):
        newsroom.write(f"{number}.txt", article(f"Hanoï, jour {number}", "2026-01-14", "À Hanoï."))
    limits = newsroom.settings.limits
    newsroom.build(limits=replace(limits, entity_feed_entries=4))
    assert "fh_complete" in feedparser.parse(newsroom.site[feed]).feed
    assert "fh_complete" not in feedparser.parse(newsroom.site[LIVE]).feed
    newsroom.build(limits=replace(limits, entity_feed_entries=2))
    assert "fh_complete" not in feedparser.parse(newsroom.site[feed]).feed


def test_too_much_text_for_one_document_leaves_its_oldest_entries_their_summaries(
    newsroom: Newsroom,
) -> None:
    for number in range(12):
        long = "\n\n".join(f"Le {number}conseil a siégé {n}-{number} fois." for n in range(5000))
        newsroom.write(f"long-{number}.txt", article(f"Compte rendu {number}", "2026-01-14", long))
    newsroom.build()
    data = newsroom.site[LIVE]
    entries = feedparser.parse(data).entries
    assert len(entries) == 12
    assert len(data) < 2_000_000
    lengths = [len(entry.content[0].value) for entry in entries if "content" in entry]
    assert max(lengths) > 150_000
    assert min(lengths) < 1_000
