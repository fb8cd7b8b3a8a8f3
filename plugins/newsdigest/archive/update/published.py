"""What this publication adds to the ledger: new articles, other texts, slugs of stories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC
from itertools import chain
from typing import Any

import msgspec

from newsdigest.archive.rows import pack_card, unpack_card, unpack_record
from newsdigest.archive.update.edits import Published, advanced, changed
from newsdigest.archive.update.ledger import Ledger
from newsdigest.archive.update.update import Update
from newsdigest.base.addresses import tag_uri
from newsdigest.base.ledger import Entry
from newsdigest.base.records import Article
from newsdigest.relate.stories.threads import PAGE_FROM


class Publication:
    """Notes in the ledger's lines what is published now, or leaves it to the next publication."""

    def __init__(self, update: Update, ledger: Ledger) -> None:
        self.update = update
        self.db = update.db
        self.ledger = ledger

    def advance(self) -> None:
        """Note what is published now: new articles, other texts, files that lie elsewhere."""
        update = self.update
        columns = "SELECT id, path, url, sha, text, headline, record, state FROM standing"
        if update.fresh:
            rows: Iterable[tuple[Any, ...]] = self.db.execute(columns).fetchall()
        else:
            put_off = {id_ for (id_,) in self.db.execute("SELECT id FROM unpublished")}
            query = f"{columns} WHERE id IN ({{marks}}) ORDER BY id"
            rows = chain.from_iterable(update.grouped(query, self._touched() | put_off))
        for id_, *published, record, state in rows:
            self._publish(id_, Published._make((*published, state == "folded")), record)
        self.db.execute("DELETE FROM unpublished")

    def put_off(self) -> None:
        """Leave to the next publication what this settling changed."""
        if self.update.fresh:
            self.db.execute(
                "INSERT INTO unpublished (id, was) SELECT s.id, CASE WHEN l.id IS NULL THEN ''"
                " WHEN s.state = 'published' THEN 'listed' ELSE 'folded' END"
                " FROM standing s LEFT JOIN ledger l USING (id)"
            )
        rows = (
            (id_, self.update.was(id_))
            for id_ in sorted(self._touched() | self.update.before.keys())
        )
        self.db.executemany("INSERT OR IGNORE INTO unpublished (id, was) VALUES (?, ?)", rows)

    def put_off_stories(self) -> None:
        """Leave to the next publication which stories this settling changed."""
        if self.update.fresh:
            self.db.execute("INSERT INTO unpublished_stories SELECT story FROM stories")
        ids = ((story,) for story in sorted(self.update.changes.stories))
        self.db.executemany("INSERT OR IGNORE INTO unpublished_stories VALUES (?)", ids)

    def _touched(self) -> set[str]:
        return {*self.update.after, *self.update.changes.moved}

    def _publish(self, id_: str, now: Published, record: bytes) -> None:
        entry = self.ledger.entry(id_)
        if entry is None:
            new = self._first(id_, now, _article(record))
        else:
            new = advanced(entry, now, self._moment, lambda: self._changes(id_, record))
        self.db.execute("DELETE FROM last_published WHERE id = ?", (id_,))
        if new == entry:
            return
        self.ledger.turned.setdefault(id_, entry)
        if entry and entry.updated != new.updated and id_ not in self.update.after:
            self.update.changes.edited.add(id_)
        if new.edits[len(entry.edits) if entry else 0 :] and new.edits[-1].kind == "undeclared":
            self.update.changes.undeclared.append(id_)
        self.ledger.rewrite(new)

    def note_stories(self) -> None:
        """Note under which slugs stories are published now: in the lines of their articles."""
        noted = (
            "SELECT m.story, m.id, s.slug FROM members m JOIN stories s USING (story)"
            " LEFT JOIN ledger_stories l ON l.id = m.id AND l.latest"
            f" WHERE s.articles >= {PAGE_FROM} AND s.slug IS NOT l.slug"
        )
        if self.update.fresh:
            rows = self.db.execute(f"{noted} ORDER BY m.id").fetchall()
        else:
            query = f"{noted} AND m.story IN ({{marks}}) ORDER BY m.story"
            put_off = self.db.execute("SELECT story FROM unpublished_stories")
            reached = {*self.update.changes.stories, *(story for (story,) in put_off)}
            rows = list(chain.from_iterable(self.update.grouped(query, reached)))
        self.db.execute("DELETE FROM unpublished_stories")
        for _story, id_, slug in rows:
            entry = self.ledger.entry(id_)
            if entry:
                stories = (*(one for one in entry.stories if one != slug), slug)
                self.ledger.rewrite(msgspec.structs.replace(entry, stories=stories))

    def mark(self) -> None:
        """Lists say of an article that it was corrected, and when."""
        update, changes = self.update, self.update.changes
        query = (
            "SELECT c.id, max(c.day), a.n, a.day, a.card FROM corrections c CROSS JOIN articles a USING (id)"
            " WHERE c.id IN ({marks}) GROUP BY c.id ORDER BY c.id"
        )
        for rows in update.grouped(query, {*update.after, *update.changes.edited}):
            for id_, told, n, day, packed in rows:
                card = unpack_card(packed)
                if card.corrected == told:
                    continue
                marked = pack_card(replace(card, corrected=told))
                self.db.execute("UPDATE articles SET card = ? WHERE n = ?", (marked, n))
                if id_ not in update.after:
                    update.marked.add(id_)
                    changes.days.add(day)
                    labels = "SELECT kind, label FROM labels WHERE n = ?"
                    changes.labels.update(self.db.execute(labels, (n,)))

    @property
    def _moment(self) -> str:
        return self.update.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _first(self, id_: str, now: Published, article: Article) -> Entry:
        feed = tag_uri(self.update.given.ledger.feed_authority, id_)
        return Entry(
            id_,
            now.file,
            now.address,
            feed,
            article.published.isoformat(timespec="minutes"),
            now.sha,
            now.text,
            now.headline,
            folded=now.folded,
        )

    def _changes(self, id_: str, record: bytes) -> tuple[tuple[str, str], ...]:
        """What a text says otherwise than when it was last published, as far as that is known."""
        query = "SELECT record FROM last_published WHERE id = ?"
        row = self.db.execute(query, (id_,)).fetchone()
        return changed(_article(row[0]), _article(record)) if row else ()


def _article(record: bytes) -> Article:
    return unpack_record(record).article
