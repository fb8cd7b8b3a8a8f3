"""The front page (the newest edition) and the page of each day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from newsdigest.base.addresses import href
from newsdigest.base.records import Card, Count, EntityCard, Site, StoryCard
from newsdigest.base.settings import Addresses
from newsdigest.site.head import (
    DEFAULT_ADDRESSES,
    DEFAULT_LIMITS,
    capital,
    collection,
    navigation,
    page_head,
    period_link,
    period_url,
    teaser,
)
from newsdigest.site.shapes import Chip, DayView, FrontView, Group, Link, PeriodLink, Teaser
from newsdigest.site.words import number, section_title, words
from newsdigest.text import dates, typography

# The rail names the whole day as long as it stays a rail.
WIRE_HEADLINES = 40
# A thinner day is filled out with the days before it.
THIN_DAY = 6
# Beyond this many, a day's page is a plain list of headlines.
PLAIN_DAY = 80

_NO_WEIGHTS: Mapping[str, int] = {}


def front_page(
    site: Site,
    day: str,
    cards: Sequence[Card],
    cited: Sequence[EntityCard] = (),
    earlier: Sequence[Count] = (),
    latest_before: Sequence[Card] = (),
    references: Mapping[str, int] = _NO_WEIGHTS,
    stories: Sequence[StoryCard] = (),
    *,
    addresses: Addresses = DEFAULT_ADDRESSES,
    front_cards: int = DEFAULT_LIMITS.front_cards,
) -> FrontView:
    """The edition of `day` (`YYYY-MM-DD`, "" in an empty archive), `cards` in archive order.

    At most `front_cards` are shown, lead, seconds and sections together; a thin day is filled out
    within them. `earlier` counts the editions before it and `latest_before` holds their newest cards, both
    newest first; `stories` are those still running; `references` says how many related headlines tie each article id to others.
    """
    known = words(site.lang)
    if not day:
        head = page_head(
            site,
            addresses,
            "/",
            site.name,
            site.tagline or known.empty,
            collection(site, "/", site.name),
        )
        return FrontView(
            head,
            navigation(site.lang, addresses, "/"),
            None,
            None,
            (),
            (),
            (),
            (),
            (),
            (),
            0,
            False,
        )
    ranked = sorted(cards, key=lambda card: (-editorial_score(card, references), card.id))
    lead, seconds = ranked[:1], ranked[1 : min(3, front_cards)]
    # Two summaries of equal rank need two articles; alone, the second joins the others.
    if len(seconds) < 2:
        seconds = []
    above = {card.id for card in (*lead, *seconds)}
    below = [card for card in reversed(cards) if card.id not in above]
    shown = below[: front_cards - len(above)]
    label = dates.edition_label(day, site.lang)
    name = known.news_of.format(day=label)
    description = f"{site.tagline} " if site.tagline else ""
    thin = len(cards) < THIN_DAY
    filling = latest_before[: min(2 * THIN_DAY, max(0, front_cards - len(cards)))] if thin else ()
    return FrontView(
        head=page_head(
            site,
            addresses,
            "/",
            name,
            (description + known.news_description.format(day=label)).strip(),
            collection(site, "/", name, [card.url for card in (*lead, *seconds, *shown)]),
            title=f"{site.name} – {name}",
        ),
        nav=navigation(site.lang, addresses, "/"),
        day=period_link(addresses, Count(day, len(cards)), label, site.lang),
        lead=teaser(lead[0], site, sectioned=True) if lead else None,
        seconds=tuple(teaser(card, site, sectioned=True) for card in seconds),
        groups=group_by_section(shown, site),
        wire=() if thin else _wire(cards, site),
        before=_before(filling, site, day),
        cited=chips(cited, site),
        earlier=tuple(_edition(count, site, addresses) for count in earlier),
        hidden=len(below) - len(shown),
        repeats=len(below) == len(shown) and not any(len(card.iso_date) > 10 for card in cards),
        stories=tuple(
            Link(story.url, typography.typeset(story.title, site.lang)) for story in stories
        ),
    )


def editorial_score(card: Card, references: Mapping[str, int]) -> int:
    """How much the front page wants an article: its ties to others first, then its length.

    A related headline, given or received, counts for two minutes of reading; length stops
    counting at six minutes, and an article without a summary can hardly lead.
    """
    ties = min(references.get(card.id, 0), 6)
    return 2 * ties + min(card.minutes, 6) + (3 if card.dek else 0)


def day_page(
    site: Site,
    day: str,
    cards: Sequence[Card],
    previous_day: Count | str | None = None,
    next_day: Count | str | None = None,
    cited: Sequence[EntityCard] = (),
    *,
    addresses: Addresses = DEFAULT_ADDRESSES,
) -> DayView:
    """Every article of `day`, `cards` in archive order; the neighbours are days with articles."""
    known = words(site.lang)
    path = period_url(addresses, day)
    label = dates.edition_label(day, site.lang)
    month = dates.month_label(day[:7], site.lang)
    newest_first = list(reversed(cards))
    return DayView(
        head=page_head(
            site,
            addresses,
            path,
            capital(label),
            known.news_description.format(day=label),
            collection(site, path, known.news_of.format(day=label), [c.url for c in newest_first]),
        ),
        nav=navigation(site.lang, addresses, href(addresses.archives), "true"),
        day=period_link(addresses, Count(day, len(cards)), capital(label), site.lang),
        month=PeriodLink(day[:7], period_url(addresses, day[:7]), capital(month)),
        groups=group_by_section(newest_first, site),
        plain=len(cards) > PLAIN_DAY,
        cited=chips(cited, site),
        previous=_neighbour(previous_day, site, addresses),
        next=_neighbour(next_day, site, addresses),
    )


def group_by_section(cards: Sequence[Card], site: Site) -> tuple[Group, ...]:
    """Cards by section in the order given: the fullest section first.

    The articles without a section come last, and with them those alone in theirs.
    """
    sizes = Counter(card.section for card in cards)
    by_section: dict[str, list[Card]] = {}
    for card in cards:
        section = card.section if sizes[card.section] > 1 else ""
        by_section.setdefault(section, []).append(card)
    order = sorted(
        by_section, key=lambda section: (not section, -len(by_section[section]), section)
    )
    return tuple(
        Group(
            id=f"section-{at}",
            title=section_title(section, site.lang) if section else "",
            teasers=tuple(
                teaser(card, site, sectioned=not section) for card in by_section[section]
            ),
        )
        for at, section in enumerate(order, 1)
    )


def chips(entities: Sequence[EntityCard], site: Site, *, counted: bool = True) -> tuple[Chip, ...]:
    """Entities as chips; a count is shown only where it leads to the articles it counts."""
    return tuple(
        Chip(entity.name, entity.url, entity.articles, number(entity.articles, site.lang))
        if counted and entity.url
        else Chip(entity.name, entity.url)
        for entity in entities
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


def _neighbour(day: Count | str | None, site: Site, addresses: Addresses) -> PeriodLink | None:
    if day is None or day == "":
        return None
    period = day if isinstance(day, str) else day.period
    return PeriodLink(
        period, period_url(addresses, period), capital(dates.edition_label(period, site.lang))
    )
