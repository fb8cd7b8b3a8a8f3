"""Which articles are retracted, and for which of them a file's article may not be published.

Three may not: the retracted article itself, whatever its file says now; a file of its very text;
and, unless it alone was retracted, a copy of it that was never published on its own. What editors
declare apart (`[[apart]]`) is no copy.
"""

from __future__ import annotations

from base64 import b64decode
from typing import NamedTuple

from newsdigest.archive.rows import unpack_record
from newsdigest.archive.update.ledger import Ledger
from newsdigest.archive.update.update import Update
from newsdigest.base.ledger import Entry
from newsdigest.relate.copies import Sketches
from newsdigest.relate.wording import Rows, rows_of, share_of_copy, unpack_rows


class Filed(NamedTuple):
    """An article as far as is asked here: `record` and `sketch` packed, `text` the digest."""

    id: str
    text: str
    sketch: bytes
    record: bytes


class Retracted:
    """The retracted articles, as the ledger has them now."""

    def __init__(self, update: Update, ledger: Ledger) -> None:
        self.update = update
        self.ledger = ledger
        self.entries: dict[str, Entry] = {}
        self.rows: dict[str, Rows] = {}
        self._texts: dict[str, list[str]] = {}
        self._sketches = Sketches()

    def take_in(self) -> None:
        """Learn from the ledger, once it was read."""
        for entry in self.ledger.retracted():
            self.entries[entry.id] = entry
            self._texts.setdefault(entry.text, []).append(entry.id)
            found = entry.retracted
            assert found
            self.rows[entry.id] = unpack_rows(found.rows)
            if not found.only:
                self._sketches.add(entry.id, b64decode(found.sketch))

    def holder(self, article: Filed, identified: bool = True) -> str:
        """The retracted article for which this one is held, "" if it may be published.

        Not `identified`: it may be the file of a published article that was renamed, which only its
        text tells.
        """
        if article.id in self.entries:
            return article.id
        if not self.entries or self.ledger.entry(article.id):
            return ""
        if not identified and self.ledger.is_text_of(article.text):
            return ""
        found = [*self._texts.get(article.text, ()), *self._near(article)]
        return next((id_ for id_ in found if not self._are_apart(id_, article.id)), "")

    def _near(self, article: Filed) -> list[str]:
        """The retracted articles of which this one is a copy, the nearest first."""
        shares = self._sketches.same(article.sketch)
        theirs = rows_of(unpack_record(article.record).article, headline=False)
        for id_, rows in self.rows.items():
            found = self.entries[id_].retracted
            if found and not found.only and (share := share_of_copy(theirs, rows)):
                shares[id_] = max(share, shares.get(id_, 0.0))
        return sorted(shares, key=lambda id_: (-shares[id_], id_))

    def _are_apart(self, one: str, other: str) -> bool:
        pair = (min(one, other), max(one, other))
        return pair in self.update.editors.decisions.apart
