"""Which article of a day leads: a score anyone can work out again."""

from __future__ import annotations

import pytest
from newsdigest.site.ranking import is_whole, ranked, score
from samples import card


def names(cards, stories=None, sections=()):
    return [one.headline for one in ranked(cards, stories or {}, sections)]


def test_the_story_with_most_dispatches_that_day_leads():
    cards = [card("a", minutes=2), card("b"), card("c"), card("d")]
    assert names(cards, {cards[1].id: "port", cards[2].id: "port", cards[3].id: "port"})[0] == "b"


def test_what_several_agencies_carried_goes_before_what_one_did():
    assert names([card("a", minutes=2), card("b", also=("AFP", "Reuters"))]) == ["b", "a"]


def test_length_counts_as_far_as_four_minutes():
    assert score(card("a", minutes=4)) == score(card("b", minutes=40)) > score(card("c", minutes=3))


def test_a_summary_that_ends_is_worth_three_points():
    assert (
        score(card("a", dek="Fermé."))
        == 3 + score(card("b", dek=""))
        == 3 + score(card("c", dek="Fermé…"))
    )


@pytest.mark.parametrize(
    ("summary", "whole"),
    [("Fermé.", True), ("Qui ?", True), ("« Fermé. »", True), ("Fermé…", False), ("", False)],
)
def test_a_summary_is_whole_where_its_sentence_ends(summary, whole):
    assert is_whole(summary) is whole


def test_equal_articles_go_by_section_then_by_hour_then_by_id():
    cards = [
        card("d", section="sport"),
        card("c", section="monde"),
        card("b", section="monde"),
        card("a", section="monde", iso_date="2026-01-23T08:00+01:00"),
        card("e", section="monde", iso_date="2026-01-23T18:00+01:00"),
    ]
    for order in (cards, cards[::-1]):
        assert names(order, sections=("monde", "sport")) == ["e", "a", "b", "c", "d"]


def test_those_that_editors_put_first_stand_first_in_their_order():
    cards = [card("a", minutes=4), card("b", minutes=3), card("c"), card("d")]
    ids = {one.headline: one.id for one in cards}
    ordered = ranked(cards, {}, (), [ids["d"], ids["c"], "never/was"])
    assert [one.headline for one in ordered] == ["d", "c", "a", "b"]
