"""How far a parameter set is from the targets: 1 or less is near enough."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from cisim.questions.calibrate.targets import NORMAL, Targets

Floats = NDArray[np.float64]

#: Half-width of a 95 % interval in standard deviations.
HALF_WIDTH = float(ndtri(0.975))


def deviations(statistics: Floats, targets: Targets) -> Floats:
    """Misses in half-widths of the intervals, each side with its own, shape of `statistics`; inf where undefined."""
    value, low, high = (np.array([getattr(t, name) for t in targets.items]) for name in ("value", "low", "high"))
    miss = np.where(np.isnan(statistics), np.inf, statistics - value)
    return np.asarray(miss / np.where(miss > 0, high - value, value - low), dtype=np.float64)


def distances(statistics: Floats, luck: Floats, targets: Targets) -> Floats:
    """Distance of each parameter set, shape (n,).

    Parameters
    ----------
    statistics : ndarray, shape (n, n_targets)
        As `cisim.questions.calibrate.statistics.statistics` gives them.
    luck : ndarray, shape (n,)
        Uniform on (0, 1), one draw for each simulation.
    targets : Targets
        What is aimed at.

    Notes
    -----
    With the kernel ``interval`` it is the largest weighted miss, so that a set within 1 has all its statistics in
    their intervals. With ``normal`` it is sqrt(sum of weight z^2 / (-2 log luck)), z the misses in standard errors: it
    is 1 or less with probability exp(-sum of weight z^2 / 2), that is, acceptance within 1 is rejection by the
    likelihood of a normal error, for which approximate Bayesian computation is exact (Wilkinson 2013, Stat. Appl.
    Genet. Mol. Biol. 12:129); within a tolerance e it is that of an error e times as large.
    """
    weight = np.array([target.weight for target in targets.items])
    miss = np.abs(deviations(statistics, targets))[:, weight > 0]
    if targets.kernel == NORMAL:
        squares = (weight[weight > 0] * (HALF_WIDTH * miss) ** 2).sum(axis=1)
        return np.asarray(np.sqrt(squares / (-2.0 * np.log(luck))), dtype=np.float64)
    return np.asarray((weight[weight > 0] * miss).max(axis=1), dtype=np.float64)
