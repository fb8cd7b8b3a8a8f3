"""The capitalised words of a text: the only ones a name can begin with."""

from __future__ import annotations

import re

Token = tuple[int, int, str]
"""A capitalised word of a text: where it starts and ends, and the word."""

UPPER = "".join(
    chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper()
)
# A capitalised word: McDonald, Jean-Luc, Villeneuve-d'Ascq, O'Brien, N'Djamena, U.S. It begins with
# the capital, so that the search jumps from one to the next; an article before it is looked for then.
CAPITAL = re.compile(
    rf"[{UPPER}](?:"
    rf"\.(?<!\b(?:al|el|as|ad|an|ar|at|az|es|ez)-.\.)(?<!\b(?:ach|ash)-.\.)(?:[{UPPER}]\.){{1,5}}"
    rf"|(?:(?<=O)'[{UPPER}]|(?<=[MND])'[BDGKLMTZ])?\w*(?:-(?:[ldLD]')?\w+)*)"
)
# el-Assad: before a capital, part of the word.
ARABIC_ARTICLE = re.compile(r"\b(?:al|el|as|ad|an|ar|at|az|ach|ash|es|ez)-")


def capitalised_words(text: str) -> list[Token]:
    """The capitalised words in order; an Arabic article belongs to its word."""
    tokens: list[Token] = []
    for match in CAPITAL.finditer(text):
        start, end = match.span()
        if start and text[start - 1] == "-":
            for width in (3, 4):
                if ARABIC_ARTICLE.fullmatch(text, max(0, start - width), start):
                    start -= width
                    break
        tokens.append((start, end, text[start:end]))
    return tokens
