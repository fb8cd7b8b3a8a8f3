"""A story's key dates: the days its dispatches name, each with the sentence that tells of it.

Not the days of the dispatches themselves: their headlines stand beside. A sentence is taken with its
subject or not at all: never a dateline, a fragment, a headline said again, nor what is cut before
its date; one that opens with a pronoun comes with the sentence before it.

Precise rather than complete: a date is taken only where the sentence writes it out ("le 12
janvier", "January 12, 2026", "ngày 12/1"), or names a day of the week that can only be the last one
("lundi dernier", "last Monday") or the next ("lundi prochain"). The year that is not written is
the one that brings the date nearest to the dispatch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from newsdigest.relate.stories.sentences import sentences
from newsdigest.text.dates import existing, nearest
from newsdigest.text.folding import fold

# Dates further from the dispatch that names them are history, or a slip.
DAYS_BEFORE, DAYS_AFTER = 3 * 365, 2 * 365
LONGEST = 220


@dataclass(frozen=True, slots=True)
class Dated:
    """A member as its key dates need it: `texts` are its paragraphs, the lede first."""

    id: str
    day: str
    lang: str
    headline: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyDate:
    """One day of the timeline, and the sentence (cut at a word past `LONGEST` characters, after its
    date) of dispatch `id` that tells of it."""

    day: str
    text: str
    id: str


def key_dates(dispatches: Sequence[Dated]) -> tuple[KeyDate, ...]:
    """The days the dispatches name, oldest first; each day once.

    `dispatches` oldest first: the first to name a day that is past tells what for, the last to
    name one that is to come.
    """
    headlines = [telling(dispatch.headline) for dispatch in dispatches]
    found: dict[str, KeyDate] = {}
    for dispatch in dispatches:
        for text in dispatch.texts:
            for day, sentence in named_days(text, dispatch.day, dispatch.lang):
                if _is_said(sentence, headlines):
                    continue
                named = KeyDate(day, sentence, dispatch.id)
                known = found.setdefault(day, named)
                if day > dispatch.day and known.id != dispatch.id:
                    found[day] = named
    return tuple(found[day] for day in sorted(found))


def named_days(text: str, written: str, lang: str) -> Iterator[tuple[str, str]]:
    """(ISO day, sentence) for each date the text writes out, in its order; `written` is the day of
    the text. A sentence with several dates tells of none of them alone and is left out."""
    origin = date.fromisoformat(written)
    before = ""
    for start, end in sentences(text):
        sentence = _without_dateline(text[start:end], lang)
        dates = list(_dates(sentence, origin, lang))
        if len({day for day, _, _ in dates}) == 1:
            day, begin, stop = dates[0]
            if -DAYS_BEFORE <= (day - origin).days <= DAYS_AFTER:
                told = _with_subject(sentence, begin, stop, before, lang)
                if told:
                    yield day.isoformat(), told
        before = "" if dates else sentence


# -- sentences that stand alone --------------------------------------------------------------------

# Fewer words beside the date tell nothing of it.
FEWEST_WORDS = 3
# Of a sentence's telling words, so many of a hundred are a headline's: it is the headline.
HEADLINE_AGAIN = 75
_SHORT = 3

_WORD = re.compile(r"[^\W\d_]+")
_FINISHED = re.compile(r"[.!?…][\s»”\"’)\]]*$")
_OPENING_MARK = re.compile(r"^(?:[–—-]|[.:])\s*")
# What stands for what the sentence before named.
_PRONOUNS = {
    "fr": re.compile(
        r"(?:ils?|elles?|ceux|celles?|celui|cela|ça|ce(?:tte|s)?\sderni(?:er|ère)s?|l['’]un|l['’]autre)"
        r"\b",
        re.I,
    ),
    "en": re.compile(r"(?:he|she|it|they|this|that|these|those|both|the\slatter)\b", re.I),
    "vi": re.compile(r"(?:ông ấy|bà ấy|anh ấy|chị ấy|cô ấy|họ|nó|điều này)\b", re.I),
}
# "HANOÏ, le 12 janvier (VNA) –", "4 janvier 2016 . –": names, a date, who sends it, then a dash.
_DATELINE_END = re.compile(
    r"(?:\s?\([^()]{1,40}\)|\s[A-Z]{2,8}\b)?\s?[.:,]?\s?[–—-]+(?:\s+|$)|\s*\.?\s*$"
)
_AMONG_NAMES = frozenset(("de", "du", "la", "les", "sur", "en", "le", "on", "ngày"))
_MOST_NAMES = 6


def _without_dateline(sentence: str, lang: str) -> str:
    """The sentence after the places, the date and the dash it may open with."""
    sentence = _OPENING_MARK.sub("", sentence)
    if not _FIGURE.search(sentence):
        return sentence
    for pattern in _WRITTEN.get(lang, ()):
        match = pattern.search(sentence)
        if match and _are_names(sentence[: match.start()]):
            end = _DATELINE_END.match(sentence, match.end())
            if end:
                return sentence[end.end() :]
    return sentence


def _are_names(text: str) -> bool:
    words = re.findall(r"[^\W_]+", text)
    return len(words) <= _MOST_NAMES and all(
        word[0].isupper() or word in _AMONG_NAMES for word in words
    )


def _with_subject(sentence: str, begin: int, stop: int, before: str, lang: str) -> str:
    """The sentence as it can be read alone, "" where it cannot; its date is in [begin, stop)."""
    if len(_WORD.findall(sentence[:begin] + " " + sentence[stop:])) < FEWEST_WORDS:
        return ""
    if not _is_whole(sentence):
        return ""
    if not stands_alone(sentence, lang):
        together = f"{before} {sentence}"
        fits = stands_alone(before, lang) and len(together) <= LONGEST
        return together if fits else ""
    if len(sentence) <= LONGEST:
        return sentence
    # What is cut off stands after the date: the subject stays.
    kept = sentence[: LONGEST - 1].rpartition(" ")[0].rstrip(" ,;:–-")
    return f"{kept}…" if len(kept) >= stop else ""


def stands_alone(sentence: str, lang: str) -> bool:
    """Whether a sentence is whole, and can be read without the one before it."""
    pronoun = _PRONOUNS.get(lang)
    opens_with_one = pronoun and pronoun.match(sentence.lstrip('«“"( \u00a0\u202f'))
    return _is_whole(sentence) and not opens_with_one


def _is_whole(sentence: str) -> bool:
    return bool(_FINISHED.search(sentence)) and _begins(sentence)


def _begins(sentence: str) -> bool:
    """With a capital or a figure: no end of something else."""
    first = next((letter for letter in sentence if letter.isalnum()), "")
    return bool(first) and not first.islower()


def telling(text: str) -> frozenset[str]:
    """The words that say something, folded."""
    return frozenset(word for word in _WORD.findall(fold(text)) if len(word) > _SHORT)


def _is_said(sentence: str, headlines: Iterable[frozenset[str]]) -> bool:
    """Whether a headline of the story says nearly all of it."""
    words = telling(sentence) - _CALENDAR
    return any(100 * len(words & headline) >= HEADLINE_AGAIN * len(words) for headline in headlines)


# -- dates in words --------------------------------------------------------------------------------

_MONTHS = {
    "fr": str.split(
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
    ),
    "en": str.split(
        "january february march april may june july august september october november december"
    ),
}
_DAYS = {
    "fr": str.split("lundi mardi mercredi jeudi vendredi samedi dimanche"),
    "en": str.split("monday tuesday wednesday thursday friday saturday sunday"),
}
_CALENDAR = frozenset(name for names in (*_MONTHS.values(), *_DAYS.values()) for name in names)
_MONTH_NAMES = {
    "fr": "janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre"
    "|d[ée]cembre",
    "en": "|".join(_MONTHS["en"]),
}
_YEAR = r"(?:,?\s(?P<year>(?:19|20)\d{2}))?(?![\w/])"
_WRITTEN = {
    "fr": (
        re.compile(
            rf"(?<![\w/,.-])(?P<day>1er|[0-3]?\d)\s(?P<month>{_MONTH_NAMES['fr']}){_YEAR}", re.I
        ),
    ),
    "en": (
        re.compile(
            rf"(?<![\w-])(?P<month>{_MONTH_NAMES['en']})\s(?P<day>[0-3]?\d)(?!\d){_YEAR}", re.I
        ),
        re.compile(
            rf"(?<![\w/,.-])(?P<day>[0-3]?\d)\s(?P<month>{_MONTH_NAMES['en']}){_YEAR}", re.I
        ),
    ),
    "vi": (
        re.compile(
            r"(?:ngày|sáng|trưa|chiều|tối|đêm|hôm)\s(?P<day>[0-3]?\d)"
            r"(?:/|\stháng\s)(?P<month>1[0-2]|0?[1-9])"
            r"(?:(?:/|\snăm\s)(?P<year>(?:19|20)\d{2}))?(?![\w/])",
            re.I,
        ),
    ),
}
# What each of them has, found ten times as fast.
_FIGURE = re.compile(r"\d")
_WEEKDAYS = {
    "fr": re.compile(rf"\b(?P<name>{'|'.join(_DAYS['fr'])})\s(?P<which>dernier|prochain)\b", re.I),
    "en": re.compile(rf"\b(?P<which>last|next)\s(?P<name>{'|'.join(_DAYS['en'])})\b", re.I),
}
_WHICH = ("dernier", "prochain", "last", "next")
# "du 12 au 15 janvier", "January 12-15": a span of days is no day.
_SPAN_BEFORE = re.compile(r"(?:\d(?:er)?\s(?:au|et|ou)\s|\d\s?[-–]\s?)$")
_SPAN_AFTER = re.compile(r"\s?[-–]\s?\d")


def _dates(sentence: str, origin: date, lang: str) -> Iterator[tuple[date, int, int]]:
    """(day, start, end) of each date in the sentence."""
    for pattern in _WRITTEN.get(lang, ()) if _FIGURE.search(sentence) else ():
        for match in pattern.finditer(sentence):
            if _is_span(sentence, match):
                continue
            number = match["day"].lower().removesuffix("er")
            month = match["month"]
            known = _MONTHS.get(lang)
            at = known.index(fold(month)) + 1 if known else int(month)
            day = _dated(int(number), at, match["year"], origin)
            if day is not None:
                yield day, match.start(), match.end()
    weekdays = _WEEKDAYS.get(lang) if any(map(sentence.lower().count, _WHICH)) else None
    for match in weekdays.finditer(sentence) if weekdays else ():
        weekday = _DAYS[lang].index(match["name"].lower())
        if match["which"].lower() in ("dernier", "last"):
            day = origin - timedelta(days=(origin.weekday() - weekday - 1) % 7 + 1)
        else:
            day = origin + timedelta(days=(weekday - origin.weekday() - 1) % 7 + 1)
        yield day, match.start(), match.end()


def _is_span(sentence: str, match: re.Match[str]) -> bool:
    before = sentence[max(0, match.start() - 8) : match.start()]
    after = sentence[match.end() : match.end() + 3]
    return bool(_SPAN_BEFORE.search(before) or _SPAN_AFTER.match(after))


def _dated(number: int, month: int, year: str | None, origin: date) -> date | None:
    """The date, in the year written or else in that which brings it nearest to `origin`."""
    return existing(int(year), month, number) if year else nearest(number, month, origin)
