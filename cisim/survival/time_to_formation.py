"""How partnerships come about: time to formation with giving up as a competing end, and how long the formed last."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.survival.arms import Arm, Runs, arms_with_runs
from cisim.survival.counts import CENSORED, COMPETING, EVENT
from cisim.survival.curves import cumulative_incidence
from cisim.survival.intervals import NO_ESTIMATE, Estimate
from cisim.survival.restricted import restricted_mean

#: Columns of ``runs.parquet`` that say how a coalition came about.
FORMED, GAVE_UP, MONTHS, THIRD_PARTY = COLUMNS = ("formed", "gave_up", "formation_months", "third_party")


def has_formation(runs: pd.DataFrame) -> bool:
    """Whether any coalition of the table was negotiated first: else there are no times to formation."""
    return all(name in runs for name in COLUMNS) and bool((runs[MONTHS] > 0).any())


def formation_table(runs: Runs, tau: float | None = None, *, confidence: float = 0.95) -> pd.DataFrame:
    """How many partnerships came about in each arm, how soon, and how long these lasted.

    Parameters
    ----------
    runs : DataFrame or sequence of Arm
        As :func:`cisim.survival.arms.as_arms` takes it, with the columns of `COLUMNS`.
    tau : float, optional
        End of the window of the restricted mean (months since formation); by default the longest duration.
    confidence : float
        Coverage of every interval, in (0, 1).

    Returns
    -------
    DataFrame
        One row per arm: strategies, n_runs, n_formed, ``formed`` (cumulative incidence by the last month followed, with
        ``_lower`` and ``_upper``), ``gave_up`` likewise, ``median_months`` to formation among the formed, share of runs
        with a ``third_party``, tau, and ``time_free_of_failure`` of the formed (months of the first tau since
        formation, with its interval). The last compares other coalitions in each arm, those that it brought about: it
        says how long its partnerships last, and not what the arm does to a given one.
    """
    arms = arms_with_runs(runs)
    window = tau if tau is not None else max(float(arm.duration.max()) for arm in arms)
    return pd.DataFrame([_row(arm, window, confidence) for arm in arms])


def _row(arm: Arm, tau: float, confidence: float) -> dict[str, object]:
    runs, months = arm.runs, arm.runs[MONTHS].to_numpy(dtype=np.float64)
    formed = runs[FORMED].to_numpy() == 1.0
    row: dict[str, object] = {"strategies": arm.label, "n_runs": len(runs), "n_formed": int(formed.sum())}
    for name in (FORMED, GAVE_UP):
        curve = cumulative_incidence(months, _ending(arm, name), grid=[months.max()], confidence=confidence)
        row |= curve.at(float(months.max())).columns(name)
    row |= {
        "median_months": float(np.median(months[formed])) if formed.any() else np.nan,
        THIRD_PARTY: float(runs[THIRD_PARTY].mean()),
        "tau": tau,
    }
    return row | _lasting(arm, formed, tau, confidence).columns("time_free_of_failure")


def _lasting(arm: Arm, formed: NDArray[np.bool_], tau: float, confidence: float) -> Estimate:
    """Restricted mean time free of failure of the formed; no estimate where none was, or the window is longer."""
    if not formed.any() or (arm.duration[formed & ~arm.event_observed] < tau).any():
        return NO_ESTIMATE
    return restricted_mean(arm.duration[formed], arm.ending("failed")[formed], tau, confidence=confidence)


def _ending(arm: Arm, kind: str) -> NDArray[np.int64]:
    """How each formation ended, seen from one kind of ending."""
    other = GAVE_UP if kind == FORMED else FORMED
    ended, otherwise = (arm.runs[name].to_numpy() == 1.0 for name in (kind, other))
    return np.select([ended, otherwise], [EVENT, COMPETING], CENSORED)


def formation_curves(runs: Runs, *, confidence: float = 0.95) -> pd.DataFrame:
    """Cumulative incidence of formation in every arm, month by month since the clock of the formation started.

    Parameters
    ----------
    runs : DataFrame
        As for :func:`formation_table`.
    confidence : float
        Coverage of each pointwise interval, in (0, 1).

    Returns
    -------
    DataFrame
        Columns strategies, month, formed, lower, upper; giving up competes (Aalen-Johansen).
    """
    arms = arms_with_runs(runs)
    grid = np.arange(0.0, max(arm.runs[MONTHS].max() for arm in arms) + 1.0)
    parts = []
    for arm in arms:
        months = arm.runs[MONTHS].to_numpy(dtype=np.float64)
        curve = cumulative_incidence(months, _ending(arm, FORMED), grid=grid, confidence=confidence)
        columns = {"month": curve.time, FORMED: curve.probability, "lower": curve.lower, "upper": curve.upper}
        parts.append(pd.DataFrame({"strategies": arm.label, **columns}))
    return pd.concat(parts, ignore_index=True).astype({"month": np.int64})
