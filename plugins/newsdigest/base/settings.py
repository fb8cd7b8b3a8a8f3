"""The build's settings as the core needs them: values only, picklable, the same in every worker.

`settings_from` reads them out of a settings dictionary under the names Pelican gives them, and
ours (`docs/settings.md` lists all); past this room nobody sees a dictionary.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, get_args
from zoneinfo import ZoneInfo

from newsdigest.base.addresses import CARD, FORMATS, SITE_CARD, Address, Addresses, href
from newsdigest.base.records import SHOWN_TYPES, EntityType, Site

# The kinds of pages of a site, with the search and without.
KINDS = "newsdigest.site.kinds:KINDS"
WITHOUT_SEARCH = "newsdigest.site.kinds:WITHOUT_SEARCH"


@dataclass(frozen=True, slots=True)
class ParseRules:
    """What the parser goes by. `now` is aware; it only decides which dates are still to come.

    `agencies` maps what agencies sign with to their full names; a mapping is taken too. `chrome`:
    lines of page furniture. Both stand beside those the parser always knows.
    `max_bytes` is the largest file read. `derive_title` allows a headline made from the first
    sentence. `pieces` names what reads Markdown and reStructuredText (`read/piece.py`), as
    `module:function`; "" leaves them out.
    """

    now: datetime
    timezone: str = "Europe/Paris"
    default_lang: str = "fr"
    langs: tuple[str, ...] = ("fr", "en", "vi")
    agencies: tuple[tuple[str, str], ...] = ()
    chrome: tuple[str, ...] = ()
    max_bytes: int = 2 * 1024 * 1024
    derive_title: bool = True
    pieces: str = ""

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("now must be aware")
        if isinstance(self.agencies, Mapping):
            object.__setattr__(self, "agencies", tuple(self.agencies.items()))
        object.__setattr__(self, "langs", tuple(self.langs))
        object.__setattr__(self, "chrome", tuple(self.chrome))


@dataclass(frozen=True, slots=True)
class Limits:
    """How many of what: all counts of articles unless said otherwise (`feed_days`, `entity_feed_days`, `card_days`: of
    days; what a picture may have: millions); and whether there are social `cards` at all, and texts in names' feeds."""

    entity_page_from: int = 2
    organisation_page_from: int = 3
    agency_page_from: int = 3
    agency_articles: int = 100
    section_articles: int = 40
    entity_index_from: int = 3
    entity_feed_from: int = 3
    mentions_per_page: int = 30
    feed_entries: int = 50
    feed_days: int = 3
    entity_feed_entries: int = 20
    entity_feed_days: int = 30
    entity_feed_least: int = 5
    entity_feed_texts: bool = True
    together: int = 12
    entities_on_one_page: int = 500
    entities_most_cited: int = 100
    opml_feeds: int = 4000
    cited: int = 12
    earlier_editions: int = 7
    front_cards: int = 30
    picture_megapixels: int = 64
    picture_megabytes: int = 40
    card_days: int = 7
    entity_card_from: int = 20
    in_process_below: int = 400
    cards: bool = True
    search_articles: int = 1000


