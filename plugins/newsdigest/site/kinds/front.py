"""The front page: the newest edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from newsdigest.archive.facts import Fact
from newsdigest.base.addresses import Address, Addresses
from newsdigest.base.errors import _
from newsdigest.base.records import Card, Count, EntityCard, Site, StoryCard
from newsdigest.site.head import About, navigation, page_head, period_link
from newsdigest.site.json_ld import collection
from newsdigest.site.kind import Context, Html, Reason, always, one
from newsdigest.site.lists import chips, group_by_section, story_links, teaser, typeset_cards
from newsdigest.site.shapes import Chip, Group, Head, Link, NavItem, PeriodLink, Teaser
from newsdigest.site.touched import Touched
from newsdigest.site.words import words
from newsdigest.text import dates

# The rail names the whole day as long as it stays a rail.
WIRE_HEADLINES = 40
# A thinner day is filled out with the days before it.
THIN_DAY = 6
STORIES_LISTED = 6


@dataclass(frozen=True, slots=True)
class Edition:
    """What the front page is made of: the newest day (`YYYY-MM-DD`, "" in an empty archive).

    `cards` stand in archive order. At most `most` are shown, lead, seconds and sections together; a
    thin day is filled out within them. `earlier` counts the editions before it and `latest_before`
    holds their newest cards, both newest first; `stories` are those still running; `references`
    says how many related headlines tie each article id to others.
    """

    day: str
    cards: Sequence[Card] = ()
    most: int = 30
    cited: Sequence[EntityCard] = ()
    earlier: Sequence[Count] = ()
    latest_before: Sequence[Card] = ()
    references: Mapping[str, int] = field(default_factory=dict)
    stories: Sequence[StoryCard] = ()


@dataclass(frozen=True, slots=True)
class FrontView:
    """The newest edition: lead, two seconds, sections, and the rail. An empty archive has no `day`.

    `before` fills out a thin day; `hidden` articles are on the day's page only; `repeats` says that
    `wire` tells nothing that does not stand beside it: a narrow screen can do without.
    """

    head: Head
    nav: tuple[NavItem, ...]
    day: PeriodLink | None
    lead: Teaser | None
    seconds: tuple[Teaser, ...]
    groups: tuple[Group, ...]
    wire: tuple[Teaser, ...]
    before: tuple[Teaser, ...]
    cited: tuple[Chip, ...]
    earlier: tuple[PeriodLink, ...]
    hidden: int
    repeats: bool
    stories: tuple[Link, ...] = ()


def front_view(context: Context, _name: str) -> FrontView:
    """The archive's newest edition."""
    archive, limits = context.archive, context.limits
    day = archive.periods.newest_edition()
    if not day:
        return front_page(context.site, context.addresses, Edition(""))
    edition = Edition(
        day,
        archive.periods.cards_of(day),
        limits.front_cards,
        typeset_cards(archive.periods.cited_on(day, limits.cited), context.site.lang),
        archive.periods.days_before(day, limits.earlier_editions),
        archive.periods.cards_before(day, limits.front_cards),
        archive.periods.link_counts(day),
        archive.stories.running(archive.periods.newest_day(), STORIES_LISTED),
    )
    return front_page(context.site, context.addresses, edition)


def front_page(site: Site, addresses: Addresses, edition: Edition) -> FrontView:
    """An edition as the front page shows it."""
    known = words(site.lang)
    day, cards = edition.day, edition.cards
    nav = navigation(site.lang, addresses, "/")
    if not day:
        data = collection(site, "/", site.name)
        head = page_head(site, addresses, About("/", site.name, site.tagline or known.empty, data))
        return FrontView(head, nav, None, None, (), (), (), (), (), (), 0, False)
    ranked = sorted(cards, key=lambda card: (-editorial_score(card, edition.references), card.id))
    lead, seconds = ranked[:1], ranked[1 : min(3, edition.most)]
    # Two summaries of equal rank need two articles; alone, the second joins the others.
    if len(seconds) < 2:
        seconds = []
    above = {card.id for card in (*lead, *seconds)}
    below = [card for card in reversed(cards) if card.id not in above]
    shown = below[: edition.most - len(above)]
    thin = len(cards) < THIN_DAY
    room_left = min(2 * THIN_DAY, max(0, edition.most - len(cards)))
    urls = [card.url for card in (*lead, *seconds, *shown)]
    label = dates.edition_label(day, site.lang)
    return FrontView(
        head=page_head(site, addresses, _about(site, label, urls)),
        nav=nav,
        day=period_link(addresses, Count(day, len(cards)), label, site.lang),
        lead=teaser(lead[0], site, sectioned=True) if lead else None,
        seconds=tuple(teaser(card, site, sectioned=True) for card in seconds),
        groups=group_by_section(shown, site),
        wire=() if thin else _wire(cards, site),
        before=_before(edition.latest_before[:room_left] if thin else (), site, day),
        cited=chips(edition.cited, site),
        earlier=tuple(_edition(count, site, addresses) for count in edition.earlier),
        hidden=len(below) - len(shown),
        repeats=len(below) == len(shown) and not any(len(card.iso_date) > 10 for card in cards),
        stories=story_links(edition.stories, site),
    )


def editorial_score(card: Card, references: Mapping[str, int]) -> int:
    """How much the front page wants an article: its ties to others first, then its length.

    A related headline, given or received, counts for two minutes of reading; length stops
    counting at six minutes, and an article without a summary can hardly lead.
    """
    ties = min(references.get(card.id, 0), 6)
    return 2 * ties + min(card.minutes, 6) + (3 if card.dek else 0)


def _about(site: Site, label: str, urls: Sequence[str]) -> About:
    known = words(site.lang)
    name = known.news_of.format(day=label)
    description = f"{site.tagline} " if site.tagline else ""
    return About(
        "/",
        name,
        (description + known.news_description.format(day=label)).strip(),
        collection(site, "/", name, urls),
        title=f"{site.name} – {name}",
    )


def _wire(cards: Sequence[Card], site: Site) -> tuple[Teaser, ...]:
    return tuple(teaser(card, site) for card in reversed(cards[-WIRE_HEADLINES:]))


def _before(cards: Sequence[Card], site: Site, day: str) -> tuple[Teaser, ...]:
    return tuple(
        teaser(card, site, dates.label(card.iso_date, site.lang))
        for card in cards
        if card.day <= day
    )


def _edition(count: Count, site: Site, addresses: Addresses) -> PeriodLink:
    return period_link(addresses, count, dates.edition_label(count.period, site.lang), site.lang)


def _stale(touched: Touched) -> Iterable[Reason]:
    if touched.story_list:
        yield "", _("the list of stories changed")
    if touched.changes:
        yield "", _("the archive changed")
    edition = touched.archive.periods.newest_edition()
    # The newest edition may be a month.
    if edition and any(day.startswith(edition) for day in touched.citing_days):
        yield "", _("an entity cited changed")


FRONT = Html(
    name="front",
    addresses=(Address("", ""),),
    reads=frozenset(
        {Fact.PERIODS, Fact.CARDS, Fact.REFERENCES, Fact.MENTIONS, Fact.NAMES, Fact.STORIES}
    ),
    names=one,
    has=always,
    stale=_stale,
    template="index",
    view=front_view,
)
