"""What an editor may want to look at, told of the files that a build reads."""

from __future__ import annotations

from typing import Any

import pytest
from newsdigest.base.errors import describe_warning
from newsdigest.base.i18n import translations
from newsdigest.read.remarks import remarks
from wire import LEDE, MORE, TITLE, copy, read

FRENCH = translations("fr").gettext


def told(*body: str, path: str = "essai.txt", **head: Any) -> list[str]:
    found = remarks(read(copy(*body, **head), path))
    return [f"{one.code} {describe_warning(one.code, FRENCH, one.facts)}" for one in found]


SIGNED = "AFP/VNA/CVN"


@pytest.mark.parametrize(
    ("lede", "wrong"),
    [
        ("La halle a rouvert mardi 5 janvier 2026, dit la mairie.", "mardi 5 janvier 2026"),
        ("La halle rouvre ce dimanche 5 janvier, dit la mairie.", "dimanche 5 janvier"),
        (
            "The hall opened on Tuesday, January 5, 2026, the mayor said.",
            "Tuesday, January 5, 2026",
        ),
        ("The hall opened on Sunday 5 January, the mayor said today.", "Sunday 5 January"),
        ("Chợ mở lại vào Thứ Ba, 05/01/2026, theo thị trưởng cho biết.", "Thứ Ba, 05/01/2026"),
    ],
)
def test_a_weekday_that_is_not_that_of_its_date(lede: str, wrong: str) -> None:
    found = remarks(read(copy(f"{lede} {MORE}", MORE, SIGNED)))
    assert [(one.code, one.facts["written"]) for one in found] == [("W_WEEKDAY", wrong)]


def test_behind_the_lede_too_where_it_stands_in_one_go_and_near() -> None:
    for text, wrong in (
        ("La halle a rouvert mardi 5 janvier sous la pluie.", "mardi 5 janvier"),
        ("Les étals du dimanche 5 janvier étaient vides.", "dimanche 5 janvier"),
    ):
        found = remarks(read(copy(LEDE, text, SIGNED)))
        assert [(one.code, one.facts["written"]) for one in found] == [("W_WEEKDAY", wrong)]


def test_it_says_which_day_that_is() -> None:
    assert told(f"La halle a rouvert mardi 5 janvier 2026. {MORE}", SIGNED) == [
        "W_WEEKDAY « mardi 5 janvier 2026 » n’existe pas : c’est le lundi 5 janvier 2026."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "La halle a rouvert lundi 5 janvier 2026, dit la mairie de la commune voisine.",
        "La halle avait brûlé un mardi, le 5 janvier dit la mairie de la commune voisine.",
        "La halle avait brûlé un mardi 5 janvier, dit la mairie de la commune voisine.",
        "La halle avait brûlé mardi 4 juillet, dit la mairie de la commune voisine.",
        "La halle avait brûlé en 1999, mardi 5 janvier, dit la mairie de la commune voisine.",
        "La halle, rouverte mardi, 5 janvier ou non, reste fermée le soir dans la commune.",
    ],
)
def test_a_weekday_that_may_be_right_is_left_alone(text: str) -> None:
    # Behind the lede a day without a year may be of any year.
    assert told(LEDE, text, SIGNED) == []


def test_an_agency_that_is_missing_or_unknown() -> None:
    assert told(LEDE, MORE) == ["W_NO_CREDIT " + FRENCH("neither agency nor author is named.")]
    unknown = ["W_AGENCY_UNKNOWN l’agence « XYZ » n’est pas connue : voir RAW_AGENCIES."]
    for signed in ("Paul Verdane/XYZ", "VNA/XYZ", "Hoàng Diêu/XYZ"):
        assert told(LEDE, MORE, signed) == unknown
    assert told(f"MONTREVERT (XYZ) - {LEDE}", MORE) == unknown
    for signed in (SIGNED, "Paul Verdane/CVN", "Par Paul Verdane"):
        assert told(LEDE, MORE, signed) == []


def test_a_photo_that_nobody_signs() -> None:
    unsigned = ["W_PHOTO_CREDIT une photo que personne ne signe."]
    for line in ("Photo :", "Photo d'illustration", "Ảnh:", "Des habitants traversent. Photo :"):
        assert told(LEDE, line, MORE, SIGNED) == unsigned
    for line in ("Photo : Jeanne Ollier/AFP", "La photo a fait le tour du monde, dit-elle."):
        assert told(LEDE, line, MORE, SIGNED) == []


def test_a_line_that_points_at_the_article_itself() -> None:
    itself = ["W_RELATED_SELF une ligne >> porte le titre de l’article même : laissée de côté."]
    for line in (f">> {TITLE}", f">> {TITLE.upper()}", f"Lire aussi : {TITLE} !"):
        assert told(LEDE, line, MORE, SIGNED) == itself
    assert told(LEDE, ">> La halle de Belrive ferme ses portes", MORE, SIGNED) == []


def test_a_text_of_a_few_words() -> None:
    assert told("La halle rouvre.", SIGNED) == ["W_TINY 3 mots en tout : « La halle rouvre. »."]
    assert told(LEDE, SIGNED) == []
