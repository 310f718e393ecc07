"""Estimates along a sweep: at every design point, and along each parameter."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from cisim.survival.arms import Arm
from cisim.survival.curves import cumulative_incidence
from cisim.survival.intervals import Estimate, mean_interval
from cisim.survival.restricted import pseudo_observations, restricted_mean, time_free

#: Estimates of a design point.
MEASURES = ("time_free_of_failure", "survival_time", "share_failed", "share_completed")
#: A parameter with more values than this is cut into classes with equally many runs: so many.
MOST_LEVELS, CLASSES_ALONE = 24, 10


def points_table(
    runs: pd.DataFrame, varied: Sequence[str], *, tau: float | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Estimate at each design point and arm by itself.

    Parameters
    ----------
    runs : DataFrame
        Columns strategies, the varied parameters, replicate, duration (months), event_observed, ending, cause and
        status, as in ``runs.parquet``.
    varied : sequence of str
        Names of the parameters that a point sets.
    tau : float, optional
        End of the window (months); by default the longest that every point's runs speak of.
    confidence : float
        Coverage of every interval, in (0, 1).

    Returns
    -------
    DataFrame
        One row per point and arm in order of appearance: strategies, the parameters, n_runs, n_dropped, tau, then
        with their intervals (``_lower``, ``_upper``) time_free_of_failure and survival_time (months of the first
        tau), share_failed and share_completed (by tau).

    Raises
    ------
    InputError
        If there is no run without error, or tau lies outside the data.
    """
    keys = ["strategies", *varied]
    window = shared_window(runs, keys) if tau is None else tau
    rows = [
        {**setting, "n_runs": len(arm.runs), "n_dropped": arm.n_dropped, "tau": window}
        | (_estimates(arm, window, confidence) if len(arm.runs) else {})
        for setting, arm in split_runs(runs, keys)
    ]
    return pd.DataFrame(rows)


def _estimates(arm: Arm, tau: float, confidence: float) -> dict[str, float]:
    """Every estimate of one point with its limits."""
    duration, failed = arm.duration, arm.ending("failed")
    found = (
        restricted_mean(duration, failed, tau, confidence=confidence),
        restricted_mean(duration, arm.event_observed, tau, confidence=confidence),
        cumulative_incidence(duration, failed, grid=[tau], confidence=confidence).at(tau),
        cumulative_incidence(duration, arm.ending("completed"), grid=[tau], confidence=confidence).at(tau),
    )
    row: dict[str, float] = {}
    for name, estimate in zip(MEASURES, found, strict=True):
        row |= {name: estimate.value, f"{name}_lower": estimate.lower, f"{name}_upper": estimate.upper}
    return row


def split_runs(runs: pd.DataFrame, keys: Sequence[str]) -> Iterator[tuple[dict[str, object], Arm]]:
    """Each distinct setting of the keys, in order of appearance, with its runs that ended without error."""
    place = runs.groupby(list(keys), sort=False, dropna=False).ngroup().to_numpy()
    ordered = runs.iloc[np.argsort(place, kind="stable")]
    starts = np.flatnonzero(np.diff(np.sort(place), prepend=-1))
    ok = (ordered["status"] == "ok").to_numpy()
    for start, end in zip(starts, [*starts[1:], len(runs)], strict=True):
        part = ordered.iloc[start:end]
        good = part[ok[start:end]]
        setting = {str(key): value for key, value in part[list(keys)].iloc[0].items()}
        yield setting, Arm(str(setting.get("strategies", "")), good, len(part) - len(good))


def shared_window(runs: pd.DataFrame, keys: Sequence[str]) -> float:
    """Longest window (months) that the runs of every setting of the keys speak of."""
    ok = runs[runs["status"] == "ok"]
    place = ok.groupby(list(keys), sort=False, dropna=False).ngroup()
    longest = ok["duration"].groupby(place).transform("max")
    last_goes_on = (ok["duration"] == longest) & ~ok["event_observed"].astype(bool)
    reach = longest[last_goes_on]
    return float(reach.min() if len(reach) else ok["duration"].max())


