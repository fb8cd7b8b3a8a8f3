"""What the site shows of a picture: its widths, its formats, and what its files are called.

A file is named by what it is made of: the picture's own bytes, the width, and the code that makes it. So a
name never stands for other bytes, and browsers may keep the file for good.
"""

from __future__ import annotations

from functools import cache
from importlib import metadata
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from newsdigest.base.fingerprint import digest
from newsdigest.pictures.decode import Size, pixels_of

if TYPE_CHECKING:
    from PIL.Image import Image

# Change it with what is made: the files are then called otherwise.
MAKING = 1
WIDTHS = (480, 960, 1440)
# A width of its own only where it is so much more than the next.
_WORTH = 1.2
JPEG = "jpg"
_JPEG_QUALITY = 78
_AVIF_QUALITY, _WEBP_QUALITY = 50, 72
# Twice as quick as 7 for a twentieth more bytes (docs/decisions/0051-pictures.md).
_AVIF_SPEED = 8


class Part(NamedTuple):
    """One file of a picture."""

    width: int
    height: int
    suffix: str


def parts(size: Size) -> tuple[Part, ...]:
    """The files of a picture of this size, the better format first, each from narrow to wide: never
    wider than the picture is."""
    return tuple(
        Part(width, _height(size, width), suffix)
        for suffix in (better(), JPEG)
        for width in widths(size.width)
    )


def widths(width: int) -> tuple[int, ...]:
    """The widths in which a picture of this width is shown."""
    smaller = [one for one in WIDTHS if one <= width]
    if not smaller or (width < WIDTHS[-1] and width >= _WORTH * smaller[-1]):
        smaller.append(width)
    return tuple(smaller)


def make(data: bytes, size: Size) -> list[bytes]:
    """The bytes of each of its `parts`. For bytes of which `size_of` gave this size."""
    made: dict[tuple[int, str], bytes] = {}
    image = pixels_of(data, widths(size.width)[-1])
    for width in reversed(widths(size.width)):
        image = _of_width(image, width, _height(size, width))
        for suffix in (better(), JPEG):
            made[width, suffix] = _encoded(image, suffix)
    return [made[part.width, part.suffix] for part in parts(size)]


def name(sha: str) -> str:
    """What the files of a picture are called by, `sha` being the digest of its bytes."""
    return digest(f"{sha} {MAKING} {better()} {_pillow()}".encode())[:16]


@cache
def better() -> str:
    """The suffix of the format that is smaller than JPEG, as far as this Pillow knows how."""
    from PIL import features

    return "avif" if features.check("avif") else "webp"


@cache
def _pillow() -> str:
    return metadata.version("pillow")


def _height(size: Size, width: int) -> int:
    return max(1, round(size.height * width / size.width))


def _of_width(image: Image, width: int, height: int) -> Image:
    from PIL.Image import Resampling

    if image.size == (width, height):
        return image
    smaller = image.resize((width, height), Resampling.LANCZOS, reducing_gap=3.0)
    smaller.info = {}
    return smaller


def _encoded(image: Image, suffix: str) -> bytes:
    """In one thread: the number of cores would show in the bytes."""
    out = BytesIO()
    if suffix == "avif":
        options = {"quality": _AVIF_QUALITY, "speed": _AVIF_SPEED, "max_threads": 1}
        image.save(out, "AVIF", autotiling=False, **options)
    elif suffix == "webp":
        image.save(out, "WEBP", quality=_WEBP_QUALITY, method=4)
    else:
        image.save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=True)
    return out.getvalue()
