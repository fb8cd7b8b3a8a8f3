"""Which news make a story and which do not, on headlines and dispatches of every kind."""

from datetime import UTC, date, datetime, timedelta

import pytest
from newsdigest.base.records import Article, Block
from newsdigest.entities.tagger import load_tagger
from newsdigest.relate.stories.affairs import resumed
from newsdigest.relate.stories.bulletins import is_of_one_form
from newsdigest.relate.stories.threads import find_parent
from newsdigest.relate.stories.window import Member, Window
from newsdigest.relate.terms import article_terms

# -- headlines of one day -------------------------------------------------------------------------


def told(id_, headline, day="2026-10-14", text="", lang="fr"):
    """The headline as the archive knows it, of an article without a text or with one."""
    article = Article(
        id=id_,
        path="",
        headline=headline,
        published=datetime.fromisoformat(day).replace(tzinfo=UTC),
        date_precision="day",
        lang=lang,
        blocks=tuple(Block("paragraph", text=line) for line in text.split("\n") if line),
    )
    return Member(id_, day, article_terms(article, load_tagger("crf").tag(article)), headline)


def follows(earlier, later):
    """Whether the second of two articles follows the first."""
    return find_parent(later, Window([earlier])) is not None


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (
            "Effondrement d'un tunnel à Grenoble : trois ouvriers portés disparus",
            "Grenoble : une enquête ouverte après l'effondrement du tunnel",
        ),
        (
            "Mort de la comédienne Marianne Colbert",
            "Hommages à Marianne Colbert, disparue à 91 ans",
        ),
        ("Typhon Malo : l'aéroport de Da Nang fermé", "Le typhon Malo s'approche de Da Nang"),
        ("Piratage de Telnova : que faire ?", "Telnova victime d'un piratage massif"),
        ("Procès Lagarrigue : dix-huit ans requis", "Procès Lagarrigue : la défense plaide"),
    ],
)
def test_headlines_of_one_event_are_a_story(earlier, later):
    assert follows(told("a", earlier), told("b", later))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Un séisme frappe le sud du Pérou", "Iran : un séisme secoue la province de Kerman"),
        ("Inde : un train déraille au Bihar", "Espagne : un train déraille près de Valence"),
        ("Marseille : un incendie fait deux morts", "Lille : un incendie dans un entrepôt"),
        ("Irak : attentat dans un stade à Mossoul", "Yémen : attentat dans une gare à Aden"),
    ],
)
def test_two_events_of_one_kind_are_two_stories(earlier, later):
    assert not follows(told("a", earlier), told("b", later))


# -- bulletins ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Météo à Lille : le temps de ce mardi", "Météo à Nantes : le temps de ce mardi"),
        ("Quel temps fera-t-il mardi à Limoges ?", "Quel temps fera-t-il mardi à Angers ?"),
        ("Gironde : la météo du mardi 14 octobre", "Gironde : la météo du mercredi 15 octobre"),
        ("Thời tiết Hà Nội ngày 14/10", "Thời tiết Đà Nẵng ngày 14/10"),
        ("Saint-Lô : les vœux du maire", "Le maire de Mende a présenté ses vœux"),
        ("Les vœux du maire de Vierzon", "Cérémonie des vœux du maire à Pornic"),
        ("À Thouars, le maire adresse ses vœux", "Gaillac : les vœux du maire aux habitants"),
        ("La Bourse de Paris ouvre en hausse de 0,3 %", "La Bourse de Paris recule de 0,1 %"),
        ("Le CAC 40 gagne 0,5 %", "Bourse : le CAC 40 termine en baisse"),
        ("Giá vàng hôm nay 14/10", "Giá vàng hôm nay 15/10"),
        ("Loto : les résultats du lundi 13 octobre", "Loto : les résultats du mercredi 15 octobre"),
        ("Brèves", "Brèves"),
        ("Revue de presse", "Revue de presse"),
        ("Cyclisme : décès d'Antoine Delmas", "Cyclisme : décès de Pieter Verhaag"),
        (
            "Municipales : la gauche divisée présente deux listes à Foix",
            "Municipales : la gauche divisée présente deux listes à Albi",
        ),
        (
            "Fermeture de classe à l'école de Lalinde : les parents mobilisés",
            "Fermeture de classe à l'école de Guéret : les parents mobilisés",
        ),
        (
            "Championnat de handball : les résultats de la troisième journée",
            "Championnat de handball : les résultats de la quatrième journée",
        ),
    ],
)
def test_bulletins_are_no_story_however_alike_they_are(earlier, later):
    assert is_of_one_form(earlier, later, 0)
    assert not follows(told("a", earlier), told("b", later))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (
            "Bourse : Airbus s'envole après sa commande en Inde",
            "Airbus décroche une commande en Inde",
        ),
        (
            "Séisme au Pérou : le bilan passe à 12 morts",
            "Séisme au Pérou : le bilan passe à 31 morts",
        ),
        ("Météo : la tempête Ciara balaie la Bretagne", "La tempête Ciara balaie la Bretagne"),
        ("Séisme au Népal", "Séisme au Népal"),
        ("Marseille : deux morts dans un incendie", "Incendie à Marseille : la piste criminelle"),
        ("Les députés votent la taxe sur les yachts", "Taxe sur les yachts : le Sénat vote contre"),
    ],
)
def test_what_only_looks_like_a_bulletin_is_told_on(earlier, later):
    assert not is_of_one_form(earlier, later, 0)


