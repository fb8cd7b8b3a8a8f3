"""The map of the places that a page's articles name: coasts, dots, names beside them, and the list.

The list says all that the map does, so that the map is for the eye alone. Borders are not drawn: whose
a land is, is not a map's to say (docs/decisions/0055-map.md).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from unicodedata import east_asian_width

from newsdigest.archive.places import Place
from newsdigest.base.records import Site
from newsdigest.site.geography import HEIGHT, WIDTH, Point, land, view_of
from newsdigest.site.lists import chips, typeset_cards
from newsdigest.site.shapes import Chip, Shape

# So many places stand on the map of a day, and of a story, whose page is the heavier: more hide one
# another, and a reader does not read them.
MOST, MOST_OF_STORY = 10, 8
# Fewer show nothing that the text does not.
FEWEST = 2
# A story's scene leaves out a country with so many times fewer articles than its first place, if what
# is left is drawn so many times larger.
TIMES_FEWER, TIMES_LARGER = 3, 1.6
# How wide a letter is, and how high a line, in the units of the map.
LETTER, LINE = 6.0, 12.0
# Between a dot and its name, and between that and the edge.
GAP, EDGE = 3.0, 2.0
# A dot's radius: of one article, and how it grows, up to so many.
LEAST_RADIUS, GROWTH, MOST_SHOWN = 3.0, 1.1, 16
# Dots that overlap more than that are one.
APART = 0.8

Box = tuple[float, float, float, float]


class Dot(Shape, frozen=True):
    """One place, or several at one spot. An `area` is somewhere in a country. `title` names them, ""
    where `name` does: it stands at (`name_x`, `name_y`), its `anchor` as SVG has it, or is ""
    where there is no room.
    """

    x: int
    y: int
    radius: str
    area: bool
    title: str
    name: str = ""
    name_x: int = 0
    name_y: int = 0
    anchor: str = "start"


class PlacesMap(Shape, frozen=True):
    """A map in the units of its view box: `land` is the path of the coasts. `places` are those of the
    dots, most articles first."""

    width: int
    height: int
    land: str
    dots: tuple[Dot, ...]
    places: tuple[Chip, ...]


@dataclass
class _Spot:
    """Places that are one dot, the one of most articles first."""

    x: float
    y: float
    articles: int
    area: bool
    names: list[str] = field(default_factory=list)

    @property
    def radius(self) -> float:
        return LEAST_RADIUS + GROWTH * math.sqrt(min(self.articles, MOST_SHOWN))

    @property
    def box(self) -> Box:
        return (
            self.x - self.radius,
            self.y - self.radius,
            self.x + self.radius,
            self.y + self.radius,
        )


def places_map(places: Sequence[Place], site: Site) -> PlacesMap | None:
    """The map of these places, most articles first; None where they are fewer than `FEWEST` spots, or
    the site has no maps."""
    if not site.maps or len(places) < FEWEST:
        return None
    shown = places[:MOST]
    cards = typeset_cards([place.card for place in shown], site.lang)
    view = view_of([place.spot for place in shown])
    spots: list[_Spot] = []
    for place, card in zip(shown, cards, strict=True):
        x, y = view.point(place.spot.longitude, place.spot.latitude)
        found = _Spot(x, y, card.articles, place.spot.is_area, [card.name])
        beside = next((spot for spot in spots if _are_one(spot, found)), None)
        if beside is None:
            spots.append(found)
        else:
            beside.names.append(card.name)
            beside.area &= found.area
    if len(spots) < FEWEST:
        return None
    return PlacesMap(WIDTH, HEIGHT, land(view), _named(spots), chips(cards, site))


def scene(places: Sequence[Place]) -> tuple[Place, ...]:
    """A story's places without far countries that hardly belong to it: where everything happens around
    Aleppo, what the United States say of it would make a map of the world of it."""
    kept = list(places)
    while len(kept) > FEWEST:
        along = view_of([place.spot for place in kept]).along
        closer = [
            (view_of([one.spot for one in kept if one is not place]).along, -at)
            for at, place in enumerate(kept)
            if place.spot.is_area and place.card.articles * TIMES_FEWER <= kept[0].card.articles
        ]
        best, at = max(closer, default=(0.0, 0))
        if best < TIMES_LARGER * along:
            break
        del kept[-at]
    return tuple(kept)


def _are_one(spot: _Spot, other: _Spot) -> bool:
    return math.dist((spot.x, spot.y), (other.x, other.y)) < APART * (spot.radius + other.radius)


def _named(spots: Sequence[_Spot]) -> tuple[Dot, ...]:
    """The dots, each with its name beside it where no other dot or name is in the way."""
    taken = [spot.box for spot in spots]
    dots = []
    for spot in spots:
        text = spot.names[0] if len(spot.names) == 1 else f"{spot.names[0]} +{len(spot.names) - 1}"
        wide = sum(LETTER * (2 if east_asian_width(sign) in "WF" else 1) for sign in text)
        own = spot.box
        free = (
            side
            for side in _sides(spot, wide)
            if _is_within(side[2])
            and not any(_meet(side[2], other) for other in taken if other != own)
        )
        place, anchor, box = next(free, ((0.0, 0.0), "start", None))
        if box is not None:
            taken.append(box)
        name, names = text if box is not None else "", ", ".join(spot.names)
        dots.append(
            Dot(
                x=round(spot.x),
                y=round(spot.y),
                radius=f"{spot.radius:.1f}",
                area=spot.area,
                title="" if names == name else names,
                name=name,
                name_x=round(place[0]),
                name_y=round(place[1]),
                anchor=anchor,
            )
        )
    return tuple(dots)


def _sides(spot: _Spot, wide: float) -> list[tuple[Point, str, Box]]:
    """Where a name may stand: right of its dot, left, below, above, or at its corners; where its line
    begins, and its box."""
    x, y, off, near = spot.x, spot.y, spot.radius + GAP, spot.radius * 0.6
    beside, below, above = y + LINE / 3, y + spot.radius + LINE * 0.9, y - spot.radius - GAP
    places: list[tuple[Point, str]] = [
        ((x + off, beside), "start"),
        ((x - off, beside), "end"),
        ((x, below), "middle"),
        ((x, above), "middle"),
        *(((x + near, line), "start") for line in (above, below)),
        *(((x - near, line), "end") for line in (above, below)),
    ]
    sides = []
    for at, anchor in places:
        left = at[0] - wide * _SHARE_BEFORE[anchor]
        sides.append((at, anchor, (left, at[1] - 9, left + wide, at[1] + 3)))
    return sides


_SHARE_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}


def _is_within(box: Box) -> bool:
    left, top, right, bottom = box
    return left >= EDGE and top >= EDGE and right <= WIDTH - EDGE and bottom <= HEIGHT - EDGE


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
