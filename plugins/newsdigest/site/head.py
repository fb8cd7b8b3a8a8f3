"""What every page starts with: title, description, feeds, main navigation; periods as links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup
from msgspec import Struct

from newsdigest.archive.rows import base_language
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import (
    ABOUT,
    ACCESSIBILITY,
    ALL_ATOM,
    ALL_RSS,
    ARCHIVES,
    ENTITIES,
    FEEDS,
    LEGAL,
    SECTIONS,
    STORIES,
    Addresses,
    href,
    section_slug,
)
from newsdigest.base.records import Count, Site
from newsdigest.site.cards.which import of_site_itself
from newsdigest.site.json_ld import JsonObject, breadcrumbed, json_ld, pictured
from newsdigest.site.shapes import Current, FeedLink, Head, Image, NavItem, PeriodLink
from newsdigest.site.words import locale, number, own_name, section_title, words
from newsdigest.text.shorten import shorten

ATOM = "application/atom+xml"
RSS = "application/rss+xml"
JSON = "application/feed+json"
TITLE_LENGTH = 70
DESCRIPTION_LENGTH = 200
CRUMB_LENGTH = 110


# A stray override would turn the browser's tab or a search result around.
_BIDI_CONTROLS = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[\t\n\r\f\v ]+")
_RTL_LANGUAGES = frozenset({"ar", "fa", "he", "ps", "sd", "ug", "ur", "yi", "dv", "ckb"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


class About(Struct, frozen=True):
    """What a page's head says: the page at `path`, called `name`; `data` is its structured data.

    The title is the name and the site's, or `title` whole. `lang` is its text's where not the
    site's. `feeds` are the page's own: the site's follow them. `versions` are (language, path) of the
    same in others. `image` stands for the page elsewhere, in its data too; the site's card for
    those without.
    `crumbs` are (name, path) of the pages it stands below, the front page apart: None for a page that stands
    below none. `properties` are what networks are told besides, (property, content). `formats` are
    (media type, address) of the same in other formats.
    """

    path: str
    name: str
    description: str
    data: JsonObject
    title: str = ""
    og_type: str = "website"
    lang: str = ""
    feeds: Sequence[FeedLink] = ()
    noindex: bool = False
    versions: Sequence[tuple[str, str]] = ()
    image: Image | None = None
    crumbs: Sequence[tuple[str, str]] | None = None
    properties: tuple[tuple[str, str], ...] = ()
    formats: tuple[tuple[str, str], ...] = ()


def page_head(site: Site, addresses: Addresses, about: About) -> Head:
    """The head of a page."""
    clean = short(about.name, DESCRIPTION_LENGTH)
    return Head(
        title=short(about.title, TITLE_LENGTH) if about.title else site_title(site, clean),
        description=short(about.description, DESCRIPTION_LENGTH),
        canonical=site.url + about.path,
        path=about.path,
        lang=site.lang,
        dir="rtl" if reads_leftwards(site.lang) else "",
        og_type=about.og_type,
        og_title=clean,
        og_locale=locale(about.lang) or locale(site.lang),
        feeds=(*about.feeds, *_site_feeds(site, addresses)),
        json_ld=json_ld(breadcrumbed(pictured(about.data, about.image), site, _way(site, about))),
        noindex=about.noindex,
        versions=_versions(site, about),
        feeds_url=href(addresses.of(FEEDS)),
        image=about.image or of_site_itself(site),
        properties=about.properties,
        formats=about.formats,
    )


def _way(site: Site, about: About) -> tuple[tuple[str, str], ...]:
    """The names and paths from the front page to the page, its own name last."""
    if about.crumbs is None:
        return ()
    return ((words(site.lang).front, "/"), *about.crumbs, (short(about.name, CRUMB_LENGTH), ""))


def _versions(site: Site, about: About) -> tuple[tuple[str, str], ...]:
    """Where the page stands in each of its languages, itself among them; none where it has one."""
    if not about.versions:
        return ()
    every = sorted({(about.lang or site.lang, about.path), *about.versions})
    return tuple((lang, site.url + path) for lang, path in every if _LANGUAGE.fullmatch(lang))


def site_title(site: Site, name: str) -> str:
    """`name – Le Fil`, the name cut so that the whole keeps to `TITLE_LENGTH`."""
    ending = f" – {short(site.name, TITLE_LENGTH // 2)}"
    return short(name, TITLE_LENGTH - len(ending)) + ending


# A head keeps the sign that says what a sentence is.
_LOOSE_END = " \u00a0\u202f,;:.–—-(«“"


def short(text: str, length: int) -> str:
    """One line of at most `length` characters, cut at a word where one ends in its second half."""
    line = _SPACES.sub(" ", _BIDI_CONTROLS.sub("", text[: length * 8])).strip()
    return shorten(line, length, _LOOSE_END)


@lru_cache(maxsize=64)
def navigation(
    site: Site, addresses: Addresses, current_url: str = "", current: Current = "page"
) -> tuple[NavItem, ...]:
    """The site's main parts, its sections, what stands in the foot; the one at `current_url` is marked as the page
    itself, or as its part."""
    known = words(site.lang)
    parts = (
        (known.front, "/"),
        *(((known.search, site.search),) if site.search else ()),
        *(((known.all_sections, href(addresses.of(SECTIONS))),) if site.sections else ()),
        (known.stories, href(addresses.of(STORIES))),
        (known.entities, href(addresses.of(ENTITIES))),
        (known.archives, href(addresses.of(ARCHIVES))),
        (known.feeds, href(addresses.of(FEEDS))),
    )
    foot = (
        (known.about, href(addresses.of(ABOUT))),
        (known.accessibility, href(addresses.of(ACCESSIBILITY))),
        (known.legal, href(addresses.of(LEGAL))),
    )
    sections = (
        (title, href(standing.section(addresses, slug))) for slug, title in shown_sections(site)
    )
    return (
        *(
            NavItem(
                label,
                url,
                current if url == current_url else "",
                rel="search" if url == site.search else "",
            )
            for label, url in parts
        ),
        *(
            NavItem(label, url, current if url == current_url else "", True)
            for label, url in sections
        ),
        *(
            NavItem(label, url, current if url == current_url else "", foot=True)
            for label, url in foot
        ),
    )


def shown_sections(site: Site) -> tuple[tuple[str, str], ...]:
    """The sections of the navigation, as (slug, title), in the order of the settings."""
    titles: dict[str, str] = {}
    for name in site.sections:
        titles.setdefault(section_slug(name), section_title(name, site.lang))
    return tuple((slug, titles[slug]) for slug in site.shown)


@lru_cache(maxsize=256)
def lang_attrs(lang: str, site_lang: str) -> Markup:
    """The attributes of text in `lang`: none where it is the site's, or no language tag at all."""
    if lang == site_lang or not _LANGUAGE.fullmatch(lang):
        return Markup("")
    leftwards = reads_leftwards(lang)
    if leftwards == reads_leftwards(site_lang):
        return Markup(' lang="{}"').format(lang)
    return Markup(' lang="{}" dir="{}"').format(lang, "rtl" if leftwards else "ltr")


