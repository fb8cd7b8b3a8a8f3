"""What every stage of one build works with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

from newsdigest.archive.readers import Archive
from newsdigest.archive.store import Store
from newsdigest.base.addresses import CORRECTIONS, SEARCH, href
from newsdigest.base.records import Page
from newsdigest.base.settings import Settings
from newsdigest.host import HostSpec
from newsdigest.site.kind import Context, Kinds
from newsdigest.workers import Workers


@dataclass(slots=True)
class Laps:
    """How long each stage took: `seconds` by its name, counted from the lap before."""

    seconds: dict[str, float] = field(default_factory=dict)
    since: float = field(default_factory=perf_counter)

    def lap(self, stage: str) -> None:
        """That stage, or a part of it, ends here."""
        now = perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self.since
        self.since = now


@dataclass(frozen=True, slots=True)
class Resources:
    """The settings, the store with its readers, the page kinds, the host, who does the jobs.

    `made_anew` says why the store was (see `newsdigest.archive.opening.open_store`); `inputs` is the
    state of the files that the host reads by itself.
    """

    settings: Settings
    host: HostSpec
    store: Store
    archive: Archive
    kinds: Kinds
    workers: Workers
    made_anew: str = ""
    inputs: str = ""
    laps: Laps = field(default_factory=Laps)

    @property
    def output(self) -> Path:
        """The folder of the site."""
        return Path(self.settings.output)

    @property
    def standing(self) -> Path:
        """Where the files lie that this build leaves as they are."""
        return Path(self.settings.site_folder)

    @property
    def context(self) -> Context:
        """What pages are made from, in this process."""
        return Context(self.archive, self.settings.site, self.kinds)

    def as_settled(self) -> Resources:
        """The same, of a site whose pages lead to its corrections and its search where it has
        some, and to its sections."""
        some = self.archive.corrections.there_are()
        address = href(self.settings.addresses.of(CORRECTIONS)) if some else ""
        sections = self.archive.sections
        site = replace(
            self.settings.site,
            corrections=address,
            search=href(self.settings.addresses.of(SEARCH)) if "search" in self.kinds else "",
            shown=sections.shown(self.settings.site.sections),
        )
        return replace(self, settings=replace(self.settings, site=site))

    @property
    def host_inputs_changed(self) -> bool:
        """Whether a file the host reads by itself (a page of its own, a picture) changed."""
        return self.store.meta("inputs") != self.inputs

    def files(self, pages: Iterable[Page]) -> set[str]:
        """Where the files of pages that are there stand."""
        return {
            file for page in pages for file in self.kinds[page.kind].files(self.archive, page.name)
        }
