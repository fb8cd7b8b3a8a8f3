"""Settling the short forms that stand alone: whose `M. Ouchakov` is, where no article says.

Only mentions that joined nobody count, so the order of asking changes nothing.
"""

from __future__ import annotations

from datetime import date, timedelta

from newsdigest.archive.rows import TaggedEntity, unpack_parts
from newsdigest.archive.update.names import Names
from newsdigest.archive.update.update import Update
from newsdigest.entities.short import short_forms_of

# A lone surname means the only one of that name in full in the days before; titled, also whoever holds this share of its uses, counted over this many at least.
SURNAME_WINDOW = timedelta(days=60)
SURNAME_SHARE = 0.95
SURNAME_USES = 5
# Uses are counted no further than this; and of a surname so many people bear, nobody is meant.
MOST_USES = 1000
MOST_BEARERS = 64
# An acronym means the one expansion that so many articles gave it.
ACRONYM_PAIRS = 2

Meaning = tuple[int, str, str]
"""An entity, and the places between which an acronym means it: from the first, before the second."""


class ShortForms:
    """The lone short forms' part of one settling, between the articles' entering and the counts."""

    def __init__(self, update: Update, names: Names) -> None:
        self.update = update
        self.db = update.db
        self.names = names
        self.meanings: dict[str, Meaning | None] = {}

    def join(self) -> None:
        """Every short form whose evidence changed joins the one it means, or stands alone again."""
        names = self.names
        for number, known in list(names.known.items()):
            if known.kind == "person":
                self._note_bearer(number)
        if not self.update.fresh:
            for number in {*names.left, *names.came}:
                places = names.left[number] | names.came[number]
                for kind, short in names.shorts_of(number) if places else ():
                    names.reopen(kind, short, min(places))
        articles: dict[int, str] = {}
        for (kind, short), since in sorted(names.reopened.items()):
            articles.update(
                self.db.execute(
                    "SELECT n, sort FROM short_forms WHERE kind = ? AND short = ? AND sort >= ?",
                    (kind, short, since),
                )
            )
        for n, sort in sorted(articles.items(), key=lambda article: article[1]):
            self._join_in(n, sort)

    def _join_in(self, n: int, sort: str) -> None:
        """Of one article's short forms that mean one entity, the first in reading order joins it.

        None does where the article names that entity itself: it knows both, and did not take them
        for one.
        """
        (packed,) = self.db.execute("SELECT parts FROM articles WHERE n = ?", (n,)).fetchone()
        entities = unpack_parts(packed).entities
        query = "SELECT position, entity, live FROM mentions WHERE n = ? ORDER BY position"
        mentions = self.db.execute(query, (n,)).fetchall()
        taken = {number for position, number, _ in mentions if not entities[position].short}
        moves = []
        for position, now, live in mentions:
            entity = entities[position]
            if not entity.short:
                continue
            own = self.names.number(entity.key, entity.kind)
            target = self._meaning_of(entity, sort)
            wanted = own if target is None or target in taken else target
            taken.add(wanted)
            if wanted != now:
                moves.append((entity, now, own, wanted, live))
        # Whoever leaves an entity makes room in it before another comes.
        for entity, now, own, _, live in moves:
            if now != own:
                self._move(n, sort, entity, now, own, own, live)
        for entity, _, own, wanted, live in moves:
            if wanted != own:
                self._move(n, sort, entity, own, wanted, own, live)

    def _meaning_of(self, entity: TaggedEntity, sort: str) -> int | None:
        if entity.short_kind in ("titled", "surname"):
            bearers = self._bearers(entity.short)
            meant = self._recent_bearer(bearers, sort)
            if meant is None and entity.short_kind == "titled":
                meant = self._usual_bearer(bearers, sort)
            return meant[0] if meant and self._may_be_short(meant[1], entity.short) else None
        if entity.short not in self.meanings:
            self.meanings[entity.short] = self._acronym_meaning(entity.short)
        means = self.meanings[entity.short]
        return means[0] if means and means[1] <= sort < means[2] else None

    # -- what the archive says ---------------------------------------------------------------------

    def _note_bearer(self, number: int) -> None:
        """The short forms the entity's full name may be met under, as first written."""
        query = "SELECT short FROM surnames WHERE entity = ?"
        before = {short for (short,) in self.db.execute(query, (number,))}
        row = self.db.execute(
            "SELECT name FROM mentions WHERE entity = ? AND live AND NOT joined"
            " ORDER BY sort LIMIT 1",
            (number,),
        ).fetchone()
        now = set(short_forms_of(row[0])) if row else set()
        for short in sorted(now - before):
            self.db.execute("INSERT INTO surnames VALUES (?, ?)", (short, number))
        for short in sorted(before - now):
            self.db.execute("DELETE FROM surnames WHERE short = ? AND entity = ?", (short, number))
        if not self.update.fresh:
            for short in sorted(now ^ before):
                self.names.know_lone(short)
                self.names.reopen("titled", short, "")
                self.names.reopen("surname", short, "")

    def _bearers(self, short: str) -> list[tuple[int, str]]:
        """(entity, key) of all who bear this surname; of too many, nobody is meant."""
        rows: list[tuple[int, str]] = self.db.execute(
            "SELECT s.entity, e.key FROM surnames s JOIN entities e USING (entity)"
            " WHERE s.short = ? ORDER BY e.key LIMIT ?",
            (short, MOST_BEARERS + 1),
        ).fetchall()
        return rows if len(rows) <= MOST_BEARERS else []

    def _recent_bearer(self, bearers: list[tuple[int, str]], sort: str) -> tuple[int, str] | None:
        """The only one whom the articles of the last days up to here name in full."""
        day = date.fromisoformat(sort[:10])
        since = (day - min(SURNAME_WINDOW, day - date.min)).isoformat()
        query = (
            "SELECT 1 FROM mentions WHERE entity = ? AND sort BETWEEN ? AND ?"
            " AND live AND NOT joined LIMIT 1"
        )
        recent = [b for b in bearers if self.db.execute(query, (b[0], since, sort)).fetchone()]
        return recent[0] if len(recent) == 1 else None

    def _usual_bearer(self, bearers: list[tuple[int, str]], sort: str) -> tuple[int, str] | None:
        """Who holds nearly all uses of the surname up to here; None where that is open."""
        uses = []
        for number, key in bearers:
            (count,) = self.db.execute(
                "SELECT count(*) FROM (SELECT 1 FROM mentions WHERE entity = ? AND sort <= ?"
                " AND live AND NOT joined LIMIT ?)",
                (number, sort, MOST_USES),
            ).fetchone()
            uses.append((count, key, number))
        if not uses:
            return None
        count, key, number = max(uses)
        total = sum(count for count, _, _ in uses)
        if count < SURNAME_USES or count < SURNAME_SHARE * total:
            return None
        return number, key

    def _may_be_short(self, key: str, short: str) -> bool:
        """Whether the editors leave it to the archive that this short form means that name."""
        curated = self.update.editors.curated
        at = curated.by_key.get(key)
        if at is None:
            return True
        return curated.entities[at].short != "none" and short not in curated.never_keys[at]

    def _acronym_meaning(self, short: str) -> Meaning | None:
        """What it was first spelled out as; from which place on, once that was done often enough;
        and before which: where it is first spelled out otherwise. None where it never means one."""
        rows = self.db.execute(
            "SELECT entity, sort FROM spelled_out WHERE short = ? ORDER BY sort, entity", (short,)
        ).fetchall()
        if not rows:
            return None
        first = rows[0][0]
        end = next((sort for number, sort in rows if number != first), "~")
        alike = [sort for number, sort in rows if number == first and sort < end]
        return (first, alike[ACRONYM_PAIRS - 1], end) if len(alike) >= ACRONYM_PAIRS else None

    # -- one mention from one entity to another ------------------------------------------------------

    def _move(
        self, n: int, sort: str, entity: TaggedEntity, now: int, wanted: int, own: int, live: bool
    ) -> None:
        names = self.names
        names.know(now)
        names.know(wanted)
        self.db.execute(
            "UPDATE mentions SET entity = ?, joined = ? WHERE entity = ? AND sort = ?",
            (wanted, wanted != own, now, sort),
        )
        self.db.execute("DELETE FROM roles WHERE entity = ? AND sort = ?", (now, sort))
        if live:
            names.tally(now, sort, entity.forms, -1)
            names.tally(wanted, sort, entity.forms, +1)
            if not self.update.fresh:
                # Whoever else the article names is now often cited with another.
                query = "SELECT entity FROM mentions WHERE n = ?"
                for (other,) in self.db.execute(query, (n,)).fetchall():
                    names.know(other)
                    self.update.changes.entity(other).touched.add(sort)
            self.db.executemany(
                "INSERT OR IGNORE INTO roles VALUES (?, ?, ?, ?)",
                ((wanted, sort, key, role) for key, role in entity.roles),
            )
        names.renamed_in(n)
