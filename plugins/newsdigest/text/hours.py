"""The hour that a dispatch dated by its day alone gives itself.

« MAJ 18h30 - … », « HANOÏ, 14 h 30 (VNA) », « Mis à jour le 14 octobre à 18h30 ». The hour of what it
tells of (« le séisme s'est produit à 5 h 32 ») is none.
"""

from __future__ import annotations

import re
from functools import cache

from newsdigest.text.folding import fold_whole
from newsdigest.text.moments import words_of
from newsdigest.text.word_lists import folded_list

# How far into a text its own hour stands.
_REACH = 600
_HOUR = (
    r"(?<![\d:.,/])(?P<hour>[01]?\d|2[0-3]) ?(?:h|heures?|gio|:)(?: ?(?P<minute>[0-5]\d))?(?![\w:])"
    r"(?: ?(?P<half>[ap])\.?m\b)?"
)
_DATE = r"(?:\d{1,2}(?:er)?[ /.-](?:[^\W\d]{3,9}|\d{1,2})(?:[ /.-]\d{2,4})?)?,?"
_AT = r"[ :–-]*(?:(?:a|at|luc|vao) )?"
_IN_DATELINE, _FIRST = re.compile(_HOUR), re.compile(rf"[(\[]?{_HOUR}[)\]]? ?[:–|-]")
_LAST = re.compile(rf"[(\[]{_HOUR}[)\]]$")


def hour_told(headline: str, dateline: str, text: str) -> str | None:
    """`HH:MM` of the hour a dispatch bears: after a mark of publication (`data/updates.txt`) in its
    headline or its first lines, alone at either end of the headline, or in its dateline; None where
    there is none."""
    headline = fold_whole(headline)
    found = (
        _marked().search(headline)
        or _FIRST.match(headline)
        or _LAST.search(headline)
        or _IN_DATELINE.search(fold_whole(dateline))
        or _marked().search(fold_whole(text[:_REACH]))
    )
    if found is None:
        return None
    hour = int(found["hour"])
    if found["half"] and hour <= 12:
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    return f"{hour:02}:{found['minute'] or '00'}"


@cache
def _marked() -> re.Pattern[str]:
    """A mark, a day in words or digits, and the hour."""
    marks = "|".join(re.escape(mark) for mark in sorted(folded_list("updates.txt"), reverse=True))
    weekdays = "|".join(map(re.escape, words_of("weekday")))
    day = rf"[ :,–-]*(?:(?:le|du|on|ngay) )?(?:(?:{weekdays}),? )?{_DATE}"
    return re.compile(rf"\b(?:{marks})e?s?\b{day}{_AT}{_HOUR}")
