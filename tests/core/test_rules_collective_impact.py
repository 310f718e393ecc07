"""The five conditions of collective impact: E85 to E90, E184."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from cisim.core.rules.collective_impact import (
    activities_target,
    agenda_target,
    communication_target,
    condition,
    mean_of_others,
    measurement_target,
    support_target,
)
from tests.core.tables import SHARE, Case, about, cases, quick

TABLE: list[Case] = [
    (agenda_target, {"effort": 0.5, "variance": 0.04, "abstracting": 0.5, "credibility": 0.8}, 0.58),
    (agenda_target, {"effort": 0.0, "variance": 0.0, "abstracting": 0.0, "credibility": 0.8}, 0.5),
    (agenda_target, {"effort": 1.0, "variance": 0.0, "abstracting": 1.0, "credibility": 1.0}, 1.0),
    (agenda_target, {"effort": 0.0, "variance": 0.25, "abstracting": 0.0, "credibility": 0.0}, 0.0),
    (measurement_target, {"effort": 0.5, "spacing": 0.5}, 0.42),
    (measurement_target, {"effort": 1.0, "spacing": 0.0}, 1.0),
    (measurement_target, {"effort": 0.0, "spacing": 1.0}, 0.08),
    (activities_target, {"effort": 0.5, "roles_held": 0.75, "shirked": 0.2}, 0.36),
    (activities_target, {"effort": 1.0, "roles_held": 0.0, "shirked": 0.2}, 0.0),
    (communication_target, {"effort": 0.5, "trust": 0.4, "language": 0.8}, 0.48),
    (communication_target, {"effort": 1.0, "trust": 1.0, "language": 1.0}, 1.0),
    (support_target, {"staffing": 0.8, "lead_commitment": 0.5}, 0.6),
    (support_target, {"staffing": 0.8, "lead_commitment": 0.0}, 0.4),
    (support_target, {"staffing": 0.1, "lead_commitment": 0.0}, 0.05),
    (condition, {"level": 0.4, "target": 0.6, "mean_of_others": 0.7, "mutual": 0.5, "speed": 0.1}, 0.43),
    (condition, {"level": 0.4, "target": 0.6, "mean_of_others": 0.5, "mutual": 0.5, "speed": 1.0}, 0.6),
    (condition, {"level": 0.9, "target": 1.0, "mean_of_others": 1.0, "mutual": 0.6, "speed": 1.0}, 1.0),
    (condition, {"level": 0.1, "target": 0.0, "mean_of_others": 0.0, "mutual": 0.6, "speed": 1.0}, 0.0),
    (mean_of_others, {"mean": 0.5, "level": 0.5}, 0.5),
    (mean_of_others, {"mean": 0.6, "level": 1.0}, 0.5),
]


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


#: Each target with what raises it and what lowers it.
RAISED_AND_LOWERED = [
    (agenda_target, ("effort", "abstracting", "credibility"), ("variance",)),
    (measurement_target, ("effort",), ("spacing",)),
    (activities_target, ("effort", "roles_held"), ("shirked",)),
    (communication_target, ("effort", "trust", "language"), ()),
    (support_target, ("staffing", "lead_commitment"), ()),
]


@quick
@given(data=st.data(), more=SHARE)
def test_every_target_is_a_share_that_moves_as_the_theory_says(data: st.DataObject, more: float) -> None:
    for target, raises, lowers in RAISED_AND_LOWERED:
        state = {name: data.draw(SHARE, name) for name in (*raises, *lowers)}
        base = target(**state)
        assert 0.0 <= base <= 1.0
        for name in raises:
            assert base <= target(**state | {name: min(1.0, state[name] + more)}) + 1e-15
        for name in lowers:
            assert target(**state | {name: min(1.0, state[name] + more)}) <= base + 1e-15


@quick
@given(level=SHARE, target=SHARE, others=SHARE, mutual=st.floats(0.0, 0.6), speed=SHARE)
def test_conditions_stay_shares_and_raise_one_another(
    level: float, target: float, others: float, mutual: float, speed: float
) -> None:
    now = condition(level, target, others, mutual, speed)
    assert 0.0 <= now <= condition(level, target, min(1.0, others + 0.1), mutual, speed) + 1e-15 <= 1.0 + 1e-15
