"""Which pages have a card of their own, and where it stands; what the head of a page says of it.

A link is shared while it is news: articles and days have one for some days (`CARD_DAYS`), counted from the newest of
the archive; stories, sections, and the entities that many articles name (`ENTITY_CARD_FROM`), as long as they are there.
Other articles are shared under their section's card, other pages under the site's. All this follows from
the archive alone: what comes into these days or leaves them is found by what stands (`Touched.recent`).
"""

from __future__ import annotations

from newsdigest.archive.readers import Archive
from newsdigest.base.addresses import CARD, SITE_CARD, Addresses, file_of, href, section_slug
from newsdigest.base.fingerprint import digest
from newsdigest.base.records import Card, EntityCard, Site
from newsdigest.site.cards.said import Said, of_section, of_site
from newsdigest.site.shapes import Image
from newsdigest.text import dates

KIND = "card"
WIDTH, HEIGHT = 1200, 630
# How the cards of one sort are called: the sort, a slash, whose it is. The site's own is called "".
ARTICLE, DAY, STORY, ENTITY, SECTION = "article", "day", "story", "entity", "section"
# The folders they stand in.
_FOLDERS = {
    ARTICLE: "articles",
    DAY: "jours",
    STORY: "dossiers",
    ENTITY: "entites",
    SECTION: "rubriques",
}


def name_of(sort: str, whose: str) -> str:
    """The name of a card: of an article by its id, a day by its date, the others by their slug."""
    return f"{sort}/{whose}"


def sort_of(name: str) -> tuple[str, str]:
    """The sort of a card, and whose it is."""
    sort, _slash, whose = name.partition("/")
    return sort, whose


def address(addresses: Addresses, sort: str, whose: str) -> str:
    """Where a card stands: an article's by the address of its page, a day's by its date, the others' by their slug."""
    if sort == ARTICLE:
        whose = file_of(whose).removesuffix(".html")
    return addresses.of(CARD, card=f"{_FOLDERS[sort]}/{whose}" if sort else SITE_CARD)


# -- which there are -----------------------------------------------------------------------------


def first_day(archive: Archive) -> str:
    """The first of the days whose articles have a card of their own."""
    newest = archive.periods.newest_day()
    return dates.shifted(newest, 1 - archive.limits.card_days) if newest else ""


def recent(archive: Archive) -> list[str]:
    """The names of the cards of articles and days."""
    if not archive.limits.cards or not archive.limits.card_days:
        return []
    found = archive.periods.since(first_day(archive))
    days = dict.fromkeys(day for _id, day, _pictured in found if len(day) == len("2026-01-23"))
    # A picture stands for what has one.
    articles = (name_of(ARTICLE, id_) for id_, _day, pictured in found if not pictured)
    return [*articles, *(name_of(DAY, day) for day in days)]


def is_recent(archive: Archive, day: str) -> bool:
    """Whether an article of this day has a card, and the day itself."""
    days = archive.limits.card_days if archive.limits.cards else 0
    return bool(days) and day >= first_day(archive)


def is_main(archive: Archive, entity: EntityCard) -> bool:
    """Whether an entity has a card."""
    limits = archive.limits
    return limits.cards and bool(entity.url) and entity.articles >= limits.entity_card_from


# -- what the head of a page says ----------------------------------------------------------------


def image(archive: Archive, site: Site, sort: str, whose: str, said: Said) -> Image | None:
    """A page's own card. Its address is the same whatever it says; who was shown an earlier one looks
    again, for behind the address stands what it says now."""
    if not archive.limits.cards:
        return None
    text = said.as_text(site)
    version = digest(text.encode("utf-8", "replace"))[:8]
    url = f"{site.url}{href(address(archive.addresses, sort, whose))}?v={version}"
    return Image(url, WIDTH, HEIGHT, text)


def of_article(archive: Archive, site: Site, card: Card, said: Said) -> Image | None:
    """An article's card: its own while it is news, then its section's. Not for what stands in no list."""
    if is_recent(archive, card.day):
        return image(archive, site, ARTICLE, card.url.removeprefix("/"), said)
    slug = section_slug(card.section)
    if not slug or not archive.limits.cards:
        return None
    url = site.url + href(address(archive.addresses, SECTION, slug))
    return Image(url, WIDTH, HEIGHT, of_section(card.section, site).as_text(site))


def of_site_itself(site: Site) -> Image | None:
    """The card of the pages that have no other."""
    return (
        Image(site.url + site.card, WIDTH, HEIGHT, of_site(site).as_text(site))
        if site.card
        else None
    )
