"""Hostile and damaged wire files: nothing is fetched, opened or expanded; each gets its answer."""

from __future__ import annotations

import json
import random
import time

import pytest
from newsdigest.base.records import Article, Rejection
from newsdigest.read.formats import parse_raw
from publication import ROOT
from wire import RULES

FILES = sorted((ROOT / "tests" / "data" / "newsroom").iterdir())

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;">]><nitf><body><body.content><p>&c;</p></body.content></body></nitf>'
)
OUTSIDE = (
    '<!DOCTYPE newsItem [<!ENTITY x SYSTEM "file:///etc/passwd">]><newsItem guid="g"><contentMeta>'
    "<headline>&x;</headline></contentMeta></newsItem>"
)


def outcome(data: str | bytes, path: str = "a.xml") -> Article | Rejection:
    return parse_raw(data.encode() if isinstance(data, str) else data, path, RULES)


@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE, LAUGHS.replace("<!ENTITY", "<!entity")])
def test_a_file_with_entities_of_its_own_is_refused_unopened(text: str) -> None:
    refused = outcome(text)
    assert isinstance(refused, Rejection)
    assert (refused.code, refused.facts) == ("E_MARKUP", {"format": "XML", "entities": 1})


def test_a_dtd_elsewhere_is_never_loaded_and_its_characters_are_known() -> None:
    article = outcome(
        '<!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/nitf.dtd"><nitf><head><docdata><date.issue norm="20260120"/>'
        "</docdata></head><body><body.head><hedline><hl1>Caf&eacute; &amp; th&#233;</hl1></hedline></body.head>"
        "<body.content><p>Fish &chips; AT&T 3 < 4&nbsp;€</p></body.content></body></nitf>"
    )
    assert isinstance(article, Article)
    assert article.headline == "Café & thé"
    assert article.lede.startswith("Fish &chips; AT&T 3")


def test_deep_nesting_is_refused_or_read_and_never_crashes() -> None:
    deep = "<newsItem>" + "<a>" * 5000 + "x" + "</a>" * 5000 + "</newsItem>"
    refused = outcome(deep)
    assert isinstance(refused, Rejection)
    assert (refused.code, refused.facts["depth"]) == ("E_MARKUP", 1)
    assert isinstance(outcome('{"headline": ' + "[" * 90000, "a.json"), Rejection)
    body = "<div>" * 5000 + "Le texte." + "</div>" * 5000
    item = {
        "uri": "u",
        "headline": "Titre",
        "versioncreated": "2026-01-20T10:00:00Z",
        "body_html": body,
    }
    assert outcome(json.dumps(item), "a.json")


def test_fifty_megabytes_are_refused_by_their_size() -> None:
    refused = outcome(b"<newsItem>" + b" " * 50_000_000)
    assert isinstance(refused, Rejection)
    assert refused.code == "E_TOO_LARGE"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-1"])
@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1252", "klingon", ""])
def test_a_wrong_declaration_does_not_spoil_the_accents(codec: str, declared: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    text = (
        f'{head}<nitf><head><docdata><date.issue norm="20260120"/></docdata></head><body><body.head>'
        "<hedline><hl1>Été à Varelle</hl1></hedline></body.head><body.content><p>Il fait beau.</p>"
        "</body.content></body></nitf>"
    )
    article = outcome(text.encode(codec))
    assert isinstance(article, Article), article
    assert article.headline == "Été à Varelle"


def test_what_scripts_say_is_not_text() -> None:
    item = {
        "uri": "u",
        "headline": "Titre <script>alert(1)</script>",
        "versioncreated": "2026-01-20T10:00:00Z",
        "body_html": "<script>alert(1)</script><p onclick=x>Le <b>texte</b>.</p><style>p{}</style>",
    }
    article = outcome(json.dumps(item), "a.json")
    assert isinstance(article, Article)
    assert [block.text for block in article.blocks] == ["Le texte."]


def test_patterns_answer_in_time_whatever_the_text() -> None:
    began = time.perf_counter()
    for text in (
        "<!--" * 20000,
        "<?xml " * 20000,
        "<!DOCTYPE a " + "[ " * 50000,
        "\x01a0001 " + "a/" * 40000,
    ):
        outcome(text, "a.xml")
        outcome(text, "a.txt")
    for line in ("a " * 30000, "-" * 60000, "(" * 60000, "A" * 60000 + "(", "=" * 60000):
        outcome(
            f"\x01abc0001 3 pl 200 AFP\r\n{line}\r\n\x02{line}\r\n{line}\r\n\x03{line}", "a.iptc"
        )
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_damaged_file_is_an_article_or_a_rejection(path) -> None:
    """`python -m benchmarks.mutated` does this a hundred thousand times a format."""
    chance = random.Random(path.name)
    data = path.read_bytes()
    for _ in range(40):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(damaged))
            match chance.randrange(4):
                case 0:
                    damaged[at] = chance.randrange(256)
                case 1:
                    del damaged[at : at + chance.randrange(40)]
                case 2:
                    damaged[at:at] = damaged[at : at + chance.randrange(60)]
                case _:
                    damaged[at:at] = chance.choice(
                        (b"<", b"\x00", b"&#0;", b'"', b"\xff\xfe", b"]]>", b"\x02")
                    )
        result = parse_raw(bytes(damaged), path.name, RULES)
        assert isinstance(result, Article | Rejection)
        if isinstance(result, Article):
            assert result.headline
            assert result.published.tzinfo
            assert not any(ord(char) < 32 for block in result.blocks for char in block.text)
