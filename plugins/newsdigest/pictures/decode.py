"""Whether bytes are a picture that can be shown, how large it is, and its pixels.

What a file is, its bytes say, not its name. Of what it carries besides its pixels (where and by whom it was
taken, comments, thumbnails, colour profiles) nothing goes on: the pixels are copied into a new image,
turned upright, in sRGB, on white. Only the first frame of an animation counts.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

# What Pillow calls the formats that are taken; no other decoder is ever asked.
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF")
# A side shorter than this is a button, or a mark that counts readers.
SHORTEST_SIDE = 32
# A picture so much longer than wide, or the other way round, is no photograph.
SLIMMEST = 8
# A progressive JPEG has some ten scans; one of thousands is made to keep a decoder busy.
_MOST_SCANS = 100
_ORIENTATION = 0x0112
_ROWS = 256
_WHITE = (255, 255, 255)
_SIGNS = {
    b"%PDF": "PDF",
    b"BM": "BMP",
    b"8BPS": "Photoshop",
    b"\x00\x00\x01\x00": "ICO",
}
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


class Size(NamedTuple):
    """In pixels, as the picture is looked at: upright."""

    width: int
    height: int


class Fault(NamedTuple):
    """Why it cannot be shown: the code of its message, and the facts that this names."""

    code: str
    facts: dict[str, str | int]


def size_of(data: bytes, most_pixels: int) -> Size | Fault:
    """How large the picture is; every byte of it was decoded, at little cost."""
    if not data:
        return Fault("E_PICTURE", {"empty": 1})
    with _opened(data, most_pixels) as found:
        if isinstance(found, Fault):
            return found
        width, height = found.size
        try:
            found.draft("RGB", (1, 1))
            found.load()
        except Exception:  # a decoder may raise anything on what was made to break it
            return Fault("E_PICTURE", {"broken": 1})
        if found.format == "TIFF":  # turned by its own decoder
            return Size(*found.size)
        return Size(height, width) if _orientation(found) > 4 else Size(width, height)


def pixels_of(data: bytes, width: int) -> Image:
    """The picture in RGB, no wider than this. For bytes of which `size_of` gave a size."""
    with _opened(data, 0) as found:
        assert not isinstance(found, Fault)
        # A JPEG is decoded at the smallest of its scales that is large enough.
        found.draft("RGB", _at_least(found.size, width))
        found.load()
        orientation = 1 if found.format == "TIFF" else _orientation(found)
        small = _turned(_on_white(_narrowed(_plain(found), width, orientation > 4)), orientation)
        small = _in_srgb(small, found.info.get("icc_profile"))
    small.info = {}
    return small


@contextmanager
def _opened(data: bytes, most_pixels: int) -> Iterator[Any]:
    """The image, not decoded yet, or why it is none; `most_pixels` 0: whatever its size."""
    from PIL import Image

    # What of a file may be decoded is decided here, of all formats alike.
    Image.MAX_IMAGE_PIXELS = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(BytesIO(data), formats=FORMATS)
        except Exception:
            yield Fault("E_PICTURE", _kind(data))
            return
        with image:
            yield _size_refused(image.size, most_pixels) or _scans_refused(data) or image


def _size_refused(size: tuple[int, int], most_pixels: int) -> Fault | None:
    width, height = size
    facts: dict[str, str | int] = {"width": width, "height": height}
    if most_pixels and width * height > most_pixels:
        return Fault("E_PICTURE_SIZE", {**facts, "most": most_pixels // 1_000_000})
    if min(size) < SHORTEST_SIDE:
        return Fault("E_PICTURE_SIZE", {**facts, "least": SHORTEST_SIDE})
    if max(size) > SLIMMEST * min(size):
        return Fault("E_PICTURE_SIZE", {**facts, "slim": SLIMMEST})
    return None


def _scans_refused(data: bytes) -> Fault | None:
    jpeg = data.startswith(b"\xff\xd8")
    return (
        Fault("E_PICTURE", {"broken": 1})
        if jpeg and data.count(b"\xff\xda") > _MOST_SCANS
        else None
    )


def _kind(data: bytes) -> dict[str, str | int]:
    """What bytes are that no decoder of ours takes, as far as they tell."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<svg") or (start.startswith(b"<?xml") and b"<svg" in data[:4096]):
        return {"kind": "SVG"}
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return {"kind": "HEIC"}
    for sign, kind in _SIGNS.items():
        if data.startswith(sign):
            return {"kind": kind}
    return {}


