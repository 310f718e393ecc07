"""Runs of a study: planned, sent out in batches, handed on as they finish."""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait

import numpy as np

from cisim.errors import CisimError, in_one_line
from cisim.study.batch_runs import lost_batch, rerun_singly, simulate_batch
from cisim.study.batches import Batch
from cisim.study.cells import Cells
from cisim.study.executors import open_executor
from cisim.study.prepared import Plan
from cisim.study.progress import UNTRACKED, ProgressTracker
from cisim.study.replication import Stage, replicates_needed
from cisim.study.sinks import MemorySink, Sink, Tables
from cisim.study.store.shards import n_raised
from cisim.study.tabulate import Found

#: Columns of ``runs`` that the spread is computed from.
WHAT = ["point", "replicate", "duration", "ending", "status"]


def run_plan(plan: Plan, sink: Sink, size: int, watch: ProgressTracker = UNTRACKED) -> Cells:
    """Do all runs of `plan` that `sink` does not have, `size` in a batch; return which runs the study consists of.

    Parameters
    ----------
    plan : Plan
        What to run.
    sink : Sink
        Takes the tables of each batch as it finishes.
    size : int
        Runs in a batch; more in a long second stage. What comes out does not depend on it.
    watch : ProgressTracker, optional
        Counts runs as they are done.

    Raises
    ------
    CisimError
        If worker processes die before any run is done.
    """
    cells, held = plan.cells, sink.runs()
    left = cells.without(*held)
    _announce(left.n_runs + len(held[0]), sink, watch)
    watch(len(held[0]))
    _run_stage(plan, sink, left, size, watch)
    if plan.study.replication is not None:
        cells = all_cells(plan, sink)
        left = cells.without(*sink.runs())
        _announce(cells.n_runs, sink, watch)
        _run_stage(plan, sink, left, max(size, plan.batch_size(left)), watch)
    return cells


def run_in_memory(plan: Plan, watch: ProgressTracker = UNTRACKED) -> Tables:
    """Do all runs of `plan` and return their tables, in the order of the design."""
    memory = MemorySink()
    run_plan(plan, memory, plan.batch_size(), watch)
    return memory.tables()


def all_cells(plan: Plan, sink: Sink) -> Cells:
    """Return the runs of both stages: the second has as many replicates as the spread in the first asks for."""
    replication, n, first = plan.study.replication, plan.design.n_points, plan.study.replicates
    assert replication is not None
    sums = np.zeros((3, n))
    for table in sink.each(WHAT):
        kept = table.filter((table["status"].to_numpy() == "ok") & (table["replicate"].to_numpy() < first))
        values = replication.values(kept["duration"].to_numpy(), kept["ending"].to_numpy() == "failed")
        for row, weights in enumerate((np.ones_like(values), values, values**2)):
            sums[row] += np.bincount(kept["point"].to_numpy(), weights, n)
    known = Stage(sums[0].astype(np.int64), sums[1], sums[2])
    return Cells.of(np.maximum(replicates_needed(replication, known), first))


def _announce(runs: int, sink: Sink, watch: ProgressTracker) -> None:
    sink.expect(runs)
    watch.expect(runs)


def _run_stage(plan: Plan, sink: Sink, cells: Cells, size: int, watch: ProgressTracker) -> None:
    """Do the runs of `cells`; a batch whose worker dies is rescued run by run."""
    queue = BatchQueue(plan.batches(cells, size))
    done = len(sink.runs()[0]) > 0
    while not queue.is_over:
        try:
            with open_executor(plan.study.runs_in, plan.workplace) as executor:
                for batch, found in queue.results(executor, ahead=2 * plan.workers - 1):
                    sink.add(found)
                    watch(batch.n_runs)
                    done = True
        except BrokenExecutor as problem:
            for batch in queue.lost():
                found = rerun_singly(batch)
                if not done and _all_lost(found):
                    raise _dead(plan) from problem
                sink.add(found)
                watch(batch.n_runs)
                done = True


class BatchQueue:
    """Batches on their way through executors, some of which may break.

    Parameters
    ----------
    batches : iterator of Batch
        What to send out.
    """

    def __init__(self, batches: Iterator[Batch]) -> None:
        self._left = batches
        self._out: dict[Future[Found], Batch] = {}
        self._next: Batch | None = None
        self.is_over = False

    def results(self, executor: Executor, ahead: int) -> Iterator[tuple[Batch, Found]]:
        """Yield every batch with its tables as they finish, with at most `ahead` sent out at a time."""
        for batch in self._left:
            self._next = batch
            self._out[executor.submit(simulate_batch, batch)] = batch
            self._next = None
            if len(self._out) >= ahead:
                yield from self._finished()
        while self._out:
            yield from self._finished()
        self.is_over = True

    def _finished(self) -> Iterator[tuple[Batch, Found]]:
        """Wait for the next ones and yield them."""
        for future in wait(self._out, return_when=FIRST_COMPLETED).done:
            found = _result(future, self._out[future])
            yield self._out.pop(future), found

    def lost(self) -> list[Batch]:
        """Return the batches that a broken executor has not given back, each once."""
        lost = sorted(self._out.values(), key=lambda batch: batch.number)
        if self._next is not None:
            lost.append(self._next)
        self._out.clear()
        self._next = None
        return lost


def _result(future: Future[Found], batch: Batch) -> Found:
    """Return what a batch gave; what a cluster could not bring to an end becomes rows with the error."""
    try:
        return future.result()
    except (BrokenExecutor, CisimError):
        raise
    except Exception as problem:
        return lost_batch(batch, in_one_line(problem))


def _all_lost(found: Found) -> bool:
    return n_raised(found["runs"]) == len(found["runs"])


def _dead(plan: Plan) -> CisimError:
    return CisimError(
        "a worker process died in its first runs (out of memory, killed, or a script without "
        "if __name__ == '__main__'); "
        f"try workers=1, or fewer workers than {plan.workers}"
    )
