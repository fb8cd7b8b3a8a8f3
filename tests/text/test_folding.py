"""Text as it is compared: without case, without accents."""

from __future__ import annotations

import unicodedata

from newsdigest.text.folding import fold, fold_whole

LETTERS = [chr(code) for code in range(0x3000)]


def test_accents_ligatures_and_case_do_not_count():
    assert fold("L’Œuvre d’ÉLÉONORE à Đà Nẵng, Łódź et Çanakkale") == (
        "l’oeuvre d’eleonore a da nang, lodz et canakkale"
    )


def test_letters_of_other_scripts_lose_their_marks_and_take_those_around_along():
    assert fold("Άθήνα й é") == "αθηνα и e"


def test_a_letter_of_a_latin_text_is_the_same_alone_and_among_others():
    for one in map(chr, range(0x300)):
        assert fold_whole(f"É{one}è, ") == f"e{fold(one)}e, ", ascii(one)


def test_one_letter_of_another_script_takes_all_marks_off_the_text():
    for one in LETTERS:
        bare = "".join(sign for sign in fold(one) if not unicodedata.combining(sign))
        assert fold_whole(f"й{one}é") == f"и{bare}e", ascii(one)
