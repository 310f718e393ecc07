"""Parametric families of durations, fitted by maximum likelihood: criteria, parameters, curves, medians and means."""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from lifelines import ExponentialFitter, LogLogisticFitter, LogNormalFitter, WeibullFitter
from lifelines.exceptions import ConvergenceError
from numpy.typing import NDArray

from cisim.errors import InputError
from cisim.survival.hazard import hazard_rates
from cisim.survival.intervals import Estimate, normal_quantile
from cisim.survival.spells import Spells

#: Step of the numerical derivatives, as a share of a standard error; points of an integral; halvings of a search.
STEP, POINTS, HALVINGS = 1e-3, 2001, 60
#: Age (months) that stands for 0 where a logarithm is taken.
FIRST = 1e-9


@dataclass(frozen=True)
class FamilyParameter:
    """What a parameter of a family means."""

    name: str
    unit: str
    """Empty for a pure number."""
    positive: bool = True


#: Families without breaks: lifelines' class and what its parameters mean.
FAMILIES: dict[str, tuple[Callable[[], Any], tuple[FamilyParameter, ...]]] = {
    "exponential": (ExponentialFitter, (FamilyParameter("mean", "months"),)),
    "Weibull": (WeibullFitter, (FamilyParameter("scale", "months"), FamilyParameter("shape", ""))),
    "log-normal": (
        LogNormalFitter,
        (
            FamilyParameter("mean of the log", "log months", positive=False),
            FamilyParameter("spread of the log", "log months"),
        ),
    ),
    "log-logistic": (LogLogisticFitter, (FamilyParameter("scale", "months"), FamilyParameter("shape", ""))),
}
PIECEWISE = "piecewise exponential"


@dataclass(frozen=True)
class Family:
    """A parametric family fitted to spells by maximum likelihood; intervals by the delta method."""

    name: str
    parameters: tuple[FamilyParameter, ...]
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


def fit_families(spells: Spells, breaks: Sequence[float] = ()) -> tuple[list[Family], list[str]]:
    """Fit each family by maximum likelihood to spells that may be censored or left truncated.

    Parameters
    ----------
    spells : Spells
        What was observed.
    breaks : sequence of float
        Ages (months) at which the hazard of the piecewise exponential family changes, such as the ends of contracts;
        without any the family is left out.

    Returns
    -------
    list of Family, list of str
        Those that could be fitted, and a sentence for each that could not, or of which the fit warns.

    Raises
    ------
    InputError
        If the breaks are not ages above 0 in rising order.

    References
    ----------
    Kalbfleisch & Prentice 2002, section 2.2 and chapter 3, fitted by lifelines; piecewise exponential Friedman 1982,
    Ann. Stat. 10:101, in closed form: a spell that ends at a break ends in the piece before it.
    """
    edges = [float(edge) for edge in breaks]
    if edges != sorted(set(edges)) or not all(0 < edge < np.inf for edge in edges):
        raise InputError(f"breaks are {list(breaks)}: they must be ages above 0 in rising order")
    reason = _obstacle(spells)
    if reason:
        return [], [f"no parametric family is fitted: {reason}"]
    found, statements = [], []
    for name in FAMILIES:
        family, sentence = _fit(name, spells)
        found += [family] if family else []
        statements += [sentence] if sentence else []
    if edges:
        family, sentence = _fit_pieces(spells, edges)
        found += [family] if family else []
        statements += [sentence] if sentence else []
    return found, statements


def _obstacle(spells: Spells) -> str:
    """Reason why no family can be fitted; empty if one can."""
    ended, n = spells.event_observed, spells.duration.size
    if n == 1:
        return "there is one spell only"
    if not ended.any():
        return f"none of {n} spells ended"
    if ended.all() and np.ptp(spells.duration) == 0:
        return f"all {n} spells ended at month {spells.duration[0]:g}"
    if spells.duration.min() <= 0:
        return f"{int(np.sum(spells.duration <= 0))} spells last 0 months, and the families need durations above 0"
    return ""


def _fit(name: str, spells: Spells) -> tuple[Family | None, str]:
    """Fit one family by lifelines, with a sentence if that fails or is doubtful."""
    fitter, parameters = FAMILIES[name][0](), FAMILIES[name][1]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            # one age is enough: the curves that lifelines tabulates are not used, and take most of its time
            fitter.fit(spells.duration, spells.event_observed, entry=spells.entry, timeline=[1.0])
        except (ConvergenceError, np.linalg.LinAlgError):
            return None, f"{name} is left out: the fit does not converge"
        variance = np.asarray(fitter.variance_matrix_, dtype=np.float64)
    values = np.array([getattr(fitter, key) for key in fitter._fitted_parameter_names], dtype=np.float64)
    if not (np.isfinite(values).all() and np.isfinite(variance).all() and (np.diag(variance) > 0).all()):
        return None, f"{name} is left out: the fit does not converge"
    family = Family(
        name,
        parameters,
        values,
        variance,
        float(fitter.log_likelihood_),
        int(spells.event_observed.sum()),
        _start(spells),
        fitter._cumulative_hazard,
    )
    lines = dict.fromkeys(str(item.message).strip().splitlines()[0] for item in caught)
    return family, f"the fit of the {name} family warns: {'; '.join(lines)}" if lines else ""


def _fit_pieces(spells: Spells, edges: list[float]) -> tuple[Family | None, str]:
    """Fit a hazard that is constant between the edges, each age up to and including its later edge."""
    ages = np.array([0.0, *(edge for edge in edges if edge < spells.duration.max()), spells.duration.max()])
    pieces = hazard_rates(spells.duration, spells.event_observed, ages, entry=spells.entry)
    if (pieces.events == 0).any():
        i = int(np.argmin(pieces.events))
        return None, f"{PIECEWISE} is left out: no spell ended after {ages[i]:g} and up to {ages[i + 1]:g} months"
    inner = np.append(ages[1:-1], np.inf)

    def hazard_sum(values: NDArray[np.float64], age: NDArray[np.float64]) -> NDArray[np.float64]:
        lived = np.clip(np.minimum(age[:, None], inner) - ages[:-1], 0.0, None)
        return np.asarray(lived @ values)

    names = [f"hazard, months {low:g} to {high:g}" for low, high in zip(ages[:-1], ages[1:-1], strict=False)]
    names.append(f"hazard after month {ages[-2]:g}")
    return Family(
        PIECEWISE,
        tuple(FamilyParameter(name, "per month") for name in names),
        pieces.rate,
        np.diag(pieces.rate**2 / pieces.events),
        float(np.sum(pieces.events * (np.log(pieces.rate) - 1.0))),
        int(spells.event_observed.sum()),
        _start(spells),
        hazard_sum,
    ), ""


def _start(spells: Spells) -> float:
    return 0.0 if spells.entry is None else float(spells.entry.min())
