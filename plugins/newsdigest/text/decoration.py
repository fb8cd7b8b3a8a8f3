"""What a page hangs on a cited headline: the site's name, an address, the date in brackets."""

from __future__ import annotations

import re
from functools import lru_cache

from newsdigest.text.folding import fold
from newsdigest.text.word_lists import folded_list

_FEWEST_WORDS = 3
_LONGEST_SITE, _MOST_SITE_WORDS = 40, 6
_ROUNDS = 4

_ADDRESS = re.compile(
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
_DAY = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d\d/\d\d|\d{4}[/.-]\d{1,2}(?:[/.-]\d{1,2})?"
    rf"|\d{{1,2}}(?:er|st|nd|rd|th)? {_MONTH},?(?: (?:năm )?\d{{4}})?|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|{_MONTH} \d{{4}})"
)
_DATE = (
    r"[(\[] ?(?:(?:publié|paru|mis en ligne|posted|published|đăng|cập nhật)e?\s)?(?:le |du |on |ngày )?"
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day),? )?"
    rf"{_DAY}(?:,? (?:à |at |lúc )?\d{{1,2}}[h:]\d{{2}})? ?[)\]]"
)
_DATE_AT_END = re.compile(rf"\s*{_DATE}\s*$", re.IGNORECASE)
_DATE_FIRST = re.compile(rf"\s*{_DATE}[\s:|–—-]+(?=\S)", re.IGNORECASE)
_BEFORE_SITE = re.compile(r"\s*(?P<bar>[|¦])\s*|\s+[-–—·•]\s+")

# A name that says it is a newspaper's or a broadcaster's, whichever.
_MEDIA_WORDS = frozenset(
    str.split(
        "courrier journal quotidien gazette tribune depeche presse info infos actu actualites news times"
        " herald post daily today online radio television tv media magazine hebdo matin soir echo echos"
        " eclair telegramme republicain figaro monde nouvelliste observateur express agence bao dai tin"
    )
)
_JOINTS = frozenset(str.split("le la les l de du des d en et a au aux of the and"))
_ARTICLES = frozenset(("Le", "La", "Les", "L", "The"))
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 14)
def undecorated(headline: str) -> str:
    """The headline without what a page hung on it, at least three words of it."""
    bare = headline
    for _ in range(_ROUNDS):
        shorter = _without_one(bare)
        if shorter == bare or len(shorter.split()) < _FEWEST_WORDS:
            break
        bare = shorter
    return bare


def _without_one(text: str) -> str:
    if "." in text:
        address = _ADDRESS.search(text[-300:])
        if address:
            return text[: max(len(text) - 300, 0) + address.start()].rstrip()
    if text[-1:] in (")", "]"):
        dated = _DATE_AT_END.search(text, max(len(text) - 60, 0))
        if dated:
            return text[: dated.start()]
    if text[:1] in ("(", "["):
        dated = _DATE_FIRST.match(text)
        if dated:
            return text[dated.end() :]
    return _without_site(text)


def _without_site(text: str) -> str:
    reach = max(len(text) - _LONGEST_SITE - 3, 0)
    for site in _BEFORE_SITE.finditer(text[reach:]):
        name = text[reach + site.end() :].strip()
        if name and _is_site(name, barred=bool(site["bar"])):
            return text[: reach + site.start()].rstrip()
    return text


def _is_site(name: str, barred: bool) -> bool:
    if fold(name.replace("’", "'")) in folded_list("sites.txt"):
        return True
    words = _WORD.findall(name)
    if not words or len(words) > _MOST_SITE_WORDS or name[-1] in ".?!…»":
        return False
    if any(word.isdigit() or not _may_name(word) for word in words):
        return False
    if barred:
        return bool(words[0][0].isupper())
    media = any(fold(word) in _MEDIA_WORDS for word in words)
    return media or (words[0] in _ARTICLES and len(words) > 1)


def _may_name(word: str) -> bool:
    return word[0].isupper() or fold(word) in _JOINTS or fold(word) in _MEDIA_WORDS
