"""The places of a day and of a story, as the archive finds them, and the maps made of them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from newsdigest.archive.connections import read_store
from newsdigest.archive.readers import Archive
from newsroom import Newsroom, article

DAY = "2026-01-23"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


def places(newsroom: Newsroom, day: str = DAY) -> list[tuple[str, int, float]]:
    """(name, articles, latitude) of a day's places."""
    with closing(read_store(newsroom.folder / "cache" / "archive.sqlite")) as store:
        archive = Archive(store, newsroom.settings.addresses, newsroom.settings.limits)
        found = archive.places.on_day(day, 10)
    return [(place.card.name, place.card.articles, place.spot.latitude) for place in found]


def three_places(newsroom: Newsroom) -> None:
    newsroom.write(
        "a.txt", article("Un", DAY, "La délégation est arrivée à Oslo, puis à Hanoï et à Rome.")
    )
    newsroom.write(
        "x.txt", article("Zéro", "2026-01-09", "Il passe par Hanoï, par Tripoli et la Norvège.")
    )
    newsroom.write("b.txt", article("Deux", DAY, "Le roi est rentré à Oslo, en Norvège."))
    newsroom.write(
        "c.txt", article("Trois", DAY, "Le port de Tripoli a rouvert, et la Seine baisse.")
    )


def test_a_day_has_the_places_with_a_page_that_are_somewhere_most_named_first(
    newsroom: Newsroom,
) -> None:
    three_places(newsroom)
    newsroom.build()
    assert places(newsroom) == [("Oslo", 2, 59.91), ("Hanoï", 1, 21.02), ("Norvège", 1, 64.2)]


def test_a_place_that_gets_its_page_comes_onto_the_maps_of_days_that_named_it(
    newsroom: Newsroom,
) -> None:
    three_places(newsroom)
    newsroom.build()
    newsroom.write("z.txt", article("Après", "2026-01-24", "Il est allé à Rome."))
    newsroom.build()
    assert ("Rome", 1, 41.89) in places(newsroom)
    assert newsroom.site == newsroom.clean_build()


def test_editors_move_a_place_and_take_one_off_and_only_its_pages_are_made_again(
    newsroom: Newsroom,
) -> None:
    three_places(newsroom)
    newsroom.write("d.txt", article("Quatre", "2026-01-10", "Rien ne bouge à Belrive."))
    newsroom.build()
    before = newsroom.site
    newsroom.write("entities.tsv", "place\tTripoli\t\tat=34.44,35.85\nplace\tHanoï\t\tat=none\n")
    newsroom.build()
    assert places(newsroom) == [("Oslo", 2, 59.91), ("Norvège", 1, 64.2), ("Tripoli", 1, 34.44)]
    changed = {path for path, data in newsroom.site.items() if before.get(path) != data}
    assert "2026/01/23/index.html" in changed
    assert not {path for path in changed if "quatre" in path or "2026/01/10" in path}


def test_places_of_an_article_under_embargo_are_no_ones(newsroom: Newsroom) -> None:
    three_places(newsroom)
    held = article("Cinq", DAY, "Le sommet se tiendra à Lima, dit-on.")
    head, _, rest = held.partition("\n")
    newsroom.write("f.txt", article("Six", "2026-01-11", "Une délégation de Lima est venue."))
    newsroom.write("e.txt", f"{head}\nEmbargo : 2030-01-30 08:00\n{rest}")
    newsroom.build()
    assert "Lima" not in [name for name, _, _ in places(newsroom)]
    assert b"Lima" not in newsroom.site["2026/01/23/index.html"]
