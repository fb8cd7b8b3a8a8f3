"""The mistakes that are tried on the code of feeds can still be made in it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import newsdigest
import pytest

from tests.feed_mutants import MUTANTS

CORE = Path(newsdigest.__file__).parent


@pytest.mark.parametrize(("file", "before", "after", "why"), MUTANTS)
def test_a_mistake_in_feeds_can_be_made(file: str, before: str, after: str, why: str) -> None:
    """Whoever changes the line writes the mistake anew, in tests/feed_mutants.py."""
    source = (CORE / file).read_text(encoding="utf-8")
    assert (source.count(before), before != after) == (1, True), f"no longer tried: {why}"


def test_there_are_thirty_different_ones() -> None:
    assert len(MUTANTS) >= 30
    assert max(Counter((file, after) for file, _before, after, _why in MUTANTS).values()) == 1
