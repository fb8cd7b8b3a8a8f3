"""What an article is about, as weighted terms: its names and its telling words.

One article alone decides its terms: the counts they are weighed by are frozen (`lexicon`), so an
article filed today changes no other's vector. All weights are whole numbers.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice, pairwise
from operator import itemgetter
from typing import NamedTuple

import Stemmer

from newsdigest.base.records import Article, Entity
from newsdigest.entities.keys import entity_key
from newsdigest.relate.headlines import read
from newsdigest.text.folding import fold
from newsdigest.text.lexicon import UNCOUNTED, bits, lexicon_version, load_lexicon, words

# Bump when a rule below changes: vectors already filed are then made anew.
RULES = 2

TERMS = 40
# The length of a vector: the dot product of two is at most its square.
UNIT = 4096

# A name's term starts so, a word's never does.
NAME_MARK = "@"

# A word or name of the headline counts as so many of the body.
HEADLINE = 3
# In tenths: a word only written with a capital names something, whether or not it was tagged; a
# tagged name has a term of its own besides those of its words.
CAPITAL_TENTHS, NAME_TENTHS = 13, 10

_STEMMERS = {"fr": "french", "en": "english"}
# So many words tell what an article is about, and no word of the world's is longer: what goes
# beyond is an accident or an attack.
WORDS = 5000
_TOKEN = re.compile(r"[^\W_]{1,40}")
_SENTENCE = re.compile(r"[.!?:;,()\n«»“”\"]+")


class Term(NamedTuple):
    """`term` is what two articles share: a stem, or a name's key behind `NAME_MARK`. `surface` is
    how this article writes it, for readers; `headline` tells that its headline has it, `opening`
    that it is a word of the news that opens its headline or a part of it: there a capital tells
    nothing."""

    term: str
    weight: int
    surface: str
    headline: bool = False
    opening: bool = False

    @property
    def is_name(self) -> bool:
        return self.term.startswith(NAME_MARK)


Terms = tuple[Term, ...]


def article_terms(article: Article, entities: Sequence[Entity]) -> Terms:
    """The article's forty heaviest terms, by (-weight, term), as a vector of length `UNIT`.

    Headline and body count; credits, captions and `>>` headlines do not. Empty for an article of
    stop words only.
    """
    lang = article.lang
    headline = [article.headline]
    body = [b.tagged_text for b in article.blocks if b.type not in ("photo", "related")]
    if article.kicker:
        body.append(article.kicker)

    times: dict[str, int] = {}
    surfaces: dict[str, str] = {}
    tells: dict[str, int] = {}
    announced: set[str] = set()
    opening: set[str] = set()
    openings = _openings(article.headline)
    for texts, counts_for in ((headline, HEADLINE), (body, 1)):
        for token, count in Counter(islice(_tokens(texts, lang), WORDS)).items():
            found = _word(token, lang)
            if found is None:
                continue
            term, tell = found
            if texts is headline:
                announced.add(term)
                if fold(token) in openings:
                    opening.add(term)
            if term not in times:
                times[term], surfaces[term], tells[term] = counts_for * count, token, tell
                continue
            times[term] += counts_for * count
            # The commonest form tells how common the word is, and that a capital was chance.
            if tell < tells[term]:
                tells[term] = tell
            if token.islower() and not surfaces[term].islower():
                surfaces[term] = token
    raw = {term: _damped(count) * tells[term] for term, count in times.items()}
    for entity in entities:
        key = entity_key(entity.name)
        term = NAME_MARK + key
        count = sum(HEADLINE if mention.block < 0 else 1 for mention in entity.mentions)
        weight = _damped(count) * _name_idf(key, lang) * NAME_TENTHS
        # "Washington" the man and the city are one term: the more mentioned of the two.
        if weight > raw.get(term, 0):
            raw[term], surfaces[term] = weight, entity.name
        if any(mention.block < 0 for mention in entity.mentions):
            announced.add(term)
    heaviest = sorted(sorted(raw.items()), key=itemgetter(1), reverse=True)[:TERMS]
    return tuple(
        Term(term, weight, surfaces[term], term in announced, term in opening)
        for term, weight in normalised(heaviest)
        if weight
    )


def _openings(headline: str) -> frozenset[str]:
    """The words that open the headline, or what follows a colon, a dash or a quotation mark; but
    those that the news never has are names there too."""
    known = read(headline)
    lexicon = load_lexicon()
    return frozenset(
        word
        for word, opens in zip(known.words, known.initials, strict=True)
        if opens and lexicon.knows(word)
    )


def vectors_version() -> str:
    """Changes whenever the same article might get other terms: rules, lexicon or stemmer."""
    return f"{RULES}-{lexicon_version()}-{_stemmer_version()}"


def normalised(weighted: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The weights scaled to a vector of length `UNIT`, rounded; their order stays."""
    # Eight more bits keep the rounding of the root out of the weights.
    length = math.isqrt(sum(weight * weight for _, weight in weighted) << 16)
    for term, weight in weighted:
        yield term, ((weight * UNIT << 9) // length + 1) // 2 if length else 0


def _tokens(texts: Iterable[str], lang: str) -> Iterator[str]:
    """The words as written; Vietnamese, whose words are mostly two syllables, by pairs of them."""
    if lang != "vi":
        for text in texts:
            yield from _TOKEN.findall(text)
        return
    for text in texts:
        for piece in _SENTENCE.split(text):
            for pair in pairwise(_TOKEN.findall(piece)):
                yield " ".join(pair)


@lru_cache(maxsize=1 << 16)
def _word(token: str, lang: str) -> tuple[str, int] | None:
    """(term, what it tells) of a word as written; None when it tells nothing."""
    lexicon = load_lexicon()
    if lang == "vi":
        pair = token.lower()
        for syllable in pair.split():
            if not syllable.isalpha() or lexicon.is_stop_word(syllable, "vi"):
                return None
        return pair, lexicon.idf(pair, "vi") * (CAPITAL_TENTHS if token.istitle() else 10)
    folded = fold(token)
    if len(folded) < 2 or token[0].isdecimal():
        return None
    tenths = CAPITAL_TENTHS if token[0].isupper() else 10
    idf = lexicon.idf(folded, lang) * tenths
    return (_stem(token.lower(), lang), idf) if idf else None


def _stem(word: str, lang: str) -> str:
    stemmer = _stemmer(lang)
    return fold(stemmer.stemWord(word) if stemmer else word)


@cache
def _stemmer(lang: str) -> Stemmer.Stemmer | None:
    name = _STEMMERS.get(lang)
    # It remembers nothing: `_word` does.
    return Stemmer.Stemmer(name, 0) if name else None


@cache
def _stemmer_version() -> str:
    from importlib.metadata import version

    return version("PyStemmer")


@lru_cache(maxsize=1 << 15)
def _name_idf(key: str, lang: str) -> int:
    """A name is as rare as its rarest word: "États-Unis" is common, "Vladimir Poutine" is not.

    Names made of stop words ("WHO") are names all the same.
    """
    lexicon = load_lexicon()
    return max((lexicon.idf(word, lang) for word in words(key)), default=0) or bits(UNCOUNTED)


def tells(term: Term, lang: str) -> int:
    """How much a term tells by itself, in 1/64 bit, whatever article it stands in."""
    if term.is_name:
        return _name_idf(term.term.removeprefix(NAME_MARK), lang)
    return max(load_lexicon().idf(word, lang) for word in words(term.surface))


@lru_cache(maxsize=1024)
def _damped(count: int) -> int:
    """Twice as many mentions weigh one step more, in sixteenths."""
    return round(16 * (1 + math.log2(count)))
