"""What the wire writes around a name: titles, roles, particles, and the two East Asian orders."""

from __future__ import annotations

import re

from newsdigest.entities.words import word_list
from newsdigest.text.folding import fold

# Civil titles: what follows is a person, and the title is no part of the mention. As written,
# without the full stop.
CIVIL_TITLES = word_list(
    "M MM Mme Mmes Mlle Mlles Mgr Me Mes Dr Drs Pr Prs Mr Mrs Ms Miss Messrs Sir Lord Lady "
    "Monsieur Messieurs Madame Mesdames Mademoiselle Maître Sœur Frère Ông Bà Anh Chị"
)
# Titles that are also given names: in a Vietnamese name, its last word ("Nguyễn Tuấn Anh").
TITLES_THAT_ARE_NAMES = word_list("Anh Chị Bà Ông Me")
# Titles too short to be told from an initial or a word unless the full stop or the case helps.
DOTTED_TITLES = frozenset({"M", "MM"})

# Words that announce a person when they stand before the name, alone or with a nationality:
# "le président russe Vladimir Poutine", "son épouse Anne Lemoine". Lower case.
ROLES = word_list(
    """
    président présidente vice-président vice-présidente ex-président coprésident coprésidente
    ministre premier-ministre vice-ministre ex-ministre chancelier chancelière sénateur sénatrice
    député députée eurodéputé eurodéputée maire adjoint adjointe gouverneur gouverneure préfet
    préfète secrétaire directeur directrice directeurs ambassadeur ambassadrice conseiller
    conseillère porte-parole commissaire procureur procureure juge avocat avocate général colonel
    commandant capitaine lieutenant amiral maréchal sergent major roi reine prince princesse
    empereur pape cardinal archevêque évêque abbé père imam ayatollah cheikh émir sultan chef
    cheffe patron patronne pdg dirigeant dirigeante leader fondateur fondatrice cofondateur
    cofondatrice professeur professeure docteur chercheur chercheuse économiste politologue
    historien historienne sociologue écrivain écrivaine romancier romancière auteur autrice poète
    philosophe journaliste reporter photographe acteur actrice comédien comédienne réalisateur
    réalisatrice cinéaste chanteur chanteuse musicien musicienne compositeur compositrice pianiste
    peintre sculpteur architecte designer dessinateur humoriste animateur animatrice joueur
    joueuse footballeur attaquant défenseur milieu gardien entraîneur entraîneuse sélectionneur
    cycliste sprinteur coureur coureuse pilote nageur nageuse boxeur judoka athlète champion
    championne triathlète candidat candidate élu élue militant militante opposant opposante
    rebelle analyste expert experte spécialiste consultant consultante ingénieur ingénieure
    médecin infirmier infirmière météorologue climatologue biologiste physicien physicienne
    astronaute cosmonaute astronome homologue prédécesseur successeur successeure rival rivale
    adversaire collègue camarade compatriote époux épouse mari femme fils fille frère sœur gendre
    mère oncle neveu ami amie nommé nommée dénommé baptisé envoyé envoyée émissaire négociateur
    négociatrice représentant représentante responsable artisan artisane marchand marchande
    agriculteur agricultrice habitant habitante victime témoin milliardaire homme monsieur madame
    saint sainte
    president chairman chairwoman minister secretary senator governor mayor ambassador spokesman
    spokeswoman spokesperson premier chancellor king queen pope judge lawyer director manager
    founder analyst professor economist coach striker
    chairperson leader envoy adviser advisor officer
    ông bà anh chị cụ cô ngài thầy đồng_chí
    """
)
# The same words open a capitalised run in English, and in French headlines: skipped, then a name.
CAPITAL_ROLES = word_list(
    """
    Président Présidente President Vice-President Ministre Minister Prime Premier Première
    Secretary Senator Sénateur Governor Mayor Maire Ambassador Chancellor King Queen Prince
    Princess Pope Pape Judge General Général Colonel Captain Professor Foreign Defence Defense
    Finance Chairman Chairwoman Chairperson Deputy Vice Former State Permanent Spokesman
    Spokeswoman Spokesperson Director Coach Ex-President Saint-Père Crown Speaker Congressman
    Congresswoman Lieutenant Major Sergeant Chief Party
    """
)

