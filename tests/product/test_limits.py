"""The lengths of lists that an editor sets are the lengths that readers see, above the defaults and below."""

from __future__ import annotations

from dataclasses import fields

import pytest
from lxml.html import HtmlElement
from newsdigest.base.settings import Limits
from newsroom import article, strange_text
from publication import Publication

DEFAULTS = Limits()
TOWNS = [f"{first}{last}" for first in ("Val", "Mor", "Ker", "Bel", "Sar", "Tor")
         for last in ("denne", "vigny", "gouste", "brac")]  # fmt: skip
NEWEST_DAY = 90
# What a reader counts on a page or in a feed, by the setting that says how many.
COUNTED = {
    "EARLIER_EDITIONS": ("", '//section[@aria-labelledby="earlier"]//li'),
    "CITED": ("", '//section[@aria-labelledby="cited"]//li'),
    "FRONT_CARDS": (
        "",
        "//main//article"
        " | //section[contains(@aria-labelledby, 'rubrique')]//li",
    ),
    "MENTIONS_PER_PAGE": ("entites/valdenne/", '//section[starts-with(@aria-labelledby,"mois-")]//li'),
    "TOGETHER": ("entites/valdenne/", '//section[@aria-labelledby="together"]//li'),
    "AGENCY_ARTICLES": ("agences/cvn/", "//main//ul[@class='plain']/li"),
    "SECTION_ARTICLES": (
        "rubriques/chantiers/", "//main//article | //main//ul[@class='plain']//li",
    ),
    "ENTITY_FEED_ENTRIES": ("feeds/entites/valdenne.atom", "//entry"),
    "ENTITIES_MOST_CITED": ("entites/", '//section[@aria-labelledby="most-cited"]//li'),
}  # fmt: skip


def told_of(headline: str) -> str:
    """A text of its own, so that no edition is a copy of another."""
    return " ".join(strange_text(f"{headline} {at}") for at in range(12))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """Thirty editions that all name two dozen towns; the newest is a long one."""
    made = Publication(tmp_path_factory.mktemp("limits") / "publication")
    named = "La route passe par " + ", ".join(TOWNS) + "."
    for at in range(29):
        headline = f"Le chantier numéro {at} avance"
        date = f"2026-{1 + at // 20:02}-{1 + at % 20:02}"
        made.write(f"{at}.txt", article(headline, date, f"{told_of(headline)} {named}"))
    for at in range(NEWEST_DAY):
        headline = f"Étape {at} du chantier"
        made.write(f"n{at}.txt", article(headline, "2026-02-20", f"{told_of(headline)} {named}"))
        # These are one story, and count once on the front page; what follows is none of it.
        other = strange_text(f"titre {at}").capitalize()
        made.write(f"chantiers/o{at}.txt", article(other, "2026-02-20", told_of(other)))
    made.write("entities.tsv", "".join(f"lieu\t{town}\n" for town in TOWNS))
    made.settings("ENTITY_TAGGER = 'rules'\nRAW_NOW = '2026-02-21'\nENTITIES_ON_ONE_PAGE = 10\n")
    return made


def shown(archive: Publication, wanted: dict[str, int]) -> dict[str, int]:
    """How many of each the pages show when the settings say `wanted`."""
    archive.settings("".join(f"{name} = {count}\n" for name, count in wanted.items()))
    run = archive.build(RAW_NOW="2026-02-21")
    assert run.code == 0, run.screen
    return {name: len(archive.page(page).xpath(path)) for name, (page, path) in COUNTED.items()}


@pytest.mark.parametrize(
    "wanted",
    [
        {"EARLIER_EDITIONS": 25, "CITED": 20, "FRONT_CARDS": 41, "MENTIONS_PER_PAGE": 37,
         "TOGETHER": 19, "ENTITY_FEED_ENTRIES": 33, "ENTITIES_MOST_CITED": 21,
         "AGENCY_ARTICLES": 104, "SECTION_ARTICLES": 60},
        {"EARLIER_EDITIONS": 4, "CITED": 3, "FRONT_CARDS": 2, "MENTIONS_PER_PAGE": 7,
         "TOGETHER": 5, "ENTITY_FEED_ENTRIES": 1, "ENTITIES_MOST_CITED": 8,
         "AGENCY_ARTICLES": 9, "SECTION_ARTICLES": 7},
        {"EARLIER_EDITIONS": 0, "CITED": 0, "FRONT_CARDS": 1, "MENTIONS_PER_PAGE": 1,
         "TOGETHER": 0, "ENTITY_FEED_ENTRIES": 1, "ENTITIES_MOST_CITED": 0,
         "AGENCY_ARTICLES": 1, "SECTION_ARTICLES": 1},
    ],
    ids=["above the defaults", "below", "the least"],
)  # fmt: skip
def test_lists_are_as_long_as_the_settings_say(
    archive: Publication, wanted: dict[str, int]
) -> None:
    assert shown(archive, wanted) == wanted


@pytest.mark.parametrize("more", [-90, 0, 1])
def test_search_engines_are_invited_from_the_number_set(archive: Publication, more: int) -> None:
    def town() -> HtmlElement:
        assert archive.build(RAW_NOW="2026-02-21").code == 0
        return archive.page("entites/valdenne/")

    articles = int(town().xpath("string(//dl[@class='facts']//dd)"))
    archive.settings(f"ENTITY_INDEX_FROM = {articles + more}\n")
    spared = town().xpath('//meta[@name="robots"]/@content')
    assert spared == (["noindex"] if more > 0 else [])


def test_every_length_of_a_list_is_tried() -> None:
    thresholds = {name for name in (f.name for f in fields(Limits)) if name.endswith("_from")}
    # How far back a feed goes is no length: tests/build/test_feed_history.py.
    tried = {name.lower() for name in COUNTED} | thresholds | {"feed_days", "feed_entries"}
    tried |= {"entity_feed_days", "entity_feed_least", "entity_feed_texts"}
    untold = {"in_process_below", "entities_on_one_page", "opml_feeds", "cards", "card_days"}
    # What a picture may have: tests/build/test_pictures.py, tests/pictures/.
    untold |= {"picture_megapixels", "picture_megabytes"}
    # Of what the search is made of: tests/site/test_spans.py.
    untold.add("search_articles")
    assert {f.name for f in fields(Limits)} - tried == untold
