"""Raw articles by the thousand, in the form the wire sends them, the same ones every time.

    python -m benchmarks.generate FOLDER COUNT [--start N] [--seed N] [--brief]

On average 350 words, 10 distinct entities drawn by Zipf's law (exponent 1.0) from a pool of 30,000,
and one `>>` line that repeats an earlier article's headline letter for letter. Article `n` depends
on the seed and on `n` alone: an archive of 20,000 grows by ten with `10 --start 20000`. Briefs have 65
words and 3 entities, a hundred a day: a million of them fit a disk.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks import sentences
from benchmarks.names import Name, entities
from benchmarks.vocabulary import SUBJECTS, forms_of

# 100,000 articles end on 2025-12-28.
FIRST_DAY = date(2020, 7, 8)

_WEEKDAYS = str.split("lundi mardi mercredi jeudi vendredi samedi dimanche")
_CREDITS = (
    "Xinhua/VNA/CVN",
    "AFP/VNA/CVN",
    "VNA/CVN",
    "CVN",
    "AFP",
    "{author}/CVN",
    "{author}/VNA/CVN",
    "Texte et photos : {author}/CVN",
)
_PHOTOS = ("AFP/VNA/CVN", "VNA/CVN", "Xinhua/VNA/CVN", "CVN", "ST/CVN")
_DATELINES = ("HANOÏ (VNA) - ", "PARIS (AFP) - ", "GENÈVE (Xinhua) - ", "HUÊ (VNA) - ")
_QUOTED = re.compile('"([^"]*)"')
_SLOT = re.compile(r"\{(\w+)\}")


class Copy(NamedTuple):
    """What is alike in all articles: how many a day, from and to how many entities and words each."""

    per_day: int
    entities: tuple[int, int]
    words: tuple[int, int]


USUAL, BRIEF = Copy(50, (7, 13), (150, 470)), Copy(100, (2, 4), (40, 90))
PER_DAY = USUAL.per_day

# A sentence pattern made ready: a %-format, and for each place its words, or the name of what the
# article fills it with.
_Pattern = tuple[str, tuple[tuple[str, ...] | str, ...]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--brief", action="store_true", help="short ones, twice as many a day")
    options = parser.parse_args()
    copy = BRIEF if options.brief else USUAL
    generate(options.folder, options.count, options.seed, options.start, copy)


def generate(
    folder: Path, count: int, seed: int = 1, start: int = 0, copy: Copy = USUAL
) -> list[str]:
    """Write articles `start` to `start + count - 1`; their paths below `folder`."""
    made: set[str] = set()
    paths = []
    for path, text in articles(count, seed, start, copy):
        parent = path.rpartition("/")[0]
        if parent not in made:
            made.add(parent)
            (folder / parent).mkdir(parents=True, exist_ok=True)
        file = os.open(f"{folder}/{path}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            os.write(file, text.encode())
        finally:
            os.close(file)
        paths.append(path)
    return paths


def articles(
    count: int, seed: int = 1, start: int = 0, copy: Copy = USUAL
) -> Iterator[tuple[str, str]]:
    """The path and the text of each, without writing them."""
    return map(_Writer(seed, copy).article, range(start, start + count))


def headline(index: int, seed: int = 1) -> str:
    """The headline of article `index`, as later articles repeat it."""
    return _begin(Random(), seed, index, USUAL).headline


class _Beginning(NamedTuple):
    """What an article is about: enough for its headline, so that others can repeat it."""

    path: str
    day: date
    lang: str
    subject: str
    names: list[Name]
    headline: str


def _begin(draw: Random, seed: int, index: int, copy: Copy) -> _Beginning:
    """Sets `draw` to the article's own sequence and takes its first numbers."""
    draw.seed((seed << 40) + index)
    rnd = draw.random
    pool, weights = _zipf()
    fewest, most = copy.entities
    wanted = fewest + int(rnd() * (most - fewest + 1))
    found: dict[Name, None] = {}
    while len(found) < wanted:
        found.update(dict.fromkeys(draw.choices(pool, cum_weights=weights, k=wanted + 4)))
    names = list(found)[:wanted]
    subject = _NEWS[int(rnd() * len(_NEWS))]
    lot = rnd()
    lang = "fr" if lot < 0.94 else "en" if lot < 0.98 else "vi"
    patterns = _patterns(subject, lang)
    # Headlines name whom the article is about by one of its first three entities.
    about = names[int(rnd() * min(3, len(names)))]
    choice = patterns[f"HEADLINES {about.type}"]
    title = _sentence(choice[int(rnd() * len(choice))], rnd, _filling(about))
    day = FIRST_DAY + timedelta(index // copy.per_day)
    path = f"{day:%Y/%m}/{index:06d}_{draw.getrandbits(64):016x}.txt"
    return _Beginning(path, day, lang, subject, names, title)


class _Writer:
    """Writes articles; holds the two sequences of numbers it needs at a time."""

    def __init__(self, seed: int, copy: Copy) -> None:
        self.seed = seed
        self.copy = copy
        self.draw = Random()
        self.elsewhere = Random()

    def article(self, index: int) -> tuple[str, str]:
        draw, rnd = self.draw, self.draw.random
        story = _begin(draw, self.seed, index, self.copy)
        update = " (Mise à jour)" if rnd() < 0.01 else ""
        blocks = list(_blocks(story, draw, self.copy.words))
        if rnd() < 0.2:
            blocks = [_typographic(block) for block in blocks]
        related = [f">> {line}" for line in self._related(index)]
        if rnd() < 0.7:
            related.append(self._photo(story))
        at = 1 if rnd() < 0.8 else len(blocks)
        author = _authors()[int(rnd() * len(_authors()))]
        credit = _CREDITS[int(rnd() * len(_CREDITS))].format(author=author)
        head = f" date {story.day} {story.headline}{update}"
        return story.path, "\n\n".join((head, *blocks[:at], *related, *blocks[at:], credit))

    def _related(self, index: int) -> Iterator[str]:
        """Headlines of articles three days to a month older, one on average."""
        rnd = self.draw.random
        lot = rnd()
        for _ in range((lot >= 0.3) + (lot >= 0.75) + (lot >= 0.95)):
            per_day = self.copy.per_day
            back = per_day * (3 + int(27 * rnd() ** 2)) + int(rnd() * per_day)
            if back > index:
                back = 1 + int(rnd() * index)
            if index:
                yield _begin(self.elsewhere, self.seed, index - back, self.copy).headline

    def _photo(self, story: _Beginning) -> str:
        rnd = self.draw.random
        line = f"Photo : {_PHOTOS[int(rnd() * len(_PHOTOS))]}"
        if story.lang == "fr" and rnd() < 0.2:
            captions = _patterns(story.subject, "fr")["CAPTIONS"]
            filling = {"DAY": _days(story.day)[0]}
            line = f"{_sentence(captions[int(rnd() * len(captions))], rnd, filling)}\n{line}"
        return line


def _blocks(story: _Beginning, draw: Random, length: tuple[int, int]) -> Iterator[str]:
    """The lede, then the paragraphs and what stands among them."""
    rnd = draw.random
    dateline = _DATELINES[int(rnd() * len(_DATELINES))] if rnd() < 0.2 else ""
    words = length[0] + (length[1] - length[0]) * (rnd() + rnd()) / 2
    texts = (_told if story.lang == "fr" else _told_abroad)(story, draw, words)
    yield dateline + texts[0]
    patterns = _patterns(story.subject, story.lang)
    plain = story.lang == "fr"
    subheadings = plain and rnd() < 0.15
    listed = plain and rnd() < 0.06
    at, paragraphs = 1, 0
    while at < len(texts):
        size = 1 + int(rnd() * 4)
        if subheadings and paragraphs in (2, 5):
            choice = patterns["SUBHEADINGS"]
            yield _sentence(choice[int(rnd() * len(choice))], rnd, {})
        yield " ".join(texts[at : at + size])
        if listed and paragraphs == 1:
            yield "\n".join(_sentence(item, rnd, {}) for item in patterns["ITEMS"])
        at += size
        paragraphs += 1


def _told(story: _Beginning, draw: Random, words_wanted: float) -> list[str]:
    """The sentences of a French article: every name comes in once, some come back."""
    rnd = draw.random
    patterns = _patterns(story.subject, "fr")
    days = _days(story.day)
    coming = story.names[::-1]
    known: list[Name] = []
    texts: list[str] = []
    words = 0
    while words < words_wanted or coming:
        lot = rnd()
        if coming and (lot < 0.6 or words >= words_wanted):
            name = coming.pop()
            key = f"INTRODUCTIONS {name.type}" if known else f"LEDES {name.type}"
            known.append(name)
        elif known and lot < 0.75:
            name = known[int(rnd() * len(known))]
            key = f"RETURNS {name.type}"
        elif known:
            name = None
            key = "PLAIN"
        else:
            continue
        filling = _filling(name) if name else {}
        filling["DAY"] = days[int(rnd() * len(days))]
        choice = patterns[key]
        text = _sentence(choice[int(rnd() * len(choice))], rnd, filling)
        words += text.count(" ") + 1
        texts.append(text)
    return texts


def _told_abroad(story: _Beginning, draw: Random, words_wanted: float) -> list[str]:
    rnd = draw.random
    choice = _patterns(story.subject, story.lang)["PLAIN"]
    texts: list[str] = []
    words = 0
    while words < words_wanted:
        name = story.names[len(texts) % len(story.names)]
        text = _sentence(choice[int(rnd() * len(choice))], rnd, _filling(name))
        words += text.count(" ") + 1
        texts.append(text)
    return texts


def _sentence(pattern: _Pattern, rnd: Callable[[], float], filling: Mapping[str, str]) -> str:
    form, places = pattern
    text = form % tuple(
        [
            filling[place] if isinstance(place, str) else place[int(rnd() * len(place))]
            for place in places
        ]
    )
    return text[0].upper() + text[1:]


def _filling(name: Name) -> dict[str, str]:
    if name.type == "person":
        return {"NAME": name.bare, "P": name.full, "M": name.again}
    if name.type == "place":
        return {"NAME": name.bare, "IN": name.inside, "OF": name.of}
    return {
        "NAME": name.bare,
        "O": name.full,
        "DO": name.of,
        "A": name.again,
        "DA": name.again_of,
    }


def _typographic(text: str) -> str:
    """As a newspaper sets it: curly apostrophes, angular quotation marks."""
    return _QUOTED.sub(r"« \1 »", text).replace("'", "’")


_NEWS = tuple(subject for subject in SUBJECTS if subject != "general")


@lru_cache(maxsize=1)
def _zipf() -> tuple[tuple[Name, ...], list[float]]:
    """Names by rank, and the running sum of 1/rank."""
    pool = entities()
    return pool, list(accumulate(1 / rank for rank in range(1, len(pool) + 1)))


@lru_cache(maxsize=1)
def _authors() -> tuple[str, ...]:
    """Forty bylines, far down the list of people so that few are also in the news."""
    people = [name.bare for name in entities()[-400:] if name.type == "person"]
    return tuple(people[:40])


@lru_cache(maxsize=16)
def _days(day: date) -> tuple[str, ...]:
    """The article's day and the day before, as copy names them."""
    return tuple(
        f"{_WEEKDAYS[near.weekday()]} {near.day if near.day > 1 else '1er'}"
        f" {sentences.LISTS['month'][near.month - 1]}"
        for near in (day, day - timedelta(1))
    )


@lru_cache(maxsize=32)
def _patterns(subject: str, lang: str) -> dict[str, tuple[_Pattern, ...]]:
    """The patterns of that language, filled with the subject's words."""
    if lang == "fr":
        words = {**sentences.LISTS, **forms_of(subject)}
        words |= {f"de_{key}": _after_de(words[key]) for key in ("inf", "month")}
        named = {
            "PLAIN": sentences.PLAIN,
            "CAPTIONS": sentences.CAPTIONS,
            "ITEMS": sentences.ITEMS,
            "SUBHEADINGS": sentences.SUBHEADINGS,
        }
        for group in ("HEADLINES", "LEDES", "INTRODUCTIONS", "RETURNS"):
            for kind, text in getattr(sentences, group).items():
                named[f"{group} {kind}"] = text
    else:
        words = sentences.LISTS
        abroad = "ENGLISH" if lang == "en" else "VIETNAMESE"
        headlines = getattr(sentences, f"{abroad}_HEADLINES")
        named = {"PLAIN": getattr(sentences, abroad)}
        named |= {f"HEADLINES {kind}": headlines for kind in ("person", "place", "organisation")}
        words = {**words, "n": words["digit"]} if lang == "en" else words
    return {
        key: tuple(_ready(line, words) for line in sentences.lines(text))
        for key, text in named.items()
    }


def _ready(line: str, words: Mapping[str, tuple[str, ...]]) -> _Pattern:
    line = line.replace("%", "%%")
    line = line.replace("de {inf}", "{de_inf}").replace("de {month}", "{de_month}")
    parts = _SLOT.split(line)
    return "%s".join(parts[::2]), tuple(words.get(slot, slot) for slot in parts[1::2])


def _after_de(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(("d'" if word[0] in "aeéèêioôuh" else "de ") + word for word in words)


if __name__ == "__main__":
    main()
