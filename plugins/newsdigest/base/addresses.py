"""Where every page stands: slugs, addresses, and the file each address is served from.

Pure. An address here is relative to the site's root and has no leading slash; `href` adds it. A site
may stand in a folder of its host (`https://example.org/fil`): pages are written as if it stood at the
root, and `in_folder` moves their links, all at once, when they are done.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from string import Formatter
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup
from unidecode import unidecode


@dataclass(frozen=True, slots=True)
class Address:
    """Where the pages of one sort stand: a pattern in `str.format` form, relative to the site's root.

    `setting` is the setting that puts another in its place, "" for a fixed one. A pattern that ends
    in a slash is written as `index.html` in that folder.
    """

    setting: str
    pattern: str

    @property
    def fields(self) -> tuple[str, ...]:
        """What fills it in: `date`, `slug`…"""
        named = (name for _text, name, _spec, _conversion in Formatter().parse(self.pattern))
        return tuple(dict.fromkeys(name for name in named if name))


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one site: `own` are the patterns its settings give, (setting, pattern); `formats`
    those of `FORMATS` in which articles stand beside their pages."""

    own: tuple[tuple[str, str], ...] = ()
    formats: tuple[str, ...] = ()
    _patterns: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._patterns.update(self.own)

    def pattern(self, address: Address) -> str:
        """The pattern in force."""
        return self._patterns.get(address.setting, address.pattern)

    def of(self, address: Address, **fields: Any) -> str:
        """The address with its fields filled in."""
        return self.pattern(address).format(**fields)


# Those that pages of several kinds lead to; the others stand with their kind.
ARTICLE = Address("ARTICLE_URL", "{date:%Y}/{date:%m}/{date:%d}/{slug}.html")
ARTICLE_OF_MONTH = Address("ARTICLE_MONTH_URL", "{date:%Y}/{date:%m}/{slug}.html")
DAY = Address("DAY_ARCHIVE_URL", "{date:%Y}/{date:%m}/{date:%d}/")
MONTH = Address("MONTH_ARCHIVE_URL", "{date:%Y}/{date:%m}/")
YEAR = Address("YEAR_ARCHIVE_URL", "{date:%Y}/")
ARCHIVES = Address("ARCHIVES_URL", "archives/")
ENTITY = Address("TAG_URL", "entites/{slug}/")
ENTITY_PAGE = Address("TAG_PAGE_URL", "entites/{slug}/page/{page}/")
ENTITIES = Address("TAGS_URL", "entites/")
INITIALS = Address("TAGS_INITIALS_URL", "entites/a-z/{initials}/")
STORY = Address("STORY_URL", "dossiers/{slug}/")
STORIES = Address("STORIES_URL", "dossiers/")
SECTION = Address("SECTION_URL", "rubriques/{slug}/")
SECTIONS = Address("SECTIONS_URL", "rubriques/")
SECTION_ATOM = Address("SECTION_FEED_ATOM", "feeds/rubriques/{slug}.atom")
SECTION_RSS = Address("SECTION_FEED_RSS", "feeds/rubriques/{slug}.rss")
SECTION_JSON = Address("SECTION_FEED_JSON", "feeds/rubriques/{slug}.json")
CORRECTIONS = Address("CORRECTIONS_URL", "corrections/")
ABOUT = Address("ABOUT_URL", "a-propos/")
ACCESSIBILITY = Address("ACCESSIBILITY_URL", "accessibilite/")
LEGAL = Address("LEGAL_URL", "mentions-legales/")
FEEDS = Address("FEEDS_URL", "feeds/")
FEED_PAGE = Address("FEED_PAGE_URL", "feeds/suivre/{slug}/")
LANGUAGE_ATOM = Address("LANGUAGE_FEED_ATOM", "feeds/langues/{slug}.atom")
LANGUAGE_RSS = Address("LANGUAGE_FEED_RSS", "feeds/langues/{slug}.rss")
ALL_ATOM = Address("FEED_ALL_ATOM", "feeds/all.atom")
ALL_RSS = Address("FEED_ALL_RSS", "feeds/all.rss")
OPML = Address("OPML_URL", "feeds/index.opml")
OPML_PART = Address("OPML_PART_URL", "feeds/opml/{map}.opml")
CARD = Address("CARD_URL", "cartes/{card}.png")
# The name of the site's own among them.
SITE_CARD = "site"
SITEMAPS = Address("", "sitemap.xml")
PICTURE = Address("PICTURE_URL", "images/{digest}-{width}.{suffix}")
SEARCH = Address("SEARCH_URL", "recherche/")

# The formats in which an article may stand beside its page: how its address ends there.
FORMATS = {"text": ".txt", "ninjs": ".ninjs.json"}

MAX_SLUG_BYTES = 80
# `index` is the folder's own page: an article of that name would overwrite the day page.
RESERVED_SLUGS = frozenset({"index"})
# The folder of the A-Z index's parts.
RESERVED_ENTITY_SLUGS = frozenset({"a-z"})

