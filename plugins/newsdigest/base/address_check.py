"""Whether address patterns can be used: every page its own file, all within the site.

The patterns are tried out on days, slugs and numbers chosen to meet: whatever comes out twice, as a
file and as a folder, or outside the site is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import product
from string import Formatter
from typing import Any

from newsdigest.base.addresses import RESERVED_ENTITY_SLUGS, RESERVED_SLUGS, Address, file_of
from newsdigest.base.errors import LeFilError, _, shortened

WRITE = _("Write {name} = {example}.")
_NOT_TEXT = _("{name} = {value}: this must be a pattern, as text.")
_UNFILLED = _("{name} = {value}: the pattern cannot be filled in ({reason}).")
_UNKNOWN = _("{name} = {value}: {field} is not known here, only {known}.")
_NO_FIELD = _("{name} = {value}: {field} is not known here.")
_MISSING = _("{name} = {value}: {field} is missing.")
_LOCAL = _(
    "{name} = {value}: of a date only %Y, %m, %d, %j, %G, %V and %u can stand in an address."
)
_ENDING = _("{name} = {value}: this must end in {endings}.")
_OUTSIDE = _(
    "{name} = {value}: no slash at the start, no empty part and none that begins with a dot."
)
_SIGN = _("{name} = {value}: {sign} cannot stand in an address.")
_LONG = _("{name} = {value}: such addresses are too long for a file system.")
_TWICE = _("{name} = {value}: two pages would share the address {address}.")
_SHARED = _("{name} = {value} and {other}: pages of both would share the address {address}.")
_TAKEN = _("{name} = {value}: {address} is the site's own file.")
_FOLDER = _("{name} = {value} and {other}: {address} would be both a page and a folder.")
_TWOFOLD = _("{name} = {value}: {address} would be both a page and a folder.")

# How the addresses of one sort may end, by how ours do.
_ENDINGS = {
    "/": ("/", ".html"),
    ".html": ("/", ".html"),
    ".atom": (".atom", ".rss", ".xml"),
    ".rss": (".atom", ".rss", ".xml"),
    ".json": (".json",),
    ".opml": (".opml", ".xml"),
    ".xml": (".xml",),
    ".{suffix}": (".{suffix}",),
    ".png": (".png",),
}
# A file's name may have 255 bytes, and more is appended while it is written.
_LONGEST_NAME = 200
_LONGEST_PATH = 1000


# Files of the site whose names are no page's.
_OTHER_FILES = ("favicon.ico", "site.webmanifest", "static/site.css", ".lefil/index")

# Days whose figures, run together, may read alike; two of one week, of one day of the year, of years
# that end alike, and the two ends of a year whose weeks count as another's.
_DAYS = tuple(
    date(*day)
    for day in (
        (2026, 1, 1), (2026, 1, 2), (2026, 1, 11), (2026, 1, 21), (2026, 2, 1), (2026, 11, 1),
        (2026, 12, 1), (2025, 1, 1), (1926, 1, 1), (2024, 1, 1), (2024, 12, 30),
    )
)  # fmt: skip
_MONTHS = tuple(sorted({day.replace(day=1) for day in _DAYS}))
_YEARS = tuple(sorted({day.replace(month=1) for day in _MONTHS}))
_PERIODS = {"%d": _DAYS, "%m": _MONTHS, "%Y": _YEARS}
_PAGES = (1, 2, 11, 12)
_INITIALS = ("a", "ab", "0")
_DIGESTS = ("0123456789abcdef", "fedcba9876543210")
_LONG_SLUG = "a" * 79
_SLUGS = (
    "a", "a1", "a-1", "a-2", "a-11", "b", "1", "11", "ab", "0", "2026", "01", "2026-01", "202601", "page",
    _LONG_SLUG + "a", _LONG_SLUG + "b",
)  # fmt: skip

_DATE_FORMAT = re.compile(r"(?:%-?[YymdjGVu]|[^%])*")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MARKS = frozenset("/._~+,=@!-")


def address_faults(values: Mapping[str, Any], addresses: Iterable[Address]) -> list[LeFilError]:
    """What is wrong with the settings that are patterns of these addresses; those that are not set
    are ours."""
    places = tuple(addresses)
    changeable = [place for place in places if place.setting]
    written = {place: values.get(place.setting) for place in changeable}
    odd = [
        _fault(place, value, _NOT_TEXT)
        for place, value in written.items()
        if value is not None and not isinstance(value, str)
    ]
    patterns = tuple(
        (place, value or place.pattern)
        for place, value in written.items()
        if isinstance(value or "", str)
    )
    fixed = tuple(file_of(place.pattern) for place in places if not place.setting)
    return [*odd, *_pattern_faults(patterns, fixed)]


@lru_cache(maxsize=2)
def _pattern_faults(
    patterns: tuple[tuple[Address, str], ...], fixed: tuple[str, ...]
) -> tuple[LeFilError, ...]:
    faults = [fault for place, text in patterns if (fault := _form_fault(place, text))]
    wrong = {str(fault.facts["name"]) for fault in faults}
    sound = {place: text for place, text in patterns if place.setting not in wrong}
    return (*faults, *_meetings(sound, fixed))


# -- one pattern ---------------------------------------------------------------------------------


def _form_fault(place: Address, text: str) -> LeFilError | None:
    """What is wrong with the pattern by itself."""
    fields, endings = place.fields, _endings(place)
    try:
        used = [
            (name, spec or "") for _t, name, spec, _c in Formatter().parse(text) if name is not None
        ]
        for name, spec in used:
            field = re.split(r"[.\[]", name, maxsplit=1)[0]
            if field not in fields:
                known = ", ".join(f"{{{known}}}" for known in fields)
                message = _UNKNOWN if known else _NO_FIELD
                return _fault(place, text, message, field=f"{{{name}}}", known=known)
            if field == "date" and not _DATE_FORMAT.fullmatch(spec):
                return _fault(place, text, _LOCAL)
        for field in fields:
            if not any(re.match(rf"{field}\b", name) for name, _spec in used):
                return _fault(place, text, _MISSING, field=f"{{{field}}}")
        addresses = [text.format(**filling) for filling in _fillings(place, ())]
    except Exception as error:  # a format may ask anything of the values
        reason = str(error) or type(error).__name__
        return _fault(place, text, _UNFILLED, reason=shortened(reason))
    if not text.endswith(endings):
        return _fault(place, text, _ENDING, endings=" · ".join(endings))
    return next(filter(None, (_address_fault(place, text, a) for a in addresses)), None)


def _address_fault(place: Address, text: str, address: str) -> LeFilError | None:
    """What is wrong with one address that the pattern gives."""
    parts = file_of(address).split("/")
    if any(not part or part.startswith(".") for part in parts):
        return _fault(place, text, _OUTSIDE)
    for sign in address:
        if not (sign.isalnum() or sign in _MARKS):
            return _fault(place, text, _SIGN, sign=f'"{sign}"')
    sizes = [len(part.encode("utf-8", "replace")) for part in parts]
    if max(sizes) > _LONGEST_NAME or sum(sizes) > _LONGEST_PATH:
        return _fault(place, text, _LONG)
    return None


def _fault(place: Address, value: object, message: str, **facts: str) -> LeFilError:
    name, example = place.setting, repr(place.pattern)
    return LeFilError(message, WRITE, name=name, value=shortened(value), example=example, **facts)


def _endings(place: Address) -> tuple[str, ...]:
    return next(endings for ours, endings in _ENDINGS.items() if place.pattern.endswith(ours))


# -- all of them ---------------------------------------------------------------------------------


def _meetings(patterns: Mapping[Address, str], fixed: tuple[str, ...]) -> Iterator[LeFilError]:
    """Pages that would share a file, or need a folder where another is a file: one fault a setting."""
    more = tuple(sorted({slug for text in patterns.values() for slug in _literal_slugs(text)}))
    owners: dict[str, Address | None] = dict.fromkeys((*fixed, *_OTHER_FILES))
    met: list[LeFilError] = []
    for place, text in patterns.items():
        for filling in _fillings(place, more):
            # Some file systems hold capitals and small letters for the same.
            file = file_of(text.format(**filling)).casefold()
            if file not in owners:
                owners[file] = place
            else:
                met.append(_meeting(place, owners[file], patterns, _SHARED, file))
    for file, owner in owners.items():
        for folder in _folders_of(file):
            above = owners.get(folder)
            if one := owner or above:
                other = above if owner else None
                if folder in owners:
                    met.append(_meeting(one, other, patterns, _FOLDER, folder))
    yield from {fault.facts["name"]: fault for fault in reversed(met)}.values()


def _meeting(
    place: Address,
    other: Address | None,
    patterns: Mapping[Address, str],
    message: str,
    address: str,
) -> LeFilError:
    text = patterns[place]
    if place == other:
        return _fault(place, text, _TWICE if message is _SHARED else _TWOFOLD, address=address)
    if other is None:
        return _fault(place, text, _TAKEN, address=address)
    if text == place.pattern:  # what the editor wrote is what can be written otherwise
        place, other = other, place
    told = f"{other.setting} = {shortened(patterns[other])}"
    return _fault(place, patterns[place], message, other=told, address=address)


def _folders_of(file: str) -> Iterator[str]:
    folder = file.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _literal_slugs(text: str) -> Iterator[str]:
    """The words of a pattern that a slug may equal: `feeds` and `all` of `feeds/all.atom`."""
    for literal, _name, _spec, _conversion in Formatter().parse(text):
        for part in literal.split("/"):
            stem = part.partition(".")[0]
            if _SLUG.fullmatch(stem):
                yield stem


def _fillings(place: Address, more: tuple[str, ...]) -> Iterator[dict[str, object]]:
    """What the pattern is tried out with, each a page of its own; `more` are slugs to try as well."""
    reserved = RESERVED_SLUGS if "date" in place.fields else RESERVED_ENTITY_SLUGS
    finest = next((period for period in _PERIODS if period in place.pattern), "%m")
    choices: dict[str, Iterable[object]] = {
        "date": _PERIODS[finest],
        "slug": [slug for slug in dict.fromkeys((*_SLUGS, *more)) if slug not in reserved],
        "page": _PAGES,
        "initials": _INITIALS,
        "month": [month.isoformat()[:7] for month in _MONTHS],
        "digest": _DIGESTS,
        "width": (480, 960, 48),
        "suffix": ("avif", "jpg"),
        "card": ["site", "articles/2026/01/23/port", "jours/2026-01-23", "entites/port"],
        "map": [*(month.isoformat()[:7] for month in _MONTHS), "pages", "entites-a", "dossiers-a"],
        "span": ["programme", "2020-2029", "2026", "2026-s1", "2026-t1", "2026-01", "2026-01-08"],
    }
    names = place.fields
    for chosen in product(*(choices[name] for name in names)):
        yield dict(zip(names, chosen, strict=True))
