"""What agencies write around a text: datelines in their own manners, notes above, marks and initials below."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from newsdigest.base.records import Block
from newsdigest.read.wire.item import agency_of

_PLACE = r"[^\W\d_][^()\d.:;!?«»\"“]{1,48}?"
_CAPITALS = r"[A-ZÀ-Ý][A-ZÀ-Ý .'’-]{2,40}(?:, [A-Z][\w. ]{1,25}?)?"
_AGENCY = r"(?P<agency>[^\W\d_][\w&+]{1,9}(?:[/-][^\W\d_]\w{1,9}){0,3})"
_DAY = r"(?:\d{1,2}\.?(?: de)? [^\W\d_]{3,10}\.?|[^\W\d_]{3,10}\.? \d{1,2}\.?|\d{1,2}/\d{1,2})"
_DATELINES = tuple(
    map(
        re.compile,
        (
            rf"\({_AGENCY}\) ?[-–—] ?(?P<place>{_PLACE})(?:, {_DAY}(?: \d{{4}})?)? ?\.? ?[-–—] ",  # (ANSA) - ROMA, 23 GEN -
            rf"(?P<place>{_PLACE}), {_DAY},?(?: \d{{4}},?)? ?\({_AGENCY}\) ?\.?,? ?[-–—]{{1,2}} ?",  # Madrid, 23 ene (EFE).-
            rf"(?P<place>{_PLACE}) \({_AGENCY}(?: {_DAY})?\) ?(?:[:.] ?|[-–—]{{1,2}} ?|(?=[\"“«A-ZÀ-ÝĐ]))",  # Oslo (NTB):
            rf"(?P<place>{_CAPITALS}), {_DAY},?(?: \d{{4}}\.?)?,? ?/{_AGENCY}/[.,]? ?[-–—]? ?",  # MOSCOW, January 23. /TASS/.
            rf"(?P<place>{_CAPITALS}), {_DAY},?(?: \d{{4}})?,? {_AGENCY} ?[-–—]{{1,2}} ",  # TOKYO, Jan. 23, Kyodo -
            rf"(?P<place>{_CAPITALS}), {_DAY} {_AGENCY} ?[-–—]{{1,2}} ",  # SYDNEY, Jan 23 AAP -
        ),
    )
)
_BARE_DATELINE = re.compile(rf"(?P<place>{_CAPITALS}) ?[—–] (?=[^\W\d_a-zà-ÿ]|[\"“«\d])")
_MOST_WORDS = 6
_ABOVE = re.compile(
    r"\((?:(?:also )?(?:add|update|recast|correct|refile|remove|clarif|repeat|write|change|fix|delete|paste|edit|amend|with |ajout|actualis"
    r"|rectifi|corrige|nouveau|aggiorna|actualiza|a[ñn]ade|amp?l[ií]a|ergän|neu:|korr|zusammenf)[^()]{0,300}|eds?:[^()]{0,300})\)\.?",
    re.IGNORECASE,
)
_LONGEST_NOTE = 320
_PRIVATE = re.compile(
    r"#{0,3} ?(?:dpa-)?notizblock$|\W*die folgenden informationen sind nicht zur veröffentlichung"
    r"|\W*(?:the )?following information is not (?:intended )?for publication|\W*not for publication:?$",
    re.IGNORECASE,
)
_CLOSING = tuple(
    re.compile(one, re.IGNORECASE if ignores else 0)
    for ignores, one in (
        (
            True,
            r"[-–—=*#( ]*(?:ends?|fin|ende|fine|schluss|slutt|slut|mf|more|endit|nnnn|0|30)[-–—=*#) .]*",
        ),
        (True, r"\(schluss\)[ \w/.-]{0,20}"),
        (
            False,
            r"(?:\((?:fotos?|v[ií]deos?|audios?|photos?|gr[áa]ficos?|infograf[ií]as?|recursos?)\)\s*)+",
        ),
        (False, r"\(?©\s?[\w .-]{2,30}\)?"),
        (False, r"[A-Z]{2,4}\d{0,3}(?:-[A-Z]{2,4}\d{0,3}){1,3}"),
        (False, r"[A-Z]{2,5} ?//? ?[A-Z]{2,5}(?: ?//? ?[A-Z]{2,5})?"),
        (True, r"[^\W\d_]{2,12} ?/ ?fim\.?"),
        (False, r"[A-Z]{2,4}\d{3,5}\s+\d{4}-\d\d-\d\d ?/ ?\d\d:\d\d"),
        (False, r"(?:[A-Z]{2,8} )?\d{6} ?(?:GMT|UTC)? ?[^\W\d_]{3,9}\.? ?\d{2,4}"),
        (False, r"={2,} ?[A-Z]\w{1,12}"),
        (False, r"\(\(.{3,200}\)\)"),
    )
)
_SIGNED_END = re.compile(
    r"(?<=[.!?»”\"]) ?[\[(]?(?P<agency>[^\W\d_][\w+]{1,9}(?:/[^\W\d_]\w{1,9}){0,3})[\])]?\.?"
)


class Dateline(NamedTuple):
    """Where a text comes from, whose it is, and the text behind."""

    place: str
    agencies: tuple[str, ...]
    text: str


def dateline_of(text: str, known: Collection[str]) -> Dateline | None:
    """The dateline a text begins with, in any agency's manner."""
    for pattern in _DATELINES:
        match = pattern.match(text[:200])
        if match is None or match.end() == len(text):
            continue
        agencies = _chain(match["agency"], known)
        place = match["place"].strip(" ,-–—")
        if agencies and len(place.split()) <= _MOST_WORDS:
            return Dateline(place, agencies, text[match.end() :].lstrip())
    match = _BARE_DATELINE.match(text[:200])
    if match and match.end() < len(text) and len(match["place"].split()) <= _MOST_WORDS:
        return Dateline(match["place"].strip(), (), text[match.end() :])
    return None


def without_notes(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """The text's blocks, and the notes to the desk above it; what is told the desk alone behind it goes."""
    kept, notes = list(blocks), []
    while len(kept) > 1 and len(kept[0].text) <= _LONGEST_NOTE and _ABOVE.fullmatch(kept[0].text):
        notes.append(kept.pop(0).text)
    at = next(
        (at for at, one in enumerate(kept) if at and one.text and _PRIVATE.match(one.text)), None
    )
    return kept[:at], notes


def closes(text: str) -> bool:
    """Whether a last line is a mark, initials, a stamp or whom to ask."""
    return any(one.fullmatch(text) for one in _CLOSING)


def without_signature(text: str, known: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """A last sentence without the agency behind it: `… de Hacienda. EFE`."""
    at = max(len(text) - 24, 1)
    for match in _SIGNED_END.finditer(text, at):
        agencies = _chain(match["agency"], known) if match.end() == len(text) else ()
        if agencies and match["agency"][:1].isupper() and match["agency"][1:2].isupper():
            return text[: match.start()].rstrip(), agencies
        if agencies and match[0].strip()[0] in "([":
            return text[: match.start()].rstrip(), agencies
    return text, ()


def _chain(said: str, known: Collection[str]) -> tuple[str, ...]:
    """The agencies of a chain, () if one of them is none."""
    found = tuple(agency_of(one, known) for one in re.split(r"[/-]", said))
    whole = agency_of(said, known)
    return (whole,) if whole else found if all(found) else ()
