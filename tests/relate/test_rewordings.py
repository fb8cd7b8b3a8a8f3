"""What an edit changed, told in the sentences it stands in, never over the end of a paragraph."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsdigest.relate.rewordings import Piece, redline, rewordings

LEDE = "Le pont mesure douze mètres. Il rouvre lundi."
TOLL = "La panne a fait dix blessés."
QUOTE = "« Nous attendions ce jour », dit la maire, Mme Roux. Elle n’en dit pas plus."


def test_a_changed_word_is_told_in_its_sentence() -> None:
    assert rewordings([LEDE, TOLL], [LEDE.replace("douze", "quinze"), TOLL]) == (
        ("Le pont mesure douze mètres.", "Le pont mesure quinze mètres."),
    )


def test_changes_at_the_end_of_one_paragraph_and_the_start_of_the_next_stay_apart() -> None:
    former = ["Il rouvre lundi", "Douze ouvriers y travaillent"]
    new = ["Il rouvre mardi", "Quinze ouvriers y travaillent"]
    assert rewordings(former, new) == (
        ("Il rouvre lundi", "Il rouvre mardi"),
        ("Douze ouvriers y travaillent", "Quinze ouvriers y travaillent"),
    )


def test_two_changes_in_one_sentence_are_told_once() -> None:
    new = TOLL.replace("La panne", "L’incendie").replace("dix", "onze")
    assert rewordings([LEDE, TOLL], [LEDE, new]) == ((TOLL, new),)


def test_two_sentences_of_a_paragraph_are_told_apart() -> None:
    new = LEDE.replace("douze", "quinze").replace("lundi", "mardi")
    assert rewordings([LEDE], [new]) == (
        ("Le pont mesure douze mètres.", "Le pont mesure quinze mètres."),
        ("Il rouvre lundi.", "Il rouvre mardi."),
    )


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_paragraph_put_in_or_left_out_is_told_alone(at: int) -> None:
    shorter = [LEDE, TOLL]
    longer = [*shorter[:at], QUOTE, *shorter[at:]]
    assert rewordings(shorter, longer) == (("", QUOTE),)
    assert rewordings(longer, shorter) == ((QUOTE, ""),)


@pytest.mark.parametrize(
    ("former", "new", "told"),
    [
        (LEDE, f"{LEDE} Enfin.", ("", "Enfin.")),
        (LEDE, f"Enfin. {LEDE}", ("", "Enfin.")),
        (LEDE, LEDE.replace(" Il", " Enfin. Il"), ("", "Enfin.")),
        (
            LEDE,
            LEDE.replace("rouvre", "rouvre enfin"),
            ("Il rouvre lundi.", "Il rouvre enfin lundi."),
        ),
        (LEDE, LEDE.replace("Il", "Demain, il"), ("Il rouvre lundi.", "Demain, il rouvre lundi.")),
        (
            LEDE,
            LEDE.replace("mètres.", "mètres de long."),
            ("Le pont mesure douze mètres.", "Le pont mesure douze mètres de long."),
        ),
    ],
)
def test_words_put_in_are_told_with_their_sentence_and_sentences_alone(
    former: str, new: str, told: tuple[str, str]
) -> None:
    assert rewordings([former], [new]) == (told,)
    assert rewordings([new], [former]) == (told[::-1],)


def test_a_changed_end_and_a_new_paragraph_are_two_changes() -> None:
    new = [TOLL.replace("blessés", "morts"), QUOTE]
    assert rewordings([TOLL], new) == ((TOLL, new[0]), ("", QUOTE))


@pytest.mark.parametrize(
    "new",
    [
        [LEDE.upper(), TOLL, QUOTE],
        [LEDE.replace(".", " !"), TOLL, QUOTE],
        ["Le pont mesure douze mètres.", "Il rouvre lundi.", TOLL, QUOTE],
        [f"{LEDE} {TOLL}", QUOTE],
        [QUOTE, LEDE, TOLL],
        [LEDE, "* * *", TOLL, "", QUOTE],
    ],
)
def test_signs_capitals_breaks_and_a_paragraph_s_place_are_no_rewording(new: list[str]) -> None:
    assert rewordings([LEDE, TOLL, QUOTE], new) == ()


def test_an_item_and_a_row_are_told_alone() -> None:
    former = "Pont A\nPont B\nPont C"
    assert rewordings([former], [former.replace("B", "D")]) == (("Pont B", "Pont D"),)
    former = "Hanoï · 12\nHuế · 7"
    assert rewordings([former], [former.replace("7", "9")]) == (("Huế · 7", "Huế · 9"),)
    assert rewordings([former], [f"{former}\nVinh · 1"]) == (("", "Vinh · 1"),)


def test_vietnamese_is_compared_syllable_by_syllable() -> None:
    former = "Cảng Hải Phong mở cửa trở lại vào sáng thứ ba."
    assert redline(former, former.replace("thứ ba", "thứ tư")) == (
        Piece("same", "Cảng Hải Phong mở cửa trở lại vào sáng thứ "),
        Piece("former", "ba"),
        Piece("new", "tư"),
        Piece("same", "."),
    )


def test_a_lone_word_between_two_changes_is_changed_with_them() -> None:
    assert redline("On a vu dix de ces ponts.", "On a vu onze de nos ponts.") == (
        Piece("same", "On a vu "),
        Piece("former", "dix de ces"),
        Piece("new", "onze de nos"),
        Piece("same", " ponts."),
    )


def test_a_compound_is_one_word() -> None:
    assert redline("Vingt-quatre navires.", "Vingt-deux navires.") == (
        Piece("former", "Vingt-quatre"),
        Piece("new", "Vingt-deux"),
        Piece("same", " navires."),
    )


def test_signs_are_shown_where_a_sentence_is() -> None:
    assert redline("Il rouvre.", "Il rouvre !") == (
        Piece("same", "Il rouvre"),
        Piece("former", "."),
        Piece("new", " !"),
    )


TEXT = st.text(alphabet="ab .,'’1é\n", max_size=60)
TEXTS = st.lists(TEXT, max_size=6)


@given(TEXT, TEXT)
def test_a_redline_holds_both_wordings_whole(former: str, new: str) -> None:
    pieces = redline(former, new)
    assert "".join(text for kind, text in pieces if kind != "new") == former
    assert "".join(text for kind, text in pieces if kind != "former") == new


@given(TEXTS, TEXTS)
def test_what_is_told_stands_in_one_paragraph_of_its_version(
    former: list[str], new: list[str]
) -> None:
    told = rewordings(former, new)
    for was, is_ in told:
        assert was or is_
        assert all("\n" not in one for one in (was, is_))
        assert any(was in block for block in former) or not was
        assert any(is_ in block for block in new) or not is_
    assert rewordings(new, new) == ()


@pytest.mark.parametrize(
    ("former", "new"),
    [
        (["mot " * 100_000], ["mot " * 90_000 + "fin"]),
        (["un deux trois " * 33_000], ["deux un trois " * 33_000]),
        (["a"] * 20_000, ["b", "a"] * 10_000),
        ([f"mot {at}" for at in range(20_000)], [f"mot {at + 7}" for at in range(20_000)]),
    ],
)
def test_hostile_texts_take_no_longer(former: list[str], new: list[str]) -> None:
    began = time.process_time()
    for was, is_ in rewordings(former, new):
        redline(was, is_)
    assert time.process_time() - began < 5


def test_two_words_far_apart_in_a_long_article_are_two_changes() -> None:
    blocks = [f"Le mot numéro {at} de ce très long article parle du pont." for at in range(800)]
    edited = list(blocks)
    edited[3] = edited[3].replace("pont", "quai")
    edited[790] = edited[790].replace("pont", "quai")
    assert rewordings(blocks, edited) == ((blocks[3], edited[3]), (blocks[790], edited[790]))
