"""What the next publication would meet. Quick, and read only: no build, nothing written.

What the files say is compared with what the last build read, and that with what was published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple

from newsdigest.archive.readers import Archive
from newsdigest.archive.reviews import Line
from newsdigest.archive.store import Store
from newsdigest.archive.unpublished import Held, PutOff
from newsdigest.base.errors import EditorsFileError
from newsdigest.base.i18n import translations
from newsdigest.base.ledger import Entry
from newsdigest.base.records import Article, Rejection
from newsdigest.base.settings import Settings
from newsdigest.entities.curated.file import FILE as NAMES
from newsdigest.looked_at import looked_at
from newsdigest.publish import output
from newsdigest.read.formats import parse_file
from newsdigest.read.pictures import names_of
from newsdigest.read.scan import Scan, scan_content
from newsdigest.read.sources import SourceFile, read_editors_file, read_source, readable_path
from newsdigest.relate.decisions import FILE as DECISIONS
from newsdigest.releases.kept import Release
from newsdigest.report import rejection_json
from newsdigest.sending import kept_of

# So many files are read to tell whether they say something else; beyond, their times must do.
MOST_READ = 2000
NEWEST = 3

Kind = Literal["new", "edited", "removed", "renamed"]


class Item(NamedTuple):
    """A file that is not as it was published. `id` and `headline` are "" where no build read it
    yet; `was` is the name it had. `retracted`: readers will be told why its article is gone."""

    kind: Kind
    path: str
    id: str = ""
    headline: str = ""
    was: str = ""
    retracted: bool = False


@dataclass(slots=True)
class Status:
    """What `invoke status` tells. `files` are the editors' own that changed; `undeclared` are
    published articles edited without a word, with their headlines, those whose edit readers have not
    yet first; `building` is the process of a build that is running; `unfinished`, what was begun and did not end."""

    now: datetime
    target: str = ""
    published: Release | None = None
    items: list[Item] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    undeclared: list[tuple[str, str]] = field(default_factory=list)
    embargoes: list[Held] = field(default_factory=list)
    waiting: int = 0
    newest: list[Line] = field(default_factory=list)
    kept: list[Rejection] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    building: str = ""
    unfinished: list[str] = field(default_factory=list)


def status_of(settings: Settings, archive: Archive) -> Status:
    """Everything it tells, from the walk of content/ and the store."""
    path = Path(settings.cache) / "archive.sqlite"
    store = Store(archive.connection, path)
    kept = kept_of(settings)
    releases = kept.releases()
    items = _Items(settings, archive, store).all()
    status = Status(settings.rules.now, settings.target, releases[0] if releases else None, items)
    status.files = list(_changed_files(settings, store))
    status.undeclared = _undeclared(items, archive)
    status.embargoes = archive.unpublished.under_embargo()
    status.waiting = archive.counts.links().get("waiting", 0)
    status.newest = archive.reviews.lines.newest("waiting", None, NEWEST)
    status.kept = archive.counts.faults("kept")
    status.rejected = archive.counts.faults("rejected")
    status.building = output.holder(Path(settings.cache))
    if not status.building:
        pages, strays = store.underway.pending()
        if kept.unsure():
            status.unfinished.append("publication")
        elif pages or strays:
            back = releases and releases[0].back_to
            status.unfinished.append("rollback" if back else "build")
    return status


class _Items:
    """What changed in content/ since the last publication, by path."""

    def __init__(self, settings: Settings, archive: Archive, store: Store) -> None:
        self.settings = settings
        self.archive = archive
        self.store = store
        # The packages that are not as they were read, with the digests of their articles then.
        self.packages: dict[str, dict[str, str]] = {}

    def all(self) -> list[Item]:
        built = {item.path: item for item in filter(None, map(_put_off, self._put_off()))}
        scan = self._scan()
        read = self._read(scan)
        gone = self.archive.unpublished.digests(self._gone(scan, read))
        for item in self._scanned(read, gone):
            before = built.pop(item.was or item.path, None)
            if before is None:
                built[item.path] = item
            elif before.kind != "new":
                built[item.path] = item._replace(headline=before.headline)
            elif item.kind != "removed":
                built[item.path] = before._replace(path=item.path)
        return sorted(built.values(), key=lambda item: (_ORDER.index(item.kind), item.path))

    def _put_off(self) -> list[PutOff]:
        return self.archive.unpublished.articles()

    def _scan(self) -> Scan:
        store, now = self.store, self.settings.rules.now
        last = store.clock()
        restless, named = store.raw.restless(now, last), store.raw.named_pictures()
        return scan_content(self.settings, store.raw.stamps(), restless, named=named)

    def _read(self, scan: Scan) -> dict[str, str]:
        """What the files hold that were not read as they are, by path, as a digest."""
        if len(scan.to_read) > MOST_READ:
            return {readable_path(file.path): "" for file in scan.to_read}
        self.packages = self.store.raw.packages({readable_path(one.path) for one in scan.to_read})
        return dict(one for file in scan.to_read for one in self._digests(file))

    def _digests(self, file: SourceFile) -> Iterable[tuple[str, str]]:
        data = read_source(Path(self.settings.content), file, self.settings.rules)
        path = readable_path(file.path)
        if isinstance(data, Rejection):
            return [(path, "")]
        if path in self.packages:
            found = parse_file(data, path, self.settings.rules)
            if not isinstance(found, Article | Rejection):
                return [(item.path, item.digest) for item in found if not item.is_aside]
        if file.pictures or file.named:
            found = parse_file(data, path, self.settings.rules)
            if isinstance(found, Article):
                return [(path, self._with_pictures(file, found))]
        return [(path, sha256(data).hexdigest())]

    def _with_pictures(self, file: SourceFile, article: Article) -> str:
        """The digest that a build would find."""
        file = file.naming(Path(self.settings.content), names_of(article))
        return looked_at(self.settings, file, make=False).digest(article)

    def _gone(self, scan: Scan, read: Mapping[str, str]) -> list[str]:
        """The files that are not there any more, and the articles that packages hold no more."""
        gone = self.store.raw.packages(set(scan.gone))
        lost = [item for items in gone.values() for item in items]
        for path, items in self.packages.items():
            lost += [item for item in items if path not in read and item not in read]
        return [*(path for path in scan.gone if path not in gone), *lost]

    def _scanned(self, read: Mapping[str, str], gone: Mapping[str, str]) -> Iterable[Item]:
        known = self.archive.unpublished.digests(read)
        lost = {sha: path for path, sha in sorted(gone.items(), reverse=True) if sha}
        for path, sha in sorted(read.items()):
            was = lost.pop(sha, "") if path not in known else ""
            if was:
                yield self._item("renamed", path, was)
            elif path not in known:
                yield Item("new", path)
            elif not sha or sha != known[path]:
                yield self._item("edited", path)
        renamed = {path for path in gone if gone[path] and gone[path] not in lost}
        for path in sorted(gone.keys() - renamed):
            yield self._item("removed", path)

    def _item(self, kind: Kind, path: str, was: str = "") -> Item:
        entry = self.archive.unpublished.of_file(was or path)
        told = (entry.id, entry.headline) if entry else ("", "")
        return Item(kind, path, *told, was)


_ORDER = ("new", "edited", "renamed", "removed")


def _put_off(one: PutOff) -> Item | None:
    """What readers will see of an article that changed since the last publication."""
    entry = one.entry
    if entry is None:
        return Item("new", one.path, one.id, one.headline) if one.path else None
    if not one.path:
        retracted = entry.retracted is not None
        return Item("removed", entry.file, one.id, entry.headline, retracted=retracted)
    if one.text != entry.text:
        return Item("edited", one.path, one.id, one.headline)
    if one.path != entry.file:
        return Item("renamed", one.path, one.id, one.headline, entry.file)
    return None


def _changed_files(settings: Settings, store: Store) -> Iterable[str]:
    for name in (DECISIONS, NAMES):
        told = store.meta(f"published {name}") if store.meta("published") else None
        before = (store.last_text(name) or "") if told is None else told
        try:
            now = read_editors_file(Path(settings.content), name)
        except EditorsFileError:
            yield name
            continue
        if now != before:
            yield name


def _undeclared(items: Iterable[Item], archive: Archive) -> list[tuple[str, str]]:
    """(id, headline) of published articles edited without a word, those to be published first."""
    told: dict[str, str] = {}
    declared: set[str] = set()
    edited = archive.unpublished.edited()
    for entry in edited:
        if entry.edits[-1].to_come:
            declared.add(entry.id)
    for item in items:
        if item.kind == "edited" and item.id and item.id not in declared:
            told[item.id] = item.headline
    for entry in _latest_first(edited):
        told.setdefault(entry.id, entry.headline)
    return list(told.items())


def _latest_first(entries: Iterable[Entry]) -> list[Entry]:
    found = [entry for entry in entries if any(e.kind == "undeclared" for e in entry.edits)]
    return sorted(found, key=lambda entry: max(edit.at for edit in entry.edits), reverse=True)


def json_of(status: Status, settings: Settings) -> dict[str, Any]:
    """The fixed form of `invoke status --json`."""
    gettext = translations(settings.editor_lang).gettext
    release = status.published
    return {
        "published": release
        and {
            "number": release.number,
            "at": release.at,
            "back_to": release.back_to or None,
            "target": status.target,
        },
        "changes": [
            {"kind": i.kind, "path": i.path, "id": i.id or None, "was": i.was or None}
            for i in status.items
        ],
        "editors_files": status.files,
        "undeclared": [{"id": id_, "headline": headline} for id_, headline in status.undeclared],
        "embargoes": [
            {"id": held.id, "until": held.until.isoformat(), "over": held.until <= status.now}
            for held in status.embargoes
        ],
        "waiting": {
            "count": status.waiting,
            "newest": [{"id": line.article, "headline": line.headline} for line in status.newest],
        },
        "kept_files": [rejection_json(fault, gettext) for fault in status.kept],
        "rejections": [rejection_json(fault, gettext) for fault in status.rejected],
        "building": status.building or None,
        "unfinished": status.unfinished,
    }
