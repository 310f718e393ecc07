"""How long members stay, by kind of organisation; the intervals allow for members that share a coalition."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cisim.errors import InputError
from cisim.survival.arms import ordered_labels
from cisim.survival.counts import EventCounts, checked_durations, count_events, share
from cisim.survival.curves import Curve, curve_with_interval, median_survival
from cisim.survival.intervals import Estimate, has_spread, log_log_interval, unseen_interval
from cisim.survival.paired import AGES
from cisim.survival.restricted import check_tau, time_free

#: How many numbers an array of clusters by months holds (32 MB).
CELLS = 4_000_000
COLUMNS = ("strategies", "replicate", "kind", "duration", "event_observed")


def clustered_survival(
    duration: ArrayLike, event_observed: ArrayLike, cluster: ArrayLike, *, confidence: float = 0.95
) -> Curve:
    """Kaplan-Meier of spells that come in clusters, with a variance that is robust to dependence within them.

    Parameters
    ----------
    duration, event_observed : array_like, shape (n,)
        As for :func:`cisim.survival.curves.survival_curve`.
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
    if not has_spread(error, tau):
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


def members_table(members: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Probability of still being a member by months since joining, for every arm and kind of organisation.

    Parameters
    ----------
    members : DataFrame
        One row per membership spell: strategies, replicate, kind, duration (months as a member),
        event_observed (left before the coalition ended; members whose coalition ended first are censored).
    confidence : float
        Coverage of each pointwise interval, in (0, 1).

    Returns
    -------
    DataFrame
        Columns strategies, kind, month, at_risk, survival, lower, upper, n_spells, n_coalitions.

    Raises
    ------
    InputError
        If a column is missing, there is no row, or a duration cannot be used.
    """
    parts = []
    for label, kind, spells in _groups(members):
        curve = clustered_survival(
            spells["duration"], spells["event_observed"], spells["replicate"], confidence=confidence
        )
        parts.append(_rows(label, kind, spells, curve))
    return pd.concat(parts, ignore_index=True)


def members_summary(
    members: pd.DataFrame,
    tau: float | None = None,
    *,
    ages: Sequence[int] = AGES,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How long members stay, in one row for every arm and kind of organisation.

    Parameters
    ----------
    members : DataFrame
        As for :func:`members_table`.
    tau : float, optional
        End of the window of the restricted mean (months); by default the longest that every group speaks of.
    ages : sequence of int
        Months since joining at which the share of members is given.
    confidence : float
        Coverage of every interval, in (0, 1); robust to what members of a coalition share.

    Returns
    -------
    DataFrame
        Columns strategies, kind, n_spells, n_coalitions, n_left, tau, then with their intervals (``_lower``,
        ``_upper``) months_stayed (of the first tau), median (NaN = not reached) and stayed_36 and so on (share; NaN =
        past what the group speaks of).

    Raises
    ------
    InputError
        As for :func:`members_table`, or if tau cannot be used.
    """
    groups = list(_groups(members))
    window = _common_tau([spells for *_, spells in groups]) if tau is None else tau
    rows = []
    for label, kind, spells in groups:
        columns = spells["duration"], spells["event_observed"], spells["replicate"]
        curve = clustered_survival(*columns, confidence=confidence)
        row: dict[str, object] = {"strategies": label, "kind": kind, "n_spells": len(spells)}
        row |= {"n_coalitions": spells["replicate"].nunique(), "n_left": int(columns[1].sum()), "tau": window}
        estimates = {"months_stayed": clustered_mean(*columns, window, confidence=confidence)}
        estimates |= {"median": median_survival(curve), **{f"stayed_{age}": curve.at(age) for age in ages}}
        for name, found in estimates.items():
            row |= found.columns(name)
        rows.append(row)
    return pd.DataFrame(rows)


def _common_tau(groups: Sequence[pd.DataFrame]) -> float:
    """Longest window (months) for which every group has data."""
    reach = min(count_events(spells["duration"], spells["event_observed"]).reach for spells in groups)
    return float(reach if np.isfinite(reach) else max(spells["duration"].max() for spells in groups))


def _groups(members: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Spells of every arm and kind of organisation, checked."""
    missing = [name for name in COLUMNS if name not in members]
    if missing:
        raise InputError(f"the table of members lacks {', '.join(missing)}: it needs the columns {', '.join(COLUMNS)}")
    checked_durations(members["duration"])
    for label in ordered_labels(members["strategies"].unique()):
        for kind, spells in members[members["strategies"] == label].groupby("kind", sort=True):
            yield label, str(kind), spells


def _rows(label: str, kind: str, spells: pd.DataFrame, curve: Curve) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "strategies": label,
            "kind": kind,
            "month": curve.time.astype(np.int64),
            "at_risk": curve.at_risk.astype(np.int64),
            "survival": curve.probability,
            "lower": curve.lower,
            "upper": curve.upper,
            "n_spells": len(spells),
            "n_coalitions": spells["replicate"].nunique(),
        }
    )
