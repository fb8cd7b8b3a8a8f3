"""The mistakes that are tried on the code can still be made in it."""

from __future__ import annotations

import ast
from collections import Counter

import pytest

from tests.feed_mutants import MUTANTS
from tests.mutants import CORE, ROOMS, ROOT, Mutant


@pytest.mark.parametrize("room", ROOMS)
def test_every_mistake_that_is_tried_can_still_be_made(room: str) -> None:
    """Whoever changes the line writes the mistake anew, in `tests/mutants.py` or beside it."""
    found = ((one.why, _fault(one)) for one in ROOMS[room].mutants)
    assert [(why, fault) for why, fault in found if fault] == []


def _fault(mutant: Mutant) -> str:
    file = ROOT / CORE / mutant.file
    if not file.is_file():
        return f"there is no {mutant.file}"
    source = file.read_text(encoding="utf-8")
    if (count := source.count(mutant.before)) != 1:
        return f"{count} times in {mutant.file}: {mutant.before}"
    if mutant.after == mutant.before:
        return "nothing is changed"
    try:
        ast.parse(source.replace(mutant.before, mutant.after))
    except SyntaxError as error:
        return f"what is put in its place is no Python: {error}"
    return ""


@pytest.mark.parametrize("room", ROOMS)
def test_the_tests_that_must_notice_are_there(room: str) -> None:
    assert [test for test in ROOMS[room].tests if not (ROOT / test).exists()] == []


def test_no_mistake_is_tried_twice() -> None:
    tried = Counter((one.file, one.before, one.after) for r in ROOMS.values() for one in r.mutants)
    assert [one for one, times in tried.items() if times > 1] == []


def test_there_are_thirty_different_ones_of_feeds() -> None:
    assert len(MUTANTS) >= 30
    assert max(Counter((file, after) for file, _before, after, _why in MUTANTS).values()) == 1
