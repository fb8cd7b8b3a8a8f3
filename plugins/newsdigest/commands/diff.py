"""`invoke diff`: what the next publication would change, as readers and subscribers would read it.

All pages in a summary, or one article's page and its entry in the main feed, word by word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from newsdigest.base.addresses import file_of
from newsdigest.base.errors import BuildError, Gettext
from newsdigest.base.i18n import translations
from newsdigest.base.settings import Settings
from newsdigest.commands.desk import find_entry
from newsdigest.commands.readable import SeenEntry, feed_entries, page_lines
from newsdigest.commands.screen import Screen
from newsdigest.commands.show import shown, typed_id
from newsdigest.releases.compare import Change

# A summary shows so many pages of a kind; so many words stand around a change.
MOST_PAGES = 40
AROUND = 6
# Lines less alike are another line each.
_ALIKE = 0.5


class Versions(NamedTuple):
    """A changed file as readers have it, and as it would be; b"" where it is not there."""

    change: Change
    before: bytes
    after: bytes


Read = Callable[[Change], Versions]


def show_diff(
    settings: Settings, changes: Sequence[Change], read: Read, feed: str, typed: str
) -> int:
    """Print the summary, or for what was `typed` that article's part; `feed` is the main feed's file.

    Raises BuildError where no one article is meant. 0.
    """
    gettext = translations(settings.editor_lang).gettext
    console = Screen()
    lines = (
        _article(settings, changes, read, feed, typed, gettext)
        if typed
        else _summary(changes, read, feed, gettext)
    )
    for line in lines:
        console.print(shown(line), markup=False, soft_wrap=True)
    return 0


# -- all of it ------------------------------------------------------------------------------------------


def _summary(changes: Sequence[Change], read: Read, feed: str, gettext: Gettext) -> Iterator[str]:
    if not changes:
        yield gettext("Nothing would change.")
        return
    pages, unseen, others = [], 0, 0
    for change in changes:
        if not change.path.endswith(".html"):
            others += 1
            continue
        told = _page(read(change), gettext)
        if told:
            pages.append(told)
        else:
            unseen += 1
    yield gettext("Pages that would read otherwise: {count}").format(count=len(pages))
    yield from pages[:MOST_PAGES]
    if len(pages) > MOST_PAGES:
        yield f"  … +{len(pages) - MOST_PAGES}"
    told = gettext("Files of which no reader sees the change: {pages} pages; others: {others}")
    yield told.format(pages=unseen, others=others)
    yield from _feed(changes, read, feed, gettext)
    yield gettext("Word by word: invoke diff ID. To publish: invoke publish")


def _page(versions: Versions, gettext: Gettext) -> str:
    """A page's line, "" for one whose text is the same."""
    before, after = page_lines(versions.before), page_lines(versions.after)
    title = (after or before or [""])[0]
    path = versions.change.path
    if not versions.before:
        return f"  + /{path}  {title}"
    if not versions.after:
        return f"  - /{path}  {title}"
    if before == after:
        return ""
    counts = [0, 0]
    for kind, old, new in _edits(before, after):
        if kind != "equal":
            counts[0] += len(new)
            counts[1] += len(old)
    told = gettext("(lines: +{more}, -{less})").format(more=counts[0], less=counts[1])
    return f"  ~ /{path}  {title}  {told}"


def _feed(changes: Sequence[Change], read: Read, feed: str, gettext: Gettext) -> Iterator[str]:
    """What becomes of the main feed's entries."""
    before, after = _entries(changes, read, feed)
    told = {
        "+": [after[id_].title for id_ in after if id_ not in before],
        "~": [after[id_].title for id_ in after if id_ in before and after[id_] != before[id_]],
        "-": [before[id_].title for id_ in before if id_ not in after],
    }
    counts = {"new": len(told["+"]), "updated": len(told["~"]), "gone": len(told["-"])}
    text = gettext("Entries of {feed}: new {new}, updated {updated}, gone {gone}")
    yield text.format(feed=feed, **counts)
    lines = [f"  {sign} {title}" for sign, titles in told.items() for title in titles]
    yield from lines[:MOST_PAGES]
    if len(lines) > MOST_PAGES:
        yield f"  … +{len(lines) - MOST_PAGES}"


