"""The files made of each picture, kept in the cache by what they are made of: none is made twice.

They are made when the picture is read with its article, so that what a page shows is there whatever becomes of
the editors' file before it is rendered; and once more from that file, should the cache have been lost. All files of a picture are one file here, behind the digest of its bytes: what a disk spoiled is made anew.
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
    """The pictures of the content folder as the site shows them; those that `other`, another build's cache,
    has are taken from there."""

    def __init__(self, content: str, cache: str, other: str = "") -> None:
        self._content = Path(content)
        self._folder = Path(cache) / FOLDER
        self._others = [Path(other) / FOLDER] if other else []

    def files(self, sha: str, path: str, size: Size) -> list[bytes]:
        """The bytes of the `parts` of a picture of this digest and size, that lies at `path`.

        BuildError where it has to be made and the picture is no longer what was read.
        """
        kept = self._known(sha, size)
        return self._make(sha, self._source(sha, path), size) if kept is None else kept

    def keep(self, sha: str, data: bytes, size: Size) -> None:
        """Make them of a picture's own bytes, unless they are known."""
        if self._known(sha, size) is None:
            self._make(sha, data, size)

    def _known(self, sha: str, size: Size) -> list[bytes] | None:
        for folder in (self._folder, *self._others):
            kept = _kept(_place(folder, sha))
            if kept is not None and len(kept) == len(parts(size)):
                return kept
        return None

    def _make(self, sha: str, data: bytes, size: Size) -> list[bytes]:
        made = make(data, size)
        _keep(_place(self._folder, sha), made)
        return made

    def forget(self, sha: str) -> None:
        """What was made of a picture that no article has any more."""
        _place(self._folder, sha).unlink(missing_ok=True)

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


def _place(folder: Path, sha: str) -> Path:
    called = name(sha)
    return folder / called[:2] / called


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
