"""Where places are, for maps: only names that certainly mean one (docs/decisions/0055-map.md)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from newsdigest.text.known_names import name_lines

# What the editors write of a place that stands on no map.
NOWHERE = "none"

_SPOT = re.compile(r"([+-]?\d{1,2}(?:\.\d{1,6})?), ?([+-]?\d{1,3}(?:\.\d{1,6})?)", re.ASCII)


class Spot(NamedTuple):
    """Degrees north and east, -90 to 90 and -180 to 180. `is_area`: the middle of a country, which is
    nowhere in particular."""

    latitude: float
    longitude: float
    is_area: bool = False


def read_spot(text: str) -> Spot | None:
    """`48.85,2.35` as the editors write it; None for anything else."""
    found = _SPOT.fullmatch(text)
    if found is None:
        return None
    latitude, longitude = map(float, found.groups())
    return Spot(latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def spot_of(key: str, told: str = "") -> Spot | None:
    """Where the place of this key is (`one_thing.key_of`): as the editors have `told`, or as the
    shipped list knows; None where neither does, or they want it on no map."""
    if told:
        return read_spot(told)
    known = _known().get(key)
    if known is None:
        return None
    latitude, longitude, *kind = known.split("\t")
    return Spot(float(latitude), float(longitude), bool(kind))


@cache
def _known() -> dict[str, str]:
    """Key -> the rest of its line; read by the first map of a process."""
    rows = (line.partition("\t") for line in name_lines("coordinates.tsv"))
    return {key: rest for key, _, rest in rows}
