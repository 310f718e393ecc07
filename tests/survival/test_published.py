"""The estimators against numbers printed in books, papers and by other programs."""

import numpy as np
import pytest
from lifelines.datasets import load_lung

from cisim.survival.curves import cumulative_incidence, median_survival, survival_curve
from cisim.survival.restricted import restricted_mean
from tests.survival.published import (
    DEVICE,
    DEVICE_STOPPED,
    LEUKAEMIA,
    PLACEBO,
    SIX_MP,
    SIX_MP_RELAPSED,
    TRANSPLANT,
)


def test_remission_under_six_mp_is_what_stata_lists() -> None:
    """Stata, ``sts list`` (Greenwood errors, log-log intervals), as printed by G. Rodriguez, "The Gehan data".

    The estimates and standard errors are also those of Kleinbaum & Klein 2012, table 2.2, and Cox & Oakes 1984.
    """
    curve = survival_curve(SIX_MP, SIX_MP_RELAPSED)
    listed = {
        6: (0.8571, 0.0764, 0.6197, 0.9516),
        7: (0.8067, 0.0869, 0.5631, 0.9228),
        10: (0.7529, 0.0963, 0.5032, 0.8894),
        13: (0.6902, 0.1068, 0.4316, 0.8491),
        16: (0.6275, 0.1141, 0.3675, 0.8049),
        22: (0.5378, 0.1282, 0.2678, 0.7468),
        23: (0.4482, 0.1346, 0.1881, 0.6801),
    }
    for week, numbers in listed.items():
        assert curve.at(week) == pytest.approx(numbers, abs=5e-5)
    at_risk = dict(zip(curve.time, curve.at_risk, strict=True))
    assert [at_risk[week] for week in listed] == [21, 17, 15, 12, 11, 7, 6]


def test_medians_of_the_leukaemia_trial_are_what_sas_prints() -> None:
    """SAS, ``proc lifetest`` with its log-log intervals: 23 weeks (13 to none) on 6-MP, 8 (4 to 11) on placebo."""
    treated = median_survival(survival_curve(SIX_MP, SIX_MP_RELAPSED))
    assert (treated.value, treated.lower) == (23, 13)
    assert np.isnan(treated.upper)
    placebo = median_survival(survival_curve(PLACEBO, np.ones(21)))
    assert (placebo.value, placebo.lower, placebo.upper) == (8, 4, 11)


def test_stopping_a_device_is_what_collett_tabulates() -> None:
    """Collett, Modelling Survival Data in Medical Research, tables 2.2 and 2.4 and example 2.6 (median 93 weeks)."""
    curve = survival_curve(DEVICE, DEVICE_STOPPED)
    tabulated = {
        10: (0.9444, 0.0540),
        19: (0.8815, 0.0790),
        30: (0.8137, 0.0978),
        36: (0.7459, 0.1107),
        59: (0.6526, 0.1303),
        75: (0.5594, 0.1412),
        93: (0.4662, 0.1452),
        97: (0.3729, 0.1430),
        107: (0.2486, 0.1392),
    }
    for week, numbers in tabulated.items():
        assert curve.at(week)[:2] == pytest.approx(numbers, abs=5e-5)
    assert median_survival(curve).value == 93


def test_restricted_means_of_lung_cancer_are_what_r_prints() -> None:
    """R survival, ``print(survfit(Surv(time, status) ~ sex, lung), print.rmean = TRUE)`` with upper limit 1022 days.

    All: 376.3, se 19.7; men (sex 1): 326.1, se 22.9.
    """
    lung = load_lung()
    everyone = restricted_mean(lung["time"], lung["status"] == 1, 1022)
    assert everyone[:2] == pytest.approx((376.3, 19.7), abs=0.05)
    men = lung[lung["sex"] == 1]
    assert restricted_mean(men["time"], men["status"] == 1, 1022)[:2] == pytest.approx((326.1, 22.9), abs=0.05)


def test_incidence_after_a_transplant_is_what_cmprsk_prints() -> None:
    """R cmprsk on Scrucca et al. 2007, months with ties and censoring, as scikit-survival keeps it in its tests."""
    _, month, status = LEUKAEMIA.T
    relapse = cumulative_incidence(month, status)
    death = cumulative_incidence(month, np.array([0, 2, 1])[status])
    printed = {
        0: (0.02857143, 0.02857143),
        3: (0.14581281, 0.11527094),
        4: (0.20492611, 0.14482759),
        8: (0.23771164, 0.27050544),
        13: (0.27283899, 0.37588750),
        72: (0.27283899, 0.48126955),
    }
    for at, (relapsed, died) in printed.items():
        assert relapse.at(at).value == pytest.approx(relapsed, abs=1e-8)
        assert death.at(at).value == pytest.approx(died, abs=1e-8)


def test_incidence_in_myeloid_leukaemia_is_what_cmprsk_prints() -> None:
    _, month, status = LEUKAEMIA[LEUKAEMIA[:, 0] == 1].T
    curve = cumulative_incidence(month, status)
    assert [curve.at(at).value for at in (2, 3, 4, 7, 8, 70)] == pytest.approx(
        [0.0, 0.17708333, 0.29513889, 0.29513889, 0.36818576, 0.36818576], abs=1e-8
    )


@pytest.mark.parametrize(
    ("cause", "printed"),
    [
        (1, {0.342: (0.222222, 0.146362, 0.308131), 0.479: (0.656566, 0.554167, 0.740907)}),
        (1, {0.616: (0.747475, 0.649640, 0.821687), 1.993: (0.878788, 0.791629, 0.931041)}),
        (2, {0.181: (0.010101, 0.000890, 0.049487), 0.479: (0.050505, 0.018789, 0.106152)}),
        (3, {0.181: (0.030303, 0.008157, 0.078685), 0.342: (0.050505, 0.018789, 0.106152)}),
    ],
)
def test_incidence_intervals_are_what_sas_prints(cause: int, printed: dict[float, tuple[float, ...]]) -> None:
    """SAS, ``proc lifetest`` with ``error=delta`` and log-log limits, on the 100 patients of Pintilie 2006.

    The numbers stand in scikit-survival's tests (``cgvhd_delta.npy``).
    """
    years, status = TRANSPLANT.T
    curve = cumulative_incidence(years, np.where(status == 0, 0, np.where(status == cause, 1, 2)))
    for at, (incidence, lower, upper) in printed.items():
        estimate = curve.at(at)
        assert (estimate.value, estimate.lower, estimate.upper) == pytest.approx((incidence, lower, upper), abs=1e-6)
