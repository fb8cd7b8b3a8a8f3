"""What another version adds is shown on its own page; what was read already is not."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsdigest.relate.worddiff import Additions, Segment, added

LEDE = (
    "Le port d'Alvéra a rouvert mardi matin après trois semaines de fermeture, a annoncé la"
    " capitainerie."
)
TOLL = (
    "La tempête avait fait 12 morts et privé d'électricité plus de 40.000 foyers dans les îles"
    " voisines."
)
QUOTE = (
    "\"Nous n'avons jamais vu une mer pareille\", a raconté Ilona Marsac, patronne d'un chalutier"
    " de la baie."
)


def same(text: str) -> Segment:
    return Segment("same", text)


def new(text: str) -> Segment:
    return Segment("added", text)


def test_a_version_without_a_new_word_adds_nothing() -> None:
    assert added([LEDE, TOLL], [LEDE, TOLL]) == Additions(((same(LEDE),), (same(TOLL),)), ())


def test_quotation_marks_case_and_spacing_are_no_addition() -> None:
    retyped = QUOTE.replace("\"Nous n'avons", "« NOUS n’avons").replace('pareille"', "pareille »")
    assert added([QUOTE], [retyped]) == Additions(((same(retyped),),), ())


def test_a_paragraph_put_on_top_is_new_and_the_rest_was_read() -> None:
    top = "Deux ferries ont quitté les quais à midi, pour la première fois depuis le 3 janvier."
    assert added([LEDE, TOLL], [top, LEDE, TOLL]) == Additions(
        ((new(top),), (same(LEDE),), (same(TOLL),)), ()
    )


def test_a_corrected_toll_is_one_new_word() -> None:
    found = added([TOLL], [TOLL.replace("12", "15")])
    assert found.blocks == (
        (
            same("La tempête avait fait "),
            new("15"),
            same(TOLL[TOLL.index(" morts") :]),
        ),
    )
    assert found.removed == ("12",)


def test_a_number_is_one_word_with_its_thousands() -> None:
    found = added([TOLL], [TOLL.replace("40.000", "40.500")])
    assert new("40.500") in found.blocks[0]
    assert found.removed == ("40.000",)


def test_a_sentence_inside_a_paragraph_keeps_its_full_stop() -> None:
    added_sentence = "Les réparations ont coûté huit millions d'écus."
    found = added([f"{LEDE} {TOLL}"], [f"{LEDE} {added_sentence} {TOLL}"])
    assert found.blocks == ((same(f"{LEDE} "), new(added_sentence), same(f" {TOLL}")),)


def test_a_paragraph_that_moved_or_was_joined_to_another_is_no_addition() -> None:
    assert added([LEDE, TOLL, QUOTE], [f"{QUOTE} {LEDE}", TOLL]).blocks == (
        (same(f"{QUOTE} {LEDE}"),),
        (same(TOLL),),
    )


def test_a_paragraph_left_out_is_removed() -> None:
    assert added([LEDE, TOLL, QUOTE], [LEDE, QUOTE]).removed == (TOLL,)


def test_a_common_turn_of_phrase_does_not_make_a_new_paragraph_look_read() -> None:
    fresh = "Le vaccin sera gratuit, a annoncé la ministre, après trois semaines de débats."
    assert added([LEDE, TOLL], [LEDE, fresh, TOLL]).blocks[1] == (new(fresh),)


def test_short_blocks_in_the_same_order_are_the_same() -> None:
    assert added(["Réouverture", LEDE, "Météo"], ["Réouverture", LEDE, "Météo"]).blocks == (
        (same("Réouverture"),),
        (same(LEDE),),
        (same("Météo"),),
    )


def test_vietnamese_is_compared_syllable_by_syllable() -> None:
    text = "Cảng Hải Phong mở cửa trở lại vào sáng thứ ba sau ba tuần đóng cửa"
    found = added([text], [f"{text} vì bão lớn"])
    assert found.blocks == ((same(f"{text} "), new("vì bão lớn")),)


def test_blocks_without_words_are_never_new() -> None:
    assert added([], ["", "* * *"]) == Additions(((), (same("* * *"),)), ())
    assert added([LEDE], []) == Additions((), (LEDE,))


TEXTS = st.lists(st.text(alphabet="ab .,'1\n", max_size=60), max_size=6)


@given(TEXTS, TEXTS)
def test_the_segments_of_a_block_are_its_text(leader: list[str], version: list[str]) -> None:
    found = added(leader, version)
    assert ["".join(s.text for s in block) for block in found.blocks] == version
    for block in found.blocks:
        assert all(one.kind != other.kind for one, other in pairwise(block))


@pytest.mark.parametrize(
    ("leader", "version"),
    [
        ("mot " * 100_000, "mot " * 90_000 + "fin"),
        ("un deux trois " * 33_000, "deux un trois " * 33_000),
        (
            " ".join(f"a{n} b c d e f g" for n in range(14_000)),
            " ".join(f"z{n} b c d e f g" for n in range(14_000)),
        ),
        (
            " ".join(f"p q r s t u{n} x y x y x y x y" for n in range(7_000)),
            " ".join(f"p q r s t u{n} y y x x y y x x" for n in range(7_000)),
        ),
    ],
)
def test_hostile_texts_of_100_000_words_take_no_longer(leader: str, version: str) -> None:
    began = time.process_time()
    added([leader], [version])
    assert time.process_time() - began < 5
