"""Text whose capitals mean nothing: how it is told, and the body's names found in it."""

from __future__ import annotations

import re
from itertools import pairwise
from string import ascii_lowercase

from newsdigest.base.records import Mention
from newsdigest.entities.forms import Form
from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.text.folding import fold

Surfaces = dict[Form, "list[Mention] | None"]
"""How names may be written, word by word and folded, and where a mention so written is filed."""

LONGEST_SURFACE = 12

_LOWER_CASE = ascii_lowercase.encode()
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+")
_JOINTS = frozenset(" \u00a0\u202f-‑'’.")


def is_miscased(text: str, lang: str = "fr") -> bool:
    """Whether a headline's capitals tell nothing: all capitals, Title Case, or none at all."""
    letters = list(filter(str.isalpha, text))
    if len(letters) < 8:
        return False
    capitals = sum(map(str.isupper, letters))
    return capitals == 0 or capitals > 0.6 * len(letters) or is_title_case(text, lang)


def is_shouted(text: str) -> bool:
    """All capitals, as its beginning shows: the one wrong case a paragraph can be in."""
    beginning = text[:120]
    # Nearly every paragraph answers here, without a look at each letter: with 0.4 of all it holds in
    # plain lower case, no more than 0.6 of its letters can be capitals.
    encoded = beginning.encode("utf-8", "surrogatepass")
    if len(encoded) - len(encoded.translate(None, _LOWER_CASE)) > 0.4 * len(beginning):
        return False
    letters = list(filter(str.isalpha, beginning))
    return len(letters) >= 8 and sum(map(str.isupper, letters)) > 0.6 * len(letters)


def is_title_case(text: str, lang: str) -> bool:
    """Nearly every word of four letters has a capital.

    French writes headlines so by mistake only, and often enough nothing but names: there, one of
    the capitals must stand on a word that names nothing.
    """
    content = [word for word in _LETTERS.findall(text) if len(word) > 3]
    titled = sum(word[0].isupper() for word in content)
    if len(content) < 4 or titled < (1 if lang == "fr" else 0.85) * len(content):
        return False
    lexicon = load_gazetteer()
    return lang != "fr" or any(
        word.lower() in lexicon.common_words and word not in lexicon.given_names
        for word in content[1:]
        if word[0].isupper() and word not in lexicon.family_names
    )


def words_of(text: str) -> Form:
    """A name's words as `project` looks for them."""
    return tuple(_WORD.findall(fold(text)))


def project(text: str, block: int, surfaces: Surfaces) -> None:
    """Files the names a text holds with the mentions of whom they are, the longest first.

    A surface that two share names nobody.
    """
    longest = min(LONGEST_SURFACE, max((len(surface) for surface in surfaces), default=0))
    shouted = any(char.isupper() for char in text)
    words = [(m.start(), m.end(), fold(m.group())) for m in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        start = words[at][0]
        step = 1
        if text[start].isupper() or not shouted:
            for length in range(min(longest, len(words) - at), 0, -1):
                mentions = surfaces.get(tuple(word for _, _, word in words[at : at + length]))
                if mentions is not None and _is_joined(text, words[at : at + length]):
                    end = words[at + length - 1][1]
                    mentions.append(Mention(block, start, end, text[start:end]))
                    step = length
                    break
        at += step


def _is_joined(text: str, words: list[tuple[int, int, str]]) -> bool:
    return all(
        right[0] - left[1] <= 2 and set(text[left[1] : right[0]]) <= _JOINTS
        for left, right in pairwise(words)
    )
