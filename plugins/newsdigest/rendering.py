"""The stage of rendering: the plan's pages made by the workers, and all that waits for publication.

What a worker does with a page is `newsdigest.render`'s to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from time import perf_counter_ns
from zoneinfo import ZoneInfo

from newsdigest.archive.connections import SNAPSHOT, forget_pages, snapshot
from newsdigest.base.errors import LeakError, VerificationError, _
from newsdigest.base.fingerprint import digest
from newsdigest.base.records import Page, SiteFile
from newsdigest.collector import give_back
from newsdigest.executors import spread
from newsdigest.host import HostedRun
from newsdigest.planning import Plan, pages_at
from newsdigest.publication import Staged
from newsdigest.publish import output
from newsdigest.publish.manifest import FOLDER
from newsdigest.publish.verify import Verifier, leading_to, malformed
from newsdigest.render import (
    Lot,
    Rendered,
    RenderJob,
    check_batch,
    leak_check,
    open_host,
    open_renderer,
    render_articles,
    render_batch,
    render_page,
)
from newsdigest.resources import Resources
from newsdigest.site.kind import Bundle, Feed, Html
from newsdigest.site.leaks import Leak
from newsdigest.site.theme import load_assets
from newsdigest.workers import Pool

BATCH = 50
# So many views are written to the store at once.
KEPT_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Made:
    """What waits in the staging folder, sound, and the files to delete once it is published.

    `reasons` are the plan's, and those of the pages that were found lost meanwhile.
    """

    staged: list[Staged]
    strays: set[str]
    reasons: dict[Page, str]


@dataclass(frozen=True, slots=True)
class _Part:
    """Files staged, what verification found wrong with them, and what they say of an embargo."""

    staged: list[Staged] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    leaks: list[Leak] = field(default_factory=list)


def render_site(build: Resources, plan: Plan, staging: Path) -> Made:
    """Render, verify and stage every planned page, and what the theme and the host add.

    Raises VerificationError if anything is wrong with one.
    """
    assets, asset_files = load_assets(Path(build.settings.theme), build.settings.site)
    styles = _stage_assets(staging, asset_files)
    strays = plan.strays | (build.store.site.of_kind("asset") - set(asset_files))
    coming = build.files(plan.reasons)
    build.store.underway.set_coming(coming | set(asset_files), strays)
    open_host(build.host.name, build.host.options)  # before any fork
    job = RenderJob(
        build.settings,
        str(build.store.path),
        str(staging),
        build.host.name,
        build.host.options,
        assets,
        perf_counter_ns(),
        plan.every_page
        and strays - _in_bundles(build) <= asset_files.keys()
        and not build.host_inputs_changed,
    )
    hosted = [page for page in plan.reasons if build.host.whole and _is_html(build, page)]
    ours, reasons = _render_pages(build, job, plan.reasons, set(hosted))
    theirs = _host_files(build, job, hosted)
    staged = [*styles, *ours.staged, *theirs.staged]
    unmade = coming - {made.file.path for made in staged}
    nowhere = _leading_nowhere(build, staging, staged, unmade)
    left = _left_standing(build, job, staged, strays)
    _stop_on_leaks([*ours.leaks, *theirs.leaks, *left], build.settings.rules.timezone)
    _stop_on_faults([*ours.faults, *theirs.faults, *nowhere])
    for copy in Path(build.settings.cache).glob(f"{SNAPSHOT}*"):
        copy.unlink(missing_ok=True)
    strays |= build.store.site.paths() if plan.every_page else build.store.site.of_kind("host")
    strays |= {file.path for file in build.store.site.unsure()}
    return Made(staged, strays - {made.file.path for made in staged}, reasons)


def _stop_on_leaks(leaks: Sequence[Leak], timezone: str) -> None:
    if leaks:
        first = min(leaks)
        if not first.until:
            raise LeakError(
                _("{file} would still say what {id} said, which was retracted ({count} files)."),
                _(
                    "Nothing was published. Change what says it (a page, the theme, another text), or"
                    " delete the file if it is not the site's; then build again."
                ),
                file=first.path,
                id=first.id,
                count=len({leak.path for leak in leaks}),
            )
        raise LeakError(
            _("{file} would tell of {id}, which is under embargo until {until}."),
            _(
                "Nothing was published. Change what tells it (a text, a title), put it under the same"
                " embargo, or lift that one."
            ),
            file=first.path,
            id=first.id,
            until=f"{datetime.fromisoformat(first.until).astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M}",
        )


def _left_standing(
    build: Resources, job: RenderJob, staged: Sequence[Staged], strays: set[str]
) -> list[Leak]:
    """What the files give away that this build neither makes nor deletes, whoever put them there:
    looked at once after something was retracted, all of them."""
    if not build.store.meta("unproved"):
        return []
    ours = build.store.site.paths()
    done = {made.file.path for made in staged} | (strays & ours)
    paths = sorted(
        path
        for file in build.output.rglob("*")
        if file.is_file()
        for path in (file.relative_to(build.output).as_posix(),)
        if path not in done and not path.startswith(f"{FOLDER}/")
    )
    with build.workers.pool(len(paths)) as pool:
        batches = pool.run(partial(check_batch, job), paths, BATCH)
        shown = build.workers.shown(_("Looking for what was retracted"), len(paths), batches)
        return [leak for leaks in shown for leak in leaks]


def _stop_on_faults(faults: Sequence[str]) -> None:
    if faults:
        raise VerificationError(
            _("{count} faults in the rendered pages, the first: {first}."),
            _("Nothing was published; please report this fault."),
            count=len(faults),
            first=min(faults),
        )


def _stage_assets(staging: Path, files: Mapping[str, bytes]) -> list[Staged]:
    for path, data in files.items():
        output.stage(staging, path, data)
    return [
        Staged(SiteFile(path, "asset", "", digest(data)), len(data)) for path, data in files.items()
    ]


# -- our pages ------------------------------------------------------------------------------------


def _render_pages(
    build: Resources, job: RenderJob, reasons: Mapping[Page, str], hosted: set[Page]
) -> tuple[_Part, dict[Page, str]]:
    """All pages but the `hosted`; and those at lost files that they lead to, with all reasons."""
    part, known = _Part(), dict(reasons)
    pages = [page for page in reasons if page not in hosted]
    while pages:
        lost: set[str] = set()
        for page in _views_kept(build, _rendered(build, job, pages)):
            part.staged.extend(page.staged())
            part.faults.extend(page.faults)
            part.leaks.extend(page.leaks)
            lost |= page.lost
        again = pages_at(build, lost)
        pages = [page for page in again if page not in known]
        known |= {page: again[page] for page in pages}
    return part, known


def _views_kept(build: Resources, pages: Iterable[Rendered]) -> Iterator[Rendered]:
    """The same pages; what they show is kept, for a build in which it is as it was."""
    fresh: list[tuple[Page, bytes]] = []
    for page in pages:
        if page.view:
            fresh.append((page.page, page.view))
        if len(fresh) >= KEPT_AT_ONCE:
            build.store.views.keep(fresh)
            fresh.clear()
        yield page
    build.store.views.keep(fresh)


def _rendered(build: Resources, job: RenderJob, pages: Sequence[Page]) -> Iterator[Rendered]:
    """Have pages rendered, verified and staged."""
    with build.workers.pool(len(pages)) as pool:
        if pool.size > 1:  # of no use to the processes that are forked now
            forget_pages(build.store.connection)
            give_back()
        batches = _batches(build, job, pool, pages)
        yield from build.workers.shown(_("Rendering"), len(pages), batches)


def _batches(
    build: Resources, job: RenderJob, pool: Pool, pages: Sequence[Page]
) -> Iterator[Sequence[Rendered]]:
    """The pages of single articles first, with the feed entries that other pages need."""
    job = replace(job, store=_store_for_workers(build, "articles"))
    for lots in pool.run(partial(render_articles, job), _lots(build, pages), BATCH):
        build.store.entries.keep(lot.entry for lot in lots if lot.entry)
        yield [page for lot in lots for page in lot.pages]
    build.laps.lap("articles")
    job = replace(job, store=_store_for_workers(build, "pages"))
    others = [page for page in pages if not build.kinds[page.kind].of_article]
    # A bundle takes as long as hundreds of pages, and as much memory as a worker.
    alone = partial(_is_bundle, build)
    yield from pool.run(partial(render_batch, job), spread(others, alone), BATCH, alone)


def _is_bundle(build: Resources, page: Page) -> bool:
    return isinstance(build.kinds[page.kind], Bundle)


def _lots(build: Resources, pages: Sequence[Page]) -> list[Lot]:
    """What is to be made of each article."""
    archive = build.archive
    numbers = archive.articles.ids_of(archive.entries.missing(_in_feeds(build, pages)))
    found: dict[str, list[Page]] = {id_: [] for id_ in numbers}
    for page in pages:
        if build.kinds[page.kind].of_article:
            found.setdefault(page.name, []).append(page)
    return [Lot(numbers.get(id_, 0), tuple(of_one)) for id_, of_one in found.items()]


def _in_bundles(build: Resources) -> set[str]:
    """The files that no page links to."""
    bundles = (kind.name for kind in build.kinds if isinstance(kind, Bundle))
    return {file for name in bundles for file in build.store.site.of_kind(name)}


def _in_feeds(build: Resources, pages: Iterable[Page]) -> set[int]:
    """The numbers of the articles that the feeds among `pages` hold."""
    context = build.context
    return {
        n
        for page in pages
        if isinstance(kind := build.kinds[page.kind], Feed)
        for n in kind.source(context, page.name).articles
    }


def _store_for_workers(build: Resources, stage: str) -> str:
    """The store that workers read in this stage.

    Here they read the one being written (WAL), which SQLite allows on one machine only: the
    machines of a cluster are given a copy that nobody writes.
    """
    store = build.store
    if build.settings.scheduler:
        return snapshot(store.connection, store.path, stage)
    return str(store.path)


# -- the host's -------------------------------------------------------------------------------------


def _host_files(build: Resources, job: RenderJob, hosted: Sequence[Page]) -> _Part:
    """The host's own files, and the pages that are its to write."""
    pages = {file: page for page in hosted for file in build.files([page])}
    if build.host.whole:
        open_renderer(job)  # in this process, for the host looks into the archive
    part = _Part()
    check = leak_check(build.archive)
    with output.staging_folder(build.output, "-host") as folder:
        build.host.run(HostedRun(folder, hosted, partial(render_page, job)))
        files = {
            file.relative_to(folder).as_posix(): file
            for file in sorted(file for file in folder.rglob("*") if file.is_file())
        }
        verifier = Verifier(
            lambda paths: build.archive.manifest.will_not_exist(paths) - files.keys(),
            build.settings.site.url,
            foreign=True,
        )
        for path, file in files.items():
            data = file.read_bytes()
            output.stage(Path(job.staging), path, data)
            page = pages.get(path, Page("host"))
            part.staged.append(Staged(SiteFile(path, *page, digest(data)), len(data)))
            # Pages of plans are ours to answer for; others' pages are as they wrote them.
            look = verifier.faults if path in pages else malformed
            part.faults.extend(f"{path}: {fault}" for fault in look(path, data))
            part.leaks.extend(check.leaks(path, data))
    return part


def _is_html(build: Resources, page: Page) -> bool:
    return page.kind in build.kinds and isinstance(build.kinds[page.kind], Html)


# -- links to nothing -------------------------------------------------------------------------------


def _leading_nowhere(
    build: Resources, staging: Path, staged: Sequence[Staged], unmade: set[str]
) -> Iterator[str]:
    """Links of this build's pages to pages that were planned, and of which nothing came."""
    for file, _size, waits in staged if unmade else ():
        if file.path.endswith(".html"):
            place = output.staged_path(staging, file.path) if waits else build.standing / file.path
            data = Path(place).read_bytes()
            for target in sorted(leading_to(data, unmade, build.settings.site.url)):
                yield f"{file.path}: link to /{target}, which the site does not have"
