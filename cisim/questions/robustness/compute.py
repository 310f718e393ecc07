"""Coalitions with a disturbance against their twins without it: ratios over those that the disturbance met."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.errors import InputError
from cisim.questions.robustness.exposures import Stress
from cisim.survival.intervals import NO_ESTIMATE, Estimate, has_spread, mean_interval, unseen_interval

Floats = NDArray[np.float64]

#: Recovery by arm, exposure and state: struck, and months, each of shape (n_worlds,).
Recoveries = Mapping[tuple[int, int, str], tuple[Floats, Floats]]


@dataclass(frozen=True)
class Lives:
    """How long every coalition lasted.

    Attributes
    ----------
    duration : ndarray, shape (n_settings, n_members, n_worlds)
        Months; NaN where the run met an error.
    free : ndarray, of the same shape
        Months of the first `tau` free of failure.
    failed : ndarray, of the same shape
        1 where it failed by `tau`, else 0.
    """

    duration: Floats
    free: Floats
    failed: Floats


def read_lives(runs: pd.DataFrame, n_settings: int, n_members: int, tau: float) -> Lives:
    """Return runs as arrays.

    Parameters
    ----------
    runs : DataFrame
        Columns point, replicate, duration, ending and status; points are all members at the first setting, all at the
        second, and so on.
    n_settings, n_members : int
        How many.
    tau : float
        End of the window (months), to which every run was followed.

    Raises
    ------
    InputError
        If no run is free of error, or a point has no place.
    """
    ok = runs[runs["status"] == "ok"]
    if ok.empty:
        raise InputError("no run ended without error: run the study again with retry=errors")
    if int(runs["point"].max()) >= n_settings * n_members:
        raise InputError(f"the runs have {int(runs['point'].max()) + 1} points, not {n_settings * n_members}")
    shape = (n_settings, n_members, int(runs["replicate"].max()) + 1)
    months = ok["duration"].to_numpy(dtype=np.float64)
    failed = (ok["ending"] == "failed").to_numpy() & (months <= tau)
    columns = (months, np.where(failed, months, float(tau)), failed.astype(np.float64))
    at = (*np.divmod(ok["point"].to_numpy(), n_members), ok["replicate"].to_numpy())
    found = []
    for values in columns:
        array = np.full(shape, np.nan)
        array[at] = values
        found.append(array)
    return Lives(*found)


class Pairs(NamedTuple):
    """An exposure of an arm beside its twin, every array of shape (n_members, n_worlds).

    Attributes
    ----------
    met : ndarray
        1 where the coalition was there when the disturbance began, else 0; it is 0 too where a run met an error.
    change : ndarray
        Months free of failure, with minus without.
    left : ndarray
        Months free of failure that the twin had left when the disturbance began.
    surviving : ndarray
        Whether it had not failed some months later, with minus without.
    """

    met: Floats
    change: Floats
    left: Floats
    surviving: Floats


def pairs_of(lives: Lives, stress: Stress, arm: int, exposure: int) -> Pairs:
    """Pair every run with its twin.

    The two are one and the same until the disturbance, so both are there when it strikes or neither is. A failure is
    dated at the vacancy or shortfall that led to it, some months back: the coalition was there if either of the two is
    dated at the month of the shock or later.
    """
    shock = stress.exposures[exposure]
    with_it, without = stress.setting(arm, exposure), stress.setting(arm, shock.twin)
    there = (lives.duration[with_it] >= shock.month) | (lives.duration[without] >= shock.month)
    met = there & ~np.isnan(lives.duration[with_it]) & ~np.isnan(lives.duration[without])
    start = max(shock.month - 1, 0)
    later = start + stress.within
    survived = [~((lives.failed[at] == 1) & (lives.duration[at] <= later)) for at in (with_it, without)]
    return Pairs(
        met=met.astype(np.float64),
        change=np.where(met, lives.free[with_it] - lives.free[without], 0.0),
        left=np.where(met, np.maximum(lives.free[without] - start, 1.0), 0.0),
        surviving=np.where(met, survived[0].astype(np.float64) - survived[1], 0.0),
    )


class PairMeasure(NamedTuple):
    """A measure of robustness: a ratio of what `top` gives over what `bottom` gives."""

    name: str
    unit: str
    low: float
    high: float
    top: Callable[[Pairs], Floats]
    bottom: Callable[[Pairs], Floats]


def pair_measures(stress: Stress) -> tuple[PairMeasure, ...]:
    """Measures of durations, in order."""
    tau, within = float(stress.tau), stress.within
    return (
        PairMeasure("change", "months", -tau, tau, lambda p: p.change, lambda p: p.met),
        PairMeasure("relative_change", "share", -1.0, 1.0, lambda p: p.change, lambda p: p.left),
        PairMeasure(f"change_free_{within}", "probability", -1.0, 1.0, lambda p: p.surviving, lambda p: p.met),
    )


class Ratio(NamedTuple):
    """Sums of a numerator and a denominator in every world.

    Attributes
    ----------
    numerator, denominator : ndarray, shape (n_worlds,)
        The denominator is 0 or more; a world where it is 0 does not count.
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
        Whether worlds with denominator 0 get the ratio itself, so that ratios over different worlds can be averaged;
        else they get NaN.

    Returns
    -------
    ndarray, shape (n_worlds,)
        NaN in all worlds if the denominator is 0 in all.

    Notes
    -----
    theta + (x - theta d) / mean(d), the linearised ratio, whose variance is that of the ratio to first order
    (Cochran 1977, Sampling Techniques, section 6.3; Woodruff 1971, JASA 66:411). With one run in each world and a
    denominator of 0 or 1 the values are those of the runs themselves.
    """
    known = ratio.denominator > 0
    values = np.full(known.shape, np.nan)
    if known.any():
        theta = ratio.numerator[known].sum() / ratio.denominator[known].sum()
        used = np.ones_like(known) if everywhere else known
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
        Those that are known in no world are left out.
    low, high : float
        Range of the mean.
    minus : sequence of Ratio, optional
        One for each of `ratios`, over the same worlds.
    confidence : float
        Coverage of the interval, in (0, 1).
    """
    known = [place for place, ratio in enumerate(ratios) if (ratio.denominator > 0).any()]
    if not known:
        return NO_ESTIMATE
    everywhere = len(known) > 1
    values = np.mean([pseudo_values(ratios[place], everywhere=everywhere) for place in known], axis=0)
    if minus is not None:
        values = values - np.mean([pseudo_values(minus[place], everywhere=everywhere) for place in known], axis=0)
    found = mean_interval(values, confidence, low, high)
    if has_spread(found.standard_error, high - low):
        return found
    n = min(int((ratios[place].denominator > 0).sum()) for place in known)
    return unseen_interval(found.value, found.standard_error, n, confidence, low, high)


def over_worlds(top: Floats, bottom: Floats, among: Floats, weights: Floats) -> Ratio:
    """Add up parameter sets by weight within every world, among some of the pairs; shape (n_worlds,)."""
    return Ratio(weights @ (among * top), weights @ (among * bottom))
