"""What a build's changes touched, for the kinds to say which of their pages are stale.

What several kinds ask is looked up once. What one changed headline reaches: docs/architecture.md;
what a build's changes reached: `invoke build --explain`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from newsdigest.archive.changes import Changes, EntityChange
from newsdigest.archive.readers import Archive
from newsdigest.archive.rows import TWIN
from newsdigest.archive.sections import FOLDER, KIND, slug_of
from newsdigest.base.addresses import section_slug
from newsdigest.base.errors import _
from newsdigest.base.records import EntityCard
from newsdigest.site.cards import which
from newsdigest.site.places_map import FEWEST, MOST


class Listed(Protocol):
    """A kind whose feeds stand in the lists of feeds."""

    @property
    def relisted(self) -> Callable[[Touched], bool]:
        """Whether there may be others of them now, or some are called otherwise."""
        ...


@dataclass(frozen=True)
class Touched:
    """The changes, the archive as it stands now, what follows from both, and all the kinds there are."""

    changes: Changes
    archive: Archive
    kinds: Iterable[Listed]

    @cached_property
    def renamed(self) -> list[int]:
        """The entities whose name, address or having a page changed."""
        return self._entities(lambda change: change.renamed or change.paged)

    @cached_property
    def relisted(self) -> list[int]:
        """Those of them that lists name, or did: only what has a page stands there."""
        return [n for n in self.renamed if self._has_page(n) or self._had_page(n)]

    def _entities(self, happened: Callable[[EntityChange], bool]) -> list[int]:
        return [n for n, change in sorted(self.changes.entities.items()) if happened(change)]

    def _has_page(self, number: int) -> bool:
        card = self.archive.entities.card(number)
        return card is not None and bool(card.url)

    def _had_page(self, number: int) -> bool:
        return self._has_page(number) != self.changes.entities[number].paged

    @cached_property
    def moved(self) -> list[int]:
        """The entities that stand elsewhere on maps, among other types, or no longer do."""
        return self._entities(lambda change: change.retyped or change.placed)

    @cached_property
    def naming_renamed(self) -> set[str]:
        """The articles that name one of those."""
        return self.archive.reach.naming(self.renamed)

    @cached_property
    def reworded(self) -> set[str]:
        """The articles whose page says something else."""
        return self._rewritten | self.naming_renamed

    @cached_property
    def _rewritten(self) -> set[str]:
        changes = self.changes
        return changes.edited | changes.moved | changes.relinked | changes.retagged

    @cached_property
    def texts(self) -> list[tuple[set[str], str]]:
        """The articles that are there or gone now, or say something else themselves, and why."""
        changes = self.changes
        copies = self.archive.reach.copies_and_leaders(changes.moved | changes.edited)
        return [
            (changes.removed, _("the article is gone")),
            (changes.added, _("new article")),
            (changes.edited, _("article changed")),
            (changes.moved, _("its address changed")),
            (changes.relinked, _("a headline it cites changed")),
            (changes.retagged, _("the entities it names changed")),
            (copies | self.leading, _("the dispatch it is a copy of changed")),
            (self.naming_renamed, _("an entity it names changed its name or page")),
        ]

    @cached_property
    def told_otherwise(self) -> set[str]:
        """The articles whose feed entry says something else: those, and those sorted otherwise."""
        changes, reach = self.changes, self.archive.reach
        # An entry names entities and their types, and leads to none.
        called = self._entities(lambda change: change.renamed or change.retyped)
        told = self._rewritten | changes.listed | reach.naming(called)
        return told | reach.leaders(told)

    @cached_property
    def leading(self) -> set[str]:
        """The articles in whose place one of those may stand, as their newest version."""
        return self.archive.reach.leaders(self.reworded)

    @cached_property
    def citing_days(self) -> list[str]:
        """Days whose list is the same and whose entities changed: names, who is named, what is where."""
        reach, changes = self.archive.reach, self.changes
        days = reach.days_of(changes.retagged) | self._days_citing(self.relisted)
        days |= reach.days_naming(self.moved)
        return sorted(days - changes.days)

    def _days_citing(self, entities: Iterable[int]) -> set[str]:
        """The days that list one of these entities, or did: with its first page it stands on no other
        than those that list it now."""
        reach = self.archive.reach
        found: set[str] = set()
        for number in entities:
            days = reach.days_naming((number,))
            if self._had_page(number):
                found |= days
                continue
            card = self.archive.entities.card(number)
            for day in days - found - self.changes.days:
                if card and card.slug in self._listed_on(day):
                    found.add(day)
        return found

    def _listed_on(self, day: str) -> set[str]:
        """The slugs of the names that a day's page lists, and of those on its map."""
        cited = self.archive.periods.cited_on(day, self.archive.limits.cited)
        places = self.archive.places.on_day(day, MOST)
        on_map = [place.card for place in places] if len(places) >= FEWEST else []
        return {card.slug for card in [*cited, *on_map]}

    @cached_property
    def restoried_days(self) -> list[str]:
        """Days whose list is the same and whose articles tell of other stories, or of renamed ones."""
        return sorted(self.archive.reach.days_of(self.changes.listed) - self.changes.days)

    @cached_property
    def picked_days(self) -> list[str]:
        """Days whose list is the same and on which editors put others first."""
        changes = self.changes
        return sorted(day for day in changes.picked - changes.days if len(day) == 10)

    @cached_property
    def twins(self) -> set[str]:
        """The articles of which the same in another language came, went or stands elsewhere."""
        changes = self.changes
        paths = {label for kind, label in changes.labels if kind == TWIN}
        paths |= changes.added | changes.edited | changes.moved | changes.removed
        return self.archive.reach.twins_of(paths)

    @cached_property
    def periods(self) -> dict[str, bool]:
        """The months and years of changed days (True), and those before and after them (False)."""
        found = {period: True for day in sorted(self.changes.days) for period in (day[:7], day[:4])}
        for period in list(found):
            for near in self.archive.periods.neighbours(period):
                if near:
                    found.setdefault(near, False)
        return found

    @cached_property
    def entities(self) -> list[tuple[int, EntityCard, EntityChange]]:
        """The changed entities that an article still names."""
        found = (
            (number, self.archive.entities.card(number), self.changes.entities[number])
            for number in sorted(self.changes.entities)
        )
        return [(number, card, change) for number, card, change in found if card is not None]

    @cached_property
    def stories(self) -> list[str]:
        """The slugs of stories with a page that differs: others are in them, or some read otherwise."""
        slugs = self.archive.reach.slugs_of(self._stories)
        return sorted(slug for slug in slugs if self.archive.stories.has_page(slug))

    @cached_property
    def _stories(self) -> set[str]:
        changes, reach = self.changes, self.archive.reach
        return (
            changes.stories
            | reach.stories_of(self._rewritten | changes.added | changes.restoried)
            | reach.stories_listing(self.relisted)
            # Those a story names stand by type, and places on a map.
            | reach.stories_naming(self.moved)
        )

    @cached_property
    def noted_stories(self) -> list[str]:
        """The slugs that stories whose articles are elsewhere now, or were, had when these were published."""
        changes = self.changes
        articles = changes.removed | changes.restoried | changes.edited | changes.listed
        noted = self.archive.moves.slugs_of(articles, self._stories)
        return sorted({*noted, *changes.gone_stories, *changes.story_slugs, *self.stories})

    @cached_property
    def retold_stories(self) -> list[str]:
        """The slugs, former ones too, of stories in whose feed an entry says something else: it tells the
        names of all who are in the article, those without a page too."""
        reach = self.archive.reach
        stories = reach.stories_of(self.told_otherwise)
        return sorted({*reach.slugs_of(stories), *self.archive.moves.slugs_of((), stories)})

    @cached_property
    def story_list(self) -> bool:
        """Whether the list of stories differs."""
        changes = self.changes
        return bool(self.stories or changes.gone_stories or changes.stories_aged)

    @cached_property
    def index(self) -> bool:
        """Whether the list of entities differs."""
        return bool(self.changes.gone_entities) or any(card.url for _, card, _ in self.entities)

    @cached_property
    def sections(self) -> list[str]:
        """The sections whose articles came, went or are shown otherwise; those that are gone too."""
        labels = self.changes.labels
        return sorted({slug_of(label) for kind, label in labels if kind == KIND} - {""})

    @cached_property
    def respelled_sections(self) -> set[str]:
        """Those that may be written otherwise: several folders share them, or did."""
        found = set()
        for kind, label in self.changes.labels:
            if kind == FOLDER:
                slug = section_slug(label)
                if len({label, *self.archive.sections.folders(slug)}) > 1:
                    found.add(slug)
        return found

    @cached_property
    def recent(self) -> set[str]:
        """The names of the social cards of articles and days that come or go: no article needs to have
        changed but the archive's newest."""
        manifest = self.archive.manifest
        sorts = (which.ARTICLE, which.DAY)
        there = {name for sort in sorts for name in manifest.names(which.KIND, f"{sort}/")}
        return there.symmetric_difference(which.recent(self.archive))

    def recent_of(self, sort: str) -> list[str]:
        """Whose they are, of one sort."""
        found = map(which.sort_of, sorted(self.recent))
        return [whose for one, whose in found if one == sort]

    @cached_property
    def corrections(self) -> set[str]:
        """The months in which a correction, or what is shown of an article corrected then, differs."""
        changes = self.changes
        articles = changes.added | changes.edited | changes.moved | changes.removed
        return changes.corrections | self.archive.corrections.months_of(articles)

    @cached_property
    def feeds(self) -> bool:
        """Whether there are other feeds, or feeds of another name."""
        return any(kind.relisted(self) for kind in self.kinds)
