"""How long members stay, by kind of organisation; the intervals know that members share a coalition."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cisim.analysis.arms import ordered_labels
from cisim.analysis.counts import checked_durations, count_events, share
from cisim.analysis.curves import Curve, curve_with_interval
from cisim.errors import InputError

COLUMNS = ("strategies", "replicate", "kind", "duration", "event_observed")


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
    missing = [name for name in COLUMNS if name not in members]
    if missing:
        raise InputError(f"the table of members lacks {', '.join(missing)}: it needs the columns {', '.join(COLUMNS)}")
    checked_durations(members["duration"])
    parts = []
    for label in ordered_labels(members["strategies"].unique()):
        for kind, spells in members[members["strategies"] == label].groupby("kind", sort=True):
            curve = clustered_survival(
                spells["duration"], spells["event_observed"], spells["replicate"], confidence=confidence
            )
            parts.append(_rows(label, str(kind), spells, curve))
    return pd.concat(parts, ignore_index=True)


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


def clustered_survival(
    duration: ArrayLike, event_observed: ArrayLike, cluster: ArrayLike, *, confidence: float = 0.95
) -> Curve:
    """Kaplan-Meier of spells that come in clusters, with a variance that is robust to dependence within them.

    Parameters
    ----------
    duration, event_observed : array_like, shape (n,)
        As for :func:`cisim.analysis.survival.survival_curve`.
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
    observed = np.asarray(event_observed, dtype=bool)
    months = np.arange(0.0, np.ceil(spells.max()) + 1.0)
    counts = count_events(spells, observed, months)
    groups, group = np.unique(np.asarray(cluster), return_inverse=True)
    at_risk, ended = _counts_by_cluster(counts.time, spells, observed, group, groups.size)
    surprise = share(ended - at_risk * counts.hazard, np.broadcast_to(counts.at_risk - counts.events, ended.shape))
    influence = counts.survival * np.cumsum(surprise, axis=1)
    correction = groups.size / (groups.size - 1) if groups.size > 1 else np.nan
    variance = correction * np.sum(influence**2, axis=0)
    worth = np.maximum(np.count_nonzero(at_risk, axis=0).astype(np.float64), 1.0)
    return curve_with_interval(counts, counts.survival, variance, worth=worth, start=1.0, confidence=confidence)


def _counts_by_cluster(
    time: NDArray[np.float64],
    duration: NDArray[np.float64],
    observed: NDArray[np.bool_],
    group: NDArray[np.intp],
    n_groups: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Spells at risk and spells ended by cluster and time, both of shape (n_groups, n_times)."""
    shape = (n_groups, time.size)
    cell = group.reshape(-1) * time.size + np.searchsorted(time, duration)
    left = np.bincount(cell, minlength=n_groups * time.size).reshape(shape)
    ended = np.bincount(cell[observed], minlength=n_groups * time.size).reshape(shape)
    at_risk = left.sum(axis=1, keepdims=True) - np.cumsum(left, axis=1) + left
    return at_risk.astype(np.float64), ended.astype(np.float64)
