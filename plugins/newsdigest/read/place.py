"""What a path says of the article in its file."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import normalize

from newsdigest.base.records import article_id
from newsdigest.base.settings import ParseRules


class Place(NamedTuple):
    """The article's id, its language folder ("" for none), its section; `plain` is the id without
    the language folder, "" for one without."""

    id: str
    lang: str
    section: str
    plain: str = ""


def place_of(path: str, rules: ParseRules) -> Place:
    """`path` is relative to the content folder, with slashes."""
    lang = section = plain = ""
    folders = normalize("NFC", path).split("/")[:-1]
    for at, folder in enumerate(folders):
        if not lang and folder.lower() in rules.langs:
            lang = folder.lower()
            plain = "/".join((*folders[:at], *article_id(path).split("/")[at + 1 :]))
        elif not section:
            section = folder
    return Place(article_id(path), lang, section, plain)
