"""What an editor may want to look at in an article that is published all the same. Pure.

Told once, by the build that reads the file: a name of another format, a weekday that is not that day's, an agency that is
missing or unknown, a photo that nobody signs, a text of a few words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from newsdigest.base.records import Article, Remark, block_texts
from newsdigest.read.formats import is_named_otherwise, raw_suffix
from newsdigest.read.furniture import announces_photo
from newsdigest.read.head import shorten
from newsdigest.text.dates import long_day
from newsdigest.text.moments import WrongWeekday, wrong_weekday

# A flash has more words.
_FEWEST_WORDS = 12
# `Paul Verdane/XYZ`, `XYZ/VNA`: a last line that signs, were its agency known.
_SIGNED = re.compile(
    r"\(?(?:[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,4} ?/ ?)+(?P<agency>[A-Z][\w.&-]{1,15})\)?"
)
_LONGEST_SIGNED = 60
# A quick look: most texts give no date.
# Beyond, a day that was no such weekday may be another year's.
_NEAR = timedelta(31)
_IN_ONE_GO = re.compile(r"(?:di|anche) \d|day (?:\d|[A-Z])")
_ANY = re.compile(r"(?:^|\W)(?:une?|chaque|tous les|an?|every) $", re.I)
_YEAR, _DIGIT = re.compile(r"(?:19|20)\d\d"), re.compile(r"\d")
# `CORVANNE (XYZ) - Le texte…`, where the agency is not known: known ones are no longer in the text.
_DATELINED = re.compile(r"[^\W\d_][^()\n]{1,40} \((?P<agency>[A-Z][A-Z.&-]{1,7})\) ?[-–—] ?\S")


def remarks(article: Article) -> tuple[Remark, ...]:
    """What is odd in the article, in the order of a reader's eye."""
    return tuple(
        Remark(article.path, code, facts)
        for found in (_format, _weekday, _itself, _photos, _agency, _text)
        for code, facts in found(article)
    )


_Found = Iterator[tuple[str, dict[str, str | int]]]


def _format(article: Article) -> _Found:
    if is_named_otherwise(article):
        facts: dict[str, str | int] = {"suffix": raw_suffix(article.path)}
        facts |= {"format": article.format} if article.format else {"plain": 1}
        yield "W_FORMAT", facts


def _weekday(article: Article) -> _Found:
    """In the head and the lede a day without a year is one near the article's; so is « mardi 5 janvier »
    below, written in one go where no year stands and not far off."""
    day = article.published.date()
    head = (article.headline, article.kicker or "", article.dateline or "", article.lede)
    texts: list[tuple[str, date | None]] = [(text, day) for text in head]
    for text in block_texts(article.blocks):
        if _YEAR.search(text):
            texts.append((text, None))
        elif _IN_ONE_GO.search(text):
            texts.append((text, day))
    for at, (text, near) in enumerate(texts):
        if not _DIGIT.search(text):
            continue
        found = wrong_weekday(text, near)
        if found and (at < len(head) or near is None or _is_a_slip(found, text, near)):
            right = long_day(found.day.isoformat(), article.lang)
            yield "W_WEEKDAY", {"written": found.written, "right": right}
            return


def _is_a_slip(found: WrongWeekday, text: str, day: date) -> bool:
    """« un mardi 5 janvier » may be of any year."""
    before = text[: text.find(found.written)]
    in_one_go = "," not in found.written and "(" not in found.written
    return in_one_go and not _ANY.search(before) and abs(found.day - day) <= _NEAR


def _itself(article: Article) -> _Found:
    if "W_RELATED_SELF" in article.warnings:
        yield "W_RELATED_SELF", {}


def _photos(article: Article) -> _Found:
    unsigned = sum(not photo.credit for photo in article.photos)
    texts = (block.text for block in article.blocks if block.type in ("paragraph", "subheading"))
    unsigned += sum(announces_photo(text) for text in texts)
    if unsigned:
        yield "W_PHOTO_CREDIT", {}


def _agency(article: Article) -> _Found:
    texts = [block.text for block in article.blocks if block.type in ("paragraph", "subheading")]
    last = texts[-1] if texts else ""
    signed = _SIGNED.fullmatch(last) if len(last) <= _LONGEST_SIGNED else None
    found = signed or _DATELINED.match(article.lede)
    if found:
        yield "W_AGENCY_UNKNOWN", {"agency": found["agency"]}
    elif "W_NO_CREDIT" in article.warnings:
        yield "W_NO_CREDIT", {}


def _text(article: Article) -> _Found:
    words = sum(len(text.split()) for text in block_texts(article.blocks))
    if words < _FEWEST_WORDS:
        yield "W_TINY", {"words": words, "text": shorten(article.lede)}
