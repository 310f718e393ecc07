"""Shared functions, E0, E93 and E177 to E180."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from cisim.core.rules.common import (
    approach,
    around,
    clip,
    hazard_threshold,
    is_due,
    is_new_year,
    logistic,
    monthly_rate,
    rate_to_probability,
    share_of,
)
from tests.core.tables import LN2, LN3, POSITIVE, SHARE, Case, E, about, cases, quick

TABLE: list[Case] = [
    (rate_to_probability, {"rate": 0.0}, 0.0),
    (rate_to_probability, {"rate": LN2}, 0.5),
    (rate_to_probability, {"rate": 1.0}, 1.0 - 1.0 / E),
    (rate_to_probability, {"rate": 1e-12}, 1e-12),
    (rate_to_probability, {"rate": 1e6}, 1.0),
    (hazard_threshold, {"u": 0.5}, LN2),
    (hazard_threshold, {"u": 1.0 / E}, 1.0),
    (around, {"x": 0.25}, 0.25),
    (around, {"x": 1.25}, 0.25),
    (around, {"x": -0.25}, 0.75),
    (logistic, {"x": 0.0}, 0.5),
    (logistic, {"x": LN3}, 0.75),
    (logistic, {"x": -LN3}, 0.25),
    (logistic, {"x": 1e9}, 1.0),
    (logistic, {"x": -1e9}, 0.0),
    (clip, {"x": 0.3, "low": 0.0, "high": 1.0}, 0.3),
    (clip, {"x": -0.3, "low": 0.0, "high": 1.0}, 0.0),
    (clip, {"x": 1.3, "low": 0.0, "high": 1.0}, 1.0),
    (approach, {"level": 2.0, "target": 10.0, "speed": 0.25}, 4.0),
    (approach, {"level": 2.0, "target": 10.0, "speed": 0.0}, 2.0),
    (approach, {"level": 2.0, "target": 10.0, "speed": 1.0}, 10.0),
    (monthly_rate, {"yearly": 0.6}, 0.05),
    (is_due, {"month": 12, "every": 12}, 1),
    (is_due, {"month": 60, "every": 24}, 0),
    (is_due, {"month": 1, "every": 12}, 0),
    (is_new_year, {"month": 1}, 1),
    (is_new_year, {"month": 13}, 1),
    (is_new_year, {"month": 12}, 0),
    (share_of, {"part": 3.0, "whole": 4.0}, 0.75),
    (share_of, {"part": 0.0, "whole": 4.0}, 0.0),
]


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(rate=POSITIVE, more=POSITIVE)
def test_a_probability_is_a_share_that_grows_with_the_rate_and_never_exceeds_it(rate: float, more: float) -> None:
    assert 0.0 <= rate_to_probability(rate) <= rate_to_probability(rate + more) <= 1.0
    assert rate_to_probability(rate) <= rate


@quick
@given(rate=POSITIVE, months=st.integers(1, 40))
def test_surviving_several_months_at_a_constant_rate_is_surviving_their_sum(rate: float, months: int) -> None:
    assert (1.0 - rate_to_probability(rate)) ** months == about(1.0 - rate_to_probability(rate * months))


@quick
@given(level=SHARE, target=SHARE, speed=SHARE)
def test_an_approach_never_overshoots(level: float, target: float, speed: float) -> None:
    assert min(level, target) - 1e-15 <= approach(level, target, speed) <= max(level, target) + 1e-15


@quick
@given(rate=POSITIVE, u=st.floats(1e-300, 1.0, exclude_max=True))
def test_a_first_month_reaches_the_threshold_with_the_probability_of_its_rate(rate: float, u: float) -> None:
    if abs(u - (1.0 - rate_to_probability(rate))) > 1e-12:
        assert (rate >= hazard_threshold(u)) == (1.0 - u < rate_to_probability(rate))
