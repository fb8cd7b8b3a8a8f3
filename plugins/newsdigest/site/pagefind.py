"""The search program, Pagefind: documents in, the files of an index out.

It is asked through its own service (`pagefind --service`: base64 JSON between commas), one document
after the other. Of a folder it takes files in the order in which the file system names them, which
differs from machine to machine and shows in its bytes (docs/decisions/0050-search.md).
"""

from __future__ import annotations

import os
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec

# What reads an index in a browser, besides the `wasm` of a language.
SCRIPT = "pagefind.js"
_WASM = "wasm.{lang}.pagefind"
# Its allocator (jemalloc) gives back what it does not need: a sixth less at the peak, and no other byte.
_THRIFTY = {"_RJEM_MALLOC_CONF": "narenas:1,dirty_decay_ms:0,muzzy_decay_ms:0"}


class Document(NamedTuple):
    """A page of the index: its address from the site's root, and what is to be found in it, as HTML."""

    url: str
    html: str


# The documents of an index, and their language: all are read as of one, whatever theirs.
Indexer = Callable[[Iterable[Document], str], Mapping[str, bytes]]


class SearchFailed(RuntimeError):
    """The program refused a document, or ended before it had answered."""


def program() -> Path | None:
    """Where the program is; None where it is not installed."""
    found = find_spec("pagefind_bin")
    folders = found.submodule_search_locations if found else None
    places = [
        Path(folder) / name for folder in folders or () for name in ("pagefind", "pagefind.exe")
    ]
    return next((place for place in places if place.is_file()), None)


def index(documents: Iterable[Document], lang: str) -> dict[str, bytes]:
    """The files of the index, by their names: equal documents in one order give equal bytes.

    Raises SearchFailed.
    """
    place = program()
    if place is None:
        raise SearchFailed("pagefind is not installed")
    with subprocess.Popen(
        [str(place), "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **_THRIFTY},
    ) as running:
        try:
            return _made(_Service(running), documents, lang)
        except BrokenPipeError:
            raise SearchFailed("pagefind ended early") from None
        finally:
            running.kill()


def _made(service: _Service, documents: Iterable[Document], lang: str) -> dict[str, bytes]:
    number = service.ask("NewIndex", config={"force_language": lang}).index_id
    for url, html in documents:
        service.ask("AddFile", index_id=number, url=url, file_contents=html)
    return {file.path: file.content for file in service.ask("GetFiles", index_id=number).files}


class _Made(msgspec.Struct):
    """A file of an index; its content comes as base64."""

    path: str
    content: bytes


class _Told(msgspec.Struct):
    """What the program answers: what is asked of it decides which of these it says."""

    type: str
    message: str | None = None
    index_id: int = 0
    files: tuple[_Made, ...] = ()


class _Answer(msgspec.Struct):
    payload: _Told


class _Service:
    """Asks the running program one thing at a time."""

    def __init__(self, running: subprocess.Popen[bytes]) -> None:
        assert running.stdin
        assert running.stdout
        self._asks: IO[bytes] = running.stdin
        self._answers: Any = running.stdout
        self._asked = 0

    def ask(self, what: str, **payload: object) -> _Told:
        self._asked += 1
        message = {"message_id": self._asked, "payload": {"type": what, **payload}}
        self._asks.write(b64encode(msgspec.json.encode(message)) + b",")
        self._asks.flush()
        answer = bytearray()
        while not answer.endswith(b","):
            more = self._answers.read1(1 << 20)
            if not more:
                raise SearchFailed("pagefind ended early")
            answer += more
        answer.pop()
        told = msgspec.json.decode(b64decode(answer), type=_Answer).payload
        if told.type == "Error":
            raise SearchFailed(told.message or "")
        return told


def of_program(files: Mapping[str, bytes], lang: str) -> dict[str, bytes]:
    """Of an index, what reads it in a browser, with the index itself; its other programs are left out."""
    wasm = _WASM.format(lang=lang)
    own = {SCRIPT, wasm if wasm in files else _WASM.format(lang="unknown")}
    return {name: files[name] for name in files if name in own} | of_index(files)


def of_index(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Of an index, what is not the program."""
    kept = (".pf_meta", ".pf_index", ".pf_fragment", "entry.json")
    return {name: files[name] for name in files if name.endswith(kept)}
