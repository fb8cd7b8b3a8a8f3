"""French spacing and quotation marks, put on plain text when it is rendered.

The parser leaves one plain space everywhere; here the spaces of the Imprimerie nationale return:
U+202F before `;` `!` `?`; U+00A0 before `:` and `»`, after `«`, between the groups of a number,
before `%`, `€`, `°C` and the like, in « 22 janvier », « 1er mai », « M. Ouchakov », « 14 h 30 ».
A space is never invented, but for the inside of the guillemets made here from straight quotes:
"5%" stays as its author wrote it. Addresses (web, mail) and code-like words are not touched.

Only French changes much; English gets its apostrophes, every other language stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

NBSP = "\N{NO-BREAK SPACE}"
NNBSP = "\N{NARROW NO-BREAK SPACE}"

Edit = tuple[int, int, str]
"""(start, end, replacement), counted in the code points of the text before any edit."""

Span = tuple[int, int]

_SPACES = f" {NBSP}{NNBSP}"


def typeset(text: str, lang: str) -> str:
    """The text as it is printed; typeset text comes back unchanged."""
    return apply_edits(text, edits(text, lang))


def edits(text: str, lang: str) -> tuple[Edit, ...]:
    """What `typeset` changes: disjoint edits in text order, each at most three characters long.

    Offsets are those of `text` as given, so that mentions found in it can be carried along.
    """
    language = lang[:2].lower()
    if language == "fr":
        found = _french_spaces_and_signs(text)
    elif language == "en":
        found = {m.start(): "’" for m in _APOSTROPHE.finditer(text)}
    else:
        return ()
    quoted = language == "fr" and '"' in text
    if not found and not quoted:
        return ()
    protected = _protected_spans(text)
    if quoted:
        # Last, so that the space inside a quotation wins over the one before its first sign.
        found.update(_quotations(text, protected))
    wanted = [
        (at, at + (3 if found[at] == "…" else 1), found[at])
        for at in sorted(found)
        if text[at] != found[at]
    ]
    return tuple(_outside(protected, wanted) if protected else wanted)


def apply_edits(text: str, changes: Sequence[Edit], start: int = 0, end: int | None = None) -> str:
    """The slice `text[start:end]` with its edits made; an edit that crosses the cut is left out."""
    if end is None:
        end = len(text)
        if not changes and not start:
            return text
    pieces: list[str] = []
    position = start
    for first, last, replacement in changes:
        if first < position:
            continue
        if last > end:
            break
        pieces.append(text[position:first])
        pieces.append(replacement)
        position = last
    pieces.append(text[position:end])
    return "".join(pieces)


def _french_spaces_and_signs(text: str) -> dict[int, str]:
    """New text by position, for one character each (for three where it is `…`)."""
    # Few texts hold the rarer signs, and `in` says so ten times faster than a pattern.
    found: dict[int, str] = {}
    if ":" in text:
        for m in _COLON.finditer(text):
            found[m.start() - 1] = NBSP
    if "»" in text:
        for m in _CLOSING_GUILLEMET.finditer(text):
            found[m.start() - 1] = NBSP
    if ";" in text or "!" in text or "?" in text:
        for m in _HIGH_SIGNS.finditer(text):
            found[m.start() - 1] = NNBSP
    numbers = False
    for m in _SPACE_AFTER.finditer(text):
        following = m.end()
        if m.lastgroup is None:
            found[following - 1] = NBSP
        elif m.lastgroup == "title":
            if text[following].isupper():
                found[following - 1] = NBSP
        elif text[following].isdigit():
            numbers = True
        else:
            found[following - 1] = NBSP
            if text[following] == "h" and _MINUTES.match(text, following + 1):
                found[following + 1] = NBSP
    if numbers:
        for m in _NUMBER.finditer(text):
            for at in range(m.start(), m.end()):
                if text[at] in _SPACES:
                    found[at] = NBSP
    if "'" in text:
        for m in _APOSTROPHE.finditer(text):
            found[m.start()] = "’"
    if "..." in text:
        for m in _ELLIPSIS.finditer(text):
            found[m.start()] = "…"
    return found


# Every pattern begins with a character as rare as can be, not with an assertion or a choice, so that
# the search can jump; what stands before it is looked at only once it is found.
_S = f"[{_SPACES}]"
_COLON = re.compile(rf":(?<={_S}:)(?=[\s»”\"«“]|$)")
_CLOSING_GUILLEMET = re.compile(f"»(?<={_S}»)")
_HIGH_SIGNS = re.compile(rf"[;!?](?<={_S}[;!?])[;!?]*(?=[\s»”\"'’)\]…,.]|$)")
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
# One pattern for all that a space follows: half of the time is the search for the first character.
_SPACE_AFTER = re.compile(
    rf"""
    [0-9MDP«°](?:
        (?<=[0-9])(?:
            (?P<digit>{_S})(?=
                [0-9]{{3}}  # perhaps inside a number
                | [%‰€£$°] | (?i:{_MONTHS}|h|min|km|kg|millions?|milliards?)\b
            )
            | (?<=1)(?<!\w1)er{_S}(?=\w)
        )
        | (?P<title>(?<!\w[MDP])(?:(?<=M)(?:M?\.|mes?|lles?|gr|e)|(?<=[DP])r)){_S}(?=\w)
        | (?<=«){_S}
        | (?<=\b[nN]°){_S}(?=[0-9])
    )
    """,
    re.VERBOSE,
)
_MINUTES = re.compile(rf"{_S}[0-9]{{2}}\b")
_NUMBER = re.compile(rf"[0-9](?<![\w.,][0-9])[0-9]{{0,2}}(?:{_S}[0-9]{{3}})+(?!\w)")
_APOSTROPHE = re.compile(r"'(?<=[^\W\d_]')(?=[^\W_]|[«“\"])")
_ELLIPSIS = re.compile(r"\.\.\.(?<!\....)(?!\.)")


def _quotations(text: str, protected: Sequence[Span]) -> dict[int, str]:
    """Straight quotes that pair become « » (inside another quotation, “ ”); the others stay."""
    if '""' in text:
        return {}
    quotes = [
        at
        for at, _, _ in _outside(
            protected, ((m.start(), m.end(), "") for m in _QUOTE.finditer(text))
        )
    ]
    found: dict[int, str] = {}
    depth = 0
    for at, opens, partner in _with_guillemets(text, _pairs(text, quotes)):
        if partner is None:  # a guillemet of the text itself
            depth = max(0, depth + (1 if opens else -1))
        elif opens:
            found |= _opening(text, at, depth)
            depth += 1
        else:
            depth = max(0, depth - 1)
            found |= _closing(text, at, depth)
    return found


_QUOTE = re.compile('"')
_GUILLEMET = re.compile("[«»]")
_OPENS_AFTER = frozenset("([{«“'’-–—")
_CLOSES_BEFORE = frozenset(".,;:!?…)]}»”'’-–—/")


def _pairs(text: str, quotes: Sequence[int]) -> list[tuple[int, int]]:
    """Match opening and closing straight quotes as brackets are matched."""
    pairs: list[tuple[int, int]] = []
    waiting: list[int] = []
    for at in quotes:
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        if waiting and (after.isspace() or after in _CLOSES_BEFORE):
            # Nothing but a space inside is no quotation.
            opened = waiting.pop()
            if text[opened + 1 : at].strip():
                pairs.append((opened, at))
        elif before.isspace() or before in _OPENS_AFTER:
            waiting.append(at)
    return pairs


def _with_guillemets(
    text: str, pairs: Iterable[tuple[int, int]]
) -> list[tuple[int, bool, int | None]]:
    """(position, does it open, its partner or None for a guillemet of the text), in text order."""
    marks: list[tuple[int, bool, int | None]] = [
        (m.start(), m.group() == "«", None) for m in _GUILLEMET.finditer(text)
    ]
    for opened, closed in pairs:
        marks.append((opened, True, closed))
        marks.append((closed, False, opened))
    return sorted(marks, key=lambda mark: mark[0])


def _opening(text: str, at: int, depth: int) -> dict[int, str]:
    if depth:
        return {at: "“"}
    if text[at + 1] in _SPACES:
        return {at: "«", at + 1: NBSP}
    return {at: "«" + NBSP}


def _closing(text: str, at: int, depth: int) -> dict[int, str]:
    if depth:
        return {at: "”"}
    if text[at - 1] in _SPACES:
        return {at - 1: NBSP, at: "»"}
    return {at: NBSP + "»"}


def _protected_spans(text: str) -> list[Span]:
    """Web and mail addresses and code-like words, without the punctuation around them."""
    spans: list[Span] = []
    done = 0
    for sign in _CODE_SIGN.finditer(text):
        if sign.start() < done:
            continue
        start = sign.start()
        while start > done and text[start - 1] not in _WORD_ENDS:
            start -= 1
        after = _WORD_END.search(text, sign.start())
        done = after.start() if after else len(text)
        word = text[start:done]
        core = word.lstrip(_AROUND)
        spans.append((done - len(core), start + len(word.rstrip(_AROUND))))
    return spans


_CODE_SIGN = re.compile(r"[/:=w@`\\<>{}](?:(?<=/)/|(?<=:):|(?<==)=|(?<=w)ww\.|(?<=[@`\\<>{}]))")
_WORD_ENDS = ' \t\n"«»“”' + NBSP + NNBSP
_WORD_END = re.compile(f"[{_WORD_ENDS}]")
_AROUND = "'’()[].,;:!?…"


def _outside(spans: Sequence[Span], changes: Iterable[Edit]) -> Iterable[Edit]:
    """The edits that touch no span; both are in text order."""
    following = 0
    for edit in changes:
        while following < len(spans) and spans[following][1] <= edit[0]:
            following += 1
        if following == len(spans) or edit[1] <= spans[following][0]:
            yield edit
