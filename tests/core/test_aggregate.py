"""Sums over members in one fixed order."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cisim.core.aggregate import apart, mean, total, weighted_moments, weighted_share
from tests.core.tables import about, quick

NUMBERS = st.lists(st.floats(-10.0, 10.0), min_size=1, max_size=30)


def array(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def test_a_sum_adds_from_first_to_last() -> None:
    # in another order, or in pairs, the ones would not be lost
    assert total(array(1e16, 1.0, 1.0, -1e16)) == 0.0
    assert math.fsum([1e16, 1.0, 1.0, -1e16]) == 2.0


@pytest.mark.parametrize(("values", "result"), [((), 0.0), ((3.0,), 3.0), ((1.0, 2.0, 6.0), 3.0)])
def test_a_mean_is_zero_of_nobody(values: tuple[float, ...], result: float) -> None:
    assert mean(array(*values)) == result


def test_weighted_moments_by_hand() -> None:
    # weights 1/4 and 3/4: mean 0.7, variance 1/4 x 0.09 + 3/4 x 0.01
    assert weighted_moments(array(0.4, 0.8), array(1.0, 3.0)) == pytest.approx((0.7, 0.03))


def test_without_weights_moments_are_plain() -> None:
    assert weighted_moments(array(0.4, 0.8), array(0.0, 0.0)) == pytest.approx((0.6, 0.04))


def test_a_weighted_share_by_hand() -> None:
    assert weighted_share(array(1.0, 0.0, 1.0), array(1.0, 2.0, 5.0)) == about(0.75)
    assert weighted_share(array(1.0, 1.0), array(0.0, 0.0)) == 0.0


@pytest.mark.parametrize(
    ("value", "centre", "distance"),
    [(0.7, 0.4, 0.3), (0.4, 0.7, 0.3), (0.1 + 0.2, 0.3, 0.0), (0.5, 0.5, 0.0), (0.5, 0.5 + 1e-6, 1e-6)],
)
def test_two_numbers_are_apart_unless_only_rounding_parts_them(value: float, centre: float, distance: float) -> None:
    assert apart(value, centre) == pytest.approx(distance, abs=1e-15)
    assert (apart(value, centre) == 0.0) == (distance == 0.0)


@quick
@given(values=NUMBERS, scale=st.floats(0.1, 10.0))
def test_moments_agree_with_numpy_and_ignore_the_scale_of_weights(values: list[float], scale: float) -> None:
    weights = np.linspace(1.0, 2.0, len(values))
    centre, spread = weighted_moments(array(*values), weights)
    expected = np.average(values, weights=weights)
    assert centre == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert spread == pytest.approx(np.average((values - expected) ** 2, weights=weights), rel=1e-9, abs=1e-9)
    assert weighted_moments(array(*values), scale * weights) == pytest.approx((centre, spread), rel=1e-9, abs=1e-9)
