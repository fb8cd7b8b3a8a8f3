"""The sections of the news, as the folders of `content/` name them: folders of one slug are one.

Articles stand in a section by their language, so that a list keeps to one. Kept as labels
(`archive.rows.labels`): `section` is slug and language, `folder` the section as it is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection

from newsdigest.archive.facts import Fact, reads
from newsdigest.archive.labels import Labels
from newsdigest.base.addresses import section_slug
from newsdigest.base.records import Card, Count

KIND, FOLDER = "section", "folder"
# How many sections the navigation names; all stand on a page of their own.
MOST_SHOWN = 8


class Sections:
    """Read-only look-ups by slug, "" for what stands in no section; only articles of the lists count."""

    def __init__(self, connection: Connection, labels: Labels) -> None:
        self._db = connection
        self._labels = labels

    @reads(Fact.LABELS)
    def slugs(self) -> list[str]:
        """The sections that have an article, by slug."""
        query = "SELECT DISTINCT label FROM label_months WHERE kind = ?"
        found = {slug_of(label) for (label,) in self._db.execute(query, (KIND,))}
        return sorted(found - {""})

    @reads(Fact.LABELS)
    def holds(self, slug: str, month: str = "") -> bool:
        """Whether the section has an article, in that month if one is given."""
        query = (
            "SELECT 1 FROM label_months WHERE kind = ? AND label >= ? AND label < ?"
            " AND month >= ? AND month <= ? LIMIT 1"
        )
        bounds = (*_bounds(slug), month, month or "~")
        return bool(slug) and bool(self._db.execute(query, (KIND, *bounds)).fetchone())

    @reads(Fact.LABELS)
    def shown(self, settings: Sequence[str]) -> tuple[str, ...]:
        """Those of the settings that have an article, in that order: what the navigation names."""
        named = dict.fromkeys(map(section_slug, settings))
        return tuple(slug for slug in named if self.holds(slug))[:MOST_SHOWN]

    @reads(Fact.LABELS)
    def in_order(self, settings: Sequence[str]) -> list[str]:
        """All that have an article: those of the settings first, then by slug."""
        order = {slug: at for at, slug in enumerate(dict.fromkeys(map(section_slug, settings)))}
        return sorted(self.slugs(), key=lambda slug: (order.get(slug, len(order)), slug))

    @reads(Fact.LABELS)
    def folder(self, slug: str, settings: Sequence[str] = ()) -> str:
        """How the section is written: as in the settings, else as most of its articles have it."""
        for name in settings:
            if section_slug(name) == slug:
                return name
        written = self.folders(slug)
        return max(sorted(written), key=lambda name: written[name]) if written else slug

    @reads(Fact.LABELS)
    def folders(self, slug: str) -> dict[str, int]:
        """The folders that share the section, and how many articles each has."""
        query = "SELECT label, sum(articles) FROM label_months WHERE kind = ? GROUP BY label"
        rows = self._db.execute(query, (FOLDER,))
        return {name: articles for name, articles in rows if section_slug(name) == slug}

    @reads(Fact.LABELS)
    def languages(self, slug: str) -> list[str]:
        """The languages of its articles, the one of most articles first."""
        query = (
            "SELECT label, sum(articles) AS times FROM label_months WHERE kind = ? AND label >= ?"
            " AND label < ? GROUP BY label ORDER BY times DESC, label"
        )
        rows = self._db.execute(query, (KIND, *_bounds(slug)))
        return [label.partition("/")[2] for label, _times in rows]

    @reads(Fact.LABELS)
    def months(self, slug: str) -> list[Count]:
        """How many articles in each month that has some, oldest first."""
        query = (
            "SELECT month, sum(articles) FROM label_months WHERE kind = ? AND label >= ?"
            " AND label < ? GROUP BY month ORDER BY month"
        )
        return [Count(*row) for row in self._db.execute(query, (KIND, *_bounds(slug)))]

    @reads(Fact.LABELS, Fact.CARDS)
    def newest_day(self, slug: str, month: str = "") -> str:
        """The day of its newest article, of that month if one is given: its month where no day is written."""
        newest = (self.cards(slug, lang, 1, month) for lang in self.languages(slug))
        return max((card.iso_date[:10] for cards in newest for card in cards), default="")

    @reads(Fact.LABELS, Fact.CARDS)
    def cards(self, slug: str, lang: str, limit: int, month: str = "") -> list[Card]:
        """The cards of the newest in one language, newest first; of one month, if that is given."""
        return self._labels.cards(KIND, f"{slug}/{lang}", limit, month)


def slug_of(label: str) -> str:
    """The section of a label, "" for none."""
    return label.partition("/")[0]


def _bounds(slug: str) -> tuple[str, str]:
    """Between which the labels of a section stand: "0" comes after the slash."""
    return f"{slug}/", f"{slug}0"
