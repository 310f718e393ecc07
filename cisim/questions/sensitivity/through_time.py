"""Indices through time: what decides whether a coalition is still there, year by year."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pandas as pd

from cisim.questions.sensitivity.indices import judge, nested_indices
from cisim.questions.sensitivity.layout import DUMMY, Floats, Layout, grouped
from cisim.questions.sensitivity.methods import METHODS
from cisim.questions.sensitivity.variance import between_points, of_the_distributions

#: Months between two shares of survival.
STEP = 12


def time_table(layout: Layout, months: Floats, tau: float) -> pd.DataFrame:
    """Estimate the indices of the share still there after each year.

    Parameters
    ----------
    layout : Layout
        Design; indices of pairs are left out.
    months : ndarray, shape (n_units, n_rows, n_worlds)
        Months until a run failed or completed, infinite where it did neither within tau.
    tau : float
        Last month, 12 or more.

    Returns
    -------
    DataFrame
        One row for each year, index and parameter: month, share (mean over the rows of the design), variance (of the
        expected share over the points), and the columns of `nested_indices` at the whole sample. Values are NaN in a
        year in which the share does not vary.
    """
    layout, months = _without_pairs(layout, months)
    parts = []
    for month in range(STEP, int(tau) + 1, STEP):
        there = (months > month).astype(np.float64)
        there = there if layout.method == "oat" else grouped(there)
        table = nested_indices(layout, there, parts=(1,))
        points = there if layout.method == "oat" else of_the_distributions(there, layout.method)
        found = {"month": month, "share": there.mean(), "variance": max(between_points(points), 0.0)}
        parts.append(table.assign(**found))
    return pd.concat(parts, ignore_index=True).drop(columns="other")


def _without_pairs(layout: Layout, values: Floats) -> tuple[Layout, Floats]:
    """Leave out pairs, with the rows of Sobol's design that only these take."""
    layout = replace(layout, pairs=False)
    k = len(layout.names)
    if layout.method != "sobol" or layout.n_rows == k + 2:
        return layout, values
    rows = [*range(k + 1), layout.n_rows - 1]
    return layout.named(layout.names, layout.shares[:, rows]), values[:, rows]


def ranking(table: pd.DataFrame, index: str) -> list[str]:
    """Order parameters by an index over all years, each year counting by the variance that it has.

    For shares of variance this is the generalised index of Lamboni, Monod & Makowski 2011 (Reliability Engineering &
    System Safety 96:450): the share of the variance summed over the years.
    """
    rows = table[(table["index"] == index) & (table["parameter"] != DUMMY) & table["lower"].notna()]
    weighted = (rows["value"] * rows["variance"]).groupby(rows["parameter"], sort=False).sum()
    return [str(name) for name in weighted.sort_values(ascending=False, kind="stable").index]


def some_of(months: Sequence[Any], most: int) -> list[Any]:
    """Pick at most so many of the months, evenly spread, the first and the last among them."""
    places = np.linspace(0, len(months) - 1, min(most, len(months))).round().astype(int)
    return [months[place] for place in places]


def time_verdict(table: pd.DataFrame, method: str, precision: float, runs_of_a_unit: float) -> dict[str, object]:
    """Judge each year, and say in one row in how many the sample was large enough.

    Parameters
    ----------
    table : DataFrame
        Of `time_table`.
    method, precision
        As for :func:`cisim.questions.sensitivity.indices.judge`.
    runs_of_a_unit : float
        Runs that a unit of the design takes.

    Returns
    -------
    dict
        The attributes of `cisim.questions.sensitivity.indices.Verdict` for the year with the widest interval, with the
        parameters that stand out in any year, ``more_runs`` and a ``statement``.
    """
    main = METHODS[method].main
    judged = {month: judge(rows.assign(other=""), method, precision) for month, rows in table.groupby("month")}
    known = {int(str(month)): found for month, found in judged.items() if found is not None}
    if not known:
        statement = "there is no year in which the share still there varies enough to be explained"
        return {"index": main, "n_units": int(table["n_units"].max()), "is_converged": False, "statement": statement}
    widest = max(known, key=lambda month: known[month].width)
    worst = known[widest]
    in_any = {name for found in known.values() for name in found.distinct}
    more = round(worst.more_units * runs_of_a_unit)
    unit = "" if METHODS[method].is_share else " of the largest"
    years = f"{sum(found.is_converged for found in known.values())} of {len(known)} years"
    flat = f" ({len(judged) - len(known)} more vary too little)" if len(known) < len(judged) else ""
    width = f"the widest 95 % interval of {main}, in year {widest // STEP}, is {worst.width:.2f}{unit} wide"
    takes = "" if worst.is_converged else f", which takes about {more:,} more runs"
    return {
        **asdict(worst),
        "distinct": tuple(name for name in ranking(table, main) if name in in_any),
        "more_runs": more,
        "statement": f"converged in {years}{flat}: {width}, {precision:g} or less is asked for{takes}",
    }
