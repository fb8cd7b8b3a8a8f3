"""How the core stands as a house: its modules, functions, interfaces, arguments, arrows, page kinds.

    python -m benchmarks.house [CORE ...]
    python -m benchmarks.house --longest         what is longest, to be mended first

CORE is a folder `newsdigest` of any version (default: this one); one column each. Of page kinds two
things are counted, module by module, the kind's own apart:

*know it*      modules that import the kind or what its module tells, name its address, or ask for its
               name; a name that says something else too (`feeds`, `month`) counts wherever it
               stands as a text of its own, so the count is rather too high
*speak of it*  modules whose names or texts hold the word, docstrings and comments apart: most speak
               of the thing (an article, a story), not of its page
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

CORE = Path(__file__).parent.parent / "plugins" / "newsdigest"
SQL = re.compile(
    r"\b(?:SELECT\s.+\sFROM\s|INSERT\s.*INTO\s|UPDATE\s\w+\sSET\s|DELETE\sFROM\s)", re.S
)
STORY = re.compile(r"\bstor(?:y|ies)\b|_?story_page|StoryView", re.IGNORECASE)
# What a kind is declared by.
_DECLARED = {"name", "addresses", "reads"}
Function = ast.FunctionDef | ast.AsyncFunctionDef
Trees = Mapping[Path, ast.Module]


def count(core: Path) -> dict[str, str]:
    """What is counted, by its name."""
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(core.rglob("*.py"))}
    trees = {path: ast.parse(source) for path, source in sources.items()}
    lines = [len(source.splitlines()) for source in sources.values()]
    lengths = sorted(length for length, _name in long_functions(core, trees))
    below = {path: path.relative_to(core).parts[0] for path in sources}
    site = {path: tree for path, tree in trees.items() if below[path] == "site"}
    rooms = rooms_of(core, trees)
    return {
        "modules / lines": f"{len(lines)} / {sum(lines)}",
        "modules that stand flat": str(len(list(core.glob("*.py")))),
        "median module": str(int(median(lines))),
        "longest module": str(max(lines)),
        "modules over 400 lines": str(sum(length > 400 for length in lines)),
        "function median / p90 / longest": (
            f"{int(median(lengths))} / {lengths[len(lengths) * 9 // 10]} / {lengths[-1]}"
        ),
        "functions over 40 lines": str(sum(length > 40 for length in lengths)),
        "files with SQL outside archive/": str(
            sum(bool(SQL.search(s)) for path, s in sources.items() if below[path] != "archive")
        ),
        "files with SQL": str(sum(bool(SQL.search(s)) for s in sources.values())),
        "methods of the widest class": widest(trees),
        "public methods of the widest class": widest(trees, public=True),
        "most arguments": most_arguments(trees),
        "most arguments in site/": most_arguments(site),
        "rooms / arrows / layers": f"{len(rooms)} / {sum(map(len, rooms.values()))} / {layers(rooms)}",
        "modules in import circles": str(len(in_circles(imports(core, trees)))),
        "state = 'published', written": str(
            sum(len(re.findall(r"state = 'published'", s)) for s in sources.values())
        ),
        "modules of site/ and the flow that name stories at all": str(
            sum(
                bool(STORY.search(" ".join(names(tree))))
                for path, tree in trees.items()
                if below[path] == "site" or path.parent == core
            )
        ),
    }


# -- functions, classes --------------------------------------------------------------------------


def is_function(node: ast.AST) -> bool:
    return isinstance(node, Function)


def long_functions(core: Path, trees: Trees) -> list[tuple[int, str]]:
    """(lines, where and which) of every function, the longest first."""
    found = [
        ((node.end_lineno or 0) - node.lineno + 1, f"{path.relative_to(core)}:{node.name}")
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, Function)
    ]
    return sorted(found, reverse=True)


def widest(trees: Trees, public: bool = False) -> str:
    """The class of most methods; all of them count, special and private ones too, or the `public`."""
    found = [
        (
            sum(
                isinstance(one, Function) and not (public and one.name.startswith("_"))
                for one in node.body
            ),
            node.name,
        )
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]
    return "{} ({})".format(*max(found))


def most_arguments(trees: Trees) -> str:
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
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
    yield from texts(tree)


def texts(tree: ast.Module) -> Iterator[str]:
    """Every text of the code, docstrings apart."""
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | Function)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


# -- who imports whom ------------------------------------------------------------------------------


def module_name(core: Path, path: Path) -> str:
    named = ".".join((core.name, *path.relative_to(core).with_suffix("").parts))
    return named.removesuffix(".__init__")


def imports(core: Path, trees: Trees) -> dict[str, set[str]]:
    """By module, those of the core that it imports."""
    called = {module_name(core, path): tree for path, tree in trees.items()}
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
    return ours


def rooms_of(core: Path, trees: Trees) -> dict[str, set[str]]:
    """The same by room: a folder below the core is one, a module that stands flat another."""
    folders = {path.name for path in core.iterdir() if path.is_dir()}

    def room(module: str) -> str:
        return module.split(".")[1] if module.count(".") else module

    found: dict[str, set[str]] = {}
    for module, others in imports(core, trees).items():
        arrows = {room(other) for other in others} - {room(module), core.name}
        if room(module) in folders or module.count("."):
            found.setdefault(room(module), set()).update(arrows)
    return found


def layers(rooms: Mapping[str, Collection[str]]) -> str:
    """How many rooms stand on each other at most; "in a circle" where that has no end."""
    if in_circles(rooms):
        return "in a circle"
    height: dict[str, int] = {}

    def of(room: str) -> int:
        if room not in height:
            height[room] = 1 + max((of(other) for other in rooms.get(room, ())), default=0)
        return height[room]

    return str(max(map(of, rooms)))


def in_circles(ours: Mapping[str, Collection[str]]) -> set[str]:
    """Those that reach themselves by what they import."""
    return {one for one in ours if one in reached(one, ours)}


def reached(start: str, ours: Mapping[str, Collection[str]]) -> set[str]:
    found: set[str] = set()
    waiting = set(ours[start])
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting |= set(ours.get(one, ())) - found
    return found


# -- page kinds ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kind:
    """A page kind as its module declares it; `addresses` by their settings, or as called elsewhere."""

    name: str
    module: str
    addresses: frozenset[str]


def kinds_of(core: Path, trees: Trees) -> list[Kind]:
    """Those that modules of `site/kinds/` declare, by module."""
    found = []
    for path, tree in trees.items():
        for node in tree.body if path.parent == core / "site" / "kinds" else ():
            call = node.value if isinstance(node, ast.Assign) else None
            given = {one.arg: one.value for one in getattr(call, "keywords", ())}
            if given.keys() >= _DECLARED:
                name = ast.literal_eval(given["name"])
                addresses = frozenset(_constants_in(given["addresses"]))
                found.append(Kind(name, module_name(core, path), addresses))
    return found


def _constants_in(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        named = getattr(one, "attr", getattr(one, "value", ""))
        if isinstance(named, str) and named.isupper():
            yield named


def knowing(kind: Kind, core: Path, trees: Trees) -> list[str]:
    """The modules, its own apart, that know of the kind."""
    return [
        module_name(core, path)
        for path, tree in trees.items()
        if module_name(core, path) != kind.module and _knows(kind, tree)
    ]


def _knows(kind: Kind, tree: ast.Module) -> bool:
    imported = any(
        isinstance(node, ast.ImportFrom)
        and (
            node.module == kind.module
            or any(f"{node.module}.{alias.name}" == kind.module for alias in node.names)
        )
        for node in ast.walk(tree)
    )
    called = {
        getattr(node, "attr", getattr(node, "id", ""))
        for node in ast.walk(tree)
        if getattr(getattr(node, "value", None), "id", "") != "Fact"  # of the archive, no address
    }
    return (
        imported
        or kind.name in texts(tree)
        or not kind.addresses.isdisjoint({*called, *texts(tree)})
    )


def speaking(kind: Kind, core: Path, trees: Trees) -> list[str]:
    """The modules, its own apart, whose names or texts hold the kind's word."""
    word = re.compile(rf"(?:^|[^a-z]){kind.name.split('_')[0]}(?:s?(?:[^a-z]|$))", re.IGNORECASE)
    return [
        module_name(core, path)
        for path, tree in trees.items()
        if module_name(core, path) != kind.module and any(map(word.search, names(tree)))
    ]


