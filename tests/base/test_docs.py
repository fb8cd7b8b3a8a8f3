"""The documentation is true of the tree: folders name their modules, the table of kinds is printed."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest
from newsdigest.site.kind import Html
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


def test_whoever_makes_a_theme_is_told_of_every_template_and_its_view() -> None:
    rows = (ROOT / "docs" / "themes.md").read_text("utf-8").splitlines()
    told = {name for row in rows if row.startswith("| `") for name in re.findall(r"`(\w+)`", row)}
    pages = [kind for kind in KINDS if isinstance(kind, Html)]
    asked = {kind.template for kind in pages} | {shape_of(kind) for kind in pages}
    assert asked - told == set()


def shape_of(kind: Html) -> str:
    """What the kind's template is shown, by its name."""
    return str(inspect.signature(kind.view).return_annotation)


def test_readers_bookmarks_are_promised_for_every_kind() -> None:
    promised = (ROOT / "docs" / "interfaces.md").read_text("utf-8").partition("## Ids")[0]
    roots = {
        f"`/{address.pattern.partition('{')[0]}" for kind in KINDS for address in kind.addresses
    }
    assert [root for root in sorted(roots) if root not in promised] == []


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
    assert all(number.isdigit() for number in numbers)
    assert len(set(numbers)) == len(numbers)
