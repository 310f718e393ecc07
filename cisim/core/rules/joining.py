"""Founding members of a coalition, and who joins later."""

import math
from typing import NamedTuple

from cisim.core.jit import rule
from cisim.core.rules.common import clip, logistic


class Capabilities(NamedTuple):
    """What an organisation can do in each role, in the order of `kinds.ROLES` (shares)."""

    plan: float
    implement: float
    fund: float
    expertise: float


@rule
def founding_weight(kind_mean: float, common: float, divergence: float, sd: float, z: float) -> float:
    """E1. Social value weight of an organisation, a share.

    The kind's mean and the personal deviate `z` (standard normal, spread `sd`) are both scaled by `divergence`; at 0
    everybody holds the `common` weight. Source: S1 §1, §4.2; MODEL 9.
    """
    return clip(common + divergence * (kind_mean - common + sd * z), 0.0, 1.0)


@rule
def founding_size(median: float, sd: float, z: float) -> float:
    """E2. Size (power and resources, 1 for a middling member), log-normal. Source: S2 §2.2."""
    return median * math.exp(sd * z)


@rule
def capability(mean: float, sd: float, z: float) -> float:
    """E3. Capability for one role, a share of at least 0.05. Source: S1 Fig. 2; S2 §4.2."""
    return clip(mean + sd * z, 0.05, 1.0)


@rule
def resonance(mean: float, sd: float, z: float) -> float:
    """E4. Resonance with a master frame, a share. Source: S1 §4.3.2."""
    return clip(mean + sd * z, 0.0, 1.0)


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
