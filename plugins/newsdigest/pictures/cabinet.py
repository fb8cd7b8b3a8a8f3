"""The files made of each picture, kept in the cache by what they are made of: none is made twice.

All files of a picture are one file here, behind the digest of its bytes: what a disk spoiled is made anew.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec

from newsdigest.base.errors import BuildError, _
from newsdigest.base.fingerprint import digest
from newsdigest.pictures.decode import Size
from newsdigest.pictures.making import make, name, parts

FOLDER = "pictures"


class Cabinet:
    """The pictures of the content folder as the site shows them."""

    def __init__(self, content: Path, cache: Path) -> None:
        self._content = content
        self._folder = cache / FOLDER

    def files(self, sha: str, path: str, size: Size) -> list[bytes]:
        """The bytes of the `parts` of a picture of this digest and size, that lies at `path`.

        BuildError where it has to be made and the picture is no longer what was read.
        """
        place = self._place(sha)
        kept = _kept(place)
        if kept is not None and len(kept) == len(parts(size)):
            return kept
        made = make(self._source(sha, path), size)
        _keep(place, made)
        return made

    def forget(self, sha: str) -> None:
        """What was made of a picture that no article has any more."""
        self._place(sha).unlink(missing_ok=True)

    def _place(self, sha: str) -> Path:
        called = name(sha)
        return self._folder / called[:2] / called

    def _source(self, sha: str, path: str) -> bytes:
        with suppress(OSError):
            # Never waits for whoever should write to a pipe put in the file's place.
            flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
            descriptor = os.open(os.fsencode(self._content / path), flags)
            with os.fdopen(descriptor, "rb") as file:
                if stat.S_ISREG(os.fstat(descriptor).st_mode):
                    data = file.read()
                    if sha256(data).hexdigest() == sha:
                        return data
        raise BuildError(
            _("the picture {file} is not the one that was read."),
            _(
                "The site is as it was. Build again; if its article cannot be read, mend that one's file first."
            ),
            file=path,
        )


def _kept(place: Path) -> list[bytes] | None:
    try:
        data = place.read_bytes()
    except OSError:
        return None
    told, packed = data[:32], data[32:]
    if told != digest(packed).encode():
        return None
    return msgspec.msgpack.decode(packed, type=list[bytes])


def _keep(place: Path, made: list[bytes]) -> None:
    packed = msgspec.msgpack.encode(made)
    place.parent.mkdir(parents=True, exist_ok=True)
    near = place.with_name(f"{place.name}.{os.getpid()}")
    near.write_bytes(digest(packed).encode() + packed)
    os.replace(near, place)
