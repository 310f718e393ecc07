"""Sobol's indices and main effects out of a surrogate of the expected outcome."""

import numpy as np
import pandas as pd
from scipy.stats import qmc

from cisim.questions.sensitivity.gaussian import Surrogate, fit, quality
from cisim.questions.sensitivity.layout import ALONG, QUALITY, SEED, Floats, Layout
from cisim.questions.sensitivity.saltelli import FIRST, TOTAL, sobol
from cisim.survival.intervals import normal_quantile

#: Functions drawn, and base points of the sample that the indices of each are taken from.
DRAWS, BASE = 32, 512

#: Share of the variance of the expected outcome that has to be predicted for indices to be given.
Q2_NEEDED = 0.7

#: Columns of the tables.
OF_QUALITY = ["n_points", "rmse", "noise", "q2", "q2_expected", "is_used", "statement"]
OF_EFFECTS = ["parameter", "share", "value", "lower", "upper"]

#: Places of a main effect, and draws of the other parameters that it is averaged over.
PLACES, OTHERS = 21, 64


def surrogate_indices(layout: Layout, values: Floats) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Sobol's indices of the process, and their standard errors.

    Parameters
    ----------
    layout : Layout
        Points, one a unit.
    values : ndarray, shape (n_units, 1, n_worlds)
        Outcomes.

    Returns
    -------
    found, errors : dict of str to ndarray of shape (k,)
        ``S1`` and ``ST``: means over functions that the points allow, each with a sample of its own, so that their
        spread holds both what the points leave open and what samples add; NaN where less than `Q2_NEEDED` is predicted.
        Lengths of the process are taken as found, and may be wrong: the share of the variance that is not predicted may
        belong to any parameter or to none, so an error spread evenly over plus or minus that share is added.

    References
    ----------
    Le Gratiet, Cannamela & Iooss 2014, SIAM/ASA Journal on Uncertainty Quantification 2:336; Marrel, Iooss, Laurent &
    Roustant 2009, Reliability Engineering & System Safety 94:742.
    """
    k, found = len(layout.names), fit(layout.shares[:, 0], values[:, 0])
    predicted = np.nan if found is None else quality(found)["q2_expected"]
    if found is None or not predicted >= Q2_NEEDED:
        nothing = {FIRST: np.full(k, np.nan), TOTAL: np.full(k, np.nan)}
        return nothing, nothing
    rng = np.random.default_rng(SEED)
    samples = (_saltelli(k, rng) for _ in range(DRAWS))
    as_sobol = Layout("sobol", layout.names, np.empty((BASE, k + 2, 0)))
    drawn = [sobol(as_sobol, y.reshape(BASE, k + 2, 1)) for y in found.draws(samples, rng)]
    means = {name: np.mean([one[name] for one in drawn], axis=0) for name in (FIRST, TOTAL)}
    open_share = (1.0 - predicted) / np.sqrt(3.0)
    return means, {name: np.hypot(np.std([one[name] for one in drawn], axis=0, ddof=1), open_share) for name in means}


def surrogate_estimate(layout: Layout, values: Floats) -> dict[str, Floats]:
    """Return the indices of `surrogate_indices` alone."""
    return surrogate_indices(layout, values)[0]


def _saltelli(k: int, rng: np.random.Generator) -> Floats:
    """Rows A, AB_1 ... AB_k, B of every base point, shape (BASE * (k + 2), k)."""
    both = qmc.Sobol(2 * k, rng=rng).random(BASE)
    first, last = both[:, None, :k], both[:, None, k:]
    between = np.where(np.eye(k, dtype=bool), last, first)
    return np.concatenate([first, between, last], axis=1).reshape(-1, k)


def surrogate_tables(layout: Layout, values: Floats) -> dict[str, pd.DataFrame]:
    """Say how well the process predicts, and average it along each parameter.

    Parameters
    ----------
    layout, values
        As for `surrogate_indices`.

    Returns
    -------
    dict of str to DataFrame
        By the names of `cisim.questions.sensitivity.layout.TABLE_NAMES`. How well: one row of n_points, the columns of
        `quality`, is_used and a statement; none where nothing varies. Along each parameter: parameter, share (place in
        its distribution), value (mean outcome over all others), lower, upper; empty where the process is not used.
    """
    found = fit(layout.shares[:, 0], values[:, 0])
    if found is None:
        return {QUALITY: pd.DataFrame(columns=OF_QUALITY), ALONG: pd.DataFrame(columns=OF_EFFECTS)}
    told = quality(found)
    is_used = told["q2_expected"] >= Q2_NEEDED
    row = {"n_points": len(found.points), **told, "is_used": is_used, "statement": _statement(told, is_used)}
    along = main_effects(layout, found) if is_used else pd.DataFrame(columns=OF_EFFECTS)
    return {QUALITY: pd.DataFrame([row])[OF_QUALITY], ALONG: along}


def _statement(told: dict[str, float], is_used: bool) -> str:
    noise = "" if np.isnan(told["noise"]) else f", of which chance makes {told['noise']:.3g}"
    said = (
        f"points left out are predicted with an error of {told['rmse']:.3g}{noise}: {told['q2_expected']:.0%} of the "
        "variance of the expected outcome"
    )
    if is_used:
        return said
    return f"{said}, below the {Q2_NEEDED:.0%} that indices need; give more samples=, or leave out surrogate=true"


def main_effects(layout: Layout, surrogate: Surrogate) -> pd.DataFrame:
    """Average functions that the points allow along each parameter."""
    rng, k = np.random.default_rng(SEED), len(layout.names)
    grid = np.linspace(0, 1, PLACES)
    others = qmc.LatinHypercube(k, rng=rng).random(OTHERS)
    rows = np.tile(others, (k, PLACES, 1, 1))
    for j in range(k):
        rows[j, :, :, j] = grid[:, None]
    drawn = np.stack(list(surrogate.draws((rows.reshape(-1, k) for _ in range(DRAWS)), rng)))
    means = drawn.reshape(DRAWS, k, PLACES, OTHERS).mean(axis=-1)
    value, half = means.mean(axis=0), normal_quantile(0.95) * means.std(axis=0, ddof=1)
    limits = (value.ravel(), (value - half).ravel(), (value + half).ravel())
    return pd.DataFrame(
        dict(zip(OF_EFFECTS, (np.repeat(layout.names, PLACES), np.tile(grid, k), *limits), strict=True))
    )
