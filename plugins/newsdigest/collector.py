"""Memory: Python's collector of garbage in cycles, kept from walking all that is loaded while a build makes records;
and what is free, given back before processes are forked."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# New objects before the youngest are looked at, and how often older ones are. With Python's own 700 a
# cold build spends a tenth of its time looking, and finds a few megabytes.
_SELDOM = (20_000, 50, 100)


def collect_seldom() -> None:
    """From now on, in this process: what is there already is never walked, what comes seldom."""
    gc.freeze()
    gc.set_threshold(*_SELDOM)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """The same for a while: processes forked meanwhile inherit it, and it ends with the block."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def give_back() -> None:
    """Hand to the system what is free but still this process's, where the C library can: forked processes would each
    fill its holes by pages of their own."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)
