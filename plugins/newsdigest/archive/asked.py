"""What a look-up of the whole archive said is known, until something is written."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from sqlite3 import Connection
from typing import Concatenate, ParamSpec, Protocol, TypeVar

Given = ParamSpec("Given")
Told = TypeVar("Told")


class _Reader(Protocol):
    _db: Connection


Reader = TypeVar("Reader", bound=_Reader)


def asked_once(
    method: Callable[Concatenate[Reader, Given], Told],
) -> Callable[Concatenate[Reader, Given], Told]:
    """For a reader's method that many pages of a build ask and that walks more than they show. What it
    returns is nobody's to change: all who ask get the same."""
    kept = f"_asked_{method.__name__}"

    @wraps(method)
    def told(reader: Reader, /, *args: Given.args, **kwargs: Given.kwargs) -> Told:
        # Other connections write what no such look-up tells of: views, feed entries.
        now = reader._db.total_changes
        since, answers = reader.__dict__.get(kept, (-1, {}))
        if since != now:
            answers = {}
            reader.__dict__[kept] = (now, answers)
        key = (args, *sorted(kwargs.items()))
        if key not in answers:
            answers[key] = method(reader, *args, **kwargs)
        found: Told = answers[key]
        return found

    return told
