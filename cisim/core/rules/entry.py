"""Joining and taking over (ODD: schedule 12 and 13)."""

import math

from cisim.core.jit import rule
from cisim.core.rules.common import logistic


@rule
def joining_probability(
    base: float, record_effect: float, record: float, distance_effect: float, distance: float, climate: float
) -> float:
    """E71. Probability that a candidate joins: own interest and the coalition's record (S2 §4.1, §4.2; MODEL 3.12).

    `record` is E44 of social results against the promise, `distance` that between own and the coalition's goals.
    """
    return logistic(base + record_effect * record - distance_effect * distance + 0.1 * climate)


@rule
def is_willing_and_able(commitment: float, capability: float, bar: float) -> int:
    """E72. 1 if a member can take over a role: commitment over the `bar`, capability of at least a half."""
    return 1 if commitment >= bar and capability >= 0.5 else 0


@rule
def suitability(commitment: float, capability: float, size: float) -> float:
    """E73. Rank of a volunteer for a vacant role."""
    return commitment * capability * math.pow(size, 0.25)
