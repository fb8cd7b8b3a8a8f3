"""The sentences of the generated copy: patterns with `{slots}`.

Slots of lower-case letters are word lists (`vocabulary.forms_of`, and
`LISTS` here). `{P}` is a person's full name and `{M}` the later "M. Latour"; `{IN}`, `{OF}` a
place's "en Chine", "de Chine"; `{O}`, `{DO}` an organisation's full name, alone and after de, `{A}`,
`{DA}` its acronym; `{DAY}` a date near the article's.
"""

from __future__ import annotations

LEDES = {
    "person": """
{la} {adj_f} et {le} {adj_m} seront au centre {dela} {adj_f}, a {said} {DAY} {P}, {role}, au terme d'une {meeting} qui a duré {hours}.
{P}, {role}, a {said} {DAY} que {le} {adj_m} {erait} {les_f} {adj_fp} d'ici à la fin de l'année, malgré {les_m} {adj_mp} et {la} {adj_f}.
Après {n} mois {dela} {adj_f}, {P}, {role}, a présenté {DAY} {un} {adj_m} qui doit {inf} {les_m} {adj_mp} et {inf} {la} {adj_f}.
{la} {adj_f} pourrait {inf} {les_f} {adj_fp} dès {month} prochain, selon {P}, {role}, qui s'exprimait {DAY} devant {many} personnes.
""",
    "place": """
{la} {adj_f} a {pp} {le} {adj_m} {IN}, où {les_m} {adj_mp} doivent {inf} {la} {adj_f} d'ici à {month}, ont annoncé {DAY} les autorités.
Plus de {many} personnes ont participé {DAY} {IN} {ala} {adj_f} organisée autour {du} {adj_m}, {ant} ainsi {les_f} {adj_fp}.
Un chantier {adj_m} de {money} a été lancé {DAY} {IN} pour {inf} {les_f} {adj_fp} et {inf} {le} {adj_m}.
{les_f} {adj_fp} ont progressé de {pct} {IN} en {year}, tandis que {le} {adj_m} reculait de {pct}, selon un bilan {adj_m} rendu public {DAY}.
""",
    "organisation": """
{O} a annoncé {DAY} un programme {adj_m} de {money} destiné à {inf} {les_f} {adj_fp} et à {inf} {le} {adj_m}.
{la} {adj_f} {DO} a {pp} {DAY} {le} {adj_m}, {n} jours après {une} {adj_f} qui {ait} {les_m} {adj_mp}.
Selon un rapport publié {DAY} par {O}, {les_f} {adj_fp} ont augmenté de {pct} en {year}, et {les_m} {adj_mp} de {pct}.
{O} et ses partenaires ont signé {DAY} un accord {adj_m} sur {la} {adj_f}, première étape {dela} {adj_f} attendue depuis {year}.
""",
}

# How an entity comes into the story, after the lede.
INTRODUCTIONS = {
    "person": """
{P}, {role}, a {said} que {le} {adj_m} {erait} {adv} {les_f} {adj_fp}.
Pour {P}, {role}, {la} {adj_f} reste {le} {adj_m} le plus difficile à {inf}.
"{quote}", a {said} {P}, {role}.
{P}, {role} depuis {year}, a {adv} {pp} {la} {adj_f} et {le} {adj_m}.
Étaient également présents {P}, {role}, ainsi que plusieurs responsables {dela} {adj_f}.
D'après {P}, {role}, {n} {of_people} sur dix souhaitent {inf} {le} {adj_m}.
{le} {adj_m} a été confié à {P}, {role}, qui {ait} jusqu'alors {la} {adj_f}.
"{quote}. {quote}", a {said} {P}, {role}, {ant} {les_m} {adj_mp}.
""",
    "place": """
{IN}, {les_m} {adj_mp} {aient} déjà {la} {adj_f} au printemps {year}.
{le} {adj_m} a été {pp} {IN}, puis étendu à {n} autres régions.
{une} {adj_f} comparable est menée {IN} depuis {year}, avec {des_m} {adj_mp}.
{la} {adj_f} {OF} {erait} {les_f} {adj_fp} dès la saison prochaine.
Les autorités {OF} ont {adv} {pp} {les_m} {adj_mp}, qui {aient} {la} {adj_f}.
Environ {many} {of_people} venus {OF} ont pris part {ala} {adj_f}.
{IN}, {la} {adj_f} a coûté {money}, soit {pct} de plus que prévu.
""",
    "organisation": """
{O} {era} {la} {adj_f} à partir de {month} prochain.
Une enquête {adj_f} {DO} estime que {les_f} {adj_fp} ont reculé de {pct} en un an.
{le} {adj_m} a été conçu avec le soutien {DO}, qui y consacre {money}.
De son côté, {O} a {said} que {les_m} {adj_mp} {aient} {adv} {le} {adj_m}.
{les_m} {adj_mp}, réunis par {O}, doivent {inf} {une} {adj_f} avant la fin {dela} {adj_f}.
Selon {O}, {many} {of_people} sont concernés par {la} {adj_f}.
""",
}

