"""Contribution and joint production: E23 to E33, E94, E185 to E188."""

from collections.abc import Callable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cisim.core.rules.production import (
    contribution,
    coordination_factor,
    economic_outcome,
    joint_input,
    kept_share,
    leader_quality,
    means_factor,
    output,
    output_luck,
    practice,
    practice_quality,
    realised_output,
    role_input,
    shirking,
    size_factor,
    social_outcome,
)
from tests.core.tables import LN2, POSITIVE, SHARE, Case, about, cases, quick

SHIRKER = {"readiness": 0.4, "base": 0.1, "spacing_part": 0.7}
ROLES = {"plan": 8.0, "implement": 8.0, "fund": 8.0, "expertise": 8.0, "reference": 8.0}
PAR = {"staffing": 1.0, "practice": 0.8, "leader": 0.0, "conditions_mean": 0.5}
GAINS = {"leader_effect": LN2, "conditions_gain": 0.5}
LEARNER = {"level": 0.5, "decay": 0.02, "learning": 0.1, "learning_spacing": 0.5}

TABLE: list[Case] = [
    (shirking, SHIRKER | {"spacing": 0.5, "trust": 0.5, "by_size": 1.0}, 0.135),
    (shirking, SHIRKER | {"spacing": 0.0, "trust": 1.0, "by_size": 1.0}, 0.02),
    (shirking, SHIRKER | {"spacing": 0.5, "trust": 0.5, "by_size": 2.0}, 0.27),
    (shirking, SHIRKER | {"spacing": 1.0, "trust": 0.0, "by_size": 4.5}, 0.95),
    (size_factor, {"n_members": 25.0, "size_power": 0.5}, 1.0),
    (size_factor, {"n_members": 100.0, "size_power": 0.5}, 2.0),
    (size_factor, {"n_members": 100.0, "size_power": 0.0}, 1.0),
    (contribution, {"commitment": 0.5, "size": 2.0, "budget": 0.8, "shirked": 0.25}, 0.6),
    (contribution, {"commitment": 0.5, "size": 2.0, "budget": 0.0, "shirked": 0.25}, 0.0),
    (role_input, {"contributed": 2.0, "able": 0.5, "holds": 0.0, "holder_weight": 1.5}, 1.0),
    (role_input, {"contributed": 2.0, "able": 0.5, "holds": 1.0, "holder_weight": 1.5}, 2.5),
    (joint_input, ROLES | {"elasticity": 0.46}, 1.0),
    (joint_input, ROLES | {"plan": 128.0, "elasticity": 1.0}, 2.0),
    (joint_input, dict.fromkeys(ROLES, 32.0) | {"reference": 8.0, "elasticity": 0.5}, 2.0),
    (joint_input, ROLES | {"expertise": 0.0, "elasticity": 1.0}, 1e-3),
    (coordination_factor, {"n_members": 25.0, "cost": 0.64, "power": 1.3}, 1.0),
    (coordination_factor, {"n_members": 100.0, "cost": 0.5, "power": 1.5}, 0.3),
    (coordination_factor, {"n_members": 100.0, "cost": 0.0, "power": 1.5}, 1.0),
    (means_factor, PAR | GAINS, 1.0),
    (means_factor, PAR | GAINS | {"staffing": 0.5}, 0.7),
    (means_factor, PAR | GAINS | {"staffing": 0.0}, 0.4),
    (means_factor, PAR | GAINS | {"practice": 0.4}, 0.5),
    (means_factor, PAR | GAINS | {"leader": 1.0}, 2.0),
    (means_factor, PAR | GAINS | {"conditions_mean": 1.0}, 1.25),
    (output, {"joint": 2.0, "coordination": 0.5, "means": 3.0, "framing": 0.9, "switching": 0.1}, 2.43),
    (social_outcome, {"produced": 2.0, "attended": 0.5, "returns": 1.35}, 2.0),
    (social_outcome, {"produced": 1.0, "attended": 1.0, "returns": 2.0}, 4.0),
    (social_outcome, {"produced": 1.0, "attended": 0.0, "returns": 1.35}, 0.0),
    (economic_outcome, {"produced": 2.0, "attended": 0.5, "returns": 1.35}, 2.0),
    (economic_outcome, {"produced": 1.0, "attended": 0.0, "returns": 2.0}, 4.0),
    (economic_outcome, {"produced": 1.0, "attended": 1.0, "returns": 1.35}, 0.0),
    (output_luck, {"sd": 0.0, "z": 3.0}, 1.0),
    (output_luck, {"sd": 0.2, "z": 0.1}, 1.0),
    (practice, LEARNER | {"spacing": 0.0}, 0.54),
    (practice, LEARNER | {"spacing": 1.0}, 0.515),
    (practice, LEARNER | {"spacing": 0.0, "level": 0.0, "learning": 0.0}, 0.0),
    (practice, LEARNER | {"spacing": 0.0, "learning": 0.0}, 0.49),
    (kept_share, {"commitment": 0.8, "shirked": 0.25}, 0.6),
    (practice_quality, {"skill": 0.8, "worth": 1.5}, 1.2),
    (leader_quality, {"mean": 0.2, "sd": 0.5, "deviate": 1.0}, 0.7),
    (leader_quality, {"mean": 0.2, "sd": 0.5, "deviate": 0.0}, 0.2),
    (realised_output, {"planned": 2.0, "platform": 1.5, "luck": 0.5, "undisturbed": 0.8}, 1.2),
]

