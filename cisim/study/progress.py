"""Progress of a study: a live line on a terminal, two plain lines elsewhere, both on stderr."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID


class ProgressTracker(Protocol):
    """Counter of the runs done and of their total."""

    def expect(self, runs: int) -> None:
        """Set the total number of runs."""

    def __call__(self, runs: int) -> None:
        """Add a number of runs done."""


class Untracked:
    """A tracker that shows nothing."""

    def expect(self, runs: int) -> None:
        """Do nothing."""

    def __call__(self, runs: int) -> None:
        """Do nothing."""


UNTRACKED: ProgressTracker = Untracked()


@contextmanager
def show_progress(title: str, total: int, console: "Console | None" = None) -> Iterator[ProgressTracker]:
    """Show the progress of `total` runs, and yield the tracker that counts them.

    Parameters
    ----------
    title : str
        What is running, for instance ``compare hondream``.
    total : int
        Number of runs.
    console : Console, optional
        Where to show it; stderr by default.
    """
    # runs without anything shown need no rich
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    console = console or Console(stderr=True)
    if not console.is_terminal:
        with _two_lines(title, total, console) as watch:
            yield watch
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("runs, elapsed"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as bar:
        yield _Line(bar, bar.add_task(title, total=total))


class _Line:
    """A live line on a terminal."""

    def __init__(self, bar: "Progress", task: "TaskID") -> None:
        self._bar, self._task = bar, task

    def expect(self, runs: int) -> None:
        """Set the total number of runs."""
        self._bar.update(self._task, total=runs)

    def __call__(self, runs: int) -> None:
        """Add a number of runs done."""
        self._bar.advance(self._task, runs)


class _Count:
    """A total that is printed at the end."""

    def __init__(self, total: int) -> None:
        self.total = total

    def expect(self, runs: int) -> None:
        """Set the total number of runs."""
        self.total = runs

    def __call__(self, runs: int) -> None:
        """Do nothing."""


@contextmanager
def _two_lines(title: str, total: int, console: "Console") -> Iterator[ProgressTracker]:
    """Print a line at the start and, unless an error is raised, another at the end."""
    begin, count = time.monotonic(), _Count(total)
    console.print(f"{title}: {total} runs", soft_wrap=True, highlight=False)
    yield count
    seconds = time.monotonic() - begin
    console.print(f"{title}: {count.total} runs done in {seconds:.1f} s", soft_wrap=True, highlight=False)
