"""The lines below the headline: what each becomes."""

from __future__ import annotations

import pytest
from newsdigest.base.records import Block
from wire import LAST, LEDE, MORE, TITLE, body, copy, kinds, photos, read, refuse, texts

HALL = "La halle au petit matin, avant l'arrivée des premiers marchands."


# --- furniture ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Rédactrice en chef : Anne Moreau",
        "Rédacteur en chef: Paul Aubin",
        "Réagir à cet article",
        "VOIR PLUS",
        "back to top",
        "Sur le même sujet |",
        "Les plus lus",
        "Commentaires",
    ],
)
def test_what_stands_below_an_article_ends_it(line):
    article = body(MORE, "AFP", line, LAST)
    assert (texts(article), article.agencies) == ([LEDE, MORE], ("AFP",))
    assert article.warnings == ("W_BOILERPLATE",)


@pytest.mark.parametrize(
    "line",
    [
        "Partager",
        "Chia sẻ",
        "imprimer",
        "Publicité |",
        "Advertisement",
        "close-icon Fermer",
        "halle-2.JPG",
        "Tags : halle, marché, Montrevert",
        "Mots-clés: halle",
        "Từ khóa: chợ",
    ],
)
def test_buttons_and_file_names_are_dropped(line):
    article = body(line, MORE, "AFP")
    assert (texts(article), article.warnings) == ([LEDE, MORE], ("W_BOILERPLATE",))


def test_a_sentence_with_those_words_is_text():
    for line in (
        "Voir plus loin que la halle.",
        "Mots-clés : patience, travail.",
        "Le fichier est halle.jpg !",
        "Partager le pain.",
    ):
        assert line in texts(body(line, MORE, "AFP"))


def test_a_bar_at_the_end_of_a_line_means_nothing():
    article = read(copy(LEDE + " |", MORE, "AFP", title=TITLE + " |"))
    assert (article.headline, texts(article), article.warnings) == (TITLE, [LEDE, MORE], ())


# --- closing credits ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "authors", "agencies"),
    [
        ("AFP/VNA/CVN", (), ("AFP", "VNA", "CVN")),
        ("AFP - VNA", (), ("AFP", "VNA")),
        ("AFP-VNA", (), ("AFP", "VNA")),
        ("CVN.", (), ("CVN",)),
        ("(avec AFP)", (), ("AFP",)),
        ("(avec l’AFP et Reuters)", (), ("AFP", "Reuters")),
        ("Hoàng Diêu/CVN", ("Hoàng Diêu",), ("CVN",)),
        ("Anne-Lise d'Aubin/AFP/VNA/CVN", ("Anne-Lise d'Aubin",), ("AFP", "VNA", "CVN")),
        ("Mai Khanh - Quang Son/CVN", ("Mai Khanh", "Quang Son"), ("CVN",)),
        ("Mai Khanh et Quang Son/CVN", ("Mai Khanh", "Quang Son"), ("CVN",)),
        ("Mai Khanh, Quang Son/VNA/CVN", ("Mai Khanh", "Quang Son"), ("VNA", "CVN")),
        ("Jean de La Fosse/RIA Novosti", ("Jean de La Fosse",), ("RIA Novosti",)),
        ("Propos recueillis par Thu Trang/CVN", ("Thu Trang",), ("CVN",)),
        ("Propos recueillis par Thu Trang", ("Thu Trang",), ()),
        ("Interview réalisée par Paul Aubin", ("Paul Aubin",), ()),
        ("Entretien réalisé par Paul Aubin (AFP)", ("Paul Aubin",), ("AFP",)),
        ("Reportage de Thu Trang/CVN", ("Thu Trang",), ("CVN",)),
        ("Traduit par Anne Moreau", ("Anne Moreau",), ()),
        ("Par Anne Moreau", ("Anne Moreau",), ()),
        ("By Thu Ha", ("Thu Ha",), ()),
        ("Source : AFP", (), ("AFP",)),
        ("Theo TTXVN", (), ("TTXVN",)),
        ("Avec AFP/VNA", (), ("AFP", "VNA")),
        ("Anne Moreau (avec AFP et Reuters)", ("Anne Moreau",), ("AFP", "Reuters")),
        ("Anne Moreau, avec l’AFP", ("Anne Moreau",), ("AFP",)),
        ("Par Anne Moreau et Paul Aubin (avec AFP)", ("Anne Moreau", "Paul Aubin"), ("AFP",)),
        ("Par Anne Moreau, envoyée spéciale à Sérigny", ("Anne Moreau",), ()),
        ("Par Paul Aubin, notre correspondant", ("Paul Aubin",), ()),
        ("Par Paul Aubin, à Sérigny", ("Paul Aubin",), ()),
        ("Hoàng Diêu - CVN", ("Hoàng Diêu",), ("CVN",)),
        ("Hoàng Diêu, CVN", ("Hoàng Diêu",), ("CVN",)),
        ("Hoàng Diêu et Thu Trang (VNA/CVN)", ("Hoàng Diêu", "Thu Trang"), ("VNA", "CVN")),
        ("Réalisé par Hoàng Diêu/CVN", ("Hoàng Diêu",), ("CVN",)),
        ("Thực hiện: Minh Hạnh", ("Minh Hạnh",), ()),
        ("(Reporting by Anne Moreau; Editing by Paul Aubin)", ("Anne Moreau",), ()),
        ("Reporting by Anne Moreau in Belrive; writing by Paul Aubin", ("Anne Moreau",), ()),
    ],
)
def test_a_closing_line_credits(line, authors, agencies):
    article = body(MORE, line)
    assert (article.authors, article.agencies) == (authors, agencies)
    assert texts(article) == [LEDE, MORE]
    assert article.warnings == ()


