"""Two names that may be one: what the archive proposes to the editors, and never does by itself.

A name is compared by its *sounds*, a spelling in which French and English transliterations of
Russian, Arabic, Persian and Korean names meet, and found by its *skeleton*, the consonants of that.
Acronyms are found by the initials of long forms, names in other languages by what CLDR says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from typing import Literal

from newsdigest.base.records import EntityType
from newsdigest.entities.acronyms import SILENT, acronym_pairs
from newsdigest.entities.curated.lone_surnames import only_bearers
from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.keys import entity_key
from newsdigest.entities.names import is_surname_first, is_vietnamese_surname, without_article
from newsdigest.entities.one_thing import are_one
from newsdigest.entities.titles import title_of, without_titles
from newsdigest.text.folding import fold
from newsdigest.text.known_names import DATA, name_lines

Reason = Literal["title", "spelling", "order", "acronym", "language", "surname"]

# A block holds the names that share a skeleton or initials; beyond this many only the most named
# are compared with each other. Hostile archives cost no more.
MOST_IN_BLOCK = 60
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Named:
    """An entity of the archive: how many articles name it, and the day (ISO) of the first."""

    name: str
    type: EntityType
    articles: int
    first: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two entities that may be one. `keep` is the one more articles name, or the older; a full name
    beside its surname."""

    keep: Named
    other: Named
    reason: Reason


def relation(a: str, b: str) -> Literal["same", "proposed"] | None:
    """What two names are to each other without an editor.

    "same": one name but for accents, case, hyphens, spacing and titles; the archive merges these
    (where their types agree too) and no others. "proposed": an editor should look.
    """
    if are_one(a, b):
        return "same"
    bare_a, bare_b = without_titles(a), without_titles(b)
    if are_one(bare_a, bare_b):
        return _without_titles_alike(a, b, bare_a)
    return "proposed" if reason(bare_a, bare_b) else None


def reason(a: str, b: str) -> Reason | None:
    """Why two names without titles and with different keys may be one; None if nothing says so."""
    if max(len(a), len(b)) > LONGEST_NAME:
        return None
    if are_distinct_places(a, b):
        return None
    if foreign_names(a) & foreign_names(b):
        return "language"
    if _is_acronym_of(a, b) or _is_acronym_of(b, a):
        return "acronym"
    if _sound_alike(a, b):
        return "spelling"
    return "order" if _are_turned(a, b) else None


def proposals(
    names: Iterable[Named], settled: Callable[[str, str], bool] = lambda a, b: False
) -> list[Proposal]:
    """The pairs an editor should look at, the most named first; the same for any order of `names`.

    `settled(a, b)` tells the pairs the editors have decided. Only names of one type are compared,
    but a place and an organisation may be one in two languages.
    """
    names = sorted(set(names), key=_rank)
    blocks: dict[tuple[str, str], list[Named]] = {}
    for named in names:
        for key in _block_keys(named):
            block = blocks.setdefault(key, [])
            if len(block) < MOST_IN_BLOCK:
                block.append(named)
    found: dict[tuple[Named, Named], Proposal] = {}
    for key in sorted(blocks):
        for keep, other in combinations(blocks[key], 2):
            if (keep, other) in found or not _comparable(keep, other):
                continue
            why = _proposed(keep.name, other.name)
            if why is not None and not settled(keep.name, other.name):
                found[keep, other] = Proposal(keep, other, why)
    people = {named.name: named for named in reversed(names) if named.type == "person"}
    for full, short in only_bearers(people):
        if not settled(full, short):
            keep, other = people[full], people[short]
            found.setdefault((keep, other), Proposal(keep, other, "surname"))
    return sorted(found.values(), key=lambda found: (_rank(found.other), _rank(found.keep)))


def _rank(named: Named) -> tuple[int, str, str, str]:
    return (-named.articles, named.first, named.name, named.type)


def _comparable(a: Named, b: Named) -> bool:
    return a.type == b.type or "person" not in (a.type, b.type)


def _proposed(a: str, b: str) -> Reason | None:
    if are_one(a, b):
        return None
    bare_a, bare_b = without_titles(a), without_titles(b)
    if are_one(bare_a, bare_b):
        return "title" if _without_titles_alike(a, b, bare_a) else None
    return reason(bare_a, bare_b)


