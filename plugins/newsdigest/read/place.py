"""What a path says of the article in its file."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import normalize

from newsdigest.base.records import article_id
from newsdigest.base.settings import ParseRules


class Place(NamedTuple):
    """The article's id, its language folder ("" for none), its section."""

    id: str
    lang: str
    section: str


def place_of(path: str, rules: ParseRules) -> Place:
    """`path` is relative to the content folder, with slashes."""
    lang = section = ""
    for folder in normalize("NFC", path).split("/")[:-1]:
        if not lang and folder.lower() in rules.langs:
            lang = folder.lower()
        elif not section:
            section = folder
    return Place(article_id(path), lang, section)
