"""What must hold whatever the data: sums, limits, and the exact answers where nothing is censored."""

import numpy as np
import pytest
from scipy import stats

from cisim.survival.counts import CENSORED, COMPETING, EVENT
from cisim.survival.curves import cumulative_incidence, survival_curve
from cisim.survival.restricted import restricted_mean


@pytest.fixture
def tied() -> tuple[np.ndarray, np.ndarray]:
    """Months with many ties, censored here and there, ended in two ways."""
    rng = np.random.default_rng(21)
    return rng.integers(1, 25, 300), rng.choice([CENSORED, EVENT, COMPETING], 300, p=[0.25, 0.45, 0.3])


@pytest.fixture
def complete(tied: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The same with every ending seen."""
    duration, ending = tied
    return duration, np.where(ending == CENSORED, EVENT, ending)


def test_incidences_add_up_to_what_has_not_survived(tied: tuple[np.ndarray, np.ndarray]) -> None:
    duration, ending = tied
    swapped = np.array([CENSORED, COMPETING, EVENT])[ending]
    both = cumulative_incidence(duration, ending).probability + cumulative_incidence(duration, swapped).probability
    np.testing.assert_allclose(both, 1 - survival_curve(duration, ending > 0).probability, atol=1e-12)


def test_incidence_of_a_single_way_to_end_has_greenwoods_error(tied: tuple[np.ndarray, np.ndarray]) -> None:
    duration, ending = tied
    incidence = cumulative_incidence(duration, ending > 0)
    np.testing.assert_allclose(
        incidence.standard_error, survival_curve(duration, ending > 0).standard_error, atol=1e-12
    )


def test_without_censoring_incidence_is_a_proportion(complete: tuple[np.ndarray, np.ndarray]) -> None:
    duration, ending = complete
    curve = cumulative_incidence(duration, ending)
    share = np.array([np.mean((duration <= t) & (ending == EVENT)) for t in curve.time])
    np.testing.assert_allclose(curve.probability, share, atol=1e-12)
    np.testing.assert_allclose(curve.standard_error, np.sqrt(share * (1 - share) / 300), atol=1e-12)


def test_without_censoring_the_restricted_mean_is_a_mean(complete: tuple[np.ndarray, np.ndarray]) -> None:
    duration, ending = complete
    free = np.where(ending == EVENT, np.minimum(duration, 18), 18)
    estimate = restricted_mean(duration, ending, 18)
    assert estimate.value == pytest.approx(free.mean(), rel=1e-12)
    assert estimate.standard_error == pytest.approx(free.std() / 300**0.5, rel=1e-12)
    middle = np.log(-np.log(free.mean() / 18))
    limits = np.log(-np.log(np.array([estimate.lower, estimate.upper]) / 18))
    half = stats.norm.ppf(0.975) * estimate.standard_error / (free.mean() * -np.log(free.mean() / 18))
    assert limits == pytest.approx([middle + half, middle - half])


def test_the_error_of_a_restricted_mean_under_censoring_is_the_jackknifes(
    tied: tuple[np.ndarray, np.ndarray],
) -> None:
    duration, ending = tied
    left_out = [restricted_mean(np.delete(duration, i), np.delete(ending, i), 18).value for i in range(300)]
    jackknife = np.std(left_out) * 299**0.5
    assert restricted_mean(duration, ending, 18).standard_error == pytest.approx(jackknife, rel=0.01)


def test_completing_counts_as_free_of_failure_until_the_end_of_the_window() -> None:
    ending = [COMPETING, EVENT, CENSORED]
    assert restricted_mean([10, 20, 100], ending, 100).value == pytest.approx((100 + 20 + 100) / 3)
    assert restricted_mean([10, 20, 100], np.array(ending) > 0, 100).value == pytest.approx((10 + 20 + 100) / 3)


def test_order_of_the_rows_does_not_matter(tied: tuple[np.ndarray, np.ndarray]) -> None:
    duration, ending = tied
    shuffled = np.random.default_rng(1).permutation(300)
    first, second = cumulative_incidence(*tied), cumulative_incidence(duration[shuffled], ending[shuffled])
    np.testing.assert_array_equal(first.probability, second.probability)
    np.testing.assert_array_equal(first.lower, second.lower)


def test_a_grid_adds_times_and_changes_no_estimate(tied: tuple[np.ndarray, np.ndarray]) -> None:
    duration, ending = tied
    finer = survival_curve(duration, ending > 0, grid=np.arange(0, 24.1, 0.5))
    for month in range(1, 25):
        assert finer.at(month) == survival_curve(duration, ending > 0).at(month)
    assert finer.time.size > 40


def test_a_spell_censored_when_another_ends_is_still_at_risk() -> None:
    curve = survival_curve([5, 5], [True, False])
    assert curve.at(5).value == 0.5


def test_wider_confidence_gives_wider_intervals(tied: tuple[np.ndarray, np.ndarray]) -> None:
    duration, ending = tied
    usual, wide = (cumulative_incidence(duration, ending, confidence=level).at(12) for level in (0.95, 0.99))
    assert wide.lower < usual.lower < usual.value < usual.upper < wide.upper
