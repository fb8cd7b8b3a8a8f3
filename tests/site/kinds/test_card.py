"""Social cards: which pages have one, what they say, what stands when days go by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from gazette import Gazette
from newsdigest.base.errors import LeakError
from newsdigest.base.records import Card, EntityCard, Page, Site, StoryCard
from newsdigest.build import Outcome
from newsdigest.site.cards import said
from newsdigest.site.kinds import card as card_kind
from newsdigest.site.kinds.card import CARD, card_said
from newsroom import LIMITS, Newsroom, article
from samples import card
from sketches import sketches_for_cards

SITE = Site(tagline="L’actualité du jour")
URL = "https://journal.example/fil"


def names(gazette: Gazette, sort: str) -> list[str]:
    found = CARD.names(gazette.archive)
    return [name.partition("/")[2] for name in found if name.startswith(f"{sort}/")]


# -- what they say -------------------------------------------------------------------------------


def test_an_articles_card_says_its_headline_its_matter_its_day_and_who_signs_it() -> None:
    found = said.of_article(card("Le port rouvre", section="economie", kicker=""), SITE)
    assert found.as_text(SITE) == "Le Fil – Économie – Le port rouvre – 23 janvier 2026 · AVL"
    kicked = said.of_article(card("Le port rouvre", section="economie", kicker="Grève"), SITE)
    assert kicked.kicker == "Grève"


def test_an_article_dated_by_its_month_says_its_month() -> None:
    undated = card("La récolte", iso_date="2025-08", day="2025-08-01", credit="")
    assert said.of_article(undated, SITE).foot == "août 2025"


def test_a_days_card_says_the_day_and_the_headlines_that_lead_it() -> None:
    leads: list[Card] = [card(f"Titre {at}") for at in range(5)]
    found = said.of_day("2026-01-23", leads, SITE)
    assert found.lines(SITE) == (
        *("Le Fil", "À la une", "Vendredi 23 janvier 2026"),
        *("Titre 0", "Titre 1", "Titre 2"),
    )


def test_other_cards_say_a_name_and_what_sort_of_thing_it_is() -> None:
    story = StoryCard("Le tramway de Corvanne", "t", "/t/", 4, "2026-01-05", "2026-01-08")
    entity = EntityCard("Anna Korvat", "person", "anna-korvat", "/entites/anna-korvat/", 30)
    texts = [
        said.of_story(story, SITE).as_text(SITE),
        said.of_entity(entity, SITE).as_text(SITE),
        said.of_section("sciences-et-sante", SITE).as_text(SITE),
        said.of_site(SITE).as_text(SITE),
    ]
    assert texts == [
        "Le Fil – Dossier – Le tramway de Corvanne – du 5 au 8 janvier 2026",
        "Le Fil – Personne – Anna Korvat – L’actualité du jour",
        "Le Fil – Sciences et santé – L’actualité du jour",
        "Le Fil – L’actualité du jour",
    ]


# -- which there are -----------------------------------------------------------------------------


def test_the_newest_days_and_their_articles_have_one_each(gazette: Gazette) -> None:
    assert names(gazette, "day") == ["2026-01-17", "2026-01-18", "2026-01-19", "2026-01-23"]
    assert names(gazette, "article") == [
        *("ministre-3", "ministre-4", "ministre-5"),
        "port",
    ]


def test_an_article_with_a_picture_is_shared_under_it(gazette: Gazette) -> None:
    """The page shows the picture, and no card is drawn that none would."""
    page = gazette.newsroom.site["2026/01/23/le-roi-rentre-en-norvege.html"].decode()
    assert "image=Image(url='https://lefil.example/images/" in page
    assert "cartes/" not in page


def test_every_story_and_section_has_one_and_the_entities_that_many_articles_name(
    gazette: Gazette,
) -> None:
    assert names(gazette, "story") == ["le-ministre-parle-1", "le-tramway-de-corvanne-0"]
    assert names(gazette, "section") == ["terre"]
    assert "geneve" in names(gazette, "entity")
    assert not CARD.has(gazette.archive, "entity/norvege")


def test_cards_stand_by_the_page_they_are_of(gazette: Gazette) -> None:
    files = [
        CARD.files(gazette.archive, name)
        for name in ("", "article/port", "day/2026-01-23", "story/t", "entity/e", "section/s")
    ]
    assert files == [
        ("cartes/site.png",),
        ("cartes/articles/2026/01/23/le-port-double-son-quai.png",),
        ("cartes/jours/2026-01-23.png",),
        ("cartes/dossiers/t.png",),
        ("cartes/entites/e.png",),
        ("cartes/rubriques/s.png",),
    ]


def test_a_page_shows_the_card_that_its_picture_is_of(gazette: Gazette) -> None:
    """What stands for those who do not see it is what is drawn."""
    site = gazette.newsroom.site
    for name in CARD.names(gazette.archive):
        (file,) = CARD.files(gazette.archive, name)
        text = card_said(gazette.context, name).as_text(gazette.newsroom.settings.site)
        shown = [
            page
            for page, data in site.items()
            if page.endswith(".html") and f"/{file}" in data.decode()
        ]
        assert shown, name
        assert all(f"alt='{text}'" in site[page].decode() for page in shown), name


# -- as days go by -------------------------------------------------------------------------------


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    """A newspaper of one article a day, whose cards are those of the two newest days."""
    limits = replace(LIMITS, cards=True, card_days=2, entity_card_from=3)
    site = Site(url=URL, card="/cartes/site.png")
    with sketches_for_cards():
        made = Newsroom(tmp_path, limits=limits, site=site)
        for day in (11, 12, 13):
            made.write(
                f"monde/a{day}.txt", article(f"Le jour numéro {day} finit", f"2026-01-{day}")
            )
        yield made


def cards_of(newsroom: Newsroom) -> list[str]:
    found = (path for path in newsroom.site if path.startswith("cartes/"))
    return sorted(path.removeprefix("cartes/") for path in found)


def image_of(newsroom: Newsroom, page: str) -> str:
    """What stands for the page where it is shared, without its version."""
    text = newsroom.site[page].decode()
    address = text.partition("image=Image(url='")[2].partition("'")[0]
    return address.partition("?")[0].removeprefix(f"{URL}/cartes/")


def made(outcome: Outcome, kind: str) -> set[str]:
    return {page.name for page in outcome.reasons if page.kind == kind}


def page_of(day: int) -> str:
    return f"2026/01/{day}/le-jour-numero-{day}-finit.html"


def test_a_new_day_takes_the_cards_of_the_oldest(newsroom: Newsroom) -> None:
    newsroom.build()
    assert cards_of(newsroom) == [
        *("articles/2026/01/12/le-jour-numero-12-finit.png",),
        *("articles/2026/01/13/le-jour-numero-13-finit.png",),
        *("jours/2026-01-12.png", "jours/2026-01-13.png", "rubriques/monde.png", "site.png"),
    ]
    assert image_of(newsroom, page_of(11)) == "rubriques/monde.png"
    newsroom.write("monde/a14.txt", article("Le jour numéro 14 finit", "2026-01-14"))
    outcome = newsroom.build()
    assert made(outcome, "card") == {
        *("article/monde/a14", "day/2026-01-14", "section/monde"),
        # Files are told of as gone by the pages that had them.
    }
    assert {"monde/a12", "monde/a14"} <= made(outcome, "article")
    assert "monde/a11" not in made(outcome, "article")
    assert image_of(newsroom, page_of(12)) == "rubriques/monde.png"
    assert image_of(newsroom, "2026/01/12/index.html") == "site.png"
    assert image_of(newsroom, page_of(13)).startswith("articles/2026/01/13/")
    assert newsroom.site == newsroom.clean_build()


def test_when_the_newest_day_goes_the_one_before_has_its_cards_back(newsroom: Newsroom) -> None:
    newsroom.build()
    (newsroom.content / "monde/a13.txt").unlink()
    newsroom.build()
    assert image_of(newsroom, page_of(11)).startswith("articles/2026/01/11/")
    assert image_of(newsroom, "2026/01/11/index.html") == "jours/2026-01-11.png"
    assert newsroom.site == newsroom.clean_build()


def test_a_corrected_headline_is_on_the_card_and_behind_another_version(
    newsroom: Newsroom,
) -> None:
    newsroom.build()
    file, page = "cartes/articles/2026/01/13/le-jour-numero-13-finit.png", page_of(13)
    before = newsroom.site
    newsroom.write("monde/a13.txt", article("Le jour numéro 13 finit !", "2026-01-13"))
    newsroom.build()
    after = newsroom.site
    assert before[file] != after[file]
    versions = [
        set(re.findall(rf"{file}\?v=([0-9a-f]{{8}})\b", text[page].decode()))
        for text in (before, after)
    ]
    assert [len(found) for found in versions] == [1, 1]
    assert versions[0] != versions[1]
    assert after == newsroom.clean_build()


def test_an_entity_has_a_card_from_the_article_on_that_makes_it_a_main_one(
    newsroom: Newsroom,
) -> None:
    for at in (1, 2):
        text = f"Le ministre Anna Korvat a parlé {at} fois."
        newsroom.write(f"k{at}.txt", article(f"Parole {at} tenue", "2026-01-13", text))
    newsroom.build()
    assert image_of(newsroom, "entites/anna-korvat/index.html") == "site.png"
    newsroom.write(
        "k3.txt", article("Parole donnée", "2026-01-13", "Le ministre Anna Korvat est là.")
    )
    outcome = newsroom.build()
    assert "entity/anna-korvat" in made(outcome, "card")
    assert image_of(newsroom, "entites/anna-korvat/index.html") == "entites/anna-korvat.png"
    newsroom.write("k4.txt", article("Parole reprise", "2026-01-13", "Anna Korvat se tait."))
    assert "entity/anna-korvat" not in made(newsroom.build(), "card"), "it says no number"
    assert newsroom.site == newsroom.clean_build()


def test_what_is_held_or_retracted_has_no_card_and_stands_on_none(newsroom: Newsroom) -> None:
    secret = "Anna Korvat quitte la régie des transports de Corvanne"
    held = article(secret, "2026-01-13").replace("\n\n", "\n\nEMBARGO 2026-03-01 18:00\n\n", 1)
    newsroom.write("monde/secret.txt", held)
    newsroom.write("monde/futur.txt", article("Le pont rouvrira demain", "2026-02-05"))
    newsroom.build()
    cards = {path: data for path, data in newsroom.site.items() if path.startswith("cartes/")}
    assert len(cards) == 6
    assert not any(b"Korvat" in data or b"rouvrira" in data for data in cards.values())
    newsroom.write("monde/secret.txt", article(secret, "2026-01-13"))
    newsroom.build()
    assert "Anna Korvat" in newsroom.site["cartes/jours/2026-01-13.png"].decode()
    newsroom.write("monde/secret.txt", held)
    newsroom.build(allow_removals=True)
    assert cards == {p: data for p, data in newsroom.site.items() if p.startswith("cartes/")}


def test_a_card_that_would_tell_of_an_embargo_stops_the_build(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "Anna Korvat quitte la régie des transports de Corvanne"
    held = article(secret, "2026-01-13").replace("\n\n", "\n\nEMBARGO 2026-03-01 18:00\n\n", 1)
    newsroom.write("monde/secret.txt", held)
    # As a fault of ours would have it: on the card alone.
    monkeypatch.setattr(
        card_kind, "day_said", lambda archive, day, site: said.Said(day, leads=(secret,))
    )
    with pytest.raises(LeakError, match=r"cartes/jours/2026-01-1[23]\.png"):
        newsroom.build()


def test_without_cards_no_page_and_no_file_tells_of_them(newsroom: Newsroom) -> None:
    newsroom.build()
    limits = replace(newsroom.settings.limits, cards=False)
    bare = {"limits": limits, "site": replace(newsroom.settings.site, card="")}
    newsroom.build(**bare)
    assert cards_of(newsroom) == []
    assert not any(b"cartes/" in data for data in newsroom.site.values())
    assert newsroom.site == newsroom.clean_build(**bare)


def test_no_days_leave_the_cards_of_what_lasts(newsroom: Newsroom) -> None:
    newsroom.build(limits=replace(newsroom.settings.limits, card_days=0))
    assert cards_of(newsroom) == ["rubriques/monde.png", "site.png"]
    assert image_of(newsroom, page_of(13)) == "rubriques/monde.png"


def test_a_month_has_no_card_and_what_is_dated_by_it_has_one(newsroom: Newsroom) -> None:
    for file in newsroom.content.rglob("*.txt"):
        file.unlink()
    newsroom.write("recolte.txt", article("La récolte est mauvaise", "2026-01"))
    newsroom.build()
    assert cards_of(newsroom) == ["articles/2026/01/la-recolte-est-mauvaise.png", "site.png"]
    assert newsroom.site == newsroom.clean_build()


def test_an_archive_of_nothing_has_the_sites_card(newsroom: Newsroom) -> None:
    for file in newsroom.content.rglob("*.txt"):
        file.unlink()
    newsroom.build()
    assert cards_of(newsroom) == ["site.png"]


def test_a_card_that_stands_is_not_drawn_again(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsdigest.site.cards import drawing

    newsroom.build()
    drawn: list[str] = []
    sketch = drawing.drawn
    monkeypatch.setattr(
        drawing, "drawn", lambda said, *rest: (drawn.append(said.title), sketch(said, *rest))[1]
    )
    newsroom.restyle("body{margin:0}")
    outcome = newsroom.build()
    assert Page("card", "day/2026-01-13") in outcome.reasons
    assert drawn == []
    # Somebody's picture in its place is none of ours.
    spoilt = newsroom.folder / "output/cartes/jours/2026-01-13.png"
    spoilt.write_bytes(spoilt.read_bytes() + b"!")
    newsroom.restyle("body{margin:1px}")
    newsroom.build()
    assert drawn == ["Mardi 13 janvier 2026"]
