"""Which line is the headline."""

from __future__ import annotations

from dataclasses import replace

import pytest
from wire import LAST, LEDE, MORE, RULES, TITLE, copy, photos, read, refuse, texts

LONG = (
    "La halle de Montrevert, fermée depuis l'incendie qui l'avait ravagée il y a deux ans, a rouvert"
    " lundi. Les marchands y ont repris leurs places."
)
LATE = "La halle rouvre après deux ans de travaux"


def test_page_furniture_before_the_headline_is_skipped():
    for rest in ("", " icon search", " Menu", " • close-icon Fermer", " Hotline : 01 00 00", " |"):
        article = read(f"date 2026-01-05{rest}\n\nse connecter\n\n{TITLE}\n\n{LEDE}\n\nAFP")
        assert (article.headline, article.lede, article.warnings) == (TITLE, LEDE, ("W_CHROME",))


def test_an_address_in_the_headlines_place_is_kept_apart():
    article = read(f"date 2026-01-05 https://journal.example/a?b=1\n{TITLE}\n\n{LEDE}")
    assert (article.headline, article.source_url) == (TITLE, "https://journal.example/a?b=1")


def test_a_photo_in_the_headlines_place_becomes_a_photo():
    article = read(f"date 2026-01-05 Photo : AFP\n\n{TITLE}\n\n{LEDE}\n\nAFP")
    assert (article.headline, photos(article)) == (TITLE, [("", "AFP")])
    assert [block.type for block in article.blocks] == ["paragraph", "photo"]
    article = read(f"date 2026-01-05 La foule lundi. Photo : AFP\n\n{TITLE}\n\n{LEDE}")
    assert photos(article) == [("La foule lundi.", "AFP")]


@pytest.mark.parametrize(
    "text",
    [
        "date 2026-01-05",
        "date 2026-01-05 menu\n\naccueil",
        f"date 2026-01-05 >> Un titre lié\n\n{LEDE}",
        f"date 2026-01-05 AFP/VNA/CVN\n\n{LEDE}",
        f"date 2026-01-05 Hoàng Diêu/CVN\n\n{LEDE}",
        f"date 2026-01-05\n\nPhoto : AFP\n\n{LEDE}",
        f"date 2026-01-05 ***\n\n{LEDE}",
        f"date 2026-01-05 (Mise à jour)\n\n{LEDE}",
    ],
)
def test_without_a_headline_the_article_is_refused(text):
    assert (refuse(text).code, refuse(text).line) == ("E_TITLE_MISSING", 1)


def test_a_first_paragraph_before_the_headline_is_the_lede():
    article = read(f"date 2026-01-05 {LONG}\n\n{LATE}\n\n{MORE}\n\nAFP")
    assert (article.headline, article.lede, article.warnings) == (LATE, LONG, ())
    assert texts(article) == [LONG, MORE]
    same_block = read(f"date 2026-01-05 {LONG}\n{LATE}\n{MORE}")
    assert (same_block.headline, texts(same_block)) == (LATE, [LONG, MORE])


@pytest.mark.parametrize(
    "following",
    [
        "La halle rouvre",  # too short
        f"{LATE}\n{MORE}",  # not alone
        f"{LATE}.",  # a sentence
        f">> {LATE}",
        f"- {LATE}",
        f"{LATE} : https://journal.example",
    ],
)
def test_else_the_headline_is_the_first_sentence(following):
    article = read(f"date 2026-01-05 {LONG}\n\n{following}\n\n{LAST}")
    assert article.headline == (
        "La halle de Montrevert, fermée depuis l'incendie qui l'avait ravagée il y a deux ans, a rouvert"
        " lundi"
    )
    assert article.lede == LONG
    assert "W_TITLE_DERIVED" in article.warnings


def test_a_lede_in_the_headlines_place_is_no_caption():
    article = read(f"date 2026-01-05 {LONG}\nPhoto : AFP\n\n{MORE}")
    assert (article.lede, photos(article)) == (LONG, [("", "AFP")])


