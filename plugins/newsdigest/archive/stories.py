"""What ties articles together, looked up in the store: stories, what followed, copies, suggestions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from sqlite3 import Connection
from typing import Any

from newsdigest.archive.rows import unpack_card, unpack_chosen, unpack_terms
from newsdigest.base import addresses
from newsdigest.base.records import Card, Membership, StoryCard, Suggestion
from newsdigest.base.settings import Addresses
from newsdigest.relate.stories.threads import FOLLOWERS, PAGE_FROM
from newsdigest.relate.stories.window import WINDOW_DAYS
from newsdigest.relate.suggestions import reason
from newsdigest.relate.terms import Terms

_STORY = "s.title, s.slug, s.articles, substr(s.first, 1, 10), substr(s.last, 1, 10)"
# An entity's stories are read from so many of its newest articles, and from two in common.
ENTITY_WINDOW = 100
ENTITY_FROM = 2
# What a story's page gathers, of its newest articles: names, waiting headlines, older headlines.
STORY_WINDOW = 400
MOST_WAITING = 40
_NEWEST = "(SELECT id, sort FROM members WHERE story = ? ORDER BY sort DESC LIMIT ?)"


@dataclass(frozen=True, slots=True)
class Member:
    """A story's member: its number in the store, its card, and why it is there."""

    n: int
    card: Card
    membership: Membership


