"""The shapes the templates rely on: text ready to print, never a score, a date or a URL to compute.

Every `str` is plain text for Jinja to escape; every `Markup` is already escaped. `attrs` is what an
element in another language than the site's must carry (` lang="vi"`, ` lang="ar" dir="rtl"`), or "".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

Current = Literal["page", "true", ""]
NO_ATTRS = Markup("")


@dataclass(frozen=True, slots=True)
class NavItem:
    """A main section of the site. `current` is the value of aria-current, "" elsewhere."""

    label: str
    url: str
    current: Current


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed to discover: `type` is its media type, `format` Atom or RSS."""

    title: str
    format: str
    url: str
    type: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in <head>. `title` has at most 70 characters, `canonical` is absolute, `dir` is "rtl" or ""."""

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


@dataclass(frozen=True, slots=True)
class Link:
    """A link and its text; `note` is a short second line, or ""."""

    url: str
    text: str
    note: str = ""
    attrs: Markup = NO_ATTRS


@dataclass(frozen=True, slots=True)
class PeriodLink:
    """A day, month or year with its page. `articles` is the number to print, "" when unknown."""

    period: str
    url: str
    label: str
    count: int = 0
    articles: str = ""


@dataclass(frozen=True, slots=True)
class Teaser:
    """An article as a list announces it. `time` is "14:30" or ""; `meta` credit and reading time."""

    url: str
    headline: str
    dek: str
    kicker: str
    meta: str
    iso_date: str
    date: str
    time: str
    attrs: Markup


@dataclass(frozen=True, slots=True)
class Group:
    """Articles under one heading. `title` is "" for those that belong to no section."""

    id: str
    title: str
    teasers: tuple[Teaser, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """An entity as a chip. `url` is "" below the page threshold; `articles` "" where no count is shown."""

    name: str
    url: str
    count: int = 0
    articles: str = ""


@dataclass(frozen=True, slots=True)
class ChipGroup:
    """Chips of one type, under its plural label."""

    label: str
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class FrontView:
    """The newest edition: lead, two seconds, sections, and the rail. An empty archive has no `day`.

    `before` fills out a thin day; `hidden` articles are on the day's page only; `repeats` says that
    `wire` tells nothing that does not stand beside it: a narrow screen can do without.
    """

    head: Head
    nav: tuple[NavItem, ...]
    day: PeriodLink | None
    lead: Teaser | None
    seconds: tuple[Teaser, ...]
    groups: tuple[Group, ...]
    wire: tuple[Teaser, ...]
    before: tuple[Teaser, ...]
    cited: tuple[Chip, ...]
    earlier: tuple[PeriodLink, ...]
    hidden: int
    repeats: bool
    stories: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class DayView:
    """One edition. `plain` asks for headlines only: the day holds too many articles for summaries."""

    head: Head
    nav: tuple[NavItem, ...]
    day: PeriodLink
    month: PeriodLink
    groups: tuple[Group, ...]
    plain: bool
    cited: tuple[Chip, ...]
    previous: PeriodLink | None
    next: PeriodLink | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a calendar, or a month of a year: `url` is "" when it has no article.

    `level` runs from 0 (none) to 4 (as many as the fullest); `name` is the full date.
    """

    label: str
    name: str
    period: str
    url: str
    count: int
    articles: str
    level: int


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month's calendar: weeks of seven cells, Monday first, None outside the month."""

    head: Head
    nav: tuple[NavItem, ...]
    month: PeriodLink
    year: PeriodLink
    weekdays: tuple[tuple[str, str], ...]
    weeks: tuple[tuple[Cell | None, ...], ...]
    undated: tuple[Teaser, ...]
    previous: PeriodLink | None
    next: PeriodLink | None


@dataclass(frozen=True, slots=True)
class YearView:
    """A year's twelve months, and how wide (0-100) the bar of each is."""

    head: Head
    nav: tuple[NavItem, ...]
    year: PeriodLink
    archives_url: str
    months: tuple[tuple[Cell, int], ...]
    previous: PeriodLink | None
    next: PeriodLink | None


