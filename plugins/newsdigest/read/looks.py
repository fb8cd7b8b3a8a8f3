"""Whether a file is a saved page or a mail, by its first bytes: loads nothing."""

from __future__ import annotations

import re

_LOOK = 4096
_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml.{0,200}?\?>\s*|<!--.{0,3000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body)[\s>]",
    re.DOTALL | re.IGNORECASE,
)
_MHTML = re.compile(
    rb"(?:[A-Za-z-]{2,40}:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related",
    re.IGNORECASE,
)
_SENT = re.compile(
    rb"^(?:received|message-id|return-path|delivered-to|to):", re.IGNORECASE | re.MULTILINE
)
_HEADER = re.compile(rb"[!-9;-~]{2,60}:")
_TELLING = frozenset(
    (
        b"from",
        b"subject",
        b"message-id",
        b"received",
        b"mime-version",
        b"return-path",
        b"delivered-to",
        b"to",
    )
)


def is_page(data: bytes) -> bool:
    """Whether bytes begin as a page does, or as the MHTML file of one."""
    start = data[:_LOOK]
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start[2:].replace(b"\x00", b"")
    if start.startswith(b"bplist00"):
        return b"WebMainResource" in data
    return _START.match(start) is not None or is_mhtml(data)


def is_mhtml(data: bytes) -> bool:
    """A page, no mail with pictures: nobody sent it."""
    if b":" not in data[:80]:
        return False
    head = data[:_LOOK].replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n"
    return _MHTML.match(head) is not None and not _SENT.search(head)


def is_mail(data: bytes) -> bool:
    """Whether a file begins with the headers of a mail."""
    if not _HEADER.match(data[:80]):
        return False
    head = data[: 4 * _LOOK].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    lines = [line for line in head.split(b"\n") if line[:1] not in b" \t"]
    names = {line.partition(b":")[0].lower() for line in lines}
    return len(names & _TELLING) >= 2 and all(_HEADER.match(line) for line in lines[:-1])
