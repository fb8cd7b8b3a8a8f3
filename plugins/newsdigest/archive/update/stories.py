"""Settling the stories: whom each article follows, and what hangs together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from newsdigest.archive.neighbours import near_in_story
from newsdigest.archive.rows import unpack_card, unpack_terms
from newsdigest.archive.update.ledger import Ledger
from newsdigest.archive.update.story_addresses import StoryAddresses
from newsdigest.archive.update.update import Update
from newsdigest.base import addresses
from newsdigest.relate.stories.affairs import AFFAIR_DAYS, MOST_EARLIER, affair_terms
from newsdigest.relate.stories.threads import (
    FOLLOWERS,
    PAGE_FROM,
    PREDECESSORS,
    StoryDecisions,
    find_parent,
    quiet_since,
    story_ids,
)
from newsdigest.relate.stories.titles import FIRST, Titled, story_title
from newsdigest.relate.stories.window import WINDOW_DAYS, Member, Parent, Window
from newsdigest.text.dates import shifted

_MEMBERS = "SELECT a.id, a.sort, v.terms, a.headline FROM live a JOIN vectors v USING (n)"


# Of an article: its id, place, terms and headline.
_Row = tuple[str, str, bytes, str]


class _Story(NamedTuple):
    """A story as it stood: all it may show elsewhere."""

    title: str
    base: str
    slug: str
    articles: int
    lang: str
    month: str

    @property
    def has_page(self) -> bool:
        return self.articles >= PAGE_FROM

    @property
    def shown(self) -> tuple[str, str, str, bool]:
        """What its articles' pages show of it."""
        return self.title, self.slug, self.lang, self.has_page


_NONE = _Story("", "", "", 0, "", "")


