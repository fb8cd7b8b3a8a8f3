"""The records every room passes on: frozen, comparable, the same on every machine.

An article's life: a raw file is *parsed* into an `Article` or a `Rejection`; *tagging* finds its
`Entity` mentions; *resolving* gives each of its related headlines a `Resolution`; the archive keeps
a `Card` of it for the lists. Nothing here reads a clock, a file or a setting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple
from unicodedata import normalize

from newsdigest.base.link_reasons import UNKNOWN, LinkReason

BlockType = Literal["paragraph", "subheading", "question", "list", "table", "photo", "related"]
DatePrecision = Literal["day", "month", "minute"]
EntityType = Literal["person", "place", "organisation", "event", "product"]
SHOWN_TYPES: tuple[EntityType, ...] = ("person", "place", "organisation")
"""What a site shows unless its settings ask for more, or less."""
LinkState = Literal["linked", "ambiguous", "waiting", "refused", "unnamed", "retracted"]
LinkMethod = Literal["exact", "prefix", "fuzzy", "decision"]

# In a kept file's stamp: between the fault that hides it and the stamp it had when it was sound.
OUT_OF_SIGHT = "\t"


def block_texts(blocks: Iterable[Block]) -> list[str]:
    """What each block says, related headlines apart; a photo says its caption."""
    texts = (block.caption or block.tagged_text for block in blocks if block.type != "related")
    return [text for text in texts if text]


# The files that are looked at as pictures. What cannot be shown is too: the editor who put it there must
# hear so.
PICTURE_SUFFIXES = (
    *("jpg", "jpeg", "png", "webp", "avif", "gif", "tif", "tiff"),
    *("svg", "heic", "heif", "bmp"),
)

# How the articles of a package are called: no file that is read has such a name.
_IN_PACKAGE = re.compile(r"(.+)(#[0-9]{10})", re.DOTALL)


def package_of(path: str) -> str:
    """The file of several articles in which this path names one (`flux.rss#0123456789`), else ""."""
    found = _IN_PACKAGE.fullmatch(path) if "#" in path else None
    return found[1] if found else ""


def article_id(path: str) -> str:
    """The path without its suffix, its accents composed: the forms of one name are one id.

    An article of a package keeps its number: `flux#0123456789`.
    """
    if "#" in path and (found := _IN_PACKAGE.fullmatch(path)):
        return article_id(found[1]) + found[2]
    if not path.isascii():
        path = normalize("NFC", path)
    folder, slash, name = path.rpartition("/")
    stem, dot, _ = name.rpartition(".")
    return folder + slash + (stem if dot and stem else name)


# Ends the stamp of a file beside which one of another format has its id.
BESIDE = " //"


def id_beside(path: str) -> str:
    """The article's id where a file of another format has that of its name: `a//json`.

    No file has an empty name: no path gives such an id.
    """
    return f"{article_id(path)}//{path.rpartition('.')[2].lower()}"


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo the copy announces; `file` is what it calls the picture's file, "" for no name."""

    caption: str
    credit: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an article, from a file of the editors': `path` below content/, the digest of its bytes,
    its size in pixels as it is looked at. Caption and credit are those of its photo line, which is
    `blocks[block]`; -1 where it has none in the text.
    """

    path: str
    sha256: str
    width: int
    height: int
    caption: str = ""
    credit: str = ""
    block: int = -1


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of an article's body, in the order of the copy.

    `text` is used by paragraph, subheading and question; `items` by list and related (a related
    block holds the run of `>>` headlines at that place); `rows` by table (cells by row);
    `caption`, `credit` and `file` by photo. `ordered` tells a numbered list.
    """

    type: BlockType
    text: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    caption: str = ""
    credit: str = ""
    ordered: bool = False
    file: str = ""

    @property
    def tagged_text(self) -> str:
        """The text that mention offsets count in: items (a table's cells) are joined by newlines."""
        if self.type == "list":
            return "\n".join(self.items)
        if self.type == "table":
            return "\n".join(cell for row in self.rows for cell in row)
        return self.text


