"""What the social card of a day says: the headlines that lead its page."""

from __future__ import annotations

from newsdigest.archive.readers import Archive
from newsdigest.base.records import Site
from newsdigest.site.cards.said import LEADS, Said, of_day
from newsdigest.site.edition import leading


def day_said(archive: Archive, day: str, site: Site) -> Said:
    """The day, and the best ranked of its articles."""
    cards = archive.periods.cards_of(day)[::-1]
    stories, picked = archive.stories.on_day(day), archive.periods.picked(day)
    return of_day(day, leading(cards, site, stories, LEADS, picked), site)
