"""Pelican's own world on our archive: plugins from the registry, and a stock theme."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree
from publication import NOW, SITE, Publication, text_of

DOORS = ["article_reader", "entity_tagging", "related_headlines", "digest_feeds"]
HOSTILE = "A < B & l'accord {{ 7*7 }} {% raw %} <script>alert(1)</script>"
ARTICLES = {
    "monde/sommet.txt": (
        " date 2026-01-20 Sommet à Genève\n\nAnna Korvat a rencontré la presse à Genève.\n\nAFP\n"
    ),
    "monde/accord.txt": (
        " date 2026-01-21 Un accord à Genève\n\nAnna Korvat a signé l'accord à Genève.\n\n"
        ">> Sommet à Genève\n\nAFP\n"
    ),
    "eco/port.txt": " date 2026-01-21 Le port d'Alvéra rouvre\n\nLe port a rouvert mardi.\n\nVNA/CVN\n",
    "monde/hostile.txt": f" date 2026-01-22 {HOSTILE}\n\nGenève attend la suite.\n\nAFP\n",
    "eco/ete.txt": " date 2025-08 La foire d'été\n\nAnna Korvat ouvre la foire.\n\nCVN\n",
}


def published(folder: Path, settings: str = "") -> Publication:
    paper = Publication(folder)
    for path, text in ARTICLES.items():
        paper.write(path, text)
    paper.settings(settings)
    run = paper.build()
    assert run.code == 0, run.screen
    return paper


def with_plugins(*names: str) -> str:
    wanted = [*DOORS, *(f"pelican.plugins.{name}" for name in names), "incremental_build"]
    return f"PLUGINS = {wanted!r}\n"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    return published(tmp_path_factory.mktemp("plain") / "paper")


def clean_site(paper: Publication, folder: Path) -> dict[str, bytes]:
    clean = Publication(folder, paper.content)
    for name in ("pelicanconf.py", "overrides"):
        if (paper.folder / name).is_dir():
            shutil.copytree(paper.folder / name, clean.folder / name)
        elif (paper.folder / name).exists():
            shutil.copy(paper.folder / name, clean.folder / name)
    run = clean.build()
    assert run.code == 0, run.screen
    return clean.site


def edit(paper: Publication) -> None:
    """A day's work: one article corrected, one new, one gone."""
    paper.write("eco/port.txt", ARTICLES["eco/port.txt"].replace("mardi", "mercredi"))
    paper.write(
        "eco/gare.txt", " date 2026-01-21 La gare ferme\n\nAnna Korvat s'y oppose.\n\nAFP\n"
    )
    (paper.content / "eco/ete.txt").unlink()
    run = paper.build()
    assert run.code == 0, run.screen


def without_times(site: dict[str, bytes]) -> dict[str, bytes]:
    """pelican-sitemap dates the pages that are no article with its own clock."""
    return {
        path: re.sub(rb"<lastmod>.*?</lastmod>", b"", data)
        for path, data in without_manifest(site).items()
    }


def without_manifest(site: dict[str, bytes]) -> dict[str, bytes]:
    """What readers are meant to reach: the build's own list of its files apart."""
    return {path: data for path, data in site.items() if not path.startswith(".lefil/")}


# -- pelican-sitemap ------------------------------------------------------------------------------


@pytest.fixture
def mapped(tmp_path: Path) -> Publication:
    return published(tmp_path / "paper", with_plugins("sitemap"))


def addresses_of(paper: Publication) -> list[str]:
    found = etree.fromstring(paper.site["sitemap.xml"]).findall("{*}url/{*}loc")
    return [urlsplit(str(place.text)).path for place in found]


def pages_of(paper: Publication) -> list[str]:
    return sorted("/" + re.sub(r"index\.html$", "", p) for p in paper.site if p.endswith(".html"))


