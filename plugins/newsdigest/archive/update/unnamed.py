"""What is under embargo, for the `>>` lines of others: a line that names it is not shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from sqlite3 import Connection
from typing import NamedTuple

from newsdigest.base.records import Resolution
from newsdigest.relate import links
from newsdigest.relate.links import Candidate, NearCandidate


class _Held(NamedTuple):
    id: str
    day: str
    headline: str
    key: str


class Unnamed:
    """The articles under embargo, found by their headlines."""

    def __init__(self, held: Iterable[tuple[str, str, str, str]] = ()) -> None:
        self._ids: set[str] = set()
        self._keys: set[str] = set()
        self._by_word: defaultdict[str, list[_Held]] = defaultdict(list)
        for one in map(_Held._make, held):
            self._ids.add(one.id)
            self._keys.add(one.key)
            for word in links.posting_words(one.headline):
                self._by_word[word].append(one)

    @classmethod
    def of(cls, connection: Connection) -> Unnamed:
        """Those of the store."""
        return cls(
            connection.execute(
                "SELECT a.id, a.day, a.headline, a.headline_key FROM embargoed e JOIN articles a"
                " USING (id) WHERE a.state = 'draft' ORDER BY a.id"
            )
        )

    def names(
        self,
        found: Resolution,
        key: str,
        citing: str,
        day: str,
        same_key: Sequence[Candidate],
        decided: str | None,
    ) -> bool:
        """Whether a line found to mean that gives away what is under embargo.

        `decided` is the article that the editors say it means. What another article that stands is
        called too is no secret; nor is what reads like it, and means another.
        """
        if not self._keys:
            return False
        if decided in self._ids or (key in self._keys and not same_key):
            return True
        return found.state == "waiting" and self._is_near(found.headline, citing, day)

    def _is_near(self, headline: str, citing: str, day: str) -> bool:
        probe = links.probe_words(headline)
        near = {one.id: one for word in probe for one in self._by_word.get(word, ())}
        # Cited ahead of its day or after it, it is given away all the same.
        like = [
            NearCandidate(one.id, day, one.headline) for one in near.values() if _is_close(one, day)
        ]
        return bool(like) and links.resolve(headline, citing, day, (), like).state != "waiting"


def _is_close(one: _Held, day: str) -> bool:
    apart = date.fromisoformat(one.day) - date.fromisoformat(day)
    return abs(apart.days) <= links.NAMESAKE_WINDOW
