"""What the editors' commands ask of the archive: its names, its `>>` lines, its articles."""

from __future__ import annotations

from collections.abc import Iterator
from sqlite3 import Connection
from typing import NamedTuple

from newsdigest.archive.rows import TaggedArticle, own_card, unpack_card, unpack_record
from newsdigest.base.link_reasons import LinkReason
from newsdigest.base.records import Card
from newsdigest.entities.curated.file import Curated, CuratedEntity
from newsdigest.entities.curated.lookalikes import Named as NamedEntity
from newsdigest.relate.decisions import Decisions, Named


class Reviews:
    """The three subjects of the editors' questions."""

    def __init__(self, connection: Connection) -> None:
        self.articles = AskedArticles(connection)
        self.names = AskedNames(connection)
        self.lines = AskedLines(connection)


# -- articles ------------------------------------------------------------------------------------


class FiledAs(NamedTuple):
    """How an article is filed: `original` is the one it is a copy of, or folded under."""

    n: int
    state: str
    original: str | None


class FoldedCopy(NamedTuple):
    """A folded copy under its leader; `like` is the article it was found to be like."""

    leader: Card
    leader_sketch: bytes
    copy: Card
    copy_sketch: bytes
    like: str


class AskedArticles:
    """Articles of every state."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def ids(self) -> list[str]:
        """Published, drafts and duplicates, oldest first."""
        return [id_ for (id_,) in self._db.execute("SELECT id FROM articles ORDER BY sort")]

    def filed_as(self, article_id: str) -> FiledAs | None:
        """None for an unknown id."""
        query = "SELECT n, state, duplicate_of FROM articles WHERE id = ?"
        row = self._db.execute(query, (article_id,)).fetchone()
        return row and FiledAs(*row)

    def copies_of(self, article_id: str) -> list[str]:
        """The ids of its copies, published once with it or folded under it."""
        query = "SELECT id FROM articles WHERE duplicate_of = ? ORDER BY id"
        return [id_ for (id_,) in self._db.execute(query, (article_id,))]

    def folds(self) -> list[FoldedCopy]:
        """All folded copies, those of the newest leader first."""
        rows = self._db.execute(
            "SELECT l.card, l.record, lv.sketch, c.card, cv.sketch, coalesce(copies.of, l.id)"
            " FROM folded c JOIN articles l ON l.id = c.duplicate_of"
            " LEFT JOIN copies ON copies.id = c.id"
            " JOIN vectors cv ON cv.n = c.n JOIN vectors lv ON lv.n = l.n"
            " ORDER BY l.sort DESC, c.sort"
        )
        return [
            FoldedCopy(_own(leader, record), leader_sketch, unpack_card(copy), copy_sketch, like)
            for leader, record, leader_sketch, copy, copy_sketch, like in rows
        ]

    def unknown_ids(self, decisions: Decisions) -> list[Named]:
        """The ids in the editors' decisions that no article has, by line."""
        query = (
            "SELECT 1 FROM articles WHERE id = ? UNION ALL"
            " SELECT 1 FROM ledger WHERE id = ? AND retracted"
        )
        found = [
            named
            for named in decisions.named
            if not self._db.execute(query, (named.id, named.id)).fetchone()
        ]
        return sorted(found, key=lambda named: (named.line, named.kind, named.id))

    def of_other_days(self, decisions: Decisions) -> list[Named]:
        """The ids in them that are said to be of a day and are of another, by line."""
        query = (
            "SELECT coalesce(l.folder, a.folder) FROM articles a"
            " LEFT JOIN articles l ON l.id = a.duplicate_of WHERE a.id = ?"
        )
        found = []
        for named in decisions.named:
            row = self._db.execute(query, (named.id,)).fetchone() if named.day else None
            if row and row[0] != named.day:
                found.append(named)
        return sorted(found, key=lambda named: (named.line, named.id))


# -- names ---------------------------------------------------------------------------------------


class KnownEntity(NamedTuple):
    """An entity by its number, and its name in full."""

    number: int
    name: str


class Tagged(NamedTuple):
    """An article that carries a tag: `position` indexes its entities; `joined` by a short form."""

    id: str
    day: str
    article: TaggedArticle
    position: int
    joined: bool


