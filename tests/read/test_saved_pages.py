"""Pages in the shapes of real sites, none of which the reader was made for: what is found of each.

`tests/data/saved_pages/told.json` says what a reader of each page would call its headline, day and text.
Most were written before anybody looked at what became of them.
"""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from newsdigest.base.records import Article, Rejection
from newsdigest.read.formats import parse_raw
from publication import ROOT
from wire import RULES

PAGES = ROOT / "tests" / "data" / "saved_pages"
TOLD = json.loads((PAGES / "told.json").read_text(encoding="utf-8"))
ARTICLES = [name for name, told in TOLD.items() if "refused" not in told]


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(len(words) - 3, 1)))


def said(article: Article) -> str:
    blocks = [one for one in article.blocks if one.type not in ("photo", "related")]
    cells = [cell for one in blocks for row in one.rows for cell in row]
    return "\n".join(
        [*(one.text for one in blocks), *(i for one in blocks for i in one.items), *cells]
    )


def share_found(found: str, true: str) -> float:
    """The F1 of two texts as bags of four words in a row."""
    one, other = shingles(found), shingles(true)
    return 2 * sum((one & other).values()) / (sum(one.values()) + sum(other.values()))


@pytest.mark.parametrize("name", ARTICLES)
def test_headline_day_and_text_of_a_page_of_another_make_are_found(name: str) -> None:
    told = TOLD[name]
    found = parse_raw((PAGES / name).read_bytes(), name, RULES)
    assert isinstance(found, Article), found
    assert (found.headline, f"{found.published:%Y-%m-%d}") == (told["headline"], told["day"])
    assert share_found(said(found), "\n".join(told["body"])) > 0.93


@pytest.mark.parametrize("name", sorted(TOLD.keys() - set(ARTICLES)))
def test_a_page_without_its_text_is_refused(name: str) -> None:
    found = parse_raw((PAGES / name).read_bytes(), name, RULES)
    assert isinstance(found, Rejection)
    assert found.code == TOLD[name]["refused"]
