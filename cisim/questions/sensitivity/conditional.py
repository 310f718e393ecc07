"""Conditional means: an outcome along each of the strongest parameters, whatever the others are."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from cisim.questions.sensitivity.halves import standard_errors
from cisim.questions.sensitivity.layout import Floats, Ints, Layout
from cisim.survival.intervals import t_quantile

#: What a row of the table is.
POINT, CLASS = "point", "class"

#: Classes of a parameter, points that make one, and points that are kept one by one.
MOST_CLASSES, POINTS_IN_A_CLASS, MOST_POINTS = 10, 20, 500

#: Largest Kolmogorov-Smirnov distance between a parameter's shares and even ones in a design of spread points: on the
#: four levels of Morris it is 0.25.
EVEN = 0.2


def conditional_table(
    layout: Layout, values: Floats, names: Sequence[str], settings: pd.DataFrame | None = None
) -> pd.DataFrame | None:
    """Average an outcome over classes of each parameter.

    Parameters
    ----------
    layout : Layout
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
    rows = [0, layout.n_rows - 1] if layout.method == "sobol" else list(range(layout.n_rows))
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
    """Whether a parameter is spread over its distribution; one that varies alone has no share elsewhere."""
    return not np.isnan(share).any() and bool(stats.kstest(share, "uniform").statistic <= EVEN)


def _classes(share: Floats, value: Floats) -> Ints:
    """Class of each point: by value where there are few, else of equal size in the order of the shares."""
    n = min(MOST_CLASSES, len(share) // POINTS_IN_A_CLASS)
    if len(pd.unique(value)) <= MOST_CLASSES:
        by_value = pd.Series(share).groupby(pd.Series(value)).transform("mean")
        return np.asarray(stats.rankdata(by_value, method="dense") - 1, dtype=np.int64)
    return np.asarray((stats.rankdata(share, method="ordinal") - 1) * n // len(share), dtype=np.int64)


def _class_rows(classes: Ints, outcome: Floats, shares: Floats, shown: dict[str, Floats]) -> list[pd.DataFrame]:
    """Mean of each class of each parameter with its interval."""
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
    """Give some of the points, spread evenly over the design."""
    mean = outcome.mean(axis=-1).ravel()
    kept = np.unique(np.linspace(0, len(mean) - 1, min(MOST_POINTS, len(mean))).round().astype(int))
    return [
        pd.DataFrame({"kind": POINT, "parameter": name, "value": values[kept], "share": shares[kept, j]}).assign(
            n_points=1, mean=mean[kept]
        )
        for j, (name, values) in enumerate(shown.items())
    ]
