"""Settings checked once, whole, before anything is built with them: each fault is one line.

What is wrong with address patterns and with folders is told in `newsdigest.base.address_check` and
`newsdigest.base.folder_check`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from string import Formatter
from typing import Any, NamedTuple, get_args
from unicodedata import category
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import localedata

from newsdigest.base.address_check import WRITE, address_faults
from newsdigest.base.addresses import FORMATS, Address
from newsdigest.base.errors import LeFilError, SettingsError, _, shortened
from newsdigest.base.folder_check import folder_faults
from newsdigest.base.records import SHOWN_TYPES, EntityType
from newsdigest.base.settings import BUCKET, SWITCHES, Limits, Settings, settings_from

# More of anything is no list a reader wants, and no number a store holds.
MOST = 1_000_000
MOST_BYTES = 1_000_000_000
MOST_WORKERS = 1_000

_MODULE = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*", re.ASCII)
_WRITE_VARIABLE = _("Write {name}={example}.")


class _Rule(NamedTuple):
    """What a setting may be; `wrong` says what it is not, `example` is what may be written instead."""

    holds: Callable[[Any], bool]
    wrong: str
    example: object
    optional: bool = False  # None says that it is not set
    least: int = 0
    most: int = 0

    def fault(self, name: str, value: object) -> LeFilError | None:
        """What is wrong with the value, None when it can be used."""
        if (value is None and self.optional) or self.holds(value):
            return None
        return LeFilError(
            self.wrong,
            WRITE,
            name=name,
            value=shortened(value),
            example=repr(mended_url(value) if name == "SITEURL" else self.example),
            least=self.least,
            most=self.most,
        )


def checked_settings(
    values: Mapping[str, Any], environ: Mapping[str, str], addresses: Iterable[Address]
) -> Settings:
    """The settings of our build, whose pages stand at `addresses`. Raises SettingsError, which names everything that is wrong with them."""
    places = tuple(addresses)
    refuse_faults(setting_faults(values, environ, places))
    return settings_from(values, environ, places)


def setting_faults(
    values: Mapping[str, Any], environ: Mapping[str, str], addresses: Iterable[Address]
) -> list[LeFilError]:
    """Everything that is wrong with these settings, by name within each kind; what is not set is not wrong."""
    found = [
        rule.fault(name, values[name]) for name, rule in sorted(RULES.items()) if name in values
    ]
    return [
        *filter(None, found),
        *address_faults(values, addresses),
        *folder_faults(values),
        *_variable_faults(environ),
    ]


def refuse_faults(faults: list[LeFilError]) -> None:
    """Raises SettingsError unless there is no fault."""
    if faults:
        raise SettingsError(faults)


def editors_language(values: Mapping[str, Any]) -> str:
    """The language to say it in, even when the setting itself is wrong."""
    wanted = (values.get(name) for name in ("EDITOR_LANG", "DEFAULT_LANG"))
    return next((str(lang) for lang in wanted if is_language(lang)), "fr")


# -- what values may be --------------------------------------------------------------------------


def is_line(value: object) -> bool:
    """Text on one line, perhaps empty, that can be written in a page or a file's name."""
    return isinstance(value, str) and not any(category(sign) in _NO_LINE for sign in value)


def is_name(value: object) -> bool:
    """A line that says something."""
    return is_line(value) and bool(str(value).strip())


def is_switch(value: object) -> bool:
    """True or False: "False" in quotes would count as true."""
    return isinstance(value, bool)