def _orientation(image: Any) -> int:
    """How the camera was held, from 1 (upright) to 8; 1 where nobody can tell."""
    try:
        held = int(image.getexif().get(_ORIENTATION, 1))
    except Exception:
        return 1
    return held if 1 <= held <= 8 else 1


def _turned(image: Image, orientation: int) -> Image:
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[orientation]) if orientation in turns else image


def _at_least(size: tuple[int, int], width: int) -> tuple[int, int]:
    """A size in which neither side is narrower than a picture of this width needs, however it is turned."""
    needed = min(1.0, width / min(size))
    return round(size[0] * needed), round(size[1] * needed)


def _plain(image: Image) -> Image:
    """Eight bits a channel and no palette: L, RGB, CMYK, or RGBa for what is transparent in places."""
    if image.mode in ("RGB", "L", "CMYK") and "transparency" not in image.info:
        return image
    if image.mode.startswith("I") or image.mode == "F":
        return _eight_bits(image)
    if image.mode in ("P", "PA", "LA", "La", "RGBA", "RGBa") or "transparency" in image.info:
        # Made narrower with their share of each pixel, colours that nobody sees leave no rim.
        seen = image if image.mode in ("RGBA", "RGBa") else image.convert("RGBA")
        return seen if seen.mode == "RGBa" else seen.convert("RGBa")
    return image.convert("L" if image.mode == "1" else "RGB")


def _narrowed(image: Image, width: int, on_its_side: bool) -> Image:
    """No wider than this once it stands upright."""
    from PIL.Image import Resampling

    across = image.height if on_its_side else image.width
    if across <= width:
        return image
    sides = (max(1, round(side * width / across)) for side in image.size)
    return image.resize((next(sides), next(sides)), Resampling.LANCZOS, reducing_gap=3.0)


def _on_white(image: Image) -> Image:
    from PIL import Image

    if image.mode != "RGBa":
        return image
    over = image.convert("RGBA")
    under = Image.new("RGBA", over.size, (*_WHITE, 255))
    return Image.alpha_composite(under, over).convert("RGB")


def _eight_bits(image: Image) -> Image:
    """A grey image of more bits, or of numbers of any size, as the largest of its kind is white; a strip of
    rows at a time."""
    import numpy as np
    from PIL import Image

    pixels = np.asarray(image)
    top = 65535.0
    if not image.mode.startswith("I;16"):
        most = float(np.nan_to_num(pixels).max())
        top = next((white for white in (1.0, 255.0, 65535.0) if most <= white), most)
        top = 255.0 if image.mode == "I" and top == 1.0 else top
    grey = np.empty(pixels.shape, np.uint8)
    for row in range(0, len(grey), _ROWS):
        strip = np.nan_to_num(pixels[row : row + _ROWS].astype(np.float32)) * (255.0 / top)
        grey[row : row + _ROWS] = np.clip(strip, 0, 255).round()
    return Image.fromarray(grey)


def _in_srgb(image: Image, profile: object) -> Image:
    """The image in the colours of every screen; a profile that cannot be read is none."""
    if isinstance(profile, bytes) and profile:
        from PIL import ImageCms

        try:
            mine = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, mine, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except Exception:  # made for another kind of pixels, or broken
            converted = None
        if converted is not None:
            return converted
    return image if image.mode == "RGB" else image.convert("RGB")
