"""The shapes that templates of several kinds rely on: text ready to print, nothing to compute.

Every `str` is plain text for Jinja to escape; every `Markup` is already escaped. `attrs` is what an
element in another language than the site's must carry (` lang="vi"`, ` lang="ar" dir="rtl"`), or "".
"""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup
from msgspec import Struct

Current = Literal["page", "true", ""]
NO_ATTRS = Markup("")


class Shape(Struct, frozen=True, array_like=True):
    """What templates are shown: packed, to be kept, by the order of its fields, not by their names."""


class NavItem(Shape, frozen=True):
    """A main part of the site, or a `section` of its news; what stands in the `foot` alone. `current` is the value
    of aria-current, "" elsewhere; `rel` says what it leads to, where browsers and scripts ask for that."""

    label: str
    url: str
    current: Current
    section: bool = False
    foot: bool = False
    rel: str = ""


class FeedLink(Shape, frozen=True):
    """A feed to discover: `type` is its media type, `format` Atom or RSS."""

    title: str
    format: str
    url: str
    type: str


class Image(Shape, frozen=True):
    """The picture that stands for a page elsewhere (networks, search results): `url` is absolute, `width` and
    `height` are pixels, `alt` says what is to be seen."""

    url: str
    width: int
    height: int
    alt: str


class Head(Shape, frozen=True):
    """What stands in <head>. `title` has at most 70 characters, `canonical` is absolute, `dir` is "rtl" or "".
    `versions` are (language, absolute address) of the page in each, where it has several;
    `feeds_url` leads to the page that tells what feeds are; `properties` are what networks are told of an
    article, (property, content); `formats` are (media type, address) of the page in other formats."""

    title: str
    description: str
    canonical: str
    path: str
    lang: str
    dir: str
    og_type: str
    og_title: str
    og_locale: str
    feeds: tuple[FeedLink, ...]
    json_ld: Markup
    noindex: bool = False
    versions: tuple[tuple[str, str], ...] = ()
    feeds_url: str = ""
    image: Image | None = None
    properties: tuple[tuple[str, str], ...] = ()
    formats: tuple[tuple[str, str], ...] = ()


class Link(Shape, frozen=True):
    """A link and its text; `note` is a short second line, or ""."""

    url: str
    text: str
    note: str = ""
    attrs: Markup = NO_ATTRS


class PeriodLink(Shape, frozen=True):
    """A day, month or year with its page. `articles` is the number to print, "" when unknown."""

    period: str
    url: str
    label: str
    count: int = 0
    articles: str = ""


class Teaser(Shape, frozen=True):
    """An article as a list announces it. `time` is "14:30" or ""; `source` the credit, with those of copies; `meta` credit
    and reading time. `story` leads to the day's other dispatches of its story. `corrected` says that it was, and
    when; "" for any other. `adds` is a sentence by which a newer version says more than it did, or "". `picture` is its picture
    as markup, where the list shows one, or ""."""

    url: str
    headline: str
    dek: str
    kicker: str
    meta: str
    iso_date: str
    date: str
    time: str
    attrs: Markup
    source: str = ""
    story: Link | None = None
    corrected: str = ""
    adds: str = ""
    picture: Markup = NO_ATTRS


class Group(Shape, frozen=True):
    """Articles under one heading. `title` is "" for those that belong to no section; `more` leads to
    those that are not listed, `url` to the page that the heading names, "" for none."""

    id: str
    title: str
    teasers: tuple[Teaser, ...]
    more: Link | None = None
    url: str = ""


class Chip(Shape, frozen=True):
    """An entity as a chip. `url` is "" below the page threshold; `articles` "" where no count is shown."""

    name: str
    url: str
    count: int = 0
    articles: str = ""

    @property
    def thin(self) -> bool:
        """It leads nowhere, or to one article: a word among others, no button."""
        return not self.url or self.count == 1


class ChipGroup(Shape, frozen=True):
    """Chips of one type, under its plural label."""

    label: str
    chips: tuple[Chip, ...]


class Bar(Shape, frozen=True):
    """A column of a chart, in the units of its view box."""

    x: str
    y: str
    width: str
    height: str
    newest: bool


class Chart(Shape, frozen=True):
    """A column chart, its sentence, its axis, and the table behind it (newest row first)."""

    width: int
    height: int
    title: str
    description: str
    bars: tuple[Bar, ...]
    axis: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    by_year: bool


class StoryEntry(Shape, frozen=True):
    """A story in a list: `first` and `last` are the days of its first and last articles, or the months
    where no day is written; `span` says both."""

    title: str
    url: str
    count: int
    articles: str
    first_iso: str
    first: str
    last_iso: str
    last: str
    span: str = ""
    attrs: Markup = NO_ATTRS
