"""A study that is ready to run: all input has been checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cisim.errors import InputError
from cisim.parameters import Parameters
from cisim.study.arms_design import labels_of
from cisim.study.batches import Batch, Setting
from cisim.study.cells import Cells
from cisim.study.design import Design, check_points
from cisim.study.engines import BLOCKS, ENGINES
from cisim.study.executors import Workplace
from cisim.study.executors.local import count_workers
from cisim.study.own_classes import load_extensions, resolve_extensions
from cisim.study.study import Study
from cisim.study.task import TrajectoryFilter

#: Batches that each worker should get at least, so that all end at about the same time and progress is seen.
BATCHES = 64

#: Executors of this machine; a batch that is sent further takes long on its way, so there are few.
HERE = ("threads", "processes")

#: Most runs in a batch; fewer where trajectories are kept, which are large, or each run takes long.
LARGEST, LARGEST_WITH_TRAJECTORIES, LARGEST_SINGLE = 2048, 128, 8


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A study that is ready to run.

    Attributes
    ----------
    study : Study
        The study.
    design : Design
        Its points.
    setting : Setting
        What all its batches share.
    workers : int
        Threads, processes or jobs at a time, at least 1.
    """

    study: Study
    design: Design
    setting: Setting
    workers: int

    @property
    def cells(self) -> Cells:
        """Runs of the first stage: as many replicates of every point, or those that the task names."""
        if self.chosen_cells is not None:
            return self.chosen_cells
        return Cells.of(np.full(self.design.n_points, self.study.replicates))

    @property
    def chosen_cells(self) -> Cells | None:
        """Runs of the first stage, if the task of the study names them."""
        return None if self.study.task is None else self.study.task.first_runs()

    @cached_property
    def trajectory_filter(self) -> TrajectoryFilter | None:
        """Trajectories that are kept, if some and not all are."""
        return None if self.study.task is None else self.study.task.trajectory_filter()

    @property
    def workplace(self) -> Workplace:
        """Workers, cluster and folder of the executor."""
        return Workplace(workers=self.workers, cluster=self.study.cluster)

    def batch_size(self, cells: Cells | None = None) -> int:
        """Return how many of `cells` (None: of the first stage) make a batch while their duration is unknown."""
        largest = LARGEST if self.setting.engine in BLOCKS and not self.study.events else LARGEST_SINGLE
        if self.study.trajectories:
            largest = min(largest, LARGEST_WITH_TRAJECTORIES)
        largest //= self.setting.communities
        batches = BATCHES if self.study.runs_in in HERE else 4 * self.workers
        return max(1, min(largest, -(-(cells or self.cells).n_runs // batches)))

    def batches(self, cells: Cells, size: int) -> Iterator[Batch]:
        """Cut `cells` into batches of `size` runs."""
        for number, points, replicates in cells.batches(size):
            yield self.batch(number, points, replicates)

    def batch(self, number: int, points: NDArray[np.int64], replicates: NDArray[np.int64]) -> Batch:
        """Make a batch of runs of this study; `points` sorted, places in the design."""
        used, local = np.unique(points, return_inverse=True)
        part = self.design.part(used)
        return Batch(
            number=number,
            setting=self.setting,
            design=part,
            labels=labels_of(part, self.setting.cases),
            numbers=used,
            points=local.astype(np.int64),
            replicates=replicates,
            trajectory_filter=None if self.trajectory_filter is None else self.trajectory_filter.part(used),
        )


def prepare(study: Study) -> Plan:
    """Plan the runs of `study`; InputError for every error that can be found before the first run."""
    design, cases = study.points(), study.all_cases()
    check_points(design, cases)
    if study.replication is not None:
        study.replication.check(design.n_points, study.replicates)
        for name, params in cases.items():
            _check_month(study.replication.month, name, params.observation.horizon)
    extensions = resolve_extensions(study.extensions, study.folders)
    load_extensions(extensions)
    setting = Setting(
        scenario=study.scenario,
        cases=cases,
        seed=study.seed,
        engine=ENGINES[study.runs_on],
        extensions=extensions,
        members=study.members,
        trajectories=study.trajectories,
        events=study.events,
        communities=largest_field(design, cases),
    )
    return Plan(study=study, design=design, setting=setting, workers=count_workers(study.workers))


def largest_field(design: Design, cases: Mapping[str, Parameters]) -> int:
    """Most communities in any run of a design."""
    varied = design.columns.get("communities.number")
    if varied is not None:
        return int(max(varied))
    return max(params.communities.number for params in cases.values())


def _check_month(month: int, scenario: str, horizon: int) -> None:
    if month > horizon:
        raise InputError(
            f"target_month={month} is after the horizon of {horizon} months of scenario {scenario}; "
            f"give {horizon} or less"
        )
