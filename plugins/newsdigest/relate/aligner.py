"""Whether two headlines that differ tell the same news, and by what they differ. Pure.

Both are walked word by word. Where they part, the difference must be one of a closed list: a flag, a
function word, an inflection, a slip of the pen, a word left out, the end cut off, the parts around a
colon swapped. Anything else, and any doubt, is other news. Similarity is never measured: headlines
made after one pattern differ by little and mean a different day, place or turn.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from newsdigest.base.link_reasons import Change, Difference
from newsdigest.relate.beginnings import is_prefix
from newsdigest.relate.closed_words import (
    DIRECTION_LEADS,
    FUNCTION_WORDS,
    LIGHT_WORDS,
    TURNING_WORDS,
)
from newsdigest.relate.headlines import (
    LONGEST,
    Headline,
    begins_a_word,
    frequency,
    is_civility,
    is_closed,
    is_famous,
    is_french,
    is_known,
    is_met,
    is_name,
    is_number,
)

# A headline of so few words that names and counts nothing is quoted exactly or not at all.
_SHORT = 5

_MOST_DIFFERENCES = 2


Differences = tuple[Difference, ...]


def align(line: Headline, article: Headline) -> Differences | None:
    """By what a `>>` line differs from the article's headline, or None if it may be other news.

    Headlines of the same words differ by their flags alone. Not symmetric: a line may leave out
    what the headline says, never add.
    """
    if line.flags and article.flags and line.flags != article.flags:
        return None  # an interview and a report may share the rest
    if not line.words or max(len(line.words), len(article.words)) > LONGEST:
        return None
    flags = (Difference(Change.FLAG),) if line.flags != article.flags else ()
    if line.words == article.words:
        return flags or (Difference(Change.FLAG),)
    if len(article.words) <= _SHORT and not _is_particular(article):
        return None
    if is_prefix(line, article):
        return (*flags, Difference(Change.TRUNCATED))
    if line.numbers == article.numbers:
        found = _swapped(line, article) or _Walk(line, article).differences()
        return found and (*flags, *found)
    return None


def _is_particular(headline: Headline) -> bool:
    """Whether it names or counts anything, unlike "La récolte double"."""
    if headline.numbers or any(map(is_name, headline.words)):
        return True
    return not headline.caseless and any(headline.names)


def _swapped(line: Headline, article: Headline) -> Differences | None:
    """The parts around a colon or a dash have changed places: "Riz : la récolte double"."""
    if len(line.words) == len(article.words):
        for turn in line.turns:
            if line.words[turn:] + line.words[:turn] == article.words and (
                _says_something(line, 0, turn) or _says_something(line, turn, len(line.words))
            ):
                return (Difference(Change.PARTS_SWAPPED),)
    return None


def _says_something(line: Headline, first: int, last: int) -> bool:
    """Whether a part is more than a name: "Alvéra - Port-Lune" turned round is another match."""
    return last - first > 2 and any(
        len(line.words[place]) > 3
        and not (line.names[place] or line.initials[place] or is_number(line.words[place]))
        for place in range(first, last)
    )


class _Walk:
    """The cheapest way to read two headlines as one, if there is one."""

    __slots__ = ("article", "function_words", "line")

    def __init__(self, line: Headline, article: Headline) -> None:
        self.line = line
        self.article = article
        lang = "vi" if "vi" in (line.lang, article.lang) else article.lang
        self.function_words = FUNCTION_WORDS[lang]

    def differences(self) -> Differences | None:
        if abs(len(self.line.words) - len(self.article.words)) > _MOST_DIFFERENCES:
            return None
        found = self._from(0, 0, _MOST_DIFFERENCES)
        return found if found and self._supported(found) else None

    def _from(self, i: int, j: int, left: int) -> Differences | None:
        """The differences from the i-th word of the line and the j-th of the article on."""
        line, article = self.line.words, self.article.words
        while i < len(line) and j < len(article) and line[i] == article[j]:
            i, j = i + 1, j + 1
        if i == len(line) and j == len(article):
            return ()
        if not left:
            return None
        best: Differences | None = None
        for difference, next_i, next_j in self._steps(i, j):
            rest = self._from(next_i, next_j, left - 1)
            if rest is not None and (best is None or len(rest) + 1 < len(best)):
                best = (difference, *rest)
        return best

    def _steps(self, i: int, j: int) -> list[tuple[Difference, int, int]]:
        line, article = self.line.words, self.article.words
        steps = []
        if i < len(line) and j < len(article):
            changed = self._changed(i, j)
            if changed:
                steps.append((Difference(changed, line[i], article[j]), i + 1, j + 1))
        if i < len(line) and self._may_come_and_go(self.line, i):
            steps.append((Difference(Change.FUNCTION_WORD, line[i]), i + 1, j))
        if j < len(article):
            if self._may_come_and_go(self.article, j):
                steps.append((Difference(Change.FUNCTION_WORD, "", article[j]), i, j + 1))
            elif self._may_be_dropped(j):
                steps.append((Difference(Change.WORD_DROPPED, "", article[j]), i, j + 1))
        return steps

    def _may_come_and_go(self, headline: Headline, place: int) -> bool:
        """A function word, or "Mme" before a name."""
        following = place + 1
        if is_civility(headline.words[place]):
            return following < len(headline.words) and (
                headline.names[following] or headline.initials[following]
            )
        return self._is_function_word(headline, place)

    def _is_function_word(self, headline: Headline, place: int) -> bool:
        word = headline.words[place]
        if word not in self.function_words or (headline.names[place] and not headline.caseless):
            return False
        before = headline.words[place - 1] if place else ""  # of "est", the east
        return word != "est" or before not in DIRECTION_LEADS

    def _changed(self, i: int, j: int) -> Change | None:
        """What makes the i-th word of the line the j-th of the article, if anything."""
        line, article = self.line, self.article
        one, other = line.words[i], article.words[j]
        if is_number(one) or is_number(other):
            return None
        plain = self._is_function_word(line, i), self._is_function_word(article, j)
        if all(plain):
            return Change.FUNCTION_WORD
        if plain[1] and not line.names[i] and is_slip_of(other, one):
            return Change.TYPO
        if not is_inflected(one, other) and _slip(one, other) is None:
            return None
        # Where a whole headline is in capitals, the other's tell the names.
        if line.caseless == article.caseless:
            name = line.names[i] or article.names[j]
        else:
            name = article.names[j] if line.caseless else line.names[i]
        initial = line.initials[i] or article.initials[j]
        if not name and not (initial and (is_name(one) or is_name(other))):
            if is_inflected(one, other):
                return Change.INFLECTION
            # At the beginning of a sentence a word nobody knows may be a name.
            maybe_name = initial and not is_known(one) and not is_known(other)
            if not maybe_name and is_typo(one, other):
                return Change.TYPO
        return Change.TYPO if is_typo_in_name(one, other) else None

    def _may_be_dropped(self, j: int) -> bool:
        """A light word in lower case, within the headline: "officiellement", "grande"."""
        within = 0 < j < len(self.article.words) - 1 and not self.article.initials[j]
        named = self.article.names[j] and not self.article.caseless
        return within and not named and is_light(self.article.words[j])

    def _supported(self, found: Differences) -> bool:
        """Whether enough stays the same for these differences to be believed."""
        changes = [difference.change for difference in found]
        changed = {difference.article for difference in found}
        if sum(is_civility(one.line or one.article) for one in found) > 1:
            return False  # "Mme" is not "M."
        shared = sum(
            is_number(word) or (len(word) > 2 and word not in self.function_words)
            for word in self.article.words
            if word not in changed
        )
        if Change.WORD_DROPPED in changes:
            return len(found) == 1 and shared >= 3
        if changes.count(Change.FUNCTION_WORD) == len(found):
            return shared >= 2
        return shared >= 2 * len(found)


# -- two words -----------------------------------------------------------------------------------

# Endings that change with number, gender or person only, in folded letters. A pair of words is
# inflected if one set holds both their endings after a common beginning of three letters. The future
# is in no set with the present: "ouvre" and "ouvrira" are two days' news.
_ENDINGS = tuple(
    frozenset(line.split(","))
    for line in """