@pytest.mark.parametrize(
    "line",
    [
        "XYZ",
        "AFP/XYZ",
        "Hoàng Diêu",
        "Hoàng Diêu/XYZ",
        "le maire de la commune/AFP",
        "Un Deux Trois Quatre Cinq Six Sept/AFP",
        "Par monts et par vaux",
        "Parfum Rare",
        "Byzance",
        "Source : Ministère de la Santé",
        "Avec Anne Moreau",
        "Anne Moreau avec Paul Aubin",
        "New York (AFP)",
        "Montrevert, AFP",
        "Le maire (avec AFP)",
        "Par Paul Aubin, maire de Sérigny",
        "afp",
    ],
)
def test_other_last_lines_are_text(line):
    article = body(MORE, line)
    assert (texts(article), article.authors, article.agencies) == ([LEDE, MORE, line], (), ())
    assert article.warnings == ("W_NO_CREDIT",)


def test_text_and_photos_by_one_hand_give_a_photo():
    for line in (
        "Texte et photos : Mai Khanh/CVN",
        "Bài, ảnh: Mai Khanh/CVN",
        "Article et photos : Mai Khanh/CVN",
    ):
        article = body(MORE, line)
        assert (article.authors, article.agencies) == (("Mai Khanh",), ("CVN",))
        assert photos(article) == [("", "Mai Khanh/CVN")]
        assert kinds(article) == ["paragraph", "paragraph", "photo"]


def test_the_photos_already_there_are_enough():
    article = body("Photo : AFP", MORE, "Texte et photos : Mai Khanh/CVN")
    assert (photos(article), article.authors) == ([("", "AFP")], ("Mai Khanh",))


def test_text_and_photos_by_two_hands():
    article = body(MORE, "Texte : Mai Khanh - Photos : Quang Son/CVN")
    assert (article.authors, article.agencies) == (("Mai Khanh",), ())
    assert photos(article) == [("", "Quang Son/CVN")]
    article = body(MORE, "Mai Khanh/CVN - Photos : Quang Son/CVN")
    assert (article.authors, article.agencies) == (("Mai Khanh",), ("CVN",))
    assert photos(article) == [("", "Quang Son/CVN")]


