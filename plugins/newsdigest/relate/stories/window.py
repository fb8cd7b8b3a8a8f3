"""The articles of a week, and which of them is most like a later one (`likeness`)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from newsdigest.base.arrays import np
from newsdigest.relate.stories.bulletins import is_of_one_form
from newsdigest.relate.stories.likeness import Postings, Signature
from newsdigest.relate.terms import NAME_MARK, Term

ParentKind = Literal["cited", "similar", "decision"]

WINDOW_DAYS = 7
# A `>>` line is a reason of its own; yet what it leads to may be something else to read: a third of
# that likeness is asked for.
CITED_PART = 3
REASONS = 3
# So many are looked through for one that is no bulletin of the same kind.
MOST_BULLETINS = 30


@dataclass(frozen=True, slots=True)
class Member:
    """An article as a window knows it: `when` is its wall-clock date as written (ISO, at least the
    day), `terms` its vector of length `UNIT`, `headline` what says whether it is a bulletin."""

    id: str
    when: str
    terms: tuple[Term, ...]
    headline: str = ""

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


class Window:
    """The articles of the last seven days, by term; filed in (date, id) order.

    Days are compared as written. Articles leave by themselves as later ones are filed.
    """

    def __init__(self, members: Iterable[Member] = ()) -> None:
        self._signatures: dict[int, Signature] = {}
        self._known: dict[str, Signature] = {}
        self._headlines: dict[str, str] = {}
        self._asked: tuple[Member, Signature] | None = None
        self._postings = Postings()
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
        self._expire(ordinal(member.when))
        number, signature = self._filed, self._signature(member)
        self._filed += 1
        self._signatures[number] = self._known[member.id] = signature
        self._headlines[member.id] = member.headline
        self._days.append((ordinal(member.when), number))
        self._postings.file(number, signature)

    def best(self, member: Member) -> Parent | None:
        """The article of the seven days before `member` that is most like it and no bulletin of the
        same kind, the earliest of equals; None if none is like it. Only articles added before it
        may be in the window."""
        since = self._first_since(ordinal(member.when) - WINDOW_DAYS)
        if since is None:
            return None
        signature = self._signature(member)
        numbers, scores = self._postings.alike(signature, since=since)
        # The likest first; whoever has as many bulletins of its kind before it is one itself.
        for at in np.argsort(-scores, kind="stable")[:MOST_BULLETINS]:
            other = self._signatures[int(numbers[at])]
            both = len(signature.names & other.names)
            if not is_of_one_form(member.headline, self._headlines[other.id], both):
                return explained(signature, other, "similar", int(scores[at]))
        return None

    def likeliest_cited(self, member: Member, cited: Sequence[Member]) -> Parent | None:
        """Of the articles cited the one most like `member`, the latest of equals; None if it has
        next to nothing in common with any."""
        if not cited:
            return None
        others = [self._signature(other) for other in sorted(cited, key=lambda one: one.order)]
        signature = self._signature(member)
        postings = Postings()
        for number, other in enumerate(others):
            postings.file(number, other)
        numbers, scores = postings.alike(signature, CITED_PART)
        if not len(numbers):
            return None
        best = int(np.flatnonzero(scores == scores.max())[-1])
        return explained(signature, others[int(numbers[best])], "cited", int(scores[best]))

    def _signature(self, member: Member) -> Signature:
        """The member as it is compared: made once for those in the window and the last one asked."""
        known = self._known.get(member.id)
        if known is None:
            if self._asked is None or self._asked[0] is not member:
                self._asked = member, Signature.of(member.id, member.terms)
            known = self._asked[1]
        return known

    def _first_since(self, day: int) -> int | None:
        """The number of the first article filed of that day or later."""
        return next((number for filed, number in self._days if filed >= day), None)

    def _expire(self, today: int) -> None:
        while self._days and self._days[0][0] < today - WINDOW_DAYS:
            _, number = self._days.popleft()
            gone = self._signatures.pop(number)
            del self._known[gone.id], self._headlines[gone.id]
            self._postings.forget(number, gone)


def explained(one: Signature, other: Signature, kind: ParentKind, score: int) -> Parent:
    """The heaviest terms in common, by their weight in `one`: names, and words outside those."""
    both = [term for term in one.weights if term in other.weights]
    names = [term for term in both if term.startswith(NAME_MARK)]
    inside = {part for name in names for side in (one, other) for part in side.parts[name]}
    words = [term for term in both if not term.startswith(NAME_MARK) and term not in inside]
    return Parent(
        other.id,
        kind,
        score,
        tuple(one.surfaces[term] for term in names[:REASONS]),
        tuple(one.surfaces[term] for term in words[:REASONS]),
    )


def ordinal(when: str) -> int:
    return date.fromisoformat(when[:10]).toordinal()
