"""Settling the editors' names: the articles that may hold one that changed are tagged by them again."""

from __future__ import annotations

import re
from sqlite3 import Connection

from newsdigest.archive.rows import pack, unpack_parts, unpack_record
from newsdigest.archive.schema import HELD, PUBLISHED, STANDING
from newsdigest.archive.update.names import Names
from newsdigest.archive.update.suggestions import Suggestions
from newsdigest.archive.update.update import Update
from newsdigest.entities.curated.file import Touched, touched


def retag(update: Update, names: Names, suggestions: Suggestions) -> None:
    """The editors' names changed: the articles that may hold one are tagged by them again.

    Before it is chosen who stands: an article may come to stand that no build reads again.
    """
    curated = update.editors.curated
    if update.fresh or curated == update.editors_before.curated:
        return
    changed = touched(update.editors_before.curated, curated)
    names.touch(changed.keys | changed.shown)
    for n in sorted(_holding(update.db, changed)):
        query = "SELECT id, sort, state, record, parts FROM articles WHERE n = ?"
        article_id, sort, state, record, parts = update.db.execute(query, (n,)).fetchone()
        if state == HELD:
            continue  # read in this build, with these names
        known = unpack_record(record)
        tagged = known.entities if known.tagged is None else known.tagged
        if not changed.touches(known.article, tagged):
            continue
        packed = pack(known.article, tagged, curated)
        if packed.record == record and packed.parts == parts:
            continue
        update.db.execute(
            "UPDATE articles SET record = ?, parts = ? WHERE n = ?",
            (packed.record, packed.parts, n),
        )
        query = "SELECT terms FROM vectors WHERE n = ?"
        if update.db.execute(query, (n,)).fetchone()[0] != packed.terms:
            update.reworded.add(article_id)
            if state == PUBLISHED:
                suggestions.leave(n, sort)
            update.db.execute("UPDATE vectors SET terms = ? WHERE n = ?", (packed.terms, n))
        if state in STANDING:
            names.leave(n, sort, unpack_parts(parts).entities)
            entities = unpack_parts(packed.parts).entities
            names.enter(n, sort, entities, state == PUBLISHED)
            update.changes.retagged.add(article_id)
    update.lots.write()


def _holding(db: Connection, changed: Touched) -> set[int]:
    """The articles that name one of these, under whatever name, or just write it."""
    found: set[int] = set()
    for table in ("SELECT m.n FROM entities e JOIN mentions m USING (entity) WHERE e.key = ?",
                  "SELECT n FROM short_forms WHERE kind = 'titled' AND short = ?",
                  "SELECT n FROM short_forms WHERE kind = 'surname' AND short = ?",
                  "SELECT n FROM short_forms WHERE kind = 'acronym' AND short = ?"):  # fmt: skip
        for key in sorted(changed.keys):
            found.update(n for (n,) in db.execute(table, (key,)))
    if changed.words:
        written = re.compile("|".join(map(re.escape, sorted(changed.words))).encode())
        rows = db.execute("SELECT n, record FROM articles")
        found.update(n for n, record in rows if written.search(record))
    return found
