"""What is under embargo, or was retracted, for the `>>` lines of others: what names it is not shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from sqlite3 import Connection
from typing import NamedTuple

from newsdigest.base.ledger import Entry
from newsdigest.base.records import Resolution
from newsdigest.relate import links
from newsdigest.relate.links import Candidate, NearCandidate
from newsdigest.text.headline_key import headline_key


class _Held(NamedTuple):
    id: str
    day: str
    headline: str
    key: str


class Unnamed:
    """Articles that no line may name, found by their headlines."""

    def __init__(self, held: Iterable[tuple[str, str, str, str]] = ()) -> None:
        self._ids: set[str] = set()
        self._keys: dict[str, str] = {}
        self._by_word: defaultdict[str, list[_Held]] = defaultdict(list)
        for one in map(_Held._make, held):
            self._ids.add(one.id)
            self._keys.setdefault(one.key, one.id)
            for word in links.posting_words(one.headline):
                self._by_word[word].append(one)

    @classmethod
    def embargoed(cls, connection: Connection, unseen: Iterable[Entry]) -> Unnamed:
        """Those under embargo, and those retracted before anybody saw them."""
        return cls(
            [
                *_held(unseen),
                *connection.execute(
                    "SELECT a.id, a.day, a.headline, a.headline_key FROM embargoed e"
                    " CROSS JOIN articles a USING (id) WHERE a.state = 'draft' ORDER BY a.id"
                ),
            ]
        )

    @classmethod
    def retracted(cls, entries: Iterable[Entry]) -> Unnamed:
        """Those retracted, under every headline they were published with."""
        return cls(_held(entries))

    def names(
        self,
        found: Resolution,
        key: str,
        citing: str,
        day: str,
        same_key: Sequence[Candidate],
        decided: str | None,
    ) -> str:
        """The article that a line found to mean that names, "" for none of these.

        `decided` is the article that the editors say it means. What another article that stands is
        called too is no secret; nor is what reads like it, and means another.
        """
        if not self._keys:
            return ""
        if decided in self._ids:
            return decided or ""
        if key in self._keys and not same_key:
            return self._keys[key]
        return self._near(found.headline, citing, day) if found.state == "waiting" else ""

    def _near(self, headline: str, citing: str, day: str) -> str:
        probe = links.probe_words(headline)
        near = {one.id: one for word in probe for one in self._by_word.get(word, ())}
        # Cited ahead of its day or after it, it is given away all the same.
        like = [
            NearCandidate(one.id, day, one.headline) for one in near.values() if _is_close(one, day)
        ]
        found = links.resolve(headline, citing, day, (), like) if like else None
        if found is None or found.state == "waiting":
            return ""
        return found.target or like[0].id


def _held(entries: Iterable[Entry]) -> list[tuple[str, str, str, str]]:
    return [
        (entry.id, entry.published[:10], headline, headline_key(headline))
        for entry in entries
        for headline in entry.headlines
    ]


def _is_close(one: _Held, day: str) -> bool:
    apart = date.fromisoformat(one.day) - date.fromisoformat(day)
    return abs(apart.days) <= links.NAMESAKE_WINDOW
