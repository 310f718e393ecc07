"""Ratios of sums over shared worlds, such as months lost by those alive, with intervals over other worlds."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cisim.survival.intervals import NO_ESTIMATE, Estimate, has_spread, mean_interval, unseen_interval

Floats = NDArray[np.float64]


class Ratio(NamedTuple):
    """Sums of a numerator and a denominator in every world.

    Attributes
    ----------
    numerator, denominator : ndarray, shape (n_worlds,)
        The denominator is 0 or more; a world where it is 0 says nothing.
    """

    numerator: Floats
    denominator: Floats


def pseudo_values(ratio: Ratio, *, everywhere: bool = False) -> Floats:
    """One value for each world whose mean is the ratio of the sums.

    Parameters
    ----------
    ratio : Ratio
        Over independent worlds.
    everywhere : bool
        Whether worlds that say nothing get the ratio itself, so that ratios told by different worlds can be averaged;
        else they get NaN.

    Returns
    -------
    ndarray, shape (n_worlds,)
        NaN in all worlds if none says anything.

    Notes
    -----
    theta + (x - theta d) / mean(d), the linearised ratio, whose variance is that of the ratio to first order
    (Cochran 1977, Sampling Techniques, section 6.3; Woodruff 1971, JASA 66:411). With one run in each world and a
    denominator of 0 or 1 the values are those of the runs themselves.
    """
    told = ratio.denominator > 0
    values = np.full(told.shape, np.nan)
    if told.any():
        theta = ratio.numerator[told].sum() / ratio.denominator[told].sum()
        used = np.ones_like(told) if everywhere else told
        x, d = ratio.numerator[used], ratio.denominator[used]
        values[used] = theta + (x - theta * d) / d.mean()
    return values


def mean_of_ratios(
    ratios: Sequence[Ratio],
    low: float,
    high: float,
    *,
    minus: Sequence[Ratio] | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Mean of some ratios over the same worlds, or of their differences to others, with its Student t interval.

    Parameters
    ----------
    ratios : sequence of Ratio
        Those that no world tells are left out.
    low, high : float
        Range of the mean.
    minus : sequence of Ratio, optional
        One for each of `ratios`, told by the same worlds.
    confidence : float
        Coverage of the interval, in (0, 1).
    """
    told = [place for place, ratio in enumerate(ratios) if (ratio.denominator > 0).any()]
    if not told:
        return NO_ESTIMATE
    everywhere = len(told) > 1
    values = np.mean([pseudo_values(ratios[place], everywhere=everywhere) for place in told], axis=0)
    if minus is not None:
        values = values - np.mean([pseudo_values(minus[place], everywhere=everywhere) for place in told], axis=0)
    found = mean_interval(values, confidence, low, high)
    if has_spread(found.standard_error, high - low):
        return found
    n = min(int((ratios[place].denominator > 0).sum()) for place in told)
    return unseen_interval(found.value, found.standard_error, n, confidence, low, high)
