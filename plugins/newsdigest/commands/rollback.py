"""`invoke rollback`: the site as it was at an earlier publication, from what is kept of it.

Files that would tell again of what was retracted since, or is under embargo now, stay as they are:
the ledger of today decides. The next build makes anew all that was put back, from the content as it
is then.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from newsdigest import versions
from newsdigest.archive.connections import connect, read_store
from newsdigest.archive.readers import Archive
from newsdigest.archive.store import Store
from newsdigest.base.addresses import file_of
from newsdigest.base.errors import BuildError, Gettext, _
from newsdigest.base.i18n import translations
from newsdigest.base.records import Page, SiteFile
from newsdigest.base.settings import Settings
from newsdigest.commands.readable import SeenEntry, feed_entries
from newsdigest.commands.screen import Screen
from newsdigest.commands.sent import show_sent
from newsdigest.commands.show import shown
from newsdigest.entities.tagger import tagger_named
from newsdigest.ledger_files import changed_months
from newsdigest.publication import LiveSite, Staged
from newsdigest.publish import manifest, output
from newsdigest.releases.compare import files_at
from newsdigest.releases.kept import Kept, Release
from newsdigest.render import leak_check
from newsdigest.sending import Sent, kept_of, send
from newsdigest.site.kind import Files, Kinds, load_kinds
from newsdigest.site.leaks import LeakCheck


@dataclass(frozen=True, slots=True)
class Restored:
    """What going back did: `withheld` are files left as they are for what they would tell, `lost`
    those of which nothing is kept; the main feed's entries before and after."""

    sent: Sent
    withheld: tuple[str, ...]
    lost: tuple[str, ...]
    before: Mapping[str, SeenEntry]
    after: Mapping[str, SeenEntry]


def roll_back(settings: Settings, number: int) -> int:
    """Put that publication back, for readers too, and say what they will see; 0."""
    gettext = translations(settings.editor_lang).gettext
    console = Screen()
    restored = put_back(settings, number)
    show_sent(restored.sent, settings, console, gettext)
    for line in (*_subscribers(restored, gettext), *_left(restored, gettext)):
        console.print(f"  {shown(line)}", markup=False, soft_wrap=True)
    forward = gettext("Then correct content/ and go forward: invoke publish")
    if not settings.target:
        forward = gettext(
            "The next build goes forward from content/ as it is then: correct it first."
        )
    console.print(f"  {forward}", markup=False, soft_wrap=True)
    return 0


def number_of(typed: str) -> int:
    """The publication an editor means. Raises BuildError for what is no number."""
    digits = typed.removeprefix("n°").strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise BuildError(
            _('"{typed}" is no publication\'s number.'),
            _("Type invoke rollback for those that are kept."),
            typed=typed,
        )
    return int(digits)


def list_publications(settings: Settings) -> int:
    """Print the publications that can be gone back to, the latest first; 1 where there is none."""
    gettext = translations(settings.editor_lang).gettext
    kept = kept_of(settings)
    known, back = kept.releases(), kept.can_be_undone()
    if not known:
        print(gettext("Nothing was published yet: run invoke publish."), file=sys.stderr)
        return 1
    for release in (known[0], *back):
        print(shown(_told(release, gettext, now=release is known[0])))
    if back:
        print(
            gettext("To go back to one of them: invoke rollback {number}").format(
                number=back[0].number
            )
        )
    else:
        print(gettext("Of none before it anything is kept."))
    return 0


def _told(release: Release, gettext: Gettext, now: bool) -> str:
    text = gettext(
        "No. {number}  {at}  articles: new {new}, changed {changed}, removed {removed}"
    ).format(
        number=release.number,
        at=release.at[:16].replace("T", " "),
        new=release.new,
        changed=release.changed,
        removed=release.removed,
    )
    if release.back_to:
        text += "  " + gettext("(back to No. {number})").format(number=release.back_to)
    return text + ("  ← " + gettext("what readers see now") if now else "")


def _subscribers(restored: Restored, gettext: Gettext) -> list[str]:
    """What subscribers of the main feed will see of it."""
    before, after = restored.before, restored.after
    again = [after[id_] for id_ in after if id_ not in before]
    gone = [before[id_] for id_ in before if id_ not in after]
    updated = [id_ for id_ in after if id_ in before and after[id_] != before[id_]]
    told = gettext(
        "Subscribers will see: {updated} as they were before, {again} again, {gone} no more"
        " (who has received them keeps them)."
    )
    lines = [told.format(updated=len(updated), again=len(again), gone=len(gone))]
    lines += [f"  - {entry.title}" for entry in gone[:10]]
    return lines + [f"  + {entry.title}" for entry in again[:10]]


def _left(restored: Restored, gettext: Gettext) -> list[str]:
    lines = []
    if restored.withheld:
        told = gettext(
            "Left as they are, for they would tell of what was retracted or is under embargo: {count} files, as {file}."
        )
        lines.append(told.format(count=len(restored.withheld), file=restored.withheld[0]))
    if restored.lost:
        told = gettext("Left as they are, for nothing is kept of them: {count} files, as {file}.")
        lines.append(told.format(count=len(restored.lost), file=restored.lost[0]))
    return lines


