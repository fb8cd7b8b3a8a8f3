"""French typography: what the reader sees between the words."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from newsdigest.text.typography import NBSP, NNBSP, cut_edited, edits, typeset


def shown(text: str) -> str:
    """Typeset French with the two invisible spaces made visible: `~` U+00A0, `|` U+202F."""
    return typeset(text, "fr").replace(NBSP, "~").replace(NNBSP, "|")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Vraiment ?", "Vraiment|?"),
        ("Oui ; non !", "Oui|; non|!"),
        ("Quoi ?! Rien ...", "Quoi|?! Rien …"),
        ("Le bilan : trois ponts", "Le bilan~: trois ponts"),
        ("le « Conseil du riz » a dit", "le «~Conseil du riz~» a dit"),
        ('le "Conseil du riz" a dit', "le «~Conseil du riz~» a dit"),
        ('le " Conseil du riz " a dit', "le «~Conseil du riz~» a dit"),
        ('« le "mot" de la fin »', "«~le “mot” de la fin~»"),
        ("l'eau d'aujourd'hui", "l’eau d’aujourd’hui"),
        ('la loi d\'"avenir"', "la loi d’«~avenir~»"),
        ("12 000 tonnes, 2 500 000 euros", "12~000 tonnes, 2~500~000 euros"),
        ("5 % de 3 € à 25 °C", "5~% de 3~€ à 25~°C"),
        ("le 22 janvier et le 1er Mai", "le 22~janvier et le 1er~Mai"),
        ("M. Trần et MM. Lê, Mme Ânh, Dr Vo", "M.~Trần et MM.~Lê, Mme~Ânh, Dr~Vo"),
        ("à 14 h 30, n° 7", "à 14~h~30, n°~7"),
        ("Il attend... puis part", "Il attend… puis part"),
    ],
)
def test_french_text_gets_its_spaces_and_marks(written: str, printed: str) -> None:
    assert shown(written) == printed


@pytest.mark.parametrize(
    "written",
    [
        "12000 pas",
        "rendez-vous à 08:00, score 3:2, ratio 1:10",
        "voir http://exemple.vn/l'eau?x=1...2'a",
        "écrire à redaction.l'ete@exemple.vn",
        "la fonction std::move et `a'b...`",
        "en 2026 300 personnes",
        'un écran de 15" et un clou',
        'il a dit "bonjour sans finir',
        "me voici, dr et m. sans majuscule",
        "vide",
        "",
        "a....b",
    ],
)
def test_what_is_not_prose_stays_as_written(written: str) -> None:
    assert typeset(written, "fr") == written


def test_a_quotation_around_an_address_is_still_a_quotation() -> None:
    assert shown('le site "www.exemple.vn" (ou "http://exemple.vn/l\'eau") :') == (
        "le site «~www.exemple.vn~» (ou «~http://exemple.vn/l'eau~»)~:"
    )


def test_an_orphan_quote_spoils_no_other_quotation() -> None:
    assert shown('il a dit "oui et "non" hier') == 'il a dit "oui et «~non~» hier'


def test_other_languages_are_left_alone() -> None:
    assert typeset('What\'s new ? "Rice" : 12 000', "en") == 'What’s new ? "Rice" : 12 000'
    assert typeset('Ông nói : "Được" ! l\'eau...', "vi") == 'Ông nói : "Được" ! l\'eau...'


def test_a_regional_french_is_french() -> None:
    assert typeset("Quoi ?", "fr-CA") == f"Quoi{NNBSP}?"


def test_edits_count_in_the_text_as_given() -> None:
    assert edits("Oui : l'eau...", "fr") == ((3, 4, NBSP), (7, 8, "’"), (11, 14, "…"))


def test_a_slice_is_typeset_as_the_whole_was() -> None:
    text = 'Le "Conseil" : d\'accord'
    changes = edits(text, "fr")
    cut = text.index("Conseil")
    pieces = cut_edited(text, changes, (0, cut, cut + 7, len(text)))
    assert pieces[1] == "Conseil"
    assert "".join(pieces) == typeset(text, "fr")


PROSE = st.text(alphabet="ab M.M'’\"«»“”;:!?…. 12h°n%()-/@<`,\u00a0\u202f1er", max_size=60)


@settings(max_examples=600, deadline=None)
@given(PROSE | st.text(max_size=80))
@example('"a "b" c"')
@example('" ? "')
@example("« ! »")
@example("« )")
def test_typeset_text_comes_back_unchanged(text: str) -> None:
    once = typeset(text, "fr")
    assert typeset(once, "fr") == once


@settings(max_examples=300, deadline=None)
@given(PROSE)
def test_no_letter_or_sign_is_lost(text: str) -> None:
    def letters(s: str) -> str:
        plain = s.replace("…", "...").translate(str.maketrans("«»“”’", '""""\''))
        # The groups of a number may be written with points.
        return re.sub(r"(?<=\d)\.(?=\d{3})", "", "".join(plain.split()))

    assert letters(typeset(text, "fr")) == letters(text)


@settings(max_examples=300, deadline=None)
@given(PROSE)
def test_edits_are_disjoint_and_in_order(text: str) -> None:
    changes = edits(text, "fr")
    assert all(start < end <= len(text) for start, end, _ in changes)
    assert all(a[1] <= b[0] for a, b in pairwise(changes))


@pytest.mark.parametrize(
    "unit",
    [
        "@",
        " ?",
        '" ',
        '"a ',
        "1 000 ",
        "<a",
        "'",
        "!",
        " !",
        "a",
        "«",
        "1 ",
        "M. ",
        "://",
        "4.200 ",
        "a? ",
        "«a» ",
        "5% ",
        "km2 ",
        "a:",
        "1.000.",
    ],
)
def test_a_hostile_file_takes_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    began = time.process_time()
    typeset(text, "fr")
    assert time.process_time() - began < 3.0
