"""What an entity's page quotes: the sentence of an article that names it."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A sign that ends a sentence and what leads to the next one, or a line break alone.
_SENTENCE_END = re.compile(r"[.!?…\n](?:(?<=\n)|(?<!\n)[»”\"’)]*\s+(?=[«“\"(–—-]?\s?[^\W\d_a-z]))")
_ABBREVIATION = re.compile(r"(?:^|[\s(«\"'’])(?:MM?|Mgr|Dr|Drs|Pr|Mr|Mrs|Ms|St|TP|[^\W\d_])\.$")


def sentence_around(text: str, start: int, end: int, limit: int = 220) -> tuple[str, str, str]:
    """(before, mention, after) of the sentence that holds text[start:end].

    At most `limit` characters in all, cut at words with "…" on the side that is cut; the mention is
    always whole. Line breaks (items, cells) end a sentence.
    """
    begin, stop = 0, len(text)
    window = max(0, start - 4 * limit)
    # One character further, for a mention that opens its sentence is what tells that one ended.
    for _, next_sentence in _sentence_gaps(text, window, min(len(text), start + 1)):
        if next_sentence <= start:
            begin = next_sentence
    for gap, next_sentence in _sentence_gaps(text, end, min(len(text), end + 4 * limit)):
        stop = gap + len(text[gap:next_sentence].rstrip())
        break
    begin, stop = max(begin, window), min(stop, end + 4 * limit)
    before, mention, after = text[begin:start].lstrip(), text[start:end], text[end:stop].rstrip()
    room = limit - len(mention)
    if len(before) + len(after) <= room and (begin == 0 or begin > window):
        return before, mention, after
    # The shorter side leaves what it does not need to the other.
    for_after = max(room - len(before), room // 2)
    if len(after) > for_after:
        after = _cut_end(after, max(0, for_after - 1))
    if len(before) > room - len(after):
        before = _cut_start(before, max(0, room - len(after) - 1))
    return before, mention, after


def _sentence_gaps(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What lies between two sentences in text[start:end]: quotes that close, and white space."""
    # From one character before, which may be the full stop.
    for match in _SENTENCE_END.finditer(text, max(0, start - 1), end):
        gap = match.start()
        if text[gap] != "\n":
            gap += 1
        if gap >= start and not _ABBREVIATION.search(text, max(0, gap - 6), gap):
            yield gap, match.end()


def _cut_end(text: str, length: int) -> str:
    cut = text[: length + 1]
    space = cut.rfind(" ")
    return (cut[:space].rstrip(" ,;:(«\u00a0") if space > 0 else "") + "…"


def _cut_start(text: str, length: int) -> str:
    cut = text[max(0, len(text) - length - 1) :]
    space = cut.find(" ")
    return "…" + (cut[space + 1 :] if space >= 0 else "")
