"""What the trained tagger looks at: the words near a capital, and what the rules made of them.

Each token of a window has a value in every one of `SLOTS`: a word (itself, a neighbour, one beside
its run of capitals), a pair of words, a rule's decision. `attributes` spells them out as the
strings that weights are learnt for: for the training at once, for the decoder piece by piece.
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
# The words around a run of capitals: before it, after it, its opener ("" for the opener itself), and
# the nearest word before it that is more than an article ("le président de la Banque"; "" where
# nothing parts it from the run).
Run = tuple[str, str, str, str]
# A pair of words, what the rules decided of a token and its neighbours, of it by its word; ()
# says nothing.
Key = tuple[str, ...]

# The words first, then the keys; an attribute begins with the number of its slot.
WORD_SLOTS = ("word", "previous", "next", "second before", "second after")
RUN_SLOTS = ("before run", "after run", "opener", "head")
PAIR_SLOTS = ("previous, shape", "two before", "with next")
RULE_SLOTS = ("rules", "rule, word")
# How far from the token each word of `WORD_SLOTS` stands.
STEPS = (0, -1, 1, -2, 2)
SLOTS = WORD_SLOTS + RUN_SLOTS + PAIR_SLOTS + RULE_SLOTS

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


def _by_word(*lists: tuple[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """For each word the names of the lists that hold it, in their order."""
    words = frozenset[str]().union(*(words for _, words in lists))
    return {word: tuple(name for name, words in lists if word in words) for word in sorted(words)}


_WORD_LISTS = _by_word(
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
_CAPITAL_LISTS = _by_word(
    ("civil title", CIVIL_TITLES),
    ("capital role", CAPITAL_ROLES),
    ("organisation opener", ORGANISATION_OPENERS),
    ("organisation word", ORGANISATION_WORDS),
    ("place word", PLACE_WORDS),
    ("plain acronym", PLAIN_ACRONYMS),
)


class TokenWindow(NamedTuple):
    """Neighbouring tokens that are read together.

    `words` are theirs and the two before and after, `runs` belong to the capitals, by their place
    among the tokens; `keys` hold for each of `PAIR_SLOTS` and `RULE_SLOTS` every token's.
    """

    tokens: list[Token]
    words: list[str]
    runs: dict[int, Run]
    keys: Sequence[Sequence[Key]]


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
        keys: list[tuple[Key, ...]] = []
        for at in range(begin, end):
            word, rule = words[at + 2], rules[at]
            if capitals[at]:
                shape = "XX" if word.isupper() else "Xx"
                opening = "1" if opens_sentence(plain, tokens[at][0]) else "0"
                seen = document.get(word, "")
                keys.append((
                    (lower[at + 1], shape), (lower[at], lower[at + 1], shape),
                    (lower[at + 2], lower[at + 3]),
                    (rule, labels[at], labels[at + 2], seen, opening, shape), (rule, word),
                ))  # fmt: skip
            else:
                keys.append((
                    (lower[at + 1], "x"), (), (lower[at + 1], lower[at + 2]),
                    (rule, labels[at], labels[at + 2], "", "", "x"),
                    () if rule == OUTSIDE else (rule, word),
                ))  # fmt: skip
        columns = tuple(zip(*keys, strict=True))
        around = {at - begin: runs[at] for at in range(begin, end) if capitals[at]}
        found.append(TokenWindow(tokens[begin:end], words[begin : end + 4], around, columns))
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


def _runs(words: list[str], lower: list[str], capitals: list[bool]) -> dict[int, Run]:
    runs: dict[int, Run] = {}
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


# -- spelled out -----------------------------------------------------------------------------------


def attributes(window: TokenWindow, at: int, lexicon: Gazetteer) -> list[str]:
    """The strings a token stands for, each after the number of its slot."""
    words, found = window.words, []
    for slot, step in enumerate(STEPS):
        said = word_attributes(words[at + 2 + step], lexicon)
        values = said.plain + said.shape[-1:]
        if slot == 0:
            values = said.plain + said.shape + said.parts
        elif abs(step) == 1:
            values = values + said.parts[1:2]
        found += [f"{slot}:{value}" for value in values]
    for slot, word in enumerate(window.runs.get(at, ()), len(WORD_SLOTS)):
        if word:
            found += [f"{slot}:{value}" for value in word_attributes(word, lexicon).plain]
    *pairs, rules, rule_and_word = (column[at] for column in window.keys)
    for slot, pair in enumerate(pairs, SLOTS.index(PAIR_SLOTS[0])):
        if pair:
            found.append(f"{slot}:{' '.join(pair)}")
    found += [f"{SLOTS.index('rules')}:{value}" for value in rule_attributes(rules)]
    if rule_and_word:
        by_word = rule_and_word_attributes(rule_and_word, lexicon)
        found += [f"{SLOTS.index('rule, word')}:{value}" for value in by_word]
    return found


class Said(NamedTuple):
    """What a word says in whatever slot; its classes taken together, and its shape; its ends and
    length. A neighbour says less than the word itself (`attributes`)."""

    plain: tuple[str, ...]
    shape: tuple[str, str]
    parts: tuple[str, ...]


def word_attributes(word: str, lexicon: Gazetteer) -> Said:
    lower = word.lower()
    each, all_of_them = _said_of_classes(word_classes(word, lexicon))
    parts: tuple[str, ...] = ()
    if lower[0].isalpha():
        parts = (
            "2-" + lower[-2:],
            "3-" + lower[-3:],
            "4-" + lower[-4:],
            "3+" + lower[:3],
            _LONG[word[0].isupper()][min(len(word), 9)],
        )
    return Said(("=" + lower, *each), (all_of_them, "shape " + shape_of(word)), parts)


_LONG = [[f"long {length} {capital}" for length in range(10)] for capital in (False, True)]


@lru_cache(maxsize=1024)
def _said_of_classes(classes: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    return tuple(f"#{name}" for name in classes), "all " + ",".join(classes)


def rule_attributes(key: Key) -> list[str]:
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


def rule_and_word_attributes(key: Key, lexicon: Gazetteer) -> list[str]:
    rule, word = key
    return [f"{rule}|{','.join(word_classes(word, lexicon))}", f"={word.lower()}|{rule}"]


def shape_of(word: str) -> str:
    """`Xx`, `XX`, `X`, `x`, `Xx-Xx`, `0`, `0000` for a year, or the sign itself."""
    if word.isalpha() and word.islower():
        return "x"
    if not word[0].isalnum():
        return word[0]
    shape = [_part_shape(part) for part in word.rstrip("'").split("-", 3)[:3]]
    return "-".join(shape) + ("'" if word[-1] == "'" else "")


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
    classes += _WORD_LISTS.get(lower, ())
    if word[0].isupper():
        classes += _CAPITAL_LISTS.get(word, ())
        if is_vietnamese_surname(word):
            classes.append("vietnamese")
    return tuple(classes)


_remembered_classes = lru_cache(maxsize=MOST_REMEMBERED)(_classes)
