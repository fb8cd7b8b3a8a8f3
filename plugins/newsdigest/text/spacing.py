"""What copy lacks of French spacing: typed in haste, or by the rules of another language.

`86%` is 86 %, `4.200 habitants` 4 200 habitants, `«mot»` « mot », `Titre: suite` Titre : suite,
`4 km2` 4 km², `le 1 mai` le 1er mai, `XX e siècle` XXe siècle, `( Var)` (Var). Each rule asks for what surely is prose: where a sign may belong
to an address, an hour, a score, a version, a name ("Yahoo!") or a smiley, it stays as it was written.
Everything is told as typography's edits are: new text by position, in place of one character.
"""

from __future__ import annotations

import re

NBSP = "\N{NO-BREAK SPACE}"
NNBSP = "\N{NARROW NO-BREAK SPACE}"

MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"

_BEFORE_SIGN = r"\w»”’)\]…%‰€°\".'"
_AFTER_SIGN = r"[\s»”\"'’)\]…,.]|$"
_HIGH = re.compile(rf"[;!?](?<=[{_BEFORE_SIGN}][;!?])[;!?]*(?={_AFTER_SIGN})")
_COLON = re.compile(rf":(?<=[{_BEFORE_SIGN}]:)(?=[\s»”\"«“]|$)")
_RATIO = re.compile(r"(?<![^\W\d_])[0-9]:\s?[0-9]")
_SECOND_COLON = re.compile(r":[\w+-]*$")
_ENTITY = re.compile(r"&#?\w{1,10};?$")
_NAME = re.compile(r"(?:^|\W)([A-ZÉÈÀÂÊÎÔÇ]\w*)$")
# Names that end in an exclamation mark wherever they stand.
_LOUD = frozenset({"Yahoo", "Jeopardy", "Joomla", "Yum"})
_OPENS = re.compile(r"«(?<![^\s(\['’\"—–-]«)(?=[^\s«»])")
_CLOSES = re.compile(r"»(?<=[^\s«»]»)(?=[\s.,;:!?…)\]'’\"—–-]|$)")
_UNIT = re.compile(r"[%‰€$£](?<=[0-9][%‰€$£])(?![\w%‰€$£°])|°(?<=[0-9]°)(?=[CF](?!\w))")
_SQUARE = re.compile(r"(?<![^\W\d_])[kcdhm]?m[23](?![\w'’])")
_FIRST = re.compile(rf"1(?=[ {NBSP}{NNBSP}](?:{MONTHS})\b)")
# "Ligue 1", "Formule 1" are followed by months as well.
_BEFORE_FIRST = re.compile(
    r"(?:^|\b(?:les?|du|au|dès|ce|et|ou|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)\s|[(–—])$",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(
    r"[1-9](?<![\w.,:/+=≈°'’$£€-][1-9])[0-9]{0,2}(?:\.[0-9]{3})+"
    r"(?![\w/:\"'’″-]|°(?![CF])|\.\w|,[0-9]{3}|,[0-9]{1,2}(?![0-9])(?:[^\W\d]|[.,][0-9]))"
)
# What each of them has, found ten times as fast.
_GROUP = re.compile(r"\.[0-9]{3}")
_DECIMAL = re.compile(r"(?<![\w.])[0-9]+\.[0-9]{1,2}(?![\w.]?[0-9])")
# A pair, so that no smiley is one; what stands between is kept short, for the search's sake.
_HOLLOW = re.compile(
    rf"(?<![:;])\((?=[^()\n]{{1,200}}\))([ {NBSP}{NNBSP}])(?=[^\s)])|(?<=[^\s(«])([ {NBSP}{NNBSP}])(?=\))"
)
_ORDINAL = re.compile(
    rf"(?:\b[IVXL]+|\b[0-9]+)([ {NBSP}{NNBSP}])(?=(?:er|ère|re|e|ème)[ {NBSP}{NNBSP}][^\W\d_])"
)
# What is counted by points, or is measured to the thousandth.
_NUMBERED_BEFORE = re.compile(
    r"(?:\b(?:versions?|v|art|articles?|alinéas?|chapitres?|sections?|paragraphes?|points?|figures?"
    r"|tableaux?|numéros?|n|tél|téléphone|fax|réf|référence|codes?|build|release|firmware)\b[.°]?"
    r"|[§=≈#]|(?<![0-9.])[0-9]{1,3}\.[0-9]{3,6}[,;])\s*$",
    re.IGNORECASE,
)
_MEASURED_AFTER = re.compile(r"\s?(?:s|sec|secondes?|ms|″|MHz|GHz|mm)\b|\s?[,;]\s?-?[0-9]+\.[0-9]")


def missing(text: str) -> dict[int, str]:
    """New text by position, for one character each, for French copy."""
    found: dict[int, str] = {}
    words = _Words(text)
    if ";" in text or "!" in text or "?" in text:
        for m in _HIGH.finditer(text):
            if _is_high_sign(text, m, words):
                found[m.start()] = NNBSP + text[m.start()]
    if ":" in text:
        for m in _COLON.finditer(text):
            at = m.start()
            inside = _SECOND_COLON.search(text, max(0, at - 40), at)
            if words.is_prose(at) and not inside and not _RATIO.match(text, at - 1):
                found[at] = NBSP + ":"
    if "«" in text or "»" in text:
        found.update((m.start(), "«" + NBSP) for m in _OPENS.finditer(text))
        found.update((m.start(), NBSP + "»") for m in _CLOSES.finditer(text))
    if "%" in text or "€" in text or "°" in text or "$" in text or "£" in text or "‰" in text:
        for m in _UNIT.finditer(text):
            if words.is_prose(m.start()):
                found[m.start()] = NBSP + text[m.start()]
    if "." in text and _GROUP.search(text):
        found.update(_thousands(text, words))
    if " e " in text or " er " in text or " re " in text or " ère " in text or " ème " in text:
        for m in _ORDINAL.finditer(text):
            found[m.start(1)] = ""
            if text[m.start() : m.start(1)] == "1" and text.startswith("er", m.end()):
                found[m.end() + 2] = NBSP  # as after every "1er"
    if "1" in text:
        for m in _FIRST.finditer(text):
            if _BEFORE_FIRST.search(text, max(0, m.start() - 10), m.start()):
                found[m.start()] = "1er"
    return found


def inside_brackets(text: str) -> dict[int, str]:
    """The spaces that no language has behind `(` and before `)`: what was cut out of copy leaves them."""
    if "( " not in text and " )" not in text:
        return {}
    return {at: "" for m in _HOLLOW.finditer(text) for at in (m.start(1), m.start(2)) if at >= 0}


def squares(text: str) -> dict[int, str]:
    """`km2`, `m3` as they are printed in every language: the digit raised."""
    if "m2" not in text and "m3" not in text:
        return {}
    words = _Words(text)
    return {
        m.end() - 1: "²" if text[m.end() - 1] == "2" else "³"
        for m in _SQUARE.finditer(text)
        if words.is_prose(m.start())
    }


def _is_high_sign(text: str, found: re.Match[str], words: _Words) -> bool:
    at, after = found.start(), found.end()
    sign = text[at]
    if sign == ";" and (
        text[after : after + 1] == ")" or _ENTITY.search(text, max(0, at - 12), at)
    ):
        return False
    # A question of another language, or a name.
    if "¿" in text or "¡" in text or not words.is_prose(at):
        return False
    if sign != "!" or after - at > 1:
        return True
    name = _NAME.search(text, max(0, at - 40), at)
    return not name or (name.group(1) not in _LOUD and not text[after + 1 : after + 2].islower())


def _thousands(text: str, words: _Words) -> dict[int, str]:
    """`4.200` in groups, unless the copy has decimals by points elsewhere."""
    groups = [
        m for m in _THOUSANDS.finditer(text) if _is_count(text, m) and words.is_prose(m.start())
    ]
    if not groups or _DECIMAL.search(text):
        return {}
    return {at: NBSP for m in groups for at in range(m.start(), m.end()) if text[at] == "."}


def _is_count(text: str, found: re.Match[str]) -> bool:
    start, end = found.span()
    four = found.group().split(".")
    return not (
        (len(four) == 4 and all(int(part) < 256 for part in four))  # an address of a machine
        or _NUMBERED_BEFORE.search(text, max(0, start - 16), start)
        or _MEASURED_AFTER.match(text, end)
    )


class _Words:
    """Whether a sign stands in prose or inside an address or code; each word is looked at once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.start = self.end = 0
        self.code = False

    def is_prose(self, at: int) -> bool:
        if not self.start <= at < self.end:
            if at < self.start:
                self.end = 0
            before = max(self.text.rfind(space, self.end, at) for space in _SPACES)
            self.start = before + 1 if before >= 0 else self.end
            after = _SPACE.search(self.text, at)
            self.end = after.start() if after else len(self.text)
            self.code = _CODE.search(self.text, self.start, self.end) is not None
        return not self.code


_SPACES = f' \t\n{NBSP}{NNBSP}«»"'
_SPACE = re.compile(f"[{_SPACES}]")
_CODE = re.compile(r"//|\bwww\.|[@`\\<>{}=_#]|::|\w\.[a-z]{2,}[/?:]|\w/\w+\.\w|%[0-9A-F]{2}")
