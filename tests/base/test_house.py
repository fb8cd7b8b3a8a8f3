"""The counts of the house can be taken by anyone."""

from __future__ import annotations

from benchmarks.house import CORE, count


def test_the_house_is_counted() -> None:
    found = count(CORE)
    assert found["files with SQL outside archive/"] == "0"
    assert found["modules in import circles"] == "0"
