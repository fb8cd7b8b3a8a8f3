"""Settling the copies: of one dispatch that several agencies sent, the earliest stands in the lists, or the
one that was published there first: readers have it.

The others keep their pages and addresses. Equal articles (twins) are chosen among in `files`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from newsdigest.archive.rows import pack_card, unpack_card
from newsdigest.archive.update.files import Files
from newsdigest.archive.update.ledger import Ledger
from newsdigest.archive.update.newest import VERSION, Version, shown
from newsdigest.archive.update.update import Update
from newsdigest.relate.copies import WITHIN_DAYS, CopyWindow, Order, Split, leaders
from newsdigest.text.dates import shifted

_AROUND = "SELECT a.id, a.sort, v.sketch FROM {} a JOIN vectors v USING (n)"


class Copies:
    """Who is whose copy, and under whom each folds."""

    def __init__(self, update: Update, files: Files, ledger: Ledger) -> None:
        self.update = update
        self.db = update.db
        self.files = files
        self.ledger = ledger

    def settle(self) -> None:
        """Fold and unfold what this build's articles, or the editors, changed."""
        update = self.update
        split = update.editors.decisions.apart
        touched = {*update.before, *update.after}
        pairs = split ^ update.editors_before.decisions.apart
        touched |= {id_ for pair in pairs for id_ in pair if not update.fresh}
        if not touched:
            return
        if update.fresh:
            self._note(self._all_copies(split))
        else:
            touched |= self._note(self._copies_around(touched, split))
        self._fold(touched, split)

    # -- who is a copy of whom -------------------------------------------------------------------

    def _all_copies(self, split: Split) -> Iterator[tuple[str, str | None]]:
        window, today = CopyWindow(), ""
        rows = self.db.execute(f"{_AROUND.format('live')} ORDER BY a.sort")
        for id_, sort, sketch in rows:
            if sort[:10] != today:
                today = sort[:10]
                window.forget_before(today)
            order = _order(sort, id_)
            found = window.best(order, sketch, split)
            window.add(order, sketch)
            if found:
                yield id_, found.of

    def _copies_around(self, touched: set[str], split: Split) -> Iterator[tuple[str, str | None]]:
        """(id, what it is a copy of now) of every article that `touched` ones may answer for."""
        days = {place.day for place in (*self.update.before.values(), *self.update.after.values())}
        query = "SELECT day FROM articles WHERE id = ?"
        days |= {day for id_ in touched for (day,) in self.db.execute(query, (id_,))}
        around = {
            shifted(day, step) for day in days for step in range(-WITHIN_DAYS, WITHIN_DAYS + 1)
        }
        window, come = CopyWindow(), CopyWindow()
        known: dict[str, tuple[Order, bytes]] = {}
        for day in sorted(around):
            rows = self.db.execute(f"{_AROUND.format('standing')} WHERE a.day = ?", (day,))
            for id_, sort, sketch in rows:
                known[id_] = order, sketch = _order(sort, id_), sketch
                window.add(order, sketch)
                if id_ in touched:
                    come.add(order, sketch)
        before = dict(self._copied(touched))
        for id_ in sorted(touched | before.keys() | known.keys()):
            if id_ not in known:
                yield id_, None
                continue
            order, sketch = known[id_]
            if id_ in touched or id_ in before or come.best(order, sketch, split):
                found = window.best(order, sketch, split)
                yield id_, found.of if found else None

    def _copied(self, touched: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The articles noted as copies of one of these."""
        for id_ in touched:
            yield from self.db.execute("SELECT id, of FROM copies WHERE of = ?", (id_,))

    def _note(self, copies: Iterable[tuple[str, str | None]]) -> set[str]:
        """Note who is a copy of whom; the articles concerned by a change, on both sides."""
        concerned: set[str] = set()
        for id_, of in copies:
            row = self.db.execute("SELECT of FROM copies WHERE id = ?", (id_,)).fetchone()
            before = row[0] if row else None
            if of == before:
                continue
            concerned.update(one for one in (id_, of, before) if one)
            if of is None:
                self.db.execute("DELETE FROM copies WHERE id = ?", (id_,))
            else:
                self.db.execute("INSERT OR REPLACE INTO copies VALUES (?, ?)", (id_, of))
        return concerned

    # -- who stands in the lists -----------------------------------------------------------------

    def _fold(self, touched: set[str], split: Split) -> None:
        copies = dict(self._whole_folds(touched))
        leading = self._published_first(leaders(copies, split), split)
        # The past folds too: a leader that lost a copy, a copy that lost its leader.
        group = touched | copies.keys() | set(copies.values())
        if self.update.fresh:
            group = set(leading)
        heads = set(leading.values())
        for id_ in sorted(group):
            row = self.db.execute(
                "SELECT n, duplicate_of FROM standing WHERE id = ?", (id_,)
            ).fetchone()
            if row is None:
                continue
            n, before = row
            leader = leading.get(id_)
            heads.update(one for one in (leader, before, id_) if one)
            if before != leader:
                self.files.fold(n, leader)
        for head in sorted(heads):
            self._show_copies(head, touched)

    def _published_first(self, leading: Mapping[str, str], split: Split) -> dict[str, str]:
        """The same folds, led by what readers have: an earlier dispatch that comes late, or that was a
        copy, does not take the place of one that was published."""
        folds: dict[str, list[str]] = {}
        for copy, leader in leading.items():
            folds.setdefault(leader, [leader]).append(copy)
        led = dict(leading)
        for leader, fold in folds.items():
            had = [] if self._was_listed(leader) else [*filter(self._was_listed, fold)]
            first = min(had, key=self._sort, default=leader)
            if first != leader and not any(_are_apart(first, one, split) for one in fold):
                led |= dict.fromkeys(fold, first)
                del led[first]
        return led

    def _was_listed(self, id_: str) -> bool:
        line = self.ledger.entry(id_)
        return line is not None and not line.folded

    def _sort(self, id_: str) -> str:
        (sort,) = self.db.execute("SELECT sort FROM articles WHERE id = ?", (id_,)).fetchone()
        return str(sort)

    def _whole_folds(self, touched: set[str]) -> Iterator[tuple[str, str]]:
        """Every (copy, of) that hangs together with a touched article."""
        if self.update.fresh:
            yield from self.db.execute("SELECT id, of FROM copies")
            return
        seen: set[str] = set()
        todo = sorted(touched)
        while todo:
            id_ = todo.pop()
            if id_ in seen:
                continue
            seen.add(id_)
            for copy, of in self.db.execute(
                "SELECT id, of FROM copies WHERE id = ? UNION SELECT id, of FROM copies WHERE of = ?",
                (id_, id_),
            ).fetchall():
                yield copy, of
                todo += [copy, of]

    def _show_copies(self, head: str, touched: set[str]) -> None:
        """The leader's entry in lists tells the newest version, and names the agencies of the others."""
        query = f"SELECT {VERSION} FROM live WHERE id = ?"
        row = self.db.execute(query, (head,)).fetchone()
        if row is None:
            return
        query = f"SELECT {VERSION} FROM folded WHERE duplicate_of = ? ORDER BY sort"
        leader, copies = Version(*row), [Version(*row) for row in self.db.execute(query, (head,))]
        card = shown(self.db, leader, copies)
        # What the newest version says stands in the leader's place.
        if card != unpack_card(leader.card) or card.newest in touched:
            self.files.fold(leader.n, None, pack_card(card))
            if card.newest and head in self.update.listed:
                self.update.renewed.add(head)
        elif head in touched or any(copy.id in touched for copy in copies):
            self.update.changes.cited.add(head)
        if head in self.update.before or head in self.update.after:
            # What a copy adds is told beside the leader's words.
            self.update.changes.cited.update(copy.id for copy in copies)


def _are_apart(one: str, other: str, split: Split) -> bool:
    return (min(one, other), max(one, other)) in split


def _order(sort: str, id_: str) -> Order:
    return sort[: -len(id_) - 1], id_
