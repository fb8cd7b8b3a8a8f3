"""What looks like a name and is none, and names that hide in others: by either tagger."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from newsdigest.base.records import Article, Block, Entity, EntityType
from newsdigest.entities.clauses import before_verb
from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.model.bounds import is_no_name, tidied
from newsdigest.entities.names import in_mixed_case
from newsdigest.entities.spans import Span
from newsdigest.entities.tagger import load_tagger
from newsdigest.entities.words import CALENDAR

TAGGERS = ("rules", "crf")
both = pytest.mark.parametrize("name", TAGGERS)


def article(headline: str, *body: str, lang: str = "fr") -> Article:
    return Article(
        id="2026/essai",
        path="2026/essai.txt",
        headline=headline,
        published=datetime(2026, 1, 23, tzinfo=UTC),
        date_precision="day",
        lang=lang,
        blocks=tuple(Block("paragraph", text=text) for text in body),
    )


def tag(name: str, *body: str, lang: str = "fr") -> tuple[Entity, ...]:
    return load_tagger(name).tag(article("Les faits du jour", *body, lang=lang))


def names(entities: tuple[Entity, ...], kind: str = "") -> list[str]:
    return [entity.name for entity in entities if not kind or entity.type == kind]


def mentions(entities: tuple[Entity, ...], name: str) -> list[str]:
    [entity] = [entity for entity in entities if entity.name == name]
    return [mention.text for mention in entity.mentions]


# -- nationalities, dates, words of every day ------------------------------------------------------


@both
def test_no_nationality_is_ever_a_tag(name: str):
    lexicon = load_gazetteer()
    # Some are countries, parties or first names as well: "la Suisse", "Les Républicains", "Romain".
    plain = sorted(
        word.capitalize()
        for word in lexicon.demonyms
        if word.capitalize() not in lexicon.kinds
        and f"Les {word.capitalize()}" not in lexicon.kinds
        and word.capitalize() not in lexicon.given_names
    )
    found = tag(name, *(f"Les {word} ont voté lundi, la {word} aussi." for word in plain))
    assert len(plain) > 700
    assert names(found) == []


@both
def test_a_nationality_before_a_name_is_no_part_of_it(name: str):
    found = tag(name, "La Bermudienne Flora Delvaux devance le Britannique Tom Harrowby à Lyon.")
    assert names(found) == ["Flora Delvaux", "Tom Harrowby", "Lyon"]


@both
def test_months_and_days_are_no_tags_wherever_they_stand(name: str):
    days = sorted(word.capitalize() for word in CALENDAR if word != "may")
    assert names(tag(name, *(f"{day} sera chaud. On attend {day}." for day in days))) == []


@both
def test_the_planet_is_a_place_and_the_month_is_not(name: str):
    found = tag(name, "La sonde est arrivée sur Mars. Mars sera pluvieux.")
    assert [m.start for entity in found for m in entity.mentions] == [25]


@both
@pytest.mark.parametrize(
    "text",
    [
        "Selon plusieurs témoins, rien n'a bougé. Après midi, la pluie a cessé.",
        "Plusieurs pistes existent. Certaines mènent loin. Toutefois, rien ne presse.",
        "Fichiers perdus, dossiers brûlés. Réunion prévue demain. Grève reconduite.",
        "Les violes des XVIIe et XVIIIe siècles sont rares.",
        'Il a présenté son « Conseil de bonté » et sa "Charte du calme".',
        "Le gouvernement et l'État attendent. La Constitution aussi.",
        "Ils en parlent sur Facebook, sur Twitter et sur Internet.",
    ],
)
def test_words_of_every_day_are_no_tags(name: str, text: str):
    assert names(tag(name, text)) == []


@both
def test_a_word_that_only_opens_sentences_is_no_place(name: str):
    assert names(tag(name, "Trélabours dormait. Trélabours se tait.")) == []


# -- offices ----------------------------------------------------------------------------------------


@both
@pytest.mark.parametrize("department", ["de la Mer", "des Transports", "de l'Outre-mer"])
def test_what_a_minister_is_in_charge_of_is_no_body(name: str, department: str):
    found = tag(name, f"La ministre sambrellaise {department}, Inès Dacosta, a parlé.")
    assert names(found) == ["Inès Dacosta"]


@both
def test_a_company_is_no_person_behind_its_director(name: str):
    found = tag(name, "Le directeur général de Fjordel, Henrik Solbakk, est attendu à Lyon.")
    assert names(found, "person") == ["Henrik Solbakk"]


def test_salaried_staff_and_products_tell_a_company():
    found = tag(
        "crf",
        "Le fabricant de puces Lumatis embauche. Lumatis compte mille salariés.",
        "Les salariés de Lumatis attendent. On parle beaucoup de Lumatis à Grenoble.",
    )
    assert names(found, "organisation") == ["Lumatis"]
    assert mentions(found, "Lumatis") == ["Lumatis"] * 4


@both
def test_a_body_ends_where_the_sentence_goes_on(name: str):
    found = tag(name, "Le Parlement hier a voté. Le Sénat de la loi attend des nouvelles.")
    assert names(found) == ["Parlement", "Sénat"]


@both
def test_a_ministry_ends_where_its_holder_begins(name: str):
    found = tag(name, "Au ministère de l'Intérieur, Gérard Delmas a parlé.")
    assert names(found) == ["ministère de l'Intérieur", "Gérard Delmas"]


@both
def test_a_participle_is_no_party(name: str):
    found = tag(name, "Parti du Caire à l'aube, l'avion est à Lyon.")
    assert names(found) == ["Le Caire", "Lyon"]


# -- one name, and the article before it -----------------------------------------------------------


@both
def test_an_article_french_melts_away_belongs_to_the_name(name: str):
    found = tag(name, "Il va du Caire au Havre. Le Caire est loin du Mans.")
    assert names(found, "place") == ["Le Caire", "Le Havre", "Le Mans"]
    assert mentions(found, "Le Caire") == ["Caire", "Le Caire"]


def test_a_newspaper_keeps_its_article_through_de():
    found = tag("crf", "Un journaliste du Monde a lu Le Monde dans le train pour Lyon.")
    assert names(found, "organisation") == ["Le Monde"]


@both
def test_a_lone_common_noun_of_bodies_is_the_one_the_article_names(name: str):
    found = tag(name, "La Ligue des pêcheurs du lac proteste. Elle écrit.", "Ils aiment la Ligue.")
    assert names(found, "organisation") == ["Ligue des pêcheurs du lac"] or names(found) == [
        "Ligue des pêcheurs"
    ]


@both
def test_a_lone_common_noun_of_bodies_is_nobodys_otherwise(name: str):
    assert names(tag(name, "Ils ont écrit à la Fédération, à la Ligue et à l'Institut.")) == []


@both
def test_a_city_in_a_bodys_name_is_no_tag_of_its_own(name: str):
    found = tag(name, "Elle enseigne à l'université de Nouvelle-Orvenne et à celle de Lyon.")
    assert "Nouvelle-Orvenne" not in names(found)


# -- bounds, one by one ----------------------------------------------------------------------------


def parts(text: str, kind: EntityType) -> list[tuple[str, str]]:
    """What is left of a stretch a model marked, and as what."""
    lexicon = load_gazetteer()
    return [
        (text[start:end], named)
        for start, end, named in tidied(text, 0, len(text), kind, lexicon)
        if not is_no_name(text, start, end, named, lexicon)
    ]


@pytest.mark.parametrize(
    ("marked", "kind", "kept"),
    [
        ("Delmas et Girod", "person", [("Delmas", "person"), ("Girod", "person")]),
        ("Paul Girod Comme", "person", [("Paul Girod", "person")]),
        ("Monseigneur Paul Girod", "person", [("Paul Girod", "person")]),
        ("Espagnole Inès Dacosta", "place", [("Inès Dacosta", "person")]),
        ("Justice Paul Girod", "person", [("Paul Girod", "person")]),
        (": Corvanne", "place", [("Corvanne", "place")]),
        ("l'ONU", "organisation", [("ONU", "organisation")]),
        ("la primaire", "organisation", []),
        ("terrorisme", "organisation", []),
        ("armée syrienne", "organisation", [("armée syrienne", "organisation")]),
        ("aéroport de Corvanne", "place", [("Corvanne", "place")]),
        ("police de Corvanne", "organisation", []),
        ("hôtel Belmare", "organisation", [("Belmare", "organisation")]),
        (
            "Conseil des ministres Paul Girod",
            "organisation",
            [("Conseil des ministres", "organisation"), ("Paul Girod", "person")],
        ),
        (
            "Fonds monétaire international",
            "person",
            [("Fonds monétaire international", "organisation")],
        ),
        ("Émirats Arabes Unis", "organisation", [("Émirats Arabes Unis", "place")]),
        ("Nations-Unies", "place", [("Nations-Unies", "organisation")]),
        ("Corvanne. Valdrac", "place", [("Corvanne", "place"), ("Valdrac", "place")]),
        ("George W. Bush", "person", [("George W. Bush", "person")]),
        ("XXIe", "place", []),
        ("anti-Girod", "person", []),
        ("al-Girod", "person", [("al-Girod", "person")]),
        ("Britannique", "place", []),
        ("Suisse", "place", [("Suisse", "place")]),
    ],
)
def test_a_models_name_is_cut_right(marked: str, kind: EntityType, kept: list[tuple[str, str]]):
    assert parts(marked, kind) == kept


@pytest.mark.parametrize(
    ("marked", "kind", "kept"),
    [
        ("Espagnole Inès Dacosta. Corvanne", "place", ["person", "place"]),
        ("Allemande Greta Holm. Orvenne / Belmare", "place", ["person", "place", "place"]),
        ("Italien Paolo Verdi. Fjordel", "organisation", ["person", "organisation"]),
        ("aéroport de Paris. Fjordel", "organisation", ["place", "organisation"]),
        ("gare de Lyon. Fjordel Industries", "organisation", ["place", "organisation"]),
        (
            "Française Anne Moreau. Institut de Corvanne",
            "organisation",
            ["person", "organisation"],
        ),
        ("Corvanne. Espagnole Inès Dacosta", "place", ["place", "person"]),
    ],
)
def test_what_one_name_is_tells_nothing_of_the_next(
    marked: str, kind: EntityType, kept: list[EntityType]
):
    assert [named for _, named in parts(marked, kind)] == kept


# -- promises --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unit",
    [
        "A ", "San ", "M. ", "Conseil de ", "A-", "d'", "(ABC) ", "Jean de ", "A et B ", "Paul et ",
        "l'A l'", "Jean Paul. Marie ", "ministre de l'X ", "Anne Lemoine (", "1/ A ", "Île d'X )",
    ],
)  # fmt: skip
def test_hostile_text_costs_the_trained_tagger_what_its_length_costs(unit: str):
    text = unit * (40_000 // len(unit))
    [entities] = [tag("crf", text)]
    for entity in entities:
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.text
    spans = sorted((m.start, m.end) for entity in entities for m in entity.mentions)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_any_process_finds_the_same():
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from test_entities_traps import tag;"
        "print(tag('crf', 'Selon Kélian Drovazec, Trévalnec et la CNR attendent Anne Lemoine.',"
        " 'Mme Lemoine est à Lyon, Drovazec au Caire, la Confédération du riz (CR) ailleurs.'))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program, os.path.dirname(__file__)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(printed) == 1
    assert "Kélian Drovazec" in printed.pop()


# -- Vietnamese copy, and French copy about Vietnam -----------------------------------------------


@both
@pytest.mark.parametrize(
    ("lang", "text", "people"),
    [
        (
            "vi",
            "Ông Nguyễn Tuấn Anh nói với Lê Hoàng Anh.",
            ["Nguyễn Tuấn Anh", "Lê Hoàng Anh"],
        ),
        ("vi", "Bà Trần Thị Lan gặp Phạm Thị Ngọc Lan.", ["Trần Thị Lan", "Phạm Thị Ngọc Lan"]),
        ("vi", "Anh Nguyễn Văn Nam gặp chị Trần Thị Hoa.", ["Nguyễn Văn Nam", "Trần Thị Hoa"]),
        ("fr", "La directrice Vũ Đức Anh a reçu Phan Thị Chị.", ["Vũ Đức Anh", "Phan Thị Chị"]),
        ("fr", "Mme Anh a remercié M. Lan.", ["Anh", "Lan"]),
    ],
)
def test_a_title_that_is_a_name_stays_in_the_name(
    name: str, lang: str, text: str, people: list[str]
):
    assert names(tag(name, text, lang=lang), "person") == people


@both
@pytest.mark.parametrize(
    "text",
    [
        "TP. Hồ Chí Minh accueille la foire.",
        "La foire ouvre à TP.HCM mardi.",
        "TP.HCM a reçu deux cents exposants.",
        "Les quais de Hô Chi Minh-Ville sont rouverts.",
        "La mairie de HCM-Ville a dit oui.",
        "Il pleut sur Ho Chi Minh City.",
    ],
)
def test_the_city_of_many_names_is_one_place_and_nobody(name: str, text: str):
    found = tag(name, text, "Les habitants de Hô Chi Minh-Ville attendent.")
    assert [(e.type, len(e.mentions)) for e in found] == [("place", 2)]


@both
def test_a_towns_title_is_no_part_of_another_towns_name(name: str):
    found = tag(name, "Il a plu sur TP. Đà Nẵng, puis à TP. Huế.")
    assert [(e.name, e.type) for e in found] == [("Đà Nẵng", "place"), ("Huế", "place")]


@both
@pytest.mark.parametrize(
    "state",
    [
        "République de Corée",
        "République du Congo",
        "République islamique d'Iran",
        "République socialiste du Vietnam",
        "République du Kenya",
    ],
)
def test_a_states_formal_name_is_taken_whole(name: str, state: str):
    found = tag(name, f"Le président de la {state} est arrivé lundi.")
    assert [(e.name, e.type) for e in found] == [(state, "place")]


@both
def test_a_republic_without_a_name_is_none(name: str):
    found = tag(name, "Le président de la République à Lyon, et la présidente de la République.")
    assert names(found) == ["Lyon"]


@both
@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Trung Quốc tăng thuế đối với thép.", "Trung Quốc"),
        ("Hàn Quốc phản đối quyết định này.", "Hàn Quốc"),
        ("Nhật Bản im lặng trước câu hỏi.", "Nhật Bản"),
        ("Hoa Kỳ đồng ý với đề xuất.", "Hoa Kỳ"),
    ],
)
def test_a_country_opens_a_vietnamese_sentence(name: str, text: str, country: str):
    found = load_tagger(name).tag(article("Tin trong ngày", text, lang="vi"))
    assert [(e.name, e.type) for e in found] == [(country, "place")]


# -- letters, and sentences that go on ----------------------------------------------------------------


@both
@pytest.mark.parametrize("who", ["M. L", "Mme D", "le témoin K", "L", "le jeune B."])
def test_a_letter_is_nobody(name: str, who: str):
    assert names(tag(name, f"Hier, {who} a parlé au juge."), "person") == []


@both
def test_initials_of_a_country_keep_their_capitals(name: str):
    found = tag(name, "L'U.S. Air Force a volé. La U.S. Navy et les U.S. Marines sont restés.")
    assert names(found, "person") == []
    assert not [e.name for e in found if "U.s" in e.name]


@pytest.mark.parametrize(
    ("shouted", "shown"),
    [
        ("Marie O'BRIEN", "Marie O'Brien"),
        ("Jean-Luc GIROD-VASSEUR", "Jean-Luc Girod-Vasseur"),
        ("Claire D'ALBRET", "Claire D'Albret"),
        ("J.R.R. GIROD", "J.R.R. Girod"),
    ],
)
def test_a_shouted_name_keeps_the_capitals_of_its_parts(shouted: str, shown: str):
    assert in_mixed_case(shouted) == shown


@pytest.mark.parametrize(
    ("drawn", "kind", "kept"),
    [
        ("Swaziland règne", "organisation", ("Swaziland", "place")),
        ("Lesotho annonce", "organisation", ("Lesotho", "place")),
        ("Marc Girod affirme", "person", ("Marc Girod", "person")),
        ("Fjordel investit", "organisation", ("Fjordel", "organisation")),
        ("Conseil des phares est", "organisation", ("Conseil des phares", "organisation")),
        ("Canard enchaîné", "organisation", ("Canard enchaîné", "organisation")),
        ("En marche", "organisation", ("En marche", "organisation")),
        ("Parti socialiste", "organisation", ("Parti socialiste", "organisation")),
    ],
)
def test_no_name_holds_a_verb(drawn: str, kind: EntityType, kept: tuple[str, str]):
    span = before_verb(Span(0, len(drawn), drawn, kind))
    assert (span.text, span.type) == kept
    assert span.end == len(span.text)


# -- around a dispatch -----------------------------------------------------------------------------


@both
@pytest.mark.parametrize(
    "headline",
    ["URGENT - {}", "EXCLUSIF. {}", "CORRECTIF : {}", "MAJ - {}", "VIDEO - {}", "{} (CORRECTIF)"],
)
def test_a_flag_is_no_body(name: str, headline: str):
    text = "Les écoles de Lyon rouvriront mardi, a dit le maire."
    told = article(headline.format("Les écoles de Lyon rouvrent mardi"), text)
    assert names(load_tagger(name).tag(told)) == ["Lyon"]


@both
def test_datelines_within_the_text_are_no_tags(name: str):
    entities = tag(
        name,
        "Le maire a démenti mardi.",
        "MOSCOU (Reuters) - Le ministre Sergueï Lavrov a démenti.",
        "PÉKIN, 20 janvier (Xinhua/AFP) -- La Chine a démenti.",
    )
    assert [(entity.name, entity.type) for entity in entities] == [
        ("Sergueï Lavrov", "person"),
        ("Chine", "place"),
    ]
    [lavrov, _] = entities
    text = "MOSCOU (Reuters) - Le ministre Sergueï Lavrov a démenti."
    [mention] = lavrov.mentions
    assert text[mention.start : mention.end] == mention.text == "Sergueï Lavrov"
    assert "ASEAN" in names(tag(name, "Fin.", "Les ministres de l'ASEAN (BCDE) - dix - y étaient."))


# -- names with particles --------------------------------------------------------------------------


def test_who_has_a_title_is_told_by_the_whole_name():
    for title in ("M.", "Mme"):
        for person in ("Léonor du Plessac", "Soazig L'Hénoret", "J.R.R. Talbot"):
            assert names(tag("crf", f"{title} {person} a ouvert la séance.")) == [person]


def test_a_headline_names_in_full_whom_the_text_does():
    told = article(
        "Mort de l'écrivaine Anh-Thu d'Estrées",
        "L'écrivaine Anh-Thu d'Estrées est morte lundi.",
    )
    [entity] = load_tagger("crf").tag(told)
    assert (entity.name, entity.type) == ("Anh-Thu d'Estrées", "person")
    assert [(m.block, m.text) for m in entity.mentions] == [(-1, entity.name), (0, entity.name)]


@both
def test_a_title_before_the_first_word_of_a_name_tells_a_family_name(name: str):
    for person, short in (("Takaichi Sanae", "Takaichi"), ("Gan Kim Yong", "Gan")):
        told = tag(
            name, f"La ministre {person} est arrivée mardi.", f"Mme {short} a signé l'accord."
        )
        assert names(told, "person") == [person]
        assert mentions(told, person) == [person, short]
    for text in (
        "Le maire Paul Girod et Paul Aubin sont venus. M. Paul a parlé.",
        "Nguyên Van Hai est venu. M. Nguyên a parlé.",
    ):
        [*_, last] = names(tag(name, text), "person")
        assert last != "Paul Girod"
    two = tag(name, "Takaichi Sanae et Takaichi Kenji sont venus.", "Mme Takaichi a parlé.")
    assert "Takaichi" in names(two, "person")


def test_a_given_name_decides_between_two_types():
    for person in ("Gilles de Montrevel", "Marie de Saint-Arnoult", "Maria dos Anjos"):
        text = (
            f"Selon {person}, la séance est close. Elle a été ouverte par {person} et Paul Girod."
        )
        assert names(tag("crf", text), "person") == [person, "Paul Girod"]
