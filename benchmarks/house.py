"""How the core stands as a house: its modules, functions, interfaces, arguments and circles, counted.

    python -m benchmarks.house [CORE ...]

CORE is a folder `newsdigest` of any version (default: this one); one column each.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

CORE = Path(__file__).parent.parent / "plugins" / "newsdigest"
SQL = re.compile(
    r"\b(?:SELECT\s.+\sFROM\s|INSERT\s.*INTO\s|UPDATE\s\w+\sSET\s|DELETE\sFROM\s)", re.S
)
KIND = re.compile(r"\bstor(?:y|ies)\b|_?story_page|StoryView", re.IGNORECASE)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def count(core: Path) -> dict[str, str]:
    """What is counted, by its name."""
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(core.rglob("*.py"))}
    trees = {path: ast.parse(source) for path, source in sources.items()}
    lines = {path: len(source.splitlines()) for path, source in sources.items()}
    functions = [node for tree in trees.values() for node in ast.walk(tree) if is_function(node)]
    lengths = sorted((node.end_lineno or 0) - node.lineno + 1 for node in functions)
    below = {path: path.relative_to(core).parts[0] for path in sources}
    return {
        "modules / lines": f"{len(lines)} / {sum(lines.values())}",
        "median module": str(int(median(lines.values()))),
        "function median / p90 / longest": (
            f"{int(median(lengths))} / {lengths[len(lengths) * 9 // 10]} / {lengths[-1]}"
        ),
        "modules over 400 lines": str(sum(length > 400 for length in lines.values())),
        "files with SQL outside archive/": str(
            sum(bool(SQL.search(s)) for path, s in sources.items() if below[path] != "archive")
        ),
        "methods of the widest class": widest(trees),
        "most arguments": most_arguments(trees),
        "most arguments in site/": most_arguments(
            {path: tree for path, tree in trees.items() if below[path] == "site"}
        ),
        "modules in import circles": str(in_circles(core, trees)),
        "state = 'published', written": str(
            sum(len(re.findall(r"state = 'published'", s)) for s in sources.values())
        ),
        "modules of site/ and the flow that name stories at all": str(
            sum(
                bool(KIND.search(" ".join(names(tree))))
                for path, tree in trees.items()
                if below[path] == "site" or path.parent == core
            )
        ),
    }


def is_function(node: ast.AST) -> bool:
    return isinstance(node, Function)


def widest(trees: dict[Path, ast.Module]) -> str:
    """The class of most methods, special and private ones included."""
    found = [
        (sum(map(is_function, node.body)), node.name)
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]
    return "{} ({})".format(*max(found))


def most_arguments(trees: dict[Path, ast.Module]) -> str:
    """Of a public function or method, `self` apart."""
    found = [(0, "")]
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, Function) and not node.name.startswith("_"):
                given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                found.append((sum(a.arg not in ("self", "cls") for a in given), node.name))
    return "{} ({})".format(*max(found))


def names(tree: ast.Module) -> Iterator[str]:
    """Every name and text of the code, docstrings and comments apart."""
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | Function)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
        ):
            yield node.value


def in_circles(core: Path, trees: dict[Path, ast.Module]) -> int:
    """How many modules reach themselves by what they import."""
    called = {
        ".".join((core.name, *path.relative_to(core).with_suffix("").parts)).removesuffix(
            ".__init__"
        ): tree
        for path, tree in trees.items()
    }
    ours = {}
    for module, tree in called.items():
        found: set[str] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
            elif isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
        # A folder's own docstring module is imported with whatever stands in the folder.
        ours[module] = {
            name for name in found & called.keys() if not module.startswith(f"{name}.")
        } - {module}
    return sum(module in reached(module, ours) for module in ours)


def reached(start: str, ours: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = set(ours[start])
    while waiting:
        module = waiting.pop()
        found.add(module)
        waiting |= ours[module] - found
    return found


def main(cores: Sequence[Path]) -> None:
    counted = [count(core) for core in cores]
    for name in counted[0]:
        print(f"{name:<58}", *(f"{column[name]:<24}" for column in counted))


if __name__ == "__main__":
    main([Path(given) for given in sys.argv[1:]] or [CORE])
