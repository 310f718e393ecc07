"""Joining and taking over: E71 to E73, E189 and E190."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from cisim.core.rules.joining import (
    goal_distance,
    is_willing_and_able,
    joining_probability,
    quorum,
    suitability,
)
from tests.core.tables import LN3, POSITIVE, SHARE, Case, about, cases, quick

EFFECTS = {"record_effect": 2.0, "distance_effect": 2.0}

TABLE: list[Case] = [
    (joining_probability, EFFECTS | {"base": 0.0, "record": 0.5, "distance": 0.5, "climate": 0.0}, 0.5),
    (joining_probability, EFFECTS | {"base": LN3, "record": 0.5, "distance": 0.5, "climate": 0.0}, 0.75),
    (joining_probability, EFFECTS | {"base": 0.0, "record": 0.0, "distance": 0.5, "climate": 10.0}, 0.5),
    (is_willing_and_able, {"commitment": 0.4, "capability": 0.5, "bar": 0.4}, 1),
    (is_willing_and_able, {"commitment": 0.39, "capability": 0.9, "bar": 0.4}, 0),
    (is_willing_and_able, {"commitment": 0.9, "capability": 0.49, "bar": 0.4}, 0),
    (suitability, {"commitment": 0.5, "capability": 0.8, "size": 16.0}, 0.8),
    (suitability, {"commitment": 0.5, "capability": 0.8, "size": 1.0}, 0.4),
    (goal_distance, {"weight": 0.3, "position": 0.7}, 0.4),
    (goal_distance, {"weight": 0.7, "position": 0.3}, 0.4),
    (quorum, {"least": 3, "share": 0.5, "founding": 9}, 5),
    (quorum, {"least": 3, "share": 0.25, "founding": 8}, 3),
    (quorum, {"least": 2, "share": 0.0, "founding": 25}, 2),
]


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(record=st.floats(-1.0, 2.0), distance=SHARE, climate=st.floats(-3.0, 3.0), more=SHARE)
def test_a_good_record_and_climate_attract_and_distance_repels(
    record: float, distance: float, climate: float, more: float
) -> None:
    chance = joining_probability(-0.5, 2.0, record, 2.0, distance, climate)
    assert 0.0 <= chance <= joining_probability(-0.5, 2.0, record + more, 2.0, distance, climate) <= 1.0
    assert chance <= joining_probability(-0.5, 2.0, record, 2.0, distance, climate + more)
    assert joining_probability(-0.5, 2.0, record, 2.0, distance + more, climate) <= chance


@quick
@given(commitment=SHARE, capability=SHARE, size=POSITIVE, more=SHARE)
def test_committed_able_and_large_volunteers_come_first(
    commitment: float, capability: float, size: float, more: float
) -> None:
    rank = suitability(commitment, capability, size)
    assert rank <= suitability(commitment + more, capability, size)
    assert rank <= suitability(commitment, capability + more, size)
    assert rank <= suitability(commitment, capability, size + more)
