"""Related headlines: what a `>>` line of an article means in the archive.

A `>>` line is an earlier article's headline, nearly always letter for letter. It links only where
there is no doubt: a line left as text costs little, a wrong link costs trust. Pure: the caller
looks the candidates up, those of equal key and, for a line that has none, those near in time that
share some of its rarest words or its beginning.

    posting_words(headline)        # every published article is filed under these, with its day
    probe_words(line)              # a line looks these up, between the two days of `window`
    reaches(probe, posting)        # and takes the articles it reaches

`resolve` asks `reaches` again itself: more candidates than those never change what it finds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain, islice
from typing import overload

from newsdigest.base.link_reasons import Cause, Change, LinkReason
from newsdigest.base.records import LinkMethod, Resolution
from newsdigest.relate.aligner import Differences, align
from newsdigest.relate.beginnings import SHORTEST_PREFIX, begins
from newsdigest.relate.headlines import LONGEST, Headline, frequency, is_civility, is_number, read
from newsdigest.text.decoration import peeled, undecorated
from newsdigest.text.headline_key import headline_key, headline_numbers, same_numbers

__all__ = [
    "CROWD",
    "MOST_NEAR",
    "NAMESAKE_WINDOW",
    "Candidate",
    "Namesakes",
    "NearCandidate",
    "posting_words",
    "probe_words",
    "reaches",
    "resolve",
    "shared_needed",
    "window",
]

# Days an equal headline must stand alone in, to be preferred to its namesakes; a headline that is
# not quite equal is looked for in these only.
NAMESAKE_WINDOW = 45
# A line that reaches more articles than this is ambiguous: no choice among them is examined.
MOST_NEAR = 500

# A probe's words; an article's are more, so that one word too many hides none of the probe's.
_PROBED, _POSTED = 5, 9
# What begins the posting of a headline's beginning: no folded word does.
PREFIX_MARK = "^"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A published article a headline may mean; `day` is its date as written, `YYYY-MM-DD`."""

    id: str
    day: str
    numbers: str


@dataclass(frozen=True, slots=True)
class NearCandidate:
    """A published article and a headline of it that is like the line, the one it has or one it had;
    `day` as in `Candidate`."""

    id: str
    day: str
    headline: str


class _Crowd(tuple[NearCandidate, ...]):
    """More articles than may be examined, whoever they are."""


CROWD = _Crowd()
_Place = tuple[int, str]
"""A candidate's day, as a number, and its id."""


class Namesakes(Sequence[Candidate]):
    """The articles of one key, by figures and day: a daily column has thousands, each of which may
    cite the one before."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._candidates = tuple(candidates)
        self._own = {one.id: (_ordinal(one.day), one.id) for one in self._candidates}
        self._places: dict[str, list[_Place]] = {}
        for one in self._candidates:
            self._places.setdefault(one.numbers, []).append(self._own[one.id])
        # Figures a page hung on a headline come after a bar.
        self._alike: dict[str, list[str]] = {}
        for numbers, places in self._places.items():
            places.sort()
            self._alike.setdefault(numbers.partition("|")[0], []).append(numbers)

    @overload
    def __getitem__(self, at: int) -> Candidate: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Candidate]: ...
    def __getitem__(self, at: int | slice) -> Candidate | Sequence[Candidate]:
        return self._candidates[at]

    def __len__(self) -> int:
        return len(self._candidates)

    def before(self, numbers: str, citing: str, citing_day: str) -> tuple[int, list[_Place]]:
        """How many articles of these figures a line may mean, and which: if they are several, two
        at most, of those near in time. The citing article is none of them."""
        own = self._own.get(citing, (0, ""))
        places = self._places.get(numbers, [])
        if not places or places == [own]:
            alike = self._alike.get(numbers.partition("|")[0], ())
            groups = [self._places[n] for n in alike if same_numbers(numbers, n)]
            # One article may have had the headline with other figures.
            places = groups[0] if len(groups) == 1 else sorted({*chain.from_iterable(groups)})
        day = _ordinal(citing_day)
        end = bisect_left(places, (day + 2, ""))
        at = bisect_left(places, own)
        known = end - (at < end and places[at] == own)
        start = bisect_left(places, (day - NAMESAKE_WINDOW, "")) if known > 1 else 0
        near = (places[at] for at in range(end - 1, start - 1, -1))
        return known, list(islice((place for place in near if place != own), 2))


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


# -- the reverse index ---------------------------------------------------------------------------


@lru_cache(maxsize=1 << 14)
def posting_words(headline: str) -> tuple[str, ...]:
    """What an article's headline is filed under, ten at most: its rarest words, and its beginning.

    Each word carries the headline's numbers ("riz 12.8"): headlines of other numbers never match.
    """
    return _filed_under(read(_told(headline)), _POSTED, ended=True)


@lru_cache(maxsize=1 << 12)
def probe_words(headline: str) -> tuple[str, ...]:
    """What a `>>` line looks up, six at most, spelled as `posting_words` spells them."""
    return _filed_under(read(undecorated(headline)), _PROBED, ended=False)


def shared_needed(probe: Collection[str]) -> int:
    """How many words of a probe an article must be filed under, unless it shares the beginning."""
    return 3 if _count_words(probe) >= _PROBED else 2


def reaches(probe: Collection[str], posting: Collection[str]) -> bool:
    """Whether a line of that probe has to be compared with an article of that posting."""
    shared = [word for word in probe if word in posting]
    words = _count_words(shared)
    return words < len(shared) or words >= shared_needed(probe)


def window(citing_day: str) -> tuple[str, str]:
    """The first and the last day, `YYYY-MM-DD`, of the articles a line not quite equal may mean."""
    first = date.fromordinal(max(1, date.fromisoformat(citing_day).toordinal() - NAMESAKE_WINDOW))
    return first.isoformat(), citing_day


def _told(headline: str) -> str:
    """An article's headline as lines are compared with it: with the date it bears, if it does."""
    found = peeled(headline)
    return headline if found.telling else found.bare


