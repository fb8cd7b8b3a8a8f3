"""Settling who stands first on a day: what editors decided, and the days it changed."""

from __future__ import annotations

from newsdigest.archive.update.update import Update

# A folded copy stands for the one that the lists show.
_BY_DAY = (
    "SELECT DISTINCT a.folder, p.day, p.place, a.id FROM picks p JOIN standing s USING (id)"
    " JOIN live a ON a.id = s.leader WHERE p.day IN ('', a.folder) ORDER BY p.day, p.place"
)


def settle_picks(update: Update) -> None:
    """Note the picks, if they are others, and the days on which others stand first."""
    now = [tuple(pick) for pick in update.editors.decisions.picks]
    if now == update.db.execute("SELECT day, place, id FROM picks ORDER BY place").fetchall():
        return
    before = _by_day(update)
    update.db.execute("DELETE FROM picks")
    update.db.executemany("INSERT INTO picks VALUES (?, ?, ?)", now)
    after = _by_day(update)
    days = before.keys() | after.keys()
    update.changes.picked = {day for day in days if before.get(day) != after.get(day)}


def _by_day(update: Update) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for folder, _day, _place, id_ in update.db.execute(_BY_DAY):
        found.setdefault(folder, []).append(id_)
    return found
