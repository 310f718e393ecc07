"""Profiles of an outcome: its indices year by year, and its conditional means along the strongest parameters."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from cisim.questions.sensitivity.indices import between_points, judge_convergence, nested_indices
from cisim.questions.sensitivity.sensitivity_methods import METHODS, independent_rows
from cisim.questions.sensitivity.units_and_worlds import (
    DUMMY,
    Floats,
    Ints,
    UnitLayout,
    group_means,
    standard_errors,
)
from cisim.survival.intervals import t_quantile

#: Months between two shares of survival.
STEP = 12

#: What a row of the table is.
POINT, CLASS = "point", "class"

#: Classes of a parameter, points that make one, and points that are kept one by one.
MOST_CLASSES, POINTS_IN_A_CLASS, MOST_POINTS = 10, 20, 500

#: Largest Kolmogorov-Smirnov distance between a parameter's shares and even ones in a design of spread points: on the
#: four levels of Morris it is 0.25.
EVEN = 0.2


def time_table(layout: UnitLayout, months: Floats, tau: float) -> pd.DataFrame:
    """Return the indices of the share still there after each year.

    Parameters
    ----------
    layout : UnitLayout
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
    method, layout = METHODS[layout.method], replace(layout, pairs=False)
    if method.without_pairs is not None:
        layout, months = method.without_pairs(layout, months)
    parts = []
    for month in range(STEP, int(tau) + 1, STEP):
        there = (months > month).astype(np.float64)
        there = there if method.units_are_worlds else group_means(there)
        table = nested_indices(layout, there, parts=(1,))
        points = there if method.units_are_worlds else independent_rows(method, there)
        found = {"month": month, "share": there.mean(), "variance": max(between_points(points), 0.0)}
        parts.append(table.assign(**found))
    return pd.concat(parts, ignore_index=True).drop(columns="other")


def ranking(table: pd.DataFrame, index: str) -> list[str]:
    """Return the parameters ordered by an index over all years, each year counting by the variance that it has.

    For shares of variance this is the generalised index of Lamboni, Monod & Makowski 2011 (Reliability Engineering &
    System Safety 96:450): the share of the variance summed over the years.
    """
    rows = table[(table["index"] == index) & (table["parameter"] != DUMMY) & table["lower"].notna()]
    weighted = (rows["value"] * rows["variance"]).groupby(rows["parameter"], sort=False).sum()
    return [str(name) for name in weighted.sort_values(ascending=False, kind="stable").index]


def some_of(months: Sequence[Any], most: int) -> list[Any]:
    """Return at most so many of the months, evenly spread, the first and the last among them."""
    places = np.linspace(0, len(months) - 1, min(most, len(months))).round().astype(int)
    return [months[place] for place in places]


def time_verdict(table: pd.DataFrame, method: str, precision: float, runs_of_a_unit: float) -> dict[str, object]:
    """Return one row that states in how many years the sample was large enough.

    Parameters
    ----------
    table : DataFrame
        Of `time_table`.
    method, precision
        As for :func:`cisim.questions.sensitivity.indices.judge_convergence`.
    runs_of_a_unit : float
        Runs that a unit of the design takes.

    Returns
    -------
    dict
        The attributes of `cisim.questions.sensitivity.indices.Verdict` for the year with the widest interval, with the
        parameters that stand out in any year, ``more_runs`` and a ``statement``.
    """
    main = METHODS[method].main
    judged = {
        month: judge_convergence(rows.assign(other=""), method, precision) for month, rows in table.groupby("month")
    }
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


