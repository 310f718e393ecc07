"""The unit of work: some runs of some design points, with all that a worker needs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cisim.parameters import Parameters
from cisim.parameters import replace as change
from cisim.study.design import Design
from cisim.study.task import TrajectoryFilter


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
    """Runs with all that a worker needs.

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
    trajectory_filter : TrajectoryFilter or None
        Series and months kept of the trajectories at the points of `design`; None keeps all.
    """

    number: int
    setting: Setting
    design: Design
    labels: NDArray[np.object_]
    numbers: NDArray[np.int64]
    points: NDArray[np.int64]
    replicates: NDArray[np.int64]
    trajectory_filter: TrajectoryFilter | None = None

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
