"""What a page hangs on a headline it cites, and what belongs to the headline."""

from __future__ import annotations

import pytest
from newsdigest.text.decoration import undecorated

HALL = "La halle de Montrevert rouvre ses portes"


@pytest.mark.parametrize(
    "hung",
    [
        " | Le Courrier du Vietnam", " | RFI", " | Radio Sérigny", " ¦ Le Monde", "| VietnamPlus",
        " - VietnamPlus", " – Le Monde", " — L'Express", " - France 24", " - Journal de Montrevert",
        " - Le Fil", " - Sérigny Info", " · AFP", " - Báo Nhân Dân", " - Nhân Dân en ligne",
        " — lecourrier.vn", " - www.journal.example", " https://lecourrier.vn/halle/1234.html",
        " (https://journal.example/1)", " <https://journal.example/1>", " : https://journal.example/a?b=1",
        " (23/01/2026)", " (23-01-2026)", " (23.1.2026)", " [2026-01-23]", " (23/01)", " (23 janvier 2026)",
        " (vendredi 23 janvier)", " (le 1er février 2026 à 14h30)", " (publié le 23/01/2026)",
        " (January 23, 2026)", " (Friday 23 January)", " (ngày 23/1/2026)", " (janvier 2026)",
        " (23/01/2026) | Nhân Dân en ligne", " | Le Monde (23 janvier) https://journal.example",
    ],
)  # fmt: skip
def test_a_site_an_address_and_a_date_in_brackets_are_no_part_of_a_headline(hung):
    assert undecorated(HALL + hung) == HALL


def test_a_date_in_brackets_may_stand_before():
    assert undecorated(f"[23/01/2026] {HALL}") == HALL
    assert undecorated(f"(23 janvier) : {HALL}") == HALL


@pytest.mark.parametrize(
    "headline",
    [
        HALL,
        f"{HALL} - Montrevert",
        f"{HALL} : un an après",
        f"{HALL} – un record depuis dix ans",
        f"{HALL} - analyse",
        f"{HALL} (Mise à jour)",
        f"{HALL} (suite et fin)",
        f"{HALL} (2026)",
        f"{HALL} (3-1)",
        f"{HALL} (1/3)",
        f"{HALL} | 12 mars",
        f"{HALL} le 23 janvier 2026",
        f"{HALL} - 3 morts",
        f"{HALL} - qui paiera ?",
        "Riz - Vietnam",
        "Analyse | Le Monde",
        "Mondial : France - Brésil",
        "Finale PSG - OM",
        "Le Monde (23/01/2026)",
        "",
        "|",
        "https://journal.example",
    ],
)
def test_the_rest_stays(headline):
    assert undecorated(headline) == headline
