"""Bytes to text: which files are text at all, in which encoding, and twice encoded or not.

The checks run in a fixed order and the first that fails decides, so one file has one fault.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from newsdigest.base.records import Rejection

_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"PK\x07\x08", "ZIP"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
)
# Tab, line and page breaks are text; everything else below space is not, nor is DEL.
_CONTROL_BYTES = bytes(b for b in (*range(0x20), 0x7F) if b not in b"\t\n\x0b\x0c\r")
_MOST_CONTROL = 20  # at most one byte in twenty

# What Windows-1252 prints for the bytes 80-9F, back to those bytes.
_CP1252_SIGNS = {
    ord(bytes([b]).decode("cp1252")): b
    for b in range(0x80, 0xA0)
    if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_SECOND_HALF = "\x80-\xbf" + "".join(re.escape(chr(sign)) for sign in _CP1252_SIGNS)
_MOJIBAKE = re.compile(f"[ÃÂ][{_SECOND_HALF}]|â€")
_MOJIBAKE_ENOUGH = 3

_KIND_AT_START = re.compile(
    r"(?P<HTML><!doctype html|<(?:html|head|body)[\s>])"
    r"|(?P<XML><\?xml|<!doctype)"
    r'|(?P<JSON>\{|\[\s*(?:["\[{\]]|-?[0-9.]+\s*,|(?:true|false|null)\s*[,\]]))',
    re.IGNORECASE,
)
_TAG_AT_START = re.compile(r"<[!/]?[a-z]", re.IGNORECASE)
SUFFIXES = {"HTML": ".html", "XML": ".xml", "JSON": ".json"}


class Decoded(NamedTuple):
    """`markup` tells a text that begins with a tag: if no date line is found, it is not ours."""

    text: str
    warnings: list[str]
    markup: bool = False


def decode(data: bytes, path: str) -> Decoded | Rejection:
    warnings: list[str] = []
    if not data.strip():
        return Rejection(path, "E_EMPTY", 1)
    codec = _UTF16_BOMS.get(data[:2])
    if codec:
        utf16 = _utf16(data, codec, path, warnings)
        if isinstance(utf16, Rejection):
            return utf16
        data = utf16
    elif data.startswith(_UTF8_BOM):
        data = data[3:]
    if not data.strip():
        return Rejection(path, "E_EMPTY", 1)
    binary = _binary_facts(data, codec)
    if binary is not None:
        return Rejection(path, "E_BINARY", 1, binary)
    text = _text(data, path, warnings)
    if isinstance(text, Rejection):
        return text
    start = text[:4096].lstrip("\ufeff\u200b \t\r\n\x0b\x0c\xa0")
    kind = _KIND_AT_START.match(start)
    if kind:
        return wrong_kind(path, str(kind.lastgroup))
    text = _mend_mojibake(text, warnings).removeprefix("\ufeff")
    return Decoded(text, warnings, _TAG_AT_START.match(start) is not None)


def wrong_kind(path: str, kind: str) -> Rejection:
    return Rejection(path, "E_WRONG_KIND", 1, {"kind": kind, "suffix": SUFFIXES[kind]})


def _utf16(data: bytes, codec: str, path: str, warnings: list[str]) -> bytes | Rejection:
    """The text as UTF-8 bytes, without its BOM; half a character at the end is dropped."""
    warnings.append("W_ENCODING")
    units = data[2:]
    while True:
        try:
            return units.decode(codec).removeprefix("\ufeff").encode()
        except UnicodeDecodeError as error:
            if error.start < len(units) - 3 or "end of data" not in _end_reason(error):
                return Rejection(path, "E_ENCODING", 1, {"offset": error.start + 2})
            units = units[: error.start]
            if "W_TRUNCATED" not in warnings:
                warnings.append("W_TRUNCATED")


def _end_reason(error: UnicodeDecodeError) -> str:
    return "end of data" if error.reason == "truncated data" else error.reason


def _binary_facts(data: bytes, codec: str | None) -> dict[str, str | int] | None:
    """Facts for E_BINARY, None for text. `codec` is the file's own, if `data` was converted."""
    start = data[:64].lstrip()
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return {"kind": kind}
    nul = data.find(0)
    if nul >= 0:
        return {"offset": 2 + len(data[:nul].decode().encode(codec)) if codec else nul}
    controls = len(data) - len(data.translate(None, _CONTROL_BYTES))
    if controls * _MOST_CONTROL > len(data):
        return {"percent": controls * 100 // len(data)}
    return None


def _text(data: bytes, path: str, warnings: list[str]) -> str | Rejection:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        bad = error.start
        if error.reason == "unexpected end of data" and bad >= len(data) - 3:
            warnings.append("W_TRUNCATED")
            return data[:bad].decode()
    if not data[:bad].isascii():  # good UTF-8 before the bad byte: two encodings in one file
        return _bad_byte(data, bad, path)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        return _bad_byte(data, error.start, path)
    warnings.append("W_ENCODING")
    return text


def _bad_byte(data: bytes, at: int, path: str) -> Rejection:
    before = data[:at]
    line = 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
    facts: dict[str, str | int] = {"byte": f"0x{data[at]:02X}", "offset": at, "line": line}
    return Rejection(path, "E_ENCODING", line, facts)


def _mend_mojibake(text: str, warnings: list[str]) -> str:
    """UTF-8 once read as Windows-1252 and saved again: undone if the whole file agrees."""
    if "Ã" not in text and "â€" not in text and "Â" not in text:
        return text
    if len(_MOJIBAKE.findall(text)) < _MOJIBAKE_ENOUGH:
        return text
    try:
        # The five bytes Windows-1252 leaves undefined were kept as U+0081 and so on.
        mended = text.translate(_CP1252_SIGNS).encode("latin-1").decode()
    except UnicodeError:
        warnings.append("W_MOJIBAKE_KEPT")
        return text
    warnings.append("W_MOJIBAKE")
    return mended
