"""The build, from raw files to a published site: the flow, read first.

scan      which files are new, changed, gone
parse     raw file -> article or rejection, with its entities        (executor)
settle    twins, slugs, entities' names, what `>>` headlines mean    (store)
plan      what changed -> which pages are stale, and why             (pure)
render    stale pages -> bytes, verified, in a staging folder        (executor)
publish   staging -> output/, file by file, at no instant half a site
report    one screen for the editor; the same as JSON
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import perf_counter, perf_counter_ns
from typing import TypeVar

from newsdigest import versions
from newsdigest.archive.changes import Changes
from newsdigest.archive.readers import Archive
from newsdigest.archive.rows import FileResult
from newsdigest.archive.store import (
    SNAPSHOT,
    Store,
    forget_aside,
    forget_earlier,
    is_damage,
    open_store,
    renew_store,
    set_aside,
    snapshot,
    take_back,
    will_not_exist,
)
from newsdigest.archive.update.earlier import Earlier
from newsdigest.archive.update.guards import is_earlier, refuse_earlier_clock, refuse_removals
from newsdigest.archive.update.settle import EditorsFiles, settle
from newsdigest.base.errors import BuildError, StrictError, VerificationError, _
from newsdigest.base.fingerprint import digest, stat_fingerprint
from newsdigest.base.i18n import translations
from newsdigest.base.records import Page, SiteFile
from newsdigest.base.settings import Settings
from newsdigest.editors_files import InForce, in_force, understood
from newsdigest.entities.curated import file as curated
from newsdigest.executors import open_executor, run_stage
from newsdigest.ingest import ingest_batch, prepare, tagger_named
from newsdigest.progress import Progress, Silent
from newsdigest.publication import LiveSite, Staged
from newsdigest.publish import output
from newsdigest.publish.manifest import FOLDER
from newsdigest.publish.verify import Verifier, leading_to, malformed
from newsdigest.read.scan import Scan, scan_content
from newsdigest.relate import decisions
from newsdigest.render import (
    Rendered,
    RenderJob,
    open_host,
    open_renderer,
    render_batch,
    render_entries,
    render_page,
)
from newsdigest.report import Report, tally
from newsdigest.site.kind import Context, Feed, Html, load_kinds
from newsdigest.site.plan import every_page, in_publish_order, plan
from newsdigest.site.renderer import File
from newsdigest.site.theme import load_assets
from newsdigest.site.touched import Touched

Item = TypeVar("Item")

PARSE_BATCH = 100
RENDER_BATCH = 50


@dataclass(frozen=True, slots=True)
class HostedRun:
    """What a host is asked to write into `folder`, under the files' names in the site.

    Its own files always; `pages` too when the build is the host's (`HostSpec.whole`): `render`
    gives a page's files as the core would stage them.
    """

    folder: Path
    pages: Sequence[Page] = ()
    render: Callable[[Page], list[File]] = lambda page: []


@dataclass(frozen=True, slots=True)
class HostSpec:
    """The host of the build: who renders pages, and what else it brings.

    `name` and `options`: see `newsdigest.render.open_host`. `code` are files and folders whose
    change makes every page stale, `look` a text whose change does; `inputs` are folders of which
    the host reads files by itself. `run` writes the host's own files. `whole` builds are the
    host's: whenever anything changed, all pages are its to write, in this process.
    """

    name: str
    options: str = ""
    code: tuple[Path, ...] = ()
    look: str = ""
    inputs: tuple[Path, ...] = ()
    run: Callable[[HostedRun], None] = lambda run: None
    whole: bool = False


@dataclass(slots=True)
class Outcome:
    """What a build did: the report, and each stale page's reason in the order of publication."""

    report: Report
    reasons: dict[Page, str] = field(default_factory=dict)


def build(settings: Settings, host: HostSpec, progress: Progress | None = None) -> Outcome:
    """Bring `settings.output` up to date with the content.

    Raises BuildError (see `newsdigest.base.errors` for its exit codes); the site is then as it was.
    """
    settings = replace(settings, code=versions.workers())
    cache = Path(settings.cache)
    try:
        with output.one_writer(cache), output.one_writer(Path(settings.output) / FOLDER):
            return _build(settings, host, progress or Silent(), cache / "archive.sqlite")
    except (OSError, sqlite3.OperationalError) as error:
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


