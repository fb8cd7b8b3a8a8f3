"""What the clock decides: what is still to come is nowhere on the site, whichever way the clock goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import pytest
from newsdigest.base.errors import BuildError
from newsroom import Newsroom, article, site

DAYS = ("2026-01-10", "2026-01-15", "2026-01-20", "2026-02-10", "2026-12-31")


def at(newsroom: Newsroom, moment: str, **more: Any) -> dict[str, object]:
    """The settings of a build at that moment."""
    now = datetime.fromisoformat(moment)
    return {"rules": replace(newsroom.settings.rules, now=now), **more}


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """Articles of five days who name, cite, follow and copy each other."""
    newsroom = Newsroom(tmp_path)
    for number, day in enumerate(DAYS):
        text = f"La maire Anna Korvat a rouvert le pont numéro {number} de Genève mardi."
        cites = tuple(f"Le pont du {other}" for other in DAYS if other != day)
        newsroom.write(f"pont-{day}.txt", article(f"Le pont du {day}", day, text, cites))
        newsroom.write(f"copie-{day}.txt", article(f"Le pont du {day}", day, text, cites))
    newsroom.write("soir.txt", article("Le bac du soir", "2026-01-20 18:00"))
    newsroom.write("loin.txt", article("La fusée de demain", "2027-02-10"))
    return newsroom


def test_an_embargo_of_the_evening_is_nowhere_in_the_morning(newsroom: Newsroom) -> None:
    newsroom.build(**at(newsroom, "2026-01-20T17:59:59+01:00"))
    assert all(b"Le bac du soir" not in data for data in newsroom.site.values())
    newsroom.build(**at(newsroom, "2026-01-20T18:00:00+01:00"))
    assert b"Le bac du soir" in newsroom.site["2026/01/20/le-bac-du-soir.html"]


def test_a_clock_before_the_last_builds_stops_the_build(newsroom: Newsroom) -> None:
    newsroom.build(**at(newsroom, "2026-01-20T12:00+01:00"))
    before = newsroom.site
    newsroom.write("port.txt", article("Le port ferme"))
    with pytest.raises(BuildError) as refused:
        newsroom.build(**at(newsroom, "2026-01-20T11:59+01:00"))
    assert (refused.value.exitcode, newsroom.site) == (1, before)
    assert "2026-01-20 11:59:00+01:00" in str(refused.value)
    assert "--allow-clock-back" in str(refused.value)
    report = newsroom.build(**at(newsroom, "2026-01-20T12:00+01:00")).report
    assert (report.new, "2026/01/15/le-port-ferme.html" in newsroom.site) == (1, True)


def test_clocks_are_compared_as_moments_not_as_they_are_read(newsroom: Newsroom) -> None:
    """In the hour that comes twice the later moment has the earlier minute."""
    zone = replace(newsroom.settings.rules, timezone="America/New_York")
    for moment in ("2025-11-02T01:50-04:00", "2025-11-02T01:10-05:00", "2025-11-02T06:10+00:00"):
        newsroom.build(rules=replace(zone, now=datetime.fromisoformat(moment)))
    with pytest.raises(BuildError):
        newsroom.build(rules=replace(zone, now=datetime.fromisoformat("2025-11-02T01:55-04:00")))


def test_a_clock_that_went_back_makes_drafts_of_what_is_ahead_again(newsroom: Newsroom) -> None:
    newsroom.build(**at(newsroom, "2026-02-10T09:00+01:00"))
    back = at(newsroom, "2026-01-15T09:00+01:00", allow_clock_back=True)
    report = newsroom.build(**back).report
    assert (report.draft, report.rejected) == (7, 1)
    whole = b"".join(newsroom.site.values())
    for ahead in ("Le bac du soir", "pont numéro 2", "pont numéro 3", "le-pont-du-2026-01-20"):
        assert ahead.encode() not in whole
    assert newsroom.site == newsroom.clean_build(**back)


MOMENTS = (
    "2026-01-01T00:00+01:00",
    "2026-01-14T23:00+00:00",
    "2026-01-20T18:00+01:00",
    "2027-01-01T00:00-05:00",
)


def test_the_site_is_the_clean_builds_for_any_order_of_clocks(newsroom: Newsroom) -> None:
    clean = {
        moment: newsroom.clean_build(**at(newsroom, moment, allow_clock_back=True))
        for moment in MOMENTS
    }
    steps = {step for order in permutations(MOMENTS) for step in pairwise(order)}
    for number, (first, then) in enumerate(sorted(steps)):
        places = {name: str(newsroom.folder / f"{number}" / name) for name in ("output", "cache")}
        for moment in (first, then, first):
            newsroom.build(**at(newsroom, moment, allow_clock_back=True, **places))
            assert site(Path(places["output"])) == clean[moment], (first, then, moment)
