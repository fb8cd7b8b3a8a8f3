"""A pattern that is compiled late finds what it would have found."""

from __future__ import annotations

import re

import pytest
from newsdigest.base.late import late


def test_a_late_pattern_finds_what_a_compiled_one_does() -> None:
    found = late(r"(\d+) mars", re.IGNORECASE)
    for _again in range(2):
        assert [found.fullmatch(text) is not None for text in ("3 MARS", "3 mai")] == [True, False]
        assert found.sub(r"\1/03", "le 3 mars, le 14 Mars") == "le 3/03, le 14/03"
    assert found.pattern == r"(\d+) mars"


def test_a_late_pattern_that_is_none_says_so_when_it_is_asked() -> None:
    found = late("(")
    with pytest.raises(re.error):
        found.search("")
