"""A headline as the rules of related headlines read it: folded words, names, numbers, flags. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.relate.closed_words import (
    CIVILITIES,
    ENGLISH_MARKS,
    FLAGS,
    FUNCTION_WORDS,
    LONGEST_FLAG,
    TURNING_WORDS,
    VIETNAMESE_LETTERS,
)
from newsdigest.text.headline_key import NUMBER_PATTERN, letters, plain, plain_number
from newsdigest.text.lexicon import load_lexicon

# A headline of more words is no headline: it is never matched but by its key.
LONGEST = 60

_TOKEN = re.compile(rf"({NUMBER_PATTERN})|[^\W\d_]+")

Lang = Literal["fr", "en", "vi"]


@dataclass(frozen=True, slots=True)
class Headline:
    """What is compared of a headline, its flags set aside.

    `words` are folded words and numbers ("12.8") in order. Of each, `names` tells that its capital
    makes it a name, `initials` that it begins a sentence, so that its capital tells nothing. Where
    no word is in lower case, all count as names (`caseless`). `turns` are the places of words after a
    colon or a spaced dash. `cut` is true when the headline ends in an ellipsis.
    """

    words: tuple[str, ...]
    names: tuple[bool, ...]
    initials: tuple[bool, ...]
    numbers: tuple[str, ...]
    turns: tuple[int, ...]
    flags: frozenset[tuple[str, ...]]
    cut: bool
    caseless: bool
    lang: Lang

    @property
    def function_words(self) -> frozenset[str]:
        """Those of its language."""
        return FUNCTION_WORDS[self.lang]


@lru_cache(maxsize=1 << 14)
def read(headline: str) -> Headline:
    """The headline as its words and marks tell it; the same text always gives the same."""
    text = plain(headline)
    words, raw, gaps = _tokens(text)
    flags, first, last, ending = _set_flags_aside(words, raw, gaps)
    words, raw, gaps = words[first:last], raw[first:last], [*gaps[first:last], ending]
    lower = sum(word[:1].islower() and len(word) > 3 for word in raw)
    caseless = not lower and len(words) > 1
    initials = tuple(place == 0 or _opens(gap) for place, gap in enumerate(gaps[: len(words)]))
    return Headline(
        words=tuple(words),
        names=tuple(
            caseless or (not initial and not word[:1].islower() and not word[-1:].isdigit())
            for word, initial in zip(raw, initials, strict=True)
        ),
        initials=initials,
        numbers=tuple(word for word in words if is_number(word)),
        turns=tuple(place for place, gap in enumerate(gaps[: len(words)]) if place and _turns(gap)),
        flags=flags,
        cut=".." in ending,  # NFKC writes an ellipsis as dots
        caseless=caseless,
        lang=_language(text, words),
    )


def is_civility(word: str) -> bool:
    """Whether it is "Mme", "M." or the like, which a line may write or leave out."""
    return word in CIVILITIES


def is_number(word: str) -> bool:
    """Whether a word of a `Headline` is a number."""
    return word[-1:].isdigit()


def _tokens(text: str) -> tuple[list[str], list[str], list[str]]:
    """The folded words, the same as written, and the text before each and after the last."""
    words: list[str] = []
    raw: list[str] = []
    gaps: list[str] = []
    end = 0
    for match in _TOKEN.finditer(text):
        written = match.group()
        folded = plain_number(written) if match.group(1) else letters(written)
        if not folded:
            continue
        words.append(folded)
        raw.append(written)
        gaps.append(text[end : match.start()])
        end = match.end()
    return words, raw, [*gaps, text[end:]]


def _opens(gap: str) -> bool:
    """Whether a sentence may begin after it: a colon, a full stop, a dash, an opening quote."""
    return len(gap) > 1 and not gap.isspace() and any(char in ':.!?«"“—–…|•' for char in gap)


_TURN = re.compile(r":(?=\s|\Z)|(?<=\s)[-–—|](?=\s)")


def _turns(gap: str) -> bool:
    return len(gap) > 1 and _TURN.search(gap) is not None


# -- flags ---------------------------------------------------------------------------------------

_CLOSING, _OPENING = re.compile(r"\s*[:|\])–—•/.!…-]"), re.compile(r"[:|\[(–—•/-]\s*\Z")
# A note in brackets that is no listed flag has a word of so many letters: shorter, an acronym.
_SHORTEST_NOTE = 5


def _set_flags_aside(
    words: list[str], raw: list[str], gaps: list[str]
) -> tuple[frozenset[tuple[str, ...]], int, int, str]:
    """The flags, the first word after and the last before them, and the text after that one."""
    flags = []
    first, last = 0, min(len(words), LONGEST + 1)
    ending = gaps[last]
    for _ in range(3):
        flag = _leading_flag(words, raw, gaps, first, last)
        if flag:
            flags.append(tuple(words[first : first + flag]))
            first += flag
            continue
        flag = _trailing_flag(words, raw, gaps, first, last)
        if not flag:
            break
        flags.append(tuple(words[last - flag : last]))
        last -= flag
        ending = gaps[last].rstrip("([|-–—: \u00a0")
    return frozenset(flags), first, last, ending


def _leading_flag(words: list[str], raw: list[str], gaps: list[str], first: int, last: int) -> int:
    """How many words a flag takes at the beginning; 0 for none. Two words at least stay behind."""
    for length in range(min(LONGEST_FLAG, last - first - 2), 0, -1):
        end = first + length
        set_off = _CLOSING.match(gaps[end]) is not None
        if tuple(words[first:end]) in FLAGS:
            capitals = all(word.isupper() for word in raw[first:end])
            if set_off or (capitals and not raw[end].isupper()):
                return length
        if "[" in gaps[first] and "]" in gaps[end] and _says_no_news(words[first:end]):
            return length
    return 0


def _trailing_flag(words: list[str], raw: list[str], gaps: list[str], first: int, last: int) -> int:
    for length in range(min(LONGEST_FLAG, last - first - 2), 0, -1):
        begin = last - length
        if _OPENING.search(gaps[begin]) is None:
            continue
        if tuple(words[begin:last]) in FLAGS:
            return length
        capitals = all(word.isupper() for word in raw[begin:last])
        bracketed = "[" in gaps[begin] or (capitals and "(" in gaps[begin])
        if bracketed and _says_no_news(words[begin:last]):
            return length
    return 0


def _says_no_news(words: list[str]) -> bool:
    """Whether all are words of the language: no names, no numbers, nothing that turns the news."""
    return max(map(len, words)) >= _SHORTEST_NOTE and all(
        word not in TURNING_WORDS
        and not is_number(word)
        and load_lexicon().knows(word)
        and not is_name(word)
        for word in words
    )


# -- what is known of words ----------------------------------------------------------------------


def _language(text: str, words: list[str]) -> Lang:
    if any(char in VIETNAMESE_LETTERS for char in text):
        return "vi"
    if sum(word in ENGLISH_MARKS for word in words) < 2:
        return "fr"
    only_french = FUNCTION_WORDS["fr"] - FUNCTION_WORDS["en"]
    return "fr" if any(word in only_french for word in words) else "en"


def frequency(word: str) -> int:
    """In how many of the lexicon's articles the word stands."""
    return load_lexicon().frequency(word)