def period_url(addresses: Addresses, period: str) -> str:
    """The list page of a year, month or day: `2026-01-23` is at `/2026/01/23/`."""
    return href(standing.period(addresses, period))


def period_link(addresses: Addresses, count: Count, label: str, lang: str) -> PeriodLink:
    """A period with its page, its label, and its number of articles in print."""
    return PeriodLink(
        count.period,
        period_url(addresses, count.period),
        label,
        count.articles,
        number(count.articles, lang),
    )


def capital(text: str) -> str:
    """`text` with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=8)
def _site_feeds(site: Site, addresses: Addresses) -> tuple[FeedLink, ...]:
    return (
        FeedLink(f"{site.name} (Atom)", "Atom", href(addresses.of(ALL_ATOM)), ATOM),
        FeedLink(f"{site.name} (RSS)", "RSS", href(addresses.of(ALL_RSS)), RSS),
    )


def reads_leftwards(lang: str) -> bool:
    """Whether the language is written from right to left."""
    return lang.partition("-")[0].lower() in _RTL_LANGUAGES


def language_feeds(site: Site, addresses: Addresses, lang: str) -> tuple[FeedLink, ...]:
    """The feeds of an article's language, none for the site's own."""
    slug = base_language(lang)
    if slug == base_language(site.lang) or not _LANGUAGE.fullmatch(slug):
        return ()
    found = (standing.LANGUAGE_ATOM, standing.LANGUAGE_RSS)
    urls = [href(addresses.of(address, slug=slug)) for address in found]
    return feed_links(site, own_name(slug), urls)


def feed_links(site: Site, title: str, urls: Sequence[str]) -> tuple[FeedLink, ...]:
    """A page's own feeds, for readers and browsers: `title` is the page's, `urls` Atom's first."""
    formats = (("Atom", ATOM), ("RSS", RSS), ("JSON", JSON))
    return tuple(
        FeedLink(f"{site_title(site, title)} ({format_})", format_, url, type_)
        for (format_, type_), url in zip(formats, urls, strict=False)
    )
