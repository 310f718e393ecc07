"""Regressions of durations by lifelines, each coefficient with an error that is robust to shared worlds."""

import numpy as np
import pandas as pd
from lifelines import CoxPHFitter, LogLogisticAFTFitter, LogNormalAFTFitter, WeibullAFTFitter
from lifelines.statistics import proportional_hazard_test
from numpy.typing import NDArray

from cisim.survival.covariates import Covariates
from cisim.survival.scores import aft_scores, clustered_variance, cox_scores
from cisim.survival.spells import Spells

#: Accelerated failure time models: lifelines' class, its names of location and shape, and the sign that turns the
#: logarithm of its shape into that of the scale.
AFT = {
    "weibull": (WeibullAFTFitter, "lambda_", "rho_", -1.0),
    "log-normal": (LogNormalAFTFitter, "mu_", "sigma_", 1.0),
    "log-logistic": (LogLogisticAFTFitter, "alpha_", "beta_", -1.0),
}


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
