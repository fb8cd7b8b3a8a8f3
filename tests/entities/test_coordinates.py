"""Which places stand on maps, and where: names that mean one place beyond doubt, and the editors' word."""

from __future__ import annotations

import math

import pytest
from newsdigest.entities.coordinates import NOWHERE, Spot, read_spot, spot_of
from newsdigest.entities.curated.file import read_curated, touched
from newsdigest.entities.one_thing import thing_key
from newsdigest.text.known_names import name_lines
from publication import ROOT


def named(name: str) -> Spot | None:
    return spot_of(thing_key(name))


def near(name: str, latitude: float, longitude: float) -> bool:
    spot = named(name)
    return spot is not None and math.dist((latitude, longitude), spot[:2]) < 1


def test_cities_of_the_wire_stand_where_they_are():
    assert near("Paris", 48.9, 2.4)
    assert near("Londres", 51.5, -0.1)
    assert near("Pékin", 39.9, 116.4)
    assert near("Hô Chi Minh-Ville", 10.8, 106.6)
    assert near("Hà Nội", 21.0, 105.9)
    assert near("Rio", -22.9, -43.2)
    assert near("Le Caire", 30.1, 31.2)
    assert near("Barcelone", 41.4, 2.2)


@pytest.mark.parametrize(
    "name",
    ["Tripoli", "Valence", "San José", "Santiago", "Brest", "Saint-Denis", "Cambridge", "Victoria",
     "Géorgie", "Grenade", "Bethléem", "Congo", "Corée"],
)  # fmt: skip
def test_a_name_of_two_places_stands_nowhere(name: str):
    assert named(name) is None


@pytest.mark.parametrize(
    "name",
    ["Bretagne", "Seine", "Rhin", "Tigre", "Afrique", "Asie", "Europe", "Ontario", "Québec", "Oklahoma",
     "mer Noire", "Proche-Orient", "Wall Street", "Jupiter", "Nulle-Part-sur-Loire"],
)  # fmt: skip
def test_regions_rivers_and_continents_stand_nowhere(name: str):
    assert named(name) is None


def test_a_country_is_an_area_under_all_its_names():
    assert named("États-Unis") == named("USA") == Spot(39.5, -99.1, is_area=True)
    germany, brasil = named("Germany"), named("Brésil")
    assert germany is not None
    assert germany == named("Allemagne")
    assert germany.is_area
    assert brasil is not None
    assert near("Brésil", -10.8, -53.1)


def test_a_country_over_the_date_line_stands_in_itself():
    assert near("Russie", 61.7, 99.7)
    assert near("Fidji", -17.8, 178.0)


def test_every_key_is_one_that_the_archive_files_by_and_every_spot_is_on_earth():
    keys = [line.partition("\t")[0] for line in name_lines("coordinates.tsv")]
    assert len(keys) == len(set(keys)) > 3000
    assert [key for key in keys if thing_key(key) != key] == []
    assert all(abs(spot.latitude) <= 84 for key in keys if (spot := spot_of(key)))


def test_a_place_of_a_hundred_names_written_by_hand_is_right_or_left_out():
    """Which country is nearest is asked in benchmarks/places.py; here, that no name without one place
    has a dot, and nearly every other has."""
    lines = (ROOT / "benchmarks/data/places-fr.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    doubtful = [name for name, country in rows if country == "-"]
    assert len(doubtful) > 40
    assert [name for name in doubtful if named(name)] == []
    certain = [name for name, country in rows if country != "-"]
    assert len([name for name in certain if named(name)]) >= 0.95 * len(certain)


# -- the editors' word -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "spot"),
    [
        ("48.85,2.35", Spot(48.85, 2.35)),
        ("-17.8, 178", Spot(-17.8, 178.0)),
        ("+90,-180", Spot(90.0, -180.0)),
        ("91,0", None),
        ("0,181", None),
        ("48,85;2,35", None),
        ("48.85", None),
        ("N48.85,E2.35", None),
        ("1e1,2", None),
        ("٤٨,٢", None),
        ("", None),
    ],
)
def test_a_spot_is_degrees_north_and_east(text: str, spot: Spot | None):
    assert read_spot(text) == spot


def test_editors_put_a_place_on_maps_move_it_or_take_it_off():
    file, faults = read_curated(
        "lieu\tValence\tVence-la-Belle\tat=44.93,4.89\nplace\tParis\t\tat=None\nplace\tOsq"
    )
    assert not faults
    assert spot_of("valence", file.at_of("valence")) == Spot(44.93, 4.89)
    assert file.at_of("vence la belle") == "44.93,4.89"
    assert file.at_of("paris") == NOWHERE
    assert spot_of("paris", file.at_of("paris")) is None
    assert file.at_of("osq") == "" == file.at_of("lyon")


@pytest.mark.parametrize(
    "line",
    ["place\tOsq\t\tat=48,85 2,35", "place\tOsq\t\tat=Paris", "place\tOsq\t\tat=99,2",
     "place\tOsq\t\tat=1,2; at=3,4", "person\tMarc Girod\t\tat=48.85,2.35"],
)  # fmt: skip
def test_a_wrong_place_is_one_line_and_the_line_does_not_count(line: str):
    file, (fault,) = read_curated(line)
    assert not file.entities
    assert "\n" not in fault.report(str)
    assert fault.code in ("E_ENTITY_VALUE", "E_ENTITY_OPTION")


def test_a_wrong_place_is_told_how_to_be_written():
    _, (fault,) = read_curated("place\tOsq\t\tat=Paris")
    assert fault.text(str) == 'at= cannot be "paris". Write at=48.85,2.35.'
    _, (fault,) = read_curated("personne\tMarc Girod\t\tat=48.85,2.35")
    assert fault.text(str).startswith("at=48.85,2.35 stands on the line of what is no place")


def test_moving_a_place_reaches_it_and_no_article():
    before, _ = read_curated("place\tOsq\t\tlabel=Osque")
    after, _ = read_curated("place\tOsq\t\tlabel=Osque at=1,2")
    change = touched(before, after)
    assert change.shown == {"osq"}
    assert not change.keys
    assert not change.surfaces
