"""How common a word is in the news, frozen: the same answer on every machine, for every build.

Counted once, not from the archive: a new article then changes no weight of an old one. The files
stand in `data/`; NOTICE.md there tells their sources, `benchmarks/make_lexicon.py` makes the counts.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from newsdigest.text.folding import fold

LEXICON = "lexicon.tsv"
STOP_WORDS = "stop_words.txt"
# The language a word is looked up in when none is named, or when its own has no counts.
DEFAULT_LANG = "fr"
# An `idf` counts sixty-fourths of a bit: whole numbers, so that no sum depends on its order.
IDF_UNIT = 64
# Where a language has no counts, every word but the stop words weighs as one in this many articles.
UNCOUNTED = 64

# An apostrophe parts words ("l'accord", "today's"), and so does a hyphen: "Paris-Berlin" shares
# its words with both cities' names.
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Counts:
    """One language: in how many of `documents` articles each folded word stands."""

    documents: int
    frequencies: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Document frequencies by language, and the stop words of French, English and Vietnamese.

    Words are folded (`text.folding.fold`: lower case, no accents), but Vietnamese ones are in
    lower case only: there accents tell "chưa" (not yet) from "chữa" (to mend). `version` changes
    with any line of the files: a new one makes all vectors anew.
    """

    version: str
    counts: Mapping[str, Counts]
    stop_words: Mapping[str, frozenset[str]]

    @property
    def documents(self) -> int:
        """How many articles the French counts were taken from."""
        return self._of(DEFAULT_LANG).documents

    def frequency(self, word: str, lang: str = DEFAULT_LANG) -> int:
        """In how many articles of that language the folded word stands; 0 for one never seen."""
        return self._of(lang).frequencies.get(word, 0)

    def knows(self, word: str) -> bool:
        """Whether the folded word was seen in any language or is a stop word of one."""
        return any(word in counts.frequencies for counts in self.counts.values()) or any(
            word in words for words in self.stop_words.values()
        )

    def is_stop_word(self, word: str, lang: str = DEFAULT_LANG) -> bool:
        """Whether the folded word says nothing of what an article in that language is about."""
        return word in self.stop_words.get(lang, ())

    def idf(self, word: str, lang: str = DEFAULT_LANG) -> int:
        """How much the folded word tells, in 1/64 bit; 0 for a stop word.

        A word never seen tells most: it counts as seen in half an article. Where a language has
        no counts, all words but its stop words tell the same.
        """
        if self.is_stop_word(word, lang):
            return 0
        counts = self.counts.get(lang)
        if counts is None:
            return bits(UNCOUNTED)
        return bits((counts.documents + 1) / (counts.frequencies.get(word, 0) + 0.5))

    def _of(self, lang: str) -> Counts:
        return self.counts.get(lang) or self.counts.get(DEFAULT_LANG) or Counts(0, {})


def words(text: str) -> list[str]:
    """The folded words of a text, in order: runs of letters and digits."""
    return [fold(word) for word in _WORD.findall(text)]


def bits(odds: float) -> int:
    """One in so many, in 1/64 bit; never below 1."""
    return max(1, round(IDF_UNIT * math.log2(odds)))


@cache
def load_lexicon(path: Path | None = None) -> Lexicon:
    """The shipped lexicon, or a site's own file in its place; read once a process.

    A site's file has the form of the shipped one: a line `# fr 867` opens a language and tells how
    many articles were counted, then `word<TAB>count` lines. Raises OSError when it cannot be read
    and ValueError, naming the line, when it has another form.
    """
    listed, counted = _files(path)
    return Lexicon(
        version=_version(listed, counted),
        counts=dict(_counts(counted.decode("utf-8"))),
        stop_words=dict(_stop_words(listed.decode("utf-8"))),
    )


@cache
def lexicon_version() -> str:
    """The shipped lexicon's version, without making it out."""
    return _version(*_files(None))


def _files(path: Path | None) -> tuple[bytes, bytes]:
    """The stop words and the counts, as they stand in their files."""
    folder = resources.files("newsdigest") / "data"
    counted = path.read_bytes() if path else (folder / LEXICON).read_bytes()
    return (folder / STOP_WORDS).read_bytes(), counted


def _version(listed: bytes, counted: bytes) -> str:
    return hashlib.sha256(listed + b"\0" + counted).hexdigest()[:12]


def _counts(text: str) -> Iterator[tuple[str, Counts]]:
    frequencies: dict[str, int] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            if line[0] == "#":
                lang, documents = line[1:].split()
                frequencies = {}
                yield lang, Counts(int(documents), frequencies)
            elif frequencies is None:
                raise ValueError("no language opened")
            else:
                word, count = line.split("\t")
                frequencies[word] = int(count)
        except ValueError as error:
            raise ValueError(f"line {number}: expected `# fr 867` or `word<TAB>count`") from error


def _stop_words(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    by_lang: dict[str, set[str]] = {}
    for line in text.split("\n"):
        if line and line[0] != "#":
            lang, _, listed = line.partition(":")
            known = listed.split() if lang == "vi" else words(listed)
            by_lang.setdefault(lang, set()).update(known)
    for lang, listed_words in by_lang.items():
        yield lang, frozenset(listed_words)
