"""French spacing and quotation marks, put on plain text when it is rendered.

The parser leaves one plain space everywhere; here the spaces of the Imprimerie nationale return:
U+202F before `;` `!` `?`; U+00A0 before `:` and `»`, after `«`, between the groups of a number,
before `%`, `€`, `°C` and the like, in « 22 janvier », « 1er mai », « M. Ouchakov », « 14 h 30 ».
Spaces that copy lacks ("5%", "Quoi?") are put in by `spacing`, where it surely is prose. Addresses
(web, mail) and code-like words are not touched.

Only French changes much; English gets its apostrophes, and `km2` is km² in every language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from newsdigest.text import spacing

NBSP, NNBSP = spacing.NBSP, spacing.NNBSP

Edit = tuple[int, int, str]
"""(start, end, replacement), counted in the code points of the text before any edit."""

_SPACES = f" {NBSP}{NNBSP}"


# What shows an article stands together (`rendering.py`): its page, its entry in feeds, its formats.
@lru_cache(maxsize=512)
def typeset(text: str, lang: str) -> str:
    """The text as it is printed; typeset text comes back unchanged."""
    changes = edits(text, lang)
    return cut_edited(text, changes, (0, len(text)))[0] if changes else text


@lru_cache(maxsize=512)
def edits(text: str, lang: str) -> tuple[Edit, ...]:
    """What `typeset` changes: disjoint edits in text order, each at most three characters long.

    Offsets are those of `text` as given, so that mentions found in it can be carried along.
    """
    language = lang[:2].lower()
    if language == "fr":
        found = _french(text)
    elif language == "en":
        found = {m.start(): "’" for m in _APOSTROPHE.finditer(text)}
        _leave_code(text, found)
    else:
        found = {}
    found.update(spacing.squares(text))
    found.update(spacing.inside_brackets(text))
    changes: list[Edit] = []
    for at in sorted(found):
        new = found[at]
        if text[at] != new:
            changes.append((at, at + (3 if new == "…" else 1), new))
    return tuple(changes)


def cut_edited(text: str, changes: Sequence[Edit], cuts: Sequence[int]) -> list[str]:
    """The edited text between each two of `cuts` (in text order), in one walk over the edits.

    An edit that crosses a cut is left out.
    """
    pieces: list[str] = []
    position = cuts[0]
    coming, count = 0, len(changes)
    for cut in cuts[1:]:
        parts: list[str] = []
        while coming < count:
            first, last, replacement = changes[coming]
            if last > cut:
                break
            if first >= position:
                parts.append(text[position:first])
                parts.append(replacement)
                position = last
            coming += 1
        parts.append(text[position:cut])
        pieces.append("".join(parts))
        position = cut
    return pieces


def _french(text: str) -> dict[int, str]:
    """New text by position, in place of one character (of three where it is `…`)."""
    found = spacing.missing(text)
    # Few texts hold these signs, and `in` says so ten times faster than a pattern.
    if ":" in text:
        for m in _COLON.finditer(text):
            found[m.start() - 1] = NBSP
    if "»" in text:
        for m in _CLOSING_GUILLEMET.finditer(text):
            found[m.start() - 1] = NBSP
    if ";" in text or "!" in text or "?" in text:
        for m in _HIGH_SIGNS.finditer(text):
            found[m.start() - 1] = NNBSP
    if "..." in text:
        for m in _ELLIPSIS.finditer(text):
            found[m.start()] = "…"
    numbers = code = False
    for m in _SITE.finditer(text):
        kind = m.lastgroup
        following = m.end()
        if kind == "apostrophe":
            found[following - 1] = "’"
        elif kind == "title":
            if text[following].isupper():
                found[following - 1] = NBSP
        elif kind == "code":
            code = True
        elif kind == "digit" and text[following].isdigit():
            numbers = True
        else:
            found[following - 1] = NBSP
            if kind == "digit" and text[following] == "h" and _MINUTES.match(text, following + 1):
                found[following + 1] = NBSP
    if numbers:
        for m in _NUMBER.finditer(text):
            for at in range(m.start(), m.end()):
                if text[at] in _SPACES:
                    found[at] = NBSP
    if code:
        _leave_code(text, found)
    if '"' in text:
        # Last, so that the space inside a quotation wins over the one before its first sign.
        found.update(_quotations(text))
    return found


# Every pattern begins with a character as rare as can be, not with an assertion or a choice, so that
# the search can jump; what stands before it is looked at only once it is found.
_S = f"[{_SPACES}]"
_COLON = re.compile(rf":(?<={_S}:)(?=[\s»”\"«“]|$)")
_CLOSING_GUILLEMET = re.compile(f"»(?<={_S}»)")
_HIGH_SIGNS = re.compile(rf"[;!?](?<={_S}[;!?])[;!?]*(?=[\s»”\"'’)\]…,.]|$)")
_ELLIPSIS = re.compile(r"\.\.\.(?<!\....)(?!\.)")
_MINUTES = re.compile(rf"{_S}[0-9]{{2}}\b")
_NUMBER = re.compile(rf"[0-9](?<![\w.,][0-9])[0-9]{{0,2}}(?:{_S}[0-9]{{3}})+(?!\w)")
_BEFORE_APOSTROPHE, _AFTER_APOSTROPHE = r"(?<=[^\W\d_]')", r"(?=[^\W_]|[«“\"])"
_APOSTROPHE = re.compile(f"'{_BEFORE_APOSTROPHE}{_AFTER_APOSTROPHE}")
_CODE_SIGN = r"(?:(?<=/)/|(?<=:):|(?<==)=|(?<=w)ww\.|(?<=[@`\\<>{}]))"
_CODE = re.compile(rf"[/:=w@`\\<>{{}}]{_CODE_SIGN}")
# All that nearly every text holds, in one pattern: most of the time goes into the search for a first
# character. Where it has no name, it ends in the space that must not break.
_SITE = re.compile(
    rf"""
    [0-9MDP'«°/:=w@`\\<>{{}}]
    (?:
        (?<=[0-9])(?:
            (?P<digit>{_S})(?=
                [%‰€£$°]
                | (?i:{spacing.MONTHS}|h|min|k?m[23²³]|km|kg|millions?|milliards?)\b
                | [0-9]{{3}}  # perhaps the same number
            )
            | (?<=1)(?<!\w1)er{_S}(?=\w)
        )
        | (?<![0-9])(?:  # so that a digit gives up at once
            (?P<apostrophe>{_BEFORE_APOSTROPHE}{_AFTER_APOSTROPHE})
            | (?P<title>(?<!\w[MDP])(?:(?<=M)(?:M?\.|mes?|lles?|gr|e)|(?<=[DP])r)){_S}(?=\w)
            | (?<=«){_S}
            | (?<=\b[nN]°){_S}(?=[0-9])
            | (?P<code>{_CODE_SIGN})
        )
    )
    """,
    re.VERBOSE,
)


def _quotations(text: str) -> dict[int, str]:
    """Straight quotes that pair become « » (inside another quotation, “ ”); the others stay."""
    found: dict[int, str] = {}
    if '""' in text:
        return found
    opens = _pairs(text)
    if "«" in text or "»" in text:
        opens |= {m.start(): m.group() == "«" for m in _GUILLEMET.finditer(text)}
    depth = 0
    for at in sorted(opens):
        if not opens[at]:
            depth = max(0, depth - 1)
        if text[at] == '"':
            if depth:
                found[at] = "“" if opens[at] else "”"
            elif opens[at]:
                spaced = text[at + 1] in _SPACES
                found[at] = "«" if spaced else "«" + NBSP
                if spaced:
                    found[at + 1] = NBSP
            else:
                spaced = text[at - 1] in _SPACES
                found[at] = "»" if spaced else NBSP + "»"
                if spaced:
                    found[at - 1] = NBSP
        if opens[at]:
            depth += 1
    return found


_QUOTE = re.compile('"')
_NOT_SPACE = re.compile(r"\S")
_GUILLEMET = re.compile("[«»]")
_OPENS_AFTER = frozenset("([{«“'’-–—")
_CLOSES_BEFORE = frozenset(".,;:!?…)]}»”'’-–—/")


def _pairs(text: str) -> dict[int, bool]:
    """Straight quotes matched as brackets are: by position, whether it opens; the others left out."""
    opens: dict[int, bool] = {}
    waiting: list[int] = []
    for m in _QUOTE.finditer(text):
        at = m.start()
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        if waiting and (after.isspace() or after in _CLOSES_BEFORE):
            opened = waiting.pop()
            # Nothing but a space inside is no quotation.
            if _NOT_SPACE.search(text, opened + 1, at):
                opens[opened] = True
                opens[at] = False
        elif before.isspace() or before in _OPENS_AFTER:
            waiting.append(at)
    return opens


def _leave_code(text: str, found: dict[int, str]) -> None:
    """Forgets what was found inside web and mail addresses and code-like words.

    Only apostrophes and ellipses can be: spaces and quotes end a word.
    """
    done = 0
    for sign in _CODE.finditer(text):
        if sign.start() < done:
            continue
        start = sign.start()
        while start > done and text[start - 1] not in _WORD_ENDS:
            start -= 1
        after = _WORD_END.search(text, sign.start())
        done = after.start() if after else len(text)
        word = text[start:done]
        # The punctuation around the word is prose.
        first, last = done - len(word.lstrip(_AROUND)), start + len(word.rstrip(_AROUND))
        for at in range(first, last):
            found.pop(at, None)


_WORD_ENDS = ' \t\n"«»“”' + NBSP + NNBSP
_WORD_END = re.compile(f"[{_WORD_ENDS}]")
_AROUND = "'’()[].,;:!?…"
