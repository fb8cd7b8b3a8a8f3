"""Stories: their pages, their members, and those still running."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection

from newsdigest.archive.asked import asked_once
from newsdigest.archive.cards import PERIOD, STORY, card_at, story_card
from newsdigest.archive.facts import Fact, reads
from newsdigest.archive.ties import membership_of
from newsdigest.base.addresses import Addresses
from newsdigest.base.records import Card, Membership, StoryCard
from newsdigest.relate.stories.threads import PAGE_FROM
from newsdigest.relate.stories.window import WINDOW_DAYS
from newsdigest.text.dates import iso_day

# An entity's stories are read from so many of its newest articles, and from two in common.
ENTITY_WINDOW = 100
ENTITY_FROM = 2
# What a story's page gathers, of its newest articles: names, waiting headlines, older headlines.
STORY_WINDOW = 400
MOST_WAITING = 40
NEWEST = "(SELECT id, sort FROM members WHERE story = ? ORDER BY sort DESC LIMIT ?)"


@dataclass(frozen=True, slots=True)
class Member:
    """A story's member: its number in the store, its card, and why it is there."""

    n: int
    card: Card
    membership: Membership


class Stories:
    """Read-only look-ups of stories, by slug or id."""

    def __init__(self, connection: Connection, addresses: Addresses) -> None:
        self._db = connection
        self._addresses = addresses

    @reads(Fact.STORIES)
    def known(self, slug: str) -> tuple[str, StoryCard] | None:
        """A story's id and card by its slug."""
        row = self._db.execute(
            f"SELECT s.story, {STORY} FROM stories s WHERE s.slug = ?", (slug,)
        ).fetchone()
        return (row[0], story_card(self._addresses, *row[1:])) if row else None

    @reads(Fact.STORIES)
    def has_page(self, slug: str) -> bool:
        """Whether the story of that slug has a page."""
        known = self.known(slug)
        return bool(known and known[1].url)

    @reads(Fact.STORIES)
    def count(self) -> int:
        """How many stories there are, those without a page included."""
        return int(self._db.execute("SELECT count(*) FROM stories").fetchone()[0])

    @reads(Fact.MEMBERS)
    def parents(self, story: str) -> dict[str, str | None]:
        """Whom each of a story's articles follows, by id."""
        query = "SELECT id, parent FROM members WHERE story = ?"
        return dict(self._db.execute(query, (story,)).fetchall())

    @reads(Fact.MEMBERS, Fact.STORIES, Fact.CARDS)
    def members(self, story: str, limit: int = -1) -> list[Member]:
        """A story's articles, or the newest of them, oldest first."""
        rows = self._db.execute(
            f"SELECT a.n, a.card, a.url, m.kind, m.names, m.words, {STORY} FROM members m"
            " JOIN articles a USING (id) JOIN stories s USING (story)"
            " WHERE m.story = ? ORDER BY m.sort DESC LIMIT ?",
            (story, limit),
        ).fetchall()
        return [
            Member(
                n,
                card_at(card, url),
                membership_of(self._addresses, kind, names, words, tuple(told)),
            )
            for n, card, url, kind, names, words, *told in reversed(rows)
        ]

    @reads(Fact.MEMBERS)
    def days(self, story: str) -> list[str]:
        """The days of a story's articles, months where no day is written, one for each."""
        query = f"SELECT {PERIOD.format('m.sort')} FROM members m WHERE m.story = ? ORDER BY m.sort"
        return [day for (day,) in self._db.execute(query, (story,))]

    @reads(Fact.STORIES)
    def cards(self, limit: int = -1) -> list[StoryCard]:
        """The stories that have a page, those with the newest article first."""
        rows = self._db.execute(
            f"SELECT {STORY} FROM stories s WHERE s.articles >= ? ORDER BY s.last DESC LIMIT ?",
            (PAGE_FROM, limit),
        )
        return [story_card(self._addresses, *row) for row in rows]

    @reads(Fact.STORIES)
    @asked_once
    def pages(self) -> int:
        """How many have a page."""
        query = "SELECT count(*) FROM stories WHERE articles >= ?"
        return int(self._db.execute(query, (PAGE_FROM,)).fetchone()[0])

    @reads(Fact.STORIES)
    @asked_once
    def first_months(self) -> list[str]:
        """The months in which those that have a page began."""
        query = "SELECT DISTINCT substr(first, 1, 7) AS month FROM stories WHERE articles >= ?"
        return sorted(month for (month,) in self._db.execute(query, (PAGE_FROM,)))

    @reads(Fact.STORIES)
    def begun_in(self, month: str) -> list[StoryCard]:
        """Those that have a page and began that month, by slug."""
        rows = self._db.execute(
            f"SELECT {STORY} FROM stories s WHERE s.first >= ? AND s.first < ? AND s.articles >= ?"
            " ORDER BY s.slug",
            (month, f"{month}~", PAGE_FROM),
        )
        return [story_card(self._addresses, *row) for row in rows]

    @reads(Fact.STORIES)
    @asked_once
    def first_letters(self) -> list[str]:
        """What the slugs of the stories that have a page begin with."""
        query = "SELECT DISTINCT substr(slug, 1, 1) AS letter FROM stories WHERE articles >= ?"
        return sorted(letter for (letter,) in self._db.execute(query, (PAGE_FROM,)))

    @reads(Fact.STORIES)
    def beginning(self, letter: str) -> list[StoryCard]:
        """Those that have a page and whose slugs begin with this, by slug."""
        rows = self._db.execute(
            f"SELECT {STORY} FROM stories s WHERE s.slug >= ? AND s.slug < ? AND s.articles >= ?"
            " ORDER BY s.slug",
            (letter, letter + "\U0010ffff", PAGE_FROM),
        )
        return [story_card(self._addresses, *row) for row in rows]

    @reads(Fact.STORIES)
    def running(self, newest_day: str, limit: int) -> list[StoryCard]:
        """Of the stories with an article in the last week, those of most articles first."""
        return sorted(
            (
                card
                for card in self.cards(50)
                if _days_between(card.last, newest_day) <= WINDOW_DAYS
            ),
            key=lambda card: (-card.articles, card.slug),
        )[:limit]

    @reads(Fact.STORIES, Fact.MEMBERS)
    def on_day(self, folder: str) -> dict[str, StoryCard]:
        """The stories that have a page, by the ids of the day's articles in them."""
        rows = self._db.execute(
            f"SELECT a.id, {STORY} FROM live a JOIN members m USING (id) JOIN stories s USING (story)"
            " WHERE a.folder = ? AND s.articles >= ?",
            (folder, PAGE_FROM),
        )
        return {id_: story_card(self._addresses, *row) for id_, *row in rows}

    @reads(Fact.STORIES, Fact.MEMBERS)
    def by_month(self, year: str, limit: int) -> dict[str, list[StoryCard]]:
        """The stories with the most articles in each month of a year, `limit` a month, most first."""
        rows = self._db.execute(
            f"SELECT substr(a.day, 1, 7) AS month, count(*) AS here, {STORY} FROM live a"
            " JOIN members m USING (id) JOIN stories s USING (story)"
            " WHERE a.day >= ? AND a.day < ? AND s.articles >= ?"
            " GROUP BY month, m.story ORDER BY month, here DESC, s.slug",
            (year, year + "~", PAGE_FROM),
        )
        found: dict[str, list[StoryCard]] = {}
        for month, _here, *row in rows:
            told = found.setdefault(month, [])
            if len(told) < limit:
                told.append(story_card(self._addresses, *row))
        return found

    @reads(Fact.STORIES, Fact.MEMBERS, Fact.CARDS)
    def newest_card(self, slug: str) -> Card:
        """The card of the newest article of the story that has this slug."""
        card, url = self._db.execute(
            "SELECT a.card, a.url FROM stories s JOIN members m USING (story)"
            " JOIN articles a USING (id) WHERE s.slug = ? ORDER BY m.sort DESC LIMIT 1",
            (slug,),
        ).fetchone()
        return card_at(card, url)

    @reads(Fact.STORIES, Fact.MEMBERS)
    def naming(self, entity: int, limit: int) -> list[StoryCard]:
        """The stories with a page that the entity's newest articles belong to, most first."""
        rows = self._db.execute(
            f"SELECT {STORY} FROM (SELECT n FROM mentions WHERE entity = ? AND live"
            " ORDER BY sort DESC LIMIT ?) JOIN articles a USING (n) JOIN members m USING (id)"
            " JOIN stories s USING (story) WHERE s.articles >= ? GROUP BY s.story"
            " HAVING count(*) >= ? ORDER BY count(*) DESC, s.slug LIMIT ?",
            (entity, ENTITY_WINDOW, PAGE_FROM, ENTITY_FROM, limit),
        )
        return [story_card(self._addresses, *row) for row in rows]

    @reads(Fact.MEMBERS, Fact.MENTIONS)
    def named_in(self, story: str) -> list[tuple[int, int]]:
        """(entity, how many of the story's newest articles name it), most first."""
        return self._db.execute(
            f"SELECT o.entity, count(*) FROM {NEWEST} m JOIN articles a USING (id)"
            " JOIN mentions o USING (n) JOIN entities e USING (entity)"
            " GROUP BY o.entity HAVING count(*) > 1 ORDER BY count(*) DESC, e.slug",
            (story, STORY_WINDOW),
        ).fetchall()

    @reads(Fact.MEMBERS, Fact.REFERENCES)
    def waiting_in(self, story: str) -> list[tuple[str, str]]:
        """(headline, day or month of the article that cites it) of its newest articles' lines that no article
        answers; each once."""
        rows = self._db.execute(
            f"SELECT r.headline, a.folder FROM {NEWEST} m JOIN articles a USING (id)"
            " JOIN refs r USING (n) WHERE r.state IN ('waiting', 'ambiguous')"
            " GROUP BY r.headline_key ORDER BY max(m.sort) DESC LIMIT ?",
            (story, STORY_WINDOW, MOST_WAITING),
        )
        return rows.fetchall()


def _days_between(first: str, last: str) -> int:
    return (date.fromisoformat(iso_day(last)) - date.fromisoformat(iso_day(first))).days
