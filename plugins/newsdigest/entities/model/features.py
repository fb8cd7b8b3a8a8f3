"""What the trained tagger looks at: the words near a capital, each as a few keys.

A key is a value in one of `SLOTS`: the word, its neighbours, the words around its run of capitals,
what the rules made of it. `attributes` spells a key out as the strings that weights are learnt for.
Keys repeat from article to article, so that the decoder adds up their weights once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from newsdigest.base.records import EntityType
from newsdigest.entities.gazetteer import Gazetteer
from newsdigest.entities.names import CAPITAL_ROLES, CIVIL_TITLES, ROLES, is_vietnamese_surname
from newsdigest.entities.rules.context import opens_sentence, plain_signs
from newsdigest.entities.spans import Reading, Span
from newsdigest.entities.words import (
    CALENDAR,
    EVENT_NOUNS,
    FUNCTION_WORDS,
    ORGANISATION_HEADS,
    ORGANISATION_NOUNS,
    ORGANISATION_OPENERS,
    ORGANISATION_WORDS,
    PLACE_HEADS,
    PLACE_NOUNS,
    PLACE_PREPOSITIONS,
    PLACE_WORDS,
    PLAIN_ACRONYMS,
    THING_NOUNS,
)

Token = tuple[int, int, str]
Key = str | tuple[str, ...]
Keys = tuple[Key, ...]

# The keys of a word, in this order; "" is a key that says nothing. A run is the capitals that stand
# side by side: its opener, the words around it, and the nearest word before it that is more than an
# article ("le président de la Banque"). The rest are pairs of words, and the rules' decisions.
SLOTS = (
    "word", "previous", "next", "second before", "second after", "before run", "after run",
    "opener", "head", "previous, shape", "two before", "with next", "rules", "rule, word",
)  # fmt: skip
# Keys that stand for one attribute, their words: looked up as they are.
PAIR_SLOTS = tuple(SLOTS.index(slot) for slot in ("previous, shape", "two before", "with next"))
_NEIGHBOURS = frozenset({"previous", "next", "second before", "second after"})
_NEXT_DOOR = frozenset({"previous", "next"})

# Words this far from a capital, or from a name the rules found without one, are read.
REACH = 3
OUTSIDE = "O"
# One word is looked up for itself and for each of its neighbours.
MOST_REMEMBERED, LONGEST_REMEMBERED = 16384, 64
CODES: dict[EntityType, str] = {"person": "PER", "place": "LOC", "organisation": "ORG"}

# An elided article stands apart from its word: "l'ONU" is two tokens, "Jean-Luc" one.
_TOKEN = re.compile(r"\w+(?:-\w+)*'?|[^\w\s]|\n")
_EDGE = "^"
_LINKS = frozenset(
    {"de", "du", "des", "d'", "la", "le", "les", "l'", "à", "au", "aux", "et", "«", '"'}
)
_WORD_LISTS = (
    ("function", FUNCTION_WORDS),
    ("calendar", CALENDAR),
    ("role", ROLES),
    ("event", EVENT_NOUNS),
    ("thing", THING_NOUNS),
    ("organisation head", ORGANISATION_HEADS),
    ("organisation noun", ORGANISATION_NOUNS),
    ("place head", PLACE_HEADS),
    ("place noun", PLACE_NOUNS),
    ("preposition", PLACE_PREPOSITIONS),
)
_CAPITAL_LISTS = (
    ("civil title", CIVIL_TITLES),
    ("capital role", CAPITAL_ROLES),
    ("organisation opener", ORGANISATION_OPENERS),
    ("organisation word", ORGANISATION_WORDS),
    ("place word", PLACE_WORDS),
    ("plain acronym", PLAIN_ACRONYMS),
)


class TokenWindow(NamedTuple):
    """Neighbouring tokens that are read together, and the keys of each."""

    tokens: list[Token]
    keys: list[Keys]


def tokens_of(text: str) -> list[Token]:
    """(start, end, word) of every word and sign of a text, offsets in code points."""
    return [(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(plain_signs(text))]


def names_of_document(readings: Iterable[Reading]) -> dict[str, str]:
    """What the rules mostly made of each capitalised word in the article: `PER`, `ORG+` (part of a
    longer name)."""
    votes: dict[str, Counter[str]] = {}
    for reading in readings:
        for span in reading.spans:
            words = plain_signs(span.text).split()
            vote = CODES[span.type] + ("+" if len(words) > 1 else "")
            for word in words:
                if word[0].isupper():
                    votes.setdefault(word, Counter())[vote] += 1
    return {word: max(sorted(count), key=lambda vote: count[vote]) for word, count in votes.items()}


def windows(text: str, spans: Sequence[Span], document: dict[str, str]) -> list[TokenWindow]:
    """The parts of a text that may hold names.

    `spans` is what the rules found in it, `document` what `names_of_document` made of the article.
    """
    plain = plain_signs(text)
    tokens = tokens_of(plain)
    rules = rule_labels(tokens, spans)
    capitals = [word[0].isupper() for _, _, word in tokens]
    # The token `at` stands at `at + 2` of words, at `at + 1` of labels.
    words = [_EDGE, _EDGE, *(word for _, _, word in tokens), _EDGE, _EDGE]
    lower = [word.lower() for word in words]
    labels = [OUTSIDE, *rules, OUTSIDE]
    runs = _runs(words, lower, capitals)
    found = []
    for begin, end in _stretches(capitals, rules):
        keys: list[Keys] = []
        for at in range(begin, end):
            word, rule = words[at + 2], rules[at]
            around = (word, words[at + 1], words[at + 3], words[at], words[at + 4])
            if capitals[at]:
                shape = "XX" if word.isupper() else "Xx"
                opening = "1" if opens_sentence(plain, tokens[at][0]) else "0"
                seen = document.get(word, "")
                ruled = (rule, labels[at], labels[at + 2], seen, opening, shape)
                keys.append(
                    (*around, *runs[at], (lower[at + 1], shape), (lower[at], lower[at + 1], shape),
                     (lower[at + 2], lower[at + 3]), ruled, (rule, word))
                )  # fmt: skip
            else:
                ruled = (rule, labels[at], labels[at + 2], "", "", "x")
                keys.append(
                    (*around, "", "", "", "", (lower[at + 1], "x"), "",
                     (lower[at + 1], lower[at + 2]), ruled, "" if rule == OUTSIDE else (rule, word))
                )  # fmt: skip
        found.append(TokenWindow(tokens[begin:end], keys))
    return found


def _stretches(capitals: list[bool], rules: list[str]) -> Iterator[tuple[int, int]]:
    """The windows' bounds: all that is within reach of a capital or of a name without one."""
    begin = end = 0
    for at, (capital, rule) in enumerate(zip(capitals, rules, strict=True)):
        if not capital and rule == OUTSIDE:
            continue
        if at - REACH > end:
            if end:
                yield begin, end
            begin = at - REACH
        end = min(len(capitals), at + REACH + 1)
    if end:
        yield begin, end