class Stories:
    """The stories' part of one settling. A folded copy is in none: its leader is."""

    def __init__(self, update: Update, ledger: Ledger) -> None:
        self.update = update
        self.ledger = ledger
        self.db = update.db
        query = "SELECT max(sort) FROM live"
        self.newest_before = (self.db.execute(query).fetchone()[0] or "")[:10]
        # Articles that left a story, joined one, or stand in it with other words: by story. Those that
        # merely have another after them stand as they stood.
        self.moved: dict[str, set[str]] = {}
        # Articles that may take up another affair than before.
        self.resuming: set[str] = set()

    def settle(self) -> None:
        """Find the parents that may be others now, and the stories these make."""
        update = self.update
        now, before = update.editors.decisions.stories, update.editors_before.decisions.stories
        came = {*update.before, *update.after, *update.reworded}
        touched = came | update.changes.relinked
        decided: set[str] = set()
        if not update.fresh:
            decided |= now.splits ^ before.splits
            for mine, theirs in ((now.joins, before.joins), (now.titles, before.titles)):
                decided |= {id_ for id_ in {**mine, **theirs} if mine.get(id_) != theirs.get(id_)}
            # Decided to follow one that came or went.
            decided |= {id_ for id_, to in now.joins.items() if to in touched}
        if not (touched or decided or update.fresh or update.changes.story_slugs):
            return
        self._refile(came)
        changed = self._follow(self._to_ask(touched | decided))
        changed |= decided & now.titles.keys() | decided & before.titles.keys()
        self._gather(changed, came)
        if not update.fresh:
            self._fall_quiet()

    # -- which affairs headlines name ----------------------------------------------------------------

    def _refile(self, came: set[str]) -> None:
        """Note the names of the headlines that came, forget those that left; whoever shares one
        of either a while later is asked again. A first build notes them as it goes."""
        if self.update.fresh:
            return
        places: set[tuple[str, str]] = set()
        query = "SELECT term, sort FROM affairs WHERE id = ?"
        for id_ in sorted(came):
            places.update(self.db.execute(query, (id_,)))
            self.db.execute("DELETE FROM affairs WHERE id = ?", (id_,))
            row = self.db.execute(f"{_MEMBERS} WHERE a.id = ?", (id_,)).fetchone()
            if row is not None:
                self._file(_member(*row), row[1])
                places.update(self.db.execute(query, (id_,)))
        for term, sort in sorted(places):
            rows = self.db.execute(
                "SELECT id FROM affairs WHERE term = ? AND sort >= ? AND sort < ?",
                (term, shifted(sort[:10], WINDOW_DAYS + 1), shifted(sort[:10], AFFAIR_DAYS + 1)),
            )
            self.resuming.update(id_ for (id_,) in rows)

    def _file(self, member: Member, sort: str) -> None:
        self.db.executemany(
            "INSERT INTO affairs VALUES (?, ?, ?)",
            ((term, sort, member.id) for term in affair_terms(member)),
        )

    def _of_affair(self, member: Member) -> list[Member]:
        """The newest articles of the weeks before the window that share a name of the headline."""
        day = member.when[:10]
        found: dict[str, str] = {}
        for term in affair_terms(member):
            rows = self.db.execute(
                "SELECT sort, id FROM affairs WHERE term = ? AND sort >= ? AND sort < ?"
                " ORDER BY sort DESC LIMIT ?",
                (term, shifted(day, -AFFAIR_DAYS), shifted(day, -WINDOW_DAYS), MOST_EARLIER),
            )
            found.update(rows)
        newest = sorted(found.items())[-MOST_EARLIER:]
        query = f"{_MEMBERS} WHERE a.id = ?"
        known = [self.db.execute(query, (id_,)).fetchone() for _, id_ in newest]
        return [_member(*row) for row in known if row is not None]

    # -- whom an article follows -------------------------------------------------------------------

    def _to_ask(self, touched: set[str]) -> list[_Row]:
        """The articles whose parent may be another, in the house order; none
        in a first build, which asks for all as it goes."""
        if self.update.fresh:
            return []
        # Whoever comes within a week after an article that came, went or is told otherwise; what
        # merely cites another than before changes no window.
        sorts = [s.sort for s in (*self.update.before.values(), *self.update.after.values())]
        sorts += self._sorts(self.update.reworded)
        found: dict[str, _Row] = {}
        reached = ""
        for sort in sorted(sorts):
            since = max(sort, reached)
            reached = shifted(sort[:10], WINDOW_DAYS + 1)
            rows = self.db.execute(
                f"{_MEMBERS} WHERE a.sort >= ? AND a.sort < ?",
                (since, reached),
            )
            found.update((row[0], row) for row in rows)
        ids = touched | self.resuming
        for id_ in touched:
            for query in (
                "SELECT a.id FROM refs r JOIN articles a USING (n) WHERE r.target = ?",
                # Of a folded copy that is cited, the leader counts.
                "SELECT a.id FROM articles t JOIN refs r ON r.target = t.id"
                " JOIN articles a ON a.n = r.n WHERE t.duplicate_of = ?",
                "SELECT id FROM members WHERE parent = ?",
            ):
                ids.update(other for (other,) in self.db.execute(query, (id_,)))
        for id_ in ids - found.keys():
            query = f"{_MEMBERS} WHERE a.id = ?"
            row = self.db.execute(query, (id_,)).fetchone()
            if row:
                found[id_] = row
        return sorted(found.values(), key=lambda row: row[1])

    def _sorts(self, ids: Iterable[str]) -> list[str]:
        query = "SELECT sort FROM articles WHERE id = ?"
        return [sort for id_ in ids for (sort,) in self.db.execute(query, (id_,))]

    def _follow(self, asked: Sequence[_Row]) -> set[str]:
        """Note the parents of these articles, and forget those of articles that are no more.

        Returns the articles whose parent changed.
        """
        changed: set[str] = set()
        for id_ in {*self.update.before, *self.update.after} if not self.update.fresh else ():
            query = "SELECT 1 FROM live WHERE id = ?"
            if not self.db.execute(query, (id_,)).fetchone():
                changed |= self._leave(id_)
        if self.update.fresh:
            changed |= self._follow_from("", "~", None)
        for lot in _runs(asked):
            first = shifted(lot[0][1][:10], -WINDOW_DAYS)
            changed |= self._follow_from(first, lot[-1][1], {row[0] for row in lot})
        return changed

    def _follow_from(self, first: str, last: str, wanted: set[str] | None) -> set[str]:
        """Pass through the articles between two places; of those `wanted`, or all, note whom they
        follow. The ids of those that now follow another, and of whom they followed or follow."""
        changed: set[str] = set()
        decisions = self._decisions()
        window = Window()
        rows = self.db.execute(
            f"{_MEMBERS} WHERE a.sort >= ? AND a.sort <= ? ORDER BY a.sort",
            (first, last),
        )
        for row in rows:
            id_, sort = row[:2]
            member = _member(*row)
            if wanted is None or id_ in wanted:
                parent = find_parent(
                    member, window, self._cited(id_), decisions, partial(self._of_affair, member)
                )
                changed |= self._note(member, sort, parent)
            if self.update.fresh:
                self._file(member, sort)
            window.add(member)
        return changed

    def _decisions(self) -> StoryDecisions:
        """The editors', in which the leader stands for a folded copy."""
        decided = self.update.editors.decisions.stories
        query = "SELECT duplicate_of FROM folded WHERE id = ?"
        leaders = {to: self.db.execute(query, (to,)).fetchone() for to in decided.joins.values()}
        joins = {id_: (leaders[to] or (to,))[0] for id_, to in decided.joins.items()}
        return replace(decided, joins=joins)

    def _cited(self, id_: str) -> list[Member]:
        """The articles its `>>` lines lead to; of a folded copy, the leader."""
        rows = self.db.execute(
            "SELECT DISTINCT t.leader FROM articles a JOIN refs r USING (n)"
            " JOIN standing t ON t.id = r.target WHERE a.id = ?",
            (id_,),
        ).fetchall()
        found = []
        for (target,) in rows:
            query = f"{_MEMBERS} WHERE a.id = ?"
            row = self.db.execute(query, (target,)).fetchone()
            if row and target != id_:
                found.append(_member(*row))
        return found

    def _note(self, member: Member, sort: str, parent: Parent | None) -> set[str]:
        row = (
            parent.id if parent else None,
            parent.kind if parent else "",
            "\n".join(parent.names) if parent else "",
            "\n".join(parent.words) if parent else "",
        )
        before = None
        if not self.update.fresh:
            before = self.db.execute(
                "SELECT parent, kind, names, words, sort FROM members WHERE id = ?", (member.id,)
            ).fetchone()
        if before == (*row, sort):
            return set()
        self.db.execute(
            "INSERT INTO members VALUES (?, ?, '', ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " sort = excluded.sort, parent = excluded.parent, kind = excluded.kind,"
            " names = excluded.names, words = excluded.words",
            (member.id, sort, *row),
        )
        if before:
            self.update.changes.restoried.add(member.id)  # be it for another reason only
        return {member.id, *(one for one in (row[0], before and before[0]) if one)}

    def _leave(self, id_: str) -> set[str]:
        """The article is in no story any more; who hung together with it is returned."""
        row = self.db.execute("SELECT parent, story FROM members WHERE id = ?", (id_,)).fetchone()
        if row is None:
            return set()
        query = "SELECT id FROM members WHERE parent = ?"
        near = {child for (child,) in self.db.execute(query, (id_,))}
        self.db.execute("DELETE FROM members WHERE id = ?", (id_,))
        self.moved.setdefault(row[1], set()).add(id_)
        return near | ({row[0]} if row[0] else set())

    # -- what hangs together -----------------------------------------------------------------------

    def _gather(self, changed: set[str], came: set[str]) -> None:
        """Tell anew which story each article is in that hangs together with a changed one, or one of
        those that came, went or read otherwise."""
        asked: set[str] = set()
        for id_ in sorted(changed | came):
            if id_ not in asked:
                asked |= self._gather_around(id_, came)
        for id_ in self.update.changes.moved | self.update.marked:
            query = "SELECT story FROM members WHERE id = ?"
            for (story,) in self.db.execute(query, (id_,)).fetchall():
                self.moved.setdefault(story, set()).add(id_)
        before = {story: self._story(story) for story in self.moved}
        freed = {slug for known in before.values() for slug in (known.base, known.slug)}
        titles = self._decided_titles()
        for story in sorted(self.moved):
            self._name(story, titles)
        slugs = StoryAddresses(self.update)
        slugs.assign(self.moved, {id_ for moved in self.moved.values() for id_ in moved}, freed)
        for story, slug in slugs.renamed.items():
            if story not in before:
                before[story] = self._story(story)._replace(slug=slug)
                self.moved[story] = set()
        if not self.update.fresh:
            for story in sorted(self.moved):
                self._tell(story, before[story])

    def _gather_around(self, id_: str, came: set[str]) -> set[str]:
        parents: dict[str, str | None] = {}
        order: dict[str, str] = {}
        stories: dict[str, str] = {}
        todo = [id_]
        while todo:
            one = todo.pop()
            if one in parents:
                continue
            query = "SELECT parent, sort, story FROM members WHERE id = ?"
            row = self.db.execute(query, (one,)).fetchone()
            if row is None:
                continue
            parents[one], order[one], stories[one] = row
            if row[0]:
                todo.append(row[0])
            query = "SELECT id FROM members WHERE parent = ?"
            todo += [child for (child,) in self.db.execute(query, (one,))]
        for one, story in story_ids(parents, order).items():
            before = stories[one]
            if story != before:
                self.db.execute("UPDATE members SET story = ? WHERE id = ?", (story, one))
                if before:
                    self.moved.setdefault(before, set()).add(one)
                self.moved.setdefault(story, set()).add(one)
                self.update.changes.restoried.add(one)
            elif one in came:
                self.moved.setdefault(story, set()).add(one)
            elif one == id_:
                self.moved.setdefault(story, set())
        return set(parents)

    # -- a story's row, and who shows it -----------------------------------------------------------

    def _story(self, story: str) -> _Story:
        query = "SELECT title, plain_slug, slug, articles, lang, substr(first, 1, 7) FROM stories WHERE story = ?"
        row = self.db.execute(query, (story,)).fetchone()
        return _Story(*row) if row else _NONE

    def _decided_titles(self) -> dict[str, str]:
        """The titles editors gave, by story: of several the one of the earliest article."""
        found: dict[str, tuple[str, str]] = {}
        for id_, title in self.update.editors.decisions.stories.titles.items():
            query = "SELECT story, sort FROM members WHERE id = ?"
            for story, sort in self.db.execute(query, (id_,)):
                found[story] = min(found.get(story, (sort, title)), (sort, title))
        return {story: title for story, (_, title) in found.items()}

    def _name(self, story: str, titles: dict[str, str]) -> None:
        """Bring the story's row up to date, but for its slug. What is no story has none."""
        articles, first, last = self.db.execute(
            "SELECT count(*), min(sort), max(sort) FROM members WHERE story = ?", (story,)
        ).fetchone()
        if articles < 2:
            self.db.execute("DELETE FROM stories WHERE story = ?", (story,))
            return
        members = self.db.execute(
            "SELECT a.id, a.headline, a.card, v.terms FROM members m JOIN articles a USING (id)"
            " JOIN vectors v USING (n) WHERE m.story = ? ORDER BY m.sort LIMIT ?",
            (story, FIRST),
        ).fetchall()
        first_published = [self.ledger.first_headline(*member[:2]) for member in members]
        titled = [
            Titled(headline, unpack_card(card).lang, unpack_terms(terms))
            for headline, (_id, _now, card, terms) in zip(first_published, members, strict=True)
        ]
        decided = titles.get(story)
        title = decided or story_title(titled)
        spoken = {one.headline: one.lang for one in reversed(titled)}
        lang = "" if decided else spoken.get(title, titled[0].lang)
        base = addresses.slugify(first_published[0], "dossier")
        self.db.execute(
            "INSERT INTO stories VALUES (?, ?, ?, '', ?, ?, ?, 0, ?) ON CONFLICT (story) DO UPDATE SET"
            " title = excluded.title, plain_slug = excluded.plain_slug, first = excluded.first,"
            " last = excluded.last, articles = excluded.articles, lang = excluded.lang",
            (story, title, base, first, last, articles, lang),
        )

    def _tell(self, story: str, before: _Story) -> None:
        """Which pages a change of this story reaches."""
        changes, now = self.update.changes, self._story(story)
        changes.stories.add(story)
        if before.has_page and (not now.has_page or now.slug != before.slug):
            changes.gone_stories.add(before.slug)
        if before.has_page or now.has_page:
            changes.listed |= self.moved[story]
            if before.shown != now.shown or before.month != now.month:
                changes.story_months |= {before.month, now.month} - {""}
        if before.shown != now.shown:
            query = "SELECT id FROM members WHERE story = ?"
            members = [id_ for (id_,) in self.db.execute(query, (story,))]
            changes.restoried.update(members)
            if before.has_page or now.has_page:
                changes.listed.update(members)
        for id_ in self.moved[story]:
            for sort in self._places(id_):
                query = (
                    "SELECT id FROM members WHERE story = ? AND sort < ? ORDER BY sort DESC LIMIT ?"
                )
                rows = self.db.execute(query, (story, sort, FOLLOWERS))
                changes.followed.update(other for (other,) in rows)
                query = "SELECT id FROM members WHERE story = ? AND sort > ? ORDER BY sort LIMIT ?"
                rows = self.db.execute(query, (story, sort, PREDECESSORS))
                changes.followed.update(other for (other,) in rows)
                changes.neighbours |= near_in_story(self.db, story, sort)

    def _fall_quiet(self) -> None:
        """A newer day in the archive ends the stories that waited a week for an article."""
        query = "SELECT max(sort) FROM live"
        newest = (self.db.execute(query).fetchone()[0] or "")[:10]
        if not newest or not self.newest_before or newest == self.newest_before:
            return
        # The list of stories goes back by months, then by years.
        self.update.changes.stories_aged = newest[:7] != self.newest_before[:7]
        first = shifted(min(newest, self.newest_before), -WINDOW_DAYS - 1)
        last = max(newest, self.newest_before)
        for story, ended in self.db.execute(
            "SELECT story, substr(last, 1, 10) FROM stories WHERE last >= ? AND last < ?",
            (first, f"{last}~"),
        ).fetchall():
            if (quiet_since(ended, newest) is None) != (
                quiet_since(ended, self.newest_before) is None
            ):
                self.update.changes.stories.add(story)

    def _places(self, id_: str) -> set[str]:
        """Where the article stands, and stood."""
        places = {at[id_].sort for at in (self.update.before, self.update.after) if id_ in at}
        query = "SELECT sort FROM members WHERE id = ?"
        return places | {sort for (sort,) in self.db.execute(query, (id_,))}


def _member(id_: str, sort: str, terms: bytes, headline: str) -> Member:
    return Member(id_, sort[: -len(id_) - 1], unpack_terms(terms), headline)


def _runs(
    rows: Sequence[_Row],
) -> Iterator[Sequence[_Row]]:
    """The rows in runs whose windows overlap: one pass through the archive serves each."""
    start = 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or rows[at][1][:10] > shifted(rows[at - 1][1][:10], WINDOW_DAYS):
            yield rows[start:at]
            start = at
