"""The lists that feed readers take in, where all feeds would be too many for one: which parts there are.

entites-<letter>   the names filed under a letter, or under initials where a letter has too many
dossiers-YYYY-MM   the stories that began in a month
"""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.archive.readers import Archive
from newsdigest.base.records import Site
from newsdigest.site.head import capital
from newsdigest.site.kind import MAP_OF_NAMES, MAP_OF_STORIES
from newsdigest.site.words import words
from newsdigest.text import dates
from newsdigest.text.alphabet import OTHER_INITIALS


def in_parts(archive: Archive) -> bool:
    """Whether names and stories are more than one list should hold, and the main one has the first."""
    return archive.index.count() + archive.stories.pages() > archive.limits.opml_feeds


def list_parts(archive: Archive) -> Iterator[str]:
    """The names of the further lists, by which every name and story is in one."""
    if in_parts(archive):
        yield from (MAP_OF_NAMES + part for part in archive.index.feed_parts())
        yield from (MAP_OF_STORIES + month for month in archive.stories.first_months())


def part_label(part: str, site: Site) -> str:
    """What a list holds, in words: `Personnes et lieux, A`, `Dossiers, janvier 2026`."""
    known = words(site.lang)
    if part.startswith(MAP_OF_STORIES):
        month = dates.month_label(part.removeprefix(MAP_OF_STORIES), site.lang)
        return f"{known.stories}, {month}"
    initials = part.removeprefix(MAP_OF_NAMES)
    return f"{known.entities}, {'#' if initials == OTHER_INITIALS else capital(initials)}"
