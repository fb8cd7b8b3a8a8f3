"""Captions, related headlines, questions and subheadings are short: what is longer stays text."""

from __future__ import annotations

import pytest
from wire import LAST, LEDE, MORE, TITLE, body, copy, kinds, photos, read, texts

BODY = (
    "La halle de Montrevert a rouvert lundi devant plusieurs centaines d'habitants. Les marchands ont"
    " retrouvé leurs places sous la charpente. Le maire a coupé le ruban à dix heures. Une fanfare jouait"
    " sur le parvis. La prochaine foire aura lieu au printemps, a fait savoir la mairie."
)
LONG = (
    "Sous la charpente refaite à neuf, les marchands de pommes, de fromages, de miel et de châtaignes ont"
    " retrouvé lundi matin, devant plusieurs centaines d'habitants venus à pied de tous les hameaux"
    " alentour, les places qu'ils occupaient avant l'incendie, et que beaucoup croyaient ne jamais"
    " revoir depuis deux ans"
)

# --- captions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "credit"),
    [
        (" Photo : AFP", "AFP"),
        (" Photo : Jeanne Ollier/AFP", "Jeanne Ollier/AFP"),
        (" Photo: VNA/CVN", "VNA/CVN"),
        (" (Photo : VNA)", "VNA"),
        (" Crédit photo : mairie de Montrevert", "mairie de Montrevert"),
        (" Ảnh: TTXVN", "TTXVN"),
        (" Photo credit: VNS", "VNS"),
    ],
)
@pytest.mark.parametrize("text", [BODY, LONG])
def test_a_body_that_ends_in_a_photo_credit_stays_a_body(text, end, credit):
    alone = read(copy(text + end))
    assert (texts(alone), photos(alone)) == ([text], [("", credit)])
    article = body(MORE, text + end, LAST)
    assert (texts(article), photos(article)) == ([LEDE, MORE, text, LAST], [("", credit)])
    assert "W_CAPTION_LONG" in article.warnings


def test_a_long_text_above_a_photo_line_is_no_caption():
    for text in (BODY, LONG):
        article = body(f"{text}\nPhoto : AFP", MORE, "VNA")
        assert (texts(article), photos(article)) == ([LEDE, text, MORE], [("", "AFP")])
        assert article.warnings == ("W_CAPTION_LONG",)


def test_a_block_whose_last_line_goes_on_from_the_others_is_taken_whole():
    first, rest = "Les marchands de la place ont retrouvé leurs étals sous", "la charpente refaite."
    article = body(f"{first}\n{rest}\nPhoto : AFP", MORE)
    assert photos(article) == [(f"{first} {rest}", "AFP")]
    article = body(f"{LONG},\nque l'on n'espérait plus.\nPhoto : AFP", MORE)
    assert texts(article) == [LEDE, f"{LONG}, que l'on n'espérait plus.", MORE]


def test_a_caption_that_is_all_the_text_is_the_body():
    text = "Les marchands de Montrevert ont retrouvé lundi leurs places sous la charpente refaite à neuf."
    for written in (
        f"{text} Photo : AFP",
        f"{text}\nPhoto : AFP",
        f">> Un titre\n\n{text} Photo : AFP",
    ):
        article = read(copy(written))
        assert (texts(article), photos(article)) == ([text], [("", "AFP")])
        assert "W_CAPTION_LONG" in article.warnings
    two = read(copy(f"{text} Photo : AFP", f"{LAST} Photo : VNA"))
    assert photos(two) == [(text, "AFP"), (LAST, "VNA")]


@pytest.mark.parametrize(
    "caption",
    [
        "La halle lundi.",
        "La halle lundi. Au fond, le beffroi. À droite, la mairie.",
        "De gauche à droite : M. Aubin, maire de Montrevert, Mme Lise Morel, préfète, et le Pr. J. Caron.",
        (LONG[:299] + "."),
        "Chợ Montrevert mở cửa trở lại hôm thứ Hai sau hai năm sửa chữa, với hàng trăm người dân đến xem.",
    ],
)
def test_a_long_legitimate_caption_stays_one(caption):
    assert photos(body(f"{caption} Photo : AFP", MORE)) == [(caption, "AFP")]
    assert photos(body(f"{caption}\nPhoto : AFP", MORE)) == [(caption, "AFP")]


# --- a related headline with its article behind it ----------------------------------------------

AFTER = (
    "a rouvert lundi ses portes aux marchands après deux ans de travaux, a annoncé la mairie. Plusieurs"
    " centaines d'habitants sont venus voir la charpente, que l'on croyait perdue depuis l'incendie."
)