def test_a_source_and_the_photos_of_another():
    article = body(MORE, "Source : AFP - Photos : mairie de Montrevert")
    assert (article.agencies, photos(article)) == (("AFP",), [("", "mairie de Montrevert")])
    assert texts(article) == [LEDE, MORE]


@pytest.mark.parametrize(
    ("line", "authors", "agencies"),
    [
        ("Par Anne Moreau", ("Anne Moreau",), ("VNA", "CVN")),
        ("By Thu Ha", ("Thu Ha",), ("VNA", "CVN")),
        ("Par AFP", (), ("AFP", "VNA", "CVN")),
        ("AFP", (), ("AFP", "VNA", "CVN")),
        ("Hoàng Diêu/CVN", ("Hoàng Diêu",), ("CVN", "VNA")),
        ("Par Anne Moreau, envoyée spéciale", ("Anne Moreau",), ("VNA", "CVN")),
    ],
)
def test_a_byline_between_headline_and_text_is_no_lede(line, authors, agencies):
    for above in ((line,), ("Photo : AFP", line), (f"{line}\n{LAST}",)):
        article = read(copy(*above, LEDE, MORE, "VNA/CVN"))
        assert (article.authors, article.agencies) == (authors, agencies)
        assert (article.headline, article.warnings) == (TITLE, ())
        assert line not in texts(article)
        assert article.lede in (LEDE, LAST)


def test_agencies_that_head_what_each_says_are_no_byline():
    article = read(copy("BBC", MORE, "CNN", LAST, "CVN"))
    assert (article.agencies, article.lede) == (("CVN",), "BBC")
    assert texts(article, "subheading") == ["CNN"]


def test_up_to_three_lines_close_an_article_from_top_to_bottom():
    article = body(MORE, "Par Anne Moreau\nPropos recueillis par Thu Trang\n(avec AFP)")
    assert (article.authors, article.agencies) == (("Anne Moreau", "Thu Trang"), ("AFP",))
    article = body(MORE, "Par Paul Aubin\n\nPar Anne Moreau\n\nVNA\n\nAFP")
    assert (article.authors, article.agencies) == (("Anne Moreau",), ("VNA", "AFP"))
    assert texts(article)[-1] == "Par Paul Aubin"


def test_photos_and_related_lines_among_them_count_but_stay():
    article = body(MORE, "VNA/CVN", "Photo : AFP", ">> Un autre marché")
    assert (article.agencies, photos(article), article.related) == (
        ("VNA", "CVN"),
        [("", "AFP")],
        ("Un autre marché",),
    )
    assert kinds(article) == ["paragraph", "paragraph", "photo", "related"]
    too_far = body(MORE, "VNA/CVN", "Photo : AFP", ">> Un autre marché", ">> Un de plus")
    assert too_far.agencies == ()


@pytest.mark.parametrize(
    "note",
    [
        "(Actualisé avec la réaction du maire)",
        "[La halle compte 42 étals]",
        "Correction : la halle compte 42 étals.",
        "NDLR : la halle rouvrira en mai",
        "Editor's note: the hall has 42 stalls.",
    ],
)
def test_what_a_desk_adds_may_stand_below_the_credit(note):
    article = body(MORE, "AFP/VNA", note)
    assert (texts(article), article.agencies) == ([LEDE, MORE, note], ("AFP", "VNA"))


def test_a_text_line_below_a_credit_makes_it_text():
    assert body("AFP/VNA", MORE).agencies == ()


# --- related headlines -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "mark",
    [">> ", ">>", ">>> ", "> > ", "›› ", "› › ", "Lire aussi : ", "À lire aussi : ", "Voir aussi : ",
     "Read also: ", "READ MORE: ", "Related: ", "Xem thêm: ", "» ", "→ ", "&gt;&gt; ", ">> Lire aussi : ",
     "À lire également : ", "Lire également : ", "Voir également: ", "See also: ", "Also read: ", "Đọc thêm: ",
     "Lire aussi >> ", "LIRE AUSSI > ", "- >> ", "* >>", "• ›› ", "»» "],
)  # fmt: skip
def test_related_headlines_have_these_marks(mark):
    article = body(f"{mark}Le marché de Sérigny", MORE)
    assert article.related == ("Le marché de Sérigny",)
    assert kinds(article) == ["paragraph", "related", "paragraph"]