# What is said of those already introduced.
RETURNS = {
    "person": """
{M} a ajouté que {les_f} {adj_fp} {aient} "{adv}" {le} {adj_m}.
"{quote}", a insisté {M}.
{M} a par ailleurs rappelé que {la} {adj_f} {ait} {les_m} {adj_mp} depuis {year}.
Sur {la} {adj_f}, {M} n'a pas souhaité {inf} {le} {adj_m} dans l'immédiat.
{M} doit {inf} {les_m} {adj_mp} {DAY}, avant {une} {adj_f} prévue en {month}.
Aux yeux de {M}, {le} {adj_m} ne suffira pas à {inf} {la} {adj_f}.
""",
    "place": """
{IN}, {la} {adj_f} {era} {adv} {les_m} {adj_mp}.
{les_f} {adj_fp} {OF} attendent {un} {adj_m} de cette ampleur.
""",
    "organisation": """
{A} prévoit de {inf} {les_f} {adj_fp} en {month}.
Les responsables {DA} ont {pp} {le} {adj_m} à {n} reprises.
Un document {adj_m} {DA} sur {la} {adj_f} sera publié {DAY}.
{A} avait déjà {pp} {la} {adj_f} en {year}.
""",
}

PLAIN = """
{le} {adj_m} {ait} {adv} {les_f} {adj_fp}, sans que {la} {adj_f} en soit modifiée.
{les_m} {adj_mp} devront {inf} {la} {adj_f} dans un délai de {n} semaines.
Le coût total {du} {adj_m} est évalué à {money}, dont {pct} pour {la} {adj_f}.
{la} {adj_f} s'est poursuivie pendant {hours}, {ant} {les_m} {adj_mp} comme {les_f} {adj_fp}.
Il s'agit {dela} {adj_f} la plus importante depuis {year}.
En {year}, {le} {adj_m} représentait {pct} {dela} {adj_f}, contre {pct} cinq ans plus tôt.
Près de {many} {of_people} ont été associés {au} {adj_m}.
{une} {adj_f} et {un} {adj_m} compléteront le dispositif.
Plusieurs {of_people} ont exprimé des réserves sur {la} {adj_f}, jugée trop peu {adj_f}.
Cette {meeting} intervient alors que {les_f} {adj_fp} traversent une période difficile.
{le} {adj_m} doit encore être {pp}, ce qui {erait} {la} {adj_f} de plusieurs mois.
Au cours {dela} {adj_f}, {des_m} {adj_mp} et {des_f} {adj_fp} ont été {pp}s.
Reste à {inf} {le} {adj_m}, dont dépend {la} {adj_f}.
{les_f} {adj_fp} ont été multipliées par {n} en dix ans.
D'ici là, {les_m} {adj_mp} continueront de {inf} {les_f} {adj_fp} comme auparavant.
{la} {adj_f} n'exclut pas {un} {adj_m}, à condition de {inf} {les_f} {adj_fp}.
Les premières livraisons {dela} {adj_f} sont attendues en {month}.
{le} {adj_m} {erait} ainsi plus de {many} {of_people}, estime-t-on de source proche du dossier.
Un appel à {inf} {la} {adj_f} a été lancé, sans succès jusqu'à présent.
{les_m} {adj_mp} restent toutefois {adv} en deçà {du} {adj_m}.
La part {du} {adj_m} dans {la} {adj_f} est passée de {pct} à {pct} en {n} ans.
Ni {la} {adj_f} ni {le} {adj_m} n'ont permis de {inf} {les_f} {adj_fp}.
Faute {du} {adj_m} espéré, {la} {adj_f} a dû {inf} {les_m} {adj_mp}.
"""

