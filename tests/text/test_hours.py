"""The hour a dispatch dated by its day gives itself."""

import pytest
from newsdigest.text.hours import hour_told


@pytest.mark.parametrize(
    ("headline", "dateline", "text", "hour"),
    [
        ("MAJ 18h30 - Séisme au Pérou : 12 morts", "", "", "18:30"),
        ("Séisme au Pérou (18h30)", "", "", "18:30"),
        ("18 h : le point sur les inondations", "", "", "18:00"),
        ("Mis à jour : mardi 14 octobre, 07:45", "", "", "07:45"),
        ("Séisme", "LIMA, 14 h 30", "", "14:30"),
        ("Séisme", "", "Mis à jour le 14 octobre à 18h30. Le séisme a fait 12 morts.", "18:30"),
        ("Séisme", "", "Publié le 14/10/2026 à 9h05", "09:05"),
        ("Quake", "", "Updated at 6:30 pm. The quake struck Lima.", "18:30"),
        ("Động đất", "", "Cập nhật lúc 18h30", "18:30"),
    ],
)
def test_a_dispatch_bears_its_hour(headline: str, dateline: str, text: str, hour: str) -> None:
    assert hour_told(headline, dateline, text) == hour


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Séisme à 5 h 32 à Lima", "Le séisme s'est produit à 5 h 32, selon la police."),
        ("Le journal de 20 heures fête ses 50 ans", "Le journal de 20 heures est né en 1976."),
        ("Victoire 3:2 de Lens", "Lens a gagné 3:2."),
        ("Le train de 18h30 supprimé", "Publié par la régie : le train de 18h30 ne part plus."),
    ],
)
def test_the_hour_of_what_it_tells_of_is_none(headline: str, text: str) -> None:
    assert hour_told(headline, "", text) is None
