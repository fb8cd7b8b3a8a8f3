"""A news agency's page and feeds: what it signs, by day, under one name however it spells it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from gazette import Gazette
from newsdigest.base.agencies import DEFAULT_AGENCIES, full_name, usual_signature
from newsdigest.base.records import Card, Count
from newsdigest.base.settings import ParseRules
from newsdigest.site.kinds.agency import AGENCY_FEED, Agency, agency_page, agency_view
from newsroom import LIMITS, NOW, Newsroom, article
from samples import ADDRESSES, SITE, card


def signed(headline: str, agencies: str, date: str = "2026-01-15") -> str:
    return article(headline, date).replace("AFP/VNA/CVN", agencies)


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    rules = ParseRules(now=NOW, agencies=(("A.F.P.", "Agence fictive"),))
    return Newsroom(tmp_path, rules=rules, limits=replace(LIMITS, agency_page_from=2))


def pages(newsroom: Newsroom) -> set[str]:
    """The agencies that have a page, by slug."""
    newsroom.build(allow_removals=True)
    assert newsroom.site == newsroom.clean_build()
    return {path.split("/")[1] for path in newsroom.site if path.startswith("agences/")}


def test_articles_stand_by_day_newest_first() -> None:
    cards = [
        card("c", day="2026-01-20", iso_date="2026-01-20"),
        card("b", day="2026-01-02", iso_date="2026-01-02"),
        card("a", day="2025-11-30", iso_date="2025-11-30"),
    ]
    months = [Count("2025-11", 1), Count("2026-01", 2)]
    view = agency_page(
        SITE, ADDRESSES, Agency("AFP", "/agences/afp/", cards, months, "2025-11-30", "2026-01-20")
    )
    assert [(group.title, [t.headline for t in group.teasers]) for group in view.groups] == [
        ("20 janvier 2026", ["c"]),
        ("2 janvier 2026", ["b"]),
        ("30 novembre 2025", ["a"]),
    ]
    assert (view.articles, view.hidden) == ("3", "")
    assert (view.first.url, view.last.url) == ("/2025/11/30/", "/2026/01/20/")
    assert (view.name, view.full_name) == ("AFP", "Agence France-Presse")


def test_dispatches_in_other_languages_stand_after_the_days_under_the_name_of_theirs() -> None:
    english, french = card("b", lang="en"), card("a", lang="fr")
    months = [Count("2026-01", 2)]

    def groups(*cards: Card) -> list[tuple[str, int]]:
        view = agency_page(
            SITE,
            ADDRESSES,
            Agency("AFP", "/agences/afp/", cards, months, "2025-11-30", "2026-01-20"),
        )
        return [(group.title, len(group.teasers)) for group in view.groups]

    assert groups(english, french) == [("23 janvier 2026", 1), ("En anglais", 1)]
    assert groups(french) == [("23 janvier 2026", 1)]
    # One that sends nothing else is listed as it is.
    assert groups(english) == [("23 janvier 2026", 1)]


def test_articles_too_old_to_be_listed_are_counted() -> None:
    months = [Count("2025-11", 1200), Count("2026-01", 1)]
    cards = [card("c", day="2026-01-20")]
    view = agency_page(
        SITE, ADDRESSES, Agency("AFX", "/agences/afx/", cards, months, "2025-11-30", "2026-01-20")
    )
    assert (view.articles, view.hidden, view.full_name) == ("1\u202f201", "1\u202f200", "")


def test_the_page_leads_to_its_feeds_and_the_feeds_to_the_page(gazette: Gazette) -> None:
    view = agency_view(gazette.context, "afp")
    assert [feed.url for feed in view.feeds] == [
        "/feeds/agences/afp.atom",
        "/feeds/agences/afp.rss",
    ]
    assert AGENCY_FEED.source(gazette.context, "afp").page == "/agences/afp/"
    line = next(iter(AGENCY_FEED.chosen(gazette.context)))
    assert (line.title, line.about) == ("AFP", "Les articles signés AFP.")


@pytest.mark.parametrize(
    ("signature", "usual"),
    [
        ("XINHUA", "Xinhua"),
        ("Chine Nouvelle", "Xinhua"),
        ("Agence France-Presse", "AFP"),
        ("AVI", "VNA"),
        ("AFX", "AFX"),
    ],
)
def test_one_agency_goes_by_one_signature(signature: str, usual: str) -> None:
    assert usual_signature(signature) == usual


def test_a_usual_signature_tells_the_full_name() -> None:
    names = {usual_signature(code): name for code, name in DEFAULT_AGENCIES}
    assert {code: full_name(code) for code in names} == names


def test_an_agency_has_a_page_from_so_many_articles_however_it_signs(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", signed("Le pont rouvre", "XINHUA"))
    newsroom.write("b.txt", signed("Le port ferme", "Reuters"))
    assert pages(newsroom) == set()
    newsroom.write("c.txt", signed("Le riz monte", "Chine Nouvelle"))
    assert pages(newsroom) == {"xinhua"}
    newsroom.write("a.txt", signed("Le pont rouvre", "Reuters"))
    assert pages(newsroom) == {"reuters"}


def test_of_two_agencies_of_one_slug_the_second_by_name_is_numbered(newsroom: Newsroom) -> None:
    for at in range(3):
        newsroom.write(f"{at}.txt", signed(f"Étape {at} du chantier", "AFP"))
    assert pages(newsroom) == {"afp"}
    before = newsroom.site["feeds/agences/afp.atom"]
    newsroom.write("x.txt", signed("Le pont rouvre", "A.F.P./Belga"))
    # The page of the one that was there first is `afp-2` now: the other comes first by name.
    assert pages(newsroom) == {"afp-2"}
    for at in range(3):
        newsroom.write(f"{at}.txt", signed(f"Étape {at} du chantier", "A.F.P./Belga"))
    assert pages(newsroom) == {"afp", "belga"}
    assert newsroom.site["feeds/agences/afp.atom"] != before


def test_a_copy_folded_under_another_is_in_no_agencys_list(newsroom: Newsroom) -> None:
    text = (
        "Le journal de bord de la frégate Aurélie a été retrouvé dans les réserves du musée maritime"
        " de Belrive, où il dormait depuis deux siècles entre des rouleaux de cordage et des caisses"
        " de vaisselle, a annoncé la conservatrice, qui montrera les premières pages au printemps."
    )
    for name, headline in (("a", "La frégate retrouvée"), ("b", "Un journal de bord")):
        newsroom.write(
            f"{name}.txt", article(headline, "2026-01-15", text).replace("AFP/VNA/CVN", "Belga")
        )
    assert pages(newsroom) == set()
    newsroom.write("c.txt", signed("Le port ferme", "Belga"))
    assert pages(newsroom) == {"belga"}
    (newsroom.content / "c.txt").unlink()
    assert pages(newsroom) == set()
