"""French days named by their weekday or their number alone: « mardi soir », « jeudi 22 », « le 20 »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from newsdigest.text.dated.copy import BARE, Copy, DatedWords, dated
from newsdigest.text.dated.french_calendar import DAY, WEEKDAYS, day_names, month_names, number_of
from newsdigest.text.dated.tenses import any_of, sentence_at

# -- weekdays --------------------------------------------------------------------------------------


def weekdays(copy: Copy) -> Iterator[DatedWords]:
    yield from _weekdays(copy)
    if "nuit de" in copy.low:
        yield from _nights(copy)


def _weekdays(copy: Copy) -> Iterator[DatedWords]:
    for match in _weekday_words().finditer(copy.text):
        if copy.is_quoted(match.start("weekday")) or copy.tells_of_another_year(match.start()):
            continue
        start, end = match.span()
        weekday = WEEKDAYS[match["weekday"].lower()]
        if match["which"]:
            step = 1 if match["which"][0] == "p" else -1
            away = (weekday - copy.day.weekday()) * step % 7 or 7
            if away > 1 and not _ordinal(copy, start):
                yield dated(start, end, copy.shifted(away * step))
        elif match["number"]:
            yield dated(start, end, _numbered(copy, match, weekday))
        else:
            yield from _bare_weekday(copy, match, weekday)


def _ordinal(copy: Copy, start: int) -> bool:
    return bool(re.search(r"(?<![^\W_])(?:un|chaque|tous les|les) $", copy.before(start)))


def _numbered(copy: Copy, match: re.Match[str], weekday: int) -> date | None:
    """« jeudi 22 »: of this month or the one beside, if its day is that one."""
    number = number_of(match["number"])
    if number == 13 and weekday == 4:
        return None
    near = [copy.shifted(days) for days in range(-BARE, BARE + 1)]
    found = [one for one in near if one and (one.day, one.weekday()) == (number, weekday)]
    return found[0] if len(found) == 1 else None


def _bare_weekday(copy: Copy, match: re.Match[str], weekday: int) -> Iterator[DatedWords]:
    start, end = match.span()
    if _other_after().match(copy.text, end):
        return
    apposed = _APPOSED.search(copy.own, max(0, start - 20), start)
    if apposed:
        day = copy.shifted(1 if apposed[1] == "demain" else -1)
        yield dated(start, end, day if day and day.weekday() == weekday else None)
        return
    opens = not _WORD.search(copy.own, sentence_at(copy.own, start)[0], match.start("weekday"))
    if match["weekday"][0].isupper() and not (opens and _goes_on().match(copy.text, end)):
        return
    lead = (match["lead"] or "").lower()
    if lead.startswith("ce"):
        tense = copy.tense(start, end)
        yield dated(start, end, copy.beside(weekday, tense))
    elif lead.startswith("depuis"):
        away = (copy.day.weekday() - weekday) % 7
        yield dated(match.start("weekday"), end, copy.shifted(-away) if away else None)
    elif lead:  # "d'ici à", "avant", "jusqu'à"
        away = (weekday - copy.day.weekday()) % 7
        sure = lead.startswith("d") or copy.tense(start, end) == "future"
        yield dated(match.start("weekday"), end, copy.shifted(away) if away and sure else None)
    elif not _is_usual(copy, match.start("weekday"), opens):
        tense = copy.tense(match.start("weekday"), end)
        first = copy.beside(weekday, tense)
        if first == copy.day and _EARLIER.search(copy.own, *sentence_at(copy.own, start)):
            return  # « avait dit jeudi », on a Thursday: perhaps the one before
        yield dated(start, end, first)
        yield from _next_in_list(copy, end, first)


def _next_in_list(copy: Copy, end: int, first: date | None) -> Iterator[DatedWords]:
    """« mardi et mercredi »: the second follows the first."""
    match = _and_weekday().match(copy.text, end)
    if match and first and not _other_after().match(copy.text, match.end()):
        away = (WEEKDAYS[match["weekday"]] - first.weekday()) % 7
        if away:
            yield dated(match.start("weekday"), match.end(), first + timedelta(away))


def _is_usual(copy: Copy, start: int, opens: bool) -> bool:
    before = copy.before(start)
    return not opens and bool(_usual().search(before)) and not _DURING.search(before)


def _nights(copy: Copy) -> Iterator[DatedWords]:
    """« dans la nuit de mercredi à jeudi »: two days that follow one another."""
    for match in _night().finditer(copy.own):
        first, second = WEEKDAYS[match["first"]], WEEKDAYS[match["second"]]
        if (second - first) % 7 != 1 or copy.tells_of_another_year(match.start()):
            continue
        day = copy.beside(second, copy.tense(match.start(), match.end()))
        if day:
            yield dated(*match.span("first"), day - timedelta(1))
            yield dated(*match.span("second"), day)


# -- a number alone --------------------------------------------------------------------------------


def numbers(copy: Copy) -> Iterator[DatedWords]:
    """« le 20 », at the end of a clause whose verb tells which."""
    for match in _THE_NUMBER.finditer(copy.own):
        start, end = match.span()
        first, last = sentence_at(copy.own, start)
        sentence = copy.own[first:last]
        tense = copy.tense(start, end)
        if tense not in ("past", "future") or _of_numbers().search(sentence.lower()):
            continue
        if copy.tells_of_another_year(start) or _any_month().search(copy.text, 0, start):
            continue
        number, step = number_of(match["day"]), 1 if tense == "future" else -1
        days = (copy.shifted(step * away) for away in range(step > 0, BARE + 1))
        yield dated(start, end, next((day for day in days if day and day.day == number), None))


# -- patterns ------------------------------------------------------------------------------------


@cache
def _weekday_words() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w'’-])(?P<lead>[Cc]e |[Dd]epuis |[Dd]['’]ici(?: à)? |avant |jusqu['’]à )?(?P<weekday>{day_names()})"
        rf"(?: (?:{any_of('part', 'fr')})(?![\w-]))?"
        rf"(?: (?P<which>dernier|prochain|passé)(?![\w-])|(?: (?P<number>{DAY})(?= ?(?:[,;:.)](?!\d)|$)"
        r"| (?:au|à|et|dans|en|par|pour|sur|avec|contre|le|la|les|un|une|des|du|de)(?!\w))))?"
        r"(?![\w'’-])(?! \d)"
    )


_EARLIER = re.compile(r"(?<!\w)(?:avai(?:en)?t|s['’]étai(?:en)?t)(?!\w)")
_APPOSED = re.compile(r"(?<![\w-])(hier|demain)(?: soir| matin| après-midi)?,? $")
_WORD = re.compile(r"[^\W_]")


@cache
def _other_after() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:{any_of('other', 'fr')})(?:(?<=['’])|(?![^\W_]))", re.I)


@cache
def _goes_on() -> re.Pattern[str]:
    """After a weekday that opens a sentence: what shows that it is no name."""
    return re.compile(
        r",| (?:les?|la|l['’]|une?|des|plusieurs|ce|cet|cette|deux|trois|quatre)(?![^\W_])"
    )


@cache
def _usual() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{any_of('usual', 'fr')})\.?\s?$", re.I)


_DURING = re.compile(
    r"(?:(?:dans|durant|pendant|au cours de) la (?:soirée|matinée|journée|nuit) de|à (?:partir|compter) de) $"
)


@cache
def _and_weekday() -> re.Pattern[str]:
    names = "|".join(WEEKDAYS)
    return re.compile(
        rf" et (?P<weekday>{names})(?: (?:{any_of('part', 'fr')}))?(?![\w'’-])(?! \d)"
    )


@cache
def _night() -> re.Pattern[str]:
    names = "|".join(WEEKDAYS)
    return re.compile(
        rf"(?<!\w)[Dd]ans la nuit de (?P<first>{names}) à (?P<second>{names})(?![\w'’-])(?! \d)"
    )


_THE_NUMBER = re.compile(
    r"(?<![\w'’])[Ll]e (?P<day>1er|[12]?\d|3[01])(?=[,;.)](?:\s|$)|$| à [A-ZÉ]| au (?:soir|matin)(?!\w))"
)


@cache
def _of_numbers() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{any_of('number', 'fr')})(?![^\W_])")


@cache
def _any_month() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w])(?:{month_names()})(?!\w)")