@lru_cache(maxsize=1 << 16)
def is_known(word: str) -> bool:
    """Whether the word, or a plain inflection of it, is a word or a name otherwise met."""
    if is_met(word):
        return True
    roots = [word[: -len(end)] for end in ("s", "x", "e", "es", "nt") if word.endswith(end)]
    forms = [root for root in roots if len(root) > 3 and not root.endswith(("s", "x", "el", "en"))]
    return any(load_lexicon().knows(form) for form in (*forms, word + "s", word + "e"))


def is_met(word: str) -> bool:
    """Whether just this word has been met, in any language or name."""
    return is_closed(word) or is_french(word) or load_lexicon().knows(word) or is_name(word)


def is_french(word: str) -> bool:
    """Whether the word has been met in French."""
    return frequency(word) > 0 or word in _common_words()


def is_closed(word: str) -> bool:
    """Whether the word is of a closed class: no other word is written nearly so by intent."""
    return word in TURNING_WORDS or any(word in words for words in FUNCTION_WORDS.values())


def is_famous(word: str) -> bool:
    """Whether a place, an organisation or a given name the gazetteer lists is called so."""
    return word in _famous_names()


def begins_a_word(letters: str) -> bool:
    """Whether any word of the language begins with these letters, two or three."""
    return letters in _beginnings()


def is_name(word: str) -> bool:
    """Whether the word stands in a name of the gazetteer: a place, a person, a demonym."""
    return word in _names()


@cache
def _names() -> frozenset[str]:
    known = load_gazetteer()
    words = _words_of(known.family_names) | _famous_names()
    return (words - _common_words()) | frozenset(map(letters, known.demonyms))


@cache
def _famous_names() -> frozenset[str]:
    known = load_gazetteer()
    return _words_of(known.kinds) | _words_of(known.given_names)


def _words_of(names: Iterable[str]) -> frozenset[str]:
    return frozenset(letters(word) for name in names for word in re.split(r"[\s'’-]+", name))


@cache
def _common_words() -> frozenset[str]:
    return frozenset(map(letters, load_gazetteer().common_words))


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(word[:length] for word in _common_words() for length in (2, 3))
