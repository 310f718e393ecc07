"""Which parameters of a sweep shift how long coalitions last: Cox and accelerated failure time regressions.

Runs of the same world (seed and replicate) depend on each other: standard errors are robust to that, with Student t
limits for so many worlds less one. The test of proportional hazards takes runs as independent, and with many of them
finds the slightest change: read the correlation first (0.1 is little).

References
----------
Cox 1972, J. R. Stat. Soc. B 34:187, with Efron's ties (1977); Kalbfleisch & Prentice 2002, chapter 3, for accelerated
failure times; both fitted by lifelines. Lee, Wei & Amato 1992 for clusters. Grambsch & Therneau 1994, Biometrika
81:515, for proportional hazards, with Kaplan-Meier as the scale of time.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from lifelines import CoxPHFitter, LogLogisticAFTFitter, LogNormalAFTFitter, WeibullAFTFitter
from lifelines.exceptions import ConvergenceError
from lifelines.statistics import proportional_hazard_test
from numpy.typing import NDArray
from scipy import special

from cisim.errors import CisimError, InputError
from cisim.survival.covariates import Covariates, read_covariates, varying_columns, with_events
from cisim.survival.intervals import t_quantile
from cisim.survival.shared_worlds import aft_scores, clustered_variance, cox_scores, draw_rows, read_worlds
from cisim.survival.spells import Spells, read_spells

#: Accelerated failure time models: lifelines' class, its names of location and shape, and the sign that turns the
#: logarithm of its shape into that of the scale.
AFT = {
    "weibull": (WeibullAFTFitter, "lambda_", "rho_", -1.0),
    "log-normal": (LogNormalAFTFitter, "mu_", "sigma_", 1.0),
    "log-logistic": (LogLogisticAFTFitter, "alpha_", "beta_", -1.0),
}
MODELS = ("cox", *AFT)
#: Rows that a regression is fitted on at most; of more, whole worlds or whole design points are drawn.
MOST_ROWS = 50_000
#: Events for each effect below which intervals are shaky (Peduzzi et al. 1995, J. Clin. Epidemiol. 48:1503).
EVENTS_FOR_EACH = 10


def fit_cox(covariates: Covariates, spells: Spells, worlds: NDArray[np.int64]) -> tuple[pd.DataFrame, dict[str, float]]:
    """Fit Cox's model, and test proportional hazards.

    Parameters
    ----------
    covariates, spells
        Rows in the same order.
    worlds : ndarray, shape (n,)
        Number of each row's world.

    Returns
    -------
    DataFrame, dict
        term, coefficient, standard_error, ph_correlation and ph_p_value; log_likelihood, aic and concordance. What they
        are and whose they are: :func:`cisim.survival.regression.sweep_effects`.
    """
    table = covariates.matrix.assign(duration=spells.duration, event_observed=spells.event_observed)
    terms = list(covariates.meaning["term"])
    fitter = CoxPHFitter().fit(table, "duration", "event_observed")
    coefficients = fitter.params_[terms].to_numpy()
    scores = cox_scores(covariates.matrix.to_numpy(), spells.duration, spells.event_observed, coefficients)
    variance = clustered_variance(fitter.variance_matrix_.loc[terms, terms].to_numpy(), scores, worlds)
    residuals = fitter.compute_residuals(table, "scaled_schoenfeld")
    test = proportional_hazard_test(fitter, table, time_transform="km", precomputed_residuals=residuals)
    months = pd.Series(spells.duration).reindex(residuals.index).rank()
    found = pd.DataFrame({"term": terms, "coefficient": coefficients, "standard_error": np.sqrt(np.diag(variance))})
    found["ph_correlation"] = [_correlation(residuals[term], months) for term in terms]
    found["ph_p_value"] = pd.Series(np.atleast_1d(test.p_value), index=fitter.params_.index)[terms].to_numpy()
    summary = {"log_likelihood": fitter.log_likelihood_, "aic": fitter.AIC_partial_}
    return found, {**summary, "concordance": fitter.concordance_index_}


def fit_aft(
    model: str, covariates: Covariates, spells: Spells, worlds: NDArray[np.int64]
) -> tuple[pd.DataFrame, dict[str, float]]:
    """Fit an accelerated failure time model, a key of ``AFT``; else as :func:`fit_cox`, without the test."""
    family, location, shape, sign = AFT[model]
    terms = list(covariates.meaning["term"])
    table = covariates.matrix.assign(duration=spells.duration, event_observed=spells.event_observed)
    fitter = family().fit(table, "duration", "event_observed")
    names = [*((location, term) for term in (*terms, "Intercept")), (shape, "Intercept")]
    values = fitter.params_[names].to_numpy()
    design = covariates.matrix.assign(Intercept=1.0).to_numpy()
    scores = aft_scores(model, design @ values[:-1], sign * values[-1], design, spells.duration, spells.event_observed)
    scores[:, -1] *= sign
    variance = clustered_variance(fitter.variance_matrix_.loc[names, names].to_numpy(), scores, worlds)
    errors = np.sqrt(np.diag(variance))[: len(terms)]
    found = pd.DataFrame({"term": terms, "coefficient": values[: len(terms)], "standard_error": errors})
    summary = {"log_likelihood": fitter.log_likelihood_, "aic": fitter.AIC_}
    return found, {**summary, "concordance": fitter.concordance_index_}


def _correlation(values: "pd.Series[float]", other: "pd.Series[float]") -> float:
    varied = float(values.std()) > 0 and float(other.std()) > 0
    return float(np.corrcoef(values, other)[0, 1]) if varied else np.nan


@dataclass(frozen=True)
class Regression:
    """A fitted regression."""

    model: str
    effects: pd.DataFrame
    """One row per effect: term, parameter, level and reference (categories), unit (what the effect is per: one standard
    deviation of the parameter), coefficient with standard_error, lower and upper (log hazard ratio, or log ratio of
    durations), ratio with ratio_lower and ratio_upper (its exponential), p_value, and for Cox ph_correlation and
    ph_p_value: the correlation of scaled Schoenfeld residuals with time, and the test that the hazard ratio does not
    change with age."""
    summary: dict[str, float | str]
    """model, event, n_rows, n_events, n_worlds, log_likelihood, aic and concordance."""
    statements: tuple[str, ...]
    """What was left out, sub-sampled or cannot be trusted, one sentence each."""


def sweep_effects(
    runs: pd.DataFrame,
    columns: Sequence[str] | None = None,
    *,
    model: str = "cox",
    event: str = "any",
    most_rows: int = MOST_ROWS,
    confidence: float = 0.95,
) -> Regression:
    """Regress how long coalitions last on what varies between runs.

    Parameters
    ----------
    runs : DataFrame
        Columns replicate, duration (months), event_observed, ending and status, as in ``runs.parquet``, and the
        columns to explain them by. Any table with duration and event_observed serves for ``event="any"``.
    columns : sequence of str, optional
        Columns to explain durations by; by default the parameters that vary, and the strategies where they do.
    model : {"cox", "weibull", "log-normal", "log-logistic"}
        Cox: effects on the hazard. The others: effects on the duration itself.
    event : {"any", "failed"}
        What counts as the event; with "failed" a completion censors (the cause-specific hazard).
    most_rows : int
        Rows fitted at most, see :func:`cisim.survival.shared_worlds.draw_rows`; a statement says so.
    confidence : float
        Coverage of the intervals, in (0, 1).

    Returns
    -------
    Regression
        Effects with intervals, a summary, and statements on what limits them.

    Raises
    ------
    InputError
        If the table, a column, the model or the event cannot be used, no run ended, or no column varies.
    CisimError
        If the fit does not converge.

    References
    ----------
    Cox 1972; Kalbfleisch & Prentice 2002; Lee, Wei & Amato 1992; Grambsch & Therneau 1994: see the module.
    """
    if model not in MODELS:
        raise InputError(f"model is {model!r}: it must be one of {', '.join(MODELS)}")
    whole = runs[runs["status"] == "ok"].reset_index(drop=True) if "status" in runs else runs.reset_index(drop=True)
    table, statements = draw_rows(whole, most_rows)
    names = varying_columns(table) if columns is None else columns
    spells = _events(table, event)
    _check_events(spells, model)
    kept, silent = with_events(table, names, spells.event_observed)
    table, spells = table[kept].reset_index(drop=True), spells.where(kept)
    covariates = read_covariates(table, names)
    worlds = read_worlds(table)
    found, summary, warned = _fit(model, covariates, spells, worlds)
    n_worlds = len(np.unique(worlds))
    counts = {"n_rows": len(table), "n_events": int(spells.event_observed.sum()), "n_worlds": n_worlds}
    statements += [*silent, *covariates.statements, *_doubts(counts, covariates, len(table)), *warned]
    effects = covariates.meaning.merge(_with_limits(found, n_worlds, confidence), on="term")
    return Regression(model, effects, {"model": model, "event": event, **counts, **summary}, tuple(statements))


def _fit(
    model: str, covariates: Covariates, spells: Spells, worlds: NDArray[np.int64]
) -> tuple[pd.DataFrame, dict[str, float], list[str]]:
    """Fit a model; coefficients, criteria, and warnings of the fitting library."""
    fit = fit_cox if model == "cox" else partial(fit_aft, model)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            found, summary = fit(covariates, spells, worlds)
        except (ConvergenceError, np.linalg.LinAlgError) as problem:
            raise CisimError(
                f"the {model} regression on {', '.join(covariates.meaning['term'])} does not converge: a level without "
                "events, or columns that nearly follow from each other; leave one out"
            ) from problem
    lines = dict.fromkeys(str(item.message).strip().splitlines()[0] for item in caught)
    return found, summary, [f"the fit warns: {line}" for line in lines]


def _events(table: pd.DataFrame, event: str) -> Spells:
    """Spells with what counts as their event."""
    if event not in ("any", "failed"):
        raise InputError(f"event is {event!r}: it must be any or failed")
    spells = read_spells(table, ending="ending" if event == "failed" else None)
    if event == "any":
        return spells
    return Spells(spells.duration, spells.cause == "failed", spells.entry, spells.cause, spells.group)


def _check_events(spells: Spells, model: str) -> None:
    if not spells.event_observed.any():
        raise InputError(f"none of {spells.duration.size} runs met the event: there is nothing to explain")
    if model != "cox" and spells.duration.min() <= 0:
        raise InputError(
            f"a duration is 0: the {model} model needs durations above 0; use model=cox, or remove these rows"
        )


def _with_limits(found: pd.DataFrame, n_worlds: int, confidence: float) -> pd.DataFrame:
    """Add limits, ratios and p-values by Student t with one degree of freedom less than there are worlds."""
    half = float(t_quantile(n_worlds - 1, confidence)) * found["standard_error"]
    value = found["coefficient"]
    table = found[["term", "coefficient", "standard_error"]].assign(lower=value - half, upper=value + half)
    for name, source in (("ratio", "coefficient"), ("ratio_lower", "lower"), ("ratio_upper", "upper")):
        table[name] = np.exp(table[source])
    table["p_value"] = 2.0 * special.stdtr(max(n_worlds - 1, 1), -np.abs(value / found["standard_error"]))
    return table.join(found.filter(like="ph_"))


def _doubts(counts: dict[str, int], covariates: Covariates, n_rows: int) -> list[str]:
    """Sentences on why the intervals may not be trusted."""
    statements, n_effects, n_worlds = [], covariates.matrix.shape[1], counts["n_worlds"]
    if n_worlds == 1:
        statements.append("all runs share one world: nothing tells how worlds differ, so there are no standard errors")
    elif n_worlds < min(30, n_rows):
        statements.append(f"the runs share {n_worlds} worlds only: intervals that allow for that are rough below 30")
    if counts["n_events"] < EVENTS_FOR_EACH * n_effects:
        statements.append(
            f"{counts['n_events']} events for {n_effects} effects: below {EVENTS_FOR_EACH} for each, they are shaky"
        )
    return statements
