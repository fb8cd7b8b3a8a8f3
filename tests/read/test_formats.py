"""Which files are raw copy, and by what each is read: one place says it."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from newsdigest.base.records import Article, Rejection, article_id, package_of
from newsdigest.base.settings import ParseRules
from newsdigest.commands.inspect import inspect_paths
from newsdigest.read.article import parse_article
from newsdigest.read.formats import FORMATS, parse_file, parse_raw, raw_suffix
from newsdigest.read.left_out import is_left_out
from newsroom import Newsroom, article
from publication import ROOT
from wire import LEDE, RULES, copy


def parse_backwards(data: bytes, path: str, rules: ParseRules) -> Article | Rejection:
    return parse_article(data.decode()[::-1].encode(), path, rules)


@pytest.fixture
def a_second_format(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that end in `.wire` hold their text backwards."""
    monkeypatch.setitem(FORMATS, ".wire", parse_backwards)


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("pont.txt", ".txt"),
        ("PONT.TXT", ".TXT"),
        ("pont.v2.Txt", ".Txt"),
        (".txt", ""),
        ("pont", ""),
        ("pont.txt.bak", ""),
        ("pont.md", ".md"),
        ("pont.pdf", ""),
        ("ponttxt", ""),
    ],
)
def test_a_raw_file_is_told_by_its_suffix_in_any_case(name: str, suffix: str) -> None:
    assert raw_suffix(name) == suffix


def test_text_is_read_as_text_whatever_it_is_called() -> None:
    data = copy(LEDE).encode()
    assert parse_raw(data, "a.txt", RULES) == parse_article(data, "a.txt", RULES)
    assert parse_raw(data, "a", RULES) == parse_article(data, "a", RULES)


@pytest.mark.usefixtures("a_second_format")
def test_a_format_added_in_one_place_is_published_beside_the_others(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.write("ville/pont.WIRE", article("Le pont rouvre", "2026-01-15")[::-1])
    newsroom.write("ville/quai.txt", article("Le quai ferme", "2026-01-15"))
    report = newsroom.build().report
    assert (report.published, report.ignored, report.rejections) == (2, 0, [])
    pages = {"2026/01/15/le-pont-rouvre.html", "2026/01/15/le-quai-ferme.html"}
    assert pages <= newsroom.site.keys()


@pytest.mark.usefixtures("a_second_format")
def test_a_format_added_in_one_place_is_inspected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.write("pont.wire", article("Le pont rouvre")[::-1])
    inspect_paths([str(newsroom.content / "pont.wire")], newsroom.settings, as_json=True)
    assert json.loads(capsys.readouterr().out)["title"] == "Le pont rouvre"


@pytest.mark.usefixtures("a_second_format")
def test_two_formats_of_one_name_are_two_articles_or_one_dispatch(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.write("pont.wire", article("Le pont rouvre")[::-1])
    newsroom.write("quai.wire", article("Le quai ferme")[::-1])
    newsroom.write("halle.wire", "Aucune dépêche")
    newsroom.build()
    newsroom.write("pont.txt", article("Le pont ferme"))
    newsroom.write("quai.txt", article("Le quai ferme"))
    newsroom.write("halle.txt", article("La halle rouvre"))
    newsroom.write("halle.json", '{"prices": [1, 2, 3]}')
    newsroom.write("halle.xml", "<rows><row>1</row></rows>")
    report = newsroom.build().report
    assert (report.published, report.duplicates) == (4, [("quai//wire", "quai")])
    assert report.ignored == 2
    assert [one.path for one in report.rejections] == ["halle.wire"]
    assert newsroom.site == newsroom.clean_build()
    (newsroom.content / "pont.txt").unlink()
    (newsroom.content / "quai.txt").unlink()
    report = newsroom.build(allow_removals=True).report
    assert (report.published, report.duplicates) == (3, [])
    assert newsroom.site == newsroom.clean_build()


@pytest.mark.usefixtures("a_second_format")
def test_a_published_article_keeps_id_and_address_when_another_format_of_its_name_comes(
    tmp_path: Path,
) -> None:
    newsroom = Newsroom(tmp_path, publishes=True)
    newsroom.write("pont.wire", article("Le pont rouvre")[::-1])
    newsroom.build()
    page = newsroom.site["2026/01/15/le-pont-rouvre.html"]
    newsroom.write("pont.txt", article("Le pont ferme"))
    newsroom.build()
    assert "2026/01/15/le-pont-ferme.html" in newsroom.site
    assert b"Le pont rouvre" in newsroom.site["2026/01/15/le-pont-rouvre.html"]
    ledger = (newsroom.content / "ledger" / "2026-01.jsonl").read_text()
    assert [line.split(",")[:2] for line in ledger.splitlines()] == [
        ['{"id":"pont"', '"file":"pont.wire"'],
        ['{"id":"pont//2"', '"file":"pont.txt"'],
    ]
    assert page
    assert newsroom.site == newsroom.clean_build(publishes=False)


@pytest.mark.usefixtures("a_second_format")
def test_what_programs_leave_beside_a_file_of_a_new_format_is_left_out_too() -> None:
    left = ["pont~.wire", "pont.~1~.wire", "#pont#.wire", "#pont.wire#", "pont.wire~"]
    assert [name for name in left if not is_left_out(name)] == []
    assert [name for name in ("#1.wire", "#.wire", "pont~1.wire") if is_left_out(name)] == []


def test_nothing_but_the_formats_chooses_how_a_raw_file_is_parsed() -> None:
    choosing = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "plugins").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and "parse_article" in {alias.name for alias in node.names}
    }
    assert choosing == {"plugins/newsdigest/read/formats.py"}


