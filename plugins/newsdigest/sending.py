"""The last stage of a publication: what the target lacks goes there, and what readers had is kept.

Only what differs from the last publication is sent. What the target was left with is remembered
(`newsdigest.releases.kept`), and a mark that lies there tells whether it still holds: a target that
is new, or was published to by others, is compared file by file. A publication that did not end is
finished by the next one, which knows the files it had begun with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from newsdigest.base.errors import BuildError, _
from newsdigest.base.fingerprint import digest
from newsdigest.base.records import SiteFile
from newsdigest.base.settings import Settings
from newsdigest.publication import order
from newsdigest.publish import manifest
from newsdigest.publish.output import size_of
from newsdigest.releases import websub
from newsdigest.releases.compare import Change, difference, files_at, link_or_copy, told
from newsdigest.releases.kept import Kept, Release, articles_of
from newsdigest.releases.named import target_named
from newsdigest.releases.target import Target
from newsdigest.site.kind import Data, Feed, Formats, Kinds


@dataclass(frozen=True, slots=True)
class Sent:
    """What a publication did, or would do: `changes` since the last one, by path; `files` sent to
    `target` ("" for none: the site is read where it is built) and their `size` in bytes, `deleted`
    there. `release` is None where nothing changed, and for a rehearsal. `compared`: all that stands
    in the target was looked at; `finishes`: an earlier publication had not ended. `feeds_told` are
    those of which the hub was told, `hub_silent` why it could not be.
    """

    target: str
    changes: tuple[Change, ...]
    files: int
    size: int
    deleted: int
    release: Release | None = None
    compared: bool = False
    finishes: bool = False
    feeds_told: int = 0
    hub_silent: str = ""


class _Todo(NamedTuple):
    """The files to send, the paths of those that replace one there, and of those to delete."""

    send: tuple[SiteFile, ...]
    replaced: frozenset[str]
    gone: tuple[str, ...]
    marked: bool = True  # the target tells what stands there


def keeps(settings: Settings) -> bool:
    """Whether what builds replace in the site may be asked for again."""
    return bool(settings.releases or settings.target) and not settings.rehearses


def kept_of(settings: Settings) -> Kept:
    """The publications kept of this site: beside its folder."""
    site = Path(settings.site_folder).absolute()
    return Kept(site.with_name(f"{site.name}-publications"), settings.publications_kept)


def send(settings: Settings, kinds: Kinds, back_to: int = 0) -> Sent:
    """Publish the site as it is built, under the build's lock; a rehearsal only tells.

    Raises BuildError. `back_to`: the publication that the site is again.
    """
    kept, site = kept_of(settings), Path(settings.output)
    try:
        changes = tuple(_changes(settings, kept))
    except ValueError as error:
        raise BuildError(
            _("the list of the site's files in {folder} is damaged."),
            _("Type: invoke repair"),
            folder=str(site / manifest.FOLDER),
        ) from error
    target = target_named(settings.target) if settings.target else None
    if target:
        todo, sent = _compared(settings, kept, target, changes)
    else:
        todo = _differing(changes, set(), site)
        sent = Sent("", changes, len(todo.send), _size(settings, todo.send), len(todo.gone))
    if settings.rehearses:
        return sent
    if target:
        _transfer(kept, target, site, todo, kinds)
    release = kept.record(
        site, changes, lambda number: _release(settings, sent, number, site, back_to)
    )
    kept.end()
    sent = replace(sent, release=release)
    return _told_to_hub(settings, sent, kinds) if settings.site.hub else sent


def _told_to_hub(settings: Settings, sent: Sent, kinds: Kinds) -> Sent:
    feeds = [
        f"{settings.site.url}/{one.path}"
        for one in sent.changes
        if one.after and one.after.kind in kinds and isinstance(kinds[one.after.kind], Feed)
    ]
    silent = websub.tell(settings.site.hub, feeds)
    return replace(sent, feeds_told=0 if silent else len(feeds), hub_silent=silent)


def _changes(settings: Settings, kept: Kept) -> list[Change]:
    """What differs from the last publication; without a target readers have the site itself."""
    if settings.rehearses and not settings.target:
        return difference(Path(settings.standing), Path(settings.output))
    return kept.changes(Path(settings.output))


def _release(settings: Settings, sent: Sent, number: int, site: Path, back_to: int) -> Release:
    articles = [(one.before is None, one.after is None) for one in articles_of(sent.changes)]
    return Release(
        number,
        settings.rules.now.isoformat(timespec="seconds"),
        told(site),
        new=articles.count((True, False)),
        changed=articles.count((False, False)),
        removed=articles.count((False, True)),
        files=sent.files,
        deleted=sent.deleted,
        back_to=back_to,
    )


# -- what to do --------------------------------------------------------------------------------------


def _compared(
    settings: Settings, kept: Kept, target: Target, changes: Sequence[Change]
) -> tuple[_Todo, Sent]:
    """What the target lacks: by what it was left with, or by what stands there."""
    site, unsure, mark = Path(settings.output), kept.unsure(), target.mark()
    todo = _differing(changes, unsure, site)
    compares = settings.compares or not mark or mark != kept.told
    if compares:
        files = manifest.read(site)
        if settings.rehearses:
            _complete(site, Path(settings.standing), files)
        there = target.look(site, files)
        if not (mark or settings.compares):
            _refuse_to_overwrite(target, there.differ - unsure)
        send = tuple(file for file in files if file.path in there.missing | there.differ)
        todo = _Todo(send, frozenset(there.differ), todo.gone)
    todo = todo._replace(marked=mark == told(site))
    size = _size(settings, todo.send)
    sent = Sent(target.name, tuple(changes), len(todo.send), size, len(todo.gone))
    return todo, replace(sent, compared=compares, finishes=bool(unsure))


def _differing(changes: Iterable[Change], unsure: set[str], site: Path) -> _Todo:
    """What changed since the last publication, and what one that did not end had begun with."""
    send = {one.path: one.after for one in changes if one.after}
    replaced = {one.path for one in changes if one.before} | unsure
    gone = {one.path for one in changes if one.after is None}
    send |= files_at(site, unsure)
    gone |= unsure - send.keys()
    return _Todo(
        tuple(send[path] for path in sorted(send)), frozenset(replaced), tuple(sorted(gone))
    )


def _complete(site: Path, standing: Path, files: Iterable[SiteFile]) -> None:
    """Lay beside what a rehearsal made the files it left as they are."""
    for file in files:
        place = site / file.path
        if not place.is_file() and (standing / file.path).is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            link_or_copy(standing / file.path, place)


def _size(settings: Settings, files: Iterable[SiteFile]) -> int:
    def size(path: str) -> int:
        folders = (settings.output, settings.site_folder)
        sizes = (size_of(f"{folder}/{path}") for folder in folders)
        return next((size for size in sizes if size >= 0), 0)

    return sum(size(file.path) for file in files)


def _refuse_to_overwrite(target: Target, differ: set[str]) -> None:
    if differ:
        raise BuildError(
            _("{target} holds files that were not published from here: {count}, as {file}."),
            _("If they are an earlier copy of this site, type: invoke publish --full"),
            target=target.name,
            count=len(differ),
            file=min(differ),
        )


# -- and doing it -------------------------------------------------------------------------------------


def _transfer(kept: Kept, target: Target, site: Path, todo: _Todo, kinds: Kinds) -> None:
    if todo.send or todo.gone:
        _refuse_unlike(site, todo.send)
        kept.begin([*(file.path for file in todo.send), *todo.gone])
        target.send(site, _groups(todo, kinds), todo.gone)
    if not todo.marked:
        target.set_mark(told(site))


def _refuse_unlike(site: Path, files: Iterable[SiteFile]) -> None:
    """Raise BuildError for a file of the site that is not as it was built."""
    for file in files:
        place = site / file.path
        if not place.is_file() or digest(place.read_bytes()) != file.digest:
            raise BuildError(
                _("{file} is not as it was built: nothing was sent."),
                _("Type: invoke repair, then invoke publish"),
                file=str(place),
            )


def _groups(todo: _Todo, kinds: Kinds) -> list[list[str]]:
    """The paths to send in the order of `output/`: what is new, then what replaces a file, in
    groups that are published one after the other."""
    rank = order(lambda kind: kinds.rank(kind) if kind in kinds else -1)
    by_order = sorted(
        todo.send, key=lambda file: (file.path in todo.replaced, rank(file.kind), file.path)
    )

    def group(file: SiteFile) -> tuple[bool, int]:
        replaces = file.path in todo.replaced
        return replaces, _group(file.kind, kinds) if replaces else 0

    return [[file.path for file in run] for _key, run in groupby(by_order, key=group)]


def _group(kind: str, kinds: Kinds) -> int:
    """Articles, lists, the front page, feeds, maps: what may change at one moment."""
    if kind not in kinds or kind == "article" or isinstance(kinds[kind], Formats):
        return 0
    if isinstance(kinds[kind], Feed):
        return 3
    if isinstance(kinds[kind], Data):
        return 4
    return 2 if kind == "front" else 1