def test_texts_that_name_the_same_are_of_one_event_though_their_headlines_have_one_form():
    pair = (
        "Fusillade meurtrière dans une école au Texas",
        "Fusillade meurtrière dans une école à Uvalde",
    )
    assert is_of_one_form(*pair, names_in_common=0)
    assert not is_of_one_form(*pair, names_in_common=3)


def test_a_bulletin_never_stands_between_an_article_and_what_it_follows():
    storm = told("a", "La tempête Ciara balaie la Bretagne")
    weather = told("b", "Météo : la tempête Ciara balaie la Bretagne")
    again = told("c", "Météo : la tempête Ciara balaie la Bretagne et la Vendée")
    assert find_parent(again, Window([storm, weather])).id == "a"


# -- affairs named again --------------------------------------------------------------------------


def taken_up(earlier, later, day="2026-10-24", between=10):
    """Whether the second headline, days after the first, takes up its affair."""
    before = (date.fromisoformat(day) - timedelta(days=between)).isoformat()
    return resumed(told("b", later, day), [told("a", earlier, before)]) is not None


AFFAIRS = [
    (
        "Affaire des serres : dix-huit ans requis contre Torvenel",
        "Affaire des serres : Torvenel fixé sur son sort",
    ),
    (
        "Effondrement du tunnel de Sarrazac : trois disparus",
        "Tunnel de Sarrazac : l'effondrement dû à une infiltration",
    ),
    ("Piratage de Telnova : une plainte déposée", "Piratage de Telnova : deux suspects arrêtés"),
    (
        "Disparition de Léa Vasquin : les recherches",
        "Disparition de Léa Vasquin : un témoin entendu",
    ),
]


@pytest.mark.parametrize(("earlier", "later"), AFFAIRS)
def test_an_affair_quiet_for_ten_days_and_named_again_is_the_same_story(earlier, later):
    assert not follows(told("a", earlier, "2026-10-14"), told("b", later, "2026-10-24"))
    assert taken_up(earlier, later)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Séisme en Iran : deux blessés", "Séisme en Iran : la terre tremble à Kerman"),
        ("Attentat à Bagdad : douze morts", "Attentat à Bagdad : le marché visé"),
        ("Grève à la SNCF mardi", "Grève à la SNCF jeudi"),
        ("Incendie à Marseille : deux morts", "Incendie à Marseille : un blessé"),
    ],
)
def test_two_events_alike_more_than_a_week_apart_are_two_stories(earlier, later):
    assert not taken_up(earlier, later)


def test_a_name_alone_takes_up_no_affair():
    assert not taken_up("Sarrazac inaugure sa piscine", "Le marché de Sarrazac fait le plein")


def test_of_several_articles_of_an_affair_the_latest_of_equals_is_followed():
    days = {"a": "2026-10-10", "b": "2026-10-12", "c": "2026-10-24"}
    a, b, c = (told(id_, "Procès Torvenel : le verdict", day) for id_, day in days.items())
    assert resumed(c, [b, a]).id == resumed(c, [a, b]).id == "b"