@dataclass(frozen=True, slots=True)
class YearBlock:
    """A year on the archives page; `open` for the newest."""

    year: PeriodLink
    months: tuple[Cell, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class ArchivesView:
    """All the years, newest first; `total` counts the archive."""

    head: Head
    nav: tuple[NavItem, ...]
    years: tuple[YearBlock, ...]
    total: int
    articles: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """An earlier article on the same matters; `shared` is what both have in common, or ""."""

    teaser: Teaser
    shared: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A piece of a paragraph of a copy: `new` where its leader does not say so."""

    text: str
    new: bool


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article. `body` (the lede first) is trusted markup, escaped where it was made.

    `followed` are the articles that cite it or came next in its story, newest first; `overtaken`
    the newest of the latter, `overtaken_by` how many there are (`overtaken_more`: at least).
    `copy_of` is the dispatch it is a copy of, `additions` the paragraphs in which it says more.
    """

    head: Head
    nav: tuple[NavItem, ...]
    attrs: Markup
    kicker: str
    headline: str
    update: str
    credit: str
    photo_credit: str
    source_url: str
    dateline: str
    iso_date: str
    date: PeriodLink
    time: str
    reading: str
    body: Markup
    chips: tuple[ChipGroup, ...]
    followed: tuple[Teaser, ...]
    previous: Link | None
    next: Link | None
    story: Link | None = None
    story_why: str = ""
    overtaken: Teaser | None = None
    overtaken_by: int = 0
    overtaken_more: bool = False
    copy_of: Teaser | None = None
    copies: tuple[Teaser, ...] = ()
    additions: tuple[tuple[Addition, ...], ...] = ()
    suggested: tuple[Suggested, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """A column of a chart, in the units of its view box."""

    x: str
    y: str
    width: str
    height: str
    newest: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A column chart, its sentence, its axis, and the table behind it (newest row first)."""

    width: int
    height: int
    title: str
    description: str
    bars: tuple[Bar, ...]
    axis: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    by_year: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """An article's sentence around the entity's name."""

    teaser: Teaser
    before: str
    mention: str
    after: str


@dataclass(frozen=True, slots=True)
class QuoteGroup:
    """The mentions of one month."""

    id: str
    label: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class RoleLine:
    """What the copy says a person is, and when it did: ISO days, and the same for readers.

    `last` is "" where the copy said so on one day only.
    """

    name: str
    first_iso: str
    first: str
    last_iso: str
    last: str


@dataclass(frozen=True, slots=True)
class EntityView:
    """A person, place or organisation: the newest page (`newest`), or an older one, full for good.

    Older pages have no facts, chart or chips: those would change with every new article.
    """

    head: Head
    nav: tuple[NavItem, ...]
    type_label: str
    name: str
    forms: tuple[str, ...]
    newest: bool
    page: int
    count: int
    articles: str
    first: PeriodLink | None
    last: PeriodLink | None
    chart: Chart | None
    groups: tuple[QuoteGroup, ...]
    together: tuple[Chip, ...]
    feeds: tuple[FeedLink, ...]
    entity: Link
    older: Link | None
    newer: Link | None
    roles: tuple[RoleLine, ...] = ()
    link: str = ""
    stories: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """An entity in the A-Z index."""

    name: str
    url: str
    type_label: str
    count: int
    articles: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the index; `id` is its anchor."""

    id: str
    label: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class EntityIndexView:
    """Every entity that has a page, by first letter without its accent.

    A large index is cut: its entries then lead to parts (`cut`), after the `cited` most; a part is
    such a view too, of one group, called `part`.
    """

    head: Head
    nav: tuple[NavItem, ...]
    letters: tuple[Letter, ...]
    total: int
    entities: str
    part: str = ""
    cut: bool = False
    cited: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class Old:
    """Sentences of a dispatch that its story had already said on one day, by paragraph."""

    iso: str
    day: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispatch:
    """An article in its story: why it is there, what it says that is new, what was said before.

    `said` is the label over `old`; `gap` tells of the days without an article before it, or "".
    """

    teaser: Teaser
    why: str
    paragraphs: tuple[str, ...]
    said: str
    old: tuple[Old, ...]
    gap: str


@dataclass(frozen=True, slots=True)
class KeyDay:
    """A day of a story. `announced` where the article at `url` spoke of a day still to come."""

    iso: str
    day: str
    text: str
    url: str
    attrs: Markup
    announced: bool


@dataclass(frozen=True, slots=True)
class Awaited:
    """A headline that an article cites and no article here answers, and when it was cited."""

    headline: str
    iso: str
    day: str


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """A story in a list: `first` and `last` are the days of its first and last articles."""

    title: str
    url: str
    count: int
    articles: str
    first_iso: str
    first: str
    last_iso: str
    last: str


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story: its newest dispatches, then the headlines before them (`older`), newest first.

    `quiet` where nothing followed its last article for a week; `hidden` counts the articles too old to
    be told here, "" for none. The key dates stand oldest first,
    `earlier_dates` before `dates`.
    """

    head: Head
    nav: tuple[NavItem, ...]
    attrs: Markup
    story: StoryEntry
    quiet: bool
    chart: Chart | None
    dispatches: tuple[Dispatch, ...]
    older: tuple[Teaser, ...]
    earlier_dates: tuple[KeyDay, ...]
    dates: tuple[KeyDay, ...]
    named: tuple[ChipGroup, ...]
    awaited: tuple[Awaited, ...]
    feeds: tuple[FeedLink, ...]
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class StoryGroup:
    """The stories whose last article is of one month or year; `id` is an anchor."""

    id: str
    label: str
    entries: tuple[StoryEntry, ...]


@dataclass(frozen=True, slots=True)
class StoryIndexView:
    """Every story that has a page: those that run, those of the last months, then by year."""

    head: Head
    nav: tuple[NavItem, ...]
    running: tuple[StoryEntry, ...]
    months: tuple[StoryGroup, ...]
    years: tuple[StoryGroup, ...]
    total: int
    stories: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A feed on the feeds page: site-relative addresses, `rss` may be "". `page` is its subject's page."""

    title: str
    about: str
    atom: str
    rss: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed with the absolute addresses a reader copies."""

    title: str
    about: str
    page: str
    atom: str
    rss: str


@dataclass(frozen=True, slots=True)
class FeedsView:
    """The feeds page; `opml` is the address of the list for feed readers, or ""."""

    head: Head
    nav: tuple[NavItem, ...]
    rows: tuple[FeedRow, ...]
    opml: str


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """The page of a wrong address; `latest` is the newest edition, None in an empty archive."""

    head: Head
    nav: tuple[NavItem, ...]
    latest: PeriodLink | None


View = (
    FrontView
    | DayView
    | MonthView
    | YearView
    | ArchivesView
    | ArticleView
    | EntityView
    | EntityIndexView
    | StoryView
    | StoryIndexView
    | FeedsView
    | NotFoundView
)
