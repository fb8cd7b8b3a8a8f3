"""The proof that a file says nothing of what is under embargo (no headline, no id, no address), and
nothing of what was retracted: no seven words in a row that no standing article says itself.

Asked of every file before it is published (`render.py`), and once after a retraction of those that stand
already (`rendering.py`). The words come from `archive.embargoes` and `archive.retractions`. A file that holds not all words of a secret cannot say it:
one look at its words tells that of hundreds of them, and the few others are read letter by letter.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from html import unescape
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from newsdigest.base.arrays import np
from newsdigest.base.records import Secret, Trace
from newsdigest.relate.wording import BREAK, Rows, known_in, rows, rows_from
from newsdigest.text.headline_key import letters

# They say nothing, and are called by digests.
_PICTURES = (".avif", ".webp", ".jpg")
_PACKED = b"\x1f\x8b"
_SENTENCE = re.compile(r"[^\w\s,'-]\s")
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^<>]*>")
_QUOTED = re.compile(r'"([^"<>]*)"')
# What stands within a sentence; any other tag ends one.
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|cite|em|i|ins|del|mark|q|small|span|strong|sub|sup|time|u|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# What an attribute may hold of a text.
_SHORTEST_HELD = 25
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
# A headline of fewer words, or letters, stands in many a sentence and page by chance: it is one only
# where it is all that a tag or an attribute holds. Of two words or fewer, the address alone tells.
_WORDS_OF_A_SENTENCE, _LETTERS_OF_A_SENTENCE = 4, 20
_FEWEST_WORDS = 3
# So many letters before a headline tell that it stands there as a part of a longer one.
_BEFORE = 8
# An id of fewer letters, or of plain words, is one only in a feed's own way of naming it: "afp/reuters".
_LETTERS_OF_AN_ID = 12


class Leak(NamedTuple):
    """A file that says something of the article `id`, under embargo until then (UTC), or, where that
    is "", retracted."""

    path: str
    id: str
    until: str


class _Sought(NamedTuple):
    """`words`, folded like a file's, must all be in it; `key`: the headline's letters, "" for an
    address or an id, that stands in the file as `written`."""

    secret: Secret
    words: frozenset[str]
    key: str
    written: str
    is_sentence: bool


def _none(headline: str) -> Sequence[str]:
    del headline
    return ()


class LeakCheck:
    """What some secrets may be known by, and traces of what was retracted, sought in files.

    `containing` gives the published headlines that say a headline among other words: within one of
    these it gives nothing away, nor anywhere if one begins with it, for lists and titles cut headlines.
    """

    def __init__(
        self,
        secrets: Iterable[Secret],
        traces: Iterable[Trace] = (),
        containing: Callable[[str], Sequence[str]] = _none,
    ) -> None:
        self._containing = containing
        self._longer: dict[str, list[str]] = {}
        self._sought = [one for secret in secrets for one in _sought(secret)]
        self._rows = []
        for trace in traces:
            self._sought += [_headline(trace.id, one) for one in trace.headlines if _tells(one)]
            self._rows.append((trace.id, rows_from(trace.rows)))
        every = [rows for _id, rows in self._rows]
        self._every = np.unique(np.concatenate(every)) if every else np.empty(0, np.uint64)

    def leaks(self, path: str, data: bytes) -> list[Leak]:
        """What the file gives away, one for each article, by id."""
        if path.endswith(_PICTURES) or (not self._sought and not len(self._every)):
            return []
        text = f"{path}\n{_text_of(data)}"
        words = _words(text) if self._sought else frozenset()
        likely = [one for one in self._sought if one.words <= words]
        if not likely and not len(self._every):
            return []
        file = _File(text)
        found = {one.secret.id: one.secret.until for one in likely if self._is_said(one, file)}
        found |= dict.fromkeys(self._retracted(file), "")
        return [Leak(path, id_, until) for id_, until in sorted(found.items())]

    def _is_said(self, sought: _Sought, file: _File) -> bool:
        if not file.says(sought):
            return False
        if not sought.is_sentence:
            return True
        headline = sought.secret.headline
        if headline not in self._longer:
            self._longer[headline] = [_key(one) for one in self._containing(headline)]
        longer = self._longer[headline]
        if any(one.startswith(sought.key) for one in longer):
            return False
        return file.says_alone(sought.key, longer)

    def _retracted(self, file: _File) -> list[str]:
        """The retracted articles whose words the file says."""
        if not len(self._every):
            return []
        said = file.rows()
        if not known_in(said, self._every).any():
            return []
        return [id_ for id_, rows in self._rows if known_in(said, rows).any()]


def _text_of(data: bytes) -> str:
    """What a file says. A search index is packed, and joins an article's paragraphs: words are looked
    for within its sentences."""
    if data.startswith(_PACKED):
        with suppress(OSError, EOFError, zlib.error):
            return _SENTENCE.sub(r"\g<0><p>", gzip.decompress(data).decode("utf-8", "replace"))
    return data.decode("utf-8", "replace")


def _sought(secret: Secret) -> Iterator[_Sought]:
    if _tells(secret.headline):
        found = _headline(secret.id, secret.headline)
        told = len(_WORD.findall(secret.headline))
        sentence = told >= _WORDS_OF_A_SENTENCE and len(found.key) >= _LETTERS_OF_A_SENTENCE
        yield found._replace(secret=secret, is_sentence=sentence)
    if secret.address:
        yield _Sought(secret, _words(secret.address), "", secret.address, False)
    if secret.is_known:
        return
    # An id may be any word; feeds tell it behind their own name.
    written = secret.id if _tells_by_itself(secret.id) else f":{secret.id}"
    yield _Sought(
        secret, frozenset(w for w in _words(secret.id) if w.isascii()), "", written, False
    )


def _tells_by_itself(id_: str) -> bool:
    """Whether an id is nothing that a text says by chance."""
    folder, _slash, name = id_.rpartition("/")
    return bool(folder) and len(id_) >= _LETTERS_OF_AN_ID and not name.isalpha()


def _tells(headline: str) -> bool:
    """Whether a headline may be looked for: the address alone tells of those of fewer words."""
    return len(_WORD.findall(headline)) >= _FEWEST_WORDS


def _headline(id_: str, headline: str) -> _Sought:
    """A headline, where it is all that a tag or an attribute holds."""
    # What typography or an escape may cut or change is no word to look for.
    words = frozenset(word for word in _words(headline) if word.isascii() and len(word) > 3)
    key = _key(headline)
    return _Sought(Secret(id_, headline, "", ""), words, key, "", False)


def _key(headline: str) -> str:
    return letters(normalize("NFKC", headline))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


class _File:
    """A file's text, made out further as it is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._unescaped = unescape(_ESCAPED.sub(_char, text))
        self._plain = unescape(self._unescaped)
        self._letters = ""
        self._runs: frozenset[str] = frozenset()

    def says(self, sought: _Sought) -> bool:
        if sought.written:
            return self._holds(sought.written)
        if sought.is_sentence:
            self._letters = self._letters or _letters(_TAG.sub(" ", self._plain)) + "\n" + _letters(
                self._plain
            )
            return sought.key in self._letters
        if not self._runs:
            runs = (*_TAG.split(self._plain), *_QUOTED.findall(self._plain))
            self._runs = frozenset(_letters(run) for run in runs if len(run) < 200)
        return sought.key in self._runs

    def says_alone(self, key: str, longer: Sequence[str]) -> bool:
        """Whether a headline that it says stands anywhere but within one of the `longer` ones."""
        at = self._letters.find(key)
        while at >= 0:
            if not any(_is_within(self._letters, at, key, one) for one in longer):
                return True
            at = self._letters.find(key, at + 1)
        return False

    def rows(self) -> Rows:
        """The rows of words that the file says: in texts, whatever stands within a line of them, and
        in what attributes hold."""
        texts = _TAG.sub(BREAK, unescape(_INLINE.sub("", unescape(self._unescaped))))
        quoted = (held for held in _QUOTED.findall(self._unescaped) if len(held) > _SHORTEST_HELD)
        return rows(BREAK.join((texts, *quoted)))

    def _holds(self, written: str) -> bool:
        """Whether it stands there whole: no longer name goes on before or behind it."""
        whole = re.compile(rf"(?<![\w/.-]){re.escape(written.removeprefix(':'))}(?![\w/-])")
        if written.startswith(":"):
            whole = re.compile(rf"tag:[\w.-]+,[\d-]+{re.escape(written)}(?![\w/-])")
        elif written.endswith(".html") or written.endswith("/"):
            whole = re.compile(rf"(?<![\w.-]){re.escape(written)}")
        return any(whole.search(text) for text in (self._plain, unquote(self._plain)))


def _is_within(text: str, at: int, key: str, whole: str) -> bool:
    """Whether the key that begins there is part of the whole, which may be cut further on."""
    before, _key, behind = whole.partition(key)
    if not text.endswith(before[-_BEFORE:], 0, at):
        return False
    return len(before) >= _BEFORE or text.startswith(behind[:_BEFORE], at + len(key))


def _letters(text: str) -> str:
    return letters.__wrapped__(normalize("NFKC", text))


def _char(match: re.Match[str]) -> str:
    return chr(int(match[1] or match[2], 16))
