"""The map of a page's places: which part of the world it shows, where dots and names stand, and when
there is none."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest
from newsdigest.archive.places import Place
from newsdigest.entities.coordinates import Spot
from newsdigest.site.geography import HEIGHT, MOST_SIGNS, WIDTH, View, land, view_of
from newsdigest.site.places_map import MOST, Dot, PlacesMap, places_map, scene
from samples import EVIL, SITE, entity

PARIS, LYON, LONDON = Spot(48.85, 2.35), Spot(45.75, 4.85), Spot(51.5, -0.13)
FIJI, SAMOA, ALASKA = Spot(-17.8, 178.0), Spot(-13.6, -172.5), Spot(61.2, -149.9)
TOKYO, WASHINGTON, SYDNEY = Spot(35.7, 139.7), Spot(38.9, -77.0), Spot(-33.9, 151.2)
ALEPPO, MOSUL = Spot(36.2, 37.2), Spot(36.3, 43.1)
STATES, TURKEY = Spot(39.5, -99.1, True), Spot(39.0, 35.4, True)


def place(name: str, spot: Spot, articles: int = 1, url: str | None = None) -> Place:
    known = entity(name, "place", articles=articles)
    return Place(known if url is None else replace(known, url=url), spot)


def drawn(*places: Place) -> PlacesMap:
    found = places_map(places, SITE)
    assert found is not None
    return found


# -- which part of the world -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spots",
    [
        (PARIS, LYON), (PARIS, LONDON, LYON), (PARIS, TOKYO), (FIJI, SAMOA), (TOKYO, ALASKA),
        (PARIS, TOKYO, WASHINGTON, SYDNEY), (Spot(83, 0), Spot(82, 30)), (Spot(-54, -68), Spot(-60, -60)),
        (Spot(60, 10), Spot(-34, 18)), (Spot(0, 180), Spot(0, -180)), (PARIS, PARIS),
    ],
)  # fmt: skip
def test_every_place_is_on_its_map(spots: tuple[Spot, ...]) -> None:
    view = view_of(spots)
    for spot in spots:
        x, y = view.point(spot.longitude, spot.latitude)
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT


def test_a_map_of_one_country_shows_what_is_around_it() -> None:
    view = view_of((PARIS, LYON))
    assert 20 < WIDTH / view.across < 40
    assert view.point(-3, 48)[0] > 0  # Brittany
    assert view.point(7, 44)[1] < HEIGHT  # the Mediterranean


def test_a_degree_east_is_shorter_than_one_north_far_from_the_equator() -> None:
    north, equator = view_of((Spot(60, 10), Spot(60, 15))), view_of((Spot(0, 10), Spot(0, 15)))
    assert north.across == pytest.approx(north.along * 0.5, rel=0.01)
    assert equator.across == pytest.approx(equator.along * 0.95, rel=0.01)


def test_neighbours_over_the_date_line_are_neighbours_on_the_map() -> None:
    view = view_of((FIJI, SAMOA))
    (fiji, _), (samoa, _) = (view.point(one.longitude, one.latitude) for one in (FIJI, SAMOA))
    assert fiji < samoa
    assert WIDTH / view.across < 60
    assert view_of((SAMOA, FIJI)) == view


def test_places_all_around_the_world_are_on_a_map_of_the_world_that_parts_no_land() -> None:
    view = view_of((PARIS, TOKYO, WASHINGTON, SYDNEY))
    assert WIDTH / view.across == 360
    chukotka, alaska = view.point(-171, 66)[0], view.point(-167, 66)[0]
    assert chukotka > WIDTH - 5
    assert alaska < 5
    (washington, _), (paris, _), (tokyo, _) = (
        view.point(one.longitude, one.latitude) for one in (WASHINGTON, PARIS, TOKYO)
    )
    assert washington < paris < tokyo


# -- coasts ------------------------------------------------------------------------------------------


def points(path: str) -> list[list[tuple[int, int]]]:
    """The rings of a path, in units."""
    found = []
    for ring in path.removesuffix("z").split("z") if path else []:
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x = y = 0
        line = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            line.append((x, y))
        found.append(line)
    return found


def is_land(view: View, longitude: float, latitude: float) -> bool:
    x, y = view.point(longitude, latitude)
    inside = False
    for ring in points(land(view)):
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


def test_land_is_where_it_is_from_near_and_from_far() -> None:
    near, far = view_of((PARIS, LYON)), view_of((PARIS, TOKYO, WASHINGTON, SYDNEY))
    for view in (near, far):
        assert is_land(view, 3, 47)  # Burgundy
        assert not is_land(view, -6, 46)  # the Bay of Biscay
    assert is_land(far, 135, -25)  # Australia
    assert is_land(far, -60, -10)  # Amazonia
    assert is_land(far, 178, 67)  # the far end of Siberia
    assert not is_land(far, -140, 0)  # the Pacific


def test_land_goes_on_over_the_date_line() -> None:
    view = view_of((Spot(66, 178), Spot(65, -173)))
    assert is_land(view, 177, 67)
    assert is_land(view, -176, 67)


@pytest.mark.parametrize(
    "spots", [(PARIS, LYON), (FIJI, SAMOA), (PARIS, TOKYO, WASHINGTON), (ALEPPO, MOSUL)]
)
def test_coasts_are_cut_at_the_edges_and_weigh_little(spots: tuple[Spot, ...]) -> None:
    path = land(view_of(spots))
    assert len(path) < MOST_SIGNS * 1.3
    assert re.fullmatch(r"(M-?\d+[ -]-?\d+l[-\d ]+z)+", path)
    for ring in points(path):
        assert all(-5 <= x <= WIDTH + 5 and -5 <= y <= HEIGHT + 5 for x, y in ring)


def test_a_map_of_the_high_sea_has_no_land() -> None:
    assert land(view_of((Spot(-40, -130), Spot(-42, -125)))) == ""


# -- dots and names ----------------------------------------------------------------------------------


def test_a_map_says_where_and_how_much() -> None:
    found = drawn(place("Paris", PARIS, 9), place("Londres", LONDON, 2))
    paris, london = found.dots
    assert (paris.name, london.name) == ("Paris", "Londres")
    assert paris.x > london.x
    assert paris.y > london.y
    assert float(paris.radius) > float(london.radius)
    assert [(chip.name, chip.url, chip.articles) for chip in found.places] == [
        ("Paris", "/entites/paris/", "9"),
        ("Londres", "/entites/londres/", "2"),
    ]


def test_fewer_than_two_spots_are_no_map() -> None:
    assert places_map([], SITE) is None
    assert places_map([place("Paris", PARIS)], SITE) is None
    assert places_map([place("Paris", PARIS), place("Lutèce", PARIS)], SITE) is None


def test_a_site_without_maps_has_none() -> None:
    assert (
        places_map([place("Paris", PARIS), place("Lyon", LYON)], replace(SITE, maps=False)) is None
    )


def test_places_at_one_spot_are_one_dot_that_says_so_and_two_lines_of_the_list() -> None:
    ile = Spot(48.92, 2.36)
    found = drawn(place("Paris", PARIS, 3), place("Saint-Ouen", ile, 2), place("Lyon", LYON))
    assert [(dot.name, dot.title) for dot in found.dots] == [
        ("Paris +1", "Paris, Saint-Ouen"),
        ("Lyon", ""),
    ]
    assert [chip.name for chip in found.places] == ["Paris", "Saint-Ouen", "Lyon"]


def test_a_country_is_paler_than_a_city_and_a_city_in_its_middle_is_a_city() -> None:
    found = drawn(place("Turquie", TURKEY, 4), place("Alep", ALEPPO))
    assert [dot.area for dot in found.dots] == [True, False]
    beside = Spot(39.1, 35.5)
    assert (
        not drawn(place("Turquie", TURKEY), place("Kayseri", beside), place("Alep", ALEPPO))
        .dots[0]
        .area
    )


def boxes(dot: Dot) -> tuple[float, float]:
    wide = 6.0 * len(dot.name)
    left = dot.name_x - {"start": 0.0, "middle": 0.5, "end": 1.0}[dot.anchor] * wide
    return left, left + wide


def test_names_cover_neither_each_other_nor_another_dot_and_stay_on_the_map() -> None:
    towns = [
        place(f"Ville-sur-Eau {at}", Spot(48.5 + at % 3 * 0.9, 2.0 + at * 0.8), 3)
        for at in range(MOST)
    ]
    found = drawn(*towns)
    named = [dot for dot in found.dots if dot.name]
    assert 2 <= len(named) < len(found.dots)  # where there is no room, a dot has its title
    assert all(dot.title for dot in found.dots if not dot.name)
    for dot in named:
        left, right = boxes(dot)
        assert left >= 0
        assert right <= WIDTH
        for other in found.dots:
            if other is not dot:
                assert not (left < other.x < right and dot.name_y - 9 < other.y < dot.name_y + 3)
        for other in named:
            first, last = boxes(other)
            if other is not dot and abs(other.name_y - dot.name_y) < 12:
                assert right <= first or last <= left


def test_many_places_are_the_most_named_only() -> None:
    towns = [place(f"V{at}", Spot(45.0 + at / 10, float(at))) for at in range(30)]
    found = drawn(*towns)
    assert [chip.name for chip in found.places] == [f"V{at}" for at in range(MOST)]


def test_the_same_places_give_the_same_map() -> None:
    places = [place("Paris", PARIS, 9), place("Londres", LONDON, 2), place("Tokyo", TOKYO)]
    first = drawn(*places)
    land.cache_clear()
    assert drawn(*places) == first


def test_a_hostile_name_is_text_of_the_list_and_of_the_map() -> None:
    found = drawn(place(EVIL, PARIS), place("Lyon", LYON))
    assert EVIL in (found.dots[0].title, found.dots[0].name)


# -- a story's scene ---------------------------------------------------------------------------------


def test_a_scene_leaves_out_a_far_country_that_hardly_belongs_to_it() -> None:
    near = [place("Alep", ALEPPO, 9), place("Mossoul", MOSUL, 5)]
    assert scene([*near, place("États-Unis", STATES, 3)]) == tuple(near)


def test_a_scene_keeps_a_far_country_with_its_share_a_near_one_and_any_city() -> None:
    near = [place("Alep", ALEPPO, 9), place("Mossoul", MOSUL, 5)]
    for other in (
        place("États-Unis", STATES, 4),
        place("Turquie", TURKEY, 2),
        place("Washington", WASHINGTON, 2),
    ):
        assert scene([*near, other]) == (*near, other)


def test_a_scene_of_two_places_is_as_it_is() -> None:
    both = (place("Alep", ALEPPO, 9), place("États-Unis", STATES, 2))
    assert scene(both) == both
    assert scene(()) == ()


def test_a_spot_is_never_nowhere() -> None:
    view = view_of((PARIS,))
    assert all(map(math.isfinite, (*view, *view.point(2, 48))))