def test_the_sitemap_plugin_lists_every_page_once(mapped: Publication) -> None:
    assert addresses_of(mapped) == pages_of(mapped)
    assert b"<changefreq>" in mapped.site["sitemap.xml"]


def test_the_sitemap_plugin_changes_nothing_else(mapped: Publication, plain: Publication) -> None:
    site, without = without_manifest(mapped.site), without_manifest(plain.site)
    assert {path for path, data in site.items() if without.get(path) != data} == {"sitemap.xml"}
    assert set(site) == set(without)


def test_the_plugins_sitemap_follows_the_articles(mapped: Publication, tmp_path: Path) -> None:
    edit(mapped)
    assert addresses_of(mapped) == pages_of(mapped)
    assert without_times(mapped.site) == without_times(clean_site(mapped, tmp_path / "clean"))


def test_a_picture_that_comes_does_not_empty_the_sitemap(tmp_path: Path) -> None:
    paper = Publication(tmp_path / "paper")
    for path, text in ARTICLES.items():
        paper.write(path, text)
    paper.write("images/un.txt.png", b"\x89PNG one")
    paper.settings(with_plugins("sitemap") + 'STATIC_PATHS = ["images"]\n')
    assert paper.build().code == 0
    assert paper.site["images/un.txt.png"] == b"\x89PNG one"
    paper.write("images/deux.png", b"\x89PNG two")
    assert paper.build().code == 0
    assert paper.site["images/deux.png"] == b"\x89PNG two"
    assert addresses_of(paper) == pages_of(paper)
    times = paper.times()
    assert paper.build().report["pages"]["written"] == 0
    assert paper.times() == times
    (paper.content / "images/un.txt.png").unlink()
    assert paper.build().code == 0
    assert "images/un.txt.png" not in paper.site


# -- pelican-neighbors ------------------------------------------------------------------------------

NEIGHBOURS = """{% extends "!theme/article.html" %}
{% block main %}
<p id="newer">{{ article.next_article.title if article.next_article }}</p>
<p id="older">{{ article.prev_article.title if article.prev_article }}</p>
{{ super() }}
{% endblock %}
"""


@pytest.fixture
def neighbours(tmp_path: Path) -> Publication:
    folder = tmp_path / "paper" / "overrides"
    folder.mkdir(parents=True)
    (folder / "article.html").write_text(NEIGHBOURS, encoding="utf-8")
    return published(
        tmp_path / "paper",
        with_plugins("neighbors") + 'THEME_TEMPLATES_OVERRIDES = ["overrides"]\n',
    )


def chain(paper: Publication) -> list[tuple[str, str, str]]:
    """(older, headline, newer) on each article's page, oldest first."""
    shown = sorted(paper.show().values(), key=lambda record: (record["date"], record["id"]))
    rows = []
    for record in shown:
        page = paper.page(record["url"])
        older, newer = (text_of(page.get_element_by_id(name)) for name in ("older", "newer"))
        # Pelican's titles are as the wire writes them, our headlines as a newspaper sets them.
        rows.append((older, text_of(page.xpath("//h1")[0]).replace("’", "'"), newer))
    return rows


def test_what_the_neighbors_plugin_marks_is_on_the_articles_templates_see(
    neighbours: Publication,
) -> None:
    rows = chain(neighbours)
    assert len(rows) == len(ARTICLES)
    headlines = [headline for _, headline, _ in rows]
    assert [older for older, _, _ in rows] == ["", *headlines[:-1]]
    assert [newer for _, _, newer in rows] == [*headlines[1:], ""]


def test_the_neighbours_follow_the_articles(neighbours: Publication, tmp_path: Path) -> None:
    edit(neighbours)
    rows = chain(neighbours)
    assert [older for older, _, _ in rows[1:]] == [headline for _, headline, _ in rows[:-1]]
    assert neighbours.site == clean_site(neighbours, tmp_path / "clean")


# -- pelican-seo ------------------------------------------------------------------------------------