# -- going back --------------------------------------------------------------------------------------


def put_back(settings: Settings, number: int) -> Restored:
    """Make the site, and what readers see, what it was at that publication.

    Raises BuildError where that cannot be done; the site is then as it was.
    """
    settings = replace(settings, releases=True)
    cache, site = Path(settings.cache), Path(settings.output)
    kinds = load_kinds(settings.kinds)
    with ExitStack() as stack:
        for folder in (cache, site / manifest.FOLDER):
            stack.enter_context(output.one_writer(folder))
        kept = kept_of(settings)
        goal = _goal(kept, site, number)
        path = cache / "archive.sqlite"
        _refuse_other_memory(settings, path)
        store = Store(connect(path), path)
        stack.callback(store.close)
        archive = Archive(store.connection, settings.addresses, settings.limits, settings.site.lang)
        return _Rollback(settings, store, archive, kinds, kept).run(goal, number)


def _goal(kept: Kept, site: Path, number: int) -> dict[str, SiteFile | None]:
    """What must stand at each path that is not as it was then; None: nothing."""
    known = [release.number for release in kept.can_be_undone()]
    if number not in known:
        raise BuildError(
            _("publication {number} is not kept."),
            _("Type invoke rollback for those that are kept."),
            number=number,
        )
    ahead = {change.path: change.before for change in kept.changes(site)}
    return {**ahead, **kept.undone(number)}


def _refuse_other_memory(settings: Settings, path: Path) -> None:
    """Raise BuildError unless the archive's memory is of today: it tells what must not be told."""
    if path.is_file():
        connection = read_store(path)
        try:
            store = Store(connection, path)
            known = store.meta("version") == versions.reading(
                settings, tagger_named(settings.tagger)
            )
            if known and not changed_months(Path(settings.content), store.ledger, True):
                return
        finally:
            connection.close()
    raise BuildError(
        _("what was retracted since is not known yet."),
        _("Type: invoke build; then invoke rollback again."),
    )


class _Rollback:
    """One going back, under the build's lock."""

    def __init__(
        self, settings: Settings, store: Store, archive: Archive, kinds: Kinds, kept: Kept
    ) -> None:
        self.settings = settings
        self.store = store
        self.archive = archive
        self.kinds = kinds
        self.kept = kept
        self.folder = Path(settings.output)
        self.site = LiveSite(self.folder, store, kinds.rank, kept.keep)
        # A tombstone stays where it is.
        self.retracted = {file_of(address) for address in archive.retractions.addresses()}
        self.withheld: list[str] = []
        self.lost: list[str] = []

    def run(self, goal: Mapping[str, SiteFile | None], number: int) -> Restored:
        with self.store.transaction():
            self.site.recognise()
        feed = self.kinds["all_feed"].files(self.archive, "")[0]
        before = feed_entries(self._published(feed))
        now = files_at(self.folder, goal)
        with output.staging_folder(self.folder) as staging:
            staged = self._stage(goal, now, staging)
            gone = [
                path
                for path, file in goal.items()
                if file is None
                and path in now
                and now[path].kind != "asset"
                and path not in self.retracted
            ]
            self._make_again([*(one.file for one in staged), *(now[path] for path in gone)])
            self.site.publish(staged, gone, staging)
        sent = send(self.settings, self.kinds, back_to=number)
        after = feed_entries(_read(self.folder / feed))
        return Restored(sent, tuple(self.withheld), tuple(self.lost), before, after)

    def _published(self, path: str) -> bytes:
        """What readers have at this path now."""
        published = self.kept.published([path]).get(path)
        kept = self.kept.bytes_of(published.digest) if published else None
        return _read(self.folder / path) if kept is None else kept

    def _stage(
        self,
        goal: Mapping[str, SiteFile | None],
        now: Mapping[str, SiteFile],
        staging: Path,
    ) -> list[Staged]:
        """The files to put back, but for those that would tell what must not be told."""
        check = leak_check(self.archive)
        staged = []
        for path, file in sorted(goal.items()):
            if file is None or file == now.get(path):
                continue
            data = self.kept.bytes_of(file.digest)
            if data is None and path not in self.retracted:
                self.lost.append(path)
            elif data is None or path in self.retracted or self._tells(check, file, data):
                self.withheld.append(path)
            else:
                output.stage(staging, path, data)
                staged.append(Staged(file, len(data)))
        return staged

    def _tells(self, check: LeakCheck, file: SiteFile, data: bytes) -> bool:
        if self._is_picture(file):
            return self.archive.pictures.is_held(file.name)
        return bool(check.leaks(file.path, data))

    def _is_picture(self, file: SiteFile) -> bool:
        return file.kind in self.kinds and isinstance(self.kinds[file.kind], Files)

    def _make_again(self, files: list[SiteFile]) -> None:
        """The next build makes anew what is put back now, whatever the content is then."""
        why = _("an earlier publication was put back")
        pages = {Page(file.kind, file.name): why for file in files if file.kind in self.kinds}
        pending, strays = self.store.underway.pending()
        with self.store.transaction():
            self.store.underway.set_pending({**pending, **pages}, strays)
            self.store.set_meta("inputs", "")


def _read(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""
