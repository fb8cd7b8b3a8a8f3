"""Related headlines of one article: without repeats, and told from an article pasted behind one."""

from __future__ import annotations

import re
from collections.abc import Collection

from newsdigest.read.credits import agency_chain
from newsdigest.text.headline_key import headline_key, headline_numbers
from newsdigest.text.sentences import first_sentence

_SHORTEST = 15
_LONGEST = 180
_LONGEST_ENDED = 120

# A sentence that begins where no other ended: "…du plan de paix La Russie est prête à…".
_OPENER = re.compile(
    r"(?<=[^\W_]|[%»”\"’)]) (?=(?:Les?|La|Une?|Des|Du|Aux?|Cet(?:te)?|Ces?|Ils?|Elles?|On|Selon|Dans|En|Après"
    r"|Avant|Pour|Par|Plus|Depuis|Alors|Lors|À|Sur|Sous|Malgré|Quelque|Environ|Plusieurs|Près"
    r"|The|An?|At|In|On|After|Before|Some|More|About|It|They|Its"
    r"|Ngày|Sáng|Chiều|Tối|Trưa|Theo|Trong|Tại|Các|Những|Một|Hôm|Từ|Với|Ông|Bà) |[LD]['’][^\W\d_])"
)
# What goes on: no headline ends with it.
_GOES_ON = frozenset(
    str.split(
        "à au aux de du des d en et ou par pour sur sous dans vers chez avec sans selon le la les un une"
        " ce cette ces son sa ses leur leurs que qui dont quotidien journal magazine hebdomadaire film"
        " roman ville port région of the a an and or in on at to for from by with báo của và tại ở"
    )
)
# Names that begin like a sentence.
_NAMED = re.compile(
    r"(?:Le (?:Pen|Havre|Mans|Caire|Monde|Figaro|Parisien|Point|Drian|Fil|Courrier|Cap)"
    r"|La (?:Haye|Havane|Mecque|Rochelle|Réunion|Paz|Croix|Valette|Poste|Fosse)"
    r"|Les (?:Républicains|Échos|Verts|Sables|Arcs))\b"
)
_DATELINE_END = re.compile(r" ?\((?P<agency>[^()]{2,40})\),? ?[-–—] ?(?=\S)")
_DAY = re.compile(r",? \d{1,2}(?:er)? [^\W\d_]+(?: \d{4})?,?$")
_MOST_PLACE_WORDS = 4


class Headlines:
    """The related headlines of one article, each kept the first time it is met."""

    def __init__(self, own: str) -> None:
        self.kept: list[str] = []
        self._own = _key(own)
        self._seen = {self._own}
        self.cites_itself = False

    def keep(self, headline: str) -> bool:
        """Whether the headline is new; then it is kept."""
        key = _key(headline)
        bare = key[0], key[1].partition("|")[0]
        self.cites_itself |= self._own in (key, bare)
        if key in self._seen or bare in self._seen:
            return False
        self._seen.add(key)
        self.kept.append(headline)
        return True


def split_article(text: str, known: Collection[str]) -> tuple[str, str]:
    """The headline and the article behind it; "" for a headline that cannot be told."""
    ends = (_at_dateline(text, known), _at_sentence(text), _at_opener(text))
    at = min((end for end in ends if end), default=0)
    return text[:at].rstrip(), text[at:].lstrip()


def _at_dateline(text: str, known: Collection[str]) -> int:
    for match in _DATELINE_END.finditer(text, _SHORTEST):
        if agency_chain(match["agency"], known):
            at = _place_before(text[: match.start()])
            return at if _SHORTEST <= at <= _LONGEST else 0
    return 0


def _place_before(text: str) -> int:
    """Where the place at the end begins: all its words in capitals, or each with one."""
    words = _DAY.sub("", text).split(" ")
    first = len(words)
    capitals = words[-1].isupper()
    while first > max(0, len(words) - _MOST_PLACE_WORDS):
        word = words[first - 1]
        if not (word.isupper() if capitals else word[:1].isupper()):
            break
        first -= 1
    return len(" ".join(words[:first])) if first < len(words) else 0


def _at_sentence(text: str) -> int:
    sentence = first_sentence(text[: 2 * _LONGEST])
    return len(sentence) if _SHORTEST <= len(sentence) <= _LONGEST_ENDED else 0


def _at_opener(text: str) -> int:
    for match in _OPENER.finditer(text, _SHORTEST, _LONGEST):
        before = re.split(r"[ '’]", text[: match.start()])[-1]
        if before.lower() not in _GOES_ON and not _NAMED.match(text, match.end()):
            return match.start()
    return 0


def _key(headline: str) -> tuple[str, str]:
    """Repeats are told as links are: by letters and digits, and by the numbers."""
    return headline_key(headline), headline_numbers(headline)
