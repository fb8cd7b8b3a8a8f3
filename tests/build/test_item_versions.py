"""Versions of one wire item: the highest stands at the first one's address, whatever came first."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from newsdigest.base.settings import ParseRules
from newsdigest.build import Outcome, Retract, build
from newsdigest.commands.desk import undeclared
from newsdigest.commands.kill import retract_withdrawn, undo_kill
from newsroom import HOST, NOW, Newsroom, article

PONT = "Le pont de Varelle rouvre"
PAGE = "2026/01/15/le-pont-de-varelle-rouvre.html"
UNRELATED = article("Le quai ferme", "2026-01-14")


def item(version: int, text: str = "", headline: str = PONT, **more: str) -> str:
    told = {
        "uri": "urn:newsml:agence.example:pont",
        "version": str(version),
        "headline": headline,
        "language": "fr",
        "copyrightholder": "AFP",
        "firstcreated": "2026-01-15T08:00:00+01:00",
        "versioncreated": f"2026-01-15T{8 + version:02}:00:00+01:00",
        "body_text": text
        or f"La version {version} du texte dit que le pont a rouvert jeudi matin.",
    }
    return json.dumps(told | more)


class Wire:
    """A newsroom whose every build is held against a clean one."""

    def __init__(self, folder: Path, publishes: bool = False) -> None:
        self.newsroom = Newsroom(folder, publishes=publishes)
        self.newsroom.write("quai.txt", UNRELATED)
        self.hour = 0

    def build(self, retract: Retract | None = None) -> Outcome:
        rules = ParseRules(now=NOW + timedelta(hours=self.hour))
        settings = replace(self.newsroom.settings, rules=rules, allow_removals=True)
        outcome = build(settings, HOST, retract=retract)
        assert self.newsroom.site == self.newsroom.clean_build(rules=rules, publishes=False)
        self.hour += 1
        return outcome

    def write(self, version: int, *told: str, **more: str) -> None:
        self.newsroom.write(f"v{version}.json", item(version, *told, **more))

    def says(self, words: str) -> bool:
        return any(words.encode() in page for page in self.newsroom.site.values())


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)], ids=str)
def test_the_highest_version_stands_whatever_the_order_of_arrival(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    wire = Wire(tmp_path)
    for version in order:
        wire.write(version)
        report = wire.build().report
    assert (report.published, report.duplicate, report.found) == (2, 2, 4)
    assert wire.says("La version 3")
    assert not wire.says("La version 1")
    assert not wire.says("La version 2")
    assert PAGE in wire.newsroom.site


def test_without_the_highest_the_next_one_stands(tmp_path: Path) -> None:
    wire = Wire(tmp_path)
    for version in (1, 2, 3):
        wire.write(version)
    wire.build()
    (wire.newsroom.content / "v3.json").unlink()
    report = wire.build().report
    assert (report.published, report.duplicate) == (2, 1)
    assert wire.says("La version 2")
    for name in ("v1.json", "v2.json"):
        (wire.newsroom.content / name).unlink()
    assert wire.build().report.published == 1


@pytest.mark.parametrize("status", ["withheld", "canceled"])
def test_a_highest_version_that_may_not_be_published_takes_the_lower_ones_away(
    tmp_path: Path, status: str
) -> None:
    wire = Wire(tmp_path)
    wire.write(1)
    wire.build()
    wire.write(2, pubstatus=status)
    report = wire.build().report
    assert (report.published, report.draft, report.duplicate) == (1, 1, 1)
    assert not wire.says("La version")
    assert not wire.says(PONT)
    wire.write(3)
    assert wire.build().report.published == 2
    assert wire.says("La version 3")


G2_CANCELED = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:agence.example:pont" version="2">
<itemMeta><itemClass qcode="ninat:text"/><provider literal="AFP"/><versionCreated>2026-01-15T10:00:00+01:00</versionCreated>
<pubStatus qcode="stat:canceled"/></itemMeta><contentMeta><headline>Le pont de Varelle rouvre</headline></contentMeta>
<contentSet><inlineXML contenttype="text/plain">ANNULÉE. Cette dépêche est annulée.</inlineXML></contentSet></newsItem>"""


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("v1.json", item(2, pubstatus="canceled")),
        ("v2.json", item(2, pubstatus="canceled")),
        ("v2.json", item(2, text=" ", headline="ANNULÉE", pubstatus="canceled")),
        ("v2.xml", G2_CANCELED),
    ],
)
def test_a_published_item_that_its_agency_cancels_is_retracted(
    tmp_path: Path, file: str, text: str
) -> None:
    wire = Wire(tmp_path, publishes=True)
    wire.write(1)
    wire.build()
    wire.newsroom.write(file, text)
    report = wire.build(retract_withdrawn).report
    assert report.published == 1
    assert report.draft + report.retracted == report.found - 1
    told = [(one.path, one.code) for one in report.remarks if one.path == "v1.json"]
    assert told == [("v1.json", "W_WITHDRAWN")]
    assert b"agence qui l" in wire.newsroom.site[PAGE]
    assert b"ANNUL" in wire.newsroom.site["feeds/all.atom"]
    assert not wire.says("La version 1")
    assert wire.build(retract_withdrawn).report.nothing_changed
    assert undo_kill(wire.newsroom.settings, "v1") == 0
    assert wire.build(retract_withdrawn).report.retracted == 0


