"""Parametric families: published estimates, agreement with the likelihood itself, curves, and what cannot be fitted."""

import numpy as np
import pandas as pd
import pytest
from lifelines.datasets import load_waltons
from scipy import optimize, stats

from cisim.errors import InputError
from cisim.survival import families
from cisim.survival.families import PIECEWISE, Family, fit_families
from cisim.survival.spells import Spells, read_spells
from tests.survival.published import DEVICE, DEVICE_STOPPED, SIX_MP, SIX_MP_RELAPSED


def spells_of(duration, event, **columns) -> Spells:
    return read_spells(
        pd.DataFrame({"duration": duration, "event_observed": event, **columns}), **{name: name for name in columns}
    )


def families_of(duration, event, breaks=(), **columns) -> dict[str, Family]:
    return {family.name: family for family in fit_families(spells_of(duration, event, **columns), breaks)[0]}


def test_stopping_a_device_has_the_estimates_of_collett() -> None:
    """Collett, Modelling Survival Data in Medical Research, chapter 5: rate 0.0086; scale 0.000454, shape 1.676.

    Medians 80.56 (se 26.85) and 79.27 weeks (se 15.795).
    """
    found = families_of(DEVICE, DEVICE_STOPPED)
    exponential, weibull = found["exponential"], found["Weibull"]
    assert 1 / exponential.fitted[0] == pytest.approx(0.0086, abs=5e-5)
    assert exponential.median()[:2] == pytest.approx((80.56, 26.85), abs=0.005)
    scale, shape = weibull.fitted
    assert (scale**-shape, shape) == (pytest.approx(0.000454, abs=5e-7), pytest.approx(1.676, abs=5e-4))
    assert weibull.median()[:2] == pytest.approx((79.27, 15.795), abs=0.005)


def test_remission_under_six_mp_has_events_over_weeks_as_its_rate() -> None:
    """Nine relapses in 359 weeks, as in every book that prints the data."""
    exponential = families_of(SIX_MP, SIX_MP_RELAPSED)["exponential"]
    assert exponential.fitted[0] == pytest.approx(359 / 9)
    assert exponential.log_likelihood == pytest.approx(9 * np.log(9 / 359) - 9)
    assert exponential.aic == pytest.approx(2 - 2 * exponential.log_likelihood)
    assert exponential.bic == pytest.approx(np.log(9) - 2 * exponential.log_likelihood)


LAWS = {
    "Weibull": lambda a, b: stats.weibull_min(b, scale=a),
    "log-normal": lambda a, b: stats.lognorm(b, scale=np.exp(a)),
    "log-logistic": lambda a, b: stats.fisk(b, scale=a),
}


@pytest.mark.parametrize("name", LAWS)
def test_no_other_parameters_are_likelier(name: str) -> None:
    """The likelihood by scipy's laws, censored and entered late, has its maximum at the fit."""
    mice = load_waltons()
    entry = np.minimum(10, mice["T"] / 2)
    family = families_of(mice["T"], mice["E"], entry=entry)[name]

    def misfit(values: np.ndarray) -> float:
        law = LAWS[name](*values)
        ended = np.where(mice["E"] == 1, law.logpdf(mice["T"]), law.logsf(mice["T"]))
        return float(-(ended - law.logsf(entry)).sum())

    assert misfit(family.fitted) == pytest.approx(-family.log_likelihood, rel=1e-8)
    best = optimize.minimize(misfit, family.fitted, method="Nelder-Mead")
    assert misfit(family.fitted) <= best.fun + 1e-4


@pytest.mark.parametrize("name", LAWS)
def test_curve_median_and_mean_are_those_of_the_law(name: str) -> None:
    family = families_of(DEVICE, DEVICE_STOPPED)[name]
    law = LAWS[name](*family.fitted)
    ages = np.array([1.0, 30.0, 100.0])
    value, lower, upper = family.survival(ages)
    assert value == pytest.approx(law.sf(ages), rel=1e-6)
    assert ((lower < value) & (value < upper)).all()
    assert family.median().value == pytest.approx(law.median(), rel=1e-6)
    mean = np.trapezoid(law.sf(np.linspace(0, 100, 20001)), dx=0.005)
    assert family.restricted_mean(100).value == pytest.approx(mean, rel=1e-4)


def test_the_curve_of_spells_entered_late_starts_at_the_earliest_entry() -> None:
    family = families_of([20.0, 30, 41, 55], [1, 1, 1, 0], entry=[10.0, 10, 12, 15])["exponential"]
    value, lower, upper = family.survival(np.array([0.0, 10, 30]))
    assert value == pytest.approx([1, 1, np.exp(-20 / family.fitted[0])])
    assert (lower[0], upper[0]) == (1, 1)
    assert family.fitted[0] == pytest.approx((10 + 20 + 29 + 40) / 3)
    assert family.median().value == pytest.approx(10 + family.fitted[0] * np.log(2))


