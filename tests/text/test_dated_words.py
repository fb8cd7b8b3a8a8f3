"""Words that date: what they mean, by the day of their article, and what only looks like it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsdigest.text import dates
from newsdigest.text.dated.copy import Written
from newsdigest.text.dated.relative import signs
from newsdigest.text.dated.tenses import words
from newsdigest.text.dated.words import dated_words

LISTS = Path(__file__).parent.parent / "data"
_LABEL = re.compile(r"\[([^\]=]+)=([^\]]+)\]")
FRIDAY = date(2026, 1, 23)


def dated(text: str, day: date = FRIDAY, lang: str = "fr", **how: bool) -> list[tuple[str, str]]:
    """(words, date) of each that is found."""
    found = dated_words(text, Written(day, lang, **how))
    return [(text[one.start : one.end], one.iso) for one in found]


def labelled(name: str) -> Iterator[tuple[date, str, str, list[tuple[int, int, str]]]]:
    """(day, language, sentence, [(start, end, date or "-")]) of each line of a list."""
    for line in (LISTS / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        day, lang, marked = line.split("\t")
        text, labels, at = "", [], 0
        for label in _LABEL.finditer(marked):
            text += marked[at : label.start()]
            labels.append((len(text), len(text) + len(label[1]), label[2]))
            text, at = text + label[1], label.end()
        yield date.fromisoformat(day), lang, text + marked[at:], labels


def score(name: str) -> tuple[int, list[str], list[str]]:
    """How many are right; what is marked and should not be; what is missed."""
    right, wrong, missed = 0, [], []
    for day, lang, text, labels in labelled(name):
        left = [label for label in labels if label[2] != "-"]
        for one in dated_words(text, Written(day, lang)):
            meant = [x for x in left if x[0] < one.end and one.start < x[1] and x[2] == one.iso]
            if meant:
                right += 1
                left.remove(meant[0])
            else:
                wrong.append(f"{day} {text} -> {text[one.start : one.end]} {one.iso}")
        missed += [f"{day} {text} -> {text[start:end]} {iso}" for start, end, iso in left]
    return right, wrong, missed


def test_of_two_hundred_labelled_expressions_what_is_marked_is_right() -> None:
    right, wrong, missed = score("dated_words.tsv")
    assert not wrong
    assert right >= 100
    assert len(missed) <= 5


def test_of_a_hundred_others_what_is_marked_is_right() -> None:
    right, wrong, missed = score("dated_words_held_out.tsv")
    assert not wrong
    assert right >= 48
    assert len(missed) <= 4


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("La commission se réunira mardi.", "2026-01-27"),
        ("La commission s'est réunie mardi.", "2026-01-20"),
        ("La commission se réunit vendredi.", "2026-01-23"),
        ("Le texte, adopté jeudi, a été publié.", "2026-01-22"),
        ("La commission doit se réunir mardi.", "2026-01-27"),
        ("Le ministre a dit mercredi que le pont ouvrira.", "2026-01-21"),
        ("Le ministre a dit que le pont ouvrira lundi.", "2026-01-26"),
    ],
)
def test_the_verb_tells_which_day_of_that_name(text: str, iso: str) -> None:
    assert [found for _, found in dated(text)] == [iso]


@pytest.mark.parametrize(
    "text",
    [
        "La commission se réunit mardi.",
        "La commission devait se réunir mardi.",
        "La réunion prévue mardi a été annulée.",
        "La réunion de mardi a duré dix heures.",
        "Il a promis de rendre mardi son rapport.",
        "Le musée a toujours fermé le mardi.",
        "La bombe avait été posée vendredi.",
    ],
)
def test_a_weekday_that_may_be_any_is_left_alone(text: str) -> None:
    assert dated(text) == []


def test_what_was_announced_may_be_of_another_day() -> None:
    for text, lang in (
        ("Le port a confirmé la tenue d'une réunion mardi.", "fr"),
        ("Les dockers ont annoncé une grève samedi.", "fr"),
        ("The union called for a strike on Monday.", "en"),
    ):
        assert dated(text, lang=lang) == []
    assert dated("Les dockers ont annoncé mardi une grève.") == [("mardi", "2026-01-20")]
    assert dated("The union said on Monday it was ready.", lang="en") == [("Monday", "2026-01-19")]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("A plan is to be presented on Wednesday.", "2026-01-28"),
        ("A summit will be held on Wednesday.", "2026-01-28"),
        ("A summit was held on Wednesday.", "2026-01-21"),
        ("The king is due in court on Wednesday.", "2026-01-28"),
        ("He resigned on Wednesday, aides said.", "2026-01-21"),
    ],
)
def test_the_verb_tells_in_english_too(text: str, iso: str) -> None:
    assert [found for _, found in dated(text, lang="en")] == [iso]


def test_a_date_whose_weekday_is_not_its_own_is_left_alone() -> None:
    assert dated("Le vote du mardi 22 janvier 2026 est nul.") == []
    assert dated("Le vote du jeudi 22 janvier 2026 est nul.") == [
        ("jeudi 22 janvier 2026", "2026-01-22")
    ]


def test_a_day_beside_another_that_contradicts_it_is_left_alone() -> None:
    assert dated("Le col a fermé hier jeudi.") == [("hier", "2026-01-22"), ("jeudi", "2026-01-22")]
    assert dated("Le col a fermé hier mardi.") == []


def test_a_day_far_off_or_beside_another_year_is_left_alone() -> None:
    assert dated("Le contrat a expiré le 21 août.") == []
    assert dated("Le contrat, signé en 2013, a expiré le 21 octobre.") == []
    assert dated("Le contrat a expiré le 21 octobre.") == [("21 octobre", "2025-10-21")]
    assert dated("Élu le 5 novembre 2024, il a pris ses fonctions le 20 janvier.") == [
        ("5 novembre 2024", "2024-11-05")
    ]
    assert dated("Depuis le 7 octobre, l'armée a mené trois offensives.") == []
    assert dated("Le congrès aura lieu le 29 mai.") == [("29 mai", "2026-05-29")]
    assert dated("Ouverte le 2 avril, la piste a reçu mille coureurs.") == []


def test_what_counts_in_years_dates_by_another_year() -> None:
    for text in (
        "Un an après le séisme du 6 février, la ville reste en ruines.",
        "Il y a cinq ans, le 22 janvier, la digue avait cédé.",
        "Deux ans plus tôt, le 20 janvier, il avait prêté serment.",
        "Pour l'anniversaire du 20 janvier, la place a été fleurie.",
    ):
        assert dated(text) == []
    assert dated("A year after the January 6 riot, he was freed.", lang="en") == []
    assert dated("Il est mort le 20 janvier à 69 ans.") == [("20 janvier", "2026-01-20")]


def test_what_is_no_date_to_a_reader_breaks_nothing() -> None:
    for text in (
        "ce ſoir",
        "hier dımanche",
        "le 99/99/2026",
        "le 31 février 2026",
        "mardi " * 1200,
    ):
        assert dated(f"Il a plu {text}.") == []


WORDS = (
    *(
        "mardi",
        "Mardi",
        "mercredi",
        "hier",
        "22 janvier",
        "janvier",
        "le 20",
        "2026",
        "dernier",
        "en",
    ),
    *(
        "a annoncé",
        "se réunira",
        "«",
        "»",
        '"',
        "et",
        "à",
        ",",
        ".",
        "<b>&",
        "au",
        "la semaine dernière",
    ),
    *(
        "du 12",
        "on Tuesday",
        "said",
        "fin",
        "de",
        "nuit de",
        "ſ",
        "jeudi 22",
        "d'ici",
        "1er",
        "03/01/2026",
    ),
)


@given(
    st.lists(st.sampled_from(WORDS), max_size=14), st.dates(), st.sampled_from(["fr", "en", "vi"])
)
def test_whatever_is_found_stands_in_the_text_and_is_a_date(
    words: list[str], day: date, lang: str
) -> None:
    text, end = " ".join(words), 0
    for one in dated_words(text, Written(day, lang)):
        assert end <= one.start < one.end <= len(text)
        assert dates.label(one.iso, lang)
        end = one.end


def test_days_that_share_their_month_are_each_a_day() -> None:
    assert dated("Le salon se tiendra du 27 au 29 avril.") == [
        ("27", "2026-04-27"),
        ("29 avril", "2026-04-29"),
    ]
    assert dated("Les trains seront rares les 2, 3 et 4 février.") == [
        ("2", "2026-02-02"),
        ("3", "2026-02-03"),
        ("4 février", "2026-02-04"),
    ]
    assert dated("La foire ouvrira samedi 31 janvier et dimanche 1er février.") == [
        ("samedi 31 janvier", "2026-01-31"),
        ("dimanche 1er février", "2026-02-01"),
    ]


def test_what_somebody_says_is_of_another_moment() -> None:
    assert dated("« Il est venu hier », a dit le maire jeudi.") == [("jeudi", "2026-01-22")]
    assert dated("Il est venu hier.", spoken=True) == []
    assert dated("– Il est venu hier.") == []
    assert dated("« Il est venu le 3 mars 2024. »") == [("3 mars 2024", "2024-03-03")]


def test_a_year_that_opens_a_sentence_holds_for_what_follows() -> None:
    assert dated("En 2003, la guerre a éclaté. Le 20 mars, Bagdad a été prise.") == []
    assert dated("La société, fondée en 2003, a fermé mardi.") == [("mardi", "2026-01-20")]


def test_an_article_of_a_month_knows_no_days() -> None:
    assert dated("Le pont a fermé mardi, le mois dernier encore.", to_day=False) == [
        ("le mois dernier", "2025-12")
    ]


def test_a_year_turns() -> None:
    assert dated("Le col a été fermé mercredi 31 décembre.", date(2026, 1, 2)) == [
        ("mercredi 31 décembre", "2025-12-31")
    ]
    assert dated("Il a neigé la semaine dernière.", date(2027, 1, 4)) == [
        ("la semaine dernière", "2026-W53")
    ]
    assert dated("Il a neigé le mois dernier.", date(1, 1, 1)) == []


def test_another_language_is_left_alone() -> None:
    assert dated("Am Dienstag, dem 20. Januar 2026", lang="de") == []


def test_every_word_that_dates_has_a_sign_by_which_it_is_looked_for() -> None:
    for lang in ("fr", "en", "vi"):
        assert [
            said for said in words("relative", lang) if not any(map(said.count, signs(lang)))
        ] == []
