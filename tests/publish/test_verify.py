"""A page that leads nowhere is seen, however the link is written; words that look like one are not."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from lxml import etree
from newsdigest.publish.page_links import feed_links
from newsdigest.publish.verify import Verifier, leading_to, malformed

SITE = "https://lefil.example/fil"
THERE = {"index.html", "a/index.html", "a/b.html", "a/c.png", "feeds/all.atom"}


def missing(files: Collection[str]) -> set[str]:
    return set(files) - THERE


def page(body: str) -> bytes:
    return f"<!doctype html>\n<html>{body}</html>\n".encode()


def faults(body: str, path: str = "a/b.html", site: str = SITE) -> list[str]:
    return Verifier(missing, site).faults(path, page(body))


LINKS = {
    "from the root": '<a href="/fil/{}">x</a>',
    "with an anchor and a question": '<a href="/fil/{}?page=2#top">x</a>',
    "on a line of its own": '<a\n  href="/fil/{}"\n>x</a>',
    "in single quotes": "<a href='/fil/{}'>x</a>",
    "without quotes": "<a href=/fil/{}>x</a>",
    "relative, up": '<a href="../{}">x</a>',
    "relative to a base": '<base href="/fil/"><a href="{}">x</a>',
    "with spaces around": "<p class='x'><a href = \"/fil/{}\">x</a>",
    "a picture": '<img src="/fil/{}">',
    "a picture in single quotes": "<img src='/fil/{}'>",
    "a set of pictures": '<img srcset="/fil/a/c.png 1x, /fil/{} 2x">',
    "a set of pictures, one relative": '<img srcset="/fil/a/c.png 1x, ../{} 2x">',
    "a set of pictures on lines": '<img srcset="/fil/a/c.png 1x,\n /fil/{} 2x">',
    "a source of pictures": '<picture><source srcset="/fil/{}"></picture>',
    "a refresh": '<meta http-equiv="refresh" content="0; url=/fil/{}">',
    "a refresh in capitals": '<meta http-equiv="Refresh" content="5;URL=\'/fil/{}\'">',
    "a style sheet": '<link rel="stylesheet" href="/fil/{}">',
    "a script": '<script src="/fil/{}"></script>',
    "canonical": '<link rel="canonical" href="https://lefil.example/fil/{}">',
    "canonical, in another order": '<link href="https://lefil.example/fil/{}" rel="canonical">',
    "for networks": '<meta property="og:url" content="https://lefil.example/fil/{}">',
    "a picture for networks": '<meta property="og:image" content="https://lefil.example/fil/{}">',
    "structured data": (
        '<script type="application/ld+json">{{"url":"https://lefil.example/fil/{}"}}</script>'
    ),
    "structured data, spaced": (
        '<script type="application/ld+json">{{"x":1, "item" : "https://lefil.example/fil/{}"}}</script>'
    ),
}


@pytest.mark.parametrize("form", LINKS)
def test_a_link_is_seen_in_every_form(form: str) -> None:
    assert faults(LINKS[form].format("a/b.html")) == []
    fault = "link to /perdu.html, which the site does not have"
    assert faults(LINKS[form].format("perdu.html")) == [fault]


def test_a_form_with_nowhere_to_go_is_seen_beside_other_quotes() -> None:
    body = "<p class='x'></p><form action=\"/fil/perdu/\"></form>"
    assert faults(body) == ["link to /perdu/index.html, which the site does not have"]


@pytest.mark.parametrize(
    "body",
    [
        '<meta name="description" content="/ Hanoï, trois morts">',
        '<meta name="description" content="https://lefil.example/fil/perdu.html est en panne">',
        '<a href="https://lefil.example/fil/perdu.html" rel="external">Source</a>',
        "<p class='x'><a href='https://lefil.example/fil/perdu.html'>Source</a></p>",
        '<p data-href="/fil/perdu.html">x</p>',
        "<p>Écrivez src=/fil/perdu.html</p>",
        "<p>Écrivez href=&#34;/fil/perdu.html&#34;</p>",
        '<a href="//ailleurs.example/perdu.html">x</a>',
        "<a href='//ailleurs.example/perdu.html'>x</a>",
        '<a href="https://lefil.example/filet/perdu.html">x</a>',
        '<a href="mailto:a@b.example">x</a><a href="tel:112">x</a><a href="#perdu">x</a>',
        "<a href='javascript:void(0)'>x</a><a href=''>x</a><a href='http://[x'>x</a>",
        '<script>var x = \'<a href="perdu.html">\'; y.src="perdu.js"</script>',
        "<!-- <a href='perdu.html'> -->",
        '<script type="application/ld+json">{"headline":"https://lefil.example/fil/perdu"}</script>',
    ],
)
def test_words_and_other_sites_are_no_links(body: str) -> None:
    assert faults(body) == []


def test_a_link_that_leaves_the_sites_folder_is_seen_in_other_quotes_too() -> None:
    fault = ["link to /a/b.html, outside the site's folder"]
    assert faults('<a href="/a/b.html">x</a>') == fault
    assert faults("<a href='/a/b.html'>x</a>") == fault
    assert faults('<a href="../../a/b.html">x</a>') == fault


def test_a_page_cut_short_is_seen() -> None:
    cut = Verifier(missing).faults("a/b.html", b"<!doctype html><html><p>Le port")
    assert cut == ["cut short: no </html>"]
    assert "cut short: no </html>" in Verifier(missing).faults("a/b.html", b"")


@pytest.mark.parametrize(
    "twice",
    [
        '<p id="deux"></p><p id="un"></p><p id="deux"></p><p id="un"></p><p id="trois"></p>',
        "<p id='deux'></p><p id=\"un\"></p><p id=\"deux\"></p><p id='un'></p>",
        "<p id=deux></p><p id='un'></p><p id=\"deux\"></p><p id=un></p>",
    ],
)
def test_an_id_used_twice_is_named(twice: str) -> None:
    assert faults(twice) == ["id used twice: deux, un"]
    assert faults('<p id="un"></p><p data-id="un"></p><p> id=&#34;un&#34;</p>') == []


def test_structured_data_that_cannot_be_read_is_seen_on_an_unusual_page() -> None:
    (fault,) = faults('<p class=\'x\'></p><script type="application/ld+json">{"a":</script>')
    assert fault.startswith("structured data cannot be read")


FEEDS = {
    "atom": (
        "feeds/all.atom",
        '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="{}"/></feed>',
    ),
    "rss": ("feeds/all.rss", "<rss><channel><item><link>{}</link></item></channel></rss>"),
    "rss of itself": (
        "feeds/all.rss",
        '<rss xmlns:a="http://www.w3.org/2005/Atom"><channel><a:link href="{}"/></channel></rss>',
    ),
    "opml": ("feeds/index.opml", '<opml><body><outline xmlUrl="{}"/></body></opml>'),
    "opml of pages": ("feeds/index.opml", '<opml><body><outline htmlUrl="{}"/></body></opml>'),
    "map": (
        "sitemap.xml",
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{}</loc></url></urlset>',
    ),
}


@pytest.mark.parametrize("form", FEEDS)
def test_a_feed_or_a_map_leads_to_what_there_is(form: str) -> None:
    path, text = FEEDS[form]

    def found(address: str) -> list[str]:
        return Verifier(missing, SITE).faults(path, text.format(address).encode())

    assert found(f"{SITE}/feeds/all.atom") == []
    assert found("https://ailleurs.example/perdu") == []
    assert found(f"{SITE}/perdu/") == ["link to /perdu/index.html, which the site does not have"]
    (fault,) = Verifier(missing, SITE).faults(path, text[:-3].encode())
    assert fault.startswith("not well-formed")
    assert malformed(path, text[:-3].encode()) == [fault]


def test_what_a_feeds_article_cites_is_its_own_matter() -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry>'
        f'<link rel="related" href="{SITE}/perdu/"/><link rel="via" href="{SITE}/perdu/"/>'
        f"<content>{SITE}/perdu/</content></entry></feed>"
    )
    assert Verifier(missing, SITE).faults("feeds/all.atom", feed.encode()) == []


def test_an_entry_of_many_feeds_is_read_once_and_whatever_is_new_in_each_is_seen() -> None:
    verifier = Verifier(missing, SITE)

    def found(path: str, *entries: str) -> list[str]:
        items = "".join(f"<item><link>{SITE}/{entry}</item>" for entry in entries)
        feed = f"<rss><channel><link>{SITE}/</link>{items}</channel></rss>"
        return verifier.faults(path, feed.encode())

    assert found("feeds/all.rss", "a/b.html</link>") == []
    for _again in range(2):
        nowhere = found("feeds/a.rss", "a/b.html</link>", "perdu/</link>", "a/b.html</link>")
        assert nowhere == ["link to /perdu/index.html, which the site does not have"]
        (broken,) = found("feeds/b.rss", "a/b.html</link>", "a/b.html")
        assert broken.startswith("not well-formed")
    (cut,) = verifier.faults(
        "feeds/c.rss", f"<rss><item><link>{SITE}/a/b.html</link></item>".encode()
    )
    assert cut.startswith("not well-formed")
    assert found("feeds/d.rss", "a/b.html</link>") == []


def test_files_of_other_kinds_are_not_read() -> None:
    assert Verifier(missing).faults("static/a.css", b"a{") == []
    assert malformed("static/a.css", b"a{") == []


def test_a_foreign_themes_pages_answer_for_links_from_the_root_only() -> None:
    verifier = Verifier(missing, SITE, foreign=True)
    own = (
        '<link rel="alternate" href="https://lefil.example/fil/perdu.atom"><a href=\'perdu\'>x</a>'
    )
    assert verifier.faults("a/b.html", page(own)) == []
    assert verifier.faults("a/b.html", page('<a href="/fil/perdu/">x</a>')) == [
        "link to /perdu/index.html, which the site does not have"
    ]


@pytest.mark.parametrize(
    "before", ["<a href='perdu'>x</a>", "<a href=perdu>x</a>", "un href=1, dit-il"]
)
def test_a_link_that_is_written_otherwise_hides_none_after_it(before: str) -> None:
    data = page(f'{before}<a href="/fil/perdu/">x</a>')
    for foreign in (True, False):
        found = Verifier(missing, SITE, foreign=foreign).faults("a/b.html", data)
        assert "link to /perdu/index.html, which the site does not have" in found
    assert leading_to(data, {"perdu/index.html"}, SITE) == {"perdu/index.html"}


def test_an_address_found_sound_is_not_looked_up_again_and_a_missing_one_is() -> None:
    asked: list[set[str]] = []

    def ask(files: Collection[str]) -> set[str]:
        asked.append(set(files))
        return missing(files)

    verifier = Verifier(ask, "https://lefil.example")
    body = page('<a href="/a/">x</a><a href="/perdu/">x</a>')
    fault = ["link to /perdu/index.html, which the site does not have"]
    assert [verifier.faults("a/b.html", body) for _ in range(2)] == [fault, fault]
    assert asked == [{"a/index.html", "perdu/index.html"}, {"perdu/index.html"}]


def test_a_file_that_should_be_there_and_is_not_is_told_once() -> None:
    verifier = Verifier(missing, SITE, lost=lambda files: {"a/index.html"} & set(files))
    for body in ('<a href="/fil/a/">x</a>', "<a href='/fil/a/'>x</a>"):
        assert verifier.faults("a/b.html", page(body)) == []
    assert verifier.lost() == {"a/index.html"}
    assert verifier.lost() == frozenset()


def test_links_to_what_came_to_nothing_are_told_in_a_folder_too() -> None:
    body = page('<a href="/fil/a/">x</a><a href="/fil/">x</a>')
    assert leading_to(body, {"a/index.html", "z.html"}, SITE) == {"a/index.html"}
    at_the_root = page('<a href="/a/">x</a>')
    assert leading_to(at_the_root, {"a/index.html"}, "https://lefil.example") == {"a/index.html"}


@pytest.mark.parametrize("site", ["https://x.example", "https://x.example/fil"])
@pytest.mark.parametrize(
    ("written", "file"),
    [
        ("", "index.html"),
        ("2026/01/15/", "2026/01/15/index.html"),
        ("2026/01/15/un-2.html", "2026/01/15/un-2.html"),
        ("feeds/entites/a.atom", "feeds/entites/a.atom"),
        ("a/../b.html", "b.html"),
        ("a/./b/", "a/b/index.html"),
        ("%C3%A9t%C3%A9.html", "été.html"),
        ("a.html#ici", "a.html"),
        ("a.html?q=1", "a.html"),
    ],
)
def test_a_list_leads_where_a_browser_would_go(site: str, written: str, file: str) -> None:
    outline = etree.fromstring(f'<opml><outline htmlUrl="{site}/{written}"/></opml>')
    assert {link.file for link in feed_links(outline, site)} == {file}
