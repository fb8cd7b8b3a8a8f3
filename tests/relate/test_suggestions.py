"""Earlier articles on the same matters: which, in what order, and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsdigest.relate.suggestions import (
    FADING,
    FLOOR,
    FULL_SCORE,
    KEPT,
    Index,
    Reason,
    amend,
    choose,
    pack,
    reason,
    unpack,
)
from newsdigest.relate.terms import UNIT, Term, normalised


def vector(**weights):
    ordered = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Term(term, weight, term) for term, weight in normalised(ordered))


BRIDGE = vector(pont=3, crue=2, maire=1)
TYPHOON = vector(typhon=3, alerte=2)


def day(number):
    return (date(2026, 1, 1) + timedelta(days=number)).isoformat()


def grown(*articles):
    index = Index()
    for n, number, terms in articles:
        index.add(n, day(number), terms)
    return index


def test_articles_that_share_terms_are_found_and_others_are_not():
    index = grown((1, 0, BRIDGE), (2, 0, TYPHOON), (3, 0, vector(pont=1)))
    assert [n for n, _ in index.earlier(3, vector(pont=1))] == [1]


def test_a_score_is_the_likeness_lessened_by_the_days_between():
    same = vector(pont=1)
    index = grown((1, 0, same), (2, 90, same), (3, 90, same))
    assert index.earlier(3, same) == [(2, FULL_SCORE), (1, UNIT * UNIT * FADING[90])]
    assert FADING[90] == 377


def test_suggestions_look_backwards_only_by_date_then_id():
    same = vector(pont=1)
    index = grown((9, 0, same), (4, 1, same), (7, 1, same), (1, 2, same))
    assert [n for n, _ in index.earlier(4, same)] == [9]
    assert [n for n, _ in index.earlier(7, same)] == [4, 9]


def test_nothing_older_than_a_year_is_suggested():
    same = vector(pont=1)
    index = grown((1, 0, same), (2, 1, same), (3, 366, same))
    assert [n for n, _ in index.earlier(3, same)] == [2]
    assert [n for n, _ in index.later(1, same)] == [2]
    assert [n for n, _ in index.later(2, same)] == [3]


def test_equal_scores_go_to_the_later_article_even_where_room_ends():
    same = vector(pont=1)
    index = grown(*((n, 0, same) for n in range(100, 140)), (1, 0, same))
    assert [n for n, _ in index.earlier(1, same)] == list(range(139, 139 - KEPT, -1))


def test_next_to_nothing_in_common_is_nothing():
    index = grown((1, 0, vector(pont=1, crue=40)), (2, 0, vector(pont=1, typhon=40)))
    assert index.earlier(2, vector(pont=1, typhon=40)) == []


def test_an_article_must_not_come_after_a_later_one():
    index = grown((1, 5, BRIDGE))
    with pytest.raises(ValueError, match="article 2 of 2026-01-05"):
        index.add(2, day(4), BRIDGE)


def test_postings_of_articles_not_named_are_passed_over():
    same = vector(pont=1)
    blocks = [("pont", pack([(1, UNIT), (2, UNIT), (3, UNIT), (900, UNIT)]))]
    index = Index.of([(1, day(0)), (3, day(1))], blocks)
    assert [n for n, _ in index.earlier(3, same)] == [1]


vectors = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 9), max_size=5).map(
    lambda weights: vector(**weights)
)
archives = st.lists(st.tuples(st.integers(0, 500), vectors), max_size=30).map(
    lambda drawn: [
        # Numbers tell who arrived first, not who stands first.
        ((7 * place + 3) % 31, number, terms)
        for place, (number, terms) in enumerate(sorted(drawn, key=lambda each: each[0]))
    ]
)


@given(archives)
def test_the_index_says_what_comparing_all_pairs_says(archive):
    index = grown(*archive)
    for place, (n, number, terms) in enumerate(archive):
        scores = []
        for other_place, (other, other_number, other_terms) in enumerate(archive[:place]):
            shared = {term.term: term.weight for term in other_terms}
            dot = sum(term.weight * shared.get(term.term, 0) for term in terms)
            if dot >= FLOOR and number - other_number <= 365:
                scores.append((-dot * FADING[number - other_number], -other_place, other))
        expected = [(other, -score) for score, _, other in sorted(scores)]
        assert index.earlier(n, terms) == expected[:KEPT]
        assert index.earlier(n, terms, room=3) == expected[:3]


@given(archives)
def test_an_index_from_the_stores_blocks_answers_as_one_that_grew(archive):
    index = grown(*archive)
    dated = [(n, day(number), terms) for n, number, terms in archive]
    blocks = [(term, data) for term, _, data in index.blocks()]
    loaded = Index.of([(n, written) for n, written, _ in dated], blocks)
    for n, _, terms in archive:
        assert loaded.earlier(n, terms) == index.earlier(n, terms)
        assert loaded.later(n, terms) == index.later(n, terms)


@given(archives)
def test_looking_forward_finds_whose_lists_an_article_may_enter(archive):
    index = grown(*archive)
    lists = {n: dict(index.earlier(n, terms, room=100)) for n, _, terms in archive}
    for n, _, terms in archive:
        assert dict(index.later(n, terms)) == {
            other: scores[n] for other, scores in lists.items() if n in scores
        }


def test_a_block_holds_its_postings_in_six_bytes_each():
    data = pack([(70_000, 65_535), (2, 1)])
    assert len(data) == 12
    assert unpack(data) == [(2, 1), (70_000, 65_535)]


def test_a_block_cut_short_is_refused():
    with pytest.raises(ValueError, match="multiple"):
        unpack(pack([(1, 2)])[:-1])


def test_a_block_is_amended_in_any_order_to_the_same_bytes():
    block = pack([(1, 10), (2, 20)])
    assert unpack(amend(block, {1}, [(5, 50), (2, 21)])) == [(2, 21), (5, 50)]
    assert amend(amend(b"", (), [(2, 20)]), (), [(1, 10)]) == block
    assert amend(block, {1, 2}, []) == b""


# -- choosing --------------------------------------------------------------------------------------

RANKED = [(name, 100 - place) for place, name in enumerate("abcdefgh")]


def test_five_are_shown_best_first():
    assert choose(RANKED, {"page"}, {}, {}) == ["a", "b", "c", "d", "e"]


def test_what_is_linked_already_is_not_suggested():
    assert choose(RANKED, {"page", "a", "c"}, {}, {}, room=2) == ["b", "d"]


def test_copies_of_the_page_or_of_what_it_links_are_not_suggested():
    leaders = {"page": "b", "c": "elsewhere", "linked": "elsewhere"}
    assert choose(RANKED, {"page", "linked"}, leaders, {}, room=2) == ["a", "d"]


def test_of_two_copies_of_one_dispatch_the_better_is_suggested():
    assert choose(RANKED, {"page"}, {"c": "b", "d": "b"}, {}, room=3) == ["a", "b", "e"]


def test_at_most_two_of_one_story_are_suggested():
    stories = dict.fromkeys("abc", "s1") | dict.fromkeys("de", "s2")
    assert choose(RANKED, {"page"}, {}, stories, room=4) == ["a", "b", "d", "e"]


# -- reasons ---------------------------------------------------------------------------------------


def test_the_reason_is_the_shared_names_then_shared_words_not_told_yet():
    page = (
        Term("pont", 2000, "pont"),
        Term("sarrazac", 1900, "Sarrazac"),
        Term("@odile sarrazac", 1500, "Odile Sarrazac"),
        Term("@valmorin", 1400, "Valmorin"),
        Term("crue", 900, "crues"),
    )
    other = (
        Term("pont", 2500, "ponts"),
        Term("sarrazac", 1900, "Sarrazac"),
        Term("@valmorin", 1500, "Valmorin"),
        Term("@odile sarrazac", 1500, "Odile Sarrazac"),
        Term("loup", 1000, "loup"),
    )
    assert reason(page, other) == Reason(("Odile Sarrazac", "Valmorin"), ("pont",))


def test_reasons_are_few_and_weighty():
    page = tuple(
        Term(term, weight, term) for term, weight in zip("abcdefg", (9,) * 6 + (1,), strict=True)
    )
    assert reason(page, page) == Reason((), ("a", "b", "c", "d"))
    assert reason(page[4:], page[4:]) == Reason((), ("e", "f"))


def test_strangers_have_no_reason():
    assert reason(BRIDGE, TYPHOON) == Reason()