def _runs(
    words: list[str], lower: list[str], capitals: list[bool]
) -> dict[int, tuple[str, str, str, str]]:
    """For each capital the keys of its run: the words before and after, the opener ("" for the
    opener itself), the head ("" where no article parts it from the run)."""
    runs: dict[int, tuple[str, str, str, str]] = {}
    at, count = 0, len(capitals)
    while at < count:
        if not capitals[at]:
            at += 1
            continue
        start = at
        while at < count and capitals[at]:
            at += 1
        head = start + 1
        while head > max(1, start - 3) and lower[head] in _LINKS:
            head -= 1
        before, after, opener = words[start + 1], words[at + 2], words[start + 2]
        noun = lower[head] if head <= start else ""
        runs[start] = (before, after, "", noun)
        for inside in range(start + 1, at):
            runs[inside] = (before, after, opener, noun)
    return runs


def rule_labels(tokens: Sequence[Token], spans: Iterable[Span]) -> list[str]:
    """For each token "O", "B-PER", "I-LOC" ... as the spans cover it; "*" after a sure type."""
    labels = [OUTSIDE] * len(tokens)
    at = 0
    for span in spans:
        while at < len(tokens) and tokens[at][0] < span.start:
            at += 1
        kind = CODES[span.type] + ("*" if span.titled or span.told else "")
        sign = "B-"
        while at < len(tokens) and tokens[at][1] <= span.end:
            labels[at] = sign + kind
            sign = "I-"
            at += 1
    return labels


