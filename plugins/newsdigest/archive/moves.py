"""Articles and stories that stand elsewhere than they did: former addresses, and where each leads."""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection

from newsdigest.archive.cards import STORY, card_at, story_card
from newsdigest.archive.facts import Fact, reads
from newsdigest.base.addresses import Addresses
from newsdigest.base.records import Card, StoryCard
from newsdigest.relate.stories.threads import PAGE_FROM

_MOVED = "FROM ledger_addresses f JOIN standing s USING (id) WHERE f.former AND f.address != s.url"
_NO_PAGE = f"NOT EXISTS (SELECT 1 FROM stories WHERE slug = l.slug AND articles >= {PAGE_FROM})"
_INTO = (
    "FROM ledger_stories l JOIN members m USING (id) JOIN stories s USING (story)"
    f" WHERE s.articles >= {PAGE_FROM} AND {_NO_PAGE}"
)


class Moves:
    """Read-only look-ups by former addresses, of articles that stand, and of stories whose dispatches
    are told in another one now: that with most of them."""

    def __init__(self, connection: Connection, addresses: Addresses) -> None:
        self._db = connection
        self._addresses = addresses

    @reads(Fact.LEDGER, Fact.ADDRESSES)
    def all(self) -> list[tuple[str, str]]:
        """(former address, address) of each, by the former."""
        query = f"SELECT f.address, s.url {_MOVED} ORDER BY f.address"
        return self._db.execute(query).fetchall()

    @reads(Fact.LEDGER, Fact.ADDRESSES)
    def exist(self) -> bool:
        """Whether any article ever moved."""
        return self._db.execute(f"SELECT 1 {_MOVED} LIMIT 1").fetchone() is not None

    @reads(Fact.LEDGER, Fact.ADDRESSES, Fact.CARDS)
    def target(self, address: str) -> Card | None:
        """The article that once stood there and stands elsewhere now."""
        query = f"SELECT s.card, s.url {_MOVED} AND f.address = ?"
        row = self._db.execute(query, (address,)).fetchone()
        return card_at(*row) if row else None

    def of(self, ids: Iterable[str]) -> set[str]:
        """The former addresses of these articles."""
        query = "SELECT address FROM ledger_addresses WHERE former AND id = ?"
        return {address for id_ in ids for (address,) in self._db.execute(query, (id_,))}

    @reads(Fact.LEDGER, Fact.MEMBERS, Fact.STORIES)
    def former_stories(self) -> list[str]:
        """The slugs of stories that lead to another one now."""
        query = f"SELECT DISTINCT l.slug {_INTO} ORDER BY l.slug"
        return [slug for (slug,) in self._db.execute(query)]

    @reads(Fact.LEDGER, Fact.MEMBERS, Fact.STORIES)
    def story(self, slug: str) -> tuple[str, StoryCard] | None:
        """The story that took in the one published under that slug, by id and card; None for one that
        has its page, and for one whose dispatches are in no story that has."""
        query = (
            f"SELECT s.story, {STORY} {_INTO} AND l.slug = ?"
            " GROUP BY s.story ORDER BY count(*) DESC, s.slug LIMIT 1"
        )
        row = self._db.execute(query, (slug,)).fetchone()
        return (row[0], story_card(self._addresses, *row[1:])) if row else None

    @reads(Fact.LEDGER, Fact.MEMBERS, Fact.STORIES)
    def merged(self) -> list[tuple[str, str]]:
        """(former slug, slug of the story it leads to), by the former."""
        found = ((slug, self.story(slug)) for slug in self.former_stories())
        return [(slug, into[1].slug) for slug, into in found if into]

    def slugs_of(self, ids: Iterable[str], stories: Iterable[str]) -> set[str]:
        """The slugs under which these articles were published in stories, and those now in these."""
        by_id = "SELECT slug FROM ledger_stories WHERE id = ?"
        by_story = (
            "SELECT DISTINCT l.slug FROM members m JOIN ledger_stories l USING (id)"
            " WHERE m.story = ?"
        )
        asked = [(by_id, ids), (by_story, stories)]
        return {
            slug
            for query, values in asked
            for value in values
            for (slug,) in self._db.execute(query, (value,))
        }
