"""Spells that come in clusters, such as the members of one coalition: survival with intervals that know it."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cisim.survival.counts import EventCounts, checked_durations, count_events, share
from cisim.survival.curves import Curve, curve_with_interval
from cisim.survival.intervals import Estimate, log_log_interval, tells_spread, unseen_interval
from cisim.survival.restricted import check_tau, time_free

#: How many numbers an array of clusters by months holds (32 MB).
CELLS = 4_000_000


def clustered_survival(
    duration: ArrayLike, event_observed: ArrayLike, cluster: ArrayLike, *, confidence: float = 0.95
) -> Curve:
    """Kaplan-Meier of spells that come in clusters, with a variance that is robust to dependence within them.

    Parameters
    ----------
    duration, event_observed : array_like, shape (n,)
        As for :func:`cisim.survival.survival.survival_curve`.
    cluster : array_like, shape (n,)
        What the spells share, such as the replicate of their coalition. Clusters are independent.
    confidence : float
        Coverage of each pointwise interval, in (0, 1).

    Returns
    -------
    Curve
        On every month from 0 to the longest spell. With one cluster the intervals are NaN: nothing tells how
        clusters differ.

    References
    ----------
    Williams 1995, Lifetime Data Anal. 1:171: the survival estimate is linearised spell by spell, the terms
    are added up within a cluster and their squares over clusters, with the factor G / (G - 1) for G clusters.
    This is R's survfit with ``cluster``.
    """
    spells = checked_durations(duration)
    counts = count_events(spells, np.asarray(event_observed, dtype=bool), _months(spells))
    squares, present = np.zeros(counts.time.size), np.zeros(counts.time.size)
    n_clusters = 0
    for at_risk, influence in _influences(counts, spells, event_observed, cluster):
        squares += np.sum(influence**2, axis=0)
        present += np.count_nonzero(at_risk, axis=0)
        n_clusters += len(influence)
    variance = _correction(n_clusters) * squares
    worth = np.maximum(present, 1.0)
    return curve_with_interval(counts, counts.survival, variance, worth=worth, start=1.0, confidence=confidence)


def clustered_mean(
    duration: ArrayLike, event_observed: ArrayLike, cluster: ArrayLike, tau: float, *, confidence: float = 0.95
) -> Estimate:
    """Restricted mean time of spells that come in clusters: months of the first ``tau``.

    Parameters
    ----------
    duration, event_observed, cluster : array_like, shape (n,)
        As for :func:`clustered_survival`.
    tau : float
        End of the window (months), above 0 and within the data.
    confidence : float
        Coverage of the interval, in (0, 1); symmetric on the log-log scale of the share of tau.

    Returns
    -------
    Estimate
        With one cluster the standard error and the limits are NaN.

    Raises
    ------
    InputError
        If a duration cannot be used, or tau is not above 0 or lies past the last spell while that one had not ended.

    References
    ----------
    Williams 1995, as for :func:`clustered_survival`, each cluster's term integrated up to tau.
    """
    spells = checked_durations(duration)
    counts = count_events(spells, np.asarray(event_observed, dtype=bool), [*_months(spells), tau])
    check_tau(tau, counts.reach)
    value = float(time_free(counts, tau))
    widths = np.diff(np.minimum(np.append(counts.time, np.inf), tau))
    sums = np.concatenate([influence @ widths for _, influence in _influences(counts, spells, event_observed, cluster)])
    error = float(np.sqrt(_correction(sums.size) * np.sum(sums**2)))
    if np.isnan(error):
        return Estimate(value, np.nan, np.nan, np.nan)
    if not tells_spread(error, tau):
        return unseen_interval(value, error, float(sums.size), confidence, 0.0, tau)
    worth = np.array(float(sums.size))
    lower, upper = log_log_interval(np.array(value / tau), np.array(error / tau), worth, confidence)
    return Estimate(value, error, float(tau * lower), float(tau * upper))


def _months(spells: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.arange(0.0, np.ceil(spells.max()) + 1.0)


def _correction(n_clusters: int) -> float:
    return n_clusters / (n_clusters - 1.0) if n_clusters > 1 else np.nan


def _influences(
    counts: EventCounts, spells: NDArray[np.float64], event_observed: ArrayLike, cluster: ArrayLike
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Block by block of clusters, spells at risk and what each cluster adds to survival, shape (n_block, n_times)."""
    groups, group = np.unique(np.asarray(cluster), return_inverse=True)
    order = np.argsort(group.reshape(-1), kind="stable")
    position = np.searchsorted(counts.time, spells)[order]
    observed, number = np.asarray(event_observed, dtype=bool)[order], group.reshape(-1)[order]
    left_over = counts.at_risk - counts.events
    step = max(1, CELLS // counts.time.size)
    for first in range(0, groups.size, step):
        rows = slice(*np.searchsorted(number, [first, first + step]))
        shape = (min(step, groups.size - first), counts.time.size)
        cell = (number[rows] - first) * shape[1] + position[rows]
        left = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
        ended = np.bincount(cell[observed[rows]], minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
        at_risk = left.sum(axis=1, keepdims=True) - np.cumsum(left, axis=1) + left
        surprise = share(ended - at_risk * counts.hazard, np.broadcast_to(left_over, shape))
        yield at_risk, counts.survival * np.cumsum(surprise, axis=1)
