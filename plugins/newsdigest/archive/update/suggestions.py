"""Settling the suggestions: which earlier articles each one is like, and which of them it shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from newsdigest.archive.rows import pack_chosen, unpack_terms
from newsdigest.archive.update.update import Update
from newsdigest.base.arrays import np
from newsdigest.relate.suggestions import DAYS_BACK, KEPT, SHOWN, Index, amend, choose
from newsdigest.relate.terms import Term, Terms
from newsdigest.text.dates import shifted

_LIVE = "SELECT n, substr(sort, 1, 10) FROM live WHERE"
# The language of each article in the lists (`archive.rows.labels`).
_LANGS = "SELECT n, substr(label, instr(label, '/') + 1) FROM labels WHERE kind = 'section'"
Ranked = list[tuple[int, int]]


class Suggestions:
    """The suggestions' part of one settling. A folded copy has none, and is none.

    An article's list looks back a year and no further: what comes, goes or changes reaches the
    lists of the year after it, and those only that it is, or could be, in.
    """

    def __init__(self, update: Update) -> None:
        self.update = update
        self.db = update.db
        # Articles that stopped counting in this settling, with their day and terms.
        self.left: dict[int, tuple[str, str, Terms]] = {}
        self.cleared: set[int] = set()

    def leave(self, n: int, sort: str) -> None:
        """The article stops being suggested; its postings go before its number does."""
        row = self.db.execute("SELECT terms FROM vectors WHERE n = ?", (n,)).fetchone()
        if row is not None and n not in self.left:
            self.left[n] = (sort[:10], sort, unpack_terms(row[0]))

    def clear(self, n: int) -> None:
        """The article suggests nothing any more."""
        self.cleared.add(n)
        self.db.execute("UPDATE vectors SET ranked = x'', chosen = x'' WHERE n = ?", (n,))

    def settle(self) -> None:
        """Rank and choose anew wherever this build's articles could matter."""
        if self.update.fresh:
            self._rank_all()
            return
        came = self._came()
        standing = came.keys()
        left = {n: known for n, known in self.left.items() if n not in came or came[n] != known}
        # The same article, with another address or other copies than before.
        refiled = self.left.keys() - left.keys()
        came = {n: known for n, known in came.items() if n not in self.left or n in left}
        affected: set[int] = set()
        if came or left:
            affected = self._affected(came, left)
            self._amend(came, left)
        ranked = self._rank({*came, *affected, *(self.cleared & standing)})
        self._choose(ranked | self._with_others_standing(refiled), self._looking_else(refiled))

    # -- a first build ---------------------------------------------------------------------------

    def _rank_all(self) -> None:
        """One pass through the archive, in order; the index it leaves is filed by term and month."""
        index = Index()
        rows = self.db.execute(
            "SELECT a.n, substr(a.sort, 1, 10), v.terms FROM live a JOIN vectors v USING (n)"
            " ORDER BY a.sort"
        )
        stories = self.db.execute("SELECT a.n, m.story FROM articles a JOIN members m USING (id)")
        story_of = dict(stories.fetchall())
        langs = dict(self.db.execute(_LANGS).fetchall())

        def ranked() -> Iterator[tuple[bytes, bytes, int]]:
            for n, day, packed in rows:
                terms = unpack_terms(packed)
                index.add(n, day, terms)
                found = index.earlier(n, terms)
                yield _pack(found), pack_chosen(self._chosen(n, found, story_of, langs)), n

        update = "UPDATE vectors SET ranked = ?, chosen = ? WHERE n = ?"
        everything = ranked()
        while lot := list(islice(everything, 1000)):
            self.db.executemany(update, lot)
        self.db.executemany("INSERT INTO postings VALUES (?, ?, ?)", index.blocks())

    # -- later builds ----------------------------------------------------------------------------

    def _came(self) -> dict[int, tuple[str, str, Terms]]:
        found = {}
        query = "SELECT a.n, a.sort, v.terms FROM live a JOIN vectors v USING (n) WHERE"
        rows = [
            self.db.execute(f"{query} a.id = ?", (id_,)).fetchone() for id_ in self.update.after
        ]
        rows += [self.db.execute(f"{query} a.n = ?", (n,)).fetchone() for n in self.left]
        for n, sort, packed in filter(None, rows):
            found[n] = (sort[:10], sort, unpack_terms(packed))
        return found

    def _affected(
        self, came: dict[int, tuple[str, str, Terms]], left: dict[int, tuple[str, str, Terms]]
    ) -> set[int]:
        """The later articles whose list holds one that left, or has room for one that came."""
        found: set[int] = set()
        # An article tagged anew both left and came, with other terms.
        for n, (day, sort, terms) in (*left.items(), *came.items()):
            after = self.db.execute(
                f"{_LIVE} sort > ? AND sort < ? ORDER BY sort",
                (sort, shifted(day, DAYS_BACK + 1)),
            ).fetchall()
            after = [(m, day_of_m) for m, day_of_m in after if m not in came]
            if not after:
                continue
            index = Index.of([(n, day), *after], self._blocks(terms, day, after[-1][1]))
            for m, score in index.later(n, terms):
                ranked = self._ranked(m)
                if len(ranked) < KEPT or score >= ranked[-1][1] or any(o == n for o, _ in ranked):
                    found.add(m)
        return found - (left.keys() - came.keys())

    def _blocks(self, terms: Iterable[Term], first: str, last: str) -> Iterator[tuple[str, bytes]]:
        """The postings of these terms in the months from `first` to `last`, days as `YYYY-MM-DD`."""
        for term in terms:
            rows = self.db.execute(
                "SELECT block FROM postings WHERE term = ? AND month BETWEEN ? AND ?",
                (term.term, first[:7], last[:7]),
            )
            yield from ((term.term, block) for (block,) in rows)

    def _amend(
        self, came: dict[int, tuple[str, str, Terms]], left: dict[int, tuple[str, str, Terms]]
    ) -> None:
        """Bring the postings up to date, block by block."""
        gone: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        come: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for n, (day, _, terms) in left.items():
            for term in terms:
                gone[term.term, day[:7]].add(n)
        for n, (day, _, terms) in came.items():
            for term in terms:
                come[term.term, day[:7]].append((n, term.weight))
        for place in sorted({*gone, *come}):
            row = self.db.execute(
                "SELECT block FROM postings WHERE term = ? AND month = ?", place
            ).fetchone()
            block = amend(row[0] if row else b"", gone[place], come[place])
            if block:
                self.db.execute("INSERT OR REPLACE INTO postings VALUES (?, ?, ?)", (*place, block))
            else:
                self.db.execute("DELETE FROM postings WHERE term = ? AND month = ?", place)

    def _rank(self, wanted: set[int]) -> set[int]:
        """Rank these articles anew, those near each other in time through one index."""
        query = "SELECT a.sort, v.terms FROM articles a JOIN vectors v USING (n) WHERE n = ?"
        rows = sorted((*self.db.execute(query, (n,)).fetchone(), n) for n in wanted)
        for lot in _runs(rows):
            first, last = lot[0][0][:10], lot[-1][0][:10]
            since = shifted(first, -DAYS_BACK)
            around = self.db.execute(
                f"{_LIVE} sort >= ? AND sort < ? ORDER BY sort", (since, f"{last}~")
            ).fetchall()
            terms_of = {n: unpack_terms(packed) for _, packed, n in lot}
            terms = {term.term: term for found in terms_of.values() for term in found}
            index = Index.of(around, self._blocks(terms.values(), since, last))
            for n, found in terms_of.items():
                self.db.execute(
                    "UPDATE vectors SET ranked = ? WHERE n = ?",
                    (_pack(index.earlier(n, found)), n),
                )
        return wanted

    def _with_others_standing(self, refiled: Iterable[int]) -> set[int]:
        """The articles that may choose otherwise from the same list, or show it otherwise: their
        own links changed, or one of the list is in another story, or looks else."""
        changes, found = self.update.changes, set()
        for n in refiled:
            (sort,) = self.db.execute("SELECT sort FROM articles WHERE n = ?", (n,)).fetchone()
            found |= {n} | self._listing(n, sort)
        query = "SELECT n, sort FROM live WHERE id = ?"
        for id_ in changes.relinked | changes.restoried | changes.moved:
            for n, sort in self.db.execute(query, (id_,)).fetchall():
                found.add(n)
                if id_ in changes.restoried or id_ in changes.moved:
                    found |= self._listing(n, sort)
        return found

    def _looking_else(self, refiled: Iterable[int]) -> set[int]:
        """The articles that a list shows otherwise than before: at another address, with other
        copies, or with other things in common."""
        query = "SELECT n FROM live WHERE id = ?"
        ids = self.update.changes.moved | self.update.reworded
        return {*refiled, *(n for id_ in ids for (n,) in self.db.execute(query, (id_,)))}

    def _listing(self, n: int, sort: str) -> set[int]:
        """The later articles that have this one in their list."""
        row = self.db.execute("SELECT terms FROM vectors WHERE n = ?", (n,)).fetchone()
        terms = unpack_terms(row[0])
        later = self.db.execute(
            f"{_LIVE} sort > ? AND sort < ? ORDER BY sort",
            (sort, shifted(sort[:10], DAYS_BACK + 1)),
        ).fetchall()
        if not later:
            return set()
        around = [(n, sort[:10]), *later]
        index = Index.of(around, self._blocks(terms, sort[:10], later[-1][1]))
        return {m for m, _ in index.later(n, terms) if any(o == n for o, _ in self._ranked(m))}

    # -- what is shown of the list -----------------------------------------------------------------

    def _choose(self, wanted: set[int], looking_else: set[int]) -> None:
        changes = self.update.changes
        for n in sorted(wanted):
            row = self.db.execute(
                "SELECT a.id, v.ranked, v.chosen FROM articles a JOIN vectors v USING (n)"
                " WHERE n = ?",
                (n,),
            ).fetchone()
            id_, packed, before = row
            ranked = _unpack(packed)
            numbers = [m for m, _ in ranked]
            langs = self._langs_of((n, *numbers))
            chosen = self._chosen(n, ranked, self._stories_of(numbers), langs)
            now = pack_chosen(chosen)
            if now != before:
                self.db.execute("UPDATE vectors SET chosen = ? WHERE n = ?", (now, n))
                changes.resuggested.add(id_)
            elif not looking_else.isdisjoint(chosen):
                changes.resuggested.add(id_)

    def _chosen(
        self, n: int, ranked: Ranked, story_of: dict[int, str], langs: dict[int, str]
    ) -> list[int]:
        """Up to five in its language, less one for each article that its own lines lead to."""
        linked = {
            m
            for (m,) in self.db.execute(
                "SELECT l.n FROM refs r JOIN standing t ON t.id = r.target"
                " JOIN articles l ON l.id = t.leader WHERE r.n = ?",
                (n,),
            )
        }
        room = max(0, SHOWN - len(linked))
        foreign = {m for m, _ in ranked if langs.get(m) != langs.get(n)}
        return choose(ranked, {n, *linked, *foreign}, {}, story_of, room)

    def _stories_of(self, numbers: Iterable[int]) -> dict[int, str]:
        query = "SELECT m.story FROM articles a JOIN members m USING (id) WHERE a.n = ?"
        return {n: story for n in numbers for (story,) in self.db.execute(query, (n,))}

    def _langs_of(self, numbers: Iterable[int]) -> dict[int, str]:
        query = f"{_LANGS} AND n = ?"
        return {n: lang for m in numbers for n, lang in self.db.execute(query, (m,))}

    def _ranked(self, n: int) -> Ranked:
        row = self.db.execute("SELECT ranked FROM vectors WHERE n = ?", (n,)).fetchone()
        return _unpack(row[0])


def _pack(ranked: Ranked) -> bytes:
    return np.array(ranked, np.int64).tobytes()


def _unpack(packed: bytes) -> Ranked:
    pairs = np.frombuffer(packed, np.int64).reshape(-1, 2).tolist()
    return [(n, score) for n, score in pairs]


def _runs(rows: list[tuple[str, bytes, int]]) -> Iterator[list[tuple[str, bytes, int]]]:
    """Rows in (date, id) order, in runs that share most of the year they look back on."""
    start = 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or rows[at][0][:10] > shifted(rows[start][0][:10], DAYS_BACK // 2):
            yield rows[start:at]
            start = at
