"""Related headlines: what a `>>` line of an article means in the archive.

A `>>` line is an earlier article's headline, nearly always letter for letter. It links only where
there is no doubt: a line left as text costs little, a wrong link costs trust. Pure: the caller
looks the candidates up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from newsdigest.records import Resolution

# Days an equal headline must stand alone in, to be preferred to its namesakes.
NAMESAKE_WINDOW = 45

_LIGATURES = str.maketrans({"đ": "d", "œ": "oe", "æ": "ae"})
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A published article a headline may mean; `day` is its date as written, `YYYY-MM-DD`."""

    id: str
    day: str
    numbers: str


def headline_key(headline: str) -> str:
    """Equal for headlines that differ only in case, accents, ligatures, spacing or punctuation."""
    folded = unicodedata.normalize("NFKC", headline).casefold().translate(_LIGATURES)
    plain = unicodedata.normalize("NFD", folded)
    return "".join(c for c in plain if c.isalnum())


def headline_numbers(headline: str) -> str:
    """The headline's numbers in order: "1,2 %" and "12 %" share a key and are not the same news."""
    found = []
    for match in _NUMBER.finditer(unicodedata.normalize("NFKC", headline)):
        number = match.group()
        grouped = len(re.split(r"[ .,\u00a0\u202f]", number)[-1]) == 3 and not number.isdigit()
        found.append(re.sub(r"\D", "" if grouped else ".", number))
    return " ".join(found)


def resolve(
    headline: str, citing_id: str, citing_day: str, same_key: Sequence[Candidate]
) -> Resolution:
    """What `headline`, cited by an article of `citing_day`, means among the articles of equal key.

    One candidate dated no later than the day after is linked. Of several, the one in the 45 days
    before is, if it stands alone there; otherwise the headline is ambiguous, whatever the order of
    `same_key`. No candidate: waiting.
    """
    numbers = headline_numbers(headline)
    cited = date.fromisoformat(citing_day).toordinal()
    ages = [
        (cited - date.fromisoformat(candidate.day).toordinal(), candidate.id)
        for candidate in same_key
        if candidate.id != citing_id and candidate.numbers == numbers
    ]
    known = [(age, id_) for age, id_ in ages if age >= -1]
    if not known:
        return Resolution(headline, "waiting", reason="unknown")
    if len(known) == 1:
        return Resolution(headline, "linked", known[0][1], "exact", "same headline")
    near = [(age, id_) for age, id_ in known if age <= NAMESAKE_WINDOW]
    if len(near) == 1 and near[0][0] >= 0:
        return Resolution(headline, "linked", near[0][1], "exact", "nearest namesake")
    return Resolution(headline, "ambiguous", reason=f"{len(known)} namesakes")
