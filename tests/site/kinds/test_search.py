"""The search: what its page offers, and what its indexes hold."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import unquote

import pytest
from gazette import Gazette
from newsdigest.site.kinds.search import PROGRAM, index_files, search_view
from newsdigest.site.pagefind import Document, index


def documents(gazette: Gazette, name: str) -> dict[str, str]:
    """What the program is given for an index, by address."""
    given: dict[str, str] = {}

    def note(found: Iterable[Document], lang: str) -> dict[str, bytes]:
        assert lang == "fr"
        given.update((one.url, one.html) for one in found)
        return {}

    index_files(gazette.context, name, note)
    return given


def fragments(files: dict[str, bytes]) -> list[dict[str, object]]:
    packed = (data for path, data in files.items() if path.endswith(".pf_fragment"))
    return [json.loads(gzip.decompress(data)[12:]) for data in packed]


def test_the_page_offers_what_there_is_and_tells_its_script_where_to_look(gazette: Gazette) -> None:
    view = search_view(gazette.context, "")
    assert [(choice.value, choice.label) for choice in view.sections] == [("terre", "Terre")]
    assert [choice.value for choice in view.years] == ["2026", "2025"]
    assert json.loads(view.indexes)[0][:2] == ["2026-01", "janvier 2026"]
    assert [link.url for link in view.links] == [
        "/entites/",
        "/dossiers/",
        "/rubriques/",
        "/archives/",
    ]


def test_only_articles_of_the_lists_are_searched(gazette: Gazette) -> None:
    given = documents(gazette, "2026-01")
    folded = "/2026/01/13/un-journal-de-bord.html"
    assert "/2026/01/12/la-fregate-retrouvee.html" in given
    assert folded not in given
    assert len(given) == gazette.archive.periods.month_counts()[-1].articles


def test_a_document_is_found_by_its_text_and_its_filters(gazette: Gazette) -> None:
    html = documents(gazette, "2026-01")["/2026/01/23/le-port-double-son-quai.html"]
    (words,) = re.findall(r'data-pagefind-meta="f:([^"]*)"', html)
    assert {"zzy20269", "zznhanoi9", "zznoslo9", "zzaafp9"} <= set(words.split())
    assert "La délégation est arrivée à Hanoï dans la matinée" in unescape(html)


def test_a_document_says_nothing_of_the_headlines_it_cites(gazette: Gazette) -> None:
    html = documents(gazette, "2026-01")["/2026/01/23/le-port-double-son-quai.html"]
    assert "La frégate retrouvée" not in html
    assert "Une nouvelle qui viendra" not in html


def test_what_a_result_shows_is_not_searched_and_comes_back_as_it_was(gazette: Gazette) -> None:
    url, html = next(iter(documents(gazette, "2026-01").items()))
    files = index([Document(url, html)], "fr")
    (fragment,) = fragments(files)
    (anchor,) = fragment["anchors"]  # type: ignore[misc]
    headline, iso_date, told, *_rest = json.loads(unquote(anchor["id"]))  # type: ignore[index]
    assert fragment["url"] == url
    assert (iso_date[:7], told.endswith("2026")) == ("2026-01", True)
    assert str(fragment["content"]).startswith(headline.replace("\u00a0", " ").replace("’", "'"))


def test_the_program_is_there_once_with_what_its_language_needs(gazette: Gazette) -> None:
    files = index_files(gazette.context, PROGRAM, index)
    assert {"pagefind.js", "wasm.fr.pagefind", "pagefind-entry.json"} <= set(files)
    assert not [name for name in files if "ui" in name or "worker" in name or "unknown" in name]
    assert "pagefind.js" not in index_files(gazette.context, "2025", index)


@pytest.mark.parametrize("name", ["2025", "2026-01"])
def test_the_same_articles_are_the_same_bytes(gazette: Gazette, name: str) -> None:
    assert index_files(gazette.context, name, index) == index_files(gazette.context, name, index)