def _build(settings: Settings, host: HostSpec, progress: Progress, path: Path) -> Outcome:
    """One build on the store at `path`, made anew once if it proves damaged half-way.

    A fault of the build's own would come again: once, the memory gets the blame, and comes back if
    it had none.
    """
    tagger = tagger_named(settings.tagger)
    version = versions.reading(settings, tagger)
    store, made_anew = open_store(path, version, tagger.version)
    try:
        return _Build(settings, host, store, made_anew, progress).run()
    except Exception as error:
        if made_anew or not is_damage(error):
            raise
    finally:
        store.close()
    set_aside(path)
    build = _Build(settings, host, renew_store(path, version, tagger.version), "corrupt", progress)
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
    """One build; `run` tells the flow, each method is one of its stages."""

    def __init__(
        self,
        settings: Settings,
        host: HostSpec,
        store: Store,
        made_anew: str,
        progress: Progress,
    ) -> None:
        self.settings = settings
        self.host = host
        self.store = store
        self.made_anew = made_anew
        self.progress = progress
        self.gettext = translations(settings.editor_lang).gettext
        self.archive = Archive(store.connection, settings.addresses, settings.limits)
        self.kinds = load_kinds(settings.kinds)
        self.site = LiveSite(Path(settings.output), store, self.kinds.rank)
        self.site_is_known = False
        self.inputs = stat_fingerprint(host.inputs) if host.inputs else ""
        self.every_page = False
        self.editors = InForce("", "", EditorsFiles())
        self.earlier = Earlier(store.path)
        self.workers_lost = False
        self.seconds: dict[str, float] = {}
        self.clock = perf_counter()

    def run(self) -> Outcome:
        refuse_earlier_clock(self.store, self.settings)
        with self.store.transaction():
            self.site_is_known = self.site.recognise()
        scan = scan_content(self.settings, self.store, self.earlier.paths())
        self._lap("scan")
        with self.store.transaction():
            went_back = is_earlier(self.store, self.settings)
            changes = self._settle(scan)
            refuse_removals(self.store, self.settings, changes, went_back)
            reasons, strays = self._plan(changes)
        forget_earlier(self.store.path)
        report = tally(self.store.connection, scan, changes, self.made_anew, self.seconds)
        report.tell_of_editors_files(self.editors, self.store.connection)
        self._stop_unless_sound(report)
        if reasons or strays or self._host_inputs_changed or self.store.unsure_files():
            with output.staging_folder(self.site.folder) as staging:
                staged = self._render(reasons, strays, staging)
                self._publish(staged, strays, staging, report)
        else:
            report.nothing_changed = True
        self._lap("publish")
        return Outcome(report, reasons)

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

    # -- parse and settle -------------------------------------------------------------------------

    def _settle(self, scan: Scan) -> Changes:
        settings, meta = self.settings, self.store.meta
        self.editors = in_force(Path(settings.content), self.store.last_text)
        curated_now = self.editors.meaning.curated
        self.store.mend(scan.mended)
        changes = settle(
            self.store.connection,
            (
                self.earlier.as_last_read(result, settings, curated_now)
                for result in self._results(scan, self.editors.names)
            ),
            scan.gone,
            settings.addresses,
            settings.limits,
            self.editors.meaning,
            understood(meta(decisions.FILE), meta(curated.FILE))[0],
            settings.rules.now,
        )
        self.store.set_meta(decisions.FILE, self.editors.decided)
        self.store.set_meta(curated.FILE, self.editors.names)
        self.store.set_clock(settings.rules.now)
        self._lap("settle")
        return changes

    def _results(self, scan: Scan, names: str) -> Iterator[FileResult]:
        """Every file that must be filed, in the order of the walk, read by the workers."""
        yield from scan.settled
        files = scan.to_read
        if files:
            prepare(self.settings, len(files))  # before any fork
        job = partial(ingest_batch, self.settings, names)
        with self._executor(len(files)) as (executor, workers):
            batches = run_stage(executor, workers, job, files, PARSE_BATCH, self._worker_lost)
            yield from self._tracked(self.gettext("Reading"), len(files), batches)
        self._lap("parse")

    def _tracked(self, label: str, total: int, batches: Iterable[Sequence[Item]]) -> Iterator[Item]:
        """Each item of the batches, while the editor sees how many of `total` are done."""
        waiting: list[Item] = []

        def counts() -> Iterator[int]:
            for batch in batches:
                waiting.extend(batch)
                yield len(batch)

        for _step in self.progress.track(label, total, counts()):
            yield from waiting
            waiting.clear()

    # -- plan ---------------------------------------------------------------------------------------

    def _plan(self, changes: Changes) -> tuple[dict[Page, str], set[str]]:
        """What to render, with reasons, and what to delete: this build's and any unfinished one's."""
        why = self._why_everything()
        touched = Touched(changes, self.archive)
        if why:
            self.every_page = True
            reasons = every_page(self.kinds, self.archive, why)
        else:
            reasons = plan(self.kinds, touched)
        if not self.made_anew:
            # One that comes back may have left its entry behind.
            self.store.forget_entries(touched.reworded | changes.added)
        if self.host.whole and (reasons or self._host_inputs_changed):
            self.every_page = True
            why = _("plugins or the theme ask for every page")
            reasons = every_page(self.kinds, self.archive, why)
        pending, unfinished = self.store.pending()
        if self.every_page:
            gone = self.store.pages_but("host")
        else:
            reasons = {**self._unsure_pages(), **pending, **reasons}
            gone = self.archive.manifest.files(reasons)
            there = {page: why for page, why in reasons.items() if self._has(page)}
            reasons = in_publish_order(self.kinds, there)
        strays = unfinished | gone - self._files(reasons)
        self.store.set_pending(reasons, strays)
        self._lap("plan")
        return reasons, strays

    def _has(self, page: Page) -> bool:
        """Whether the page is there (a pending one of another version may be of no kind known)."""
        return page.kind in self.kinds and self.kinds[page.kind].has(self.archive, page.name)

    def _files(self, pages: Iterable[Page]) -> set[str]:
        """Where the files of pages that are there stand."""
        return {
            file for page in pages for file in self.kinds[page.kind].files(self.archive, page.name)
        }

    def _unsure_pages(self) -> dict[Page, str]:
        """Pages whose file may not be as it was built."""
        why = _("its file was not as built")
        return {
            Page(file.kind, file.name): why
            for file in self.store.unsure_files()
            if file.kind in self.kinds
        }

    def _pages_at(self, lost: Iterable[str]) -> dict[Page, str]:
        """The pages that stood at these files, to be made again: others lead to them."""
        return {
            Page(file.kind, file.name): _("its file was not as built")
            for file in sorted(self.store.site_files(lost).values())
            if file.kind in self.kinds
        }

    def _why_everything(self) -> str:
        """Why every page is stale, "" when only what changed is."""
        host = self.host
        now = versions.look(self.settings, host.code, f"{host.look} {host.whole}")
        entries, meta = versions.entries(self.settings), self.store.meta
        if self.made_anew and self.made_anew != "missing":
            why = _("the store was made anew")
        elif not self.site_is_known:
            why = _("the site was never built here")
        elif meta("look") != now:
            why = _("the theme, the settings or the code changed")
        else:
            return ""
        if meta("entries") != entries:
            self.store.forget_all_entries()
            self.store.set_meta("entries", entries)
        self.store.set_meta("look", now)
        return why

    @property
    def _host_inputs_changed(self) -> bool:
        """Whether a file the host reads by itself (a page of its own, a picture) changed."""
        return self.store.meta("inputs") != self.inputs

    # -- render ---------------------------------------------------------------------------------------

    def _render(self, reasons: dict[Page, str], strays: set[str], staging: Path) -> list[Staged]:
        """Render, verify and stage every stale page, and what the theme and the host add."""
        assets, asset_files = load_assets(Path(self.settings.theme))
        staged = [
            Staged(SiteFile(path, "asset", "", digest(data)), len(data))
            for path, data in asset_files.items()
        ]
        for path, data in asset_files.items():
            output.stage(staging, path, data)
        strays |= self.store.pages_of("asset") - set(asset_files)
        coming = self._files(reasons)
        self.store.set_coming(coming | set(asset_files), strays)
        open_host(self.host.name, self.host.options)  # before any fork, as above
        job = RenderJob(
            self.settings,
            str(self._store),
            str(staging),
            self.host.name,
            self.host.options,
            assets,
            perf_counter_ns(),
        )
        faults: list[str] = []
        hosted = [page for page in reasons if self.host.whole and self._is_html(page.kind)]
        pages = [page for page in reasons if page not in set(hosted)] if hosted else list(reasons)
        while pages:
            lost: set[str] = set()
            for page in self._render_pages(pages, job):
                faults.extend(page.faults)
                staged.extend(page.staged())
                lost.update(page.lost)
            again = self._pages_at(lost)
            pages = [page for page in again if page not in reasons]
            reasons.update(again | reasons)
        staged.extend(self._host_files(staging, job, hosted, faults))
        unmade = coming - {item.file.path for item in staged}
        faults.extend(_leading_nowhere(staging, staged, unmade, self.settings.site.url))
        if faults:
            raise VerificationError(
                _("{count} faults in the rendered pages, the first: {first}."),
                _("Nothing was published; please report this fault."),
                count=len(faults),
                first=min(faults),
            )
        strays |= self.store.pages() if self.every_page else self.store.pages_of("host")
        strays |= {file.path for file in self.store.unsure_files()}
        strays -= {file.path for file, _size in staged}
        for copy in Path(self.settings.cache).glob(f"{SNAPSHOT}*"):
            copy.unlink(missing_ok=True)
        self._lap("render")
        return staged

    def _render_pages(self, pages: Sequence[Page], job: RenderJob) -> Iterator[Rendered]:
        """Have pages rendered, verified and staged, after the feed entries they need."""
        with self._executor(len(pages)) as (executor, workers):
            run = partial(run_stage, executor, workers)
            job = replace(job, store=self._store_for_workers("entries"))
            missing = self.archive.entries.missing(self._in_feeds(pages))
            for entries in run(
                partial(render_entries, job), missing, RENDER_BATCH, self._worker_lost
            ):
                self.store.keep_entries(entries)
            job = replace(job, store=self._store_for_workers("pages"))
            self._lap("feed entries")
            batches = run(partial(render_batch, job), pages, RENDER_BATCH, self._worker_lost)
            yield from self._tracked(self.gettext("Rendering"), len(pages), batches)

    def _host_files(
        self, staging: Path, job: RenderJob, hosted: Sequence[Page], faults: list[str]
    ) -> list[Staged]:
        """The host's own files; one of the same name as ours takes its place.

        What verification finds wrong with them is added to `faults`.
        """
        pages = {file: page for page in hosted for file in self._files([page])}
        if self.host.whole:
            open_renderer(job)  # in this process, for the host looks into the archive
        with output.staging_folder(self.site.folder, "-host") as folder:
            self.host.run(HostedRun(folder, hosted, partial(render_page, job)))
            files = {
                file.relative_to(folder).as_posix(): file
                for file in sorted(file for file in folder.rglob("*") if file.is_file())
            }
            verifier = Verifier(
                lambda paths: will_not_exist(self.store.connection, paths) - files.keys(),
                self.settings.site.url,
                foreign=True,
            )
            staged = []
            for path, file in files.items():
                data = file.read_bytes()
                output.stage(staging, path, data)
                page = pages.get(path, Page("host"))
                staged.append(Staged(SiteFile(path, *page, digest(data)), len(data)))
                # Pages of plans are ours to answer for; others' pages are as they wrote them.
                look = verifier.faults if path in pages else malformed
                faults.extend(f"{path}: {fault}" for fault in look(path, data))
        return staged

    def _is_html(self, kind: str) -> bool:
        return kind in self.kinds and isinstance(self.kinds[kind], Html)

    def _in_feeds(self, pages: Iterable[Page]) -> set[int]:
        """The numbers of the articles that the feeds among `pages` hold."""
        context = Context(self.archive, self.settings.site, self.kinds)
        return {
            n
            for page in pages
            if isinstance(kind := self.kinds[page.kind], Feed)
            for n in kind.source(context, page.name).articles
        }

    def _store_for_workers(self, stage: str) -> str:
        """The store that workers read in this stage.

        Here they read the one being written (WAL), which SQLite allows on one machine only: the
        machines of a cluster are given a copy that nobody writes.
        """
        if self.settings.scheduler:
            return snapshot(self.store.connection, self._store, stage)
        return str(self._store)

    @property
    def _store(self) -> Path:
        return Path(self.settings.cache) / "archive.sqlite"

    def _executor(self, jobs: int) -> AbstractContextManager[tuple[Executor, int]]:
        settings = self.settings
        return open_executor(
            settings.workers, jobs, settings.limits.in_process_below, settings.scheduler
        )

    def _worker_lost(self) -> None:
        if self.workers_lost:
            return
        self.workers_lost = True
        self.progress.note(
            self.gettext("A worker process died; its work is done again in this process.")
        )

    # -- publish --------------------------------------------------------------------------------------

    def _publish(
        self, staged: list[Staged], strays: set[str], staging: Path, report: Report
    ) -> None:
        # A file of the host's takes the place of ours of that name.
        by_path = {file.path: Staged(file, size) for file, size in staged}
        try:
            done = self.site.publish(list(by_path.values()), strays, staging)
        except (OSError, sqlite3.Error) as error:
            if not self.site.begun:
                raise
            raise BuildError(
                _("the disk failed while the site was being published: {reason}."),
                _(
                    "Some pages are new, the others as they were; free the disk, then build again:"
                    " what was begun is finished."
                ),
                reason=getattr(error, "strerror", "") or str(error),
            ) from error
        with self.store.transaction():
            self.store.set_pending({}, ())
            self.store.set_meta("inputs", self.inputs)
        files = [file for file, _size in by_path.values()]
        feeds = {kind.name for kind in self.kinds if isinstance(kind, Feed)}
        report.count_published(files, feeds, done.written, done.deleted)

    def _lap(self, stage: str) -> None:
        now = perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self.clock
        self.clock = now


def _leading_nowhere(
    staging: Path, staged: Sequence[Staged], unmade: set[str], site_url: str
) -> Iterator[str]:
    """Links of this build's pages to pages that were planned, and of which nothing came."""
    for file, _size in staged if unmade else ():
        if file.path.endswith(".html"):
            data = Path(output.staged_path(staging, file.path)).read_bytes()
            for target in sorted(leading_to(data, unmade, site_url)):
                yield f"{file.path}: link to /{target}, which the site does not have"