@pytest.mark.parametrize(
    ("headline", "article"),
    [
        ("Montrevert retrouve sa halle après deux ans de travaux", f"La halle de la commune {AFTER}"),
        ("Montrevert retrouve sa halle", f"L'ancienne halle aux grains de la commune {AFTER}"),
        ("À Montrevert, la halle rouvre enfin", f"Selon la mairie, la halle de la place {AFTER}"),
        ("La halle rouvrira-t-elle un jour ?", f"Elle {AFTER}"),
        ("« Nous l'avons sauvée », dit le maire de Montrevert.", f"Fermée deux ans, la halle {AFTER}"),
        ("Montrevert retrouve sa halle en fête", f"MONTREVERT (AFP) - La vieille halle {AFTER}"),
        ("Les marchands retrouvent leurs places", f"SAINT-ORENS, 5 janvier (VNA) – La halle {AFTER}"),
        ("Market hall reopens after two years of work", "The old hall of Montrevert " + "reopened " * 20),
        ("Chợ Montrevert mở cửa trở lại sau hai năm", "Theo ông Aubin, chợ " + "mở cửa trở lại " * 12),
    ],
)  # fmt: skip
@pytest.mark.parametrize("mark", [">> ", ">>", "› › ", "Lire aussi : "])
def test_of_a_headline_with_its_article_behind_it_nothing_is_lost(mark, headline, article):
    found = body(MORE, f"{mark}{headline} {article}", LAST, "AFP")
    kept = article.strip()
    assert (found.related, found.warnings) == ((headline,), ("W_RELATED_LONG",))
    shown = " ".join(texts(found))
    assert kept in shown or kept.partition(") ")[2].lstrip("-– ") in shown
    assert texts(found)[-1] == LAST


def test_where_the_headline_cannot_be_told_all_of_it_is_text():
    text = "montrevert retrouve sa halle et ses marchands " * 5 + "fin"
    found = body(MORE, f">> {text}", LAST)
    assert (found.related, texts(found)) == ((), [LEDE, MORE, text, LAST])
    assert "W_RELATED_LONG" in found.warnings


def test_names_that_begin_like_a_sentence_end_no_headline():
    found = body(
        f">> Le procès de Jean Le Pen à La Haye suivi par le journal Le Monde {'et ses lecteurs ' * 10}"
    )
    assert found.related == ()
    assert "à La Haye suivi par le journal Le Monde et" in texts(found)[1]


def test_a_related_line_of_two_hundred_characters_is_a_headline():
    line = "La halle " + "de Montrevert " * 9
    for length in (150, 197):
        headline = (line * 2)[:length].rstrip("e ") + "e"
        assert body(f">> {headline}", MORE).related == (headline,)
    both = (f"{TITLE} encore", f"{LAST[:-1]} demain", f"{MORE[:-1]} ce soir")
    assert body(">> " + " >> ".join(both), "AFP").related == both
    assert body(">> " + " >> ".join(both), MORE, "AFP").warnings == ()


def test_an_article_behind_a_headline_is_text_enough():
    found = read(copy(f">> Montrevert retrouve sa halle La halle de la commune {AFTER}"))
    assert found.lede == f"La halle de la commune {AFTER}"


# --- questions and lone figures -----------------------------------------------------------------

RHETORIC = (
    "Les marchands ont retrouvé leurs places sous la charpente, que l'on croyait perdue, et les habitants"
    " sont venus en nombre dès l'ouverture ; mais la commune, qui a emprunté sur trente ans, pourra-t-elle"
    " payer ?"
)


def test_a_paragraph_that_comes_to_end_with_a_question_is_no_question():
    article = body(RHETORIC, MORE, RHETORIC.replace("trente", "vingt"), LAST)
    assert kinds(article) == ["paragraph"] * 5


@pytest.mark.parametrize(
    "question",
    [
        "Comment la halle a-t-elle changé en deux ans ?",
        "Vous avez été élu en 2020. Que retenez-vous de ces années de travaux ?",
        "How did you save the old market hall of Montrevert?",
        "Chợ Montrevert đã thay đổi như thế nào sau hai năm?",
        "- Et les marchands, que disent-ils de leurs nouvelles places ?",
        "a" * 198 + " ?",
    ],
)
def test_short_questions_make_an_interview_whatever_the_answers_end_with(question):
    article = body(question, RHETORIC, "Et après, que ferez-vous ?", LAST)
    assert texts(article, "question") == [question.removeprefix("- "), "Et après, que ferez-vous ?"]


@pytest.mark.parametrize(
    "figure",
    ["3", "12,5 %", "1.240", "1 240 mètres", "3-1", "15h30", "+3,8%", "-4 °C", "10.000 €", "$371",
     "14/07", "2026", "n° 12", "45 millions", "4.600 milliards de dongs", "190 km/h", "(2)", "4.600 tỷ đồng",
     "US$382-388", "2e", "1,5 million d'euros"],
)  # fmt: skip
def test_a_lone_figure_is_no_subheading(figure):
    article = body(MORE, figure, LAST)
    assert (texts(article, "subheading"), texts(article)[-2]) == ([], figure)


@pytest.mark.parametrize(
    "line",
    ["Trois ans après", "2026, année de la halle", "12 marchands sur 20", "1.240 mètres de câbles tendus",
     "Un pont de 1.240 mètres", "II", "Plan B", "Objectif 2030", "48 heures pour convaincre", "G7"],
)  # fmt: skip
def test_a_subheading_may_hold_figures(line):
    assert texts(body(MORE, line, LAST), "subheading") == [line]