def test_what_was_never_published_is_only_held_when_it_is_canceled(tmp_path: Path) -> None:
    wire = Wire(tmp_path, publishes=True)
    wire.write(1, pubstatus="canceled")
    report = wire.build(retract_withdrawn).report
    assert (report.published, report.draft, report.retracted) == (1, 1, 0)
    assert PAGE not in wire.newsroom.site


def test_a_withheld_version_is_freed_by_one_of_the_same_words(tmp_path: Path) -> None:
    wire = Wire(tmp_path)
    wire.write(1, "Le pont a rouvert jeudi matin.", pubstatus="withheld")
    assert wire.build().report.draft == 1
    wire.write(2, "Le pont a rouvert jeudi matin.")
    report = wire.build().report
    assert (report.published, report.draft, report.duplicate) == (2, 0, 1)


def test_a_corrected_version_is_an_edit_of_the_article_at_its_address(tmp_path: Path) -> None:
    wire = Wire(tmp_path, publishes=True)
    wire.write(1)
    wire.build()
    wire.write(2, headline="Le pont de Varelle rouvre à demi")
    wire.build()
    assert PAGE in wire.newsroom.site
    assert b"La version 2" in wire.newsroom.site[PAGE]
    assert [edit.id for edit in undeclared(wire.newsroom.settings)] == ["v1"]
    wire.write(3)
    wire.build()
    assert b"La version 3" in wire.newsroom.site[PAGE]
    pages = [name for name in wire.newsroom.site if name.startswith("2026/01/15/le-pont")]
    assert pages == [PAGE]


def test_a_file_overwritten_by_its_next_version_is_the_same_article(tmp_path: Path) -> None:
    wire = Wire(tmp_path, publishes=True)
    wire.newsroom.write("pont.json", item(1))
    wire.build()
    wire.newsroom.write("pont.json", item(2))
    report = wire.build().report
    assert (report.published, report.duplicate) == (2, 0)
    assert b"La version 2" in wire.newsroom.site[PAGE]


def test_two_files_of_one_version_and_text_are_one_article(tmp_path: Path) -> None:
    wire = Wire(tmp_path)
    wire.newsroom.write("a.json", item(1))
    wire.newsroom.write("b.json", item(1))
    report = wire.build().report
    assert (report.published, report.duplicate) == (2, 1)
    wire.newsroom.write("c.txt", article("Le pont de Varelle ferme", "2026-01-15"))
    wire.build()
    (wire.newsroom.content / "a.json").unlink()
    assert wire.build().report.published == 3


def test_what_takes_the_place_of_a_withdrawn_dispatch_may_have_its_headline(tmp_path: Path) -> None:
    wire = Wire(tmp_path)
    wire.write(1, pubstatus="canceled")
    wire.newsroom.write("autre.json", item(1, headline=f"{PONT} jeudi", uri="urn:autre:1"))
    assert wire.build().report.published == 2


def test_of_two_files_of_one_version_the_withdrawn_one_counts(tmp_path: Path) -> None:
    wire = Wire(tmp_path)
    wire.newsroom.write("a.json", item(1))
    wire.newsroom.write("b.json", item(1, pubstatus="canceled"))
    report = wire.build().report
    assert (report.published, report.draft, report.duplicate) == (1, 1, 1)
