"""The editors' decisions: what the rules must not decide by themselves. Pure.

    # content/decisions.toml
    [[link]]                                  # this line of that article means that one
    article = "monde/2026-01-12-pourparlers"
    headline = "Deux chalutiers arraisonnés"
    target = "monde/2026-01-05-chalutiers"

    [[never]]                                 # no line of the one may lead to the other
    article = "monde/2026-01-12-pourparlers"
    target = "sport/2026-01-05-chalutiers"

    [[apart]]                                 # these two are not the same dispatch
    article = "monde/2026-01-12-pourparlers"
    other = "monde/2026-01-12-negociations"

    [[split]]                                 # this article begins a story of its own
    article = "monde/2026-01-12-pourparlers"

    [[join]]                                  # this article belongs to that one's story
    article = "monde/2026-01-12-pourparlers"
    to = "monde/2026-01-05-chalutiers"

    [[embargo]]                               # nothing of this article before that moment
    article = "monde/2026-01-12-pourparlers"
    until = "2026-01-12 06:00"

    [[title]]                                 # how the story of this article is called
    article = "monde/2026-01-05-chalutiers"
    title = "Les chalutiers de la baie"

    [[lead]]                                  # this article leads its day
    article = "monde/2026-01-12-pourparlers"

    [[order]]                                 # these stand first that day, in this order
    day = "2026-01-12"
    articles = ["monde/2026-01-12-pourparlers", "sport/2026-01-12-finale"]

Ids are paths below content/ without their suffix, in any form of their accents. A decision goes away
with its lines.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from unicodedata import normalize

from newsdigest.base.errors import EditorsFileError, _
from newsdigest.base.link_reasons import Cause, LinkReason
from newsdigest.base.records import Resolution
from newsdigest.relate.copies import Split, split_pairs
from newsdigest.relate.links import Candidate, NearCandidate, resolve
from newsdigest.relate.stories.threads import NO_DECISIONS, StoryDecisions
from newsdigest.text.headline_key import headline_key
from newsdigest.text.moments import read_moment

FILE = "decisions.toml"
# Each list, and what its entries must hold: ids, or texts.
_NAMES = {
    "link": ("article", "headline", "target"),
    "never": ("article", "target"),
    "apart": ("article", "other"),
    "split": ("article",),
    "join": ("article", "to"),
    "title": ("article", "title"),
    "embargo": ("article", "until"),
    "lead": ("article",),
    "order": ("day", "articles"),
}
_TEXTS = frozenset(("headline", "title", "until", "day"))
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
KINDS = frozenset(_NAMES)
_CORRECT = _("Correct it, or delete it to do without decisions.")
_LINE = re.compile(r"line (\d+)")
# Of one entry, by name: a text, or a list of ids.
_Entry = dict[str, Any]


class Named(NamedTuple):
    """An article's id in an entry of the list `kind`, which begins at that line; `day`, if any, is
    the one that the entry says the article is of."""

    kind: str
    id: str
    line: int
    day: str = ""


class Pick(NamedTuple):
    """An article that stands first on its day: on that `day` only, or whatever day it is of (""). Of
    one day, those of "" stand before the others, and all in the order of their `place`."""

    day: str
    place: int
    id: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """`links`: (citing id, headline key) -> target id; `never`: (citing id, target id); `apart`:
    pairs of articles, each in id order; `stories`: what is decided of threads; `embargoes`: id ->
    until when, in words that `text.moments` understands; `picks`: who stands first on a day; `named`: every id that stands in the file."""

    links: dict[tuple[str, str], str] = field(default_factory=dict)
    never: frozenset[tuple[str, str]] = frozenset()
    apart: Split = frozenset()
    stories: StoryDecisions = NO_DECISIONS
    embargoes: dict[str, str] = field(default_factory=dict)
    picks: tuple[Pick, ...] = ()
    named: tuple[Named, ...] = field(default=(), compare=False)


def read_decisions(text: str) -> Decisions:
    """The decisions of the file's text. Raises EditorsFileError naming what cannot be read."""
    found = _parsed(text)
    unknown = sorted(set(found) - KINDS)
    if unknown:
        raise EditorsFileError(
            _("{file}: there is no decision [[{kind}]]."),
            _("Write one of these: {known}."),
            file=FILE,
            line=_line_of(text, unknown[0], 0),
            kind=unknown[0],
            known=", ".join(sorted(KINDS)),
        )
    entries = {kind: _entries(found, kind, text) for kind in _NAMES}
    links = {
        (entry["article"], headline_key(entry["headline"])): entry["target"]
        for entry in entries["link"]
    }
    never = frozenset((entry["article"], entry["target"]) for entry in entries["never"])
    apart = split_pairs((entry["article"], entry["other"]) for entry in entries["apart"])
    stories = StoryDecisions(
        frozenset(entry["article"] for entry in entries["split"]),
        {entry["article"]: entry["to"] for entry in entries["join"]},
        {entry["article"]: entry["title"] for entry in entries["title"]},
    )
    named = tuple(
        Named(kind, id_, _line_of(text, kind, at), entry.get("day", ""))
        for kind in _NAMES
        for at, entry in enumerate(entries[kind])
        for name, value in entry.items()
        if name not in _TEXTS
        for id_ in ([value] if isinstance(value, str) else value)
    )
    embargoes, picks = _embargoes(entries["embargo"], text), _picks(entries)
    return Decisions(links, never, apart, stories, embargoes, picks, named)


def _picks(entries: dict[str, list[_Entry]]) -> tuple[Pick, ...]:
    ordered = [("", entry["article"]) for entry in entries["lead"]]
    ordered += [(entry["day"], id_) for entry in entries["order"] for id_ in entry["articles"]]
    return tuple(Pick(day, at, id_) for at, (day, id_) in enumerate(dict.fromkeys(ordered)))


