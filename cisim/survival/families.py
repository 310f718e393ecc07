"""A parametric family of durations once it is fitted: its criteria, parameters, curve, median and restricted mean."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cisim.survival.intervals import Estimate, normal_quantile

#: Step of the numerical derivatives, as a share of a standard error; points of an integral; halvings of a search.
STEP, POINTS, HALVINGS = 1e-3, 2001, 60
#: Age (months) that stands for 0 where a logarithm is taken.
FIRST = 1e-9


@dataclass(frozen=True)
class Parameter:
    """What a parameter of a family means."""

    name: str
    unit: str
    """Empty for a pure number."""
    positive: bool = True


@dataclass(frozen=True)
class Family:
    """A parametric family fitted to spells by maximum likelihood; intervals by the delta method."""

    name: str
    parameters: tuple[Parameter, ...]
    fitted: NDArray[np.float64]
    """Estimates, shape (n_parameters,)."""
    variance: NDArray[np.float64]
    """Inverse of the observed information, shape (n_parameters, n_parameters)."""
    log_likelihood: float
    n_ended: int
    start: float
    """Age (months) of the earliest entry: the curve is that of spells which last until then."""
    hazard_sum: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]
    """Cumulative hazard, of parameters and ages."""

    @property
    def aic(self) -> float:
        """2 k - 2 log likelihood for k parameters (Akaike 1974, IEEE Trans. Autom. Control 19:716)."""
        return 2.0 * self.fitted.size - 2.0 * self.log_likelihood

    @property
    def bic(self) -> float:
        """Schwarz's criterion with k log(number ended): Volinsky & Raftery 2000, Biometrics 56:256."""
        return self.fitted.size * float(np.log(self.n_ended)) - 2.0 * self.log_likelihood

    def estimates(self, confidence: float = 0.95) -> list[Estimate]:
        """Estimate of each parameter; the limits of a positive one are symmetric on the log scale."""
        errors, z = np.sqrt(np.diag(self.variance)), normal_quantile(confidence)
        return [
            _positive(float(value), float(error), z)
            if parameter.positive
            else Estimate(float(value), float(error), float(value - z * error), float(value + z * error))
            for parameter, value, error in zip(self.parameters, self.fitted, errors, strict=True)
        ]

    def survival(
        self, ages: NDArray[np.float64], confidence: float = 0.95
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Probability of lasting longer than each age (months), with limits symmetric on the log-log scale."""
        lost, error = self._delta(lambda values: self._lost(values, ages))
        z = normal_quantile(confidence)
        spread = np.exp(z * np.divide(error, lost, out=np.zeros_like(lost), where=lost > 0))
        return np.exp(-lost), np.exp(-lost * spread), np.exp(-lost / spread)

    def median(self, confidence: float = 0.95) -> Estimate:
        """Age (months) by which half have ended, with limits symmetric on the log scale."""
        value, error = self._delta(lambda values: np.array([self._half_life(values)]))
        return _positive(float(value[0]), float(error[0]), normal_quantile(confidence))

    def restricted_mean(self, tau: float, confidence: float = 0.95) -> Estimate:
        """Mean of the first ``tau`` months, with limits symmetric on the log scale of what is lost of tau."""
        ages = np.linspace(0.0, tau, POINTS)

        def months_lost(values: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.array([tau - np.trapezoid(np.exp(-self._lost(values, ages)), ages)])

        value, error = self._delta(months_lost)
        lost = _positive(float(value[0]), float(error[0]), normal_quantile(confidence))
        return Estimate(tau - lost.value, lost.standard_error, max(0.0, tau - lost.upper), tau - lost.lower)

    def _lost(self, values: NDArray[np.float64], ages: NDArray[np.float64]) -> NDArray[np.float64]:
        """Cumulative hazard between the earliest entry and each age."""
        since = np.array([max(self.start, FIRST)])
        lost: NDArray[np.float64] = self.hazard_sum(values, np.maximum(ages, since)) - self.hazard_sum(values, since)
        return lost

    def _half_life(self, values: NDArray[np.float64]) -> float:
        """Age at which the cumulative hazard is log 2."""

        def is_past(age: float) -> bool:
            return bool(self._lost(values, np.array([age]))[0] >= np.log(2.0))

        step = 1.0
        while not is_past(self.start + step):
            step *= 2.0
        low, high = self.start, self.start + step
        for _ in range(HALVINGS):
            middle = 0.5 * (low + high)
            low, high = (low, middle) if is_past(middle) else (middle, high)
        return high

    def _delta(
        self, statistic: Callable[[NDArray[np.float64]], NDArray[np.float64]]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Evaluate a statistic of the parameters, shape (n,), with its standard error by the delta method."""
        steps = np.diag(STEP * np.sqrt(np.diag(self.variance)))
        slopes = [(statistic(self.fitted + s) - statistic(self.fitted - s)) / (2.0 * s.sum()) for s in steps]
        variance = np.einsum("it,ij,jt->t", np.array(slopes), self.variance, np.array(slopes))
        return statistic(self.fitted), np.sqrt(np.maximum(variance, 0.0))


def _positive(value: float, error: float, z: float) -> Estimate:
    """Interval of a positive number, symmetric on the log scale."""
    spread = float(np.exp(min(z * error / value, 700.0)))
    return Estimate(value, error, value / spread, value * spread)
