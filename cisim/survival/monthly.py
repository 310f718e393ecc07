"""Curves of every arm in long tables, one row per month: survival, and incidence of each way to end."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.survival.arms import Arm, read_arms
from cisim.survival.curves import Curve
from cisim.survival.incidence import cumulative_incidence
from cisim.survival.survival import survival_curve

#: Stands for failures of every cause together, and for completions.
ANY_CAUSE = "any"


def survival_table(runs: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Any-cause survival of every arm, month by month.

    Parameters
    ----------
    runs : DataFrame
        As :func:`cisim.survival.arms.read_arms` takes it.
    confidence : float
        Coverage of each pointwise interval, in (0, 1).

    Returns
    -------
    DataFrame
        Columns strategies, month (0 to the arm's last observed month), at_risk (runs still followed at that
        month), survival, lower, upper.
    """
    return pd.concat(
        [
            _curve_rows(
                arm,
                "survival",
                survival_curve(arm.duration, arm.event_observed, grid=months, confidence=confidence),
            )
            for arm, months in _filled(read_arms(runs))
        ],
        ignore_index=True,
    )


def incidence_table(runs: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Cumulative incidence of failure, of failure by cause and of completion in every arm, month by month.

    Parameters
    ----------
    runs : DataFrame
        As :func:`cisim.survival.arms.read_arms` takes it.
    confidence : float
        Coverage of each pointwise interval, in (0, 1).

    Returns
    -------
    DataFrame
        Columns strategies, ending (failed or completed), cause ("any" or one cause of failure that occurs in
        the table), month, at_risk, incidence, lower, upper. The causes add up to failure of any cause.
    """
    arms = read_arms(runs)
    causes = sorted({cause for arm in arms for cause in arm.runs.loc[arm.runs["ending"] == "failed", "cause"]})
    kinds: Sequence[tuple[str, str | None]] = [
        ("failed", None),
        *(("failed", cause) for cause in causes),
        ("completed", None),
    ]
    parts = []
    for arm, months in _filled(arms):
        for kind, cause in kinds:
            curve = cumulative_incidence(arm.duration, arm.ending(kind, cause), grid=months, confidence=confidence)
            part = _curve_rows(arm, "incidence", curve)
            part.insert(1, "ending", kind)
            part.insert(2, "cause", cause or ANY_CAUSE)
            parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _filled(arms: Sequence[Arm]) -> Iterator[tuple[Arm, NDArray[np.float64]]]:
    """Arms that have runs, each with its months from 0 to the last one observed in any arm."""
    horizon = max(arm.duration.max() for arm in arms if len(arm.runs))
    months = np.arange(0.0, horizon + 1.0)
    for arm in arms:
        if len(arm.runs):
            yield arm, months[months <= arm.reach]


def _curve_rows(arm: Arm, name: str, curve: Curve) -> pd.DataFrame:
    """Rows at whole months; a step in between shows from the next month on."""
    whole = curve.time == np.floor(curve.time)
    values = {"at_risk": curve.at_risk.astype(np.int64), name: curve.probability}
    columns = {"month": curve.time.astype(np.int64), **values, "lower": curve.lower, "upper": curve.upper}
    return pd.DataFrame({"strategies": arm.label, **{key: value[whole] for key, value in columns.items()}})
