"""Who and what an article names, as its reader would say."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from newsdigest.base.records import Article, Block, Entity
from newsdigest.entities.tagger import rule_tagger

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "000_a53a779fda378710.txt"
TAGGER = rule_tagger()


def article(
    headline: str, *body: str | Block, lang: str = "fr", agencies: tuple[str, ...] = ()
) -> Article:
    blocks = tuple(
        Block("paragraph", text=piece) if isinstance(piece, str) else piece for piece in body
    )
    return Article(
        id="2026/essai",
        path="2026/essai.txt",
        headline=headline,
        published=datetime(2026, 1, 23, tzinfo=UTC),
        date_precision="day",
        lang=lang,
        blocks=blocks,
        agencies=agencies,
    )


def tag(headline: str, *body: str | Block, lang: str = "fr") -> tuple[Entity, ...]:
    return TAGGER.tag(article(headline, *body, lang=lang))


def names(entities: tuple[Entity, ...], kind: str) -> list[str]:
    return [entity.name for entity in entities if entity.type == kind]


def mentions(entities: tuple[Entity, ...], name: str) -> list[str]:
    [entity] = [entity for entity in entities if entity.name == name]
    return [mention.text for mention in entity.mentions]


def all_names(entities: tuple[Entity, ...]) -> set[str]:
    return {entity.name for entity in entities}


# -- people ------------------------------------------------------------------------------------


def test_a_short_form_joins_the_full_name():
    found = tag(
        "Claire Vasseur reçue à Lyon",
        "La météorologue Claire Vasseur a été reçue mardi. Mme Vasseur a parlé des typhons.",
    )
    assert mentions(found, "Claire Vasseur") == ["Claire Vasseur", "Claire Vasseur", "Vasseur"]


def test_two_persons_behind_one_title_are_two():
    found = tag(
        "Un accord trouvé",
        "Anne Lemoine et Paul Girod ont signé. MM. Girod et Delcourt se reverront.",
    )
    assert mentions(found, "Paul Girod") == ["Paul Girod", "Girod"]
    assert mentions(found, "Delcourt") == ["Delcourt"]


def test_three_persons_behind_one_title_are_three():
    found = tag("Un accord trouvé", "La réunion de MM. Girod, Delcourt et Vasseur a duré.")
    assert names(found, "person") == ["Girod", "Delcourt", "Vasseur"]


def test_a_surname_two_people_share_stays_unlinked():
    found = tag(
        "La famille divisée",
        "Anne Lemoine et Paul Lemoine ne se parlent plus. M. Lemoine a quitté la salle.",
    )
    assert mentions(found, "Anne Lemoine") == ["Anne Lemoine"]
    assert mentions(found, "Paul Lemoine") == ["Paul Lemoine"]
    assert mentions(found, "Lemoine") == ["Lemoine"]


def test_titles_roles_and_nationalities_are_no_part_of_a_name():
    found = tag(
        "Une rencontre",
        "Le président américain Donald Trump a vu le Premier ministre Keir Starmer.",
    )
    assert all_names(found) == {"Donald Trump", "Keir Starmer"}


def test_an_unknown_name_after_an_office_is_a_person():
    found = tag("Une inondation", "Le maire de Saint-Orens, Marc Téhouri, a remercié les secours.")
    assert names(found, "person") == ["Marc Téhouri"]
    assert names(found, "place") == ["Saint-Orens"]


def test_hyphenated_given_names_stay_whole():
    found = tag("Un prix", "Jean-Baptiste Kervella et Marie-Noëlle Durand-Morel sont primés.")
    assert names(found, "person") == ["Jean-Baptiste Kervella", "Marie-Noëlle Durand-Morel"]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Charles de Gaulle", "de Gaulle"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("Mohammed ben Salmane", "ben Salmane"),
        ("Marine Le Pen", "Le Pen"),
        ("Bachar el-Assad", "al-Assad"),
        ("Bachar el-Assad", "Assad"),
    ],
)
def test_a_particle_belongs_to_the_surname(full: str, short: str):
    found = tag("Une visite", f"On attendait {full} à Paris. Puis {short} est venu.")
    assert mentions(found, full) == [full, short]


def test_chinese_and_korean_surnames_come_first():
    found = tag("Un sommet", "Xi Jinping a reçu Kim Jong-un. M. Xi a félicité M. Kim.")
    assert mentions(found, "Xi Jinping") == ["Xi Jinping", "Xi"]
    assert mentions(found, "Kim Jong-un") == ["Kim Jong-un", "Kim"]


def test_a_vietnamese_surname_is_never_a_short_form():
    found = tag("Un prix", "Nguyên Thi Vân a reçu un prix. M. Nguyên est venu. Nguyên aussi.")
    assert [(e.name, len(e.mentions)) for e in found] == [("Nguyên Thi Vân", 1)]


def test_a_vietnamese_given_name_is_one():
    found = tag("Une visite", "Le ministre Pham Minh Chinh est arrivé. M. Chinh a parlé.")
    assert mentions(found, "Pham Minh Chinh") == ["Pham Minh Chinh", "Chinh"]


def test_vietnamese_people_in_french_copy():
    found = tag(
        "Un marché",
        "Le vice-président du comité populaire, Lê Quang Thuân, et Mme Pham Thi Nhàn, marchande.",
    )
    assert names(found, "person") == ["Lê Quang Thuân", "Pham Thi Nhàn"]


def test_a_shouted_surname_is_shown_in_mixed_case():
    found = tag("Une visite", "Emmanuel MACRON est arrivé. M. Macron a parlé.")
    assert mentions(found, "Emmanuel Macron") == ["Emmanuel MACRON", "Macron"]


def test_a_popes_number_keeps_its_capitals():
    assert names(tag("Rome", "Le pape Léon XIV a parlé."), "person") == ["Léon XIV"]


# -- places ------------------------------------------------------------------------------------


def test_places_lose_their_articles():
    found = tag("Le monde", "La France et l'Italie, les États-Unis, le Vietnam, l’Inde.")
    assert names(found, "place") == ["France", "Italie", "États-Unis", "Vietnam", "Inde"]


def test_vietnamese_cities_as_french_copy_writes_them():
    found = tag("Le pays", "De Hanoï à Hô Chi Minh-Ville en passant par Huê et Dà Nang.")
    assert names(found, "place") == ["Hanoï", "Hô Chi Minh-Ville", "Huê", "Dà Nang"]


def test_a_place_nobody_knows_is_told_by_the_noun_before_it():
    found = tag("Un pont", "La province de Thanh Lâm relie les rives de la rivière Sông Vân.")
    assert names(found, "place") == ["Thanh Lâm", "Sông Vân"]


def test_nationalities_are_not_places():
    found = tag("Un vote", "Les Français et les Américains suivent le président russe.")
    assert found == ()


def test_a_person_called_like_a_city_takes_the_surname_back():
    found = tag("Un film", "L'acteur Denzel Washington est là. Washington a souri.")
    assert names(found, "person") == ["Denzel Washington"]


def test_a_city_stays_one_beside_a_person_of_that_name():
    found = tag("Un film", "L'acteur Denzel Washington est à Washington.")
    assert names(found, "place") == ["Washington"]


# -- organisations -------------------------------------------------------------------------------


def test_an_acronym_joins_the_name_that_spells_it_out():
    found = tag(
        "Le riz",
        "La Confédération nationale du riz (CNR) proteste.",
        "La CNR attend une réponse.",
    )
    assert mentions(found, "Confédération nationale du riz") == [
        "Confédération nationale du riz",
        "CNR",
        "CNR",
    ]


def test_an_acronym_explained_after_it_joins_too():
    found = tag("Santé", "L'OMS (Organisation mondiale de la santé) alerte. L'OMS insiste.")
    assert mentions(found, "Organisation mondiale de la santé") == [
        "OMS",
        "Organisation mondiale de la santé",
        "OMS",
    ]


@pytest.mark.parametrize(
    ("name", "acronym"),
    [
        ("Confédération nationale du riz", "RCN"),
        ("Banque d'État du Vietnam", "SBV"),
        ("Office central des phares", "PLX"),
        ("Vietnam Airlines", "HVN"),
    ],
)
def test_an_acronym_in_brackets_joins_its_name_whatever_its_letters(name: str, acronym: str):
    found = tag("Le riz", f"La {name} ({acronym}) proteste.", f"La {acronym} insiste.")
    assert mentions(found, name) == [name, acronym, acronym]


@pytest.mark.parametrize("acronym", ["AFP", "PS", "WWF", "PME"])
def test_an_acronym_known_for_another_body_joins_nothing(acronym: str):
    found = tag("Le riz", f"La Confédération nationale du riz ({acronym}) proteste.")
    assert mentions(found, "Confédération nationale du riz") == ["Confédération nationale du riz"]


def test_an_acronym_of_a_tax_is_no_organisation():
    found = tag("Impôts", "L'impôt de solidarité sur la fortune (ISF) change. L'ISF rapporte peu.")
    assert found == ()


def test_a_country_spelled_out_stays_a_place():
    found = tag("Investir", "Les Émirats arabes unis (EAU) investissent.")
    assert [(e.name, e.type) for e in found] == [("Émirats arabes unis", "place")]


def test_the_longest_name_wins_over_the_place_in_it():
    found = tag("Un cours", "Elle enseigne à l'université de Paris et au ministère de l’Intérieur.")
    assert [(e.name, e.type) for e in found] == [
        ("université de Paris", "organisation"),
        ("ministère de l’Intérieur", "organisation"),
    ]


def test_seats_of_power_are_organisations():
    found = tag("Réactions", "Le Kremlin et la Maison Blanche se taisent, la Maison-Blanche aussi.")
    assert [(e.name, e.type, len(e.mentions)) for e in found] == [
        ("Kremlin", "organisation", 1),
        ("Maison Blanche", "organisation", 2),
    ]


def test_the_agency_that_signs_is_a_source():
    signed = article("Un vote", "a-t-il dit à l'AFP depuis l'ONU.", agencies=("AFP", "VNA"))
    assert all_names(TAGGER.tag(signed)) == {"ONU"}


# -- what is no entity --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        'Il a lancé son "Conseil de paix" lundi.',
        "Il a lancé son « Conseil de paix » lundi.",
        "Selon plusieurs sources, Noël tombe jeudi 25 Décembre.",
        "Lundi, Janvier, Mars et Pâques passent. Certaines viendront. Hier encore.",
        "Le typhon Lirin approche, Internet et le PIB aussi.",
        "Aujourd'hui, Jusqu'à midi. Lorsqu'il viendra. Quatre forages. Près de 12.000 habitants.",
    ],
)
def test_capitals_that_name_nothing(text: str):
    assert tag("Les faits du jour", text) == ()


# -- blocks and offsets ---------------------------------------------------------------------------


def test_offsets_count_in_items_and_cells_joined_by_newlines():
    listed = Block("list", items=("Un repas à Lyon", "M. Girod à Brest"))
    table = Block("table", rows=(("Pays", "Prix"), ("Inde", "352")))
    found = tag("Les faits", "Paul Girod part.", listed, table)
    [girod] = [entity for entity in found if entity.name == "Paul Girod"]
    [india] = [entity for entity in found if entity.name == "Inde"]
    assert [(m.block, m.start, m.end) for m in girod.mentions] == [(0, 0, 10), (1, 19, 24)]
    assert [(m.block, m.start, m.end) for m in india.mentions] == [(2, 10, 14)]


def test_photos_and_related_headlines_are_not_read():
    found = tag(
        "Les faits",
        Block("photo", caption="Paul Girod à Lyon", credit="Anne Lemoine/AFP"),
        Block("related", items=("Paul Girod en Italie",)),
        Block("subheading", text="Un détour par Lyon"),
    )
    assert all_names(found) == {"Lyon"}


def test_entities_stand_in_reading_order():
    found = tag("Retour à Lyon", "Paul Girod quitte Brest.", "Brest regrette Anne Lemoine.")
    assert [entity.name for entity in found] == ["Lyon", "Paul Girod", "Brest", "Anne Lemoine"]


def test_typographic_apostrophes_and_spaces_change_nothing_but_the_text():
    plain = tag("Les faits", "M. Girod est en Côte d'Ivoire avec Paul Girod.")
    fine = tag("Les faits", "M.\u00a0Girod est en Côte d’Ivoire avec Paul\u00a0Girod.")
    assert [e.name.replace("’", "'") for e in fine] == [e.name for e in plain]


# -- headlines in the wrong case -------------------------------------------------------------------


@pytest.mark.parametrize(
    "headline",
    ["GIROD REÇOIT LEMOINE À LYON", "Girod Reçoit Lemoine Demain Midi à Lyon", "girod à lyon"],
)
def test_a_headline_in_the_wrong_case_takes_the_bodys_names(headline: str):
    found = tag(headline, "Paul Girod a reçu Anne Lemoine à Lyon.")
    assert all_names(found) == {"Paul Girod", "Anne Lemoine", "Lyon"}
    assert found[0].name == "Paul Girod"
    assert found[0].mentions[0].block == -1


def test_a_shouted_headline_names_nobody_on_its_own():
    assert tag("GIROD REÇOIT LEMOINE À LYON", "Rien de plus n'a été dit.") == ()


# -- other languages ---------------------------------------------------------------------------------


def test_english_articles_have_their_own_rules():
    found = tag(
        "Rice talks resume",
        "U.S. President Donald Trump met Chinese President Xi Jinping in Beijing on Monday.",
        "Mr. Trump's team and the World Health Organization (WHO) agreed. The WHO declined.",
        lang="en",
    )
    assert mentions(found, "Donald Trump") == ["Donald Trump", "Trump"]
    assert mentions(found, "World Health Organization")[1:] == ["WHO", "WHO"]
    assert names(found, "person") == ["Donald Trump", "Xi Jinping"]
    assert "Monday" not in all_names(found)


def test_vietnamese_articles_have_their_own_rules():
    found = tag(
        "Khởi công cầu treo ở tỉnh Thanh Lâm",
        "Thủ tướng Phạm Minh Chính thăm Hà Nội. Ông Chính gặp bà Trần Thị Lan tại Đà Nẵng.",
        lang="vi",
    )
    assert mentions(found, "Phạm Minh Chính") == ["Phạm Minh Chính", "Chính"]
    assert names(found, "person") == ["Phạm Minh Chính", "Trần Thị Lan"]
    assert names(found, "place") == ["Thanh Lâm", "Hà Nội", "Đà Nẵng"]


# -- promises -----------------------------------------------------------------------------------------


def test_a_version_names_rules_and_data():
    assert re.fullmatch(r"rules-\d+-[0-9a-f]{12}", rule_tagger().version)
    assert rule_tagger().version == TAGGER.version


@pytest.mark.parametrize(
    "unit",
    [
        "A ",
        "San ",
        "M. ",
        "Conseil de ",
        "A-",
        "d'",
        "(ABC) ",
        "Jean de ",
        "armée ",
        '"« ',
        "MM. A, ",
    ],
)
def test_hostile_text_costs_what_its_length_costs(unit: str):
    # 200,000 characters; a quadratic step would take minutes.
    text = unit * (200_000 // len(unit))
    for entity in tag("Les faits", text):
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.text


@pytest.mark.skipif(not SEED.exists(), reason="the seed is not part of the product")
def test_the_seed_article():
    copy = SEED.read_text("utf-8").split("\n\n")
    headline = copy[0].split(" ", 3)[3]
    body = [piece for piece in copy[1:-1] if not piece.startswith((">>", "Photo"))]
    found = tag(headline, *body)
    assert set(names(found, "person")) == {
        "Vladimir Poutine",
        "Steve Witkoff",
        "Iouri Ouchakov",
        "Kirill Dmitriev",
        "Donald Trump",
        "Jared Kushner",
        "Josh Gruenbaum",
    }
    assert set(names(found, "place")) == {
        "Moscou",
        "Russie",
        "États-Unis",
        "Ukraine",
        "Davos",
        "Suisse",
    }
    assert set(names(found, "organisation")) == {
        "ONU",
        "Kremlin",
        "Maison Blanche",
        "Forum économique mondial",
    }
    assert mentions(found, "Vladimir Poutine") == [
        "Poutine",
        "Vladimir Poutine",
        "Poutine",
        "Poutine",
    ]
