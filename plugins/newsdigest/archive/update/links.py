"""Settling the references: what each `>>` line means that this build's articles may have answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from newsdigest.archive.update.ledger import Ledger
from newsdigest.archive.update.unnamed import Unnamed
from newsdigest.archive.update.update import Update
from newsdigest.base.ledger import Entry
from newsdigest.base.link_reasons import UNKNOWN, Cause, LinkReason
from newsdigest.base.records import LinkState, Resolution
from newsdigest.relate import links
from newsdigest.relate.crowds import Crowds
from newsdigest.relate.decisions import decide, refused_by
from newsdigest.text.dates import shifted
from newsdigest.text.headline_key import headline_key, headline_numbers

# So many articles that lines may mean are kept at hand.
_ARTICLES = 4096


class Links:
    """The `>>` lines' part of one settling."""

    def __init__(self, update: Update, ledger: Ledger) -> None:
        self.update = update
        self.ledger = ledger
        self.db = update.db
        self.keys: set[str] = set()
        self.waiting_before: set[tuple[str, str]] = set()
        self._retracted: dict[str, Entry] = {}
        # Hundreds of lines of a day look at the same articles, of which none changes meanwhile.
        self._articles: dict[int, tuple[Any, ...]] = {}
        self._crowds = Crowds()

    def ask_again(self, day: str, headline: str) -> None:
        """A headline is held, or is no longer: what lines of any time near may mean by it."""
        self.keys.add(headline_key(headline))
        self._reconsider(shifted(day, -links.NAMESAKE_WINDOW), headline)
        self._reconsider(day, headline)

    def enter(self, n: int, day: str, headline: str, related: Sequence[tuple[str, str]]) -> None:
        """An article and its lines join the archive, once the lots are written."""
        self.keys.add(headline_key(headline))
        self._reconsider(day, headline)
        self.update.lots.add(
            "INSERT INTO headline_words VALUES (?, ?, ?)",
            ((word, day, n) for word in links.posting_words(headline)),
        )
        self.db.executemany(
            "INSERT INTO refs (n, position, headline, headline_key) VALUES (?, ?, ?, ?)",
            ((n, i, headline, key) for i, (headline, key) in enumerate(related)),
        )

    def enter_former(self, n: int, day: str, headlines: Sequence[str]) -> None:
        """An article just entered was published under these headlines too: lines may cite them."""
        for headline in headlines:
            key = headline_key(headline)
            self.keys.add(key)
            self._reconsider(day, headline)
            self.db.execute(
                "INSERT INTO former_headlines VALUES (?, ?, ?, ?)",
                (n, headline, key, headline_numbers(headline)),
            )
            self.db.executemany(
                "INSERT INTO former_words VALUES (?, ?, ?, ?)",
                ((word, day, n, headline) for word in links.posting_words(headline)),
            )

    def _leave_former(self, n: int, day: str) -> None:
        query = "SELECT headline, headline_key FROM former_headlines WHERE n = ?"
        for headline, key in self.db.execute(query, (n,)).fetchall():
            self.keys.add(key)
            self._reconsider(day, headline)
            self.db.executemany(
                "DELETE FROM former_words WHERE word = ? AND day = ? AND n = ? AND headline = ?",
                ((word, day, n, headline) for word in links.posting_words(headline)),
            )
        self.db.execute("DELETE FROM former_headlines WHERE n = ?", (n,))

    def leave(self, n: int, article_id: str, day: str, headline: str) -> None:
        """An article and its lines leave the archive."""
        self.keys.add(headline_key(headline))
        self._reconsider(day, headline)
        query = "SELECT headline_key FROM refs WHERE target = ?"
        self.keys.update(key for (key,) in self.db.execute(query, (article_id,)))
        self.db.executemany(
            "DELETE FROM headline_words WHERE word = ? AND day = ? AND n = ?",
            ((word, day, n) for word in links.posting_words(headline)),
        )
        for position, headline, state, target in self.db.execute(
            "SELECT position, headline, state, target FROM refs WHERE n = ?", (n,)
        ).fetchall():
            self._forget_probe(n, position, day, headline)
            if state == "waiting":
                self.waiting_before.add((article_id, headline))
            if target is not None:
                self.update.changes.cited.add(target)
        self.db.execute("DELETE FROM refs WHERE n = ?", (n,))
        self._leave_former(n, day)

    # -- the reverse index: which lines a headline may answer, which headlines a line may mean ----

    def _reconsider(self, day: str, headline: str) -> None:
        """Lines without an equal headline that this one is like are asked about again."""
        if self.update.fresh:
            return
        last = shifted(day, links.NAMESAKE_WINDOW)
        shared: Counter[tuple[int, int]] = Counter()
        for word in links.posting_words(headline):
            weight = 2 if word.startswith(links.PREFIX_MARK) else 1
            for place in self.db.execute(
                "SELECT n, position FROM probes WHERE word = ? AND day BETWEEN ? AND ?",
                (word, day, last),
            ):
                shared[place] += weight
        query = "SELECT headline_key FROM refs WHERE n = ? AND position = ?"
        for place, count in shared.items():
            if count > 1:
                self.keys.update(key for (key,) in self.db.execute(query, place))

    def _near(self, headline: str, citing: str, day: str) -> Sequence[links.NearCandidate]:
        """The headlines, those of today and former ones, of the articles of the weeks before `day`
        that may say what this line says.

        Of no more articles than it takes to tell that there are too many.
        """
        refused = len(refused_by(self.update.editors.decisions, citing))
        probe = links.probe_words(headline)
        if not refused and self._crowds.reached(probe, day):
            return links.CROWD
        room = links.MOST_NEAR + 1 + refused  # the citing article may be among them
        rows: list[tuple[Any, ...]] = []
        shared: list[frozenset[str]] = []
        for n, former in groupby(self._reached(probe, day), key=itemgetter(0)):
            id_, of_day, today, leader = self._article(n)
            told = list(former)
            rows += [(id_, of_day, one or today, leader) for _n, one, _words in told]
            if leader is None:  # a copy may yet give way to its leader
                room -= 1
                shared.append(told[0][2])
            if room < 0:
                if not refused:
                    self._crowds.note(probe, day, shared)
                    return links.CROWD
                break
        return [links.NearCandidate(*row[:3]) for row in _one_copy_each(rows)]

    def _article(self, n: int) -> tuple[Any, ...]:
        row = self._articles.get(n)
        if row is None:
            if len(self._articles) >= _ARTICLES:
                self._articles.clear()
            query = "SELECT id, day, headline, duplicate_of FROM articles WHERE n = ?"
            row = self._articles[n] = self.db.execute(query, (n,)).fetchone()
        return row

    def _reached(self, probe: Sequence[str], day: str) -> Iterator[tuple[int, str, frozenset[str]]]:
        """The articles that a line of these words reaches, in the order of their days; each with the
        former headline that has some, "" for the one it has, and which these are."""
        needed = links.shared_needed(probe)
        found = (
            self.db.execute(
                f"SELECT day, n, {told}, ?, word FROM {table} WHERE word = ? AND day BETWEEN ? AND ?"
                " ORDER BY day, n, 3",
                (needed if word.startswith(links.PREFIX_MARK) else 1, word, *links.window(day)),
            )
            for word in probe
            for table, told in (("headline_words", "''"), ("former_words", "headline"))
        )
        for (_, n, former), group in groupby(merge(*found), key=itemgetter(0, 1, 2)):
            rows = list(group)
            if sum([row[3] for row in rows]) >= needed:
                yield n, former, frozenset([row[4] for row in rows])

    def _same_key(self, key: str) -> links.Namesakes:
        rows = self.db.execute(
            "SELECT id, day, numbers, duplicate_of, sort FROM standing WHERE headline_key = ?"
            " UNION SELECT a.id, a.day, f.numbers, a.duplicate_of, a.sort FROM former_headlines f"
            " JOIN standing a USING (n) WHERE f.headline_key = ?"
            " ORDER BY sort, numbers",
            (key, key),
        ).fetchall()
        ours = [row[:4] for row in rows]
        return links.Namesakes(links.Candidate(*row[:3]) for row in _one_copy_each(ours))

    def _note_probe(self, n: int, position: int, day: str, headline: str) -> None:
        self.db.executemany(
            "INSERT OR IGNORE INTO probes VALUES (?, ?, ?, ?)",
            ((word, day, n, position) for word in links.probe_words(headline)),
        )

    def _forget_probe(self, n: int, position: int, day: str, headline: str) -> None:
        self.db.executemany(
            "DELETE FROM probes WHERE word = ? AND day = ? AND n = ? AND position = ?",
            ((word, day, n, position) for word in links.probe_words(headline)),
        )

    # -- decisions and resolution -------------------------------------------------------------------

    def apply_decisions(self) -> None:
        """Ask again about the lines whose decision, or whose decided article, came or went."""
        update, before, now = (
            self.update,
            self.update.editors_before.decisions,
            self.update.editors.decisions,
        )
        for place in {**before.links, **now.links}:
            target, target_before = now.links.get(place), before.links.get(place)
            touched = {target, target_before} & {*update.before, *update.after}
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
        target = self.update.editors.decisions.links.get((citing, key))
        query = "SELECT 1 FROM standing WHERE id = ?"
        return target is not None and bool(self.db.execute(query, (target,)).fetchone())

    def resolve(self) -> None:
        """Ask again what each `>>` line means that this build's articles may have answered."""
        self._ask_for_new_articles()
        self._articles.clear()
        self._crowds = Crowds()
        hidden = self._hidden()
        for rows in self.update.grouped(
            "SELECT r.headline_key, a.id, a.day, r.n, r.position, r.headline, r.state, r.target,"
            " r.reason FROM refs r JOIN articles a USING (n) WHERE r.headline_key IN ({marks})"
            " ORDER BY r.headline_key, a.id",
            self.keys,
        ):
            same_key = self._same_key(rows[0][0])
            for line in map(_Line._make, rows):
                found = self._answer(line, same_key, hidden)
                self._note_answer(line, found)
                self._tell_of_answer(line, found)
        self._tell_of_edited()
        self.update.changes.healed.sort()

    def _ask_for_new_articles(self) -> None:
        """An article that comes has lines of its own."""
        query = "SELECT r.headline_key FROM refs r JOIN articles a USING (n) WHERE a.id = ?"
        for article_id in self.update.after:
            self.keys.update(key for (key,) in self.db.execute(query, (article_id,)))

    def _answer(
        self, line: _Line, same_key: links.Namesakes, hidden: Sequence[tuple[LinkState, Unnamed]]
    ) -> Resolution:
        decisions = self.update.editors.decisions
        place = (line.citing, line.key)
        found = decide(
            decisions,
            line.headline,
            line.citing,
            line.day,
            same_key,
            partial(self._near, line.headline, line.citing, line.day),
            self._decided_is_published(*place),
        )
        decided = decisions.links.get(place)
        for hides, named in hidden:
            if of := named.names(found, line.key, line.citing, line.day, same_key, decided):
                return Resolution(line.headline, hides, reason=self._why_hidden(of))
        return found

    def _note_answer(self, line: _Line, found: Resolution) -> None:
        """What an equal headline answered, or the editors did, no other headline can change; a line
        refused one article may yet mean another."""
        place = (line.n, line.position, line.day, line.headline)
        if found.state == "linked" and found.method in ("exact", "decision"):
            if line.state:
                self._forget_probe(*place)
        else:
            self._note_probe(*place)
        self.db.execute(
            "UPDATE refs SET state = ?, target = ?, method = ?, reason = ?"
            " WHERE n = ? AND position = ?",
            (found.state, found.target, found.method, found.reason.packed(), line.n, line.position),
        )

    def _tell_of_answer(self, line: _Line, found: Resolution) -> None:
        changes, is_new = self.update.changes, line.citing in self.update.after
        waited = line.state == "waiting" or (line.citing, line.headline) in self.waiting_before
        if waited and found.state == "linked":
            changes.healed.append((line.citing, line.headline))
        same = (found.state, found.target) == (line.state, line.target)
        if same and found.state == "retracted":
            same = found.reason.packed() == line.reason  # which tells whether it is named
        if not same and not is_new:
            changes.relinked.add(line.citing)
        if line.target != found.target or is_new:
            changes.cited.update(id_ for id_ in (line.target, found.target) if id_)

    def _tell_of_edited(self) -> None:
        """Who cites an article that was edited or moved shows it; whom it cites, where it stands."""
        changes = self.update.changes
        query = "SELECT a.id FROM refs r JOIN articles a USING (n) WHERE r.target = ?"
        for article_id in changes.edited | changes.moved:
            changes.relinked.update(id_ for (id_,) in self.db.execute(query, (article_id,)))
        query = (
            "SELECT r.target FROM refs r JOIN articles a USING (n)"
            " WHERE a.id = ? AND r.target IS NOT NULL"
        )
        for article_id in changes.moved:
            changes.cited.update(id_ for (id_,) in self.db.execute(query, (article_id,)))

    def _hidden(self) -> list[tuple[LinkState, Unnamed]]:
        """Whom lines may not name, and what such a line is then."""
        self._retracted = {entry.id: entry for entry in self.ledger.retracted()}
        told: list[Entry] = []
        unseen: list[Entry] = []
        for entry in self._retracted.values():
            (unseen if entry.retracted and entry.retracted.unseen else told).append(entry)
        return [
            ("unnamed", Unnamed.embargoed(self.db, unseen)),
            ("retracted", Unnamed.retracted(told)),
        ]

    def _why_hidden(self, id_: str) -> LinkReason:
        found = self._retracted[id_].retracted if id_ in self._retracted else None
        if found is None or found.unseen:
            return UNKNOWN
        return LinkReason(Cause.RETRACTED_NAMED if found.keeps_headline else Cause.RETRACTED)


class _Line(NamedTuple):
    """A `>>` line to be answered, and what it meant before."""

    key: str
    citing: str
    day: str
    n: int
    position: int
    headline: str
    state: str
    target: str | None
    reason: str


def _one_copy_each(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Of the copies of one dispatch the leader alone, where it is among them.

    The id stands first in a row, its leader's last.
    """
    ids = {row[0] for row in rows}
    return [row for row in rows if row[-1] not in ids]
