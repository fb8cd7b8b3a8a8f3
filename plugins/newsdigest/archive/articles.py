"""Articles, as their own pages and feeds show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from sqlite3 import Connection
from typing import NamedTuple

from newsdigest.archive.cards import card_at, entity_card
from newsdigest.archive.facts import Fact, reads
from newsdigest.archive.neighbours import beside
from newsdigest.archive.rows import TWIN, TaggedArticle, base_language, own_card, unpack_record
from newsdigest.archive.ties import Ties
from newsdigest.base import addresses
from newsdigest.base.addresses import Addresses
from newsdigest.base.ledger import Entry, unpack_line
from newsdigest.base.link_reasons import Cause, LinkReason
from newsdigest.base.records import (
    Article,
    Block,
    Card,
    Entity,
    EntityCard,
    Membership,
    Resolution,
    Suggestion,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A `>>` line of an article: what it means and, when linked, the target's card."""

    resolution: Resolution
    card: Card | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an article said at first, in whose place a newer version of it stands."""

    card: Card
    article: Article


@dataclass(frozen=True, slots=True)
class FiledArticle:
    """All an article's page shows. `entity_cards` matches `entities` one to one.

    `leader` is the dispatch it is a folded copy of, `copies` those folded under it. Where the newest
    of these says more, `article` is its text, under this one's id, day and section; `version` is its
    card (no longer among `copies`), `version_line` its line, `earlier` what was published here at first. `line` is the
    ledger's, None as long as it was never published. `twins` are the same article in other
    languages, by language.
    """

    url: str
    article: Article
    entities: tuple[Entity, ...]
    entity_cards: tuple[EntityCard, ...]
    card: Card
    references: tuple[Reference, ...]
    cited_by: tuple[Card, ...] = ()
    previous: Card | None = None
    next: Card | None = None
    membership: Membership | None = None
    followers: tuple[Card, ...] = ()
    predecessors: tuple[Card, ...] = ()
    leader: Card | None = None
    copies: tuple[Card, ...] = ()
    version: Card | None = None
    version_line: Entry | None = None
    earlier: Earlier | None = None
    suggestions: tuple[Suggestion, ...] = ()
    line: Entry | None = None
    twins: tuple[Card, ...] = ()


# By id: of two in one language the first counts.
_TWINS = (
    f"SELECT card, url FROM (SELECT a.id, a.card, a.url FROM labels l JOIN live a USING (n)"
    f" WHERE l.kind = '{TWIN}' AND l.label = :key"
    f" UNION SELECT id, card, url FROM live WHERE id = :key) ORDER BY id"
)


class Articles:
    """Read-only look-ups of articles, by id or number."""

    def __init__(self, connection: Connection, addresses: Addresses, ties: Ties) -> None:
        self._db = connection
        self._addresses = addresses
        self._ties = ties
        self._is_held = False
        self._last: tuple[int, tuple[_Told, FiledArticle]] | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """As long as nobody writes to the store: what is filed of one article is looked up once, however
        many pages show it, one after the other."""
        before, self._is_held = self._is_held, True
        try:
            yield
        finally:
            self._is_held, self._last = before, None

    @reads(
        Fact.TEXTS,
        Fact.CARDS,
        Fact.ADDRESSES,
        Fact.ORDER,
        Fact.NAMES,
        Fact.MENTIONS,
        Fact.REFERENCES,
        Fact.MEMBERS,
        Fact.STORIES,
        Fact.COPIES,
        Fact.SUGGESTIONS,
        Fact.LEDGER,
    )
    def filed(self, article_id: str) -> FiledArticle | None:
        """Everything the page of this published article shows, None if it is not published."""
        found = self._standing(article_id)
        if found is None:
            return None
        n, told, alone = found
        previous, next_ = beside(self._db, n)
        return replace(
            alone,
            cited_by=self.cited_by(article_id),
            previous=self._card(previous) if previous else None,
            next=self._card(next_) if next_ else None,
            membership=self._ties.membership(article_id),
            followers=self._ties.followers(article_id),
            predecessors=self._ties.predecessors(article_id),
            leader=self._ties.leader(article_id),
            copies=told.others(self._ties.copies(article_id)),
            suggestions=self._ties.suggestions(n),
            twins=self.twins(article_id, base_language(told.article.lang)),
        )

    @reads(Fact.ENTRIES)
    def filed_for_feed(self, n: int) -> FiledArticle:
        """The same by the article's number, without what only its page shows."""
        query = (
            "SELECT url, card, record, line FROM articles LEFT JOIN ledger USING (id) WHERE n = ?"
        )
        told, alone = self._alone(n, *self._db.execute(query, (n,)).fetchone())
        return replace(alone, membership=self._ties.membership(told.article.id))

    @reads(
        Fact.TEXTS,
        Fact.CARDS,
        Fact.ADDRESSES,
        Fact.NAMES,
        Fact.MENTIONS,
        Fact.REFERENCES,
        Fact.COPIES,
        Fact.LEDGER,
    )
    def filed_in_formats(self, article_id: str) -> FiledArticle | None:
        """The same by its id, without what ties it to others: its story, its copies, what cites it."""
        found = self._standing(article_id)
        return found[2] if found else None

    def _standing(self, article_id: str) -> tuple[int, _Told, FiledArticle] | None:
        row = self._db.execute(
            "SELECT n, url, card, record, line FROM standing LEFT JOIN ledger USING (id)"
            " WHERE id = ?",
            (article_id,),
        ).fetchone()
        return (row[0], *self._alone(*row)) if row else None

    def _alone(
        self, n: int, url: str, card: bytes, record: bytes, line: str | None
    ) -> tuple[_Told, FiledArticle]:
        """What is filed of an article whatever shows it."""
        if self._last and self._last[0] == n:
            return self._last[1]
        told = self._told(n, url, card, record)
        filed = FiledArticle(
            url=addresses.href(url),
            article=told.article,
            entities=told.entities,
            entity_cards=told.entity_cards,
            card=card_at(card, url),
            references=told.references,
            version=told.version,
            version_line=told.version_line,
            earlier=told.earlier,
            line=unpack_line(line) if line else None,
        )
        if self._is_held:
            self._last = n, (told, filed)
        return told, filed

    def _told(self, n: int, url: str, card: bytes, record: bytes) -> _Told:
        """The text that stands at the article's address: its newest version's, else its own."""
        tagged = unpack_record(record)
        references, article = self._shown(n, tagged.article)
        newest = card_at(card, url).newest
        if not newest:
            cards = self._entity_cards(n, len(tagged.entities))
            return _Told(article, tagged.entities, cards, references)
        query = (
            "SELECT n, url, card, record, line FROM standing LEFT JOIN ledger USING (id)"
            " WHERE id = ?"
        )
        other, *place, packed, line = self._db.execute(query, (newest,)).fetchone()
        later = unpack_record(packed)
        new_references, new_article = self._shown(other, later.article)
        kept = [one for one in article.related if one not in new_article.related]
        known = {one.resolution.headline for one in new_references}
        return _Told(
            _in_place_of(article, new_article, kept),
            later.entities,
            self._entity_cards(other, len(later.entities)),
            (*new_references, *(one for one in references if one.resolution.headline not in known)),
            card_at(place[1], place[0]),
            unpack_line(line) if line else None,
            Earlier(replace(own_card(card, record), url=addresses.href(url)), article),
        )

    @reads(Fact.TEXTS, Fact.CARDS, Fact.COPIES)
    def told(self, card: Card) -> Article:
        """The text that the article of this card is listed by: its newest version's, else its own."""
        own = self.tagged(card.id).article
        if not card.newest:
            return own
        return _in_place_of(own, self.tagged(card.newest).article, ())

    @reads(Fact.TEXTS, Fact.CARDS, Fact.COPIES)
    def in_months(self, first: str, last: str) -> Iterator[tuple[Card, TaggedArticle]]:
        """The articles of the lists dated from the one month to the other, oldest first, each as the
        text that it is listed by is kept."""
        rows = self._db.execute(
            "SELECT card, url, record FROM live WHERE day >= ? AND day < ? ORDER BY sort",
            (first, last + "~"),
        )
        for packed, url, record in rows:
            card, told = card_at(packed, url), unpack_record(record)
            if card.newest:
                newer = self.tagged(card.newest)
                own = _in_place_of(told.article, newer.article, ())
                told = TaggedArticle(own, newer.entities)
            yield card, told

    def _shown(self, n: int, article: Article) -> tuple[tuple[Reference, ...], Article]:
        """The article's lines that may be seen, and the article without the others."""
        every = self._references(n)
        hidden = {one.resolution.headline: one.resolution for one in every if _is_hidden(one)}
        if not hidden:
            return every, article
        held = {line for line, found in hidden.items() if found.state == "unnamed"}
        shown = tuple(one for one in every if one.resolution.state != "unnamed")
        return shown, _without(article, held, hidden)

    def _entity_cards(self, n: int, count: int) -> tuple[EntityCard, ...]:
        rows = self._db.execute(
            "SELECT m.position, iif(e.name = '', m.name, e.name), m.type, e.slug, e.articles,"
            " e.page_from FROM mentions m JOIN entities e USING (entity) WHERE m.n = ?"
            " ORDER BY m.position",
            (n,),
        ).fetchall()
        return tuple(entity_card(self._addresses, *row[1:]) for row in rows)[:count]

    def _references(self, n: int) -> tuple[Reference, ...]:
        rows = self._db.execute(
            "SELECT r.headline, r.state, r.target, r.method, r.reason, t.card, t.url FROM refs r"
            " LEFT JOIN articles t ON t.id = r.target WHERE r.n = ? ORDER BY r.position",
            (n,),
        )
        return tuple(
            Reference(
                Resolution(headline, state, target, method, LinkReason.unpacked(reason)),
                card_at(card, url) if card else None,
            )
            for headline, state, target, method, reason, card, url in rows
        )

    @reads(Fact.REFERENCES, Fact.CARDS)
    def cited_by(self, article_id: str) -> tuple[Card, ...]:
        """The articles whose `>>` lines lead here, newest first."""
        rows = self._db.execute(
            "SELECT DISTINCT a.sort, a.card, a.url FROM refs r JOIN live a USING (n)"
            " WHERE r.target = ? ORDER BY a.sort DESC",
            (article_id,),
        )
        return tuple(card_at(card, url) for _, card, url in rows)

    @reads(Fact.CARDS)
    def twins(self, article_id: str, lang: str) -> tuple[Card, ...]:
        """The article in languages other than `lang`, one of each, by language: those at the same
        path but for its language folder."""
        rows = self._db.execute(
            f"SELECT label FROM labels JOIN articles USING (n) WHERE id = ? AND kind = '{TWIN}'",
            (article_id,),
        ).fetchone()
        key = rows[0] if rows else article_id
        found: dict[str, Card] = {}
        for card, url in self._db.execute(_TWINS, {"key": key}):
            known = card_at(card, url)
            found.setdefault(base_language(known.lang), known)
        return tuple(found[other] for other in sorted(found) if other != lang)

    @reads(Fact.CARDS)
    def listed(self, article_id: str) -> Card | None:
        """The card of an article that stands in the lists, None for any other."""
        query = "SELECT card, url FROM live WHERE id = ?"
        row = self._db.execute(query, (article_id,)).fetchone()
        return card_at(*row) if row else None

    def _card(self, article_id: str) -> Card:
        query = "SELECT card, url FROM articles WHERE id = ?"
        return card_at(*self._db.execute(query, (article_id,)).fetchone())

    @reads(Fact.TEXTS)
    def tagged(self, article_id: str) -> TaggedArticle:
        """The stored record of an article known to exist."""
        query = "SELECT record FROM articles WHERE id = ?"
        return unpack_record(self._db.execute(query, (article_id,)).fetchone()[0])

    @reads(Fact.ADDRESSES)
    def address(self, article_id: str) -> str | None:
        """Where the article's page stands, None if it has none."""
        query = "SELECT url FROM standing WHERE id = ?"
        row = self._db.execute(query, (article_id,)).fetchone()
        return row[0] if row else None

    @reads(Fact.ORDER)
    def ids(self) -> Iterator[str]:
        """Every published article's id, oldest first; the folded copies after the others."""
        for view in ("live", "folded"):
            yield from (id_ for (id_,) in self._db.execute(f"SELECT id FROM {view} ORDER BY sort"))

    @reads(Fact.ORDER)
    def ids_of(self, numbers: Iterable[int]) -> dict[str, int]:
        """The ids of the articles of these numbers, each with its own."""
        query = "SELECT id FROM articles WHERE n = ?"
        return {self._db.execute(query, (n,)).fetchone()[0]: n for n in numbers}

    @reads(Fact.ORDER)
    def newest(self, limit: int) -> list[int]:
        """The numbers of the newest articles."""
        query = "SELECT n FROM live ORDER BY sort DESC LIMIT ?"
        return [n for (n,) in self._db.execute(query, (limit,))]

    def sections(self) -> list[str]:
        """The sections that have articles."""
        query = "SELECT DISTINCT section FROM live WHERE section != ''"
        return sorted(section for (section,) in self._db.execute(query))

    def ids_in_section(self, section: str) -> list[str]:
        """The section's articles, newest first."""
        query = "SELECT id FROM live WHERE section = ? ORDER BY sort DESC"
        return [id_ for (id_,) in self._db.execute(query, (section,))]


