"""Ratios over shared worlds: hand-computed values, agreement with plain means, coverage, denominators of 0."""

import numpy as np
import pytest

from cisim.questions.robustness.compute import Ratio, mean_of_ratios, pseudo_values
from cisim.survival.intervals import mean_interval


def ratio(numerator: list[float], denominator: list[float]) -> Ratio:
    return Ratio(np.array(numerator), np.array(denominator))


def test_pseudo_values_average_to_the_ratio_of_the_sums() -> None:
    found = ratio([3.0, 1.0, 4.0], [1.0, 2.0, 1.0])
    assert pseudo_values(found).mean() == pytest.approx(8.0 / 4.0)
    assert pseudo_values(found) == pytest.approx([2 + (3 - 2) / (4 / 3), 2 + (1 - 4) / (4 / 3), 2 + (4 - 2) / (4 / 3)])


def test_with_one_run_a_world_a_ratio_is_the_mean_of_those_it_is_about() -> None:
    found = mean_of_ratios([ratio([5.0, 0.0, 7.0, 0.0], [1.0, 0.0, 1.0, 0.0])], -10, 10)
    assert found == mean_interval([5.0, 7.0], 0.95, -10, 10)


def test_the_mean_of_ratios_over_different_worlds_gives_each_the_same_weight() -> None:
    first, second = ratio([2.0, 4.0, 0.0], [1.0, 1.0, 0.0]), ratio([0.0, 0.0, 9.0], [0.0, 0.0, 1.0])
    assert mean_of_ratios([first, second], -10, 10).value == pytest.approx((3.0 + 9.0) / 2)


def test_a_difference_is_taken_world_by_world() -> None:
    first, second = ratio([5.0, 6.0, 7.0], [1.0] * 3), ratio([4.0, 5.0, 6.0], [1.0] * 3)
    found = mean_of_ratios([first], -10, 10, minus=[second])
    assert found.value == pytest.approx(1.0)
    assert found.standard_error == pytest.approx(0.0)
    assert found.lower < 1.0 < found.upper  # three worlds that agree prove little


def test_where_every_denominator_is_0_there_is_no_estimate() -> None:
    assert np.isnan(mean_of_ratios([ratio([0.0, 0.0], [0.0, 0.0])], 0, 1)).all()


def test_intervals_of_ratios_over_an_ensemble_hold_the_truth_about_as_often_as_they_say() -> None:
    rng, held, n = np.random.default_rng(3), 0, 400
    for _ in range(n):
        world = rng.normal(size=60)
        there = rng.random((60, 5)) < 1 / (1 + np.exp(-world))[:, None]  # those there are luckier
        change = there * (2.0 + rng.normal(size=(60, 5)) + 0.5 * rng.normal(size=60)[:, None])
        found = mean_of_ratios([Ratio(change.sum(axis=1), there.sum(axis=1).astype(float))], -50, 50)
        held += found.lower <= 2.0 <= found.upper
    assert 0.92 <= held / n <= 0.98
