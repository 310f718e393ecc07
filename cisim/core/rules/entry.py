"""Joining and taking over (ODD: schedule 12 and 13)."""

import math

from cisim.core.jit import rule
from cisim.core.rules.common import logistic


@rule
def goal_distance(weight: float, position: float) -> float:
    """E189. Distance between a candidate's own goals and those of the coalition, a share (S2 §4.1)."""
    return abs(weight - position)


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


@rule
def quorum(least: int, share: float, founding: int) -> int:
    """E190. Members below which a coalition falls short: a share of the `founding` ones, rounded up, or the least."""
    return max(least, int(math.ceil(share * founding)))
