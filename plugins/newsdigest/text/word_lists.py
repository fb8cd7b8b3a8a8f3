"""Lists of words the core carries beside its code: `lang: one|two|three` lines, `#` before remarks."""

from __future__ import annotations

from functools import cache
from importlib import resources

from newsdigest.text.folding import fold


@cache
def folded_list(name: str) -> frozenset[str]:
    """The entries of `data/NAME` in every language, folded."""
    text = (resources.files("newsdigest") / "data" / name).read_text(encoding="utf-8")
    lines = (line for line in text.split("\n") if line and line[0] != "#")
    return frozenset(
        fold(one.strip()) for line in lines for one in line.partition(":")[2].split("|")
    )
