"""Events and products: labels of their own, shown on the site that asks for them and on no other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from newsdigest.base.records import Article, Block, EntityType
from newsdigest.entities.curated.file import read_curated
from newsdigest.entities.tagger import Tagger, load_tagger
from newsroom import Newsroom

USUAL: tuple[EntityType, ...] = ("person", "place", "organisation")
ALL: tuple[EntityType, ...] = (*USUAL, "event", "product")


def named(tagger: Tagger, text: str) -> dict[str, EntityType]:
    article = Article(
        id="a",
        path="a.txt",
        headline="Les faits du jour",
        published=datetime(2026, 1, 15, tzinfo=UTC),
        date_precision="day",
        lang="fr",
        blocks=(Block("paragraph", text=text),),
    )
    return {entity.name: entity.type for entity in tagger.tag(article)}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Les Jeux olympiques de Rio se sont ouverts.", "Jeux olympiques de Rio", "event"),
        ("La Coupe du monde de rugby 2027 approche.", "Coupe du monde de rugby 2027", "event"),
        ("Le Festival de Hué a réuni 3 000 personnes.", "Festival de Hué", "event"),
        ("Le Grand Prix de Monaco se courra dimanche.", "Grand Prix de Monaco", "event"),
        ("Les SEA Games 31 se sont ouverts à Hanoï.", "SEA Games 31", "event"),
        ("Le télescope spatial Hubble a photographié Mars.", "Hubble", "product"),
        ("La sonde Juno est arrivée.", "Juno", "product"),
        ("Le film Le Chant du delta a reçu un prix.", "Le Chant du delta", "product"),
        ("Le roman Les Eaux mortes paraît mardi.", "Les Eaux mortes", "product"),
    ],
)
def test_an_event_or_a_product_is_one_where_asked_for_and_nothing_elsewhere(
    text: str, name: str, kind: EntityType
) -> None:
    assert named(load_tagger("crf", ALL), text)[name] == kind
    assert name not in named(load_tagger("crf"), text)
    assert name not in named(
        load_tagger("crf", (*USUAL, "event" if kind == "product" else "product")), text
    )


@pytest.mark.parametrize("lang_rules", ["crf", "rules"])
@pytest.mark.parametrize(
    ("shown", "found"),
    [
        (("person",), {"Marc Girod": "person"}),
        (("place",), {"Lyon": "place"}),
        (("person", "place"), {"Marc Girod": "person", "Lyon": "place"}),
    ],
)
def test_a_site_may_ask_for_fewer_types(
    lang_rules: str, shown: tuple[EntityType, ...], found: dict[str, EntityType]
) -> None:
    text = "Marc Girod a rencontré à Lyon des élus de l’Union européenne."
    assert named(load_tagger(lang_rules, shown), text) == found


def test_taggers_that_find_other_types_have_other_versions() -> None:
    versions = {load_tagger("crf", shown).version for shown in (USUAL, ALL, USUAL[:2])}
    assert len(versions) == 3


def test_the_editors_name_events_and_products_in_either_language() -> None:
    lines = "event\tFête du riz\névénement\tSalon du livre\nproduct\tHubble\nproduit\tJuno\n"
    curated, faults = read_curated(lines)
    assert not faults
    assert [line.type for line in curated.entities] == ["event", "event", "product", "product"]


FESTIVAL = " date 2026-01-{day} {headline}\n\nLe Festival de Hué a réuni {number} personnes à Da Nang.\n\nAFP/VNA/CVN\n"


def publish(folder: Path, **changes: object) -> Newsroom:
    newsroom = Newsroom(folder, tagger="crf", **changes)
    for day, headline in (
        (11, "La fête commence"),
        (12, "Le cortège passe"),
        (13, "Les lampions s’éteignent"),
    ):
        newsroom.write(f"f{day}.txt", FESTIVAL.format(day=day, headline=headline, number=day * 100))
    newsroom.build()
    return newsroom


def test_an_event_has_its_page_its_line_in_the_index_and_its_category_in_feeds(
    tmp_path: Path,
) -> None:
    asked = publish(tmp_path / "asked", entity_types=ALL).site
    page = asked["entites/festival-de-hue/index.html"].decode()
    assert "Événement" in page
    assert "Festival de Hué" in asked["entites/index.html"].decode()
    assert b'term="Festival de Hu\xc3\xa9"' in asked["feeds/all.atom"]


def test_a_site_that_does_not_ask_shows_no_trace_of_it(tmp_path: Path) -> None:
    usual = publish(tmp_path / "usual").site
    assert "entites/da-nang/index.html" in usual
    assert not [path for path in usual if "festival" in path]
    assert b'term="Festival' not in usual["feeds/all.atom"]


def test_asking_for_more_types_gives_the_site_a_clean_build_gives(tmp_path: Path) -> None:
    newsroom = publish(tmp_path)
    newsroom.build(entity_types=ALL)
    assert newsroom.site == newsroom.clean_build(entity_types=ALL)
