"""Sums over members in one fixed order, so that every engine rounds alike.

Python's own `sum` rounds differently from version 3.12 on, NumPy's adds in pairs: neither is used in an engine.
"""

import numpy as np
from numpy.typing import NDArray

from cisim.core.jit import rule

Floats = NDArray[np.float64]


@rule
def total(values: Floats) -> float:
    """Sum of a 1-d float array, first to last."""
    result = 0.0
    for value in values:
        result += value
    return result


@rule
def mean_of_sum(sum_of_all: float, number: int) -> float:
    """Mean of `number` values that add up to `sum_of_all`; 0 if there are none."""
    return sum_of_all / number if number > 0 else 0.0


@rule
def mean(values: Floats) -> float:
    """Mean of a 1-d float array; 0 if it is empty."""
    return mean_of_sum(total(values), values.size)


@rule
def apart(value: float, centre: float) -> float:
    """Distance between two numbers; 0 where only rounding parts them."""
    distance = abs(value - centre)
    return distance if distance > 1e-9 else 0.0


@rule
def share_met(flags: Floats, weights: Floats, n: int) -> float:
    """Share of the weight of the first `n` whose flag is 1; 0 if nobody has weight."""
    weight = 0.0
    met = 0.0
    for i in range(n):
        weight += weights[i]
        met += flags[i] * weights[i]
    return met / weight if weight > 0.0 else 0.0


@rule
def find_shares(weights: Floats, n: int, shares: Floats) -> None:
    """Write the share that each of the first `n` has in the weight of all; equal ones if all weights are 0."""
    weight = 0.0
    for i in range(n):
        weight += weights[i]
    for i in range(n):
        shares[i] = weights[i] / weight if weight > 0.0 else 1.0 / n


@rule
def moments(values: Floats, shares: Floats, n: int) -> tuple[float, float]:
    """Mean and variance of the first `n` values, weighted by `shares` that add up to 1."""
    centre = 0.0
    for i in range(n):
        centre += values[i] * shares[i]
    spread = 0.0
    for i in range(n):
        spread += shares[i] * (values[i] - centre) * (values[i] - centre)
    return centre, spread


def weighted_share(flags: Floats, weights: Floats) -> float:
    """Share of the weight of 1-d float arrays whose flag is 1; 0 if nobody has weight."""
    return share_met(flags, weights, flags.size)


def weighted_moments(values: Floats, weights: Floats) -> tuple[float, float]:
    """Weighted mean and variance of 1-d float arrays; plain ones if all weights are 0."""
    shares = np.empty_like(weights)
    find_shares(weights, weights.size, shares)
    return moments(values, shares, values.size)