def mean_time_free(arm: Arm, tau: float, *, confidence: float = 0.95) -> Estimate:
    """Restricted mean time free of failure over runs of one design point or of several together.

    With one run for each replicate it is :func:`cisim.survival.restricted.restricted_mean`. With several (runs of
    different points share the worlds of a replicate) it is the mean over replicates of their means, with the Student t
    interval of independent replicates: it speaks of other worlds, at these design points.
    """
    failed = arm.ending("failed")
    if arm.runs["replicate"].is_unique:
        return restricted_mean(arm.duration, failed, tau, confidence=confidence)
    return mean_interval(replicate_means(arm, tau), confidence, 0.0, tau)


def replicate_means(arm: Arm, tau: float) -> "pd.Series[float]":
    """Mean time free of failure (months, of the first tau) of the runs of each replicate, by replicate."""
    values = pseudo_observations(arm.duration, arm.ending("failed"), lambda counts: time_free(counts, tau))
    return pd.Series(values).groupby(arm.runs["replicate"].to_numpy()).mean()


def levels(values: pd.Series, classes: int = CLASSES_ALONE) -> pd.DataFrame:
    """Level of each run on one parameter.

    Parameters
    ----------
    values : Series
        Numbers, or words such as the kind of lead.
    classes : int
        Classes of equal size that numbers with more than ``MOST_LEVELS`` distinct values are cut into.

    Returns
    -------
    DataFrame
        Columns level (rank from 0), value (mean of the level; its rank for words), low and high (limits of a class,
        else the value) and label; index as given.
    """
    if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        codes, names = pd.factorize(values.astype(str), sort=True)
        table = pd.DataFrame({"level": codes, "value": codes.astype(float)}, index=values.index)
        return table.assign(low=table["value"], high=table["value"], label=np.asarray(names)[codes])
    numbers = values.astype(float)
    if numbers.nunique() <= MOST_LEVELS:
        codes = pd.factorize(numbers, sort=True)[0]
        label = numbers.map("{:g}".format)
        return pd.DataFrame({"level": codes, "value": numbers, "low": numbers, "high": numbers, "label": label})
    cut = pd.qcut(numbers, classes, labels=False, duplicates="drop")
    within = numbers.groupby(cut)
    table = pd.DataFrame({"level": cut.astype(int), "value": within.transform("mean")})
    table = table.assign(low=within.transform("min"), high=within.transform("max"))
    return table.assign(label=table["low"].map("{:.3g}".format) + " to " + table["high"].map("{:.3g}".format))


def response_table(
    runs: pd.DataFrame, varied: Sequence[str], *, tau: float | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Restricted mean time free of failure along each parameter, the others as the design has them.

    Parameters
    ----------
    runs, varied, tau, confidence
        As for :func:`cisim.survival.sweep_estimates.points_table`.

    Returns
    -------
    DataFrame
        Columns strategies, parameter, level, value, low, high, label (see :func:`levels`), is_number, n_runs,
        n_settings (distinct settings of the parameters averaged), tau, time_free (months), lower, upper.
    """
    window = shared_window(runs, ["strategies", *varied]) if tau is None else tau
    parts = []
    for name in varied:
        level = levels(runs[name])
        table = pd.concat([runs, level], axis=1)
        for setting, arm in split_runs(table, ["strategies", *level]):
            if len(arm.runs):
                estimate = mean_time_free(arm, window, confidence=confidence)
                row = {"parameter": name, "n_settings": len(arm.runs[list(varied)].drop_duplicates())}
                found = {"time_free": estimate.value, "lower": estimate.lower, "upper": estimate.upper}
                parts.append(setting | row | {"n_runs": len(arm.runs), "tau": window} | found)
    table = pd.DataFrame(parts)
    numeric = {name: pd.api.types.is_numeric_dtype(runs[name]) for name in varied}
    table["is_number"] = table["parameter"].map(numeric)
    order = [*("strategies", "parameter", "level", "value", "low", "high", "label", "is_number")]
    order += ["n_runs", "n_settings", "tau", "time_free", "lower", "upper"]
    return table.sort_values(["parameter", "strategies", "level"], kind="stable", ignore_index=True)[order]


def ranked_by_response(response: pd.DataFrame) -> list[str]:
    """Parameters by how far the response moves along them (largest range within an arm), most first."""
    span = response.groupby(["parameter", "strategies"], sort=False)["time_free"].agg(lambda v: v.max() - v.min())
    return list(span.groupby(level=0, sort=False).max().sort_values(ascending=False, kind="stable").index)
