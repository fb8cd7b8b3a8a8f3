"""A person is filed under the surname, as the language of the list has it."""

from __future__ import annotations

import pytest
from newsdigest.base.records import EntityType
from newsdigest.entities.filing import filed_name, filed_part


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("Anna Korvat", "Korvat"),
        ("Charles de Gaulle", "Gaulle"),
        ("Ursula von der Leyen", "Leyen"),
        ("Jean de La Fontaine", "La Fontaine"),
        ("Joachim du Bellay", "du Bellay"),
        ("Marine Le Pen", "Le Pen"),
        ("Robert De Niro", "De Niro"),
        ("Jean-Claude Van Damme", "Van Damme"),
        ("Vincent van Gogh", "van Gogh"),
        ("Bachar al-Assad", "Assad"),
        ("Valéry Giscard d'Estaing", "Estaing"),
        ("Mohammed ben Salmane", "ben Salmane"),
        ("Luiz Inácio Lula da Silva", "Silva"),
        ("Martin Luther King Jr.", "King"),
        ("Nguyễn Phú Trọng", "Trọng"),
        ("Nguyen Phu Trong", "Trong"),
        ("Lê Na", "Na"),
        ("Võ Thị Sáu", "Sáu"),
        ("Tô Lâm", "Lâm"),
        ("Hồ Chí Minh", "Minh"),
        ("Xi Jinping", "Xi Jinping"),
        ("Kim Jong-un", "Kim Jong-un"),
        ("Jean-Paul II", "Jean-Paul II"),
        ("Charles III", "Charles III"),
        ("Félix le Grand", "Félix le Grand"),
        ("Kossova", "Kossova"),
        ("Le Corbusier", "Corbusier"),
    ],
)
def test_a_person_is_filed_under_the_surname(name: str, filed: str) -> None:
    start, end = filed_part(name, "person")
    assert name[start:end] == filed


@pytest.mark.parametrize(
    ("name", "filed"),
    [("Charles de Gaulle", "de Gaulle"), ("Ursula von der Leyen", "von der Leyen"),
     ("Nguyễn Phú Trọng", "Trọng"), ("Anna Korvat", "Korvat")],
)  # fmt: skip
def test_english_lists_keep_the_particle(name: str, filed: str) -> None:
    start, end = filed_part(name, "person", "en-GB")
    assert name[start:end] == filed


@pytest.mark.parametrize("type_", ["place", "organisation", "event", "product"])
def test_anything_else_is_filed_as_it_is_written(type_: EntityType) -> None:
    assert filed_name("Rio de Janeiro", type_) == "Rio de Janeiro"


def test_what_is_sorted_has_the_surname_first() -> None:
    assert filed_name("Charles de Gaulle", "person") == "Gaulle Charles de"
    assert filed_name("Martin Luther King Jr.", "person") == "King Martin Luther Jr."
    assert filed_name("", "person") == ""


@pytest.mark.parametrize("name", ["", " ", "A\tB", "’", "d'", "al-", "X II", "de la du", "𝔸 𝔹"])
def test_no_name_is_too_odd(name: str) -> None:
    start, end = filed_part(name, "person")
    assert 0 <= start <= end <= len(name)
