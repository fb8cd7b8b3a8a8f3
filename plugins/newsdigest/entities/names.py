"""What the wire writes around a name: titles, roles, particles, and the two East Asian orders."""

from __future__ import annotations

import re

from newsdigest.entities.words import listed, word_list
from newsdigest.text.folding import fold

# Civil titles: what follows is a person, and the title is no part of the mention. As written,
# without the full stop.
CIVIL_TITLES = listed("civil titles")
# Titles that are also given names: in a Vietnamese name, its last word ("Nguyễn Tuấn Anh").
TITLES_THAT_ARE_NAMES = word_list("Anh Chị Bà Ông Me")
# Titles too short to be told from an initial or a word unless the full stop or the case helps.
DOTTED_TITLES = frozenset({"M", "MM"})

# Words that announce a person when they stand before the name, alone or with a nationality:
# "le président russe Vladimir Poutine", "son épouse Anne Lemoine". Lower case.
ROLES = listed("roles")
# The same words open a capitalised run in English, and in French headlines: skipped, then a name.
CAPITAL_ROLES = listed("capital roles")

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
SURNAME_FIRST = listed("surname first")

# Vietnamese family names without accents. Those a French or English word could be count only
# with their accents.
VIETNAMESE_SURNAMES = listed("vietnamese surnames")
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