FEED = """<rss version="2.0"><channel><title>AFP</title>{}</channel></rss>"""
ENTRY = """<item><guid>{0}</guid><title>{1}</title><pubDate>Thu, 15 Jan 2026 10:00:00 +0100</pubDate>
<description>{2}</description></item>"""


def entry(guid: str, headline: str) -> str:
    return ENTRY.format(guid, headline, f"{headline} : le texte de la dépêche. " * 12)


def numbers(*entries: str) -> dict[str, str]:
    """Headline -> path, of the articles of a feed."""
    found = parse_file(FEED.format("".join(entries)).encode(), "monde/flux.rss", RULES)
    assert isinstance(found, list)
    read = [item.read(RULES) for item in found]
    return {one.headline: one.path for one in read if isinstance(one, Article)}


def test_an_item_of_a_feed_keeps_its_number_wherever_it_stands() -> None:
    bridge, port, strike = entry("1", "Le pont"), entry("2", "Le port"), entry("3", "La grève")
    first = numbers(bridge, port)
    assert re.fullmatch(r"monde/flux\.rss#[0-9]{10}", first["Le pont"])
    assert numbers(strike, port, bridge).items() >= first.items()
    assert numbers(bridge, entry("2", "Le port ferme"))["Le port ferme"] == first["Le port"]


def test_items_without_ids_are_told_by_date_and_headline() -> None:
    one, other = (entry("", headline).replace("<guid></guid>", "") for headline in ("Un", "Deux"))
    assert numbers(one, other) == numbers(other, one)
    twice = numbers(one, one.replace("la dépêche", "une autre"), other)
    assert twice["Deux"] == numbers(one, other)["Deux"]


def test_a_feed_of_one_item_is_one_article() -> None:
    found = parse_file(FEED.format(entry("1", "Le pont")).encode(), "monde/flux.rss", RULES)
    assert isinstance(found, Article)
    assert found.id == "monde/flux"


def test_a_mail_digest_is_as_many_articles() -> None:
    letter = "Message-ID: <{0}@agence.example>\nDate: Thu, 15 Jan 2026 10:00:00 +0100\nFrom: AFP\nSubject: {1}\n\n{2}\n"
    texts = [
        letter.format(n, f"Note {n}", f"Le texte numéro {n} de la liste. " * 8) for n in (1, 2)
    ]
    head = "From: liste@agence.example\nSubject: Digest\nMIME-Version: 1.0\nContent-Type: multipart/digest; boundary=x\n\n"
    data = head + "".join(f"--x\n\n{text}\n" for text in texts) + "--x--\n"
    found = parse_file(data.encode(), "liste.eml", RULES)
    assert isinstance(found, list)
    read = [item.read(RULES) for item in found]
    assert [one.headline for one in read if isinstance(one, Article)] == ["Note 1", "Note 2"]
    assert len({item.path for item in found}) == 2


@pytest.mark.parametrize("path", ["a.txt", "a#1.txt", "a.rss#12345.txt", "a#0123456789/b.txt"])
def test_a_path_with_a_number_sign_is_a_file_all_the_same(path: str) -> None:
    assert package_of(path) == ""
    assert article_id(path) == path.removesuffix(".txt")
