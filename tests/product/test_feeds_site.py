"""The subscriber's side of the demonstration site: every feed, as the clients read it."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import feedparser
import pytest
from lxml import etree
from lxml import html as lxml_html
from publication import SITE, Publication, folded, parse, text_of

from benchmarks.feed_rules import faults

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PARIS = ZoneInfo("Europe/Paris")


class Feed:
    """One feed of the site: as plain XML, and as a client reads it."""

    def __init__(self, paper: Publication, file: Path) -> None:
        self.path = file.relative_to(paper.output).as_posix()
        self.bytes = file.read_bytes()
        self.tree = etree.fromstring(self.bytes)
        self.read = feedparser.parse(self.bytes, sanitize_html=False, resolve_relative_uris=False)

    @property
    def atom(self) -> bool:
        return self.path.endswith(".atom")

    @property
    def ids(self) -> list[str]:
        return [entry.id for entry in self.read.entries]

    def dates(self, name: str) -> list[datetime]:
        """`published` or `updated` of every entry, aware, in the order of the file."""
        if self.atom:
            return [
                datetime.fromisoformat(e.text)
                for e in self.tree.iterfind(f".//{ATOM}entry/{ATOM}{name}")
            ]
        if name == "updated":
            return [
                datetime.fromisoformat(e.text) for e in self.tree.iterfind(f".//item/{ATOM}updated")
            ]
        return [parsedate_to_datetime(e.text) for e in self.tree.iterfind(".//item/pubDate")]


@pytest.fixture(scope="module")
def feeds(demo: Publication) -> dict[str, Feed]:
    files = sorted(f for f in demo.output.rglob("*") if f.suffix in (".atom", ".rss"))
    found = [Feed(demo, file) for file in files]
    return {feed.path: feed for feed in found}


@pytest.fixture(scope="module")
def pages(demo: Publication) -> dict[str, lxml_html.HtmlElement]:
    return {
        file.relative_to(demo.output).as_posix(): parse(file)
        for file in sorted(demo.output.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def shown(demo: Publication) -> dict[str, dict[str, Any]]:
    return demo.show()


def test_every_feed_is_read_without_complaint(feeds: dict[str, Feed]) -> None:
    assert len(feeds) > 40
    assert {path: feed.read.bozo for path, feed in feeds.items() if feed.read.bozo} == {}
    versions = {(Path(path).suffix, feed.read.version) for path, feed in feeds.items()}
    assert versions == {(".atom", "atom10"), (".rss", "rss20")}


def test_validators_find_nothing_in_any_file(demo: Publication) -> None:
    kinds = (".atom", ".rss", ".json", ".opml")
    files = [file for file in (demo.output / "feeds").rglob("*") if file.suffix in kinds]
    told = {
        file.name: faults(file.read_bytes(), f"{SITE}/{file.relative_to(demo.output)}")
        for file in files
    }
    assert {name: fault for name, fault in told.items() if fault} == {}


def standing(feeds: dict[str, Feed]) -> list[tuple[str, Feed]]:
    """The feeds one follows: the documents before them are no feeds of their own."""
    return [(path, feed) for path, feed in feeds.items() if not path.startswith("feeds/archives/")]


def test_an_entry_appears_once_and_under_a_tag_uri(feeds: dict[str, Feed]) -> None:
    for feed in feeds.values():
        assert len(feed.ids) == len(set(feed.ids)) > 0, feed.path
        assert all(re.fullmatch(r"tag:lefil\.example,2026:[!-~]+", id_) for id_ in feed.ids)


def test_both_formats_carry_the_same_entries_in_the_same_order(feeds: dict[str, Feed]) -> None:
    atoms = {path.removesuffix(".atom"): f for path, f in standing(feeds) if path.endswith("atom")}
    rss = {path.removesuffix(".rss"): f for path, f in feeds.items() if path.endswith("rss")}
    assert {path: feed.ids for path, feed in atoms.items()} == {
        path: feed.ids for path, feed in rss.items()
    }
    for path, feed in atoms.items():
        titles = [folded(entry.title) for entry in feed.read.entries]
        assert titles == [folded(entry.title) for entry in rss[path].read.entries]


def test_an_article_has_one_id_in_all_feeds(feeds: dict[str, Feed]) -> None:
    ids: dict[str, set[str]] = {}
    for feed in feeds.values():
        for entry in feed.read.entries:
            ids.setdefault(entry.link, set()).add(entry.id)
    assert {link: found for link, found in ids.items() if len(found) > 1} == {}


def test_an_rss_guid_is_not_an_address(feeds: dict[str, Feed]) -> None:
    guids = [g for feed in feeds.values() for g in feed.tree.iterfind(".//item/guid")]
    assert guids
    assert {guid.get("isPermaLink") for guid in guids} == {"false"}


def test_a_feed_knows_the_address_it_is_served_at(feeds: dict[str, Feed]) -> None:
    for path, feed in feeds.items():
        (link,) = feed.tree.xpath(
            "./*[local-name()='link'][@rel='self'] | ./channel/*[@rel='self']"
        )
        assert link.get("href") == f"{SITE}/{path}"
        expected = "application/atom+xml" if feed.atom else "application/rss+xml"
        assert link.get("type") == expected


def test_a_feed_leads_to_a_page_of_the_site(feeds: dict[str, Feed], demo: Publication) -> None:
    for feed in feeds.values():
        links = [feed.read.feed.link, *(entry.link for entry in feed.read.entries)]
        assert all(link.startswith(SITE + "/") for link in links)
        files = [link.removeprefix(SITE + "/") for link in links]
        files = [f + "index.html" if f == "" or f.endswith("/") else f for f in files]
        assert [f for f in files if not (demo.output / f).is_file()] == []


def test_the_full_text_of_the_page_is_in_the_feed(
    feeds: dict[str, Feed], demo: Publication
) -> None:
    for path in ("feeds/all.atom", "feeds/all.rss"):
        for entry in feeds[path].read.entries:
            page = demo.page(entry.link.removeprefix(SITE))
            (body,) = page.find_class("body")
            content = lxml_html.fromstring(f"<div>{entry.content[0].value}</div>")
            # A line that leads nowhere says so on the page only.
            assert words(content) == [NOWHERE.sub("", text) for text in words(body)]
            (headline,) = page.xpath("//h1")
            assert folded(entry.title) == text_of(headline)


NOWHERE = re.compile(r" \((?:non publié ici|not published here|không đăng tại đây)\)$")


def words(element: lxml_html.HtmlElement) -> list[str]:
    """The text block by block: where one ends there is no space in the HTML."""
    blocks = element.iter("p", "li", "h2", "td", "th", "figcaption")
    return [text_of(block) for block in blocks]


def test_an_entry_is_safe_in_any_reader(feeds: dict[str, Feed]) -> None:
    allowed = {"div", "p", "h2", "ul", "ol", "li", "a", "strong", "figure", "figcaption",
               "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
    for feed in feeds.values():
        for entry in feed.read.entries:
            content = lxml_html.fromstring(f"<div>{entry.content[0].value}</div>")
            assert {element.tag for element in content.iter()} <= allowed
            assert {name for e in content.iter() for name in e.attrib} <= {"href", "lang", "dir"}
            assert all(link.startswith(SITE + "/") for link in content.xpath("//@href"))


def test_dates_are_those_of_paris_newest_first(feeds: dict[str, Feed]) -> None:
    for feed in feeds.values():
        published, updated = feed.dates("published"), feed.dates("updated")
        assert len(published) == len(updated) == len(feed.ids)
        assert published == sorted(published, reverse=True)
        for moment in published + updated:
            assert moment.utcoffset() == moment.astimezone(PARIS).utcoffset()
        if feed.atom:
            own = datetime.fromisoformat(feed.tree.findtext(f"{ATOM}updated"))
            assert own == max(updated)
        else:
            own = parsedate_to_datetime(feed.tree.findtext("channel/lastBuildDate"))
            assert own == max(updated).replace(microsecond=0)


def test_no_feed_is_longer_or_heavier_than_clients_bear(feeds: dict[str, Feed]) -> None:
    for path, feed in feeds.items():
        if not path.startswith(("feeds/all.", "feeds/archives/")):
            most = 50 if path.startswith("feeds/langues/") else 20
            assert len(feed.ids) <= most, path
        assert len(feed.bytes) < 500_000
    # By whole days: tests/build/test_feed_history.py.
    assert 50 <= len(feeds["feeds/all.atom"].ids) <= 60


def test_an_entity_has_its_feed_from_three_articles_on(
    feeds: dict[str, Feed],
    shown: dict[str, dict[str, Any]],
    pages: dict[str, lxml_html.HtmlElement],
    demo: Publication,
) -> None:
    days: dict[str, list[date]] = {}
    french: dict[str, list[date]] = {}
    for record in shown.values():
        day = date.fromisoformat(f"{record['date']}-01"[:10])  # a month is its first day
        for entity in record["entities"]:
            days.setdefault(entity["slug"], []).append(day)
            if spoken(pages[record["url"][1:]]) == "fr":
                french.setdefault(entity["slug"], []).append(day)
    fed = {Path(path).stem for path in feeds if path.startswith("feeds/entites/")}
    paged = {f.name for f in (demo.output / "entites").iterdir() if f.is_dir()}
    assert fed == {slug for slug, told in days.items() if len(told) >= 3 and slug in paged}
    for slug in fed:
        in_one = french.get(slug) or days[slug]
        month = [day for day in in_one if (max(in_one) - day).days <= 30]
        most = min(max(len(month), 5), len(in_one), 20)
        assert len(feeds[f"feeds/entites/{slug}.atom"].ids) == most


def test_every_page_announces_feeds_that_exist_its_own_first(
    pages: dict[str, lxml_html.HtmlElement], feeds: dict[str, Feed], demo: Publication
) -> None:
    for path, page in pages.items():
        every = page.xpath("//link[@rel='alternate']")
        # The article in other formats is no feed.
        links = [one for one in every if one.get("type") not in ("text/plain", "application/json")]
        offered = [link.get("href").removeprefix("/") for link in links]
        assert [file for file in offered if not (demo.output / file).is_file()] == [], path
        offered = [file for file in offered if not file.endswith(".json")]
        assert set(offered) <= set(feeds), path
        assert offered[-2:] == ["feeds/all.atom", "feeds/all.rss"]
        assert all(link.get("title") for link in links)
        types = {form: f"application/{form}+xml" for form in ("atom", "rss")}
        types["json"] = "application/feed+json"
        forms = [link.get("href").rpartition(".")[2] for link in links]
        assert [link.get("type") for link in links] == [types[form] for form in forms]
        folder, _, rest = path.partition("/")
        slug = (
            rest.split("/")[0]
            if folder in ("entites", "dossiers", "agences", "rubriques") and "/" in rest
            else ""
        )
        slug, folder = FEED_PAGES.get(path, (slug, folder))
        own = [f"feeds/{folder}/{slug}.{form}".replace("//", "/") for form in ("atom", "rss")]
        if spoken(page) != "fr":
            own = [f"feeds/langues/{spoken(page)}.{form}" for form in ("atom", "rss")]
        assert offered[:-2] == (own if own[0] in feeds else []), path


def spoken(page: lxml_html.HtmlElement) -> str:
    """The language of what a page tells."""
    return str(page.xpath("//meta[@property='og:locale']/@content")[0])[:2]


# The pages that tell of feeds which follow no other page: the feed's slug and folder.
FEED_PAGES = {
    "feeds/suivre/editions/index.html": ("editions", ""),
    **{f"feeds/suivre/langue-{lang}/index.html": (lang, "langues") for lang in ("en", "vi")},
    "corrections/index.html": ("corrections", ""),
}


def test_every_feed_has_a_page_that_names_its_addresses_and_its_newest(
    pages: dict[str, lxml_html.HtmlElement], feeds: dict[str, Feed]
) -> None:
    """One to be copied, the others as links; the page is what the feed itself calls its own."""
    for path, feed in standing(feeds):
        page = pages[feed.read.feed.link.removeprefix(SITE + "/") + "index.html"]
        form = Path(path).suffix
        links = [link.removeprefix(SITE).removeprefix("/") for link in page.xpath("//main//@href")]
        (address,) = page.xpath("//input[@readonly]/@value")
        assert address == f"{SITE}/{path.removesuffix(form)}.atom"
        assert path in links
        newest = [entry.link.removeprefix(SITE + "/") for entry in feed.read.entries[:10]]
        assert [link for link in newest if link not in links] == [], path


def test_a_feed_is_in_one_language_and_the_feed_of_everything_in_all(
    feeds: dict[str, Feed],
) -> None:
    langs = {
        path.removesuffix(".atom"): {
            entry.get(XML_LANG) for entry in feed.tree.iterfind(f"{ATOM}entry")
        }
        for path, feed in feeds.items()
        if path.endswith(".atom")
    }
    whole = [path for path in langs if path == "feeds/all" or "/archives/" in path]
    assert {lang for path in whole for lang in langs[path]} == {"fr", "en", "vi"}
    others = [path for path in langs if path not in whole]
    assert [path for path in others if len(langs[path]) > 1] == []
    assert (langs["feeds/langues/en"], langs["feeds/langues/vi"]) == ({"en"}, {"vi"})
    # Nothing that another language says is in the feeds of the site's own.
    held = {id_ for path in others if langs[path] == {"fr"} for id_ in feeds[f"{path}.atom"].ids}
    assert held.isdisjoint(feeds["feeds/langues/en.atom"].ids)


def test_the_opml_lists_exactly_the_feeds_of_the_site(
    demo: Publication, feeds: dict[str, Feed]
) -> None:
    files = sorted((demo.output / "feeds").rglob("*.opml"))
    lists = [etree.parse(file).getroot() for file in files]
    assert {(opml.tag, opml.get("version")) for opml in lists} == {("opml", "2.0")}
    (opml,) = lists  # as few feeds as the demonstration has stand in one
    lines = opml.findall(".//outline[@xmlUrl]")
    listed = [line.get("xmlUrl").removeprefix(SITE + "/") for line in lines]
    assert sorted(listed) == sorted(
        path for path, _feed in standing(feeds) if path.endswith(".atom")
    )
    assert {line.get("type") for line in lines} == {"rss"}
    assert all(line.get("text") and line.get("htmlUrl") for line in lines)
    assert opml.find("body/outline").get("text") == "Le Fil"


def test_the_page_of_feeds_gives_the_first_ten_of_a_sort_to_copy_and_leads_to_the_others(
    pages: dict[str, lxml_html.HtmlElement], feeds: dict[str, Feed]
) -> None:
    page = pages["feeds/index.html"]
    whole = page.xpath("//main/ul//input/@value")
    assert whole == [
        f"{SITE}/feeds/{name}.atom" for name in ("all", "editions", "langues/en", "langues/vi")
    ]
    for sort in page.xpath("//main/details[summary/h2]"):
        addresses = sort.xpath(".//input/@value")
        assert 0 < len(addresses) <= 10
        assert {address.removeprefix(SITE + "/") for address in addresses} <= set(feeds)
        # Each leads to its page, which has its feed too.
        assert all(link.startswith("/") for link in sort.xpath(".//li/a/@href"))
    more = page.xpath("//main/details/p/a/@href")
    assert sorted(set(more)) == ["/dossiers/", "/entites/", "/rubriques/"]
    # All agencies, which no other page lists.
    signed = {path for path, _ in standing(feeds) if path.startswith("feeds/agences/")}
    offered = {address.removeprefix(SITE + "/") for address in page.xpath("//input/@value")}
    assert {path for path in signed if path.endswith(".atom")} <= offered


@pytest.fixture(scope="module")
def retitled(demo: Publication, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any, Any]:
    """(id, address before, publication after) of an article whose headline an editor rewrote."""
    paper = Publication(tmp_path_factory.mktemp("retitled") / "paper", demo.content)
    id_ = "monde/2026-01-22-accord-peche-signe"
    before = demo.show()[id_]
    text = (paper.content / f"{id_}.txt").read_text(encoding="utf-8")
    paper.write(f"{id_}.txt", text.replace(before["title"], "Orvennes : la pêche a son traité", 1))
    assert paper.build().code == 0
    return id_, before["url"], paper


@pytest.mark.parametrize("path", ["feeds/all.atom", "feeds/all.rss"])
def test_a_rewritten_headline_is_not_a_new_article(
    retitled: tuple[Any, Any, Any], feeds: dict[str, Feed], path: str
) -> None:
    id_, address, paper = retitled
    before, after = feeds[path], Feed(paper, paper.output / path)
    assert after.ids == before.ids
    assert after.dates("published") == before.dates("published")
    at = [entry.link for entry in before.read.entries].index(SITE + address)
    assert after.ids[at] == f"tag:lefil.example,2026:{id_}"
    assert after.read.entries[at].link == f"{SITE}/2026/01/22/orvennes-la-peche-a-son-traite.html"
    assert folded(after.read.entries[at].title) == "Orvennes : la pêche a son traité"


def test_the_page_of_the_old_headline_is_gone(retitled: tuple[Any, Any, Any]) -> None:
    _, address, paper = retitled
    assert not (paper.output / address[1:]).exists()
    assert paper.run("invoke", "check").code == 0
