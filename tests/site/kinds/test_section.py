"""Sections: a page, months and feeds each, in one language; the navigation names those of the settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from gazette import Gazette
from newsdigest.archive.connections import read_store
from newsdigest.archive.readers import Archive
from newsdigest.base.records import Count, Site
from newsdigest.site.head import navigation
from newsdigest.site.kind import Context, load_kinds
from newsdigest.site.kinds.section import (
    Section,
    SectionView,
    month_view,
    section_page,
    section_view,
)
from newsdigest.site.kinds.sections import SECTION_FEED, feed_source, sections_view
from newsroom import LIMITS, Newsroom, article
from samples import ADDRESSES, SITE, card

JANUARY = [Count("2026-01", 3)]


def shown(cards: list[object], **more: object) -> SectionView:
    found = Section("culture", "culture", "fr", cards, JANUARY, **more)  # type: ignore[arg-type]
    return section_page(SITE, ADDRESSES, found)


def on(day: str, name: str, **more: object) -> object:
    return card(name, day=day, iso_date=day, section="culture", **more)


def test_the_newest_day_stands_by_rank_and_the_days_before_it_by_their_date() -> None:
    view = shown([on("2026-01-20", "b", minutes=1), on("2026-01-20", "a", minutes=4),
                  on("2026-01-19", "c"), on("2025-08", "d")])  # fmt: skip
    assert view.day is not None
    assert view.edition.lead is not None
    assert (view.day.label, view.day.url) == ("Mardi 20 janvier 2026", "/2026/01/20/")
    assert view.edition.lead.url == "/2026/01/20/a.html"
    assert [(group.title, group.url) for group in view.days] == [
        ("Lundi 19 janvier 2026", "/2026/01/19/"),
        ("Août 2025", "/2025/08/"),
    ]
    # Under its own name nobody needs to be told the section.
    assert view.edition.lead.kicker == ""


def test_articles_in_other_languages_stand_apart_under_the_name_of_theirs() -> None:
    view = shown([on("2026-01-20", "a")], others=[("en", [on("2026-01-20", "b", lang="en")])])
    assert [(group.title, group.teasers[0].attrs) for group in view.others] == [
        ("En anglais", ' lang="en"')
    ]
    assert view.language == ""


def test_the_month_leads_to_the_months_beside_it_and_to_the_newest_days() -> None:
    months = [Count("2025-11", 1), Count("2026-01", 2), Count("2026-02", 4)]
    found = Section(
        "culture", "culture", "fr", [card("a", day="2026-01-20")], months, month="2026-01"
    )
    view = section_page(SITE, ADDRESSES, found)
    assert view.previous is not None
    assert view.next is not None
    assert (view.previous.url, view.next.url, view.newest_url) == (
        "/rubriques/culture/2025-11/",
        "/rubriques/culture/2026-02/",
        "/rubriques/culture/",
    )
    assert (view.articles, view.day, view.years) == ("2", None, ())


def test_the_navigation_names_the_sections_of_the_settings_that_have_an_article() -> None:
    site = replace(SITE, sections=("sport", "Économie", "économie"), shown=("economie",))
    items = navigation(site, ADDRESSES, "/rubriques/economie/")
    assert [(item.label, item.current) for item in items if item.section] == [("Économie", "page")]
    assert "/rubriques/" in [item.url for item in items]
    assert "/rubriques/" not in [item.url for item in navigation(SITE, ADDRESSES)]


def test_a_site_without_folders_has_no_section(gazette: Gazette) -> None:
    names = gazette.archive.sections.slugs()
    assert names == ["terre"]
    assert [entry.title for entry in sections_view(gazette.context, "").sections] == ["Terre"]
    assert SECTION_FEED.source(gazette.context, "terre").page == "/rubriques/terre/"


# -- as builds leave them --------------------------------------------------------------------------


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    site = Site(sections=("sport", "monde", "economie"))
    return Newsroom(tmp_path, site=site, limits=replace(LIMITS, section_articles=3))


def built(newsroom: Newsroom) -> Context:
    """What the newsroom's pages are made from, once a build has equalled a clean one."""
    newsroom.build(allow_removals=True)
    assert newsroom.site == newsroom.clean_build()
    settings = newsroom.settings
    store = read_store(Path(settings.cache) / "archive.sqlite")
    archive = Archive(store, settings.addresses, settings.limits)
    site = replace(settings.site, shown=archive.sections.shown(settings.site.sections))
    return Context(archive, site, load_kinds(settings.kinds))


def test_folders_that_differ_in_accents_and_capitals_share_a_page(newsroom: Newsroom) -> None:
    newsroom.write("Vie Locale/a.txt", article("Le pont rouvre", "2026-01-20"))
    newsroom.write("vie-locale/b.txt", article("Le port ferme", "2026-01-19"))
    newsroom.write("vie-locale/c.txt", article("Le riz monte", "2026-01-18"))
    context = built(newsroom)
    assert context.archive.sections.slugs() == ["vie-locale"]
    assert section_view(context, "vie-locale").articles == "3"
    assert len(feed_source(context, "vie-locale").articles) == 2  # ENTITY_FEED_ENTRIES
    newsroom.write("VIE LOCALE/d.txt", article("Le train part", "2026-01-17"))
    newsroom.write("VIE LOCALE/e.txt", article("Le train arrive", "2026-01-16"))
    newsroom.write("VIE LOCALE/f.txt", article("Le train attend", "2026-01-15"))
    # It is called as most of its articles write it, in lists of feeds too.
    assert section_view(built(newsroom), "vie-locale").title == "VIE LOCALE"


def test_a_section_comes_and_goes_with_its_articles_and_so_does_its_place_in_the_navigation(
    newsroom: Newsroom,
) -> None:
    newsroom.write("monde/a.txt", article("Le pont rouvre", "2026-01-20"))
    newsroom.write("faits/b.txt", article("Le port ferme", "2025-12-19"))
    context = built(newsroom)
    assert context.site.shown == ("monde",)
    assert [entry.title for entry in sections_view(context, "").sections] == ["Monde", "Faits"]
    newsroom.write("sport/c.txt", article("La course part", "2026-01-18"))
    (newsroom.content / "monde/a.txt").unlink()
    context = built(newsroom)
    assert context.site.shown == ("sport",)
    assert "rubriques/monde/index.html" not in newsroom.site
    assert "feeds/rubriques/monde.atom" not in newsroom.site


def test_the_page_ends_with_a_whole_day_and_the_month_has_them_all(newsroom: Newsroom) -> None:
    for at, day in enumerate((20, 20, 19, 19, 18)):
        newsroom.write(f"monde/{at}.txt", article(f"Étape {at} du chantier", f"2026-01-{day}"))
    context = built(newsroom)
    assert section_view(context, "monde").days == ()
    days = month_view(context, "monde/2026-01").days
    assert [len(group.teasers) for group in days] == [2, 2, 1]


def test_a_section_wholly_in_another_language_is_listed_in_it(newsroom: Newsroom) -> None:
    newsroom.write("en/monde/a.txt", article("The bridge opens", text="The bridge opened today."))
    view = section_view(built(newsroom), "monde")
    assert (view.language, view.others) == ("En anglais", ())
    assert view.edition.lead is not None
    assert view.edition.lead.attrs == ' lang="en"'
