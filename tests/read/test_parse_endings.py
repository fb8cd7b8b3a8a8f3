"""An article ends at its closing credit; what follows of another is left out."""

from __future__ import annotations

import pytest
from wire import LAST, LEDE, MORE, body, copy, kinds, photos, read, texts

OTHER = "Le port de Sérigny drague son chenal"
FOREIGN = (
    "Le port de Sérigny a commencé mardi à draguer son chenal, fermé aux gros navires depuis mai."
)
STEM = MORE.removesuffix(".")


@pytest.mark.parametrize(
    ("end", "agencies"),
    [
        (". -AVI", ("AVI",)), (" - VNA", ("VNA",)), (". – VNA", ("VNA",)), (".—AFP", ("AFP",)),
        (" -AVI", ("AVI",)), (".-VNA/VI", ("VNA", "VI")), ("./.-VNA", ("VNA",)), (". --AVI", ("AVI",)),
        (". −AVI", ("AVI",)), (". ‑TTXVN", ("TTXVN",)), (". ― Xinhua", ("Xinhua",)), (". - AFP/VNA.", ("AFP", "VNA")),
        (". -AVI/VNA/CVN", ("AVI", "VNA", "CVN")),
    ],
)  # fmt: skip
def test_a_credit_that_ends_a_line_ends_the_article(end, agencies):
    for below in ((OTHER, FOREIGN, LAST), (FOREIGN,), (FOREIGN, f"{LAST} - Xinhua", OTHER)):
        article = body(STEM + end, *below)
        assert (article.agencies, article.warnings) == (agencies, ("W_ENDED",))
        assert [text.rstrip(".") for text in texts(article)] == [LEDE.rstrip("."), STEM]
        assert OTHER not in str(article.blocks)


@pytest.mark.parametrize("line", ["-AVI", "- VNA", "– AFP", "—AVI/VNA", "-VNA."])
def test_such_a_credit_on_a_line_of_its_own_too(line):
    article = body(MORE, line, OTHER, FOREIGN)
    assert (texts(article), article.warnings) == ([LEDE, MORE], ("W_ENDED",))
    assert article.agencies


def test_an_unknown_signature_ends_the_article_after_a_full_stop():
    for end in (" -MHT", " - BNA/QT", " – LPM", "-ABCD."):
        article = body(f"{MORE}{end}", OTHER, FOREIGN, "AFP")
        assert texts(article) == [LEDE, f"{MORE}{end}"]
        assert article.warnings == ("W_ENDED", "W_NO_CREDIT")


def test_one_paragraph_and_its_credit_end_where_a_headline_follows():
    article = read(copy(f"{LEDE} -AVI", OTHER, FOREIGN))
    assert (texts(article), article.warnings) == ([LEDE], ("W_ENDED",))


def test_photos_and_related_lines_below_the_credit_are_the_articles():
    article = body(
        f"{MORE} -AVI", ">> Un titre lié", f"{STEM}\nPhoto : VNA", "Ảnh: TTXVN", OTHER, FOREIGN
    )
    assert (article.related, photos(article)) == (("Un titre lié",), [(STEM, "VNA"), ("", "TTXVN")])
    assert OTHER not in str(article.blocks)


@pytest.mark.parametrize(
    "line",
    [
        "Photo : Nguyên Van Bao, envoyé spécial - VNA",
        "(Photo : Jeanne Ollier à Montrevert – AFP)",
        "Les marchands sous la halle. Ảnh: Minh Hạnh – TTXVN",
        "Les marchands sous la halle.\nPhoto : Nguyên Van Bao, envoyé spécial - VNA",
        f"{MORE} {MORE} {MORE} {MORE} Photo : Nguyên Van Bao - VNA",
        ">> Le marché de Sérigny attendra encore deux ans - VNA",
        "Lire aussi : Le marché de Sérigny attendra encore deux ans - VNA",
    ],
)
def test_a_picture_or_a_headline_signed_behind_a_dash_ends_nothing(line):
    article = body(line, MORE, LAST, "AFP")
    assert (texts(article)[-2:], article.agencies) == ([MORE, LAST], ("AFP",))
    assert "W_ENDED" not in article.warnings
    assert len(article.photos) + len(article.related) == 1


@pytest.mark.parametrize(
    "ending",
    [
        f"{MORE} -AVI",
        f"{MORE} - VNA",
        "AFP/VNA/CVN",
        "Hoàng Diêu/CVN",
        "- VNA",
        "Source : AFP",
        f"{MORE} -MHT",
    ],
)
def test_a_credit_at_the_end_loses_nothing(ending):
    article = body(LAST, ending)
    assert texts(article)[:2] == [LEDE, LAST]
    assert "W_ENDED" not in article.warnings


@pytest.mark.parametrize(
    "line",
    [
        "Le match a opposé dimanche, devant 40.000 spectateurs, le PSG - OM",
        "La dépêche a été reprise sur tous les écrans par la BBC et par CNN-NHK-MHT",
        "Les négociations de paix reprendront au printemps, à Genève ou à Vienne - SI",
        "Le duel BBC - CNN",
        "Il sera jugé par la cour d'appel, selon le code de procédure civile - article XII",
        "L'accord lie depuis 2019 l'Union européenne et le Vietnam, un pays de l'ASEAN.",
    ],
)
def test_capitals_after_a_dash_inside_a_sentence_end_nothing(line):
    article = body(line, MORE, LAST, "AFP")
    assert (texts(article)[-2:], article.warnings) == ([MORE, LAST], ())


def test_dispatches_in_brief_each_signed_are_one_article():
    article = read(copy(f"{LEDE} - VNA", f"{LAST} {MORE} - AFP", f"{MORE} {LAST} - Xinhua"))
    assert len(texts(article)) == 3
    assert "W_CREDIT_INSIDE" in article.warnings
    assert "W_ENDED" not in article.warnings


def test_a_signed_lede_ends_nothing_unless_a_headline_follows():
    article = read(copy(f"{LEDE} - VNA", MORE, LAST, "VNA/CVN"))
    assert (len(texts(article)), article.agencies) == (3, ("VNA", "CVN"))
    assert article.warnings == ("W_CREDIT_INSIDE",)


def test_a_list_may_name_agencies():
    article = body("Ont signé l'accord :", "- AFP\n- VNA\n- Xinhua", MORE, "CVN")
    assert article.blocks[2].items == ("AFP", "VNA", "Xinhua")
    assert (texts(article)[-1], article.agencies) == (MORE, ("CVN",))


def test_a_credit_above_text_is_text():
    article = body(LAST, "AFP/VNA", MORE)
    assert kinds(article) == ["paragraph", "paragraph", "subheading", "paragraph"]