# -- keys spelled out ------------------------------------------------------------------------------


def attributes(slot: int, key: Key, lexicon: Gazetteer) -> list[str]:
    """The strings a key stands for, none for ""; each begins with the number of its slot."""
    if key == "":
        return []
    if isinstance(key, str):
        found = _word_attributes(SLOTS[slot], key, lexicon)
    elif SLOTS[slot] == "rules":
        found = _rule_attributes(key)
    elif SLOTS[slot] == "rule, word":
        rule, word = key
        found = [f"{rule}|{','.join(word_classes(word, lexicon))}", f"={word.lower()}|{rule}"]
    else:
        found = [" ".join(key)]
    return [f"{slot}:{attribute}" for attribute in found]


def _word_attributes(slot: str, word: str, lexicon: Gazetteer) -> list[str]:
    lower = word.lower()
    classes = word_classes(word, lexicon)
    found = [f"={lower}", *(f"#{name}" for name in classes)]
    if slot == "word":
        found += ["#" + ",".join(classes), f"shape {shape_of(word)}"]
        if lower[0].isalpha():
            found += [f"2-{lower[-2:]}", f"3-{lower[-3:]}", f"4-{lower[-4:]}", f"3+{lower[:3]}"]
            found.append(f"long {min(len(word), 9)} {word[0].isupper()}")
    elif slot in _NEIGHBOURS:
        found.append(f"shape {shape_of(word)}")
        if slot in _NEXT_DOOR and lower[0].isalpha():
            found.append(f"3-{lower[-3:]}")
    return found


def _rule_attributes(key: tuple[str, ...]) -> list[str]:
    rule, left, right, seen, opening, shape = key
    return [
        rule,
        f"{left}<{rule}",
        f"{rule}>{right}",
        f"{left}<{rule}>{right}",
        f"seen {seen}",
        f"seen {seen}|{rule}",
        f"opens {opening}|{shape}",
        f"opens {opening}|{rule}",
        f"{rule}|{shape}",
    ]


def shape_of(word: str) -> str:
    """`Xx`, `XX`, `X`, `x`, `Xx-Xx`, `0`, `0000` for a year, or the sign itself."""
    return _remembered_shape(word) if len(word) <= LONGEST_REMEMBERED else _shape(word)


def _shape(word: str) -> str:
    if not word[0].isalnum():
        return word[0]
    shape = [_part_shape(part) for part in word.rstrip("'").split("-", 3)[:3]]
    return "-".join(shape) + ("'" if word[-1] == "'" else "")


_remembered_shape = lru_cache(maxsize=MOST_REMEMBERED)(_shape)


def _part_shape(part: str) -> str:
    if part.isdigit():
        return "0000" if len(part) == 4 else "0"
    if part[0].isupper():
        if len(part) == 1:
            return "X"
        if part.isupper():
            return "XX"
        return "Xx" if part[1:].islower() else "XxX"
    return "0x" if part[0].isdigit() else "x"


def word_classes(word: str, lexicon: Gazetteer) -> tuple[str, ...]:
    """What the lists hold a word to be, in a fixed order."""
    remembered = len(word) <= LONGEST_REMEMBERED
    return _remembered_classes(word, lexicon) if remembered else _classes(word, lexicon)


def _classes(word: str, lexicon: Gazetteer) -> tuple[str, ...]:
    lower = word.lower().rstrip("'")
    kind = lexicon.kinds.get(word)
    classes: list[str] = [] if kind is None else [kind]
    shouted = len(word) > 2 and word.isupper()
    if word in lexicon.given_names or (shouted and word.capitalize() in lexicon.given_names):
        classes.append("given")
    if word in lexicon.family_names:
        classes.append("family")
    if lower in lexicon.demonyms:
        classes.append("demonym")
    if lower in lexicon.common_words:
        classes.append("common")
    classes += [name for name, words in _WORD_LISTS if lower in words]
    if word[0].isupper():
        classes += [name for name, words in _CAPITAL_LISTS if word in words]
        if is_vietnamese_surname(word):
            classes.append("vietnamese")
    return tuple(classes)


_remembered_classes = lru_cache(maxsize=MOST_REMEMBERED)(_classes)