SEO = (
    with_plugins("seo")
    + "SEO_REPORT = False\nSEO_ENHANCER = True\nSEO_ENHANCER_OPEN_GRAPH = True\n"
    + "SEO_ENHANCER_TWITTER_CARDS = True\n"
)


def test_the_seo_plugin_adds_its_metadata_to_every_article(
    plain: Publication, tmp_path: Path
) -> None:
    paper = published(tmp_path / "paper", SEO)
    for record in paper.show().values():
        page = paper.page(record["url"])
        assert page.xpath("//meta[@name='twitter:card']/@content")
        urls = page.xpath("//meta[@property='og:url']/@content")
        assert SITE + record["url"] in urls
        # BeautifulSoup wrote the page again: what ours say is still there.
        ours = plain.page(record["url"])
        assert text_of(page.xpath("//article")[0]) == text_of(ours.xpath("//article")[0])
    assert set(without_manifest(paper.site)) == set(without_manifest(plain.site))
    edit(paper)
    assert paper.site == clean_site(paper, tmp_path / "clean")


# -- Pelican's stock theme ----------------------------------------------------------------------------

SIMPLE = 'import pelican\nfrom pathlib import Path\nTHEME = str(Path(pelican.__file__).parent / "themes/simple")\n'


@pytest.fixture(scope="module")
def simple(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    return published(tmp_path_factory.mktemp("simple") / "paper", SIMPLE)


def test_the_stock_theme_has_a_page_for_every_article(simple: Publication) -> None:
    shown = simple.show().values()
    assert len(shown) == len(ARTICLES)
    for record in shown:
        page = simple.page(record["url"])
        assert text_of(page.xpath("//h1[not(ancestor::header[@id='banner'])] | //h2")[0])
        assert record["title"].split()[0] in text_of(page)


def test_the_stock_themes_archives_list_every_article(simple: Publication) -> None:
    page = simple.page("/archives/")
    links = {urlsplit(href).path for href in page.xpath("//dl//a/@href")}
    assert links == {record["url"] for record in simple.show().values()}


def test_the_stock_theme_shows_our_entities_as_tags(simple: Publication) -> None:
    for record in simple.show().values():
        for entity in record["entities"]:
            page = simple.page(f"/entites/{entity['slug']}/")
            assert entity["name"] in text_of(page)
            links = {urlsplit(href).path for href in page.xpath("//a/@href")}
            assert record["url"] in links


def test_a_hostile_headline_is_only_text_in_the_stock_theme(simple: Publication) -> None:
    record = simple.show()["monde/hostile"]
    for path in (record["url"], "/archives/", "/"):
        page = simple.page(path)
        assert not page.xpath("//script")
        assert "A < B & l'accord {{ 7*7 }} {% raw %}" in text_of(page)


def test_the_stock_theme_follows_the_articles(tmp_path: Path) -> None:
    paper = published(tmp_path / "paper", SIMPLE)
    edit(paper)
    assert paper.site == clean_site(paper, tmp_path / "clean")


# -- on and off ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "guest", [with_plugins("sitemap", "seo") + SEO, SIMPLE], ids=["plugins", "theme"]
)
def test_a_guest_that_leaves_leaves_nothing_behind(
    plain: Publication, tmp_path: Path, guest: str
) -> None:
    paper = published(tmp_path / "paper")
    settings = (paper.folder / "pelicanconf.py").read_text(encoding="utf-8")
    paper.settings(guest)
    assert paper.build().code == 0
    assert without_times(paper.site) == without_times(clean_site(paper, tmp_path / "guest"))
    (paper.folder / "pelicanconf.py").write_text(settings, encoding="utf-8")
    assert paper.build().code == 0
    assert paper.site == plain.site


# -- the lists plugins and themes are given -------------------------------------------------------------


