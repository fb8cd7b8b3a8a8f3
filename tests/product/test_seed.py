"""The wire article the house began with, from the newsroom's folder to the reader and back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import html as lxml_html
from publication import ROOT, SITE, Publication, Run, folded, json_ld, text_of

ADDRESS = (
    "/2026/01/23/la-derniere-rencontre-entre-poutine-et-witkoff-a-moscou-a-ete-constructive-et.html"
)
PEOPLE = [
    "Vladimir Poutine",
    "Steve Witkoff",
    "Iouri Ouchakov",
    "Kirill Dmitriev",
    "Jared Kushner",
    "Donald Trump",
    "Josh Gruenbaum",
]
PLACES = ["Moscou", "États-Unis", "Russie", "Ukraine", "Davos", "Suisse"]


class Wire:
    """The raw file's lines, told apart by eye."""

    def __init__(self, file: Path) -> None:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
        lines = [line for line in lines if line]
        self.id = file.stem
        self.headline = lines[0].removeprefix("date 2026-01-23 ")
        self.related = [line[3:] for line in lines if line.startswith(">> ")]
        self.credit = lines[-1]
        self.photo = next(line for line in lines if line.startswith("Photo : "))
        self.paragraphs = [line for line in lines[1:-1] if not line.startswith((">> ", "Photo : "))]


@pytest.fixture(scope="module")
def wire(seed: Path) -> Wire:
    return Wire(seed)


