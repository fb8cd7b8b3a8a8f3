"""What stands at an article's former addresses: a page that leads on, and the same as lines for hosts.

A chain of moves is flat: each former address leads where the article stands now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base.addresses import Addresses, href, site_folder
from newsdigest.base.errors import _
from newsdigest.base.records import Card, Site
from newsdigest.site.head import About, navigation, page_head
from newsdigest.site.kind import ByAddress, Context, Data, Html, Reason
from newsdigest.site.lists import dated
from newsdigest.site.shapes import Head, NavItem, Teaser
from newsdigest.site.touched import Touched
from newsdigest.site.words import words


@dataclass(frozen=True, slots=True)
class RedirectView:
    """A former address of the article `target`."""

    head: Head
    nav: tuple[NavItem, ...]
    target: Teaser


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
        target,
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
        for old, new in context.archive.moves.all()
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _host_files(archive: Archive) -> Iterable[str]:
    return _FORMS if archive.moves.exist() else ()


def _stale_lines(touched: Touched) -> Iterable[Reason]:
    if _moved(touched):
        for name in _FORMS:
            yield name, _("an article moved")


@dataclass(frozen=True, kw_only=True)
class HostFiles(ByAddress, Data):
    """Files that hosts read, under the names they look for."""


REDIRECTS = HostFiles(
    name="redirects",
    addresses=(),
    reads=frozenset({Fact.LEDGER, Fact.ADDRESSES}),
    names=_host_files,
    has=lambda archive, name: name in _FORMS and archive.moves.exist(),
    stale=_stale_lines,
    data=redirects_data,
)
