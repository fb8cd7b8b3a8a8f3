"""The proof that a file says nothing of what is under embargo: no headline, no id, no address.

Asked of every file before it is published. A file that holds not all words of a secret cannot say it:
one look at its words tells that of hundreds of them, and the few others are read letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from newsdigest.base.records import Secret
from newsdigest.text.headline_key import letters

_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^<>]*>")
_QUOTED = re.compile(r'"([^"<>]*)"')
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
# A headline of fewer words, or letters, stands in many a sentence and page by chance: it is one only
# where it is all that a tag or an attribute holds. Of two words or fewer, the address alone tells.
_WORDS_OF_A_SENTENCE, _LETTERS_OF_A_SENTENCE = 4, 20
_FEWEST_WORDS = 3


class Leak(NamedTuple):
    """A file that says something of the article `id`, under embargo until then (UTC)."""

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


class LeakCheck:
    """What some secrets may be known by, sought in files."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        self._sought = [one for secret in secrets for one in _sought(secret)]

    def leaks(self, path: str, data: bytes) -> list[Leak]:
        """What the file gives away, one for each article, by id."""
        if not self._sought:
            return []
        text = f"{path}\n{data.decode('utf-8', 'replace')}"
        words = _words(text)
        likely = [one for one in self._sought if one.words <= words]
        if not likely:
            return []
        file = _File(text)
        found = {one.secret.id: one.secret.until for one in likely if file.says(one)}
        return [Leak(path, id_, until) for id_, until in sorted(found.items())]


def _sought(secret: Secret) -> Iterator[_Sought]:
    told = len(_WORD.findall(secret.headline))
    if told >= _FEWEST_WORDS:
        key = letters(normalize("NFKC", secret.headline))
        sentence = told >= _WORDS_OF_A_SENTENCE and len(key) >= _LETTERS_OF_A_SENTENCE
        # What typography or an escape may cut or change is no word to look for.
        words = frozenset(
            word for word in _words(secret.headline) if word.isascii() and len(word) > 3
        )
        yield _Sought(secret, words, key, "", sentence)
    if secret.address:
        yield _Sought(secret, _words(secret.address), "", secret.address, False)
    # An id without a folder may be any word; feeds tell it behind their own name.
    written = secret.id if "/" in secret.id else f":{secret.id}"
    yield _Sought(
        secret, frozenset(w for w in _words(secret.id) if w.isascii()), "", written, False
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


class _File:
    """A file's text, made out further as it is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._plain = unescape(unescape(_ESCAPED.sub(_char, text)))
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

    def _holds(self, written: str) -> bool:
        """Whether it stands there whole: no longer name goes on before or behind it."""
        whole = re.compile(rf"(?<![\w/.-]){re.escape(written.removeprefix(':'))}(?![\w/-])")
        if written.startswith(":"):
            whole = re.compile(rf"tag:[\w.-]+,[\d-]+{re.escape(written)}(?![\w/-])")
        elif written.endswith(".html") or written.endswith("/"):
            whole = re.compile(rf"(?<![\w.-]){re.escape(written)}")
        return any(whole.search(text) for text in (self._plain, unquote(self._plain)))


def _letters(text: str) -> str:
    return letters.__wrapped__(normalize("NFKC", text))


def _char(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))
