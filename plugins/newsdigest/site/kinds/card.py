"""The social cards: what each says, which there are, when one says something else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import file_of
from newsdigest.base.errors import _
from newsdigest.site.cards import said, which
from newsdigest.site.cards.days import day_said
from newsdigest.site.cards.said import Said
from newsdigest.site.cards.which import ARTICLE, DAY, ENTITY, SECTION, STORY, name_of, sort_of
from newsdigest.site.kind import Context, Drawn, Reason
from newsdigest.site.touched import Touched


def card_said(context: Context, name: str) -> Said:
    """What the card of that name says."""
    archive, site = context.archive, context.site
    sort, whose = sort_of(name)
    if sort == ARTICLE and (card := archive.articles.listed(whose)):
        return said.of_article(card, site)
    if sort == DAY:
        return day_said(archive, whose, site)
    if sort == STORY and (story := archive.stories.known(whose)):
        return said.of_story(story[1], site)
    if sort == ENTITY and (entity := archive.entities.known(whose)):
        return said.of_entity(entity[1], site)
    if sort == SECTION:
        return said.of_section(archive.sections.folder(whose, site.sections), site)
    if name:
        raise LookupError(name)
    return said.of_site(site)


# -- which there are, and when they are stale ----------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class CardKind(Drawn):
    """An article's card stands by the address of its page, which is the archive's to know."""

    def address(self, archive: Archive, name: str, which_: int = 0) -> str:
        sort, whose = sort_of(name)
        if sort == ARTICLE:
            found = archive.articles.address(whose)
            if found is None:
                raise LookupError(name)
            whose = found
        return which.address(archive.addresses, sort, whose)

    def files(self, archive: Archive, name: str) -> tuple[str, ...]:
        sort, whose = sort_of(name)
        if sort == ARTICLE and archive.articles.address(whose) is None:
            return ()
        return (file_of(self.address(archive, name)),)


def _names(archive: Archive) -> Iterable[str]:
    if not archive.limits.cards:
        return
    yield ""
    yield from which.recent(archive)
    yield from (name_of(STORY, card.slug) for card in archive.stories.cards())
    yield from (
        name_of(ENTITY, card.slug) for card in archive.index.cards() if which.is_main(archive, card)
    )
    yield from (name_of(SECTION, slug) for slug in archive.sections.slugs())


def _has(archive: Archive, name: str) -> bool:
    sort, whose = sort_of(name)
    if not archive.limits.cards or not sort:
        return archive.limits.cards and not name
    if sort == ARTICLE:
        card = archive.articles.listed(whose)
        recent = card is not None and which.is_recent(archive, card.day)
        return recent and not archive.pictures.has(whose)
    if sort == DAY:
        return which.is_recent(archive, whose) and archive.periods.holds(whose)
    if sort == STORY:
        return archive.stories.has_page(whose)
    if sort == ENTITY:
        entity = archive.entities.known(whose)
        return entity is not None and which.is_main(archive, entity[1])
    return sort == SECTION and archive.sections.holds(whose)


def _stale(touched: Touched) -> Iterable[Reason]:
    changes, archive = touched.changes, touched.archive
    if not archive.limits.cards:
        return
    for name in sorted(touched.recent):
        yield name, _("other days are recent")
    named = set(which.recent(archive))
    for id_ in sorted(touched.reworded | touched.leading | changes.cited):
        if name_of(ARTICLE, id_) in named:
            yield name_of(ARTICLE, id_), _("article changed")
    for day in sorted({*changes.days, *touched.restoried_days, *touched.picked_days}):
        if name_of(DAY, day) in named:
            yield name_of(DAY, day), _("its articles changed")
    for slug in sorted({*changes.gone_stories, *touched.stories}):
        yield name_of(STORY, slug), _("its articles changed")
    yield from _stale_entities(touched)
    for slug in sorted({*touched.sections, *touched.respelled_sections}):
        yield name_of(SECTION, slug), _("its articles changed")


def _stale_entities(touched: Touched) -> Iterable[Reason]:
    """Only its name, and whether many articles name it, is told of an entity."""
    for slug in sorted(touched.changes.gone_entities):
        yield name_of(ENTITY, slug), _("no article names it any more")
    least = touched.archive.limits.entity_card_from
    for _number, card, change in touched.entities:
        crossed = (card.articles >= least) != (change.before >= least)
        if crossed or change.renamed or change.retyped:
            yield name_of(ENTITY, card.slug), _("an entity it names changed its name or page")


CARD = CardKind(
    name="card",
    addresses=(standing.CARD,),
    reads=frozenset(
        {
            Fact.CARDS,
            Fact.ADDRESSES,
            Fact.PICKS,
            Fact.STORIES,
            Fact.MEMBERS,
            Fact.NAMES,
            Fact.LABELS,
        }
    ),
    names=_names,
    has=_has,
    stale=_stale,
    said=card_said,
)
