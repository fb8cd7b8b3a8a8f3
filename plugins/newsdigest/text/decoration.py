"""What a page hangs on a cited headline: the site's name, an agency, an address, a date, an hour,
"Lire aussi", "(Voir plus)".

Some of it tells articles of one headline apart, where the articles bear it too: a date, an hour, a
name that may be no site's. The rest tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from newsdigest.base.agencies import DEFAULT_AGENCIES
from newsdigest.base.late import late
from newsdigest.text.folding import fold
from newsdigest.text.word_lists import folded_list

_FEWEST_WORDS = 3
_LONGEST_SITE, _MOST_SITE_WORDS = 40, 6
# A note after a headline is no longer.
_LONGEST_NOTE = 80
_ROUNDS = 6

_ADDRESS = late(
    r"[\s:|–—-]*[(\[<]?\b(?:https?://\S+|www\.\S+|(?:[a-z0-9-]+\.)+(?:vn|fr|com|net|org|info|eu|be|ch|ca|example)"
    r"(?:/\S*)?)[)\]>]?\s*$",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:janv(?:ier|\.)?|f[ée]vr?(?:ier|\.)?|mars|avr(?:il|\.)?|mai|juin|juil(?:let|\.)?|ao[ûu]t"
    r"|sept(?:embre|\.)?|oct(?:obre|ober|\.)?|nov(?:embre|ember|\.)?|d[ée]c(?:embre|ember|\.)?"
    r"|jan(?:uary|\.)?|feb(?:ruary|\.)?|march|mar\.?|april|apr\.?|may|june?|july?|aug(?:ust|\.)?"
    r"|september|tháng \d{1,2})"
)
# A day that says its year, or is written in digits with it.
_WHOLE_DAY = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}"
    rf"|\d{{1,2}}(?:er|st|nd|rd|th)? {_MONTH},? (?:năm )?\d{{4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
_DAY = (
    rf"(?:{_WHOLE_DAY}|\d\d/\d\d|\d{{4}}[/.-]\d{{1,2}}|\d{{1,2}}(?:er|st|nd|rd|th)? {_MONTH}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?|{_MONTH} \d{{4}})"
)
_WEEKDAY = (
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật),? )"
)
_HOUR = (
    r"(?:[01]?\d|2[0-4])(?: ?(?:h|giờ|heures?)(?: ?[0-5]\d)?(?![^\W_])|[:g][0-5]\d(?![\d:])| (?=[ap]\.?m))"
    r"(?: ?[ap]\.?m\.?)?(?: ?\(?(?:GMT|UTC|CET|heure locale)\)?(?:[+-]\d)?)?"
)
_ON, _AT = r"(?:le |du |on |ngày )?", r"(?:à |a |at |lúc |vào )?"
_DATED = rf"{_ON}{_WEEKDAY}?{{}}(?:,? {_AT}{_HOUR})?"
_DATE = late(
    rf"(?:(?:publié|paru|mis en ligne|posted|published|đăng|cập nhật)e?\s)?{_DATED.format(_DAY)}",
    re.IGNORECASE,
)
_WHOLE_DATE = late(_DATED.format(_WHOLE_DAY), re.IGNORECASE)
_ONLY_HOUR = late(rf"{_AT}{_HOUR}", re.IGNORECASE)
# After "MAJ": a day, an hour, both, or a number of its own.
_WHEN = late(
    rf"[ .:(–-]*(?:{_ON}{_WEEKDAY}?(?:{_DAY}|\d\d?/\d\d?)(?:[ ,–-]*{_AT}{_HOUR})?"
    rf"|{_AT}{_HOUR}(?:[ ,–-]*{_ON}{_WEEKDAY}?{_DAY})?"
    r"|(?:n° ?)?\d{1,2}(?=\s*(?:[:–—|)\]-]|$)))",
    re.IGNORECASE,
)
_READING_TIME = late(
    r"(?:temps de )?(?:lecture ?:? ?)?\d{1,2} ?min(?:ute)?s?\.?(?: de lecture| read)?",
    re.IGNORECASE,
)

_BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]$")
_BEFORE_NOTE = re.compile(
    r"\s*(?P<bar>[|¦])\s*|\s+(?P<arrow>[»>→⟶•]+)(?=\s)|\s+[-–—·](?=\s)|(?<=…)\s+|(?<=\.\.)\s+|(?<=[.…]\])\s+"
)
_OPENING = re.compile(r"[\s>»→•\"«|–—-]*[(\[]?\s*")
_AFTER_LEAD = re.compile(
    r"\s*[)\]]?\s*(?:[:|¦»>→•–—-]+|\.(?=\s))[\s:|»>→•–—-]*(?=\S)|\s*[)\]]\s*(?=\S)"
)
_SOURCE = re.compile(
    r"(?:avec|sources?|par|via|d'après|selon|crédit|photo|with|from|theo|nguồn)\b ?:? ?(?:l')?",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*[,/;&+•-]\s*|\s+(?:et|avec|and|with|và)\s+")
_DATELINE = re.compile(r"[A-ZÀ-ÝĐ][\w'’. -]{1,30}(?:, [\w ]{3,16})? (?=[(\[])")

# A name that says it is a newspaper's or a broadcaster's, whichever.
_JOINTS = frozenset(str.split("le la les l de du des d en et a au aux of the and"))
_ARTICLES = frozenset(("Le", "La", "Les", "L", "The"))
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Peeled:
    """A headline without what hung on it, and what of that may tell it from another of its words."""

    bare: str
    telling: str


@lru_cache(maxsize=1 << 14)
def peeled(headline: str) -> Peeled:
    """At least three words of the headline stay."""
    bare, telling = headline, ""
    for _ in range(_ROUNDS):
        shorter = (found for rule in _RULES if (found := rule(bare)))
        found = next((one for one in shorter if len(one.bare.split()) >= _FEWEST_WORDS), None)
        if found is None:
            break
        bare, telling = found.bare, telling + found.telling
    return Peeled(bare, telling)


def undecorated(headline: str) -> str:
    """The headline without what a page hung on it."""
    return peeled(headline).bare


# -- after the headline ----------------------------------------------------------------------------


def _address(text: str) -> Peeled | None:
    found = _ADDRESS.search(text[-300:]) if "." in text else None
    return Peeled(text[: max(len(text) - 300, 0) + found.start()].rstrip(), "") if found else None


def _bracketed(text: str) -> Peeled | None:
    reach = max(len(text) - _LONGEST_NOTE, 0)
    end = len(text[reach:].rstrip(" .…\u00a0"))
    found = _BRACKETED.search(text[reach : reach + end])
    if not found:
        return None
    bare, note = text[: reach + found.start()], found[1].strip()
    if _tells_nothing(note):
        return Peeled(bare, "")
    return Peeled(bare, note) if _DATE.fullmatch(note) or _ONLY_HOUR.fullmatch(note) else None


def _after_mark(text: str) -> Peeled | None:
    """After a bar, an arrow, a spaced dash, or the mark of a cut."""
    reach = max(len(text) - _LONGEST_NOTE, 0)
    for mark in _BEFORE_NOTE.finditer(text[reach:]):
        bare, note = text[: reach + mark.start()].rstrip(), text[reach + mark.end() :].strip()
        if not note or not bare:
            continue
        if _tells_nothing(note.rstrip(" >»→).…")):
            return Peeled(bare, "")
        if _WHOLE_DATE.fullmatch(note):
            return Peeled(bare, note)
        if mark["arrow"] is None and mark[0].strip() and _is_site(note, barred=bool(mark["bar"])):
            return Peeled(bare, note)
    return None


def _tells_nothing(note: str) -> bool:
    words = _folded_words(note)
    if not words:
        return False
    return (
        " ".join(words) in _invitations()
        or bool(_READING_TIME.fullmatch(note))
        or _is_update(note)
        or _is_source(note)
    )


def _is_source(note: str) -> bool:
    """ "AFP", "avec Reuters", "AFP/VNA"."""
    names = _AND.split(note[found.end() :] if (found := _SOURCE.match(note)) else note)
    return note in _agencies() or all(
        name in _agencies() or fold(name.replace("’", "'")) in folded_list("sites.txt")
        for name in (note, *names)[len(names) > 1 or bool(found) :]
    )


def _is_update(note: str) -> bool:
    """ "MAJ 18h30", "mis à jour le 12 mai à 9 h"; not "mise à jour" alone, which is a flag."""
    end = _end_of_update(note, 0)
    return end == len(note.rstrip())


def _end_of_update(text: str, start: int) -> int:
    """Where an update's word and its hour or day end; 0 for none."""
    end = _end_of_phrase(text, start, _updates())
    when = _WHEN.match(text, end) if end else None
    return when.end() if when else 0


