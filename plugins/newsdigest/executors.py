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
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

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
def open_executor(workers: int, jobs: int, in_process_below: int) -> Iterator[tuple[Executor, int]]:
    """An executor fit for so many jobs, and how many workers it has.

    `workers` 0 means one a core. Small builds stay in this process: starting a pool costs more.
    """
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


def _serve_only_the_build() -> None:
    """In a worker: leave Ctrl-C to the build, and end with it even if it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


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
) -> Iterator[Result]:
    """The job's result for each batch of items, in order.

    `job` must be picklable. A worker that dies takes its pool along: `lost` is told, and what was
    in flight and all that follows is done in this process, once.
    """
    waiting: deque[tuple[list[Item], Future[Result]]] = deque()
    source = batched(items, batch_size)
    here = InProcess()

    def fill() -> None:
        nonlocal executor
        for batch in islice(source, workers * IN_FLIGHT_PER_WORKER - len(waiting)):
            try:
                waiting.append((batch, executor.submit(job, batch)))
            except BrokenProcessPool:
                lost()
                executor = here
                waiting.append((batch, executor.submit(job, batch)))

    fill()
    while waiting:
        batch, future = waiting.popleft()
        try:
            result = future.result()
        except BrokenProcessPool:
            if executor is not here:
                lost()
                executor = here
            result = job(batch)
        yield result
        fill()


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Lists of `size` items, the last one shorter."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch
