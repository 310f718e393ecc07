"""Results over an ensemble of parameter sets: variation between the sets, and by chance within each.

The law of total variance takes the spread of an outcome over members and runs apart: Var(Y) = Var(E[Y | member]) +
E[Var(Y | member)]. The first part is parametric, what the evidence leaves open; the second is chance, which more
evidence on parameters does not remove. Means of members carry noise of the runs that they are taken over, which is
taken off the first part; since all members live through the same worlds, that noise is what is left of a run after its
member's and its world's mean (the interaction of a two-way layout, Searle, Casella & McCulloch 1992, section 4.3).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from cisim.errors import InputError
from cisim.survival.intervals import t_quantile

Floats = NDArray[np.float64]
#: Ages (months) at which survival is given.
AGES = (36, 60, 120)
#: Shares of the ensemble below the limits that are shown.
LEVELS = {"p5": 0.05, "p25": 0.25, "median": 0.5, "p75": 0.75, "p95": 0.95}


@dataclass(frozen=True)
class Ensembled:
    """Runs over an ensemble as arrays.

    Attributes
    ----------
    labels : tuple of str
        Settings, such as arms.
    weights : ndarray, shape (n_members,)
        They add up to 1.
    outcomes : dict of str to ndarray, each of shape (n_settings, n_members, n_replicates)
        Measures by name.
    tau : float
        Window (months).
    """

    labels: tuple[str, ...]
    weights: Floats
    outcomes: dict[str, Floats]
    tau: float


def read_runs(runs: pd.DataFrame, labels: Sequence[str], weights: Floats, tau: float) -> Ensembled:
    """Arrange runs by setting, member and replicate.

    Parameters
    ----------
    runs : DataFrame
        Columns point, replicate, duration, ending and status; points are all members at the first setting, all at
        the second, and so on, with the same replicates.
    labels : sequence of str
        Names of the settings.
    weights : ndarray, shape (n_members,)
        Weights of the members.
    tau : float
        Months to which every run was followed.

    Raises
    ------
    InputError
        If a run is missing or met an error.
    """
    ordered = runs.sort_values(["point", "replicate"], kind="stable")
    shape = (len(labels), len(weights), -1)
    n = len(labels) * len(weights)
    if len(ordered) % n or (ordered["status"] != "ok").any():
        raise InputError(
            "some runs are missing or met an error, so members cannot be compared; run again, retry=errors"
        )
    duration = ordered["duration"].to_numpy(dtype=np.float64).reshape(shape)
    ending = ordered["ending"].to_numpy().reshape(shape)
    failed, completed = ((ending == kind) & (duration <= tau) for kind in ("failed", "completed"))
    outcomes = {
        "time_free_of_failure": np.where(failed, duration, tau),
        "share_failed": failed.astype(np.float64),
        "share_completed": completed.astype(np.float64),
        **{f"survival_{a}": 1.0 - ((failed | completed) & (duration <= a)) for a in AGES if a <= tau},
    }
    return Ensembled(tuple(labels), weights / weights.sum(), outcomes, tau)


def spread_table(found: Ensembled) -> pd.DataFrame:
    """Mean of every measure and its spread, parametric and by chance.

    Returns
    -------
    DataFrame
        One row for each setting and measure: mean; ``parametric_sd`` (of the members' expected values), ``chance_sd``
        (of a run, given the member), ``share_parametric`` of the total variance, and quantiles of the members' means.
    """
    rows = []
    for place, label in enumerate(found.labels):
        for measure, values in found.outcomes.items():
            rows.append(
                {"setting": label, "measure": measure, "tau": found.tau} | variance_parts(values[place], found.weights)
            )
    return pd.DataFrame(rows)


def variance_parts(values: Floats, weights: Floats) -> dict[str, float]:
    """Mean, parts of the variance and quantiles of one measure, shape (n_members, n_replicates)."""
    means, mean, between = _between(values, weights)
    chance = float(weights @ values.var(axis=1, ddof=1)) if values.shape[1] > 1 else np.nan
    total = between + chance
    return {
        "mean": mean,
        "parametric_sd": float(np.sqrt(between)),
        "chance_sd": float(np.sqrt(chance)),
        "share_parametric": between / total if total > 0 else np.nan,
        **weighted_quantiles(means, weights),
    }


def _between(values: Floats, weights: Floats) -> tuple[Floats, float, float]:
    """Means of the members, their mean, and the variance of their expected values."""
    means = values.mean(axis=1)
    mean = float(weights @ means)
    free = 1.0 - float(np.sum(weights**2))
    if values.shape[1] < 2 or free <= 0:
        return means, mean, np.nan
    rest = values - means[:, None] - (weights @ values) + mean
    noise = float(weights @ (rest**2).sum(axis=1)) / (values.shape[1] - 1) / values.shape[1]
    between = (float(weights @ (means - mean) ** 2) - noise) / free
    return means, mean, max(between, 0.0)


def ensemble_effects(found: Ensembled, baseline: str | None = None) -> pd.DataFrame:
    """Compare each setting with the baseline, member by member in the same worlds.

    Parameters
    ----------
    found : Ensembled
        At least two settings.
    baseline : str, optional
        Label; by default ``none`` if there is one, else the first.

    Returns
    -------
    DataFrame
        One row for each other setting and measure: mean change, its ``standard_error`` over other worlds,
        ``parametric_sd``, quantiles of the members' changes; the shares of the ensemble (by weight) in which the
        change is above 0 (``share_positive``), and in which its 95 % interval lies above or below 0
        (``share_surely_positive``, ``share_surely_negative``).
    """
    start = found.labels.index(baseline or ("none" if "none" in found.labels else found.labels[0]))
    rows = []
    for place, label in enumerate(found.labels):
        if place == start:
            continue
        for measure, values in found.outcomes.items():
            named = {"setting": label, "baseline": found.labels[start], "measure": measure, "tau": found.tau}
            rows.append(named | _effect(values[place] - values[start], found.weights))
    return pd.DataFrame(rows)


def _effect(changes: Floats, weights: Floats) -> dict[str, float]:
    """Mean and shares of one change, shape (n_members, n_replicates)."""
    means, mean, between = _between(changes, weights)
    n = changes.shape[1]
    errors = stats.sem(changes, axis=1) if n > 1 else np.full(len(means), np.nan)
    half = float(t_quantile(n - 1, 0.95)) * errors
    return {
        "difference": mean,
        "standard_error": float(stats.sem(weights @ changes)) if n > 1 else np.nan,
        "parametric_sd": float(np.sqrt(between)),
        **weighted_quantiles(means, weights),
        "share_positive": float(weights @ (means > 0)),
        "share_surely_positive": float(weights @ (means - half > 0)),
        "share_surely_negative": float(weights @ (means + half < 0)),
    }


def member_effects(found: Ensembled, measure: str, baseline: str | None = None) -> pd.DataFrame:
    """Mean change of one measure by setting and member: columns setting, member, weight, difference."""
    start = found.labels.index(baseline or ("none" if "none" in found.labels else found.labels[0]))
    values = found.outcomes[measure]
    parts = [
        pd.DataFrame(
            {
                "setting": label,
                "member": np.arange(len(found.weights)),
                "weight": found.weights,
                "difference": (values[place] - values[start]).mean(axis=1),
            }
        )
        for place, label in enumerate(found.labels)
        if place != start
    ]
    return pd.concat(parts, ignore_index=True)


def effect_sentence(row: "pd.Series[float]") -> str:
    """Sentence on one effect, with the share of the ensemble in which it holds."""
    longer = row["difference"] > 0
    share = row["share_positive"] if longer else 1.0 - row["share_positive"]
    sure = row["share_surely_positive"] if longer else row["share_surely_negative"]
    other = row["share_surely_negative"] if longer else row["share_surely_positive"]
    return (
        f"{row['setting']} {'lengthens' if longer else 'shortens'} the time free of failure by "
        f"{abs(row['difference']):.1f} months on average, in {100 * share:.0f} % of the ensemble (beyond chance in "
        f"{100 * sure:.0f} %, the reverse in {100 * other:.0f} %)"
    )


def weighted_quantiles(values: Floats, weights: Floats) -> dict[str, float]:
    """Return the value below which each of `LEVELS` of the weight lies."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weights[order])
    places = np.minimum(np.searchsorted(below, np.array(list(LEVELS.values())) * below[-1]), len(values) - 1)
    return {name: float(values[order][place]) for name, place in zip(LEVELS, places, strict=True)}