# -- before the headline ---------------------------------------------------------------------------


def _before(text: str) -> Peeled | None:
    opening = _OPENING.match(text)
    start = opening.end() if opening else 0
    bracket = opening is not None and opening[0].rstrip()[-1:] in ("(", "[")
    for end_of, telling in (
        (_end_of_update, False),
        (_end_of_invitation, False),
        (_end_of_date, True),
    ):
        end = end_of(text, start)
        after = _AFTER_LEAD.match(text, end) if end else None
        if after and (not telling or bracket or after[0].strip() not in ("", "]", ")")):
            return Peeled(text[after.end() :], text[start:end] if telling else "")
    shouted = _end_of_invitation(text, start)
    if shouted and text[start:shouted].isupper() and not text[shouted : shouted + 9].isupper():
        return Peeled(text[shouted:].lstrip(), "")
    return _before_by(text, start, bracket)


def _before_by(text: str, start: int, bracket: bool) -> Peeled | None:
    """ "(AFP) ...", "HANOÏ (AFP) - ...", "AFP - ...", "VietnamPlus | ..."; never "BBC : ..."."""
    dateline = None if bracket else _DATELINE.match(text)
    if dateline:
        start, bracket = dateline.end() + 1, True
    if bracket:
        end = re.compile(r"[^()\[\]]*").match(text, start)
        named = end is not None and _is_source(end[0].strip())
        after = _AFTER_LEAD.match(text, end.end()) if end and named else None
        return Peeled(text[after.end() :], "") if after else None
    for mark in _BEFORE_NOTE.finditer(text[: _LONGEST_SITE + 3]):
        name = text[: mark.start()].strip()
        if name and _is_source(name):
            return Peeled(text[mark.end() :].lstrip(), name)
    return None


