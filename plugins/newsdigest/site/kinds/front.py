"""The front page: the newest edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from newsdigest.archive.facts import Fact
from newsdigest.base.addresses import STORIES, Address, Addresses, href
from newsdigest.base.errors import _
from newsdigest.base.records import Card, Count, EntityCard, Site, StoryCard
from newsdigest.site.edition import Ranked, by_rank
from newsdigest.site.head import About, navigation, page_head, period_link, period_url
from newsdigest.site.json_ld import collection, publisher
from newsdigest.site.kind import Context, Html, Reason, always, in_pages, one
from newsdigest.site.lists import card_link, chips, teaser, typeset_cards
from newsdigest.site.shapes import Chip, Head, Link, NavItem, PeriodLink, Shape, Teaser
from newsdigest.site.touched import Touched
from newsdigest.site.words import words
from newsdigest.text import dates, typography

# A thinner day is filled out with the days before it.
THIN_DAY = 6
STORIES_LISTED = 5


class Edition(Struct, frozen=True):
    """What the front page is made of: the newest day (`YYYY-MM-DD`, "" in an empty archive).

    `cards` stand in archive order. At most `most` are shown; a thin day is filled out within them.
    `picked` are those that editors put first, by id; `told` are the stories with a page by the ids of the day's members; `running` are stories still
    running, each with its newest article. `earlier` counts the editions before it and
    `latest_before` holds their newest cards, both newest first.
    """

    day: str
    cards: Sequence[Card] = ()
    most: int = 30
    cited: Sequence[EntityCard] = ()
    earlier: Sequence[Count] = ()
    latest_before: Sequence[Card] = ()
    told: Mapping[str, StoryCard] = field(default_factory=dict)
    running: Sequence[tuple[StoryCard, Card]] = ()
    picked: Sequence[str] = ()


class RunningStory(Shape, frozen=True):
    """A story in one line: its title, and the headline of its newest article."""

    url: str
    title: str
    newest: Link


class FrontView(Shape, frozen=True):
    """The newest edition by rank, and the rail. An empty archive has no `day`.

    `before` fills out a thin day; `hidden` articles are on the day's page only; `stories_url` leads
    to all the stories, "" where there are none.
    """

    head: Head
    nav: tuple[NavItem, ...]
    day: PeriodLink | None
    edition: Ranked
    before: tuple[Teaser, ...] = ()
    cited: tuple[Chip, ...] = ()
    earlier: tuple[PeriodLink, ...] = ()
    stories: tuple[RunningStory, ...] = ()
    stories_url: str = ""


def front_view(context: Context, _name: str) -> FrontView:
    """The archive's newest edition."""
    archive, limits = context.archive, context.limits
    day = archive.periods.newest_edition()
    if not day:
        return front_page(context.site, context.addresses, Edition(""))
    running = archive.stories.running(archive.periods.newest_day(), STORIES_LISTED)
    edition = Edition(
        day,
        archive.periods.cards_of(day),
        limits.front_cards,
        typeset_cards(archive.periods.cited_on(day, limits.cited), context.site.lang),
        archive.periods.days_before(day, limits.earlier_editions),
        archive.periods.cards_before(day, limits.front_cards),
        archive.stories.on_day(day),
        [(story, archive.stories.newest_card(story.slug)) for story in running],
        archive.periods.picked(day),
    )
    return front_page(context.site, context.addresses, edition)


def front_page(site: Site, addresses: Addresses, edition: Edition) -> FrontView:
    """An edition as the front page shows it."""
    known = words(site.lang)
    day, cards = edition.day, edition.cards
    nav = navigation(site, addresses, "/")
    if not day:
        data = collection(site, "/", site.name)
        head = page_head(site, addresses, About("/", site.name, site.tagline or known.empty, data))
        return FrontView(head, nav, None, Ranked(None, (), ()))
    thin = len(cards) < THIN_DAY
    room_left = min(2 * THIN_DAY, max(0, edition.most - len(cards)))
    label = dates.edition_label(day, site.lang)
    ranked = by_rank(
        cards,
        site,
        edition.told,
        addresses,
        most=edition.most,
        fold=True,
        whole_day=period_url(addresses, day) if len(day) == len("YYYY-MM-DD") else "",
        picked=edition.picked,
    )
    return FrontView(
        head=page_head(site, addresses, _about(site, label, _urls(ranked))),
        nav=nav,
        day=period_link(addresses, Count(day, len(cards)), label, site.lang),
        edition=ranked,
        before=_before(edition.latest_before[:room_left] if thin else (), site, day),
        cited=chips(edition.cited, site),
        earlier=tuple(_edition(count, site, addresses) for count in edition.earlier),
        stories=tuple(_running(story, card, site) for story, card in edition.running),
        stories_url=href(addresses.of(STORIES)) if edition.running else "",
    )


def _running(story: StoryCard, newest: Card, site: Site) -> RunningStory:
    title = typography.typeset(story.title, site.lang)
    return RunningStory(story.url, title, card_link(newest, site))


def _urls(ranked: Ranked) -> list[str]:
    above = [ranked.lead] if ranked.lead else []
    listed = [teaser for group in ranked.groups for teaser in group.teasers]
    return [teaser.url for teaser in (*above, *ranked.seconds, *listed)]


def _about(site: Site, label: str, urls: Sequence[str]) -> About:
    known = words(site.lang)
    name = known.news_of.format(day=label)
    description = f"{site.tagline} " if site.tagline else ""
    return About(
        "/",
        name,
        (description + known.news_description.format(day=label)).strip(),
        collection(site, "/", name, urls) | {"publisher": publisher(site)},
        title=f"{site.name} – {name}",
    )


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
    if edition in touched.changes.picked:
        yield "", _("editors put others first")
    # The newest edition may be a month.
    if edition and any(day.startswith(edition) for day in touched.citing_days):
        yield "", _("an entity cited changed")


FRONT = Html(
    name="front",
    addresses=(Address("", ""),),
    reads=frozenset(
        {
            Fact.PERIODS,
            Fact.CARDS,
            Fact.MENTIONS,
            Fact.NAMES,
            Fact.STORIES,
            Fact.MEMBERS,
            Fact.PICKS,
        }
    ),
    names=one,
    has=always,
    stale=_stale,
    mapped=in_pages(lambda archive: [("/", archive.periods.newest_edition())]),
    template="index",
    view=front_view,
)
