"""Draws are uniform, normal and independent along every key; the same checks refuse a wrong law.

Draws are a pure function of their keys, so these tests pass or fail always alike.
"""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from cisim.core.draws import normal, uniform

Floats = NDArray[np.float64]

N = 20_000
BASE = {"seed": 7, "replicate": 3, "community": 0, "entity": 1002, "month": 25, "purpose": 61}
AXES = list(BASE)

#: Probability of the law below which a check fails; far from what 20 checks meet by chance.
ALPHA = 1e-4


def along(axis: str, draw: Callable[..., float] = uniform, **changed: int) -> Floats:
    """Draws for N values of one key, all others fixed."""
    return np.array([draw(*{**BASE, **changed, axis: i}.values()) for i in range(N)])


def agrees(sample: Floats, law: str) -> bool:
    """Whether a sample agrees with a law, by Kolmogorov and Smirnov."""
    return bool(stats.kstest(sample, law).pvalue > ALPHA)


def are_independent(first: Floats, second: Floats) -> bool:
    """Whether two uniform samples are independent, by chi-square on a grid of 10 x 10 cells."""
    counts, _, _ = np.histogram2d(first, second, bins=10, range=[[0, 1], [0, 1]])
    expected = len(first) / counts.size
    statistic = ((counts - expected) ** 2 / expected).sum()
    return bool(stats.chi2.sf(statistic, counts.size - 1) > ALPHA)


@pytest.mark.parametrize("axis", AXES)
def test_draws_along_a_key_are_uniform(axis: str) -> None:
    sample = along(axis)
    assert agrees(sample, "uniform")
    assert 0.0 < sample.min() < sample.max() < 1.0
    assert len(set(sample)) == N


@pytest.mark.parametrize("axis", AXES)
def test_draws_along_a_key_are_normal(axis: str) -> None:
    assert agrees(along(axis, normal), "norm")


@pytest.mark.parametrize("axis", AXES)
def test_a_draw_says_nothing_about_the_next_along_a_key(axis: str) -> None:
    sample = along(axis)
    for lag in (1, 2, 12):
        assert are_independent(sample[:-lag], sample[lag:])


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("other", AXES)
def test_two_values_of_one_key_give_independent_draws_along_another(axis: str, other: str) -> None:
    if axis != other:
        assert are_independent(along(axis), along(axis, **{other: BASE[other] + 1}))


def test_seeds_that_differ_in_their_high_half_give_independent_draws() -> None:
    assert are_independent(along("entity"), along("entity", seed=BASE["seed"] + 2**32))


def test_month_and_purpose_are_not_confused() -> None:
    assert uniform(1, 0, 0, 0, 5, 60) != uniform(1, 0, 0, 0, 60, 5)


def test_the_uniform_and_the_normal_with_the_same_keys_are_independent() -> None:
    assert are_independent(along("entity"), stats.norm.cdf(along("entity", normal)))


@pytest.mark.parametrize("power", [1.08, 0.92])
def test_the_check_of_uniformity_refuses_a_wrong_law(power: float) -> None:
    assert not agrees(along("entity") ** power, "uniform")


@pytest.mark.parametrize(("scale", "shift"), [(1.08, 0.0), (1.0, 0.06)])
def test_the_check_of_normality_refuses_a_wrong_law(scale: float, shift: float) -> None:
    assert not agrees(along("entity", normal) * scale + shift, "norm")


def test_the_check_of_independence_refuses_a_draw_that_is_repeated_one_time_in_ten() -> None:
    sample = along("entity")
    repeated = np.where(along("month") < 0.1, sample, along("replicate"))
    assert not are_independent(sample, repeated)