@pytest.mark.parametrize(
    "line", ["» dit-il en partant.", "» dit-il »", "→ " + "a" * 199, "> une seule fois, dit-on."]
)
def test_quotations_and_long_arrows_are_text(line):
    assert (body(line, MORE).related, texts(body(line, MORE))[1]) == ((), line)


def test_an_arrow_has_two_hundred_characters_at_most():
    assert body("→ " + "a" * 198).related == ("a" * 198,)


@pytest.mark.parametrize("line", ["(Lire aussi : {})", "[À lire aussi : {}]", "(>> {})"])
def test_a_related_line_may_stand_in_brackets(line):
    article = body(line.format("Le marché de Sérigny"), MORE)
    assert article.related == ("Le marché de Sérigny",)
    assert kinds(article) == ["paragraph", "related", "paragraph"]


@pytest.mark.parametrize("between", [" >> ", " >>"])
def test_one_line_may_name_several(between):
    both = ("Un premier titre", "Un second titre")
    assert body(f">>{both[0]}{between}{both[1]}").related == both


@pytest.mark.parametrize("mark", [" >> ", " >>", ">> ", " › › "])
def test_a_headline_may_stand_behind_a_sentence(mark):
    for text in (MORE, "« Nous l'avons sauvée », dit-elle.", "« Nous l'avons sauvée. »"):
        article = body(f"{text}{mark}Le marché de Sérigny >> La foire", LAST)
        assert (texts(article), article.related[0]) == ([LEDE, text, LAST], "Le marché de Sérigny")
    for line in ("a >> b, dit-on.", f"Fin. >> {'a' * 201}", "<< Finie. >> Elle part."):
        assert (body(line, MORE).related, texts(body(line, MORE))[1]) == ((), line)


def test_a_headline_that_was_cut_takes_the_rest_of_its_block():
    article = body(">> Le marché de Sérigny\nrouvre demain\nMardi matin.", MORE)
    assert article.related == ("Le marché de Sérigny rouvre demain",)
    assert texts(article) == [LEDE, "Mardi matin.", MORE]
    assert body(">> Le marché de Sérigny\n\nrouvre demain.").related == ("Le marché de Sérigny",)


@pytest.mark.parametrize("line", ["Lire aussi :", "À lire également", "Read more:", "Xem thêm:"])
def test_headlines_may_be_listed_below_an_invitation(line):
    both = ("Le marché de Sérigny", "La foire de Belrive")
    for mark in ("- ", "• ", ">> "):
        for rows in (both, both[:1]):
            listed = "\n".join(f"{mark}{row}" for row in rows)
            article = body(f"{line}\n{listed}", MORE)
            assert (article.related, article.warnings) == (rows, ("W_NO_CREDIT",))
            assert kinds(article) == ["paragraph", "related", "paragraph"]
    article = body(f"{line}\n- le moulin ;\n- la halle.", MORE)
    assert (article.related, kinds(article)[-2:]) == ((), ["list", "paragraph"])


def test_a_run_of_related_lines_is_one_block():
    article = body(">> Un\n>> Deux\n\n>> Trois", MORE, ">> Quatre")
    assert [block.items for block in article.blocks if block.type == "related"] == [
        ("Un", "Deux", "Trois"),
        ("Quatre",),
    ]


def test_an_empty_mark_is_reported():
    article = body(">>", ">> Un titre >> ", MORE, "AFP")
    assert (article.related, article.warnings) == (("Un titre",), ("W_RELATED_EMPTY",))


def test_repeats_and_the_articles_own_headline_are_left_out():
    own = TITLE.upper().replace("É", "E")
    article = body(
        f">> {own}",
        ">> L’eau monte de 1,2 %",
        MORE,
        ">> L'eau monte de 1,2%",
        ">> L'eau monte de 12 %",
    )
    assert article.related == ("L’eau monte de 1,2 %", "L'eau monte de 12 %")
    assert kinds(article) == ["paragraph", "related", "paragraph", "related"]


