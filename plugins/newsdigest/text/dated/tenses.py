"""Whether the words beside a date tell of what was or of what is to come: a few sure signs, no grammar.

What speaks of "mardi" is the last verb before it in its own clause, or the first after it where it opens the
sentence. A verb that is not known for past or future gives no answer: a present tells of either in news.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, NamedTuple

Tense = Literal["past", "future", "unsure", ""]
"""`unsure`: a verb of both times ("devait"), which keeps others from answering; "": no verb is known."""


# A sentence of more characters is none.
LONGEST = 1500


class _Verb(NamedTuple):
    start: int
    end: int
    tense: Tense


@cache
def words(kind: str, lang: str) -> dict[str, str]:
    """The words of one kind in `data/dated_words.tsv` with their values; straight apostrophes."""
    text = (resources.files("newsdigest") / "data" / "dated_words.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.split("\n") if line and line[0] != "#"]
    return {
        word: value
        for of, language, value, listed in rows
        if (of, language) == (kind, lang)
        for word in listed.split("|")
    }


def any_of(kind: str, lang: str) -> str:
    """The same as an alternation, the longest first; either apostrophe."""
    listed = sorted(words(kind, lang), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace("'", "['’]") for word in listed) or r"(?!)"


def tense_beside(text: str, start: int, end: int, lang: str) -> Tense:
    """The tense that `text[start:end]` stands in. What is quoted in the text should be blanked before."""
    first, last = sentence_at(text, start)
    if last - first > LONGEST:
        return ""
    if lang == "vi":
        return _vietnamese(text, first, last)
    verbs = _verbs(text, first, last, lang)
    clause = first
    for mark in _clause_mark(lang).finditer(text, first, start):
        clause = mark.end()
    before = [verb for verb in verbs if clause <= verb.start and verb.end <= start]
    if before:
        return _after_verb(text, before[-1], start, lang)
    if not _LETTER.search(text, clause, start):
        return _of_opening(text, (first, clause, end), verbs, lang)
    told = {verb.tense for verb in verbs}
    is_past = lang == "fr" and told == {"past"} and follows_participle(text, start)
    return "past" if is_past else ""


def _after_verb(text: str, verb: _Verb, start: int, lang: str) -> Tense:
    """What the last verb before says, if the words between leave it no doubt."""
    between = text[verb.end : start]
    if _doubtful(lang).search(between):
        return "unsure"
    has_object = len(between.split()) > 1
    if has_object and verb.tense == "past" and _telling(lang).search(text, verb.start, verb.end):
        return "unsure"
    return verb.tense


def _of_opening(
    text: str, bounds: tuple[int, int, int], verbs: Sequence[_Verb], lang: str
) -> Tense:
    """Of words that open the sentence, or stand alone between commas."""
    first, clause, end = bounds
    if not _LETTER.search(text, first, clause):
        after = next((verb for verb in verbs if verb.start >= end), None)
        if after and not _relative(lang).search(text, end, after.start):
            return after.tense
        return ""
    told = {verb.tense for verb in verbs}
    alone = text[end : end + 1] in (",", ")")
    earlier = [verb for verb in verbs if verb.end <= clause]
    return earlier[-1].tense if alone and earlier and len(told) == 1 else ""


_LETTER = re.compile(r"[^\W\d_]")
# Not after « M. », an initial, an abbreviated month. Beginning with the rare signs, so that the search can jump.
_SENTENCE_END = re.compile(
    r"[.!?…;\n:](?:(?<=[;\n:])|(?<![;\n:])(?<!\bM.)(?<!\bMM.)(?<!\bDr.)(?<!\bSt.)(?<!\b[A-Z].)(?<!\bMr.)"
    r"(?<!\bMrs.)[.!?…]*[»”\"’)]*\s)"
)


def sentence_at(text: str, at: int) -> tuple[int, int]:
    """Where the sentence around `at` begins and ends; what a colon parts are two."""
    ends = _sentence_ends(text)
    after = bisect_right(ends, at)
    return ends[after - 1] if after else 0, ends[after] if after < len(ends) else len(text)


@lru_cache(maxsize=8)
def _sentence_ends(text: str) -> tuple[int, ...]:
    return tuple(mark.end() for mark in _SENTENCE_END.finditer(text))


@lru_cache(maxsize=64)
def _verbs(text: str, first: int, last: int, lang: str) -> tuple[_Verb, ...]:
    found = []
    for match in _verb_forms(lang).finditer(text, first, last):
        tense: Tense = "unsure"
        if match.lastgroup == "past":
            tense = "past"
        elif match.lastgroup == "future":
            tense = "future"
        if tense == "past" and " été " in match[0] and _planned().search(match[0]):
            tense = "unsure"
        found.append(_Verb(match.start(), match.end(), tense))
    return tuple(found)


# -- French ----------------------------------------------------------------------------------------

_ADVERBS = (
    r"(?:(?: pas| plus| jamais| été| également| aussi| ainsi| déjà| notamment| tous| toutes| tout| bien| encore"
    r"| enfin| alors| toujours| ensuite| par ailleurs| en outre| d['’]abord| [a-zéèêâîôûç]+ment"
    r"| quant à (?:lui|elle|eux|elles))(?![^\W_])){0,3}"
)
_BEFORE_INFINITIVE = (
    r"(?: pas| également| aussi| se| s['’]| le| la| les| l['’]| y| en| lui| leur| être)*"
)
_INFINITIVE = r"(?: ?(?!(?:janv|févr)ier)[a-zéèêâîôûç]+(?:er|ir|oir|[cdiptuv]re)(?![^\W_]))"


@cache
def _verb_forms(lang: str) -> re.Pattern[str]:
    return re.compile(_french() if lang == "fr" else _english())


def _french() -> str:
    participle = (
        rf" (?!(?:{any_of('no_part', 'fr')})(?![^\W_]))[a-zéèêâîïôûç]*"
        r"(?:[éiuû]e?s?|its?|ites?|is|ises?|erte?s?|inte?s?|orte?s?|faite?s?)(?![^\W_'’-])"
    )
    planned = rf"(?: pas| également| aussi| toujours| notamment)? (?:{any_of('planned', 'fr')})e?s?"
    due = rf"(?: pas| également| aussi| toujours| notamment)? (?:{any_of('due', 'fr')})e?s?"
    asked = r"(?:-t-(?:il|elle|on)|-(?:ils|elles))?"
    infinitive = f"{_BEFORE_INFINITIVE}{_INFINITIVE}"
    past = (
        rf"(?:a|ont|ai|avons|avait|avaient){asked}{_ADVERBS}{participle}",
        rf"(?:s['’]est|s['’]était|se sont|s['’]étaient){asked}{_ADVERBS}{participle}",
        rf"(?:est|sont|était|étaient){_ADVERBS} (?:{any_of('motion', 'fr')})e?s?",
        rf"(?:était|étaient)(?!{planned}|{due})",
        r"(?!dev)[a-zéèêâîôûç]+(?<!r)aient",
    )
    future = (
        rf"(?:va|vont|doit|doivent|devrait|devraient)(?! avoir\b){infinitive}",
        rf"(?:est|sont|reste|restent)(?:{planned}|{due})",
        rf"(?!(?:{any_of('no_future', 'fr')})(?![^\W_]))[a-zéèêâîôûç]*"
        rf"(?:(?:[eidvr]|ett|att|a[iî]t|oît)r(?:a|ont)|(?:s?au|clu)r(?:a|ont))(?:{infinitive})?",
    )
    unsure = (
        rf"(?:était|étaient)(?:{planned}|{due})",
        "devai(?:en)?t",
        "[a-zéèêâîôûç]+rai(?:en)?t",
    )
    kinds = {"past": past, "future": future, "unsure": unsure}
    named = "|".join(f"(?P<{name}>{'|'.join(forms)})" for name, forms in kinds.items())
    return rf"(?<![^\W_])(?:{named})(?![^\W_'’-])"


@cache
def _telling(lang: str) -> re.Pattern[str]:
    ends = "e?s?" if lang == "fr" else ""
    return re.compile(rf"(?<![^\W_])(?:{any_of('telling', lang)}){ends}(?![^\W_])")


@cache
def _planned() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?:{any_of('planned', 'fr')}|{any_of('due', 'fr')})e?s?(?![^\W_])", re.I
    )


def follows_participle(text: str, start: int) -> bool:
    """« ouverte le [2 juin] »: what a participle says is past, unless it was planned."""
    match = _PARTICIPLE.search(text, max(0, start - 40), start)
    return match is not None and not _planned().search(match[0])


_PARTICIPLE = re.compile(
    r"(?<![^\W_])(?!année)[A-ZÉÀ]?[a-zéèêâîïôûç]{2,}(?:[éiu]e?s?|ite?s?|is|ises?|erte?s?|inte?s?)(?: le| ce)? $"
)


@cache
def _clause_mark(lang: str) -> re.Pattern[str]:
    listed = (
        r"que|qu['’]|qui|dont|où|et|mais|ou|car|lorsque|lorsqu['’]|quand|si|pour|afin|avant|après|puis"
        if lang == "fr"
        else r"that|who|which|whose|where|and|but|or|because|when|while|if|before|after|as|whether"
    )
    return re.compile(rf"[,()–—]|(?<![^\W_])(?:{listed})(?![^\W_])")


@cache
def _relative(lang: str) -> re.Pattern[str]:
    listed = (
        "que|qu['’]|qui|dont|où|lorsque|quand|si"
        if lang == "fr"
        else "that|who|which|whose|where|when|if"
    )
    return re.compile(rf"(?<![^\W_])(?:{listed})(?![^\W_])")


@cache
def _doubtful(lang: str) -> re.Pattern[str]:
    """Between a verb and a date: another verb, of a time of its own."""
    if lang == "en":
        return re.compile(
            rf"(?<![^\W_])(?:{any_of('doubt', 'en')}|{any_of('planned', 'en')}|to [a-z]+)(?![^\W_])"
        )
    infinitive = (
        r"[a-zéèêâîôûç]*[^\Wi_](?:er|ir|oir)"
        r"|(?:de |d['’]|pour |à |sans |se |s['’])[a-zéèêâîôûç]+(?:er|ir|oir|[cdiptuv]re)"
    )
    return re.compile(
        rf"(?<![^\W_])(?:{infinitive}|[a-zéèêâîôûç]+ant|(?:{any_of('planned', 'fr')})e?s?)(?![^\W_])"
    )


# -- English, Vietnamese ---------------------------------------------------------------------------


def _english() -> str:
    planned, past = any_of("planned", "en"), any_of("past", "en")
    done = rf"(?:[a-z]+ed|{past})"
    soon = rf"(?:{any_of('soon', 'en')})(?: not| also)?(?: be| have been| have)?(?: [a-z]+)?"
    future = (
        rf"(?:is|are) (?:{planned}) to(?: be)? [a-z]+",
        rf"(?:is|are) (?:{planned})",
        r"(?:is|are) to(?: be)? [a-z]+",
        soon,
    )
    unsure = (
        rf"(?:was|were|had been|has been|have been) (?:{planned})(?: to(?: be)? [a-z]+)?",
        r"(?:was|were) to(?: be)? [a-z]+",
        r"to(?: be| have)? [a-z]+",
        rf"(?:{any_of('doubt', 'en')})(?: not)?(?: be| have been| have)?(?: [a-z]+)?",
        rf"(?:has|have|is|are|being|be)(?: been)?(?: not)? {done}",
        r"[a-z]+ing",
    )
    named = rf"(?P<future>{'|'.join(future)})|(?P<unsure>{'|'.join(unsure)})|(?P<past>{done})"
    return rf"(?<![^\W_])(?:{named})(?![^\W_'’-])"


_DONE, _SOON = re.compile(r"(?<!\w)đã(?!\w)"), re.compile(r"(?<!\w)sẽ(?!\w)")


def _vietnamese(text: str, first: int, last: int) -> Tense:
    done = bool(_DONE.search(text, first, last))
    soon = bool(_SOON.search(text, first, last))
    if done and soon:
        return "unsure"
    return "past" if done else "future" if soon else ""