def test_pieces_are_events_over_months_and_an_end_at_a_break_ends_before_it() -> None:
    """Months lived up to 36: 36 + 36 + 20 + 36; after: 14 + 24. Two end at 36 or before, one at 50."""
    family = families_of([36, 50, 20, 60], [1, 1, 1, 0], breaks=[36])[PIECEWISE]
    assert family.fitted == pytest.approx([2 / 128, 1 / 38])
    assert family.log_likelihood == pytest.approx(2 * np.log(2 / 128) + np.log(1 / 38) - 3)
    assert family.survival(np.array([36.0, 60.0]))[0] == pytest.approx(np.exp([-36 * 2 / 128, -72 / 128 - 24 / 38]))
    assert np.sqrt(np.diag(family.variance)) == pytest.approx([2**0.5 / 128, 1 / 38])
    assert [parameter.name for parameter in family.parameters] == ["hazard, months 0 to 36", "hazard after month 36"]


def test_a_single_piece_is_the_exponential_family() -> None:
    found = families_of(DEVICE, DEVICE_STOPPED, breaks=[500])
    assert found[PIECEWISE].log_likelihood == pytest.approx(found["exponential"].log_likelihood)
    assert found[PIECEWISE].median().value == pytest.approx(found["exponential"].median().value)


@pytest.mark.parametrize(
    ("duration", "event", "reason"),
    [
        ([5], [1], "there is one spell only"),
        ([5, 6], [0, 0], "none of 2 spells ended"),
        ([7, 7], [1, 1], "all 2 spells ended at month 7"),
        ([0, 7], [1, 1], "1 spells last 0 months, and the families need durations above 0"),
    ],
)
def test_what_cannot_be_fitted_is_reported(duration: list, event: list, reason: str) -> None:
    assert fit_families(spells_of(duration, event)) == ([], [f"no parametric family is fitted: {reason}"])


def test_a_piece_in_which_nothing_ends_is_left_out_with_a_word() -> None:
    found, reason = fit_families(spells_of(DEVICE, DEVICE_STOPPED), [5, 60])
    assert PIECEWISE not in [family.name for family in found]
    assert reason == [f"{PIECEWISE} is left out: no spell ended after 0 and up to 5 months"]


@pytest.mark.parametrize("breaks", [[0, 5], [36, 36], [72, 36], [np.nan]])
def test_breaks_that_are_no_rising_ages_are_refused(breaks: list[float]) -> None:
    with pytest.raises(InputError, match="they must be ages above 0 in rising order"):
        fit_families(spells_of(DEVICE, DEVICE_STOPPED), breaks)


def held(repetitions: int, n: int) -> np.ndarray:
    """Share of Weibull trials whose intervals hold shape, median, restricted mean and survival at 30."""
    rng, counts = np.random.default_rng(77), np.zeros(4)
    law = stats.weibull_min(1.5, scale=40)
    mean = np.trapezoid(law.sf(np.linspace(0, 60, 6001)), dx=0.01)
    truth = [1.5, law.median(), mean, law.sf(30)]
    for _ in range(repetitions):
        wish, followed = law.rvs(n, random_state=rng), rng.uniform(30, 80, n)
        weibull = families_of(np.minimum(wish, followed), wish <= followed)["Weibull"]
        _, lower, upper = weibull.survival(np.array([30.0]))
        limits = [
            weibull.estimates()[1][2:],
            weibull.median()[2:],
            weibull.restricted_mean(60)[2:],
            (lower[0], upper[0]),
        ]
        counts += [low <= value <= high for value, (low, high) in zip(truth, limits, strict=True)]
    return counts / repetitions


@pytest.fixture
def weibull_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fit no other family: a trial takes a quarter of the time."""
    monkeypatch.setattr(families, "FAMILIES", {"Weibull": families.FAMILIES["Weibull"]})


def test_intervals_of_a_family_hold_the_truth_about_as_often_as_they_say(weibull_only: None) -> None:
    """40 trials: 0.82 is almost four standard errors below 0.95."""
    assert (held(40, 80) > 0.82).all()


@pytest.mark.slow
def test_intervals_of_a_family_cover_the_truth_in_93_to_97_percent_of_a_thousand_repetitions(
    weibull_only: None,
) -> None:
    share = held(1000, 150)
    assert ((share >= 0.93) & (share <= 0.97)).all(), share
