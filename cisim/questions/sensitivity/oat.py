"""One parameter at a time from the case, at several levels: effects in the same worlds."""

import numpy as np
import pandas as pd

from cisim.questions.sensitivity.layout import DUMMY, Floats, Layout
from cisim.survival.intervals import t_quantile

SWING, LOW, HIGH = "swing", "low", "high"


def oat(layout: Layout, values: Floats) -> dict[str, Floats]:
    """Effects of each parameter alone, in units of the outcome.

    Parameters
    ----------
    layout : Layout
        The case, then every level of every parameter; worlds are the units, since there is but one design.
    values : ndarray, shape (n_units, n_rows, n_worlds)
        Outcomes; of one unit too, where there is a single world.

    Returns
    -------
    dict of str to ndarray of shape (k,)
        ``swing``, from the lowest to the highest outcome over all levels and the case, which chance makes larger:
        compare with the dummy; ``low`` and ``high``, the effects of the first and the last level against the case in
        the same worlds, 0 where the case is at that level itself.

    Notes
    -----
    Effects hold at the case and say nothing of interactions (Saltelli & Annoni 2010, Environmental Modelling &
    Software 25:1508).
    """
    effects = (values - values[:, :1]).mean(axis=(0, -1))
    found = [_of_levels(shares, effects) for shares in layout.shares[0].T]
    return dict(zip((SWING, LOW, HIGH), np.array(found).reshape(-1, 3).T, strict=True))


def _of_levels(shares: Floats, effects: Floats) -> tuple[float, float, float]:
    """Swing, and the effects of the first and the last level; the case has no share."""
    own = np.append(effects[~np.isnan(shares)], 0.0)
    return float(np.ptp(own)), float(effects[shares == 0.0].sum()), float(effects[shares == 1.0].sum())


def by_world(layout: Layout, values: Floats) -> tuple[Layout, Floats]:
    """Take worlds for units: what the intervals are over."""
    shares = np.repeat(layout.shares, values.shape[-1], axis=0)
    return layout.named(layout.names, shares), values[0].T[..., None]


def with_dummy(layout: Layout, values: Floats, change: Floats) -> tuple[Layout, Floats]:
    """Add a parameter whose levels, as many as others have at the median, change nothing but the worlds."""
    n_levels = max(1, int(np.median((~np.isnan(layout.shares[0])).sum(axis=0))))
    shares = np.pad(layout.shares, ((0, 0), (0, n_levels), (0, 1)), constant_values=np.nan)
    shares[:, -n_levels:, -1] = np.linspace(0, 1, n_levels)
    more = values[:, :1] + change[:, 1 : 1 + n_levels]
    return by_world(layout.named((*layout.names, DUMMY), shares), np.concatenate([values, more], axis=1))


def levels_table(layout: Layout, values: Floats, *, confidence: float = 0.95) -> pd.DataFrame:
    """Set every level of every parameter beside the case.

    Parameters
    ----------
    layout : Layout
        The case, then every level of every parameter.
    values : ndarray, shape (n_rows, n_worlds)
        Outcomes; NaN where a run raised.
    confidence : float
        Coverage of every interval, in (0, 1).

    Returns
    -------
    DataFrame
        One row for each level: parameter, level (its value), share (its place among the levels, 0 to 1), n_worlds, case
        and value (mean outcomes of these worlds), effect (their difference, world by world) and its Student interval,
        lower and upper; none with a single world.
    """
    differences = values[1:] - values[0]
    told = ~np.isnan(differences)
    n = told.sum(axis=1)
    mean = np.where(told, differences, 0.0).sum(axis=1) / n
    case = np.where(told, values[0], 0.0).sum(axis=1) / n
    squares = np.where(told, (differences - mean[:, None]) ** 2, 0.0).sum(axis=1)
    half = t_quantile(n - 1, confidence) * np.sqrt(squares / np.maximum(n - 1, 1) / n)
    shares = layout.shares[0, 1:]
    changed = (~np.isnan(shares)).argmax(axis=1)
    columns = {"parameter": np.array(layout.names)[changed], "level": layout.levels[1:]}
    columns |= {"share": np.take_along_axis(shares, changed[:, None], axis=1)[:, 0], "n_worlds": n}
    columns |= {"case": case, "value": case + mean, "effect": mean, "lower": mean - half, "upper": mean + half}
    return pd.DataFrame(columns)
