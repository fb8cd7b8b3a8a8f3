"""A fault in what was made is seen: the build says which, publishes nothing, and ends with its code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from publication import ROOT, Publication

ARTICLES = {
    "port.txt": " date 2026-01-20 Le port rouvre\n\nLe port d'Alvéra a rouvert mardi.\n\nAFP\n",
    "pont.txt": (
        " date 2026-01-21 Le pont suit\n\nLe pont d'Alvéra a rouvert mercredi.\n\n"
        ">> Le port rouvre\n\nAFP\n"
    ),
}
# A plugin of somebody's that damages what the site is made of.
SABOTEUR = """
from newsdigest.site.renderer import Renderer

PATH, BEFORE, AFTER = {0!r}, {1!r}, {2!r}
render = Renderer.render

def damaged(room, page, *keep):
    return [
        (path, data.replace(BEFORE, AFTER) if path == PATH else data)
        for path, data in render(room, page, *keep)
    ]

def register():
    Renderer.render = damaged
"""
MISCOUNT = """
import newsdigest.build as flow

tally = flow.tally

def miscounted(*arguments):
    report = tally(*arguments)
    report.{} += 1
    return report

def register():
    flow.tally = miscounted
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    publication = Publication(tmp_path_factory.mktemp("fil"))
    publication.settings("\nENTITY_TAGGER = 'rules'\n")
    (publication.folder / "theme").unlink()
    shutil.copytree(ROOT / "theme", publication.folder / "theme")
    for path, text in ARTICLES.items():
        publication.write(path, text)
    run = publication.build()
    assert run.code == 0, run.screen
    return publication


@pytest.fixture
def publication(built: Publication, tmp_path: Path) -> Publication:
    """A copy of the site as it was built, to be spoilt."""
    copied = tmp_path / "fil"
    shutil.copytree(built.folder, copied, symlinks=True)
    again = object.__new__(Publication)
    again.folder, again.content, again.output = copied, copied / "content", copied / "output"
    return again


def spoil(publication: Publication, template: str, before: str, after: str) -> None:
    file = publication.folder / "theme" / "templates" / template
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def plug_in(publication: Publication, code: str) -> None:
    (publication.folder / "mine").mkdir()
    (publication.folder / "mine" / "saboteur.py").write_text(code, encoding="utf-8")
    publication.settings(
        "PLUGIN_PATHS = [*PLUGIN_PATHS, 'mine']\nPLUGINS = ['saboteur', *PLUGINS]\n"
    )


def refusal(publication: Publication, *options: str, code: int = 3) -> str:
    """What a refused build says, in one line; the site is as it was, byte for byte."""
    before, times = publication.site, publication.times()
    run = publication.build(*options)
    assert run.code == code, run.screen
    assert (publication.site, publication.times()) == (before, times)
    assert "Traceback" not in run.screen
    assert not list(publication.folder.glob("*.output-*"))
    return run.err


END = "</body>"
TEMPLATES = {
    "cut short": ("base.html", "</html>", "", "cut short"),
    "a dead link": ("base.html", END, '<a href="/perdu/">x</a>' + END, "/perdu/index.html"),
    "in other quotes": ("base.html", END, "<a href='/perdu/'>x</a>" + END, "/perdu/index.html"),
    "without quotes": ("base.html", END, "<a href=/perdu/>x</a>" + END, "/perdu/index.html"),
    "relative": ("base.html", END, '<a href="perdu.html">x</a>' + END, "perdu.html"),
    "a picture": ("base.html", END, '<img alt="" src="/perdu.png">' + END, "/perdu.png"),
    "a set of pictures": ("base.html", END, '<img srcset="/perdu.png 2x">' + END, "/perdu.png"),
    "a style sheet": (
        *("base.html", "</head>", '<link rel="stylesheet" href="/perdu.css"></head>'),
        "/perdu.css",
    ),
    "a refresh": (
        *("base.html", "</head>", '<meta http-equiv="refresh" content="1;url=/perdu/"></head>'),
        "/perdu/index.html",
    ),
    "canonical": (
        *("base.html", "</head>", '<link rel="prev" href="https://lefil.example/perdu/"></head>'),
        "/perdu/index.html",
    ),
    "an id twice": ("base.html", END, '<p id="contenu"></p>' + END, "id used twice: contenu"),
    "an id twice in other quotes": ("base.html", END, "<p id='contenu'></p>" + END, "contenu"),
}


@pytest.mark.parametrize("fault", TEMPLATES)
def test_a_template_that_writes_a_fault_is_not_published(
    publication: Publication, fault: str
) -> None:
    template, before, after, told = TEMPLATES[fault]
    spoil(publication, template, before, after)
    said = refusal(publication)
    assert told in said
    assert len(said.splitlines()) == 1


DAY = b"/2026/01/20/"
FILES = {
    "atom cut": ("feeds/all.atom", b"</feed>", b"", "not well-formed"),
    "rss cut": ("feeds/all.rss", b"</rss>", b"", "not well-formed"),
    "opml cut": ("feeds/index.opml", b"</opml>", b"", "not well-formed"),
    "map cut": ("sitemaps/2026-01.xml", b"</urlset>", b"", "not well-formed"),
    "maps cut": ("sitemap.xml", b"</sitemapindex>", b"<", "not well-formed"),
    "an atom entry leads nowhere": ("feeds/all.atom", DAY, b"/2026/01/19/", "/2026/01/19/"),
    "an rss item leads nowhere": ("feeds/all.rss", DAY, b"/2026/01/19/", "/2026/01/19/"),
    "opml lists no feed": ("feeds/index.opml", b"all.atom", b"none.atom", "/feeds/none.atom"),
    "a map leads nowhere": ("sitemaps/2026-01.xml", DAY, b"/2026/01/19/", "/2026/01/19/index.html"),
    "maps name no map": ("sitemap.xml", b"2026-01", b"2026-07", "/sitemaps/2026-07.xml"),
    "structured data": ("2026/01/20/index.html", b'"url":"https://lefil.example/', b'"url":"https://lefil.example/perdu', "/perdu"),
    "a page cut": ("index.html", b"</html>", b"", "index.html: cut short"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FILES)
def test_a_file_damaged_before_it_is_published_is_seen(
    publication: Publication, fault: str
) -> None:
    path, before, after, told = FILES[fault]
    plug_in(publication, SABOTEUR.format(path, before, after))
    publication.write("quai.txt", ARTICLES["port.txt"].replace("port", "quai"))
    said = refusal(publication)
    assert path in said
    assert told in said


@pytest.mark.parametrize("count", ["found", "published", "draft", "duplicate", "rejected"])
def test_counts_that_do_not_add_up_stop_the_build(publication: Publication, count: str) -> None:
    plug_in(publication, MISCOUNT.format(count))
    publication.write("quai.txt", ARTICLES["port.txt"].replace("port", "quai"))
    said = refusal(publication)
    assert "3" in said
    assert len(said.splitlines()) == 1
    publication.settings("PLUGINS = PLUGINS[1:]\n")
    run = publication.build()
    assert (run.code, run.report["published"]) == (0, 3)


def test_a_strict_build_takes_nothing_away_either(publication: Publication) -> None:
    publication.write("vide.txt", "")
    (publication.content / "port.txt").unlink()
    refusal(publication, "--strict", code=2)
    run = publication.build()
    assert (run.code, run.report["published"], run.report["rejected"]) == (0, 1, 1)
    assert "2026/01/20/le-port-rouvre.html" not in publication.site
