"""The roles of one person as articles word them, those that say the same office told once.

"président" says nothing beside "président russe", nor "nouveau maire" beside "maire". "Ancien Premier
ministre" and "Premier ministre" are two: one is held, one is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import accumulate

from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.roles.words import HELD
from newsdigest.text.folding import fold

_OF_A_COUNTRY = re.compile(r"(?:ais|aise|ois|oise|ien|ienne|een|eenne|ain|aine)$")
# Two wordings are one office where no more days lie between the times they were told: years later
# a bare "ministre" may be another one.
SAME_OFFICE_DAYS = 365


@dataclass(frozen=True, slots=True)
class Office:
    """A role by its key, how often it was told, and between which places in the order of articles."""

    key: str
    times: int
    first: str
    last: str


def merged(offices: Iterable[Office]) -> list[Office]:
    """Without those that another one contains from its beginning, about the same time.

    What only one contains counts with that one, and lengthens its time; where several do, whose time
    it was is open, and theirs stay as they are.
    """
    known = _bare(offices)
    containing = _containing(known)
    found = {one.key: one for one in known if not containing[one.key]}
    for one in known:
        whole = [it.key for it in containing[one.key] if it.key in found]
        for key in whole:
            longer = found[key]
            found[key] = replace(longer, times=longer.times + one.times)
        if len(whole) == 1:
            longer = found[whole[0]]
            first, last = min(longer.first, one.first), max(longer.last, one.last)
            found[whole[0]] = replace(longer, first=first, last=last)
    return [found[key] for key in sorted(found)]


def _bare(offices: Iterable[Office]) -> list[Office]:
    """In order of keys, "nouveau maire" and "maire" as one, under the plainest wording told."""
    by_office: dict[str, Office] = {}
    for one in sorted(offices, key=lambda one: (len(one.key), one.key)):
        same = by_office.get(_office(one.key))
        by_office[_office(one.key)] = (
            one
            if same is None
            else replace(
                same,
                times=same.times + one.times,
                first=min(same.first, one.first),
                last=max(same.last, one.last),
            )
        )
    return sorted(by_office.values(), key=lambda one: one.key)


def _office(key: str) -> str:
    first, _, rest = key.partition(" ")
    return rest if rest and first in HELD else key


def _containing(known: Sequence[Office]) -> dict[str, list[Office]]:
    """By the key of each office, those that contain it, in the order of `known`."""
    by_office = {_office(one.key): one for one in known}
    found: dict[str, list[Office]] = {one.key: [] for one in known}
    for longer in known:
        whole = _office(longer.key)
        for part in dict.fromkeys((*_beginnings(whole), *_beginnings(_without_country(whole)))):
            one = by_office.get(part)
            if one and one is not longer and _are_near(longer, one):
                found[one.key].append(longer)
    return found


def _beginnings(office: str) -> Iterator[str]:
    """`ministre`, `ministre de`, `ministre de la`, `ministre de la mer`."""
    return accumulate(office.split(" "), "{} {}".format)


def _are_near(one: Office, other: Office) -> bool:
    return max(_days(one.last, other.first), _days(other.last, one.first)) <= SAME_OFFICE_DAYS


def _without_country(office: str) -> str:
    """`ministre de la mer` of "ministre italienne de la mer"."""
    words = office.split(" ")
    is_country = len(words) > 2 and (words[1] in _countries() or _OF_A_COUNTRY.search(words[1]))
    return " ".join((words[0], *words[2:])) if is_country else office


@cache
def _countries() -> frozenset[str]:
    return frozenset(map(fold, load_gazetteer().demonyms))


def _days(before: str, after: str) -> int:
    return date.fromisoformat(after[:10]).toordinal() - date.fromisoformat(before[:10]).toordinal()
