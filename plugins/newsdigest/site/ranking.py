"""Which article of a day leads: a score that anyone can work out again from the page. Pure.

    dispatches of its story that day        3 points each after the first, for at most five
    agencies that carried it                2 points each after the first, for at most three
    length                                  1 point a minute of reading, for at most four
    a summary that ends at a full stop      3 points

Of equal scores the section that stands first in the settings leads, then the later hour, then the
first id. Only what was known on the day counts, so that an edition does not change afterwards. Before
all of these stand those that editors put first (`[[lead]]`, `[[order]]` in `content/decisions.toml`). What stands beside the
lead, and how a story counts once: `edition`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from newsdigest.base.records import Card

POINTS_A_DISPATCH, MOST_DISPATCHES = 3, 5
POINTS_AN_AGENCY, MOST_AGENCIES = 2, 3
MOST_MINUTES = 4
POINTS_FOR_A_SUMMARY = 3

_FULL_STOPS = (".", "!", "?", "»", "”", '"')


def ranked(
    cards: Sequence[Card],
    stories: Mapping[str, str],
    sections: Sequence[str] = (),
    picked: Sequence[str] = (),
) -> list[Card]:
    """The cards of a day, the one that leads first.

    `stories` are the articles' stories, by article id; `sections` the settings' order of them;
    `picked` the ids of those that editors put first, in their order.
    """
    sizes = Counter(stories[card.id] for card in cards if card.id in stories)
    order = {section: at for at, section in enumerate(sections)}
    first = {id_: at for at, id_ in enumerate(picked)}

    def place(card: Card) -> tuple[int, int, int]:
        dispatches = sizes.get(stories.get(card.id, ""), 1)
        decided = first.get(card.id, len(first))
        return decided, -score(card, dispatches), order.get(card.section, len(order))

    by_id = sorted(cards, key=lambda card: card.id)
    latest_first = sorted(by_id, key=lambda card: card.iso_date[11:16], reverse=True)
    return sorted(latest_first, key=place)


def score(card: Card, dispatches: int = 1) -> int:
    """How much the day's front wants an article, of whose story the day has so many dispatches."""
    points = POINTS_A_DISPATCH * min(dispatches - 1, MOST_DISPATCHES)
    points += POINTS_AN_AGENCY * min(len(card.also), MOST_AGENCIES)
    points += min(card.minutes, MOST_MINUTES)
    return points + (POINTS_FOR_A_SUMMARY if is_whole(card.dek) else 0)


def is_whole(summary: str) -> bool:
    """Whether a summary is there, and ends where its sentence does."""
    return summary.endswith(_FULL_STOPS)
