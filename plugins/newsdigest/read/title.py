"""Which line is the headline: the one after the date, the next, or none of them.

Pages put a kicker, a button or the first paragraph where the headline should be; the lines around
tell which.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from newsdigest.base.records import Photo
from newsdigest.read.credits import closing_credit, split_dateline
from newsdigest.read.furniture import (
    captioned_photo,
    ends_article,
    has_url,
    is_caption,
    is_furniture,
    is_table_row,
    is_url,
    list_mark,
    named_photo,
    photo_line,
    related_headlines,
    without_bar,
)
from newsdigest.read.normalise import Line
from newsdigest.read.page_words import is_kind, is_navigation, is_place, is_rubric
from newsdigest.text.sentences import first_sentence

_PARAGRAPH = 180
_PARAGRAPH_ENDED = 90
_SHORTEST_HEADLINE = 3
_SHORTEST_LATE_HEADLINE = 25
_TEXT_FOLLOWS = 40
_KICKER = 40
_CAPITAL_KICKER = 60
_LONGEST_DERIVED = 110
# Short lines below a menu that are its items, when so many stand in a row.
_MENU_ITEM, _MENU_WORDS, _FEWEST_MENU_ITEMS = 30, 4, 2
# Menus and banners below the headline stand in the first lines, and before the first long one.
_PAGE_REACH, _TEXT_BEGINS = 12, 80

_SENTENCE_SIGNS = ("?", "!", '"', "”", "»", "’", "'")
_SCORE = re.compile(r"\(?\d{1,3} ?[-–:/] ?\d{1,3}(?: a\. ?p\.|,? (?:t\.a\.b\.|tab|ap))?\)?$")

_UPDATE = re.compile(
    r" ?(?:\((?P<round>{0})\)|\[(?P<square>{0})\])$".format(
        "mise à jour|maj|suite|updated|cập nhật"
    ),
    re.IGNORECASE,
)


class Headline(NamedTuple):
    """`body` are the lines below it.

    With `lede_given` they begin with a paragraph that stood in the headline's place, the lede.
    `photo` is one announced there.
    """

    title: str
    body: list[Line]
    line: int
    lede_given: bool = False
    kicker: str | None = None
    update: str | None = None
    source_url: str | None = None
    photo: Photo | None = None
    warnings: tuple[str, ...] = ()


class NoHeadline(NamedTuple):
    """`found` is what stands where the headline should, "" for nothing."""

    found: str


class _Top(NamedTuple):
    """Where the headline is looked for: `lines[at]`, once what the page put before it is skipped.

    `navigated` tells that menus or buttons were among it, so that the place says little.
    """

    at: int
    source_url: str | None
    photo: Photo | None
    navigated: bool
    warnings: list[str]


class _Choice(NamedTuple):
    """A headline, the lines below it, and what it was doubted for."""

    title: str
    line: int
    body: list[Line]
    kicker: str | None = None
    warning: str = ""


def choose_headline(
    lines: list[Line], known: Collection[str], chrome: tuple[str, ...], derive: bool
) -> Headline | NoHeadline:
    """`lines[0]` is what follows the date on its line (it may be empty)."""
    top = _skip_page(lines, known, chrome)
    if top.at == len(lines):
        return NoHeadline("")
    lines, cleaned = _without_page(lines, top.at, chrome)
    text = without_bar(lines[top.at].text)
    if not any(map(str.isalnum, text)) or _is_marked(text, known):
        return NoHeadline(text)
    choice = _choose(lines, text, top, known, derive)
    if choice is None:
        return NoHeadline(text)

    title = choice.title
    update = _UPDATE.search(title)
    badge = None
    if update:
        title = title[: update.start()].rstrip()
        badge = update["round"] or update["square"]
        if not title:
            return NoHeadline(update[0])
    warnings = (*top.warnings, *cleaned, choice.warning)
    return Headline(
        title,
        choice.body,
        choice.line,
        lede_given=_is_paragraph(text),
        kicker=choice.kicker,
        update=badge,
        source_url=top.source_url,
        photo=top.photo,
        warnings=tuple(warning for warning in warnings if warning),
    )


def _skip_page(lines: list[Line], known: Collection[str], chrome: tuple[str, ...]) -> _Top:
    warnings: list[str] = []
    source_url = photo = None
    navigated = False
    at = 0
    while at < len(lines):
        text = without_bar(lines[at].text)
        if at == 0 and text and (photo := _photo(text, known)):
            at += 1
            continue
        address = bool(text) and is_url(text)
        if address:
            source_url = source_url or text
        elif text and not _is_chrome(text, chrome):
            others = _menu_items(lines, at, known) if navigated else 0
            if not others:
                break
            warnings.append("W_TITLE_DOUBT")
            at += others
            continue
        navigated |= bool(text) and not address
        warnings.append("W_CHROME")
        at += 1
    return _Top(at, source_url, photo, navigated, warnings)


def _menu_items(lines: list[Line], at: int, known: Collection[str]) -> int:
    """How many short lines stand in a row above what reads as a headline: two at least, or none."""
    end = at
    while end < len(lines) and _is_menu_item(lines[end].text):
        end += 1
    if end - at < _FEWEST_MENU_ITEMS or end == len(lines):
        return 0
    return end - at if _is_headline(lines, end, known, above=True) else 0


def _is_menu_item(text: str) -> bool:
    return len(text) <= _MENU_ITEM and text.count(" ") < _MENU_WORDS and text[-1] not in ".!?…:;,"


def _without_page(
    lines: list[Line], at: int, chrome: tuple[str, ...]
) -> tuple[list[Line], tuple[str, ...]]:
    """The lines without the menus and banners between the headline and the text."""
    kept = lines[: at + 1]
    end = at + 1
    while end < min(len(lines), at + 1 + _PAGE_REACH):
        line = lines[end]
        end += 1
        text = without_bar(line.text)
        if text and _is_chrome(text, chrome):
            continue
        kept.append(line)
        if len(text) >= _TEXT_BEGINS:
            break
    if len(kept) == end:
        return lines, ()
    return kept + lines[end:], ("W_BOILERPLATE",)


def _choose(
    lines: list[Line], text: str, top: _Top, known: Collection[str], derive: bool
) -> _Choice | None:
    at = top.at
    first = lines[at]._replace(text=text)
    body = lines[at + 1 :]
    after = without_bar(body[0].text) if body else ""
    if _is_paragraph(text):
        if _is_late_headline(text, after, known) and _is_headline(lines, at + 1, known):
            return _Choice(after, body[0].number, [first, *body[1:]])
        if not derive:
            return None
        title = derived_title(text, known)
        return _Choice(title, first.number, [first, *body], warning="W_TITLE_DERIVED")
    headline = _Choice(text, first.number, body)
    if not after or not _may_be_kicker(text, after):
        return headline
    if not _is_headline(lines, at + 1, known, top.navigated):
        return headline
    says = _is_kicker(text, after, known)
    if says or (says is None and top.navigated and not _is_sentence(after, known)):
        doubt = "" if says else "W_TITLE_DOUBT"
        return _Choice(after, body[0].number, body[1:], text, doubt)
    if says is None and (text.isupper() or not _is_sentence(after, known)):
        return headline._replace(warning="W_TITLE_DOUBT")
    return headline


def _is_late_headline(text: str, after: str, known: Collection[str]) -> bool:
    """Whether a headline stands below a paragraph; below one that may be a headline, no sentence."""
    if len(after) < _SHORTEST_LATE_HEADLINE:
        return False
    return len(text) > _PARAGRAPH or not _is_sentence(after, known)


def _is_kicker(text: str, after: str, known: Collection[str]) -> bool | None:
    """Whether a short line is the kicker of the next: its own signs tell, or nothing does (None)."""
    if split_dateline(after, known):
        return False
    if is_rubric(text) or is_place(text):
        return True
    strong = text.isupper() or is_kind(text)
    return True if strong and not _is_sentence(after, known) else None


def _is_sentence(text: str, known: Collection[str]) -> bool:
    """Whether a line that no full stop ends is yet a sentence: a question, a quotation, a score."""
    if text.endswith(_SENTENCE_SIGNS) or _SCORE.search(text):
        return True
    return split_dateline(text, known) is not None


def derived_title(paragraph: str, known: Collection[str]) -> str:
    """The paragraph's first sentence as a headline of at most 111 characters."""
    dateline = split_dateline(paragraph, known)
    text = dateline[2] if dateline else paragraph
    sentence = first_sentence(text[: 2 * _LONGEST_DERIVED])  # what is longer is cut anyway
    if sentence.endswith(".") and not sentence.endswith(".."):
        sentence = sentence[:-1].rstrip()
    if len(sentence) <= _LONGEST_DERIVED:
        return sentence
    cut = sentence[:_LONGEST_DERIVED]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:") + "…"


