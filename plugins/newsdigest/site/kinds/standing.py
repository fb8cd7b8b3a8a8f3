"""What stands beside the news: about, accessibility, legal; texts of the editors', or ours (`site/texts/`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup

from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import Address, Addresses, href
from newsdigest.base.errors import _
from newsdigest.base.records import Site
from newsdigest.site.head import About, lang_attrs, navigation, page_head
from newsdigest.site.json_ld import JsonObject, publisher
from newsdigest.site.kind import Context, Html, Mapped, Reason, always, in_pages, one
from newsdigest.site.shapes import Head, NavItem, Shape
from newsdigest.site.standing import Text, Value, shipped, shown
from newsdigest.site.touched import Touched
from newsdigest.site.words import Words, words
from newsdigest.text import dates


class StandingView(Shape, frozen=True):
    """A text beside the news; `attrs` are those of its title and body."""

    head: Head
    nav: tuple[NavItem, ...]
    title: str
    body: Markup
    attrs: Markup


_ADDRESSES: Mapping[str, Address] = {
    "about": standing.ABOUT,
    "accessibility": standing.ACCESSIBILITY,
    "legal": standing.LEGAL,
}


def standing_page(site: Site, addresses: Addresses, name: str, source: str) -> StandingView:
    """The page of that name: `source` is the editors' text, "" for ours."""
    text = standing_text(site, addresses, name, source)
    url = href(addresses.of(_ADDRESSES[name]))
    title = text.title or _titles(words(site.lang))[name]
    data: JsonObject = {
        "@type": "AboutPage" if name == "about" else "WebPage",
        "name": title,
        "url": site.url + url,
        "inLanguage": text.lang,
        "isPartOf": {"@type": "WebSite", "name": site.name, "url": site.url + "/"},
        "publisher": publisher(site),
    }
    about = About(url, title, text.summary or title, data, crumbs=())
    return StandingView(
        head=page_head(site, addresses, about),
        nav=navigation(site, addresses, url),
        title=title,
        body=text.body,
        attrs=lang_attrs(text.lang, site.lang),
    )


def standing_text(site: Site, addresses: Addresses, name: str, source: str) -> Text:
    """The text with what the settings tell; the editors' own is in the site's language."""
    given, lang = (source, site.lang) if source.strip() else shipped(name, site.lang)
    return shown(given, lang, _values(site, addresses, lang), site.url)


def _values(site: Site, addresses: Addresses, lang: str) -> dict[str, Value]:
    told, known = dict(site.told), words(lang)
    contact = told.get("contact", "")
    ways = {
        "feeds": (known.feeds, standing.FEEDS),
        "stories": (known.stories, standing.STORIES),
        "names": (known.entities, standing.ENTITIES),
        "archives": (known.archives, standing.ARCHIVES),
        **{name: (title, _ADDRESSES[name]) for name, title in _titles(known).items()},
    }
    checked = told.get("checked", "")
    return {
        "site": Value(site.name),
        "address": Value(site.url, site.url),
        **{name: Value(told.get(name, "")) for name in ("publisher", "director", "host")},
        "contact": Value(contact, f"mailto:{contact}" if "@" in contact else contact),
        "checked": Value(dates.label(checked, lang) if checked else ""),
        "corrections": Value(known.corrections if site.corrections else "", site.corrections),
        **{name: Value(label, href(addresses.of(at))) for name, (label, at) in ways.items()},
    }


def _titles(known: Words) -> dict[str, str]:
    return {"about": known.about, "accessibility": known.accessibility, "legal": known.legal}


def _kind(name: str) -> Html:
    address = _ADDRESSES[name]

    def view(context: Context, _name: str) -> StandingView:
        source = context.archive.standing.text(name)
        return standing_page(context.site, context.addresses, name, source)

    return Html(
        name=name,
        addresses=(address,),
        reads=frozenset({Fact.STANDING}),
        names=one,
        has=always,
        stale=_when_changed(name),
        mapped=in_pages(_mapped(address)),
        template="standing",
        view=view,
    )


def _when_changed(name: str) -> Callable[[Touched], Iterable[Reason]]:
    def stale(touched: Touched) -> Iterable[Reason]:
        if name in touched.changes.standing:
            yield "", _("the editors changed its text")

    return stale


def _mapped(address: Address) -> Callable[[Archive], Iterable[Mapped]]:
    return lambda archive: [(href(archive.addresses.of(address)), "")]


ABOUT, ACCESSIBILITY, LEGAL = map(_kind, _ADDRESSES)