def _block_keys(named: Named) -> Iterator[tuple[str, str]]:
    """What a pair that `reason` accepts has in common, but for spaces moved in rare spellings."""
    bare = without_titles(named.name)
    if len(bare) > LONGEST_NAME:
        return
    yield "sounds", skeleton(bare)
    words = entity_key(bare).split(" ")
    if len(words) == 2:
        yield "words", " ".join(sorted(words))
    for meaning in sorted(foreign_names(bare)):
        yield "language", meaning
    if named.type != "person":
        for initials in sorted(_initials(bare)):
            yield "initials", initials


# -- titles ---------------------------------------------------------------------------------------

_MEN = frozenset({"m.", "mr", "mr.", "monsieur", "sir", "lord", "ông", "anh"})
_WOMEN = frozenset(
    {"mme", "mlle", "mrs", "mrs.", "ms", "ms.", "madame", "lady", "miss", "bà", "chị"}
)


def _without_titles_alike(a: str, b: str, bare: str) -> Literal["same", "proposed"] | None:
    """A full name is known by itself; a lone one ("M. Obama", "le roi Charles") by its title."""
    title_a, title_b = title_of(a), title_of(b)
    if title_a == title_b:
        return "same"
    if _genders(title_a) | _genders(title_b) == {"man", "woman"}:
        return None
    if " " in bare:
        return "same"
    return None if title_a and title_b else "proposed"


def _genders(title: str) -> set[str]:
    words = set(title.split(" "))
    return {name for name, titles in (("man", _MEN), ("woman", _WOMEN)) if words & titles}


# -- acronyms -------------------------------------------------------------------------------------


def _is_acronym_of(short: str, long: str) -> bool:
    if " " in short or " " not in long or not 2 <= len(short) <= 12:
        return False
    if sum(map(str.isupper, short)) < 2 and short not in load_gazetteer().expansions:
        return False
    plain = short.replace(".", "")
    if entity_key(long) in {
        entity_key(name) for name in load_gazetteer().expansions.get(plain, ())
    }:
        return True
    if load_gazetteer().expansions.get(plain):
        return False  # known for another body: ESA is no Église Sainte-Anne
    return any(pair.start == 0 for pair in acronym_pairs(f"{long} ({plain})"))


_WORD = re.compile(r"[^\W_]+")


def _initials(name: str) -> set[str]:
    """The acronyms the name may have, or be; folded.

    Initials of its capitalised and long words, and of all: a subset of what `acronym_pairs` reads,
    enough to bring an acronym and its long form together.
    """
    words = _WORD.findall(fold(name))
    if len(words) == 1:
        found = {words[0]}
        for long in load_gazetteer().expansions.get(name.replace(".", ""), ()):
            found.add(entity_key(long))
        return found
    if len(name) > LONGEST_NAME or not words:
        return set()
    return {
        "".join(word[0] for word in words),
        "".join(word[0] for word in words if len(word) > 3),
        "".join(word[0] for word in words if word not in SILENT),
        entity_key(name),
    }


# -- other order ----------------------------------------------------------------------------------


def _are_turned(a: str, b: str) -> bool:
    """`Orbán Viktor` and `Viktor Orbán`; two first names may be two people."""
    words_a, words_b = entity_key(a).split(" "), entity_key(b).split(" ")
    if len(words_a) != 2 or words_a != words_b[::-1] or min(map(len, words_a)) < 3:
        return False
    given = load_gazetteer().given_names
    return not all(word.capitalize() in given for word in words_a)


# -- sounds ---------------------------------------------------------------------------------------

_VOWELS = "aeiouj"  # j: a vowel in German and Serbian, and a consonant only between two of them
# In order. Digraphs first: "ch" is French "sh" and English "tch", so that all of them are one sound.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"shch|chtch|stch|tsch|tch|sch|sh|ch", "x"),
        (r"dzh|zh|dj", "j"),
        (r"kh|ck|q(?:u(?=[eiy]))?|c(?![eiy])", "k"),
        (r"c(?=[eiy])", "s"),
        (r"ph", "f"),
        (r"gh|gu(?=[eiy])", "g"),
        (r"ou|oo", "u"),
        (r"ee|y", "i"),
        (r"w|u(?=[aeiou])", "v"),
        (r"ff\b", "v"),
        (r"aeu|eau|au", "o"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"h", ""),
        (r"\bi(?=e)", ""),
        (r"ai(?=[aeiou])", "a"),
        (r"(.)\1+", r"\1"),
        (r"(?<=[aeiou])i$|i(?=[aeou])", "i"),
        (r"ie(?=v$)", "e"),
        (r"re$", "er"),
    )
)
_X = re.compile(r"x")
_CLASSES = str.maketrans({"g": "k", "z": "s", "f": "v"})
_PARTS = re.compile(rf"([{_VOWELS}]*)([^{_VOWELS}]?)")
_ONE_NAME = (
    (re.compile(r"m[ou]h?a?mm?[aeo]d"), "mohamed"),
    (re.compile(r"abd(?:[aeuo]l|oul)"), "abdel"),
    (re.compile(r"b[ei]n|ibn"), "ben"),
    (re.compile(r"ab[ou]u?|abou"), "abu"),
)
_ARABIC_ARTICLES = frozenset(
    {"al", "el", "ul", "as", "ad", "ar", "ash", "ach", "az", "at", "an", "Al", "El", "Ul"}
)


