"""Some days of a newsroom, small ones, as the soak plays them by the hundred: `invoke bench.soak`."""

from __future__ import annotations

from pathlib import Path

import pytest
from nightly import NIGHTLY

from benchmarks.soak import Difference, Soak


@pytest.mark.parametrize("seed", [7, 11] if NIGHTLY else [7])
def test_each_day_equals_a_clean_build_and_is_told_rightly(tmp_path: Path, seed: int) -> None:
    days = list(Soak(tmp_path, seed, few=3, many=6).run(8))
    assert days[-1].articles > 15
    assert sum(day.new for day in days) >= days[-1].articles
    assert sum(day.updated for day in days) > 5


def test_a_subscriber_told_too_much_ends_the_soak(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    soak = Soak(tmp_path, 7, few=3, many=6)
    shown = soak.desk.shown
    monkeypatch.setattr(soak.desk, "shown", lambda one: (shown(one), soak.desk.day))
    with pytest.raises(Difference, match="updated: missing"):
        list(soak.run(3))


def test_a_site_that_is_not_the_clean_build_s_ends_the_soak(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    soak = Soak(tmp_path, 7, few=3, many=6)
    site = type(soak.newsroom).site
    spoilt = property(lambda newsroom: {**site.fget(newsroom), "feeds/all.atom": b""})
    monkeypatch.setattr(type(soak.newsroom), "site", spoilt)
    with pytest.raises(Difference, match="day 0: 1 files are not the clean build's"):
        list(soak.run(3))
