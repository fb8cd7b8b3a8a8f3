"""Lists of words the core carries beside its code: `lang: one|two|three` lines, `#` before remarks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources

from newsdigest.text.folding import fold


@cache
def folded_list(name: str, lang: str = "") -> frozenset[str]:
    """The entries of `data/NAME` in that language, or in every one, folded."""
    return frozenset(fold(entry) for entry in listed(name, lang))


@cache
def listed(name: str, lang: str = "") -> tuple[str, ...]:
    """The entries of `data/NAME` in that language, or in every one, as written."""
    return tuple(
        entry for label, entries in _lines(name) if lang in ("", label) for entry in entries
    )


@cache
def lines_of(name: str) -> tuple[tuple[str, ...], ...]:
    """The entries of each line of `data/NAME`, as written."""
    return tuple(entries for _, entries in _lines(name))


def _lines(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = (resources.files("newsdigest") / "data" / name).read_text(encoding="utf-8")
    for line in text.split("\n"):
        if line and line[0] != "#":
            label, _, entries = line.partition(":")
            yield label, tuple(entry.strip() for entry in entries.split("|"))
