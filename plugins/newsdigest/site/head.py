"""What every page starts with: title, description, structured data, feeds, main navigation."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from newsdigest.base import addresses as standing
from newsdigest.base.addresses import href
from newsdigest.base.records import Card, Count, Site
from newsdigest.base.settings import Addresses, Limits
from newsdigest.site.shapes import Current, FeedLink, Head, Link, NavItem, PeriodLink, Teaser
from newsdigest.site.words import number, section_title, words

ATOM = "application/atom+xml"
RSS = "application/rss+xml"
TITLE_LENGTH = 70
DESCRIPTION_LENGTH = 200

DEFAULT_ADDRESSES = Addresses()
DEFAULT_LIMITS = Limits()

JsonObject = dict[str, Any]

# A stray override would turn the browser's tab or a search result around.
_BIDI_CONTROLS = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[\t\n\r\f\v ]+")
_RTL_LANGUAGES = frozenset({"ar", "fa", "he", "ps", "sd", "ug", "ur", "yi", "dv", "ckb"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_JSON_ESCAPES = tuple((sign, f"\\u{ord(sign):04x}") for sign in "<>&\u2028\u2029")


def page_head(
    site: Site,
    addresses: Addresses,
    path: str,
    name: str,
    description: str,
    data: JsonObject,
    *,
    title: str = "",
    og_type: str = "website",
    lang: str = "",
    feeds: Sequence[FeedLink] = (),
    noindex: bool = False,
) -> Head:
    """The head of the page at `path`, called `name`; `lang` is its text's where not the site's.

    The title is the name and the site's, or `title` whole. `feeds` are the page's own: the site's
    follow them.
    """
    clean = short(name, DESCRIPTION_LENGTH)
    return Head(
        title=short(title, TITLE_LENGTH) if title else site_title(site, clean),
        description=short(description, DESCRIPTION_LENGTH),
        canonical=site.url + path,
        path=path,
        lang=site.lang,
        dir="rtl" if _reads_leftwards(site.lang) else "",
        og_type=og_type,
        og_title=clean,
        og_locale=words(lang or site.lang).locale,
        feeds=(*feeds, *_site_feeds(site, addresses)),
        json_ld=json_ld(data),
        noindex=noindex,
    )


def site_title(site: Site, name: str) -> str:
    """`name – Le Fil`, the name cut so that the whole keeps to `TITLE_LENGTH`."""
    ending = f" – {short(site.name, TITLE_LENGTH // 2)}"
    return short(name, TITLE_LENGTH - len(ending)) + ending


def short(text: str, length: int) -> str:
    """One line of at most `length` characters, cut at a word where one ends in its second half."""
    line = _SPACES.sub(" ", _BIDI_CONTROLS.sub("", text[: length * 8])).strip()
    if len(line) <= length:
        return line
    word = line.rfind(" ", 0, length)
    cut = line[:word] if word > length // 2 else line[: length - 1]
    return cut.rstrip(" \u00a0\u202f,;:.–—-(«“") + "…"


def json_ld(data: JsonObject) -> Markup:
    """Structured data that cannot leave its <script>: no `<`, `>` or `&` stays as such."""
    text = json.dumps(
        {"@context": "https://schema.org", **data}, ensure_ascii=False, separators=(",", ":")
    )
    for sign, escaped in _JSON_ESCAPES:
        text = text.replace(sign, escaped)
    return Markup(text)


def collection(site: Site, path: str, name: str, urls: Sequence[str] = ()) -> JsonObject:
    """CollectionPage data; `urls` are the listed pages', in the order shown."""
    data: JsonObject = {
        "@type": "CollectionPage",
        "name": name,
        "url": site.url + path,
        "inLanguage": site.lang,
        "isPartOf": {"@type": "WebSite", "name": site.name, "url": site.url + "/"},
    }
    if urls:
        data["mainEntity"] = {
            "@type": "ItemList",
            "numberOfItems": len(urls),
            "itemListElement": [
                {"@type": "ListItem", "position": at, "url": site.url + url}
                for at, url in enumerate(urls, 1)
            ],
        }
    return data


@lru_cache(maxsize=64)
def navigation(
    lang: str, addresses: Addresses, current_url: str = "", current: Current = "page"
) -> tuple[NavItem, ...]:
    """The main sections; the one at `current_url` is marked as the page itself, or as its part."""
    known = words(lang)
    return tuple(
        NavItem(label, url, current if url == current_url else "")
        for label, url in (
            (known.front, "/"),
            (known.stories, href(addresses.stories)),
            (known.entities, href(addresses.entities)),
            (known.archives, href(addresses.archives)),
            (known.feeds, href(addresses.feeds)),
        )
    )


@lru_cache(maxsize=256)
def lang_attrs(lang: str, site_lang: str) -> Markup:
    """The attributes of text in `lang`: none where it is the site's, or no language tag at all."""
    if lang == site_lang or not _LANGUAGE.fullmatch(lang):
        return Markup("")
    leftwards = _reads_leftwards(lang)
    if leftwards == _reads_leftwards(site_lang):
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


@lru_cache(maxsize=10_000)
def teaser(card: Card, site: Site, date: str = "", *, sectioned: bool = False) -> Teaser:
    """A card as lists show it; `date` is printed where the list does not imply it.

    `sectioned` lets an article without a kicker say which section it comes from.
    """
    kicker = card.kicker
    if sectioned and not kicker and card.section:
        kicker = section_title(card.section, site.lang)
    known = words(site.lang)
    meta = [card.credit, known.reading.format(minutes=card.minutes)]
    if card.also:
        meta.append(known.same_dispatch.format(credits=", ".join(card.also)))
    return Teaser(
        url=card.url,
        headline=card.headline,
        dek=card.dek,
        kicker=" · ".join(filter(None, (kicker, card.update))),
        meta=" · ".join(filter(None, meta)),
        iso_date=card.iso_date,
        date=date,
        time=card.iso_date[11:16],
        attrs=lang_attrs(card.lang, site.lang),
    )


def card_link(card: Card, site: Site) -> Link:
    """A card as a plain link."""
    return Link(card.url, card.headline, attrs=lang_attrs(card.lang, site.lang))


def capital(text: str) -> str:
    """`text` with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=8)
def _site_feeds(site: Site, addresses: Addresses) -> tuple[FeedLink, ...]:
    return (
        FeedLink(f"{site.name} (Atom)", "Atom", href(addresses.all_atom), ATOM),
        FeedLink(f"{site.name} (RSS)", "RSS", href(addresses.all_rss), RSS),
    )


def _reads_leftwards(lang: str) -> bool:
    return lang.partition("-")[0].lower() in _RTL_LANGUAGES
