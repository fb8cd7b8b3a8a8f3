"""Pictures for tests: drawn here, sound ones, odd ones, and ones made to do harm."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageDraw


def drawn(width: int = 64, height: int = 48, seed: int = 0, mode: str = "RGB") -> Image.Image:
    """A picture unlike any of another seed: red above left, blue below right."""
    image = Image.new("RGB", (width, height), (240, 240, 240))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=(220, 20, 20 + 17 * seed % 60))
    draw.rectangle((width // 2, height // 2, width, height), fill=(20, 20, 220))
    return image.convert(mode)


def saved(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def photo(width: int = 64, height: int = 48, seed: int = 0) -> bytes:
    """A small JPEG."""
    return saved(drawn(width, height, seed))


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few bytes that says it is this large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        told = kind + data
        return struct.pack(">I", len(data)) + told + struct.pack(">I", zlib.crc32(told))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def told(orientation: int = 6) -> bytes:
    """A JPEG that says where and by whom it was taken, how it was held, and more."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "SECRET-PHOTOGRAPHER"
    exif[0x9286] = "SECRET-COMMENT"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.0), 29: "SECRET-GPS"})
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRET-XMP</x:xmpmeta>"
    return saved(drawn(64, 48), exif=exif.tobytes(), xmp=xmp, comment=b"SECRET-JPEG")
