"""The list of stories: those that run, those of the last months, then by year."""

from __future__ import annotations

from newsdigest.base.records import StoryCard
from newsdigest.site.kinds.stories import story_index
from samples import ADDRESSES, SITE


def story(slug: str, last: str, url: str = "x") -> StoryCard:
    return StoryCard(slug, slug, f"/dossiers/{slug}/" if url else "", 3, last, last)


STORIES = [
    story("a", "2026-01-23"),
    story("b", "2026-01-16"),
    story("c", "2026-01-15"),
    story("small", "2026-01-14", url=""),
    story("d", "2025-12-01"),
    story("e", "2025-01-31"),
    story("f", "2023-01-01"),
]


def test_stories_that_run_come_first_then_by_month_then_by_year() -> None:
    view = story_index(SITE, ADDRESSES, STORIES, "2026-01-23")
    assert [entry.title for entry in view.running] == ["a", "b"]
    assert [(g.label, [e.title for e in g.entries]) for g in view.months] == [
        ("Janvier 2026", ["c"]),
        ("Décembre 2025", ["d"]),
    ]
    assert [(g.id, [e.title for e in g.entries]) for g in view.years] == [
        ("en-2025", ["e"]),
        ("en-2023", ["f"]),
    ]
    assert (view.total, view.stories) == (6, "6")


def test_an_archive_without_stories_has_an_index_too() -> None:
    view = story_index(SITE, ADDRESSES, [], "")
    assert (view.running, view.months, view.years, view.total) == ((), (), (), 0)
    assert [item.current for item in view.nav if item.url == "/dossiers/"] == ["page"]