@dataclass(frozen=True, slots=True)
class Article:
    """A raw article as parsed: plain text throughout, normalised, never escaped.

    `id` is the path under content/ without its suffix; `path`, of an article that shares its file
    with others, that file's and its number there (`flux.rss#0123456789`). `published` is aware and keeps the day and
    offset as written (day or month precision: 00:00 in the site's time zone). The lede is
    `blocks[0]` whenever the article has a paragraph. `related` are the `>>` headlines in order,
    without repeats. `section` is the first folder that is not a language, or "". `embargo` is the
    moment, aware, before which its text asks not to be published. `item` is the name that a wire
    item has everywhere, `version` which of its versions this is; `tags` are its agency's, with codes.
    `format` is what its file is in, "" for plain text.
    `plain_path` is the id without its language folder, "" where it has none; `slug` what its editor wants
    its address to be made of, "" for its headline. `pictures`: what came beside the text, the first foremost.
    """

    id: str
    path: str
    headline: str
    published: datetime
    date_precision: DatePrecision
    lang: str
    blocks: tuple[Block, ...]
    kicker: str | None = None
    update: str | None = None
    dateline: str | None = None
    source_url: str | None = None
    section: str = ""
    related: tuple[str, ...] = ()
    photos: tuple[Photo, ...] = ()
    agencies: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    status: Literal["published", "draft"] = "published"
    sha256: str = ""
    embargo: datetime | None = None
    item: str = ""
    version: str = ""
    tags: tuple[str, ...] = ()
    format: str = ""
    plain_path: str = ""
    slug: str = ""
    pictures: tuple[Picture, ...] = ()

    @property
    def lede(self) -> str:
        """The first paragraph, "" for an article that has none (lists or captions only)."""
        if self.blocks and self.blocks[0].type == "paragraph":
            return self.blocks[0].text
        return ""

    @property
    def iso_date(self) -> str:
        """The date as written: `2026-01-23`, `2025-08` or `2026-01-23T14:30+01:00`."""
        if self.date_precision == "month":
            return self.published.date().isoformat()[:7]
        if self.date_precision == "minute":
            return self.published.isoformat(timespec="minutes")
        return self.published.date().isoformat()

    @property
    def credit(self) -> str:
        """The byline as the wire writes it: "Hoàng Diêu/CVN", "Xinhua/VNA/CVN", "" when unsigned."""
        authors = [", ".join(self.authors)] if self.authors else []
        return "/".join((*authors, *self.agencies))

    @property
    def order(self) -> tuple[str, str]:
        """(wall-clock date as written, id): the one order of the house, oldest first."""
        return (self.published.strftime("%Y-%m-%dT%H:%M"), self.id)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file that could not become an article: where, which code, and the facts of the message."""

    path: str
    code: str
    line: int | None = None
    facts: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd in a file that is an article all the same: a W_ code and the facts of its message."""

    path: str
    code: str
    facts: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mention:
    """Where an article names an entity.

    `block` is -1 for the headline, else an index into `Article.blocks`; `start` and `end` count
    code points of that block's `tagged_text`.
    """

    block: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, place or organisation in one article, under its fullest name there.

    Mentions stand in reading order: headline first, then by (block, start).
    """

    name: str
    type: EntityType
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a `>>` headline was found to mean: the state, and the target's id when linked.

    An unnamed one names what is under embargo: nobody sees it. A retracted one names a retracted
    article: readers see its headline only where the reason says so.
    """

    headline: str
    state: LinkState
    target: str | None = None
    method: LinkMethod | None = None
    reason: LinkReason = UNKNOWN


@dataclass(frozen=True, slots=True)
class Card:
    """What a list shows of an article, in plain text with the typography already applied.

    `iso_date` is at the precision written; `day` is `YYYY-MM-DD` (month precision: the first day);
    `credit` is the byline ("Xinhua/VNA/CVN"); `minutes` the reading time, at least 1. `also` are
    the bylines of the copies folded under it. `corrected` is the day of its last correction, or "".

    Of a dispatch that has a newer version among its copies the headline, summary, credit and length
    are that one's: `newest` is its id, `renewed` when it came (a day, or to the minute without offset),
    `adds` a sentence it adds, typeset, or "". `picture` is its first one, if it has any.
    """

    id: str
    url: str
    headline: str
    dek: str
    iso_date: str
    day: str
    lang: str
    section: str
    kicker: str
    update: str
    credit: str
    minutes: int
    also: tuple[str, ...] = ()
    corrected: str = ""
    newest: str = ""
    renewed: str = ""
    adds: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class EntityCard:
    """An entity of the archive as lists show it. `url` is "" below the page threshold."""

    name: str
    type: EntityType
    slug: str
    url: str
    articles: int


