"""Which part of the world a map shows, and where on it a place or a coast is. Pure arithmetic.

Degrees east grow to the right and degrees north upwards, both in equal steps (plate carrée), squeezed
as they are in the middle of what is shown. A map that goes over the date line goes on past it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from newsdigest.entities.coordinates import Spot

# The units of a map's view box; on a telephone about a pixel each.
WIDTH, HEIGHT = 360, 180
# What stays free around the places, for their dots and names.
MARGIN_ACROSS, MARGIN_ALONG = 46, 24
# A map shows at least so many degrees of latitude's length from side to side: what is around tells a
# reader where it is, and a coast drawn for the whole world is coarse.
LEAST_ACROSS = 22
# Wider than that, it is the whole world, cut where no land is: in the Bering Strait.
WIDEST, WORLD_WEST = 180, -169.0
NORTHMOST, SOUTHMOST = 84.0, -60.0
# From so many degrees of longitude on, coasts are drawn as from far.
FAR_FROM = 100
# So far from a coast, in units, a line may run; the next is taken where the path has more signs.
TOLERANCES = (0.6, 0.8, 1.1, 1.5, 2.0, 3.0)
MOST_SIGNS = 1100
# Points of a coast so near one another count once.
NEXT_TO = 0.8
# An island that covers less of the map is left out; where coasts are coarser, larger ones are.
LEAST_ISLAND = 3.0
# How far beyond its edges the map is drawn, so that these are no coast.
BLEED = 4.0

Point = tuple[float, float]
Ring = tuple[Point, ...]
# West, east, south, north.
Bounds = tuple[float, float, float, float]
Coast = tuple[Ring, Bounds]


class View(NamedTuple):
    """A part of the world: its north-west corner, in degrees, and how many units a degree is long."""

    west: float
    north: float
    across: float
    along: float

    def point(self, longitude: float, latitude: float) -> Point:
        """Where it is on the map; `longitude` counts as the one within a turn from the west edge."""
        return (longitude - self.west) % 360 * self.across, (self.north - latitude) * self.along


def view_of(spots: Sequence[Spot]) -> View:
    """The part of the world with all these places, of which there is at least one."""
    west, wide = _arc([spot.longitude for spot in spots])
    south = min(spot.latitude for spot in spots)
    north = max(spot.latitude for spot in spots)
    if wide > WIDEST:
        return View(WORLD_WEST, NORTHMOST, WIDTH / 360, WIDTH / 360 * 1.25)
    squeeze = min(max(math.cos(math.radians((south + north) / 2)), 0.5), 0.95)
    along = min(
        WIDTH / LEAST_ACROSS,
        (HEIGHT - 2 * MARGIN_ALONG) / max(north - south, 0.01),
        (WIDTH - 2 * MARGIN_ACROSS) / max(wide, 0.01) / squeeze,
    )
    # The whole world is as much as there is to show.
    along = max(along, HEIGHT / (NORTHMOST - SOUTHMOST), WIDTH / 360 / squeeze)
    across, high = along * squeeze, HEIGHT / along
    top = min(max((south + north + high) / 2, SOUTHMOST + high), NORTHMOST)
    left = west + wide / 2 - WIDTH / across / 2
    return View(_turned(left), round(top, 3), round(across, 4), round(along, 4))


def _arc(longitudes: Sequence[float]) -> tuple[float, float]:
    """The shortest arc with all of them: where it begins, eastwards, and how wide it is."""
    around = sorted({longitude % 360 for longitude in longitudes})
    gaps = [(after - before, after) for before, after in pairwise([*around, around[0] + 360])]
    widest, begin = max(gaps)
    return begin, 360 - widest


def _turned(longitude: float) -> float:
    return round((longitude + 180) % 360 - 180, 3)


# -- coasts --------------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def land(view: View) -> str:
    """The land within the view, as what `d` of an SVG path says; at most about `MOST_SIGNS`."""
    far, near = _coasts()
    rings = [
        clipped
        for ring, bounds in (far if WIDTH / view.across > FAR_FROM else near)
        for turned in _turns(ring, bounds, view)
        if len(clipped := _clipped(turned)) > 2
    ]
    path = ""
    for tolerance in TOLERANCES:
        least = LEAST_ISLAND * max(tolerance, 1) ** 1.5
        simpler = (_simplified(ring, tolerance) for ring in rings)
        rings = [ring for ring in simpler if abs(_area(ring)) >= least]
        path = "".join(map(_drawn, rings))
        if len(path) <= MOST_SIGNS:
            break
    return path


@lru_cache(maxsize=1)
def _coasts() -> tuple[list[Coast], list[Coast]]:
    """The rings of `data/land.txt`, in degrees: for maps from far and from near."""
    found: dict[str, list[Coast]] = {"far": [], "near": []}
    rings: list[Coast] = []
    text = files("newsdigest").joinpath("data/land.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line in found:
            rings = found[line]
        elif not line.startswith("#"):
            numbers = [int(number) / 100 for number in line.replace(",", " ").split(" ")]
            longitudes, latitudes = numbers[::2], numbers[1::2]
            ring = tuple(zip(longitudes, latitudes, strict=True))
            bounds = min(longitudes), max(longitudes), min(latitudes), max(latitudes)
            rings.append((ring, bounds))
    return found["far"], found["near"]


def _turns(ring: Ring, bounds: Bounds, view: View) -> Iterator[Ring]:
    """The ring on the map, once for each time round the world that it is in view."""
    east, south = view.west + WIDTH / view.across, view.north - HEIGHT / view.along
    first, last, bottom, top = bounds
    if top < south or bottom > view.north:
        return
    for turn in (-360, 0, 360):
        if first + turn < east and last + turn > view.west:
            yield _placed(ring, view, turn - view.west)


def _placed(ring: Ring, view: View, shift: float) -> Ring:
    """The ring on the map, without the points that are next to the one before."""
    across, along, north = view.across, view.along, view.north
    kept: list[Point] = []
    last_x = last_y = math.inf
    for longitude, latitude in ring:
        x, y = (longitude + shift) * across, (north - latitude) * along
        if abs(x - last_x) + abs(y - last_y) > NEXT_TO:
            kept.append((x, y))
            last_x, last_y = x, y
    return tuple(kept)


def _clipped(ring: Ring) -> Ring:
    """What of the ring is on the map or just beside it (Sutherland and Hodgman)."""
    for axis, bound, sign in (
        (0, -BLEED, 1),
        (0, WIDTH + BLEED, -1),
        (1, -BLEED, 1),
        (1, HEIGHT + BLEED, -1),
    ):
        kept: list[Point] = []
        for before, point in zip((*ring[-1:], *ring[:-1]), ring, strict=True):
            depth_before, depth = sign * (before[axis] - bound), sign * (point[axis] - bound)
            if depth_before * depth < 0:
                share = depth_before / (depth_before - depth)
                kept.append(
                    (
                        before[0] + share * (point[0] - before[0]),
                        before[1] + share * (point[1] - before[1]),
                    )
                )
            if depth >= 0:
                kept.append(point)
        ring = tuple(kept)
    return ring


def _area(ring: Ring) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def _simplified(ring: Ring, tolerance: float) -> Ring:
    """The ring with fewer points, none of it farther than that from where it was (Douglas, Peucker)."""
    middle = max(range(len(ring)), key=lambda at: (math.dist(ring[0], ring[at]), -at))
    kept = {0, middle}
    closed = (*ring, ring[0])
    open_ends = [(0, middle), (middle, len(ring))]
    while open_ends:
        start, end = open_ends.pop()
        farthest, at = _farthest(closed, start, end)
        if farthest > tolerance:
            kept.add(at)
            open_ends += [(start, at), (at, end)]
    return tuple(ring[at] for at in sorted(kept))


def _farthest(ring: Ring, start: int, end: int) -> tuple[float, int]:
    """Of the points between these two, how far the farthest is from the line that joins them, and which
    it is: the last of several. Told in one loop: coasts have thousands of points."""
    (x, y), (end_x, end_y) = ring[start], ring[end]
    dx, dy = end_x - x, end_y - y
    length = dx * dx + dy * dy
    farthest, found = 0.0, 0
    for at in range(start + 1, end):
        px, py = ring[at]
        px -= x
        py -= y
        share = (px * dx + py * dy) / length if length else 0.0
        if share > 1.0:
            px -= dx
            py -= dy
        elif share > 0.0:
            px -= share * dx
            py -= share * dy
        off = px * px + py * py
        if off >= farthest:
            farthest, found = off, at
    return math.sqrt(farthest), found


def _drawn(ring: Ring) -> str:
    """`M10 20l5-3 2 8z`: whole units, each point from the one before."""
    points = [(round(x), round(y)) for x, y in ring]
    steps = [
        (after[0] - before[0], after[1] - before[1])
        for before, after in pairwise(points)
        if before != after
    ]
    if len(steps) < 2:
        return ""
    numbers = " ".join(str(number) for step in steps for number in step).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{numbers}z".replace(" -", "-")
