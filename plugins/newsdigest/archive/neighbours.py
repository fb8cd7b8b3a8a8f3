"""Which article stands before and after another, for a reader who goes on: of one language.

Within its story as far as that has another article in the language, else within its section; the
articles of no section are one. What tells language and section: the label `section`
(`archive.rows.labels`). A folded copy has no label, and no neighbours.
"""

from __future__ import annotations

from sqlite3 import Connection

_LANG = "substr(l.label, instr(l.label, '/') + 1)"
_MEMBERS = (
    "SELECT a.id, {pick}(m.sort) FROM members m JOIN articles a USING (id)"
    " JOIN labels l ON l.n = a.n AND l.kind = 'section' WHERE m.story = ? AND m.sort {sign} ?"
)
_LABELLED = (
    "SELECT a.id, l.sort FROM labels l JOIN articles a USING (n)"
    " WHERE l.kind = 'section' AND l.label = ? AND l.sort {sign} ? ORDER BY l.sort {order} LIMIT 1"
)
_BEFORE = {"pick": "max", "sign": "<", "order": "DESC"}
_AFTER = {"pick": "min", "sign": ">", "order": "ASC"}


def beside(db: Connection, n: int) -> tuple[str | None, str | None]:
    """The ids of the articles before and after the one of this number, as its page names them."""
    row = db.execute(
        "SELECT l.label, a.sort, m.story FROM articles a"
        " JOIN labels l ON l.n = a.n AND l.kind = 'section' LEFT JOIN members m USING (id)"
        " WHERE a.n = ?",
        (n,),
    ).fetchone()
    if row is None:
        return None, None
    label, sort, story = row
    if story:
        of_language = f"{_MEMBERS} AND {_LANG} = ?"
        values = (story, sort, label.rpartition("/")[2])
        before, after = (
            db.execute(of_language.format(**side), values).fetchone()[0]
            for side in (_BEFORE, _AFTER)
        )
        if before or after:
            return before, after
    before, after = (_nearest(db, label, sort, side) for side in (_BEFORE, _AFTER))
    return before, after


def near_in_section(db: Connection, label: str, sort: str) -> set[str]:
    """Who comes just before and just after a place in a section, which is told by its label."""
    found = (_nearest(db, label, sort, side) for side in (_BEFORE, _AFTER))
    return {id_ for id_ in found if id_}


def near_in_story(db: Connection, story: str, sort: str) -> set[str]:
    """Who comes just before and just after a place in a story, in each language."""
    found: set[str] = set()
    for side in (_BEFORE, _AFTER):
        rows = db.execute(f"{_MEMBERS.format(**side)} GROUP BY {_LANG}", (story, sort))
        found.update(id_ for id_, _sort in rows)
    return found


def _nearest(db: Connection, label: str, sort: str, side: dict[str, str]) -> str | None:
    row = db.execute(_LABELLED.format(**side), (label, sort)).fetchone()
    return row[0] if row else None
