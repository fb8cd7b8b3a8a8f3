"""Words that date as `<time>`: what stands around them in an article's HTML.

Those that do not say their date whole carry it as `title`. The first of these in an article can be focused:
the theme shows all of them in full then, as it does in print (docs/decisions/0052-dated-words.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsdigest.base.records import Article
from newsdigest.text import dates
from newsdigest.text.dated.copy import Written
from newsdigest.text.dated.words import dated_words
from newsdigest.text.escaping import escaped


class Piece(NamedTuple):
    """What is put around `text[start:end]`: HTML."""

    start: int
    end: int
    opens: str
    closes: str


class Times:
    """The dated words of one article, asked in its order."""

    def __init__(self, article: Article) -> None:
        to_day = article.date_precision != "month"
        # An interview is in its people's own words.
        spoken = any(block.type == "question" for block in article.blocks)
        self.written = Written(article.published.date(), article.lang, to_day, spoken)
        self.has_stop = False

    def beside(self, links: Sequence[Piece], text: str) -> list[Piece]:
        """What stands around its words, links and times in text order; words that touch a link stay plain."""
        times = [
            Piece(one.start, one.end, self._opens(one.iso, one.whole), "</time>")
            for one in dated_words(text, self.written)
            if not any(link.start < one.end and one.start < link.end for link in links)
        ]
        return sorted((*links, *times))

    def _opens(self, iso: str, whole: bool) -> str:
        if whole:
            return f'<time datetime="{iso}">'
        stop = "" if self.has_stop else ' tabindex="0"'
        self.has_stop = True
        return (
            f'<time datetime="{iso}" title="{escaped(dates.label(iso, self.written.lang))}"{stop}>'
        )
