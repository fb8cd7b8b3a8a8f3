"""Running one job over many batches: in this process, on its cores, or on a cluster.

The core knows `concurrent.futures.Executor` and its `submit` alone. Results come back in the order
of the batches whoever ran them, and only so many batches are in flight that memory stays bounded.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from typing import TypeVar

from newsdigest.base.errors import BuildError, _
from newsdigest.collector import collect_seldom

Item = TypeVar("Item")
Result = TypeVar("Result")

# Batches waiting for each worker: enough that none is idle, few enough to hold in memory.
IN_FLIGHT_PER_WORKER = 3


class InProcess(Executor):
    """Runs each job at once, here: the right executor for a small build."""

    def submit(
        self, fn: Callable[..., Result], /, *args: object, **kwargs: object
    ) -> Future[Result]:
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def open_executor(
    workers: int, jobs: int, in_process_below: int, scheduler: str = ""
) -> Iterator[tuple[Executor, int]]:
    """An executor fit for so many jobs, and how many workers it has.

    `workers` 0 means one a core. Small builds stay in this process: starting a pool costs more.
    With `scheduler`, the address of a Dask cluster, its workers do the jobs, however few.
    """
    if scheduler:
        with _open_cluster(scheduler) as (cluster, cluster_workers):
            yield cluster, cluster_workers
        return
    wanted = workers or os.cpu_count() or 1
    if wanted == 1 or jobs < in_process_below:
        yield InProcess(), 1
        return
    # Forked workers share the loaded templates and gazetteers; elsewhere each makes its own.
    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    pool = ProcessPoolExecutor(
        max_workers=wanted, mp_context=context, initializer=_serve_only_the_build
    )
    try:
        yield pool, wanted
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


@contextmanager
def _open_cluster(scheduler: str) -> Iterator[tuple[Executor, int]]:
    """The workers of a Dask scheduler; they must see content, cache and output where we do."""
    try:
        from distributed import Client
    except ImportError:
        raise BuildError(
            _("a cluster needs the extra packages."), _("Run: pip install 'lefil[cluster]'.")
        ) from None
    try:
        client = Client(scheduler, timeout=10)
    except (OSError, ValueError) as error:
        raise BuildError(
            _("no scheduler answers at {address} ({reason})."),
            _("Start it, or correct the address."),
            address=scheduler,
            reason=str(error) or type(error).__name__,
        ) from error
    with client:
        workers = sum(client.ncores().values())
        if not workers:
            raise BuildError(
                _("the scheduler at {address} has no worker."),
                _("Start one, then build again."),
                address=scheduler,
            )
        executor = client.get_executor()
        try:
            yield executor, workers
        finally:
            with suppress(Exception):  # the scheduler may be gone
                executor.shutdown(wait=False)


def _serve_only_the_build() -> None:
    """In a worker: leave Ctrl-C to the build, and end with it even if it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    collect_seldom()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def run_stage(
    executor: Executor,
    workers: int,
    job: Callable[[Sequence[Item]], Result],
    items: Iterable[Item],
    batch_size: int,
    lost: Callable[[], None] = lambda: None,
    alone: Callable[[Item], bool] = lambda _item: False,
) -> Iterator[Result]:
    """The job's result for each batch of items, in order.

    An item that is `alone` makes a batch of its own, and no two of them are in flight at once: what takes
    much memory. `job` must be picklable. A batch that fails elsewhere is done once more in this process: if it
    was the worker that failed, `lost` is told and the stage goes on; if it was the job, it fails
    here too, and says why.
    """
    waiting: deque[tuple[list[Item], Future[Result]]] = deque()
    source = batched(items, batch_size, alone)
    held: list[list[Item]] = []
    here = InProcess()

    def submit(batch: list[Item]) -> Future[Result]:
        nonlocal executor
        try:
            return executor.submit(job, batch)
        except Exception:  # a broken pool, or a cluster that no longer answers
            executor = here
            return here.submit(job, batch)

    def fill() -> None:
        while len(waiting) < workers * IN_FLIGHT_PER_WORKER:
            batch = held.pop() if held else next(source, [])
            if not batch:
                return
            if alone(batch[0]) and any(alone(other[0]) for other, _future in waiting):
                held.append(batch)
                return
            waiting.append((batch, submit(batch)))

    fill()
    while waiting:
        batch, future = waiting.popleft()
        try:
            result = future.result()
        except Exception as error:
            ours = isinstance(executor, InProcess)
            if ours and not isinstance(error, BrokenExecutor | CancelledError):
                raise
            result = job(batch)
            lost()
        yield result
        fill()


def batched(
    items: Iterable[Item], size: int, alone: Callable[[Item], bool] = lambda _item: False
) -> Iterator[list[Item]]:
    """Lists of `size` items, the last one shorter; an item that is `alone` is a list of its own."""
    batch: list[Item] = []
    for item in items:
        by_itself = alone(item)
        if by_itself and batch:
            yield batch
            batch = []
        batch.append(item)
        if by_itself or len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def spread(items: Sequence[Item], rare: Callable[[Item], bool]) -> list[Item]:
    """The same items, the rare ones evenly among the others from the first on: while one of them is done by a worker,
    the others have work."""
    few = [item for item in items if rare(item)]
    many = [item for item in items if not rare(item)]
    found: list[Item] = []
    for place, item in enumerate(few):
        at, after = (len(many) * place // len(few) for place in (place, place + 1))
        found += [item, *many[at:after]]
    return found if few else many