class Ties:
    """Read-only look-ups of what ties articles together."""

    def __init__(self, connection: Connection, places: Addresses) -> None:
        self.db = connection
        self.places = places

    # -- stories ---------------------------------------------------------------------------------

    def story(self, slug: str) -> tuple[str, StoryCard] | None:
        """A story's id and card by its slug."""
        row = self.db.execute(
            f"SELECT s.story, {_STORY} FROM stories s WHERE s.slug = ?", (slug,)
        ).fetchone()
        return (row[0], self._story_card(*row[1:])) if row else None

    def members(self, story: str, limit: int = -1) -> list[Member]:
        """A story's articles, or the newest of them, oldest first."""
        rows = self.db.execute(
            f"SELECT a.n, a.card, a.url, m.kind, m.names, m.words, {_STORY} FROM members m"
            " JOIN articles a USING (id) JOIN stories s USING (story)"
            " WHERE m.story = ? ORDER BY m.sort DESC LIMIT ?",
            (story, limit),
        ).fetchall()
        return [
            Member(n, card_at(card, url), self._membership(kind, names, words, tuple(told)))
            for n, card, url, kind, names, words, *told in reversed(rows)
        ]

    def days(self, story: str) -> list[str]:
        """The days of a story's articles, `YYYY-MM-DD`, one for each."""
        query = "SELECT substr(sort, 1, 10) FROM members WHERE story = ? ORDER BY sort"
        return [day for (day,) in self.db.execute(query, (story,))]

    def membership(self, article_id: str) -> Membership | None:
        """The article's story and why it is in it; None where it stands alone."""
        row = self.db.execute(
            f"SELECT m.kind, m.names, m.words, {_STORY} FROM members m JOIN stories s USING (story)"
            " WHERE m.id = ?",
            (article_id,),
        ).fetchone()
        return self._membership(row[0], row[1], row[2], row[3:]) if row else None

    def position(self, article_id: str) -> int:
        """The article's place in its story, from 1."""
        query = (
            "SELECT count(*) FROM members m JOIN members o ON o.story = m.story AND o.sort <= m.sort"
            " WHERE m.id = ?"
        )
        return int(self.db.execute(query, (article_id,)).fetchone()[0])

    def followers(self, article_id: str) -> tuple[Card, ...]:
        """The articles that came next in its story, newest first: ten at most."""
        rows = self.db.execute(
            "SELECT a.card, a.url FROM members m JOIN members o ON o.story = m.story"
            " AND o.sort > m.sort JOIN articles a ON a.id = o.id WHERE m.id = ? ORDER BY o.sort"
            " LIMIT ?",
            (article_id, FOLLOWERS),
        ).fetchall()
        return tuple(card_at(card, url) for card, url in reversed(rows))

    def stories(self, limit: int = -1) -> list[StoryCard]:
        """The stories that have a page, those with the newest article first."""
        rows = self.db.execute(
            f"SELECT {_STORY} FROM stories s WHERE s.articles >= ? ORDER BY s.last DESC LIMIT ?",
            (PAGE_FROM, limit),
        )
        return [self._story_card(*row) for row in rows]

    def running(self, newest_day: str, limit: int) -> list[StoryCard]:
        """Of the stories with an article in the last week, those of most articles first."""
        return sorted(
            (
                card
                for card in self.stories(50)
                if _days_between(card.last, newest_day) <= WINDOW_DAYS
            ),
            key=lambda card: (-card.articles, card.slug),
        )[:limit]

    def newest_day(self) -> str:
        """The day of the archive's newest article, "" for an empty one."""
        query = "SELECT max(sort) FROM articles WHERE state = 'published'"
        return (self.db.execute(query).fetchone()[0] or "")[:10]

    def stories_naming(self, entity: int, limit: int) -> list[StoryCard]:
        """The stories with a page that the entity's newest articles belong to, most first."""
        rows = self.db.execute(
            f"SELECT {_STORY} FROM (SELECT n FROM mentions WHERE entity = ? AND live"
            " ORDER BY sort DESC LIMIT ?) JOIN articles a USING (n) JOIN members m USING (id)"
            " JOIN stories s USING (story) WHERE s.articles >= ? GROUP BY s.story"
            " HAVING count(*) >= ? ORDER BY count(*) DESC, s.slug LIMIT ?",
            (entity, ENTITY_WINDOW, PAGE_FROM, ENTITY_FROM, limit),
        )
        return [self._story_card(*row) for row in rows]

    def named_in(self, story: str) -> list[tuple[int, int]]:
        """(entity, how many of the story's newest articles name it), most first."""
        return self.db.execute(
            f"SELECT o.entity, count(*) FROM {_NEWEST} m JOIN articles a USING (id)"
            " JOIN mentions o USING (n) JOIN entities e USING (entity)"
            " GROUP BY o.entity HAVING count(*) > 1 ORDER BY count(*) DESC, e.slug",
            (story, STORY_WINDOW),
        ).fetchall()

    def waiting_in(self, story: str) -> list[tuple[str, str]]:
        """(headline, day of the article that cites it) of its newest articles' lines that no article
        answers; each once."""
        rows = self.db.execute(
            f"SELECT r.headline, substr(m.sort, 1, 10) FROM {_NEWEST} m JOIN articles a USING (id)"
            " JOIN refs r USING (n) WHERE r.state IN ('waiting', 'ambiguous')"
            " GROUP BY r.headline_key ORDER BY max(m.sort) DESC LIMIT ?",
            (story, STORY_WINDOW, MOST_WAITING),
        )
        return rows.fetchall()

    def newest_of(self, story: str, limit: int) -> list[int]:
        """The numbers of the story's newest articles."""
        rows = self.db.execute(
            "SELECT a.n FROM members m JOIN articles a USING (id) WHERE m.story = ?"
            " ORDER BY m.sort DESC LIMIT ?",
            (story, limit),
        )
        return [n for (n,) in rows]

    def _story_card(self, title: str, slug: str, articles: int, first: str, last: str) -> StoryCard:
        has_page = articles >= PAGE_FROM
        url = addresses.href(addresses.story(self.places, slug)) if has_page else ""
        return StoryCard(title, slug, url, articles, first, last)

    def _membership(self, kind: Any, names: str, words: str, told: tuple[Any, ...]) -> Membership:
        return Membership(
            self._story_card(*told),
            kind,
            tuple(names.split("\n")) if names else (),
            tuple(words.split("\n")) if words else (),
        )

    # -- copies and suggestions --------------------------------------------------------------------

    def leader(self, article_id: str) -> Card | None:
        """The dispatch this article is a folded copy of."""
        row = self.db.execute(
            "SELECT l.card, l.url FROM articles a JOIN articles l ON l.id = a.duplicate_of"
            " WHERE a.id = ? AND a.state = 'folded'",
            (article_id,),
        ).fetchone()
        return card_at(*row) if row else None

    def copies(self, article_id: str) -> tuple[Card, ...]:
        """The copies folded under this article, oldest first."""
        rows = self.db.execute(
            "SELECT card, url FROM articles WHERE duplicate_of = ? AND state = 'folded'"
            " ORDER BY sort",
            (article_id,),
        )
        return tuple(card_at(card, url) for card, url in rows)

    def suggestions(self, n: int) -> tuple[Suggestion, ...]:
        """What the article's page suggests, best first."""
        query = "SELECT terms, chosen FROM vectors WHERE n = ?"
        packed, chosen = self.db.execute(query, (n,)).fetchone()
        numbers = unpack_chosen(chosen)
        terms = unpack_terms(packed) if numbers else ()
        return tuple(self._suggestion(terms, other) for other in numbers)

    def _suggestion(self, terms: Terms, other: int) -> Suggestion:
        card, url, packed = self.db.execute(
            "SELECT a.card, a.url, v.terms FROM articles a JOIN vectors v USING (n) WHERE a.n = ?",
            (other,),
        ).fetchone()
        why = reason(terms, unpack_terms(packed))
        return Suggestion(card_at(card, url), why.names, why.words)


def card_at(packed: bytes, url: str) -> Card:
    """The card with its address."""
    return replace(unpack_card(packed), url=addresses.href(url))


def _days_between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
