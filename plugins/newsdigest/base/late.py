"""Patterns compiled when they are first asked: those that know dates and hours in words take 30 ms, a
thirtieth of a build that has nothing to read."""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    def __init__(self, pattern: str, flags: int) -> None:
        self._told = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._told), name)
        setattr(self, name, found)
        return found


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, later; for a module's own pattern, which is asked by its methods alone."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