HEADLINES = {
    "person": """
{NAME} veut {inf} {les_f} {adj_fp} et {le} {adj_m}
{NAME} sur {la} {adj_f} : "{quote}"
{le} {adj_m} : {NAME} promet de {inf} {les_f}
{NAME} présente {un} {adj_m} pour {inf} {la} {adj_f}
{NAME} appelle à {inf} {les_m} {adj_mp}
""",
    "place": """
{NAME} : {les_m} {adj_mp} vont {inf} {la} {adj_f}
{NAME} : {money} pour {inf} {les_f} {adj_fp}
{un} {adj_m} {IN} pour {inf} {la} {adj_f}
{la} {adj_f} progresse de {pct} {IN}
{le} {adj_m} {OF} face {ala} {adj_f}
""",
    "organisation": """
{NAME} : {la} {adj_f} en hausse de {pct}
{A} investit {money} dans {la} {adj_f}
{A} lance {un} {adj_m} pour {inf} {les_f} {adj_fp}
{le} {adj_m} {DA} suscite {des_f} {adj_fp}
""",
}

SUBHEADINGS = """
{une} {adj_f} à {inf}
{les_m} {adj_mp} en première ligne
{le} {adj_m} et {la} {adj_f}
Vers {un} {adj_m}
"""

CAPTIONS = """
{les_m} {adj_mp} pendant {la} {adj_f}, {DAY}.
{une} {adj_f} devant {le} {adj_m}.
"""

ITEMS = """
- {le} {adj_m} : {money}
- {la} {adj_f} : {pct}
- {les_f} {adj_fp}, à {inf} avant {month}
"""

ENGLISH = """
{NAME} is expected to {en_verb} the {en_adj} {en_noun} by the end of the year, officials said on {en_day}.
The {en_noun} will {en_verb} {many} people, according to a report that {NAME} is said to have seen.
"We have to {en_verb} the {en_noun} before the {en_adj} {en_noun} gets worse", said a resident of the area.
In {NAME}, the {en_adj} {en_noun} has been under way since {year} with the help of {en_noun} groups.
The {en_adj} {en_noun} rose by {n} points in {year}, while the {en_noun} was not as {en_adj} as it had been.
It was not clear on {en_day} whether the {en_noun} would {en_verb} the {en_adj} {en_noun}.
Their {en_noun} has cost more than {many} dollars, and {NAME} is to {en_verb} a {en_adj} {en_noun}.
"""
ENGLISH_HEADLINES = """
{NAME} to {en_verb} the {en_adj} {en_noun} after {n} years of {en_noun}
{NAME}: the {en_adj} {en_noun} that may {en_verb} the {en_noun}
"""
VIETNAMESE = """
{NAME} cho biết {vi_noun} {vi_adj} sẽ được {vi_verb} trong năm {year} với sự hỗ trợ của {vi_noun} địa phương.
Theo {NAME}, hơn {many} người dân đã tham gia {vi_verb} {vi_noun} {vi_adj} kể từ đầu năm nay.
Các {vi_noun} {vi_adj} cần được {vi_verb} trước khi {vi_noun} mới bắt đầu hoạt động.
Ở {NAME}, {vi_noun} đã tăng gấp {digit} lần so với năm {year}, vượt kế hoạch đề ra.
Chính quyền sẽ tiếp tục {vi_verb} {vi_noun} và những {vi_noun} {vi_adj} khác trong thời gian tới.
"""
VIETNAMESE_HEADLINES = """
{NAME} sẽ {vi_verb} {vi_noun} {vi_adj} và những {vi_noun} khác trong năm {year}
{NAME}: {vi_noun} {vi_adj} được {vi_verb} lần thứ {digit}, {vi_noun} vẫn tăng
"""

