"""Lists of words the core carries beside its code: `lang: one|two|three` lines, `#` before remarks."""

from __future__ import annotations

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
    text = (resources.files("newsdigest") / "data" / name).read_text(encoding="utf-8")
    lines = (line.partition(":") for line in text.split("\n") if line and line[0] != "#")
    return tuple(
        entry.strip()
        for label, _, entries in lines
        if lang in ("", label)
        for entry in entries.split("|")
    )
