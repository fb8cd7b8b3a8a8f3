"""Settling the copies: which version of a folded dispatch its leader's entry in lists tells.

The leader keeps its place, its address and its id in feeds, whichever this is. A function of the fold
alone, never of the order in which it arrived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from sqlite3 import Connection
from typing import NamedTuple

from newsdigest.archive.rows import base_language, own_card, unpack_card, unpack_record
from newsdigest.base.records import Article, Card
from newsdigest.entities.tagger import UNTAGGED_BLOCKS
from newsdigest.relate.newer import newer
from newsdigest.text import typography

# A machine may send hundreds of a kind: the newest few are asked.
MOST_ASKED = 5


class Version(NamedTuple):
    """One article of a fold, by the columns of its row."""

    n: int
    id: str
    sort: str
    card: bytes

    @property
    def moment(self) -> str:
        """When it came, as it is sorted: `YYYY-MM-DDTHH:MM`, midnight where no hour is known."""
        return self.sort[:16]


VERSION = "n, id, sort, card"


def shown(db: Connection, leader: Version, copies: Sequence[Version]) -> Card:
    """The leader's card: of the newest version that says more than the leader, else its own. `copies`
    are those folded under it, oldest first."""
    card = _own(db, leader)
    cards = {copy.id: unpack_card(copy.card) for copy in copies}
    later = (
        copy
        for copy in reversed(copies)
        if copy.moment > leader.moment
        and base_language(cards[copy.id].lang) == base_language(card.lang)
    )
    told = card
    for copy in islice(later, MOST_ASKED):
        if found := _told(db, leader, copy, card, cards[copy.id]):
            told = found
            break
    credits = dict.fromkeys((card.credit, *(other.credit for other in cards.values())))
    # What an agency sent again is no other agency's copy.
    return replace(told, also=tuple(one for one in credits if one and one != told.credit))


def _own(db: Connection, leader: Version) -> Card:
    card = unpack_card(leader.card)
    return own_card(leader.card, _record(db, leader)) if card.newest else card


def _told(db: Connection, leader: Version, copy: Version, own: Card, other: Card) -> Card | None:
    article = unpack_record(_record(db, copy)).article
    earlier = unpack_record(_record(db, leader)).article
    if not _of_one_source(earlier, article):
        return None
    found = newer(_texts(earlier), _texts(article), other.dek)
    if found is None:
        return None
    hour = copy.moment[10:] if copy.moment[11:] != "00:00" else ""
    return replace(
        own,
        headline=other.headline,
        dek=other.dek,
        kicker=other.kicker or own.kicker,
        update=other.update,
        credit=other.credit,
        minutes=other.minutes,
        lang=other.lang,
        newest=copy.id,
        renewed=copy.moment[:10] + hour,
        adds=typography.typeset(found.adds, article.lang),
        picture=other.picture or own.picture,
    )


def _of_one_source(one: Article, other: Article) -> bool:
    """An agency sends again what it sent; what another makes of it is no version of its dispatch."""
    if one.agencies and other.agencies:
        return one.agencies[0] == other.agencies[0]  # the others pass it on
    return one.credit == other.credit or not (one.credit and other.credit)


def _record(db: Connection, version: Version) -> bytes:
    query = "SELECT record FROM articles WHERE n = ?"
    return bytes(db.execute(query, (version.n,)).fetchone()[0])


def _texts(article: Article) -> list[str]:
    return [block.tagged_text for block in article.blocks if block.type not in UNTAGGED_BLOCKS]