def skeleton(name: str) -> str:
    """What two transliterations of one name share: the consonants they are heard by, unspaced.

    `Iouri Ouchakov` and `Yuri Ushakov` have one; so have names that are no more alike than that.
    A name of vowels alone is its own.
    """
    tokens = _tokens(without_titles(name))
    heard = "".join(
        consonant.translate(_CLASSES)
        for token in tokens
        for _, consonant in _parts(token, token == tokens[-1])
    )
    return _squeezed(heard) or entity_key(name)


def _squeezed(heard: str) -> str:
    return re.sub(r"(.)\1+", r"\1", heard)


@lru_cache(maxsize=16384)
def _tokens(name: str) -> tuple[str, ...]:
    """The folded words, Arabic articles off; hyphens join ("Jong-un") as in Korean names."""
    words = [without_article(word) for word in name.replace("’", "'").split()]
    if any(mark in name for mark in "ćčšžĆČŠŽ"):
        words = [word.replace("đ", "dj").replace("Đ", "Dj") for word in words]
    tokens = []
    for word in words:
        token = "".join(_WORD.findall(fold(word)))
        if token and not (len(words) > 1 and word in _ARABIC_ARTICLES):
            tokens.append(token)
    return tuple(tokens)


@lru_cache(maxsize=16384)
def _heard(token: str) -> str:
    for pattern, one in _ONE_NAME:
        if pattern.fullmatch(token):
            token = one
    token = _X.sub("ks", token)
    for pattern, sound in _SOUNDS:
        token = pattern.sub(sound, token)
    return token


@lru_cache(maxsize=16384)
def _parts(token: str, is_last: bool) -> tuple[tuple[str, str], ...]:
    """(vowels, consonant) pairs of a heard word; the last pair's consonant may be ""."""
    heard = _heard(token)
    # "Eltsine", "Sadate": an e has the last consonant sound in French. "Jeanne" is not "Jean".
    if is_last and len(heard) > 4 and heard.endswith(("ne", "te")):
        heard = heard[:-1]
    found = [(match[1], match[2]) for match in _PARTS.finditer(heard) if match[0]]
    if found and found[-1][1]:
        found.append(("", ""))
    return tuple(found)


def _sound_alike(a: str, b: str) -> bool:
    tokens_a, tokens_b = _tokens(a), _tokens(b)
    if not tokens_a or not tokens_b or _acronym_like(a) or _acronym_like(b):
        return False
    if len(tokens_a) != len(tokens_b):
        return _spaced_otherwise(tokens_a, tokens_b)
    last, cost = len(tokens_a) - 1, 0
    for at, (one, other) in enumerate(zip(tokens_a, tokens_b, strict=True)):
        if one == other:
            continue
        paid = _difference(one, other, at == last, last > 0 and at == 0)
        if paid is None:
            return False
        if paid and _are_two_known_names(one, other):
            return False
        if paid and last == 0 and len(_parts(one, True)) < 4:
            return False
        cost += paid
    return cost <= _tolerance(a, b)


def _spaced_otherwise(tokens_a: tuple[str, ...], tokens_b: tuple[str, ...]) -> bool:
    """`Abdel Fattah` and `Abdelfattah`, `Hanoï` and `Hà Nội`: the same sounds, unspaced."""
    if min(map(len, (*tokens_a, *tokens_b))) < 2:  # "F. Fillon"
        return False
    one, other = "".join(tokens_a), "".join(tokens_b)
    return len(one) > 4 and _difference(one, other, True, False) == 0


def _tolerance(a: str, b: str) -> int:
    """How much may differ: nothing where each syllable is a word, in East Asian names, and little
    in a lone word ("Grèce", "Grasse")."""
    words_a, words_b = a.split(), b.split()
    for words in (words_a, words_b):
        if is_vietnamese_surname(words[0]) or is_surname_first(words):
            return 0
    return 2 if len(words_a) > 1 else 1


