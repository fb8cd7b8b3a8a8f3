"""What is one thing beyond doubt has one key, and what only looks like it has two."""

from __future__ import annotations

import pytest
from newsdigest.entities.curated.lookalikes import relation
from newsdigest.entities.one_thing import are_one, person_key, shown_name, thing_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # A country or a city in the three languages.
        ("Suisse", "Switzerland"),
        ("Suisse", "Thụy Sĩ"),
        ("Vietnam", "Viêt Nam"),
        ("Viêt Nam", "Việt Nam"),
        ("Hanoï", "Hà Nội"),
        ("Allemagne", "Đức"),
        ("Brésil", "Brazil"),
        ("Inde", "Ấn Độ"),
        ("Londres", "London"),
        ("Pékin", "Bắc Kinh"),
        ("Afrique", "Châu Phi"),
        # An acronym and what it stands for.
        ("ONU", "Nations unies"),
        ("UE", "Union européenne"),
        ("OMS", "World Health Organization"),
        ("FMI", "Fonds monétaire international"),
        ("SNCF", "Société nationale des chemins de fer français"),
        # A state's formal name.
        ("République de Corée", "Corée du Sud"),
        ("République islamique d’Iran", "Iran"),
        ("Royaume du Maroc", "Maroc"),
        ("République populaire de Chine", "Chine"),
        # Its article.
        ("Le Canard enchaîné", "Canard enchaîné"),
        ("La République en marche", "République en marche"),
        ("The New York Times", "New York Times"),
        ("Les Sables-d’Olonne", "Sables-d’Olonne"),
        # The city of four names.
        ("TP. Hồ Chí Minh", "TP.HCM"),
        ("Hô Chi Minh-Ville", "HCM-Ville"),
        ("Ho Chi Minh City", "Thành phố Hồ Chí Minh"),
    ],
)
def test_names_of_one_place_or_body_share_a_key(one: str, other: str):
    assert thing_key(one) == thing_key(other)
    assert relation(one, other) == relation(other, one) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bachar al-Assad", "Bachar el-Assad"),
        ("Bachar Al-Assad", "Bachar el-Assad"),
        ("Haïder al-Abadi", "Haïder el-Abadi"),
        ("Vladimir Poutine", "Vladimir Putin"),
        ("Mouammar Kadhafi", "Muammar Gaddafi"),
    ],
)
def test_names_of_one_person_share_a_key(one: str, other: str):
    assert person_key(one) == person_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mexico", "Mexique"),
        ("Niger", "Nigeria"),
        ("Guinée", "Guinée équatoriale"),
        ("République du Congo", "République démocratique du Congo"),
        ("République de Corée", "République populaire démocratique de Corée"),
        ("République de Chine", "Chine"),
        ("République dominicaine", "Dominique"),
        ("Hô Chi Minh", "Hô Chi Minh-Ville"),
        ("Corée du Sud", "Corée du Nord"),
        ("Royaume-Uni", "Angleterre"),
        ("Lê Van Hung", "Van Hung"),
        ("Le Van Hung", "Van Hung"),
        ("OMS", "OMC"),
        ("Parti socialiste", "Parti socialiste européen"),
        ("Conseil européen", "Commission européenne"),
        ("El Salvador", "Al Salvador"),
        ("Monde", "world"),
        ("duc", "Allemagne"),
    ],
)
def test_names_of_two_share_none(one: str, other: str):
    assert not are_one(one, other)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Thụy Sĩ", "Suisse"),
        ("Nations unies", "ONU"),
        ("UE", "Union européenne"),
        ("HCM City", "Hô Chi Minh-Ville"),
        ("Việt Nam", "Vietnam"),
        ("Royaume du Maroc", "Maroc"),
        ("Canard enchaîné", ""),
    ],
)
def test_what_has_many_names_is_shown_under_the_houses(written: str, shown: str):
    assert shown_name(thing_key(written), is_person=False) == shown
