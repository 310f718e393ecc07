"""Fit every family of durations to spells; what cannot be fitted is said, not guessed."""

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from lifelines import ExponentialFitter, LogLogisticFitter, LogNormalFitter, WeibullFitter
from lifelines.exceptions import ConvergenceError
from numpy.typing import NDArray

from cisim.errors import InputError
from cisim.survival.families import Family, Parameter
from cisim.survival.hazard import hazard_rates
from cisim.survival.spells import Spells

#: Families without breaks: lifelines' class and what its parameters mean.
FAMILIES: dict[str, tuple[Callable[[], Any], tuple[Parameter, ...]]] = {
    "exponential": (ExponentialFitter, (Parameter("mean", "months"),)),
    "Weibull": (WeibullFitter, (Parameter("scale", "months"), Parameter("shape", ""))),
    "log-normal": (
        LogNormalFitter,
        (Parameter("mean of the log", "log months", positive=False), Parameter("spread of the log", "log months")),
    ),
    "log-logistic": (LogLogisticFitter, (Parameter("scale", "months"), Parameter("shape", ""))),
}
PIECEWISE = "piecewise exponential"


def fit_families(spells: Spells, breaks: Sequence[float] = ()) -> tuple[list[Family], list[str]]:
    """Fit each family by maximum likelihood to spells as they are, censored and entered late.

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
    found, said = [], []
    for name in FAMILIES:
        family, sentence = _fit(name, spells)
        found += [family] if family else []
        said += [sentence] if sentence else []
    if edges:
        family, sentence = _fit_pieces(spells, edges)
        found += [family] if family else []
        said += [sentence] if sentence else []
    return found, said


def _obstacle(spells: Spells) -> str:
    """Say why no family can be fitted; nothing if one can."""
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
        tuple(Parameter(name, "per month") for name in names),
        pieces.rate,
        np.diag(pieces.rate**2 / pieces.events),
        float(np.sum(pieces.events * (np.log(pieces.rate) - 1.0))),
        int(spells.event_observed.sum()),
        _start(spells),
        hazard_sum,
    ), ""


def _start(spells: Spells) -> float:
    return 0.0 if spells.entry is None else float(spells.entry.min())
