"""The jobs of rendering, for any process: pages in, staged files out.

How a page is made is `newsdigest.site.renderer`'s to know; here is what a worker is sent and gives back.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from newsdigest.archive.connections import at_one_moment
from newsdigest.archive.readers import Archive
from newsdigest.base.fingerprint import digest
from newsdigest.base.records import Page, SiteFile
from newsdigest.base.settings import Settings
from newsdigest.collector import give_back
from newsdigest.publication import Staged
from newsdigest.publish import output
from newsdigest.publish.verify import Verifier
from newsdigest.site.entries import pack_entry
from newsdigest.site.kind import Bundle, Host, load_kinds
from newsdigest.site.leaks import Leak, LeakCheck
from newsdigest.site.renderer import File, Renderer
from newsdigest.site.theme import Assets
from newsdigest.versions import refuse_other_code


@dataclass(frozen=True, slots=True)
class RenderJob:
    """All a worker needs to render any page of this build.

    `host` is `module:function`, called with `host_options` (JSON) once a process. `build` tells
    one build from the next, for what a process keeps between its batches; nothing shows it.
    `nothing_goes`: all pages are made and no file goes, so what stands in the site as it is made
    again, looked at when it was put there, leads where it did.
    """

    settings: Settings
    store: str
    staging: str
    host: str
    host_options: str
    assets: Assets
    build: int
    nothing_goes: bool = False


class Lot(NamedTuple):
    """What is to be made of one article: the pages that tell of it alone, and its feed entry where `number`, the
    article's, is not 0."""

    number: int
    pages: tuple[Page, ...]


class LotMade(NamedTuple):
    """The same made: `entry` is (article number, packed feed entry)."""

    entry: tuple[int, bytes] | None
    pages: list[Rendered]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as made: each file's path, digest and size, and whether it waits in the staging folder:
    bytes that stand in the site already do not. No file if the page is no more.

    `view` is what it shows, packed, where that was worked out and is to be kept.
    `faults` are what verification found wrong with it, empty in a sound build; `lost` are files of
    the site it leads to that are not on the disk; `leaks`, what it says of articles under embargo or retracted.
    """

    page: Page
    files: tuple[tuple[str, str, int, bool], ...]
    faults: tuple[str, ...] = ()
    lost: frozenset[str] = frozenset()
    leaks: tuple[Leak, ...] = ()
    view: bytes = b""

    def staged(self) -> list[Staged]:
        """Its files as publication takes them."""
        return [
            Staged(SiteFile(path, *self.page, told), size, waits)
            for path, told, size, waits in self.files
        ]


def render_batch(job: RenderJob, batch: Sequence[Page]) -> list[Rendered]:
    """Render each page of the batch, verify it, and stage what is not in the site already."""
    tools = _tools(job)
    with at_one_moment(tools.renderer.store):
        made = [_made(job, tools, page) for page in batch]
    if any(isinstance(tools.renderer.context.kinds[page.kind], Bundle) for page in batch[:1]):
        give_back()  # an index leaves a dozen megabytes of holes
    return made


def render_articles(job: RenderJob, batch: Sequence[Lot]) -> list[LotMade]:
    """All that is made of each article, together: what is filed of it is looked up once, and set in type once."""
    tools = _tools(job)
    entries = tools.renderer.entries
    made = []
    with at_one_moment(tools.renderer.store), tools.renderer.archive.articles.held():
        for n, pages in batch:
            entry = (n, pack_entry(entries.new(n))) if n else None
            made.append(LotMade(entry, [_made(job, tools, page) for page in pages]))
    return made


class _Tools(NamedTuple):
    """What a batch of pages is made with; to look each up for each page costs as much as a small one."""

    renderer: Renderer
    verifier: Verifier
    check: LeakCheck
    staging: Path


def _tools(job: RenderJob) -> _Tools:
    return _Tools(open_renderer(job), open_verifier(job), open_leak_check(job), Path(job.staging))


def _made(job: RenderJob, tools: _Tools, page: Page) -> Rendered:
    renderer, verifier, check, staging = tools
    views: list[bytes] = []
    files = renderer.render(page, lambda _page, view: views.append(view))
    known = renderer.archive.manifest.digests([path for path, _data in files])
    made, faults, leaks = [], [], []
    for path, data in files:
        leaks += check.leaks(path, data)
        told = digest(data)
        stands = told == known.get(path)
        waits = not (stands and output.size_of(f"{job.settings.site_folder}/{path}") == len(data))
        if waits:
            output.stage(staging, path, data)
        if waits or not job.nothing_goes:
            faults += [f"{path}: {fault}" for fault in verifier.faults(path, data)]
        made.append((path, told, len(data), waits))
    return Rendered(page, tuple(made), tuple(faults), verifier.lost(), tuple(leaks), *views)


def render_page(job: RenderJob, page: Page) -> list[File]:
    """One page's files, rendered in this process and not staged."""
    return open_renderer(job).render(page)


_opened: list[Renderer] = []


@lru_cache(maxsize=1)
def open_renderer(job: RenderJob) -> Renderer:
    """The job's renderer in this process: its store connection, templates and kept feed entries."""
    settings = job.settings
    refuse_other_code(settings.code)
    host = open_host(job.host, job.host_options)
    renderer = Renderer(settings, Path(job.store), job.assets, host, load_kinds(settings.kinds))
    # A connection lies in a cycle with its statements: it would stay open, with megabytes of pages.
    while _opened:
        _opened.pop().store.close()
    _opened.append(renderer)
    return renderer


@lru_cache(maxsize=1)
def open_verifier(job: RenderJob) -> Verifier:
    """What checks the job's pages in this process."""
    manifest = open_renderer(job).archive.manifest
    site = Path(job.settings.site_folder)
    return Verifier(
        manifest.will_not_exist,
        job.settings.site.url,
        lambda paths: output.lost_files(site, manifest.not_brought(paths)),
    )


@lru_cache(maxsize=1)
def open_leak_check(job: RenderJob) -> LeakCheck:
    """What finds in the job's files what is under embargo or was retracted, in this process."""
    return leak_check(open_renderer(job).archive)


def leak_check(archive: Archive) -> LeakCheck:
    """What finds in a file what is under embargo, and what was retracted."""
    embargoes = archive.embargoes
    return LeakCheck(embargoes.secrets(), archive.retractions.traces(), embargoes.containing)


def check_batch(job: RenderJob, paths: Sequence[str]) -> list[list[Leak]]:
    """What files that stand in the site, by their paths, give away."""
    check, site = open_leak_check(job), Path(job.settings.output)
    return [check.leaks(path, (site / path).read_bytes()) for path in paths]


@lru_cache(maxsize=1)
def open_host(host: str, options: str) -> Host:
    """The host named `module:function`, made once a process (a forked worker inherits it)."""
    module, _, function = host.partition(":")
    make: Callable[[str], Host] = getattr(importlib.import_module(module), function)
    return make(options)
