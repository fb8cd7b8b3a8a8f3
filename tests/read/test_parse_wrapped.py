"""Wire text cut at one width is whole again; verses, lists, tables and interviews are left alone."""

from __future__ import annotations

import textwrap
from dataclasses import replace

import pytest
from newsdigest.base.records import Article
from wire import LAST, LEDE, TITLE, copy, kinds, photos, read, texts

FRENCH = copy(
    "SAINT-ORENS, 5 janvier (AFP) - La halle de Montrevert a rouvert lundi devant plusieurs centaines"
    " d'habitants venus voir la charpente refaite à neuf par les compagnons de Sérigny-le-Vieux.",
    ">> Le marché de Sérigny agrandi de moitié après la fermeture de celui de Montrevert, il y a deux ans",
    ">> La charpente de la halle de Montrevert classée monument historique par le ministère de la Culture",
    "Les marchands ont retrouvé leurs places. Qui l'eût cru ? « C'est un miracle », dit Anne Moreau, qui"
    " vend là des pommes depuis quarante-deux ans – et n'entend pas s'arrêter de sitôt. Le maire, M. Aubin,"
    " a promis que le loyer des étals n'augmenterait pas avant 2030.",
    "Une charpente sauvée",
    "Il a fallu 1.240 chênes, abattus dans les bois de la commune, pour remplacer les 312 poutres que le"
    " feu avait mangées ; les plus longues font 18 mètres.",
    "Des habitants de Montrevert sous la charpente refaite, le jour de la réouverture de la halle aux grains"
    " de la place.\nPhoto : Jeanne Ollier/AFP",
    "- mars : reprise des travaux du beffroi, qui menace toujours de s'effondrer sur la rue des Tisserands ;\n"
    "- juin : fête d'ouverture.",
    "Paul Verdane/CVN",
    title="La halle de Montrevert rouvre ses portes aux marchands après deux ans de travaux et d'attente",
)
ENGLISH = copy(
    "SAINT-ORENS (AFP) - The market hall of Montrevert opened again on Monday to several hundred people who"
    " had come to see its new roof, built by carpenters from all over the country, officials said.",
    "Read also: The market of Serigny grows by half since the hall of Montrevert closed two years ago",
    '"We thought that we had lost it for ever," said Anne Moreau, who has been selling apples there for more'
    " than forty years. The rent of a stall will not be raised before 2030, the mayor promised.",
    "AFP/VNS",
    title="Market hall of Montrevert opens again to its farmers after two years of work and of waiting",
)
VIETNAMESE = copy(
    "Sáng 5/1, chợ Montrevert đã mở cửa trở lại trước sự chứng kiến của hàng trăm người dân đến xem mái nhà"
    " mới do những người thợ mộc khắp cả nước dựng lên trong hai năm qua.",
    "Xem thêm: Chợ Sérigny được mở rộng thêm một nửa sau khi chợ Montrevert đóng cửa cách đây hai năm",
    '"Chúng tôi tưởng rằng đã mất chợ mãi mãi", bà Anne Moreau, người bán táo ở đây đã hơn bốn mươi năm, nói.'
    " Tiền thuê sạp sẽ không tăng trước năm 2030, theo lời hứa của ông thị trưởng.",
    "Minh Hạnh/TTXVN",
    title="Chợ Montrevert mở cửa trở lại đón các tiểu thương sau hai năm sửa chữa và chờ đợi của người dân",
)


def wrapped(text: str, width: int, indent: str = "") -> str:
    return "\n".join(
        textwrap.fill(line, width, initial_indent=indent * (not line.startswith("date")))
        for line in text.split("\n")
    )


def whole(article: Article) -> Article:
    """The article as it would be read from lines that were never cut."""
    return replace(
        article, sha256="", warnings=tuple(code for code in article.warnings if code != "W_WRAPPED")
    )


@pytest.mark.parametrize("width", [60, 64, 66, 69, 72, 75, 78, 80])
@pytest.mark.parametrize("text", [FRENCH, ENGLISH, VIETNAMESE], ids=["fr", "en", "vi"])
def test_wire_text_cut_at_one_width_is_whole_again(text, width):
    article = read(wrapped(text, width))
    assert whole(article) == whole(read(text))
    assert "W_WRAPPED" in article.warnings


@pytest.mark.parametrize("width", [60, 72, 80])
def test_first_lines_set_in_and_crlf_change_nothing(width):
    text = wrapped(FRENCH, width, indent="   ").replace("\n", "\r\n")
    assert whole(read(text)) == whole(read(FRENCH))


def test_the_date_may_stand_beside_the_width():
    title, _, rest = FRENCH.partition("\n")
    date, headline = title[:16], title[16:]
    text = date + textwrap.fill(headline, 70) + "\n" + wrapped(rest, 70)
    assert whole(read(text)) == whole(read(FRENCH))


def test_paragraphs_end_where_their_last_line_is_short():
    text = wrapped(FRENCH, 68)
    packed = text.replace(".\n\n", ".\n")
    assert texts(read(packed)) == texts(read(FRENCH))


