"""Embargo lines: until when nothing of an article may be published.

Taken off the text before anything else is read of it. What announces an embargo and cannot be
understood makes the file a `Rejection`: an embargo is never body text, and nothing leaks.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from newsdigest.base.records import Rejection
from newsdigest.base.settings import ParseRules
from newsdigest.read.head import dated_day, rest_of_head, shorten
from newsdigest.read.normalise import Line
from newsdigest.text.moments import Label, folded, labels, read_moment, words_of

# So many lines are the head and the first of the text: an embargo stands there, above all.
_FIRST_LINES = 5
# Further down a line longer than this tells of somebody's embargo, and is text.
_LONGEST = 120
# What is shorter and announces an embargo is no sentence; and what may stand before the words.
_NO_SENTENCE, _FEW_WORDS = 60, 8
# A related headline is another article's.
_CITING = re.compile(r"(?:> ?>|›|»|→)")
_DECORATED = re.compile(r"[\s*#=_~•!|<>(\[«\"/\\-]*")
_OPENED = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_AFTER_BARE = re.compile(r"\s*(?:[:=,;.!*#)\]»\"(\[|]|-(?=[\s\d])|\d|$)")
_JOINT = re.compile(r"[\s:,;.*-]+")


class Announced(NamedTuple):
    """An embargo as it stands on a line: what is said of its end, and where that ends."""

    said: str
    label: Label


class Embargo(NamedTuple):
    """`until`: the moment from which on the article may be published, None for none. `lines` are
    the file's without those that say so."""

    until: datetime | None
    lines: list[Line]


def take_embargo(lines: list[Line], path: str, rules: ParseRules) -> Embargo | Rejection:
    """Read every embargo line; of several the latest counts.

    In the first lines every line that announces one must say until when. Further down one that
    does, or that can be nothing else, counts.
    """
    if not _may_announce("\n".join(line.text for line in lines)):
        return Embargo(None, lines)
    day = dated_day(lines)
    kept: list[Line] = []
    ends: list[datetime] = []
    for at, line in enumerate(lines):
        taken = _of_line(line, at < _FIRST_LINES, day, rules)
        if taken is None:
            suggestion = f"Embargo : {day or rules.now.date()} 06:00"
            facts: dict[str, str | int] = {"found": shorten(line.text), "suggestion": suggestion}
            return Rejection(path, "E_EMBARGO", line.number, facts)
        ends.extend(taken.ends)
        if taken.text:
            kept.append(line._replace(text=taken.text))
    return Embargo(max(ends, default=None), kept)


class _Taken(NamedTuple):
    """What is left of a line, and the ends of the embargoes it announced."""

    text: str
    ends: tuple[datetime, ...] = ()


def _of_line(line: Line, is_first: bool, day: date | None, rules: ParseRules) -> _Taken | None:
    """The line without the embargo it announces, and its end; None if that cannot be understood."""
    if _CITING.match(line.text):
        return _Taken(line.text)
    ends: tuple[datetime, ...] = ()
    text = line.text
    if is_first:
        bare = _without_brackets(text, day, rules)
        if bare is None:
            return None
        text, ends = bare
    head, rest = rest_of_head(text)
    announced = _announced(rest)
    if announced is None:
        found = _within(head, rest, is_first, day, rules)
    else:
        found = _announced_by(announced, head, text, is_first, day, rules)
    return None if found is None else _Taken(found.text, ends + found.ends)


def _announced_by(
    announced: Announced, head: str, text: str, is_first: bool, day: date | None, rules: ParseRules
) -> _Taken | None:
    """Of a line that begins as an embargo does (behind its date, if it is the head)."""
    said, label = announced
    end = _end(announced, day, rules)
    if end is not None:
        return _Taken(head, (end,))
    if label.bare and _is_lifted(said):
        return _Taken(head)
    if label.bare and not _is_of_time(said) and (head or not is_first):
        return _Taken(text)  # a headline: "Embargo : Cuba accuse Washington"
    return None if is_first or len(text) <= _LONGEST else _Taken(text)


def _within(
    head: str, rest: str, is_first: bool, day: date | None, rules: ParseRules
) -> _Taken | None:
    """Of a line in which an embargo is announced further on: « Communiqué sous embargo jusqu'au … »."""
    whole = f"{head} {rest}".strip()
    told = folded(rest) if is_first and len(rest) <= 2 * _LONGEST else ""
    places = [(told.find(f" {label.words}"), label) for label in labels() if not label.bare]
    places = [(at, label) for at, label in places if at > 0]
    if not places:
        return _Taken(whole)
    at, label = min(places, key=lambda place: (place[0], -len(place[1].words)))
    end = _end(Announced(told[at + 1 + len(label.words) :], label), day, rules)
    if end is None:
        is_short = not head and len(rest) <= _NO_SENTENCE
        return None if is_short else _Taken(whole)
    before = rest[:at].rstrip(" :,;.-–—|/([") if len(told) == len(rest) else ""
    is_text = head or len(before.split()) > _FEW_WORDS
    return _Taken(f"{head} {before}".strip() if is_text else "", (end,))


def _without_brackets(text: str, day: date | None, rules: ParseRules) -> _Taken | None:
    ends: tuple[datetime, ...] = ()
    for match in list(_OPENED.finditer(text)):
        announced = _announced(match[1])
        if announced is None:
            continue
        end = _end(announced, day, rules)
        if end is None and not (announced.label.bare and _is_lifted(announced.said)):
            return None
        ends += (end,) if end else ()
        text = text.replace(match.group(), " ", 1)
    return _Taken(" ".join(text.split()), ends)


def _announced(text: str) -> Announced | None:
    """What a text that begins as an embargo line says, None for any other."""
    told = folded(text)
    told = told[_end_of(_DECORATED, told) :]
    for word in words_of("before"):
        if told.startswith(word) and not told[len(word) : len(word) + 1].isalnum():
            told = told[len(word) :]
            told = told[_end_of(_JOINT, told) :]
            break
    for label in labels():
        rest = told[len(label.words) :]
        if not told.startswith(label.words) or (rest[:1].isalpha() and label.words[-1].isalpha()):
            continue
        if not label.bare or _AFTER_BARE.match(rest) or _is_lifted(rest) or _begins_moment(rest):
            return Announced(rest, label)
    return None


def _end_of(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def _end(announced: Announced, day: date | None, rules: ParseRules) -> datetime | None:
    return read_moment(announced.said, rules.timezone, day, announced.label.lang)


def _is_lifted(said: str) -> bool:
    return said.strip(" :.-!)]*") in words_of("free")


@cache
def _of_time() -> re.Pattern[str]:
    kinds = ("month", "weekday", "shift", "clock")
    words = "|".join(re.escape(word) for kind in kinds for word in words_of(kind) if len(word) > 3)
    return re.compile(rf"\d|\b(?:{words})\b")


def _is_of_time(said: str) -> bool:
    """Whether it may speak of a moment, in words that are not ours."""
    return _of_time().search(said) is not None


def _begins_moment(rest: str) -> bool:
    return _of_time().match(rest.strip()) is not None


def _may_announce(text: str) -> bool:
    """Whether what stands in every line that announces an embargo stands in this text: a quick look,
    once for all lines."""
    told = folded(text)
    return any(stem in told for stem in _stems())


@cache
def _stems() -> tuple[str, ...]:
    found = sorted({_stem(label.words) for label in labels()}, key=len)
    # What has another one in it is found with that.
    return tuple(
        stem for at, stem in enumerate(found) if not any(other in stem for other in found[:at])
    )


def _stem(words: str) -> str:
    return "embargo" if "embargo" in words else words.partition("'")[0]