# Those of the limits that are no number.
SWITCHES = ("cards", "entity_feed_texts")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a build depends on, apart from the content and the theme's files.

    A build that would take away more than `removals_most` articles, and more than
    `removals_percent` in a hundred, or send more than `resent_most` to subscribers once more, stops
    unless it is told to. `kinds` names the kinds of pages the site
    has, as `module:NAME`. A build that `publishes` writes the ledger; one that `releases` ends by
    sending the site to the `target`, of which `publications_kept` can be gone back to; `editions` is where days are written to be sent, "" beside the site; one that
    `compares` looks at all that stands there. A rehearsal
    of another build does all of it in folders of its own and nothing outside them; `standing` is
    the site it would change, `standing_cache` where pictures may have been made already. `command` is what an editor types to have this done. Not `holding`: drafts and what is under embargo stand too, for a preview. `code` is the fingerprint of the core that asks: a
    worker with another one refuses the job.
    `host` names what renders pages, as `module:function`; a worker imports it and calls it with
    `host_options` (JSON) to get a `newsdigest.site.renderer.Host`.
    """

    content: str
    output: str
    cache: str
    theme: str
    site: Site
    rules: ParseRules
    tagger: str = "crf"
    entity_types: tuple[EntityType, ...] = SHOWN_TYPES
    addresses: Addresses = field(default_factory=Addresses)
    limits: Limits = field(default_factory=Limits)
    workers: int = 0
    scheduler: str = ""
    editor_lang: str = "fr"
    strict: bool = False
    ignored: tuple[str, ...] = ()
    allow_clock_back: bool = False
    allow_removals: bool = False
    removals_most: int = 10
    removals_percent: int = 2
    allow_resending: bool = False
    resent_most: int = 20
    publishes: bool = False
    releases: bool = False
    target: str = ""
    compares: bool = False
    publications_kept: int = 0
    editions: str = ""
    standing: str = ""
    standing_cache: str = ""
    command: str = "invoke build"
    code: str = ""
    kinds: str = KINDS
    holding: bool = True

    @property
    def rehearses(self) -> bool:
        """Whether this is no build, but the rehearsal of one."""
        return bool(self.standing)

    @property
    def site_folder(self) -> str:
        """Where the files lie that the build has not made: its site, or the one it rehearses for."""
        return self.standing or self.output


def settings_from(
    values: Mapping[str, Any], environ: Mapping[str, str], addresses: Iterable[Address]
) -> Settings:
    """The core's settings out of a settings dictionary and the environment, taken at their word.

    `addresses` are those that a setting may change. Of the environment only RAW_NOW and
    SOURCE_DATE_EPOCH are read; None is as good as not set. What can be used is told by
    `newsdigest.base.settings_check`.
    """
    values = {name: value for name, value in values.items() if value is not None}
    addresses = tuple(addresses)
    target = whole_target(values.get("PUBLISH_TARGET"), values.get("SETTINGS_FILE"))
    return Settings(
        content=str(values["PATH"]),
        output=str(values["OUTPUT_PATH"]),
        cache=str(values["CACHE_PATH"]),
        theme=str(values["THEME"]),
        site=_site(values, addresses),
        rules=_rules(values, environ),
        tagger=str(values.get("ENTITY_TAGGER", "crf")),
        entity_types=in_order(values.get("ENTITY_TYPES", SHOWN_TYPES)),
        addresses=_addresses(values, addresses),
        limits=_limits(values),
        workers=int(values.get("BUILD_WORKERS", 0)),
        scheduler=str(values.get("SCHEDULER", "")),
        editor_lang=str(values.get("EDITOR_LANG", _lang(values))),
        strict=bool(values.get("STRICT", False)),
        ignored=(*map(str, values.get("IGNORE_FILES", ())), *_pages_of_their_own(values)),
        allow_clock_back=bool(values.get("ALLOW_CLOCK_BACK", False)),
        allow_removals=bool(values.get("ALLOW_REMOVALS", False)),
        removals_most=int(values.get("REMOVALS_MOST", 10)),
        removals_percent=int(values.get("REMOVALS_PERCENT", 2)),
        publishes=bool(values.get("BUILD_PUBLISHES", not target)),
        releases=not target and bool(values.get("BUILD_PUBLISHES", True)),
        target=target,
        publications_kept=int(values.get("PUBLICATIONS_KEPT", 20)),
        editions=str(values.get("EDITIONS_PATH", "")),
        allow_resending=bool(values.get("ALLOW_RESENDING", False)),
        resent_most=int(values.get("RESENT_MOST", 20)),
        kinds=KINDS if values.get("SEARCH", True) else WITHOUT_SEARCH,
    )


def _lang(values: Mapping[str, Any]) -> str:
    return str(values.get("DEFAULT_LANG", "fr"))


def _timezone(values: Mapping[str, Any]) -> str:
    return str(values.get("TIMEZONE", "Europe/Paris"))


def _site(values: Mapping[str, Any], addresses: Iterable[Address]) -> Site:
    card = _addresses(values, addresses).of(CARD, card=SITE_CARD)
    return Site(
        name=str(values.get("SITENAME", "Le Fil")),
        url=str(values.get("SITEURL", "")).rstrip("/"),
        lang=_lang(values),
        timezone=_timezone(values),
        tagline=str(values.get("SITESUBTITLE", "")),
        feed_id_authority=str(values.get("FEED_ID_AUTHORITY", "lefil.example,2026")),
        sections=tuple(values.get("SECTIONS", ())),
        hub=str(values.get("WEBSUB_HUB", "")),
        summaries_only=frozenset(values.get("FEED_SUMMARIES_ONLY", ())),
        card=href(card) if values.get("CARDS", True) else "",
        told=tuple(
            (name, str(values.get(setting) or "").strip()) for name, setting in TOLD.items()
        ),
        maps=bool(values.get("MAPS", True)),
    )


# What the texts beside the news may name, and the setting that tells it.
TOLD = {
    "publisher": "SITE_PUBLISHER",
    "director": "SITE_DIRECTOR",
    "contact": "SITE_CONTACT",
    "host": "SITE_HOST",
    "checked": "ACCESSIBILITY_CHECKED",
}


def _pages_of_their_own(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Patterns of the HTML, Markdown and reStructuredText files that are pages or static files of Pelican's own, not articles."""
    folders = [*(values.get("PAGE_PATHS") or ()), *(values.get("STATIC_PATHS") or ())]
    named = [str(folder).strip("/") for folder in folders if isinstance(folder, str)]
    ends = [
        f"{above}*.{suffix}"
        for above in ("", "*/")
        for suffix in ("html", "htm", "md", "markdown", "mkd", "mdown", "rst")
    ]
    return tuple(f"{folder}/{end}" for folder in named if folder for end in ends)


