"""A day by rank, as the front page and the day's own page show it.

One lead, a few with a summary, then headlines by section. A story counts once on the
front: its newest dispatch stands for those of the day, where the best ranked of them would, and says
how many there are. Which leads: `ranking`. Articles in other languages than
the site's stand apart, under the name of their language. What editors put first stands first,
whatever its language and its story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from msgspec.structs import replace as restated

from newsdigest.base.addresses import Addresses, href, section, section_slug, slugify
from newsdigest.base.records import Card, Site, StoryCard
from newsdigest.site.lists import teaser
from newsdigest.site.pictures import list_picture
from newsdigest.site.ranking import is_whole, ranked
from newsdigest.site.shapes import Group, Link, Shape, Teaser
from newsdigest.site.words import language_heading, one_language, section_title, words
from newsdigest.text.shorten import whole_sentences

SECONDS = 4
# Where not all find a place, each section takes so many in turn.
TURN = 2
Mark = Callable[[Card], Link | None]
# Beside the lead a summary is a sentence or two.
SECOND_SUMMARY = 200


class Ranked(Shape, frozen=True):
    """A day by rank. `hidden` counts the articles that stand on the day's own page only."""

    lead: Teaser | None
    seconds: tuple[Teaser, ...]
    groups: tuple[Group, ...]
    hidden: int = 0


