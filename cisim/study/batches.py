"""The unit of work: some runs of some design points, run one after another, handed back as tables."""

import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cisim.errors import in_one_line
from cisim.parameters import Parameters
from cisim.parameters import replace as change
from cisim.study.design import Design
from cisim.study.design.encoding import encode_design
from cisim.study.engines import Engine, load_blocks, load_engine
from cisim.study.excerpt import Excerpt
from cisim.study.executors.local import stopping
from cisim.study.extensions import load_extensions
from cisim.study.tabulate import Run, of_block, of_runs

if TYPE_CHECKING:
    from cisim.core.kernel.block import Block

#: Tables of a batch by name, with the columns of the files of the same name.
Found = dict[str, pa.Table]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What all batches of a study share.

    Attributes
    ----------
    scenario : str
        Name of the case, unless the design varies it.
    cases : mapping of str to Parameters
        Parameters of every scenario in the design, before the design changes them.
    seed : int
        Seed of the study.
    engine : str
        ``package.module:function``.
    extensions : mapping of str to str
        References with absolute paths.
    members, trajectories, events : bool
        What to keep besides the coalition spells.
    communities : int
        Most communities in a run; where there are several their spells are kept in a table of their own.
    """

    scenario: str
    cases: Mapping[str, Parameters]
    seed: int
    engine: str
    extensions: Mapping[str, str]
    members: bool
    trajectories: bool
    events: bool
    communities: int = 1


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Runs with all that a worker needs to do them.

    Attributes
    ----------
    number : int
        Place among the batches of the study.
    setting : Setting
        What all batches share.
    design : Design
        The design points that occur here, in order.
    labels : ndarray of str
        Label of the strategies in use at each of them.
    numbers : ndarray of int64
        Place of each of them in the whole design.
    points, replicates : ndarray of int64, shape (n,)
        Place in `design` and replicate of each run, sorted.
    excerpt : Excerpt or None
        Series and months kept of the trajectories at the points of `design`; None keeps all.
    """

    number: int
    setting: Setting
    design: Design
    labels: NDArray[np.object_]
    numbers: NDArray[np.int64]
    points: NDArray[np.int64]
    replicates: NDArray[np.int64]
    excerpt: Excerpt | None = None

    @property
    def n_runs(self) -> int:
        """Number of runs."""
        return len(self.points)

    def params_at(self, point: int) -> Parameters:
        """Parameters at a place of `design`."""
        case = self.setting.cases[self.design.scenario(point) or self.setting.scenario]
        return change(case, self.design.setting(point))

    def single_runs(self) -> Iterator["Batch"]:
        """Yield a batch for each run, all with the number of this one."""
        for i in range(self.n_runs):
            yield replace(self, points=self.points[i : i + 1], replicates=self.replicates[i : i + 1])


def simulate_batch(batch: Batch) -> Found:
    """Do the runs of `batch`; a run that raises becomes a row with its error, the others go on."""
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
    """Rows for runs that took their worker down."""
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
