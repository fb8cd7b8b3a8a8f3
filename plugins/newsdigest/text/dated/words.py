"""The words of a text that date, and their dates: "mardi soir" -> 2026-01-20, "la semaine dernière" -> 2026-W03.

Anchored to the day of the text, never to a clock. Precise rather than complete: what may be a habit ("le
lundi"), a name ("Mardi gras", "rue du 8 mai 1945"), somebody's own words or another year's day is left out, and so
is a date whose weekday is not its own. Days, months (`2026-01`), weeks (`2026-W04`) and years; no hours, whose zone
copy leaves out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from newsdigest.text.dated.copy import Copy, DatedWords, Written

# A paragraph of more characters is none; what it costs to look for dates in it grows faster than it.
LONGEST = 8000


@cache
def _grammar(lang: str) -> Callable[[Copy], Iterator[DatedWords]] | None:
    # Imported with the first text of a language: they ask CLDR for its names.
    from newsdigest.text.dated import english, french, vietnamese

    known = {"fr": french.candidates, "en": english.candidates, "vi": vietnamese.candidates}
    return known.get(lang)


def dated_words(text: str, written: Written) -> list[DatedWords]:
    """All that date surely, in text order, none inside another."""
    lang = written.lang[:2].lower()
    grammar = _grammar(lang)
    if grammar is None or len(text) > LONGEST:
        return []
    candidates = grammar(Copy(text, written, lang))
    found: list[DatedWords] = []
    for one in sorted(candidates, key=lambda one: (one.start, -one.end)):
        if one.iso and (not found or found[-1].end <= one.start):
            found.append(one)
    return found
