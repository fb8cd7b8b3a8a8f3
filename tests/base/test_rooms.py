"""The rooms of the core: which may import which, and what each keeps to itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from publication import ROOT

CORE = ROOT / "plugins" / "newsdigest"
ABOVE = (
    "base",
    "text",
    "read",
    "pictures",
    "entities",
    "relate",
    "archive",
    "site",
    "publish",
    "releases",
)
FLOW = (
    *("build", "planning", "ingest", "looked_at", "rendering", "render", "publication"),
    *("editors_files", "ledger_files", "versions", "resources", "workers", "executors"),
    *("collector", "progress", "host", "report", "report_screen"),
    *("sending", "rehearsal"),
)
# Each room, and those it may import besides itself.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "base": (),
    "text": ("base",),
    "read": ("base", "text"),
    "pictures": ("base",),
    "entities": ("base", "text"),
    "relate": ("base", "text", "entities"),
    "archive": ("base", "text", "entities", "relate"),
    "site": ("base", "text", "pictures", "entities", "relate", "archive"),
    "publish": ("base",),
    "releases": ("base", "publish"),
    "commands": (*ABOVE, *(module for module in FLOW if module != "build")),
    **dict.fromkeys(FLOW, (*ABOVE, *FLOW)),
}
MODULES = {
    ".".join(("newsdigest", *path.relative_to(CORE).with_suffix("").parts)).removesuffix(
        ".__init__"
    ): path
    for path in sorted(CORE.rglob("*.py"))
}


# A statement, not a sentence that begins like one.
SQL = re.compile(
    r"\b(?:SELECT\s.+\sFROM\s|INSERT\s(?:OR\s\w+\s)?INTO\s|UPDATE\s\w+\sSET\s|DELETE\sFROM\s|PRAGMA\s)",
    re.DOTALL,
)


def imports(path: Path) -> set[str]:
    """The modules the file imports, wherever in it: our own by their full name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module for name in whole}
    return found


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def in_room(*rooms: str) -> Iterator[tuple[str, Path]]:
    return ((name, path) for name, path in MODULES.items() if room_of(name) in rooms)


def test_every_module_stands_in_a_room_of_the_table() -> None:
    assert {room_of(name) for name in MODULES} - {""} == set(MAY_IMPORT)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_the_table_lets_it(room: str) -> None:
    allowed = {room, *MAY_IMPORT[room]}
    breaches = [
        f"{name} <- {other}"
        for name, path in in_room(room)
        for other in sorted(imports(path))
        if other.startswith("newsdigest.") and room_of(other) not in allowed
    ]
    assert breaches == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    ours = {name: imports(path) & MODULES.keys() - {name} for name, path in MODULES.items()}
    # A circle raises CycleError, which names it.
    assert sorted(TopologicalSorter(ours).static_order()) == sorted(MODULES)


def test_the_archive_alone_knows_sqlite() -> None:
    for name, path in MODULES.items():
        if room_of(name) != "archive":
            source = path.read_text(encoding="utf-8")
            assert "sqlite3" not in imports(path), name
            assert not re.search(SQL, source), name
            assert not re.search(r"\.execute(?:many|script)?\(", source), name


def test_feedgen_makes_feeds_in_one_module() -> None:
    users = [
        name
        for name, path in MODULES.items()
        if any(found.split(".")[0] == "feedgen" for found in imports(path))
    ]
    assert users == ["newsdigest.site.feed_bytes"]


def test_plan_and_renderer_know_no_kind_by_name() -> None:
    for module in ("plan", "renderer"):
        found = imports(MODULES[f"newsdigest.site.{module}"])
        assert {name for name in found if name.startswith("newsdigest.site.kinds")} == set()


def test_a_kind_imports_no_other_kind() -> None:
    kinds = {name for name in MODULES if name.startswith("newsdigest.site.kinds.")}
    for kind in kinds:
        assert imports(MODULES[kind]) & kinds <= {kind}
