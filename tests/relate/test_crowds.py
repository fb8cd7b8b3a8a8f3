"""Words that hundreds of headlines share: what is remembered of them."""

from __future__ import annotations

import pytest
from newsdigest.relate.crowds import Crowds

DAY = "2026-01-15"
BULLETIN = ("bulletin", "journee", "meteo", "corvanne", "^lebulletinmeteo")


def crowds(*shared: set[str], probe: tuple[str, ...] = BULLETIN) -> Crowds:
    found = Crowds()
    found.note(probe, DAY, [frozenset(one) for one in shared])
    return found


@pytest.mark.parametrize(
    ("probe", "reached"),
    [
        (("bulletin", "meteo", "lorvat"), True),
        (("lorvat", "meteo", "journee", "bulletin"), True),
        (("bulletin", "lorvat", "tempete"), False),
        (("journee", "corvanne"), False),
    ],
)
def test_a_line_with_the_words_that_too_many_share_reaches_them_too(
    probe: tuple[str, ...], reached: bool
) -> None:
    """Nearly all say `journée`, one is of the line's own place: without these they are as many."""
    everyone = [{"bulletin", "meteo", "journee"}] * 9
    known = crowds(*everyone, {"bulletin", "meteo"}, {"bulletin", "meteo", "corvanne"})
    assert known.reached(probe, DAY) is reached


def test_a_crowd_that_a_headlines_beginning_brings_together_is_known_by_it() -> None:
    known = crowds({"^lebulletinmeteo", "bulletin"}, {"^lebulletinmeteo", "meteo"})
    assert known.reached(("^lebulletinmeteo", "lorvat"), DAY)
    assert not known.reached(("bulletin", "meteo"), DAY)


def test_another_day_has_another_crowd() -> None:
    known = crowds({"bulletin", "meteo"})
    assert known.reached(("bulletin", "meteo"), DAY)
    assert not known.reached(("bulletin", "meteo"), "2026-01-16")


def test_two_words_reach_fewer_where_three_are_asked_for() -> None:
    """Of a line of five words an article must share three: that crowd says nothing of more."""
    known = crowds({"bulletin", "meteo"})
    assert not known.reached(("bulletin", "meteo", "lorvat", "tempete", "neige"), DAY)
    asks_three = ("bulletin", "meteo", "lorvat", "tempete", "neige")
    known = crowds({"bulletin", "meteo", "neige"}, probe=asks_three)
    assert known.reached(("bulletin", "meteo", "neige"), DAY)
