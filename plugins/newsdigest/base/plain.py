"""Any value of the settings as text: equal values tell the same in every process, on every machine.

No address in memory and no order of a set gets in. A function is told by what it does and by what it
uses of its own module: one that is written anew, elsewhere in the file, tells the same.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta, tzinfo
from enum import Enum
from functools import partial
from pathlib import PurePath
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

# Beyond, only the kind of a value is told: settings are not nested like that on purpose.
_DEEPEST = 40


def plain(value: object) -> str:
    """The value as text."""
    return _told(value, ())


def _told(value: Any, within: tuple[int, ...]) -> str:
    """The value; `within` are the values being told that it is part of."""
    if (
        value is None
        or value is Ellipsis
        or isinstance(value, bool | str | bytes | float | complex)
    ):
        return repr(value)
    if isinstance(value, int):
        return hex(value)  # decimal has a limit of digits
    if id(value) in within or len(within) > _DEEPEST:
        return f"<{type(value).__qualname__} again>"
    inner = (*within, id(value))
    if isinstance(value, Mapping):
        pairs = (f"{_told(key, inner)}: {_told(item, inner)}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, set | frozenset):
        return f"<set {', '.join(sorted(_told(item, inner) for item in value))}>"
    if isinstance(value, list | tuple):
        return f"{type(value).__qualname__}[{_listed(value, inner)}]"
    return _told_by_its_kind(value, inner)


def _told_by_its_kind(value: Any, inner: tuple[int, ...]) -> str:
    if isinstance(value, FunctionType):
        return _function(value, inner)
    if isinstance(value, CodeType):
        return _code(value, inner)
    if isinstance(value, MethodType):
        return f"<{_told(value.__self__, inner)}.{_told(value.__func__, inner)}>"
    if isinstance(value, partial):
        return f"<partial {_listed((value.func, value.args, value.keywords), inner)}>"
    if isinstance(value, type | ModuleType) or inspect.isbuiltin(value):
        return (
            f"<{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', value.__name__)}>"
        )
    kind = f"{type(value).__module__}.{type(value).__qualname__}"
    if isinstance(value, re.Pattern):
        return f"<{kind} {value.pattern!r} {value.flags}>"
    if isinstance(value, date | time | timedelta | tzinfo | PurePath | Enum):
        return f"<{kind} {value}>"
    return f"<{kind} {_told(getattr(value, '__dict__', None), inner)}>"


def _listed(values: Iterable[object], inner: tuple[int, ...]) -> str:
    return ", ".join(_told(value, inner) for value in values)


def _function(function: FunctionType, inner: tuple[int, ...]) -> str:
    """What it does, and what it finds outside itself: defaults, enclosed values, names of its module."""
    cells = [_cell(cell) for cell in function.__closure__ or ()]
    used = [
        (name, function.__globals__[name])
        for name in _names(function.__code__)
        if name in function.__globals__ and not isinstance(function.__globals__[name], ModuleType)
    ]
    outside = (function.__defaults__, function.__kwdefaults__, cells, used)
    return f"<function {_code(function.__code__, inner)} {_listed(outside, inner)}>"


def _cell(cell: Any) -> object:
    try:
        return cell.cell_contents
    except ValueError:  # not filled yet
        return None


def _names(code: CodeType) -> list[str]:
    """The names that the code, and the code within it, look up."""
    inside = [const for const in code.co_consts if isinstance(const, CodeType)]
    return sorted({*code.co_names, *(name for part in inside for name in _names(part))})


def _code(code: CodeType, inner: tuple[int, ...]) -> str:
    """The instructions: neither the file nor the lines they stand on."""
    parts = (code.co_code, code.co_consts, code.co_names, code.co_varnames, code.co_freevars)
    return f"<code {_listed(parts, inner)}>"
