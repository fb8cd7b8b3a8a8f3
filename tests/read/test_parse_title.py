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


# --- headline, kicker, first sentence -----------------------------------------------------------

SHORT = "Un marché sauvé des flammes"
TEXT = f"{MORE} {LAST}"


@pytest.mark.parametrize(
    "sentence",
    [
        "Qui aurait cru, il y a deux ans, que la halle de Montrevert rouvrirait un jour ?",
        "Montrevert a retrouvé sa halle, et tous ses marchands, et toutes ses odeurs !",
        "« Nous l'avons sauvée, et nous en sommes fiers, c'est tout ce que je dirai »",
        '"Nous avons cru la perdre", a dit le maire, ajoutant : "elle est à vous"',
        "Montrevert a battu Sérigny dimanche en finale de la coupe des halles, 3-1",
        "L'équipe de Montrevert a gagné son premier match de la saison (2-0)",
        "La halle de Montrevert a rouvert lundi devant plusieurs centaines d'habitants",
        "MONTREVERT (AFP) - La halle de la commune a rouvert lundi devant les habitants",
        "Did anyone believe two years ago that the old hall would open again?",
        "Ai có thể tin rằng chợ Montrevert sẽ mở cửa trở lại sau hai năm?",
    ],
)
@pytest.mark.parametrize(
    "title", [SHORT, "Montrevert retrouve sa halle", "La coupe reste à Montrevert", "Hall reopens"]
)
def test_a_short_headline_stays_above_a_first_sentence_without_full_stop(title, sentence):
    for between in ("\n\n", "\n"):
        article = read(f"date 2026-01-05 {title}{between}{sentence}\n\n{TEXT}\n\nAFP")
        assert (article.headline, article.kicker) == (title, None)
        assert sentence.endswith(article.lede)


def test_only_the_missing_full_stop_leaves_a_doubt():
    plain = "La halle de Montrevert a rouvert lundi devant plusieurs centaines d'habitants"
    doubtful = read(f"date 2026-01-05 {SHORT}\n\n{plain}\n\n{TEXT}\n\nAFP")
    assert doubtful.warnings == ("W_TITLE_DOUBT",)
    sure = read(f"date 2026-01-05 {SHORT}\n\n{plain} ?\n\n{TEXT}\n\nAFP")
    assert sure.warnings == ()


@pytest.mark.parametrize(
    "kicker",
    ["Patrimoine", "Économie", "Politique", "Culture - Sports", "Reportage", "En bref", "L'INVITÉ",
     "International | Asie", "Société et culture", "Vietnam", "Hanoï", "Proche-Orient", "France - Vietnam",
     "LE FEUILLETON DE LA HALLE", "DOSSIER", "Business", "World", "Thời sự", "Kinh tế", "Hà Nội",
     "Reportage à Vam Ro", "Entretien avec Odile Marchefer"],
)  # fmt: skip
def test_capitals_a_known_rubric_or_a_place_make_a_kicker(kicker):
    article = read(f"date 2026-01-05 {kicker}\n\n{TITLE}\n\n{LEDE}\n\n{MORE}\n\nAFP")
    assert (article.kicker, article.headline, article.lede) == (kicker, TITLE, LEDE)
    assert article.warnings == ()


def test_a_rubric_stands_above_questions_and_quotations_too():
    for title in ("Qui paiera la halle de Montrevert ?", "« Nous l'avons sauvée », dit le maire"):
        article = read(f"date 2026-01-05 Société\n\n{title}\n\n{LEDE}")
        assert (article.kicker, article.headline, article.lede) == ("Société", title, LEDE)


def test_a_headline_in_capitals_is_not_taken_for_the_kicker_of_a_sentence():
    article = read(
        f"date 2026-01-05 LA HALLE EST SAUVÉE\n\nQui l'aurait cru il y a deux ans ?\n\n{TEXT}"
    )
    assert (article.headline, article.kicker) == ("LA HALLE EST SAUVÉE", None)
    assert "W_TITLE_DOUBT" in article.warnings


def test_a_headline_with_a_full_stop_keeps_its_place_above_a_question():
    title = LONG.partition(". ")[0] + "."
    question = "Qui aurait cru que la halle rouvrirait un jour ?"
    article = read(f"date 2026-01-05 {title}\n\n{question}\n\n{TEXT}")
    assert article.headline == title.removesuffix(".")
    assert texts(article)[1:] == [question, TEXT] or question in str(article.blocks)


# --- menus and banners --------------------------------------------------------------------------

