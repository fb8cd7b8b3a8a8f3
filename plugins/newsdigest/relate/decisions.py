"""The editors' decisions: what the rules must not decide by themselves. Pure.

    # content/decisions.toml
    [[link]]                                  # this line of that article means that one
    article = "monde/2026-01-12-pourparlers"
    headline = "Deux chalutiers arraisonnés"
    target = "monde/2026-01-05-chalutiers"

    [[never]]                                 # no line of the one may lead to the other
    article = "monde/2026-01-12-pourparlers"
    target = "sport/2026-01-05-chalutiers"

    [[apart]]                                 # these two are not the same dispatch
    article = "monde/2026-01-12-pourparlers"
    other = "monde/2026-01-12-negociations"

    [[split]]                                 # this article begins a story of its own
    article = "monde/2026-01-12-pourparlers"

    [[join]]                                  # this article belongs to that one's story
    article = "monde/2026-01-12-pourparlers"
    to = "monde/2026-01-05-chalutiers"

    [[title]]                                 # how the story of this article is called
    article = "monde/2026-01-05-chalutiers"
    title = "Les chalutiers de la baie"

Ids are paths below content/ without their suffix. A decision goes away with its lines.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from newsdigest.base.errors import BuildError, _
from newsdigest.base.records import Resolution
from newsdigest.relate.copies import Split, split_pairs
from newsdigest.relate.links import Candidate, NearCandidate, resolve
from newsdigest.relate.stories.threads import NO_DECISIONS, StoryDecisions
from newsdigest.text.headline_key import headline_key

FILE = "decisions.toml"
KINDS = frozenset({"link", "never", "apart", "split", "join", "title"})


@dataclass(frozen=True, slots=True)
class Decisions:
    """`links`: (citing id, headline key) -> target id; `never`: (citing id, target id); `apart`:
    pairs of articles, each in id order; `stories`: what is decided of threads."""

    links: dict[tuple[str, str], str] = field(default_factory=dict)
    never: frozenset[tuple[str, str]] = frozenset()
    apart: Split = frozenset()
    stories: StoryDecisions = NO_DECISIONS


def read_decisions(text: str) -> Decisions:
    """The decisions of the file's text. Raises BuildError naming the entry that cannot be read."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BuildError(
            _("{file} cannot be read: {reason}."),
            _("Correct it, or delete it to do without decisions."),
            file=FILE,
            reason=str(error),
        ) from None
    unknown = sorted(set(found) - KINDS)
    if unknown:
        raise BuildError(
            _("{file}: there is no decision [[{kind}]]."),
            _("Write one of these: {known}."),
            file=FILE,
            kind=unknown[0],
            known=", ".join(sorted(KINDS)),
        )
    links = {
        (entry["article"], headline_key(entry["headline"])): entry["target"]
        for entry in _entries(found, "link", ("article", "headline", "target"))
    }
    never = frozenset(
        (entry["article"], entry["target"])
        for entry in _entries(found, "never", ("article", "target"))
    )
    apart = split_pairs(
        (entry["article"], entry["other"])
        for entry in _entries(found, "apart", ("article", "other"))
    )
    stories = StoryDecisions(
        frozenset(entry["article"] for entry in _entries(found, "split", ("article",))),
        {entry["article"]: entry["to"] for entry in _entries(found, "join", ("article", "to"))},
        {
            entry["article"]: entry["title"]
            for entry in _entries(found, "title", ("article", "title"))
        },
    )
    return Decisions(links, never, apart, stories)


def _entries(found: dict[str, Any], kind: str, names: tuple[str, ...]) -> list[dict[str, str]]:
    entries = found.get(kind, [])
    known = isinstance(entries, list) and all(
        isinstance(entry, dict)
        and set(entry) == set(names)
        and all(isinstance(value, str) for value in entry.values())
        for entry in entries
    )
    if not known:
        raise BuildError(
            _("{file}: every [[{kind}]] must have just {names}, as texts."),
            _("Correct it, or delete it to do without decisions."),
            file=FILE,
            kind=kind,
            names=", ".join(names),
        )
    return list(entries)


def decide(
    decisions: Decisions,
    headline: str,
    citing_id: str,
    citing_day: str,
    same_key: Sequence[Candidate],
    near: Callable[[], Sequence[NearCandidate]],
    published: bool,
) -> Resolution:
    """What a `>>` line means, decisions first.

    `near` looks up the articles of like headlines, where none is equal. `published` says whether
    the article a decision links this line to is in the archive: the line waits for it otherwise. A
    line whose only candidates are refused is refused.
    """
    target = decisions.links.get((citing_id, headline_key(headline)))
    if target is not None:
        if published:
            return Resolution(headline, "linked", target, "decision", "decided")
        return Resolution(headline, "waiting", reason="decided, not published")
    allowed = [c for c in same_key if (citing_id, c.id) not in decisions.never]
    found = resolve(headline, citing_id, citing_day, allowed)
    if found.state != "waiting":
        return found
    alike = near()
    allowed_alike = [c for c in alike if (citing_id, c.id) not in decisions.never]
    found = resolve(headline, citing_id, citing_day, allowed, allowed_alike)
    if found.state == "waiting" and len(allowed) + len(allowed_alike) < len(same_key) + len(alike):
        before = resolve(headline, citing_id, citing_day, same_key, alike)
        if before.state != "waiting":
            return Resolution(headline, "refused", method="decision", reason="decided")
    return found
