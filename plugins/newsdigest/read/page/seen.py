"""What a reader sees of an old or bare page: its headline by its size, its day on a line by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from newsdigest.read.wire.markup import plain
from newsdigest.read.wire.moments import When, find_when, on_day

Element = Any

_BESIDE = ("nav", "aside", "script", "style", "select", "form")
_UNREAD = re.compile(
    r"comment|footer|sidebar|related|recirc|latest|popular|most|menu|weather", re.IGNORECASE
)
_LONGEST_LINE, _LONGEST_BARE, _MOST_BELOW = 160, 48, 60
_PUBLISHED = re.compile(
    r"publi|posted|updated|mis à jour|mise en ligne|veröffentlicht|stand:|ngày|cập nhật|thứ |^(?:by|par|von|por) ",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(20\d{2}|19\d{2})(?!\d)")
_NAMED_SLASH = re.compile(r"([^\W\d_]{3,9}),? (\d{1,2})/(20\d{2})(?!\d)")
_VIETNAMESE = re.compile(
    r"(?:ngày )?(\d{1,2}) tháng (\d{1,2}),? (?:năm )?(20\d{2}|19\d{2})", re.IGNORECASE
)
_SPANISH = re.compile(r"(\d{1,2}) (?:de )?([^\W\d_]{3,10}) del? (20\d{2}|19\d{2})", re.IGNORECASE)
_FEWEST_WORDS, _SHORTEST_HEADLINE, _LONGEST_HEADLINE = 4, 20, 200
_BIG = 4


def day_seen(tree: Element, headline: str, lang: str, site: str) -> When | None:
    """The day on a short line below the headline; for want of one, on the nearest above it."""
    above: When | None = None
    below = 0
    for text in _lines(tree):
        if headline and text.casefold() == headline.casefold():
            below = 1
        elif below:
            below += 1
            if below > _MOST_BELOW:
                break
        when = _day_of(text, lang, site)
        if when is not None and below:
            return when
        above = when or above
    return above


def headlines_seen(tree: Element) -> list[str]:
    """Of a page without `h1`: what is set largest, else its first headings."""
    sized: dict[int, list[str]] = {}
    for one in tree.iter("font"):
        size = (one.get("size") or "").strip("+ ")
        text = plain(one.text_content()) if size.isdigit() and int(size) >= _BIG else ""
        if _is_headline(text):
            sized.setdefault(int(size), []).append(text)
    if sized:
        return sized[max(sized)][:1]
    texts = (plain(one.text_content()) for one in tree.iter("h2", "h3"))
    return [text for text in texts if _is_headline(text)][:1]


def _is_headline(text: str) -> bool:
    return (
        _SHORTEST_HEADLINE <= len(text) <= _LONGEST_HEADLINE and len(text.split()) >= _FEWEST_WORDS
    )


def _lines(tree: Element) -> Iterator[str]:
    """The page's lines in its order: an element's own text, or all of it if it is small."""
    for one in tree.iter():
        if not isinstance(one.tag, str) or one.tag in _BESIDE or _is_beside(one):
            continue
        if len(one) and one.tag not in ("p", "span", "font", "h1", "h2", "b", "strong"):
            for piece in (one.text, *(child.tail for child in one)):
                if piece and piece.strip():
                    yield plain(piece)
        elif len(one) < 6:
            text = plain(one.text_content())
            if text and len(text) <= 2 * _LONGEST_LINE:
                yield text


def _is_beside(element: Element) -> bool:
    if element.tag == "footer" or next(element.iterancestors("footer"), None) is not None:
        return next(element.iterancestors("article", "main"), None) is None
    return any(
        up.tag in _BESIDE or _UNREAD.search(f"{up.get('class') or ''} {up.get('id') or ''}")
        for up in (element, *element.iterancestors())
        if up.tag != "body"
    )


def _day_of(text: str, lang: str, site: str) -> When | None:
    if len(text) > _LONGEST_LINE or len(text) < 6 or not any(map(str.isdigit, text)):
        return None
    if len(text) > _LONGEST_BARE and not _PUBLISHED.search(text):
        return None
    return find_when(text, site) or _written_otherwise(text, lang, site)


def _written_otherwise(text: str, lang: str, site: str) -> When | None:
    for pattern in (_VIETNAMESE, _SLASHED):
        match = pattern.search(text)
        if match:
            one, two, year = map(int, match.groups())
            english = lang.startswith("en") and pattern is _SLASHED
            if english and one <= 12 and two <= 12 and one != two:
                return None  # on one side of an ocean a day, on the other a month
            day, month = (two, one) if english and two > 12 else (one, two)
            return _on(year, month, day, site)
    match = _NAMED_SLASH.search(text) or _SPANISH.search(text)
    if match and match.re is _NAMED_SLASH:
        return find_when(f"{match[2]} {match[1]} {match[3]}", site)
    return find_when(f"{match[1]} {match[2]} {match[3]}", site) if match else None


def _on(year: int, month: int, day: int, site: str) -> When | None:
    try:
        return on_day(datetime(year, month, day, tzinfo=UTC), site)
    except ValueError:
        return None