def test_a_derived_headline_leaves_the_dateline_and_long_tails():
    long = (
        "MONTREVERT (AFP) - M. Aubin, maire de la commune, a rouvert lundi la halle fermée depuis"
        " l'incendie de l'an passé, en présence des marchands. Fin."
    )
    article = read(f"date 2026-01-05 {long}\n\n{MORE}")
    assert article.headline == (
        "M. Aubin, maire de la commune, a rouvert lundi la halle fermée depuis l'incendie de l'an"
        " passé, en présence…"
    )
    assert (article.dateline, article.agencies) == ("MONTREVERT (AFP)", ("AFP",))
    assert article.lede.startswith("M. Aubin")


def test_a_derived_headline_has_110_characters_at_most():
    article = read("date 2026-01-05 " + "mot, " * 40 + f"\n\n{MORE}")
    assert article.headline == ("mot, " * 22)[:-2] + "…"
    assert read("date 2026-01-05 " + "x" * 200 + f"\n\n{MORE}").headline == "x" * 110 + "…"


def test_deriving_can_be_forbidden():
    rules = replace(RULES, derive_title=False)
    assert refuse(f"date 2026-01-05 {LONG}\n\n{MORE}", rules).code == "E_TITLE_MISSING"


def test_the_limits_of_a_paragraph():
    ended = "a" * 89 + "."
    assert read(copy(LEDE, title=ended)).headline == ended
    assert "W_TITLE_DERIVED" in read(copy(LEDE, title="a" + ended)).warnings
    assert read(copy(LEDE, title="a" * 180)).headline == "a" * 180
    assert "W_TITLE_DERIVED" in read(copy(LEDE, title="a" * 181)).warnings


def test_a_short_line_above_the_headline_is_a_kicker():
    article = read(f"date 2026-01-05 Patrimoine\n\n{TITLE}\n\n{LEDE}")
    assert (article.kicker, article.headline, article.lede) == ("Patrimoine", TITLE, LEDE)
    article = read(f"date 2026-01-05 Patrimoine\n{TITLE}\n{LEDE}")
    assert (article.kicker, article.headline, article.lede) == ("Patrimoine", TITLE, LEDE)
    capitals = "MONTREVERT ET SON PATRIMOINE BÂTI, DOSSIER"
    article = read(f"date 2026-01-05 {capitals}\n\nLa halle rouvre\n\n{LEDE}")
    assert (article.kicker, article.headline) == (capitals, "La halle rouvre")


@pytest.mark.parametrize(
    "text",
    [
        f"date 2026-01-05 Patrimoine !\n\n{TITLE}\n\n{LEDE}",
        "date 2026-01-05 La halle de Montrevert rouvre\n\nRéouverture\n\n" + LEDE,
        f"date 2026-01-05 Patrimoine\n\n{TITLE}\n{MORE}\n\n{LEDE}",
        f"date 2026-01-05 Patrimoine\n\n{TITLE}\n\nCourt.\n\n>> {TITLE}",
        f"date 2026-01-05 Patrimoine\n\n{LEDE}\n\n{MORE}",
        f"date 2026-01-05 Patrimoine\n\nTexte et photos : Anne-Lise Moreau\n\n{MORE}",
    ],
)
def test_else_the_first_line_is_the_headline(text):
    assert read(text).kicker is None


@pytest.mark.parametrize("badge", ["Mise à jour", "MAJ", "Suite", "Updated", "Cập nhật", "maj"])
def test_an_update_badge_leaves_the_headline(badge):
    for written in (f"({badge})", f"[{badge}]"):
        article = read(copy(LEDE, title=f"{TITLE} {written}"))
        assert (article.headline, article.update) == (TITLE, badge)


def test_other_brackets_stay():
    assert read(copy(LEDE, title="La halle (suite et fin)")).headline == "La halle (suite et fin)"
    assert read(copy(LEDE, title="La halle (MAJ]")).update is None