# --- photos ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Photo : AFP/VNA/CVN", "AFP/VNA/CVN"),
        ("photo: J. Morel/AFP", "J. Morel/AFP"),
        ("Photos : Anne Moreau", "Anne Moreau"),
        ("Photo d’illustration : AFP", "AFP"),
        ("Photo d’archives : AFP", "AFP"),
        ("Photos (archives) : AFP", "AFP"),
        ("Ảnh tư liệu: TTXVN", "TTXVN"),
        ("Crédit photo : mairie de Montrevert (archives)", "mairie de Montrevert (archives)"),
        ("Photo credit: VNS", "VNS"),
        ("Ảnh: TTXVN", "TTXVN"),
        ("(Photo : AFP)", "AFP"),
        ("[Photo : AFP]", "AFP"),
        ("Photo : " + "a" * 80, "a" * 80),
    ],
)
def test_a_line_of_its_own_announces_a_photo(line, credit):
    assert photos(body(line, MORE)) == [("", credit)]


@pytest.mark.parametrize(
    "line", ["Photo : A", "Photo : " + "a" * 81, "Photographie : AFP", "Photo AFP"]
)
def test_other_lines_announce_none(line):
    article = body(line, MORE)
    assert (photos(article), [block.text for block in article.blocks]) == ([], [LEDE, line, MORE])


def test_the_line_before_in_the_block_is_the_caption():
    article = body(f"{HALL}\nPhoto : AFP", MORE)
    assert (photos(article), texts(article)) == ([(HALL, "AFP")], [LEDE, MORE])
    assert kinds(article) == ["paragraph", "photo", "paragraph"]


def test_a_short_block_after_a_related_line_is_the_caption():
    article = body(">> Un titre lié", HALL, "Photo : AFP", MORE)
    assert (photos(article), texts(article)) == ([(HALL, "AFP")], [LEDE, MORE])
    assert photos(body(HALL, "Photo : AFP", MORE)) == [("", "AFP")]
    long = "a" * 161
    assert photos(body(">> Un titre lié", long, "Photo : AFP")) == [("", "AFP")]
    assert photos(body(">> Un titre lié", long[1:], "Photo : AFP")) == [(long[1:], "AFP")]
    two = body(">> Un titre lié", HALL, MORE, "Photo : AFP")
    assert photos(two) == [("", "AFP")]


def test_a_related_line_or_another_photo_is_no_caption():
    article = body(f"{HALL}\nPhoto : AFP\nPhoto : VNA\n>> Un titre\nPhoto : CVN")
    assert photos(article) == [(HALL, "AFP"), ("", "VNA"), ("", "CVN")]


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("La halle lundi. Photo : VNA/CVN", "La halle lundi.", "VNA/CVN"),
        ("La halle lundi (Photo : VNA)", "La halle lundi", "VNA"),
        ("Chợ Montrevert hôm thứ Hai. Ảnh: TTXVN", "Chợ Montrevert hôm thứ Hai.", "TTXVN"),
        ("La halle lundi. Photo : Anne Moreau/AFP/VNA", "La halle lundi.", "Anne Moreau/AFP/VNA"),
        (
            "La halle lundi. Photo : un deux trois quatre cinq six",
            "La halle lundi.",
            "un deux trois quatre cinq six",
        ),
        ("La halle lundi. Photo d'illustration : AFP", "La halle lundi.", "AFP"),
        ("La halle lundi. Photo d'archives : AFP", "La halle lundi.", "AFP"),
    ],
)
def test_text_may_end_with_its_photo(line, caption, credit):
    assert photos(body(line, MORE)) == [(caption, credit)]


@pytest.mark.parametrize(
    "line",
    [
        "La halle lundi. Photo : un deux trois quatre cinq six sept",
        "La halle lundi. Photo : M. Aubin",
        "Ils ont rapporté une photo : celle de la halle",
        "La halle lundi. Photo : " + "a" * 61,
        "La halle lundi. Photo : A",
    ],
)
def test_a_sentence_about_photos_is_text(line):
    assert photos(body(line, MORE)) == []


