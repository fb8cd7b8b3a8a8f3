"""Where every page stands: slugs, addresses, and the file each address is served from.

Pure. An address here is relative to the site's root and has no leading slash; `href` adds it. A site
may stand in a folder of its host (`https://example.org/fil`): pages are written as if it stood at the
root, and `in_folder` moves their links, all at once, when they are done.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from urllib.parse import urlsplit

from markupsafe import Markup
from unidecode import unidecode

from newsdigest.base.settings import Addresses

MAX_SLUG_BYTES = 80
# `index` is the folder's own page: an article of that name would overwrite the day page.
RESERVED_SLUGS = frozenset({"index"})
# The folder of the A-Z index's parts.
RESERVED_ENTITY_SLUGS = frozenset({"a-z"})

# Of two entities called alike the second's slug says what it is.
TYPE_SLUGS = {"place": "-lieu", "person": "-personne", "organisation": "-organisation"}

_NOT_WORD = re.compile(r"[^\w\s-]")
_GAP = re.compile(r"[-\s]+")


def slugify(text: str, fallback: str = "article") -> str:
    """The slug Pelican's defaults give, at most 80 bytes, cut at a word; `fallback` if empty.

    Kept equal to `pelican.utils.slugify` by a test: the core does not import Pelican.
    """
    plain = unidecode(unicodedata.normalize("NFKC", str(Markup(text).striptags())))
    slug = _GAP.sub("-", _NOT_WORD.sub("", plain).strip()).lower()
    if len(slug) > MAX_SLUG_BYTES:
        cut = slug[: MAX_SLUG_BYTES + 1].rfind("-")
        slug = slug[: cut if cut > 0 else MAX_SLUG_BYTES]
    return slug.strip("-_") or fallback


def unique_slugs(
    bases: Sequence[tuple[str, str]], claimed: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """Give each (id, base slug) of one folder a slug of its own: `-2`, `-3` in the order given.

    Whoever `claimed` a slug that this base may get has it, the first of two; the others get what
    they leave free.
    """
    taken = set(RESERVED_SLUGS)
    slugs: dict[str, str] = {}
    for article_id, base in bases:
        slug = claimed.get(article_id, "")
        if slug not in taken and slug_number(slug, base):
            taken.add(slug)
            slugs[article_id] = slug
    numbers: dict[str, int] = {}
    for article_id, base in bases:
        if article_id in slugs:
            continue
        # What a base tried before is taken still.
        number = numbers.get(base, 1)
        slug = base if number == 1 else f"{base}-{number}"
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        numbers[base] = number
        taken.add(slug)
        slugs[article_id] = slug
    return slugs


def slug_number(slug: str, base: str) -> int:
    """Which of the articles with this base the slug numbers, from 1 on; 0 for a slug of another."""
    if slug == base:
        return 1
    number = slug.removeprefix(f"{base}-")
    is_number = number != slug and number.isascii() and number.isdecimal() and number[0] != "0"
    return int(number) if is_number and len(number) < 10 and int(number) > 1 else 0


def slug_in(addresses: Addresses, folder: str, file: str) -> str:
    """The slug of an article of `folder` that stands in this file; "" if none can."""
    before, _, after = file_of(article(addresses, folder, "\0")).partition("\0")
    slug = file[len(before) : len(file) - len(after)]
    is_there = slug and file_of(article(addresses, folder, slug)) == file
    return slug if is_there else ""


def article_folder(day: str, precision: str) -> str:
    """The folder whose slugs must differ: `2026-01-23`, or `2025-08` at month precision."""
    return day[:7] if precision == "month" else day


def article(addresses: Addresses, folder: str, slug: str) -> str:
    """Address of an article of `folder` (`YYYY-MM-DD`, or `YYYY-MM` at month precision)."""
    if len(folder) == 7:
        return addresses.article_of_month.format(date=_date(folder + "-01"), slug=slug)
    return addresses.article.format(date=_date(folder), slug=slug)


def period(addresses: Addresses, iso: str) -> str:
    """Address of the day, month or year page of `YYYY-MM-DD`, `YYYY-MM` or `YYYY`."""
    pattern = {4: addresses.year, 7: addresses.month, 10: addresses.day}[len(iso)]
    return pattern.format(date=_date((iso + "-01-01")[:10]))


def entity(addresses: Addresses, slug: str, page: int | None = None) -> str:
    """Address of an entity's page, or of its older page `page` (1 is the oldest)."""
    if page is None:
        return addresses.entity.format(slug=slug)
    return addresses.entity_page.format(slug=slug, page=page)


def story(addresses: Addresses, slug: str) -> str:
    """Address of a story's page."""
    return addresses.story.format(slug=slug)


def initials(addresses: Addresses, part: str) -> str:
    """Address of a part of the A-Z index, by its initials."""
    return addresses.initials.format(initials=part)


def file_of(address: str) -> str:
    """The file, relative to the output folder, that serves `address`."""
    return address + "index.html" if address == "" or address.endswith("/") else address


def href(address: str) -> str:
    """The address as written in a link: absolute within the site."""
    return "/" + address


def site_folder(site_url: str) -> str:
    """The folder of its host that a site stands in: `/fil` of `https://example.org/fil`, "" at the root."""
    return urlsplit(site_url).path.rstrip("/")


def in_folder(html: str, folder: str) -> str:
    """The page, or piece of one, with its links within the site leading into `folder`.

    Text cannot be taken for a link: what is escaped holds no quotes.
    """
    return _LINK.sub(rf"\g<0>{folder}", html) if folder else html


# What stands before the first slash of a link within the site, whoever wrote the template.
_LINK = re.compile(r"""\s(?:href|src|action|poster)=["'](?=/(?!/))""")


def files_of(addresses: Addresses, kind: str, name: str) -> tuple[str, ...]:
    """The files of a page that is no article (see `newsdigest.site.plan.Page`)."""
    if kind in ("day", "month", "year"):
        return (file_of(period(addresses, name)),)
    if kind == "entity":
        return (file_of(entity(addresses, name)),)
    if kind == "entity_page":
        slug, _, page = name.rpartition("/")
        return (file_of(entity(addresses, slug, int(page))),)
    if kind == "story":
        return (file_of(story(addresses, name)),)
    if kind == "story_feed":
        return (addresses.story_atom.format(slug=name), addresses.story_rss.format(slug=name))
    if kind == "initials":
        return (file_of(initials(addresses, name)),)
    if kind == "entity_feed":
        return (addresses.entity_atom.format(slug=name), addresses.entity_rss.format(slug=name))
    if kind == "sitemap":
        return (addresses.sitemap.format(month=name),)
    if kind == "all_feed":
        return (addresses.all_atom, addresses.all_rss)
    return (file_of("" if kind == "front" else getattr(addresses, kind)),)


def _date(iso: str) -> date:
    return date.fromisoformat(iso)
