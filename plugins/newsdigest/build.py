"""The build, from raw files to a published site: the flow, read first.

scan      which files are new, changed, gone                             read/scan.py
parse     raw file -> article or rejection, with its entities            ingest.py, by the workers
settle    twins, slugs, entities' names, what `>>` headlines mean        archive/update/
plan      what changed -> which pages are stale, and why                 planning.py
render    stale pages -> bytes, verified, in a staging folder            rendering.py, by the workers
publish   staging -> output/, file by file, at no instant half a file    publication.py
send      the site -> where readers find it; what it was is kept         sending.py
report    one screen for the editor; the same as JSON                    report.py
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from newsdigest import versions
from newsdigest.archive.changes import Changes
from newsdigest.archive.faults import StoreError, StoreUnusable, is_damage
from newsdigest.archive.opening import open_store, renew_store
from newsdigest.archive.readers import Archive
from newsdigest.archive.rows import FileResult
from newsdigest.archive.store import Store
from newsdigest.archive.store_files import forget_aside, forget_earlier, set_aside, take_back
from newsdigest.archive.update.earlier import Earlier
from newsdigest.archive.update.embargoes import FOREVER
from newsdigest.archive.update.guards import (
    is_earlier,
    refuse_earlier_clock,
    refuse_missing,
    refuse_removals,
    refuse_resending,
)
from newsdigest.archive.update.settle import settle
from newsdigest.archive.update.update import Given, LedgerMonth, LedgerNow
from newsdigest.base.errors import BuildError, StrictError, VerificationError, _
from newsdigest.base.fingerprint import digest, stat_fingerprint
from newsdigest.base.ledger import Entry
from newsdigest.base.records import STANDING_FILES, Page, Remark
from newsdigest.base.settings import KINDS, WITHOUT_SEARCH, Settings
from newsdigest.collector import collecting_seldom
from newsdigest.editors_files import InForce, in_force, understood
from newsdigest.entities.curated import file as curated
from newsdigest.entities.tagger import tagger_named
from newsdigest.host import HostedRun, HostSpec
from newsdigest.ingest import read_files
from newsdigest.ledger_files import changed_months, write_months
from newsdigest.pictures.cabinet import Cabinet
from newsdigest.planning import plan_build
from newsdigest.progress import Progress, Silent
from newsdigest.publication import LiveSite, Published, Staged
from newsdigest.publish import output
from newsdigest.publish.manifest import FOLDER
from newsdigest.read.scan import Scan, scan_content
from newsdigest.relate import decisions
from newsdigest.rendering import Made, render_site
from newsdigest.report import Report, tally
from newsdigest.resources import Resources
from newsdigest.sending import Sent, keeps, kept_of, send
from newsdigest.site.kind import Bundle, Feed, Files, load_kinds
from newsdigest.site.kinds.picture import PICTURE
from newsdigest.site.leaks import LeakCheck
from newsdigest.site.pagefind import program
from newsdigest.workers import Workers

__all__ = ["Gate", "HostSpec", "HostedRun", "Outcome", "Refused", "build", "let_pass"]


@dataclass(slots=True)
class Outcome:
    """What a build did: the report, each stale page's reason in the order of publication, and what
    was sent, where it ends by that."""

    report: Report
    reasons: dict[Page, str] = field(default_factory=dict)
    sent: Sent | None = None


# Told of the published articles of whose edit nobody said what it is; raises BuildError to stop.
Gate = Callable[[Sequence[Entry]], None]


def let_pass(edited: Sequence[Entry]) -> None:
    """Stop for none."""
    del edited


# Told of published articles, by id, that their agencies have withdrawn: retracts them and their copies in the
# ledger, and says which lines that changed.
Retract = Callable[[Settings, Sequence[str]], list[Entry]]


class _Withdrawn(BuildError):
    """Nothing was settled: these articles are to be retracted first."""

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__("")
        self.ids = ids


def build(
    settings: Settings,
    host: HostSpec,
    progress: Progress | None = None,
    gate: Gate = let_pass,
    retract: Retract | None = None,
) -> Outcome:
    """Bring `settings.output` up to date with the content, and the target with it if so set.

    `gate` may stop it before anything is noted as published; without `retract`, what an agency withdraws
    is held. Raises BuildError (see `newsdigest.base.errors` for its exit codes); the site is then as it was.
    """
    if retract is None or settings.rehearses or not settings.holding:
        return _locked(settings, host, progress, gate, retracts=False)
    try:
        return _locked(settings, host, progress, gate, retracts=True)
    except _Withdrawn as found:
        entries = retract(settings, found.ids)
    outcome = _locked(settings, host, progress, gate, retracts=False)
    remarks, files = outcome.report.remarks, {one.file for one in entries}
    # The file's new text is the cancellation: nobody edited it.
    remarks[:] = [r for r in remarks if r.path not in files or r.code != "W_RETRACTED_EDITED"]
    remarks.extend(Remark(one.file, "W_WITHDRAWN", {"id": one.id}) for one in entries)
    return outcome


def _locked(
    settings: Settings, host: HostSpec, progress: Progress | None, gate: Gate, retracts: bool
) -> Outcome:
    settings = replace(settings, code=versions.workers())
    cache = Path(settings.cache)
    try:
        with (
            collecting_seldom(),
            output.one_writer(cache),
            output.one_writer(Path(settings.output) / FOLDER),
        ):
            path = cache / "archive.sqlite"
            return _build(settings, host, progress or Silent(), path, gate, retracts)
    except (OSError, StoreUnusable) as error:
        if is_damage(error):
            raise
        raise _disk_failed(error, settings) from error


def _disk_failed(error: Exception, settings: Settings) -> BuildError:
    """What the disk refused, before anything was published."""
    reason = getattr(error, "strerror", "") or str(error)
    file = str(getattr(error, "filename", None) or "")
    ours = (settings.output, settings.cache)
    if file and not any(Path(file).is_relative_to(folder) for folder in ours):
        return BuildError(
            _("the build could not read {file}: {reason}."),
            _("The site is as it was. Mend what is named, then build again."),
            file=file,
            reason=reason,
        )
    return BuildError(
        _("the build could not write: {reason}."),
        _("The site is as it was. Free the disk or its folders, then build again."),
        reason=f"{reason} {file}".strip(),
    )


def _build(
    settings: Settings,
    host: HostSpec,
    progress: Progress,
    path: Path,
    gate: Gate,
    retracts: bool,
) -> Outcome:
    """One build on the store at `path`, made anew once if it proves damaged half-way.

    A fault of the build's own would come again: once, the memory gets the blame, and comes back if
    it had none.
    """
    tagger = tagger_named(settings.tagger, settings.entity_types)
    version = versions.reading(settings, tagger)
    store, made_anew = open_store(path, version, tagger.version)
    try:
        return _Build(settings, host, store, made_anew, progress, gate, retracts).run()
    except Exception as error:
        if made_anew or not is_damage(error):
            raise
    finally:
        store.close()
    set_aside(path)
    renewed = renew_store(path, version, tagger.version)
    build = _Build(settings, host, renewed, "corrupt", progress, gate, retracts)
    try:
        outcome = build.run()
    except BaseException:
        build.store.close()
        if not build.site.begun:
            take_back(path)
        raise
    build.store.close()
    forget_aside(path)
    return outcome


class Refused(StrictError):
    """`--strict`, and some file was rejected; `report` lists which."""

    def __init__(self, report: Report) -> None:
        super().__init__(
            _("{count} files were rejected and the build is strict: nothing was published."),
            count=len(report.rejections) + report.kept,
        )
        self.report = report


class _Build:
    """One build; `run` tells the flow."""

    def __init__(
        self,
        settings: Settings,
        host: HostSpec,
        store: Store,
        made_anew: str,
        progress: Progress,
        gate: Gate,
        retracts: bool,
    ) -> None:
        # The search needs a program that is not installed everywhere.
        self.cannot_search = settings.kinds == KINDS and program() is None
        if self.cannot_search:
            settings = replace(settings, kinds=WITHOUT_SEARCH)
        kinds = load_kinds(settings.kinds)
        self.settings = settings
        self.store = store
        self.resources = Resources(
            settings,
            host,
            store,
            Archive(store.connection, settings.addresses, settings.limits, settings.site.lang),
            kinds,
            Workers(settings, progress),
            made_anew,
            stat_fingerprint(host.inputs) if host.inputs else "",
        )
        self.lap = self.resources.laps.lap
        keep = [kept_of(settings).keep] if keeps(settings) else []
        self.site = LiveSite(Path(settings.output), store, kinds.rank, *keep)
        self.gate = gate
        self.retracts = retracts
        # What the articles of packages said that are read again, by file and article.
        self.known: dict[str, dict[str, str]] = {}
        self.earlier = Earlier(store.path)

    def run(self) -> Outcome:
        refuse_earlier_clock(self.store, self.settings)
        with self.store.transaction():
            site_is_known = self.site.recognise()
        editors = in_force(Path(self.settings.content), self.store.last_text)
        months = self._changed_months()
        restless = self._restless(editors, months)
        stamps = self.store.raw.stamps()
        named = self.store.raw.named_pictures()
        scan = scan_content(self.settings, stamps, restless, self.earlier.paths(), named)
        self.known = self.store.raw.packages(scan.as_named(stamps) - restless)
        self.lap("scan")
        with self.store.transaction():
            went_back = is_earlier(self.store, self.settings)
            changes = self._settle(scan, editors, months)
            if self.retracts and (withdrawn := self.store.ledger.withdrawn()):
                raise _Withdrawn(withdrawn)
            refuse_removals(self.store, self.settings, changes, went_back)
            refuse_missing(self.store, self.settings, changes, went_back)
            refuse_resending(self.settings, changes)
            self.gate(self.store.ledger.entries(sorted(changes.undeclared)))
            self.resources = self.resources.as_settled()
            plan = plan_build(self.resources, changes, site_is_known)
            self.lap("plan")
        forget_earlier(self.store.path)
        report = self._report(scan, changes, editors)
        self._stop_unless_sound(report)
        reasons = plan.reasons
        unproved = self.store.meta("unproved")
        if reasons or plan.strays or unproved or self._site_differs():
            if unproved:
                self._forget_retracted()
            with output.staging_folder(self.site.folder) as staging:
                made = render_site(self.resources, plan, staging)
                self.lap("render")
                self._write_ledger()
                self._publish(made, staging, report)
            reasons = made.reasons
        else:
            output.clear_staging(self.site.folder)
            self._write_ledger()
            report.nothing_changed = True
        self._forget_pictures(changes)
        self.lap("publish")
        sent = send(self.settings, self.resources.kinds) if self.settings.releases else None
        self.lap("send")
        return Outcome(report, reasons, sent)

    def _forget_retracted(self) -> None:
        """What is kept of earlier publications says nothing of what was retracted since."""
        if self.settings.rehearses:
            return
        check = LeakCheck((), self.resources.archive.retractions.traces())
        kept = kept_of(self.settings)
        # Whose a picture was that no page shows now, nobody can tell any more.
        pictures = self.resources.archive.pictures
        known = (*kept.of_kind(PICTURE.name), *self.store.site.of(PICTURE.name))
        hidden = {file.digest for file in known if pictures.source(file.name) is None}

        def says(data: bytes) -> bool:
            return digest(data) in hidden or bool(check.leaks("", data))

        kept.forget(says)
        if keeps(self.settings):
            self.site.keep = partial(kept.keep, says=says)

    def _forget_pictures(self, changes: Changes) -> None:
        """What was made of pictures that no article has any more."""
        pictures = self.resources.archive.pictures
        cabinet = Cabinet(self.settings.content, self.settings.cache)
        for sha in changes.pictures:
            if not pictures.is_known(sha):
                cabinet.forget(sha)

    def _restless(self, editors: InForce, months: list[LedgerMonth]) -> set[str]:
        """The files to be read whatever their stamps say."""
        raw = self.store.raw
        found = raw.restless(self.settings.rules.now, self.store.clock())
        if months or editors.decided != self.store.meta(decisions.FILE):
            found |= raw.held()  # which may be published after all
        return found

    def _settle(self, scan: Scan, editors: InForce, months: list[LedgerMonth]) -> Changes:
        settings, meta = self.settings, self.store.meta
        curated_now = editors.meaning.curated
        self.store.raw.mend(scan.mended)
        changes = settle(
            self.store.connection,
            (
                one
                for result in self._read(scan, editors.names)
                for one in self.earlier.as_last_read(result, settings, curated_now)
            ),
            scan.coming,
            scan.gone,
            Given(
                settings.addresses,
                settings.limits,
                settings.rules.now,
                editors.meaning,
                understood(meta(decisions.FILE), meta(curated.FILE))[0],
                self._ledger_now(months),
                settings.rules.timezone,
                settings.holding,
                settings.site.lang,
            ),
        )
        self.store.set_meta(decisions.FILE, editors.decided)
        self.store.set_meta(curated.FILE, editors.names)
        for file, text in editors.standing.items():
            if text != meta(file):
                self.store.set_meta(file, text)
                changes.standing.add(STANDING_FILES[file])
        if settings.publishes:
            self.store.set_meta("published", "yes")
            self.store.set_meta(f"published {decisions.FILE}", editors.decided)
            self.store.set_meta(f"published {curated.FILE}", editors.names)
        # Of a preview any build that holds something comes before: it looks at all again.
        self.store.set_clock(settings.rules.now if settings.holding else FOREVER)
        self.lap("settle")
        return changes

    def _changed_months(self) -> list[LedgerMonth]:
        settings, noted = self.settings, self.store.ledger
        content = Path(settings.content)
        return changed_months(content, noted, settings.allow_removals, settings.command)

    def _ledger_now(self, months: list[LedgerMonth]) -> LedgerNow:
        settings = self.settings
        authority, before = settings.site.feed_id_authority, self.store.meta("feed authority")
        self.store.set_meta("feed authority", authority)
        return LedgerNow(months, settings.publishes, authority, before, bool(settings.target))

    def _write_ledger(self) -> None:
        """What this build is about to publish stands in the ledger first: an address, once given,
        is kept whatever happens then."""
        writes = self.settings.publishes and not self.settings.rehearses
        texts = self.store.ledger.unwritten() if writes else {}
        if texts:
            stamps = write_months(Path(self.settings.content), texts)
            with self.store.transaction():
                self.store.ledger.written(stamps)

    def _read(self, scan: Scan, names: str) -> Iterator[FileResult]:
        """Every file that must be filed, in the order of the walk."""
        for path, stamp, fault in scan.settled:
            yield FileResult(path, stamp, rejection=fault)
        workers = self.resources.workers
        yield from read_files(self.settings, names, scan.to_read, workers, self.known)
        self.lap("parse")

    def _report(self, scan: Scan, changes: Changes, editors: InForce) -> Report:
        resources, archive = self.resources, self.resources.archive
        report = tally(
            archive.counts,
            archive.pictures.files(),
            scan,
            changes,
            resources.made_anew,
            resources.laps.seconds,
        )
        report.tell_of_editors_files(editors, archive.reviews)
        report.cannot_search = self.cannot_search
        report.tell_of_embargoes(archive.embargoes.ends(), self.settings.rules)
        return report

    def _stop_unless_sound(self, report: Report) -> None:
        if not report.adds_up:
            raise VerificationError(
                _("{found} files were found, but {counted} are accounted for."),
                _("Nothing was published; please report this fault."),
                found=report.found,
                counted=report.accounted_for,
            )
        if self.settings.strict and (report.rejections or report.kept):
            raise Refused(report)

    def _site_differs(self) -> bool:
        """Whether files stand in the site that are not of the plan's making and may differ."""
        return self.resources.host_inputs_changed or bool(self.store.site.unsure())

    def _publish(self, made: Made, staging: Path, report: Report) -> None:
        # A file of the host's takes the place of ours of that name.
        by_path = {one.file.path: one for one in made.staged}
        done = self._put_in_place(list(by_path.values()), made.strays, staging)
        with self.store.transaction():
            self.store.underway.set_pending({}, ())
            self.store.set_meta("inputs", self.resources.inputs)
            self.store.set_meta("unproved", "")
        files = [one.file for one in by_path.values()]
        kinds = self.resources.kinds
        feeds = {kind.name for kind in kinds if isinstance(kind, Feed)}
        others = {"asset", *(kind.name for kind in kinds if isinstance(kind, Files | Bundle))}
        report.count_published(files, feeds, others, done.written, done.deleted)

    def _put_in_place(self, staged: list[Staged], strays: set[str], staging: Path) -> Published:
        try:
            return self.site.publish(staged, strays, staging)
        except (OSError, StoreError) as error:
            # A damaged memory is made anew, and the build done again: what is journalled is finished.
            if not self.site.begun or is_damage(error):
                raise
            raise BuildError(
                _("the disk failed while the site was being published: {reason}."),
                _(
                    "Some pages are new, the others as they were; free the disk, then build again:"
                    " what was begun is finished."
                ),
                reason=getattr(error, "strerror", "") or str(error),
            ) from error