MEMBERS = st.floats(3.0, 500.0)


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(readiness=SHARE, spacing=SHARE, more=SHARE, trust=SHARE, n=MEMBERS)
def test_shirking_rises_with_spacing_and_members_and_falls_with_trust(
    readiness: float, spacing: float, more: float, trust: float, n: float
) -> None:
    by_size = size_factor(n, 0.3)
    withheld = shirking(readiness, 0.1, 0.72, spacing, trust, by_size)
    assert 0.0 <= withheld <= 0.95
    assert withheld <= shirking(readiness, 0.1, 0.72, min(1.0, spacing + more), trust, by_size)
    assert withheld <= shirking(readiness, 0.1, 0.72, spacing, trust * more, by_size)
    assert withheld <= shirking(readiness, 0.1, 0.72, spacing, trust, size_factor(n + 50.0, 0.3))


def test_each_step_of_spacing_really_costs_contributions() -> None:
    withheld = [shirking(0.39, 0.1, 0.72, spacing, 0.5, 1.0) for spacing in (0.0, 0.3, 0.6, 1.0)]
    assert withheld == sorted(set(withheld))


@quick
@given(level=SHARE, spacing=SHARE, more=SHARE, decay=st.floats(0.0, 0.1), learning=st.floats(0.0, 0.4))
def test_practice_is_a_share_that_spacing_corrects_more_slowly(
    level: float, spacing: float, more: float, decay: float, learning: float
) -> None:
    better = practice(level, decay, learning, 0.64, spacing)
    assert 0.0 <= practice(level, decay, learning, 0.64, min(1.0, spacing + more)) <= better <= 1.0


@quick
@given(spacing=SHARE, start=SHARE)
def test_practice_settles_where_learning_meets_decay(spacing: float, start: float) -> None:
    level, speed = start, 0.13 * (1.0 - 0.64 * spacing)
    for _ in range(1000):
        level = practice(level, 0.024, 0.13, 0.64, spacing)
    assert level == about(speed / (speed + 0.024))


@quick
@given(inputs=st.lists(st.floats(0.5, 100.0), min_size=4, max_size=4), factor=st.floats(0.5, 10.0))
def test_joint_input_has_its_elasticity_and_knows_no_favourite_role(inputs: list[float], factor: float) -> None:
    base = joint_input(*inputs, 8.0, 0.46)
    assert joint_input(*(factor * x for x in inputs), 8.0, 0.46) == about(base * factor**0.46)
    assert joint_input(*reversed(inputs), 8.0, 0.46) == about(base)


@quick
@given(first=MEMBERS, more=st.floats(0.0, 100.0), cost=st.floats(0.0, 1.5), power=st.floats(1.0, 2.0))
def test_coordination_costs_more_with_every_member(first: float, more: float, cost: float, power: float) -> None:
    assert 0.0 < coordination_factor(first + more, cost, power) <= coordination_factor(first, cost, power) + 1e-15


@quick
@given(attended=SHARE, produced=POSITIVE, returns=st.floats(1.0, 2.0))
def test_focus_pays_more_than_it_loses(attended: float, produced: float, returns: float) -> None:
    def both(a: float) -> float:
        return social_outcome(produced, a, returns) + economic_outcome(produced, a, returns)

    assert both(attended) >= both(0.5) - 1e-12
    assert social_outcome(produced, attended, returns) == about(economic_outcome(produced, 1.0 - attended, returns))


@quick
@given(sd=st.floats(0.0, 0.4))
def test_luck_is_one_on_average(sd: float) -> None:
    nodes, weights = np.polynomial.hermite_e.hermegauss(30)
    mean = sum(w * output_luck(sd, float(z)) for z, w in zip(nodes, weights, strict=True)) / np.sqrt(2.0 * np.pi)
    assert float(mean) == about(1.0)
