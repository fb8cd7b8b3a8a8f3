"""An entity's pages, the newest and the full older ones."""

from __future__ import annotations

from dataclasses import replace

from gazette import Gazette
from msgspec.structs import replace as restated
from newsdigest.base.records import Count, EntityMention, Role
from newsdigest.entities.coordinates import Spot
from newsdigest.site.kinds.entity import (
    EntityView,
    Portrait,
    entity_page,
    entity_view,
    older_view,
)
from samples import ADDRESSES, DAY, SITE, card, data, entity

ELISE = entity("Élise")


def page(**more: object) -> EntityView:
    """Of Élise, whom search engines are told of from her third article on."""
    made = Portrait(ELISE, (), 3)
    return entity_page(SITE, ADDRESSES, restated(made, **more))  # type: ignore[arg-type]


def mention(name: str, day: str = DAY) -> EntityMention:
    return EntityMention(card(name, day=day), "Selon ", "Élise", ", le quai avance.")


def test_mentions_are_grouped_by_month_newest_first() -> None:
    view = page(mentions=[mention("b"), mention("a", "2025-12-30")], forms=["Élise", "E."])
    assert [(group.label, len(group.quotes)) for group in view.groups] == [
        ("Janvier 2026", 1),
        ("Décembre 2025", 1),
    ]
    assert view.forms == ("E.",)


def test_a_full_older_page_shows_nothing_that_would_change() -> None:
    """Though it was asked when there were three pages, then nine, and twice as many articles."""
    older = page(page=1, pages=3)
    later = page(page=1, pages=9, entity=replace(ELISE, articles=10))
    assert older == later
    assert (older.chart, older.first, older.count, older.articles) == (None, None, 0, "")
    assert older.newer is not None
    assert older.newer.url == "/entites/élise/page/2/"


def test_facts_charts_and_company_stand_on_the_newest_page_alone(gazette: Gazette) -> None:
    context = gazette.context
    newest, older = entity_view(context, "anna-korvat"), older_view(context, "anna-korvat/1")
    assert [len(group.quotes) for view in (newest, older) for group in view.groups] == [3, 3]

    def changing(view: EntityView) -> list[bool]:
        return [
            bool(it) for it in (view.count, view.first, view.together, view.roles, view.stories)
        ]

    assert (changing(newest), changing(older)) == ([True] * 5, [False] * 5)
    assert (older.forms, older.chart, older.feeds) == ((), None, ())


def test_the_page_before_the_newest_leads_to_the_entitys_own_address() -> None:
    view = page(page=2, pages=3)
    assert view.older is not None
    assert view.newer is not None
    assert (view.older.url, view.newer.url) == ("/entites/élise/page/1/", "/entites/élise/")
    newest = page(page=3, pages=3)
    assert newest.older is not None
    assert (newest.older.url, newest.newer) == ("/entites/élise/page/2/", None)


def test_a_name_met_twice_is_not_offered_to_search_engines() -> None:
    noindex = [page(entity=entity("Élise", articles=count)).head.noindex for count in (2, 3)]
    assert noindex == [True, False]


def test_the_pages_own_feeds_come_first() -> None:
    view = page(feeds=["/feeds/entites/élise.atom"])
    assert [feed.url for feed in view.head.feeds] == [
        "/feeds/entites/élise.atom",
        "/feeds/all.atom",
        "/feeds/all.rss",
    ]


def test_a_chart_keeps_the_empty_months_and_turns_to_years_when_they_are_many() -> None:
    chart = page(months=[Count("2025-11", 2), Count("2026-01", 4)]).chart
    assert chart is not None
    assert chart.rows == (("janvier 2026", "4"), ("décembre 2025", "0"), ("novembre 2025", "2"))
    assert [bar.newest for bar in chart.bars] == [False, True]
    years = page(months=[Count("2012-03", 1), Count("2026-01", 4)]).chart
    assert years is not None
    assert (years.by_year, len(years.rows), years.rows[0]) == (True, 15, ("2026", "4"))


def test_first_and_last_mentions_are_days_and_a_month_where_no_day_is_written() -> None:
    view = page(first="2025-12", last="2026-01-01")
    assert view.first is not None
    assert view.last is not None
    assert (view.first.label, view.first.url) == ("Décembre 2025", "/2025/12/")
    assert (view.last.label, view.last.url) == ("1er janvier 2026", "/2026/01/01/")


def test_a_role_says_its_language_and_its_days() -> None:
    roles = [Role("maire", "2025-12", "2026-01-01"), Role("mayor", DAY, DAY, "en")]
    told = [(role.name, role.when, role.attrs) for role in page(roles=roles).roles]
    assert told == [
        ("maire", "de décembre 2025 au 1er janvier 2026", ""),
        ("mayor", "23 janvier 2026", ' lang="en"'),
    ]


# -- what machines are told ----------------------------------------------------------------------


def test_a_persons_page_is_about_that_person_as_it_is_shown() -> None:
    roles = [Role("maire de Valmer", DAY, DAY), Role("ministre des Ports", DAY, DAY)]
    view = page(
        mentions=[mention("b"), mention("a")],
        forms=["Élise", "E."],
        roles=roles,
        link="https://valmer.example/elise",
    )
    told = data(view.head)
    assert told["mainEntity"] == {
        "@type": "Person",
        "name": "Élise",
        "url": "https://lefil.example/entites/élise/",
        "alternateName": ["E."],
        "jobTitle": ["maire de Valmer", "ministre des Ports"],
        "sameAs": "https://valmer.example/elise",
    }
    assert [one["url"] for one in told["hasPart"]] == [
        f"https://lefil.example/2026/01/23/{name}.html" for name in "ba"
    ]


def test_an_address_that_is_not_encrypted_is_shown_and_says_nothing_of_identity() -> None:
    view = page(link="http://valmer.example/elise")
    assert view.link == "http://valmer.example/elise"
    assert "sameAs" not in data(view.head)["mainEntity"]


def test_a_place_has_no_trade() -> None:
    place = entity("Valmer", "place")
    told = data(page(entity=place, roles=[Role("capitale", DAY, DAY)]).head)["mainEntity"]
    assert (told["@type"], "jobTitle" in told) == ("Place", False)


def test_a_machine_is_told_where_a_town_is_and_of_no_spot_in_a_country() -> None:
    town = data(page(entity=entity("Valmer", "place"), spot=Spot(44.93, 4.89)).head)["mainEntity"]
    assert town["geo"] == {"@type": "GeoCoordinates", "latitude": 44.93, "longitude": 4.89}
    country = page(entity=entity("Valmérie", "place"), spot=Spot(46.6, 2.5, is_area=True))
    assert "geo" not in data(country.head)["mainEntity"]
    assert "geo" not in data(page(entity=entity("Osque", "place")).head)["mainEntity"]
