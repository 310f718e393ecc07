"""How far a study is: a live line on a terminal, two plain lines elsewhere, both on stderr."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from cisim.study.runner import unwatched


@contextmanager
def show_progress(title: str, total: int, console: Console | None = None) -> Iterator[Callable[[int], None]]:
    """Show the progress of `total` runs and give the function that is told of further runs done.

    Parameters
    ----------
    title : str
        What is running, for instance ``compare hondream``.
    total : int
        Number of runs.
    console : Console, optional
        Where to show it; stderr by default.
    """
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
        task = bar.add_task(title, total=total)
        yield lambda done: bar.advance(task, done)


@contextmanager
def _two_lines(title: str, total: int, console: Console) -> Iterator[Callable[[int], None]]:
    """Say what starts and, unless it breaks off, what ended."""
    begin = time.monotonic()
    console.print(f"{title}: {total} runs", soft_wrap=True, highlight=False)
    yield unwatched
    seconds = time.monotonic() - begin
    console.print(f"{title}: {total} runs done in {seconds:.1f} s", soft_wrap=True, highlight=False)
