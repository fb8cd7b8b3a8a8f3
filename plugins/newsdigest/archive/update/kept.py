"""Kept: an article once published stays as it was last read while its file cannot be."""

from __future__ import annotations

import msgspec

from newsdigest.archive.rows import (
    FileResult,
    ParsedArticle,
    TaggedArticle,
    pack,
    unpack_record,
)
from newsdigest.archive.schema import DRAFT
from newsdigest.archive.update.update import Update
from newsdigest.base.records import OUT_OF_SIGHT, Rejection
from newsdigest.entities.curated.file import Curated

# Whoever writes this means that the article must not be seen.
NEVER_KEPT = frozenset(("E_EMBARGO",))


class Kept:
    """The kept articles' part of one settling."""

    def __init__(self, update: Update) -> None:
        self.update = update
        self.db = update.db
        # What an earlier version read last, filed in a new store: another file may have its id now.
        self.anew: set[str] = set()

    def keep(self, result: FileResult) -> bool:
        """Whether this file, which cannot be read, has an article that stays; noted if so.

        A draft was never published: there is nothing to keep. A duplicate's text stands on the
        site, and its file may yet be the one that does: it is kept.
        """
        row = self.db.execute(
            "SELECT f.stamp, f.outcome, a.state, a.record FROM files f"
            " JOIN articles a ON a.id = f.article WHERE f.path = ?",
            (result.path,),
        ).fetchone()
        fault = result.rejection
        if row is None or fault is None or fault.code in NEVER_KEPT:
            return False
        stamp, outcome, state, record = row
        if outcome != "kept" and (state == DRAFT or self._is_the_clocks(fault, record)):
            return False
        # In sight again with the stamp it had when it was sound, it need not be read.
        sound = stamp if outcome == "article" else stamp.partition(OUT_OF_SIGHT)[2]
        hidden = sound and result.stamp.startswith("E_")
        stamp = f"{result.stamp}{OUT_OF_SIGHT}{sound}" if hidden else result.stamp
        self.set_fault(result.path, stamp, fault)
        return True

    def _is_the_clocks(self, fault: Rejection, record: bytes) -> bool:
        """The file is as it was, and the clock went back by more than a year."""
        if fault.code != "E_DATE_FUTURE":
            return False
        return unpack_record(record).article.published > self.update.now

    def set_fault(self, path: str, stamp: str, fault: Rejection | None) -> None:
        """Note why an article's file cannot be read, None if it can again."""
        self.db.execute(
            "UPDATE files SET stamp = ?, outcome = ?, code = ?, line = ?, facts = ? WHERE path = ?",
            (
                stamp,
                "kept" if fault else "article",
                fault.code if fault else None,
                fault.line if fault else None,
                msgspec.json.encode(fault.facts) if fault else None,
                path,
            ),
        )

    def as_it_was(self, path: str) -> None:
        """An article of a package says what it said when it was last read: it is not kept any more."""
        self.db.execute(
            "UPDATE files SET outcome = 'article', code = NULL, line = NULL, facts = NULL"
            " WHERE path = ? AND outcome = 'kept'",
            (path,),
        )

    def give_up(self, article_id: str) -> None:
        """Nothing is left to keep: another file has this id now (`a.txt` for `a.TXT`, which was
        kept), or the article goes. Should its own file be sound again, it is read."""
        self.db.execute(
            "UPDATE files SET outcome = 'rejected', article = NULL, sha = '', warnings = '',"
            " stamp = substr(stamp, 1, instr(stamp || ?, ?) - 1)"
            " WHERE outcome = 'kept' AND article = ?",
            (OUT_OF_SIGHT, OUT_OF_SIGHT, article_id),
        )

    def outdone(self) -> list[str]:
        """The kept articles of conflict copies whose original can be read: these never stand beside
        each other. (Of a folder that is such a copy, all.)"""
        found = []
        for article_id, facts in self.db.execute(
            "SELECT article, facts FROM files WHERE outcome = 'kept' AND code = 'E_CONFLICT_COPY'"
        ).fetchall():
            original = msgspec.json.decode(facts)["original"]
            query = "SELECT article IS NOT NULL OR outcome = 'package' FROM files WHERE path = ?"
            row = self.db.execute(query, (original,)).fetchone()
            if row is None or row[0]:
                found.append(article_id)
        return sorted(found)


def packed_again(known: TaggedArticle, curated: Curated) -> ParsedArticle:
    """A record as the store files it, without its file being read."""
    tagged = known.entities if known.tagged is None else known.tagged
    return pack(known.article, tagged, curated)