def _embargoes(entries: list[_Entry], text: str) -> dict[str, str]:
    for at, entry in enumerate(entries):
        if read_moment(entry["until"], "UTC") is None:
            raise EditorsFileError(
                _('{file}: until = "{until}" is no moment.'),
                _('Write a day and an hour: until = "2026-01-31 06:00".'),
                file=FILE,
                line=_line_of(text, "embargo", at),
                until=entry["until"],
            )
    return {entry["article"]: entry["until"] for entry in entries}


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason, _at, place = str(error).partition(" (at ")
        line = _LINE.match(place)
        raise EditorsFileError(
            _("{file}, line {line}: this is not TOML ({reason})."),
            _CORRECT,
            file=FILE,
            line=int(line[1]) if line else text.count("\n") + 1,
            reason=reason,
        ) from None
    except RecursionError:
        raise EditorsFileError(
            _("{file}: brackets stand too deep in each other."), _CORRECT, file=FILE
        ) from None
    except (ValueError, OverflowError):
        # Python itself gives up: a number of thousands of digits, a time zone of a hundred hours.
        raise EditorsFileError(
            _("{file}: a number or a date in it cannot be read."), _CORRECT, file=FILE
        ) from None


def _entries(found: dict[str, Any], kind: str, text: str) -> list[_Entry]:
    """The entries of one list: ids composed, titles without what cannot be shown."""
    names, entries = _NAMES[kind], found.get(kind, [])
    known = []
    for at, entry in enumerate(entries if isinstance(entries, list) else [entries]):
        read = _entry(entry, names) if isinstance(entries, list) else None
        if read is None:
            raise EditorsFileError(
                _("{file}: every [[{kind}]] must have just {names}, as texts.")
                if "articles" not in names
                else _("{file}: every [[{kind}]] must have just a day and a list of articles."),
                _CORRECT
                if "articles" not in names
                else _('Write it so: day = "2026-01-31", articles = ["monde/a", "monde/b"].'),
                file=FILE,
                line=_line_of(text, kind, at),
                kind=kind,
                names=", ".join(names),
            )
        known.append(read)
    return known


def _entry(entry: object, names: tuple[str, ...]) -> _Entry | None:
    if not isinstance(entry, dict) or set(entry) != set(names):
        return None
    for name in {"until", "day"} & set(names):
        if isinstance(entry[name], date):  # TOML has dates of its own
            entry = {**entry, name: entry[name].isoformat()}
    texts = {name: value for name, value in entry.items() if name != "articles"}
    if not all(isinstance(value, str) for value in texts.values()):
        return None
    read: _Entry = {
        name: text if name in _TEXTS else normalize("NFC", text) for name, text in texts.items()
    }
    if "articles" in names:
        read["articles"] = _ids(entry["articles"])
    if "day" in read and not _is_day(read["day"]):
        return None
    if "title" in read:
        read["title"] = " ".join("".join(filter(_is_shown, read["title"])).split())
    return read if all(read.values()) else None


def _ids(listed: object) -> list[str]:
    """The ids of a list of texts, composed; none where it is something else."""
    if not isinstance(listed, list) or not all(isinstance(id_, str) and id_ for id_ in listed):
        return []
    return [normalize("NFC", id_) for id_ in listed]


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _is_shown(char: str) -> bool:
    return char.isprintable() or char.isspace()


def _line_of(text: str, kind: str, at: int) -> int:
    """The line where the entry `at` of that list begins; 1 where none is told from another."""
    begins = re.compile(rf"^[ \t]*\[*[ \t]*[\"']?{re.escape(kind)}[\"']?[ \t]*[]=.]", re.MULTILINE)
    places = [found.start() for found in begins.finditer(text)]
    return text.count("\n", 0, places[at]) + 1 if at < len(places) else 1


def refused_by(decisions: Decisions, citing_id: str) -> frozenset[str]:
    """The articles that no line of this one may lead to."""
    return _refused(decisions.never).get(citing_id, frozenset())


@lru_cache(maxsize=2)
def _refused(never: frozenset[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for citing, target in never:
        found.setdefault(citing, set()).add(target)
    return {citing: frozenset(targets) for citing, targets in found.items()}


def decide(
    decisions: Decisions,
    headline: str,
    citing_id: str,
    citing_day: str,
    same_key: Sequence[Candidate],
    near: Callable[[], Sequence[NearCandidate]],
    published: bool,
) -> Resolution:
    """What a `>>` line means, decisions first.

    `near` looks up the articles of like headlines, where none is equal. `published` says whether
    the article a decision links this line to is in the archive: the line waits for it otherwise. A
    line whose only candidates are refused is refused.
    """
    target = decisions.links.get((citing_id, headline_key(headline)))
    if target is not None:
        if published:
            return Resolution(headline, "linked", target, "decision", LinkReason(Cause.DECIDED))
        return Resolution(headline, "waiting", reason=LinkReason(Cause.DECIDED_UNPUBLISHED))
    refused = refused_by(decisions, citing_id)
    allowed = [c for c in same_key if c.id not in refused] if refused else same_key
    found = resolve(headline, citing_id, citing_day, allowed)
    if found.state != "waiting":
        return found
    alike = near()
    allowed_alike = [c for c in alike if c.id not in refused] if refused else alike
    found = resolve(headline, citing_id, citing_day, allowed, allowed_alike)
    if found.state == "waiting" and len(allowed) + len(allowed_alike) < len(same_key) + len(alike):
        before = resolve(headline, citing_id, citing_day, same_key, alike)
        if before.state != "waiting":
            reason = LinkReason(Cause.DECIDED)
            return Resolution(headline, "refused", method="decision", reason=reason)
    return found
