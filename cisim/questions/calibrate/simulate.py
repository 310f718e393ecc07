"""Statistics of many parameter sets from the engine, with counts instead of tables in memory."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cisim.core.records import COMPLETED as COMPLETED_ENDING
from cisim.core.records import FAILED as FAILED_ENDING
from cisim.errors import CisimError
from cisim.parameters import replace as change
from cisim.questions.calibrate.prior import Prior
from cisim.questions.calibrate.statistics import COMPLETED, FAILED, Spells, statistics
from cisim.questions.calibrate.targets import Targets
from cisim.study.design import Design
from cisim.study.prepared import prepare
from cisim.study.progress import UNTRACKED, ProgressTracker
from cisim.study.runner import run_plan
from cisim.study.study import Study

Floats = NDArray[np.float64]


class Counting:
    """A sink that counts endings by month, and keeps the outcomes that are wanted.

    Parameters
    ----------
    n_points, replicates, months : int
        Size of the study.
    outcomes : list of str
        Columns to keep.
    """

    def __init__(self, n_points: int, replicates: int, months: int, outcomes: list[str]) -> None:
        self._counts = np.zeros((n_points, 2, months + 1), dtype=np.int64)
        self._outcomes = {name: np.full((n_points, replicates), np.nan) for name in outcomes}
        self._replicates = replicates

    def finished(self, stage: str) -> set[int]:  # noqa: ARG002
        """Say that nothing is there before it starts."""
        return set()

    def add(self, stage: str, number: int, found: Mapping[str, pa.Table]) -> None:  # noqa: ARG002
        """Count a batch; CisimError if a run raised."""
        runs = found["runs"]
        problems = [text for text in runs["error"].unique().to_pylist() if text]
        if problems:
            raise CisimError(f"a run of the calibration failed with {problems[0]}")
        point, month, replicate = (runs[name].to_numpy() for name in ("point", "duration", "replicate"))
        ending = runs["ending"].to_numpy(zero_copy_only=False)
        for row, word in ((FAILED, FAILED_ENDING), (COMPLETED, COMPLETED_ENDING)):
            chosen = ending == word
            np.add.at(self._counts, (point[chosen], row, month[chosen]), 1)
        for name, values in self._outcomes.items():
            values[point, replicate] = runs[name].to_numpy()

    def each(self, stage: str, columns: list[str]) -> Iterator[pa.Table]:  # noqa: ARG002
        """Yield nothing: there are no runs from elsewhere."""
        return iter(())

    def expect(self, runs: int) -> None:
        """Take no notice."""

    @property
    def spells(self) -> Spells:
        """What was counted."""
        return Spells(self._counts, self._replicates, self._outcomes)


@dataclass(frozen=True)
class Simulator:
    """Statistics of parameter sets of a case, by the engine of a study.

    Attributes
    ----------
    study : Study
        Scenario, engine, workers.
    prior : Prior
        What varies.
    targets : Targets
        What is wanted.
    watch : ProgressTracker
        Told of runs done.
    """

    study: Study
    prior: Prior
    targets: Targets
    watch: ProgressTracker = UNTRACKED

    def __call__(self, shares: Floats, replicates: int, seed: int) -> Floats:
        """Statistics, shape (n, n_targets), of points of the prior, each in the same worlds."""
        unique, place = np.unique(shares, axis=0, return_inverse=True)
        found = self.at(self.prior.values(unique), replicates, seed)
        return found[place.reshape(-1)]

    def at(self, values: Mapping[str, Floats], replicates: int, seed: int) -> Floats:
        """Statistics, shape (n, n_targets), of parameter values by name, no two points alike."""
        months = self.targets.last_month(self.study.params.observation.milestone)
        params = change(self.study.params, {"observation.horizon": months})
        study = replace(
            self.study,
            params=params,
            cases={},
            design=Design("calibrate", values),
            replicates=replicates,
            seed=seed,
            members=False,
            trajectories=False,
            events=False,
        )
        plan = prepare(study)
        counting = Counting(plan.design.n_points, replicates, months, self.targets.outcomes)
        run_plan(plan, counting, plan.batch_size(), _Only(self.watch))
        return statistics(counting.spells, self.targets.items)


class _Only:
    """Hands on runs done, and not how many are expected of one sweep."""

    def __init__(self, watch: ProgressTracker) -> None:
        self._watch = watch

    def expect(self, runs: int) -> None:
        """Take no notice."""

    def __call__(self, runs: int) -> None:
        """Hand on."""
        self._watch(runs)
