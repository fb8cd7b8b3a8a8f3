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
    is_furniture,
    is_table_row,
    is_url,
    list_mark,
    photo_line,
    related_headlines,
    without_bar,
)
from newsdigest.read.normalise import Line

_PARAGRAPH = 180
_PARAGRAPH_ENDED = 90
_SHORTEST_HEADLINE = 3
_SHORTEST_LATE_HEADLINE = 25
_TEXT_FOLLOWS = 40
_KICKER = 40
_CAPITAL_KICKER = 60
_LONGEST_DERIVED = 110

_UPDATE = re.compile(
    r" ?(?:\((?P<round>{0})\)|\[(?P<square>{0})\])$".format(
        "mise à jour|maj|suite|updated|cập nhật"
    ),
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…]+(?: ?[»”\"’)])*(?= (?:[«“\"(‘] ?)?(?P<next>[^\W_]))")
_ABBREVIATIONS = frozenset(
    str.split(
        "M MM Mme Mmes Mlle Mr Mrs Ms Dr Drs Pr Prof Me Mgr St Ste no No n art p pp av apr cf env etc vs"
        " Gen Gén Col Lt Cdt Cap Sgt Sen Sén Rep Gov Jr Sr Tp TP ThS TS GS PGS Ltd Inc Co"
    )
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


def choose_headline(
    lines: list[Line], known: Collection[str], chrome: tuple[str, ...], derive: bool
) -> Headline | NoHeadline:
    """`lines[0]` is what follows the date on its line (it may be empty)."""
    warnings: list[str] = []
    source_url = None
    photo = None
    at = 0
    while True:
        if at == len(lines):
            return NoHeadline("")
        text = without_bar(lines[at].text)
        if at == 0 and text and (photo := _photo(text, known)):
            at += 1
            continue
        address = bool(text) and is_url(text)
        if text and not address and not _is_chrome(text, chrome):
            break
        if address:
            source_url = source_url or text
        warnings.append("W_CHROME")
        at += 1
    if not any(map(str.isalnum, text)) or _is_marked(text, known):
        return NoHeadline(text)

    first = lines[at]
    kicker = None
    line = first.number
    body = lines[at + 1 :]
    after = lines[at + 1] if at + 1 < len(lines) else None
    if _is_paragraph(text):
        body = [first._replace(text=text), *body]
        if (
            after
            and len(after.text) >= _SHORTEST_LATE_HEADLINE
            and _is_headline(lines, at + 1, known)
        ):
            del body[1]
            title, line = without_bar(after.text), after.number
        elif derive:
            title = derived_title(text, known)
            warnings.append("W_TITLE_DERIVED")
        else:
            return NoHeadline(text)
    elif after and _may_be_kicker(text, after.text) and _is_headline(lines, at + 1, known):
        kicker, title, line = text, without_bar(after.text), after.number
        del body[0]
    else:
        title = text

    update = _UPDATE.search(title)
    badge = None
    if update:
        title = title[: update.start()].rstrip()
        badge = update["round"] or update["square"]
        if not title:
            return NoHeadline(update[0])
    return Headline(
        title,
        body,
        line,
        lede_given=_is_paragraph(text),
        kicker=kicker,
        update=badge,
        source_url=source_url,
        photo=photo,
        warnings=tuple(warnings),
    )


def derived_title(paragraph: str, known: Collection[str]) -> str:
    """The paragraph's first sentence as a headline of at most 111 characters."""
    dateline = split_dateline(paragraph, known)
    sentence = _first_sentence(dateline[2] if dateline else paragraph)
    if sentence.endswith(".") and not sentence.endswith(".."):
        sentence = sentence[:-1].rstrip()
    if len(sentence) <= _LONGEST_DERIVED:
        return sentence
    cut = sentence[:_LONGEST_DERIVED]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:") + "…"


def _photo(text: str, known: Collection[str]) -> Photo | None:
    credit = photo_line(text)
    return Photo("", credit) if credit else captioned_photo(text, known)


def _is_chrome(text: str, chrome: tuple[str, ...]) -> bool:
    exact, prefixes = _chrome(chrome)
    folded = text.casefold().replace(" :", ":")
    return folded in exact or folded.startswith(prefixes) or is_furniture(text)


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


def _is_headline(lines: list[Line], at: int, known: Collection[str]) -> bool:
    """Line `at` reads as a headline, stands alone or under the date, and text follows it."""
    text = without_bar(lines[at].text)
    return (
        _SHORTEST_HEADLINE <= len(text) <= _PARAGRAPH
        and not text.endswith((".", "…", ":", ";", ","))
        and not _is_paragraph(text)
        and _is_alone(lines, at)
        and not list_mark(text)
        and not has_url(text)
        and not is_table_row(text)
        and not ends_article(text)
        and not is_furniture(text)
        and not _is_marked(text, known)
        and any(map(str.isalnum, text))
        and _text_follows(lines, at, known)
    )


def _is_alone(lines: list[Line], at: int) -> bool:
    block = lines[at].block
    if block == lines[0].block:
        return True
    before = lines[at - 1].block
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


def _first_sentence(text: str) -> str:
    text = text[: 2 * _LONGEST_DERIVED]  # what is longer is cut anyway
    for end in _SENTENCE_END.finditer(text):
        word = text[: end.start()].rpartition(" ")[2].lstrip("(«\"'’“")
        initial = len(word) == 1 and word.isupper()
        if end[0].startswith(".") and (initial or word in _ABBREVIATIONS):
            continue
        if not end["next"].islower():
            return text[: end.end()].rstrip()
    return text
