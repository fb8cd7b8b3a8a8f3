"""A page kind is one declaration: plan, renderer, maps, report and docs know a kind by it alone.

    Html    a page: a view for a template
    Feed    a feed in its formats: which articles, under which title
    Drawn   a picture that stands for a page where it is shared: what it says
    Data    a file of another form: a map, a list
    Bundle  files that a program of others makes, told once they are made
    Formats one thing in files of several forms

What a kind is asked with is a `Context` where it makes pages, a `Touched` where it says which of
them are stale. A kind imports no other kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Protocol

from newsdigest.archive.articles import FiledArticle
from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.archive.retractions import Tombstone
from newsdigest.base.addresses import Address, Addresses, file_of
from newsdigest.base.records import Site
from newsdigest.base.settings import Limits
from newsdigest.pictures.cabinet import Cabinet
from newsdigest.site.cards.said import Said
from newsdigest.site.feed_bytes import FeedEntry
from newsdigest.site.pagefind import Indexer
from newsdigest.site.touched import Touched

# An address in a site map, and when what stands there last changed, as far as is known.
Mapped = tuple[str, str]
# What the maps are called that are no month's: of what is one of its sort; before initials, a letter.
MAP_OF_PAGES, MAP_OF_NAMES, MAP_OF_STORIES = "pages", "entites-", "dossiers-"
# The page of feeds shows so many of one sort.
MOST_ROWS = 10
# A page of a kind by its name, and why it is stale.
Reason = tuple[str, str]


class Host(Protocol):
    """What renders pages: Pelican, behind the door that knows it."""

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """The template of that name with `context` added to what every page is shown."""
        ...

    def open_archive(self, archive: Archive) -> None:
        """Told once, before anything is rendered, where the archive can be looked up."""
        ...

    def sees_articles(self) -> bool:
        """Whether it adds anything to an article's page."""
        ...

    def article_context(self, filed: FiledArticle, body: str) -> Mapping[str, Any]:
        """What the host adds for an article's page (Pelican's own Article object)."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a page is made from: the archive, the site's settings, and all the kinds there are."""

    archive: Archive
    site: Site
    kinds: Kinds

    @property
    def addresses(self) -> Addresses:
        return self.archive.addresses

    @property
    def limits(self) -> Limits:
        return self.archive.limits


@dataclass(frozen=True, slots=True)
class History:
    """A feed in several documents (RFC 5005): the address of the one before this, "" for none, and,
    in one of the archive, that of the live one. What was `cancelled` stands in this one of them."""

    before: str = ""
    live: str = ""
    cancelled: Sequence[Tombstone] = ()


@dataclass(frozen=True, slots=True)
class FeedSource:
    """What a feed holds: `page` is the address of the page it follows, `articles` are numbers,
    `others` what is no article. `most`: how many entries it may have, 0 for any number. With `days`, an
    article that was published longer before the newest entry leaves it, unless it is one of the `least`
    newest. Without `texts`, articles stand in it by their summaries. One with a `history` holds all it is
    given. `lang` is its language where that is not the site's.
    """

    title: str
    page: str
    articles: Sequence[int]
    about: str = ""
    others: Iterable[FeedEntry] = ()
    most: int = 0
    history: History | None = None
    lang: str = ""
    days: int | None = None
    least: int = 0
    texts: bool = True


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A feed as lists of feeds show it: `folder` is its group, `page` the page it follows.

    `atom`, `rss` and `json` ("" for none) are site-relative addresses; `about` says what it carries.
    """

    folder: str
    title: str
    page: str
    atom: str
    rss: str
    about: str = ""
    json: str = ""


def _nothing(archive: Archive, name: str) -> Iterable[Mapped]:
    del archive, name
    return ()


def _unmoved(archive: Archive) -> Iterable[tuple[str, str]]:
    del archive
    return ()


def _unlisted(context: Context) -> Iterable[FeedLine]:
    del context
    return ()


def one(archive: Archive) -> Iterable[str]:
    """The names of a kind there is one page of."""
    del archive
    return ("",)


def always(archive: Archive, name: str) -> bool:
    """A kind whose page is always there."""
    del archive, name
    return True


def _no_more(host: Host, context: Context, name: str, view: Any) -> Mapping[str, Any]:
    del host, context, name, view
    return {}


def in_pages(
    pages: Callable[[Archive], Iterable[Mapped]],
) -> Callable[[Archive, str], Iterable[Mapped]]:
    """`mapped` of a kind that has all its pages in the map of pages."""
    return lambda archive, name: pages(archive) if name == MAP_OF_PAGES else ()


def only(touched: Touched) -> Iterable[Reason]:
    """A page that no article changes: the settings alone do, and these make every page stale."""
    del touched
    return ()


@dataclass(frozen=True, kw_only=True)
class PageKind:
    """One sort of page, declared whole.

    `addresses` are its files' patterns; `fields` fills them in for a name. `reads` is what of the
    archive its pages are made of. `names` are all there are now, `has` tells of one. `stale` gives
    (name, why): generous, never too narrow; the gone ones too. `mapped` is what the
    site map of that name lists (`kinds/maps.py`). `relisted`: there may be other feeds of it now, or some are called otherwise.
    `moved` are (name, name of the page that it leads to now), for hosts that redirect. `of_article`: each page
    tells of one article alone, and is called by its id.
    """

    name: str
    addresses: tuple[Address, ...]
    fields: Callable[[str], Mapping[str, Any]] = lambda name: {"slug": name}
    reads: frozenset[Fact]
    names: Callable[[Archive], Iterable[str]]
    has: Callable[[Archive, str], bool]
    stale: Callable[[Touched], Iterable[Reason]]
    mapped: Callable[[Archive, str], Iterable[Mapped]] = _nothing
    relisted: Callable[[Touched], bool] = lambda touched: False
    moved: Callable[[Archive], Iterable[tuple[str, str]]] = _unmoved
    of_article: bool = False

    def address(self, archive: Archive, name: str, which: int = 0) -> str:
        """Where the page stands, relative to the site's root."""
        return archive.addresses.of(self.addresses[which], **self.fields(name))

    def files(self, archive: Archive, name: str) -> tuple[str, ...]:
        """The page's files; none for one that has no address."""
        return tuple(
            file_of(self.address(archive, name, which)) for which in range(len(self.addresses))
        )