def _photo(text: str, known: Collection[str]) -> Photo | None:
    named = named_photo(text, known)
    if named:
        return named
    credit = photo_line(text)
    if credit:
        return Photo("", credit)
    photo = captioned_photo(text, known)
    return photo if photo and is_caption(photo.caption) else None


def _is_chrome(text: str, chrome: tuple[str, ...]) -> bool:
    exact, prefixes = _chrome(chrome)
    folded = text.casefold().replace(" :", ":")
    return (
        folded in exact or folded.startswith(prefixes) or is_furniture(text) or is_navigation(text)
    )


@lru_cache(maxsize=8)
def _chrome(chrome: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    folded = [entry.casefold().replace(" :", ":") for entry in chrome]
    prefixes = tuple(entry[:-1].rstrip() for entry in folded if entry.endswith("…"))
    return frozenset(folded), tuple(prefix for prefix in prefixes if prefix)


def _is_paragraph(text: str) -> bool:
    return len(text) > _PARAGRAPH or (
        len(text) > _PARAGRAPH_ENDED and text.endswith((".", "…", ":"))
    )


def _may_be_kicker(text: str, after: str) -> bool:
    short = len(text) <= _KICKER and len(text) < len(after)
    capitals = len(text) <= _CAPITAL_KICKER and text.isupper()
    return (short or capitals) and not text.endswith((".", "!", "?", "…"))


def _is_headline(lines: list[Line], at: int, known: Collection[str], above: bool = False) -> bool:
    """Line `at` reads as a headline, stands alone or under the date, and text follows it.

    `above` tells that what stands above it in its block does not matter.
    """
    text = without_bar(lines[at].text)
    return (
        _SHORTEST_HEADLINE <= len(text) <= _PARAGRAPH
        and not text.endswith((".", "…", ":", ";", ","))
        and not _is_paragraph(text)
        and _is_alone(lines, at, above)
        and not list_mark(text)
        and not has_url(text)
        and not is_table_row(text)
        and not ends_article(text)
        and not is_furniture(text)
        and not _is_marked(text, known)
        and any(map(str.isalnum, text))
        and _text_follows(lines, at, known)
    )


def _is_alone(lines: list[Line], at: int, above: bool) -> bool:
    block = lines[at].block
    if block == lines[0].block:
        return True
    before = None if above else lines[at - 1].block
    after = lines[at + 1].block if at + 1 < len(lines) else None
    return block not in (before, after)


def _is_marked(text: str, known: Collection[str]) -> bool:
    return (
        related_headlines(text) is not None
        or _photo(text, known) is not None
        or closing_credit(text, known) is not None
    )


def _text_follows(lines: list[Line], at: int, known: Collection[str]) -> bool:
    for line in lines[at + 1 :]:
        text = line.text
        if ends_article(text):
            return False
        if len(text) >= _TEXT_FOLLOWS and not _is_marked(text, known):
            return True
    return False