# Of two entities called alike the second's slug says what it is.
TYPE_SLUGS = {
    "place": "-lieu",
    "person": "-personne",
    "organisation": "-organisation",
    "event": "-evenement",
    "product": "-produit",
}

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
    bases: Sequence[tuple[str, str]],
    claimed: Mapping[str, str] = MappingProxyType({}),
    is_reserved: Callable[[str], bool] = lambda slug: False,
) -> dict[str, str]:
    """Give each (id, base slug) of one folder a slug of its own: `-2`, `-3` in the order given.

    Whoever `claimed` a slug that this base may get has it, the first of two; the others get what
    they leave free. What `is_reserved` is nobody's.
    """
    taken = set(RESERVED_SLUGS)
    slugs: dict[str, str] = {}
    for article_id, base in bases:
        slug = claimed.get(article_id, "")
        if slug not in taken and slug_number(slug, base) and not is_reserved(slug):
            taken.add(slug)
            slugs[article_id] = slug
    numbers: dict[str, int] = {}
    for article_id, base in bases:
        if article_id in slugs:
            continue
        # What a base tried before is taken still.
        numbers[base] = free_number(
            base, numbers.get(base, 1), lambda slug: slug in taken or is_reserved(slug)
        )
        slugs[article_id] = numbered(base, numbers[base])
        taken.add(slugs[article_id])
    return slugs


def numbered(base: str, number: int) -> str:
    """The slug of the first, the second... that has this base: `greve`, `greve-2`."""
    return base if number == 1 else f"{base}-{number}"


def free_number(base: str, number: int, is_taken: Callable[[str], bool]) -> int:
    """The first number from this one on whose slug is free."""
    while is_taken(numbered(base, number)):
        number += 1
    return number


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
        return addresses.of(ARTICLE_OF_MONTH, date=_date(folder + "-01"), slug=slug)
    return addresses.of(ARTICLE, date=_date(folder), slug=slug)


def period(addresses: Addresses, iso: str) -> str:
    """Address of the day, month or year page of `YYYY-MM-DD`, `YYYY-MM` or `YYYY`."""
    return addresses.of({4: YEAR, 7: MONTH, 10: DAY}[len(iso)], **of_period(iso))


def of_period(iso: str) -> dict[str, date]:
    """What fills in the address of a period: its first day."""
    return {"date": _date((iso + "-01-01")[:10])}


def entity(addresses: Addresses, slug: str, page: int | None = None) -> str:
    """Address of an entity's page, or of its older page `page` (1 is the oldest)."""
    if page is None:
        return addresses.of(ENTITY, slug=slug)
    return addresses.of(ENTITY_PAGE, slug=slug, page=page)


def story(addresses: Addresses, slug: str) -> str:
    """Address of a story's page."""
    return addresses.of(STORY, slug=slug)


def feed_page(addresses: Addresses, slug: str) -> str:
    """Address of the page that tells of a feed which follows no other page."""
    return addresses.of(FEED_PAGE, slug=slug)


def of_language(lang: str) -> str:
    """The slug of the page that tells of a language's feed."""
    return f"langue-{lang}"


def language_of_page(slug: str) -> str:
    """The language of a page of that slug."""
    return slug.removeprefix("langue-")


def section(addresses: Addresses, slug: str) -> str:
    """Address of a section's page."""
    return addresses.of(SECTION, slug=slug)


@lru_cache(maxsize=1024)
def section_slug(folder: str) -> str:
    """What a section's page is called: folders that differ in accents, capitals or spaces share it."""
    return slugify(folder, "rubrique") if folder else ""


def initials(addresses: Addresses, part: str) -> str:
    """Address of a part of the A-Z index, by its initials."""
    return addresses.of(INITIALS, initials=part)


def file_of(address: str) -> str:
    """The file, relative to the output folder, that serves `address`."""
    return address + "index.html" if address == "" or address.endswith("/") else address


def href(address: str) -> str:
    """The address as written in a link: absolute within the site."""
    return "/" + address


def in_format(address: str, format_: str) -> str:
    """Where an article stands in another format: `2026/01/23/quai.html` is `2026/01/23/quai.txt` there."""
    return address.removesuffix("/").removesuffix(".html") + FORMATS[format_]


def tag_uri(authority: str, name: str) -> str:
    """`tag:<authority>:<name>`, percent-encoded: the id of an entry or a feed (RFC 4151).

    Any name will do: what a file system could not decode is encoded all the same.
    """
    return f"tag:{authority}:{quote(name.encode('utf-8', 'surrogatepass'), safe='/:~')}"


def site_folder(site_url: str) -> str:
    """The folder of its host that a site stands in: `/fil` of `https://example.org/fil`, "" at the root."""
    return urlsplit(site_url).path.rstrip("/")


def in_folder(html: str, folder: str) -> str:
    """The page, or piece of one, with its links within the site leading into `folder`.

    Text cannot be taken for a link: what is escaped holds no quotes.
    """
    if not folder:
        return html
    if ' srcset="/' in html:
        html = _SET.sub(lambda found: found[0].replace(" /", f" {folder}/"), html)
        html = html.replace(' srcset="/', f' srcset="{folder}/')
    return _LINK.sub(rf"\g<0>{folder}", html)


# What follows the first address of a set.
_SET = re.compile(r'(?<=\ssrcset="/)[^"]*')
# What stands before the first slash of a link within the site, whoever wrote the template.
_LINK = re.compile(r"""\s(?:(?:href|src|action|poster)=["']|content=["']0; url=)(?=/(?!/))""")


def _date(iso: str) -> date:
    return date.fromisoformat(iso)
