"""The people, places and organisations of the generated copy.

All people and organisations are invented, most places too; countries and large cities are real.
`entities()` lists them by rank: the generator names rank r about 1/r as often as rank 1.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

POOL = 30_000
# Of every twenty ranks, so many are people; the rest are places and organisations by turns.
_PATTERN: str = "LPOPLPPOPLPPOPPOPLPO"

_MEN = """Adrien Alain Albin Alexandre Alexis Alfred Ambroise Anatole André Antoine Armand Arnaud
Arthur Auguste Aurélien Baptiste Barnabé Basile Bastien Benoît Bernard Boris Bruno Camille Cédric
Charles Christian Christophe Clément Corentin Damien Daniel David Denis Didier Dominique Édouard
Éloi Émile Emmanuel Éric Étienne Eugène Fabien Fabrice Félix Fernand Firmin Florent Florian
Franck François Frédéric Gabriel Gaspard Gaston Gauthier Georges Gérard Germain Gilles Grégoire
Guillaume Gustave Guy Henri Hervé Honoré Hubert Hugo Ibrahim Jacques Jean Jérémie Jérôme Joachim
Joseph Julien Karim Kofi Laurent Léon Léonard Louis Luc Lucas Lucien Ludovic Mamadou Marc Marcel
Martin Mathieu Maurice Maxime Michel Moussa Nicolas Noé Octave Olivier Oscar Pascal Patrice
Patrick Paul Philippe Pierre Quentin Raoul Raphaël Raymond Rémi René Richard Robert Roger Romain
Samuel Sébastien Serge Simon Stéphane Sylvain Thibault Thierry Thomas Tristan Victor Vincent
Vladimir Xavier Yann Yves Zacharie"""
_WOMEN = """Adèle Adeline Agathe Agnès Alice Aline Amandine Amélie Anaïs Anne Annick Apolline Ariane
Armelle Astrid Aude Aurélie Aurore Axelle Béatrice Bénédicte Blanche Brigitte Capucine Carine
Carole Caroline Catherine Cécile Céleste Céline Chantal Charlotte Chloé Christelle Christine Claire
Clarisse Claudine Clémence Clotilde Colette Coralie Corinne Cosima Cyrielle Daphné Delphine Denise
Diane Dorothée Édith Élise Élodie Éloïse Emma Estelle Esther Eugénie Eva Fanny Fatou Flavie Flora
Florence Françoise Gabrielle Geneviève Ghislaine Gisèle Hélène Héloïse Henriette Inès Irène
Isabelle Jacqueline Jeanne Joséphine Judith Julie Juliette Justine Karine Laetitia Laure Léa Léna
Léonie Lise Louise Lucie Lucile Ludivine Madeleine Maëlle Manon Margaux Marguerite Marianne Marie
Marion Marthe Mathilde Mélanie Mireille Monique Muriel Nadège Nadia Nathalie Nina Noémie Odette
Odile Olga Ombeline Pauline Perrine Raphaëlle Rose Roxane Sabine Salomé Sandrine Sarah Séverine
Sidonie Solène Sophie Suzanne Sylvie Thérèse Valentine Valérie Véronique Victoire Violette Yvonne
Zélie"""
_SURNAME_HEADS = """Abrel Aigue Aubre Barj Beauv Belcour Bertin Boisvi Bourg Brann Cabr Calvin
Carr Castel Chant Charl Clav Clerm Corb Cour Delmar Dorv Dubr Escal Esper Fav Ferr Fontan Fourn
Garr Gaubr Gerv Grand Guir Hautec Jarn Jouv Labr Lagr Lamar Lauz Lorm Malv Marqu Mern Mirv
Mont Morv Nadr Norm Orl Palm Passav Pelv Perr Pradel Quint Ramb Ravel Renn Roch Rouv Sal Sauv
Serv Taill Tarn Terr Thor Trav Valc Vaugr Verm Vign Vill"""
_SURNAME_TAILS = """ac ande andier ard aret aud eau el elin ène erand ère et eville ier ières in
ival oche ois olin on onet otte oux uel uret"""
_VIETNAMESE_FAMILIES = str.split("Nguyên Trân Lê Pham Hoàng Phan Vu Dang Bùi Dô Hô Ngô Duong Ly")
_VIETNAMESE_MIDDLES = str.split("Van Duc Minh Quang Huu Thi Ngoc Thu Thanh Xuân")
_VIETNAMESE_GIVEN = str.split("""An Binh Chau Cuong Dung Giang Hà Hai Hanh Hiên Hiêu Hoa Hùng Huong Khanh
Lan Liên Linh Long Mai Nam Nga Phuc Phuong Quân Son Tâm Thao Tiên Trang Tuân Tùng Viêt Yên""")

# name, "in", "of": as French says them.
_REAL_PLACES = """Vietnam|au Vietnam|du Vietnam
France|en France|de France
États-Unis|aux États-Unis|des États-Unis
Chine|en Chine|de Chine
Hanoï|à Hanoï|de Hanoï
Paris|à Paris|de Paris
Russie|en Russie|de Russie
Japon|au Japon|du Japon
Ukraine|en Ukraine|d'Ukraine
Laos|au Laos|du Laos
Allemagne|en Allemagne|d'Allemagne
Bruxelles|à Bruxelles|de Bruxelles
Cambodge|au Cambodge|du Cambodge
Inde|en Inde|d'Inde
Genève|à Genève|de Genève
Thaïlande|en Thaïlande|de Thaïlande
Canada|au Canada|du Canada
Dà Nang|à Dà Nang|de Dà Nang
Suisse|en Suisse|de Suisse
Italie|en Italie|d'Italie
Tokyo|à Tokyo|de Tokyo
Brésil|au Brésil|du Brésil
Espagne|en Espagne|d'Espagne
Huê|à Huê|de Huê
Sénégal|au Sénégal|du Sénégal
Belgique|en Belgique|de Belgique
Indonésie|en Indonésie|d'Indonésie
Londres|à Londres|de Londres
Maroc|au Maroc|du Maroc
Lyon|à Lyon|de Lyon
Australie|en Australie|d'Australie
Moscou|à Moscou|de Moscou
Philippines|aux Philippines|des Philippines
Singapour|à Singapour|de Singapour
Mexique|au Mexique|du Mexique
Marseille|à Marseille|de Marseille
Pologne|en Pologne|de Pologne
Cân Tho|à Cân Tho|de Cân Tho
Kenya|au Kenya|du Kenya
Berlin|à Berlin|de Berlin
Turquie|en Turquie|de Turquie
Madagascar|à Madagascar|de Madagascar
Portugal|au Portugal|du Portugal
Malaisie|en Malaisie|de Malaisie
Dakar|à Dakar|de Dakar
Norvège|en Norvège|de Norvège
Tunisie|en Tunisie|de Tunisie
Washington|à Washington|de Washington
Chili|au Chili|du Chili
Pékin|à Pékin|de Pékin
Roumanie|en Roumanie|de Roumanie
Haiphong|à Haiphong|de Haiphong
Égypte|en Égypte|d'Égypte
Bangkok|à Bangkok|de Bangkok
Argentine|en Argentine|d'Argentine
Strasbourg|à Strasbourg|de Strasbourg
Nigeria|au Nigeria|du Nigeria
Vientiane|à Vientiane|de Vientiane
Suède|en Suède|de Suède
Montréal|à Montréal|de Montréal"""
_TOWN_HEADS = str.split("""Aigre Amber Arbel Belle Blanc Bois Brune Cale Cham Chante Clair Corne Dame Doune
Esper Fauve Fer Gale Grande Haute Jonque Lande Lune Male Marne Mira Mont Nerve Orge Palme Pierre
Quinte Rive Roche Sable Sarre Tarre Val Verne""")
_TOWN_TAILS = str.split("""bec bourg bray castel cy don fort gard gnac lac lieu mare mont nay pont rac ride
roy sol tiers vance vert ville vran""")
_TOWN_FIRSTS = ("", "", "Port-", "Saint-", "Fort-", "Anse-", "Val-")

_BODIES = """l'|Institut|m
l'|Union|f
la |Fédération|f
l'|Agence|f
le |Conseil|m
le |Centre|m
l'|Observatoire|m
l'|Association|f
la |Ligue|f
l'|Office|m
la |Compagnie|f
le |Syndicat|m
la |Confédération|f
le |Comité|m
la |Société|f
l'|Académie|f
la |Fondation|f
l'|Autorité|f
la |Chambre|f
le |Bureau|m"""
_SCOPES = """national nationale|européen européenne|régional régionale|asiatique asiatique
international internationale|africain africaine|francophone francophone|central centrale
général générale|maritime maritime|océanien océanienne|méridional méridionale"""
_FIELDS = """de la pêche|des transports|du riz|de l'eau|des arts|du climat|de la forêt|des ports
de l'énergie|du livre|des semences|de la santé|du textile|des musées|de l'enfance|du café
des télécommunications|de la recherche|du tourisme|de la navigation|des consommateurs|du rail
de l'assurance|des enseignants|du commerce|de la statistique|des vétérinaires|du logement
de l'édition|des volcans|du cinéma|de la météorologie|des paysans|du sport|de l'aviation
des archives|de la céramique|du patrimoine|de la vaccination|des satellites"""
_COMPANIES = """Alvéna Bramor Cadélis Dorvane Elquior Fjordel Galvéa Harmelis Irvane Jolvia Kerval
Lumatis Morvelle Novéal Orchane Pelvéo Quadrane Rivelac Solvane Tamaris Ultréa Valmore Wendel
Xandrel Yvanor Zéphéa"""
_TRADES = """Énergie Textile Maritime Assurances Télécom Agro Minéraux Aviation Santé Bois Chimie
Logistique Médias Optique Papiers Semences Transports Verre Acier Robotique"""


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """One person, place or organisation as a sentence needs it.

    A person: `full` "Firmin Latour", `again` "M. Latour". A place: `full` "Chine", `inside`
    "en Chine", `of` "de Chine". An organisation: `full` "l'Union des ports (UP)", `of` with
    its preposition, `again` "l'UP", `again_of` "de l'UP". `bare` is what stands in headlines.
    """

    type: Literal["person", "place", "organisation"]
    bare: str
    full: str
    again: str
    of: str = ""
    inside: str = ""
    again_of: str = ""
    woman: bool = False


@lru_cache(maxsize=1)
def entities() -> tuple[Name, ...]:
    """`POOL` names, the most frequent first; the same ones everywhere."""
    makers = {"P": _people(), "L": _places(), "O": _organisations()}
    taken = dict.fromkeys(makers, 0)
    ranked = []
    for rank in range(POOL):
        kind = _PATTERN[rank % len(_PATTERN)]
        ranked.append(makers[kind][taken[kind]])
        taken[kind] += 1
    return tuple(ranked)


def _share(kind: str) -> int:
    return POOL * _PATTERN.count(kind) // len(_PATTERN) + len(_PATTERN)


def _people() -> list[Name]:
    men, women = _MEN.split(), _WOMEN.split()
    surnames = [head + tail for head in _SURNAME_HEADS.split() for tail in _SURNAME_TAILS.split()]
    draw = random.Random("people")
    people: dict[str, Name] = {}
    while len(people) < _share("P"):
        woman = draw.random() < 0.45
        if draw.random() < 0.18:
            family = draw.choice(_VIETNAMESE_FAMILIES)
            given = draw.choice(_VIETNAMESE_GIVEN)
            name = f"{family} {draw.choice(_VIETNAMESE_MIDDLES)} {given}"
            again = f"{'Mme' if woman else 'M.'} {given}"
        else:
            surname = draw.choice(surnames)
            name = f"{draw.choice(women if woman else men)} {surname}"
            again = f"{'Mme' if woman else 'M.'} {surname}"
        people.setdefault(name, Name("person", name, name, again, woman=woman))
    return list(people.values())


def _places() -> list[Name]:
    places: dict[str, Name] = {}
    for line in _REAL_PLACES.split("\n"):
        name, inside, of = line.split("|")
        places[name] = Name("place", name, name, name, of=of, inside=inside)
    draw = random.Random("places")
    while len(places) < _share("L"):
        name = draw.choice(_TOWN_HEADS) + draw.choice(_TOWN_TAILS)
        name = draw.choice(_TOWN_FIRSTS) + name
        if draw.random() < 0.2:
            name += "-sur-" + draw.choice(_TOWN_HEADS) + draw.choice(("", "lle", "tte", "nne"))
        of = ("d'" if name[0] in "AEO" else "de ") + name
        places.setdefault(name, Name("place", name, name, name, of=of, inside=f"à {name}"))
    return list(places.values())


def _organisations() -> list[Name]:
    bodies = [line.split("|") for line in _BODIES.split("\n")]
    scopes = [pair.split() for pair in _SCOPES.replace("\n", "|").split("|")]
    fields = _FIELDS.replace("\n", "|").split("|")
    companies, trades = _COMPANIES.split(), _TRADES.split()
    draw = random.Random("organisations")
    organisations: dict[str, Name] = {}
    while len(organisations) < _share("O"):
        if draw.random() < 0.2:
            name = f"{draw.choice(companies)} {draw.choice(trades)}"
            group = f"groupe {name}"
            organisation = Name(
                "organisation", name, f"le {group}", name, f"du {group}", again_of=f"du {group}"
            )
        else:
            organisation = _institution(draw, bodies, scopes, fields)
        organisations.setdefault(organisation.bare, organisation)
    return list(organisations.values())


def _institution(
    draw: random.Random, bodies: list[list[str]], scopes: list[list[str]], fields: list[str]
) -> Name:
    article, noun, gender = draw.choice(bodies)
    scope = draw.choice(scopes)[gender == "f"]
    # Two fields, so that the acronym has four letters: those of three belong to real organisations.
    name = f"{noun} {scope} {' et '.join(draw.sample(fields, 2))}"
    letters = [
        word.rpartition("'")[2][0].upper()
        for word in name.split()
        if word not in ("de", "la", "du", "des", "et")
    ]
    acronym = "".join(letters).replace("É", "E").replace("Œ", "O")
    short_article = "l'" if acronym[0] in "AEFHILMNORSX" and article == "l'" else article
    of, of_short = (
        {"le ": "du ", "la ": "de la "}.get(a, "de l'") for a in (article, short_article)
    )
    return Name(
        "organisation",
        name,
        f"{article}{name} ({acronym})",
        short_article + acronym,
        f"{of}{name} ({acronym})",
        again_of=of_short + acronym,
    )
