"""Settling the names: which mention is whose, and under which name, type and address.

An entity is a key and a kind: a person, or a thing (a place or an organisation: copy disagrees on
Kremlin, and its mentions vote). Whatever is counted to decide on an article counts articles up to
it only, in (date, id) order, so that new articles leave old pages alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, cast

from newsdigest.archive.rows import TaggedEntity, unpack_card
from newsdigest.archive.update.update import Update
from newsdigest.base import addresses
from newsdigest.base.records import EntityType
from newsdigest.base.settings import Limits
from newsdigest.entities.filing import filed_name
from newsdigest.entities.forms import folded_name, is_initialed, shorter_forms, usual_spelling
from newsdigest.entities.keys import entity_key
from newsdigest.entities.one_thing import person_key, shown_name
from newsdigest.entities.short import is_given_name
from newsdigest.text.alphabet import initials

# A thing's type is what most of its first so many articles say; later ones leave it alone.
TYPE_VOTES = 200
# More articles than any name has.
NO_PAGE = 1 << 40

# A slug with the suffix that another entity of its name may be told by.
_SUFFIXED = re.compile(f"(.+?)(?:{'|'.join(addresses.TYPE_SLUGS.values())})(?:-\\d+)?")


class _Known(NamedTuple):
    """An entity as it stood when the settling began; all empty for a new one."""

    key: str
    kind: str
    name: str
    base: str
    slug: str
    type: str
    link: str
    at: str
    articles: int
    page_from: int


class Names:
    """The entities' part of one settling; the methods are called in the order they stand in."""

    def __init__(self, update: Update) -> None:
        self.update = update
        self.db = update.db
        self.numbers: dict[tuple[str, str], int] = {}
        self.known: dict[int, _Known] = {}
        self.new: set[int] = set()
        self.forms: Counter[tuple[int, str]] = Counter()
        self.months: Counter[tuple[int, str]] = Counter()
        self.counts: Counter[int] = Counter()
        # Places in the order at which an entity's mentions left and came. A first build keeps none.
        self.left: defaultdict[int, set[str]] = defaultdict(set)
        self.came: defaultdict[int, set[str]] = defaultdict(set)
        # Short forms whose evidence changed, by (kind, short form): from which place on.
        self.reopened: dict[tuple[str, str], str] = {}

    # -- one article's names in and out --------------------------------------------------------

    def enter(self, n: int, sort: str, entities: Sequence[TaggedEntity], live: bool) -> None:
        """The article's entities join the archive, once the lots are written; those of one not `live`
        only name its chips."""
        mentions, roles, short_forms, spelled_out = [], [], [], []
        for entity in entities:
            number = self.number(entity.key, entity.kind)
            mentions.append(
                (number, sort, n, entity.position, entity.mentions, live, False, entity.name,
                 entity.type, entity.type, *entity.excerpt)
            )  # fmt: skip
            if entity.short:
                short_forms.append((entity.short_kind, entity.short, sort, n, entity.position))
                self.reopen(entity.short_kind, entity.short, sort)
            if not live:
                continue
            self.tally(number, sort, entity.forms, +1)
            roles += [(number, sort, key, role) for key, role in entity.roles]
            for acronym in entity.acronyms:
                spelled_out.append((acronym, number, sort))
                self.reopen("acronym", acronym, sort)
        add = self.update.lots.add
        add("INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", mentions)
        add("INSERT OR IGNORE INTO roles VALUES (?, ?, ?, ?)", roles)
        add("INSERT OR IGNORE INTO short_forms VALUES (?, ?, ?, ?, ?)", short_forms)
        add("INSERT OR IGNORE INTO spelled_out VALUES (?, ?, ?)", spelled_out)

    def leave(self, n: int, sort: str, entities: Sequence[TaggedEntity]) -> None:
        """The article's entities leave the archive again."""
        rows = self.db.execute("SELECT entity, position, live FROM mentions WHERE n = ?", (n,))
        for number, position, live in rows.fetchall():
            entity = entities[position]
            self.know(number)
            if live:
                self.tally(number, sort, entity.forms, -1)
            for table in ("mentions", "roles"):
                self.db.execute(
                    f"DELETE FROM {table} WHERE entity = ? AND sort = ?", (number, sort)
                )
            if entity.short:
                self.db.execute(
                    "DELETE FROM short_forms WHERE kind = ? AND short = ? AND sort = ?",
                    (entity.short_kind, entity.short, sort),
                )
            for acronym in entity.acronyms:
                self.db.execute(
                    "DELETE FROM spelled_out WHERE short = ? AND entity = ? AND sort = ?",
                    (acronym, number, sort),
                )
                self.reopen("acronym", acronym, sort)

    def tally(self, number: int, sort: str, forms: Iterable[str], step: int) -> None:
        """One article more, or less, that names this entity under these forms."""
        self.counts[number] += step
        self.months[number, sort[:7]] += step
        for form in forms:
            self.forms[number, form] += step
        if self.update.fresh:
            return
        if step > 0:
            self.came[number].add(sort)
        elif sort in self.came[number]:
            self.came[number].discard(sort)
        else:
            self.left[number].add(sort)

    def reopen(self, kind: str, short: str, sort: str) -> None:
        """What a short form means is asked again, from this place on."""
        at = self.reopened.get((kind, short))
        if at is None or sort < at:
            self.reopened[kind, short] = sort

    def number(self, key: str, kind: str) -> int:
        """The entity of this key and kind, new or known."""
        number = self.numbers.get((key, kind))
        if number is not None:
            return number
        query = "SELECT entity FROM entities WHERE key = ? AND kind = ?"
        row = self.db.execute(query, (key, kind)).fetchone()
        if row is not None:
            self.know(row[0])
            return int(row[0])
        cursor = self.db.execute(
            "INSERT INTO entities"
            " (key, kind, type, name, plain_slug, slug, articles, first, initials,"
            " link) VALUES (?, ?, '', '', '', '', 0, '', '', '')",
            (key, kind),
        )
        number = int(cursor.lastrowid or 0)
        self.numbers[key, kind] = number
        self.known[number] = _Known(key, kind, "", "", "", "", "", "", 0, 0)
        self.new.add(number)
        return number

    def know(self, number: int) -> None:
        """Remember how the entity stands, before anything of it changes."""
        if number in self.known:
            return
        row = self.db.execute(
            "SELECT key, kind, name, plain_slug, slug, type, link, at, articles, page_from"
            " FROM entities WHERE entity = ?",
            (number,),
        ).fetchone()
        known = _Known(*row)
        self.known[number] = known
        self.numbers[known.key, known.kind] = number

    def touch(self, keys: Iterable[str]) -> None:
        """The editors say something else of these names: they are named again."""
        for key in sorted(keys):
            query = "SELECT entity FROM entities WHERE key = ?"
            for (number,) in self.db.execute(query, (key,)).fetchall():
                self.know(number)
                for kind, short in self.shorts_of(number):
                    self.reopen(kind, short, "")

    def know_lone(self, short: str) -> None:
        """Whoever stands under this surname alone: that others bear it decides if it has a page."""
        query = "SELECT entity FROM entities WHERE key = ? AND kind = 'person'"
        for (number,) in self.db.execute(query, (person_key(short),)).fetchall():
            self.know(number)

    def shorts_of(self, number: int) -> list[tuple[str, str]]:
        """The (kind, short form) that may mean this entity where they stand alone."""
        rows = self.db.execute("SELECT short FROM surnames WHERE entity = ?", (number,))
        shorts = [(kind, short) for (short,) in rows.fetchall() for kind in ("titled", "surname")]
        rows = self.db.execute("SELECT DISTINCT short FROM spelled_out WHERE entity = ?", (number,))
        return shorts + [("acronym", short) for (short,) in rows]

    def renamed_in(self, n: int) -> None:
        """The article names somebody otherwise than before, without having changed itself."""
        (article_id,) = self.db.execute("SELECT id FROM articles WHERE n = ?", (n,)).fetchone()
        if article_id not in self.update.after:
            self.update.changes.retagged.add(article_id)

    # -- counts, and which lists moved -------------------------------------------------------------

    def count(self) -> None:
        """Bring the counts by entity, month and form up to date, and say which lists moved."""
        self.db.executemany(
            "UPDATE entities SET articles = articles + ? WHERE entity = ?",
            ((step, number) for number, step in self.counts.items() if step),
        )
        for table, column, counter in (
            ("forms", "form", self.forms),
            ("months", "month", self.months),
        ):
            self.db.executemany(
                f"""INSERT INTO {table} VALUES (?, ?, ?) ON CONFLICT (entity, {column})
                    DO UPDATE SET articles = articles + excluded.articles""",
                ((number, value, step) for (number, value), step in counter.items() if step),
            )
            if not self.update.fresh:
                self.db.executemany(
                    f"DELETE FROM {table} WHERE entity = ? AND {column} = ? AND articles = 0",
                    (key for key, step in counter.items() if step < 0),
                )
        if not self.update.fresh:
            self._find_moved_mentions()

    def _find_moved_mentions(self) -> None:
        """An edit in place touches one entry; a coming or going shifts all the later ones."""
        changes = self.update.changes
        for number in {*self.left, *self.came}:
            if not (self.left[number] or self.came[number]):
                continue
            change = changes.entity(number)
            left, came = self.left[number], self.came[number]
            change.touched |= left & came
            moved = left ^ came
            if moved:
                change.shift = min(moved)
        for number, change in changes.entities.items():
            change.before = self.known[number].articles

    def show_moved_articles(self) -> None:
        """An article at another address, or told as corrected: the entries that lead to it are touched."""
        changes = self.update.changes
        for article_id in changes.moved | self.update.marked:
            rows = self.db.execute(
                "SELECT m.entity, m.sort FROM mentions m JOIN articles a USING (n)"
                " WHERE a.id = ? AND m.live",
                (article_id,),
            )
            for number, sort in rows.fetchall():
                self.know(number)
                change = changes.entity(number)
                change.touched.add(sort)
                change.before = self.known[number].articles

    # -- types, names, addresses -------------------------------------------------------------------

    def settle_types(self) -> None:
        """A thing is a place or an organisation as most of its articles up to each one say."""
        if self.update.fresh:
            disputed = self.db.execute(
                "SELECT entity FROM mentions WHERE tagged != 'person' AND live GROUP BY entity"
                " HAVING count(DISTINCT tagged) > 1 ORDER BY entity"
            ).fetchall()
            for (number,) in disputed:
                self._settle_type(number, "")
            return
        for number in sorted(self.known):
            if self.known[number].kind == "thing":
                places = self.left[number] | self.came[number]
                self._settle_type(number, min(places) if places else "~")

    def _settle_type(self, number: int, since: str) -> None:
        rows = self.db.execute(
            "SELECT sort, n, tagged, type FROM mentions WHERE entity = ? AND live ORDER BY sort"
            " LIMIT ?",
            (number, TYPE_VOTES),
        ).fetchall()
        votes: Counter[str] = Counter()
        type_ = ""
        for sort, n, tagged, before in rows:
            votes[tagged] += 1
            if votes[tagged] > votes[type_] or not type_:
                type_ = tagged
            if before != type_:
                self._set_type(number, sort, n, type_)
        if len(rows) < TYPE_VOTES:
            return
        last = rows[-1][0]
        later = last if self.known[number].type != type_ else max(since, last)
        for sort, n in self.db.execute(
            "SELECT sort, n FROM mentions WHERE entity = ? AND sort >= ? AND live AND type != ?",
            (number, later, type_),
        ).fetchall():
            self._set_type(number, sort, n, type_)

    def _set_type(self, number: int, sort: str, n: int, type_: str) -> None:
        self.db.execute(
            "UPDATE mentions SET type = ? WHERE entity = ? AND sort = ?", (type_, number, sort)
        )
        if not self.update.fresh:
            self.renamed_in(n)

    def name(self) -> None:
        """An entity is named as its first articles mostly spell it; slugs go in order of appearance."""
        changes, curated = self.update.changes, self.update.editors.curated
        bases = set()
        for number, known in self.known.items():
            row = self._first_mention(number)
            bases.add(known.base)
            if row is None:
                self._forget(number, known)
                continue
            written, first, first_type = row
            (type_,) = self.db.execute(
                "SELECT type FROM mentions WHERE entity = ? AND live ORDER BY sort DESC LIMIT 1",
                (number,),
            ).fetchone()
            name = curated.label_of(known.key) or self._shown(known, written)
            link, at = curated.link_of(known.key), curated.at_of(known.key)
            if known.name and known.name != name:
                changes.initials.add(self._initials(known.name, known.type))
            if known.type and known.type != type_:
                changes.initials.add(self._initials(name, known.type))
                changes.initials.add(self._initials(name, type_))
                changes.entity(number).retyped = True
            if known.slug and known.link != link:
                changes.entity(number)
            if known.at != at and not self.update.fresh:
                changes.entity(number).placed = True
            base = addresses.slugify(name, "entite")
            bases.add(base)
            self.db.execute(
                "UPDATE entities SET name = ?, plain_slug = ?, first = ?, first_type = ?, type = ?,"
                " initials = ?, link = ?, at = ?, page_from = ? WHERE entity = ?",
                (
                    name,
                    base,
                    first,
                    first_type,
                    type_,
                    self._initials(name, type_),
                    link,
                    at,
                    self._page_from(number, known.key, type_, name),
                    number,
                ),
            )
        bases.discard("")
        bases |= {stem[1] for base in bases if (stem := _SUFFIXED.fullmatch(base))}
        for rows in self.update.grouped(
            "SELECT plain_slug, first, first_type, entity, name, slug, articles, page_from, initials"
            " FROM entities WHERE plain_slug IN ({marks}) ORDER BY plain_slug, first, first_type, key",
            bases,
        ):
            self._assign_slugs(rows)

    def _shown(self, known: _Known, written: str) -> str:
        """As written; what has a name in each language or an acronym, under the house's."""
        if known.key in self.update.editors.curated.by_key:
            return written
        return shown_name(known.key, known.kind == "person") or written

    def _page_from(self, number: int, key: str, type_: str, name: str) -> int:
        query = "SELECT 1 FROM spelled_out WHERE entity = ? LIMIT 1"
        vouched = key in self.update.editors.curated.by_key or bool(
            self.db.execute(query, (number,)).fetchone()
        )
        if type_ == "person" and not vouched and self._is_short(number, name):
            return NO_PAGE
        return page_threshold(self.update.limits, type_, vouched)

    def _is_short(self, number: int, name: str) -> bool:
        """A first name alone; a surname, or one with initials, that somebody of the archive bears; a
        word that no title ever introduces: who that is no article tells."""
        if shorter_forms(name) is not None and not is_initialed(name):
            return False
        query = "SELECT 1 FROM surnames WHERE short = ? AND entity != ? LIMIT 1"
        short = " ".join(folded_name(name))
        if is_given_name(name) or self.db.execute(query, (short, number)).fetchone():
            return True
        titled = (
            "SELECT 1 FROM short_forms s JOIN mentions m USING (n, position)"
            " WHERE s.kind = 'titled' AND s.short = ? AND m.live LIMIT 1"
        )
        return not (is_initialed(name) or self.db.execute(titled, (short,)).fetchone())

    def _initials(self, name: str, type_: str) -> str:
        """The part of a large index that lists the name."""
        return initials(filed_name(name, cast(EntityType, type_), self.update.given.lang))

    def _forget(self, number: int, known: _Known) -> None:
        """No list holds the entity any more, though the page of a folded copy may still name it."""
        if known.name:
            self.update.changes.initials.add(self._initials(known.name, known.type))
            self.update.changes.entity(number)
            self.update.changes.gone_entities.add(known.slug)
        query = "SELECT 1 FROM mentions WHERE entity = ? LIMIT 1"
        if self.db.execute(query, (number,)).fetchone():
            change = self.update.changes.entity(number)
            change.renamed, change.before = True, known.articles
            self.db.execute(
                "UPDATE entities SET name = '', plain_slug = '', slug = '', first = '',"
                " first_type = '',"
                " initials = '', type = '', link = '', at = '' WHERE entity = ?",
                (number,),
            )
        else:
            self.db.execute("DELETE FROM entities WHERE entity = ?", (number,))

    def _first_mention(self, number: int) -> tuple[str, str, str] | None:
        """The entity's first name in full, its place, and its type there; None for no mention."""
        row: tuple[str, str, str] | None = self.db.execute(
            "SELECT name, sort, type FROM mentions WHERE entity = ? AND live ORDER BY sort LIMIT 1",
            (number,),
        ).fetchone()
        if row is None:
            return None
        full = self.db.execute(
            "SELECT name FROM mentions WHERE entity = ? AND live AND NOT joined"
            " ORDER BY sort LIMIT 1",
            (number,),
        ).fetchone()
        return (self._usual_spelling(number, full[0]) if full else row[0], row[1], row[2])

    def _usual_spelling(self, number: int, first: str) -> str:
        """How most of the first articles in the site's language spell a name; those in any other
        where there are none. Not what would stand at another address."""
        forms = self.db.execute("SELECT form FROM forms WHERE entity = ?", (number,)).fetchall()
        key = entity_key(first)
        alike = {form for (form,) in forms if entity_key(form) == key}
        others = [form for form in alike if form != first]
        slug = addresses.slugify(first, "entite") if others else ""
        if not any(addresses.slugify(form, "entite") == slug for form in others):
            return first
        rows = self.db.execute(
            "SELECT m.name, a.card FROM mentions m JOIN articles a USING (n)"
            " WHERE m.entity = ? AND m.live AND NOT m.joined ORDER BY m.sort LIMIT ?",
            (number, TYPE_VOTES),
        )
        told = ((name, unpack_card(card).lang) for name, card in rows if name in alike)
        return usual_spelling(first, told, self.update.given.lang)

    def _assign_slugs(self, rows: list[tuple[Any, ...]]) -> None:
        """A suffix that makes it another's name is passed over."""
        changes = self.update.changes
        taken = set(addresses.RESERVED_ENTITY_SLUGS)
        for base, _, first_type, number, name, slug, articles, page_from, part in rows:
            stem = base if base not in taken else base + addresses.TYPE_SLUGS[first_type]

            def is_taken(slug: str, base: str = base) -> bool:
                return slug in taken or (slug != base and self.update.is_base("entities", slug))

            wanted = addresses.numbered(stem, addresses.free_number(stem, 1, is_taken))
            taken.add(wanted)
            if wanted != slug:
                self.db.execute("UPDATE entities SET slug = ? WHERE entity = ?", (wanted, number))
            before = self.known.get(number) or _Known(
                "", "", name, base, slug, "", "", "", articles, page_from
            )
            had_page = bool(before.slug) and before.articles >= before.page_from
            has_page = articles >= page_from
            renamed = number not in self.new and (before.name, before.slug) != (name, wanted)
            if renamed or had_page != has_page:
                change = changes.entity(number)
                change.renamed, change.paged = renamed, had_page != has_page
                change.before = before.articles
                if had_page or has_page:
                    changes.initials.add(part)
            if before.slug and (before.slug != wanted or (had_page and not has_page)):
                changes.gone_entities.add(before.slug)


def page_threshold(limits: Limits, type_: str, vouched: bool) -> int:
    """From how many articles on an entity of this type has a page.

    An organisation needs more, unless an editor or an acronym spelled out vouches for it.
    """
    if type_ == "organisation" and not vouched:
        return max(limits.entity_page_from, limits.organisation_page_from)
    return limits.entity_page_from