def conditional_table(
    layout: UnitLayout, values: Floats, names: Sequence[str], settings: pd.DataFrame | None = None
) -> pd.DataFrame | None:
    """Return the means of an outcome over classes of each parameter.

    Parameters
    ----------
    layout : UnitLayout
        Design.
    values : ndarray, shape (n_units, n_rows, n_worlds)
        Outcomes.
    names : sequence of str
        Parameters wanted.
    settings : DataFrame, optional
        Value of each parameter in each row of the design, in the order of (unit, row); without it parameters are in
        shares of their distributions.

    Returns
    -------
    DataFrame or None
        ``kind`` is ``class`` or ``point``; of both parameter, value (of a class the median, where numbers), share
        (place in the distribution, of a class the mean), n_points, mean, and of classes the limits lower and upper of
        a 95 % interval over other points and other worlds. Classes have equally many points, or one value each where
        there are few. At most `MOST_POINTS` points are given. None if no parameter is wanted, or the design has no
        spread points, or too few.

    Notes
    -----
    The conditional expectation whose variance is the first order index (Saltelli et al. 2008, Global Sensitivity
    Analysis: The Primer, section 1.2.3).
    """
    if not names:
        return None
    base = METHODS[layout.method].base_rows
    rows = list(range(layout.n_rows))
    rows = rows if base is None else [rows[place] for place in base]
    columns = [layout.names.index(name) for name in names]
    shares, outcome = layout.shares[:, rows][..., columns], values[:, rows]
    n_points = shares.shape[0] * shares.shape[1]
    flat = shares.reshape(n_points, -1)
    if n_points < 2 * POINTS_IN_A_CLASS or not all(_is_even(x) for x in flat.T):
        return None
    places = np.arange(layout.n_units * layout.n_rows).reshape(layout.n_units, -1)[:, rows].ravel()
    shown = {
        name: flat[:, j] if settings is None else settings[name].to_numpy()[places] for j, name in enumerate(names)
    }
    classes = np.column_stack([_classes(flat[:, j], shown[name]) for j, name in enumerate(names)])
    parts = [*_class_rows(classes.reshape(shares.shape), outcome, flat, shown), *_point_rows(outcome, flat, shown)]
    return pd.concat(parts, ignore_index=True)


def _is_even(share: Floats) -> bool:
    """Return whether a parameter is spread over its distribution; one that varies alone has no share elsewhere."""
    return not np.isnan(share).any() and bool(stats.kstest(share, "uniform").statistic <= EVEN)


def _classes(share: Floats, value: Floats) -> Ints:
    """Return the class of each point: by value where there are few, else of equal size in the order of the shares."""
    n = min(MOST_CLASSES, len(share) // POINTS_IN_A_CLASS)
    if len(pd.unique(value)) <= MOST_CLASSES:
        by_value = pd.Series(share).groupby(pd.Series(value)).transform("mean")
        return np.asarray(stats.rankdata(by_value, method="dense") - 1, dtype=np.int64)
    return np.asarray((stats.rankdata(share, method="ordinal") - 1) * n // len(share), dtype=np.int64)


def _class_rows(classes: Ints, outcome: Floats, shares: Floats, shown: dict[str, Floats]) -> list[pd.DataFrame]:
    """Return the mean of each class of each parameter with its interval."""
    counts = classes.max(axis=(0, 1)) + 1
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])

    def means(units: Ints, worlds: Ints) -> Floats:
        places = (classes[units] + first).reshape(-1, len(counts))
        weights = np.repeat(outcome[units][..., worlds].mean(axis=-1).ravel(), len(counts))
        sizes = np.bincount(places.ravel(), minlength=counts.sum())
        sums = np.bincount(places.ravel(), weights=weights, minlength=counts.sum())
        return np.where(sizes > 0, sums / np.maximum(sizes, 1), np.nan)

    n_units, n_worlds = len(outcome), outcome.shape[-1]
    found = means(np.arange(n_units), np.arange(n_worlds))
    half = float(t_quantile(n_units - 1, 0.95)) * standard_errors(means, n_units, n_worlds)
    tables = []
    for j, (name, values) in enumerate(shown.items()):
        own = slice(first[j], first[j] + counts[j])
        points = pd.DataFrame({"value": values, "share": shares[:, j]}).groupby(classes[..., j].ravel())
        middle = points["value"].median() if np.issubdtype(values.dtype, np.number) else points["value"].first()
        table = pd.DataFrame({"kind": CLASS, "parameter": name, "value": middle, "share": points["share"].mean()})
        limits = {"lower": found[own] - half[own], "upper": found[own] + half[own]}
        tables.append(table.assign(n_points=points.size(), mean=found[own], **limits))
    return tables


def _point_rows(outcome: Floats, shares: Floats, shown: dict[str, Floats]) -> list[pd.DataFrame]:
    """Return some of the points, spread evenly over the design."""
    mean = outcome.mean(axis=-1).ravel()
    kept = np.unique(np.linspace(0, len(mean) - 1, min(MOST_POINTS, len(mean))).round().astype(int))
    return [
        pd.DataFrame({"kind": POINT, "parameter": name, "value": values[kept], "share": shares[kept, j]}).assign(
            n_points=1, mean=mean[kept]
        )
        for j, (name, values) in enumerate(shown.items())
    ]
