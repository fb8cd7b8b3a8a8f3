"""How messages of ANPA 1312 and IPTC 7901 begin; by this alone they are known for what they are."""

from __future__ import annotations

import re

SOH, STX, ETX, EOT = "\x01", "\x02", "\x03", "\x04"

# `^A` for a control, in text that went through an editor; AP's own `^` begins the lines of a head.
_WRITTEN_SOH = re.compile(
    r"^(?:\^[VWQRST])*\^A(?=[a-z]{1,5}\s?\d{3})", re.MULTILINE | re.IGNORECASE
)
_STX_WRITTEN = re.compile(r"^\^B", re.MULTILINE)
_ETX_WRITTEN = re.compile(r"^\^C(?=[A-Z]{2,4}-[A-Z]{2}-|[\s\d]|$)", re.MULTILINE)
_EOT_WRITTEN = re.compile(r"^\^D\s*$", re.MULTILINE)
_LOOK = 1024
ZCZC = re.compile(r"\s*ZCZC\b[^\n]*\n")
_SELECTOR = re.compile(r"\x16*\x01?\s?([a-z]{1,3})(\d{3,4})(?:\x1f([a-z0-9-]*))?", re.IGNORECASE)
SERVICE = re.compile(
    r"(?P<level>[a-z]) (?P<category>[a-z])[ \x13\x14]*(?P<format>[\x11\x12]?)\s*"
    r"(?P<slug>(?:(?:am|pm|bc|ap)-)?[^\n\x02]*?)\s+(?P<date>\d{1,2}-\d{1,2}(?:-\d{2,4})?)\s+(?P<words>\d{3,5})",
    re.IGNORECASE,
)
HEADER = re.compile(
    r"(?P<source>[a-z]{2,5})\s?(?P<number>\d{1,5}) (?P<priority>[1-9a-z]) (?P<category>[a-z]{1,4}|\d{1,3})"
    r"(?: +(?P<words>\d{1,5}))?(?: +(?P<rest>.*))?$",
    re.IGNORECASE,
)


def start_of(data: bytes) -> str:
    """The beginning of a file as text, enough to know it by."""
    return decoded_text(data[:_LOOK])


def decoded_text(data: bytes) -> str:
    """UTF-8, else Windows-1252; its line ends one kind, `^A` and kin the characters they stand for."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    text = (
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    )
    if STX not in text and _WRITTEN_SOH.match(text):
        text = _WRITTEN_SOH.sub(SOH, text)
        text = SOH.join(_STX_WRITTEN.sub(STX, one, count=1) for one in text.split(SOH))
        text = _EOT_WRITTEN.sub(EOT, _ETX_WRITTEN.sub(ETX, text))
    return text


def is_anpa(text: str) -> bool:
    """Whether a text's first lines are an ANPA header."""
    start = text[:400].lstrip("\x16\x01\x02\x00 \r\n")
    lines = start.split("\n")[:3]
    if "\x1f" in lines[0] and _SELECTOR.match(lines[0]):
        return True
    return any(SERVICE.match(line.strip("\x16\x01\x02 \r")) for line in lines)


def is_iptc7901(text: str) -> bool:
    """Whether a text begins as a message does."""
    if ZCZC.match(text):
        return True
    start = text[:200].lstrip("\x16\x00 \r\n")
    marked = start.startswith(SOH)
    first = start.lstrip(SOH + " ").split("\n")[0].split(STX)[0].rstrip("\r ")
    match = HEADER.match(first)
    if match:
        return marked or bool(match["words"])
    return marked and STX in text
