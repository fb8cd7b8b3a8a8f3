"""How browsers save a page: its encoding, its address, the parts of an MHTML file."""

from __future__ import annotations

import logging
import re
from codecs import lookup
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from typing import NamedTuple

from newsdigest.read.looks import is_mhtml

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})", re.IGNORECASE)
_LOOK = 4096
_SAVED_FROM = re.compile(r"saved from url=\(\d{2,4}\)(\S{1,2000})|\burl: ?(https?://\S{1,2000})")
_HEAVY = 200_000
_PROGRAM = re.compile(
    r"<(script|style|svg)(?![^<>]{0,300}ld\+json)\b[^<>]{0,2000}>.*?</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
_PICTURE = re.compile(r"data:[a-z]+/[\w.+-]+;base64,[A-Za-z0-9+/=\s]{100,}", re.IGNORECASE)
_FEW = 0.2  # of a page in Latin letters fewer bytes are beyond ASCII
_MOST_BAD = 1000  # at most one character in so many is not what its page says it is


class Saved(NamedTuple):
    """A page's text, the address it was saved from ("" if unknown), what was mended."""

    text: str
    address: str = ""
    warnings: tuple[str, ...] = ()


def saved_page(data: bytes) -> Saved | None:
    """The page as text; None for an MHTML file without one."""
    if is_mhtml(data):
        return _of_mhtml(data)
    if data.startswith(b"bplist00"):
        return _of_webarchive(data)
    text, warnings = decoded(data)
    noted = _SAVED_FROM.search(text[:_LOOK])
    address = (noted[1] or noted[2]) if noted else ""
    return Saved(text, address if address.startswith("http") else "", warnings)


def without_payload(text: str) -> str:
    """A page without its programs, styles and the pictures written into it."""
    if len(text) < _HEAVY:
        return text
    return _PICTURE.sub("data:", _PROGRAM.sub(" ", text))


def _of_webarchive(data: bytes) -> Saved | None:
    """Safari's own: a property list, the page its main resource."""
    import plistlib

    try:
        main = plistlib.loads(data)["WebMainResource"]
        body, charset, address = (
            main.get(f"WebResource{key}") for key in ("Data", "TextEncodingName", "URL")
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None
    if not isinstance(body, bytes):
        return None
    text, warnings = decoded(body, charset if isinstance(charset, str) else "")
    return Saved(text, address if isinstance(address, str) else "", warnings)


def decoded(data: bytes, charset: str = "") -> tuple[str, tuple[str, ...]]:
    """HTML as text. `charset`: what its envelope says. UTF-8 is believed before any declaration of
    one byte a character, for these are often wrong; a stray byte costs itself, not all accents."""
    declared = _DECLARED.search(data[:_LOOK])
    named = charset or (declared[1].decode() if declared else "")
    if not named.lower().startswith(("iso-2022", "hz", "utf-16", "utf-7")):
        try:
            return data.decode("utf-8-sig"), ()
        except UnicodeDecodeError:
            pass
        text = data.decode("utf-8-sig", "replace")
        beyond = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
        bad = text.count("\ufffd")
        if bad <= max(2, len(text) // _MOST_BAD) and bad * 8 < beyond:
            return text.replace("\ufffd", ""), ("W_ENCODING",)
        if b"\x00" not in data[:_LOOK] and beyond < _FEW * len(data) and not _is_codec(named):
            return data.decode("cp1252", "replace").replace("\ufffd", ""), ("W_ENCODING",)
    from bs4.dammit import UnicodeDammit

    logging.getLogger("bs4.dammit").setLevel(logging.CRITICAL)
    found = UnicodeDammit(data, [charset] if charset else [], is_html=True)
    return found.unicode_markup or data.decode("cp1252", "replace"), ("W_ENCODING",)


def _is_codec(name: str) -> bool:
    """Whether a declaration names an encoding of one byte a character, or of an alphabet of its own."""
    try:
        return lookup(name).name not in ("utf-8", "ascii")
    except (LookupError, ValueError):
        return False


def body_of(part: Message) -> bytes:
    """A part's bytes as they were before they were sent; b"" where that cannot be told."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return payload if isinstance(payload, bytes) else b""


def _of_mhtml(data: bytes) -> Saved | None:
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
    except (MessageError, RecursionError, ValueError):
        return None
    address = str(message.get("Snapshot-Content-Location") or "").strip()
    for part in sorted(parts, key=lambda one: str(one.get("Content-Location")) != address):
        text, warnings = decoded(body_of(part), str(part.get_param("charset") or ""))
        if text.strip():
            return Saved(text, address or str(part.get("Content-Location") or ""), warnings)
    return None
