"""The lists that feed readers take in (OPML 2.0): the main one, and where all would be too much, its parts.

The main one holds the site's feeds, sections and agencies, and every story and name, or the newest and the
most cited. It names no part: readers take the address of one for a feed (newsboat does). The page of feeds
leads to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from newsdigest.archive.facts import Fact
from newsdigest.base import addresses as standing
from newsdigest.base.errors import _
from newsdigest.base.records import Site
from newsdigest.site.feed_bytes import Subscription, opml
from newsdigest.site.feed_parts import in_parts, list_parts, part_label
from newsdigest.site.kind import (
    Context,
    Data,
    Feed,
    FeedLine,
    Reason,
    always,
    one,
)
from newsdigest.site.touched import Touched


def opml_data(context: Context, _name: str) -> bytes:
    """The main list, in folders; the site's own come first."""
    first = context.kinds["all_feed"]
    kinds = (first, *(kind for kind in context.kinds if kind is not first))
    lines = (line for kind in kinds if isinstance(kind, Feed) for line in kind.lines(context))
    return _list(context.site, context.site.name, lines)


def part_data(context: Context, part: str) -> bytes:
    """A further list."""
    kinds = (kind for kind in context.kinds if isinstance(kind, Feed))
    lines = (line for kind in kinds for line in kind.parted(context, part))
    title = f"{context.site.name} – {part_label(part, context.site)}"
    return _list(context.site, title, lines)


def _list(site: Site, title: str, lines: Iterable[FeedLine]) -> bytes:
    folders: dict[str, list[Subscription]] = {}
    for line in lines:
        found = Subscription(line.title, site.url + line.atom, site.url + line.page)
        folders.setdefault(line.folder, []).append(found)
    return opml(title, folders.items())


def _stale(touched: Touched) -> Iterable[Reason]:
    # Where not all are listed, the newest and the most cited may be others.
    first = (touched.index or touched.story_list) and in_parts(touched.archive)
    if touched.feeds or first:
        yield "", _("the list of feeds changed")


def _stale_parts(touched: Touched) -> Iterable[Reason]:
    if not (touched.feeds or touched.index or touched.story_list):
        return
    known, now = (
        set(touched.archive.manifest.names(OPML_PART.name)),
        set(list_parts(touched.archive)),
    )
    changed = {
        part for kind in touched.kinds if isinstance(kind, Feed) for part in kind.reparted(touched)
    }
    for part in sorted((known ^ now) | (known & changed)):
        yield part, _("the list of feeds changed")


def _of_part(part: str) -> dict[str, Any]:
    return {"map": part}


_READS = frozenset({Fact.NAMES, Fact.STORIES, Fact.LABELS, Fact.LEDGER})

OPML = Data(
    name="opml",
    addresses=(standing.OPML,),
    reads=_READS,
    names=one,
    has=always,
    stale=_stale,
    data=opml_data,
)
OPML_PART = Data(
    name="opml_part",
    addresses=(standing.OPML_PART,),
    fields=_of_part,
    reads=frozenset({Fact.NAMES, Fact.STORIES}),
    names=list_parts,
    has=lambda archive, part: part in list_parts(archive),
    stale=_stale_parts,
    data=part_data,
)
