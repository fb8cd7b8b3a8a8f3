"""The list of stories: those that run, those of the last months, then by year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import Addresses, href
from newsdigest.base.errors import _
from newsdigest.base.records import Site, StoryCard
from newsdigest.relate.stories import threads
from newsdigest.site.head import About, capital, navigation, page_head
from newsdigest.site.json_ld import collection
from newsdigest.site.kind import Context, Html, Mapped, Reason, always, in_pages, one
from newsdigest.site.lists import story_entry
from newsdigest.site.shapes import Head, NavItem, Shape, StoryEntry
from newsdigest.site.touched import Touched
from newsdigest.site.words import number, words
from newsdigest.text import dates

# The stories of the last months stand by month, the others by year.
RECENT_MONTHS = 12


class StoryGroup(Shape, frozen=True):
    """The stories whose last article is of one month or year; `id` is an anchor."""

    id: str
    label: str
    entries: tuple[StoryEntry, ...]


class StoryIndexView(Shape, frozen=True):
    """Every story that has a page: those that run, those of the last months, then by year."""

    head: Head
    nav: tuple[NavItem, ...]
    running: tuple[StoryEntry, ...]
    months: tuple[StoryGroup, ...]
    years: tuple[StoryGroup, ...]
    total: int
    stories: str


def stories_view(context: Context, _name: str) -> StoryIndexView:
    """All the stories that have a page."""
    archive = context.archive
    stories, newest_day = archive.stories.cards(), archive.periods.newest_day()
    return story_index(context.site, context.addresses, stories, newest_day)


def story_index(
    site: Site, addresses: Addresses, stories: Sequence[StoryCard], newest_day: str
) -> StoryIndexView:
    """The stories, given in the order of their last article, newest first.

    `newest_day` (`YYYY-MM-DD`, "" in an empty archive) is the archive's: it says which stories run.
    """
    known = words(site.lang)
    listed = [story for story in stories if story.url]
    running: list[StoryCard] = []
    quiet: list[StoryCard] = []
    for story in listed:
        asleep = threads.quiet_since(dates.iso_day(story.last), newest_day)
        (quiet if asleep else running).append(story)
    recent = [story for story in quiet if _months(story.last, newest_day) < RECENT_MONTHS]
    path = href(addresses.of(standing.STORIES))
    data = collection(site, path, known.stories, [story.url for story in running])
    return StoryIndexView(
        head=page_head(
            site, addresses, About(path, known.stories, known.stories_description, data, crumbs=())
        ),
        nav=navigation(site, addresses, path),
        running=tuple(story_entry(story, site) for story in running),
        months=_groups(recent, 7, site),
        years=_groups(quiet[len(recent) :], 4, site),
        total=len(listed),
        stories=number(len(listed), site.lang),
    )


def _months(first: str, last: str) -> int:
    return int(last[:4]) * 12 + int(last[5:7]) - int(first[:4]) * 12 - int(first[5:7])


def _groups(stories: Sequence[StoryCard], length: int, site: Site) -> tuple[StoryGroup, ...]:
    """The stories by the month (`length` 7) or year (4) of their last article, in their order."""
    return tuple(
        StoryGroup(
            f"en-{period}",
            capital(dates.label(period, site.lang)),
            tuple(story_entry(story, site) for story in found),
        )
        for period, found in groupby(stories, key=lambda story: story.last[:length])
    )


def _stale(touched: Touched) -> Iterable[Reason]:
    if touched.story_list:
        yield "", _("the list of stories changed")


def _mapped(archive: Archive) -> Iterable[Mapped]:
    newest = archive.stories.cards(1)
    yield href(STORIES.address(archive, "")), newest[0].last if newest else ""


STORIES = Html(
    name="stories",
    addresses=(standing.STORIES,),
    reads=frozenset({Fact.STORIES, Fact.PERIODS}),
    names=one,
    has=always,
    stale=_stale,
    mapped=in_pages(_mapped),
    template="stories",
    view=stories_view,
)
