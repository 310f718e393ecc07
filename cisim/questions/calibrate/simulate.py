"""Statistics of many parameter sets from runs of the engine, with counts of endings by month in place of tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cisim.core.records import COMPLETED, FAILED
from cisim.errors import CisimError
from cisim.parameters import replace as change
from cisim.questions.calibrate.prior import Prior
from cisim.questions.calibrate.targets import Floats, Target, Targets
from cisim.study.design import Design
from cisim.study.prepared import prepare
from cisim.study.progress import UNTRACKED, ProgressTracker
from cisim.study.runner import run_plan
from cisim.study.study import Study

#: Rows of `SpellCounts.counts`.
FAILURES, COMPLETIONS = 0, 1


@dataclass(frozen=True)
class SpellCounts:
    """SpellCounts of `n` parameter sets, all followed to the same month.

    Attributes
    ----------
    counts : ndarray of int64, shape (n, 2, months + 1)
        Failures and completions in each month, month 0 first.
    replicates : int
        Runs of each parameter set.
    outcomes : mapping of str to ndarray, each of shape (n, replicates)
        Further outcomes of every run; NaN where there is none.
    """

    counts: NDArray[np.int64]
    replicates: int
    outcomes: Mapping[str, Floats]

    def alive(self, month: int) -> Floats:
        """Share that has neither failed nor completed by the end of `month`, shape (n,)."""
        ended = self.counts[:, :, : month + 1].sum(axis=(1, 2))
        return np.asarray(1.0 - ended / self.replicates, dtype=np.float64)

    def completed(self, month: int) -> Floats:
        """Share of the endings up to `month` that are completions, shape (n,); NaN without any."""
        ended = self.counts[:, :, : month + 1].sum(axis=2)
        return _ratio(ended[:, COMPLETIONS].astype(np.float64), ended.sum(axis=1).astype(np.float64))


def statistics_of(spells: SpellCounts, targets: Sequence[Target]) -> Floats:
    """Return the statistic of each target for each parameter set, shape (n, n_targets); NaN where undefined.

    ``survival`` is the share alive after `month` among those alive after `after`. ``hazard_ratio`` is the mean hazard
    (minus the change in log survival over the length) from `split` to `month` over that up to `split`.
    ``share_completed`` is the share of completions among the endings up to `month`. ``median`` is that of an outcome.
    """
    return np.stack([_STATISTICS[target.statistic](spells, target) for target in targets], axis=1)


def _survival(spells: SpellCounts, target: Target) -> Floats:
    assert target.month is not None
    return _ratio(spells.alive(target.month), spells.alive(target.after))


def _hazard_ratio(spells: SpellCounts, target: Target) -> Floats:
    assert target.split is not None
    assert target.month is not None
    first, last = spells.alive(target.split), spells.alive(target.month)
    usable = last > 0
    inside = -np.log(np.where(usable, first, 1.0)) / target.split
    after = np.log(np.where(usable, first, 1.0) / np.where(usable, last, 1.0)) / (target.month - target.split)
    return np.where(usable, _ratio(after, inside), np.nan)


def _share_completed(spells: SpellCounts, target: Target) -> Floats:
    assert target.month is not None
    return spells.completed(target.month)


def _median(spells: SpellCounts, target: Target) -> Floats:
    assert target.outcome is not None
    values = spells.outcomes[target.outcome]
    known = ~np.isnan(values).all(axis=1)
    found = np.full(len(values), np.nan)
    found[known] = np.nanmedian(values[known], axis=1)
    return found


def _ratio(part: Floats, whole: Floats) -> Floats:
    """Divide; NaN where the whole is 0."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


_STATISTICS = {
    "survival": _survival,
    "hazard_ratio": _hazard_ratio,
    "share_completed": _share_completed,
    "median": _median,
}


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

    def runs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return no run: nothing is there before it starts."""
        none = np.zeros(0, dtype=np.int64)
        return none, none

    def add(self, found: Mapping[str, pa.Table]) -> None:
        """Count a batch; CisimError if a run raised."""
        runs = found["runs"]
        problems = [text for text in runs["error"].unique().to_pylist() if text]
        if problems:
            raise CisimError(f"a run of the calibration failed with {problems[0]}")
        point, month, replicate = (runs[name].to_numpy() for name in ("point", "duration", "replicate"))
        ending = runs["ending"].to_numpy(zero_copy_only=False)
        for row, word in ((FAILURES, FAILED), (COMPLETIONS, COMPLETED)):
            chosen = ending == word
            np.add.at(self._counts, (point[chosen], row, month[chosen]), 1)
        for name, values in self._outcomes.items():
            values[point, replicate] = runs[name].to_numpy()

    def each(self, columns: list[str]) -> Iterator[pa.Table]:  # noqa: ARG002
        """Yield nothing: runs are counted and not kept."""
        return iter(())

    def expect(self, runs: int) -> None:
        """Do nothing."""

    @property
    def spells(self) -> SpellCounts:
        """Counts of spells and outcomes so far."""
        return SpellCounts(self._counts, self._replicates, self._outcomes)


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
        Counts runs done.
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
        return statistics_of(counting.spells, self.targets.items)


class _Only:
    """A watch that counts runs done but ignores how many one sweep expects."""

    def __init__(self, watch: ProgressTracker) -> None:
        self._watch = watch

    def expect(self, runs: int) -> None:
        """Do nothing."""

    def __call__(self, runs: int) -> None:
        """Count runs done."""
        self._watch(runs)
