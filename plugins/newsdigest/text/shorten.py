"""The beginning of a text that is too long, cut where a reader would cut it."""

from __future__ import annotations

# What no cut text ends with: spaces, and signs that announce more.
LOOSE_END = " ,;:.!?…-–—(«\u00a0\u202f"


def shorten(text: str, limit: int, loose_end: str = LOOSE_END) -> str:
    """The text, or its beginning cut at a space and closed with `…`: at most `limit` characters."""
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", 0, limit)
    if cut < limit // 2:  # one endless word: better cut than lost
        cut = limit - 1
    return text[:cut].rstrip(loose_end) + "…"
