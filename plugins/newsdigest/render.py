"""The jobs of rendering, for any process: pages in, staged files out.

How a page is made is `newsdigest.site.renderer`'s to know; here is what a worker is sent and gives back.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from newsdigest.base.fingerprint import digest
from newsdigest.base.records import Page, SiteFile
from newsdigest.base.settings import Settings
from newsdigest.publication import Staged
from newsdigest.publish import output
from newsdigest.publish.verify import Verifier
from newsdigest.site.entries import pack_entry
from newsdigest.site.kind import Host, load_kinds
from newsdigest.site.renderer import File, Renderer
from newsdigest.site.theme import Assets
from newsdigest.versions import refuse_other_code


@dataclass(frozen=True, slots=True)
class RenderJob:
    """All a worker needs to render any page of this build.

    `host` is `module:function`, called with `host_options` (JSON) once a process. `build` tells
    one build from the next, for what a process keeps between its batches; nothing shows it.
    """

    settings: Settings
    store: str
    staging: str
    host: str
    host_options: str
    assets: Assets
    build: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as staged: each file's path, digest and size; none if the page is no more.

    `faults` are what verification found wrong with it, empty in a sound build; `lost` are files of
    the site it leads to that are not on the disk.
    """

    page: Page
    files: tuple[tuple[str, str, int], ...]
    faults: tuple[str, ...] = ()
    lost: frozenset[str] = frozenset()

    def staged(self) -> list[Staged]:
        """Its files as publication takes them."""
        return [Staged(SiteFile(path, *self.page, told), size) for path, told, size in self.files]


def render_batch(job: RenderJob, batch: Sequence[Page]) -> list[Rendered]:
    """Render, verify and stage each page of the batch."""
    renderer, verifier = open_renderer(job), open_verifier(job)
    staging = Path(job.staging)
    rendered = []
    for page in batch:
        files = renderer.render(page)
        faults: list[str] = []
        for path, data in files:
            output.stage(staging, path, data)
            faults.extend(f"{path}: {fault}" for fault in verifier.faults(path, data))
        rendered.append(
            Rendered(
                page,
                tuple((path, digest(data), len(data)) for path, data in files),
                tuple(faults),
                verifier.lost(),
            )
        )
    return rendered


def render_page(job: RenderJob, page: Page) -> list[File]:
    """One page's files, rendered in this process and not staged."""
    return open_renderer(job).render(page)


def render_entries(job: RenderJob, batch: Sequence[int]) -> list[tuple[int, bytes]]:
    """(article number, packed feed entry) of each article of the batch."""
    entries = open_renderer(job).entries
    return [(n, pack_entry(entries.new(n))) for n in batch]


@lru_cache(maxsize=1)
def open_renderer(job: RenderJob) -> Renderer:
    """The job's renderer in this process: its store connection, templates and kept feed entries."""
    settings = job.settings
    refuse_other_code(settings.code)
    host = open_host(job.host, job.host_options)
    return Renderer(settings, Path(job.store), job.assets, host, load_kinds(settings.kinds))


@lru_cache(maxsize=1)
def open_verifier(job: RenderJob) -> Verifier:
    """What checks the job's pages in this process."""
    manifest = open_renderer(job).archive.manifest
    site = Path(job.settings.output)
    return Verifier(
        manifest.will_not_exist,
        job.settings.site.url,
        lambda paths: output.lost_files(site, manifest.not_brought(paths)),
    )


@lru_cache(maxsize=1)
def open_host(host: str, options: str) -> Host:
    """The host named `module:function`, made once a process (a forked worker inherits it)."""
    module, _, function = host.partition(":")
    make: Callable[[str], Host] = getattr(importlib.import_module(module), function)
    return make(options)
