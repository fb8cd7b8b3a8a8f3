"""The closed word lists the rules read sentences by: places' and organisations' neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from newsdigest.text.known_names import name_lines


def word_list(text: str) -> frozenset[str]:
    """The words of a list written out over lines."""
    return frozenset(text.split())


def listed(name: str) -> frozenset[str]:
    """The list of that name in `data/words.txt`."""
    return _lists()[name]


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    lists: dict[str, frozenset[str]] = {}
    for line in name_lines("words.txt"):
        if line.startswith("["):
            name = line.strip("[]")
            lists[name] = frozenset()
        else:
            lists[name] |= frozenset(line.split())
    return lists


# Directly before a capitalised word, these say it is a place.
PLACE_PREPOSITIONS = frozenset({"à", "en", "in", "at", "near", "ở", "tại"})
# With an article folded in, organisations follow as often: only for what the gazetteer calls weak.
PLACE_ARTICLES = frozenset({"au", "aux", "vers", "from", "toward", "towards", "depuis", "entre"})

# An article is in these, perhaps the name's own: "au Mans", "des Lilas".
MELTED_ARTICLES = frozenset({"du", "au", "des", "aux"})

# "la province de X", "l'aéroport de X": X is a place. Lower case.
PLACE_NOUNS = listed("place nouns")
# "la rivière Sông Vân", "tỉnh Thanh Lâm": the noun stands right before the name.
BARE_PLACE_NOUNS = word_list(
    """
    province district rivière fleuve région planète volcan quartier arrondissement
    tỉnh huyện xã quận phường đảo sông núi phố
    """
)
# "le port de X": whatever a person is called, this one is a place.
SURE_PLACE_NOUNS = listed("sure place nouns")
# "l'aéroport X", "le pont X": of these even without "de".
BUILT_PLACE_NOUNS = listed("built place nouns")
# "le gouvernement des X", "le roi du X": only a country has them.
STATE_NOUNS = listed("state nouns")
# "le président des X", "le ministre du X": a country more often than a club.
STATE_OFFICES = listed("state offices")
# These belong to the name: "île de Ré", "mont Ventoux", "rue de Rivoli".
PLACE_HEADS = word_list(
    """
    île îles mer golfe détroit mont lac désert place rue avenue boulevard gare vallée autoroute
    baie cap canal quai
    """
)
# These belong to the organisation's name: "université de Paris", "ministère de l'Intérieur".
ORGANISATION_HEADS = word_list(
    """
    université ministère hôpital diocèse armée fédération académie institut parlement sénat
    assemblée chu collège lycée laboratoire tribunal cour
    """
)
# "le groupe X", "la compagnie X": X is an organisation, the noun is not part of it.
ORGANISATION_NOUNS = listed("organisation nouns")
# A capitalised run that holds one of these names an organisation.
ORGANISATION_WORDS = listed("organisation words")
# "le groupe X", "l'action X": X is a company.
COMPANY_NOUNS = word_list(
    """
    groupe société compagnie entreprise constructeur fabricant avionneur équipementier éditeur
    assureur opérateur fonds start-up startup
    """
)
# "la compagnie X": of these no person is one, whatever the name looks like.
SURE_COMPANY_NOUNS = listed("sure company nouns")
# "les salariés de X", "le rachat de X": only a company has them.
COMPANY_PARTS = word_list(
    """
    pdg salarié salariés employés intersyndicale actionnaire actionnaires filiale filiales
    """
)
# The same of a footballer too.
COMPANY_PAPERS = frozenset({"action", "actions", "rachat"})
# "le fabricant de puces X".
MAKERS = word_list(
    "fabricant fabricante constructeur éditeur fournisseur producteur opérateur exploitant géant "
    "groupe chaîne entreprise société"
)
# A capital head that takes a complement: "Association des ingénieurs", "Conseil de l'Europe".
ORGANISATION_OPENERS = listed("organisation openers")

# Bodies known by one word, to whoever reads the news of their country.
STANDING_ALONE = frozenset({"Assemblée", "Parlement", "Sénat", "Congrès", "Parquet"})

# Words that open a sentence or a list and never a name, whatever stands next.
FUNCTION_WORDS = listed("function words")

# "les Jeux olympiques de Rio": the place belongs to the event's name.
EVENT_NOUNS = word_list(
    """
    jeux championnat championnats festival rallye marathon tournoi coupe tour ligue open meeting
    masters triathlon salon biennale carnaval
    """
)
# A run that holds one of these is a place: "Gakona Lodge", "Mount Rainier".
PLACE_WORDS = listed("place words")
# First in a sentence they are the word more often than the place.
PLACES_THAT_ARE_WORDS = word_list(
    "Réunion Lot Manche Terre Somme Tours Cher Creuse Soleil Lune Orange Sens Die Gap Mercure "
    "Champagne Cologne Java Levant Occident Golfe Var Bar Vienne Mons Grenade Valence Florence"
)
# With a nationality after them, lower-case nouns of bodies: "armée syrienne".
BODIES = ("armée ", "parlement ")
# Nouns a spelled-out acronym may open with in lower case and still name a body.
LOWER_OPENERS = word_list(
    """
    association comité conseil centre agence service bureau office forces union confédération ligue
    front mouvement commission fédération fonds parti syndicat groupe institut observatoire banque
    organisation programme mission haut-commissariat
    """
)

# Dates and feasts are never names, however a language writes them.
CALENDAR = listed("calendar")

# Capitals that name no organisation.
PLAIN_ACRONYMS = listed("plain acronyms")

# The house's own credits, wherever they stand: sources, not tags.
HOUSE_AGENCIES = frozenset({"VNA", "CVN", "VNS", "TTXVN", "Xinhua"})

# "typhon Lirin", "film Amour": the name after it is a thing's.
THING_NOUNS = listed("thing nouns")

# Of these the ones that are events and made things of their own, where a site shows such.
EVENT_THINGS = listed("event things")
MADE_THINGS = listed("made things")

# "la maladie de X": what X found, and no person.
EPONYMS = listed("eponyms")
# Of these a person or a town may have one named after them, in the same article.
FAMILIAR_THINGS = listed("familiar things")
# Before a first name alone they say whose it is: "le pape François".
REIGNING = listed("reigning")

# An adjective between a role and its holder: "président élu", "l'envoyé spécial américain".
ROLE_ADJECTIVES = listed("role adjectives")
