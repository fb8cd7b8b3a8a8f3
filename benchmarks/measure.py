"""What a command costs: CPU and wall seconds, and the peak memory of all its processes.

    python -m benchmarks.measure -- COMMAND ARGUMENT...

CPU is the kernel's count, user and system, for the command and every descendant that was waited
for (a pool of workers is). Memory is the proportional set size, summed over the session's processes
and sampled: a page two workers share counts once, a peak between two samples is missed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.1
# So many times as long as a look took, nobody looks.
MOST_LOOKING = 30


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds and megabytes (10⁶ bytes). `output` is what the command printed, both streams."""

    user: float
    system: float
    wall: float
    peak: float
    exitcode: int
    output: str = ""

    @property
    def cpu(self) -> float:
        return self.user + self.system


def measure(
    command: Sequence[str],
    folder: Path | str = ".",
    environment: Mapping[str, str] | None = None,
    interval: float = INTERVAL,
) -> Cost:
    """Run the command in `folder` to its end; `environment` is added to this process's own."""
    began = time.perf_counter()
    # A session of its own: its processes are found even when their parent has gone.
    child = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    meter = _Meter(child.pid, interval)
    meter.start()
    assert child.stdout is not None
    output = child.stdout.read()
    # wait4, not wait: it tells this child's usage, RUSAGE_CHILDREN would add up all children's.
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    meter.over.set()
    meter.join()
    child.returncode = os.waitstatus_to_exitcode(status)
    return Cost(usage.ru_utime, usage.ru_stime, wall, meter.peak / 1e6, child.returncode, output)


class _Meter(threading.Thread):
    """Samples a session's memory until `over` is set; `peak` is in bytes."""

    def __init__(self, session: int, interval: float) -> None:
        super().__init__(daemon=True)
        self.session = session
        self.interval = interval
        self.over = threading.Event()
        self.peak = 0

    def run(self) -> None:
        rest = self.interval
        while not self.over.wait(rest):
            began = time.thread_time()
            self.peak = max(self.peak, sum(map(_proportional_set_size, self._processes())))
            # The kernel counts page by page: looking at a gigabyte often would take a fifth of a core.
            rest = max(self.interval, MOST_LOOKING * (time.thread_time() - began))

    def _processes(self) -> list[int]:
        pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
        return [pid for pid in pids if _session_of(pid) == self.session]


def _session_of(pid: int) -> int:
    try:
        return os.getsid(pid)
    except OSError:  # it has ended
        return -1


def _proportional_set_size(pid: int) -> int:
    """Bytes; 0 for a process that has just ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def main() -> None:
    command = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else sys.argv[1:]
    if not command:
        sys.exit(__doc__)
    cost = measure(command)
    sys.stdout.write(cost.output)
    print(
        f"CPU {cost.cpu:.2f} s (user {cost.user:.2f}, system {cost.system:.2f}),"
        f" wall {cost.wall:.2f} s, peak {cost.peak:.0f} MB, exit {cost.exitcode}"
    )
    sys.exit(cost.exitcode)


if __name__ == "__main__":
    main()
