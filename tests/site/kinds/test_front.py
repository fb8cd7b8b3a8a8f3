"""The front page: the newest edition, its lead, its sections, its rail."""

from __future__ import annotations

from collections.abc import Sequence

from newsdigest.base.records import Card
from newsdigest.site.kinds.front import Edition, FrontView, editorial_score, front_page
from samples import ADDRESSES, DAY, SITE, card


def front(cards: Sequence[Card], day: str = DAY, **more: object) -> FrontView:
    return front_page(SITE, ADDRESSES, Edition(day, cards, **more))  # type: ignore[arg-type]


def test_the_article_with_the_most_ties_leads_and_the_next_two_follow() -> None:
    cards = [card(name) for name in ("a", "b", "c", "d")]
    view = front(cards, references={cards[2].id: 3, cards[1].id: 1})
    assert view.lead is not None
    assert view.lead.headline == "c"
    assert [teaser.headline for teaser in view.seconds] == ["b", "a"]
    assert [t.headline for group in view.groups for t in group.teasers] == ["d"]


def test_equal_articles_are_ranked_by_id_whatever_their_order() -> None:
    cards = [card(name) for name in ("b", "a", "c", "d")]
    views = [front(order) for order in (cards, cards[::-1])]
    assert [view.lead.headline for view in views if view.lead] == ["a", "a"]


def test_a_tie_counts_for_two_minutes_of_reading() -> None:
    tied, long = card("a"), card("b", minutes=4)
    assert editorial_score(tied, {tied.id: 1}) == editorial_score(long, {})


def test_two_articles_make_a_lead_and_a_list_not_half_a_pair() -> None:
    view = front([card("a"), card("b")])
    assert view.seconds == ()
    assert [t.headline for group in view.groups for t in group.teasers] == ["b"]


def test_an_empty_archive_has_no_edition() -> None:
    view = front([], day="")
    assert (view.day, view.lead, view.groups, view.head.path) == (None, None, (), "/")


def test_a_great_day_sends_the_reader_to_its_own_page() -> None:
    view = front([card(f"a{at:02}") for at in range(60)], most=30)
    shown = 1 + len(view.seconds) + sum(len(group.teasers) for group in view.groups)
    assert (shown, view.hidden) == (30, 30)
    assert view.day is not None
    assert (view.day.url, view.day.articles) == ("/2026/01/23/", "60")


def test_a_thin_day_is_filled_out_with_the_days_before() -> None:
    before = [card("hier", day="2026-01-22")]
    thin = front([card("a")], latest_before=before)
    full = front([card(c) for c in "abcdef"], latest_before=before)
    assert [(t.headline, t.date) for t in thin.before] == [("hier", "22 janvier 2026")]
    assert (thin.wire, full.before, len(full.wire)) == ((), (), 6)


def test_only_a_time_that_was_written_is_shown() -> None:
    cards = [card(name) for name in "abcde"] + [card("f", iso_date="2026-01-23T14:30+01:00")]
    assert [t.time for t in front(cards).wire] == ["14:30", "", "", "", "", ""]