@pytest.fixture(scope="module")
def lists(plain: Publication):  # type: ignore[no-untyped-def]
    """The archive as a Pelican theme sees it, and the ids of the articles made so far."""
    from incremental_build.host import PelicanHost
    from newsdigest.archive.connections import read_store
    from newsdigest.archive.readers import Archive
    from newsdigest.site.settings import settings_from
    from pelican import Pelican
    from pelican.settings import read_settings

    values = read_settings(str(plain.folder / "pelicanconf.py"))
    host = PelicanHost(Pelican(values).settings)
    settings = settings_from(values, {"RAW_NOW": NOW})
    store = read_store(Path(settings.cache) / "archive.sqlite")
    host.open_archive(Archive(store, settings.addresses, settings.limits))
    yield host
    store.close()


@pytest.fixture
def articles(lists, plain: Publication):  # type: ignore[no-untyped-def]
    from incremental_build.articles import Library, StoreArticles

    generator = lists.generator
    made: list[str] = []

    def make(article_id: str):  # type: ignore[no-untyped-def]
        made.append(article_id)
        return generator.library.make(article_id)

    archive = generator.library.archive
    library = Library(archive, make)
    found = StoreArticles(library, lambda: list(archive.articles.ids())[::-1])
    return found, made


NEWEST_FIRST = ["monde/hostile", "monde/accord", "eco/port", "monde/sommet", "eco/ete"]


def ids(found) -> list[str]:  # type: ignore[no-untyped-def]
    return [article.record.id for article in found]


def test_looking_at_the_first_articles_makes_no_others(articles) -> None:  # type: ignore[no-untyped-def]
    found, made = articles
    assert len(found) == len(ARTICLES)
    assert bool(found)
    assert made == []
    assert ids(found[:2]) == NEWEST_FIRST[:2]
    assert made == NEWEST_FIRST[:2]
    assert ids(found[:2]) == NEWEST_FIRST[:2]
    assert made == NEWEST_FIRST[:2]


def test_the_articles_behave_as_a_list(articles) -> None:  # type: ignore[no-untyped-def]
    found, _ = articles
    assert ids(found) == NEWEST_FIRST
    assert ids(reversed(found)) == NEWEST_FIRST[::-1]
    assert ids(found[::2]) == NEWEST_FIRST[::2]
    assert ids(found[-2:]) == NEWEST_FIRST[-2:]
    assert found[0] is found[0] is next(iter(found)) is found[:1][0]
    assert found[-1].record.id == NEWEST_FIRST[-1]
    with pytest.raises(IndexError):
        found[len(ARTICLES)]
    assert found[1] in found
    assert found.index(found[3]) == 3
    assert found.count(found[3]) == 1
    assert "monde/hostile" not in found
    assert [article.title for article in found] == [article.title for article in list(found)]


def test_a_list_that_is_sorted_stays_so_and_holds_the_same_articles(articles) -> None:  # type: ignore[no-untyped-def]
    found, _ = articles
    first = found[0]
    found.sort(key=lambda article: article.title)
    titles = [article.title for article in found]
    assert titles == sorted(titles)
    assert first in found
    found.sort(key=lambda article: article.date, reverse=True)
    assert [article.date for article in found] == sorted(
        (article.date for article in found), reverse=True
    )


def test_a_tags_articles_are_the_archives(lists) -> None:  # type: ignore[no-untyped-def]
    tags = {tag.name: found for tag, found in lists.context["tags"]}
    assert dict(lists.context["tags"].items()).keys() == dict(lists.context["tags"]).keys()
    assert ids(tags["Anna Korvat"]) == ["monde/accord", "monde/sommet", "eco/ete"]
    newest = lists.context["articles"]
    assert tags["Anna Korvat"][0] is newest[1]
    categories = {category.name: ids(found) for category, found in lists.context["categories"]}
    assert categories == {
        "eco": ["eco/port", "eco/ete"],
        "monde": ["monde/hostile", "monde/accord", "monde/sommet"],
    }
