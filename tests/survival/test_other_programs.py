"""The estimators against lifelines and statsmodels on data that they ship or that is drawn here."""

import numpy as np
import pandas as pd
import pytest
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.datasets import load_kidney_transplant, load_rossi, load_waltons
from lifelines.utils import restricted_mean_survival_time
from statsmodels.duration.api import SurvfuncRight
from statsmodels.duration.survfunc import CumIncidenceRight

from cisim.survival.counts import COMPETING, EVENT
from cisim.survival.curves import cumulative_incidence, median_survival, survival_curve
from cisim.survival.restricted import restricted_mean

DATA = {
    "mice": load_waltons().rename(columns={"E": "event"}),
    "prisoners": load_rossi().rename(columns={"week": "T", "arrest": "event"}),
    "kidneys": load_kidney_transplant().rename(columns={"time": "T", "death": "event"}),
}


@pytest.fixture(params=DATA)
def spells(request: pytest.FixtureRequest) -> pd.DataFrame:
    return DATA[request.param]


def test_survival_and_intervals_are_those_of_lifelines(spells: pd.DataFrame) -> None:
    fitter = KaplanMeierFitter().fit(spells["T"], spells["event"])
    curve = survival_curve(spells["T"], spells["event"], grid=fitter.timeline)
    np.testing.assert_array_equal(curve.time, fitter.timeline)
    np.testing.assert_allclose(curve.probability, fitter.survival_function_.iloc[:, 0], atol=1e-12)
    inside = (curve.probability > 0) & (curve.probability < 1)
    limits = fitter.confidence_interval_[inside].to_numpy()
    np.testing.assert_allclose(np.stack([curve.lower, curve.upper], axis=1)[inside], limits, atol=1e-9)


def test_at_risk_and_standard_errors_are_those_of_statsmodels(spells: pd.DataFrame) -> None:
    after_start = spells[spells["T"] > 0]
    reference = SurvfuncRight(after_start["T"], after_start["event"])
    curve = survival_curve(after_start["T"], after_start["event"])
    here = np.isin(curve.time, reference.surv_times)
    np.testing.assert_array_equal(curve.at_risk[here], reference.n_risk)
    np.testing.assert_allclose(curve.standard_error[here], np.nan_to_num(reference.surv_prob_se), atol=1e-12)


def test_median_is_that_of_lifelines(spells: pd.DataFrame) -> None:
    median = KaplanMeierFitter().fit(spells["T"], spells["event"]).median_survival_time_
    estimate = median_survival(survival_curve(spells["T"], spells["event"])).value
    assert np.isnan(estimate) if np.isinf(median) else estimate == median


@pytest.mark.parametrize("share", [0.3, 0.8])
def test_restricted_mean_is_that_of_lifelines(spells: pd.DataFrame, share: float) -> None:
    tau = share * spells["T"].max()
    fitter = KaplanMeierFitter().fit(spells["T"], spells["event"])
    expected = restricted_mean_survival_time(fitter, t=tau)
    assert restricted_mean(spells["T"], spells["event"], tau).value == pytest.approx(expected, rel=1e-9)


def test_incidence_without_ties_is_that_of_lifelines() -> None:
    rng = np.random.default_rng(11)
    duration = rng.exponential(50.0, 300)
    ending = rng.choice([0, 1, 2], 300, p=[0.3, 0.4, 0.3])
    fitter = AalenJohansenFitter(calculate_variance=False).fit(duration, ending, event_of_interest=1)
    curve = cumulative_incidence(duration, ending)
    np.testing.assert_allclose(curve.probability, fitter.cumulative_density_.iloc[:, 0], atol=1e-12)


def test_incidence_with_ties_is_that_of_statsmodels() -> None:
    rng = np.random.default_rng(12)
    duration = np.ceil(rng.exponential(10.0, 400))
    ending = rng.choice([0, 1, 2], 400, p=[0.2, 0.5, 0.3])
    reference = CumIncidenceRight(duration, ending)
    for code in (EVENT, COMPETING):
        curve = cumulative_incidence(duration, np.where(ending == 0, 0, np.where(ending == code, EVENT, COMPETING)))
        here = np.isin(curve.time, reference.times)
        np.testing.assert_allclose(curve.probability[here], reference.cinc[code - 1], atol=1e-12)
