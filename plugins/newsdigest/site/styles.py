"""The theme's style sheets as one that ships small; the sources stay readable."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, count, product
from string import ascii_lowercase

_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
_TEXT = re.compile(r'("[^"]*"|\'[^\']*\'|url\([^)]*\))')
_CUSTOM = re.compile(r"(?<![\w-])--[\w-]+")
_DEFINED = re.compile(r"(?<=[{;])(--[\w-]+):([^;{}]*)(?:;|(?=\}))")
_EDGE = re.compile(r"(?<=[{;])(margin|padding|border|inset)-block-(start|end)(?=[\w-]*:)")
_SIDES = {"start": "top", "end": "bottom"}


def one_sheet(sheets: list[str], script: str = "") -> str:
    """The sheets as one, in their order; what they say to a browser is the same.

    Comments and line breaks go: a line ends where a rule, a declaration or a brace does. A custom
    property of the sheets is put in its place where that is shorter (`--s4:1rem`, defined once), or
    has a name of two or three signs. `margin-block-start` is `margin-top`, unless a sheet sets a
    `writing-mode`. A `script` that names custom properties keeps their names.
    """
    css = "".join(line for sheet in sheets for line in _COMMENT.sub("", sheet).splitlines())
    if "writing-mode" not in css:
        css = _EDGE.sub(_physical, css)
    if _CUSTOM.search(script):
        return css
    return _renamed(_placed(css))


def _physical(found: re.Match[str]) -> str:
    """Where lines run across, whichever way, a block starts at the top."""
    of, side = found.groups()
    return _SIDES[side] if of == "inset" else f"{of}-{_SIDES[side]}"


def _placed(css: str) -> str:
    """Constants in the place of their names: defined once, at the root, from no other property."""
    defined = Counter(found.group(1) for found in _DEFINED.finditer(css))
    root = css[: css.index("}") + 1] if css.startswith(":root{") else ""
    for found in _DEFINED.finditer(root):
        name, value = found.groups()
        use = f"var({name})"
        uses = css.count(use)
        alone = defined[name] == 1 and len(re.findall(rf"{name}(?![\w-])", css)) == uses + 1
        saved = len(found.group()) + uses * (len(use) - len(value))
        if alone and "var(" not in value and saved > 0:
            css = css.replace(found.group(), "", 1).replace(use, value)
    return css


def _renamed(css: str) -> str:
    """The custom properties the sheets define, by short names: the most used has the shortest."""
    mine = {found.group(1) for found in _DEFINED.finditer(css)}
    used = Counter(name for name in _CUSTOM.findall(_TEXT.sub("", css)) if name in mine)
    ranked = sorted(used, key=lambda name: (-used[name], name))
    letters = ("".join(some) for size in count(1) for some in product(ascii_lowercase, repeat=size))
    short = dict(zip(ranked, (f"--{some}" for some in letters), strict=False))
    parts = _TEXT.split(css)
    outside = (
        _CUSTOM.sub(lambda name: short.get(name.group(), name.group()), it) for it in parts[::2]
    )
    return "".join(chain.from_iterable(zip(outside, [*parts[1::2], ""], strict=True)))
