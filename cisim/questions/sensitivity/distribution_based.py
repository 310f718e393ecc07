"""Indices that compare whole distributions: PAWN, Borgonovo's delta, regional sensitivity (Monte Carlo filtering)."""

import numpy as np
from SALib.analyze.delta import calc_delta
from scipy.stats import rankdata

from cisim.questions.sensitivity.units_and_worlds import Floats, UnitLayout

PAWN, DELTA, KS = "PAWN", "delta", "KS"

#: Resamples by which the bias is taken off delta, and their seed.
RESAMPLES, SEED = 25, 1

#: Conditioning intervals of PAWN, as SALib has them.
SLIDES = 10

#: Distinct values below which an outcome has no density worth the name, and places at which a density is taken.
FEWEST_VALUES, PLACES = 10, 100


def pawn_index(layout: UnitLayout, values: Floats) -> dict[str, Floats]:
    """Return PAWN: over ten slices of a parameter, the median Kolmogorov-Smirnov distance of a slice, in [0, 1].

    It is above 0 for a parameter without effect too: compare with the dummy. SALib's estimate, all slices at once.

    References
    ----------
    Pianosi & Wagener 2015, Environmental Modelling & Software 67:1; 2018, the same 108:197.
    """
    outcome = _outcome(values)
    order = np.argsort(outcome, kind="stable")
    is_last = np.append(np.diff(outcome[order]) > 0, True)
    below = np.arange(1, len(order) + 1)[is_last, None] / len(order)
    found = []
    for column in layout.shares[order, 0].T:
        edges = np.quantile(column, np.linspace(0, 1, SLIDES + 1))
        inside = (column[:, None] >= edges[:-1]) & (column[:, None] < edges[1:])
        below_inside = np.cumsum(inside, axis=0)[is_last] / np.maximum(inside.sum(axis=0), 1)
        distance = np.abs(below_inside - below).max(axis=0)
        found.append(np.median(distance[inside.any(axis=0)]))
    return {PAWN: np.array(found)}


def delta_index(layout: UnitLayout, values: Floats) -> dict[str, Floats]:
    """Return Borgonovo's delta: mean area that knowing a parameter moves the density of the outcome by, in [0, 1].

    SALib's estimate over classes of equal size, its bias taken off by a bootstrap (Plischke et al., eq. 30) that,
    unlike SALib's own, leaves NumPy's global generator and the filters of warnings alone. Densities are smoothed, which
    makes large values too small (0.28 for 0.33 with 512 points). NaN where the outcome takes too few values.

    References
    ----------
    Borgonovo 2007, Reliability Engineering & System Safety 92:771; Plischke, Borgonovo & Smith 2013, European Journal
    of Operational Research 226:536.
    """
    return delta_with_errors(layout, values)[0]


def delta_with_errors(layout: UnitLayout, values: Floats) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Return `delta_index` and its standard errors over other points, by the same bootstrap."""
    found = _deltas(layout, values)
    return {DELTA: 2 * found[0] - found[1:].mean(axis=0)}, {DELTA: found[1:].std(axis=0, ddof=1)}


def _deltas(layout: UnitLayout, values: Floats) -> Floats:
    """Return plain estimates from the sample, first, and from resamples; shape (1 + RESAMPLES, k)."""
    outcome, columns = _outcome(values), layout.shares[:, 0]
    n = len(outcome)
    if np.unique(outcome).size < FEWEST_VALUES:
        return np.full((1 + RESAMPLES, columns.shape[1]), np.nan)
    classes = np.linspace(0, n, _n_classes(n) + 1)
    places = np.linspace(outcome.min(), outcome.max(), PLACES)
    rng = np.random.default_rng(SEED)
    samples = [np.arange(n), *rng.integers(n, size=(RESAMPLES, n))]
    return np.array([[calc_delta(outcome[i], places, column[i], classes) for column in columns.T] for i in samples])


def _n_classes(n: int) -> int:
    """Return the number of classes of a parameter, as SALib chooses them (Plischke et al., section 5)."""
    return int(np.round(min(np.ceil(n ** (2.0 / (7.0 + np.tanh((1500.0 - n) / 500.0)))), 48)))


def regional_distance(layout: UnitLayout, values: Floats) -> dict[str, Floats]:
    """Return Kolmogorov-Smirnov distances of parameters between outcomes above and below the median, in [0, 1].

    It is above 0 for a parameter without effect too: compare with the dummy.

    References
    ----------
    Hornberger & Spear 1981, Journal of Environmental Management 12:7; Saltelli et al. 2008, Global Sensitivity
    Analysis: The Primer, section 5.1.
    """
    outcome = _outcome(values)
    above = outcome > np.median(outcome)
    if above.all() or not above.any():
        return {KS: np.full(len(layout.names), np.nan)}
    order = rankdata(layout.shares[:, 0], method="ordinal", axis=0).argsort(axis=0)
    steps = np.where(above[order], 1.0 / above.sum(), -1.0 / (~above).sum())
    return {KS: np.abs(np.cumsum(steps, axis=0)).max(axis=0)}


def _outcome(values: Floats) -> Floats:
    return np.asarray(values[:, 0].mean(axis=-1))
