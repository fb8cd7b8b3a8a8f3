"""The demonstration site as readers and machines find it, and what the editor's commands answer."""

from __future__ import annotations

import fcntl
import json
import re
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree
from lxml import html as lxml_html
from newsdigest.publish import manifest
from newsdigest.site.kind import Html
from newsdigest.site.kinds import KINDS
from publication import ROOT, SITE, Publication, folded, json_ld, parse, text_of
from schema_org import extracted, faults

Pages = dict[str, lxml_html.HtmlElement]
Shown = dict[str, dict[str, Any]]
# A small archive has neither older pages of a name nor an A-Z index in parts, and nothing of it was
# moved or corrected.
TOO_SMALL_FOR = {
    "redirect",
    "retraction",
    "entity_page",
    "initials",
    "corrections",
    "corrections_of_month",
    "story_redirect",
}


@pytest.fixture(scope="module")
def pages(demo: Publication) -> Pages:
    return {
        file.relative_to(demo.output).as_posix(): parse(file)
        for file in sorted(demo.output.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def shown(demo: Publication) -> Shown:
    return {id_: r for id_, r in demo.show().items() if r["status"] == "published"}


def links(page: lxml_html.HtmlElement) -> set[str]:
    return set(page.xpath("//main//a/@href"))


# -- every page ------------------------------------------------------------------------------------


def test_every_kind_of_page_is_there(demo: Publication, pages: Pages) -> None:
    """Whichever kinds there are: the manifest tells of which each file is. The search is looked at in
    tests/browser."""
    made = {file.path: file.kind for file in manifest.read(demo.output)}
    kinds = {kind.name for kind in KINDS if isinstance(kind, Html)}
    assert {made[path] for path in pages} == kinds - TOO_SMALL_FOR - {"search"}


def test_a_page_has_one_heading_and_no_style_or_script_of_its_own(pages: Pages) -> None:
    for path, page in pages.items():
        assert len(page.xpath("//h1")) == 1, path
        assert text_of(page.xpath("//h1")[0]), path
        assert page.xpath("//@style | //style | //@*[starts-with(name(), 'on')]") == [], path
        assert len(page.xpath("//script[not(@src)]")) == 1, path  # the structured data


def test_a_page_is_valid_enough_for_a_strict_parser(demo: Publication, pages: Pages) -> None:
    """No stray or unclosed tag: what libxml2 complains of, apart from HTML5's own elements."""
    for path in pages:
        parser = lxml_html.HTMLParser(encoding="utf-8")
        lxml_html.parse(demo.output / path, parser)
        faults = [
            e.message for e in parser.error_log if not re.match(r"Tag \w+ invalid", e.message)
        ]
        assert faults == [], path


def test_a_page_says_where_it_stands(pages: Pages) -> None:
    for path, page in pages.items():
        (canonical,) = page.xpath("//link[@rel='canonical']/@href")
        assert canonical == f"{SITE}/{path.removesuffix('index.html')}"
        assert page.xpath("//meta[@property='og:url']/@content") == [canonical]
        assert page.get("lang") == "fr"
        assert 0 < len(page.findtext(".//title")) <= 70
        assert page.xpath("//meta[@name='description']/@content")[0]


def test_titles_tell_pages_apart(pages: Pages) -> None:
    titles = Counter(page.findtext(".//title") for page in pages.values())
    assert {title: count for title, count in titles.items() if count > 1} == {}


def test_headings_never_skip_a_level(pages: Pages) -> None:
    for path, page in pages.items():
        levels = [int(h.tag[1]) for h in page.xpath("//main//*[self::h1 or self::h2 or self::h3]")]
        steps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
        assert (levels[0], steps) == (1, []), path


def test_every_link_of_the_site_leads_somewhere(demo: Publication) -> None:
    run = demo.run("invoke", "check")
    assert run.code == 0, run.screen
    assert run.out.strip().endswith("0 défauts.") or " 0 " in run.out.splitlines()[-1]


def test_the_sitemaps_list_the_pages_readers_look_for(
    demo: Publication, pages: Pages, shown: Shown
) -> None:
    index = etree.parse(demo.output / "sitemap.xml").getroot()
    schema = etree.XMLSchema(etree.parse(ROOT / "tests" / "data" / "schemas" / "sitemap.xsd"))
    assert [
        path
        for path in demo.site
        if "sitemap" in path and not schema.validate(etree.fromstring(demo.site[path]))
    ] == []
    maps = [loc.text.removeprefix(SITE + "/") for loc in index.iter("{*}loc")]
    assert sorted(maps) == sorted(p for p in demo.site if p.startswith("sitemaps/"))
    listed = [
        loc.text.removeprefix(SITE)
        for path in maps
        # The news stand in the map of their month too.
        if path != "sitemaps/news.xml"
        for loc in etree.parse(demo.output / path).getroot().iter("{*}loc")
    ]
    assert len(listed) == len(set(listed)) <= 50_000
    assert {record["url"] for record in shown.values()} <= set(listed)
    for address in listed:
        page = demo.page(address)
        assert page.xpath("//meta[@name='robots']") == []
    assert f"{SITE}/sitemap.xml" in demo.site["robots.txt"].decode()


# -- articles ----------------------------------------------------------------------------------------


def test_an_article_says_the_same_to_readers_and_machines(pages: Pages, shown: Shown) -> None:
    for id_, record in shown.items():
        page = pages[record["url"][1:]]
        (headline,) = page.xpath("//h1")
        data = json_ld(page)
        assert data["@type"] == "NewsArticle"
        assert text_of(headline).startswith(folded(data["headline"]).rstrip("…")), id_
        assert len(data["headline"]) <= 110
        (time,) = page.xpath("//div[contains(@class, 'byline')]//time")
        assert record["date"] == time.get("datetime") == data["datePublished"]
        assert data["url"] == data["mainEntityOfPage"]["@id"] == SITE + record["url"]
        byline = [text_of(b) for b in page.xpath("//div[contains(@class, 'byline')]/p/strong")]
        author = data.get("author", {})
        authors = author if isinstance(author, list) else [author]
        agencies = data.get("copyrightHolder", [])
        authors += agencies if isinstance(agencies, list) else [agencies]
        names = {name["name"] for name in authors if name}
        assert {part for b in byline for part in re.split("/|, ", b)} == {
            part for name in names for part in re.split("/|, ", name)
        }, id_


def test_search_engines_extract_the_article(demo: Publication, shown: Shown) -> None:
    for record in list(shown.values())[::10]:
        html = (demo.output / record["url"][1:]).read_text(encoding="utf-8")
        found = extracted(html, SITE + record["url"])
        article, graph = found["data"], found["graph"]
        assert (graph["og:type"], graph["og:url"]) == (["article"], [SITE + record["url"]])
        assert [article["publisher"]["name"]] == graph["og:site_name"] == ["Le Fil"]
        day = [record["date"]] if len(record["date"]) >= 10 else []
        assert graph.get("article:published_time", []) == day
        assert article["isAccessibleForFree"] is True
        assert article["inLanguage"] == record_lang(record)


def record_lang(record: dict[str, Any]) -> str:
    folder = record["id"].split("/")[0]
    return folder if folder in ("en", "vi") else "fr"


def test_structured_data_is_valid_on_every_page(pages: Pages) -> None:
    for path, page in pages.items():
        data = json_ld(page)
        assert data["@context"] == "https://schema.org", path
        assert faults(data, SITE) == [], path


def test_a_foreign_article_says_its_language(pages: Pages, shown: Shown) -> None:
    languages = {id_: record_lang(record) for id_, record in shown.items()}
    assert set(languages.values()) == {"fr", "en", "vi"}
    for id_, lang in languages.items():
        (body,) = pages[shown[id_]["url"][1:]].find_class("body")
        assert body.get("lang") == (None if lang == "fr" else lang)


def test_every_article_is_reached_from_its_day_month_year_and_the_archives(
    pages: Pages, shown: Shown
) -> None:
    for record in shown.values():
        year, month, day = [*record["date"][:10].split("-"), ""][:3]
        steps = [
            "archives/",
            f"{year}/",
            f"{year}/{month}/",
            *([f"{year}/{month}/{day}/"] * bool(day)),
        ]
        found = [links(pages[step + "index.html"]) for step in steps]
        for reached, step in zip(found, steps[1:], strict=False):
            assert f"/{step}" in reached
        assert record["url"] in found[-1]


def test_the_newest_day_is_one_touch_from_the_front_page_at_most(
    pages: Pages, shown: Shown
) -> None:
    """A story counts once: its other dispatches stand on its own page."""
    newest = max(record["date"][:10] for record in shown.values())
    front = links(pages["index.html"])
    that_day = {r["url"] for r in shown.values() if r["date"][:10] == newest}
    assert that_day
    of_stories = [links(pages[f"{url[1:]}index.html"]) for url in front if "/dossiers/" in url]
    assert that_day <= front.union(*of_stories)
    assert f"/{newest.replace('-', '/')}/" in front


def test_related_headlines_and_those_who_cite_lead_to_each_other(
    pages: Pages, shown: Shown
) -> None:
    linked = 0
    for id_, record in shown.items():
        page = pages[record["url"][1:]]
        for reference in record["related"]:
            if reference["state"] == "linked":
                target = shown[reference["target"]]
                linked += 1
                assert page.xpath(f"//aside[@class='related']//a[@href='{target['url']}']")
                assert id_ in target["cited_by"]
                assert record["url"] in links(pages[target["url"][1:]])
            else:
                waiting = [
                    text_of(li) for li in page.xpath("//aside[@class='related']//li[not(a)]")
                ]
                assert waiting
    assert linked > 50


# -- entities ----------------------------------------------------------------------------------------


def entity_pages(pages: Pages) -> dict[str, lxml_html.HtmlElement]:
    """The newest page of each entity, by slug."""
    return {
        path.split("/")[1]: page
        for path, page in pages.items()
        if re.fullmatch(r"entites/[^/]+/index\.html", path)
    }


def test_the_index_lists_exactly_the_entities_that_have_a_page(pages: Pages) -> None:
    listed = pages["entites/index.html"].xpath("//main//section//ul[@class='index']//a/@href")
    assert len(listed) == len(set(listed))
    assert set(listed) == {f"/entites/{slug}/" for slug in entity_pages(pages)}


def test_an_entity_page_lists_exactly_the_articles_that_name_it(pages: Pages, shown: Shown) -> None:
    naming: dict[str, set[str]] = {}
    kinds: dict[str, set[str]] = {}
    for record in shown.values():
        for entity in record["entities"]:
            naming.setdefault(entity["slug"], set()).add(record["url"])
            kinds.setdefault(entity["slug"], set()).add(entity["type"])
    for slug, page in entity_pages(pages).items():
        older = [p for path, p in pages.items() if path.startswith(f"entites/{slug}/page/")]
        listed = [a.get("href") for p in (page, *older) for a in p.xpath("//h3/a")]
        assert set(listed) == naming[slug], slug
        assert len(kinds[slug]) == 1, slug


def test_a_page_opens_at_two_articles_and_three_for_an_organisation(
    pages: Pages, shown: Shown
) -> None:
    """But for a single name that no article introduces: it may be anybody's."""
    counts = Counter(
        (entity["slug"], entity["type"])
        for record in shown.values()
        for entity in record["entities"]
    )
    due = {
        slug
        for (slug, kind), count in counts.items()
        if count >= (3 if kind == "organisation" else 2)
    }
    single = {
        entity["slug"]
        for record in shown.values()
        for entity in record["entities"]
        if entity["type"] == "person" and " " not in entity["name"]
    }
    assert set(entity_pages(pages)) - single == due - single


def test_an_entity_is_linked_once_in_an_article_where_it_is_first_named(
    pages: Pages, shown: Shown
) -> None:
    for record in shown.values():
        page = pages[record["url"][1:]]
        targets = page.xpath("//div[@class='body']//a[@class='entity']/@href")
        assert len(targets) == len(set(targets)), record["id"]
        named = {f"/entites/{entity['slug']}/" for entity in record["entities"]}
        assert set(targets) <= named


def test_names_cited_twice_only_are_kept_from_search_engines(pages: Pages, shown: Shown) -> None:
    counts = Counter(e["slug"] for r in shown.values() for e in r["entities"])
    for slug, page in entity_pages(pages).items():
        robots = page.xpath("//meta[@name='robots']/@content")
        assert robots == (["noindex"] if counts[slug] < 3 else []), slug


# -- what the editor's commands answer ---------------------------------------------------------------

GOOD = " date 2026-01-15 Le port rouvre\n\nLe port a rouvert lundi, selon la préfecture.\n\nAFP\n"


def test_the_report_has_every_count_and_they_add_up(demo: Publication) -> None:
    report = demo.first_build.report  # type: ignore[attr-defined]
    fixed = {
        "found", "published", "draft", "duplicate", "kept", "rejected", "ignored", "new", "changed",
        "removed", "folded", "rejections", "kept_files", "links", "pages", "feeds", "subscribers", "seconds",
    }  # fmt: skip
    assert fixed <= set(report)
    assert set(report["links"]) == {"linked", "ambiguous", "waiting", "healed"}
    assert set(report["pages"]) == {"written", "kept", "deleted"}
    assert set(report["feeds"]) == {"written", "kept"}
    assert set(report["subscribers"]) == {"new", "updated", "withdrawn", "reappearing"}
    assert {"scan", "parse"} <= set(report["seconds"])
    outcomes = ("published", "draft", "duplicate", "kept", "rejected", "ignored")
    assert sum(report[outcome] for outcome in outcomes) == report["found"] == report["new"]
    files = list((ROOT / "content").rglob("*.txt"))
    assert (report["found"], report["published"]) == (len(files), len(files))


def test_the_report_counts_the_files_that_were_written(demo: Publication) -> None:
    report = demo.first_build.report  # type: ignore[attr-defined]
    suffixes = Counter(re.sub(r"^.*?(\.ninjs)?(\.\w+)$", r"\1\2", path) for path in demo.site)
    assert report["feeds"]["written"] == suffixes[".atom"] + suffixes[".rss"] + suffixes[".json"]
    assert report["pages"]["written"] == sum(
        suffixes[s] for s in (".html", ".xml", ".txt", ".opml", ".ninjs.json")
    )


def test_show_has_every_field_of_an_article(demo: Publication) -> None:
    for record in demo.show().values():
        assert set(record) == {
            "id", "url", "title", "date", "status", "related", "cited_by", "suggestions",
            "duplicate_of", "duplicates", "story", "entities",
        }  # fmt: skip


def test_a_rejected_file_does_not_stop_the_others(publication: Publication) -> None:
    publication.write("bon.txt", GOOD)
    publication.write("vide.txt", "")
    run = publication.build()
    assert run.code == 0
    assert run.report["rejections"] == [
        {
            "path": "vide.txt",
            "line": 1,
            "code": "E_EMPTY",
            "message": "le fichier est vide.",
            "hint": "Supprimez-le ou collez de nouveau l'article.",
        }
    ]
    assert "content/vide.txt:1: E_EMPTY: le fichier est vide." in run.out
    assert publication.page("/2026/01/15/le-port-rouvre.html") is not None


def test_a_strict_build_publishes_nothing_when_a_file_is_rejected(publication: Publication) -> None:
    publication.write("bon.txt", GOOD)
    publication.write("vide.txt", "")
    run = publication.build("--strict")
    assert (run.code, run.report["rejected"]) == (2, 1)
    assert publication.site == {}
    (publication.content / "vide.txt").unlink()
    assert publication.build("--strict").code == 0
    before = publication.times()
    publication.write("bon.txt", GOOD.replace("rouvre", "ferme"))
    publication.write("vide.txt", "")
    assert publication.build("--strict").code == 2
    assert publication.times() == before
    (publication.content / "vide.txt").unlink()
    assert publication.build().code == 0
    assert publication.page("/2026/01/15/le-port-ferme.html") is not None
    assert not (publication.output / "2026/01/15/le-port-rouvre.html").exists()


def test_a_second_build_at_the_same_time_is_stopped_with_a_clear_line(
    publication: Publication,
) -> None:
    publication.write("bon.txt", GOOD)
    (publication.folder / "cache").mkdir()
    with open(publication.folder / "cache/build.lock", "w", encoding="utf-8") as lock:
        lock.write("4321")
        lock.flush()
        fcntl.lockf(lock, fcntl.LOCK_EX)
        run = publication.build()
    assert run.code == 1
    assert "4321" in run.err
    assert "Traceback" not in run.err
    assert publication.site == {}
    assert publication.build().code == 0


def test_a_missing_content_folder_is_said_and_leaves_the_site(publication: Publication) -> None:
    publication.write("bon.txt", GOOD)
    publication.build()
    before = publication.site
    publication.content.rename(publication.folder / "ailleurs")
    run = publication.build()
    assert run.code == 1
    assert "content" in run.err
    assert "Traceback" not in run.err
    assert publication.site == before


def test_an_unreadable_setting_is_said(publication: Publication) -> None:
    publication.write("bon.txt", GOOD)
    run = publication.build(RAW_NOW="demain")
    assert (run.code, publication.site) == (1, {})
    assert "demain" in run.err
    assert "Traceback" not in run.err


@pytest.mark.parametrize("theme", ["nulle-part", "content"])
def test_a_folder_that_is_no_theme_is_said(publication: Publication, theme: str) -> None:
    publication.write("bon.txt", GOOD)
    publication.settings(f'THEME = "{theme}"\n')
    run = publication.build()
    assert (run.code, publication.site) == (1, {})
    assert theme in run.err
    assert "Traceback" not in run.err


def test_a_plugin_that_cannot_be_loaded_stops_the_build(publication: Publication) -> None:
    publication.write("bon.txt", GOOD)
    publication.settings('PLUGINS = [*PLUGINS, "absent"]\n')
    assert publication.build().code == 1
    assert publication.site == {}


def test_an_empty_archive_is_a_site_all_the_same(publication: Publication) -> None:
    run = publication.build()
    assert (run.code, run.report["found"]) == (0, 0)
    assert text_of(publication.page("/").xpath("//h1")[0])
    assert publication.run("invoke", "check").code == 0


def test_an_article_dated_ahead_waits_until_its_day(publication: Publication) -> None:
    publication.write("bon.txt", GOOD)
    publication.write("demain.txt", GOOD.replace("2026-01-15 Le port", "2026-02-10 Le bac"))
    run = publication.build()
    assert (run.report["published"], run.report["draft"]) == (1, 1)
    assert b"Le bac" not in b"".join(publication.site.values())
    later = publication.build(RAW_NOW="2026-02-10")
    assert (later.report["published"], later.report["draft"]) == (2, 0)
    assert (
        text_of(publication.page("/2026/02/10/le-bac-rouvre.html").xpath("//h1")[0])
        == "Le bac rouvre"
    )
    assert publication.page("/").xpath("//a[@href='/2026/02/10/le-bac-rouvre.html']")


def test_the_same_copy_filed_twice_is_published_once(publication: Publication) -> None:
    publication.write("a.txt", GOOD)
    publication.write("b.txt", GOOD)
    run = publication.build()
    assert (run.report["published"], run.report["duplicate"]) == (1, 1)
    shown = publication.show()
    assert (shown["b"]["status"], shown["b"]["duplicate_of"]) == ("duplicate", "a")
    assert shown["a"]["duplicates"] == ["b"]
    (publication.content / "a.txt").unlink()
    assert publication.build().report["published"] == 1
    assert publication.show()["b"]["status"] == "published"


def test_show_and_check_say_so_when_nothing_was_built(publication: Publication) -> None:
    for command in (("show", "--all"), ("check",)):
        run = publication.run("invoke", *command)
        assert run.code == 1
        assert "invoke build" in run.err
        assert "Traceback" not in run.err


def test_show_knows_one_article_and_says_which_it_does_not(demo: Publication) -> None:
    run = demo.run(
        "invoke", "show", "--json", "--", "monde/2026-01-22-accord-peche-signe", "absent"
    )
    (record,) = map(json.loads, run.out.splitlines())
    assert record["id"] == "monde/2026-01-22-accord-peche-signe"
    assert run.code == 1
    assert "absent" in run.err


def test_cleaning_forgets_everything_but_the_articles(publication: Publication) -> None:
    publication.write("bon.txt", GOOD)
    publication.build()
    before = publication.site
    assert publication.run("invoke", "clean").code == 0
    assert not publication.output.exists()
    assert [f.name for f in publication.content.iterdir()] == ["bon.txt"]
    publication.build()
    assert publication.site == before
