"""Labels of IPTC codes, for items that give the code alone."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_CODE = re.compile(r"(?<!\d)(\d{8})(?!\d)")


def label_of(code: str, lang: str = "en") -> str:
    """What a code is called (`medtop:15000000`, `15054000`: of an older code its first level),
    "" for one that is not known."""
    match = _CODE.search(code)
    if match is None:
        return ""
    labels = _labels()
    found = labels.get(match[1])
    if found is None and match[1] < "18":
        found = labels.get(match[1][:2] + "000000")
    return found[lang == "fr"] if found else ""


def tag(kind: str, name: str, code: str) -> str:
    """`subject sport (medtop:15000000)`; "" for what has no name."""
    name = " ".join(name.split())
    if not name:
        return ""
    return f"{name} ({code})" if code and code != name else name


@cache
def _labels() -> dict[str, tuple[str, str]]:
    text = (resources.files("newsdigest") / "data" / "media_topics.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.split("\n") if line and line[0] != "#")
    return {code: (english, french) for code, english, french in rows}
