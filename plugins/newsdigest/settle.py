"""Settling: these files changed, so what does the archive now say?

One path for a first build and for the ten-thousandth: a clean build is the case in which every
article is new. Everything is a function of the set of articles, never of the order they came in:
twins, slugs, entities' names and links are worked out again wherever a change could reach, from
the articles sorted by (date, id).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from sqlite3 import Connection
from typing import Any

import msgspec

from newsdigest import addresses, links
from newsdigest.archive import page_threshold
from newsdigest.changes import Changes
from newsdigest.config import Addresses, Limits
from newsdigest.decisions import Decisions, decide
from newsdigest.initials import initials
from newsdigest.store import FileResult, ParsedArticle, Parts

_TYPE_SLUGS = {"place": "lieu", "person": "personne", "organisation": "organisation"}
_parts = msgspec.msgpack.Decoder(Parts)


def settle(
    connection: Connection,
    results: Iterable[FileResult],
    gone: Iterable[str],
    places: Addresses,
    limits: Limits,
    decisions: Decisions,
    decided_before: Decisions,
) -> Changes:
    """File every result, forget the `gone` paths, and work out what that changed.

    `decided_before` are the decisions of the last build. Runs inside the caller's transaction.
    """
    work = _Settlement(connection, places, limits, decisions)
    for path in gone:
        work.forget(path)
    for result in results:
        work.file(result)
    work.choose_among_twins()
    work.assign_slugs()
    work.count_entities()
    work.name_entities()
    work.apply_decisions(decided_before)
    work.resolve_references()
    work.find_neighbours()
    return work.changes


class _Standing:
    """How a published article stands: where in the order, on which day, with which entities."""

    __slots__ = ("day", "entities", "sort", "url")

    def __init__(self, sort: str, day: str, url: str, entities: frozenset[int]) -> None:
        self.sort, self.day, self.url, self.entities = sort, day, url, entities


class _Settlement:
    """The state of one settling; the methods are called in the order `settle` names them."""

    def __init__(
        self, connection: Connection, places: Addresses, limits: Limits, decisions: Decisions
    ) -> None:
        self.db = connection
        self.decisions = decisions
        self.places = places
        self.limits = limits
        self.changes = Changes()
        self.fresh = not connection.execute("SELECT 1 FROM files LIMIT 1").fetchone()
        self.before: dict[str, _Standing] = {}
        self.after: dict[str, _Standing] = {}
        self.twins: set[str] = set()
        self.folders: set[str] = set()
        self.keys: set[str] = set()
        self.entity_numbers: dict[tuple[str, str], int] = {}
        self.entity_before: dict[int, tuple[str, str, str, int]] = {}
        self.forms: Counter[tuple[int, str]] = Counter()
        self.months: Counter[tuple[int, str]] = Counter()
        self.counts: Counter[int] = Counter()
        self.waiting_before: set[tuple[str, str]] = set()

    # -- files in and out ---------------------------------------------------------------------

    def forget(self, path: str) -> bool:
        """The file is gone: so is its article, if it had one. Tells if the file was known."""
        row = self.db.execute("SELECT article FROM files WHERE path = ?", (path,)).fetchone()
        if row and row[0] is not None:
            self._drop_article(row[0])
        self.db.execute("DELETE FROM files WHERE path = ?", (path,))
        return row is not None

    def file(self, result: FileResult) -> None:
        """Take in what was read of one file; nothing is published yet."""
        article, rejection = result.article, result.rejection
        if not self.fresh:
            if self._as_before(result):
                return
            self.changes.read_anew += self.forget(result.path)
        if article is not None:
            self._file_article(article)
        outcome = "article" if article else "rejected" if rejection else "ignored"
        self.db.execute(
            "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                result.path,
                result.stamp,
                article.sha if article else "",
                outcome,
                article.id if article else None,
                rejection.code if rejection else None,
                rejection.line if rejection else None,
                msgspec.json.encode(rejection.facts) if rejection else None,
                " ".join(article.warnings) if article else "",
            ),
        )

    def _as_before(self, result: FileResult) -> bool:
        """A file touched but not changed: its stamp is noted, and that is all."""
        row = self.db.execute(
            "SELECT f.outcome, f.sha, f.code, f.line, f.facts, a.state FROM files f"
            " LEFT JOIN articles a ON a.id = f.article WHERE f.path = ?",
            (result.path,),
        ).fetchone()
        if row is None:
            return False
        outcome, sha, code, line, facts, state = row
        article, rejection = result.article, result.rejection
        if article is not None:
            was_draft, is_draft = state == "draft", article.state == "draft"
            same = outcome == "article" and sha == article.sha and was_draft == is_draft
        elif rejection is not None:
            same = (code, line, facts) == (
                rejection.code,
                rejection.line,
                msgspec.json.encode(rejection.facts),
            )
        else:
            same = outcome == "ignored"
        if same:
            self.db.execute(
                "UPDATE files SET stamp = ? WHERE path = ?", (result.stamp, result.path)
            )
        return bool(same)

    def _file_article(self, article: ParsedArticle) -> None:
        if not self.fresh:
            self._drop_article(article.id)
        self.db.execute(
            """INSERT INTO articles (id, sort, day, folder, section, state, twin, headline_key,
               numbers, base, card, record, parts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                article.id,
                article.sort,
                article.day,
                article.folder,
                article.section,
                "draft" if article.state == "draft" else "held",
                article.twin,
                article.headline_key,
                article.numbers,
                article.base,
                article.card,
                article.record,
                article.parts,
            ),
        )
        self.twins.add(article.twin)

    def _drop_article(self, article_id: str) -> None:
        query = "SELECT n, state, twin FROM articles WHERE id = ?"
        row = self.db.execute(query, (article_id,)).fetchone()
        if not row:
            return
        n, state, twin = row
        self.twins.add(twin)
        if state == "published":
            self._withdraw(n)
        self.db.execute("DELETE FROM articles WHERE n = ?", (n,))
        self.db.execute("DELETE FROM feed_entries WHERE n = ?", (n,))

    # -- publishing and withdrawing one article ---------------------------------------------

    def choose_among_twins(self) -> None:
        """Of articles equal in headline, date and body, the first by id is published."""
        for rows in self._grouped(
            "SELECT twin, id, n, state FROM articles WHERE twin IN ({marks}) AND state != 'draft'"
            " ORDER BY twin, id",
            self.twins,
        ):
            leader = rows[0][1]
            for _, article_id, n, state in rows:
                wanted = "published" if article_id == leader else "duplicate"
                if state == "published" and wanted != state:
                    self._withdraw(n)
                if state != wanted:
                    self.db.execute(
                        "UPDATE articles SET state = ?, duplicate_of = ? WHERE n = ?",
                        (wanted, None if wanted == "published" else leader, n),
                    )
                if wanted == "published" and state != wanted:
                    self._publish(n)

    def _publish(self, n: int) -> None:
        query = "SELECT id, sort, day, folder, headline_key, parts FROM articles WHERE n = ?"
        article_id, sort, day, folder, key, packed = self.db.execute(query, (n,)).fetchone()
        self.folders.add(folder)
        self.keys.add(key)
        parts = _parts.decode(packed)
        numbers = [self._entity_number(entity.key, entity.type) for entity in parts.entities]
        self.after[article_id] = _Standing(sort, day, "", frozenset(numbers))
        for number, entity in zip(numbers, parts.entities, strict=True):
            self._count(number, sort, entity.forms, +1)
        self.db.executemany(
            "INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (number, sort, n, entity.position, entity.mentions, entity.name, *entity.excerpt)
                for number, entity in zip(numbers, parts.entities, strict=True)
            ),
        )
        self.db.executemany(
            "INSERT INTO refs (n, position, headline, headline_key) VALUES (?, ?, ?, ?)",
            ((n, i, headline, key) for i, (headline, key) in enumerate(parts.related)),
        )

    def _withdraw(self, n: int) -> None:
        query = "SELECT id, sort, day, folder, headline_key, url, parts FROM articles WHERE n = ?"
        article_id, sort, day, folder, key, url, packed = self.db.execute(query, (n,)).fetchone()
        self.folders.add(folder)
        self.keys.add(key)
        numbers = []
        for entity in _parts.decode(packed).entities:
            number = self._entity_number(entity.key, entity.type)
            numbers.append(number)
            self._count(number, sort, entity.forms, -1)
            self.db.execute("DELETE FROM mentions WHERE entity = ? AND sort = ?", (number, sort))
        self.before.setdefault(article_id, _Standing(sort, day, url, frozenset(numbers)))
        self.after.pop(article_id, None)
        for headline, state, target in self.db.execute(
            "SELECT headline, state, target FROM refs WHERE n = ?", (n,)
        ):
            if state == "waiting":
                self.waiting_before.add((article_id, headline))
            if target is not None:
                self.changes.cited.add(target)
        self.db.execute("DELETE FROM refs WHERE n = ?", (n,))

    def _count(self, number: int, sort: str, forms: Iterable[str], step: int) -> None:
        self.counts[number] += step
        self.months[number, sort[:7]] += step
        for form in forms:
            self.forms[number, form] += step

    def _entity_number(self, key: str, type_: str) -> int:
        known = self.entity_numbers.get((key, type_))
        if known is None:
            row = self.db.execute(
                "SELECT entity, name, base, slug, articles FROM entities"
                " WHERE key = ? AND type = ?",
                (key, type_),
            ).fetchone()
            if row is None:
                cursor = self.db.execute(
                    "INSERT INTO entities (key, type, name, base, slug, articles, first, initials)"
                    " VALUES (?, ?, '', '', '', 0, '', '')",
                    (key, type_),
                )
                row = (cursor.lastrowid, "", "", "", 0)
            known = int(row[0])
            self.entity_numbers[key, type_] = known
            self.entity_before[known] = (row[1], row[2], row[3], row[4])
        return known

    # -- what follows from the set of published articles ----------------------------------------

    def assign_slugs(self) -> None:
        """Each folder's articles get slugs of their own, in id order."""
        changes = self.changes
        for rows in self._grouped(
            "SELECT folder, id, base, url, n, day FROM articles WHERE folder IN ({marks})"
            " AND state = 'published' ORDER BY folder, id",
            self.folders,
        ):
            slugs = addresses.unique_slugs((row[1], row[2]) for row in rows)
            for folder, article_id, _, url, n, day in rows:
                slug = slugs[article_id]
                address = addresses.article(self.places, folder, slug)
                if address == url:
                    continue
                self.db.execute(
                    "UPDATE articles SET slug = ?, url = ? WHERE n = ?", (slug, address, n)
                )
                if article_id not in self.after:
                    changes.moved.add(article_id)
                    changes.gone.add(url)
                    changes.days.add(day)
        for article_id, before in self.before.items():
            changes.gone.add(before.url)
            changes.days.add(before.day)
            if article_id not in self.after:
                changes.removed.add(article_id)
        for article_id, now in self.after.items():
            changes.days.add(now.day)
            (changes.edited if article_id in self.before else changes.added).add(article_id)

    def count_entities(self) -> None:
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
            if not self.fresh:
                self.db.executemany(
                    f"DELETE FROM {table} WHERE entity = ? AND {column} = ? AND articles = 0",
                    (key for key, step in counter.items() if step < 0),
                )
        if not self.fresh:
            self._find_moved_mentions()

    def _find_moved_mentions(self) -> None:
        """An edit in place touches one entry; a coming or going shifts all the later ones."""
        nobody: frozenset[int] = frozenset()
        for article_id in {**self.before, **self.after}:
            before, now = self.before.get(article_id), self.after.get(article_id)
            old = before.entities if before else nobody
            new = now.entities if now else nobody
            for number in old | new:
                change = self.changes.entity(number)
                moved = [before.sort] if before and number in old else []
                moved += [now.sort] if now and number in new else []
                if len(moved) == 2 and moved[0] == moved[1]:
                    change.touched.add(moved[0])
                else:
                    change.shift = min(moved + ([change.shift] if change.shift else []))
        for number, change in self.changes.entities.items():
            change.before = self.entity_before[number][3]
        for article_id in self.changes.moved:
            for number, sort in self.db.execute(
                "SELECT m.entity, m.sort FROM mentions m JOIN articles a USING (n) WHERE a.id = ?",
                (article_id,),
            ):
                change = self.changes.entity(number)
                change.touched.add(sort)
                if not change.before:
                    (change.before,) = self.db.execute(
                        "SELECT articles FROM entities WHERE entity = ?", (number,)
                    ).fetchone()

    def name_entities(self) -> None:
        """An entity is named as its first article names it; slugs go in order of appearance."""
        bases = set()
        for number, (name, base, slug, _) in self.entity_before.items():
            row = self.db.execute(
                "SELECT name, sort FROM mentions WHERE entity = ? ORDER BY sort LIMIT 1", (number,)
            ).fetchone()
            bases.add(base)
            if name and (row is None or row[0] != name):
                self.changes.initials.add(initials(name))
            if row is None:
                self.db.execute("DELETE FROM entities WHERE entity = ?", (number,))
                self.changes.entity(number)
                self.changes.gone_entities.add(slug)
                continue
            new_base = addresses.slugify(row[0], "entite")
            bases.add(new_base)
            self.db.execute(
                "UPDATE entities SET name = ?, base = ?, first = ?, initials = ? WHERE entity = ?",
                (row[0], new_base, row[1], initials(row[0]), number),
            )
        bases.discard("")
        for rows in self._grouped(
            "SELECT base, first, type, entity, name, slug, articles FROM entities"
            " WHERE base IN ({marks}) ORDER BY base, first, type, key",
            bases,
        ):
            self._assign_entity_slugs(rows)

    def _assign_entity_slugs(self, rows: list[tuple[str, str, str, int, str, str, int]]) -> None:
        taken = set(addresses.RESERVED_ENTITY_SLUGS)
        for base, _, type_, number, name, slug, articles in rows:
            wanted = base if base not in taken else f"{base}-{_TYPE_SLUGS[type_]}"
            stem, tries = wanted, 1
            while wanted in taken:
                tries += 1
                wanted = f"{stem}-{tries}"
            taken.add(wanted)
            if wanted != slug:
                self.db.execute("UPDATE entities SET slug = ? WHERE entity = ?", (wanted, number))
            before = self.entity_before.get(number, (name, base, slug, articles))
            threshold = page_threshold(self.limits, type_)
            had_page, has_page = before[3] >= threshold, articles >= threshold
            if (before[0], before[2], had_page) != (name, wanted, has_page):
                change = self.changes.entity(number)
                change.renamed, change.before = True, before[3]
                self.changes.initials.add(initials(name))
            if before[2] and (before[2] != wanted or (had_page and not has_page)):
                self.changes.gone_entities.add(before[2])

    def apply_decisions(self, before: Decisions) -> None:
        """Ask again about the lines whose decision, or whose decided article, came or went."""
        now = self.decisions
        for place in {**before.links, **now.links}:
            target, target_before = now.links.get(place), before.links.get(place)
            touched = {target, target_before} & {*self.before, *self.after}
            if target != target_before or touched:
                self.keys.add(place[1])
        for citing, target in before.never ^ now.never:
            for query, id_ in (
                ("SELECT headline_key FROM articles WHERE id = ?", target),
                (
                    "SELECT r.headline_key FROM refs r JOIN articles a USING (n) WHERE a.id = ?",
                    citing,
                ),
            ):
                self.keys.update(key for (key,) in self.db.execute(query, (id_,)))

    def _decided_is_published(self, citing: str, key: str) -> bool:
        target = self.decisions.links.get((citing, key))
        query = "SELECT 1 FROM articles WHERE id = ? AND state = 'published'"
        return target is not None and bool(self.db.execute(query, (target,)).fetchone())

    def resolve_references(self) -> None:
        """Ask again what each `>>` line means that this build's articles may have answered."""
        changes = self.changes
        keys = self.keys
        for article_id in self.after:
            for (key,) in self.db.execute(
                "SELECT r.headline_key FROM refs r JOIN articles a USING (n) WHERE a.id = ?",
                (article_id,),
            ):
                keys.add(key)
        for rows in self._grouped(
            "SELECT r.headline_key, a.id, a.day, r.n, r.position, r.headline, r.state, r.target"
            " FROM refs r JOIN articles a USING (n) WHERE r.headline_key IN ({marks})"
            " ORDER BY r.headline_key, a.id",
            keys,
        ):
            candidates = [
                links.Candidate(*row)
                for row in self.db.execute(
                    "SELECT id, day, numbers FROM articles"
                    " WHERE headline_key = ? AND state = 'published' ORDER BY sort",
                    (rows[0][0],),
                )
            ]
            for key, citing, day, n, position, headline, state, target in rows:
                decided = self._decided_is_published(citing, key)
                found = decide(self.decisions, headline, citing, day, candidates, decided)
                self.db.execute(
                    "UPDATE refs SET state = ?, target = ?, method = ?, reason = ?"
                    " WHERE n = ? AND position = ?",
                    (found.state, found.target, found.method, found.reason, n, position),
                )
                waited = state == "waiting" or (citing, headline) in self.waiting_before
                if waited and found.state == "linked":
                    changes.healed.append((citing, headline))
                if (found.state, found.target) != (state, target) and citing not in self.after:
                    changes.relinked.add(citing)
                if target != found.target or citing in self.after:
                    changes.cited.update(id_ for id_ in (target, found.target) if id_)
        for article_id in changes.edited | changes.moved:
            changes.relinked.update(
                citing
                for (citing,) in self.db.execute(
                    "SELECT a.id FROM refs r JOIN articles a USING (n) WHERE r.target = ?",
                    (article_id,),
                )
            )
        for article_id in changes.moved:
            changes.cited.update(
                target
                for (target,) in self.db.execute(
                    "SELECT r.target FROM refs r JOIN articles a USING (n)"
                    " WHERE a.id = ? AND r.target IS NOT NULL",
                    (article_id,),
                )
            )
        changes.healed.sort()

    def find_neighbours(self) -> None:
        """Who comes just before and just after each place where the order or a headline changed."""
        if self.fresh:
            return
        places = {standing.sort for standing in (*self.before.values(), *self.after.values())}
        for article_id in self.changes.moved:
            (sort,) = self.db.execute(
                "SELECT sort FROM articles WHERE id = ?", (article_id,)
            ).fetchone()
            places.add(sort)
        for sort in sorted(places):
            for sign, direction in (("<", "DESC"), (">", "ASC")):
                row = self.db.execute(
                    f"SELECT id FROM articles WHERE state = 'published' AND sort {sign} ?"
                    f" ORDER BY sort {direction} LIMIT 1",
                    (sort,),
                ).fetchone()
                if row:
                    self.changes.neighbours.add(row[0])

    def _grouped(self, query: str, values: Iterable[str]) -> Iterator[list[tuple[Any, ...]]]:
        """Rows of `query` in lists of equal first column, asked for in bounded lots.

        `{marks}` in the query stands for the values; rows must come ordered by that column.
        """
        ordered = sorted(values)
        for start in range(0, len(ordered), 500):
            lot = ordered[start : start + 500]
            marks = ",".join("?" * len(lot))
            rows = self.db.execute(query.replace("{marks}", marks), lot).fetchall()
            for _, group in groupby(rows, key=itemgetter(0)):
                yield list(group)
