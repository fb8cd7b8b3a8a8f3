"""One job over many batches: in order, bounded in flight, whoever runs it."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from newsdigest.collector import collecting_seldom, give_back
from newsdigest.executors import (
    IN_FLIGHT_PER_WORKER,
    InProcess,
    batched,
    open_executor,
    run_stage,
    spread,
)


def doubled(batch: Sequence[int]) -> list[int]:
    return [2 * item for item in batch]


def test_batches_are_full_but_for_the_last() -> None:
    assert list(batched(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(batched([], 3)) == []


def test_results_come_in_the_order_of_the_items() -> None:
    found = run_stage(InProcess(), 1, doubled, range(7), 3)
    assert list(found) == [[0, 2, 4], [6, 8, 10], [12]]


class Newest(Executor):
    """Finishes the jobs it was given last first, and remembers how many it held at most."""

    def __init__(self) -> None:
        self.held: list[tuple[Future[Any], Callable[[], Any]]] = []
        self.most = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        executor = self

        class Waiting(Future[Any]):
            def result(self, timeout: float | None = None) -> Any:
                while executor.held:
                    future, job = executor.held.pop()
                    future.set_result(job())
                return super().result(timeout)

        future: Future[Any] = Waiting()
        self.held.append((future, lambda: fn(*args, **kwargs)))
        self.most = max(self.most, len(self.held))
        return future


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_only_so_many_batches_are_in_flight_and_none_is_out_of_order(workers: int) -> None:
    executor = Newest()
    found = [
        item for batch in run_stage(executor, workers, doubled, range(500), 7) for item in batch
    ]
    assert found == list(range(0, 1000, 2))
    assert executor.most == workers * IN_FLIGHT_PER_WORKER


def test_items_are_taken_only_as_they_are_needed() -> None:
    taken = []

    def source():  # type: ignore[no-untyped-def]
        for item in range(1000):
            taken.append(item)
            yield item

    stage = run_stage(Newest(), 2, doubled, source(), 10)
    next(stage)
    assert len(taken) <= 2 * IN_FLIGHT_PER_WORKER * 10


def test_what_takes_much_memory_is_done_by_itself_and_one_after_the_other() -> None:
    def large(item: int) -> bool:
        return item % 10 == 3

    together = []

    class Watched(Newest):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            future = super().submit(fn, *args, **kwargs)
            running[future] = [item for item in args[0] if large(item)]
            together.append(sum(map(len, (running[one] for one in running if not one.done()))))
            return future

    running: dict[Future[Any], list[int]] = {}
    found = list(run_stage(Watched(), 2, doubled, range(40), 4, alone=large))
    assert [item for batch in found for item in batch] == list(range(0, 80, 2))
    assert [batch for batch in found if 6 in batch or 46 in batch] == [[6], [46]]
    assert max(together) == 1


def test_the_rare_ones_stand_among_the_others_from_the_first_on() -> None:
    def is_capital(letter: str) -> bool:
        return letter.isupper()

    assert "".join(spread(list("abXcdefYgh"), is_capital)) == "XabcdYefgh"
    assert "".join(spread(list("XYZa"), is_capital)) == "XYZa"
    assert "".join(spread(list("abc"), is_capital)) == "abc"
    assert spread([], is_capital) == []


class Dying(Executor):
    """Loses its worker with the batch that holds `item`, and takes no job afterwards."""

    def __init__(self, item: int) -> None:
        self.item = item
        self.broken = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self.broken:
            raise BrokenExecutor("no worker")
        future: Future[Any] = Future()
        if self.item in args[0]:
            self.broken = True
            future.set_exception(BrokenExecutor("the worker died"))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


@pytest.mark.parametrize("item", [0, 5, 49, 99])
def test_the_work_of_a_dead_worker_is_done_here(item: int) -> None:
    told = []
    found = run_stage(Dying(item), 2, doubled, range(100), 10, lambda: told.append("lost"))
    assert [item for batch in found for item in batch] == list(range(0, 200, 2))
    assert told == ["lost"]


class Vanishing(Executor):
    """A cluster whose scheduler dies: what it was given is cancelled, and it takes no more."""

    def __init__(self) -> None:
        self.taken = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.taken += 1
        if self.taken > 6:
            raise RuntimeError("the client is closed")
        future: Future[Any] = Future()
        if self.taken > 3:
            future.cancel()
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def test_the_work_of_a_cluster_that_vanishes_is_done_here() -> None:
    told = []
    found = run_stage(Vanishing(), 2, doubled, range(100), 5, lambda: told.append("lost"))
    assert [item for batch in found for item in batch] == list(range(0, 200, 2))
    assert told


def fails_at_seven(batch: Sequence[int]) -> list[int]:
    if 7 in batch:
        raise ValueError("seven")
    return list(batch)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_job_that_fails_says_why_wherever_it_ran(workers: int) -> None:
    told: list[str] = []
    with (
        pytest.raises(ValueError, match="seven"),
        open_executor(workers, 1000, 400) as (executor, count),
    ):
        list(run_stage(executor, count, fails_at_seven, range(20), 2, lambda: told.append("lost")))
    assert told == []


def process_of(batch: Sequence[int]) -> tuple[int, list[int]]:
    return os.getpid(), list(batch)


def killed_elsewhere(home: int, batch: Sequence[int]) -> list[int]:
    if 30 in batch and os.getpid() != home:
        os.kill(os.getpid(), signal.SIGKILL)
    return list(batch)


def test_a_pool_whose_worker_is_killed_still_gives_every_result_in_order() -> None:
    from functools import partial

    told: list[str] = []
    job = partial(killed_elsewhere, os.getpid())
    with open_executor(2, 1000, 400) as (executor, workers):
        assert isinstance(executor, ProcessPoolExecutor)
        found = run_stage(executor, workers, job, range(100), 4, lambda: told.append("lost"))
        assert [item for batch in found for item in batch] == list(range(100))
    assert told


@pytest.mark.parametrize(("workers", "jobs"), [(1, 10_000), (2, 399), (0, 5)])
def test_a_small_build_stays_in_this_process(workers: int, jobs: int) -> None:
    with open_executor(workers, jobs, 400) as (executor, count):
        ((pid, _),) = run_stage(executor, count, process_of, range(3), 10)
    assert (pid, count) == (os.getpid(), 1)


def test_a_large_one_has_its_workers() -> None:
    with open_executor(2, 400, 400) as (executor, count):
        found = list(run_stage(executor, count, process_of, range(40), 4))
    assert count == 2
    assert os.getpid() not in {pid for pid, _ in found}
    assert [item for _, batch in found for item in batch] == list(range(40))


def thresholds(batch: Sequence[int]) -> list[tuple[int, int, int]]:
    return [gc.get_threshold() for _ in batch]


def test_workers_and_the_build_look_for_garbage_seldom_and_the_process_as_before_when_it_ends() -> (
    None
):
    before = gc.get_threshold()
    with collecting_seldom():
        ours = gc.get_threshold()
        with collecting_seldom():  # a build that `invoke build` runs
            pass
        assert gc.get_threshold() == ours
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
    with open_executor(2, 10, 1) as (pool, workers):
        theirs = [one for lot in run_stage(pool, workers, thresholds, range(4), 1) for one in lot]
    assert theirs == [ours] * 4
    assert ours[0] > 10 * before[0]


@pytest.mark.skipif(sys.platform != "linux", reason="the C library of others has no such call")
def test_what_is_free_between_what_is_kept_is_given_back_before_processes_are_forked() -> None:
    def resident() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")

    blocks = [bytearray(8_000) for _ in range(4_000)]
    kept = blocks[::100]
    blocks.clear()
    before = resident()
    give_back()
    assert before - resident() > 20_000_000
    assert len(kept) == 40