def _entries(
    changes: Sequence[Change], read: Read, feed: str
) -> tuple[dict[str, SeenEntry], dict[str, SeenEntry]]:
    for change in changes:
        if change.path == feed:
            versions = read(change)
            return feed_entries(versions.before), feed_entries(versions.after)
    return {}, {}


# -- one article ------------------------------------------------------------------------------------------


def _article(
    settings: Settings,
    changes: Sequence[Change],
    read: Read,
    feed: str,
    typed: str,
    gettext: Gettext,
) -> Iterator[str]:
    change = _meant(settings, changes, typed)
    if change is None:
        yield gettext("Nothing would change in its page.")
        return
    versions = read(change)
    yield f"--- /{change.path}" if change.before else gettext("--- not published")
    yield f"+++ /{change.path}" if change.after else gettext("+++ not any more")
    before, after = (page_lines(data, main=True) for data in (versions.before, versions.after))
    yield from unified(before, after)
    yield from _its_entry(_entries(changes, read, feed), change.path, feed, gettext)
    yield gettext("To publish: invoke publish")


def _its_entry(
    entries: tuple[dict[str, SeenEntry], dict[str, SeenEntry]],
    path: str,
    feed: str,
    gettext: Gettext,
) -> Iterator[str]:
    """What becomes of the article's entry in the main feed."""
    before, after = (
        next((entry for entry in found.values() if _leads_to(entry, path)), None)
        for found in entries
    )
    if before == after:
        yield gettext("In {feed}: nothing would change for it").format(feed=feed)
        return
    yield gettext("In {feed}:").format(feed=feed)
    yield from unified(_entry_lines(before), _entry_lines(after))


def _entry_lines(entry: SeenEntry | None) -> list[str]:
    return [entry.title, f"updated {entry.updated}", *entry.lines] if entry else []


def _leads_to(entry: SeenEntry, path: str) -> bool:
    return file_of(entry.link.partition("://")[2].partition("/")[2]).endswith(path)


def _meant(settings: Settings, changes: Sequence[Change], typed: str) -> Change | None:
    """The changed page of the article that is meant; None for a published one that stays as it is."""
    pages = {one.file.name: one for one in changes if one.file.kind == "article"}
    asked = typed_id(typed).strip()
    plain = asked.removeprefix("content/").rpartition(".")[0] if "." in asked else asked
    for name in (asked, plain):
        if name in pages:
            return pages[name]
    file = file_of(
        asked.partition("://")[2].partition("/")[2] if "://" in asked else asked.lstrip("/")
    )
    for page in pages.values():
        if page.path == file:
            return page
    try:
        return pages.get(find_entry(settings, typed).id)
    except BuildError:
        headlines = [name for name in pages if asked and asked in name]
        if len(headlines) == 1:
            return pages[headlines[0]]
        raise


# -- lines and words ---------------------------------------------------------------------------------------


def unified(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """The lines that differ: `-` gone, `+` new, `~` changed within, as [-former-]{+new+}."""
    for kind, old, new in _edits(before, after):
        if kind == "equal":
            continue
        for was, now in zip_longest(old, new):
            if was is not None and now is not None and _alike(was, now):
                yield f"~ {_words(was, now)}"
                continue
            if was is not None:
                yield f"- {was}"
            if now is not None:
                yield f"+ {now}"


def _edits(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, to, until in matcher.get_opcodes():
        yield kind, before[start:end], after[to:until]


def _alike(was: str, now: str) -> bool:
    return SequenceMatcher(None, was.split(), now.split(), autojunk=False).ratio() >= _ALIKE


def _words(was: str, now: str) -> str:
    """Two lines as one, with what changed marked and what did not cut to a few words."""
    told = []
    edits = list(_edits(was.split(), now.split()))
    for at, (kind, old, new) in enumerate(edits):
        if kind == "equal":
            told.append(_cut(old, at > 0, at + 1 < len(edits)))
            continue
        removed = f"[-{' '.join(old)}-]" if old else ""
        told.append(removed + (f"{{+{' '.join(new)}+}}" if new else ""))
    return " ".join(filter(None, told))


def _cut(words: Sequence[str], after: bool, before: bool) -> str:
    """What did not change, cut to what stands near a change."""
    most = AROUND * (after + before)
    if len(words) <= most + 1:
        return " ".join(words)
    first = words[:AROUND] if after else ()
    last = words[len(words) - AROUND :] if before else ()
    return " ".join([*first, "…", *last])
