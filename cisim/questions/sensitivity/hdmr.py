"""Indices of first and second order out of a high-dimensional model representation in splines."""

import warnings
from itertools import combinations

import numpy as np
from threadpoolctl import threadpool_limits

from cisim.questions.sensitivity.layout import Floats, Layout, grouped
from cisim.questions.sensitivity.saltelli import FIRST, SECOND, TOTAL
from cisim.questions.sensitivity.worlds import ratio

#: Fewest points that SALib takes, and fewest of which halves can be taken.
FEWEST, FEWEST_HALVED = 300, 600

#: Halves for the intervals: a standard error by 40 is itself right to a ninth.
HALVES = 40

#: Intervals of the splines; the two that SALib has cannot follow a response that bends three times.
INTERVALS = 4


def hdmr(layout: Layout, values: Floats) -> dict[str, Floats]:
    """Shares of the variance of the expected outcome, by SALib's random sampling HDMR.

    Parameters
    ----------
    layout : Layout
        Points, one a unit; ``pairs`` adds components of two parameters.
    values : ndarray, shape (n_units, 1, n_worlds)
        Outcomes.

    Returns
    -------
    dict of str to ndarray
        ``S1`` of shape (k,), and with pairs ``S2`` of shape (k, k), NaN on and below the diagonal, and ``ST``, the sum
        of ``S1`` and all ``S2`` of a parameter. NaN below 300 points.

    Notes
    -----
    Components are fitted to the mean over one half of the worlds, and their covariance is taken with the mean over the
    other half, each way, so that chance adds nothing to indices (Li et al. 2010, eq. 19, over pairs of worlds). The
    outcome is scaled first, since SALib ends its backfitting at a change of 0.001 in the outcome's own units.

    References
    ----------
    Rabitz & Alis 1999, Journal of Mathematical Chemistry 25:197; Li et al. 2010, Journal of Physical Chemistry A
    114:6022.
    """
    k, halves = len(layout.names), grouped(values[:, 0], 2)
    halves = (halves - halves.mean(axis=0)) / max(float(halves.std()), 1e-12)
    first, last = halves[:, 0], halves[:, -1]
    shares = np.full(k + layout.pairs * (k * (k - 1) // 2), np.nan)
    if layout.n_units >= FEWEST:
        of_first, of_last = (_components(layout.shares[:, 0], half, layout.pairs) for half in (first, last))
        together = (of_first.T @ last + of_last.T @ first) / (2 * layout.n_units)
        shares = ratio(together, float(first @ last) / layout.n_units)
    if not layout.pairs:
        return {FIRST: shares}
    second = np.full((k, k), np.nan)
    second[tuple(np.array(list(combinations(range(k), 2))).T)] = shares[k:]
    total = shares[:k] + np.nansum(second, axis=0) + np.nansum(second, axis=1)
    return {FIRST: shares[:k], TOTAL: total, SECOND: second}


def _components(shares: Floats, outcome: Floats, pairs: bool) -> Floats:
    """Fitted part of each parameter, then of each pair, at every point; shape (n, terms)."""
    from SALib.analyze import hdmr as salib  # which loads matplotlib

    problem = {"num_vars": shares.shape[1], "names": [f"x{i}" for i in range(shares.shape[1])]}
    with warnings.catch_warnings(), threadpool_limits(1, "blas"):  # threads cost more than these small matrices do
        warnings.simplefilter("ignore", DeprecationWarning)  # for a method that takes hours with twenty parameters
        found = salib.analyze(
            problem, shares, outcome, maxorder=1 + pairs, m=INTERVALS, K=1
        )  # one sample: nothing is drawn
    fitted = np.asarray(found["Y_em"])
    return np.asarray(fitted - fitted.mean(axis=0))