_MONTHS = str.split("""janvier février mars avril mai juin juillet août septembre octobre novembre
décembre""")

LISTS: dict[str, tuple[str, ...]] = {
    "said": tuple(
        str.split("""déclaré estimé affirmé expliqué indiqué précisé assuré rappelé confirmé reconnu
        souligné soutenu""")
    ),
    "role": tuple(
        f"{head} {tail}"
        for head in str.split(
            (
                "chef de projet|porte-parole|responsable|membre|juriste|spécialiste|secrétaire|"
                "interprète|analyste|élève|stagiaire|bénévole|géographe|économiste|journaliste"
            ),
            "|",
        )
        for tail in str.split(
            (
                "auprès du ministère|de la délégation|de l'équipe locale|au service des études|"
                "depuis sept ans|du comité d'organisation|de la commission d'enquête|à la retraite"
            ),
            "|",
        )
    ),
    "of_people": tuple(
        str.split("""habitants agriculteurs commerçants étudiants lecteurs visiteurs salariés pêcheurs
        élèves parents spectateurs riverains touristes chercheurs""")
    ),
    "meeting": ("réunion", "rencontre", "séance", "visite", "conférence de presse", "table ronde"),
    "hours": (
        "plus de deux heures",
        "près de trois heures",
        "une matinée",
        "deux jours",
        "cinq heures",
    ),
    "n": tuple(
        str.split("deux trois quatre cinq six sept huit neuf onze douze quinze vingt trente")
    ),
    "digit": tuple(str.split("2 3 4 5 6 7 8 9")),
    "month": tuple(_MONTHS),
    "year": tuple(map(str, range(1987, 2021))),
    "pct": tuple(f"{whole},{tenth} %" for whole in range(1, 48) for tenth in (1, 3, 4, 6, 8)),
    "money": tuple(
        f"{amount} {unit}"
        for amount in (2, 3, 5, 7, 12, 18, 24, 30, 45, 68, 75, 90, 120, 240, 310, 450, 620, 780)
        for unit in ("millions d'euros", "millions de dollars", "milliards de dôngs")
    ),
    "many": tuple(
        f"{thousands}.{rest}" for thousands in range(2, 60) for rest in (100, 250, 400, 800)
    ),
    "quote": tuple(
        f"{subject} {verb} {rest}"
        for subject in ("Nous", "Nos équipes", "Les familles", "Les gens d'ici", "Ceux qui restent")
        for verb in (
            [
                "n'avons pas oublié",
                "savons ce que coûte",
                "attendons encore",
                "avons trop vite accepté",
            ]
            if subject == "Nous"
            else [
                "n'ont pas oublié",
                "savent ce que coûte",
                "attendent encore",
                "ont trop vite accepté",
            ]
        )
        for rest in str.split(
            (
                "la promesse de l'an dernier|un chantier de cette taille|le prix de la patience|"
                "une décision prise sans eux|le retour du beau temps|la règle du jeu|ce silence|"
                "l'effort des plus jeunes|un calendrier tenable"
            ),
            "|",
        )
    ),
    "en_noun": tuple(
        str.split("""bridge harvest market school river policy agreement border hospital network budget
        museum festival forest storm season factory library survey programme railway harbour
        election coast reform""")
    ),
    "en_adj": tuple(
        str.split("""regional national costly ambitious new old public private fragile recent joint urgent
        local wide modest early annual rural coastal historic""")
    ),
    "en_verb": tuple(
        str.split("""support expand delay review protect rebuild finance close extend restore approve
        monitor improve replace study""")
    ),
    "en_day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "vi_noun": (
        "dự án",
        "cây cầu",
        "trường học",
        "bệnh viện",
        "khu chợ",
        "con đường",
        "cánh rừng",
        "vùng lúa",
        "lễ hội",
        "bảo tàng",
        "nhà máy",
        "tuyến đường sắt",
    ),
    "vi_adj": ("quan trọng", "mới", "lâu năm", "hiện đại", "đặc biệt", "bền vững", "rộng lớn"),
    "vi_verb": ("xây dựng", "bảo vệ", "mở rộng", "phục hồi", "đầu tư", "kiểm tra", "nâng cấp"),
}


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]