@dataclass(frozen=True, slots=True)
class EntityMention:
    """One article's entry on an entity page: its card and the sentence, cut around the mention.

    `before`, `mention` and `after` are plain text with the typography applied.
    """

    card: Card
    before: str
    mention: str
    after: str


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story as lists show it: `first` and `last` are days, or months where no day is written. `url` is "" below the page threshold,
    `lang` the language of the title, "" for the site's."""

    title: str
    slug: str
    url: str
    articles: int
    first: str
    last: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """An article in its story, and why: it cites an earlier member ("cited"), has `names` and
    `words` in common with one ("similar"), an editor put it there ("decision"), or it is the first
    ("")."""

    story: StoryCard
    kind: Literal["", "cited", "similar", "decision"]
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An earlier article on the same matters, and what both have in common."""

    card: Card
    names: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """What the copy says a person is, in which language, with the days (months where no day is
    written) on which it first and last said so."""

    name: str
    first: str
    last: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles a period holds: `period` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""

    period: str
    articles: int


@dataclass(frozen=True, slots=True)
class Site:
    """The site's settings the core needs; values only, the same in every worker.

    `sections` are the folders of the sections in the order in which the site shows them.
    `corrections` is the address of the page of corrections as links have it, "" while there is none.
    `shown` are the slugs of those sections that stand in the navigation. `search` is the address of the
    search page as links have it, "" for a site without.
    `hub` is the WebSub hub that feeds name, "" for none; feeds hold only the summaries of what the
    agencies `summaries_only` sign. `logo` is the address of the theme's as links have it, "" for none;
    `card` that of the site's social card;
    `told` is what the pages about the site say by name: (publisher, director, contact, host, checked), and what;
    `maps`: pages show where their places are.
    """

    name: str = "Le Fil"
    url: str = "https://lefil.example"
    lang: str = "fr"
    timezone: str = "Europe/Paris"
    tagline: str = ""
    feed_id_authority: str = "lefil.example,2026"
    sections: tuple[str, ...] = ()
    corrections: str = ""
    shown: tuple[str, ...] = ()
    hub: str = ""
    summaries_only: frozenset[str] = frozenset()
    logo: str = ""
    card: str = ""
    search: str = ""
    maps: bool = True
    told: tuple[tuple[str, str], ...] = ()


# The texts that stand beside the news, and the editors' own of each, in the content folder.
STANDING = ("about", "accessibility", "legal")
STANDING_FILES = {f"pages/{name}.md": name for name in STANDING}


class Secret(NamedTuple):
    """What the site may not say of an article under embargo: its id, its headline, the address that
    its page will have (both "" where another article has them). `until` is in UTC. `is_known`: something was
    published under this id, and it is no secret any more."""

    id: str
    headline: str
    address: str
    until: str
    is_known: bool = False


class Trace(NamedTuple):
    """What the site may not say of a retracted article: `rows` of its words, hashed
    (`relate.wording.bytes_of`), and the `headlines` that are not kept."""

    id: str
    rows: bytes
    headlines: tuple[str, ...]


class Page(NamedTuple):
    """A page or feed of the site: its kind, and its name among those of its kind.

    Names: article, the id; day, month and year, the period; sitemap, the map's; entity, its feed, a story and its
    feed, the slug; entity_page, `slug/k`; initials, `ab`; card, the sort of page and its name (`day/2026-01-23`), "" for
    the site's; "" for the kinds there is one of.
    """

    kind: str
    name: str = ""


class SiteFile(NamedTuple):
    """A file of the site: `name` is its page's among those of its kind, "" for what is no page.

    An empty digest: the file is ours, but what stands there is not known.
    """

    path: str
    kind: str
    name: str
    digest: str
