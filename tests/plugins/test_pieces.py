"""The editors' own pieces: Markdown and reStructuredText with metadata, as Pelican reads them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from incremental_build.pieces import NAME
from newsdigest.base.errors import line
from newsdigest.base.records import Article, Rejection
from newsdigest.base.settings import ParseRules
from newsdigest.read.formats import parse_raw
from newsroom import NOW, Newsroom, article

RULES = ParseRules(now=NOW, pieces=NAME)
MARKDOWN = """Title: Le quai & la halle
Date: 2026-01-15 14:30
Category: Ville
Authors: Hoàng Diêu, Lê Mai
Tags: quai, commerce
Slug: le-quai
Summary: La halle rouvre au printemps, et le quai avec elle.

La halle de **Montrevert** rouvrira en avril, a dit la [mairie](https://mairie.example).

## Ce qui change

- le toit
- les étals

<script>alert(1)</script><p onclick="x()">Un dernier mot.</p>
"""
RST = """Le quai & la halle
##################

:date: 2026-01-15 14:30
:category: Ville
:authors: Hoàng Diêu, Lê Mai
:tags: quai, commerce
:slug: le-quai
:summary: La halle rouvre au printemps, et le quai avec elle.

La halle de **Montrevert** rouvrira en avril, a dit la `mairie <https://mairie.example>`_.

Ce qui change
=============

- le toit
- les étals

Un dernier mot.
"""


def read(text: str, path: str = "piece.md", rules: ParseRules = RULES) -> Article:
    found = parse_raw(text.encode(), path, rules)
    assert isinstance(found, Article), found
    return found


def refused(text: str, path: str = "piece.md", rules: ParseRules = RULES) -> Rejection:
    found = parse_raw(text.encode(), path, rules)
    assert isinstance(found, Rejection), found
    return found


@pytest.mark.parametrize(("text", "path"), [(MARKDOWN, "monde/p.md"), (RST, "monde/p.rst")])
def test_what_the_metadata_say_is_said_of_the_article(text: str, path: str) -> None:
    found = read(text, path)
    assert (found.id, found.headline, found.iso_date) == (
        "monde/p",
        "Le quai & la halle",
        "2026-01-15T14:30+01:00",
    )
    assert (found.section, found.authors, found.slug) == (
        "Ville",
        ("Hoàng Diêu", "Lê Mai"),
        "le-quai",
    )
    assert found.tags == ("quai", "commerce")
    assert [(block.type, block.text or block.items) for block in found.blocks] == [
        ("paragraph", "La halle rouvre au printemps, et le quai avec elle."),
        ("paragraph", "La halle de Montrevert rouvrira en avril, a dit la mairie."),
        ("subheading", "Ce qui change"),
        ("list", ("le toit", "les étals")),
        ("paragraph", "Un dernier mot."),
    ]
    assert found.status == "published"


def test_the_folder_is_the_section_where_no_category_is_said() -> None:
    assert read(MARKDOWN.replace("Category: Ville\n", ""), "monde/p.md").section == "monde"


@pytest.mark.parametrize("status", ["draft", "Draft", "hidden"])
def test_a_draft_is_not_published_whatever_its_date(status: str) -> None:
    found = read(MARKDOWN.replace("Slug:", f"Status: {status}\nSlug:"))
    assert (found.status, found.warnings) == ("draft", ("W_EMBARGO", "W_DRAFT"))


@pytest.mark.parametrize(
    ("text", "path", "code"),
    [
        (MARKDOWN.replace("Title: Le quai & la halle\n", ""), "p.md", "E_TITLE_MISSING"),
        (MARKDOWN.replace("Date: 2026-01-15 14:30\n", ""), "p.md", "E_DATE_MISSING"),
        (MARKDOWN.replace("2026-01-15 14:30", "demain"), "p.md", "E_DATE_FORMAT"),
        (MARKDOWN.replace("2026-01-15", "2028-01-15"), "p.md", "E_DATE_FUTURE"),
        (MARKDOWN.partition("\n\n")[0] + "\n\n", "p.md", "E_NO_BODY"),
        (RST.replace(":date: 2026-01-15 14:30\n", ""), "p.rst", "E_DATE_MISSING"),
        (RST.replace("Le quai & la halle\n##################\n", ""), "p.rst", "E_TITLE_MISSING"),
        (MARKDOWN + "[" * 50_000, "p.md", "E_MARKUP"),
        (MARKDOWN + ">" * 50_000 + " a", "p.md", "E_MARKUP"),
        (RST + "".join(f"{'  ' * at}- a\n\n" for at in range(400)), "p.rst", "E_MARKUP"),
        (RST + "\n.. include:: /etc/hostname\n", "p.rst", "E_MARKUP"),
        (RST + "\n.. raw:: html\n   :file: /etc/hostname\n", "p.rst", "E_MARKUP"),
        ("Ce dossier contient les textes du jour.\n", "README.md", "E_NOT_NEWS"),
        (MARKDOWN.replace("Slug:", "Status: skip\nSlug:"), "p.md", "E_NOT_NEWS"),
        ("", "p.md", "E_EMPTY"),
        ("%PDF-1.4 \0\0", "p.md", "E_BINARY"),
    ],
)
def test_what_lacks_a_date_or_a_title_is_refused_in_one_line(
    text: str, path: str, code: str
) -> None:
    found = refused(text, path)
    assert found.code == code
    assert "\n" not in line(found, "content", str)


def test_a_fault_of_the_markup_is_told_with_its_line() -> None:
    found = refused(RST.replace("Ce qui change\n", "Ce qui change au printemps\n"), "p.rst")
    assert (found.line, found.facts["said"]) == (14, "Title underline too short.")


def test_dates_are_read_as_pelican_does() -> None:
    said = {"2026-01-15": "2026-01-15", "2026-01-15T10:00Z": "2026-01-15T10:00+00:00"}
    said |= {"Jan 15, 2026 08:05": "2026-01-15T08:05+01:00"}
    for written, date in said.items():
        assert read(MARKDOWN.replace("2026-01-15 14:30", written)).iso_date == date


def test_a_text_that_begins_with_its_summary_says_it_once() -> None:
    text = MARKDOWN.replace(
        "La halle de **Montrevert**", "La halle rouvre au printemps, et le quai avec elle. La"
    )
    assert len(read(text).blocks) == 4


def test_nothing_is_read_where_no_reader_is_named() -> None:
    assert refused(MARKDOWN, rules=replace(RULES, pieces="")).code == "E_NOT_NEWS"


def test_pieces_stand_among_the_wire(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path, rules=RULES, workers=2)
    newsroom.settings = replace(
        newsroom.settings, limits=replace(newsroom.settings.limits, in_process_below=1)
    )
    newsroom.write("quai.md", MARKDOWN)
    newsroom.write("autre.rst", RST.replace("le-quai", "").replace("Le quai &", "Le port &"))
    newsroom.write(
        "brouillon.md", MARKDOWN.replace("Slug: le-quai", "Status: draft").replace("quai", "pont")
    )
    newsroom.write("README.md", "Rien.\n")
    newsroom.write("depeche.txt", article("Le pont rouvre"))
    outcome = newsroom.build()
    report = outcome.report
    assert (report.published, report.draft, report.ignored, report.rejected) == (3, 1, 1, 0)
    site = newsroom.site
    assert b"Un dernier mot." in site["2026/01/15/le-quai.html"]
    assert b"<script>" not in site["2026/01/15/le-quai.html"]
    assert "2026/01/15/le-port-la-halle.html" in site
    assert not any(b"le pont & la halle" in data.lower() for data in site.values())
    newsroom.write("brouillon.md", MARKDOWN.replace("Slug: le-quai\n", "").replace("quai", "pont"))
    assert newsroom.build().report.published == 4
    assert newsroom.site == newsroom.clean_build()
    os.utime(newsroom.content / "quai.md")
    assert newsroom.build().report.nothing_changed
