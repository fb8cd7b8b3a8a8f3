"""Official names taken whole, two bodies told apart, bodies of every town; what a noun announces."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from newsdigest.base.records import Article, Block
from newsdigest.entities.official import is_generic, official_end
from newsdigest.entities.tagger import load_tagger


def found(text: str) -> dict[str, str]:
    article = Article(
        id="a",
        path="a.txt",
        headline="Les faits du jour",
        published=datetime(2026, 1, 15, tzinfo=UTC),
        date_precision="day",
        lang="fr",
        blocks=(Block("paragraph", text=text),),
    )
    return {entity.name: entity.type for entity in load_tagger("crf").tag(article)}


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        ("La {} a suspendu deux patineurs.", "Fédération italienne des sports de glace"),
        ("La {} a choisi Tignes.", "Fédération française de ski et de snowboard"),
        ("L’{} a porté plainte.", "Association nationale des victimes de la route"),
        (
            "L’{} recommande la prudence.",
            "Agence nationale de la sécurité des systèmes d'information",
        ),
        ("L’{} finance le projet.", "Agence de l'environnement et de la maîtrise de l'énergie"),
        ("L’{} a ouvert un bureau.", "Institut de recherche pour le développement"),
        ("L’{} a remis son rapport.", "Institut de planification des villes et des campagnes"),
        ("L’{} a été saisi.", "Office central de lutte contre la criminalité organisée"),
        ("Le {} s’inquiète.", "Haut-Commissariat aux droits de l'homme"),
        ("Le {} a dénoncé ces peines.", "Comité de protection des journalistes"),
        ("Le {} se réunit lundi.", "Haut Comité d'État pour la sécurité routière"),
        ("Le {} a publié un décret.", "ministère de l'Agriculture et du Développement rural"),
    ],
)
def test_an_official_name_is_taken_whole(sentence: str, whole: str) -> None:
    assert found(sentence.format(whole))[whole] == "organisation"


@pytest.mark.parametrize(
    "sentence",
    [
        "La Fédération de ski demande de nouveaux canons.",
        "La Fédération de ski vient de perdre son procès.",
        "Les clubs de la Fédération de ski et des élus ont manifesté.",
        "La Fédération de ski et la mairie ont signé.",
        "La Fédération de ski de retour à la table.",
    ],
)
def test_what_goes_on_with_the_sentence_is_no_part_of_it(sentence: str) -> None:
    start = sentence.index("Fédération")
    end = sentence.index("ski") + 3
    assert official_end(sentence, start, end) == end


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        (
            "L’Union européenne et l’Organisation mondiale du commerce ont signé.",
            ["Union européenne", "Organisation mondiale du commerce"],
        ),
        (
            "L’Association des agriculteurs et l’Union des femmes ont manifesté.",
            ["Association des agriculteurs", "Union des femmes"],
        ),
        (
            "Selon le ministère des Finances et le ministère de la Santé, les prix baissent.",
            ["ministère des Finances", "ministère de la Santé"],
        ),
        (
            "L’Agence de développement du delta et le Centre culturel Norvane s’associent.",
            ["Agence de développement du delta", "Centre culturel Norvane"],
        ),
    ],
)
def test_two_bodies_joined_by_and_are_two(text: str, bodies: list[str]) -> None:
    names = list(found(text))
    assert [name for name in names if found(text)[name] == "organisation"] == bodies


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("La compagnie Royal Caribbean a annulé.", "Royal Caribbean", "organisation"),
        ("Le groupe Mai Linh recrute.", "Mai Linh", "organisation"),
        ("La société d’électricité Trung Nam investit.", "Trung Nam", "organisation"),
        ("L’entreprise Mekong ferme.", "Mekong", "organisation"),
        ("L’aéroport Tan Son Nhat rouvre.", "Tan Son Nhat", "place"),
        ("L’aéroport de Trévalnec rouvre.", "Trévalnec", "place"),
        ("Le pont Long Biên est fermé.", "Long Biên", "place"),
        ("Le port de Cai Mep a reçu un navire.", "Cai Mep", "place"),
    ],
)
def test_the_noun_before_a_name_says_what_it_is(text: str, name: str, kind: str) -> None:
    assert found(text) == {name: kind}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Elle s’échappe en compagnie de la Japonaise Ai Ueda.", "Ai Ueda"),
        ("Le président de la Région Auguste Rollandin a signé.", "Auguste Rollandin"),
        ("Le fondateur du groupe, Marc Girod, a signé.", "Marc Girod"),
        ("La maire du village, Anne Lemoine, a signé.", "Anne Lemoine"),
    ],
)
def test_a_person_after_such_a_noun_stays_one(text: str, person: str) -> None:
    assert found(text)[person] == "person"


@pytest.mark.parametrize(
    "body",
    [
        "Comité populaire provincial",
        "Conseil municipal",
        "Assemblée populaire communale",
        "Service des transports",
        "Bureau du tourisme",
        "Conseil d'administration",
        "Comité d'organisation",
        "Commission d'enquête",
    ],
)
def test_a_body_that_every_town_or_company_has_is_nobody(body: str) -> None:
    assert is_generic(body)
    assert found(f"Le {body} a tranché mardi.") == {}


@pytest.mark.parametrize(
    "body",
    [
        "Comité populaire de Hanoï",
        "Service des transports de Hanoï",
        "Bureau politique",
        "Direction générale des douanes",
        "Service national de renseignement",
        "Service fédéral de sécurité",
        "Comité international olympique",
    ],
)
def test_a_body_with_its_place_or_rank_is_somebody(body: str) -> None:
    assert not is_generic(body)


def test_a_body_of_a_plain_name_whose_acronym_is_given_is_somebody() -> None:
    text = "Le Bureau de la sécurité des transports (BST) enquête. Le BST a trois jours."
    assert found(text) == {"Bureau de la sécurité des transports": "organisation"}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Le président des Orvennes a rencontré le roi.", "Orvennes"),
        ("Le gouvernement des Orvennes a refusé.", "Orvennes"),
        ("L’ambassadeur du Kordovan a été reçu.", "Kordovan"),
        ("Le roi du Tavarek a signé.", "Tavarek"),
        ("Le premier ministre de Sarvanie est venu.", "Sarvanie"),
        ("Il vit aux Orvennes depuis 2010.", "Orvennes"),
        ("Des troupes entrent en Orvennie.", "Orvennie"),
    ],
)
def test_a_country_no_list_knows_is_told_by_what_only_countries_have(
    text: str, country: str
) -> None:
    assert found(text) == {country: "place"}


def test_a_club_or_a_party_has_presidents_too() -> None:
    assert found("Le président du MEDEF a signé.") == {"MEDEF": "organisation"}
    assert found("Le président du groupe Fjordel a signé.") == {"Fjordel": "organisation"}
    assert found("Le directeur général de Lumatis a signé.") == {"Lumatis": "organisation"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Le Sénat de la loi a pris acte.", ["Sénat"]),
        ("L’adoption par le Parlement du budget est attendue.", ["Parlement"]),
        ("Le rejet par le Congrès de la mesure surprend.", ["Congrès"]),
        ("Un vote du Sénat sur la réforme aura lieu.", ["Sénat"]),
        ("Le typhon Kalmira approche de Da Nang.", ["Da Nang"]),
        ("Cartan Motors rappelle deux cents voitures.", ["Cartan Motors"]),
        ("Swaziland règne sur ses voisins.", ["Swaziland"]),
        ("Le Conseil municipal vote.", []),
    ],
)
def test_a_verb_or_a_clause_is_no_part_of_a_name(text: str, names: list[str]) -> None:
    assert list(found(text)) == names


# -- whose a short name is -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Émile Macrol a reçu M. Girod. E. Macrol repart mardi.", ["Émile Macrol", "Girod"]),
        ("E. Macrol repart. Émile Macrol a reçu la presse ; Macrol sourit.", ["Émile Macrol"]),
        ("Jean-Claude Borel a parlé. J.-C. Borel repart. Borel sourit.", ["Jean-Claude Borel"]),
        ("Nikola Karavel a marqué, puis Karavel N. est sorti.", ["Nikola Karavel"]),
        # Two whom the initial may mean, and one whom it does not.
        ("Émile Macrol et Édith Macrol sont là. E. Macrol repart.", ["Émile Macrol", "Édith Macrol", "E. Macrol"]),
        ("Anne Macrol est là. E. Macrol repart.", ["Anne Macrol", "E. Macrol"]),
    ],
)  # fmt: skip
def test_an_initial_and_a_surname_are_the_one_they_may_mean(text: str, people: list[str]) -> None:
    assert [name for name, kind in found(text).items() if kind == "person"] == people


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Le pape François a prié. François est reparti.", "pape François"),
        ("Le prince Harry est venu. Harry a souri.", "prince Harry"),
        ("La reine Letizia a voté. Letizia a souri.", "reine Letizia"),
        ("Le roi Charles est venu.", "roi Charles"),
    ],
)
def test_who_reigns_is_known_by_a_first_name_and_the_title(text: str, person: str) -> None:
    assert list(found(text)) == [person]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Il souffrait de la maladie de Parkinson.", []),
        ("Le syndrome de Marfan reste rare.", []),
        ("La sonde Cassini arrive. On a envoyé Cassini vers Saturne.", ["Saturne"]),
        ("Le voilier Delmora a coulé. L’équipage de Delmora est sauf.", []),
    ],
)
def test_what_is_called_after_somebody_is_nobody(text: str, names: list[str]) -> None:
    assert list(found(text)) == names


def test_a_name_glued_to_and_is_the_one_the_article_gives_elsewhere() -> None:
    text = "Marc Yatves a gagné. Le deuxième est Marc Yatveset le troisième Paul Girod."
    assert list(found(text)) == ["Marc Yatves", "Paul Girod"]
    assert list(found("Marc Robinet a gagné.")) == ["Marc Robinet"]
