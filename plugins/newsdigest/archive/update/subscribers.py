"""What subscribers will see of this settling: which entries of the feeds are new to them, say something
else, are gone, or come once more though their readers have them.

A reader of feeds knows an entry by its id. Asked when the ledger notes what is published.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from newsdigest.archive.changes import Subscribers
from newsdigest.archive.update.files import Files, Gone
from newsdigest.archive.update.ledger import Ledger
from newsdigest.archive.update.update import Update
from newsdigest.base.addresses import file_of, tag_uri
from newsdigest.base.ledger import Entry
from newsdigest.relate.copies import containment

# Beyond so many pairs of one gone and one come, only equal texts and headlines are looked for.
_MOST_COMPARED = 10_000


class Subscriptions:
    """The subscribers' part of one settling: against the last build, or where readers see only what
    is published, against the last publication. Made before the ledger notes anything."""

    def __init__(self, update: Update, files: Files, ledger: Ledger) -> None:
        self.update = update
        self.db = update.db
        self.files = files
        self.ledger = ledger
        self.has_ledger = False
        self.apart = update.given.ledger.apart
        # What changed in builds that were no publications.
        self.put_off: dict[str, tuple[str, str]] = {}
        if self.apart:
            rows = self.db.execute("SELECT id, was, again FROM unpublished")
            self.put_off = {id_: (was, again) for id_, was, again in rows}

    def tell(self) -> None:
        """Note in the changes what subscribers will see."""
        update, seen = self.update, Subscribers()
        first_lines = sum(entry is None for entry in self.ledger.turned.values())
        query = "SELECT 1 FROM ledger LIMIT 1 OFFSET ?"
        self.has_ledger = self.db.execute(query, (first_lines,)).fetchone() is not None
        live = {row.id: row for row in self._live()}
        come = [one for id_, one in live.items() if self._was(id_) != "listed"]
        first = [one for one in come if self._is_first(one.id)]
        gone = self._gone()
        again = self._again(first, gone)
        gone -= {was for was, _now in again}
        seen.new = len(first) - len(again)
        seen.withdrawn = len(gone)
        seen.missing = gone - update.changes.retracted - self._retracted(gone)
        seen.reappearing = sorted([*again, *self._other_ids(live)])
        seen.moved = sorted(self._moved())
        self._edits(seen, live)
        update.changes.subscribers = seen

    def _live(self) -> Iterable[_Live]:
        """The articles in the lists now that were published or changed since."""
        query = (
            "SELECT a.id, a.text, a.sha, a.headline_key, a.day, v.sketch FROM live a"
            " JOIN vectors v USING (n) WHERE a.id IN ({marks}) ORDER BY a.id"
        )
        update = self.update
        changed = {*update.after, *self.ledger.turned, *update.changes.edited, *self.put_off}
        for rows in update.grouped(query, changed):
            yield from (_Live(*row) for row in rows)

    def _was(self, id_: str) -> str:
        """What the article was to subscribers, as `Update.was` says it."""
        return self.put_off[id_][0] if id_ in self.put_off else self.update.was(id_)

    def _gone(self) -> set[str]:
        """The articles that stood in the lists and do not stand any more."""
        update = self.update
        if not self.put_off:
            return {id_ for id_ in update.listed if id_ not in update.after}
        listed = {id_ for id_ in {*self.put_off, *update.listed} if self._was(id_) == "listed"}
        query = "SELECT id FROM standing WHERE id IN ({marks}) ORDER BY id"
        return listed - {row[0] for rows in update.grouped(query, listed) for row in rows}

    def _retracted(self, ids: set[str]) -> set[str]:
        query = "SELECT id FROM ledger WHERE retracted AND id IN ({marks}) ORDER BY id"
        return {row[0] for rows in self.update.grouped(query, ids) for row in rows}

    def _is_first(self, id_: str) -> bool:
        """Whether subscribers never had the article: not in the lists, on the site, in the ledger."""
        line = self._line_before(id_)
        if line:
            return line.folded
        if self._was(id_) == "folded":
            return True  # until now: in no feed
        # A site older than its ledger: what stands there was published.
        query = "SELECT 1 FROM pages WHERE kind = 'article' AND name = ?"
        known = self.has_ledger or self.apart
        return known or not self.db.execute(query, (id_,)).fetchone()

    def _line_before(self, id_: str) -> Entry | None:
        turned = self.ledger.turned
        return turned[id_] if id_ in turned else self.ledger.entry(id_)

    # -- what comes once more ---------------------------------------------------------------------

    def _again(self, first: Iterable[_Live], gone: set[str]) -> list[tuple[str, str]]:
        """(id that is gone, id that came) of articles that are one dispatch: a file renamed and
        edited at once, or renamed where no ledger knows it."""
        known = [(self.put_off.get(one.id, ("", ""))[1], one.id) for one in first]
        known = [(was, id_) for was, id_ in known if was in gone]
        seen = {id_ for pair in known for id_ in pair}
        found = self._matched((one for one in first if one.id not in seen), gone - seen)
        if self.apart and not self.update.given.ledger.publishes:
            query = "UPDATE unpublished SET again = ? WHERE id = ?"
            self.db.executemany(query, found)
        return [*known, *found]

    def _matched(self, first: Iterable[_Live], gone: Iterable[str]) -> list[tuple[str, str]]:
        left = {id_: self.files.dropped[id_] for id_ in sorted(gone) if id_ in self.files.dropped}
        by_text = {one.text: id_ for id_, one in left.items()}
        by_title = {(one.key, one.day): id_ for id_, one in left.items() if one.key}
        found = []
        coming = list(first)
        compare = len(left) * len(coming) <= _MOST_COMPARED
        for one in coming:
            was = by_text.get(one.text) or by_title.get((one.key, one.day))
            if was not in left and compare:
                was = next((id_ for id_, other in left.items() if _is_copy(one, other)), None)
            if was in left:
                found.append((was, one.id))
                del left[was]
        return found

    def _other_ids(self, live: Iterable[str]) -> list[tuple[str, str]]:
        """(id in feeds before, id of the article) of articles that stay, under another id there."""
        now, before = self.update.given.ledger.feed_authority, self.ledger.authority_before
        found = []
        for id_, entry in self.ledger.turned.items():
            known = self.ledger.entry(id_)
            feed = known.feed if known else tag_uri(now, id_)
            if entry and entry.feed != feed and id_ in live:
                found.append((entry.feed, id_))
        if before and before != now and not self.apart:
            query = (
                "SELECT a.id FROM live a JOIN pages p ON p.kind = 'article' AND p.name = a.id"
                " ORDER BY a.id"
            )
            for (id_,) in self.db.execute(query).fetchall():
                if self._line_before(id_) is None:
                    found.append((tag_uri(before, id_), id_))
        return found

    # -- what stands elsewhere, or says something else ----------------------------------------------

    def _moved(self) -> list[str]:
        """The articles whose address is another one, and nobody said so."""
        update = self.update
        stood = (
            "SELECT s.id, s.url, p.path FROM standing s"
            " JOIN pages p ON p.kind = 'article' AND p.name = s.id"
        )
        if update.fresh:
            rows = self.db.execute(stood).fetchall()
        else:
            ids = {*update.before, *update.changes.moved}
            lots = update.grouped(f"{stood} WHERE s.id IN ({{marks}}) ORDER BY s.id", ids)
            rows = [row for lot in lots for row in lot]
        return [
            id_
            for id_, url, path in rows
            if file_of(url) != path
            and not self._is_declared(id_, path)
            and not (self.apart and self._line_before(id_) is None)
        ]

    def _is_declared(self, id_: str, path: str) -> bool:
        entry = self.ledger.entry(id_)
        return bool(entry) and path in map(file_of, entry.addresses if entry else ())

    def _edits(self, seen: Subscribers, live: dict[str, _Live]) -> None:
        """Count the entries whose time of update moves, and of those the ones nobody declared."""
        for id_, one in live.items():
            before = self.ledger.turned.get(id_)
            now = self.ledger.entry(id_)
            if before and now and before.sent < now.sent:
                seen.updated += 1
                edited = before.updated != now.updated
                seen.undeclared += edited and now.edits[-1].kind == "undeclared"
            elif now and (
                self._will_be_edited(now, one) or self._is_back(now) or id_ in self.update.renewed
            ):
                seen.updated += 1

    def _is_back(self, entry: Entry) -> bool:
        """Whether a build that was no publication brought it back, which was retracted until then."""
        lifted = entry.retraction and entry.retraction.lifted
        return entry.id in self.put_off and not self._was(entry.id) and bool(lifted)

    def _will_be_edited(self, entry: Entry, one: _Live) -> bool:
        """Whether a publication, which this build is not, would note an edit."""
        publishes = self.update.given.ledger.publishes
        return not publishes and entry.text != one.text and entry.sha != one.sha


class _Live(NamedTuple):
    """An article in the lists, as far as it may be the same as another."""

    id: str
    text: str
    sha: str
    key: str
    day: str
    sketch: bytes


def _is_copy(one: _Live, other: Gone) -> bool:
    return containment(one.sketch, other.sketch) > 0
