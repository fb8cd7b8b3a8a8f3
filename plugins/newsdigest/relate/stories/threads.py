"""Which earlier article does this one follow?

A story is a tree: an article has at most one parent, an earlier one, and whoever hangs together is
one story. The parent depends on the article, on the window of seven days before it and on what its
`>>` lines resolve to, never on other articles' parents; where these hold nothing, on the articles
of a month whose headlines name the same (`affairs`). An article filed, edited or removed changes the
parents of those that cite it, come within seven days after it or share a headline's name with it
within thirty, and no others.

How alike two articles are, `window` tells. Reading the cluster (mean likeness to a story's members)
was measured beside it and brought nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from newsdigest.base.records import Count
from newsdigest.relate.stories.affairs import resumed
from newsdigest.relate.stories.window import WINDOW_DAYS, Member, Parent, Window, ordinal
from newsdigest.text.dates import iso_day

# A story has a page from its third article on.
PAGE_FROM = 3
# An article says what followed it in its story, and no more than so many: later ones leave it alone.
FOLLOWERS = 10
# And what came just before it.
PREDECESSORS = 3
# A story that lasted longer is counted by months.
DAYS_COUNTED = 92


@dataclass(frozen=True, slots=True)
class StoryDecisions:
    """What editors decided: `splits` begin a story of their own, `joins` maps an article to one
    whose story it belongs to, `titles` an article to the title of the story it is in."""

    splits: frozenset[str] = frozenset()
    joins: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


NO_DECISIONS = StoryDecisions()


def find_parent(
    member: Member,
    window: Window,
    cited: Sequence[Member] = (),
    decisions: StoryDecisions = NO_DECISIONS,
    of_affair: Callable[[], Sequence[Member]] = tuple,
) -> Parent | None:
    """The article `member` follows; None if it begins a story.

    `window` holds the articles before it, `cited` are those its `>>` lines lead to, from any time:
    of the earlier ones the most like it comes before all others of the window, unless it has next
    to nothing in common with it. Where there is none, `of_affair` is asked for the articles of the
    weeks before the window whose headlines name what its headline names. A decision comes first; it
    alone may name a later article.
    """
    if member.id in decisions.splits:
        return None
    joined = decisions.joins.get(member.id)
    if joined is not None and joined != member.id:
        return Parent(joined, "decision")
    earlier = [target for target in cited if target.order < member.order]
    near = window.likeliest_cited(member, earlier) or window.best(member)
    return near or resumed(member, of_affair())


def story_ids(parents: Mapping[str, str | None], order: Mapping[str, str]) -> dict[str, str]:
    """Each article's story, called by its first article in `order`.

    Only whole stories can be told: whoever hangs together must be in `parents`. A parent that is
    not there (removed, not published) counts as none.
    """
    groups: dict[str, str] = {}

    def group_of(article: str) -> str:
        path = []
        while groups.get(article, article) != article:
            path.append(article)
            article = groups[article]
        for passed in path:
            groups[passed] = article
        return article

    for article, parent in parents.items():
        if parent is None or parent not in parents:
            continue
        first, other = sorted((group_of(article), group_of(parent)), key=lambda id_: order[id_])
        groups[other] = first
    return {article: group_of(article) for article in parents}


# -- a story's life ------------------------------------------------------------------------------


def quiet_since(last_day: str, newest_day: str) -> str | None:
    """The day of the story's last article once a week has passed without another, else None.

    `newest_day` is the archive's newest day: no clock is asked.
    """
    return last_day if ordinal(newest_day) - ordinal(last_day) > WINDOW_DAYS else None


def rhythm(days: Collection[str]) -> tuple[Count, ...]:
    """Articles by day from the first to the last, days without any included; by month where that
    is more than `DAYS_COUNTED` days, or one is known by its month. `days` are the articles', in any order."""
    if not days:
        return ()
    first, last = (date.fromisoformat(iso_day(day)) for day in (min(days), max(days)))
    length = (last - first).days + 1
    by_month = length > DAYS_COUNTED or any(len(day) < 10 for day in days)
    cut = 7 if by_month else 10
    counts: dict[str, int] = {}
    if by_month:
        month = first.year * 12 + first.month - 1
        while month <= last.year * 12 + last.month - 1:
            counts[f"{month // 12:04}-{month % 12 + 1:02}"] = 0
            month += 1
    else:
        counts = {(first + timedelta(days=at)).isoformat(): 0 for at in range(length)}
    for day in days:
        counts[day[:cut]] += 1
    return tuple(Count(period, articles) for period, articles in counts.items())
