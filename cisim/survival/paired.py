"""Differences between arms that lived through the same worlds, beside those of independent runs."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.errors import InputError
from cisim.survival.arms import Arm, Runs, as_arms, choose_baseline, common_tau, read_arms
from cisim.survival.counts import EventCounts
from cisim.survival.intervals import Estimate, mean_interval, t_quantile
from cisim.survival.restricted import check_tau, pseudo_observations, time_free

#: Ages (months) at which survival is compared: 3, 5 and 10 years.
AGES = (36, 60, 120)
COLUMNS = [
    *("strategies", "baseline", "measure", "unit", "tau", "n_pairs"),
    *("difference", "standard_error", "lower", "upper", "variance_ratio", "variance_saved"),
]


class PairedMeasure(NamedTuple):
    """A quantity compared between arms."""

    name: str
    unit: str
    failure_only: bool
    """Whether only failure is the event (completion competes), or any ending is."""
    statistic: Callable[[EventCounts], NDArray[np.float64]]
    range: float
    """Largest possible value; the smallest is 0."""


def paired_measures(tau: float, ages: Sequence[int] = AGES) -> list[PairedMeasure]:
    """Restricted mean times up to tau, and any-cause survival at the ages within tau."""

    def free(counts: EventCounts) -> NDArray[np.float64]:
        return time_free(counts, tau)

    return [
        PairedMeasure("time_free_of_failure", "months", True, free, tau),
        PairedMeasure("survival_time", "months", False, free, tau),
        *(PairedMeasure(f"survival_{age}", "probability", False, _survival_at(age), 1.0) for age in ages if age <= tau),
    ]


def share_failed(tau: float) -> PairedMeasure:
    """Share that failed by tau: the cumulative incidence of failure."""

    def incidence(counts: EventCounts) -> NDArray[np.float64]:
        share: NDArray[np.float64] = counts.incidence[..., np.searchsorted(counts.time, tau, side="right") - 1]
        return share

    return PairedMeasure("share_failed", "probability", True, incidence, 1.0)


def _survival_at(age: int) -> Callable[[EventCounts], NDArray[np.float64]]:
    def survival(counts: EventCounts) -> NDArray[np.float64]:
        alive: NDArray[np.float64] = counts.survival[..., np.searchsorted(counts.time, age, side="right") - 1]
        return alive

    return survival


def run_values(arm: Arm, measure: PairedMeasure) -> NDArray[np.float64]:
    """One value per run, shape (n,): the observed one, or a pseudo-observation where runs are censored."""
    ending = arm.ending("failed") if measure.failure_only else arm.event_observed.astype(np.int64)
    return pseudo_observations(arm.duration, ending, measure.statistic)


def paired_differences(
    arms: Sequence[Arm],
    *,
    tau: float | None = None,
    baseline: str | None = None,
    ages: Sequence[int] = AGES,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Difference of every arm to the baseline, run by run.

    Parameters
    ----------
    arms : sequence of Arm
        From :func:`cisim.survival.arms.read_arms`.
    tau : float, optional
        End of the window of the restricted means (months); by default the longest window that every arm's
        runs speak of.
    baseline : str, optional
        Label compared with; by default "none", or the first label if "none" is missing.
    ages : sequence of int
        Ages (months) at which survival is compared; those beyond tau are left out.
    confidence : float
        Coverage of the intervals, in (0, 1).

    Returns
    -------
    DataFrame
        One row per arm other than the baseline and measure: strategies, baseline, measure, unit, tau,
        n_pairs, difference, standard_error, lower, upper (Student t over the pairs), variance_ratio,
        variance_saved.

    Raises
    ------
    InputError
        If the baseline is not among the arms, or tau is not within the data.

    Notes
    -----
    ``variance_ratio`` is the variance that the same number of independent runs would give over the variance
    of the pairs: how many times more runs an unpaired comparison needs. 1 = pairing saves nothing; infinite =
    every pair differs by the same amount; NaN = no variance at all. ``variance_saved`` is the share of the
    unpaired variance that pairing takes away, 1 - 1 / variance_ratio: 0.75 stands for a quarter of the runs; below 0
    pairing costs runs.
    """
    window = _window(arms, tau)
    base = next(arm for arm in arms if arm.label == choose_baseline([arm.label for arm in arms], baseline))
    rows = [
        {"strategies": arm.label, "baseline": base.label, "measure": m.name, "unit": m.unit, "tau": window}
        | paired_difference(arm, base, m, confidence)
        for arm in arms
        if arm is not base
        for m in paired_measures(window, ages)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _window(arms: Sequence[Arm], tau: float | None) -> float:
    """Return the window asked for, if every arm was followed so long; by default the longest that all were."""
    if tau is None:
        return common_tau(arms)
    check_tau(tau, min(arm.reach for arm in arms if len(arm.runs)))
    return tau


def in_shared_worlds(arm: Arm, base: Arm) -> tuple[Arm, Arm]:
    """Return both arms with the runs of those replicates only that ran without error in both."""
    shared = np.intersect1d(arm.runs["replicate"], base.runs["replicate"])
    first, second = (Arm(a.label, a.runs[a.runs["replicate"].isin(shared)], a.n_dropped) for a in (arm, base))
    return first, second


def paired_difference(arm: Arm, base: Arm, measure: PairedMeasure, confidence: float) -> dict[str, float]:
    """Mean difference over the replicates of both arms with its interval, and the variance saved by the pairing.

    The keys are those columns of :func:`paired_differences` that say what was found; only ``n_pairs`` = 0 where the
    arms share no replicate.
    """
    arm, base = in_shared_worlds(arm, base)
    if len(arm.runs) == 0:
        return {"n_pairs": 0}
    values, reference = run_values(arm, measure), run_values(base, measure)
    estimate = mean_interval(values - reference, confidence, -measure.range, measure.range)
    ratio = _variance_ratio(values, reference)
    return {
        "n_pairs": len(values),
        "difference": estimate.value,
        "standard_error": estimate.standard_error,
        "lower": estimate.lower,
        "upper": estimate.upper,
        "variance_ratio": ratio,
        "variance_saved": 1.0 - 1.0 / ratio,
    }


def _variance_ratio(values: NDArray[np.float64], reference: NDArray[np.float64]) -> float:
    """Variance of the difference between independent runs over that between pairs."""
    if len(values) < 2:
        return np.nan
    unpaired = float(values.var(ddof=1) + reference.var(ddof=1))
    paired = float((values - reference).var(ddof=1))
    if paired > 0:
        return unpaired / paired
    return np.inf if unpaired > 0 else np.nan


def pairing_table(
    runs: Runs,
    independent: pd.DataFrame | None = None,
    *,
    tau: float | None = None,
    baseline: str | None = None,
    ages: Sequence[int] = AGES,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Compare the interval of each paired difference with that of the same number of independent runs.

    Parameters
    ----------
    runs : DataFrame or sequence of Arm
        As :func:`cisim.survival.arms.as_arms` takes it; arms share worlds by replicate.
    independent : DataFrame, optional
        The same arms in other worlds (another seed): each arm of ``runs`` is then compared with the baseline of this
        table, which shares no world with it. By default the arms of ``runs`` are compared as if they shared none.
    tau, baseline, ages, confidence
        As for :func:`cisim.survival.paired.paired_differences`.

    Returns
    -------
    DataFrame
        The columns of :func:`cisim.survival.paired.paired_differences`, then ``difference_independent``,
        ``lower_independent`` and ``upper_independent`` (Welch). How many times more independent runs an interval as
        narrow as the paired one takes is ``variance_ratio``.

    Raises
    ------
    InputError
        If a table, tau or the baseline cannot be used, or the second table lacks the baseline or shares a world.

    References
    ----------
    Common random numbers: Law 2015, Simulation Modeling and Analysis, section 11.2. Welch 1947, Biometrika 34:28.
    """
    arms = as_arms(runs)
    label = choose_baseline([arm.label for arm in arms], baseline)
    others = arms if independent is None else read_arms(independent)
    if label not in [arm.label for arm in others]:
        raise InputError(f"the independent runs lack the baseline {label}: compare the same arms in both")
    if independent is not None:
        _check_worlds(pd.concat([arm.runs for arm in arms]), independent)
    window = common_tau([*arms, *others]) if tau is None else tau
    base = next(arm for arm in others if arm.label == label)
    table = paired_differences(arms, tau=window, baseline=label, ages=ages, confidence=confidence)
    if table.empty:
        return table
    found = {
        (arm.label, measure.name): independent_difference(arm, base, measure, confidence)
        for arm in arms
        for measure in paired_measures(window, ages)
        if arm.label != label and len(arm.runs) and len(base.runs)
    }
    rows = [found.get(key, Estimate(*[np.nan] * 4)) for key in zip(table["strategies"], table["measure"], strict=True)]
    table["difference_independent"] = [row.value for row in rows]
    table["lower_independent"] = [row.lower for row in rows]
    table["upper_independent"] = [row.upper for row in rows]
    return table


def independent_difference(arm: Arm, base: Arm, measure: PairedMeasure, confidence: float) -> Estimate:
    """Difference of the means of independent runs with its interval (Welch), which is NaN where nothing spreads."""
    values = [run_values(part, measure) for part in (arm, base)]
    difference = float(values[0].mean() - values[1].mean())
    if min(map(len, values)) < 2:
        return Estimate(difference, np.nan, np.nan, np.nan)
    shares = np.array([part.var(ddof=1) / len(part) for part in values])
    if not shares.sum() > 0:
        return Estimate(difference, 0.0, np.nan, np.nan)
    degrees = shares.sum() ** 2 / np.sum(shares**2 / [len(part) - 1 for part in values])
    error = float(np.sqrt(shares.sum()))
    half = float(t_quantile(degrees, confidence)) * error
    return Estimate(difference, error, max(-measure.range, difference - half), min(measure.range, difference + half))


def _check_worlds(runs: pd.DataFrame, independent: pd.DataFrame) -> None:
    """Raise InputError if the two tables share a world: a seed with a replicate."""
    if "seed" not in runs or "seed" not in independent:
        raise InputError("a table lacks the column seed: it says which worlds are the same")
    keys = ["seed", "replicate"]
    if len(runs[keys].drop_duplicates().merge(independent[keys].drop_duplicates(), on=keys)):
        raise InputError("the two tables share worlds (the same seed and replicate): run the second with another seed")
