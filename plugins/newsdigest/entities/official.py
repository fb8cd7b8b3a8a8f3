"""Official names: how far they go ("Fédération italienne des sports de glace"), and which are nobody's.

Such a name is a head, adjectives, and complements of common nouns in lower case, where a model that looks
at capitals stops too soon. What is of every province, company or court ("Comité populaire
provincial", "Service du tourisme", "Conseil d'administration") is no body without its place.
"""

from __future__ import annotations

import re
from functools import cache

from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.words import CALENDAR, FUNCTION_WORDS
from newsdigest.text.known_names import name_lines

# No official name takes more pieces on its right.
MOST_PIECES = 4

_WORD = r"[a-zà-ÿœ][\w-]{2,}"
_FIRST = re.compile(r"[\w-]+")
_LAST = re.compile(r"(?<![\w-])([\w-]+)$")
_BARE = re.compile(rf" (?:de |d')({_WORD})(?![\w'-])")
_JOINED = re.compile(rf" et (?:de la |de l'|du |des |de |d')({_WORD})(?![\w'-])")
_AIM = re.compile(rf" pour (?:la |le |les |l')({_WORD})(?![\w'-])")
_AGAINST = re.compile(rf" contre (?:la |le |les |l')({_WORD})(?![\w'-])")
_TO = re.compile(rf" (?:à la |à l'|aux |au )({_WORD})(?![\w'-])")
_AND_TO = re.compile(rf" et (?:à la |à l'|aux |au )({_WORD})(?![\w'-])")
_OF = re.compile(rf" (?:de la |de l'|du |des |de |d')({_WORD})(?![\w'-])")
_ADJECTIVE = re.compile(rf" ({_WORD})(?![\w'-])")
_COMPLEMENT = re.compile(r" (?:de|du|des|d'|pour|contre|aux|à)(?![\w-])| d'")
_GOVERNED = re.compile(r"(?<!\w)(?:du |des |de la |de l'|de |d')$")
# "Développement" of "ministère de l'Agriculture et du Développement rural".
_PORTFOLIO_ADJECTIVE = re.compile(
    r" (ruraux|rurale?|sociales?|sociaux|professionnelle|publique|durable)(?![\w'-])"
)


def official_end(text: str, start: int, end: int) -> int:
    """Where the official name that text[start:end] begins ends; `end` where it is none, or whole.

    `text` has plain signs (`context.plain_signs`). Only lower-case words are taken.
    """
    first = _FIRST.match(text, start, end)
    head = first.group().lower() if first else ""
    if head not in _words("heads") or text[start:end] in load_gazetteer().kinds:
        return end
    for _ in range(MOST_PIECES):
        further = _one_piece(text, start, end, head)
        if further == end:
            break
        end = further
    return end


def _one_piece(text: str, start: int, end: int, head: str) -> int:
    last = _LAST.search(text, start, end)
    if last is None:
        return end
    word = last[1]
    if word[0].isupper():
        adjective = _PORTFOLIO_ADJECTIVE.match(text, end) if head == "ministère" else None
        if adjective:
            return adjective.end()
        if last.start() > start and word != "État":
            return end
    inner = _COMPLEMENT.search(text, start, end) is not None
    if word[0].islower():
        adjective = _ADJECTIVE.match(text, end)
        if adjective and is_adjective(adjective[1]):
            return adjective.end()
    for pattern, fits in (
        (_BARE, inner and word[0].islower()),
        (_JOINED, inner and word[0].islower() and not _is_governed(text, start)),
        (_AND_TO, _TO.search(text, start, end) is not None),
        (_AIM, head in _words("aimed") and end > start + len(head)),
        (_AGAINST, word in _words("abstract")),
        (_TO, (head in _words("led") and not inner) or word in _words("towards")),
        (_OF, word in _words("leads")),
    ):
        found = pattern.match(text, end) if fits else None
        if (
            found
            and _is_noun(found[1])
            and not (pattern is _JOINED and found[1] in _words("others"))
        ):
            return found.end()
    return end


def _is_governed(text: str, start: int) -> bool:
    """`les clubs de la Fédération de ski et des élus`: what "et" joins may be two of the sentence's."""
    return _GOVERNED.search(text[max(0, start - 8) : start]) is not None


def _is_noun(word: str) -> bool:
    """No day, no infinitive, nothing that leads the sentence on."""
    if word in CALENDAR or word in FUNCTION_WORDS or word in _words("not_nouns"):
        return False
    return not word.endswith(("er", "ir", "oir")) or word in _words("not_verbs")


def is_generic(name: str) -> bool:
    """A body that every province, company or court has: `Conseil municipal`, `Service des transports`."""
    words = name.replace("’", "'").lower().split(" ")
    if len(words) < 2 or name[1:] != name[1:].lower():
        return False
    if " ".join(words) in _words("names"):
        return True
    rest = words[1:]
    if words[0] in _words("generic") and all(word in _words("local") for word in rest):
        return words[0] == "comité" or rest != ["populaire"]
    of_office = words[0] in _words("offices") and rest[0].startswith(("de", "du", "des", "d'"))
    return of_office and not any(word in _words("own") or _is_demonym(word) for word in rest)


def is_official_head(word: str) -> bool:
    """Whether names of bodies begin with this word: `Haut-Commissariat`, `Fédération`."""
    return word.lower() in _words("heads")


def is_adjective(word: str) -> bool:
    """An adjective such as official names have: `municipal`, `internationale`, `italienne`."""
    return word in _words("adjectives") or word in _words("local") or _is_demonym(word)


def _is_demonym(word: str) -> bool:
    return word in load_gazetteer().demonyms


def _words(key: str) -> frozenset[str]:
    return _lists()[key]


@cache
def _lists() -> dict[str, frozenset[str]]:
    found = {}
    for line in name_lines("official_names.tsv"):
        key, _, words = line.partition("\t")
        found[key] = frozenset(words.split("|") if key == "names" else words.split())
    return found
