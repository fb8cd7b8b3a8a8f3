"""What a page shows, looked up in the store: bounded queries, plain records.

Everything is read in (date, id) order and from published articles only. Nothing here depends on
how large the archive is, but the few lists that are the archive's own (years, the A-Z index).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from sqlite3 import Connection
from typing import Any

from newsdigest.archive.rows import TaggedArticle, unpack_card, unpack_record
from newsdigest.archive.stories import Ties
from newsdigest.base import addresses
from newsdigest.base.records import (
    Article,
    Card,
    Count,
    Entity,
    EntityCard,
    EntityMention,
    EntityType,
    Membership,
    Page,
    Resolution,
    Role,
    Suggestion,
)
from newsdigest.base.settings import Addresses, Limits

# An entity's company is read from this many of its newest articles, and from two in common.
TOGETHER_WINDOW = 100
TOGETHER_FROM = 2


@dataclass(frozen=True, slots=True)
class Reference:
    """A `>>` line of an article: what it means and, when linked, the target's card."""

    resolution: Resolution
    card: Card | None


@dataclass(frozen=True, slots=True)
class FiledArticle:
    """All an article's page shows. `companies` matches `entities` one to one.

    `leader` is the dispatch it is a folded copy of, `copies` those folded under it.
    """

    url: str
    article: Article
    entities: tuple[Entity, ...]
    companies: tuple[EntityCard, ...]
    card: Card
    references: tuple[Reference, ...]
    cited_by: tuple[Card, ...] = ()
    previous: Card | None = None
    next: Card | None = None
    membership: Membership | None = None
    followers: tuple[Card, ...] = ()
    leader: Card | None = None
    copies: tuple[Card, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


# A folded copy has its page, and no place in lists.
_HAS_PAGE = "state IN ('published', 'folded')"

_HAS_CARD = "articles >= page_from AND articles > 0"


class Archive:
    """Read-only look-ups over one store connection."""

    def __init__(self, connection: Connection, places: Addresses, limits: Limits) -> None:
        self.db = connection
        self.places = places
        self.limits = limits
        self.ties = Ties(connection, places)

    def files_of(self, page: Page) -> tuple[str, ...]:
        """Where this page's files stand (or stood); none for an article not published."""
        kind, name, places = page.kind, page.name, self.places
        if kind == "article":
            row = self.db.execute(
                f"SELECT url FROM articles WHERE id = ? AND {_HAS_PAGE}", (name,)
            ).fetchone()
            return (addresses.file_of(row[0]),) if row else ()
        return addresses.files_of(places, kind, name)

    # -- articles --------------------------------------------------------------------------------

    def filed(self, article_id: str) -> FiledArticle | None:
        """Everything the page of this published article shows, None if it is not published."""
        row = self.db.execute(
            f"SELECT n, url, card, record, sort FROM articles WHERE id = ? AND {_HAS_PAGE}",
            (article_id,),
        ).fetchone()
        if row is None:
            return None
        n, url, card, record, sort = row
        tagged = unpack_record(record)
        leader = self.ties.leader(article_id)
        return FiledArticle(
            url=addresses.href(url),
            article=tagged.article,
            entities=tagged.entities,
            companies=self._companies(n, len(tagged.entities)),
            card=_with_url(card, url),
            references=self._references(n),
            cited_by=self.cited_by(article_id),
            # A folded copy stands in no order.
            previous=None if leader else self._neighbour(sort, "<", "DESC"),
            next=None if leader else self._neighbour(sort, ">", "ASC"),
            membership=self.ties.membership(article_id),
            followers=self.ties.followers(article_id),
            leader=leader,
            copies=self.ties.copies(article_id),
            suggestions=self.ties.suggestions(n),
        )

    def filed_for_feed(self, n: int) -> FiledArticle:
        """The same by the article's number, without what only its page shows."""
        query = "SELECT url, card, record FROM articles WHERE n = ?"
        url, card, record = self.db.execute(query, (n,)).fetchone()
        tagged = unpack_record(record)
        return FiledArticle(
            url=addresses.href(url),
            article=tagged.article,
            entities=tagged.entities,
            companies=self._companies(n, len(tagged.entities)),
            card=_with_url(card, url),
            references=self._references(n),
        )

    def _companies(self, n: int, count: int) -> tuple[EntityCard, ...]:
        rows = self.db.execute(
            "SELECT m.position, iif(e.name = '', m.name, e.name), m.type, e.slug, e.articles,"
            " e.page_from FROM mentions m JOIN entities e USING (entity) WHERE m.n = ?"
            " ORDER BY m.position",
            (n,),
        ).fetchall()
        return tuple(self.entity_card(*row[1:]) for row in rows)[:count]

    def _references(self, n: int) -> tuple[Reference, ...]:
        rows = self.db.execute(
            "SELECT r.headline, r.state, r.target, r.method, r.reason, t.card, t.url FROM refs r"
            " LEFT JOIN articles t ON t.id = r.target WHERE r.n = ? ORDER BY r.position",
            (n,),
        )
        return tuple(
            Reference(Resolution(*row[:5]), _with_url(row[5], row[6]) if row[5] else None)
            for row in rows
        )

    def cited_by(self, article_id: str) -> tuple[Card, ...]:
        """The articles whose `>>` lines lead here, newest first."""
        rows = self.db.execute(
            "SELECT DISTINCT a.sort, a.card, a.url FROM refs r JOIN articles a USING (n)"
            " WHERE r.target = ? AND a.state = 'published' ORDER BY a.sort DESC",
            (article_id,),
        )
        return tuple(_with_url(card, url) for _, card, url in rows)

    def _neighbour(self, sort: str, sign: str, direction: str) -> Card | None:
        row = self.db.execute(
            f"SELECT card, url FROM articles WHERE state = 'published' AND sort {sign} ?"
            f" ORDER BY sort {direction} LIMIT 1",
            (sort,),
        ).fetchone()
        return _with_url(*row) if row else None

    def tagged(self, article_id: str) -> TaggedArticle:
        """The stored record of an article known to exist."""
        query = "SELECT record FROM articles WHERE id = ?"
        return unpack_record(self.db.execute(query, (article_id,)).fetchone()[0])

    def published_ids(self) -> Iterator[str]:
        """Every published article's id, oldest first; the folded copies after the others."""
        for state in ("published", "folded"):
            query = f"SELECT id FROM articles WHERE state = '{state}' ORDER BY sort"
            yield from (id_ for (id_,) in self.db.execute(query))

    def sections(self) -> list[str]:
        """The sections that have articles."""
        query = "SELECT DISTINCT section FROM articles WHERE state = 'published' AND section != ''"
        return sorted(section for (section,) in self.db.execute(query))

    def ids_in_section(self, section: str) -> list[str]:
        """The section's articles, newest first."""
        query = (
            "SELECT id FROM articles WHERE state = 'published' AND section = ? ORDER BY sort DESC"
        )
        return [id_ for (id_,) in self.db.execute(query, (section,))]

    # -- periods ---------------------------------------------------------------------------------

    def newest_edition(self) -> str:
        """The newest day with articles; the newest month where all dates are bare months; or ""."""
        for length in (10, 7):
            (folder,) = self.db.execute(
                "SELECT max(folder) FROM articles WHERE state = 'published' AND length(folder) = ?",
                (length,),
            ).fetchone()
            if folder:
                return str(folder)
        return ""

    def cards_of(self, folder: str) -> list[Card]:
        """The cards of a day's articles, or of those that only name a month, oldest first."""
        rows = self.db.execute(
            "SELECT card, url FROM articles WHERE state = 'published' AND folder = ? ORDER BY sort",
            (folder,),
        )
        return [_with_url(card, url) for card, url in rows]

    def cards_before(self, day: str, limit: int) -> list[Card]:
        """The newest cards dated before `day`, newest first."""
        rows = self.db.execute(
            "SELECT card, url FROM articles WHERE state = 'published' AND sort < ?"
            " ORDER BY sort DESC LIMIT ?",
            (day, limit),
        )
        return [_with_url(card, url) for card, url in rows]

    def day_counts(self, month: str) -> list[Count]:
        """The month's days that have articles, in order."""
        return self._counts(month, 10)

    def month_counts(self, year: str = "") -> list[Count]:
        """The months that have articles, of one year or of all, in order."""
        return self._counts(year, 7)

    def year_counts(self) -> list[Count]:
        """The years that have articles, in order."""
        return self._counts("", 4)

    def _counts(self, prefix: str, length: int) -> list[Count]:
        whole = " AND length(folder) = 10" if length == 10 else ""
        rows = self.db.execute(
            f"SELECT substr(day, 1, {length}) AS period, count(*) FROM articles"
            f" WHERE state = 'published' AND day >= ? AND day < ?{whole} GROUP BY period"
            " ORDER BY period",
            (prefix, prefix + "~"),
        )
        return [Count(*row) for row in rows]

    def days_before(self, day: str, limit: int) -> list[Count]:
        """The editions before `day`, newest first."""
        rows = self.db.execute(
            "SELECT day, count(*) FROM articles WHERE state = 'published' AND length(folder) = 10"
            " AND day < ? GROUP BY day ORDER BY day DESC LIMIT ?",
            (day, limit),
        )
        return [Count(*row) for row in rows]

    def month_urls(self, month: str) -> list[str]:
        """The addresses of the month's articles, oldest first."""
        found: list[tuple[str, str]] = []
        for state in ("published", "folded"):
            found += self.db.execute(
                f"SELECT sort, url FROM articles WHERE state = '{state}' AND sort >= ? AND sort < ?",
                (month, month + "~"),
            )
        return [addresses.href(url) for _, url in sorted(found)]

    def holds(self, period: str) -> bool:
        """Whether this day, month or year has a page of its own."""
        whole = " AND length(folder) = 10" if len(period) == 10 else ""
        return bool(
            self.db.execute(
                f"SELECT 1 FROM articles WHERE state = 'published' AND day >= ? AND day < ?{whole}"
                " LIMIT 1",
                (period, period + "~"),
            ).fetchone()
        )

    def neighbour_periods(self, period: str) -> tuple[str | None, str | None]:
        """The periods of the same length before and after that have articles."""
        whole = " AND length(folder) = 10" if len(period) == 10 else ""
        found: list[str | None] = []
        for function, sign, bound in (("max", "<", period), ("min", ">", period + "~")):
            (day,) = self.db.execute(
                f"SELECT {function}(day) FROM articles WHERE state = 'published'"
                f" AND day {sign} ?{whole}",
                (bound,),
            ).fetchone()
            found.append(day[: len(period)] if day else None)
        return found[0], found[1]

    def cited_on(self, day: str, limit: int) -> list[EntityCard]:
        """The entities most of the day's articles name, with that count of articles."""
        rows = self.db.execute(
            "SELECT e.name, e.type, e.slug, e.articles, e.page_from, count(*) AS times FROM articles a"
            " JOIN mentions m USING (n) JOIN entities e USING (entity)"
            " WHERE a.state = 'published' AND a.folder = ? AND m.live"
            " GROUP BY e.entity ORDER BY times DESC, e.slug",
            (day,),
        )
        return self._with_page(rows, limit)

    def _with_page(self, rows: Iterable[tuple[Any, ...]], limit: int) -> list[EntityCard]:
        """The first `limit` of (name, type, slug, articles, page_from, times) that have a page, with
        `times`."""
        cards = (
            EntityCard(card.name, card.type, card.slug, card.url, row[5])
            for row in rows
            if (card := self.entity_card(*row[:5])).url
        )
        return list(islice(cards, limit))

    def link_counts(self, day: str) -> dict[str, int]:
        """How many `>>` links lead from and to each article of the day."""
        rows = self.db.execute(
            "SELECT a.id, (SELECT count(*) FROM refs r WHERE r.n = a.n AND r.target IS NOT NULL)"
            " + (SELECT count(*) FROM refs r WHERE r.target = a.id)"
            " FROM articles a WHERE a.state = 'published' AND a.folder = ?",
            (day,),
        )
        return dict(rows.fetchall())

    # -- entities --------------------------------------------------------------------------------

    def entity_card(
        self, name: str, type_: EntityType, slug: str, articles: int, page_from: int
    ) -> EntityCard:
        """The entity with its address, or without one below its page threshold."""
        has_page = bool(slug) and articles >= page_from
        url = addresses.href(addresses.entity(self.places, slug)) if has_page else ""
        return EntityCard(name, type_, slug, url, articles)

    def entity(self, slug: str) -> tuple[int, EntityCard] | None:
        """An entity's number and card by its slug."""
        row = self.db.execute(
            "SELECT entity, name, type, slug, articles, page_from FROM entities"
            " WHERE slug = ? AND articles > 0",
            (slug,),
        ).fetchone()
        return (row[0], self.entity_card(*row[1:])) if row else None

    def counted(self, counts: Iterable[tuple[int, int]], limit: int) -> list[EntityCard]:
        """The first `limit` entities that have a page, of (number, a count to show)."""
        query = "SELECT name, type, slug, articles, page_from FROM entities WHERE entity = ?"
        rows = ((*self.db.execute(query, (number,)).fetchone(), count) for number, count in counts)
        return self._with_page(rows, limit)

    def entities_with_page(self, initials: str = "") -> list[EntityCard]:
        """Every entity that has a page, or those of some initials, by slug."""
        which = " AND initials = ?" if initials else ""
        rows = self.db.execute(
            f"SELECT name, type, slug, articles, page_from FROM entities WHERE {_HAS_CARD}{which}"
            " ORDER BY slug",
            [initials] if initials else [],
        )
        return [card for card in (self.entity_card(*row) for row in rows) if card.url]

    def count_with_page(self) -> int:
        """How many entities have a page."""
        query = f"SELECT count(*) FROM entities WHERE {_HAS_CARD}"
        return int(self.db.execute(query).fetchone()[0])

    def is_index_cut(self) -> bool:
        """Whether the A-Z index is too large for one page."""
        return self.count_with_page() > self.limits.entities_on_one_page

    def all_initials(self) -> list[str]:
        """The initials of the entities that have a page."""
        query = f"SELECT DISTINCT initials FROM entities WHERE {_HAS_CARD} ORDER BY initials"
        return [initials for (initials,) in self.db.execute(query)]

    def most_cited(self, limit: int) -> list[EntityCard]:
        """The entities of the most articles, most first."""
        rows = self.db.execute(
            "SELECT name, type, slug, articles, page_from FROM entities"
            f" WHERE {_HAS_CARD} ORDER BY articles DESC, slug LIMIT ?",
            (limit,),
        )
        return [self.entity_card(*row) for row in rows]

    def with_feed(self) -> Iterator[tuple[str, EntityType, str]]:
        """(name, type, slug) of every entity that has its feeds, by slug."""
        rows = self.db.execute(
            "SELECT name, type, slug FROM entities"
            f" WHERE {_HAS_CARD} AND articles >= ? ORDER BY slug",
            (self.limits.entity_feed_from,),
        )
        return iter(rows)

    def entity_rows(self) -> list[tuple[int, str, str, str]]:
        """(number, name, type, slug) of every entity, by slug."""
        query = "SELECT entity, name, type, slug FROM entities WHERE articles > 0 ORDER BY slug"
        return self.db.execute(query).fetchall()

    def ids_naming(self, number: int) -> list[str]:
        """The articles naming an entity, newest first."""
        query = (
            "SELECT a.id FROM mentions m JOIN articles a USING (n) WHERE m.entity = ? AND m.live"
            " ORDER BY m.sort DESC"
        )
        return [id_ for (id_,) in self.db.execute(query, (number,))]

    def forms(self, number: int) -> list[str]:
        """The forms an entity was met under, commonest first."""
        rows = self.db.execute(
            "SELECT form FROM forms WHERE entity = ? ORDER BY articles DESC, form", (number,)
        )
        return [form for (form,) in rows]

    def roles(self, number: int, limit: int) -> list[Role]:
        """What the entity was said to be, most often first, with the days of the first and last."""
        rows = self.db.execute(
            "SELECT key, count(*), min(sort), max(sort) FROM roles WHERE entity = ? GROUP BY key"
            " ORDER BY count(*) DESC, min(sort), key LIMIT ?",
            (number, limit),
        ).fetchall()
        told = "SELECT role FROM roles WHERE entity = ? AND sort = ? AND key = ?"
        return [
            Role(self.db.execute(told, (number, last, key)).fetchone()[0], first[:10], last[:10])
            for key, _, first, last in rows
        ]

    def link(self, number: int) -> str:
        """The address the editors give for an entity, "" for none."""
        query = "SELECT link FROM entities WHERE entity = ?"
        return str(self.db.execute(query, (number,)).fetchone()[0])

    def entity_months(self, number: int) -> list[Count]:
        """The entity's articles by month, in order, empty months left out."""
        rows = self.db.execute(
            "SELECT month, articles FROM months WHERE entity = ? ORDER BY month", (number,)
        )
        return [Count(*row) for row in rows]

    def together(self, number: int) -> list[EntityCard]:
        """Who is named beside an entity in its newest articles, with the articles in common."""
        rows = self.db.execute(
            "SELECT e.name, e.type, e.slug, e.articles, e.page_from, count(*) AS common FROM"
            " (SELECT n FROM mentions WHERE entity = ? AND live ORDER BY sort DESC LIMIT ?)"
            " JOIN mentions m USING (n) JOIN entities e USING (entity) WHERE m.entity != ?"
            " GROUP BY m.entity HAVING common >= ? ORDER BY common DESC, e.slug",
            (number, TOGETHER_WINDOW, number, TOGETHER_FROM),
        )
        return self._with_page(rows, self.limits.together)

    def mentions_newest(self, number: int, limit: int) -> list[EntityMention]:
        """The newest articles naming the entity, newest first."""
        return self._mentions("ORDER BY sort DESC LIMIT ?", number, limit)

    def mentions_page(self, number: int, page: int) -> list[EntityMention]:
        """The mentions of older page `page` (1 is the oldest), newest first."""
        size = self.limits.mentions_per_page
        return self._mentions("ORDER BY sort LIMIT ? OFFSET ?", number, size, (page - 1) * size)

    def _mentions(self, part: str, *values: int) -> list[EntityMention]:
        rows = self.db.execute(
            "SELECT a.card, a.url, m.before, m.mention, m.after FROM (SELECT n, sort, before,"
            f" mention, after FROM mentions WHERE entity = ? AND live {part}) m"
            " JOIN articles a USING (n) ORDER BY m.sort DESC",
            values,
        )
        return [EntityMention(_with_url(card, url), *excerpt) for card, url, *excerpt in rows]

    def newest_naming(self, number: int, limit: int) -> list[int]:
        """The numbers of the newest articles naming the entity."""
        rows = self.db.execute(
            "SELECT n FROM mentions WHERE entity = ? AND live ORDER BY sort DESC LIMIT ?",
            (number, limit),
        )
        return [n for (n,) in rows]

    def newest_articles(self, limit: int) -> list[int]:
        """The numbers of the newest articles."""
        query = "SELECT n FROM articles WHERE state = 'published' ORDER BY sort DESC LIMIT ?"
        return [n for (n,) in self.db.execute(query, (limit,))]

    def articles_without_entry(self, pages: Iterable[Page]) -> list[int]:
        """The articles that the feeds among `pages` hold and whose entry is not kept."""
        wanted: set[int] = set()
        for page in pages:
            if page.kind == "all_feed":
                wanted.update(self.newest_articles(self.limits.feed_entries))
            elif page.kind == "entity_feed" and (known := self.entity(page.name)):
                wanted.update(self.newest_naming(known[0], self.limits.entity_feed_entries))
            elif page.kind == "story_feed" and (story := self.ties.story(page.name)):
                wanted.update(self.ties.newest_of(story[0], self.limits.entity_feed_entries))
        if len(wanted) > 1000:
            kept = {n for (n,) in self.db.execute("SELECT n FROM feed_entries")}
            return sorted(wanted - kept)
        query = "SELECT 1 FROM feed_entries WHERE n = ?"
        return [n for n in sorted(wanted) if not self.db.execute(query, (n,)).fetchone()]

    def feed_entry(self, n: int) -> bytes | None:
        """The packed feed entry of an article, None where it must be rendered first."""
        row = self.db.execute("SELECT entry FROM feed_entries WHERE n = ?", (n,)).fetchone()
        return bytes(row[0]) if row else None


def page_threshold(limits: Limits, type_: str, vouched: bool) -> int:
    """From how many articles on an entity of this type has a page.

    An organisation needs more, unless an editor or an acronym spelled out vouches for it.
    """
    if type_ == "organisation" and not vouched:
        return max(limits.entity_page_from, limits.organisation_page_from)
    return limits.entity_page_from


def older_pages(limits: Limits, articles: int) -> int:
    """How many full older pages an entity of so many articles has, beside its own address.

    The own address shows the newest `mentions_per_page`; page k holds the k-th lot from the
    oldest and never changes once it is there.
    """
    size = limits.mentions_per_page
    return max(0, -(-(articles - size) // size))


@lru_cache(maxsize=8192)
def _with_url(packed: bytes, url: str) -> Card:
    """The card with its address; an article's card stands on every list it belongs to."""
    return replace(unpack_card(packed), url=addresses.href(url))
