"""What a table's cells say of its rows and columns: whether the first row names, which columns hold figures."""

from __future__ import annotations

import re
from collections.abc import Sequence


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: it holds no figure of the kind found below it.

    A year counts as a name unless the cell below is a year as well.
    """
    if len(rows) < 2:
        return False
    below = rows[1]
    for column, cell in enumerate(rows[0]):
        if not _FIGURE.fullmatch(cell):
            continue
        under = below[column] if column < len(below) else ""
        if not _YEAR.fullmatch(cell) or _YEAR.fullmatch(under):
            return False
    return any(rows[0])


def figure_columns(rows: Sequence[Sequence[str]]) -> set[int]:
    """The columns that hold figures alone, which are read one below the other. Cells that say there is
    none (a dash, nothing) do not count."""
    columns: set[int] = set()
    for column in range(max(map(len, rows), default=0)):
        cells = [row[column] for row in rows if column < len(row)]
        told = [cell for cell in cells if cell not in _NO_FIGURE]
        if told and all(_FIGURE.fullmatch(cell) for cell in told):
            columns.add(column)
    return columns


_NO_FIGURE = frozenset({"", "-", "–", "—", "n.d.", "nd", "n/a", "..", "…"})
_FIGURE = re.compile(r"[-+−~≈<>]?[0-9][0-9 .,:/%‰€$£°\u00a0\u202f-]*")
_YEAR = re.compile(r"(?:1[89]|2[01])[0-9]{2}")
