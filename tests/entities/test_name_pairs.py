"""A list of right and wrong pairs of names: what is merged without an editor, what is proposed."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from newsdigest.entities.curated.lookalikes import Named, proposals, relation

LIST = Path(__file__).parents[2] / "benchmarks" / "data" / "name_pairs.tsv"


class Pair(NamedTuple):
    one: str
    other: str


def pairs(right: bool) -> list[Pair]:
    rows = [line.split("\t") for line in LIST.read_text("utf-8").splitlines() if line[0] != "#"]
    return [Pair(*row[2:]) for row in rows if row[0] == str(int(right))]


def test_two_thirds_of_the_right_pairs_are_merged_and_none_of_the_wrong() -> None:
    right, wrong = pairs(True), pairs(False)
    assert (len(right), len(wrong)) == (60, 45)
    assert sum(relation(*pair) == "same" for pair in right) >= 40
    assert [pair for pair in wrong if relation(*pair) == "same"] == []


@pytest.mark.parametrize("turned", [False, True])
def test_a_pair_is_the_same_read_from_either_end(turned: bool) -> None:
    for pair in pairs(turned):
        assert relation(*pair) == relation(*pair[::-1]), pair


def person(name: str, articles: int = 3) -> Named:
    return Named(name, "person", articles, "2026-01-01")


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Trump", "Donald Trump"),
        ("Macron", "Emmanuel Macron"),
        ("Vasseur", "Claire Vasseur"),
        ("ben Salmane", "Mohammed ben Salmane"),
        ("E. Macron", "Emmanuel Macron"),
    ],
)
def test_a_surname_of_one_person_is_proposed_to_the_editor(short: str, full: str) -> None:
    others = [person("Paul Girod"), person("Anne Lemoine")]
    [found] = proposals([person(short, 2), person(full), *others])
    assert (found.keep.name, found.other.name, found.reason) == (full, short, "surname")


def test_the_full_name_is_kept_however_often_the_surname_alone_is_written() -> None:
    [found] = proposals([person("Trump", 40), person("Donald Trump", 2)])
    assert found.keep.name == "Donald Trump"


@pytest.mark.parametrize(
    "names",
    [
        ("Girod", "Paul Girod", "Anne Girod"),
        ("E. Macron", "Edouard Macron", "Emmanuel Macron"),
        ("Donald", "Donald Trump"),
        ("Nguyên", "Nguyên Van Minh"),
        ("Clinton", "Clinton Girod"),
    ],
)
def test_a_surname_of_two_a_first_name_and_a_vietnamese_family_are_not(
    names: tuple[str, ...],
) -> None:
    assert proposals(map(person, names)) == []


def test_a_town_and_who_bears_its_name_are_two() -> None:
    town = Named("Washington", "place", 3, "2026-01-01")
    assert proposals([town, person("George Washington")]) == []


def test_an_acronym_known_for_one_body_is_proposed_for_no_other() -> None:
    names = ("ESA", "Église Sainte-Anne")
    assert proposals(Named(name, "organisation", 3, "2026-01-01") for name in names) == []
