"""Which earlier article does this one follow?

A story is a tree: an article has at most one parent, an earlier one, and whoever hangs together is
one story. The parent depends on the article, on the window of seven days before it and on what its
`>>` lines resolve to, never on other articles' parents: an article filed, edited or removed changes
the parents of those that cite it or come within seven days after it, and no others.

How alike two articles are is what their terms have in common (names, and words outside those
names), damped by how few terms that is: one name in common is a subject, several are an event. No term counts
for more than half of what the others do.
Reading the cluster (mean likeness to a story's members) was measured beside it and brought nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heapify, heappop
from typing import Literal

from newsdigest.base.records import Count
from newsdigest.relate.terms import NAME_MARK, UNIT, Term
from newsdigest.text.folding import fold

ParentKind = Literal["cited", "similar", "decision"]

WINDOW_DAYS = 7
# A `>>` line is a reason of its own; yet what it leads to may be something else to read.
CITED_ALIKE = 200
# A likeness is in ten-thousandths. Below this one an article begins a story of its own; the more
# articles it could follow, the likelier is one by chance, and so it grows by a step as the window
# doubles.
ALIKE, ALIKE_STEP = 450, 90
FEW = 32
# So many terms in common count for half of what they weigh.
HALF_AT = 3
# Whole texts without a name in common need so many words; a text that short is a headline.
FEWEST_WORDS, WHOLE_TEXT = 4, 30
REASONS = 3
# A story has a page from its third article on.
PAGE_FROM = 3
# An article says what followed it in its story, and no more than so many: later ones leave it alone.
FOLLOWERS = 10
# A story that lasted longer is counted by months.
DAYS_COUNTED = 92

_SCALE = 10_000


@dataclass(frozen=True, slots=True)
class Member:
    """An article as a window knows it: `when` is its wall-clock date as written (ISO, at least the
    day), `terms` its vector of length `UNIT`."""

    id: str
    when: str
    terms: tuple[Term, ...]

    @property
    def order(self) -> tuple[str, str]:
        return (self.when, self.id)


@dataclass(frozen=True, slots=True)
class Parent:
    """The article followed, and why. `score` is the likeness in ten-thousandths; `names` and
    `words` are the heaviest in common, at most three each, as the following article writes them."""

    id: str
    kind: ParentKind
    score: int = 0
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryDecisions:
    """What editors decided: `splits` begin a story of their own, `joins` maps an article to one
    whose story it belongs to, `titles` an article to the title of the story it is in."""

    splits: frozenset[str] = frozenset()
    joins: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


NO_DECISIONS = StoryDecisions()


def find_parent(
    member: Member,
    window: Window,
    cited: Sequence[Member] = (),
    decisions: StoryDecisions = NO_DECISIONS,
) -> Parent | None:
    """The article `member` follows; None if it begins a story.

    `window` holds the articles before it, `cited` are those its `>>` lines lead to, from any time:
    of the earlier ones the most like it comes before all others of the window, unless it has next
    to nothing in common with it. A decision comes first; it alone may name a later article.
    """
    if member.id in decisions.splits:
        return None
    joined = decisions.joins.get(member.id)
    if joined is not None and joined != member.id:
        return Parent(joined, "decision")
    signature = window.signature(member)
    earlier = [
        (_likeness(signature, window.signature(target)), target.order, target)
        for target in cited
        if target.order < member.order
    ]
    if earlier:
        likeness, _, likeliest = max(earlier, key=lambda found: found[:2])
        if likeness >= CITED_ALIKE:
            return _explained(signature, window.signature(likeliest), "cited")
    return window.best(member)


def story_ids(parents: Mapping[str, str | None], order: Mapping[str, str]) -> dict[str, str]:
    """Each article's story, called by its first article in `order`.

    Only whole stories can be told: whoever hangs together must be in `parents`. A parent that is
    not there (removed, not published) counts as none.
    """
    groups: dict[str, str] = {}

    def group_of(article: str) -> str:
        path = []
        while groups.get(article, article) != article:
            path.append(article)
            article = groups[article]
        for passed in path:
            groups[passed] = article
        return article

    for article, parent in parents.items():
        if parent is None or parent not in parents:
            continue
        first, other = sorted((group_of(article), group_of(parent)), key=lambda id_: order[id_])
        groups[other] = first
    return {article: group_of(article) for article in parents}


class Window:
    """The articles of the last seven days, by term; filed in (date, id) order.

    Days are compared as written. Articles leave by themselves as later ones are filed.
    """

    def __init__(self, members: Iterable[Member] = ()) -> None:
        self._signatures: dict[int, _Signature] = {}
        self._known: dict[str, _Signature] = {}
        self._asked: tuple[Member, _Signature] | None = None
        self._postings: dict[str, deque[tuple[int, int]]] = {}
        self._days: deque[tuple[int, int]] = deque()
        self._filed = 0
        self._last: tuple[str, str] | None = None
        for member in members:
            self.add(member)

    def __len__(self) -> int:
        return len(self._signatures)

    def add(self, member: Member) -> None:
        """Raises ValueError for an article that comes before the last one added."""
        if self._last is not None and member.order <= self._last:
            raise ValueError(f"{member.id} comes before {self._last[1]}")
        self._last = member.order
        self._expire(_ordinal(member.when))
        number, signature = self._filed, self.signature(member)
        self._filed += 1
        self._signatures[number] = self._known[member.id] = signature
        self._days.append((_ordinal(member.when), number))
        for term, weight in signature.weights.items():
            self._postings.setdefault(term, deque()).append((number, weight))

    def best(self, member: Member) -> Parent | None:
        """The article of the seven days before `member` that is most like it, the earliest of
        equals; None if none is like it. Only articles added before it may be in the window."""
        since = self._first_since(_ordinal(member.when) - WINDOW_DAYS)
        if since is None:
            return None
        signature = self.signature(member)
        products: dict[int, int] = {}
        known = products.get
        for term, weight in signature.weights.items():
            for number, other in self._postings.get(term, ()):
                products[number] = known(number, 0) + weight * other
        # What all terms in common make is the most the likeness can be: the true one is reckoned
        # for those only that could still be the best.
        enough = self._enough(since)
        least = enough * UNIT * UNIT // _SCALE
        hopeful = [(-product, number) for number, product in products.items() if product >= least]
        heapify(hopeful)
        found: tuple[int, int] | None = None
        while hopeful:
            product, number = heappop(hopeful)
            if found is not None and -product * _SCALE < -found[0] * UNIT * UNIT:
                break
            if number < since:
                continue
            score = _likeness(signature, self._signatures[number])
            if score >= enough and (found is None or (-score, number) < found):
                found = (-score, number)
        if found is None:
            return None
        return _explained(signature, self._signatures[found[1]], "similar")

    def signature(self, member: Member) -> _Signature:
        """The member as it is compared: made once for those in the window and the last one asked."""
        known = self._known.get(member.id)
        if known is None:
            if self._asked is None or self._asked[0] is not member:
                self._asked = member, _signature(member)
            known = self._asked[1]
        return known

    def _enough(self, since: int) -> int:
        """The likeness wanted among the articles filed from number `since` on."""
        return ALIKE + ALIKE_STEP * ((self._filed - since) // FEW).bit_length()

    def _first_since(self, day: int) -> int | None:
        """The number of the first article filed of that day or later."""
        return next((number for filed, number in self._days if filed >= day), None)

    def _expire(self, today: int) -> None:
        while self._days and self._days[0][0] < today - WINDOW_DAYS:
            _, number = self._days.popleft()
            gone = self._signatures.pop(number)
            del self._known[gone.id]
            for term in gone.weights:
                # Filed in order, so that each term's oldest is the one to leave.
                postings = self._postings[term]
                postings.popleft()
                if not postings:
                    del self._postings[term]


@dataclass(frozen=True, slots=True)
class _Signature:
    """`weights` by term, heaviest first; `parts` are the words that stand in the article's names,
    by name."""

    id: str
    weights: dict[str, int]
    surfaces: dict[str, str]
    parts: dict[str, tuple[str, ...]]


def _signature(member: Member) -> _Signature:
    by_word: dict[str, list[str]] = {}
    for term in member.terms:
        if not term.is_name:
            by_word.setdefault(fold(term.surface), []).append(term.term)
    parts = {
        term.term: tuple(
            part
            for word in term.term.removeprefix(NAME_MARK).split()
            for part in by_word.get(word, ())
        )
        for term in member.terms
        if term.is_name
    }
    return _Signature(
        member.id,
        {term.term: term.weight for term in member.terms},
        {term.term: term.surface for term in member.terms},
        parts,
    )


def _shared(one: _Signature, other: _Signature) -> tuple[list[str], list[str]]:
    """(names, words outside those names) that both have, the heaviest of `one` first."""
    both = [term for term in one.weights if term in other.weights]
    names = [term for term in both if term.startswith(NAME_MARK)]
    inside = {part for name in names for side in (one, other) for part in side.parts[name]}
    words = [term for term in both if not term.startswith(NAME_MARK) and term not in inside]
    return names, words


def _likeness(one: _Signature, other: _Signature) -> int:
    names, words = _shared(one, other)
    count = len(names) + len(words)
    whole = min(len(one.weights), len(other.weights)) >= WHOLE_TEXT
    if whole and not names and count < FEWEST_WORDS:
        return 0
    products = [one.weights[term] * other.weights[term] for term in (*names, *words)]
    product = sum(products)
    if products:
        # A subject in common ("Tour de France") is no event, however much both are about it.
        product = min(product, (product - max(products)) * 3 // 2)
    if whole and not names:
        # Two bombings are told in the same words.
        product //= 2
    return product * count * _SCALE // (UNIT * UNIT * (count + HALF_AT))


def _explained(one: _Signature, other: _Signature, kind: ParentKind) -> Parent:
    names, words = _shared(one, other)
    return Parent(
        other.id,
        kind,
        _likeness(one, other),
        tuple(one.surfaces[term] for term in names[:REASONS]),
        tuple(one.surfaces[term] for term in words[:REASONS]),
    )


def _ordinal(when: str) -> int:
    return date.fromisoformat(when[:10]).toordinal()


# -- a story's life ------------------------------------------------------------------------------


def quiet_since(last_day: str, newest_day: str) -> str | None:
    """The day of the story's last article once a week has passed without another, else None.

    `newest_day` is the archive's newest day: no clock is asked.
    """
    return last_day if _ordinal(newest_day) - _ordinal(last_day) > WINDOW_DAYS else None


def rhythm(days: Collection[str]) -> tuple[Count, ...]:
    """Articles by day from the first to the last, days without any included; by month where that
    is more than `DAYS_COUNTED` days. `days` are the articles', in any order."""
    if not days:
        return ()
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    length = (last - first).days + 1
    by_month = length > DAYS_COUNTED
    cut = 7 if by_month else 10
    counts: dict[str, int] = {}
    if by_month:
        month = first.year * 12 + first.month - 1
        while month <= last.year * 12 + last.month - 1:
            counts[f"{month // 12:04}-{month % 12 + 1:02}"] = 0
            month += 1
    else:
        counts = {(first + timedelta(days=at)).isoformat(): 0 for at in range(length)}
    for day in days:
        counts[day[:cut]] += 1
    return tuple(Count(period, articles) for period, articles in counts.items())
