"""What a story is called: words its first dispatches share, so that the title stays as it grows.

In this order: the rubric most of their headlines open with ("Séisme en Italie : ..."), the words in
a row most headlines hold, else the names and words most dispatches share ("Lumatis, Fjordel :
offre"). All in the headlines' own spelling where they have one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsdigest.entities.words import CALENDAR, FUNCTION_WORDS
from newsdigest.relate.terms import Term
from newsdigest.text.folding import fold
from newsdigest.text.lexicon import load_lexicon

FIRST = 5
NAMES, WORDS = 2, 2
# A row of words in common is a title from two telling words on; no longer than this.
LONGEST = 8
# A shorter row must hold a name, or what begins with a capital.
NAMELESS = 4
LONGEST_TITLE = 70

# What an apostrophe elides is a word of its own: "l'", "d'".
_TOKEN = re.compile(r"[^\W_]+(?:['’]|(?:[-.][^\W_]+)*)")
_WORD = re.compile(r"[^\W_]+")
_RUBRIC = re.compile(r"^(.{3,60}?)\s*:\s")
_SHORT_WORD, _SAME_OPENING = 3, 5
# A row of words is cut where a sentence would be.
_BREAKS = re.compile(r"[:;,.!?()«»“”\"–—|]+")


@dataclass(frozen=True, slots=True)
class Titled:
    """A story's member as its title needs it: `terms` heaviest first."""

    headline: str
    lang: str
    terms: tuple[Term, ...]


def story_title(members: Sequence[Titled]) -> str:
    """The title of the story of these members, oldest first; only the first five count.

    Never empty for members with headlines: the first one's headline where they share nothing.
    Raises ValueError for no members.
    """
    if not members:
        raise ValueError("a story has members")
    first = _of_one_language(members[:FIRST])
    most = len(first) // 2 + 1 if len(first) > 1 else 2
    headlines = [member.headline for member in first]
    rubric = _rubric(headlines, most, first[0].lang)
    if rubric and _is_telling(rubric, first[0].lang):
        return _capital(rubric)
    row = _row(headlines, most, first[0].lang)
    if row:
        return _capital(row)
    return _of_terms(first, most) or members[0].headline


def _of_one_language(members: Sequence[Titled]) -> list[Titled]:
    """Those in the first one's language: a title is not made of two."""
    return [member for member in members if member.lang == members[0].lang]


# -- the headlines' own words --------------------------------------------------------------------


def _rubric(headlines: Sequence[str], most: int, lang: str) -> str:
    """What `most` headlines hold before their colon, as the first of them writes it; or ""."""
    written: dict[str, list[str]] = {}
    for headline in headlines:
        found = _RUBRIC.match(headline)
        if found:
            written.setdefault(_key(found[1]), []).append(found[1].strip())
    for forms in written.values():
        if len(forms) >= most:
            return forms[0]
    return ""


def _is_telling(rubric: str, lang: str) -> bool:
    """More than the name of a country or a section: two words that tell something."""
    return len(_telling(_TOKEN.findall(rubric), lang)) > 1


def _row(headlines: Sequence[str], most: int, lang: str) -> str:
    """The longest row of words `most` headlines hold, with two telling ones at least; or ""."""
    counts: dict[tuple[str, ...], int] = {}
    written: dict[tuple[str, ...], str] = {}
    for headline in headlines:
        here: set[tuple[str, ...]] = set()
        for piece, words in _pieces(headline):
            for start in range(len(words)):
                for end in range(start + 2, min(start + LONGEST, len(words)) + 1):
                    key = tuple(fold(word.group()) for word in words[start:end])
                    if not _may_open(words[start].group(), lang) or not _may_close(
                        words[end - 1].group(), lang
                    ):
                        continue
                    here.add(key)
                    written.setdefault(key, piece[words[start].start() : words[end - 1].end()])
        for key in here:
            counts[key] = counts.get(key, 0) + 1
    rows = [
        (len(_telling(key, lang)), len(key), key)
        for key, count in counts.items()
        if count >= most and len(_telling(key, lang)) > 1
    ]
    if not rows:
        return ""
    telling, length, _ = max(rows, key=lambda row: row[:2])
    best = min(key for tells, words, key in rows if (tells, words) == (telling, length))
    row = written[best].rstrip("'’")
    # "remporte la victoire" is what happened, to whom is not said.
    return row if length >= NAMELESS or any(map(str.isupper, row)) else ""


def _pieces(headline: str) -> Iterable[tuple[str, list[re.Match[str]]]]:
    for piece in _BREAKS.split(headline[:300]):
        yield piece, list(_TOKEN.finditer(piece))


def _may_open(word: str, lang: str) -> bool:
    return not _is_function_word(word, lang)


def _may_close(word: str, lang: str) -> bool:
    return not _is_function_word(word, lang) and not word.endswith(("'", "’"))


def _telling(words: Iterable[str], lang: str) -> list[str]:
    return [
        word
        for word in words
        if len(word) >= _SHORT_WORD and not _is_function_word(word, lang) and not word.isdigit()
    ]


def _is_function_word(word: str, lang: str) -> bool:
    bare = word.lower().rstrip("'’")
    return (
        bare in FUNCTION_WORDS or bare in CALENDAR or load_lexicon().is_stop_word(fold(bare), lang)
    )


# -- terms ---------------------------------------------------------------------------------------


def _of_terms(members: Sequence[Titled], most: int) -> str:
    """« Lumatis, Fjordel : offre » from what the members share; "" where that is no name, or one
    of a single word and nothing else: "France" is no story.

    A headline names what a dispatch is about: what none of them holds is background.
    """
    headlines = " ".join(f" {_key(member.headline)} " for member in members)
    taken: list[str] = []
    for name in _shared(members, most, names=True):
        if f" {_key(name)} " in headlines and not any(_overlap(name, other) for other in taken):
            taken.append(name)
        if len(taken) == NAMES:
            break
    if not taken:
        return ""
    openings = {word[:_SAME_OPENING] for name in taken for word in _key(name).split()}
    words = [
        word
        for word in _shared(members, most, names=False)
        if word.islower()
        and len(word) > _SHORT_WORD
        and f" {_key(word)} " in headlines
        # "sambrellais" after "Sambrelle" says nothing new.
        and fold(word)[:_SAME_OPENING] not in openings
    ]
    room = WORDS if len(taken) < NAMES else 1
    title = ", ".join(taken)
    if words:
        title += (" : " if members[0].lang == "fr" else ": ") + ", ".join(words[:room])
    if len(title) > LONGEST_TITLE:
        title = taken[0]
    return title if " " in title else ""


def _shared(members: Sequence[Titled], most: int, *, names: bool) -> list[str]:
    """The names or the words in `most` members' terms, the heaviest first, as the first member to
    have them writes them."""
    counts: dict[str, int] = {}
    weights: dict[str, int] = {}
    surfaces: dict[str, str] = {}
    for member in members:
        for term in member.terms:
            if term.is_name == names:
                counts[term.term] = counts.get(term.term, 0) + 1
                weights[term.term] = weights.get(term.term, 0) + term.weight
                surfaces.setdefault(term.term, term.surface)
    shared = [term for term, count in counts.items() if count >= most]
    shared.sort(key=lambda term: (-weights[term], term))
    return [surfaces[term] for term in shared]


def _overlap(name: str, other: str) -> bool:
    one, two = f" {_key(name)} ", f" {_key(other)} "
    return one in two or two in one


def _key(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]