@pytest.fixture(scope="module")
def paper(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A publication of the seed alone; `first` is its first build."""
    paper = Publication(tmp_path_factory.mktemp("seed") / "paper")
    shutil.copy(seed, paper.content)
    paper.first = paper.build()  # type: ignore[attr-defined]
    return paper


@pytest.fixture(scope="module")
def page(paper: Publication) -> lxml_html.HtmlElement:
    return paper.page(ADDRESS)


@pytest.fixture(scope="module")
def healed(paper: Publication, wire: Wire, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The same publication the day a cited article reaches it: (publication, the build's run)."""
    later = Publication(tmp_path_factory.mktemp("healed") / "paper", paper.content)
    later.build()
    later.write("plan.txt", f" date 2025-11-21 {wire.related[0]}\n\nLe texte a été lu.\n\nAFP\n")
    return later, later.build()


def test_the_article_is_published_and_counted(paper: Publication) -> None:
    report = paper.first.report  # type: ignore[attr-defined]
    assert (report["found"], report["published"], report["rejections"]) == (1, 1, [])
    assert report["links"] == {"linked": 0, "ambiguous": 0, "waiting": 3, "healed": 0}
    assert (paper.output / ADDRESS[1:]).is_file()


def test_its_page_says_the_headline_the_date_and_the_lede(
    page: lxml_html.HtmlElement, wire: Wire
) -> None:
    (headline,) = page.xpath("//h1")
    assert plain(text_of(headline)) == wire.headline
    (date,) = page.find_class("byline")[0].iter("time")
    assert (date.get("datetime"), text_of(date)) == ("2026-01-23", "23 janvier 2026")
    (lede,) = page.find_class("lede")
    assert plain(text_of(lede)) == wire.paragraphs[0]


def test_its_page_carries_the_whole_text_in_order(page: lxml_html.HtmlElement, wire: Wire) -> None:
    paragraphs = page.xpath("//div[@class='body']/p")
    assert [plain(text_of(p)) for p in paragraphs] == wire.paragraphs


def test_its_words_that_date_say_which_day_they_mean(page: lxml_html.HtmlElement) -> None:
    dated = page.xpath("//div[@class='body']//time")
    assert [(text_of(one), one.get("datetime"), one.get("title")) for one in dated] == [
        ("vendredi 23 janvier", "2026-01-23", "23 janvier 2026"),
        ("22 janvier", "2026-01-22", "22 janvier 2026"),
        ("jeudi 22 janvier", "2026-01-22", "22 janvier 2026"),
    ]
    # One stop of the keyboard an article: all are shown there.
    assert [one.get("tabindex") for one in dated] == ["0", None, None]


def test_the_related_headlines_stand_after_the_lede_and_wait_as_text(
    page: lxml_html.HtmlElement, wire: Wire
) -> None:
    (lede,) = page.find_class("lede")
    related = lede.getnext()
    assert (related.tag, related.get("class")) == ("aside", "related")
    shown = [plain(text_of(item)) for item in related.iter("li")]
    assert shown == [f"{headline} (non publié ici)" for headline in wire.related]
    assert not related.xpath(".//a")


def test_the_photo_and_the_agencies_are_credited(page: lxml_html.HtmlElement, wire: Wire) -> None:
    (figure,) = page.xpath("//div[@class='body']/figure")
    assert plain(text_of(figure)) == wire.photo
    assert not page.xpath("//img")
    (byline,) = page.find_class("byline")
    assert text_of(byline.xpath("./p/strong")[0]) == wire.credit
    data = json_ld(page)
    assert data["creditText"] == wire.credit
    assert data["author"] == [
        {"@type": "Organization", "name": name} for name in wire.credit.split("/")
    ]


def test_the_seven_people_and_the_places_are_its_entities(
    paper: Publication, page: lxml_html.HtmlElement, wire: Wire
) -> None:
    entities = paper.show()[wire.id]["entities"]
    named = {
        kind: [e["name"] for e in entities if e["type"] == kind] for kind in ("person", "place")
    }
    assert sorted(named["person"]) == sorted(PEOPLE)
    assert sorted(named["place"]) == sorted(PLACES)
    chips = [
        text_of(chip)
        for chip in page.xpath("//ul[@class='chips' or starts-with(@class, 'words')]/li")
    ]
    assert set(chips) >= {*PEOPLE, *PLACES}


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_both_feeds_carry_its_full_text(paper: Publication, wire: Wire, form: str) -> None:
    feed = feedparser.parse((paper.output / f"feeds/all.{form}").read_bytes())
    (entry,) = feed.entries
    assert entry.link == SITE + ADDRESS
    assert plain(folded(entry.title)) == wire.headline
    text = lxml_html.fromstring(f"<div>{entry.content[0].value}</div>")
    assert [plain(text_of(p)) for p in text.xpath("./p")] == wire.paragraphs
    assert [plain(text_of(item)) for item in text.iter("li")] == wire.related


def test_an_article_that_arrives_later_heals_the_headline_that_waited_for_it(
    healed: tuple[Publication, Run], wire: Wire
) -> None:
    paper, build = healed
    assert build.report["links"] == {"linked": 1, "ambiguous": 0, "waiting": 2, "healed": 1}
    assert build.report["healed"] == [{"id": wire.id, "headline": wire.related[0]}]
    (link,) = paper.page(ADDRESS).find_class("related")[0].iter("a")
    assert plain(text_of(link)) == wire.related[0]
    assert text_of(paper.page(link.get("href")).xpath("//h1")[0]) == text_of(link)


def test_the_article_that_arrives_later_says_who_cites_it(
    healed: tuple[Publication, Run], wire: Wire
) -> None:
    paper, _ = healed
    shown = paper.show()
    assert shown[wire.id]["related"][0]["target"] == "plan"
    assert shown["plan"]["cited_by"] == [wire.id]
    assert paper.page(shown["plan"]["url"]).xpath(f"//aside//a[@href='{ADDRESS}']")


def test_the_healed_site_is_the_one_a_clean_build_gives(
    healed: tuple[Publication, Run], tmp_path: Path
) -> None:
    paper, _ = healed
    clean = Publication(tmp_path / "clean", paper.content)
    clean.build()
    assert clean.site == paper.site


def test_every_sample_reads_as_the_desk_expects(samples: Path, tmp_path: Path) -> None:
    """RAW_FORMAT.md §9: keys name inspect's fields, or count and list what is in `blocks`."""
    expected = json.loads((samples / "expected.json").read_text(encoding="utf-8"))
    desk = Publication(tmp_path / "desk")
    run = desk.run("invoke", "inspect", "--json", "--", str(samples))
    records = {Path(r["path"]).name: r for r in map(json.loads, run.out.splitlines())}
    read = {
        name: {key: seen_as(key, records[name]) for key in wanted}
        for name, wanted in expected.items()
    }
    assert read == {
        name: {key: set(v) if key == "warnings" else v for key, v in wanted.items()}
        for name, wanted in expected.items()
    }
    assert {r["status"] for n, r in records.items() if n in expected} == {"published"}


def test_the_samples_link_to_each_other_once_published(samples: Path, tmp_path: Path) -> None:
    paper = Publication(tmp_path / "paper", samples)
    report = paper.build().report
    assert (report["found"], report["published"], report["ignored"]) == (13, 12, 1)
    related = paper.show()["d02_pont_retard"]["related"]
    assert [(r["state"], r["target"]) for r in related] == [
        ("linked", "d01_pont_annonce"),
        ("waiting", None),
    ]


def seen_as(key: str, record: dict[str, Any]) -> Any:
    blocks = record["blocks"]
    if key == "warnings":
        return set(record["warnings"])
    if key == "paragraphs":
        return sum(block["type"] == "paragraph" for block in blocks)
    if key == "list_items":
        return sum(len(block["items"]) for block in blocks if block["type"] == "list")
    if key == "table_rows":
        return sum(len(block["rows"]) for block in blocks if block["type"] == "table")
    if key in ("subheads", "questions"):
        kind = {"subheads": "subheading", "questions": "question"}[key]
        return [block["text"] for block in blocks if block["type"] == kind]
    return record[key]


def plain(text: str) -> str:
    """The words as the wire types them: straight quotes, none of our spacing."""
    for typeset, typed in (("’", "'"), ("« ", '"'), (" »", '"')):
        text = text.replace(typeset, typed)
    return text


def test_the_seed_is_not_part_of_the_product(seed: Path) -> None:
    text = seed.read_text(encoding="utf-8").splitlines()[2]
    tracked = [f for folder in ("content", "tests", "docs") for f in (ROOT / folder).rglob("*")]
    readable = [f for f in tracked if f.suffix in (".txt", ".md", ".py", ".json", ".toml")]
    assert [
        f for f in readable if text[:80] in f.read_text(encoding="utf-8", errors="replace")
    ] == []
