"""Who made it: agency chains, names, bylines, closing credits, datelines.

A credit is only believed when its parts are known agencies or look like names, so that a sentence
is never taken for one. `known` is the set of signatures agencies use.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from newsdigest.read.page_words import is_place

_LONGEST_CREDIT = 160
_BRACKETS = {"(": ")", "[": "]"}

_CHAIN_SEPARATOR = re.compile(r" ?/ ?| [-–—] |, | (?:et|and|và|&) ")
_DASHES = "-‐‑‒–—―−"
_DASH = re.compile(rf" ?[{_DASHES}]{{1,3}} ?")
_LEADING_DASH = re.compile(rf"\A[{_DASHES}]{{1,3}} ?(?=\w)")
# "…a-t-elle dit. -MHT": initials or an agency nobody listed; only the end of a sentence tells.
_UNKNOWN_END = re.compile(
    rf"[.!?…»”\"/)] ?[{_DASHES}]{{1,3}} ?[^\W\d_]{{2,8}}(?:/[^\W\d_]{{2,8}})*\.?$"
)
_SHORTEST_SIGNED = 40
_LEADING_WITH = re.compile(r"(?:avec|with|theo) (?:l['’])?", re.IGNORECASE)

_NAME_SEPARATOR = re.compile(r" [-–—] |, | (?:et|and|và|&) ")
_NAME_WORD = re.compile(r"(?:[dDlL]['’])?([^\W\d_])(?:[^\W\d_]|['’.-])*")
_PARTICLES = frozenset(
    str.split(
        "al ben bin da dal de del della den der di dos du e el ibn la le les of ter van von y zu"
    )
)
_MOST_NAME_WORDS = 6

_TEXT = r"(?:textes?|text|articles?|bài(?: viết)?)"
_PHOTO = r"(?:photos?|ảnh)"
_TEXT_AND_PHOTO = re.compile(
    rf"(?:{_TEXT} ?(?:,|et|and|và|&|/|\+) ?{_PHOTO}|{_PHOTO} ?(?:,|et|and|và|&|/|\+) ?{_TEXT})"
    r" ?: ?(?P<who>.+)",
    re.IGNORECASE,
)
_TEXT_THEN_PHOTO = re.compile(
    rf"(?:(?:{_TEXT}|sources?|nguồn) ?: ?|(?=[^:/]+/))(?P<who>.+?) ?[-–—;,/|] ?{_PHOTO} ?: ?(?P<photographer>.+)",
    re.IGNORECASE,
)
_BY = re.compile(
    rf"(?:{_TEXT} ?: ?|reportage d['’]|"
    r"(?:propos recueillis(?: et [^\W\d_]+)? par"
    r"|(?:(?:interview|entretien|reportage|dossier)s? )?réalisée?s? par"
    r"|reportage de"
    r"|traduite?s?(?: d[eu] [^\W\d_]+| de l['’][^\W\d_]+)? par"
    r"|thực hiện|reporting by|par|by)(?: ?: ?| ))(?P<who>.+)",
    re.IGNORECASE,
)
# Behind a name: "Anne Moreau, envoyée spéciale", "Anne Moreau, à Sérigny".
_POSTED = re.compile(
    r",? (?:(?:notre |nos )?(?:envoyée?s? spécia\w+|correspondante?s?)\b.*|(?<=, )(?:à|au|aux|en) .+"
    r"|in .+)$",
    re.IGNORECASE,
)
# "Reporting by Anne Moreau; editing by Paul Aubin": who reported it made it.
_EDITED = re.compile(r"; ?(?:additional reporting|writing|editing) by .+$", re.IGNORECASE)
_WITH = re.compile(r"(?P<people>.+?),? \(?(?:avec|with|theo) (?:l['’])?(?P<agencies>[^()]+)\)?")
_SIGNED_END = re.compile(
    r"(?:(?<=\w\w\.)|(?<=[!?…»”\"])) ?(?:\((?P<round>[^()]{2,60})\)|(?P<bare>[^()./\s]{2,20}(?: ?/ ?[^()./\s]{2,20})*))\.?$"
)
_SOURCE = re.compile(
    r"(?:(?:sources?|nguồn) ?:|(?:theo|avec|with) ?:?) ?(?:l['’])?(?P<agencies>.+)", re.IGNORECASE
)

_DATELINE = re.compile(r"(?P<line>[^()\[\]]{2,60} ?\((?P<agency>[^()]{2,40})\)),? ?[-–—]{1,3} ?")
_MOST_PLACE_WORDS = 6
_INLINE_REACH = 60
_BEFORE_DASH = frozenset(' .!?…»”")')


class Credit(NamedTuple):
    """`photo` is the credit of the pictures, when the same line signs them."""

    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    photo: str = ""


def closing_credit(line: str, known: Collection[str]) -> Credit | None:
    """What a line that may close an article credits, None for a line of text."""
    if len(line) > _LONGEST_CREDIT:
        return None
    line = _EDITED.sub("", _bare(line))
    agencies = agency_chain(_LEADING_WITH.sub("", line, count=1), known)
    if agencies:
        return Credit(agencies=agencies)
    both = _TEXT_AND_PHOTO.fullmatch(line)
    if both:
        credit = _who(both["who"], known)
        return credit and credit._replace(photo=both["who"])
    split = _TEXT_THEN_PHOTO.fullmatch(line)
    if split:
        credit = _who(split["who"], known)
        return credit and credit._replace(photo=split["photographer"])
    by = _BY.fullmatch(line)
    if by:
        return _who(_POSTED.sub("", by["who"]), known)
    source = _SOURCE.fullmatch(line)
    agencies = agency_chain(source["agencies"], known) if source else None
    if agencies:
        return Credit(agencies=agencies)
    return _signed(line, known) or _with(line, known) or _beside(line, known)


def agency_chain(text: str, known: Collection[str]) -> tuple[str, ...] | None:
    """`AFP/VNA/CVN`, `AFP - VNA`, `AFP et Reuters`: every part must be known."""
    if text in known:
        return (text,)
    agencies: list[str] = []
    for part in _CHAIN_SEPARATOR.split(text):
        if part in known:
            agencies.append(part)
            continue
        smaller = _DASH.split(part)
        if len(smaller) < 2 or not all(piece in known for piece in smaller):
            return None
        agencies += smaller
    return tuple(agencies)


def is_photo_credit(text: str, known: Collection[str]) -> bool:
    """Enough of a credit to end a line of text: an agency chain, name/agency, or a few words."""
    return (
        text.count(" ") < _MOST_NAME_WORDS
        or agency_chain(text, known) is not None
        or _signed(text, known) is not None
    )


def split_dateline(text: str, known: Collection[str]) -> tuple[str, tuple[str, ...], str] | None:
    """`HANOÏ (VNA) - Le texte`: the dateline, its agencies, the text after it."""
    match = _DATELINE.match(text)
    if match is None:
        return None
    agencies = agency_chain(match["agency"], known)
    place = match["line"].partition("(")[0]
    if not agencies or place.count(" ") > _MOST_PLACE_WORDS or match.end() == len(text):
        return None
    return match["line"], agencies, text[match.end() :]


def split_inline_credit(text: str, known: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """A text's end without its `- VNA` or `.-VNA/VI`, and those agencies."""
    reach = max(len(text) - _INLINE_REACH, 1)
    for dash in _DASH.finditer(text, reach):
        at = dash.start()
        if text[at] != " " and text[at - 1] not in _BEFORE_DASH:
            continue
        agencies = agency_chain(text[dash.end() :].removesuffix("."), known)
        if agencies:
            return text[:at].rstrip(), agencies
    return text, ()


