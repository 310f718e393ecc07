"""Indices that compare whole distributions: PAWN, Borgonovo's delta, regional sensitivity (Monte Carlo filtering)."""

import numpy as np
from SALib.analyze import delta as salib_delta
from SALib.analyze import pawn as salib_pawn
from scipy.stats import rankdata

from cisim.analysis.sensitivity.isolated import isolated
from cisim.analysis.sensitivity.layout import Floats, Layout

PAWN, DELTA, KS = "PAWN", "delta", "KS"

#: Resamples by which SALib takes the bias off delta, and their seed (0 would be none).
RESAMPLES, SEED = 50, 1

#: Conditioning intervals of PAWN, as SALib has them.
SLIDES = 10


def pawn(layout: Layout, values: Floats) -> dict[str, Floats]:
    """Median over ten slices of a parameter of the Kolmogorov-Smirnov distance that the slice makes, in [0, 1].

    It is above 0 for a parameter without effect too: compare with the dummy.

    References
    ----------
    Pianosi & Wagener 2015, Environmental Modelling & Software 67:1; 2018, the same 108:197.
    """
    with isolated():
        found = salib_pawn.analyze(_problem(layout), layout.shares[:, 0], _outcome(values), S=SLIDES)
    return {PAWN: np.asarray(found["median"], dtype=np.float64)}


def delta(layout: Layout, values: Floats) -> dict[str, Floats]:
    """Borgonovo's delta: mean area that knowing a parameter moves the density of the outcome by, in [0, 1].

    SALib's estimate, its bias taken off by resampling; NaN where the outcome takes too few values for a density.

    References
    ----------
    Borgonovo 2007, Reliability Engineering & System Safety 92:771; Plischke, Borgonovo & Smith 2013, European Journal
    of Operational Research 226:536.
    """
    return {DELTA: _delta(layout, values)[0]}


def delta_errors(layout: Layout, values: Floats) -> dict[str, Floats]:
    """Return the standard errors of `delta` over other points, by SALib's bootstrap."""
    return {DELTA: _delta(layout, values)[1]}


def _delta(layout: Layout, values: Floats) -> tuple[Floats, Floats]:
    outcome, missing = _outcome(values), np.full(len(layout.names), np.nan)
    if np.unique(outcome).size < FEWEST_VALUES:
        return missing, missing
    with isolated():
        found = salib_delta.analyze(
            _problem(layout),
            layout.shares[:, 0],
            outcome,
            num_resamples=RESAMPLES,
            conf_level=ONE_SIGMA,
            method="delta",
            seed=SEED,
        )
    return np.asarray(found["delta_raw"]), np.asarray(found["delta_raw_conf"])


#: Distinct values below which an outcome has no density worth the name.
FEWEST_VALUES = 10
#: Confidence at which the half-width of a normal interval is one standard error.
ONE_SIGMA = 0.6826894921370859


def regional(layout: Layout, values: Floats) -> dict[str, Floats]:
    """Kolmogorov-Smirnov distance of a parameter between points with outcomes above and below the median, in [0, 1].

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


def _problem(layout: Layout) -> dict[str, object]:
    """Describe the parameters as SALib wants them, under names that it takes for nothing else."""
    k = len(layout.names)
    return {"num_vars": k, "names": [f"x{i}" for i in range(k)], "bounds": [[0.0, 1.0]] * k}
