"""The beginning of a text that is too long, cut where a reader would cut it."""

from __future__ import annotations

from newsdigest.text.sentences import sentence_ends

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


def whole_sentences(text: str, limit: int) -> str:
    """The sentences of the text that fit, and at least the first, however long it is."""
    if len(text) <= limit:
        return text
    ends = list(sentence_ends(text))
    fitting = [end for end in ends if end <= limit] or ends[:1]
    return text[: fitting[-1]].rstrip() if fitting else text
