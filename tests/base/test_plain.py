"""What the settings say, as text: the same in every process, another when the settings say otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise

from newsdigest.base.plain import plain
from publication import ROOT

SETTINGS = """
import re, functools, datetime, pathlib, enum
SIZES = {"small": 1}
class Desk:
    def __init__(self): self.names = {"Hà", "Anne", "Zoé", "Bao"}
    def head(self): return 1
class Day(enum.Enum): FIRST = 1
def longer(text, by=2): return text * by * SIZES["small"]
def outer():
    words = {"un", "deux", "trois"}
    return lambda text: text in words
def again(n): return again(n - 1)
ROUND = []
ROUND.append(ROUND)
VALUE = {
    "filters": {"longer": longer, "short": lambda text: text[:3] + longer(""), "known": outer()},
    "set": {"a", "b", "c", "d", ("e", 1)}, "frozen": frozenset({"x", "y", "z"}),
    "in": lambda x: x in {"p", "q", "r", "s"},
    "object": Desk(), "method": Desk().head, "class": Desk, "day": Day.FIRST, "again": again,
    "pattern": re.compile("a" * 300), "part": functools.partial(longer, by=3),
    "when": datetime.datetime(2026, 1, 2), "where": pathlib.PurePosixPath("a/b"),
    "module": re, "built in": len, "bare": object(), "round": ROUND, "huge": 10 ** 6000,
    "inner": lambda: (lambda: SIZES),
}
"""


def told(code: str = SETTINGS, seed: str = "0", before: str = "") -> str:
    """The VALUE of some settings, told in a process of its own."""
    program = f"{before}\n{code}\nfrom newsdigest.base.plain import plain\nprint(plain(VALUE))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "plugins")},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def test_any_value_tells_the_same_in_every_process() -> None:
    # What stands before moves lines and addresses.
    assert told(seed="1") == told(seed="2", before="\n\n\nfiller = [object() for _ in range(999)]")


def test_a_function_that_does_something_else_tells_so() -> None:
    changed = (
        ("by=2", "by=4"),
        ("text[:3]", "text[:5]"),
        ('"small": 1', '"small": 9'),
        ('"trois"', '"quatre"'),
        ('"p", "q"', '"p", "t"'),
        ("by=3)", "by=5)"),
        ('"Bao"', '"Minh"'),
        ('"a" * 300', '"a" * 301'),
        ("10 ** 6000", "10 ** 6000 + 1"),
    )
    for old, new in changed:
        assert SETTINGS.count(old) == 1
        assert told(SETTINGS.replace(old, new)) != told(), new


def test_values_of_other_kinds_tell_themselves_apart() -> None:
    values: list[object] = [1, True, 1.0, "1", b"1", [1], (1,), {1}, {1: 1}, None, [], (), {}]
    texts = sorted(map(plain, values))
    assert all(one != other for one, other in pairwise(texts))


def test_the_order_of_a_dictionary_counts_for_pages_show_it() -> None:
    assert plain({"a": 1, "b": 2}) != plain({"b": 2, "a": 1})


def test_what_is_nested_without_end_ends() -> None:
    value: list[object] = []
    for _ in range(5000):
        value = [value]
    assert len(plain(value)) < 2000