def _filed_under(headline: Headline, most: int, ended: bool) -> tuple[str, ...]:
    """`ended` tells that the last word is whole: that of a line may be cut."""
    if len(headline.words) > LONGEST:
        return ()
    known = headline.function_words
    content = {
        word
        for word in headline.words
        if word not in known and not (is_number(word) or is_civility(word))
    }
    rarest = sorted(content, key=lambda word: (frequency(word), word))[:most]
    numbers = " ".join(sorted(headline.numbers))
    filed = [f"{word} {numbers}" if numbers else word for word in rarest]
    if len(headline.words) >= SHORTEST_PREFIX + (not ended and not headline.cut):
        filed.append(PREFIX_MARK + "".join(headline.words[:SHORTEST_PREFIX]))
    return tuple(filed)


def _count_words(filed: Collection[str]) -> int:
    return sum(not word.startswith(PREFIX_MARK) for word in filed)


# -- the resolution ------------------------------------------------------------------------------


def resolve(
    headline: str,
    citing_id: str,
    citing_day: str,
    same_key: Iterable[Candidate],
    near: Sequence[NearCandidate] = (),
) -> Resolution:
    """What `headline`, cited by an article of `citing_day`, means; the candidates' order is free.

    Of the articles of equal key, one dated no later than the day after is linked. Of several, the
    one in the 45 days before is, if it stands alone there; otherwise the headline is ambiguous. With
    none, the articles of `near` in the 45 days before are read word by word (`aligner`): one that
    tells the same news is linked, two are ambiguous. No candidate: waiting. `CROWD` stands for too many.
    """
    namesakes = same_key if isinstance(same_key, Namesakes) else Namesakes(same_key)
    known, last = namesakes.before(headline_numbers(headline), citing_id, citing_day)
    if not known:
        return _resolve_near(headline, citing_id, citing_day, near)
    if known == 1:
        reason = LinkReason(Cause.SAME_HEADLINE)
        return Resolution(headline, "linked", last[0][1], "exact", reason)
    if len(last) == 1 and last[0][0] <= _ordinal(citing_day):
        reason = LinkReason(Cause.NEAREST_NAMESAKE)
        return Resolution(headline, "linked", last[0][1], "exact", reason)
    return Resolution(headline, "ambiguous", reason=LinkReason(Cause.NAMESAKES, known))


def _resolve_near(
    headline: str, citing_id: str, citing_day: str, near: Sequence[NearCandidate]
) -> Resolution:
    waiting = Resolution(headline, "waiting")
    too_many = Resolution(headline, "ambiguous", reason=LinkReason(Cause.TOO_MANY, MOST_NEAR))
    if near is CROWD:
        return too_many
    if not near:
        return waiting
    probe, key = probe_words(headline), headline_key(headline)
    first, last = window(citing_day)
    reached: dict[str, set[str]] = {}
    for candidate in near:
        is_earlier = candidate.id != citing_id and first <= candidate.day <= last
        if is_earlier and reaches(probe, posting_words(candidate.headline)):
            reached.setdefault(candidate.id, set()).add(candidate.headline)
    if len(reached) > MOST_NEAR:
        return too_many
    line = read(undecorated(headline))
    alike: dict[str, Differences] = {}
    begun = 0
    for id_, headlines in reached.items():
        told = {theirs: read(_told(theirs)) for theirs in sorted(headlines)}
        begun += line.cut and any(begins(line, one) for one in told.values())
        # Of equal key but other numbers: the equal keys have been asked.
        found = [align(line, told[one]) for one in told if headline_key(one) != key]
        if any(found):
            alike[id_] = min(filter(None, found), key=_fewest)
    # The very words under another flag come before words that differ.
    flagged = {id_: found for id_, found in alike.items() if found[-1].change is Change.FLAG}
    alike = flagged or alike
    # Of several articles whose headlines begin so, a cut line may mean any, cut where it may.
    several = max(len(alike), begun)
    if several > 1:
        return Resolution(headline, "ambiguous", reason=LinkReason(Cause.ALIKE, several))
    if not alike:
        return waiting
    ((id_, differences),) = alike.items()
    method: LinkMethod = "prefix" if differences[-1].change is Change.TRUNCATED else "fuzzy"
    reason = LinkReason(Cause.DIFFERENCES, differences=differences)
    return Resolution(headline, "linked", id_, method, reason)


def _fewest(differences: Differences) -> tuple[bool, int]:
    """Of what tells a line from an article's headlines, the nearest first."""
    return differences[-1].change is not Change.FLAG, len(differences)
