"""French words that date: « jeudi 22 janvier », « mardi soir », « du 12 au 15 février », « en mars dernier », « le 20 »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from newsdigest.text.dated_copy import BARE, Copy, DatedWords, existing_in, iso_month
from newsdigest.text.dated_relative import relative
from newsdigest.text.dates import day_names, month_names
from newsdigest.text.folding import fold
from newsdigest.text.tenses import Tense, any_of, sentence_at, words

SIGNS = (
    r"(?:un|ar|cre|eu|re|me)di|imanche|anvier|[fF][ée]vri|[mM]ars|[aA]vril|[mM]ai\b|[jJ]ui[nl]|[aA]o[uû]t"
    r"|embre|ctobre|\bhier|[dD]emain|rochain|derni|cette|\bce\b|\b[Ll]e \d|aujourd|\d/\d"
)


def candidates(copy: Copy) -> Iterator[DatedWords]:
    yield from _dates(copy)
    yield from _numeric(copy)
    yield from _months(copy)
    yield from relative(copy)
    if copy.written.to_day:
        yield from _weekdays(copy)
        yield from _nights(copy)
        yield from _numbers(copy)


# -- a day and its month ---------------------------------------------------------------------------


def _dates(copy: Copy) -> Iterator[DatedWords]:
    for match in _written().finditer(copy.text):
        start, end = match.span()
        day = _day_of(copy, match)
        if day is None:
            continue
        yield DatedWords(start, end, day.isoformat(), whole=bool(match["year"]))
        yield from _partners(copy, start, day)


def _day_of(copy: Copy, match: re.Match[str]) -> date | None:
    number, month = _number(match["day"]), _month(match["month"])
    start, end = match.span()
    before = copy.before(start)
    if _streets().search(before):
        return None
    if match["year"]:
        day = existing_in(int(match["year"]), month, number)
    elif _OF_A_YEAR.match(copy.text, end):
        return None
    elif match["which"]:
        step = 1 if match["which"][0] == "p" else -1
        day = copy.last_or_next(number, month, step)
    else:
        day = _without_year(copy, match, number, month)
    return day if day and _is_its_weekday(day, match["weekday"]) else None


def _without_year(copy: Copy, match: re.Match[str], number: int, month: int) -> date | None:
    start, end = match.span()
    if match["weekday"]:
        day = copy.in_year(number, month, "")
        return None if copy.tells_of_another_year(start) else day
    before = copy.before(start)
    feast = f"{number}/{month}" in words("feast", "fr")
    if feast or copy.is_quoted(start) or _named().search(before) or _yearly().search(before):
        return None
    day = copy.in_year(number, month, copy.tense(start, end))
    if day and copy.tells_of_another_year(start):
        return None
    return day


def _partners(copy: Copy, start: int, last: date) -> Iterator[DatedWords]:
    """The days that share the month of the one at `start`: « du 12 au », « dimanche 3 et », « les 2, 3 et »."""
    while match := _partner().search(copy.before(start)):
        at = start - len(match[0])
        named = match["weekday"] or _opens_list().search(copy.before(at))
        comma = _PARTNER_COMMA.search(copy.before(at))
        if not (named or comma):
            return
        number = _number(match["day"])
        day = existing_in(last.year, last.month, number) if number < last.day else None
        if day is None and number > last.day and match["till"]:
            ends = last.replace(day=1) - timedelta(1)
            day = existing_in(ends.year, ends.month, number)
        if day is None or not _is_its_weekday(day, match["weekday"]):
            return
        yield DatedWords(at, at + len(match["words"]), day.isoformat())
        start, last = at, day


def _is_its_weekday(day: date, weekday: str | None) -> bool:
    return weekday is None or day.weekday() == _WEEKDAYS[weekday.lower()]


def _numeric(copy: Copy) -> Iterator[DatedWords]:
    for match in _NUMERIC.finditer(copy.text):
        day = existing_in(int(match["year"]), int(match["month"]), int(match["day"]))
        if day:
            yield DatedWords(*match.span(), day.isoformat(), whole=True)


# -- months ----------------------------------------------------------------------------------------


def _months(copy: Copy) -> Iterator[DatedWords]:
    for match in _month_words().finditer(copy.text):
        start, end = match.span()
        month, before = _month(match["month"]), match["before"]
        if match["year"]:
            if not _CRAFT.search(copy.before(start)):
                yield DatedWords(start, end, iso_month(int(match["year"]), month), whole=True)
        elif copy.is_quoted(start) or copy.tells_of_another_year(start):
            continue
        elif match["which"]:
            step = 1 if match["which"][0] == "p" else -1
            yield DatedWords(start, end, copy.month(month, step))
        elif before and not _MORE_MONTHS.match(copy.text, end):
            tense = copy.tense(start, end)
            ends = before.startswith("fin") and tense == "future" and month == copy.day.month
            iso = iso_month(copy.day.year, month) if ends else copy.month_beside(month, tense)
            first = start if match["part"] else match.start("month")
            yield DatedWords(first, end, iso)


# -- weekdays --------------------------------------------------------------------------------------


def _weekdays(copy: Copy) -> Iterator[DatedWords]:
    for match in _weekday_words().finditer(copy.text):
        if copy.is_quoted(match.start("weekday")) or copy.tells_of_another_year(match.start()):
            continue
        start, end = match.span()
        weekday = _WEEKDAYS[match["weekday"].lower()]
        if match["which"]:
            step = 1 if match["which"][0] == "p" else -1
            away = (weekday - copy.day.weekday()) * step % 7 or 7
            if away > 1 and not _ordinal(copy, start):
                yield _at(start, end, copy.shifted(away * step))
        elif match["number"]:
            yield _at(start, end, _numbered(copy, match, weekday))
        else:
            yield from _bare_weekday(copy, match, weekday)


def _at(start: int, end: int, day: date | None) -> DatedWords:
    return DatedWords(start, end, day.isoformat() if day else "")


def _ordinal(copy: Copy, start: int) -> bool:
    return bool(re.search(r"(?<![^\W_])(?:un|chaque|tous les|les) $", copy.before(start)))


def _numbered(copy: Copy, match: re.Match[str], weekday: int) -> date | None:
    """« jeudi 22 »: of this month or the one beside, if its day is that one."""
    number = _number(match["number"])
    if number == 13 and weekday == 4:
        return None
    near = [copy.shifted(days) for days in range(-BARE, BARE + 1)]
    found = [one for one in near if one and (one.day, one.weekday()) == (number, weekday)]
    return found[0] if len(found) == 1 else None


def _bare_weekday(copy: Copy, match: re.Match[str], weekday: int) -> Iterator[DatedWords]:
    start, end = match.span()
    if _other_after().match(copy.text, end):
        return
    opens = not _WORD.search(copy.own, sentence_at(copy.own, start)[0], match.start("weekday"))
    if match["weekday"][0].isupper() and not (opens and _goes_on().match(copy.text, end)):
        return
    lead = (match["lead"] or "").lower()
    if lead.startswith("ce"):
        tense: Tense = copy.tense(start, end)
        yield _at(start, end, copy.beside(weekday, tense))
    elif lead.startswith("depuis"):
        away = (copy.day.weekday() - weekday) % 7
        yield _at(start, end, copy.shifted(-away) if away else None)
    elif lead.startswith("d"):
        away = (weekday - copy.day.weekday()) % 7
        yield _at(start, end, copy.shifted(away) if away else None)
    elif not _is_usual(copy, match.start("weekday"), opens):
        tense = copy.tense(match.start("weekday"), end)
        first = copy.beside(weekday, tense)
        yield _at(start, end, first)
        yield from _next_in_list(copy, end, first)


def _next_in_list(copy: Copy, end: int, first: date | None) -> Iterator[DatedWords]:
    """« mardi et mercredi »: the second follows the first."""
    match = _and_weekday().match(copy.text, end)
    if match and first and not _other_after().match(copy.text, match.end()):
        away = (_WEEKDAYS[match["weekday"]] - first.weekday()) % 7
        if away:
            yield _at(match.start("weekday"), match.end(), first + timedelta(away))


def _is_usual(copy: Copy, start: int, opens: bool) -> bool:
    before = copy.before(start)
    return not opens and bool(_usual().search(before)) and not _DURING.search(before)


def _nights(copy: Copy) -> Iterator[DatedWords]:
    """« dans la nuit de mercredi à jeudi »: two days that follow one another."""
    for match in _night().finditer(copy.own):
        first, second = _WEEKDAYS[match["first"]], _WEEKDAYS[match["second"]]
        if (second - first) % 7 != 1 or copy.tells_of_another_year(match.start()):
            continue
        day = copy.beside(second, copy.tense(match.start(), match.end()))
        if day:
            yield _at(*match.span("first"), day - timedelta(1))
            yield _at(*match.span("second"), day)


# -- a number alone --------------------------------------------------------------------------------


def _numbers(copy: Copy) -> Iterator[DatedWords]:
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
        number, step = _number(match["day"]), 1 if tense == "future" else -1
        days = (copy.shifted(step * away) for away in range(step > 0, BARE + 1))
        yield _at(start, end, next((day for day in days if day and day.day == number), None))


# -- patterns --------------------------------------------------------------------------------------

_WEEKDAYS = {name: at for at, name in enumerate(day_names("fr"))}
_MONTHS = {fold(name): at for at, name in enumerate(month_names("fr"), 1)}
_YEAR = r"(?:1[5-9]|20)\d\d"
_NUMBER = r"(?:1 ?er|[0-3]?\d)"


def _number(written: str) -> int:
    return int(written.removesuffix("er").strip())


def _month(written: str) -> int:
    return _MONTHS[fold(written)]


def _spelt(names: Iterator[str] | list[str]) -> str:
    """Each with a capital too."""
    return "|".join(f"[{name[0]}{name[0].upper()}]{name[1:]}" for name in names)


@cache
def _month_names() -> str:
    names = dict.fromkeys((*month_names("fr"), *_MONTHS))
    return f"(?:{_spelt(list(names))})"


@cache
def _day_names() -> str:
    return f"(?:{_spelt(list(_WEEKDAYS))})"


@cache
def _written() -> re.Pattern[str]:
    part = any_of("part", "fr")
    return re.compile(
        rf"(?<![\w/.,'’-])(?<!\d[ .,])(?:(?P<weekday>{_day_names()})(?: (?:{part}))?,? (?:le )?)?"
        rf"(?P<day>{_NUMBER}) (?P<month>{_month_names()})(?![\w-])"
        rf"(?: (?P<year>{_YEAR})(?![\w-])| (?P<which>dernier|prochain|passé)s?(?!\w))?"
    )


_OF_A_YEAR = re.compile(r" (?:de (?:l['’]an|cette|la même|chaque)|suivant|précédent|\d)")
_NUMERIC = re.compile(
    rf"(?<![\w/.-])(?P<day>[0-3]?\d)/(?P<month>[01]?\d)/(?P<year>{_YEAR})(?![\w/-])"
)


@cache
def _partner() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w/.,-])(?P<words>(?:(?P<weekday>{_day_names()}) )?(?P<day>{_NUMBER}))"
        r"(?: et (?:le )?| ou (?:le )?|, (?:le )?|(?P<till> au | à ))$"
    )


@cache
def _opens_list() -> re.Pattern[str]:
    return re.compile(r"(?<![^\W_])(?:[DdLl]u|[Ll]es?|[Dd]es|aux?|nuit de|entre le|et|du) $")


_PARTNER_COMMA = re.compile(r"(?<!\d)[0-3]?\d, $")


@cache
def _streets() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{any_of('street', 'fr')})(?: d[ue])? $", re.I)


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{any_of('named', 'fr')})(?: terroristes| nationale)? (?:du|des?) $", re.I)


@cache
def _yearly() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{any_of('yearly', 'fr')}) $", re.I)


@cache
def _month_words() -> re.Pattern[str]:
    parts = r"(?P<part>fin |début |mi-|courant )"
    before = rf"(?P<before>(?:{parts}|(?:en|d['’]ici(?: à)?|depuis|dès|avant) (?:fin |début |la mi-|mi-)?))"
    names = "|".join(dict.fromkeys((*month_names("fr"), *_MONTHS)))
    return re.compile(
        rf"(?<![\w'’-])(?<!\d )(?<!er )(?:{before})?(?P<month>{names})(?![\w-])"
        rf"(?: (?P<year>{_YEAR})(?![\w-])| (?P<which>dernier|prochain|passé)(?!\w))?",
    )


_CRAFT = re.compile(r"(?:mission|rover|sonde|robot|planète) $")


@cache
def _any_month() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w])(?:{_month_names()})(?!\w)")


_MORE_MONTHS = re.compile(r"(?: et| ou| à|,) (?:[a-zéû]+)(?: \d{4})?(?:$|\W)|-| \d| (?:suivant|précédent)")


@cache
def _weekday_words() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w'’-])(?P<lead>[Cc]e |[Dd]epuis |[Dd]['’]ici(?: à)? )?(?P<weekday>{_day_names()})"
        rf"(?: (?:{any_of('part', 'fr')})(?![\w-]))?"
        rf"(?: (?P<which>dernier|prochain|passé)(?![\w-])|(?: (?P<number>{_NUMBER})(?= ?(?:[,;:.)](?!\d)|$)"
        r"| (?:au|à|et|dans|en|par|pour|sur|avec|contre|le|la|les|un|une|des|du|de)(?!\w))))?"
        r"(?![\w'’-])(?! \d)"
    )


_WORD = re.compile(r"[^\W_]")


@cache
def _other_after() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:{any_of('other', 'fr')})(?:(?<=['’])|(?![^\W_]))", re.I)


@cache
def _goes_on() -> re.Pattern[str]:
    """After a weekday that opens a sentence: what shows that it is no name."""
    return re.compile(r",| (?:les?|la|l['’]|une?|des|plusieurs|ce|cet|cette|deux|trois|quatre)(?![^\W_])")


@cache
def _usual() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{any_of('usual', 'fr')})\.?\s?$", re.I)


_DURING = re.compile(
    r"(?:(?:dans|durant|pendant|au cours de) la (?:soirée|matinée|journée|nuit) de|à (?:partir|compter) de) $"
)


@cache
def _and_weekday() -> re.Pattern[str]:
    names = "|".join(_WEEKDAYS)
    return re.compile(rf" et (?P<weekday>{names})(?: (?:{any_of('part', 'fr')}))?(?![\w'’-])(?! \d)")


@cache
def _night() -> re.Pattern[str]:
    names = "|".join(_WEEKDAYS)
    return re.compile(
        rf"(?<!\w)[Dd]ans la nuit de (?P<first>{names}) à (?P<second>{names})(?![\w'’-])(?! \d)"
    )


_THE_NUMBER = re.compile(r"(?<![\w'’])[Ll]e (?P<day>1er|[12]?\d|3[01])(?=[,;.)](?:\s|$)|$| au (?:soir|matin)(?!\w))")


@cache
def _of_numbers() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{any_of('number', 'fr')})(?![^\W_])")