def _rules(values: Mapping[str, Any], environ: Mapping[str, str]) -> ParseRules:
    timezone = _timezone(values)
    return ParseRules(
        now=build_time(values.get("RAW_NOW"), environ, timezone),
        timezone=timezone,
        default_lang=_lang(values),
        langs=tuple(values.get("RAW_LANGS", ("fr", "en", "vi"))),
        agencies=tuple(dict(values.get("RAW_AGENCIES", {})).items()),
        chrome=tuple(values.get("RAW_CHROME", ())),
        max_bytes=int(values.get("RAW_MAX_BYTES", 2 * 1024 * 1024)),
        derive_title=bool(values.get("RAW_TITLE_DERIVE", True)),
        pieces=str(values.get("RAW_PIECES", "")),
    )


def _addresses(values: Mapping[str, Any], addresses: Iterable[Address]) -> Addresses:
    changed = (one.setting for one in addresses if one.setting and values.get(one.setting))
    own = tuple((setting, _relative(values[setting])) for setting in changed)
    asked = values.get("ARTICLE_FORMATS", tuple(FORMATS))
    return Addresses(own, tuple(name for name in FORMATS if name in asked))


def _limits(values: Mapping[str, Any]) -> Limits:
    own = {
        limit.name: values[limit.name.upper()]
        for limit in fields(Limits)
        if limit.name.upper() in values
    }
    told: dict[str, Any] = {
        name: bool(value) if name in SWITCHES else int(value) for name, value in own.items()
    }
    return Limits(**told)


def in_order(types: Iterable[str]) -> tuple[EntityType, ...]:
    """Types of entities in the order the site lists them, whatever order they were written in."""
    asked = frozenset(types)
    return tuple(kind for kind in get_args(EntityType) if kind in asked)


# A place on another machine by rsync, over ssh (`user@host:/path`) or from its daemon.
REMOTE = re.compile(
    r"(?:rsync://\S+|(?:[\w.+-]+@)?(?:[\w.-]+|\[[0-9A-Fa-f:.]+\]):(?!//).*)", re.ASCII
)
BUCKET = re.compile(r"s3://[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9](?:/.*)?", re.ASCII)


def is_folder(target: str) -> bool:
    """Whether a publication's target is a folder of this machine."""
    return bool(target) and not (BUCKET.fullmatch(target) or REMOTE.fullmatch(target))


def whole_target(target: object, settings_file: object) -> str:
    """Where publications go; a folder as seen from that of the settings file."""
    text = str(target or "")
    if not is_folder(text):
        return text
    root = os.path.dirname(os.path.abspath(str(settings_file))) if settings_file else os.getcwd()
    return os.path.normpath(os.path.join(root, os.path.expanduser(text)))


def build_time(setting: object, environ: Mapping[str, str], timezone: str) -> datetime:
    """The build's now: RAW_NOW of the environment, the setting, SOURCE_DATE_EPOCH, or the clock."""
    zone = ZoneInfo(timezone)
    written = environ.get("RAW_NOW") or setting
    if written:
        now = datetime.fromisoformat(str(written))
        return now if now.tzinfo else now.replace(tzinfo=zone)
    if environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(environ["SOURCE_DATE_EPOCH"]), UTC).astimezone(zone)
    return datetime.now(zone)


def _relative(pattern: str) -> str:
    return str(pattern).lstrip("/")
