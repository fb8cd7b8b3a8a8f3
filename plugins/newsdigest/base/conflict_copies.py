"""Copies that sync tools and desktops make beside a file, told by their names. Pure.

A **conflict copy** carries the word and a date, a number or another word ("pont (Copie en conflit
de Nadia 2026-01-02)", "pont.sync-conflict-20260102-101010-ABCDEFG"): two people changed one file,
and the tool kept both. A **second copy** is only numbered, called a copy, or named after a machine
("pont (1)", "pont - Copie", "pont-DESKTOP-1A2B3C4"): it may be an article of its own.

Either is one only where its original stands beside it: these functions say how that would be
called, not that it is there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from unicodedata import normalize

_CONFLICT = (
    r"conflict|conflit|konfli[kc]t|konflik|конфл[иі]кт|motstrid|ristiriit|ütközés|çakış|xung đột"
    r"|collision|冲突|衝突|競合|충돌"
)
_COPY = r"cop(?:y|ie|ia)|cópia|kop(?:ie?|ia|io|ya)|копи[яи]|копія|bản sao|副本|コピー|사본"
_DATED = r"\d{4}[-._/]?\d\d[-._/]?\d\d|#\d+"

# What stands between brackets at the end of a name.
_OPENING = re.compile(r"[ _.]?[(\[]")
_NOTE_END = re.compile(r"[)\]](?: ?\(?\d{1,3}\)?)?$")
_OF_A_CONFLICT = re.compile(f"(?:{_CONFLICT})", re.IGNORECASE)
_SURELY = re.compile(
    rf"(?:{_COPY}|{_DATED})|(?:case|encoding|selective sync|whitespace) conflict"
    r"|^conflict(?:ed)?(?: \d+)?$",
    re.IGNORECASE,
)
# Conflict copies without brackets: Syncthing, ownCloud, Resilio, Synology Drive, a merge of git.
_UNBRACKETED = re.compile(
    r"(?:\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]+)?"
    r"|_conflict-\d{8}-\d{6}"
    r"|\.conflict(?: ?\(\d+\))?"
    r"|_[^_]+_[a-z]{3}-\d\d-\d{4,6}-\d{4}_(?:case|unicode)?conflict\d*"
    r"|_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+)$",
    re.IGNORECASE,
)
_NUMBER = r" ?\(\d{1,3}\)"
_SECOND_COPIES = (
    re.compile(rf"(?P<of>.+?){_NUMBER}"),
    re.compile(r"(?P<of>.+) (?:[2-9]|[1-9]\d)"),
    re.compile(
        rf"(?P<of>.+?)[ _-]+(?:{_COPY})(?: (?:{_CONFLICT}))?(?:{_NUMBER}|[ _-]?\d{{1,3}})?",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<of>.+?) ?\([^()]*(?:\b(?:{_COPY})\b|{_CONFLICT})[^()]*\)", re.IGNORECASE),
    re.compile(
        rf"(?:{_COPY})(?:{_NUMBER})? (?:de |d['’]|of |von |di |của )(?P<of>.+)", re.IGNORECASE
    ),
    # A machine: capitals as Windows gives them, or a Mac's.
    re.compile(r"(?P<of>.*[a-z].*?)-(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{3,14}"),
    re.compile(r"(?P<of>.+?)-[\w-]*(?:MacBook|iMac|Mac-mini)[\w-]*"),
)
# Most names hold nothing of all this: what a quick look sees. In small letters, a capital "ı" is "i".
_USUAL = re.compile(r"[-._a-z0-9]*")
_WORDS = re.compile(
    f"{_CONFLICT.replace('ı', '[ıi]')}|{_COPY}|mac|_backup_|_base_|_local_|_remote_"
)
_BRACKETS = (")", "]")
_DIGITS = "0123456789"
_CAPITALS = "-ABCDEFGHIJKLMNOPQRSTUVWXYZ" + _DIGITS


def looks_copied(stem: str) -> bool:
    """Whether the name may be a copy's at all: one quick look, in any form of its accents."""
    if _USUAL.fullmatch(stem):
        return _WORDS.search(stem) is not None
    small = (stem if stem.isascii() else normalize("NFC", stem)).lower()
    if _WORDS.search(small) or small.endswith(_BRACKETS) or small.rstrip(_DIGITS).endswith(" "):
        return True
    machine = stem[len(stem.rstrip(_CAPITALS)) :]
    return "-" in machine and machine.isupper()


def conflict_originals(stem: str) -> Iterator[str]:
    """The stems a conflict copy of this name may be of; NFC in, NFC out."""
    found = _UNBRACKETED.search(stem)
    if found and found.start():
        yield stem[: found.start()]
    end = _NOTE_END.search(stem)
    for opening in _OPENING.finditer(stem) if end else ():
        note = stem[opening.end() : end.start()]  # type: ignore[union-attr]
        if opening.start() and _OF_A_CONFLICT.search(note) and _SURELY.search(note):
            yield stem[: opening.start()]


def second_originals(stem: str) -> Iterator[str]:
    """The stems a second copy of this name may be of; NFC in, NFC out."""
    for pattern in _SECOND_COPIES:
        found = pattern.fullmatch(stem)
        if found:
            yield found["of"].rstrip(" -_")


def is_copy_of_one(article_id: str, others: Collection[str]) -> bool:
    """Whether an article is, by its id, a copy of one of the others; of its file or of a folder."""
    segments = article_id.split("/")
    for at, segment in enumerate(segments):
        if not looks_copied(segment):
            continue
        for original in (*conflict_originals(segment), *second_originals(segment)):
            if "/".join((*segments[:at], original, *segments[at + 1 :])) in others:
                return True
    return False
