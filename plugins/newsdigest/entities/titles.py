"""A name without what the wire writes before it: `le président Donald Trump`, `Mme Vasseur`."""

from __future__ import annotations

from functools import lru_cache

from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.names import (
    CAPITAL_ROLES,
    CIVIL_TITLES,
    DOTTED_TITLES,
    ROLES,
    is_vietnamese_surname,
)
from newsdigest.entities.words import PLACE_WORDS, ROLE_ADJECTIVES, listed, word_list

ARTICLES = frozenset({"le", "la", "les", "the"})
# These stand in names of stage, law and legend as well: only before a full name.
_DOUBTFUL_TITLES = word_list("Sir Lord Lady Miss Me Mes Maître Sœur Frère Dr Drs Pr Prs")
_VIETNAMESE_TITLES = word_list("Ông Bà Anh Chị ông bà anh chị cụ cô ngài thầy")
# In full: the first syllables alone also open other names ("Đại học").
_VIETNAMESE_OFFICES = tuple(
    sorted(
        ("Phó Thủ tướng", "Thủ tướng", "Phó Chủ tịch", "Chủ tịch", "Chủ tịch nước",
         "Phó Chủ tịch nước", "Chủ tịch Quốc hội", "Phó Chủ tịch Quốc hội", "Tổng Bí thư", "Bí thư",
         "Bộ trưởng", "Thứ trưởng", "Giám đốc", "Tổng Giám đốc", "Đại tướng", "Thượng tướng",
         "Trung tướng", "Thiếu tướng", "Đại sứ", "Đồng chí", "đồng chí"),
        key=len,
        reverse=True,
    )
)  # fmt: skip
# What a role is a role of, when it is no name by itself: "le président de la République".
_OFFICES = listed("offices")
_LINKS = frozenset({"de", "du", "des", "à", "aux", "of", "for", "and", "et", "par"})
_ADJECTIVES = ROLE_ADJECTIVES | listed("title adjectives")
# A saint's name is no plain first name, and a son is not his father.
_PART_OF_NAME = word_list("saint sainte père fils fille femme mari frère sœur mère oncle neveu")
_NAME_PARTICLES = word_list(
    "de du des van von der den ben bin ibn al el da dos di del della d' la y"
)


@lru_cache(maxsize=16384)
def without_titles(name: str) -> str:
    """The bare name; `name` itself where it has no title, or more than one bearer (`MM.`).

    A role that names somebody else's is kept ("l'avocat de Donald Trump"), and so is a title that
    belongs to the name ("Prince Edward Island", "Lady Gaga"). A lower-case article goes too
    ("le Kremlin"), a capital one stays ("Le Caire").
    """
    return _split(name)[1]


@lru_cache(maxsize=16384)
def title_of(name: str) -> str:
    """What `without_titles` takes off, in lower case and without its article; "" for nothing."""
    return _split(name)[0]


def _split(name: str) -> tuple[str, str]:
    plain = name.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
    words = plain.replace(",", "").split()
    if len(words) < 2 and not plain.startswith(("l'", "L'")):
        return "", name
    at = 0
    if words[0] in ARTICLES or (words[0] in ("Le", "La") and words[1] in ROLES):
        at = 1
    elif len(words[0]) > 2 and (
        words[0].startswith("l'") or (words[0].startswith("L'") and words[0][2:].lower() in ROLES)
    ):
        words[0] = words[0][2:]
    read = _after_titles(words, at)
    if read is None:
        return "", name
    end, is_doubtful = read
    rest = words[end:]
    if not rest or not _is_name(rest):
        return "", name
    if is_doubtful and (not _is_known_full(rest) or _is_place(name, rest)):
        return "", name
    if len(rest) == 1 and any(word in _PART_OF_NAME for word in words[at:end]):
        return "", name
    bare = " ".join(rest)
    return " ".join(words[at:end]).lower(), bare if end or bare != plain else name


def _after_titles(words: list[str], at: int) -> tuple[int, bool] | None:
    """Where the name begins, and whether only a full name may; None where nobody is named alone."""
    start, is_doubtful, has_role, link = at, False, False, -1
    has_title = False
    lexicon = load_gazetteer()
    while at < len(words) - 1:
        word = words[at]
        bare = word.rstrip(".")
        lower = word.lower()
        office = _vietnamese_office(words, at)
        if office:
            return at + office, False
        if bare in ("MM", "Messieurs", "Messrs", "Mmes", "Mesdames", "Mlles"):
            return None
        if bare in CIVIL_TITLES and (word != bare or word not in DOTTED_TITLES):
            has_title = True
            is_doubtful = is_doubtful or (bare in _DOUBTFUL_TITLES and word == bare)
            if bare in _VIETNAMESE_TITLES and not is_vietnamese_surname(words[at + 1]):
                return None
        elif word in _VIETNAMESE_TITLES:
            has_title = True
            if not is_vietnamese_surname(words[at + 1]):
                return None
        elif word in ROLES:
            has_role = True
        elif word in CAPITAL_ROLES or (word[:1].isupper() and lower in ROLES):
            has_role = is_doubtful = True
        elif word in _ADJECTIVES or (word == lower and word in lexicon.demonyms):
            pass
        elif (has_role and lower in _LINKS) or (has_role and lower in ARTICLES and link == at - 1):
            link = at
        elif has_role and _office(lower) in _OFFICES and (link >= 0 or lower in _OFFICES):
            link = -1 if link == at - 1 else link
        else:
            break
        at += 1
    if at > start and not (has_title or has_role):
        return None
    if link == at - 1 and link >= start:  # "l'avocat de X": X is somebody else
        return None
    return at, is_doubtful


def _office(word: str) -> str:
    """`l'Intérieur` and `d'État` are offices without their article."""
    return word.rpartition("'")[2]


def _vietnamese_office(words: list[str], at: int) -> int:
    """How many words of `words[at:]` are an office before a family name; 0 for none."""
    if words[at][:1] not in "PTCBGĐđ":
        return 0
    text = " ".join(words[at : at + 6])
    for office in _VIETNAMESE_OFFICES:
        length = office.count(" ") + 1
        if text.startswith(office + " ") and is_vietnamese_surname(words[at + length]):
            return length
    return 0


def _is_name(words: list[str]) -> bool:
    """Capitals and the particles between them, nothing a sentence is made of."""
    return (
        words[-1][:1].isalnum()
        and all(
            any(char.isupper() for char in word) or word in _NAME_PARTICLES or word[:1].isdigit()
            for word in words
        )
        and any(word[:1].isupper() or "-" in word for word in words)
    )


def _is_known_full(words: list[str]) -> bool:
    first = words[0]
    return len(words) > 1 and (
        first in load_gazetteer().given_names
        or first.partition("-")[0] in load_gazetteer().given_names
        or is_vietnamese_surname(first)
    )


def _is_place(name: str, rest: list[str]) -> bool:
    return name in load_gazetteer().kinds or rest[-1] in PLACE_WORDS
