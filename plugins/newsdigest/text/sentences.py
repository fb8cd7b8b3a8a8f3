"""Where sentences end, as far as a headline or a caption asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"[.!?…]+(?: ?[»”\"’)])*(?= (?:[«“\"(‘] ?)?(?P<next>[^\W_]))")
_ABBREVIATIONS = frozenset(
    str.split(
        "M MM Mme Mmes Mlle Mr Mrs Ms Dr Drs Pr Prof Me Mgr St Ste no No n art p pp av apr cf env etc vs"
        " Gen Gén Col Lt Cdt Cap Sgt Sen Sén Rep Gov Jr Sr Tp TP ThS TS GS PGS Ltd Inc Co"
    )
)


def sentence_ends(text: str) -> Iterator[int]:
    """Where a sentence ends and another begins; initials and abbreviations end none."""
    for end in _END.finditer(text):
        word = text[: end.start()].rpartition(" ")[2].lstrip("(«\"'’“")
        initial = len(word) == 1 and word.isupper()
        if end[0].startswith(".") and (initial or word in _ABBREVIATIONS):
            continue
        if not end["next"].islower():
            yield end.end()


def first_sentence(text: str) -> str:
    return text[: next(sentence_ends(text), len(text))].rstrip()


def count_sentences(text: str) -> int:
    return 1 + sum(1 for _ in sentence_ends(text))