# Vietnamese capitalises the first syllable of an office: "Thủ tướng", "Phó Chủ tịch".
VIETNAMESE_OFFICES = word_list(
    "Phó Chủ Tổng Thủ Bộ Giám Trưởng Đại Thứ Viện Bí Cục Hiệu Chánh Nguyên Ngoại"
)

# Lower-case particles that join the words of one name, with the spaces they are written with.
PARTICLES = frozenset(
    (" von ", " van ", " van der ", " van den ", " von der ", " ben ", " bin ", " ibn ", " bint ",
     " al ", " el ", " da ", " dos ", " das ", " di ", " del ", " della ", " de la ", " de los ",
     " der ", " den ", " ter ", " zu ", " abu ", " ould ", " du ", " de ", " d'", " y ", " ul ",
     " ur ", " uz ")
)  # fmt: skip
# These also stand between a name and a place ("le maire de Paris"): only after a bare given name.
DOUBTFUL_PARTICLES = frozenset({" de ", " du ", " d'", " de la ", " y ", " el ", " al "})
# A family name is not written without these: "ben Salmane", never "Salmane".
BINDING_PARTICLES = frozenset({"ben", "bin", "ibn", "bint", "ould", "abu"})
ARTICLE_PREFIXES = ("al-", "el-", "as-", "ad-", "an-", "ar-", "at-", "az-", "ash-", "ach-", "es-")

# Family names that come first in Chinese and Korean names, without accents.
SURNAME_FIRST = word_list(
    """
    xi li wang zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang
    song zheng xie han tang feng yu dong xiao cheng cao yuan deng peng wen jiang hua mao hua qin
    kim park lee choi jung jeong kang cho yoon yun jang lim shin suh seo kwon hwang ahn an song
    yoo hong moon ban ri paik baek bae chung roh noh ko oh nam han jo
    """
)

# Vietnamese family names without accents. Those a French or English word could be count only
# with their accents.
VIETNAMESE_SURNAMES = word_list(
    """
    nguyen tran pham hoang huynh phan vo dang bui ngo duong dinh truong luong trinh doan vuong
    quach thai tong khuat nghiem phung tieu vu chu luu kieu dao tang ta ton thach giang
    """
)
ACCENTED_VIETNAMESE_SURNAMES = frozenset(
    ("Lê", "Đỗ", "Đô", "Dô", "Hồ", "Hô", "Lý", "Tô", "Hà", "Mai", "Lâm", "Cao", "Vũ", "Võ", "Đào",
     "Đặng", "Đinh", "Đoàn", "Tạ", "Chu", "Lương", "La", "Bạch", "Châu", "Thái", "Tống", "Văn")
)  # fmt: skip
VIETNAMESE_MIDDLE = frozenset(
    {"thi", "van", "duc", "huu", "minh", "quang", "xuan", "ngoc", "thanh"}
)

ELISIONS = word_list("L D J C N S M T Qu Jusqu Lorsqu Puisqu Quoiqu Quelqu Presqu Aujourd Entr")


def is_vietnamese_surname(word: str) -> bool:
    """Never enough to know anyone by: half of the country shares a dozen of them."""
    return word in ACCENTED_VIETNAMESE_SURNAMES or fold(word) in VIETNAMESE_SURNAMES


def is_surname_first(words: list[str]) -> bool:
    """Whether a full name is in the Chinese or Korean order, as "Xi Jinping" or "Kim Jong-un"."""
    if len(words) not in (2, 3) or fold(words[0]) not in SURNAME_FIRST:
        return False
    rest = words[1:]
    return len(rest) == 2 or "-" in rest[0] or fold(words[0]) not in {"lee", "ma", "an", "he"}


def without_article(word: str) -> str:
    """`al-Assad` and `el-Assad` are `Assad`; other words stay."""
    if "-" not in word or not word.startswith(ARTICLE_PREFIXES):
        return word
    for prefix in ARTICLE_PREFIXES:
        if word.startswith(prefix) and len(word) > len(prefix):
            return word[len(prefix) :]
    return word


_PART = re.compile(r"[^\W\d_]+")


def in_mixed_case(name: str) -> str:
    """`Emmanuel MACRON` is `Emmanuel Macron`; initials, and a name with no shouted word, stay."""
    words = name.split(" ")
    if len(words) < 2 or not any(len(word) > 2 and word.isupper() for word in words):
        return name
    return " ".join(
        _PART.sub(lambda part: part[0].capitalize(), word)
        if len(word) > 2 and word.isupper() and word.strip("IVX")
        else word
        for word in words
    )