def is_whole(value: object, least: int, most: int) -> bool:
    """A whole number in that range; True is none."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def is_list(value: object) -> bool:
    """Lines, in an order: a text would be taken for its letters, a set has no order."""
    return isinstance(value, list | tuple) and all(map(is_line, value))


def is_function(value: object) -> bool:
    return isinstance(value, str) and (not value or _MODULE.fullmatch(value) is not None)


def is_list_of_names(value: object) -> bool:
    return is_list(value) and all(map(is_name, value))  # type: ignore[call-overload]


def is_agencies(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        is_name(code) and is_name(name) for code, name in value.items()
    )


def is_language(value: object) -> bool:
    """A code of a language that has names for its months: `fr`, `fr-CA`."""
    if not (isinstance(value, str) and _LANGUAGE.fullmatch(value)):
        return False
    return localedata.exists(value.partition("-")[0].lower())


def is_languages(value: object) -> bool:
    """Codes in small letters, as the folders that bear them are compared."""
    return (
        isinstance(value, list | tuple)
        and bool(value)
        and all(is_language(lang) and lang == lang.lower() for lang in value)
    )


def is_zone(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        ZoneInfo(value)
    except (LookupError, ValueError, OSError):
        return False
    return True


def is_moment(value: object) -> bool:
    """A day or a moment with room for a year before it and after it."""
    if value == "":
        return True
    if not isinstance(value, str | date):
        return False
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return False
    return _FIRST_YEAR <= moment.year < _LAST_YEAR


def is_seconds(value: object) -> bool:
    """What SOURCE_DATE_EPOCH may say."""
    if not (isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 16):
        return False
    return int(value) < _LAST_SECOND


def is_url(value: object) -> bool:
    """Scheme, host and perhaps a folder; or nothing, for a site that is only looked at here."""
    if value == "":
        return True
    if not (isinstance(value, str) and _URL.fullmatch(value)):
        return False
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    folders = parts.path.rstrip("/").split("/")[1:]
    return port != 0 and all(folder.strip(".") for folder in folders)


def mended_url(value: object) -> str:
    """The address that was meant, where adding a scheme makes one; ours otherwise."""
    meant = f"https://{value.strip().lstrip('/')}" if isinstance(value, str) else ""
    return meant if meant and is_url(meant) else "https://lefil.example"


def is_contact(value: object) -> bool:
    """A mail address, the address of a page, or nothing."""
    return value == "" or (isinstance(value, str) and bool(_MAIL.fullmatch(value) or is_url(value)))


def is_day(value: object) -> bool:
    """A day as ISO 8601 writes it, or nothing."""
    if value == "":
        return True
    return isinstance(value, str) and len(value) == 10 and is_moment(value)


def is_authority(value: object) -> bool:
    """A host or an e-mail address, and the year, month or day it was ours (RFC 4151)."""
    found = _AUTHORITY.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return False
    try:
        date.fromisoformat((found["day"] + "-01-01")[:10])
    except ValueError:
        return False
    return True


def is_pelicans_file(value: object) -> bool:
    """A pattern that Pelican fills in by itself, in builds that are its own; False and "" are none."""
    if value is False or value == "":
        return True
    if not (is_line(value) and all(part.strip(".") for part in str(value).split("/"))):
        return False
    try:
        list(Formatter().parse(str(value)))
    except ValueError:
        return False
    return True


def is_tagger(value: object) -> bool:
    return isinstance(value, str) and bool(_TAGGER.fullmatch(value))


def is_entity_types(value: object) -> bool:
    """At least one of the types, in a list or the like, which a text alone is not."""
    known = get_args(EntityType)
    return is_list(value) and bool(value) and all(kind in known for kind in value)  # type: ignore[attr-defined]


def is_formats(value: object) -> bool:
    """Some of the formats, none or all, in a list."""
    return is_list(value) and all(name in FORMATS for name in value)  # type: ignore[attr-defined]


def is_target(value: object) -> bool:
    """Nothing, a folder, a folder of another machine, a bucket."""
    if not is_line(value):
        return False
    target = str(value)
    if target.startswith("s3:"):
        return bool(BUCKET.fullmatch(target))
    return target == target.strip() and "://" not in target.removeprefix("rsync://")


def is_scheduler(value: object) -> bool:
    return value == "" or (isinstance(value, str) and bool(_SCHEDULER.fullmatch(value)))


_FIRST_YEAR, _LAST_YEAR = 1900, 9000
_LAST_SECOND = int(datetime(_LAST_YEAR, 1, 1, tzinfo=UTC).timestamp())
# Controls, halves of characters, separators of lines.
_NO_LINE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", re.ASCII)
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*"
_URL = re.compile(
    rf"https?://(?:{_HOST}|\[[0-9A-Fa-f:.]+\])(?::[0-9]{{1,5}})?(?:/(?:[\w.~%+@,=-]+/)*[\w.~%+@,=-]*)?",
    re.ASCII,
)
_MAIL = re.compile(rf"[A-Za-z0-9._%+-]{{1,64}}@{_HOST}", re.ASCII)
_AUTHORITY = re.compile(
    rf"(?:[A-Za-z0-9._-]+@)?{_HOST},(?P<day>[0-9]{{4}}(?:-[0-9]{{2}}(?:-[0-9]{{2}})?)?)"
)
_TAGGER = re.compile(r"crf|rules|spacy:[A-Za-z0-9][\w.-]*", re.ASCII)
_SCHEDULER = re.compile(
    r"(?:(?:tcp|tls|ucx|wss?)://)?[\w.\[\]:-]+:[0-9]{1,5}|inproc://[\w./-]+", re.ASCII
)


# -- which setting may be what -------------------------------------------------------------------

_LINE = _("{name} = {value}: this must be text on one line, in quotes.")
_NAME = _("{name} = {value}: this must be text on one line, and not empty.")
_SWITCH = _("{name} = {value}: this must be True or False, without quotes.")
_WHOLE = _("{name} = {value}: this must be a whole number from {least} to {most}, without quotes.")
_FUNCTION = _("{name} = {value}: this must name a function, as module:function.")
_LIST = _("{name} = {value}: this must be a list of texts.")
_AGENCIES = _("{name} = {value}: this must be a dictionary, from signatures to full names.")
_LANGS = _("{name} = {value}: this must be a list of codes of languages, in small letters.")
_LANG = _("{name} = {value}: there is no language of this code.")
_ZONE = _("{name} = {value}: there is no time zone of this name.")
_MOMENT = _("{name} = {value}: this is no day or moment.")
_SECONDS = _("{name} = {value}: this is no number of seconds since 1970.")
_ADDRESS = _("{name} = {value}: this is no address of a site, with its scheme and host.")
_CONTACT = _("{name} = {value}: this must be a mail address, or the address of a page.")
_DAY = _("{name} = {value}: this must be a day, YYYY-MM-DD.")
_AUTHORITY_WRONG = _("{name} = {value}: this must be a host, a comma and a year.")
_TAGGER_WRONG = _("{name} = {value}: there is no such tagger.")
_TYPES_WRONG = _(
    "{name} = {value}: this must be a list of person, place, organisation, event and product."
)
_FORMATS_WRONG = _("{name} = {value}: this must be a list of text and ninjs, or empty.")
_FILE = _("{name} = {value}: this must be a pattern of files within the site, or None.")
_TARGET = _(
    "{name} = {value}: this must be a folder, user@host:/folder or s3://bucket/folder, in quotes."
)
_SCHEDULER_WRONG = _("{name} = {value}: this is no scheduler's address.")


def _line(example: str, optional: bool = False) -> _Rule:
    return _Rule(is_line, _LINE, example, optional)


def _switch(example: bool) -> _Rule:
    return _Rule(is_switch, _SWITCH, example)


def _whole(example: int, least: int, most: int) -> _Rule:
    return _Rule(lambda value: is_whole(value, least, most), _WHOLE, example, False, least, most)


# Lists that may be empty; of the rest a page or a feed needs at least one to be there.
_MAY_BE_NONE = {
    "together", "cited", "earlier_editions", "entities_most_cited", "entities_on_one_page", "opml_feeds",
    "in_process_below", "card_days", "entity_feed_days",
}  # fmt: skip

_PELICANS_FILES = (
    "ARTICLE_SAVE_AS", "DAY_ARCHIVE_SAVE_AS", "MONTH_ARCHIVE_SAVE_AS", "YEAR_ARCHIVE_SAVE_AS",
    "ARCHIVES_SAVE_AS", "TAG_SAVE_AS", "TAGS_SAVE_AS", "CATEGORY_FEED_ATOM", "TRANSLATION_FEED_ATOM",
    "AUTHOR_FEED_ATOM", "AUTHOR_FEED_RSS",
)  # fmt: skip

RULES: dict[str, _Rule] = {
    "SITENAME": _Rule(is_name, _NAME, "Le Fil"),
    "SITESUBTITLE": _line("L’actualité, résumée chaque jour", optional=True),
    "SITEURL": _Rule(is_url, _ADDRESS, ""),
    "FEED_ID_AUTHORITY": _Rule(is_authority, _AUTHORITY_WRONG, "lefil.example,2026"),
    "DEFAULT_LANG": _Rule(is_language, _LANG, "fr"),
    "EDITOR_LANG": _Rule(is_language, _LANG, "fr", optional=True),
    "TIMEZONE": _Rule(is_zone, _ZONE, "Europe/Paris"),
    "SETTINGS_FILE": _Rule(is_name, _NAME, "pelicanconf.py"),
    "SECTIONS": _Rule(is_list_of_names, _LIST, ["monde", "economie"], optional=True),
    "WEBSUB_HUB": _Rule(is_url, _ADDRESS, "https://hub.example/", optional=True),
    "FEED_SUMMARIES_ONLY": _Rule(is_list_of_names, _LIST, ["Reuters"], optional=True),
    "SITE_PUBLISHER": _line("Association Le Fil, 1 rue du Quai, 44000 Nantes", optional=True),
    "SITE_DIRECTOR": _line("Élise Marchetti", optional=True),
    "SITE_CONTACT": _Rule(is_contact, _CONTACT, "redaction@lefil.example", optional=True),
    "SITE_HOST": _line("Hébergeur SA, 2 rue du Port, 13002 Marseille", optional=True),
    "ACCESSIBILITY_CHECKED": _Rule(is_day, _DAY, "2026-01-23", optional=True),
    "MAPS": _switch(True),
    "RAW_NOW": _Rule(is_moment, _MOMENT, "2026-01-23", optional=True),
    "RAW_LANGS": _Rule(is_languages, _LANGS, ("fr", "en", "vi")),
    "RAW_AGENCIES": _Rule(is_agencies, _AGENCIES, {"AFX": "Agence fictive"}, optional=True),
    "RAW_CHROME": _Rule(is_list_of_names, _LIST, ["accueil", "menu"], optional=True),
    "RAW_PIECES": _Rule(
        is_function, _FUNCTION, "incremental_build.pieces:read_piece", optional=True
    ),
    "RAW_MAX_BYTES": _whole(2_097_152, 1, MOST_BYTES),
    "RAW_TITLE_DERIVE": _switch(True),
    "ENTITY_TAGGER": _Rule(is_tagger, _TAGGER_WRONG, "crf"),
    "ENTITY_TYPES": _Rule(is_entity_types, _TYPES_WRONG, SHOWN_TYPES),
    "SEARCH": _switch(True),
    "ARTICLE_FORMATS": _Rule(is_formats, _FORMATS_WRONG, tuple(FORMATS), optional=True),
    "STRICT": _switch(False),
    "ALLOW_CLOCK_BACK": _switch(False),
    "ALLOW_REMOVALS": _switch(False),
    "REMOVALS_MOST": _whole(10, 0, MOST),
    "REMOVALS_PERCENT": _whole(2, 0, 100),
    "EDITIONS_PATH": _line("editions"),
    "ALLOW_RESENDING": _switch(False),
    "RESENT_MOST": _whole(20, 0, MOST),
    "BUILD_PUBLISHES": _switch(True),
    "PUBLISH_TARGET": _Rule(is_target, _TARGET, "../public", optional=True),
    "PUBLICATIONS_KEPT": _whole(20, 0, 1000),
    **{name.upper(): _switch(True) for name in SWITCHES},
    "BUILD_WORKERS": _whole(0, 0, MOST_WORKERS),
    "SCHEDULER": _Rule(is_scheduler, _SCHEDULER_WRONG, "tcp://builder:8786", optional=True),
    "IGNORE_FILES": _Rule(is_list_of_names, _LIST, ["**/.*"]),
    "PLUGIN_PATHS": _Rule(is_list_of_names, _LIST, ["plugins"]),
    "ARTICLE_PATHS": _Rule(is_list, _LIST, [""]),
    "PAGE_PATHS": _Rule(is_list, _LIST, []),
    "STATIC_PATHS": _Rule(is_list, _LIST, []),
    "THEME_STATIC_PATHS": _Rule(is_list, _LIST, []),
    "USE_FOLDER_AS_CATEGORY": _switch(False),
    "DEFAULT_CATEGORY": _Rule(is_name, _NAME, "misc"),
    **{name: _Rule(is_pelicans_file, _FILE, None, optional=True) for name in _PELICANS_FILES},
    **{
        limit.name.upper(): _whole(
            int(str(limit.default)), 0 if limit.name in _MAY_BE_NONE else 1, MOST
        )
        for limit in fields(Limits)
        if limit.name not in SWITCHES
    },
}


def _variable_faults(environ: Mapping[str, str]) -> list[LeFilError]:
    """What is wrong with the environment's two variables; an empty one is not set."""
    rules = (("RAW_NOW", is_moment, _MOMENT, "2026-01-23"),
             ("SOURCE_DATE_EPOCH", is_seconds, _SECONDS, "1769126400"))  # fmt: skip
    return [
        LeFilError(
            wrong, _WRITE_VARIABLE, name=name, value=shortened(environ[name]), example=example
        )
        for name, holds, wrong, example in rules
        if environ.get(name) and not holds(environ[name])
    ]
