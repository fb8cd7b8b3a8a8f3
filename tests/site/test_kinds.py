"""The kinds of pages as declarations: each whole, none in another's way, all the site accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import newsdigest.site.kinds
import pytest
from gazette import Gazette
from newsdigest.base import addresses
from newsdigest.base.addresses import FORMATS, Address
from newsdigest.base.records import STANDING, Page
from newsdigest.publish.manifest import FOLDER
from newsdigest.site.kind import Bundle, Feed, Files, Formats, Html, PageKind, one
from newsdigest.site.kinds import KINDS
from newsdigest.site.plan import every_page
from newsroom import files_of
from sample_views import SAMPLES, THEME

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)

# Those there can be several pages of.
MANY = [kind for kind in KINDS if kind.names is not one]
# The pages that no article changes.
STEADY = {*map(Page, ("robots", "card", *STANDING)), Page("search_index", "programme")}


def twice(found: Iterable[object]) -> list[object]:
    return [it for it, count in Counter(found).items() if count > 1]


# -- what is declared ----------------------------------------------------------------------------


def test_no_two_kinds_share_a_name_a_setting_or_an_address() -> None:
    found = [address for kind in KINDS for address in kind.addresses]
    assert twice(kind.name for kind in KINDS) == []
    assert twice(address.setting for address in found if address.setting) == []
    assert twice(address.pattern for address in found) == []


def test_every_address_that_pages_lead_to_is_that_of_a_kind() -> None:
    declared = {address for kind in KINDS for address in kind.addresses}
    assert {it for it in vars(addresses).values() if isinstance(it, Address)} <= declared


@each_kind
def test_a_kind_has_as_many_files_as_formats(kind: PageKind, gazette: Gazette) -> None:
    archive = gazette.archive
    counts = {3, 2, 1} if isinstance(kind, Feed) else {1}
    if isinstance(kind, Files):
        counts = {2, 4, 6}
    if isinstance(kind, Bundle):
        counts = {0}
    counts = {len(FORMATS)} if isinstance(kind, Formats) else counts
    assert {len(kind.files(archive, name)) for name in kind.names(archive)} <= counts


def test_every_page_of_the_theme_has_a_kind_and_every_kind_its_page_and_samples() -> None:
    pages = {path.stem for path in (THEME / "templates").glob("*.html")} - {"base"}
    shown = {kind.template for kind in KINDS if isinstance(kind, Html)}
    assert pages == shown == set(SAMPLES)


def test_a_kind_imports_no_other_kind() -> None:
    folder = Path(newsdigest.site.kinds.__file__).parent
    sources = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}
    named = {name for name, text in sources.items() if "newsdigest.site.kinds" in text}
    assert named == {"__init__"}


def test_pictures_then_articles_are_published_first_and_the_front_after_all_it_links_to() -> None:
    assert KINDS[0].name == "picture"
    names = [kind.name for kind in KINDS if not isinstance(kind, Files)]
    pages = [kind.name for kind in KINDS if isinstance(kind, Html)]
    assert names[: len(pages) + 1] == ["article_formats", *pages]
    assert (pages[0], pages[-1]) == ("article", "front")
    assert names.index("entity_page") < names.index("entity")
    assert names.index("sitemap") < names.index("sitemaps")


# -- what there is -------------------------------------------------------------------------------


@each_kind
def test_what_a_kind_names_is_there_once(kind: PageKind, gazette: Gazette) -> None:
    archive = gazette.archive
    names = list(kind.names(archive))
    assert names
    assert twice(names) == []
    assert [name for name in names if not kind.has(archive, name)] == []


@pytest.mark.parametrize("kind", MANY, ids=lambda kind: kind.name)
def test_what_a_kind_does_not_know_is_not_there(kind: PageKind, gazette: Gazette) -> None:
    unknown = {"sitemap": "2031-01", "entity_page": "inconnu/9"}.get(kind.name, "inconnu")
    assert files_of(gazette.kinds, gazette.archive, Page(kind.name, unknown)) == ()


def test_the_site_is_the_files_of_all_pages_the_themes_and_the_record_of_them(
    gazette: Gazette,
) -> None:
    archive = gazette.archive
    files = [
        file for kind in KINDS for name in kind.names(archive) for file in kind.files(archive, name)
    ]
    assert twice(files) == []
    rest = set(gazette.newsroom.site) - set(files)
    assert set(files) <= set(gazette.newsroom.site)
    indexes = {file for file in rest if file.startswith("recherche/index/")}
    assert {file.partition("/")[0] for file in rest - indexes} == {"static", FOLDER}


# -- what is stale -------------------------------------------------------------------------------


def test_a_site_never_built_makes_every_page_for_one_reason(gazette: Gazette) -> None:
    assert set(gazette.first.reasons.values()) == {"the site was never built here"}
    always_there = {Page(kind.name) for kind in KINDS if kind not in MANY}
    always_there |= {Page("feed_page", name) for name in ("all", "editions")} | {Page("card")}
    always_there.add(Page("search_index", "programme"))
    assert set(gazette.first.reasons) == always_there


def test_an_archive_filed_at_once_makes_every_page_stale_in_the_order_of_publication(
    gazette: Gazette,
) -> None:
    everything = every_page(gazette.kinds, gazette.archive, "")
    assert list(gazette.whole.reasons) == [
        page
        for page in everything
        if page not in STEADY and not page.kind.startswith("corrections")
    ]


def test_the_first_correction_makes_every_page_lead_to_the_page_of_corrections(
    gazette: Gazette,
) -> None:
    assert set(gazette.corrected.reasons.values()) == {
        "there are corrections for the first time, or none any more"
    }
    assert list(gazette.corrected.reasons) == list(every_page(gazette.kinds, gazette.archive, ""))
