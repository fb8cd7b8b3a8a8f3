"""What a publication adds to an article's line of the ledger: the edit, and what it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from newsdigest.base.ledger import Edit, Entry
from newsdigest.base.records import Article
from newsdigest.relate.rewordings import Rewording, combined, rewordings


class Published(NamedTuple):
    """What a publication says of an article, in the ledger's words."""

    file: str
    address: str
    sha: str
    text: str
    headline: str
    folded: bool


def advanced(
    entry: Entry, now: Published, moment: str, changes: Callable[[], tuple[tuple[str, str], ...]]
) -> Entry:
    """An article's line after it was published once more, at `moment`.

    A text that differs though the file's bytes are the same is read otherwise than before, not
    edited. `changes` tells the wording of an edit; what the editor declared of it is published with it.
    """
    folded = entry.folded and now.folded
    entry = msgspec.structs.replace(entry, file=now.file, address=now.address, folded=folded)
    if now.text == entry.text:
        return entry
    former = entry.former
    if now.headline != entry.headline:
        former = tuple(dict.fromkeys((*former, entry.headline)))
    edits = entry.edits
    if now.sha != entry.sha:
        *before, last = edits or (Edit(""),)
        if last.to_come:
            # What it holds already was published before, and declared with this edit.
            told = combined((last.changes, changes()))
            edits = (*before, msgspec.structs.replace(last, at=moment, changes=told, to_come=False))
        else:
            edits = (*edits, Edit(moment, changes=changes()))
    return msgspec.structs.replace(
        entry, sha=now.sha, text=now.text, headline=now.headline, former=former, edits=edits
    )


def changed(former: Article, new: Article) -> tuple[Rewording, ...]:
    """What was changed in an article: its headline whole, then its text and its credit."""
    headlines = former.headline, new.headline
    told = rewordings(_texts(former), _texts(new))
    return told if former.headline == new.headline else (headlines, *told)


def _texts(article: Article) -> Iterator[str]:
    """What the article says, related headlines apart; a row of a table is a line."""
    for block in article.blocks:
        if block.type == "table":
            yield "\n".join(" · ".join(filter(None, row)) for row in block.rows)
        elif block.type != "related":
            yield block.caption or block.tagged_text
    yield article.credit
