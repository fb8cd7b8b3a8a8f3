"""Settling the files: which article each became, which of two equal ones is published, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import msgspec

from newsdigest.archive.neighbours import near_in_section
from newsdigest.archive.rows import (
    FileResult,
    ParsedArticle,
    own_card,
    pack_card,
    unpack_card,
    unpack_parts,
    unpack_record,
)
from newsdigest.archive.schema import DRAFT, DUPLICATE, FOLDED, HELD, PUBLISHED, STANDING
from newsdigest.archive.update.identities import Identities
from newsdigest.archive.update.kept import Kept
from newsdigest.archive.update.ledger import Ledger
from newsdigest.archive.update.links import Links
from newsdigest.archive.update.names import Names
from newsdigest.archive.update.retracted import Filed, Retracted
from newsdigest.archive.update.suggestions import Suggestions
from newsdigest.archive.update.update import Placed, Update
from newsdigest.base import addresses
from newsdigest.base.conflict_copies import is_copy_of_one
from newsdigest.base.records import Remark


class Files:
    """The files' and articles' part of one settling."""

    def __init__(
        self,
        update: Update,
        names: Names,
        links: Links,
        suggestions: Suggestions,
        ledger: Ledger,
        identities: Identities,
        retracted: Retracted,
    ) -> None:
        self.update = update
        self.db = update.db
        self.names = names
        self.links = links
        self.suggestions = suggestions
        self.ledger = ledger
        self.identities = identities
        self.retracted = retracted
        # Files that may be published articles' under other names, or copies of a retracted one.
        self.doubtful: set[str] = set()
        self.kept = Kept(update)
        self.twins: set[str] = set()
        self.deleted: dict[str, str] = {}
        # The files read now that are articles; those deleted, with the articles they were.
        self.read: set[str] = set()
        self.lost: dict[str, str] = {}
        # The articles in the lists whose rows went: most come back, edited.
        self.dropped: dict[str, Gone] = {}
        self.folders: set[str] = set()
        # The wire items of which a file came, went or changed.
        self.items: set[str] = set()
        # Where articles came or left, by the label of their section.
        self.places: set[tuple[str, str]] = set()

    # -- files in and out ---------------------------------------------------------------------

    def forget(self, path: str) -> bool:
        """The file is gone: so is its article, if it had one. Tells if the file was known."""
        row = self.db.execute("SELECT article FROM files WHERE path = ?", (path,)).fetchone()
        # Its id may be another file's by now.
        query = "SELECT 1 FROM articles WHERE id = ? AND path = ?"
        if row and self.db.execute(query, (row[0], path)).fetchone():
            self._drop_article(row[0])
        self.db.execute("DELETE FROM files WHERE path = ?", (path,))
        self.db.execute("DELETE FROM picture_files WHERE file = ?", (path,))
        return row is not None

    def delete(self, path: str) -> None:
        """The file was deleted: an exact copy of it may take its place."""
        row = self.db.execute(
            "SELECT a.state, a.same_text, a.id FROM files f JOIN articles a ON a.id = f.article"
            " WHERE f.path = ?",
            (path,),
        ).fetchone()
        if row and row[0] in STANDING:
            self.deleted[row[1]] = path
            self.lost[path] = row[2]
        self.forget(path)

    def file(self, result: FileResult) -> None:
        """Take in what was read of one file; nothing is published yet."""
        article, rejection = result.article, result.rejection
        if article is not None:
            article = self.identities.identified(article, result.path)
            result = replace(result, article=article)
            filed = Filed(article.id, article.text, article.sketch, article.record)
            if holder := self.retracted.holder(filed, identified=False):
                self._hold_read(result, article, holder)
                return
            if self.retracted.entries:
                self.doubtful.add(result.path)
            self._make_way(article.id, result.path)
        if not self.update.fresh:
            if self._as_before(result):
                return
            if self.kept.keep(result):
                self.update.changes.read_anew += 1
                return
            self.update.changes.read_anew += self.forget(result.path)
        self.update.changes.remarks.extend(result.remarks)
        if article is not None:
            self._file_article(article)
            self.kept.give_up(article.id)
            if rejection:
                self.kept.anew.add(article.id)
            else:
                self.read.add(result.path)
        outcome = "rejected" if rejection else "ignored"
        if article:
            outcome = "kept" if rejection else "article"
        self.db.execute(
            "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                result.package_file,
            ),
        )
        if article:
            self._note_pictures(result)

    def _note_pictures(self, result: FileResult) -> None:
        self.db.executemany(
            "INSERT OR REPLACE INTO picture_files VALUES (?, ?, ?, ?, ?)",
            (
                (
                    result.path,
                    path,
                    named,
                    fault.code if fault else None,
                    msgspec.json.encode(fault.facts) if fault else None,
                )
                for path, named, fault in result.pictures
            ),
        )

    def _hold_read(self, result: FileResult, article: ParsedArticle, holder: str) -> None:
        """A file just read may not be published: nothing of it is kept but that it is there."""
        query = "SELECT outcome, sha, facts FROM files WHERE path = ?"
        before = self.db.execute(query, (result.path,)).fetchone()
        facts = msgspec.json.encode({"of": holder})
        now = ("retracted", article.sha, facts)
        self.update.changes.read_anew += self.forget(result.path)
        self.db.execute(
            "INSERT INTO files (path, stamp, package, outcome, sha, facts) VALUES (?, ?, ?, ?, ?, ?)",
            (result.path, result.stamp, result.package_file, *now),
        )
        if holder != article.id and before != now:
            self._tell_held(result.path, article.id, holder)
        elif holder == article.id and before and before[0] == now[0] and before != now:
            remark = Remark(result.path, "W_RETRACTED_EDITED", {"id": holder})
            self.update.changes.remarks.append(remark)

    def hold(self, path: str, article_id: str, holder: str) -> None:
        """The article filed of this file may not be published any more."""
        self._drop_article(article_id)
        self.db.execute(
            "UPDATE files SET outcome = 'retracted', article = NULL, code = NULL, line = NULL,"
            " facts = ?, warnings = '' WHERE path = ?",
            (msgspec.json.encode({"of": holder}), path),
        )
        self.db.execute("DELETE FROM picture_files WHERE file = ?", (path,))
        remarks = self.update.changes.remarks
        remarks[:] = [remark for remark in remarks if remark.path != path]
        if article_id != holder:
            self._tell_held(path, article_id, holder)

    def _tell_held(self, path: str, article_id: str, holder: str) -> None:
        facts: dict[str, str | int] = {"of": holder, "id": article_id}
        self.update.changes.remarks.append(Remark(path, "W_RETRACTED_COPY", facts))

    def _as_before(self, result: FileResult) -> bool:
        """A file touched but not changed: its stamp is noted, and that is all."""
        row = self.db.execute(
            "SELECT f.outcome, f.sha, f.code, f.line, f.facts, a.state, f.article FROM files f"
            " LEFT JOIN articles a ON a.id = f.article WHERE f.path = ?",
            (result.path,),
        ).fetchone()
        if row is None:
            return False
        outcome, sha, code, line, facts, state, known = row
        article, rejection = result.article, result.rejection
        if article is not None:
            was_draft, is_draft = state == DRAFT, article.state == DRAFT
            same = (article.sha, article.id) == (sha, known) and was_draft == is_draft
            if same and outcome == "kept":
                self.kept.set_fault(result.path, result.stamp, None)
                return True
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

    def _make_way(self, article_id: str, path: str) -> None:
        """A file elsewhere that stood in for this article is one of its own again."""
        query = "SELECT path FROM articles WHERE id = ? AND path != ?"
        row = self.db.execute(query, (article_id, path)).fetchone()
        if row and (other := self.identities.id_of(row[0])) != article_id:
            self.file_under({row[0]: other})

    def identify(self) -> None:
        """File again what the ledger says is another article, or says something else of."""
        self.file_under(self.identities.misfiled())

    def file_under(self, ids: Mapping[str, str]) -> None:
        """File the articles of these files under these ids; their texts are known."""
        rows = []
        for path in ids:
            query = "SELECT id, record, state FROM articles WHERE path = ?"
            rows.append((path, *self.db.execute(query, (path,)).fetchone()))
        for _path, was, _record, _state in rows:
            self._drop_article(was)
        for path, _was, record, _state in rows:
            self._file_article(self.identities.called(ids[path], record))
            self.db.execute("UPDATE files SET article = ? WHERE path = ?", (ids[path], path))

    def give_up_copies(self) -> None:
        """What is kept of conflict copies goes when their originals can be read."""
        for article_id in self.kept.outdone():
            self.kept.give_up(article_id)
            self._drop_article(article_id)

    def file_anew(self, path: str, article: ParsedArticle) -> None:
        """The file is as it was, and what is said of its article is not."""
        self._drop_article(article.id)
        self._file_article(article)
        query = "UPDATE files SET warnings = ? WHERE path = ?"
        self.db.execute(query, (" ".join(article.warnings), path))

    def _file_article(self, article: ParsedArticle) -> None:
        if not self.update.fresh or article.id in self.kept.anew:
            self._drop_article(article.id)
        cursor = self.db.execute(
            """INSERT INTO articles (id, sort, day, folder, section, state, same_text, headline,
               headline_key, numbers, plain_slug, card, record, parts, path, sha, text, item,
               version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                article.id,
                article.sort,
                article.day,
                article.folder,
                article.section,
                DRAFT if article.state == DRAFT else HELD,
                article.same_text,
                article.headline,
                article.headline_key,
                article.numbers,
                article.plain_slug,
                article.card,
                article.record,
                article.parts,
                article.path,
                article.sha,
                article.text,
                article.item,
                article.version,
            ),
        )
        if article.item:
            self.items.add(article.item)
        self.db.execute(
            "INSERT INTO vectors (n, sketch, terms) VALUES (?, ?, ?)",
            (cursor.lastrowid, article.sketch, article.terms),
        )
        self.db.executemany(
            "INSERT INTO pictures VALUES (?, ?, ?, ?, ?, ?)",
            (
                (cursor.lastrowid, place, sha, path, width, height)
                for place, (path, sha, width, height) in enumerate(article.pictures)
            ),
        )
        if article.embargo:
            query = "INSERT INTO embargoes VALUES (?, ?)"
            self.db.execute(query, (article.id, article.embargo))
        if article.state == DRAFT:
            self.links.ask_again(article.day, article.headline)
        self.twins.add(article.same_text)

    def _drop_article(self, article_id: str) -> None:
        query = (
            "SELECT n, state, same_text, text, record, day, headline, headline_key, item"
            " FROM articles WHERE id = ?"
        )
        row = self.db.execute(query, (article_id,)).fetchone()
        if not row:
            return
        n, state, same_text, text, record, day, headline, key, item = row
        self.twins.add(same_text)
        if item:
            self.items.add(item)
        self.identities.left(article_id, text, record)
        if state in STANDING:
            self._withdraw(n)
        if state == PUBLISHED:
            query = "SELECT sketch FROM vectors WHERE n = ?"
            (sketch,) = self.db.execute(query, (n,)).fetchone()
            self.dropped.setdefault(article_id, Gone(text, key, day, sketch))
        if state == DRAFT:
            self.links.ask_again(day, headline)
        self.db.execute("DELETE FROM embargoes WHERE id = ?", (article_id,))
        for table in ("articles", "feed_entries", "vectors", "pictures"):
            self.db.execute(f"DELETE FROM {table} WHERE n = ?", (n,))

    # -- publishing and withdrawing one article ---------------------------------------------

    def choose_among_twins(self) -> None:
        """Of articles equal in headline, date and body, one is published: the one that has been,
        at the address of the lowest number, before the first by id; originals before file copies."""
        chosen = []
        for rows in self.update.grouped(
            "SELECT same_text, id, n, state, folder, plain_slug, url FROM articles"
            " WHERE same_text IN ({marks}) AND state != 'draft' AND NOT outdone"
            " ORDER BY same_text, id",
            self.twins,
        ):
            leader = self._leader([(row[1], *row[4:]) for row in rows])
            for twin, article_id, n, state, *_place in rows:
                if article_id == leader and state == DUPLICATE and twin in self.deleted:
                    self.update.changes.succeeded.append((self.deleted[twin], self._path(n)))
                if article_id == leader and state not in STANDING:
                    chosen.append(n)
                elif article_id != leader and state != DUPLICATE:
                    if state in STANDING:
                        self._withdraw(n)
                    self._set_state(n, DUPLICATE, leader)
                elif article_id != leader:
                    self._set_state(n, DUPLICATE, leader)
        # As they lie in the store: in any other order each costs pages of its own.
        for n in sorted(chosen):
            self._set_state(n, PUBLISHED, None)
            self._publish(n)
        self.update.lots.write()

    def give_way(self, n: int, standing: bool, leader: str) -> None:
        """A lower version of what another file says is a duplicate of it, whatever their texts."""
        if standing:
            self._withdraw(n)
        self._set_state(n, DUPLICATE, leader)
        self.db.execute("UPDATE articles SET outdone = 1 WHERE n = ?", (n,))

    def _path(self, n: int) -> str:
        (record,) = self.db.execute("SELECT record FROM articles WHERE n = ?", (n,)).fetchone()
        return unpack_record(record).article.path

    def _leader(self, twins: Sequence[tuple[str, str, str, str]]) -> str:
        """Which of some twins is published; each as (id, folder, base, url)."""
        first = twins[0][0]
        if len(twins) == 1:
            return first
        published = [id_ for id_, *_place in twins if self.ledger.address(id_)]
        if published:
            return published[0]
        held = []
        for article_id, folder, base, url in twins:
            slug = addresses.slug_in(
                self.update.addresses, folder, self._file_held(article_id, url)
            )
            number = addresses.slug_number(slug, base)
            if number:
                held.append((number, article_id))
        return min(held)[1] if held else _originals_first([id_ for id_, *_ in twins])[0]

    def _file_held(self, article_id: str, url: str) -> str:
        """Where an article stood when this settling began, `url` being what its row says; where it
        stands in the site if the store does not know. "" if it did nowhere."""
        before = self.update.before.get(article_id)
        known = before.url if before else url
        if known:
            return addresses.file_of(known)
        query = "SELECT path FROM pages WHERE kind = 'article' AND name = ?"
        row = self.db.execute(query, (article_id,)).fetchone()
        return row[0] if row else ""

    def fold(self, n: int, leader: str | None, card: bytes | None = None) -> None:
        """Fold a standing article under its leader, or give it back its place in the lists.

        `card`: what lists show of it from now on, where that changes.
        """
        self._withdraw(n)
        self._set_state(n, FOLDED if leader else PUBLISHED, leader)
        if card is not None:
            self.db.execute("UPDATE articles SET card = ? WHERE n = ?", (card, n))
        self._publish(n)
        self.update.lots.write()

    def _set_state(self, n: int, state: str, leader: str | None) -> None:
        self.db.execute(
            "UPDATE articles SET state = ?, duplicate_of = ? WHERE n = ?", (state, leader, n)
        )
        if state == DUPLICATE:
            self.db.execute("UPDATE articles SET slug = '', url = '' WHERE n = ?", (n,))
        if state == FOLDED:
            self.suggestions.clear(n)
        if state != PUBLISHED and not self.update.fresh:
            query = "SELECT card, record FROM articles WHERE n = ?"
            packed, record = self.db.execute(query, (n,)).fetchone()
            card = unpack_card(packed)
            if card.also or card.newest:  # it leads no copies any more
                packed = pack_card(own_card(packed, record))
                self.db.execute("UPDATE articles SET card = ? WHERE n = ?", (packed, n))

    def _publish(self, n: int) -> None:
        """The article joins the archive, once the lots are written."""
        query = "SELECT id, sort, day, folder, headline, parts, state FROM articles WHERE n = ?"
        row = self.db.execute(query, (n,)).fetchone()
        article_id, sort, day, folder, headline, packed, state = row
        parts = unpack_parts(packed)
        self.folders.add(folder)
        self.update.after[article_id] = Placed(sort, day, "")
        self.names.enter(n, sort, parts.entities, state == PUBLISHED)
        self.links.enter(n, day, headline, parts.related)
        self.links.enter_former(n, day, self.ledger.former_headlines(article_id, headline))
        self._touch_pictures(n)
        if state == PUBLISHED:
            self._label(n, sort, parts.labels)

    def _withdraw(self, n: int) -> None:
        query = (
            "SELECT id, sort, day, folder, headline, url, parts, state FROM articles WHERE n = ?"
        )
        row = self.db.execute(query, (n,)).fetchone()
        article_id, sort, day, folder, headline, url, packed, state = row
        self.folders.add(folder)
        self.update.changes.retagged.discard(article_id)
        # What came in this very settling was never anywhere.
        if self.update.after.pop(article_id, None) is None:
            self.update.before.setdefault(article_id, Placed(sort, day, url))
            if state == PUBLISHED:
                self.update.listed.add(article_id)
                self.suggestions.leave(n, sort)
        self.names.leave(n, sort, unpack_parts(packed).entities)
        self.links.leave(n, article_id, day, headline)
        self._touch_pictures(n)
        if state == PUBLISHED:
            self._unlabel(n, sort)

    def _touch_pictures(self, n: int) -> None:
        query = "SELECT sha FROM pictures WHERE n = ?"
        self.update.changes.pictures.update(sha for (sha,) in self.db.execute(query, (n,)))

    def _label(self, n: int, sort: str, labels: Sequence[tuple[str, str]]) -> None:
        for kind, label in labels:
            if kind == "section" and not self.update.fresh:
                self.places.add((label, sort))
            self.db.execute("INSERT INTO labels VALUES (?, ?, ?, ?)", (kind, label, sort, n))
            self.db.execute(
                "INSERT INTO label_months VALUES (?, ?, ?, 1)"
                " ON CONFLICT (kind, label, month) DO UPDATE SET articles = articles + 1",
                (kind, label, sort[:7]),
            )
        self.update.changes.labels.update(labels)

    def _unlabel(self, n: int, sort: str) -> None:
        labels, month = self._labels_of(n), sort[:7]
        self.places.update((label, sort) for kind, label in labels if kind == "section")
        self.db.execute("DELETE FROM labels WHERE n = ?", (n,))
        for kind, label in labels:
            query = "label_months {} WHERE kind = ? AND label = ? AND month = ?"
            counted = f"UPDATE {query.format('SET articles = articles - 1')}"
            self.db.execute(counted, (kind, label, month))
            emptied = f"DELETE FROM {query.format('')} AND articles = 0"
            self.db.execute(emptied, (kind, label, month))
        self.update.changes.labels.update(labels)

    def _labels_of(self, n: int) -> list[tuple[str, str]]:
        return self.db.execute("SELECT kind, label FROM labels WHERE n = ?", (n,)).fetchall()

    # -- what follows from the set of published articles ----------------------------------------

    def assign_slugs(self) -> None:
        """Each folder's articles get slugs of their own: who was published keeps its address for
        good, who had one keeps it as long as day and headline stay; the others take the next free
        one in id order, copies after originals."""
        update, changes = self.update, self.update.changes
        for rows in update.grouped(
            "SELECT folder, id, plain_slug, url, n, day FROM standing WHERE folder IN ({marks})"
            " ORDER BY folder, id",
            self.folders,
        ):
            bases = {row[1]: row[2] for row in rows}
            held = {row[1]: self._file_held(row[1], row[3]) for row in rows}
            fixed = {id_: address for id_ in bases if (address := self.ledger.address(id_))}
            place = partial(addresses.article, update.addresses, rows[0][0])
            slugs = addresses.unique_slugs(
                [(id_, bases[id_]) for id_ in _originals_first(list(bases)) if id_ not in fixed],
                {
                    id_: addresses.slug_in(update.addresses, rows[0][0], file)
                    for id_, file in held.items()
                    if file
                },
                partial(self._is_reserved, rows[0][0]),
            )
            for folder, article_id, plain, url, n, day in rows:
                address = fixed.get(article_id, "")
                slug = slugs[article_id] if not address else self._slug(address, folder, plain)
                address = address or place(slug)
                if address == url:
                    continue
                self.db.execute(
                    "UPDATE articles SET slug = ?, url = ? WHERE n = ?", (slug, address, n)
                )
                if article_id not in update.after:
                    changes.moved.add(article_id)
                    changes.labels.update(self._labels_of(n))
                    changes.days.add(day)
        for article_id, before in update.before.items():
            changes.days.add(before.day)
            if article_id not in update.after:
                changes.removed.add(article_id)
        for article_id, now in update.after.items():
            changes.days.add(now.day)
            (changes.edited if article_id in update.before else changes.added).add(article_id)

    def _slug(self, address: str, folder: str, plain: str) -> str:
        """What an article is called at the address it has for good: numbered among those of its
        headline, or as if it were the first of them."""
        file = addresses.file_of(address)
        slug = addresses.slug_in(self.update.addresses, folder, file)
        return slug if addresses.slug_number(slug, plain) else plain

    def _is_reserved(self, folder: str, slug: str) -> bool:
        return self.ledger.is_taken(addresses.article(self.update.addresses, folder, slug))

    def find_neighbours(self) -> None:
        """Who comes just before and just after each place of a section where the order or a headline
        changed, or that a correction is told of; of stories: `stories`."""
        update = self.update
        if update.fresh:
            return
        query = (
            "SELECT l.label, l.sort FROM articles a JOIN labels l ON l.n = a.n"
            " WHERE a.id = ? AND l.kind = 'section'"
        )
        for article_id in update.changes.moved | update.marked:
            self.places.update(self.db.execute(query, (article_id,)))
        for label, sort in sorted(self.places):
            update.changes.neighbours |= near_in_section(self.db, label, sort)


class Gone(NamedTuple):
    """An article that was in the lists, as far as another may be the same."""

    text: str
    key: str
    day: str
    sketch: bytes


def _originals_first(ids: Sequence[str]) -> list[str]:
    """Ids in order, but after all others those that are called a copy of one of them."""
    others = frozenset(ids)
    return sorted(ids, key=lambda id_: (is_copy_of_one(id_, others), id_))