# -- told ------------------------------------------------------------------------------------------


def tell_kinds(core: Path) -> None:
    trees = {
        path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(core.rglob("*.py"))
    }
    print(f"\n{'kind':<14} {'know it':<8} {'speak of it':<12} who knows it")
    for kind in kinds_of(core, trees):
        known = knowing(kind, core, trees)
        shown = ", ".join(name.removeprefix(f"{core.name}.") for name in known)
        print(f"{kind.name:<14} {len(known):<8} {len(speaking(kind, core, trees)):<12} {shown}")


def tell_longest(core: Path) -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in core.rglob("*.py")}
    modules = sorted(((len(s.splitlines()), path) for path, s in sources.items()), reverse=True)
    for lines, path in modules:
        if lines > 400:
            print(f"{lines:>5} {path.relative_to(core)}")
    for lines, name in long_functions(core, {path: ast.parse(s) for path, s in sources.items()}):
        if lines > 40:
            print(f"{lines:>5} {name}")


def main(arguments: Sequence[str]) -> None:
    cores = [Path(one) for one in arguments if not one.startswith("-")] or [CORE]
    if "--longest" in arguments:
        tell_longest(cores[0])
        return
    counted = [count(core) for core in cores]
    for name in counted[0]:
        print(f"{name:<58}", *(f"{column[name]:<26}" for column in counted))
    if (cores[-1] / "site" / "kinds").is_dir():
        tell_kinds(cores[-1])


if __name__ == "__main__":
    main(sys.argv[1:])
