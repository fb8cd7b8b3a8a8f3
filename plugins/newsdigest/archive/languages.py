"""In which languages the articles are, and whose feeds keep to which.

A feed is in one language, as lists are: the site's where anything of it is, else the one of most. Kept
as labels (`archive/sections.py`): every article of the lists stands in its section by its language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from sqlite3 import Connection

from newsdigest.archive.facts import Fact, reads
from newsdigest.archive.rows import base_language
from newsdigest.archive.sections import KIND

# What can be called by its language: `en`, not what somebody wrote there.
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class Languages:
    """Read-only look-ups by language, as in `fr` of `fr-CA`; `own` is the site's."""

    def __init__(self, connection: Connection, own: str) -> None:
        self._db = connection
        self.own = base_language(own)

    @reads(Fact.LABELS)
    def others(self) -> list[str]:
        """The other languages that an article is in, in order."""
        found = {language_of(label) for label in self._labels()}
        return sorted(lang for lang in found if self.is_other(lang))

    def is_other(self, lang: str) -> bool:
        """Whether it is a language, and not the site's."""
        return bool(_LANGUAGE.fullmatch(lang)) and lang != self.own

    def _labels(self) -> list[str]:
        query = "SELECT DISTINCT label FROM label_months WHERE kind = ?"
        return [label for (label,) in self._db.execute(query, (KIND,))]

    @reads(Fact.LABELS)
    def newest(self, lang: str, limit: int) -> list[int]:
        """The numbers of the newest articles in a language."""
        query = "SELECT sort, n FROM labels WHERE kind = ? AND label = ? ORDER BY sort DESC LIMIT ?"
        found: list[tuple[str, int]] = []
        for label in self._labels():
            if language_of(label) == lang:
                found += self._db.execute(query, (KIND, label, limit))
        return [n for _sort, n in sorted(found, reverse=True)[:limit]]

    @reads(Fact.MENTIONS, Fact.LABELS)
    def naming(self, entity: int, limit: int) -> list[int]:
        """The newest articles that name the entity, in the language of its feeds."""
        query = (
            "SELECT m.n, l.label FROM mentions m CROSS JOIN labels l ON l.n = m.n AND l.kind = ?"
            " WHERE m.entity = ? AND m.live ORDER BY m.sort DESC"
        )
        return self._one(self._db.execute(query, (KIND, entity)), limit)

    @reads(Fact.MEMBERS, Fact.LABELS)
    def in_story(self, story: str, limit: int) -> list[int]:
        """The newest articles of a story, in the language of its feeds."""
        query = (
            "SELECT a.n, l.label FROM members m CROSS JOIN articles a USING (id)"
            " CROSS JOIN labels l ON l.n = a.n AND l.kind = ?"
            " WHERE m.story = ? ORDER BY m.sort DESC"
        )
        return self._one(self._db.execute(query, (KIND, story)), limit)

    @reads(Fact.LABELS)
    def labelled(self, kind: str, label: str, limit: int) -> list[int]:
        """The newest articles that have a label, in the language of its feeds."""
        query = (
            "SELECT o.n, l.label FROM labels o CROSS JOIN labels l ON l.n = o.n AND l.kind = ?"
            " WHERE o.kind = ? AND o.label = ? ORDER BY o.sort DESC"
        )
        return self._one(self._db.execute(query, (KIND, kind, label)), limit)

    def _one(self, rows: Iterable[tuple[int, str]], limit: int) -> list[int]:
        """The first so many in one language, of (number, label), newest first."""
        found: dict[str, list[int]] = {}
        times: Counter[str] = Counter()
        for n, label in rows:
            lang = language_of(label)
            times[lang] += 1
            kept = found.setdefault(lang, [])
            if len(kept) < limit:
                kept.append(n)
            if lang == self.own and len(kept) == limit:
                break
        if self.own in found or not found:
            return found.get(self.own, [])
        return found[max(sorted(found), key=lambda lang: times[lang])]


def language_of(label: str) -> str:
    """The language of a section's label."""
    return label.rpartition("/")[2]
