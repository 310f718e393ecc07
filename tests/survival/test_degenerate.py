"""Data that hold little or nothing: the answer is a safe interval or one clear line, never a silent wrong number."""

import numpy as np
import pytest

from cisim.errors import InputError
from cisim.survival.counts import COMPETING
from cisim.survival.curves import cumulative_incidence, median_survival, survival_curve
from cisim.survival.intervals import mean_interval
from cisim.survival.restricted import restricted_mean


def exact_limit(n: int) -> float:
    """Lower 95 % Clopper-Pearson limit of n successes in n."""
    return 0.025 ** (1 / n)


def test_no_event_gives_the_exact_binomial_limit_and_no_median() -> None:
    curve = survival_curve([60] * 100, [False] * 100, grid=range(61))
    assert curve.at(0) == (1, 0, 1, 1)
    assert curve.at(36) == (1, 0, pytest.approx(exact_limit(100)), 1)
    assert np.isnan(median_survival(curve).value)


def test_all_ending_at_once_gives_the_exact_binomial_limit() -> None:
    curve = survival_curve([12] * 50, [True] * 50)
    assert curve.at(11).value == 1
    assert curve.at(12) == (0, 0, 0, pytest.approx(1 - exact_limit(50)))
    assert median_survival(curve)[0] == 12
    later = survival_curve([12] * 50, [True] * 50, grid=range(25)).at(20)
    assert later == (0, 0, 0, pytest.approx(1 - exact_limit(50)))
    assert curve.at(500).value == 0


def test_the_limits_of_one_run_are_stated() -> None:
    curve = survival_curve([12], [True])
    assert curve.at(12) == (0, 0, 0, pytest.approx(0.975))
    estimate = restricted_mean([12], [True], 24)
    assert estimate.value == 12
    assert np.isnan(estimate.standard_error)
    assert (estimate.lower, estimate.upper) == pytest.approx((0.3, 23.7))


def test_nothing_is_estimated_past_the_last_censored_spell() -> None:
    curve = survival_curve([10, 20], [True, False], grid=range(41))
    assert curve.at(20).value == 0.5
    assert np.isnan(curve.at(21).value)
    beyond = curve.time > 20
    assert np.isnan([curve.probability[beyond], curve.lower[beyond], curve.upper[beyond]]).all()
    incidence = cumulative_incidence([10, 20], [True, False])
    assert np.isnan(incidence.at(21).upper)


def test_an_ending_that_never_comes_has_an_incidence_of_zero_with_an_upper_limit() -> None:
    curve = cumulative_incidence([5, 6, 7, 8], [COMPETING] * 4)
    assert curve.at(8) == (0, 0, 0, pytest.approx(1 - exact_limit(4)))


@pytest.mark.parametrize("n", [3, 10, 49, 100])
def test_an_ending_that_comes_to_all_has_an_incidence_of_one_with_a_lower_limit(n: int) -> None:
    curve = cumulative_incidence(range(1, n + 1), [True] * n)
    assert curve.at(n) == (1, 0, pytest.approx(exact_limit(n)), 1)


def test_no_failure_within_the_window_leaves_room_for_those_not_seen() -> None:
    estimate = restricted_mean([240] * 100, [False] * 100, 240)
    assert estimate[:2] == (240, 0)
    assert (estimate.lower, estimate.upper) == pytest.approx((240 * exact_limit(100), 240))


def test_values_all_alike_leave_room_for_those_not_seen() -> None:
    estimate = mean_interval([0.5] * 20, 0.95, 0.0, 1.0)
    assert (estimate.lower, estimate.upper) == pytest.approx((0.5 * exact_limit(20), 1 - 0.5 * exact_limit(20)))


def test_an_interval_of_a_mean_ends_where_its_range_does() -> None:
    estimate = mean_interval([0.0, 0.0, 1.0], 0.95, 0.0, 1.0)
    assert (estimate.lower, estimate.upper) == (0, 1)


def test_missing_values_are_left_out_of_a_mean() -> None:
    assert mean_interval([np.nan, 0.2, 0.4], 0.95, 0.0, 1.0) == mean_interval([0.2, 0.4], 0.95, 0.0, 1.0)


def test_a_mean_of_nothing_is_no_number() -> None:
    assert np.isnan(mean_interval([np.nan], 0.95, 0.0, 1.0)).all()


@pytest.mark.parametrize("bad", [np.nan, -1.0, np.inf])
@pytest.mark.parametrize("estimate", [survival_curve, cumulative_incidence])
def test_an_impossible_duration_is_refused_in_one_line(estimate, bad: float) -> None:
    with pytest.raises(InputError, match=r"1 of 3 durations are not usable \(row 1: .*\): a duration is") as caught:
        estimate([3, bad, 5], [1, 1, 0])
    assert "\n" not in str(caught.value)


def test_no_spell_at_all_is_refused() -> None:
    with pytest.raises(InputError, match="no spells to analyse"):
        survival_curve([], [])


@pytest.mark.parametrize("tau", [0, -5, 25, np.nan])
def test_a_window_outside_the_data_is_refused(tau: float) -> None:
    with pytest.raises(InputError, match="it must be above 0 and at most 24, the last month observed"):
        restricted_mean([12, 24], [True, False], tau)


def test_a_window_may_run_past_the_last_ending_when_all_have_ended() -> None:
    assert restricted_mean([12, 24], [True, True], 100).value == 18


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_an_impossible_confidence_is_refused(confidence: float) -> None:
    with pytest.raises(InputError, match="it must lie between 0 and 1"):
        survival_curve([1, 2], [True, True], confidence=confidence)
