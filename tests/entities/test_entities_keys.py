"""One name under its spellings, its address, and the sentence that quotes it."""

from __future__ import annotations

import pytest
from newsdigest.entities.keys import entity_key
from newsdigest.entities.quotes import sentence_around
from newsdigest.entities.rules.miscased import is_miscased


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jean-Luc Mélenchon", "Jean-Luc Melenchon"),
        ("Maison Blanche", "Maison-Blanche"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Phạm Minh Chính", "Pham Minh Chinh"),
        ("Đà Nẵng", "Da Nang"),
        ("Côte d’Ivoire", "Côte d'Ivoire"),
        ("Restos du cœur", "Restos du Coeur"),
        ("O.N.U.", "ONU"),
        ("Emmanuel MACRON", "Emmanuel\u00a0Macron"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str):
    assert entity_key(one) == entity_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jean Dupont", "Jeanne Dupont"),
        ("George Bush", "George W. Bush"),
        ("Soudan", "Soudan du Sud"),
        ("Iouri Ouchakov", "Yuri Ushakov"),
    ],
)
def test_other_names_have_other_keys(one: str, other: str):
    assert entity_key(one) != entity_key(other)


def test_the_sentence_that_holds_a_mention():
    text = "Il pleut. Hier, M. Girod a vu la mer. Elle était calme."
    start = text.index("Girod")
    assert sentence_around(text, start, start + 5) == ("Hier, M. ", "Girod", " a vu la mer.")


def test_a_long_sentence_is_cut_at_words_on_both_sides():
    text = "avant " * 60 + "Girod" + " après" * 60 + "."
    start = text.index("Girod")
    before, mention, after = sentence_around(text, start, start + 5, limit=80)
    assert len(before + mention + after) <= 80
    assert before.startswith("…avant ")
    assert before.endswith("avant ")
    assert mention == "Girod"
    assert after.endswith(" après…")


def test_a_cell_is_a_sentence_of_its_own():
    assert sentence_around("Pays\nInde\n352", 5, 9) == ("", "Inde", "")


@pytest.mark.parametrize(
    ("headline", "miscased"),
    [
        ("POUTINE ET WITKOFF À MOSCOU", True),
        ("Typhoon Lirin Kills Seven in Calandes Islands", True),
        ("le riz repart à la hausse", True),
        ("Poutine et Witkoff à Moscou", False),
        ("L'ONU et l'UE saluent l'accord", False),
        ("Donald Trump reçoit Emmanuel Macron à la Maison Blanche", False),
    ],
)
def test_headlines_whose_capitals_tell_nothing(headline: str, miscased: bool):
    assert is_miscased(headline) is miscased
