"""Log-rank tests of whether hazards differ, between independent groups and between arms that share worlds.

The test for runs that share worlds is in no library that this project uses; both stand on one count of ties.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

from cisim.errors import InputError
from cisim.survival.arms import Arm, Runs, as_arms, choose_baseline
from cisim.survival.counts import EVENT, checked_durations, checked_entries, share

#: An eigenvalue of a variance below this share of the largest is 0.
ROUNDING = 1e-10
COLUMNS = [
    *("strategies", "baseline", "event", "observed", "expected", "statistic", "degrees", "p_value", "p_holm"),
    *("statistic_unpaired", "p_unpaired"),
]
#: What counts as the event; a completion censors when only failure does.
EVENTS = ("any", "failed")
#: Stands for all arms together where one test compares them all.
ALL_ARMS = "(all arms)"


@dataclass(frozen=True)
class LogRank:
    """Outcome of a log-rank test; arrays of shape (n_groups,)."""

    groups: tuple[str, ...]
    observed: NDArray[np.float64]
    """Events of each group."""
    expected: NDArray[np.float64]
    """Events that each group would have met under the hazard of all together."""
    statistic: float
    """Chi-squared; NaN where nothing can be tested, as without an event."""
    degrees: int
    p_value: float


@dataclass(frozen=True)
class _Risk:
    """Counts by group and distinct time of an event, arrays of shape (n_groups, n_times) or (n_times,)."""

    time: NDArray[np.float64]
    share_at_risk: NDArray[np.float64]
    at_risk: NDArray[np.float64]
    events: NDArray[np.float64]


def logrank_test(
    duration: ArrayLike,
    ending: ArrayLike,
    group: ArrayLike,
    *,
    entry: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
) -> LogRank:
    """Test whether all groups have the same hazard of the event.

    Parameters
    ----------
    duration, ending : array_like, shape (n,)
        As for :func:`cisim.survival.counts.count_events`; other endings censor: hazards are cause-specific.
    group : array_like, shape (n,)
        What is compared; at least two labels.
    entry : array_like, shape (n,), optional
        Age at which each spell came under observation.
    cluster : array_like, shape (n,), optional
        What spells of different groups share, such as the world of paired runs; more clusters than groups, or
        nothing is tested. Without it the spells are taken as independent.

    Returns
    -------
    LogRank

    Raises
    ------
    InputError
        If there are fewer than two groups, or a duration or an entry cannot be used.

    Notes
    -----
    Runs of the same world are alike. The usual variance, which takes them as independent, is then too large: the test
    misses differences that are there. For paired worlds the test with ``cluster`` is right: the variance of the
    score's sums by cluster.

    References
    ----------
    Mantel 1966; Peto & Peto 1972, J. R. Stat. Soc. A 135:185, with the hypergeometric variance for ties (Klein &
    Moeschberger 2003, eq. 7.3.3); this is R's survdiff. With clusters Lee, Wei & Amato 1992 and, for matched pairs,
    Jung 1999, Lifetime Data Anal. 5:67; this is the robust score test that R's coxph prints (Breslow's ties).
    """
    spells = checked_durations(duration)
    event = np.asarray(ending, dtype=np.int64) == EVENT
    entries = None if entry is None else checked_entries(entry, spells)
    number, labels = pd.factorize(np.asarray(group), sort=True)
    if len(labels) < 2:
        raise InputError(f"only one group ({labels[0]}): a log-rank test compares two or more")
    risk = _count(spells, event, number, entries, len(labels))
    seen = np.bincount(number[event], minlength=len(labels)).astype(np.float64)
    expected = risk.share_at_risk @ risk.events
    if cluster is None:
        variance = _hypergeometric_variance(risk)
    else:
        scores = _scores_by_cluster(spells, event, number, entries, np.asarray(cluster), risk)
        variance = scores.T @ scores if len(scores) > len(labels) else np.zeros((len(labels), len(labels)))
    statistic, degrees = _quadratic_form(seen - expected, variance)
    p_value = float(special.chdtrc(degrees, statistic)) if degrees else np.nan
    return LogRank(tuple(str(label) for label in labels), seen, expected, statistic, degrees, p_value)


def holm(p_values: ArrayLike) -> NDArray[np.float64]:
    """Adjust p-values for how many were looked at (Holm 1979, Scand. J. Stat. 6:65); NaN stay NaN, uncounted."""
    p = np.asarray(p_values, dtype=np.float64)
    adjusted = np.full(p.shape, np.nan)
    order = np.argsort(p)[: np.count_nonzero(~np.isnan(p))]
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(p[order] * np.arange(order.size, 0, -1)))
    return adjusted


def _count(
    spells: NDArray[np.float64],
    event: NDArray[np.bool_],
    number: NDArray[np.intp],
    entries: NDArray[np.float64] | None,
    n_groups: int,
) -> _Risk:
    """Count those at risk by group, and the events, at every time of an event."""
    time, events = np.unique(spells[event], return_counts=True)
    rows = []
    for k in range(n_groups):
        mine = number == k
        rows.append(np.count_nonzero(mine) - np.searchsorted(np.sort(spells[mine]), time))
        if entries is not None:
            waiting = np.count_nonzero(mine) - np.searchsorted(np.sort(entries[mine]), time)
            rows[k] = rows[k] - np.where(time > 0, waiting, np.count_nonzero(entries[mine] > 0))
    at_risk = np.array(rows, dtype=np.float64).reshape(n_groups, time.size)
    together = at_risk.sum(axis=0)
    return _Risk(time, share(at_risk, np.broadcast_to(together, at_risk.shape)), together, events.astype(np.float64))


def _hypergeometric_variance(risk: _Risk) -> NDArray[np.float64]:
    """Variance of observed minus expected when events fall on those at risk at random, shape (n_groups, n_groups)."""
    weight = share(risk.events * (risk.at_risk - risk.events), risk.at_risk - 1.0)
    p = risk.share_at_risk
    variance: NDArray[np.float64] = np.diag(p @ weight) - (p * weight) @ p.T
    return variance


def _scores_by_cluster(
    spells: NDArray[np.float64],
    event: NDArray[np.bool_],
    number: NDArray[np.intp],
    entries: NDArray[np.float64] | None,
    cluster: NDArray[np.generic],
    risk: _Risk,
) -> NDArray[np.float64]:
    """Observed minus expected of each cluster under the hazard of all together, shape (n_clusters, n_groups)."""
    hazard = risk.events / risk.at_risk
    total = np.concatenate([[0.0], np.cumsum(hazard)])
    parts = np.concatenate([np.zeros((len(risk.share_at_risk), 1)), np.cumsum(risk.share_at_risk * hazard, axis=1)], 1)
    last = np.searchsorted(risk.time, spells, side="right")
    first = np.zeros_like(last) if entries is None else np.searchsorted(risk.time, entries, side="right")
    first = first if entries is None else np.where(entries > 0, first, 0)
    codes = pd.factorize(cluster)[0]
    at_event = np.maximum(last - 1, 0)
    columns = []
    for k, at_risk in enumerate(risk.share_at_risk):
        mine = (number == k).astype(np.float64)
        met = np.where(event, mine - at_risk[at_event], 0.0) if at_risk.size else 0.0 * mine
        due = mine * (total[last] - total[first]) - (parts[k][last] - parts[k][first])
        columns.append(np.bincount(codes, weights=met - due))
    return np.stack(columns, axis=1)


def _quadratic_form(score: NDArray[np.float64], variance: NDArray[np.float64]) -> tuple[float, int]:
    """Chi-squared of a score whose parts add up to 0, and its degrees of freedom; NaN and 0 where there is none."""
    if not variance.any():
        return np.nan, 0
    spread, directions = np.linalg.eigh(variance)
    clear = spread > ROUNDING * spread[-1]
    return float(np.sum((directions[:, clear].T @ score) ** 2 / spread[clear])), int(clear.sum())


def logrank_table(runs: Runs, *, baseline: str | None = None) -> pd.DataFrame:
    """Test every arm against the baseline, and all arms at once.

    Parameters
    ----------
    runs : DataFrame or sequence of Arm
        As :func:`cisim.survival.arms.as_arms` takes it.
    baseline : str, optional
        Label compared with; by default "none", or the first label if "none" is missing.

    Returns
    -------
    DataFrame
        One row per event ("any" ending, or "failed") and arm other than the baseline, and one for all arms
        together: observed and expected events of the arm, ``statistic`` (chi-squared), degrees and ``p_value`` of
        the test that knows the pairing by world, ``p_holm`` (adjusted for the number of arms), and
        ``statistic_unpaired`` with ``p_unpaired``, which take the runs as independent. Empty for one arm.

    Raises
    ------
    InputError
        If the table or the baseline cannot be used.

    Notes
    -----
    For arms that lived through the same worlds the paired test is the right one: the other one counts the luck
    that the arms share as noise between them (see :func:`cisim.survival.logrank.logrank_test`).
    """
    arms = as_arms(runs)
    first = choose_baseline([arm.label for arm in arms], baseline)
    base = next(arm for arm in arms if arm.label == first)
    others = [arm for arm in arms if arm is not base and len(arm.runs)] if len(base.runs) else []
    parts = []
    for event in EVENTS:
        rows = [_row(event, arm.label, first, [base, arm]) for arm in others]
        part = pd.DataFrame(rows, columns=COLUMNS)
        part["p_holm"] = holm(part["p_value"])
        together = [_row(event, ALL_ARMS, "", [base, *others])] if len(others) > 1 else []
        parts += [part, pd.DataFrame(together, columns=COLUMNS)]
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=COLUMNS)


def _row(event: str, label: str, baseline: str, arms: Sequence[Arm]) -> dict[str, object]:
    """Test some arms against each other, paired and not."""
    paired, plain = (_test(event, arms, paired=paired) for paired in (True, False))
    mine = slice(1, 2) if baseline else slice(None)  # the baseline comes first
    return {
        "strategies": label,
        "baseline": baseline,
        "event": event,
        "observed": np.sum(plain.observed[mine]),
        "expected": np.sum(plain.expected[mine]),
        "statistic": paired.statistic,
        "degrees": paired.degrees,
        "p_value": paired.p_value,
        "p_holm": np.nan,
        "statistic_unpaired": plain.statistic,
        "p_unpaired": plain.p_value,
    }


def _test(event: str, arms: Sequence[Arm], *, paired: bool) -> LogRank:
    return logrank_test(
        np.concatenate([arm.duration for arm in arms]),
        np.concatenate([arm.event_observed if event == "any" else arm.ending("failed") for arm in arms]),
        np.repeat(np.arange(len(arms)), [len(arm.runs) for arm in arms]),
        cluster=np.concatenate([arm.runs["replicate"] for arm in arms]) if paired else None,
    )
