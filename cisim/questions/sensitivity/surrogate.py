"""A Gaussian process of the expected outcome in place of the model: Sobol's indices and main effects out of it."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.linalg import cho_factor, cho_solve
from scipy.stats import qmc
from threadpoolctl import threadpool_limits

from cisim.questions.sensitivity.units_and_worlds import ALONG, QUALITY, SEED, Floats, UnitLayout
from cisim.questions.sensitivity.variance_based import FIRST, TOTAL, sobol_indices
from cisim.survival.intervals import normal_quantile

#: Features of a function that is drawn.
FEATURES = 512

#: Fewest points that a process is fitted to, and longest that a response may stay alike, in whole ranges.
FEWEST_POINTS, SHORTEST, LONGEST = 32, 0.05, 50.0

#: Functions drawn, and base points of the sample that the indices of each are taken from.
DRAWS, BASE = 32, 512

#: Share of the variance of the expected outcome that has to be predicted for indices to be given.
Q2_NEEDED = 0.7

#: Columns of the tables.
OF_QUALITY = ["n_points", "rmse", "noise", "q2", "q2_expected", "is_used", "statement"]
OF_EFFECTS = ["parameter", "share", "value", "lower", "upper"]

#: Places of a main effect, and draws of the other parameters that it is averaged over.
PLACES, OTHERS = 21, 64


@dataclass(frozen=True, eq=False)
class Surrogate:
    """A Gaussian process, given its points.

    Attributes
    ----------
    points : ndarray, shape (n, k)
        Shares.
    outcome : ndarray, shape (n,)
        Means over worlds, less `centre`, in units of `scale`.
    lengths : ndarray, shape (k,)
        Over which the response stays alike, in shares.
    variance, nugget : float
        Of the process, and of what it takes for noise.
    centre, scale : float
        Of the outcome.
    noise : float
        Variance of a mean over worlds by chance, as measured between worlds; NaN with a single one.
    """

    points: Floats
    outcome: Floats
    lengths: Floats
    variance: float
    nugget: float
    centre: float
    scale: float
    noise: float

    def covariance(self, x: Floats) -> Floats:
        """Return the covariance of the process at some shares with that at the points (Matern, 5 / 2)."""
        from sklearn.gaussian_process.kernels import Matern

        return np.asarray(self.variance * Matern(self.lengths, nu=2.5)(x, self.points))

    def inverse(self) -> Floats:
        """Return the inverse of the covariance of the outcomes."""
        n = len(self.points)
        return np.asarray(cho_solve(cho_factor(self.covariance(self.points) + self.nugget * np.eye(n)), np.eye(n)))

    def left_out(self) -> Floats:
        """Return errors of predicting each point from all others (Dubrule 1983, Mathematical Geology 15:687)."""
        inverse = self.inverse()
        return np.asarray(self.scale * (inverse @ self.outcome) / np.diag(inverse))

    def draws(self, places: Iterator[Floats], rng: np.random.Generator) -> Iterator[Floats]:
        """Yield a function drawn from the process given its points, at each of the places, shapes (m, k) to (m,).

        A function from the process as it was before, by random features, conditioned on the points (Wilson et al.
        2020, Proceedings of Machine Learning Research 119:10292).
        """
        n, k = self.points.shape
        inverse = self.inverse()
        for x in places:
            tails = np.sqrt(5.0 / rng.chisquare(5, FEATURES))
            waves = rng.normal(size=(k, FEATURES)) * tails / self.lengths[:, None]
            phase, weights = rng.uniform(0, 2 * np.pi, FEATURES), rng.normal(size=FEATURES)
            weights *= np.sqrt(2 * self.variance / FEATURES)
            before = np.cos(np.concatenate([self.points, x]) @ waves + phase) @ weights
            error = rng.normal(0, np.sqrt(self.nugget), n)
            moved = before[n:] + self.covariance(x) @ (inverse @ (self.outcome - before[:n] - error))
            yield self.centre + self.scale * moved


def fit_process(shares: Floats, values: Floats) -> Surrogate | None:
    """Fit a process by maximum likelihood; None where there is nothing to fit.

    Parameters
    ----------
    shares : ndarray, shape (n, k)
        Points in the unit cube.
    values : ndarray, shape (n, n_worlds)
        Outcomes.
    """
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

    mean = values.mean(axis=1)
    centre, scale = float(mean.mean()), float(mean.std())
    if len(mean) < FEWEST_POINTS or scale <= 1e-12 * max(1.0, abs(centre)):
        return None
    outcome = (mean - centre) / scale
    like = Matern(np.ones(shares.shape[1]), (SHORTEST, LONGEST), nu=2.5)
    kernel = ConstantKernel(1.0, (1e-2, 1e3)) * like + WhiteKernel(1e-2, (1e-8, 1.0))
    with warnings.catch_warnings(), threadpool_limits(1, "blas"):
        warnings.simplefilter("ignore")  # that a parameter without effect reaches the longest length
        found = GaussianProcessRegressor(kernel, alpha=1e-10, random_state=SEED).fit(shares, outcome).kernel_
    variance, lengths = found.k1.k1.constant_value, np.asarray(found.k1.k2.length_scale)
    return Surrogate(
        shares, outcome, lengths, float(variance), float(found.k2.noise_level) + 1e-10, centre, scale, _noise(values)
    )


def _noise(values: Floats) -> float:
    """Return the variance of a mean over worlds by what a world does to some points and not to others."""
    n_points, n = values.shape
    if n < 2:
        return float("nan")
    rest = values - values.mean(axis=1, keepdims=True) - values.mean(axis=0) + values.mean()
    return float((rest**2).sum() / ((n_points - 1) * (n - 1)) / n)


def prediction_quality(surrogate: Surrogate) -> dict[str, float]:
    """Return how well each point is predicted from all others.

    Returns
    -------
    dict
        rmse (of the mean over worlds, in units of the outcome), noise (standard deviation of that mean by chance), q2
        (share of its variance that is predicted), q2_expected (the same of the expected outcome: noise is taken off
        error and variance; as q2 with a single world).
    """
    error, whole = float((surrogate.left_out() ** 2).mean()), surrogate.scale**2
    noise = 0.0 if np.isnan(surrogate.noise) else surrogate.noise
    left = max(error - noise, 0.0) / (whole - noise) if whole > noise else np.nan
    known = {"rmse": np.sqrt(error), "noise": np.sqrt(surrogate.noise)}
    return {**known, "q2": 1.0 - error / whole, "q2_expected": 1.0 - left}


def surrogate_indices(layout: UnitLayout, values: Floats) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Return Sobol's indices of the process, and their standard errors.

    Parameters
    ----------
    layout : UnitLayout
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
    k, found = len(layout.names), fit_process(layout.shares[:, 0], values[:, 0])
    predicted = np.nan if found is None else prediction_quality(found)["q2_expected"]
    if found is None or not predicted >= Q2_NEEDED:
        nothing = {FIRST: np.full(k, np.nan), TOTAL: np.full(k, np.nan)}
        return nothing, nothing
    rng = np.random.default_rng(SEED)
    samples = (_base_points(k, rng) for _ in range(DRAWS))
    as_sobol = UnitLayout("sobol", layout.names, np.empty((BASE, k + 2, 0)))
    drawn = [sobol_indices(as_sobol, y.reshape(BASE, k + 2, 1)) for y in found.draws(samples, rng)]
    means = {name: np.mean([one[name] for one in drawn], axis=0) for name in (FIRST, TOTAL)}
    open_share = (1.0 - predicted) / np.sqrt(3.0)
    return means, {name: np.hypot(np.std([one[name] for one in drawn], axis=0, ddof=1), open_share) for name in means}


def surrogate_estimate(layout: UnitLayout, values: Floats) -> dict[str, Floats]:
    """Return the indices of `surrogate_indices` alone."""
    return surrogate_indices(layout, values)[0]


def _base_points(k: int, rng: np.random.Generator) -> Floats:
    """Return rows A, AB_1 ... AB_k, B of every base point, shape (BASE * (k + 2), k)."""
    both = qmc.Sobol(2 * k, rng=rng).random(BASE)
    first, last = both[:, None, :k], both[:, None, k:]
    between = np.where(np.eye(k, dtype=bool), last, first)
    return np.concatenate([first, between, last], axis=1).reshape(-1, k)


def surrogate_tables(layout: UnitLayout, values: Floats) -> dict[str, pd.DataFrame]:
    """Return how well the process predicts, and its main effects along each parameter.

    Parameters
    ----------
    layout, values
        As for `surrogate_indices`.

    Returns
    -------
    dict of str to DataFrame
        By their names in `cisim.questions.sensitivity.units_and_worlds`. How well: one row of n_points, the columns
        of `prediction_quality`, is_used and a statement; none where nothing varies. Along each parameter: parameter,
        share (place in its distribution), value (mean outcome over all others), lower, upper; empty where the process
        is not used.
    """
    found = fit_process(layout.shares[:, 0], values[:, 0])
    if found is None:
        return {QUALITY: pd.DataFrame(columns=OF_QUALITY), ALONG: pd.DataFrame(columns=OF_EFFECTS)}
    quality = prediction_quality(found)
    is_used = quality["q2_expected"] >= Q2_NEEDED
    row = {"n_points": len(found.points), **quality, "is_used": is_used, "statement": _statement(quality, is_used)}
    along = _main_effects(layout, found) if is_used else pd.DataFrame(columns=OF_EFFECTS)
    return {QUALITY: pd.DataFrame([row])[OF_QUALITY], ALONG: along}


def _statement(quality: dict[str, float], is_used: bool) -> str:
    noise = "" if np.isnan(quality["noise"]) else f", of which chance makes {quality['noise']:.3g}"
    sentence = (
        f"points left out are predicted with an error of {quality['rmse']:.3g}{noise}: {quality['q2_expected']:.0%} of "
        "the variance of the expected outcome"
    )
    if is_used:
        return sentence
    return f"{sentence}, below the {Q2_NEEDED:.0%} that indices need; give more samples=, or leave out surrogate=true"


def _main_effects(layout: UnitLayout, surrogate: Surrogate) -> pd.DataFrame:
    """Return the mean along each parameter of functions that the points allow, with intervals."""
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
