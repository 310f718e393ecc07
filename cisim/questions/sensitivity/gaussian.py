"""A Gaussian process of the expected outcome in the place of the model, and how well it predicts."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from threadpoolctl import threadpool_limits

from cisim.questions.sensitivity.layout import SEED, Floats

#: Features of a function that is drawn.
FEATURES = 512

#: Fewest points that a process is fitted to, and longest that a response may stay alike, in whole ranges.
FEWEST, SHORTEST, LONGEST = 32, 0.05, 50.0


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
        """Covariance of the process at some shares with that at the points (Matern, 5 / 2)."""
        from sklearn.gaussian_process.kernels import Matern

        return np.asarray(self.variance * Matern(self.lengths, nu=2.5)(x, self.points))

    def inverse(self) -> Floats:
        """Inverse of the covariance of the outcomes."""
        n = len(self.points)
        return np.asarray(cho_solve(cho_factor(self.covariance(self.points) + self.nugget * np.eye(n)), np.eye(n)))

    def left_out(self) -> Floats:
        """Errors of the prediction of each point from all others (Dubrule 1983, Mathematical Geology 15:687)."""
        inverse = self.inverse()
        return np.asarray(self.scale * (inverse @ self.outcome) / np.diag(inverse))

    def draws(self, places: Iterator[Floats], rng: np.random.Generator) -> Iterator[Floats]:
        """Yield a function drawn from the process given its points, at each of the places, shapes (m, k) to (m,).

        A function from the process as it was before, by random features, moved to what the points say (Wilson et al.
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


def fit(shares: Floats, values: Floats) -> Surrogate | None:
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
    if len(mean) < FEWEST or scale <= 1e-12 * max(1.0, abs(centre)):
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
    """Variance of a mean over worlds by what a world does to some points and not to others."""
    n_points, n = values.shape
    if n < 2:
        return float("nan")
    rest = values - values.mean(axis=1, keepdims=True) - values.mean(axis=0) + values.mean()
    return float((rest**2).sum() / ((n_points - 1) * (n - 1)) / n)


def quality(surrogate: Surrogate) -> dict[str, float]:
    """Tell how well each point is predicted from all others.

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
    told = {"rmse": np.sqrt(error), "noise": np.sqrt(surrogate.noise)}
    return {**told, "q2": 1.0 - error / whole, "q2_expected": 1.0 - left}
