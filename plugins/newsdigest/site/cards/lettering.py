"""A text as a font can write it: in letters it has, in lines of a width measured in it.

Nothing is shaped: what needs that (Arabic, the scripts of India) is no text for these fonts. What a font has
not is never drawn as a box.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import category, normalize

from PIL import Image, ImageFont

ELLIPSIS = "…"
# Spaces at which no line breaks.
_GLUE = "\u00a0\u202f\u2007\u2060"
# Of so many letters one may be missing; of more the text would say something else.
_MISSING = 4
_LOOSE_END = " \u00a0\u202f,;:.–—-(«“"
# What stood between them is not there.
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]|«\s*»|“\s*”")
# No character: what is drawn for it is what is drawn for all that is missing.
_NOWHERE = "\uffff"


class Letter(NamedTuple):
    """A letter's picture, grey on black, and where it stands from the point on the base line where it begins."""

    picture: Image.Image
    left: int
    top: int


class Lettering:
    """One font file; sizes are in pixels."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._nothing = self._drawn(_NOWHERE)
        # Signs met, by whether the font has them: what it draws for all others is known.
        self._met = {" ": True}

    def sized(self, size: int) -> Sized:
        """The font in one size."""
        return _sized(self._file, size)

    def width(self, text: str, size: int) -> float:
        """How wide a text is."""
        return self.sized(size).width(text)

    def writable(self, text: str) -> str:
        """One line of it in letters that the font has, "" where too many are missing.

        A letter with an accent that is not there goes without; ligatures and wide forms are
        written out; controls, among them those that turn text around, and pictures go.
        """
        kept: list[str] = []
        letters = missing = 0
        for sign in normalize("NFC", text):
            written = self._written(sign)
            kept.append(written)
            if category(sign)[0] in "LN":
                letters += 1
                missing += not written
        if missing * _MISSING > letters:
            return ""
        return " ".join(filter(None, _EMPTY.sub("", "".join(kept)).split(" ")))

    def _written(self, sign: str) -> str:
        kind = category(sign)
        if sign in _GLUE:
            return sign if self.has(sign) else "\u00a0" if self.has("\u00a0") else " "
        if sign.isspace():
            return " "
        if kind[0] in "CM":
            return ""
        if self.has(sign):
            return sign
        apart = [one for one in normalize("NFKD", sign) if category(one)[0] not in "CM"]
        return "".join(apart) if all(one == " " or self.has(one) for one in apart) else ""

    def has(self, sign: str) -> bool:
        """Whether the font has it."""
        known = self._met.get(sign)
        if known is None:
            known = self._met[sign] = self._drawn(sign) != self._nothing
        return known

    def _drawn(self, sign: str) -> tuple[tuple[int, int], bytes]:
        picture, _left, _top = self.sized(48).letter(sign)
        return picture.size, picture.tobytes()

    # -- lines -----------------------------------------------------------------------------------

    def line(self, text: str, size: int, width: float) -> str:
        """The text on one line, cut at a word where it is too long."""
        return self._cut([text], size, width, 1)[0] if text else ""

    def lines(self, text: str, size: int, width: float) -> list[str]:
        """The text in lines of at most that width, about equally long. A word that is longer than one breaks."""
        words = self._words(text, size, width)
        return self._even(words, _filled(words, self.width(" ", size), width), size, width)

    def fitted(
        self, text: str, sizes: Sequence[int], width: float, height: float, leading: float
    ) -> tuple[int, list[str]]:
        """The largest of `sizes` in which the text has room with no word broken, and its lines. In the smallest it is
        cut, if it must be. `leading`: from line to line, in sizes."""
        longest = max(text.split(" "), key=lambda word: self.width(word, sizes[-1]))
        for size in sizes:
            if self.width(longest, size) > width and size != sizes[-1]:
                continue
            most = max(1, int(height / (size * leading)))
            words = self._words(text, size, width)
            lines = _filled(words, self.width(" ", size), width)
            if len(lines) <= most:
                break
        if len(lines) > most:
            return size, self._cut(lines, size, width, most)
        return size, self._even(words, lines, size, width)

    def _even(
        self, words: Sequence[tuple[str, float]], lines: list[str], size: int, width: float
    ) -> list[str]:
        """As many lines, as narrow as can be: the last is no single word."""
        space = self.width(" ", size)
        low, high = max((wide for _word, wide in words), default=0.0), width
        while len(lines) > 1 and high - low > size / 8:
            middle = (low + high) / 2
            narrower = _filled(words, space, middle)
            if len(narrower) > len(lines):
                low = middle
            else:
                lines, high = narrower, middle
        return lines

    def _words(self, text: str, size: int, width: float) -> list[tuple[str, float]]:
        """The words, and the parts of those that are longer than a line, each with its width."""
        found: list[tuple[str, float]] = []
        for word in filter(None, text.split(" ")):
            wide = self.width(word, size)
            parts = [word] if wide <= width else self._parts(word, size, width)
            found += [(part, self.width(part, size) if len(parts) > 1 else wide) for part in parts]
        return found

    def _parts(self, word: str, size: int, width: float) -> list[str]:
        """What of a long word has room on a line, line by line."""
        parts: list[str] = []
        while word:
            fits = bisect_right(
                range(1, len(word) + 1), width, key=lambda end: self.width(word[:end], size)
            )
            parts.append(word[: max(1, fits)])
            word = word[max(1, fits) :]
        return parts

    def _cut(self, lines: Sequence[str], size: int, width: float, most: int) -> list[str]:
        kept = list(lines[:most])
        last = kept[-1]
        if len(lines) == most and self.width(last, size) <= width:
            return kept
        while last and self.width(last + ELLIPSIS, size) > width:
            before, space, _word = last.rpartition(" ")
            last = (before if space else last[:-1]).rstrip(_LOOSE_END)
        kept[-1] = last.rstrip(_LOOSE_END) + ELLIPSIS
        return kept


def _filled(words: Sequence[tuple[str, float]], space: float, width: float) -> list[str]:
    """Each line as full as can be."""
    lines: list[str] = []
    room = -1.0
    for word, wide in words:
        if lines and wide + space <= room:
            lines[-1] += f" {word}"
            room -= wide + space
        else:
            lines.append(word)
            room = width - wide
    return lines


class Sized:
    """A font in one size, whatever else of text layout is installed on this machine. Letters are measured once."""

    def __init__(self, file: str, size: int) -> None:
        self._font = ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
        self._known = {"": 0.0}

    def width(self, text: str) -> float:
        """How wide a text is."""
        width, before = 0.0, ""
        for letter in text:
            # What two letters are kerned by is in the width of both.
            width += self._measured(before + letter) - self._measured(before)
            before = letter
        return width

    def places(self, text: str) -> Iterator[tuple[str, int]]:
        """Each letter, and where it begins, in pixels from where the text does."""
        at, before = 0.0, ""
        for letter in text:
            at += self._measured(before + letter) - self._measured(before)
            yield letter, round(at - self._measured(letter))
            before = letter

    def _measured(self, few: str) -> float:
        known = self._known.get(few)
        if known is None:
            known = self._known[few] = self._font.getlength(few)
        return known

    def letter(self, letter: str) -> Letter:
        """What one letter looks like."""
        mask, (left, top) = self._font.getmask2(letter, "L", anchor="ls")
        return Letter(Image.frombytes("L", mask.size, bytes(mask)), left, top)


@lru_cache(maxsize=64)
def _sized(file: str, size: int) -> Sized:
    return Sized(file, size)


@cache
def lettering(file: str) -> Lettering:
    """The font of a file, read once a process."""
    return Lettering(file)