def _end_of_invitation(text: str, start: int) -> int:
    return _end_of_phrase(text, start, _invitations())


def _end_of_date(text: str, start: int) -> int:
    bracket = text[:start].rstrip()[-1:] in ("(", "[")
    patterns = (_DATE, _ONLY_HOUR) if bracket else (_WHOLE_DATE, _ONLY_HOUR)
    return max((m.end() for p in patterns if (m := p.match(text, start))), default=0)


def _end_of_phrase(text: str, start: int, phrases: frozenset[str]) -> int:
    """Where the longest of `phrases` that stands there ends; 0 for none."""
    words, end = "", 0
    for match in _WORDS.finditer(text, start, start + _LONGEST_NOTE):
        words = f"{words} {fold(match[0])}".lstrip()
        if match.start() > start + len(words) + 4 or len(words) > 40:
            break
        if words in phrases:
            end = match.end()
    return end


_RULES: tuple[Callable[[str], Peeled | None], ...] = (_address, _bracketed, _before, _after_mark)


# -- words and names -------------------------------------------------------------------------------


def _folded_words(text: str) -> list[str]:
    return [fold(word) for word in _WORDS.findall(text)]


@cache
def _invitations() -> frozenset[str]:
    return frozenset(" ".join(_folded_words(entry)) for entry in folded_list("invitations.txt"))


@cache
def _updates() -> frozenset[str]:
    return frozenset(" ".join(_folded_words(entry)) for entry in folded_list("updates.txt"))


@cache
def _agencies() -> frozenset[str]:
    return frozenset(signature for signature, _ in DEFAULT_AGENCIES)


def _is_site(name: str, barred: bool) -> bool:
    cut = name.endswith(("…", "..."))
    name = name.rstrip(".… ")
    if fold(name.replace("’", "'")) in folded_list("sites.txt"):
        return True
    words = _WORDS.findall(name)
    if (
        len(name) > _LONGEST_SITE
        or len(words) > _MOST_SITE_WORDS
        or not words
        or name[-1] in ".?!»"
    ):
        return False
    if any(word.isdigit() or not _may_name(word) for word in words):
        return False
    if barred:
        return bool(words[0][0].isupper())
    media = any(fold(word) in folded_list("media_words.txt") for word in words)
    return media or (words[0] in _ARTICLES and len(words) > 1 and not cut)


def _may_name(word: str) -> bool:
    folded = fold(word)
    return word[0].isupper() or folded in _JOINTS or folded in folded_list("media_words.txt")
