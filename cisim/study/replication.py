"""Replicates by need: as many at each design point as its spread asks for, decided once, after a first stage.

Looking again and again at an interval and stopping when it is short makes it too short. Here the first stage gives
nothing but the spread, and with it the number of further replicates is fixed for good: Stein's two-stage procedure
(Stein 1945, "A two-sample test for a linear hypothesis whose power is independent of the variance", Annals of
Mathematical Statistics 16, 243-258). The interval with the spread and the degrees of freedom of the first stage around
the mean of all replicates then covers at least at its level, for normal outcomes exactly so.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from cisim.errors import InputError
from cisim.study.limits import LARGEST_COUNT, check_whole

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Outcomes that can be asked for, and the unit of their half-width.
TARGETS = {"time_free_of_failure": "months", "share_failed": "share"}

LEVEL = 0.95
FEWEST = 10


@dataclass(frozen=True, kw_only=True)
class Replication:
    """How precise every design point has to be.

    Attributes
    ----------
    target : float
        Half-width of the 95 % interval, above 0: months, or a share.
    outcome : str
        ``time_free_of_failure`` (restricted mean, months) or ``share_failed``.
    month : int
        Until when, at least 1.
    budget : int
        Most runs in all, both stages together.
    """

    target: float
    outcome: str
    month: int
    budget: int

    def __post_init__(self) -> None:
        if not 0 < self.target < np.inf:
            raise InputError(f"target={self.target} is out of range; give a half-width above 0")
        if self.outcome not in TARGETS:
            raise InputError(f"target_of={self.outcome} is not known; choose one of {', '.join(TARGETS)}")
        check_whole("budget", self.budget, 1)
        if self.month < 1:
            raise InputError(f"target_month={self.month} is out of range; give a month of 1 or more")

    def check(self, points: int, first: int) -> None:
        """Raise InputError unless `first` replicates of each of `points` are enough to begin with and affordable."""
        if first < FEWEST:
            raise InputError(
                f"replicates={first} is too few to estimate the spread with target=; "
                f"give {FEWEST} or more for the first stage"
            )
        if points * first > self.budget:
            raise InputError(
                f"budget={self.budget} is less than the first stage of {points} points x {first} replicates; "
                f"give {points * first} or more, or fewer replicates="
            )

    def values(self, duration: Ints, failed: NDArray[np.bool_]) -> Floats:
        """Outcome of single runs: months free of failure up to `month`, or 1 for a failure by then."""
        ended = failed & (duration <= self.month)
        if self.outcome == "share_failed":
            return ended.astype(float)
        return np.where(ended, duration, self.month).astype(float)


@dataclass(frozen=True)
class Stage:
    """Estimates of the first stage at every design point.

    Attributes
    ----------
    n : ndarray of int64
        Replicates that went through.
    total, squares : ndarray of float64
        Sum and sum of squares of the outcome.
    """

    n: Ints
    total: Floats
    squares: Floats

    def spread(self, outcome: str) -> Floats:
        """Return the standard deviation at every point.

        Shares are drawn away from 0 and 1 by two successes and two failures (Agresti & Coull 1998).
        """
        if outcome == "share_failed":
            share = (self.total + 2.0) / (self.n + 4.0)
            return np.sqrt(share * (1.0 - share))
        with np.errstate(divide="ignore", invalid="ignore"):
            variance = (self.squares - self.total**2 / self.n) / (self.n - 1)
        return np.sqrt(np.clip(np.nan_to_num(variance), 0.0, None))


def half_width(replication: Replication, stage: Stage, n: Ints) -> Floats:
    """Half-width at every point with `n` replicates in all."""
    return _quantile(stage) * stage.spread(replication.outcome) / np.sqrt(n)


def replicates_needed(replication: Replication, stage: Stage) -> Ints:
    """Replicates of every point in both stages together.

    Where the budget does not reach, all points that need more than they have get the same, larger half-width: the
    smallest that the budget can pay.
    """
    scale = _quantile(stage) * stage.spread(replication.outcome)
    wanted = _needed(scale, stage.n, replication.target)
    if wanted.sum() <= replication.budget:
        return wanted
    low, high = replication.target, max(float(scale.max()), replication.target)
    for _ in range(100):  # the sum falls as the half-width grows
        middle = (low + high) / 2.0
        if _needed(scale, stage.n, middle).sum() > replication.budget:
            low = middle
        else:
            high = middle
    return _needed(scale, stage.n, high)


def _needed(scale: Floats, first: Ints, target: float) -> Ints:
    """Return the replicates for a half-width of `target`, at most one more than any budget."""
    with np.errstate(over="ignore"):
        wanted = np.minimum((scale / target) ** 2, LARGEST_COUNT + 1)
    return np.maximum(first, np.ceil(wanted).astype(np.int64))


def _quantile(stage: Stage) -> Floats:
    """Quantile of Student's t with the degrees of freedom of the first stage."""
    quantile: Floats = stats.t.ppf(0.5 + LEVEL / 2.0, np.maximum(stage.n - 1, 1))
    return quantile
