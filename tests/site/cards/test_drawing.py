"""Social cards as pictures: their size, their margins, what they carry."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from newsdigest.base.errors import BuildError
from newsdigest.base.records import Secret, Site
from newsdigest.site.cards.drawing import MARGIN, drawn, is_drawn_from, key_of
from newsdigest.site.cards.look import Look, card_look
from newsdigest.site.cards.said import Said
from newsdigest.site.leaks import LeakCheck
from PIL import Image

SITE = Site(tagline="L’actualité, résumée chaque jour")
LOOK = Look()
LONGEST = (
    "Le gouvernement présente devant le Parlement un plan de soutien à l’industrie qui prévoit la création de"
    " quarante mille emplois dans les régions du Nord et de l’Est, la rénovation de douze ports et la construction"
    " de trois lignes ferroviaires avant 2035, malgré l’opposition des syndicats et des élus locaux"
)[:300]  # fmt: skip
FOOT = "23 janvier 2026 · Xinhua/VNA/CVN"
HOSTILE = "<b>\u202e&amp;\x00</b></title>\ud800\U0001f600" + "Anticonstitutionnellement" * 12
CARDS = {
    "short": Said("Le port double son quai", "Économie", foot=FOOT),
    "longest": Said(LONGEST, "Politique", foot=FOOT),
    "one word": Said("Anticonstitutionnellement" * 8, "Mots", foot=FOOT),
    "empty": Said(""),
    "hostile": Said(HOSTILE, HOSTILE, (HOSTILE, HOSTILE), HOSTILE, HOSTILE),
    "another script": Said("الرئيس يزور باريس", "Monde", foot=FOOT, instead="Monde"),
    "Vietnamese": Said("Thủ tướng Nguyễn Minh Đức thăm Huế", "Thời sự", foot="23/01/2026"),
    "a day": Said("Vendredi 23 janvier 2026", "À la une", (LONGEST, "Le port rouvre", LONGEST)),
    "the site": Said(SITE.name, foot=SITE.tagline),
}


def picture(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def colours(data: bytes) -> set[tuple[int, int, int]]:
    return {colour for _n, colour in picture(data).convert("RGB").getcolors(4096) or ()}  # type: ignore[misc]


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_a_light_picture_of_the_size_that_networks_ask_for(name: str) -> None:
    data = drawn(CARDS[name], SITE, LOOK)
    found = picture(data)
    assert (found.format, found.size, found.mode) == ("PNG", (1200, 630), "P")
    assert len(data) < 30_000
    assert len(colours(data)) <= 16


@pytest.mark.parametrize("name", CARDS)
def test_nothing_is_written_in_the_margins(name: str) -> None:
    page = picture(drawn(CARDS[name], SITE, LOOK)).convert("RGB")
    # A round letter stands a little over its place.
    edge = MARGIN - 6
    inner = (edge, 30, 1200 - edge, 630 - 30)
    page.paste((255, 254, 251), inner)
    assert page.getcolors() == [(1200 * 630, (255, 254, 251))]


@pytest.mark.parametrize("name", CARDS)
def test_the_same_words_give_the_same_bytes(name: str) -> None:
    assert drawn(CARDS[name], SITE, LOOK) == drawn(CARDS[name], SITE, LOOK)


def test_a_headline_in_letters_that_are_not_there_is_the_card_of_its_section() -> None:
    arabic, section = (
        picture(drawn(Said(title, foot=FOOT, instead="Monde"), SITE, LOOK)).tobytes()
        for title in ("الرئيس يزور باريس", "Monde")
    )
    assert arabic == section


def test_a_site_whose_name_is_in_such_letters_has_cards_all_the_same() -> None:
    """They are headed by its host."""
    chinese, plain = (
        Site(name=name, url="https://xinwen.example") for name in ("新闻", "xinwen.example")
    )
    for one, other in ((Said("新闻"), Said("xinwen.example")), (CARDS["short"], CARDS["short"])):
        said = [picture(drawn(*it, LOOK)).tobytes() for it in ((one, chinese), (other, plain))]
        assert said[0] == said[1]


def test_a_card_is_known_by_all_that_it_was_drawn_from() -> None:
    said = CARDS["short"]
    data, key = drawn(said, SITE, LOOK), key_of(said, SITE, LOOK)
    assert is_drawn_from(data, key)
    others = [
        key_of(Said("Le port double son quai", "Économie"), SITE, LOOK),
        key_of(said, Site(name="Autre"), LOOK),
        key_of(said, SITE, Look(accent="#004488")),
        key_of(said, SITE, Look(bold=LOOK.regular)),
    ]
    assert [is_drawn_from(data, other) for other in others] == [False] * 4


def test_a_card_holds_no_time() -> None:
    data = drawn(CARDS["short"], SITE, LOOK)
    assert b"tIME" not in data
    assert sorted(picture(data).info) == ["Card", "Description"]


# -- what is under embargo ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headline",
    [
        "Le ministre démissionne",
        "Le ministre des transports démissionne après l’affaire du tramway",
        "Nguyễn Minh Đức quitte l’AED & rejoint « l’ONU »",
    ],
)
def test_what_a_card_would_give_away_is_seen_as_in_a_page(headline: str) -> None:
    """Nobody reads pictures: a card carries its words, and these are looked at."""
    secret = Secret("politique/2026/demission-du-ministre", headline, "", "2026-03-01T00:00Z")
    check = LeakCheck([secret])
    said = Said("Vendredi 23 janvier 2026", "À la une", ("Autre chose", headline))
    assert [leak.id for leak in check.leaks("a.png", drawn(said, SITE, LOOK))] == [secret.id]
    assert check.leaks("b.png", drawn(CARDS["short"], SITE, LOOK)) == []


# -- a theme's own look ---------------------------------------------------------------------------


def test_a_theme_has_its_own_colours_and_fonts(tmp_path: Path) -> None:
    (tmp_path / "theirs.ttf").write_bytes(Path(LOOK.regular).read_bytes())
    (tmp_path / "lefil.toml").write_text(
        'templates = ["index"]\n[card]\npaper = "#102030"\naccent = "#FFCC00"\nbold = "theirs.ttf"\n',
        encoding="utf-8",
    )
    look = card_look(tmp_path)
    assert (look.paper, look.accent, look.ink) == ("#102030", "#ffcc00", LOOK.ink)
    assert look.bold == str(tmp_path / "theirs.ttf")
    found = colours(drawn(CARDS["short"], SITE, look))
    assert {(0x10, 0x20, 0x30), (0xFF, 0xCC, 0x00)} <= found


def test_a_theme_that_says_nothing_of_cards_has_ours(tmp_path: Path) -> None:
    assert card_look(tmp_path) == LOOK
    (tmp_path / "quiet").mkdir()
    (tmp_path / "quiet" / "lefil.toml").write_text("", encoding="utf-8")
    assert card_look(tmp_path / "quiet") == LOOK


@pytest.mark.parametrize(
    "told",
    [
        'paper = "white"',
        "paper = 255",
        'bold = "absent.ttf"',
        'bold = "lefil.toml"',
        'paint = "#ffffff"',
        "paper =",
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, told: str) -> None:
    (tmp_path / "lefil.toml").write_text(f"[card]\n{told}\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"lefil\.toml"):
        card_look(tmp_path)


def test_a_card_that_is_no_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "lefil.toml").write_text("card = 3\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"lefil\.toml"):
        card_look(tmp_path)
