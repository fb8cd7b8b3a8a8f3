"""The closed word classes that decide whether two headlines may tell the same news.

Their lists stand in `data/`, folded as `text.headline_key.letters` does. Four kinds:

- a *function word* may change or go without the news changing ("les exportations", "exportations");
- a *turning word* turns or places the news, so that it may neither come nor go: up and down, yes and
  no, for and against, dates, directions, number words, "ex-", "féminin";
- a *light word* may be left out of a `>>` line ("grande");
- a *flag* announces the form, not the news: "EN DIRECT", "(VIDÉO)".
"""

from __future__ import annotations

from newsdigest.entities.words import word_list
from newsdigest.text.word_lists import folded_list, listed

FUNCTION_WORDS = {lang: folded_list("function_words.txt", lang) for lang in ("fr", "en", "vi")}
# A headline without a French function word and with two of these is read as English.
ENGLISH_MARKS = word_list("a an and are as at by for from in is of on the to with")
# Letters only Vietnamese uses.
VIETNAMESE_LETTERS = frozenset("ăơưĂƠƯđĐ") | frozenset(map(chr, range(0x1EA0, 0x1EFA)))

# After these, "est" is the east.
DIRECTION_LEADS = frozenset({"l", "d", "nord", "sud"})

TURNING_WORDS = folded_list("turning_words.txt")
CIVILITIES = frozenset(
    {*(entry.partition("=")[0] for entry in listed("civilities.txt")), "mr", "mrs", "ms", "sir"}
)
LIGHT_WORDS = folded_list("light_words.txt")

# Each as its words; they may stand before or after the headline, in brackets or set off by a mark.
FLAGS = frozenset(tuple(flag.split()) for flag in folded_list("flags.txt"))
LONGEST_FLAG = max(map(len, FLAGS))
