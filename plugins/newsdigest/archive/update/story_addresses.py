"""Settling where stories stand: a story published once keeps its address, whatever becomes of its
headlines, of its first article, or of the week in which it began.

The ledger says of each article the stories it was published in, by their slugs. A story has the
slug that most of its articles were last published under; of several stories that want one, the one
with most of its articles. One that has none of these has such a slug of its articles' past: two
stories that were one for a while have each its own again. All others, those never published, are
called by their first article's headline. Nothing else is asked, so a build from nothing finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from newsdigest.archive.update.update import Update
from newsdigest.base import addresses

_NUMBERED = re.compile(r"(.+)-\d+")


class _Claim(NamedTuple):
    """A story's claim to a slug, the strongest first in their order."""

    past: bool  # its articles were published under another one since
    unlike: int  # minus the number of its articles published under it
    earliest: str  # where the first of these stands
    slug: str
    story: str


class StoryAddresses:
    """The slugs' part of one settling of the stories.

    `renamed` holds the stories that have another slug now, each with the one it had.
    """

    def __init__(self, update: Update) -> None:
        self.update = update
        self.db = update.db
        self.renamed: dict[str, str] = {}

    def assign(self, stories: Iterable[str], articles: Collection[str], freed: set[str]) -> None:
        """Give these stories their slugs, and those that these concern: whose articles were published
        with theirs, or with these `articles`, or that share a headline.

        `freed` are slugs, numbered or not, that other stories may be called by now.
        """
        slugs = freed | self.update.changes.story_slugs | self._noted(articles)
        concerned = {*stories, *self._called_by(_with_stems(slugs))}
        claims = self._claims(self._concerned(concerned, slugs))
        granted: dict[str, str] = {}
        taken: set[str] = set()
        for claim in sorted(claims):
            if claim.story not in granted and claim.slug not in taken:
                granted[claim.story] = claim.slug
                taken.add(claim.slug)
        for story in sorted({claim.story for claim in claims}.union(stories)):
            slugs.update(self._keep(story, granted.get(story, "")))
        self._number(_with_stems(slugs) - {""})

    # -- what the ledger says ----------------------------------------------------------------------

    def _noted(self, articles: Collection[str]) -> set[str]:
        """The slugs under which these articles were ever published."""
        query = "SELECT id, slug FROM ledger_stories WHERE id IN ({marks}) ORDER BY id"
        return {slug for rows in self.update.grouped(query, articles) for _id, slug in rows}

    def _concerned(self, stories: set[str], slugs: Iterable[str]) -> set[str]:
        """All stories that hang together with these, and with these slugs, by articles published
        under the same slug, or by a headline of which no other says yet that it was published."""
        found, seen = set(stories), set(slugs)
        new_stories, new_slugs = set(stories), set(slugs)
        while new_stories or new_slugs:
            query = (
                "SELECT l.slug, m.story FROM ledger_stories l JOIN members m USING (id)"
                " WHERE l.slug IN ({marks}) ORDER BY l.slug"
            )
            groups = self.update.grouped(query, new_slugs)
            new_stories |= {story for rows in groups for _slug, story in rows} - found
            query = "SELECT story, plain_slug FROM stories WHERE story IN ({marks}) ORDER BY story"
            groups = self.update.grouped(query, new_stories)
            new_stories |= self._called_by(base for rows in groups for _story, base in rows) - found
            query = (
                "SELECT m.story, l.slug FROM members m JOIN ledger_stories l USING (id)"
                " WHERE m.story IN ({marks}) ORDER BY m.story"
            )
            groups = self.update.grouped(query, new_stories)
            new_slugs = {slug for rows in groups for _story, slug in rows} - seen
            found |= new_stories
            seen |= new_slugs
            new_stories = set()
        return found

    def _called_by(self, bases: Iterable[str]) -> set[str]:
        """The stories of these headlines that are not known to keep a published slug."""
        query = (
            "SELECT plain_slug, story FROM stories WHERE plain_slug IN ({marks}) AND NOT kept"
            " ORDER BY plain_slug"
        )
        groups = self.update.grouped(query, set(bases))
        return {story for rows in groups for _base, story in rows}

    def _claims(self, stories: set[str]) -> list[_Claim]:
        query = (
            "SELECT m.story, l.slug, NOT l.latest, count(*), min(m.sort) FROM members m"
            " JOIN ledger_stories l USING (id) JOIN stories s USING (story)"
            " WHERE m.story IN ({marks}) GROUP BY m.story, l.slug, l.latest ORDER BY m.story"
        )
        return [
            _Claim(bool(past), -count, sort, slug, story)
            for rows in self.update.grouped(query, stories)
            for story, slug, past, count, sort in rows
        ]

    # -- slugs kept, slugs made ----------------------------------------------------------------------

    def _keep(self, story: str, slug: str) -> set[str]:
        """Note whether the story's slug is the ledger's, and which; the slugs that are to be asked
        about among those called by their headlines."""
        query = "SELECT slug, plain_slug, kept FROM stories WHERE story = ?"
        row = self.db.execute(query, (story,)).fetchone()
        if row is None:
            return set()
        before, base, kept = row
        if not slug and not kept:
            return {base}
        self._rename(story, before, slug or before, kept=bool(slug))
        return {before, slug, base}

    def _rename(self, story: str, before: str, slug: str, *, kept: bool) -> None:
        if slug != before:
            self.renamed.setdefault(story, before)
        query = "UPDATE stories SET slug = ?, kept = ? WHERE story = ?"
        self.db.execute(query, (slug, kept, story))

    def _number(self, bases: set[str]) -> None:
        """The slug of a story never published is its first article's headline; of several, in order of
        appearance. A number that makes it another's headline is passed over."""
        for rows in self.update.grouped(
            "SELECT plain_slug, story, slug FROM stories WHERE plain_slug IN ({marks})"
            " AND NOT kept ORDER BY plain_slug, first",
            bases,
        ):
            number = 0

            def is_taken(slug: str, base: str = rows[0][0]) -> bool:
                return (
                    slug in addresses.RESERVED_SLUGS
                    or (slug != base and self.update.is_base("stories", slug))
                    or self._is_noted(slug)
                )

            for base, story, slug in rows:
                number = addresses.free_number(base, number + 1, is_taken)
                wanted = addresses.numbered(base, number)
                if wanted != slug:
                    self._rename(story, slug, wanted, kept=False)

    def _is_noted(self, slug: str) -> bool:
        query = "SELECT 1 FROM ledger_stories WHERE slug = ? LIMIT 1"
        return self.db.execute(query, (slug,)).fetchone() is not None


def _with_stems(slugs: set[str]) -> set[str]:
    """These slugs, and those that numbers were added to."""
    return slugs | {stem[1] for slug in slugs if (stem := _NUMBERED.fullmatch(slug))}