class AskedNames:
    """The names that published articles give."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def all(self) -> Iterator[NamedEntity]:
        """Every entity, with how many articles name it and the day of the first."""
        query = "SELECT name, type, articles, substr(first, 1, 10) FROM entities WHERE articles > 0"
        return (NamedEntity(*row) for row in self._db.execute(query))

    def known(self, key: str, slug: str) -> KnownEntity | None:
        """The most named entity of this key or slug."""
        row = self._db.execute(
            "SELECT entity, name FROM entities WHERE (key = ? OR slug = ?) AND articles > 0"
            " ORDER BY articles DESC, entity LIMIT 1",
            (key, slug),
        ).fetchone()
        return row and KnownEntity(*row)

    def tagged(self, entity: int, most: int) -> list[Tagged]:
        """The newest articles that carry the tag."""
        rows = self._db.execute(
            "SELECT a.id, a.day, a.record, m.position, m.joined FROM mentions m"
            " JOIN articles a USING (n) WHERE m.entity = ? AND m.live ORDER BY m.sort DESC LIMIT ?",
            (entity, most),
        )
        return [
            Tagged(id_, day, unpack_record(record), position, bool(joined))
            for id_, day, record, position, joined in rows
        ]

    def bearers(self, surname: str) -> list[str]:
        """Who may be meant by a surname (folded), the most named first."""
        rows = self._db.execute(
            "SELECT e.name FROM surnames s JOIN entities e USING (entity)"
            " WHERE s.short = ? AND e.articles > 0 ORDER BY e.articles DESC, e.name",
            (surname,),
        )
        return [name for (name,) in rows]

    def first_sentence(self, named: NamedEntity) -> tuple[str, str, str, str]:
        """(day, before, mention, after) of the first sentence that gives this name."""
        row: tuple[str, str, str, str] = self._db.execute(
            "SELECT substr(m.sort, 1, 10), m.before, m.mention, m.after FROM entities e"
            " JOIN mentions m USING (entity) WHERE e.name = ? AND e.type = ? AND m.live"
            " ORDER BY m.sort LIMIT 1",
            (named.name, named.type),
        ).fetchone()
        return row

    def unused(self, curated: Curated) -> list[CuratedEntity]:
        """The lines none of whose names an article gives; those that forbid a tag are never told."""
        query = "SELECT 1 FROM entities WHERE key = ? AND articles > 0"
        return [
            entity
            for entity in curated.entities
            if entity.notag != "always"
            and not self._db.execute(query, (curated.key_at(entity),)).fetchone()
        ]


# -- `>>` lines ----------------------------------------------------------------------------------

_LINES = (
    "SELECT a.id, a.day, r.headline, r.state, r.target, r.method, r.reason"
    " FROM refs r JOIN articles a USING (n)"
)
_NEWEST_FIRST = "ORDER BY a.sort DESC, r.position"


class Line(NamedTuple):
    """A `>>` line of an article of that day, and what it means."""

    article: str
    day: str
    headline: str
    state: str
    target: str | None
    method: str | None
    packed_reason: str

    @property
    def reason(self) -> LinkReason:
        return LinkReason.unpacked(self.packed_reason)


class Headline(NamedTuple):
    """An article that a line may mean; `original` is the one it is a copy of."""

    id: str
    day: str
    headline: str
    key: str
    numbers: str
    original: str | None


_HEADLINE = "SELECT id, day, headline, headline_key, numbers, duplicate_of"


class AskedLines:
    """The `>>` lines, and the headlines they may mean."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def states(self) -> dict[tuple[str, str | None], int]:
        """How many lines there are of each state and method."""
        query = "SELECT state, method, count(*) FROM refs GROUP BY state, method"
        return {(state, method): count for state, method, count in self._db.execute(query)}

    def newest(self, state: str, method: str | None, most: int) -> list[Line]:
        """The newest lines of a state and method."""
        where = f"r.state = ? AND r.method IS ? {_NEWEST_FIRST} LIMIT ?"
        return self._lines(where, state, method, most)

    def waiting(self) -> list[Line]:
        """The lines that no article answers, oldest first."""
        return self._lines("r.state = 'waiting' ORDER BY a.sort, r.position")

    def ambiguous(self) -> list[Line]:
        """The lines that several articles answer, newest first."""
        return self._lines(f"r.state = 'ambiguous' {_NEWEST_FIRST}")

    def of_headline(self, key: str) -> list[Line]:
        """The lines of this headline; where there are none, those that have it in them. Newest first."""
        whole = self._lines(f"r.headline_key = ? {_NEWEST_FIRST}", key)
        return whole or self._lines(f"instr(r.headline_key, ?) {_NEWEST_FIRST}", key)

    def _lines(self, where: str, *values: str | int | None) -> list[Line]:
        return [Line(*row) for row in self._db.execute(f"{_LINES} WHERE {where}", values)]

    def article(self, article_id: str) -> Headline:
        """The article of this id."""
        query = f"{_HEADLINE} FROM articles WHERE id = ?"
        return Headline(*self._db.execute(query, (article_id,)).fetchone())

    def headlines(self) -> list[Headline]:
        """Of every article with a page, newest first; and those that it was published under before."""
        rows = self._db.execute(
            f"{_HEADLINE}, sort, 0 AS former FROM standing UNION ALL"
            " SELECT s.id, s.day, f.headline, f.headline_key, f.numbers, s.duplicate_of, s.sort, 1"
            " FROM former_headlines f JOIN standing s USING (n)"
            " ORDER BY sort DESC, former, headline"
        )
        return [Headline(*row[:-2]) for row in rows]

    def namesakes(self, key: str) -> list[Headline]:
        """The articles with a page and this headline, newest first."""
        query = f"{_HEADLINE} FROM standing WHERE headline_key = ? ORDER BY sort DESC"
        return [Headline(*row) for row in self._db.execute(query, (key,))]

    def near(self, words: frozenset[str], first: str, last: str) -> list[Headline]:
        """The articles of these days that have one of the words in their headline, newest first."""
        reach = "SELECT n FROM headline_words WHERE word = ? AND day BETWEEN ? AND ?"
        reached = {
            n for word in words for (n,) in self._db.execute(reach, (word, first, last)).fetchall()
        }
        query = f"{_HEADLINE}, sort FROM articles WHERE n = ?"
        rows = [self._db.execute(query, (n,)).fetchone() for n in sorted(reached)]
        return [Headline(*row[:-1]) for row in sorted(rows, key=lambda row: row[-1], reverse=True)]

    def decisions(self) -> str:
        """The editors' decisions as the last build read them."""
        row = self._db.execute("SELECT value FROM meta WHERE name = 'decisions.toml'").fetchone()
        return row[0] if row else ""


def _own(card: bytes, record: bytes) -> Card:
    """An article as it is, whichever newer version lists tell."""
    known = unpack_card(card)
    return own_card(card, record) if known.newest else known
