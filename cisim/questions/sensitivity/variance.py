"""The variance of an outcome by the law of total variance: parameters, chance, and what both do together."""

import numpy as np
import pandas as pd

from cisim.questions.sensitivity.halves import standard_errors
from cisim.questions.sensitivity.layout import Floats, Ints
from cisim.questions.sensitivity.worlds import over_pairs, ratio
from cisim.survival.intervals import t_quantile

PARAMETERS, CHANCE, INTERACTION = COMPONENTS = ("parameters", "chance", "interaction")
VARIANCE_COLUMNS = ["component", "variance", "share", "standard_error", "lower", "upper"]


def variance_table(values: Floats, *, confidence: float = 0.95) -> pd.DataFrame:
    """Take the variance of single runs apart, in a two-way layout of points and worlds.

    Parameters
    ----------
    values : ndarray, shape (n_units, n_rows, n_worlds)
        Outcomes of points drawn from the distributions of the parameters, all in the same worlds; units are
        independent of one another, rows of a unit may be alike. At least two units.
    confidence : float
        Coverage of every interval, in (0, 1).

    Returns
    -------
    DataFrame
        One row for each of parameters (variance of the expected outcome), chance (what a world does to all points
        alike) and interaction (what it does to some): variance, share, standard_error (of the share), lower, upper.
        With a single world nothing tells chance apart: no rows. Unbiased estimates may fall below 0.

    References
    ----------
    Searle, Casella & McCulloch 1992, Variance Components, ch. 4; for sensitivity analysis Marrel, Iooss, Da Veiga &
    Ribatet 2012, Statistics and Computing 22:833.
    """
    if values.shape[-1] < 2:
        return pd.DataFrame(columns=VARIANCE_COLUMNS)
    parts = components(values)
    share = ratio(parts, parts.sum())

    def shares(units: Ints, worlds: Ints) -> Floats:
        found = components(values[units][..., worlds])
        return ratio(found, found.sum())

    error = standard_errors(shares, len(values), values.shape[-1])
    half = float(t_quantile(len(values) - 1, confidence)) * error
    found = {"component": COMPONENTS, "variance": parts, "share": share, "standard_error": error}
    return pd.DataFrame({**found, "lower": share - half, "upper": share + half})


def components(values: Floats) -> Floats:
    """Return the three components of variance in the order of `COMPONENTS`, from values as in `variance_table`."""
    n_points, n_worlds = values.shape[0] * values.shape[1], values.shape[-1]
    parameters = between_points(values)
    by_unit = values.mean(axis=1).T
    chance = over_pairs(lambda y: np.asarray(y.var(axis=0, ddof=1)), by_unit)
    rest = values - values.mean(axis=-1, keepdims=True) - values.mean(axis=(0, 1)) + values.mean()
    interaction = (rest**2).sum() / ((n_points - 1) * (n_worlds - 1))
    return np.array([parameters, float(chance), float(interaction)])


def of_the_distributions(rows: Floats, method: str) -> Floats:
    """Rows that are drawn from the distributions of the parameters; of ``oat`` none, so but one world of them."""
    if method == "oat":
        return rows[..., :1]
    return rows[:, [0, -1]] if method == "sobol" else rows


def between_points(values: Floats) -> float:
    """Variance of the expected outcome over the points, from values as in `variance_table`, also of a single world.

    Of a single unit, as ``oat`` has, it is that of the means over worlds.
    """
    if len(values) == 1:
        return float(values.mean(axis=-1).var())
    return float(over_pairs(_between, values - values.mean(axis=(0, 1))))


def _between(y: Floats) -> Floats:
    """Variance over points, from rows that are alike within a unit: products are taken between units."""
    n_units, n_rows = y.shape[:2]
    sums = y.sum(axis=1)
    cross = (sums.sum(axis=0) ** 2 - (sums**2).sum(axis=0)) / (n_units * (n_units - 1) * n_rows**2)
    return np.asarray((y**2).mean(axis=(0, 1)) - cross)
