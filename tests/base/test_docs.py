"""The documentation is true of the tree: folders name their modules, the table of kinds is printed."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from newsdigest.site.kinds import KINDS
from newsdigest.site.table import table
from publication import ROOT

CORE = ROOT / "plugins" / "newsdigest"
FOLDERS = sorted(path.parent for path in CORE.rglob("__init__.py"))
DOCS = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(CORE)))
def test_a_folder_names_every_module_in_its_opening_docstring(folder: Path) -> None:
    opening = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
    named = set(re.findall(r"\w+", opening))
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    folders = {path.parent.name for path in folder.glob("*/__init__.py")}
    assert modules | folders <= named


def test_the_table_of_kinds_is_the_one_printed() -> None:
    assert table(KINDS) in (ROOT / "docs" / "architecture.md").read_text("utf-8")


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_links_and_paths_of_a_page_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []
    places = (ROOT, ROOT / "plugins", CORE)
    paths = re.findall(r"`((?:newsdigest/)?(?:[a-z_]+/)+[a-z_]+\.py)`", text)
    assert [p for p in paths if not any((place / p).exists() for place in places)] == []


def test_decisions_have_a_number_each() -> None:
    numbers = [path.name[:4] for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
