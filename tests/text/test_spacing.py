"""What copy lacks of French spacing is put in; what only looks like it stays."""

import pytest
from newsdigest.text.typography import NBSP, NNBSP, typeset


def shown(text: str, lang: str = "fr") -> str:
    """Typeset with the two invisible spaces made visible: `~` U+00A0, `|` U+202F."""
    return typeset(text, lang).replace(NBSP, "~").replace(NNBSP, "|")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("86% des voix, 3,5% du reste", "86~% des voix, 3,5~% du reste"),
        ("(12%), 12%.", "(12~%), 12~%."),
        ("5€ ou 1,50€ le kilo, 5€/kg", "5~€ ou 1,50~€ le kilo, 5~€/kg"),
        ("il fait 25°C", "il fait 25~°C"),
        ("4.200 habitants", "4~200 habitants"),
        ("entre 14.000 et 17.000 euros", "entre 14~000 et 17~000 euros"),
        ("2.500.000 euros.", "2~500~000 euros."),
        ("un total de 4.200,50 euros", "un total de 4~200,50 euros"),
        ("ils étaient 2.300.", "ils étaient 2~300."),
        ("Bilan: 21.000 visiteurs", "Bilan~: 21~000 visiteurs"),
        ("Le 12.01.2026, 4.200 personnes", "Le 12.01.2026, 4~200 personnes"),
        ("4.200 km2 et 300 m2", "4~200~km² et 300~m²"),
        ("9.000 m3 d'eau par km2", "9~000~m³ d’eau par km²"),
        ("112 habitants/km2, 50 €/m2", "112 habitants/km², 50~€/m²"),
        ("Pourquoi?", "Pourquoi|?"),
        ("Non! Si; peut-être?", "Non|! Si|; peut-être|?"),
        ("« En marche! » en avril", "«~En marche|!~» en avril"),
        ("Vive la France! Et après?!", "Vive la France|! Et après|?!"),
        ("Bravo Nadal!", "Bravo Nadal|!"),
        ("dit «oui» puis «non?».", "dit «~oui~» puis «~non|?~»."),
        ("l'accord «historique», «Quoi»?", "l’accord «~historique~», «~Quoi~»|?"),
        ("Tour de France: Barguil gagne", "Tour de France~: Barguil gagne"),
        ("(ndlr: les insurgés)", "(ndlr~: les insurgés)"),
        ("À 14h30: le départ", "À 14h30~: le départ"),
        ("du 30 avril au 1 mai", "du 30~avril au 1er~mai"),
        ("1 janvier 2026", "1er~janvier 2026"),
        ("dimanche 1 mars", "dimanche 1er~mars"),
        ("Il attend...? Oui", "Il attend…|? Oui"),
        ("à Grasse ( Var), les verts ( EELV )", "à Grasse (Var), les verts (EELV)"),
        ("du XX e siècle à la V e République", "du XXe siècle à la Ve République"),
        ("la 7 e étape, le 1 er tour, la 1 ère fois", "la 7e étape, le 1er~tour, la 1ère fois"),
        ('a-t-il dit "oui"?', "a-t-il dit «~oui~»|?"),
    ],
)
def test_copy_typed_in_haste_is_printed_as_french(written: str, printed: str) -> None:
    assert shown(written) == printed


@pytest.mark.parametrize(
    "written",
    [
        # Addresses and code.
        "lire https://exemple.fr/page?id=1:2;3!",
        "sur exemple.fr/l-eau/4.200/m2?",
        "la fonction f(x)=4.200 et std::vector: là",
        "écrire à redac@exemple.fr: merci",
        "un caf%C3%A9 ou 5%20",
        "AT&amp;T et &eacute;té",
        # Smileys, and what is no ordinal.
        "raté :( encore",
        "de classe 3 e",
        "un parti ( )",
        # Hours, scores, ratios.
        "à 14:30, 3:2 puis 6:4 6:3",
        "une échelle de 1:25.000",
        "un rapport de 3: 2",
        # Versions, articles, telephones, machines, coordinates, decimals, times.
        "la version 4.200 du texte",
        "Python v3.120",
        "l’article 1.200 du code",
        "tél. 4.200.300",
        "le serveur 192.168.100.200",
        "au point 22.871, 120.668)",
        "en 58.234 secondes",
        "Pi vaut 3.14 et non 3.142",
        "un taux de 0.250",
        "le 12.01.2026",
        "sous le no B4.200",
        "+1.234 et -1.234",
        # Names and smileys.
        "le groupe Wham! avec des choristes",
        "sur Digg, Yahoo!",
        "bien joué ;-)",
        "merci:)",
        "un :sourire: ici",
        # Other languages' signs.
        "il a crié ¿Qué? hier",
        "das Wort »Haus« ist",
        # What is followed by a month.
        "en Ligue 1 mai sera décisif",
        "la Formule 1 mars",
        "les 11 mai",
        # Letters that are no units.
        "le M2 et le M3, un fichier .m3u, la com2",
    ],
)
def test_what_is_not_surely_prose_stays_as_written(written: str) -> None:
    assert shown(written).replace("~", " ").replace("|", " ") == written


@pytest.mark.parametrize(
    ("lang", "written", "printed"),
    [
        ("en", "4.200 metres? 86%, 120 km2", "4.200 metres? 86%, 120 km²"),
        ("en", "It's: 5.125 litres!", "It’s: 5.125 litres!"),
        ("vi", "11.000 ha: 4.000 m3 nước!", "11.000 ha: 4.000 m³ nước!"),
        ("de", "4.200 km2?", "4.200 km²?"),
        ("fr-CA", "Quoi? 4.200 personnes", "Quoi|? 4~200 personnes"),
    ],
)
def test_each_language_keeps_its_own_rules(lang: str, written: str, printed: str) -> None:
    assert shown(written, lang) == printed
