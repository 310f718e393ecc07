"""How long a study will take, and how far it is: a live line on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from cisim.errors import CisimError
from cisim.parameters import get
from cisim.parameters.checks import LARGEST as LARGEST_COALITION
from cisim.parameters.people import COUNTED
from cisim.study.batch_runs import simulate_batch
from cisim.study.batches import Batch
from cisim.study.engines import BLOCKS
from cisim.study.limits import check_disk, check_memory, disk_there, in_short
from cisim.study.prepared import LARGEST, LARGEST_WITH_TRAJECTORIES, Plan
from cisim.study.table_schemas import KEY, schemas
from cisim.study.tabulate import Found
from cisim.study.task import series_of

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


#: Studies of fewer runs have no pilot.
LONG = 2_000

#: Stretches of the pilot and runs in each, which share design points as they do in a batch; a slow engine does one.
STRETCHES, LENGTH, SLOW_LENGTH = 8, 16, 1

#: Copies of the table of runs that are in memory at a time when it is read at the end.
READ = 3

#: Bytes of memory that a pair of members takes: their tie, and what is known of the places of both.
TIE_BYTES = 60

#: Seconds that a batch should take: short on this machine, longer where sending it out takes long.
SECONDS = {"threads": 1.0, "processes": 2.0, "dask": 5.0, "slurm": 120.0}


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """Expected time, disk and memory of a study.

    Attributes
    ----------
    runs : int
        Runs of its first stage.
    seconds : float
        Time on the workers asked for.
    disk, memory : int
        Bytes of the results, and of this process.
    batch : int
        Runs for a batch.
    """

    runs: int
    seconds: float
    disk: int
    memory: int
    batch: int

    def __str__(self) -> str:
        """Return the forecast in one line."""
        return (
            f"{self.runs:,} runs, about {_duration(self.seconds)}, {self.disk / 1e6:,.0f} MB on disk, "
            f"{self.memory / 1e6:,.0f} MB of memory"
        )


#: Bytes of memory and of disk that a cell of a table takes, at least.
IN_MEMORY, ON_DISK = 10, 1.5


def check_runs(plan: Plan) -> None:
    """Raise InputError where the runs of a plan are more than memory can hold, CisimError where the disk cannot."""
    study, n = plan.study, plan.cells.n_runs
    varied, months = plan.design.told, max(case.observation.horizon for case in plan.setting.cases.values())
    kept = schemas(varied, members=False, trajectories=study.trajectories, events=False, communities=False)
    wide = len(kept["runs"].names)
    asked = f"{in_short(n)} runs ({plan.design.n_points} points, replicates={study.replicates})"
    check_memory(asked, n, READ * IN_MEMORY * wide, "give fewer points, or fewer replicates=")
    if study.trajectories:
        wide += months * (len(KEY) + 1 + len(series_of(plan.trajectory_filter)))
    check_disk(asked, n, 2 * ON_DISK * wide, Path(study.out))
    _check_communities(plan)


def _check_communities(plan: Plan) -> None:
    """Raise InputError where the ties of all communities that are simulated at a time are more than memory can hold."""
    members = _most(plan, [f"population.{name}" for name in COUNTED])
    n = plan.setting.communities
    asked = f"{n} communities of {members} members on {plan.workers} workers"
    each = plan.workers * members**2 * TIE_BYTES
    check_memory(asked, n, each, "give fewer communities or members, or fewer workers=")


def _most(plan: Plan, names: Sequence[str]) -> int:
    """Return the largest sum of some whole numbers at any point, or more."""
    cases = plan.setting.cases.values()
    own = (
        int(plan.design.columns[name].max()) if name in plan.design.columns else max(int(get(p, name)) for p in cases)
        for name in names
    )
    return min(LARGEST_COALITION, sum(own))


def forecast(plan: Plan) -> Forecast | None:
    """Run a pilot of a long study; None for a short one."""
    n = plan.cells.n_runs
    if n < LONG:
        return None
    is_quick = plan.setting.engine in BLOCKS and not plan.study.events
    length = LENGTH if is_quick else SLOW_LENGTH
    starts = np.linspace(0, n - length, STRETCHES).astype(np.int64)
    places = np.unique(starts[:, None] + np.arange(length))
    simulate_batch(_pilot(plan, places[:1]))  # loads the engine
    begin = time.perf_counter()
    found = simulate_batch(_pilot(plan, places))
    each = (time.perf_counter() - begin) / len(places)
    largest = LARGEST_WITH_TRAJECTORIES if plan.study.trajectories else LARGEST
    wanted = int(min(SECONDS[plan.study.runs_in] / each, largest, -(-n // plan.workers)))
    batch = max(1, wanted)
    in_batch, in_end = (
        size / len(places) for size in (sum(t.nbytes for t in found.values()), READ * found["runs"].nbytes)
    )
    return Forecast(
        runs=n,
        seconds=n * each / plan.workers,
        disk=int(n * _bytes_on_disk(found) / len(places)),
        memory=int(_memory_now() + 4 * plan.workers * batch * in_batch + n * in_end),
        batch=batch,
    )


def check_room(expected: Forecast, folder: Path) -> None:
    """Raise CisimError unless the disk has room for twice the results: shards and the tables made of them."""
    free = disk_there(folder)
    if 2 * expected.disk > free:
        raise CisimError(
            f"the results will take about {2 * expected.disk / 1e9:.1f} GB while they are put together, and "
            f"{folder} has {free / 1e9:.1f} GB left; make room, or give another folder with out="
        )


def _pilot(plan: Plan, places: NDArray[np.int64]) -> Batch:
    """Return the runs at some places among all runs of the first stage."""
    cells = plan.cells
    points, replicates = np.concatenate([cells.listed(place, place + 1) for place in places], axis=1)
    return plan.batch(0, points, replicates)


def _bytes_on_disk(found: Found) -> int:
    """Bytes that tables take as files, without what every file has however short it is."""
    return sum(max(0, _written(table) - _written(table.slice(0, 0))) for table in found.values())


def _written(table: pa.Table) -> int:
    buffer = BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.tell()


def _memory_now() -> int:
    """Peak memory of this process in bytes; 0 where the system does not report it."""
    if sys.platform == "win32":
        return 0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
