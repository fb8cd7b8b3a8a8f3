"""Which later version of a dispatch says more than the first, and what."""

import pytest
from newsdigest.relate.newer import newer

FIRST = [
    "Un incendie a détruit lundi l'entrepôt de grains du port de Belrive, où douze ouvriers ont été blessés.",
    "Le feu a pris vers 6 heures dans un silo, selon la préfecture.",
]
INQUIRY = "Une enquête a été confiée au parquet de Valmont."


def test_a_sentence_more_is_what_it_adds() -> None:
    found = newer(FIRST, [*FIRST, INQUIRY])
    assert found is not None
    assert found.adds == INQUIRY


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("douze", "quatorze"),
        ("6 heures", "7 heures"),
        ("douze", "12.500"),
        ("douze", "vingt et un"),
    ],
)
def test_another_figure_is_news(before: str, now: str) -> None:
    found = newer(FIRST, [text.replace(before, now) for text in FIRST])
    assert found is not None
    assert now in found.adds


@pytest.mark.parametrize(
    "later",
    [
        FIRST,
        [" ".join(FIRST)],
        [FIRST[0].replace("douze", "12"), FIRST[1]],
        [*FIRST, "À suivre."],
        [FIRST[0].replace("lundi", "ce lundi"), FIRST[1].replace("Le feu", "L'incendie")],
        [FIRST[1], FIRST[0]],
    ],
    ids=["equal", "one paragraph", "12", "to be continued", "edited", "moved"],
)
def test_the_same_said_otherwise_is_none(later: list[str]) -> None:
    assert newer(FIRST, later) is None


def test_a_version_cut_to_fit_is_none_whatever_it_adds() -> None:
    assert newer([*FIRST, *FIRST], [FIRST[1], INQUIRY]) is None


def test_what_the_summary_says_beside_it_is_not_said_again() -> None:
    found = newer(FIRST, [INQUIRY, *FIRST], shown=INQUIRY)
    assert found is not None
    assert found.adds == ""


def test_texts_without_words_are_none() -> None:
    assert newer([], []) is None
    assert newer(["…"], ["***"]) is None


def test_what_lists_say_of_it_is_short() -> None:
    found = newer(
        FIRST, [*FIRST, "Une enquête nationale, " + "longue et " * 60 + "difficile, commence."]
    )
    assert found is not None
    assert len(found.adds) <= 200
