"""What members see and how they judge it: E40 to E45, E182 and E183."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from cisim.core.rules.collective_impact import (
    appraisal_weight,
    aspiration,
    is_satisfied,
    perceived,
    promised,
    relative_gap,
    satisfaction,
    yardstick,
)
from tests.core.tables import POSITIVE, SHARE, Case, about, cases, quick

LOSS_AVERSE = {"loss_aversion": 2.0, "floor": -0.7, "weight": 0.25}

TABLE: list[Case] = [
    (perceived, {"level": 1.0, "result": 2.0, "window": 10.0, "window_spacing": 1.0, "spacing": 0.0}, 1.1),
    (perceived, {"level": 1.0, "result": 2.0, "window": 10.0, "window_spacing": 1.0, "spacing": 1.0}, 1.05),
    (perceived, {"level": 1.0, "result": 2.0, "window": 0.5, "window_spacing": 1.0, "spacing": 0.0}, 2.0),
    (aspiration, {"level": 1.0, "seen": 2.0, "speed": 0.1}, 1.1),
    (aspiration, {"level": 1.0, "seen": 2.0, "speed": 0.0}, 1.0),
    (yardstick, {"aspired": 1.0, "promised": 2.0, "promise_weight": 0.25}, 1.25),
    (yardstick, {"aspired": 1.0, "promised": 2.0, "promise_weight": 1.0}, 2.0),
    (appraisal_weight, {"weight": 0.4, "gazing": 0.5, "sequential": 0.5, "attended": 1.0}, 0.55),
    (appraisal_weight, {"weight": 0.4, "gazing": 0.0, "sequential": 0.5, "attended": 1.0}, 0.4),
    (appraisal_weight, {"weight": 0.4, "gazing": 1.0, "sequential": 1.0, "attended": 0.0}, 0.0),
    (relative_gap, {"seen": 3.0, "expected": 2.0}, 0.5),
    (relative_gap, {"seen": 1.0, "expected": 2.0}, -0.5),
    (relative_gap, {"seen": 0.06, "expected": 0.05}, 0.2),
    (relative_gap, {"seen": 1.0, "expected": 0.0}, 0.0),
    # 0.25 x 0.4 + 0.75 x 0.2; a shortfall counts twice; floor and ceiling
    (satisfaction, LOSS_AVERSE | {"social_gap": 0.4, "economic_gap": 0.2}, 0.25),
    (satisfaction, LOSS_AVERSE | {"social_gap": -0.4, "economic_gap": 0.2}, -0.05),
    (satisfaction, LOSS_AVERSE | {"social_gap": 0.4, "economic_gap": -0.2}, -0.2),
    (satisfaction, LOSS_AVERSE | {"social_gap": -1.0, "economic_gap": -1.0}, -0.7),
    (satisfaction, LOSS_AVERSE | {"social_gap": 9.0, "economic_gap": 9.0}, 1.0),
    (promised, {"optimism": 1.2, "factor": 1.0, "result": 0.5}, 0.6),
    (promised, {"optimism": 1.2, "factor": 0.5, "result": 0.5}, 0.3),
    (is_satisfied, {"satisfaction": 0.0}, 1.0),
    (is_satisfied, {"satisfaction": -0.1}, 0.0),
]

GAP = st.floats(-1.0, 3.0)


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(level=POSITIVE, result=POSITIVE, window=st.floats(3.0, 36.0), spacing=SHARE, more=SHARE)
def test_spacing_makes_what_is_seen_follow_results_more_slowly(
    level: float, result: float, window: float, spacing: float, more: float
) -> None:
    fine = perceived(level, result, window, 1.1, spacing)
    coarse = perceived(level, result, window, 1.1, min(1.0, spacing + more))
    assert abs(coarse - level) <= abs(fine - level) + 1e-15 <= abs(result - level) + 1e-14


@quick
@given(weight=SHARE, gazing=SHARE, sequential=SHARE, attended=SHARE)
def test_an_appraisal_weight_lies_between_own_weight_and_the_focus(
    weight: float, gazing: float, sequential: float, attended: float
) -> None:
    used = appraisal_weight(weight, gazing, sequential, attended)
    assert min(weight, attended) - 1e-15 <= used <= max(weight, attended) + 1e-15


@quick
@given(weight=SHARE, social=GAP, economic=GAP, more=SHARE, aversion=st.floats(1.0, 3.0))
def test_satisfaction_rises_with_both_results_and_falls_with_loss_aversion(
    weight: float, social: float, economic: float, more: float, aversion: float
) -> None:
    felt = satisfaction(weight, social, economic, aversion, -0.7)
    assert -0.7 <= felt <= 1.0
    assert felt <= satisfaction(weight, social + more, economic, aversion, -0.7) + 1e-15
    assert felt <= satisfaction(weight, social, economic + more, aversion, -0.7) + 1e-15
    assert satisfaction(weight, social, economic, aversion + 1.0, -0.7) <= felt


@quick
@given(weight=SHARE, gap=st.floats(0.0, 0.4), aversion=st.floats(1.01, 3.0))
def test_a_loss_hurts_more_than_an_equal_gain_pleases(weight: float, gap: float, aversion: float) -> None:
    gain = satisfaction(weight, gap, gap, aversion, -9.0)
    loss = satisfaction(weight, -gap, -gap, aversion, -9.0)
    assert -loss == about(aversion * gain)


@quick
@given(aspired=POSITIVE, promised=POSITIVE, seen=POSITIVE, weight=SHARE, speed=SHARE)
def test_a_yardstick_lies_between_promise_and_aspiration_and_aspirations_follow_experience(
    aspired: float, promised: float, seen: float, weight: float, speed: float
) -> None:
    used = yardstick(aspired, promised, weight)
    assert min(aspired, promised) - 1e-12 <= used <= max(aspired, promised) + 1e-12
    moved = aspiration(aspired, seen, speed)
    assert min(aspired, seen) - 1e-12 <= moved <= max(aspired, seen) + 1e-12
