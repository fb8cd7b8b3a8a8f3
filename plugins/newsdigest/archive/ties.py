"""What ties an article to others: its story, what followed it there, its copies, what it suggests.

How its page shows this: `newsdigest.site.kinds.article`. When it is shown anew: `changes.followed`
and its neighbours in `newsdigest.archive.changes`, filled in by `newsdigest.archive.update`.
"""

from __future__ import annotations

from dataclasses import replace
from sqlite3 import Connection
from typing import Any

from newsdigest.archive.cards import STORY, card_at, story_card
from newsdigest.archive.facts import Fact, reads
from newsdigest.archive.rows import own_card, unpack_chosen, unpack_terms
from newsdigest.base.addresses import Addresses
from newsdigest.base.records import Card, Membership, Suggestion
from newsdigest.relate.stories.threads import FOLLOWERS, PREDECESSORS
from newsdigest.relate.suggestions import reason
from newsdigest.relate.terms import Terms


class Ties:
    """Read-only look-ups of what ties an article to others."""

    def __init__(self, connection: Connection, addresses: Addresses) -> None:
        self._db = connection
        self._addresses = addresses

    @reads(Fact.MEMBERS, Fact.STORIES)
    def membership(self, article_id: str) -> Membership | None:
        """The article's story and why it is in it; None where it stands alone."""
        row = self._db.execute(
            f"SELECT m.kind, m.names, m.words, {STORY} FROM members m JOIN stories s USING (story)"
            " WHERE m.id = ?",
            (article_id,),
        ).fetchone()
        return membership_of(self._addresses, row[0], row[1], row[2], row[3:]) if row else None

    @reads(Fact.MEMBERS)
    def position(self, article_id: str) -> int:
        """The article's place in its story, from 1."""
        query = (
            "SELECT count(*) FROM members m JOIN members o ON o.story = m.story AND o.sort <= m.sort"
            " WHERE m.id = ?"
        )
        return int(self._db.execute(query, (article_id,)).fetchone()[0])

    @reads(Fact.MEMBERS, Fact.CARDS)
    def followers(self, article_id: str) -> tuple[Card, ...]:
        """The articles that came next in its story, newest first: ten at most."""
        rows = self._db.execute(
            "SELECT a.card, a.url FROM members m JOIN members o ON o.story = m.story"
            " AND o.sort > m.sort JOIN articles a ON a.id = o.id WHERE m.id = ? ORDER BY o.sort"
            " LIMIT ?",
            (article_id, FOLLOWERS),
        ).fetchall()
        return tuple(card_at(card, url) for card, url in reversed(rows))

    @reads(Fact.MEMBERS, Fact.CARDS)
    def predecessors(self, article_id: str) -> tuple[Card, ...]:
        """The articles that came just before in its story, oldest first: three at most."""
        rows = self._db.execute(
            "SELECT a.card, a.url FROM members m JOIN members o ON o.story = m.story"
            " AND o.sort < m.sort JOIN articles a ON a.id = o.id WHERE m.id = ?"
            " ORDER BY o.sort DESC LIMIT ?",
            (article_id, PREDECESSORS),
        ).fetchall()
        return tuple(card_at(card, url) for card, url in reversed(rows))

    @reads(Fact.COPIES, Fact.CARDS)
    def leader(self, article_id: str) -> Card | None:
        """The dispatch this article is a folded copy of, as it was before any newer version."""
        row = self._db.execute(
            "SELECT l.card, l.url, l.record FROM folded a JOIN articles l ON l.id = a.duplicate_of"
            " WHERE a.id = ?",
            (article_id,),
        ).fetchone()
        if row is None:
            return None
        card = card_at(row[0], row[1])
        return replace(own_card(row[0], row[2]), url=card.url) if card.newest else card

    @reads(Fact.COPIES, Fact.CARDS)
    def copies(self, article_id: str) -> tuple[Card, ...]:
        """The copies folded under this article, oldest first."""
        rows = self._db.execute(
            "SELECT card, url FROM folded WHERE duplicate_of = ? ORDER BY sort",
            (article_id,),
        )
        return tuple(card_at(card, url) for card, url in rows)

    @reads(Fact.SUGGESTIONS, Fact.CARDS)
    def suggestions(self, n: int) -> tuple[Suggestion, ...]:
        """What the article's page suggests, best first."""
        query = "SELECT terms, chosen FROM vectors WHERE n = ?"
        packed, chosen = self._db.execute(query, (n,)).fetchone()
        numbers = unpack_chosen(chosen)
        terms = unpack_terms(packed) if numbers else ()
        return tuple(self._suggestion(terms, other) for other in numbers)

    def _suggestion(self, terms: Terms, other: int) -> Suggestion:
        card, url, packed = self._db.execute(
            "SELECT a.card, a.url, v.terms FROM articles a JOIN vectors v USING (n) WHERE a.n = ?",
            (other,),
        ).fetchone()
        why = reason(terms, unpack_terms(packed))
        return Suggestion(card_at(card, url), why.names, why.words)


def membership_of(
    addresses: Addresses, kind: Any, names: str, words: str, told: tuple[Any, ...]
) -> Membership:
    """An article's membership; `told` is its story, as `STORY` selects it."""
    return Membership(
        story_card(addresses, *told),
        kind,
        tuple(names.split("\n")) if names else (),
        tuple(words.split("\n")) if words else (),
    )
