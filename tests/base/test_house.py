"""The counts of the house can be taken by anyone."""

from __future__ import annotations

import ast
from fnmatch import fnmatch
from pathlib import Path

import pytest

from benchmarks.house import CORE, count, kinds_of, knowing

TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in CORE.rglob("*.py")}
KINDS = {kind.name: kind for kind in kinds_of(CORE, TREES)}


def test_every_folder_of_tests_is_run(pytestconfig: pytest.Config) -> None:
    """Pytest passes by folders of some names, without a word."""
    folders = {
        part
        for file in Path(__file__).parents[1].rglob("test_*.py")
        for part in file.relative_to(pytestconfig.rootpath).parts[:-1]
    }
    assert "build" in folders
    passed_by = pytestconfig.getini("norecursedirs")
    assert [one for one in folders if any(fnmatch(one, name) for name in passed_by)] == []


def test_the_house_is_counted() -> None:
    found = count(CORE)
    assert found["files with SQL outside archive/"] == "0"
    assert found["modules in import circles"] == "0"


def test_a_kind_whose_name_says_nothing_else_is_known_by_the_list_of_kinds_alone() -> None:
    alone = ("agency_feed", "not_found", "redirect", "robots", "sitemap", "story_feed")
    assert {name: knowing(KINDS[name], CORE, TREES) for name in alone} == {
        name: ["newsdigest.site.kinds"] for name in alone
    }


def test_a_kind_that_others_lead_to_is_known_by_its_address_too() -> None:
    assert {"newsdigest.base.addresses", "newsdigest.archive.cards", "newsdigest.site.kinds"} <= {
        *knowing(KINDS["story"], CORE, TREES)
    }
