"""The names the shipped lists know, and of what kind each is: places, organisations, things.

The files stand beside the tagger (`entities/data/`, whose NOTICE.md tells their sources); what else
it makes of them is in `newsdigest.entities.gazetteer`. Read once a process.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

# place; a place only where the sentence says so; organisation; a thing whose parts are not tagged.
Kind = Literal["place", "weak place", "organisation", "thing"]

# The tagger's lists: the reader asks them too.
DATA = Path(__file__).parent.parent / "entities" / "data"
# Later files win over earlier ones: what was written by hand is last.
NAME_FILES: tuple[tuple[str, Kind], ...] = (
    ("cities_weak.txt", "weak place"),
    ("cities.txt", "place"),
    ("cldr_places.txt", "place"),
    ("places.txt", "place"),
    ("organisations.txt", "organisation"),
    ("not_entities.txt", "thing"),
)


class KnownNames(NamedTuple):
    """`kinds` by whole name; `expansions`: an acronym's long names, none where none is known."""

    kinds: dict[str, Kind]
    expansions: dict[str, tuple[str, ...]]


@cache
def known_names() -> KnownNames:
    """The shipped names, one kind each."""
    kinds: dict[str, Kind] = {}
    for name, kind in NAME_FILES[:3]:
        kinds.update(dict.fromkeys(name_lines(name), kind))
    for line in name_lines("wikinews_names.txt"):
        code, _, name = line.partition("\t")
        kinds[name] = "organisation" if code == "ORG" else "place"
    for name, kind in NAME_FILES[3:]:
        kinds.update(dict.fromkeys(name_lines(name), kind))
    expansions: dict[str, tuple[str, ...]] = {}
    for line in name_lines("acronyms.tsv"):
        acronym, _, rest = line.partition("\t")
        names, _, note = rest.partition("\t")
        acronym_kind: Kind = "place" if note == "place" else "organisation"
        expansions[acronym] = tuple(name for name in names.split("|") if name)
        kinds[acronym] = acronym_kind
        for name in expansions[acronym]:
            kinds.setdefault(name, acronym_kind)
    for line in name_lines("same_names.tsv"):
        told, _, rest = line.partition("\t")
        if told != "person":
            kind = "place" if told == "place" else "organisation"
            for name in rest.split("|"):
                kinds.setdefault(name, kind)
    return KnownNames(kinds, expansions)


@cache
def several_expansions() -> frozenset[str]:
    """The acronyms that stand for other bodies as often as for those listed."""
    rows = (line.split("\t") for line in name_lines("acronyms.tsv"))
    return frozenset(row[0] for row in rows if row[2:] == ["several"])


def name_lines(name: str) -> list[str]:
    """The entries of one of the files."""
    lines = (DATA / name).read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and line[0] != "#"]
