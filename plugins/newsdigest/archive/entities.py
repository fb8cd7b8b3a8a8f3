"""One entity: its names, its articles, and who is named beside it."""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection

from newsdigest.archive.cards import ENTITY, PERIOD, card_at, entity_card, with_page
from newsdigest.archive.facts import Fact, reads
from newsdigest.archive.rows import unpack_card
from newsdigest.base.addresses import Addresses
from newsdigest.base.records import Count, EntityCard, EntityMention, Role
from newsdigest.base.settings import Limits
from newsdigest.entities.roles.merged import Office, merged

# An entity's company is read from this many of its newest articles, and from two in common.
TOGETHER_WINDOW = 100
TOGETHER_FROM = 2


class Entities:
    """Read-only look-ups of an entity, by its slug or its number."""

    def __init__(self, connection: Connection, addresses: Addresses, limits: Limits) -> None:
        self._db = connection
        self._addresses = addresses
        self._limits = limits

    @reads(Fact.NAMES)
    def known(self, slug: str) -> tuple[int, EntityCard] | None:
        """An entity's number and card by its slug."""
        row = self._db.execute(
            f"SELECT e.entity, {ENTITY} FROM entities e WHERE e.slug = ? AND e.articles > 0",
            (slug,),
        ).fetchone()
        return (row[0], entity_card(self._addresses, *row[1:])) if row else None

    @reads(Fact.NAMES)
    def card(self, number: int) -> EntityCard | None:
        """An entity's card by its number, None when no article names it any more."""
        row = self._db.execute(
            f"SELECT {ENTITY} FROM entities e WHERE e.entity = ? AND e.articles > 0", (number,)
        ).fetchone()
        return entity_card(self._addresses, *row) if row else None

    @reads(Fact.NAMES)
    def counted(self, counts: Iterable[tuple[int, int]], limit: int) -> list[EntityCard]:
        """The first `limit` entities that have a page, of (number, a count to show)."""
        query = f"SELECT {ENTITY} FROM entities e WHERE e.entity = ?"
        rows = ((*self._db.execute(query, (number,)).fetchone(), count) for number, count in counts)
        return with_page(self._addresses, rows, limit)

    @reads(Fact.MENTIONS)
    def ids_naming(self, number: int) -> list[str]:
        """The articles naming an entity, newest first."""
        query = (
            "SELECT a.id FROM mentions m JOIN articles a USING (n) WHERE m.entity = ? AND m.live"
            " ORDER BY m.sort DESC"
        )
        return [id_ for (id_,) in self._db.execute(query, (number,))]

    @reads(Fact.MENTIONS)
    def rank(self, number: int, sort: str) -> int:
        """How many of the entity's mentions stand before `sort`."""
        query = "SELECT count(*) FROM mentions WHERE entity = ? AND sort < ? AND live"
        return int(self._db.execute(query, (number, sort)).fetchone()[0])

    @reads(Fact.NAMES)
    def forms(self, number: int) -> list[str]:
        """The forms an entity was met under, commonest first."""
        rows = self._db.execute(
            "SELECT form FROM forms WHERE entity = ? ORDER BY articles DESC, form", (number,)
        )
        return [form for (form,) in rows]

    @reads(Fact.NAMES)
    def roles(self, number: int, limit: int) -> list[Role]:
        """What the entity was said to be most often, in the order in which the copy first said so,
        in the words of the newest article that does."""
        rows = self._db.execute(
            "SELECT key, count(*), min(sort), max(sort) FROM roles WHERE entity = ? GROUP BY key",
            (number,),
        )
        offices = merged(Office(*row) for row in rows)
        often = sorted(offices, key=lambda one: (-one.times, one.first, one.key))[:limit]
        return [
            self._role(number, one)
            for one in sorted(often, key=lambda one: (one.first, one.last, one.key))
        ]

    def _role(self, number: int, office: Office) -> Role:
        words, card = self._db.execute(
            "SELECT r.role, a.card FROM roles r LEFT JOIN articles a ON a.id = substr(r.sort, 18)"
            " WHERE r.entity = ? AND r.key = ? ORDER BY r.sort DESC LIMIT 1",
            (number, office.key),
        ).fetchone()
        lang = unpack_card(card).lang if card else ""
        first, last = self._periods(office.first, office.last)
        return Role(words, first, last, lang)

    def _periods(self, *places: str) -> list[str]:
        """The days of articles, by their places in the order, or their months."""
        query = f"SELECT {PERIOD.format('?1')}"
        return [str(self._db.execute(query, (place,)).fetchone()[0]) for place in places]

    @reads(Fact.MENTIONS)
    def first_and_last(self, number: int) -> tuple[str, str]:
        """The days, or months, of the first and last articles that name the entity."""
        # Two questions: each ends at the first row it looks at.
        bound = "SELECT {}(sort) FROM mentions WHERE entity = ? AND live"
        ends = (self._db.execute(bound.format(end), (number,)) for end in ("min", "max"))
        first, last = self._periods(*(rows.fetchone()[0] for rows in ends))
        return first, last

    @reads(Fact.NAMES)
    def link(self, number: int) -> str:
        """The address the editors give for an entity, "" for none."""
        query = "SELECT link FROM entities WHERE entity = ?"
        return str(self._db.execute(query, (number,)).fetchone()[0])

    @reads(Fact.MENTIONS)
    def months(self, number: int) -> list[Count]:
        """The entity's articles by month, in order, empty months left out."""
        rows = self._db.execute(
            "SELECT month, articles FROM months WHERE entity = ? ORDER BY month", (number,)
        )
        return [Count(*row) for row in rows]

    @reads(Fact.MENTIONS, Fact.NAMES)
    def together(self, number: int) -> list[EntityCard]:
        """Who is named beside an entity in its newest articles, with the articles in common."""
        rows = self._db.execute(
            # Counted first: most are named once, and who they are is not asked.
            f"SELECT {ENTITY}, common FROM (SELECT m.entity, count(*) AS common FROM"
            " (SELECT n FROM mentions WHERE entity = ? AND live ORDER BY sort DESC LIMIT ?)"
            " JOIN mentions m USING (n) WHERE m.entity != ? GROUP BY m.entity HAVING common >= ?)"
            " JOIN entities e USING (entity) ORDER BY common DESC, e.slug",
            (number, TOGETHER_WINDOW, number, TOGETHER_FROM),
        )
        return with_page(self._addresses, rows, self._limits.together)

    @reads(Fact.MENTIONS, Fact.CARDS)
    def mentions_newest(self, number: int, limit: int) -> list[EntityMention]:
        """The newest articles naming the entity, newest first."""
        return self._mentions("ORDER BY sort DESC LIMIT ?", number, limit)

    @reads(Fact.MENTIONS, Fact.CARDS)
    def mentions_page(self, number: int, page: int) -> list[EntityMention]:
        """The mentions of older page `page` (1 is the oldest), newest first."""
        size = self._limits.mentions_per_page
        return self._mentions("ORDER BY sort LIMIT ? OFFSET ?", number, size, (page - 1) * size)

    def _mentions(self, part: str, *values: int) -> list[EntityMention]:
        rows = self._db.execute(
            "SELECT a.card, a.url, m.before, m.mention, m.after FROM (SELECT n, sort, before,"
            f" mention, after FROM mentions WHERE entity = ? AND live {part}) m"
            " JOIN articles a USING (n) ORDER BY m.sort DESC",
            values,
        )
        return [EntityMention(card_at(card, url), *excerpt) for card, url, *excerpt in rows]


def older_pages(limits: Limits, articles: int) -> int:
    """How many full older pages an entity of so many articles has, beside its own address.

    The own address shows the newest `mentions_per_page`; page k holds the k-th lot from the
    oldest and never changes once it is there.
    """
    size = limits.mentions_per_page
    return max(0, -(-(articles - size) // size))


def has_feed(limits: Limits, card: EntityCard) -> bool:
    """An entity has its feeds from so many articles on, and never without a page."""
    return bool(card.url) and card.articles >= limits.entity_feed_from
