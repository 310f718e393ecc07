"""What pairing by common random numbers saves: intervals of paired and of independent runs side by side."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cisim.errors import InputError
from cisim.survival.arms import Arm, choose_baseline, common_tau, read_arms
from cisim.survival.intervals import Estimate, t_quantile
from cisim.survival.paired import AGES, Measure, measures, paired_differences, run_values


def pairing_table(
    runs: pd.DataFrame,
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
    runs : DataFrame
        As :func:`cisim.survival.arms.read_arms` takes it; arms share worlds by replicate.
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
    arms = read_arms(runs)
    label = choose_baseline([arm.label for arm in arms], baseline)
    others = read_arms(runs if independent is None else independent)
    if label not in [arm.label for arm in others]:
        raise InputError(f"the independent runs lack the baseline {label}: compare the same arms in both")
    if independent is not None:
        _check_worlds(runs, independent)
    window = common_tau([*arms, *others]) if tau is None else tau
    base = next(arm for arm in others if arm.label == label)
    table = paired_differences(arms, tau=window, baseline=label, ages=ages, confidence=confidence)
    if table.empty:
        return table
    found = {
        (arm.label, measure.name): independent_difference(arm, base, measure, confidence)
        for arm in arms
        for measure in measures(window, ages)
        if arm.label != label and len(arm.runs) and len(base.runs)
    }
    rows = [found.get(key, Estimate(*[np.nan] * 4)) for key in zip(table["strategies"], table["measure"], strict=True)]
    table["difference_independent"] = [row.value for row in rows]
    table["lower_independent"] = [row.lower for row in rows]
    table["upper_independent"] = [row.upper for row in rows]
    return table


def independent_difference(arm: Arm, base: Arm, measure: Measure, confidence: float) -> Estimate:
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
