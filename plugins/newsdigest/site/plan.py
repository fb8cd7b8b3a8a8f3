"""Which pages and feeds may differ, and why: a pure function of what changed.

A page is a `Page(kind, name)`; the kinds are a closed set, each with declared inputs:

    article      the article, its `>>` states, who cites it, its neighbours, its entities' addresses
    day          the cards of the day, the entities cited on it, the neighbouring days
    month, year  the counts of their days and months, the neighbouring months and years
    archives     the counts of all months
    front        the newest day, the editions before it
    entity       its newest mentions, counts, company; entity_page: one full lot of older mentions
    entities     the A-Z index (of a large one: its parts' initials, the most cited)
    initials     the names of the entities of these initials, where the index is large
    story        its articles' text, cards, links and entities; whether it runs
    stories      the list of stories; story_feed: the story's newest articles
    feeds, opml  which entities have a feed
    all_feed     the newest articles; entity_feed: the entity's newest articles
    not_found    the newest day
    sitemap      the addresses of one month; sitemaps: which months there are
    robots       the settings alone
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from newsdigest.base.errors import _
from newsdigest.base.records import Page

Kind = Literal[
    "article",
    "day",
    "month",
    "year",
    "archives",
    "front",
    "entity",
    "entity_page",
    "entities",
    "initials",
    "story",
    "stories",
    "feeds",
    "opml",
    "all_feed",
    "entity_feed",
    "story_feed",
    "not_found",
    "sitemap",
    "sitemaps",
    "robots",
]

# The order of publication: what a page links to is in place before the page.
PUBLISH_ORDER: tuple[Kind, ...] = (
    "article",
    "entity_page",
    "entity",
    "day",
    "month",
    "year",
    "archives",
    "initials",
    "entities",
    "story",
    "stories",
    "feeds",
    "not_found",
    "front",
    "entity_feed",
    "story_feed",
    "all_feed",
    "opml",
    "sitemap",
    "sitemaps",
    "robots",
)

HTML_KINDS = frozenset(
    {
        "article", "day", "month", "year", "archives", "front", "entity", "entity_page",
        "entities", "initials", "story", "stories", "feeds", "not_found",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntityFacts:
    """A changed entity as it stands: its slug, and which of its older pages are stale.

    `older` are page numbers; `has_page` and `has_feed` say whether it has them at all.
    """

    slug: str
    has_page: bool
    has_feed: bool
    older: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a build's changes reach, looked up: the plan's whole input besides the reasons.

    `articles` maps stale articles to the reason, `entries` are those whose feed entry is; `days` are days whose list changed, `near_days`
    their neighbours when a day came or went; `entities` changed entities, `company` slugs whose
    page names a renamed entity; `fed` slugs of entities whose feed holds a stale article;
    `stories` slugs of stories with a page that changed, `story_list` whether the list of them did;
    `initials` parts of the A-Z index whose names changed; `front` and `all_feed`: they show a name
    that changed.
    """

    articles: Mapping[str, str] = field(default_factory=dict)
    entries: Iterable[str] = ()
    days: Mapping[str, str] = field(default_factory=dict)
    near_days: Mapping[str, str] = field(default_factory=dict)
    periods: Mapping[str, str] = field(default_factory=dict)
    entities: Mapping[str, EntityFacts] = field(default_factory=dict)
    company: Iterable[str] = ()
    fed: Iterable[str] = ()
    stories: Iterable[str] = ()
    story_list: bool = False
    initials: Iterable[str] = ()
    index_changed: bool = False
    feeds_changed: bool = False
    front: bool = False
    all_feed: bool = False
    anything: bool = False


def plan_pages(footprint: Footprint) -> dict[Page, str]:
    """Each stale page with its first reason, in the order of publication."""
    stale: dict[Page, str] = {}

    def mark(kind: Kind, name: str, reason: str) -> None:
        stale.setdefault(Page(kind, name), reason)

    for article_id, reason in footprint.articles.items():
        mark("article", article_id, reason)
    for day, reason in {**footprint.days, **footprint.near_days}.items():
        mark("day", day, reason)
    for period, reason in footprint.periods.items():
        mark("year" if len(period) == 4 else "month", period, reason)
        if len(period) == 7:
            mark("sitemap", period, reason)
    for facts in footprint.entities.values():
        if facts.has_page:
            mark("entity", facts.slug, _("its articles changed"))
            for page in facts.older:
                mark("entity_page", f"{facts.slug}/{page}", _("its articles changed"))
        if facts.has_feed:
            mark("entity_feed", facts.slug, _("its articles changed"))
    for slug in footprint.company:
        mark("entity", slug, _("an entity it names changed its name or page"))
    for slug in footprint.fed:
        mark("entity_feed", slug, _("an article it holds changed"))
    for slug in footprint.stories:
        mark("story", slug, _("its articles changed"))
        mark("story_feed", slug, _("its articles changed"))
    if footprint.story_list:
        mark("stories", "", _("the list of stories changed"))
        mark("front", "", _("the list of stories changed"))
        mark("feeds", "", _("the list of stories changed"))
    if footprint.anything:
        for kind in ("front", "archives", "not_found", "all_feed", "sitemaps"):
            mark(kind, "", _("the archive changed"))
    if footprint.front:
        mark("front", "", _("an entity cited changed"))
    if footprint.all_feed:
        mark("all_feed", "", _("an article it holds changed"))
    for part in footprint.initials:
        mark("initials", part, _("the list of entities changed"))
    if footprint.index_changed:
        mark("entities", "", _("the list of entities changed"))
        # It names the feeds of the most cited: a count may change which.
        mark("feeds", "", _("the list of entities changed"))
    if footprint.feeds_changed:
        mark("feeds", "", _("the list of feeds changed"))
        mark("opml", "", _("the list of feeds changed"))
    return in_publish_order(stale)


def in_publish_order(stale: Mapping[Page, str]) -> dict[Page, str]:
    """The same pages, kinds in the order of publication, names sorted within a kind."""
    rank: dict[str, int] = {kind: at for at, kind in enumerate(PUBLISH_ORDER)}
    ordered = sorted(stale, key=lambda page: (rank[page.kind], page.name))
    return {page: stale[page] for page in ordered}