def _acronym_like(name: str) -> bool:
    return " " not in name and len(name) <= 6 and name.isupper()


_MARKS = re.compile(r"ou|sh|ch|kh|zh|dj|[ywqz]")


def _are_two_known_names(one: str, other: str) -> bool:
    """Two first names, or two surnames: "Yvan" and "Yvon".

    Unless only one of them bears the marks of a transliteration: "Oussama" and "Osama".
    """
    if _MARKS.findall(one) != _MARKS.findall(other):
        return False
    lexicon = load_gazetteer()
    names = {one.capitalize(), other.capitalize()}
    return names <= lexicon.given_names or names <= lexicon.family_names


def _are_near(vowels: str, others: str) -> bool:
    """One vowel for another, or one more: "o", "a"; "i", "ie"."""
    if len(vowels) == len(others):
        return sum(map(str.__ne__, vowels, others)) == 1
    shorter, longer = sorted((vowels, others), key=len)
    return len(longer) - len(shorter) == 1 and (
        longer.startswith(shorter) or longer.endswith(shorter)
    )


def _difference(one: str, other: str, is_last: bool, is_first: bool) -> int | None:
    """How many vowels and voiced consonants differ; None where the words are not alike."""
    if any(char.isdigit() for char in one + other) or not (one.strip("ivx") and other.strip("ivx")):
        return None
    parts_a, parts_b = _parts(one, is_last), _parts(other, is_last)
    if len(parts_a) != len(parts_b):
        return None
    paid, end = 0, len(parts_a) - 1
    for at, ((vowels_a, consonant_a), (vowels_b, consonant_b)) in enumerate(
        zip(parts_a, parts_b, strict=True)
    ):
        if consonant_a != consonant_b:
            if consonant_a.translate(_CLASSES) != consonant_b.translate(_CLASSES):
                return None
            paid += 1
        if vowels_a != vowels_b:
            # What a first name ends in tells a man from a woman: "Karim", "Karima"; "Mario".
            if at == end and (is_first or not (vowels_a and vowels_b)):
                return None
            paid += 1 if _are_near(vowels_a, vowels_b) else 2
    if not paid:
        return 0
    shortest = min(len(one), len(other))
    if (one[0] == "h") != (other[0] == "h") or shortest < 4 or end < (2 if shortest < 6 else 1):
        return None
    return paid if paid <= (2 if end >= 4 else 1) else None


# -- other languages --------------------------------------------------------------------------------

# "zone": what a city is called in the name of its time zone.
_ALL = frozenset({"fr", "en", "vi", "zone"})


def foreign_names(name: str) -> frozenset[str]:
    """What the name means, as ids; two names of one place or body share an id."""
    return _meanings().get(entity_key(name), _NOTHING)


def are_distinct_places(a: str, b: str) -> bool:
    """Both mean something known, and nothing in common: Niger and Nigeria.

    French decides alone where it names both: Mexico, the city, is not Mexique.
    """
    key_a, key_b = entity_key(a), entity_key(b)
    french_a, french_b = _french().get(key_a), _french().get(key_b)
    if french_a and french_b and not french_a & french_b:
        return True
    meanings = _meanings()
    known_a, known_b = meanings.get(key_a), meanings.get(key_b)
    return bool(known_a and known_b and not known_a & known_b)


_NOTHING: frozenset[str] = frozenset()


@cache
def _meanings() -> dict[str, frozenset[str]]:
    found = _read(_ALL)
    # By hand, French names stand beside their acronyms: what sets two apart is CLDR's to say.
    for line in name_lines("likely_names.tsv"):
        names = line.split("|")
        for name in names:
            # The sign keeps "UA", the African Union, from being the code of Ukraine.
            found.setdefault(entity_key(name), set()).add(f"={names[0]}")
    return {key: frozenset(ids) for key, ids in found.items()}


@cache
def _french() -> dict[str, frozenset[str]]:
    return {key: frozenset(ids) for key, ids in _read(frozenset({"fr"})).items()}


def _read(languages: frozenset[str]) -> dict[str, set[str]]:
    """What CLDR says the names of these languages mean; kept with the code, so that what is
    proposed does not hang on which version of it a machine has."""
    found: dict[str, set[str]] = {}
    for line in (DATA / "foreign_names.tsv").read_text(encoding="utf-8").splitlines():
        language, meaning, name = line.split("\t")
        if language in languages:
            found.setdefault(entity_key(name), set()).add(meaning)
    return found
