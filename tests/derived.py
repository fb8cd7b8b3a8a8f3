"""What a store holds of the archive, told by ids: the same for any order in which files arrived."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from newsdigest.relate.suggestions import unpack

# By article number, which is the order of arrival: told by the article's id instead.
BY_NUMBER = {
    "refs": "position, headline, headline_key, state, target, method, reason",
    "headline_words": "word, day",
    "former_headlines": "headline, headline_key, numbers",
    "former_words": "word, day, headline",
    "probes": "word, day, position",
    "short_forms": "kind, short, sort, position",
    "labels": "kind, label, sort",
    "pictures": "place, sha, path, width, height",
}
PLAIN = {
    "files": "path, sha, outcome, article, code, line, facts, warnings, package",
    "articles": "id, sort, day, folder, section, state, same_text, duplicate_of, headline, headline_key,"
    " numbers, plain_slug, slug, url, card, record, parts",
    "label_months": "kind, label, month, articles",
    "copies": "id, of",
    "embargoes": "id, until",
    "embargoed": "id, until",
    "affairs": "term, sort, id",
    "members": "id, sort, story, parent, kind, names, words",
    "views": "kind, name, view",
    "stories": "story, title, plain_slug, slug, first, last, articles, kept, lang",
}
# Of one entity: told by its key and kind.
BY_ENTITY = {
    "mentions": "sort, position, mentions, live, joined, name, tagged, type, before, mention, after",
    "surnames": "short",
    "spelled_out": "short, sort",
    "roles": "sort, key, role",
    "forms": "form, articles",
    "months": "month, articles",
}
ENTITY = (
    "e.name, e.type, e.plain_slug, e.slug, e.articles, e.first, e.first_type, e.initials, e.link"
)


def derived(store: Path) -> dict[str, list[Any]]:
    """Each table's rows, sorted."""
    with closing(sqlite3.connect(store)) as db:
        ids = dict(db.execute("SELECT n, id FROM articles"))
        found: dict[str, list[Any]] = {
            table: db.execute(f"SELECT {columns} FROM {table}").fetchall()
            for table, columns in PLAIN.items()
        }
        for table, columns in BY_NUMBER.items():
            rows = db.execute(f"SELECT n, {columns} FROM {table}")
            found[table] = [(ids[n], *rest) for n, *rest in rows]
        found["entities"] = db.execute(f"SELECT key, kind, {ENTITY} FROM entities e").fetchall()
        for table, columns in BY_ENTITY.items():
            told = ", ".join(f"t.{column.strip()}" for column in columns.split(","))
            rows = db.execute(
                f"SELECT e.key, e.kind, {told} FROM {table} t JOIN entities e USING (entity)"
            )
            found[table] = rows.fetchall()
        found["vectors"] = [
            (
                ids[n],
                sketch,
                terms,
                [
                    (ids[m], score)
                    for m, score in np.frombuffer(ranked, np.int64).reshape(-1, 2).tolist()
                ],
                [ids[m] for m in np.frombuffer(chosen, np.int64).tolist()],
            )
            for n, sketch, terms, ranked, chosen in db.execute("SELECT * FROM vectors")
            if db.execute("SELECT state FROM articles WHERE n = ?", (n,)).fetchone()[0]
            == "published"
        ]
        found["postings"] = [
            (term, month, sorted((ids[n], weight) for n, weight in unpack(block)))
            for term, month, block in db.execute("SELECT * FROM postings")
        ]
    return {table: sorted(rows, key=repr) for table, rows in found.items()}
