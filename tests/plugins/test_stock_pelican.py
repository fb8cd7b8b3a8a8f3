"""The doors in a plain Pelican, with another theme: raw articles are Pelican articles there too."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import feedparser
import pytest
from pelican import Pelican
from pelican.contents import Article, SkipStub
from pelican.readers import Readers
from pelican.settings import read_settings
from publication import ROOT, SITE, Publication, Run, text_of

PARIS = ZoneInfo("Europe/Paris")
REPORTAGE = """ date 2026-01-12 08:30 Reportage à Vam Ro

L'écluse de Vam Ro < tient > & tient bon (Mise à jour)

VAM RO (AFP) - Les portes de l'écluse se sont fermées lundi à huit heures, devant les habitants.

>> Le delta attend l'eau douce

Les bateliers attendent
Photo : Mai Lan/VNA/CVN

Une attente longue

Le ministre Paul Varenne a promis une réponse avant la fin du mois de janvier.

- du riz
- du sel

Lieu | Niveau
Vam Ro | 1,2 m

Hoàng Diêu/CVN
"""
UNSIGNED = """ date 2026-01-10 Le delta attend l'eau douce

Les pompes tournent depuis dimanche, et le ministre Paul Varenne est attendu à Hanoï.

"""
AGENCY = """ date 2025-08 Les crues de l'été

Il a plu trois semaines sur le delta, selon les relevés publiés dans la capitale.

