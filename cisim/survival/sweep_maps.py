"""Estimates over two parameters of a sweep: maps of one quantity, and the arm that leads in each cell."""

from collections.abc import Sequence

import pandas as pd

from cisim.errors import InputError
from cisim.survival.arms import Arm, ordered_labels
from cisim.survival.intervals import Estimate, mean_interval
from cisim.survival.sweep_estimates import levels, mean_time_free, replicate_means, shared_window, split_runs
from cisim.survival.time_to_formation import FORMED

#: Classes of equal size that a parameter with many values is cut into on an axis of a map.
CLASSES_OF_TWO = 8
#: Columns that identify a cell.
CELL = ["facet_level", "facet", "x_level", "x", "x_label", "y_level", "y", "y_label"]


def map_table(
    runs: pd.DataFrame,
    varied: Sequence[str],
    axes: tuple[str, str],
    facet: str | None = None,
    *,
    tau: float | None = None,
    confidence: float = 0.95,
    measure: str = "time_free",
) -> pd.DataFrame:
    """Restricted mean time free of failure over two parameters, side by side for the arms or a third parameter.

    Parameters
    ----------
    runs, varied, tau, confidence
        As for :func:`cisim.survival.sweep_estimates.points_table`.
    axes : tuple of str
        The two parameters.
    facet : str, optional
        ``strategies`` or a third parameter of few values; runs are put together over all else.
    measure : str
        ``time_free``, or ``formed`` for the share of partnerships that came about.

    Returns
    -------
    DataFrame
        One row per cell: facet_name, facet, x_name, x_level, x, x_label, y_name, y_level, y, y_label, n_runs, tau,
        the measure (months; share), lower, upper.
    """
    window = shared_window(runs, ["strategies", *varied]) if tau is None else tau
    table = on_axes(runs, axes, facet)
    rows = []
    for setting, arm in split_runs(table, CELL):
        if len(arm.runs):
            estimate = _of_cell(arm, window, confidence, measure)
            found = {measure: estimate.value, "lower": estimate.lower, "upper": estimate.upper}
            rows.append(setting | {"n_runs": len(arm.runs), "tau": window} | found)
    cells = pd.DataFrame(rows).assign(x_name=axes[0], y_name=axes[1], facet_name=facet or "")
    return cells.sort_values(["facet_level", "x_level", "y_level"], kind="stable", ignore_index=True)


def _of_cell(arm: Arm, window: float, confidence: float, measure: str) -> Estimate:
    if measure == FORMED:
        return mean_interval(arm.runs[FORMED], confidence, 0.0, 1.0)
    return mean_time_free(arm, window, confidence=confidence)


def on_axes(runs: pd.DataFrame, axes: tuple[str, str], facet: str | None = None) -> pd.DataFrame:
    """Add to runs their level on two parameters and on what is set side by side."""
    table = runs.assign(facet_level=0, facet="")
    for letter, name in zip("xy", axes, strict=True):
        level = levels(runs[name], CLASSES_OF_TWO)
        table[f"{letter}_level"], table[letter], table[f"{letter}_label"] = (
            level["level"],
            level["value"],
            level["label"],
        )
    if facet is not None:
        level = levels(runs[facet])
        table["facet_level"], table["facet"] = level["level"], level["label"]
        if facet == "strategies":
            table["facet_level"] = level["label"].map(
                {n: i for i, n in enumerate(ordered_labels(runs[facet].unique()))}
            )
    return table


def phase_table(
    runs: pd.DataFrame,
    varied: Sequence[str],
    axes: tuple[str, str],
    *,
    tau: float | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Arm with the longest restricted mean time free of failure in each cell, and its lead over the next.

    Parameters
    ----------
    runs, varied, axes, tau, confidence
        As for :func:`map_table`; at least two arms.

    Returns
    -------
    DataFrame
        One row per cell: x_name, x_level, x, x_label, y_name, y_level, y, y_label, best, next, lead (months, paired
        by replicate), lower, upper, tau. The best is picked by the same runs, which flatters its lead a little.

    Raises
    ------
    InputError
        If there are fewer than two arms.
    """
    if runs["strategies"].nunique() < 2:
        raise InputError("a phase diagram compares arms: the table of runs has one strategies label only")
    window = shared_window(runs, ["strategies", *varied]) if tau is None else tau
    keys = [name for name in CELL if not name.startswith("facet")]
    rows = []
    for setting, cell in split_runs(on_axes(runs, axes), keys):
        means = {arm.label: replicate_means(arm, window) for _, arm in split_runs(cell.runs, ["strategies"])}
        ranked = sorted(means, key=lambda label: -float(means[label].mean()))
        if len(ranked) > 1:
            lead = (means[ranked[0]] - means[ranked[1]]).dropna()
            found = mean_interval(lead, confidence, -window, window)
            best = {"best": ranked[0], "next": ranked[1], "lead": found.value}
            rows.append(setting | best | {"lower": found.lower, "upper": found.upper, "tau": window})
    return pd.DataFrame(rows).assign(x_name=axes[0], y_name=axes[1])
