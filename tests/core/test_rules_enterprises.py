"""Enterprises that a programme nurtures: E34 to E39, E97, E206."""

from collections.abc import Callable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cisim.core.rules.enterprises import (
    closure_rate,
    intake_number,
    jobs,
    log_revenue,
    programme_capacity,
    support_added,
    support_left,
    supported_growth,
)
from tests.core.tables import LN2, POSITIVE, SHARE, Case, E, about, cases, quick

GROWING = {"level": 0.1, "growth": 0.12}

TABLE: list[Case] = [
    (intake_number, {"yearly": 20.0, "capacity": 1.0, "u": 0.99}, 20),
    (intake_number, {"yearly": 22.4, "capacity": 1.0, "u": 0.5}, 22),
    (intake_number, {"yearly": 22.4, "capacity": 1.0, "u": 0.7}, 23),
    (intake_number, {"yearly": 22.4, "capacity": 0.5, "u": 0.85}, 12),
    (intake_number, {"yearly": 10.0, "capacity": 0.0, "u": 0.9}, 0),
    (programme_capacity, {"staffing": 1.0, "joint": 1.0}, 1.0),
    (programme_capacity, {"staffing": 0.5, "joint": 0.25}, 0.35),
    (programme_capacity, {"staffing": 0.0, "joint": 1.0}, 0.4),
    (programme_capacity, {"staffing": 1.0, "joint": 4.0}, 1.2),
    (programme_capacity, {"staffing": 0.5, "joint": 4.0}, 0.84),
    (support_added, {"level": 0.5, "outcome": 1.2}, 0.6),
    (supported_growth, {"growth_support": 0.24, "economic_support": 0.0, "left": 0.8}, 0.0),
    (supported_growth, {"growth_support": 0.24, "economic_support": 0.5, "left": 1.0}, 0.12),
    (supported_growth, {"growth_support": 0.24, "economic_support": 0.5, "left": 0.5}, 0.06),
    (log_revenue, GROWING | {"supported": 0.0, "sd": 0.0, "z": 1.0}, 0.22),
    (log_revenue, GROWING | {"supported": 0.12, "sd": 0.0, "z": 1.0}, 0.34),
    (log_revenue, GROWING | {"supported": 0.06, "sd": 0.0, "z": 1.0}, 0.28),
    (log_revenue, GROWING | {"supported": 0.12, "sd": 0.35, "z": 2.0}, 1.04),
    (log_revenue, {"level": 11.0, "growth": 0.3, "supported": 80.0, "sd": 0.8, "z": 4.0}, 11.5),
    (log_revenue, {"level": 11.5, "growth": -0.1, "supported": 0.0, "sd": 0.0, "z": 1.0}, 11.4),
    (support_left, {"age": 0.0, "memory": 48.0}, 1.0),
    (support_left, {"age": 48.0, "memory": 48.0}, 1.0 / E),
    (jobs, {"start": 3.0, "level": 0.0, "elasticity": 0.6, "jobs_support": 0.5, "social_support": 0.0}, 3.0),
    (jobs, {"start": 3.0, "level": 2 * LN2, "elasticity": 0.5, "jobs_support": 0.5, "social_support": 1.0}, 9.0),
    (jobs, {"start": 10.0, "level": 11.5, "elasticity": 1.2, "jobs_support": 2.0, "social_support": 30.0}, 10_000.0),
    (closure_rate, {"rate": 0.12, "exit_support": 0.6, "social_support": 0.0, "economic_support": 0.0}, 0.01),
    (closure_rate, {"rate": 0.12, "exit_support": LN2, "social_support": 1.5, "economic_support": 0.5}, 0.005),
]


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(yearly=st.floats(0.0, 200.0), capacity=st.floats(0.0, 1.2))
def test_the_yearly_intake_is_right_on_average(yearly: float, capacity: float) -> None:
    draws = (np.arange(1000) + 0.5) / 1000
    mean = np.mean([intake_number(yearly, capacity, float(u)) for u in draws])
    assert abs(mean - yearly * capacity) <= 0.001


@quick
@given(staffing=SHARE, joint=POSITIVE, more=SHARE)
def test_staff_and_joint_input_raise_a_programmes_capacity_up_to_its_cap(
    staffing: float, joint: float, more: float
) -> None:
    capacity = programme_capacity(staffing, joint)
    assert 0.0 <= capacity <= 1.2
    assert capacity <= programme_capacity(min(1.0, staffing + more), joint)
    assert capacity <= programme_capacity(staffing, joint + more)


@quick
@given(economic=POSITIVE, more=POSITIVE, age=st.floats(0.0, 240.0), z=st.floats(-4.0, 4.0))
def test_economic_support_raises_revenue_and_fades(economic: float, more: float, age: float, z: float) -> None:
    def grown(support: float, months: float) -> float:
        return log_revenue(0.0, 0.04, supported_growth(0.4, support, support_left(months, 48.0)), 0.35, z)

    assert grown(economic, age) <= grown(economic + more, age)
    assert grown(economic, age + 12.0) <= grown(economic, age)
    assert grown(0.0, age) == grown(0.0, 0.0)


@quick
@given(level=st.floats(-2.0, 3.0), social=POSITIVE, more=POSITIVE)
def test_growing_firms_hire_and_social_support_makes_jobs(level: float, social: float, more: float) -> None:
    hired = jobs(3.0, level, 0.6, 0.5, social)
    assert hired <= jobs(3.0, level + more, 0.6, 0.5, social)
    assert hired <= jobs(3.0, level, 0.6, 0.5, social + more)


@quick
@given(social=POSITIVE, economic=POSITIVE, more=POSITIVE)
def test_support_of_either_kind_keeps_enterprises_open(social: float, economic: float, more: float) -> None:
    rate = closure_rate(0.12, 0.6, social, economic)
    assert 0.0 < closure_rate(0.12, 0.6, social + more, economic) <= rate
    assert closure_rate(0.12, 0.6, social, economic + more) <= rate <= 0.01
