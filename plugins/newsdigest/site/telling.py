"""A story told dispatch by dispatch: what each adds to those before it, and the days that matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from newsdigest.archive.articles import Archive
from newsdigest.archive.stories import Member
from newsdigest.base.records import Article
from newsdigest.entities.tagger import UNTAGGED_BLOCKS
from newsdigest.relate.stories.sentences import Published, digest, new_sentences
from newsdigest.relate.stories.timeline import Dispatch, KeyDate, key_dates
from newsdigest.site.kinds.story import StoryDispatch, passages

# The newest dispatches of a story are told whole; what so many before them said counts as said, and
# their days as dates.
TOLD = 20
REMEMBERED = 30


@dataclass(frozen=True, slots=True)
class Told:
    """`dispatches` newest first; `key_dates` oldest first."""

    dispatches: tuple[StoryDispatch, ...]
    key_dates: tuple[KeyDate, ...]


def tell_story(archive: Archive, members: Sequence[Member]) -> Told:
    """The newest of a story's members, `members` oldest first."""
    published = Published()
    dispatches: list[StoryDispatch] = []
    dated: list[Dispatch] = []
    read = members[-(TOLD + REMEMBERED) :]
    for at, member in enumerate(read):
        article = archive.tagged(member.card.id).article
        texts = _texts(article)
        if at >= len(read) - TOLD:
            said = passages(new_sentences(texts, published))
            dispatches.append(StoryDispatch(member.card, member.membership, said))
        published.add(member.card.day, _digest(texts))
        told = texts if at >= len(read) - TOLD else ()
        dated.append(Dispatch(article.id, member.card.day, article.lang, article.headline, told))
    return Told(tuple(reversed(dispatches)), key_dates(dated))


def _texts(article: Article) -> tuple[str, ...]:
    """The paragraphs; a list says as much, a table is figures."""
    return tuple(
        block.tagged_text
        for block in article.blocks
        if block.type not in UNTAGGED_BLOCKS and block.type != "table"
    )


# A story is told anew with each of its dispatches.
_digest = lru_cache(maxsize=512)(digest)