class _Told(NamedTuple):
    """What stands at an article's address."""

    article: Article
    entities: tuple[Entity, ...]
    entity_cards: tuple[EntityCard, ...]
    references: tuple[Reference, ...]
    version: Card | None = None
    version_line: Entry | None = None
    earlier: Earlier | None = None

    def others(self, copies: Sequence[Card]) -> tuple[Card, ...]:
        """The copies but for the one that stands here."""
        return tuple(one for one in copies if not self.version or one.id != self.version.id)


def _in_place_of(own: Article, newer: Article, related: Sequence[str]) -> Article:
    """The newer version as it stands where `own` was published, with its `related` lines below."""
    blocks = newer.blocks
    if related:
        blocks = (*blocks, Block("related", items=tuple(related)))
    return replace(
        newer,
        id=own.id,
        path=own.path,
        published=own.published,
        date_precision=own.date_precision,
        section=own.section,
        plain_path=own.plain_path,
        kicker=newer.kicker or own.kicker,
        related=(*newer.related, *related),
        blocks=blocks,
        pictures=newer.pictures or tuple(replace(one, block=-1) for one in own.pictures),
    )


def _is_hidden(reference: Reference) -> bool:
    """Whether readers are not told the headline that the line cites."""
    found = reference.resolution
    return found.state == "unnamed" or found.reason.cause is Cause.RETRACTED


def _without(article: Article, held: Collection[str], hidden: Collection[str]) -> Article:
    """The article without the `>>` lines that are held; its blocks keep their places, for mentions
    count them. Of what else is `hidden` there is still a line, for the page to word."""
    return replace(
        article,
        related=tuple(line for line in article.related if line not in hidden),
        blocks=tuple(
            replace(block, items=tuple(line for line in block.items if line not in held))
            if block.type == "related"
            else block
            for block in article.blocks
        ),
    )
