"""Who does the jobs of a build, while the editor sees how far they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from newsdigest.base.errors import _
from newsdigest.base.i18n import translations
from newsdigest.base.settings import Settings
from newsdigest.executors import open_executor, run_stage
from newsdigest.progress import Progress

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Pool:
    """Workers that are there, for one or several jobs; `lost` is told when one of them dies."""

    executor: Executor
    size: int
    lost: Callable[[], None]

    def run(
        self,
        job: Callable[[Sequence[Item]], Sequence[Result]],
        items: Iterable[Item],
        batch_size: int,
        alone: Callable[[Item], bool] = lambda _item: False,
    ) -> Iterator[Sequence[Result]]:
        """The results of each batch of items, in order (see `newsdigest.executors.run_stage`)."""
        return run_stage(self.executor, self.size, job, items, batch_size, self.lost, alone)


class Workers:
    """Opens pools as the settings have it; that a worker died is told once a build."""

    def __init__(self, settings: Settings, progress: Progress) -> None:
        self._settings = settings
        self._progress = progress
        self._gettext = translations(settings.editor_lang).gettext
        self._some_died = False

    @contextmanager
    def pool(self, jobs: int) -> Iterator[Pool]:
        """Workers for so many jobs."""
        settings = self._settings
        least = settings.limits.in_process_below
        with open_executor(settings.workers, jobs, least, settings.scheduler) as (executor, size):
            yield Pool(executor, size, self._worker_lost)

    def shown(
        self, label: str, total: int, batches: Iterable[Sequence[Result]]
    ) -> Iterator[Result]:
        """Each result of the batches, while the editor sees how many of `total` are done.

        `label` is a msgid: what is being done.
        """
        waiting: list[Result] = []

        def counts() -> Iterator[int]:
            for batch in batches:
                waiting.extend(batch)
                yield len(batch)

        for _step in self._progress.track(self._gettext(label), total, counts()):
            yield from waiting
            waiting.clear()

    def _worker_lost(self) -> None:
        if self._some_died:
            return
        self._some_died = True
        self._progress.note(
            self._gettext(_("A worker process died; its work is done again in this process."))
        )