,s,x,e,es,ee,ees
n,ns,nne,nnes
l,ls,lle,lles
t,ts,tte,ttes
s,sse,sses
al,aux,ale,ales
ail,ails,aux
eau,eaux,elle,elles
f,fs,ve,ves
eux,euse,euses
eur,eurs,euse,euses,rice,rices
er,ers,ere,eres
c,cs,que,ques
e,es,ent,er,ee,ees,a,ait,aient,ant,ez
it,issent,ir,i,is,ie,ies,issait,issaient,issant
,ent,re,u,us,ue,ues,ait,aient,ant
,s,ed,ing
e,es,ed,ing
y,ies,ied
""".strip("\n").splitlines()
)
_SHORTEST_ROOT = 3
_LONGEST_ENDING = max(len(ending) for endings in _ENDINGS for ending in endings)


@lru_cache(maxsize=1 << 15)
def is_inflected(one: str, other: str) -> bool:
    """Whether two folded words are forms of one, told apart by number, gender or person."""
    same = _common_prefix(one, other)
    for cut in range(same, max(_SHORTEST_ROOT, same - _LONGEST_ENDING) - 1, -1):
        ends = (one[cut:], other[cut:])
        if any(ends[0] in endings and ends[1] in endings for endings in _ENDINGS):
            return True
    return False


@lru_cache(maxsize=1 << 15)
def is_typo(one: str, other: str) -> bool:
    """Whether one folded word is the other with one slip, because nobody would write it so.

    At most one of the two is a known word. A slip in the first letter is believed only where it
    leaves no word's beginning: "égal" is no "légal", nor "ouvre" a "rouvre". Of two unknown words,
    six letters and both ends are the same, or two letters have changed places.
    """
    shape = _slip(one, other)
    if shape is None:
        return False
    knows_one, knows_other = is_known(one), is_known(other)
    shortest = min(len(one), len(other))
    if knows_one and knows_other:
        # "september" for "septembre", which may be nothing but a month.
        closed, slip = (one, other) if is_closed(one) else (other, one)
        return is_closed(closed) and shortest > 3 and shape != "other" and not is_french(slip)
    if not knows_one and not knows_other:
        ends = one[0] == other[0] and one[-1] == other[-1]
        return shortest >= 6 and ends if shape != "swap" else shortest >= 5
    known, slip = (one, other) if knows_one else (other, one)
    if shape == "other" and known[0] != slip[0]:
        return _is_slip_of_first_letter(known, slip)
    if shortest < 4:
        return is_closed(known)
    return shortest > 4 or shape != "other" or is_closed(known) or frequency(known) > 1


def _is_slip_of_first_letter(known: str, slip: str) -> bool:
    if is_closed(known):
        return len(known) > 4 and len(slip) <= len(known)  # "achat" is no "rachat"
    return len(known) > 4 and not begins_a_word(slip[: 3 if len(known) > 7 else 2])


# A name in so many of the lexicon's articles is mistaken for no other.
_FAMILIAR = 5


@lru_cache(maxsize=1 << 12)
def is_typo_in_name(one: str, other: str) -> bool:
    """The same for a name, where two spellings may well be two people.

    Two letters swapped or one doubled are believed. Any other slip only within a well-known name of
    six letters. A word that has been met is the slip of none.
    """
    shape, shortest = _slip(one, other), min(len(one), len(other))
    if shape is None or (is_met(one) and is_met(other)):
        return False
    known, slip = (one, other) if is_met(one) else (other, one)
    heard = is_met(known) and (is_famous(known) or frequency(known) > 1)
    if shape != "other":
        return shortest >= (5 if heard else 6)
    within = known[0] == slip[0] and known[-1] == slip[-1]
    if heard and frequency(known) >= _FAMILIAR:  # "Frane", "yrance", "Istanbu"
        return shortest >= 5 if within else 6 <= len(known) >= len(slip)
    return heard and shortest >= 6 and within


def is_slip_of(function_word: str, slip: str) -> bool:
    """Whether a word of two letters or more is a function word with one slip, and nothing else."""
    if _slip(function_word, slip) is None or slip in TURNING_WORDS:
        return False
    return frequency(slip) < _FAMILIAR


Shape = Literal["swap", "double", "first double", "other"]


def _slip(one: str, other: str) -> Shape | None:
    """The one slip between two words: neighbours swapped, a letter doubled or not, or another."""
    if min(len(one), len(other)) < 2 or OSA.distance(one, other, score_cutoff=1) != 1:
        return None
    if len(one) == len(other):
        return "swap" if sorted(one) == sorted(other) else "other"
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    place = _common_prefix(longer, shorter)  # of the letter too many, or just after its double
    if place == 0 or longer[place] != longer[place - 1]:
        return "other"
    return "first double" if place == 1 else "double"


def is_light(word: str) -> bool:
    """Whether a headline tells the same news without the word. Of most nobody can say: the noun or
    the adjective left out may be all that tells two headlines apart.
    """
    return word in LIGHT_WORDS or (len(word) > 7 and word.endswith(_ADVERB_ENDINGS))


# "officiellement", "récemment"; nouns such as "règlement" and "bâtiment" end otherwise.
_ADVERB_ENDINGS = (
    *("amment", "emment", "iquement", "ivement", "eusement", "ellement", "alement", "airement"),
    *("ablement", "iblement", "ierement", "ectement", "idement", "ertement", "ortement"),
)


def _common_prefix(one: str, other: str) -> int:
    shortest = min(len(one), len(other))
    return next((i for i in range(shortest) if one[i] != other[i]), shortest)