PAGE = [
    "Accueil > Société > Patrimoine", "Accueil / Politique", "Vous êtes ici : Accueil > Société",
    "Home > News > World", "Trang chủ > Thời sự", "Politique Économie Société Culture Sport",
    "Politique | Économie | Culture | Sport", "Aller au contenu principal", "Skip to main content", "S'abonner",
    "Rechercher", "Đăng nhập", "Menu principal", "Mon compte", "Newsletters",
    "Nous utilisons des cookies pour améliorer votre expérience sur notre site.",
    "Ce site utilise des cookies afin de vous offrir le meilleur service. En savoir plus",
    "En poursuivant votre navigation sur ce site, vous acceptez l'utilisation de cookies.",
    "Pour mesurer notre audience, nous et nos 120 partenaires utilisons des traceurs.",
    "We use cookies to improve your experience. By continuing you accept our privacy policy.",
    "This website uses cookies.", "Chúng tôi sử dụng cookie để cải thiện trải nghiệm của bạn.",
    "Tout accepter", "Gérer les cookies", "Accept all", "Refuser tous les cookies",
    "Continuer sans accepter →", "Le respect de votre vie privée est notre priorité",
    "Nous et nos 120 partenaires stockons des informations sur votre appareil.",
    "With your consent, we and our partners process personal data.",
    "Par Anne Moreau | Publié le 05/01/2026 à 10:12", "La rédaction - 5 min de lecture",
    "Votre vie privée nous importe", "We value your privacy",
    "Publié le 5 janvier 2026 à 14h30", "Mis à jour le lundi 5 janvier 2026", "Temps de lecture : 3 min",
    "Partager sur Facebook", "Cập nhật lúc 14:30 ngày 5/1/2026", "Abonnez-vous à notre newsletter",
    "16/01/2026 10:00 GMT+7", "Vendredi, 16 janvier 2026 - 10h00", "10h00 | 16.01.2026", "Thứ Sáu, 16/01/2026 - 10:00",
]  # fmt: skip


@pytest.mark.parametrize("line", PAGE)
def test_menus_and_banners_between_date_and_headline_are_left_out(line):
    for above in (
        f" {line}\n\n",
        f"\n{line}\n",
        f"\n\n{line}\n\n",
        f" {line}\nMenu\nConnexion\n\n",
    ):
        article = read(f"date 2026-01-05{above}{TITLE}\n\n{LEDE}\n\n{MORE}\n\nAFP")
        assert (article.headline, article.kicker, article.lede) == (TITLE, None, LEDE)
        assert article.warnings == ("W_CHROME",)


@pytest.mark.parametrize("line", PAGE)
def test_so_are_those_between_headline_and_text(line):
    article = read(f"date 2026-01-05 {TITLE}\n{line}\nImprimer\n\n{LEDE}\n\n{MORE}\n\nAFP")
    assert (article.headline, article.lede) == (TITLE, LEDE)
    assert [block.text for block in article.blocks] == [LEDE, MORE]
    assert article.warnings == ("W_BOILERPLATE",)


def test_a_day_without_its_hour_may_head_what_happened_then():
    article = read(f"date 2026-01-05 {TITLE}\n\n4 janvier 2026\n\n{LEDE}\n\nAFP")
    assert "4 janvier 2026" in [block.text for block in article.blocks]


def test_a_headline_that_stands_again_above_the_text_is_no_lede():
    for again in (TITLE, TITLE.upper()):
        article = read(f"date 2026-01-05 {TITLE}\n\n{again}\n\n{LEDE}\n\n{MORE}\n\nAFP")
        assert (article.headline, article.lede) == (TITLE, LEDE)
        assert article.warnings == ("W_DUP_PARA",)


def test_a_headline_below_menus_nobody_knows_is_called_doubtful():
    menu = "Accueil\nNos dossiers du mois\nLa boutique du journal\nCarnet du jour"
    article = read(f"date 2026-01-05\n{menu}\n{TITLE}\n\n{LEDE}\n\nAFP")
    assert (article.headline, article.lede) == (TITLE, LEDE)
    assert article.warnings == ("W_CHROME", "W_TITLE_DOUBT")
    article = read(f"date 2026-01-05 Menu\n\nNos dossiers du mois\n\n{TITLE}\n\n{LEDE}\n\nAFP")
    assert (article.headline, article.warnings) == (TITLE, ("W_CHROME", "W_TITLE_DOUBT"))


@pytest.mark.parametrize(
    "title",
    [
        "Google renonce à supprimer les cookies tiers",
        "Cookies : ce que les sites savent de votre navigation",
        "La Cnil sanctionne un portail qui impose d'accepter les cookies",
        "« Nous utilisons trop de cookies », admet un éditeur",
        "Publié à 19 ans, son premier roman fait scandale",
        "Publié le mois dernier, un rapport accable la mairie",
        "Accueil des réfugiés : Montrevert ouvre sa halle",
        "Cập nhật giá vàng ngày 12/1",
        "Partager le pain sur la place de la halle",
        "Lecture : trois romans pour l'hiver",
        "Menu de fête à la halle de Montrevert",
        "Rechercher l'eau sous le désert",
        "Ski - Biathlon - Saut : une saison sans neige",
        "Sport - Football - Montrevert gagne la coupe",
        "Politique de l'eau : la commune change de cap",
        "Your privacy at risk, says watchdog",
    ],
)
def test_headlines_about_such_things_are_headlines(title):
    article = read(f"date 2026-01-05 {title}\n\n{LEDE}\n\n{MORE}\n\nAFP")
    assert (article.headline, article.lede, article.warnings) == (title, LEDE, ())


def test_an_article_of_one_line_is_one():
    article = read(f"date 2026-01-05 {SHORT}\n\n{LEDE}\n\nAFP")
    assert (article.headline, texts(article), article.warnings) == (SHORT, [LEDE], ())
    article = read(f"date 2026-01-05 {SHORT}\n\nLa halle a rouvert\n\nAFP")
    assert (article.headline, article.lede) == (SHORT, "La halle a rouvert")