def test_a_headline_alone_may_be_cut():
    title, rest = TITLE[:50].rpartition(" ")[0], TITLE[50 - len(TITLE[:50].rpartition(" ")[2]) :]
    assert f"{title} {rest}" == TITLE
    article = read(f"date 2026-01-05 {title}\n{rest}\n\n{LEDE}\n\nAFP")
    assert (article.headline, article.lede, article.warnings) == (TITLE, LEDE, ("W_WRAPPED",))


# --- what must not be joined --------------------------------------------------------------------

VERSES = [
    "Sous la halle aux grains dort un vieux marchand,",
    "Qui rêve au printemps des pommes vermeilles",
    "Et compte en dormant les jours du couchant",
    "Où bourdonneront de nouveau les abeilles",
]
BLOCKS = {
    "a list": "- les marchands de pommes, venus des vergers de Sérigny-le-Vieux\n"
    "- les marchands de miel, dont les ruches ont souffert de l'hiver\n"
    "- les marchands de fromages, qui se partagent tout le côté nord",
    "a numbered list": "1. remplir la fiche, que l'on trouve à la mairie de Montrevert,\n"
    "2. l'envoyer avant la fin du mois au comité de la foire aux vins\n"
    "3. attendre la réponse, qui arrive en général au bout de dix jours",
    "a table": "Ville | Étals | Loyer mensuel d'un étal en euros, charges comprises\n"
    "Montrevert | 42 | 120, et 140 pour les étals d'angle, plus grands\n"
    "Sérigny | 18 | 95, sans les charges, que chacun paie de son côté",
    "credits": "Par Anne Moreau\nPropos recueillis par Thu Trang\n(avec AFP)",
    "verses": "\n".join(VERSES),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks_of_another_form_are_read_as_ever(name):
    whole_text = FRENCH.replace("Paul Verdane/CVN\n", BLOCKS[name] + "\n")
    cut = wrapped(FRENCH, 70).replace("Paul Verdane/CVN\n", BLOCKS[name] + "\n")
    assert whole(read(cut)) == whole(read(whole_text))


@pytest.mark.parametrize("name", [*BLOCKS, "long lines"])
def test_a_text_that_was_not_cut_is_left_alone(name):
    block = BLOCKS.get(name, f"{LEDE}\n{LAST}\n{LEDE.replace('lundi', 'mardi')}")
    article = read(
        copy(LEDE, LAST, block, "La fin de l'article tient en une ligne, comme le début.")
    )
    assert "W_WRAPPED" not in article.warnings


def test_short_verses_are_not_joined():
    cut = [line.partition(",")[0][:34].rstrip() for line in VERSES]
    article = read(wrapped(FRENCH, 70).replace("Une charpente sauvée", "\n".join(cut)))
    assert set(cut) <= {*texts(article), *texts(article, "subheading")}


def test_an_interview_keeps_its_questions():
    answers = [
        "Nous avons gagné deux ans de travaux. Les compagnons ont posé la charpente sans une seule grue, comme"
        " autrefois, et la commune a pu rouvrir la halle avant l'hiver.",
        "Qu'il pleuve ! Le toit est neuf, les marchands sont au sec, et la foire aura lieu au printemps comme"
        " chaque année depuis deux siècles.",
    ]
    questions = [
        "Comment la halle de Montrevert a-t-elle changé en deux ans ?",
        "Et que souhaitez-vous désormais aux marchands de la place ?",
    ]
    blocks = [text for pair in zip(questions, answers, strict=True) for text in pair]
    for width in (60, 66, 72):
        for blank in ("\n\n", "\n"):
            cut = blank.join(textwrap.fill(text, width) for text in blocks)
            article = read(f"date 2026-01-05 {TITLE[:40]}\n\n{textwrap.fill(LEDE, width)}\n\n{cut}")
            assert texts(article, "question") == questions
            assert texts(article)[1:] == answers


def test_a_credit_below_a_full_line_is_no_text():
    last = "La prochaine foire aura lieu au printemps, a dit la mairie de la com-mune."
    article = read(wrapped(FRENCH, 72).replace("Paul Verdane/CVN", f"{last}\nPaul Verdane/CVN"))
    assert (article.authors, texts(article)[-1]) == (("Paul Verdane",), last)


def test_a_sentence_may_end_on_an_agency_alone():
    text = "Les exportations de pommes ont progressé de moitié en un an, a rapporté mardi soir l'agence\nXinhua."
    article = read(wrapped(FRENCH, 92 - 12).replace("Une charpente sauvée", text[12:]))
    assert text[12:].replace("\n", " ") in texts(article)


def test_a_photo_line_keeps_its_caption():
    article = read(wrapped(FRENCH, 64))
    assert [credit for _, credit in photos(article)] == ["Jeanne Ollier/AFP"]
    assert photos(article)[0][0].endswith("la halle aux grains de la place.")


def test_lines_of_one_sentence_each_are_paragraphs():
    lines = [
        "La halle de Montrevert a rouvert lundi devant les habitants.",
        "Les marchands de pommes et de miel y ont retrouvé leurs places.",
        "Le maire a promis que les loyers n'augmenteraient pas en 2026.",
        "La fanfare de Sérigny a joué sur la place jusqu'à la nuit noire.",
    ]
    article = read(copy("\n".join(lines), "AFP"))
    assert (texts(article), article.warnings) == (lines, ())
    assert kinds(article) == ["paragraph"] * 4