AFP/VNA/CVN
"""


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Article]:
    """Read one by one, as any part of Pelican would."""
    content = tmp_path_factory.mktemp("content")
    for path, text in (
        ("environnement/ecluse.txt", REPORTAGE),
        ("unsigned.txt", UNSIGNED),
        ("en/agency.txt", AGENCY),
        ("page.txt", "<!doctype html><p>Bonjour</p>"),
    ):
        (content / path).parent.mkdir(exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")
    pelican = Pelican(
        read_settings(
            str(ROOT / "pelicanconf.py"),
            {
                "PATH": str(content),
                "RAW_NOW": "2026-02-01",
                "ARTICLE_URL": "{slug}.html",
                "PELICAN_CLASS": "pelican.Pelican",
            },
        )
    )
    readers = Readers(pelican.settings)
    return {
        path: readers.read_file(str(content), path, Article, context={"generated_content": {}})
        for path in ("environnement/ecluse.txt", "unsigned.txt", "en/agency.txt", "page.txt")
    }


@pytest.fixture(scope="module")
def reportage(articles: dict[str, Article]) -> Article:
    return articles["environnement/ecluse.txt"]


def test_the_head_of_an_article_becomes_pelicans_metadata(reportage: Article) -> None:
    assert reportage.title == "L'écluse de Vam Ro < tient > & tient bon"
    assert reportage.kicker == "Reportage à Vam Ro"
    assert reportage.update == "Mise à jour"
    assert reportage.dateline == "VAM RO (AFP)"
    assert reportage.date == datetime(2026, 1, 12, 8, 30, tzinfo=PARIS)
    assert reportage.date_precision == "minute"
    assert reportage.lang == "fr"
    assert reportage.status == "published"
    assert str(reportage.category) == "environnement"
    assert reportage.slug == "lecluse-de-vam-ro-tient-bon"


def test_the_summary_is_the_lede_escaped(reportage: Article) -> None:
    assert reportage.summary.startswith("Les portes de l’écluse se sont fermées lundi")
    assert len(reportage.summary) <= 300
    assert "<" not in reportage.summary


def test_credits_photos_and_related_headlines_are_lists(reportage: Article) -> None:
    assert reportage.related_headlines == ["Le delta attend l'eau douce"]
    assert reportage.photos == [{"caption": "Les bateliers attendent", "credit": "Mai Lan/VNA/CVN"}]
    assert reportage.agencies == ["CVN", "AFP"]
    assert [author.name for author in reportage.authors] == ["Hoàng Diêu"]


def test_the_body_is_html_of_the_kinds_the_format_knows(reportage: Article) -> None:
    from lxml import html as lxml_html

    body = lxml_html.fromstring(f"<div>{reportage.content}</div>")
    assert text_of(body.xpath("//p[@class='lede']")[0]).startswith("Les portes de l’écluse")
    assert [text_of(h) for h in body.iter("h2")] == ["À lire aussi", "Une attente longue"]
    assert [text_of(li) for li in body.xpath("./ul/li")] == ["du riz", "du sel"]
    assert text_of(body.xpath("//aside//li")[0]) == "Le delta attend l’eau douce"
    assert body.xpath("//figure/figcaption")
    assert [text_of(cell) for cell in body.xpath("//tbody/tr/*")] == ["Vam Ro", "1,2 m"]


def test_unsigned_agency_copy_has_its_last_agency_for_author(articles: dict[str, Article]) -> None:
    agency = articles["en/agency.txt"]
    assert agency.agencies == ["AFP", "VNA", "CVN"]
    assert [author.name for author in agency.authors] == ["Le Courrier du Vietnam"]
    assert (agency.date_precision, agency.date.day, agency.lang) == ("month", 1, "en")
    assert str(getattr(agency, "category", "")) != "en"


def test_copy_without_any_credit_has_no_invented_author(articles: dict[str, Article]) -> None:
    unsigned = articles["unsigned.txt"]
    assert unsigned.title == "Le delta attend l'eau douce"
    assert unsigned.agencies == []
    assert [author.name for author in getattr(unsigned, "authors", [])] == []


def test_entities_are_tags_with_a_kind(reportage: Article) -> None:
    tags = {(tag.name, tag.type) for tag in reportage.tags}
    assert ("Paul Varenne", "person") in tags


def test_a_rejected_file_is_skipped_not_published(articles: dict[str, Article]) -> None:
    assert isinstance(articles["page.txt"], SkipStub)


# -- a whole build by Pelican's own class, with Pelican's own theme -----------------------------------

STOCK = """
PELICAN_CLASS = "pelican.Pelican"
PLUGINS = ["article_reader", "entity_tagging", "related_headlines", "digest_feeds"]
THEME = "simple"
THEME_STATIC_PATHS = ["static"]
TAG_SAVE_AS = "entites/{slug}/index.html"
ARTICLE_LANG_URL = ARTICLE_LANG_SAVE_AS = ARTICLE_URL
RAW_NOW = "2026-02-01"
"""


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> tuple[Publication, Run]:
    paper = Publication(tmp_path_factory.mktemp("stock") / "paper")
    paper.settings(STOCK)
    paper.write("environnement/ecluse.txt", REPORTAGE)
    paper.write("environnement/delta.txt", UNSIGNED + "AFP\n")
    paper.write("en/agency.txt", AGENCY)
    paper.write(
        "demain.txt", UNSIGNED.replace("2026-01-10 Le delta", "2026-03-10 Demain, le delta")
    )
    paper.write("vide.txt", "")
    return paper, paper.run("pelican", "content", "-s", "pelicanconf.py")


def test_a_plain_pelican_publishes_the_articles(stock: tuple[Publication, Run]) -> None:
    paper, run = stock
    assert run.code == 0, run.screen
    published = {p for p in paper.site if p.startswith("20") and not p.endswith("index.html")}
    assert published == {
        "2026/01/12/lecluse-de-vam-ro-tient-bon.html",
        "2026/01/10/le-delta-attend-leau-douce.html",
        "2025/08/01/les-crues-de-lete.html",
    }
    assert "E_EMPTY" in run.screen


def test_any_theme_shows_the_entities_and_has_their_pages(stock: tuple[Publication, Run]) -> None:
    paper, _ = stock
    assert "entites/paul-varenne/index.html" in paper.site
    page = paper.page("/2026/01/12/lecluse-de-vam-ro-tient-bon.html")
    tags: list[Any] = page.xpath("//a[contains(@href, 'entites/paul-varenne')]")
    assert [text_of(tag) for tag in tags] == ["Paul Varenne"]


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_plain_pelican_has_our_feeds(stock: tuple[Publication, Run], form: str) -> None:
    paper, _ = stock
    feed = feedparser.parse((paper.output / f"feeds/all.{form}").read_bytes())
    assert not feed.bozo
    assert [entry.id for entry in feed.entries] == [
        "tag:lefil.example,2026:environnement/ecluse",
        "tag:lefil.example,2026:environnement/delta",
        "tag:lefil.example,2026:en/agency",
    ]
    assert feed.entries[0].link == f"{SITE}/2026/01/12/lecluse-de-vam-ro-tient-bon.html"


def test_a_subscriber_of_two_feeds_meets_an_article_under_one_id(
    stock: tuple[Publication, Run],
) -> None:
    paper, _ = stock
    ids: dict[str, set[str]] = {}
    for path, data in paper.site.items():
        if path.endswith((".atom", ".rss")):
            for entry in feedparser.parse(data).entries:
                ids.setdefault(entry.link, set()).add(entry.id)
    assert len(ids) == 3
    assert {link: found for link, found in ids.items() if len(found) > 1} == {}


def test_a_plain_pelican_knows_where_the_related_headlines_lead(tmp_path: Path) -> None:
    """The theme is given each headline with its address, "" for one that waits."""
    paper = Publication(tmp_path / "paper")
    paper.settings(STOCK + f'THEME = "{tmp_path / "theme"}"\n')
    templates = tmp_path / "theme" / "templates"
    templates.mkdir(parents=True)
    (tmp_path / "theme" / "static").mkdir()
    (templates / "article.html").write_text(
        "{% for headline, url in article.references %}{{ headline }}={{ url }};{% endfor %}",
        encoding="utf-8",
    )
    paper.write("a.txt", REPORTAGE)
    paper.write("b.txt", UNSIGNED + ">> Jamais paru\n\nAFP\n")
    paper.run("pelican", "content", "-s", "pelicanconf.py")
    assert paper.site["2026/01/12/lecluse-de-vam-ro-tient-bon.html"].decode() == (
        "Le delta attend l&#39;eau douce=2026/01/10/le-delta-attend-leau-douce.html;"
    )
    assert paper.site["2026/01/10/le-delta-attend-leau-douce.html"] == b"Jamais paru=;"
