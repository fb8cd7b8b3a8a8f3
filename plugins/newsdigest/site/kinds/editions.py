"""The feed of editions: an entry a day, which holds the day's page as it can be read in a feed reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from markupsafe import escape

from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import Address, href
from newsdigest.base.errors import _
from newsdigest.base.records import Card, Site, StoryCard
from newsdigest.site.edition import by_rank
from newsdigest.site.feed_bytes import FeedEntry, told_apart
from newsdigest.site.head import period_url
from newsdigest.site.kind import Context, Feed, FeedLine, FeedSource, Reason, one
from newsdigest.site.shapes import Teaser
from newsdigest.site.touched import Touched
from newsdigest.site.words import words
from newsdigest.text import dates

# Two weeks: who was away for one finds all of it.
EDITIONS = 14


def feed_source(context: Context, _name: str) -> FeedSource:
    """The newest days, each as an entry."""
    archive, site = context.archive, context.site
    known = words(site.lang)
    # Made when the feed is: who asks which articles a feed holds needs none.
    entries = (
        edition_entry(
            site,
            day,
            site.url + period_url(archive.addresses, day),
            archive.periods.cards_of(day),
            archive.stories.on_day(day),
            archive.periods.picked(day),
        )
        for day in _days(archive)
    )
    return FeedSource(
        f"{known.editions} – {site.name}",
        _page(context),
        (),
        known.feed_of_editions,
        entries,
        most=EDITIONS,
    )


def _page(context: Context) -> str:
    return href(standing.feed_page(context.addresses, "editions"))


def edition_entry(
    site: Site,
    day: str,
    url: str,
    cards: Sequence[Card],
    stories: Mapping[str, StoryCard],
    picked: Sequence[str] = (),
) -> FeedEntry:
    """A day (`YYYY-MM-DD`), its cards oldest first: every headline, by rank and by section."""
    path = url.removeprefix(site.url)
    edition = by_rank(
        cards[::-1],
        site,
        stories,
        most=len(cards),
        fold=False,
        whole_day=path,
        picked=picked,
    )
    parts: list[str] = []
    for teaser in (*filter(None, (edition.lead,)), *edition.seconds):
        parts.append(f"<p><strong>{_headline(site, teaser)}</strong></p>")
        if teaser.dek:
            parts.append(f"<p>{escape(teaser.dek)}</p>")
    for group in edition.groups:
        if group.title:
            parts.append(f"<h2>{escape(group.title)}</h2>")
        lines = "".join(f"<li>{_headline(site, teaser)}</li>" for teaser in group.teasers)
        parts.append(f"<ul>{lines}</ul>")
    name = f"editions/{day}"
    newest = max(cards, key=lambda card: (card.iso_date, card.id))
    lead = edition.lead
    return FeedEntry(
        id=name,
        url=url,
        title=words(site.lang).edition.format(day=dates.edition_label(day, site.lang)),
        summary=lead.headline if lead else newest.headline,
        html="".join(parts),
        published=datetime.fromisoformat(day),
        updated=told_apart(max(_moments(cards)), name),
        lang=site.lang,
    )


def _moments(cards: Sequence[Card]) -> Iterator[datetime]:
    """When the day's articles are dated, and were corrected, as the site's clock shows it."""
    for card in cards:
        yield datetime.fromisoformat(card.iso_date).replace(tzinfo=None)
        if card.corrected:
            yield datetime.fromisoformat(card.corrected)


def _headline(site: Site, teaser: Teaser) -> str:
    """As HTML. (Markup's own `format` takes ten times as long, and a day has a hundred.)"""
    address = escape(site.url + teaser.url)
    link = f'<a href="{address}"{escape(teaser.attrs)}>{escape(teaser.headline)}</a>'
    return f"{link} ({escape(teaser.source)})" if teaser.source else link


# -- which there are, and when it is stale -------------------------------------------------------


def _days(archive: Archive) -> list[str]:
    """The newest days that have a page, newest first."""
    newest = archive.periods.newest_edition()
    if len(newest) < 10:
        return []
    return [newest, *(day.period for day in archive.periods.days_before(newest, EDITIONS - 1))]


def _stale(touched: Touched) -> Iterable[Reason]:
    changed = {*touched.changes.days, *touched.citing_days, *touched.restoried_days}
    changed.update(touched.picked_days)
    changed |= touched.archive.reach.days_of(touched.told_otherwise)
    shown = _days(touched.archive)
    # Where there are fewer days than it would show, any that left was shown.
    if changed and (len(shown) < EDITIONS or max(changed) >= shown[-1]):
        yield "", _("its articles changed")


def feed_lines(context: Context) -> Iterable[FeedLine]:
    """The feed of editions."""
    site, known = context.site, words(context.site.lang)
    urls = EDITIONS_FEED.urls(context, "")
    yield FeedLine(site.name, known.editions, _page(context), *urls, known.feed_of_editions)


EDITIONS_FEED = Feed(
    name="editions_feed",
    addresses=(
        Address("EDITIONS_FEED_ATOM", "feeds/editions.atom"),
        Address("EDITIONS_FEED_RSS", "feeds/editions.rss"),
    ),
    reads=frozenset(
        {Fact.PERIODS, Fact.CARDS, Fact.MEMBERS, Fact.STORIES, Fact.LEDGER, Fact.PICKS}
    ),
    names=one,
    has=lambda archive, name: True,
    stale=_stale,
    source=feed_source,
    lines=feed_lines,
    chosen=feed_lines,
)
