"""What stands at an article's former addresses, and at that of a story that was taken into another one:
a page that leads on, and the same as lines for hosts.

A chain of moves is flat: each former address leads where the article stands now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import Addresses, href, site_folder
from newsdigest.base.errors import _
from newsdigest.base.records import Card, Site, StoryCard
from newsdigest.site.head import About, navigation, page_head
from newsdigest.site.kind import ByAddress, Context, Data, Html, Reason
from newsdigest.site.lists import dated
from newsdigest.site.shapes import Head, NavItem, Shape
from newsdigest.site.touched import Touched
from newsdigest.site.words import words
from newsdigest.text import dates, typography


class Target(Shape, frozen=True):
    """What stands elsewhere now. `date` is an article's, or that of a story's newest one."""

    url: str
    headline: str
    attrs: Markup
    iso_date: str
    date: str


class RedirectView(Shape, frozen=True):
    """A former address of the article `target`, or of a story that is part of that one now."""

    head: Head
    nav: tuple[NavItem, ...]
    target: Target
    is_story: bool = False


def redirect_view(context: Context, address: str) -> RedirectView:
    """The page at a former address."""
    card = context.archive.moves.target(address)
    if card is None:
        raise LookupError(address)
    return redirect_page(context.site, context.addresses, card)


def redirect_page(site: Site, addresses: Addresses, card: Card) -> RedirectView:
    """A former address of this article, as its page shows it."""
    (target,) = dated((card,), site)
    known = words(site.lang)
    data = {"@type": "WebPage", "name": target.headline}
    about = About(
        card.url, target.headline, known.moved_description, data, lang=card.lang, noindex=True
    )
    return RedirectView(
        page_head(site, addresses, about),
        navigation(site, addresses),
        Target(target.url, target.headline, target.attrs, target.iso_date, target.date),
    )


def story_redirect_view(context: Context, slug: str) -> RedirectView:
    """The page at the address of a story that is told in another one."""
    found = context.archive.moves.story(slug)
    if found is None:
        raise LookupError(slug)
    return story_redirect_page(context.site, context.addresses, found[1])


def story_redirect_page(site: Site, addresses: Addresses, card: StoryCard) -> RedirectView:
    """The address of a story that is told in this one."""
    known, title = words(site.lang), typography.typeset(card.title, site.lang)
    data = {"@type": "WebPage", "name": title}
    about = About(card.url, title, known.merged_description, data, noindex=True)
    date = dates.label(card.last[:10], site.lang)
    return RedirectView(
        page_head(site, addresses, about),
        navigation(site, addresses),
        Target(card.url, title, Markup(), card.last[:10], date),
        is_story=True,
    )


def _former(archive: Archive) -> Iterable[str]:
    return (address for address, _now in archive.moves.all())


def _moved(touched: Touched) -> set[str]:
    changes = touched.changes
    changed = changes.added | changes.edited | changes.moved | changes.removed
    return changes.readdressed | touched.archive.moves.of(changed)


def _stale(touched: Touched) -> Iterable[Reason]:
    for address in sorted(_moved(touched)):
        yield address, _("the article that stood there moved")


@dataclass(frozen=True, kw_only=True)
class RedirectKind(ByAddress, Html):
    """Pages at former addresses, which are articles' own."""


REDIRECT = RedirectKind(
    name="redirect",
    addresses=(),
    reads=frozenset({Fact.LEDGER, Fact.ADDRESSES, Fact.CARDS}),
    names=_former,
    has=lambda archive, address: archive.moves.target(address) is not None,
    stale=_stale,
    template="redirect",
    view=redirect_view,
)


@dataclass(frozen=True, kw_only=True)
class StoryRedirectKind(Html):
    """Pages at the addresses that stories had."""

    def address(self, archive: Archive, name: str, which: int = 0) -> str:
        return standing.story(archive.addresses, name)

    def files(self, archive: Archive, name: str) -> tuple[str, ...]:
        return (standing.file_of(self.address(archive, name)),)


def _stale_stories(touched: Touched) -> Iterable[Reason]:
    for slug in touched.noted_stories:
        yield slug, _("the story that stood there is part of another one, or no longer is")


STORY_REDIRECT = StoryRedirectKind(
    name="story_redirect",
    addresses=(),
    reads=frozenset({Fact.LEDGER, Fact.MEMBERS, Fact.STORIES}),
    names=lambda archive: archive.moves.former_stories(),
    has=lambda archive, slug: archive.moves.story(slug) is not None,
    stale=_stale_stories,
    moved=lambda archive: archive.moves.merged(),
    template="redirect",
    view=story_redirect_view,
)


# -- for hosts --------------------------------------------------------------------------------------

# One line a former address, by file.
_FORMS: Mapping[str, str] = {
    "_redirects": "{old} {new} 301",
    "redirects.caddy": "redir {old} {new} 301",
    "redirects.nginx": "{old} {new};",
}


def redirects_data(context: Context, name: str) -> bytes:
    """The former addresses in a host's own words."""
    folder = site_folder(context.site.url)

    def written(address: str) -> str:
        return folder + quote(href(address), safe="/%")

    lines = (
        _FORMS[name].format(old=written(old), new=written(new))
        for old, new in (*context.archive.moves.all(), *_stories(context))
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _stories(context: Context) -> Iterable[tuple[str, str]]:
    """(former address, address) of stories taken into others, and of their feeds."""
    for kind in context.kinds:
        for names in kind.moved(context.archive):
            was, now = (map(_address, kind.files(context.archive, name)) for name in names)
            yield from zip(was, now, strict=True)


def _address(file: str) -> str:
    """The address that a file is served at."""
    return file.removesuffix("index.html")


def _any(archive: Archive) -> bool:
    return archive.moves.exist() or bool(archive.moves.former_stories())


def _host_files(archive: Archive) -> Iterable[str]:
    return _FORMS if _any(archive) else ()


def _stories_moved(touched: Touched) -> bool:
    archive = touched.archive
    led = set(archive.manifest.names(STORY_REDIRECT.name)) if touched.noted_stories else set()
    return any(slug in led or archive.moves.story(slug) for slug in touched.noted_stories)


def _stale_lines(touched: Touched) -> Iterable[Reason]:
    if _moved(touched) or _stories_moved(touched):
        for name in _FORMS:
            yield name, _("an article or a story moved")


@dataclass(frozen=True, kw_only=True)
class HostFiles(ByAddress, Data):
    """Files that hosts read, under the names they look for."""


REDIRECTS = HostFiles(
    name="redirects",
    addresses=(),
    reads=frozenset({Fact.LEDGER, Fact.ADDRESSES, Fact.MEMBERS, Fact.STORIES}),
    names=_host_files,
    has=lambda archive, name: name in _FORMS and _any(archive),
    stale=_stale_lines,
    data=redirects_data,
)
