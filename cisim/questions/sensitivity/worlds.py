"""Quadratic estimators taken over pairs of different worlds, which rids them of the noise of chance."""

from collections.abc import Callable

import numpy as np

from cisim.questions.sensitivity.layout import Floats


def over_pairs(quadratic: Callable[[Floats], Floats], values: Floats) -> Floats:
    """Estimate a quadratic function of the expected outcome from outcomes in several worlds.

    Parameters
    ----------
    quadratic : callable
        From values of shape (..., m) to one result for each of the m, shape (..., m): a sum of squares or products of
        values, such as a variance.
    values : ndarray, shape (..., n_worlds)
        Outcomes; those of different worlds are independent given the row.

    Returns
    -------
    ndarray, shape (...)
        Mean over all pairs of different worlds of the product form: (n Q(mean) - mean of Q(world)) / (n - 1). It has
        the expectation of Q at the expected outcome, where Q(mean) alone would add the variance of chance, divided by
        n. With a single world it is Q itself.

    References
    ----------
    A U-statistic of order two (Hoeffding 1948, Annals of Mathematical Statistics 19:293).
    """
    n = values.shape[-1]
    if n == 1:
        return np.asarray(quadratic(values)[..., 0])
    found = quadratic(np.concatenate([values, values.mean(axis=-1, keepdims=True)], axis=-1))
    return np.asarray((n * found[..., -1] - found[..., :-1].mean(axis=-1)) / (n - 1))


def ratio(parts: Floats, whole: Floats | float) -> Floats:
    """Share of a variance; NaN where there is no variance."""
    positive = np.asarray(whole) > TINY
    return np.asarray(np.where(positive, parts, np.nan) / np.where(positive, whole, 1.0))


#: A variance below this is rounding.
TINY = 1e-20