# --- tables and lists --------------------------------------------------------------------------


def test_rows_in_a_row_make_a_table():
    article = body("Ville | Étals\n| Montrevert | 42 |\nSérigny | ", MORE, "a | b | ")
    assert article.blocks[1] == Block("table", rows=(("Ville", "Étals"), ("Montrevert", "42")))
    assert [block.text for block in article.blocks[2:]] == ["Sérigny", MORE, "a | b |"]


@pytest.mark.parametrize("rule", ["|---|---|", "--- | ---", "| :--- | ---: |", "|====|====|"])
def test_a_line_drawn_below_a_tables_head_is_no_row(rule):
    article = body(f"| Ville | Étals |\n{rule}\n| Montrevert | 42 |\n| Sérigny | - |", MORE)
    rows = (("Ville", "Étals"), ("Montrevert", "42"), ("Sérigny", "-"))
    assert article.blocks[1] == Block("table", rows=rows)


def test_a_blank_line_ends_a_table():
    assert kinds(body("a | b", "c | d", MORE)) == [
        "paragraph",
        "paragraph",
        "subheading",
        "paragraph",
    ]


@pytest.mark.parametrize(
    "mark", ["- ", "– ", "— ", "• ", "* ", "+ ", "-", "•", "▪ ", "· ", "► ", "● ", "◦ ", "✓ "]
)
def test_marked_lines_make_a_list(mark):
    article = body(f"{mark}mars : travaux ;\n\n{mark}juin : fête.", MORE)
    assert article.blocks[1] == Block("list", items=("mars : travaux ;", "juin : fête."))


@pytest.mark.parametrize("mark", ["{}. ", "{}) ", "{}."])
def test_numbered_lines_make_an_ordered_list(mark):
    article = body(f"{mark.format(1)}Remplir\n{mark.format(12)}Envoyer", MORE)
    assert article.blocks[1] == Block("list", items=("Remplir", "Envoyer"), ordered=True)


def test_an_item_that_was_cut_takes_the_rest_of_its_block():
    article = body("- un stand tenu par\nles frères Girod ;\n- deux stands.", MORE)
    assert article.blocks[1] == Block(
        "list", items=("un stand tenu par les frères Girod ;", "deux stands.")
    )
    assert texts(article) == [LEDE, MORE]


def test_a_lone_item_is_a_paragraph_with_its_mark():
    assert texts(body("- Une seule remarque.", MORE)) == [LEDE, "- Une seule remarque.", MORE]


def test_numbers_are_no_list_marks():
    article = body("1.240 mètres.\n-5 degrés.\n+3 % hier.\n2026. Une année.")
    assert kinds(article) == ["paragraph"] * 5


# --- paragraphs --------------------------------------------------------------------------------


def test_wrapped_lines_are_joined():
    article = body(
        "Les marchands ont retrouvé leurs places sous\nCharpente et tuiles.\nFin de phrase."
    )
    assert texts(article)[1:] == [
        "Les marchands ont retrouvé leurs places sous Charpente et tuiles.",
        "Fin de phrase.",
    ]
    assert texts(body("Une ligne courte\nsuivie d'une autre."))[1:] == [
        "Une ligne courte suivie d'une autre."
    ]
    assert texts(body("Une ligne courte,\nSuivie d'une autre."))[1:] == [
        "Une ligne courte,",
        "Suivie d'une autre.",
    ]
    assert len(texts(body("« Voilà ce que disait la vieille marchande »\net elle riait."))) == 3


def test_the_first_paragraph_leads_whatever_stood_before_it():
    article = read(copy("Photo : AFP", ">> Un titre lié", LEDE, MORE))
    assert kinds(article) == ["paragraph", "photo", "related", "paragraph"]
    assert article.lede == LEDE


