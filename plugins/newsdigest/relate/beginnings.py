"""Whether a `>>` line is the beginning of a headline, its end cut off. Pure.

Twins of one pattern differ in their ends, and the right one may be absent: a cut line is believed
where nothing that tells twins apart can have been cut off, or next to nothing at all.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsdigest.relate.closed_words import TURNING_WORDS
from newsdigest.relate.headlines import Headline, is_known, is_name, is_number

# A line cut off keeps so many words; one that does not say it is cut, so many more.
SHORTEST_PREFIX = 4
_SHORTEST_UNMARKED = 5

# Of the headline's letters: what a line keeps that may lack anything, or that does not say it is cut.
_MOST_OF_IT, _HALF_OF_IT = 0.85, 0.5


def is_prefix(line: Headline, article: Headline) -> bool:
    """Whether the line is the headline with its end cut off, at a word or within one.

    Four words at least. Twins differ in their ends: a line that says it is cut keeps nearly all of
    the headline, or lacks nothing that would make it other news. One that does not say so may be a
    headline of its own: it must be longer and lack nothing, and is never cut within a name.
    """
    if not begins(line, article):
        return False
    words, whole = line.words, article.words
    kept = len(words)
    last, full = words[-1], whole[kept - 1]
    within = last != full
    lost = range(kept - within, len(whole))
    share = sum(map(len, words)) / sum(map(len, whole))
    if line.cut:
        return bool(lost) and (share >= _MOST_OF_IT or not _tells(article, lost))
    if kept < _SHORTEST_UNMARKED or share < _HALF_OF_IT or _tells(article, lost):
        return False
    if within:  # "chalut", of "chalutiers"; an inflection is none
        named = article.initials[kept - 1]
        return not named and (
            kept < len(whole) or (len(full) - len(last) > 2 and not is_known(last))
        )
    # "Guinée" is not cut from "Guinée équatoriale".
    return last in line.function_words or not article.names[kept - 1]


def begins(line: Headline, article: Headline) -> bool:
    """Whether the headline begins with the words of the line, four at least, the last perhaps cut."""
    words, whole = line.words, article.words
    kept = len(words)
    return (
        SHORTEST_PREFIX <= kept <= len(whole)
        and words[: kept - 1] == whole[: kept - 1]
        and whole[kept - 1].startswith(words[-1])
    )


def _tells(article: Headline, places: Iterable[int]) -> bool:
    """Whether any of these words would make it other news: a name, a number, a date, a turn."""
    return any(
        article.names[place]
        or is_number(word)
        or word in TURNING_WORDS
        or (article.initials[place] and is_name(word))
        for place in places
        for word in (article.words[place],)
    )