def split_last_signature(text: str, known: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """The end of an article's last text without the `(AFP)` or `VNA/CVN` behind its last sentence,
    and those agencies."""
    match = _SIGNED_END.search(text, max(len(text) - _INLINE_REACH, 1))
    credit = closing_credit(match["round"] or match["bare"], known) if match else None
    if match is None or credit is None or credit.authors or credit.photo:
        return text, ()
    return text[: match.start()], credit.agencies


def ends_with_credit(line: str, known: Collection[str]) -> bool:
    """Whether a line ends as an article does: `… -AVI`, `… – VNA`, `./.-VNA/VI`, or `-AVI` alone."""
    last = line[line.rfind(" ") + 1 :]
    if last.islower() and last.strip(_DASHES + ".") not in known:
        return False  # nearly every line
    mark = _LEADING_DASH.match(line)
    if mark and agency_chain(line[mark.end() :].removesuffix("."), known):
        return True
    if len(line) < _SHORTEST_SIGNED:
        return False
    if split_inline_credit(line, known)[1]:
        return True
    sign = _UNKNOWN_END.search(line, len(line) - _INLINE_REACH)
    return sign is not None and _DASH.split(sign[0])[-1].removesuffix(".").isupper()


def _bare(line: str) -> str:
    """Without the brackets around it, a full stop or a leading dash."""
    line = line.removesuffix(".")
    if _BRACKETS.get(line[:1]) == line[-1:] and len(line) > 2:
        line = line[1:-1].strip()
    return _LEADING_DASH.sub("", line, count=1)


def _signed(text: str, known: Collection[str]) -> Credit | None:
    """`NAME/AGENCY`, `NAME et NAME/AGENCY/AGENCY`."""
    who, slash, after = text.partition("/")
    if not slash:
        return None
    agencies = agency_chain(after.strip(), known)
    named = _NAME_SEPARATOR.split(who.strip())
    # `NAME - AFP/VNA`: the first agency of the chain stands on the name's side of the slash.
    first = tuple(name for name in named if name in known)
    authors = tuple(name for name in named if name not in known)
    if not agencies or not authors or not all(map(_is_name, authors)):
        return None
    return Credit(authors, first + agencies)


def _who(text: str, known: Collection[str]) -> Credit | None:
    """Whoever a byline names: agencies, people, or people of agencies."""
    text = _bare(text)
    agencies = agency_chain(re.sub(r"^l['’]", "", text), known)
    if agencies:
        return Credit(agencies=agencies)
    signed = _signed(text, known) or _with(text, known)
    if signed:
        return signed
    beside = _people_and_agencies(text, known)
    if beside:
        return beside
    authors = _names(text)
    return Credit(authors) if authors else None


def _beside(text: str, known: Collection[str]) -> Credit | None:
    """`Hoàng Diêu - CVN`, `Hoàng Diêu (CVN)`: names of several words, no place."""
    credit = _people_and_agencies(text, known)
    if credit is None or not all(" " in name for name in credit.authors):
        return None
    return None if any(map(is_place, credit.authors)) else credit


def _people_and_agencies(text: str, known: Collection[str]) -> Credit | None:
    """`NAME (AGENCY)`, `NAME, AGENCY`, `NAME - AGENCY`."""
    for separator in (" (", ", ", " - ", " – ", " — "):
        people, found, after = text.rpartition(separator)
        agencies = agency_chain(after.removesuffix(")"), known) if found else None
        authors = _names(people) if agencies else None
        if authors and agencies:
            return Credit(authors, agencies)
    return None


def _with(text: str, known: Collection[str]) -> Credit | None:
    """`NAME (avec AFP et Reuters)`, `NAME avec AFP`."""
    match = _WITH.fullmatch(text)
    agencies = agency_chain(match["agencies"], known) if match else None
    authors = _names(match["people"]) if match and agencies else None
    return Credit(authors, agencies) if authors and agencies else None


def _names(text: str) -> tuple[str, ...] | None:
    names = tuple(_NAME_SEPARATOR.split(text))
    return names if all(map(_is_name, names)) else None


def _is_name(text: str) -> bool:
    """One to six capitalised words; particles may stand between them."""
    words = text.split(" ")
    if len(words) > _MOST_NAME_WORDS:
        return False
    for at, word in enumerate(words):
        match = _NAME_WORD.fullmatch(word)
        if match is None:
            return False
        if not match[1].isupper() and not (0 < at < len(words) - 1 and word in _PARTICLES):
            return False
    return True