def test_an_inline_credit_leaves_the_last_text():
    for end in (" - VNA", ".-VNA/VI", " – AFP/VNA.", "./. - VNA"):
        article = body(MORE.removesuffix(".") + end)
        assert article.agencies in (("VNA",), ("VNA", "VI"), ("AFP", "VNA"))
        assert texts(article)[-1].rstrip(".") == MORE.rstrip(".")
    assert texts(body(MORE + "/."))[-1] == MORE
    assert body("- un étal ;\n- deux étals. - VNA").blocks[-1].items == ("un étal ;", "deux étals.")


def test_agencies_stand_in_the_order_closing_inline_dateline():
    article = read(copy(f"MONTREVERT (AFP) - {LEDE}", f"{MORE} - Xinhua", "VNA/CVN"))
    assert article.agencies == ("VNA", "CVN", "Xinhua", "AFP")
    assert article.dateline == "MONTREVERT (AFP)"
    assert texts(article) == [LEDE, MORE]


@pytest.mark.parametrize(
    ("start", "dateline"),
    [
        ("Hanoï (VNA) – ", "Hanoï (VNA)"),
        ("SAINT-ORENS, 23 janvier (AFP/VNA) - ", "SAINT-ORENS, 23 janvier (AFP/VNA)"),
        ("montrevert (AFP)- ", "montrevert (AFP)"),
        ("Montrevert, 23 janvier (Xinhua) -- ", "Montrevert, 23 janvier (Xinhua)"),
    ],
)
def test_a_dateline_leaves_the_lede(start, dateline):
    article = read(copy(start + LEDE, MORE))
    assert (article.dateline, article.lede) == (dateline, LEDE)


@pytest.mark.parametrize("start", ["Le maire (PTM) - ", "(AFP) - ", "Montrevert (AFP) "])
def test_other_brackets_are_no_dateline(start):
    assert read(copy(start + LEDE)).dateline is None


@pytest.mark.parametrize(
    ("end", "agencies"),
    [
        (" (AFP)", ("AFP",)), (" (AFP).", ("AFP",)), (" (AFP/VNA)", ("AFP", "VNA")), (" (avec AFP)", ("AFP",)),
        (" (Source : Xinhua)", ("Xinhua",)), (" VNA/CVN", ("VNA", "CVN")), (" AFP / VNA", ("AFP", "VNA")),
        (" AFP", ("AFP",)),
    ],
)  # fmt: skip
def test_a_signature_behind_the_last_sentence_is_a_credit(end, agencies):
    for text in (MORE, "« Nous l'avons sauvée. »", "Qui la paiera ?"):
        article = body(LAST, text + end)
        assert (texts(article), article.agencies) == ([LEDE, LAST, text], agencies)
        assert article.warnings == ()
    above = f"{LAST} {MORE}{end}"
    assert texts(body(above, LAST)) == [LEDE, above, LAST]


@pytest.mark.parametrize(
    "text",
    ["Il a parlé à la radio (AFP)", "Elle suit M. CP", "Il a dit « non ». XYZ", "Fin. (la mairie)"],
)
def test_other_words_behind_a_sentence_are_text(text):
    assert (texts(body(MORE, text)), body(MORE, text).agencies) == ([LEDE, MORE, text], ())


def test_teasers_and_repeats_are_dropped():
    stem = "La halle de Montrevert a rouvert lundi"
    for dots in ("…", "...", " …"):
        article = read(copy(stem + dots, LEDE, MORE, "AFP"))
        assert (texts(article), article.warnings) == ([LEDE, MORE], ("W_DUP_PARA",))
    article = body(MORE, LAST, MORE, "AFP")
    assert (texts(article), article.warnings) == ([LEDE, MORE, LAST], ("W_DUP_PARA",))
    assert len(texts(body("Court et répété.", MORE, "Court et répété.", "AFP"))) == 4
    assert len(texts(read(copy("La halle de Montrevert…", LEDE)))) == 2


# --- questions and subheadings -----------------------------------------------------------------