def by_rank(
    cards: Sequence[Card],
    site: Site,
    stories: Mapping[str, StoryCard],
    addresses: Addresses | None = None,
    *,
    most: int,
    fold: bool,
    whole_day: str,
    picked: Sequence[str] = (),
) -> Ranked:
    """The day's cards as its pages show them, at most `most` of them.

    `stories` are the stories that have a page, by the id of each of the day's members. `fold` keeps
    one dispatch of each; `whole_day` is the address where those left out stand, by section, "" for
    none; `picked` are the ids of those that editors put first, in their order. A section's heading
    leads to its page where `addresses` are given. A day that has nothing in the site's language is
    ranked as it is.
    """
    own = [c for c in cards if one_language(c.lang, site.lang)] or list(cards)
    ours = {card.id for card in own}.union(picked)
    own = [card for card in cards if card.id in ours]
    slugs = {id_: story.slug for id_, story in stories.items()}
    order = ranked(own, slugs, site.sections, picked)
    seen: Counter[str] = Counter(slugs[card.id] for card in own if card.id in slugs)
    if fold:
        order = _once(order, stories, frozenset(picked))
    shown_of: Counter[str] = Counter(slugs[card.id] for card in order if card.id in slugs)
    top = order[: min(1 + SECONDS, most)] if len(order) > 2 else order[:1]
    told = {card.id for card in top}
    foreign = [card for card in cards if card.id not in ours]
    room = max(0, most - len(top) - min(len(foreign), most // 6))
    rest = [card for card in order if card.id not in told]
    shown = _fairly(rest, room)
    listed = {card.id for card in shown}
    left_out = [card for card in rest if card.id not in listed]
    foreign_shown = foreign[::-1][: max(0, most - len(top) - len(shown))]

    def mark(card: Card) -> Link | None:
        story = stories.get(card.id)
        others = seen[story.slug] - shown_of[story.slug] if story and fold else 0
        if not story or others < 1:
            return None
        return Link(story.url, words(site.lang).more_in_story.format(count=others))

    return Ranked(
        lead=_lead(top[0], site, mark(top[0]), addresses) if top else None,
        seconds=tuple(_summed_up(card, site, mark(card), SECOND_SUMMARY) for card in top[1:]),
        groups=(
            *_sections(shown, left_out, site, addresses, mark, whole_day),
            *_languages(foreign_shown, site),
        ),
        hidden=len(left_out) + len(foreign) - len(foreign_shown),
    )


def _lead(card: Card, site: Site, story: Link | None, addresses: Addresses | None) -> Teaser:
    """What opens the day, with its picture if it has one."""
    told = _summed_up(card, site, story, 0)
    return restated(told, picture=list_picture(addresses, card)) if addresses else told


def leading(
    cards: Sequence[Card],
    site: Site,
    stories: Mapping[str, StoryCard],
    most: int,
    picked: Sequence[str] = (),
) -> list[Card]:
    """The cards a longer list names a day by, at most `most`: by rank, one of each story, those in
    other languages last. `picked` are the ids of those that editors put first."""
    first = frozenset(picked)
    own = [card for card in cards if card.id in first or one_language(card.lang, site.lang)]
    slugs = {id_: story.slug for id_, story in stories.items()}
    order = _once(ranked(own, slugs, site.sections, picked), stories, first)
    ours = {card.id for card in own}
    others = [card for card in cards if card.id not in ours]
    return [*order, *others][:most]


def _once(
    order: Sequence[Card], stories: Mapping[str, StoryCard], picked: frozenset[str]
) -> list[Card]:
    """One dispatch of each story: the day's newest, at the place of the best ranked. Those that
    editors put first stay, and stand for theirs."""
    newest: dict[str, Card] = {}
    for card in order:
        story = stories.get(card.id)
        if story:
            known = newest.get(story.slug)
            if known is None or (card.iso_date, card.id) > (known.iso_date, known.id):
                newest[story.slug] = card
    found: list[Card] = []
    told = {stories[card.id].slug for card in order if card.id in picked and card.id in stories}
    for card in order:
        story = stories.get(card.id)
        if story is None or card.id in picked:
            found.append(card)
        elif story.slug not in told:
            told.add(story.slug)
            found.append(newest[story.slug])
    return found


def _fairly(cards: Sequence[Card], room: int) -> list[Card]:
    """The cards that get a place: each section's first `TURN`, then its next, and so on, by rank."""
    if len(cards) <= room:
        return list(cards)
    places: Counter[str] = Counter()
    turns = []
    for rank, card in enumerate(cards):
        turns.append((places[card.section] // TURN, rank))
        places[card.section] += 1
    return [cards[rank] for rank in sorted(rank for _turn, rank in sorted(turns)[:room])]


def _summed_up(card: Card, site: Site, story: Link | None, limit: int) -> Teaser:
    """With the sentences of its summary that fit `limit`, and at least the first. One that does not
    end stands where there is no limit, with the lead: better cut than none."""
    summary = card.dek if is_whole(card.dek) or not limit else ""
    if limit:
        summary = whole_sentences(summary, limit)
    return restated(teaser(replace(card, dek=summary), site, sectioned=True), story=story)


def _sections(
    shown: Sequence[Card],
    left_out: Sequence[Card],
    site: Site,
    addresses: Addresses | None,
    mark: Mark,
    whole_day: str,
) -> Iterator[Group]:
    """Headlines by section: in the settings' order, then the fullest first, those without one last."""
    sizes = Counter(card.section for card in (*shown, *left_out))
    by_section: dict[str, list[Card]] = {}
    for card in shown:
        by_section.setdefault(card.section, []).append(card)
    more = Counter(card.section for card in left_out)
    order = {section: at for at, section in enumerate(site.sections)}
    for folder in sorted(
        by_section,
        key=lambda name: (not name, order.get(name, len(order)), -sizes[name], name),
    ):
        anchor = _anchor(folder)
        yield Group(
            id=anchor,
            title=section_title(folder, site.lang) if folder else "",
            teasers=tuple(
                restated(teaser(card, site), story=mark(card)) for card in by_section[folder]
            ),
            more=_more(more[folder], f"{whole_day}#{anchor}", site) if whole_day else None,
            url=href(section(addresses, section_slug(folder))) if folder and addresses else "",
        )


def _anchor(section: str) -> str:
    """A section's anchor, the same on every page, and no other section's."""
    slug = slugify(section, "")
    if slug != section:  # "Économie" and "economie" are two folders
        slug += f"-{sha256(section.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    return f"rubrique-{slug}" if section else "sans-rubrique"


def _languages(cards: Sequence[Card], site: Site) -> Iterator[Group]:
    """Articles in other languages, each under the name of its own."""
    by_language: dict[str, list[Card]] = {}
    for card in cards:
        by_language.setdefault(card.lang, []).append(card)
    for lang in sorted(by_language):
        teasers = tuple(teaser(card, site) for card in by_language[lang])
        yield Group(f"langue-{lang}", language_heading(lang, site.lang), teasers)


def _more(count: int, url: str, site: Site) -> Link | None:
    return Link(url, words(site.lang).more_here.format(count=count)) if count else None
