"""What a social card says: nothing that its page does not, and never how much there is of something,
for then it would be another one with each article.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from newsdigest.base.records import Card, EntityCard, Site, StoryCard
from newsdigest.site.words import section_title, words
from newsdigest.text import dates, typography

LEADS = 3


class Said(Struct, frozen=True):
    """The words of a card. `title` is a headline, a name, a day; `leads` are headlines under it; `instead`
    is drawn for a title in letters that the font has not, "" where nothing can be."""

    title: str
    kicker: str = ""
    leads: tuple[str, ...] = ()
    foot: str = ""
    instead: str = ""

    def lines(self, site: Site) -> tuple[str, ...]:
        """All of it, the site's name first."""
        found = (site.name, self.kicker, self.title, *self.leads, self.foot)
        return tuple(dict.fromkeys(filter(None, found)))

    def as_text(self, site: Site) -> str:
        """The same for those who do not see it."""
        return " – ".join(self.lines(site))


def of_article(card: Card, site: Site) -> Said:
    """Its headline, what it is about, when it was published and who signs it."""
    section = section_title(card.section, site.lang)
    day = dates.label(card.iso_date[:10], site.lang)
    return Said(
        card.headline,
        card.kicker or section,
        foot=" · ".join(filter(None, (day, card.credit))),
        instead=section or day,
    )


def of_day(day: str, leads: Sequence[Card], site: Site) -> Said:
    """The day, and the headlines that lead it."""
    title = dates.edition_label(day, site.lang)
    title = title[:1].upper() + title[1:]
    headlines = tuple(card.headline for card in leads[:LEADS])
    return Said(title, words(site.lang).front, headlines, instead=title)


def of_story(story: StoryCard, site: Site) -> Said:
    """Its title, and from when to when it runs."""
    return Said(
        typography.typeset(story.title, story.lang or site.lang),
        words(site.lang).story,
        foot=dates.span(story.first, story.last, site.lang),
    )


def of_entity(entity: EntityCard, site: Site) -> Said:
    """Its name, and what sort of thing it is."""
    name = typography.typeset(entity.name, site.lang)
    return Said(name, words(site.lang).types[entity.type], foot=site.tagline)


def of_section(folder: str, site: Site) -> Said:
    """What it is called."""
    return Said(section_title(folder, site.lang), foot=site.tagline)


def of_site(site: Site) -> Said:
    """The site's name, and its line about itself."""
    return Said(site.name, foot=site.tagline)