def test_two_questions_make_an_interview():
    article = body(
        "- Comment la halle a-t-elle changé ?", MORE, "Photo : AFP", "2. Et les marchands de la place ?",
        LAST, "– Et vous ?", "Moi, je reste encore un peu.", "Un mot ?", "Non, merci bien à vous.",
    )  # fmt: skip
    assert texts(article, "question") == [
        "Comment la halle a-t-elle changé ?",
        "Et les marchands de la place ?",
        "Et vous ?",
    ]
    assert texts(article, "subheading") == []
    assert "Un mot ?" in texts(article)


def test_one_question_is_a_subheading_if_short():
    assert texts(body("Une halle pour demain ?", MORE), "subheading") == ["Une halle pour demain ?"]
    long = "Une halle pour demain, ou pour après-demain, " + "ou encore plus tard ?"
    assert (len(long), texts(body(long, MORE), "subheading")) == (66, [])


def test_questions_asked_in_a_row_have_no_answer():
    article = body("La halle rouvrira-t-elle un jour ?", "Qui la paiera, et quand ?", MORE, LAST)
    assert texts(article, "question") == []


def test_the_lede_is_no_question():
    article = read(copy("La halle rouvrira-t-elle ?", MORE, "Et qui la paiera donc ?", LAST))
    assert texts(article, "question") == []


def test_a_short_line_before_text_is_a_subheading():
    article = body(
        "Une charpente sauvée", MORE, "Un marché agrandi", "Photo : AFP", ">> Un titre", LAST
    )
    assert texts(article, "subheading") == ["Une charpente sauvée", "Un marché agrandi"]
    assert texts(body("a" * 90, MORE), "subheading") == ["a" * 90]


@pytest.mark.parametrize(
    "line",
    ["a" * 91, "Une fin.", "Une suite :", "Un rire !", "Un temps…", "Un mot, puis,", '"Un mot" dit-elle',
     "« Un mot » dit-elle", "Il a dit « mot »", "Une liste ;", "* * *", "(Bien lire 12 km et non 21)",
     "[La suite demain]", "Le plan : https://halle.example/plan"],
)  # fmt: skip
def test_these_lines_are_no_subheadings(line):
    assert texts(body(line, MORE), "subheading") == []


@pytest.mark.parametrize(
    "rows",
    [
        ["Brévins - Saint-Loup : 31-28", "Marcelle - Ormont : 25-25", "Dourges - Villac : 19-30"],
        ["Brévins - Saint-Loup : 31-28", "Marcelle - Ormont : 25-25"],
        ['"La neige est sur la plaine,', "Le vent sur la maison,", "Et moi sur cette chaîne", 'J\'attends."'],
        ["Ville Mini Maxi", "Montrevert -4 2", "Sérigny -7 0"],
    ],
)  # fmt: skip
def test_short_lines_below_one_another_are_no_subheadings(rows):
    for below in ((MORE,), ("Classement", MORE)):
        article = body("\n".join(rows), *below)
        assert texts(article, "subheading") == list(below[:-1])
        assert texts(article) == [LEDE, *rows, MORE]
    article = body(f"Une charpente sauvée\n{MORE}\nUn marché agrandi\n{LAST}")
    assert texts(article, "subheading") == ["Une charpente sauvée", "Un marché agrandi"]


def test_a_subheading_needs_text_below():
    assert texts(body(MORE, "Une fin sans suite", "Photo : AFP"), "subheading") == []
    assert texts(body("Un premier", "Un second", MORE), "subheading") == ["Un second"]
    article = body("Comment participer", "- lire ;\n- écrire.")
    assert kinds(article) == ["paragraph", "subheading", "list"]


# --- bodies that are none ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "blocks", [(), ("AFP/VNA",), (">> Un titre lié",), ("Photo : AFP",), ("Voir plus", MORE)]
)
def test_without_text_there_is_no_article(blocks):
    assert refuse(copy(*blocks)).code == "E_NO_BODY"


def test_a_list_or_a_caption_is_text_enough():
    assert kinds(read(copy("- un ;\n- deux."))) == ["list"]
    assert kinds(read(copy("La halle lundi. Photo : AFP"))) == ["photo"]
    assert read(copy("- un ;\n- deux.")).lede == ""
