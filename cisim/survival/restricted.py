"""Restricted mean times, and pseudo-observations: one value per run, so that censored runs can be paired."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cisim.errors import InputError
from cisim.survival.counts import COMPETING, EVENT, EventCounts, count_events, place_durations, share
from cisim.survival.curves import effective_number
from cisim.survival.intervals import Estimate, has_spread, log_log_interval, unseen_interval

#: How many numbers an array holds while spells are left out (32 MB).
CELLS = 4_000_000
#: How many codes of endings there are.
CODES = 3


def restricted_mean(
    duration: ArrayLike,
    ending: ArrayLike,
    tau: float,
    *,
    entry: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Mean time free of the event of interest within the first ``tau`` months.

    It is tau minus the area under the cumulative incidence of the event. With a boolean ``ending`` (any
    ending is the event) it is the restricted mean survival time. With completion coded as competing it is the
    restricted mean time free of failure: a completed coalition counts as free of failure until tau.

    Parameters
    ----------
    duration : array_like, shape (n,)
        Length of each spell (months), finite and not negative.
    ending : array_like, shape (n,)
        0 or False censored, 1 or True ended by the event of interest, 2 ended otherwise.
    tau : float
        End of the window (months), above 0 and within the data.
    entry : array_like, shape (n,), optional
        Age at which each spell came under observation, as for :func:`cisim.survival.counts.count_events`.
    confidence : float
        Coverage of the interval, in (0, 1).

    Returns
    -------
    Estimate
        In months. Where the standard error is 0 (no spell met the event, or all at once) or unknown (one
        spell), the interval is the wide but safe one of :func:`cisim.survival.intervals.unseen_interval`.

    Raises
    ------
    InputError
        If a duration cannot be used, or tau is not above 0, or tau lies past the last spell while that one
        had not ended.

    Notes
    -----
    The interval is symmetric on the log-log scale of the share of tau that is free. The usual one, symmetric in
    months, leaves the range and covers too little where events are few: with 50 spells of which one in ten meets the
    event it held the truth in 0.89 of 5 000 trials, this one in 0.94.

    References
    ----------
    Irwin 1949; Royston & Parmar 2013, BMC Med. Res. Methodol. 13:152; for one cause among several Andersen 2013,
    Stat. Med. 32:5278. The variance is the delta method of the incidence (Dinse & Larson 1986), integrated; with one
    event it is the Greenwood plug-in that R prints (survfit, survRM2).
    """
    counts = count_events(duration, ending, [tau], entry)
    check_tau(tau, counts.reach)
    value = float(time_free(counts, tau))
    error = float(np.sqrt(_variance(counts, tau))) if np.size(duration) > 1 else np.nan
    worth = effective_number(counts)[np.searchsorted(counts.time, tau)]
    if not has_spread(error, tau):
        return unseen_interval(value, error, float(worth), confidence, 0.0, tau)
    lower, upper = log_log_interval(np.array(value / tau), np.array(error / tau), worth, confidence)
    return Estimate(value, error, float(tau * lower), float(tau * upper))


def time_free(counts: EventCounts, tau: float) -> NDArray[np.float64]:
    """Restricted mean time free of the event, in [0, tau]: one value per slice of the leading axes."""
    return np.asarray(tau - _time_lost(counts, tau).sum(axis=-1))


def _time_lost(counts: EventCounts, tau: float) -> NDArray[np.float64]:
    """Part of tau lost to the events of each time, shape (..., n_times)."""
    return counts.survival_before * counts.hazard * np.maximum(tau - counts.time, 0.0)


def _variance(counts: EventCounts, tau: float) -> float:
    """Variance of the restricted mean: delta method over the hazards, multinomial within a time."""
    hazard, at_risk = counts.hazard, counts.at_risk
    lost = _time_lost(counts, tau)
    lost_later = lost.sum() - np.cumsum(lost)
    own = counts.survival_before * np.maximum(tau - counts.time, 0.0)
    terms = own * share(hazard, at_risk) * (own * (1.0 - hazard) - 2.0 * lost_later)
    return max(0.0, float(np.sum(terms + lost_later**2 * counts.greenwood)))


def check_tau(tau: float, reach: float) -> None:
    """Raise InputError unless ``tau`` is above 0 and within ``reach``, the last time for which there are data."""
    if not 0.0 < tau <= reach:
        allowed = "above 0" if np.isinf(reach) else f"above 0 and at most {reach:g}, the last month observed"
        raise InputError(f"tau is {tau:g} months: it must be {allowed}")


def pseudo_observations(
    duration: ArrayLike, ending: ArrayLike, statistic: Callable[[EventCounts], NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Jackknife pseudo-observations n theta - (n - 1) theta without i, one per spell.

    Parameters
    ----------
    duration : array_like, shape (n,)
        Length of each spell (months), finite and not negative.
    ending : array_like, shape (n,)
        0 or False censored, 1 or True ended by the event of interest, 2 ended otherwise.
    statistic : callable
        From counts with any leading axes to the estimate, such as ``lambda counts: time_free(counts, tau)``.

    Returns
    -------
    ndarray, shape (n,)
        In the statistic's unit. Where nothing is censored before the end of the window these are the observed
        values themselves.

    Notes
    -----
    Spells alike in duration and ending give the same value, so only distinct ones are left out in turn: at
    most three per month.

    References
    ----------
    Andersen, Klein & Rosthoj 2003, Biometrika 90:15; for restricted means Andersen, Hansen & Klein 2004,
    Lifetime Data Anal. 10:335.
    """
    counts = count_events(duration, ending)
    n = int(counts.at_risk[0])
    if n == 1:
        return np.atleast_1d(statistic(counts))
    position = place_durations(np.asarray(duration, dtype=np.float64))[1]
    code = position * CODES + np.asarray(ending, dtype=np.int64)
    there = np.bincount(code) > 0
    kinds, kind = np.flatnonzero(there), (np.cumsum(there) - 1)[code]
    step = max(1, CELLS // counts.time.size)
    blocks = [kinds[i : i + step] for i in range(0, kinds.size, step)]
    without = np.concatenate([statistic(_leave_out(counts, *np.divmod(block, CODES))) for block in blocks])
    values: NDArray[np.float64] = (n * statistic(counts) - (n - 1) * without)[kind]
    return values


def _leave_out(counts: EventCounts, position: NDArray[np.int64], ending: NDArray[np.int64]) -> EventCounts:
    """Count without one spell that ended at the time of that position: shape (n_spells, n_times)."""
    place = np.arange(counts.time.size)
    here = place == position[:, None]
    return EventCounts(
        counts.time,
        counts.at_risk - (place <= position[:, None]),
        counts.events - (here & (ending[:, None] == EVENT)),
        counts.competing - (here & (ending[:, None] == COMPETING)),
    )
