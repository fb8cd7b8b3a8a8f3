"""Telling the editor how far a long stage is; silent unless somebody listens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

Sized = TypeVar("Sized")

# Below this many items a bar would flash by.
WORTH_A_BAR = 500


class Progress(Protocol):
    """Shows that `total` items of a stage are being worked on."""

    def track(self, label: str, total: int, counts: Iterable[int]) -> Iterator[None]:
        """Consume `counts`, the number of items done at each step."""
        ...

    def note(self, text: str) -> None:
        """Tell something worth knowing while the build goes on."""
        ...


class Silent:
    """Shows nothing."""

    def track(self, label: str, total: int, counts: Iterable[int]) -> Iterator[None]:
        for _ in counts:
            yield

    def note(self, text: str) -> None:
        pass


class Lines:
    """A bar where the output is a terminal, else one plain line a long stage."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def track(self, label: str, total: int, counts: Iterable[int]) -> Iterator[None]:
        if total < WORTH_A_BAR:
            yield from Silent().track(label, total, counts)
        elif not self.console.is_terminal:
            self.console.print(f"{label} : {total}", highlight=False, markup=False)
            yield from Silent().track(label, total, counts)
        else:
            with _bars(self.console) as bars:
                task = bars.add_task(label, total=total)
                for done in counts:
                    bars.advance(task, done)
                    yield

    def note(self, text: str) -> None:
        self.console.print(text, highlight=False, markup=False)


@contextmanager
def _bars(console: Console) -> Iterator[Bars]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=console, transient=True) as bars:
        yield bars
