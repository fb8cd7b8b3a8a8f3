"""What the parser knows of itself: how agencies sign, what is page furniture."""

from __future__ import annotations

from functools import lru_cache

from newsdigest.base.agencies import DEFAULT_AGENCIES

# Page furniture found where a headline should be; a trailing … stands for anything.
DEFAULT_CHROME: tuple[str, ...] = (
    "icon search",
    "close-icon…",
    "• close-icon…",
    "Hotline: …",
    "skip to content",
    "menu",
    "accueil",
    "se connecter",
)


@lru_cache(maxsize=8)
def known_agencies(agencies: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """What agencies sign with: those that are always known, and these."""
    return frozenset(code for code, _ in (*DEFAULT_AGENCIES, *agencies))


@lru_cache(maxsize=8)
def known_chrome(chrome: tuple[str, ...]) -> tuple[str, ...]:
    """Lines that are page furniture: those that are always known, and these."""
    return (*DEFAULT_CHROME, *chrome)
