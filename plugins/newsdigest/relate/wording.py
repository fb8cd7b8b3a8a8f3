"""The wording of a text, as what cannot be read back: which seven words in a row it holds, hashed.

A text that was retracted is looked for in others by it, long after nobody keeps the text itself.
Words are compared without case, accents, typography and punctuation; a row of words never goes on
from one piece of text (a paragraph, an item, a cell) into the next.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from typing import Any
from unicodedata import normalize
from zlib import crc32

from newsdigest.base.arrays import Flags, Hashes, np
from newsdigest.base.records import Article, block_texts

# Fewer words in a row are the language's, and stand in many a text by chance.
IN_A_ROW = 7
# Between two pieces of text, in what `rows` is given.
BREAK = "\x1f"

# Of 40 bits: of a million rows of words and a thousand retracted ones, one pair in a thousand
# archives is equal by chance. Shorter than the words they stand for, they cannot be read back.
_BYTES = 5
_SHIFT = 64 - 8 * _BYTES

_SIGNS = re.compile(r"[^\w\x00-\x7f]+")
_MARKS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+")
_FOREIGN_RUN = re.compile(r"[^\x00-\x7f]{100}")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
)
_LETTERS = (("œ", "oe"), ("æ", "ae"), ("đ", "d"))

Rows = Hashes
"""Hashes of rows of words."""

_WEIGHTS = (
    0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93,
     0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3,
)  # fmt: skip


def rows(text: str) -> Rows:
    """The rows of words of a text, in its order; `BREAK` ends a piece of it."""
    words = _words(text)
    if len(words) < IN_A_ROW:
        return np.empty(0, np.uint64)
    hashed = np.fromiter(map(crc32, words), np.uint64, len(words))
    ends = np.cumsum(hashed == np.uint64(_BREAK_HASH))
    count = len(words) - IN_A_ROW + 1
    found = np.zeros(count, np.uint64)
    for at, weight in enumerate(np.array(_WEIGHTS, np.uint64)):
        found += (hashed[at : at + count] + np.uint64(1)) * weight
    broken = ends[IN_A_ROW - 1 :] - ends[:count] + (hashed[:count] == np.uint64(_BREAK_HASH))
    return _mixed(found[broken == 0]) >> np.uint64(_SHIFT)


def rows_of(article: Article, headline: bool = True) -> Rows:
    """Those of an article: of its headline, unless that is no part of it, and its text."""
    texts = [article.headline] if headline else []
    texts += block_texts(article.blocks)
    return rows(BREAK.join(texts).replace("\n", BREAK))


def known_in(found: Rows, known: Rows) -> Flags:
    """Which of `found` are among the `known`, which rise."""
    if not len(known):
        return np.zeros(len(found), np.bool_)
    at = np.searchsorted(known, found)
    at[at == len(known)] = 0
    same: Flags = known[at] == found
    return same


def share_of_copy(found: Rows, known: Rows) -> float:
    """The share of a text that it has from a known one of which it is a copy; 0.0 if it is none.

    Nearly all of it from there: a copy, cut. Half of it, and half of the other: a copy, edited.
    """
    if not len(found) or not len(known):
        return 0.0
    found = np.unique(found)
    shared = known_in(found, known)
    share = float(shared.mean())
    edited = share >= _EDITED and int(shared.sum()) >= _EDITED * len(known)
    return share if share >= _CUT or edited else 0.0


_CUT, _EDITED = 0.8, 0.5


def words_in_a_row(shared: Flags) -> int:
    """How many words the longest passage has, of a text whose rows are shared or not; 0 for none."""
    if not shared.any():
        return 0
    changes = np.flatnonzero(np.diff(np.concatenate(([False], shared, [False])).astype(np.int8)))
    return int((changes[1::2] - changes[::2]).max()) + IN_A_ROW - 1


def pack_rows(found: Rows) -> str:
    """The rows as a line of the ledger keeps them: each once, by size."""
    return b64encode(_as_bytes(np.unique(found))).decode()


def unpack_rows(packed: str) -> Rows:
    """The same, read again, by size. Raises ValueError for what is none."""
    return rows_from(b64decode(packed, validate=True))


def _as_bytes(found: Rows) -> bytes:
    told: Any = found.astype(">u8").view(np.uint8).reshape(-1, 8)
    return bytes(told[:, 8 - _BYTES :].tobytes())


def rows_from(data: bytes) -> Rows:
    """Rows as bytes, five each."""
    if len(data) % _BYTES:
        raise ValueError("rows of words are five bytes each")
    whole = np.zeros((len(data) // _BYTES, 8), np.uint8)
    whole[:, 8 - _BYTES :] = np.frombuffer(data, np.uint8).reshape(-1, _BYTES)
    return whole.reshape(-1).view(">u8").astype(np.uint64)


def bytes_of(found: Rows) -> bytes:
    """Rows as bytes, each once, by size."""
    return _as_bytes(np.unique(found))


_BREAK = BREAK.encode()
_SPACED = bytes(
    c if c > 0x7F or chr(c).isalnum() or chr(c) == BREAK else ord(" ") for c in range(256)
)
_BREAK_HASH = crc32(_BREAK)


def _words(text: str) -> list[bytes]:
    # Sorting n marks on one letter takes n² steps: endless runs are cut.
    plain = normalize("NFKD", _FOREIGN_RUN.sub(r"\g<0> ", text)).casefold()
    plain = _MARKS.sub("", plain)
    for letter, letters in _LETTERS:
        plain = plain.replace(letter, letters)
    if _UNSPACED.search(plain):
        plain = _UNSPACED.sub(r" \g<0> ", plain)
    # The signs of ASCII apart, all that is no letter and no digit is a space by now.
    said = _SIGNS.sub(" ", plain).encode("utf-8", "surrogatepass")
    return said.translate(_SPACED).replace(_BREAK, b" " + _BREAK + b" ").split()


def _mixed(found: Rows) -> Rows:
    """Every bit depends on every other: what is left of a sum tells nothing of its terms."""
    found ^= found >> np.uint64(30)
    found *= np.uint64(0xBF58476D1CE4E5B9)
    found ^= found >> np.uint64(27)
    found *= np.uint64(0x94D049BB133111EB)
    found ^= found >> np.uint64(31)
    return found
