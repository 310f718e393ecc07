"""The runs of a batch, one after another or all in one call, handed back as tables."""

import traceback
from collections.abc import Iterator, Mapping
from concurrent.futures import BrokenExecutor
from typing import TYPE_CHECKING

import pyarrow as pa

from cisim.errors import in_one_line
from cisim.parameters import Parameters
from cisim.study.batches import Batch
from cisim.study.design.encoding import encode_design
from cisim.study.engines import Engine, load_blocks, load_engine
from cisim.study.executors.local import open_pool, stopping
from cisim.study.own_classes import load_extensions
from cisim.study.tabulate import Found, Run, of_block, of_runs

if TYPE_CHECKING:
    from cisim.core.kernel.block import Block

#: Deaths in a row, without a run in between that went through, after which the rest of a batch is given up.
PATIENCE = 3

LOST = "WorkerDied: the worker process died in this run (out of memory, or killed)"


def simulate_batch(batch: Batch) -> Found:
    """Run `batch`; a run that raises becomes a row with its error, the others go on."""
    blocks = None if batch.setting.events else load_blocks(batch.setting.engine)
    if blocks is None:
        return of_runs(batch, list(_one_by_one(batch)))
    try:
        return of_block(batch, _as_block(batch))
    except Exception as problem:
        if batch.n_runs == 1:
            return of_runs(batch, [_failed(batch.points[0], batch.replicates[0], problem)])
    alone = [simulate_batch(single) for single in batch.single_runs()]
    return {name: pa.concat_tables([found[name] for found in alone]) for name in alone[0]}


def lost_batch(batch: Batch, reason: str) -> Found:
    """Rows for runs whose worker process died."""
    return of_runs(batch, [Run(*run, None, reason) for run in zip(batch.points, batch.replicates, strict=True)])


def _as_block(batch: Batch) -> "Block":
    blocks, setting = load_blocks(batch.setting.engine), batch.setting
    assert blocks is not None
    return blocks(
        list(encode_design(batch.design, setting.cases)),
        batch.points,
        batch.replicates,
        seed=setting.seed,
        trajectories=setting.trajectories,
        memberships=setting.members,
    )


def _one_by_one(batch: Batch) -> Iterator[Run]:
    """Yield every run until this worker is asked to stop."""
    setting = batch.setting
    engine, extensions = load_engine(setting.engine), load_extensions(setting.extensions)
    at, params = -1, None
    for point, replicate in zip(batch.points.tolist(), batch.replicates.tolist(), strict=True):
        if stopping():
            return
        if point != at or params is None:
            at, params = point, batch.params_at(point)
        yield _simulate(engine, params, batch, (point, replicate), extensions)


def _simulate(
    engine: Engine, params: Parameters, batch: Batch, run: tuple[int, int], extensions: Mapping[str, type]
) -> Run:
    try:
        record = engine(
            params,
            seed=batch.setting.seed,
            replicate=run[1],
            extensions=extensions,
            trajectory=batch.setting.trajectories,
            events=batch.setting.events,
        )
    except Exception as problem:  # one bad run must not end the study
        return _failed(*run, problem)
    return Run(*run, record)


def _failed(point: int, replicate: int, problem: Exception) -> Run:
    """Row of a run that raised."""
    return Run(point, replicate, None, in_one_line(problem), "".join(traceback.format_exception(problem)))


def rerun_singly(batch: Batch) -> Found:
    """Do the runs of a batch whose worker died one by one in a process of their own, to find the one at fault.

    A run that takes its process down becomes a row with that error.
    """
    singles, deaths = list(batch.single_runs()), 0
    parts: list[Found] = []
    while singles and deaths < PATIENCE:
        before = len(parts)
        try:
            with open_pool(1) as pool:
                while singles:
                    parts.append(pool.submit(simulate_batch, singles[0]).result())
                    singles.pop(0)
        except BrokenExecutor:
            deaths = deaths + 1 if len(parts) == before else 1
            parts.append(lost_batch(singles.pop(0), LOST))
    parts += [lost_batch(single, LOST) for single in singles]
    return {name: pa.concat_tables([part[name] for part in parts]) for name in parts[0]}
