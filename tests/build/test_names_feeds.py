"""The feeds of a name reach back a month, and five entries at least; a newsroom may have them without texts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from newsdigest.base.records import Site
from newsdigest.commands.kill import Kill, kill_article
from newsroom import LIMITS, Newsroom, article, strange_text

FORMS = ("atom", "rss")
DAYS = ("2025-06-02", "2025-12-10", "2025-12-15", "2026-01-02", "2026-01-14")


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    limits = replace(LIMITS, entity_feed_entries=9, entity_feed_least=2)
    site = Site(url="https://journal.example")
    found = Newsroom(tmp_path, site=site, limits=limits, publishes=True)
    for day in DAYS:
        text = (
            f"{strange_text(day).capitalize()}, à Hanoï.\n\n{strange_text(day + 'b').capitalize()}."
        )
        found.write(f"{day}.txt", article(f"{strange_text(day)[:20]} {day}", day, text))
    found.build()
    return found


def feed(newsroom: Newsroom, form: str) -> feedparser.FeedParserDict:
    parsed = feedparser.parse(newsroom.site[f"feeds/entites/hanoi.{form}"])
    assert not parsed.bozo
    return parsed


def days(newsroom: Newsroom, form: str = "atom") -> list[str]:
    return [entry.id.rpartition(":")[2] for entry in feed(newsroom, form).entries]


def rebuilt(newsroom: Newsroom, **limits: object) -> None:
    newsroom.build(limits=replace(newsroom.settings.limits, **limits))  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FORMS)
def test_a_names_feed_holds_a_month_and_does_not_say_that_this_is_all(
    newsroom: Newsroom, form: str
) -> None:
    assert days(newsroom, form) == ["2026-01-14", "2026-01-02", "2025-12-15"]
    assert "fh_complete" not in feed(newsroom, form).feed
    rebuilt(newsroom, entity_feed_least=4)
    assert days(newsroom, form)[3:] == ["2025-12-10"]
    rebuilt(newsroom, entity_feed_days=300)
    assert days(newsroom, form) == sorted(DAYS, reverse=True)
    assert "fh_complete" in feed(newsroom, form).feed


def test_one_more_article_lets_the_oldest_go_as_a_clean_build_does(newsroom: Newsroom) -> None:
    newsroom.write("2026-01-25.txt", article("Le port rouvre", "2026-01-25", "À Hanoï."))
    newsroom.build()
    assert days(newsroom) == ["2026-01-25", "2026-01-14", "2026-01-02"]
    assert newsroom.site == newsroom.clean_build()


def test_what_had_left_a_names_feed_does_not_come_back_when_the_newest_is_retracted(
    newsroom: Newsroom,
) -> None:
    newsroom.write("2026-01-25.txt", article("Le port rouvre", "2026-01-25", "À Hanoï."))
    newsroom.build()
    assert kill_article(newsroom.settings, "2026-01-25", Kill("L'information était fausse.")) == 0
    newsroom.build()
    assert days(newsroom) == ["2026-01-25", "2026-01-14", "2026-01-02"]
    assert feed(newsroom, "atom").entries[0].title.startswith("ANNULÉ")


def test_what_is_retracted_counts_among_the_entries_that_are_there_at_least(
    newsroom: Newsroom,
) -> None:
    limits = replace(newsroom.settings.limits, entity_feed_days=0)
    newsroom.build(limits=limits)
    assert days(newsroom) == ["2026-01-14", "2026-01-02"]
    assert kill_article(newsroom.settings, "2026-01-14", Kill("L'information était fausse.")) == 0
    newsroom.build(limits=limits)
    assert days(newsroom) == ["2026-01-14", "2026-01-02"]
    assert feed(newsroom, "atom").entries[0].title.startswith("ANNULÉ")


def test_without_texts_a_names_feed_tells_the_summary_of_the_same_entries(
    newsroom: Newsroom,
) -> None:
    whole = {form: feed(newsroom, form).entries for form in FORMS}
    limits = replace(newsroom.settings.limits, entity_feed_texts=False)
    newsroom.build(limits=limits)
    for form in FORMS:
        brief = feed(newsroom, form).entries
        told = [(entry.id, entry.link, entry.updated, entry.summary) for entry in brief]
        assert told == [(e.id, e.link, e.updated, e.summary) for e in whole[form]]
        assert all("content" in entry for entry in whole[form])
        assert not any("content" in entry for entry in brief)
        everything = feedparser.parse(newsroom.site[f"feeds/all.{form}"]).entries
        assert all("content" in entry for entry in everything)
    assert newsroom.site == newsroom.clean_build(limits=limits)