class ByAddress(PageKind):
    """A kind whose pages are called by the very address each stands at."""

    def address(self, archive: Archive, name: str, which: int = 0) -> str:
        return name

    def files(self, archive: Archive, name: str) -> tuple[str, ...]:
        return (file_of(name),)


@dataclass(frozen=True, kw_only=True)
class Html(PageKind):
    """A page: `view` is what `template` is shown, a `Struct` of the type that the function is declared to
    return; `more` what the host adds to it."""

    template: str
    view: Callable[[Context, str], Any]
    more: Callable[[Host, Context, str, Any], Mapping[str, Any]] = _no_more


@dataclass(frozen=True, kw_only=True)
class Feed(PageKind):
    """A feed in up to three formats: Atom, RSS and JSON, in this order. `lines` are those
    for the list that feed readers take: all there are, or where these are too many the first, and `parted` those of a
    further list (`kinds/feed_lists.py`), of which those `reparted` may hold others now, or some called
    otherwise; `chosen` those that the page of feeds shows."""

    source: Callable[[Context, str], FeedSource]
    lines: Callable[[Context], Iterable[FeedLine]] = _unlisted
    chosen: Callable[[Context], Iterable[FeedLine]] = _unlisted
    parted: Callable[[Context, str], Iterable[FeedLine]] = lambda context, part: ()
    reparted: Callable[[Touched], Iterable[str]] = lambda touched: ()

    def every_url(self, context: Context, name: str) -> tuple[str, ...]:
        """The site-relative addresses of all its files, in the order of the formats."""
        return tuple("/" + file for file in self.files(context.archive, name))

    def urls(self, context: Context, name: str) -> tuple[str, str]:
        """The site-relative addresses of its Atom and its RSS."""
        atom, rss, *_json = self.files(context.archive, name)
        return ("/" + atom, "/" + rss)


@dataclass(frozen=True, kw_only=True)
class Drawn(PageKind):
    """A picture of words: `said` are the words, `cards/drawing.py` draws them."""

    said: Callable[[Context, str], Said]


@dataclass(frozen=True, kw_only=True)
class Data(PageKind):
    """A file of another form, as bytes."""

    data: Callable[[Context, str], bytes]


@dataclass(frozen=True, kw_only=True)
class Files(PageKind):
    """Several files of another form, made of one file of the editors' that the cabinet finds."""

    make: Callable[[Context, Cabinet, str], list[bytes]]


@dataclass(frozen=True, kw_only=True)
class Bundle(PageKind):
    """Files that are told once they are made, all below the address: `bundle` gives them by their names
    there, made by the search program that it is handed. No page links to one of them."""

    bundle: Callable[[Context, str, Indexer], Mapping[str, bytes]]

    def files(self, archive: Archive, name: str) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, kw_only=True)
class Formats(PageKind):
    """The same in several files, each of another form: as many bytes as `files`, in their order."""

    made: Callable[[Context, str], Sequence[bytes]]


class Kinds:
    """The kinds of a site, in the order of publication."""

    def __init__(self, kinds: Iterable[PageKind]) -> None:
        self._kinds = tuple(kinds)
        self._by_name = {kind.name: kind for kind in self._kinds}
        self._ranks = {kind.name: at for at, kind in enumerate(self._kinds)}

    def __iter__(self) -> Iterator[PageKind]:
        return iter(self._kinds)

    def __reversed__(self) -> Iterator[PageKind]:
        return reversed(self._kinds)

    def __getitem__(self, name: str) -> PageKind:
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def rank(self, name: str) -> int:
        """Where a kind stands in the order of publication."""
        return self._ranks[name]


@cache
def load_kinds(place: str) -> Kinds:
    """The kinds at `module:NAME`, as a worker finds them too."""
    module, _, name = place.partition(":")
    return Kinds(getattr(import_module(module), name))
