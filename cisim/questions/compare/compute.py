"""The comparison table: how long coalitions last in each arm, how they end, what changes."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cisim.survival.arms import Arm, Runs, as_arms, common_tau
from cisim.survival.curves import cumulative_incidence, median_survival, survival_curve
from cisim.survival.intervals import Estimate, mean_interval
from cisim.survival.paired import AGES, paired_differences
from cisim.survival.restricted import restricted_mean


def comparison_table(
    runs: Runs,
    tau: float | None = None,
    *,
    baseline: str | None = None,
    ages: Sequence[int] = AGES,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Compare the strategies of a table of runs.

    Parameters
    ----------
    runs : DataFrame or sequence of Arm
        As :func:`cisim.survival.arms.as_arms` takes it.
    tau : float, optional
        End of the window of the restricted means (months); by default the longest window that every arm's
        runs speak of.
    baseline : str, optional
        Label that the others are compared with; by default "none", or the first label if "none" is missing.
    ages : sequence of int
        Ages (months) at which any-cause survival is given; those beyond tau are left out.
    confidence : float
        Coverage of every interval, in (0, 1).

    Returns
    -------
    DataFrame
        One row per strategies label. ``n_runs`` and ``n_dropped`` (ended in an error, used nowhere), ``tau``,
        then with their intervals (``_lower``, ``_upper``): ``time_free_of_failure`` and ``survival_time``
        (months of the first tau), ``survival_36`` and so on, ``median`` (months, NaN = not reached),
        ``share_failed`` and ``share_completed`` (cumulative incidence by tau) and ``founders_retained`` (mean
        share); last ``difference_<quantity>`` to the baseline with its interval and
        ``variance_ratio_<quantity>`` (see :mod:`cisim.survival.paired`), empty for the baseline.

    Raises
    ------
    InputError
        If the table, tau, the baseline or the confidence cannot be used; the message says which and why.
    """
    arms = as_arms(runs)
    window = common_tau(arms) if tau is None else tau
    rows = [_arm_row(arm, window, ages, confidence) for arm in arms]
    differences = paired_differences(arms, tau=window, baseline=baseline, ages=ages, confidence=confidence)
    return pd.DataFrame(rows).merge(widened(differences), on="strategies", how="left")


def _arm_row(arm: Arm, tau: float, ages: Sequence[int], confidence: float) -> dict[str, object]:
    """Estimates of one arm by itself."""
    row: dict[str, object] = {
        "strategies": arm.label,
        "n_runs": len(arm.runs),
        "n_dropped": arm.n_dropped,
        "tau": tau,
    }
    if len(arm.runs) == 0:
        return row
    duration, failed, completed = arm.duration, arm.ending("failed"), arm.ending("completed")
    curve = survival_curve(duration, arm.event_observed, grid=[*ages, tau], confidence=confidence)
    estimates = {
        "time_free_of_failure": restricted_mean(duration, failed, tau, confidence=confidence),
        "survival_time": restricted_mean(duration, arm.event_observed, tau, confidence=confidence),
        **{f"survival_{age}": curve.at(age) for age in ages if age <= tau},
        "median": median_survival(curve),
        "share_failed": cumulative_incidence(duration, failed, grid=[tau], confidence=confidence).at(tau),
        "share_completed": cumulative_incidence(duration, completed, grid=[tau], confidence=confidence).at(tau),
    }
    if "founders_retained" in arm.runs:
        estimates["founders_retained"] = mean_interval(arm.runs["founders_retained"], confidence, 0.0, 1.0)
    for name, estimate in estimates.items():
        row |= estimate.columns(name)
    return row


def widened(differences: pd.DataFrame) -> pd.DataFrame:
    """One row per label out of the long table of :func:`cisim.survival.paired.paired_differences`."""
    columns: dict[str, dict[str, float]] = {}
    for row in differences.to_dict("records"):
        name = f"difference_{row['measure']}"
        columns.setdefault(str(row["strategies"]), {"n_pairs": row["n_pairs"]}).update(
            Estimate(row["difference"], np.nan, row["lower"], row["upper"]).columns(name)
            | {f"variance_ratio_{row['measure']}": row["variance_ratio"]}
        )
    wide = pd.DataFrame.from_dict(columns, orient="index").rename_axis("strategies").reset_index()
    return wide if len(wide) else pd.DataFrame({"strategies": pd.Series(dtype=str)})
